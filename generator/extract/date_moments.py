"""What is known at the place of a date: when it was written, what the article names, the tense."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from generator import edtf
from generator.extract import date_words


@dataclass(frozen=True, slots=True)
class Anchor:
    """A stretch of days that other dates count from; `mark` is `?` if it is only likely."""

    first: date
    last: date
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What a rule may know besides its words.

    `named` maps (month, day) to the years the article gives them, day 0 for the month alone;
    `years` are all years it gives; `last` is the date read before this one.
    """

    published: Anchor | None
    page: Anchor | None
    named: Mapping[tuple[int, int], tuple[int, ...]]
    years: tuple[int, ...]
    day_first: bool | None
    last: Anchor | None = None


Reader = Callable[[re.Match[str], Moment], str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of date: its words, what they come to, and whether they are a date here.

    `opens` tells what its first word may be: a word of these lists, or one of these words.
    """

    name: str
    opens: str
    pattern: str
    read: Reader
    fits: Callable[[re.Match[str]], bool] = lambda match: True


@lru_cache(maxsize=10_000)
def anchor(text: str | None, mark: str = "") -> Anchor | None:
    """Return the days an EDTF date covers as an anchor; None if it has no year."""
    span = edtf.bounds(text) if text else None
    if text is None or span is None:
        return None
    first, last = (date.fromisoformat(day) for day in span)
    if first.year < 20 or last.year > 9980:
        return None  # too near the calendar's ends to count from
    return Anchor(first, last, mark if edtf.certain(text) else "?")


def before(match: re.Match[str]) -> str:
    """Return the sentence up to the date."""
    return match.string[max(0, match.start() - 400) : match.start()].rpartition("\n")[2]


def after(match: re.Match[str]) -> str:
    """Return the sentence from the end of the date on."""
    return match.string[match.end() : min(match.endpos, match.end() + 400)]


def looks_ahead(match: re.Match[str]) -> bool | None:
    """Return whether the nearest verb speaks of what is to come; None if none tells.

    "Officials said on Tuesday that talks will begin on Saturday": False, then True.
    """
    lead = before(match)
    if _deadline().search(lead):
        return True
    clues = list(_clues().finditer(lead))
    clue = clues[-1] if clues else _clues().search(after(match))
    return None if clue is None else clue.lastgroup == "future"


@cache
def _deadline() -> re.Pattern[str]:
    """Match what ends in a term that somebody sets: "asked for an answer by", "wants it before"."""
    demands = date_words.any_of(date_words.listed("demands"))
    term = r"\b(?:by|before|until|till)\s(?:the\s)?$"
    return re.compile(rf"(?<!\w)(?:(?:{demands})\b[^,;:.]*{term}|(?:ha[sd]|have) until\s$)")


@cache
def _clues() -> re.Pattern[str]:
    keys = ("modals", "future", "past")
    modals, future, past = (date_words.any_of(date_words.listed(key)) for key in keys)
    # A modal takes its verb along: "will be held" looks ahead, though "held" alone looks back.
    ahead = rf"(?:{modals})(?: (?:not|also|be|then|only|have))*(?: \w+)?|{future}"
    ahead += r"|(?:may|might)(?: (?:not|also|only|still))? (?!have\b)[a-z]+"
    return re.compile(rf"(?<!\w)(?:(?P<future>{ahead})|(?P<past>{past}|[a-z]{{2,}}ed))(?!\w)")
