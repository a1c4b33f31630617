"""EDTF dates: levels 0 and 1 of ISO 8601-2 without times, and the unspecified year of level 2.

A date is text here and stays text; every function takes any text and none raises.
Seasons are those of the north: a winter bears the year of its December.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache, lru_cache
from typing import Any, NamedTuple

from generator import lexicons

FIRST_DAY, LAST_DAY = "0001-01-01", "9999-12-31"

_SIDE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?P<mark>[?~%]?)",
    re.ASCII,
)
# First and last month; the winter ends in the year that follows.
_SEASONS = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
_QUARTERS = {"33": (1, 3), "34": (4, 6), "35": (7, 9), "36": (10, 12)}
_SEASON_NAMES = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_QUARTER_NAMES = {"33": "first", "34": "second", "35": "third", "36": "fourth"}
_MARKS = {"?": "inferred", "~": "approximate", "%": "both"}
# The language that dates are said in: all of a run's pages are in one.
_LANGUAGE: ContextVar[str] = ContextVar("language", default="en")


class Side(NamedTuple):
    """One date as its written parts, empty where it has none."""

    year: str
    month: str
    day: str
    mark: str


def is_valid(text: str) -> bool:
    """Return whether `text` is a date or interval we write, with days the calendar has."""
    sides = _sides(text)
    if sides is None:
        return False
    span = _interval_bounds(sides)
    return span is None or span[0] <= span[1]


@lru_cache(maxsize=20_000)  # the same days come again and again
def bounds(text: str) -> tuple[str, str] | None:
    """Return the first and last day it can be, as ISO dates; None if the year isn't known."""
    sides = _sides(text)
    return _interval_bounds(sides) if sides else None


def sort_key(text: str) -> tuple[bool, str, str, str]:
    """Return a key that puts dates in time order, those without a year last."""
    first, last = bounds(text) or ("", "")
    return (not first, first, last, text)


def overlaps(a: str, b: str) -> bool:
    """Return whether both can be true of one moment; a year not known fits every other."""
    one, other = bounds(a), bounds(b)
    if one is None or other is None:
        return True
    return one[0] <= other[1] and other[0] <= one[1]


def certain(text: str) -> bool:
    """Return whether the date is stated, not inferred or approximate."""
    return is_valid(text) and not any(mark in text for mark in _MARKS)


@contextmanager
def said_in(language: str) -> Iterator[None]:
    """Have dates labelled in a language, one that has a file of interface texts."""
    token = _LANGUAGE.set(language)
    try:
        yield
    finally:
        _LANGUAGE.reset(token)


def label(text: str) -> str:
    """Return a date as a reader says it.

    >>> label("2025-06?"), label("XXXX-05-26"), label("2012-22"), label("2024-05/2024-08")
    ('June 2025 (inferred)', '26 May, year not given', 'summer 2012', 'May–August 2024')
    """
    return _label(text, _LANGUAGE.get())


@lru_cache(maxsize=20_000)
def _label(text: str, language: str) -> str:
    """Return a date as said in `language`, the one that dates are said in just now."""
    sides = _sides(text)
    if sides is None:
        return text
    marks = sorted({side.mark for side in sides if side and side.mark})
    note = f" ({_words()[_MARKS[marks[-1]]]})" if marks else ""
    return f"{_label_sides(sides)}{note}"


def _sides(text: str) -> tuple[Side | None, ...] | None:
    """Return the date, or the two ends of the interval (None = open); None if not valid."""
    parts = text.split("/")
    open_ends = [part in ("", "..") for part in parts]
    if len(parts) > 2 or all(open_ends):
        return None
    sides = tuple(None if gap else _side(part) for part, gap in zip(parts, open_ends, strict=True))
    broken = any(side is None and not gap for side, gap in zip(sides, open_ends, strict=True))
    return None if broken else sides


def _side(text: str) -> Side | None:
    match = _SIDE.fullmatch(text)
    if match is None:
        return None
    side = Side(match["year"], match["month"] or "", match["day"] or "", match["mark"])
    return side if _is_real(side) else None


def _is_real(side: Side) -> bool:
    """Return whether the calendar has such a date, and the parts may stand together."""
    if side.year == "0000" or (side.year == "XXXX" and not side.month.isdigit()):
        return False
    if "X" in side.year and side.year != "XXXX" and side.month:
        return False
    if not side.month.isdigit() or not side.day:
        return side.day in ("", "XX") and (
            side.month in ("", "XX", *_SEASONS, *_QUARTERS) or 1 <= int(side.month) <= 12
        )
    return 1 <= int(side.month) <= 12 and (
        side.day == "XX" or 1 <= int(side.day) <= _month_length(side.year, int(side.month))
    )


def _month_length(year: str, month: int) -> int:
    # A year not given may be a leap year.
    return calendar.monthrange(int(year) if year.isdigit() else 2000, month)[1]


def _interval_bounds(sides: tuple[Side | None, ...]) -> tuple[str, str] | None:
    spans = [_side_bounds(side) if side else (FIRST_DAY, LAST_DAY) for side in sides]
    if any(span is None for span in spans):
        return None
    first, last = spans[0], spans[-1]
    return (first[0], last[1]) if first and last else None


def _side_bounds(side: Side) -> tuple[str, str] | None:
    if side.year == "XXXX":
        return None
    low, high = side.year.replace("X", "0"), side.year.replace("X", "9")
    if not side.month.isdigit():
        return f"{max(low, '0001')}-01-01", f"{high}-12-31"
    if side.day.isdigit():
        day = f"{side.year}-{side.month}-{side.day}"
        return day, day
    month = int(side.month)
    start, end = {**_SEASONS, **_QUARTERS}.get(side.month, (month, month))
    last_year = f"{int(high) + (end < start):04}"
    last = f"{last_year}-{end:02}-{_month_length(last_year, end):02}"
    return f"{low}-{start:02}-01", last if len(last_year) == 4 else LAST_DAY


def _label_sides(sides: tuple[Side | None, ...]) -> str:
    first, last = sides[0], sides[-1]
    if first is None:
        return _say("until", date=_label_side(last)) if last else ""
    if last is None:
        return _say("since", date=_label_side(first))
    if len(sides) == 1:
        return _label_side(first)
    return _label_interval(first, last)


def _label_interval(first: Side, last: Side) -> str:
    """Return both ends without saying a shared month or year twice."""
    same_year = first.year == last.year and bool(first.month and last.month)
    if same_year and first.month == last.month and first.day.isdigit() and last.day.isdigit():
        return f"{_say('first_day', day=int(first.day))}–{_label_side(last)}"
    if same_year and not first.day and not last.day and max(first.month, last.month) <= "12":
        return f"{_month_names(_LANGUAGE.get())[int(first.month)]}–{_label_side(last)}"
    return _say("span", first=_label_side(first), last=_label_side(last))


def _label_side(side: Side) -> str:
    year = _label_year(side.year)
    if side.month in _QUARTERS:
        return _say("quarter", quarter=_words()[_QUARTER_NAMES[side.month]], year=year)
    if not side.month.isdigit():
        return year
    day = _say("day", day=int(side.day)) if side.day.isdigit() else ""
    gap = ", " if side.year == "XXXX" else " "
    return f"{day}{_label_month(side.month)}{gap}{year}"


def _label_month(month: str) -> str:
    season = _SEASON_NAMES.get(month)
    return str(_words()[season]) if season else _month_names(_LANGUAGE.get())[int(month)]


def _label_year(year: str) -> str:
    if year == "XXXX":
        return str(_words()["no_year"])
    if year.endswith("XX"):
        century = int(year[:2]) + 1
        return _say("century", n=century, nth=_ordinal(century))
    return _say("decade", decade=year.replace("X", "0")) if year.endswith("X") else str(int(year))


def _ordinal(number: int) -> str:
    teen = 10 <= number % 100 <= 20
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _say(key: str, **values: object) -> str:
    return str(_words()[key]).format(**values)


def _words() -> Mapping[str, Any]:
    words: Mapping[str, Any] = lexicons.load(f"interface_{_LANGUAGE.get()}")["date"]
    return words


@cache
def _month_names(language: str) -> dict[int, str]:
    # Babel's own tables: the machine's locale must not change a page.
    from babel.dates import get_month_names

    names = get_month_names(locale=language)
    return {int(number): str(name) for number, name in names.items()}
