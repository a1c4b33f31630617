"""Dates as pages write them, read into EDTF: only whole dates with a year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from generator import edtf, lexicons, names

_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)*")
_CLOCK = re.compile(
    r"(?:\bt|\b)\d{1,2}(?:[:.h]\d{2}){1,2}(?:\.\d+)?\s*(?:a\.?m\.?|p\.?m\.?|z\b|uhr)?"
    r"|\b\d{1,2}\s*(?:a\.?m\.?|p\.?m\.?)(?!\w)|(?:gmt|utc)?\s*[+-]\d{1,2}(?::?\d{2})?\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A whole date in a text: its EDTF value and where it stands in the folded text."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that is a date and nothing else; `label` is published, updated, saved or none."""

    value: str
    label: str | None


@cache
def _months() -> dict[str, int]:
    lists = lexicons.load("written_dates")["months"]
    return {names.fold(word): number for number, row in enumerate(lists, 1) for word in row}


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    month = "(?P<month>" + "|".join(sorted(_months(), key=lambda m: (-len(m), m))) + r")\b\.?"
    day, year = r"(?<!\d)(?P<d>\d{1,2})", r"(?P<y>(?:1[89]|20)\d{2})(?!\d)"
    sep, of = r"(?:[-/]|\.\s?)", r"\s*(?:of |del? |-|/)?\s*"
    return tuple(
        re.compile(pattern)
        for pattern in (
            rf"(?<![\d-])(?P<y>(?:1[89]|20)\d{{2}}){sep}(?P<m>\d{{1,2}}){sep}(?P<d>\d{{1,2}})(?!\d)",
            rf"{day}(?:st|nd|rd|th|\.|er|º)?,?{of}{month},?{of}{year}",
            rf"\b{month}\s*{day}(?:st|nd|rd|th)?,?\s+{year}",
            rf"{day}\.\s?(?P<m>\d{{1,2}})\.\s?{year}",
            rf"(?<![\d/])(?P<a>\d{{1,2}})(?P<sep>[/-])(?P<b>\d{{1,2}})(?P=sep){year}",
            r"(?P<y>(?:19|20)\d{2})\s?[年년]\s?(?P<m>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日일]",
        )
    )


def find_dates(text: str) -> Iterator[Found]:
    """Return the whole dates of a text, by pattern.

    >>> [found.value for found in find_dates("Posted 19 June 2024, 14:20")]
    ['2024-06-19']
    """
    return _find(_fold(text))


def find_date(text: str) -> str | None:
    """Return the first whole date of a text, None if it has none."""
    return next((found.value for found in find_dates(text)), None)


def read_date(text: str) -> str | None:
    """Return the EDTF value of a metadata field such as `19 June 2024`, `2024-06`, `2024-06?`."""
    text = text.strip()
    if edtf.is_valid(text):
        return text
    line = read_date_line(text)
    return line.value if line else None


def read_date_line(text: str) -> DateLine | None:
    """Return the date of a line that holds one and no sentence, else None.

    >>> read_date_line("Published: Wed, 19 June 2024 14:20 GMT")
    DateLine(value='2024-06-19', label='published')
    """
    if len(text) > 120 or not any(map(str.isdigit, text)):
        return None
    folded = _fold(text)
    for found in _find(folded):
        rest = f"{folded[: found.start]} ; {folded[found.end :]}"
        label = _label(rest)
        if _only_fillers(rest):
            return DateLine(found.value, label or None)
    return None


def _fold(text: str) -> str:
    """Return text for comparing; Hangul is kept whole, since folding takes its syllables apart."""
    return text if re.search("[가-힣年]", text) else names.fold(text)


def _find(folded: str) -> Iterator[Found]:
    for pattern in _patterns():
        for found in pattern.finditer(folded):
            if value := _value(found.groupdict()):
                yield Found(value, found.start(), found.end())


def _value(parts: dict[str, str | None]) -> str | None:
    year = int(parts["y"] or 0)
    if parts.get("a"):
        pair = _day_first(int(parts["a"] or 0), int(parts["b"] or 0))
        return _edtf(year, pair[1], pair[0]) if pair else None
    named = parts.get("month")
    month = _months()[named] if named else int(parts["m"] or 0)
    return _edtf(year, month, int(parts["d"] or 0))


def _day_first(a: int, b: int) -> tuple[int, int] | None:
    """Return (day, month) of 19/06 or 06/19; None for 05/06, which nobody can tell."""
    if a == b or (a > 12 >= b):
        return a, b
    return (b, a) if b > 12 >= a else None


def _edtf(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


@cache
def _labels() -> dict[str, str]:
    lists = lexicons.load("written_dates")["labels"]
    return {names.fold(word): label for label, row in lists.items() for word in row}


@cache
def _fillers() -> frozenset[str]:
    lexicon = lexicons.load("written_dates")
    rows = (*lexicon["weekdays"], *lexicon["zones"], *lexicon["fillers"])
    words = {word for label in _labels() for word in label.split()}
    return frozenset(names.fold(word) for word in rows) | words


def _label(rest: str) -> str:
    """Return the label whose words stand before the date, empty if there is none."""
    before = " ".join(_WORD.findall(rest.partition(";")[0]))
    fitting = [label for label in _labels() if before == label or before.startswith(f"{label} ")]
    return _labels()[max(fitting, key=len)] if fitting else ""


def _only_fillers(rest: str) -> bool:
    """Return whether nothing but clock, weekday, zone and label words is left of a line.

    A second date is: "Published 3 May 2024 | Updated 5 May 2024".
    """
    while found := next(_find(rest), None):
        rest = rest[: found.start] + rest[found.end :]
    rest = _CLOCK.sub(" ", rest)
    leftover = [word for word in _WORD.findall(rest) if word not in _fillers()]
    return not leftover and not any(char.isdigit() for char in rest)
