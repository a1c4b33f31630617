"""Rules for dates counted from the day of writing, or from the date read before them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from generator.extract import date_words as words
from generator.extract.date_moments import Anchor, Moment, Rule, after, before, looks_ahead

# Round numbers of years are rarely meant to the year.
ROUND = 10


def count(base: Anchor | None, unit: str, steps: int) -> str | None:
    """Return the period `steps` units from the anchor; None if the anchor is too wide to tell.

    Weeks run Monday to Sunday; no period is more precise than its unit.
    """
    if base is None:
        return None
    values = {_period(_shift(day, unit, steps), unit) for day in (base.first, base.last)}
    value = values.pop()
    if values or value is None:
        return None
    return "/".join(f"{end}{base.mark}" for end in value.split("/"))


def count_years(which: str, moment: Moment) -> str | None:
    """Return the year that "last", "this", "next", "that", "the previous" say, with its mark."""
    word = " ".join(which.casefold().split()).removeprefix("the ")
    if word in ("last", "this", "next"):
        return count(moment.published, "year", words.number("steps", word))
    return count(moment.last, "year", words.number("text_steps", word))


def _shift(day: date, unit: str, steps: int) -> date | None:
    if unit in ("day", "night"):
        return _add_days(day, steps)
    if unit in ("week", "weekend"):
        return _add_days(day, 7 * steps)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
    total = day.year * 12 + day.month - 1 + steps * months
    return date(total // 12, total % 12 + 1, 1) if 12 <= total < 120_000 else None


def _add_days(day: date, days: int) -> date | None:
    number = day.toordinal() + days
    return date.fromordinal(number) if 1 <= number <= date.max.toordinal() - 7 else None


def _period(day: date | None, unit: str) -> str | None:
    if day is None:
        return None
    monday = day - timedelta(days=min(day.weekday(), day.toordinal() - 1))
    texts = {
        "week": f"{monday}/{monday + timedelta(days=6)}",
        "weekend": f"{monday + timedelta(days=5)}/{monday + timedelta(days=6)}",
        "month": day.isoformat()[:7],
        "quarter": f"{day.year:04}-{33 + (day.month - 1) // 3}",
        "year": f"{day.year:04}",
        "decade": f"{day.year:04}"[:3] + "X",
        "century": f"{day.year:04}"[:2] + "XX",
    }
    return texts.get(unit, day.isoformat())


def read_day_word(match: re.Match[str], moment: Moment) -> str | None:
    """Read "yesterday", "tonight", "the day before yesterday"."""
    return count(moment.published, "day", words.number("day_words", _spaced(match["day_word"])))


def read_step(match: re.Match[str], moment: Moment) -> str | None:
    """Read "last week", "this year", "early next month"."""
    return count(moment.published, _unit(match), words.number("steps", _spaced(match["step"])))


def read_part(match: re.Match[str], moment: Moment) -> str | None:
    """Read "end of the year" as the year of writing."""
    return count(moment.published, _unit(match), 0)


def read_text_step(match: re.Match[str], moment: Moment) -> str | None:
    """Read "the following day", "that year", counted from the date before it in the text."""
    return count(moment.last, _unit(match), words.number("text_steps", _spaced(match["text_step"])))


def read_ago(match: re.Match[str], moment: Moment) -> str | None:
    """Read "two days ago" to the day, "three weeks ago" to the week, "a year ago" to the year."""
    steps = words.number("numbers", match["number"])
    value = count(moment.published, _unit(match), -steps)
    guess = _unit(match) == "year" and steps >= ROUND and steps % ROUND == 0
    return f"{value}?" if value and guess and not value.endswith("?") else value


def read_from_now(match: re.Match[str], moment: Moment) -> str | None:
    """Read "in two weeks' time", "five years from now"."""
    return count(moment.published, _unit(match), words.number("numbers", match["number"]))


def read_later(match: re.Match[str], moment: Moment) -> str | None:
    """Read "three days later", "a year earlier", counted from the date before it in the text."""
    back = match["way"].lower() in ("earlier", "before", "previously")
    steps = words.number("numbers", match["number"] or "one")
    return count(moment.last, _unit(match), -steps if back else steps)


def read_vague(match: re.Match[str], moment: Moment) -> str | None:
    """Read "several years ago", which says no date: None."""
    return None


def read_weekday(match: re.Match[str], moment: Moment) -> str | None:
    """Read "Tuesday" as the last one up to publication, or the next if the sentence looks ahead.

    "the following Tuesday" counts from the date before it in the text.
    """
    word = _spaced(match["step"] or match["text_step"] or "")
    base = moment.last if word in ("following", "preceding", "previous") else moment.published
    if base is None or base.first != base.last or _ANY_WEEK.search(before(match)):
        return None
    behind = (base.first.isoweekday() - words.number("weekdays", match["weekday"])) % 7
    steps = -behind if word in ("", "this") else -(behind or 7)
    if word in ("next", "following", "this coming", "coming"):
        steps = 7 - behind
    if word not in ("", "this"):
        return count(base, "day", steps)
    ahead = looks_ahead(match)
    value = count(base, "day", -behind % 7 if ahead else steps)
    # "The ferry sails on Friday" leaves open which; "Friday's vote" and a verb do not.
    open_ = ahead is None and re.search(r"\bon\s$", before(match), re.I)
    return f"{value}?" if value and open_ and not value.endswith("?") else value


# "on a Friday afternoon": a day of any week.
_ANY_WEEK = re.compile(r"\b(?:on|of|like) an?\s$", re.I)


def is_weekday(match: re.Match[str]) -> bool:
    """Return whether a weekday is a day: not "Sunday Times", "on Sundays", "Black Friday"."""
    lead, rest = before(match), after(match)
    if not match["weekday"].casefold().endswith("day"):
        return False  # "Sun", "Sat", "Mon" need a date beside them
    names = words.listed("weekday_names_before"), words.listed("weekday_names_after")
    last = re.search(r"([\w’']+)[\s-]$", lead)
    following = re.match(r"\s+(\w+(?: \w+)?)", rest)
    if last and last[1].casefold() in names[0]:
        return False
    if following and any(following[1].casefold().startswith(name) for name in names[1]):
        return not following[1][0].isupper()
    if re.search(r"\b(?:first|second|third|fourth|last)\s$", lead) and re.match(
        r"\s(?:of|in)\b", rest
    ):
        return False
    # "the Sunday Herald" and Mr Sunday Oliseh are names, "the Tuesday meeting" is a day.
    return not (re.search(r"(?:\b[Tt]he\s|\.\s|^)$", lead) and re.match(r"\s[A-Z]", rest))


def is_own(match: re.Match[str]) -> bool:
    """Return whether a period is a date: "last year", not the stretch "over the last year"."""
    led = re.search(r"\bthe\s$", before(match), re.I)
    return not led or match.start("step") > match.start()


def is_of_text(match: re.Match[str]) -> bool:
    """Return whether a period leans on the text: "the next day", not "no prior year"."""
    if match["text_step"].lower() == "next" and _unit(match) != "day":
        return False  # a stretch: "in the next year"
    if match["text_step"].lower().startswith("that"):
        return not re.match(r"\s(?:after|in|by)\s(?:day|year|week|month)\b", after(match))
    return bool(re.search(r"\b(?:the|that|this|on|by|into)\s$", before(match), re.I))


def is_absolute(match: re.Match[str]) -> bool:
    """Return whether "a day before" ends there: "a day before the vote" is no date of its own."""
    if re.match(r"\sthan\b", after(match)):
        return False
    if match["number"] is None and not re.search(r"\bthe\s$", before(match), re.I):
        return False
    return match["way"].lower() not in ("before", "after") or bool(
        re.match(r"\s*(?:$|[^\w\s])", after(match))
    )


def is_today(match: re.Match[str]) -> bool:
    """Return whether "today" is a day, not the end of a name ("USA Today")."""
    in_name = match[0][0].isupper() and re.search(r"\b[A-Z]\w+\s$", before(match))
    return not in_name


def _unit(match: re.Match[str]) -> str:
    return match["unit"].lower()


def _spaced(text: str) -> str:
    return " ".join(text.casefold().split())


_UNIT = r"(?P<unit>(?i:day|weekend|week|month|quarter|year|decade|century))"
_SHORT = r"(?P<unit>(?i:day|week|month|year|decade))"
_COUNT = r"{number}(?: |-)" + _SHORT + r"s?(?!\w)"
RULES = (
    Rule("day_word", "day_words", r"{day_word}", read_day_word, is_today),
    Rule("step", "parts steps", r"{part}?{step} " + _UNIT + r"(?!\w)", read_step, is_own),
    Rule(
        "part",
        "parts",
        r"(?i:end|start|beginning|middle|close|rest) of the " + _UNIT + r"(?!\w)",
        read_part,
    ),
    Rule(
        "text_step",
        "parts text_steps",
        r"{part}?{text_step} " + _UNIT + r"(?!\w)",
        read_text_step,
        is_of_text,
    ),
    Rule("ago", "numbers digits", _COUNT + r" ago(?!\w)", read_ago),
    Rule(
        "vague",
        "several many some a few couple days weeks months years decades centuries",
        r"(?:(?i:several|many|some|a few|few|a couple of|couple of) )?"
        r"(?i:days|weeks|months|years|decades|centuries) ago(?!\w)",
        read_vague,
    ),
    Rule("from_now", "numbers digits", _COUNT + r"(?:['’] time| from now)(?!\w)", read_from_now),
    Rule(
        "later",
        "numbers digits day days week weeks month months year years decades",
        r"(?:{number} )?"
        + _SHORT
        + r"s? (?P<way>(?i:earlier|later|before|after|previously))(?!\w)",
        read_later,
        is_absolute,
    ),
    Rule(
        "weekday",
        "steps text_steps weekdays",
        r"(?:(?:{step}|{text_step}) )?{weekday}",
        read_weekday,
        is_weekday,
    ),
)
