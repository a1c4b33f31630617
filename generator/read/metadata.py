"""What a page says of itself in its lines: dates, byline, section, read from what was dropped."""

from __future__ import annotations

import re
from itertools import pairwise

from generator import lexicons
from generator.model import Dropped
from generator.read import reasons, shapes
from generator.read.pages import Draft
from generator.read.written_dates import find_date, read_date_line

# A wire's dateline: places and agency before a dash, within this many characters.
DATELINE = 110


def published(draft: Draft) -> str | None:
    """Return the day of publication: a date line, a dated byline, a dateline; else of change."""
    return (
        _dated(draft, reasons.PUBLISHED)
        or _from_bylines(draft)
        or _from_dateline(draft)
        or _dated(draft, reasons.UPDATED)
    )


def page_date(draft: Draft) -> str | None:
    """Return the day the page was saved."""
    return _dated(draft, reasons.SAVED)


def author(draft: Draft) -> str | None:
    """Return who the byline names, without the outlet, else the credit "Reporting by …"."""
    bylines = [shapes.on_duty(text) for text in _texts(draft, reasons.BYLINE)]
    for text in [t for t in bylines if not shapes.is_outlet(t)] or bylines:
        if name := shapes.byline_author(text) or (
            None if find_date(text) else text.split(" in ")[0]
        ):
            return _without_outlet(draft, name)
    for text in _texts(draft, reasons.CREDITS):
        if name := shapes.byline_author(re.split(r"[;(]", text.strip("([ "))[0].strip()):
            return name
    return None


def source(draft: Draft) -> str | None:
    """Return the outlet a byline names after the writer: "By Jane Doe, Harbour Post"."""
    for text in dict.fromkeys(_texts(draft, reasons.BYLINE)):
        name = shapes.byline_author(text) or ""
        if outlet := name.removeprefix(_without_outlet(draft, name)).strip(", "):
            return outlet
    return _outlet_under_writer(_texts(draft, reasons.BYLINE))


def _outlet_under_writer(bylines: list[str]) -> str | None:
    """Return the outlet that has a line of its own below the writer's."""
    pairs = pairwise(bylines)
    return next(
        (low for high, low in pairs if _is_outlet_alone(low) and shapes.is_person(high)), None
    )


def _is_outlet_alone(text: str) -> bool:
    return shapes.is_outlet(text) and "," not in text and not shapes.is_role(text)


def _without_outlet(draft: Draft, name: str) -> str:
    """Return a byline's people: its last part is an outlet by its words, or if the page says so.

    "More From Peninsula Evening" below the article tells that this is no person.
    """
    people, comma, last = name.rpartition(", ")
    outlet = shapes.is_outlet(last) or any(
        text.endswith(last) and len(text) > len(last) for text in _texts(draft, reasons.END)
    )
    return people if comma and outlet else name


def section(draft: Draft) -> str | None:
    """Return the section the way to the page or a label names."""
    for text in _texts(draft, reasons.BREADCRUMB):
        named = [part for part in shapes.breadcrumb_parts(text) if shapes.is_section(part)]
        if named:
            return named[-1]
    return next(map(_in_small_letters, _texts(draft, reasons.SECTION)), None)


def _in_small_letters(label: str) -> str:
    """Return a label in capitals as it is written elsewhere.

    >>> _in_small_letters("LOCAL NEWS"), _in_small_letters("US POLITICS")
    ('Local News', 'US Politics')
    """
    if not label.isupper():
        return label
    acronyms = lexicons.words("furniture", "acronyms")
    return " ".join(word if word in acronyms else word.capitalize() for word in label.split())


def _texts(draft: Draft, reason: str) -> list[str]:
    return [dropped.text for dropped in _in_order(draft) if dropped.reason == reason]


def _in_order(draft: Draft) -> list[Dropped]:
    return sorted(draft.dropped, key=lambda dropped: dropped.line)


def _dated(draft: Draft, reason: str) -> str | None:
    lines = (read_date_line(text) for text in _texts(draft, reason))
    return next((line.value for line in lines if line), None)


def _from_bylines(draft: Draft) -> str | None:
    return next(filter(None, map(find_date, _texts(draft, reasons.BYLINE))), None)


def _from_dateline(draft: Draft) -> str | None:
    """Return the whole date of a dateline: "SEOUL, June 19, 2024 (Wire) — …"."""
    texts = [line.text for line in draft.lines if line.role == "text"][:2]
    for text in texts:
        head = _dateline_head(text[:DATELINE])
        if date := find_date(head or ""):
            return date
    return None


def _dateline_head(text: str) -> str | None:
    """Return what stands before the first dash if it is places, agency and date, else None."""
    cut = re.search(r"\s?(?:—|–|--)\s?|\s-\s?|:\s", text)
    head = text[: cut.start()] if cut else ""
    lower = [word for word in re.findall(r"[^\W\d_]{4,}", head) if word.islower()]
    # A person's dates stand in a bracket that the dash does not close.
    return head if len(lower) <= 1 and head.count("(") == head.count(")") else None
