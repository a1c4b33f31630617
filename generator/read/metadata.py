"""What a page says of itself in its lines: dates, byline, section, read from what was dropped."""

from __future__ import annotations

import re

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
    """Return who the byline names, else the credit "Reporting by …"."""
    for text in _texts(draft, reasons.BYLINE):
        if name := shapes.byline_author(text) or (None if find_date(text) else text):
            return name
    for text in _texts(draft, reasons.CREDITS):
        if name := shapes.byline_author(re.split(r"[;(]", text.strip("([ "))[0].strip()):
            return name
    return None


def section(draft: Draft) -> str | None:
    """Return the section a label or the way to the page names."""
    for text in _texts(draft, reasons.SECTION):
        return text
    for text in _texts(draft, reasons.BREADCRUMB):
        named = [part for part in shapes.breadcrumb_parts(text) if shapes.is_section(part)]
        return named[-1] if named else None
    return None


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
