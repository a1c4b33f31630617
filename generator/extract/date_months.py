"""Rules for months, for holidays, and for a day of the month alone."""

from __future__ import annotations

import re
from functools import cache

from generator.extract import date_words as words
from generator.extract.date_moments import Moment, Rule, after, before
from generator.extract.date_relative import count_years
from generator.extract.date_values import in_year_of, interval, is_between, month_of
from generator.extract.date_years import place_day, place_month


def read_month_year(match: re.Match[str], moment: Moment) -> str | None:
    """Read "June 2025", and "early June 2025" no more precisely."""
    return f"{match['year']}-{month_of(match)}"


def read_month(match: re.Match[str], moment: Moment) -> str | None:
    """Read "June", "early June", in the year the article, its date or its page gives."""
    return place_month(match, moment, int(month_of(match)))


def read_months(match: re.Match[str], moment: Moment) -> str | None:
    """Read "May to August 2024", "April and November last year": the end gives the year."""
    month, month2 = int(month_of(match)), words.number("months", match["month2"])
    year2 = (
        match["year2"] or match["year"] or (match["which"] and count_years(match["which"], moment))
    )
    last = f"{year2}-{month2:02}" if year2 else place_month(match, moment, month2)
    written = f"{match['year']}-{month:02}"
    return interval(written if match["year"] else in_year_of(last, month, 0, month2), last)


def read_month_of_year(match: re.Match[str], moment: Moment) -> str | None:
    """Read "June of the previous year", counted from the date before it in the text."""
    year = count_years(match["which"], moment)
    return f"{year[:4]}-{month_of(match)}{year[4:]}" if year else None


def read_last_month(match: re.Match[str], moment: Moment) -> str | None:
    """Read "last June" as the one before the month of writing, "this May", "next March"."""
    month, step = int(month_of(match)), words.number("steps", " ".join(match["step"].split()))
    written = moment.published or moment.page
    if written is None:
        return f"XXXX-{month:02}"
    here = (written.last.year, written.last.month)
    if step == 0:
        year = here[0]
    elif step < 0:
        year = here[0] - (month >= here[1])
    else:
        year = here[0] + (month <= here[1])
    return f"{year:04}-{month:02}{written.mark}"


def read_holiday(match: re.Match[str], moment: Moment) -> str | None:
    """Read "Christmas Day 2023", "New Year's Eve" as their days."""
    parts = [int(part) for part in words.entry("holidays", match["holiday"]).split("-")]
    if match["year"]:
        return "-".join([match["year"], *(f"{part:02}" for part in parts)])
    return place_day(match, moment, parts[0], parts[1] if len(parts) > 1 else 0)


def read_day_of_month(match: re.Match[str], moment: Moment) -> str | None:
    """Read "the 1st" in the month of publication, if it had come by then or is looked ahead to."""
    published = moment.published
    if published is None or published.first.replace(day=1) != published.last.replace(day=1):
        return None
    value = place_day(match, moment, published.last.month, int(match["day"]))
    same_month = value is not None and value[:7] == published.last.isoformat()[:7]
    return value if same_month else None


def is_time(match: re.Match[str]) -> bool:
    """Return whether a holiday stands as a time: after a preposition or with its year."""
    leaning = re.search(r"\b(?:on|by|before|after|since|until|till|at|of|over)\s$", before(match))
    named = re.match(r"\s[A-Z]", after(match))  # "Christmas Steps"
    return bool(match["year"] or (leaning and not named))


def is_day_of_month(match: re.Match[str]) -> bool:
    """Return whether "the 1st" is a day: led by a word of time and followed by no noun."""
    led = re.search(r"\b(?:on|from|until|till|since|by|before|after) the\s$", before(match), re.I)
    follows = (
        r"[\s]*(?:$|[^\w\s]|(?:for|in|at|and|to|when|with|as|but|after|before|that|by|while)\b)"
    )
    return bool(led and re.match(follows, after(match)))


def is_months(match: re.Match[str]) -> bool:
    """Return whether two months are a range, not a name like "Jun-Jun"."""
    return is_between(match) and (match["month"] != match["month2"] or bool(match["year2"]))


def is_month(match: re.Match[str]) -> bool:
    """Return whether a month's name means the month: "in May", not "after May resigned"."""
    lead, rest = before(match), after(match)
    if _leans(lead, "strong_before_month") or match.start("month") > match.start():
        return not re.match(r"\s(?:House|Day)\b", rest)
    if re.match(r"\s+(?:\(?[A-Z](?!nd\b)|(?:of|the|of the)\s+[A-Z])", rest):
        return False
    doubtful = match["month"].rstrip(".").casefold() in words.listed("doubtful_months")
    if not doubtful:
        name = re.search(r"\b([A-Z]\w+)\s$", lead)  # "Black September"
        return not name or name[1].casefold() in words.listed("before_name")
    if _person_verbs().match(rest):
        return False
    leaning = _leans(lead, "before_month") or _after_month(lead)
    noun = re.search(r"(?:\b[Tt]he|\b[Aa]n?|\b[Ii]ts|\b[Hh]is|['’]s)\s$", lead)
    return bool(leaning or (noun and re.match(r"\s[a-z]", rest)))


@cache
def _person_verbs() -> re.Pattern[str]:
    return re.compile(rf"(?:\s+|['’]s\s+)(?:{'|'.join(sorted(words.listed('person_verbs')))})\b")


def _leans(lead: str, key: str) -> bool:
    return bool(_leading(key).search(lead))


@cache
def _leading(key: str) -> re.Pattern[str]:
    options = "|".join(re.escape(word) for word in sorted(words.listed(key)))
    return re.compile(rf"(?:^|[^\w])(?:{options})(?:\s|(?<=-))$", re.I)


def _after_month(lead: str) -> bool:
    return bool(_month_before().search(lead))


@cache
def _month_before() -> re.Pattern[str]:
    return words.expand(r"{month}(?:, | and | or | to |, and )$")


RULES = (
    Rule(
        "months",
        "months",
        r"{month}(?: {year})?{to}{month2}(?:,?(?: of)? {year2}|,? {which})?",
        read_months,
        is_months,
    ),
    Rule("month_year", "parts months", r"{part}?{month}(?:,| of)? {year}", read_month_year),
    Rule("month_of_year", "parts months", r"{part}?{month},? {which}", read_month_of_year),
    Rule("last_month", "steps", r"{step} {month}", read_last_month),
    Rule("month", "parts months", r"{part}?{month}", read_month, is_month),
    Rule("holiday", "holidays", r"{holiday}(?:,? {year})?", read_holiday, is_time),
    Rule(
        "day_of_month",
        "digits",
        r"(?P<day>[12]\d|3[01]|[1-9])(?:st|nd|rd|th)",
        read_day_of_month,
        is_day_of_month,
    ),
)
