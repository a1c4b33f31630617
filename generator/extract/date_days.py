"""Rules for days of the calendar, written out, in numbers, with a weekday, or as ranges."""

from __future__ import annotations

import re
from datetime import date

from generator import edtf
from generator.extract import date_words as words
from generator.extract.date_moments import Moment, Rule, before
from generator.extract.date_relative import count_years
from generator.extract.date_values import checked, in_year_of, interval, is_between, month_of
from generator.extract.date_years import nearest_year, place_day


def read_full(match: re.Match[str], moment: Moment) -> str | None:
    """Read "Friday, May 9, 2025" as 2025-05-09; a day the calendar lacks as None."""
    return checked(f"{match['year']}-{month_of(match)}-{int(match['day']):02}")


def read_iso(match: re.Match[str], moment: Moment) -> str | None:
    """Read "2025-05-09" and "2025/05/09"."""
    return checked(f"{match['year']}-{match['m']}-{match['d']}")


def read_numbers(match: re.Match[str], moment: Moment) -> str | None:
    """Read "09/05/2025" if it is known which number is the day; a dotted date begins with it."""
    one, two, year = int(match["a"]), int(match["b"]), _full_year(match["y"])
    day_first = True if match["sep"] == "." else moment.day_first
    if one == two or one > 12 or two > 12:
        day_first = one >= two
    if day_first is None:
        return None
    day, month = (one, two) if day_first else (two, one)
    return checked(f"{year}-{month:02}-{day:02}")


def read_day(match: re.Match[str], moment: Moment) -> str | None:
    """Read "May 26", "May 9 last year", in the year the article, its date or its page gives."""
    month, day = int(month_of(match)), int(match["day"])
    which = match.groupdict().get("which")
    if which:
        year = count_years(which, moment)
        return checked(f"{year[:4]}-{month:02}-{day:02}{year[4:]}") if year else None
    return place_day(match, moment, month, day)


def read_weekday_date(match: re.Match[str], moment: Moment) -> str | None:
    """Read "Tuesday (Jun 17)" in the latest year known here in which that was a Tuesday."""
    month, day = int(month_of(match)), int(match["day"])
    weekday = words.number("weekdays", match["weekday"])
    year, mark = _year_of_weekday(match, moment, month, day, weekday)
    return checked(f"{year or 'XXXX'}-{month:02}-{day:02}{mark}")


def _year_of_weekday(
    match: re.Match[str], moment: Moment, month: int, day: int, weekday: int
) -> tuple[int | None, str]:
    def fits(year: int) -> bool:
        text = f"{year:04}-{month:02}-{day:02}"
        return edtf.is_valid(text) and date.fromisoformat(text).isoweekday() == weekday

    named = [year for year in moment.named.get((month, day), ()) if fits(year)]
    if named:
        return max(named), ""
    year, mark = nearest_year(match, moment, month, day)
    if moment.published and year:
        close = [near for near in (year, year + 1, year - 1) if fits(near)]
        if close:
            return close[0], mark
    written = moment.published or moment.page
    known = [y for y in moment.years if fits(y) and (not written or y <= written.last.year)]
    if known:
        return max(known), ""
    earlier = [near for near in range((year or 0) - 11, (year or 0) + 1) if year and fits(near)]
    return (max(earlier), "?") if earlier else (None, "")


def read_days(match: re.Match[str], moment: Moment) -> str | None:
    """Read "May 3-5, 2024", "8-13 October": both ends in one month."""
    month = int(month_of(match))
    day, day2 = int(match["day"]), int(match["day2"])
    last = _place(match, moment, month, day2, match["year"])
    return interval(in_year_of(last, month, day, month), last)


def read_month_days(match: re.Match[str], moment: Moment) -> str | None:
    """Read "30 May to 2 June 2024": the first end takes the year of the last."""
    month, month2 = int(month_of(match)), words.number("months", match["month2"])
    day, day2 = int(match["day"]), int(match["day2"])
    last = _place(match, moment, month2, day2, match["year2"] or match["year"])
    written = f"{match['year']}-{month:02}-{day:02}"
    return interval(written if match["year"] else in_year_of(last, month, day, month2), last)


def _place(
    match: re.Match[str], moment: Moment, month: int, day: int, year: str | None
) -> str | None:
    if year:
        return checked(f"{year}-{month:02}-{day:02}")
    return place_day(match, moment, month, day)


def is_day(match: re.Match[str]) -> bool:
    """Return whether a month and number are a day: not "in May 20 people died"."""
    number_first = match.start("day") < match.start("month")
    return number_first or not re.search(r"\bin\s$", before(match), re.I)


def _full_year(year: str) -> str:
    # Two digits: this century up to 2049, else the last.
    return year if len(year) == 4 else f"{20 if int(year) < 50 else 19}{year}"


_DAY_NAME = r"(?:{weekday},? (?:the )?)?"

_TAIL = r"(?:,? {which})?"

RULES = (
    Rule(
        "full",
        "weekdays months",
        _DAY_NAME + r"{month} (?:the )?{day}(?:,| of|,? in)? {year}",
        read_full,
    ),
    Rule(
        "full",
        "weekdays digits",
        _DAY_NAME + r"{day}(?: of |-| day of | ){month}(?:, |-| of | ){year}",
        read_full,
    ),
    Rule("full", "weekdays", r"{weekday} \({month} {day}, {year}\)", read_full),
    Rule(
        "iso",
        "digits",
        r"(?P<year>[12]\d{3})(?P<s>[-/.])(?P<m>\d\d)(?P=s)(?P<d>\d\d)(?![\w-])",
        read_iso,
    ),
    Rule(
        "numbers",
        "digits",
        r"(?P<a>\d\d?)(?P<sep>[/.-])(?P<b>\d\d?)(?P=sep)(?P<y>[12]\d{3}|(?<=/)\d\d)(?![\w/-]|\.\d)",
        read_numbers,
    ),
    Rule("days", "months", r"{month} {day}{to}{day2}(?:,? {year})?", read_days, is_between),
    Rule("days", "digits", r"{day}{to}{day2} (?:of )?{month}(?:,? {year})?", read_days, is_between),
    Rule(
        "days",
        "months",
        r"{month} {day}(?:,? {year})?{to}{month2} {day2}(?:,? {year2})?",
        read_month_days,
        is_between,
    ),
    Rule(
        "days",
        "digits",
        r"{day} (?:of )?{month}(?: {year})?{to}(?:the )?{day2} (?:of )?{month2}(?: {year2})?",
        read_month_days,
        is_between,
    ),
    Rule("weekday_date", "weekdays", r"{weekday},? {month} {day}", read_weekday_date),
    Rule(
        "weekday_date", "weekdays", r"{weekday},? (?:the )?{day} (?:of )?{month}", read_weekday_date
    ),
    Rule("weekday_date", "weekdays", r"{weekday} \((?:{month} {day})\)", read_weekday_date),
    Rule("weekday_date", "weekdays", r"{weekday} \({day} {month}\)", read_weekday_date),
    Rule("day", "months", r"{month} (?:the )?{day}" + _TAIL, read_day, is_day),
    Rule("day", "digits", r"{day} (?:of )?{month}" + _TAIL, read_day, is_day),
)
