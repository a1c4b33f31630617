"""Which year a day or month had that is written without one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache

from generator import edtf
from generator.extract import date_words
from generator.extract.date_moments import Anchor, Moment, before, looks_ahead

# A date this close ahead is the coming one, unless the sentence looks back.
SOON = timedelta(days=45)

# Further ahead than this, the year is a guess.
FAR = timedelta(days=200)


def place_day(match: re.Match[str], moment: Moment, month: int, day: int) -> str | None:
    """Return a day of the year as EDTF, in the year it most likely had; XXXX if none is known."""
    return _place(match, moment, month, day)


def place_month(match: re.Match[str], moment: Moment, month: int) -> str | None:
    """Return a month as EDTF, in the year it most likely had; XXXX if none is known."""
    return _place(match, moment, month, 0)


def _place(match: re.Match[str], moment: Moment, month: int, day: int) -> str | None:
    year, mark = _choose_year(match, moment, month, day)
    text = f"{year or 'XXXX'}-{month:02}" + (f"-{day:02}" if day else "") + mark
    return text if edtf.is_valid(text) else None


def _choose_year(
    match: re.Match[str], moment: Moment, month: int, day: int
) -> tuple[int | None, str]:
    shared = shared_year(match)
    if shared:
        return shared, ""
    written = moment.published or moment.page
    named = moment.named.get((month, day), ())
    if written is None:
        return _year_by_name(moment, named, month, bool(day))
    year, mark = nearest_year(match, moment, month, day)
    if year is None:
        return None, ""
    if day and named and year not in named:
        # An old year of the same day is another happening, if the day has just been.
        recent = written.last - SOON <= _day(year, month, day) <= written.last + SOON
        earlier = [other for other in named if _day(other, month, day) <= written.last]
        return (year, mark) if recent or not earlier else (max(earlier), "")
    return year, "" if named and day else mark


def _year_by_name(
    moment: Moment, named: tuple[int, ...], month: int, exact: bool
) -> tuple[int | None, str]:
    """Return the year the article gives the same day, or likely the same month."""
    if named and exact:
        return max(named), ""
    same_month = named or moment.named.get((month, 0), ())
    return (same_month[0], "?") if len(same_month) == 1 else (None, "")


def nearest_year(
    match: re.Match[str], moment: Moment, month: int, day: int
) -> tuple[int | None, str]:
    """Return the latest year not after the writing, or the next one if the sentence looks ahead."""
    written = moment.published or moment.page
    if written is None:
        return None, ""
    past, coming = _years_around(written, month, day)
    if past is None or coming is None or moment.published is None:
        return past, written.mark
    ahead = looks_ahead(match)
    wait = _day(coming, month, day or 1) - written.last
    if wait <= SOON and _AMENDED.match(before(match)):
        return coming, written.mark
    if ahead:
        return coming, written.mark if wait <= FAR else "?"
    if ahead is None and past != coming and timedelta(0) < wait <= SOON:
        return coming, "?"
    return past, written.mark


def _years_around(written: Anchor, month: int, day: int) -> tuple[int | None, int | None]:
    """Return the last year the date is not after the writing, and the first it is not before."""
    near = range(written.last.year - 8, written.last.year + 9)
    real = [year for year in near if edtf.is_valid(f"{year:04}-{month:02}-{day or 1:02}")]
    limit = (written.last.year, written.last.month, written.last.day if day else 0)
    past = [year for year in real if (year, month, day) <= limit]
    coming = [year for year in real if (year, month, day) >= limit]
    return max(past, default=None), min(coming, default=None)


def _day(year: int, month: int, day: int) -> date:
    # A leap day looked for in a common year.
    return date(year, month, min(day, 28) if month == 2 else day or 1)


# A notice of correction is added after the day of publication.
_AMENDED = re.compile(r"\W*(?:Corrected|Updated|Amended|Clarified|Revised)(?: on)? $")


def shared_year(match: re.Match[str]) -> int | None:
    """Return the year the next date shares ("May and June of 2019") or that opens the sentence."""
    found = _following_year().match(match.string, match.end(), match.endpos)
    found = found or _OPENING_YEAR.match(before(match))
    return int(found[found.lastgroup or "year"]) if found else None


_OPENING_YEAR = re.compile(r"\W?In (?:the year )?(?P<year>1\d{3}|20\d\d)(?!\w)[^.;]*$")


@cache
def _following_year() -> re.Pattern[str]:
    return date_words.expand(
        r"(?:,? (?:and|or|to)|,) (?:on )?"
        r"(?:{month}(?: {day})?|{day2} (?:of )?{month2}),?(?: of)? {year}"
        r"|(?: \([^()]{1,20}\)|\)) {year2}"  # 3 March (19 February) 1861
    )
