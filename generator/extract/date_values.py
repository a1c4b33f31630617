"""EDTF values put together, checked before they leave; and the small questions rules share."""

from __future__ import annotations

import re

from generator import edtf
from generator.extract import date_words as words
from generator.extract.date_moments import before


def checked(text: str) -> str | None:
    """Return an EDTF date the calendar has, else None."""
    return text if edtf.is_valid(text) else None


def interval(first: str | None, last: str | None) -> str | None:
    """Return the EDTF interval of two dates, None unless both are known and in order."""
    return checked(f"{first}/{last}") if first and last else None


def in_year_of(last: str | None, month: int, day: int, last_month: int) -> str | None:
    """Return the start of a range, in the year of its end or, across New Year, the one before."""
    if last is None:
        return None
    year, mark = last[:4], "?" if last.endswith("?") else ""
    if month > last_month and year.isdigit():
        year = f"{int(year) - 1:04}"
    return checked(f"{year}-{month:02}" + (f"-{day:02}" if day else "") + mark)


def month_of(match: re.Match[str]) -> str:
    """Return the month of a match as two digits."""
    return f"{words.number('months', match['month']):02}"


def is_between(match: re.Match[str]) -> bool:
    """Return whether "X and Y" is a range: after "between" only."""
    return match["to"].strip() != "and" or before(match).rstrip().lower().endswith("between")
