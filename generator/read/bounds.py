"""What is too long to be an article's: left out, cut or refused, and said with its limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.model import Dropped, Limits, Problem
from generator.read import reasons
from generator.read.pages import Line, Meta, RawPage

SHOWN = 200
# What metadata is shown again and again: on lists, cards and every page that quotes it.
FIELDS = ("title", "slug", "section", "source", "url", "author", "lang")


def blank_long_lines(text: str, limits: Limits) -> tuple[str, tuple[Line, ...]]:
    """Return a text with lines over the limit empty, and those lines, each cut to what is shown."""
    if len(text) <= limits.line_chars:
        return text, ()
    lines = text.split("\n")
    long = [number for number, line in enumerate(lines, 1) if len(line) > limits.line_chars]
    left_out = tuple(Line(number, lines[number - 1][:SHOWN]) for number in long)
    for number in long:
        lines[number - 1] = ""
    return "\n".join(lines), left_out


def bounded(page: RawPage, left_out: tuple[Line, ...], limits: Limits) -> RawPage | Problem:
    """Return a page without lines over the limit, `left_out` among them, or why it is refused."""
    long = [line for line in page.lines if len(line.text) > limits.line_chars]
    kept = tuple(line for line in page.lines if len(line.text) <= limits.line_chars)
    if (size := sum(len(line.text) for line in kept)) > limits.article_chars:
        what = f"its text has {size:,} characters, the limit is {limits.article_chars:,}"
        return Problem(page.file, 0, what, "split the file, or raise limits.article_chars")
    gone = [*left_out, *(replace(line, text=line.text[:SHOWN]) for line in long)]
    page = replace(
        page,
        lines=kept,
        dropped=(*page.dropped, *(Dropped(line.number, line.text, reasons.LONG) for line in gone)),
        problems=(*page.problems, *(_too_long(page.file, line.number, limits) for line in gone)),
    )
    return _with_short_fields(page, limits)


def _too_long(file: str, line: int, limits: Limits) -> Problem:
    what = f"a line or paragraph of over {limits.line_chars:,} characters, left out"
    return Problem(file, line, what, "break it into paragraphs, or raise limits.line_chars")


def _with_short_fields(page: RawPage, limits: Limits) -> RawPage:
    """Return a page whose metadata is cut where it is over the limit, the title's line too."""
    long = {name: value[: limits.field_chars] for name, value in _over(page.meta, limits)}
    if not long:
        return page
    todo = "shorten it, or raise limits.field_chars"
    faults = (
        Problem(page.file, 0, f"the {name} has over {limits.field_chars:,} characters", todo)
        for name in long
    )
    lines = [
        replace(line, text=long["title"])
        if "title" in long and line.text == page.meta.title
        else line
        for line in page.lines
    ]
    # Half an address or language leads nowhere.
    values: dict[str, Any] = {
        name: None if name in ("url", "lang", "slug") else long[name] for name in long
    }
    return replace(
        page,
        lines=tuple(lines),
        meta=replace(page.meta, **values),
        problems=(*page.problems, *faults),
    )


def _over(meta: Meta, limits: Limits) -> Iterator[tuple[str, str]]:
    for name in FIELDS:
        value = getattr(meta, name)
        if value and len(value) > limits.field_chars:
            yield name, value
