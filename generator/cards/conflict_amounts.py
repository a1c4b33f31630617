"""Numbers of one thing, compared: what is rounded, bounded or since grown excludes nothing."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from generator import edtf, lexicons, names
from generator.cards.claims import Said
from generator.cards.conflict_values import YEAR, World, days_between

INFINITY = float("inf")
# 'About 11,000' and 'nearly 1,000' may be off by a tenth.
ABOUT = 0.1
# From here on a number that ends in noughts is taken for a rounded one.
ROUNDED_FROM = 100


class Amount(NamedTuple):
    """The least and the most that a number can mean, and its unit of money if any."""

    low: float
    high: float
    unit: str


def amounts_differ(a: Said, b: Said, world: World) -> bool:
    """212 soldiers and 61 soldiers, but not 1,012 people and about 1,000."""
    one, other = read_amount(a.claim.value or ""), read_amount(b.claim.value or "")
    if one is None or other is None or one.unit != other.unit:
        return False
    return _apart(one, other) and _one_measurement(a, b, one, other, world)


def _apart(one: Amount, other: Amount) -> bool:
    """Return whether no number is meant by both; to touch at one end is not to meet."""
    if one.low == one.high or other.low == other.high:
        return one.high < other.low or other.high < one.low
    return one.high <= other.low or other.high <= one.low


# --- reading


def read_amount(value: str) -> Amount | None:
    """Return what 'at least 10 people', '3,400 troops' or '$310 million' can mean."""
    match = _pattern().match(names.fold(value))
    if match is None:
        return None
    numbers = [_number(match[key], match["scale"]) for key in ("first", "second") if match[key]]
    low, high = min(low for low, _ in numbers), max(high for _, high in numbers)
    return Amount(*_bounded(low, high, match["hedge"]), match["unit"] or "")


@cache
def _pattern() -> re.Pattern[str]:
    hedges = "|".join(re.escape(hedge) for hedge in sorted(_hedges(), key=len, reverse=True))
    scales = "|".join(_lexicon()["scales"])
    return re.compile(
        rf"(?:(?P<hedge>{hedges}) )?(?P<unit>[a-z]{{0,2}}[^\w\s])?(?P<first>\d[\d,.]*)"
        rf"(?:-(?P<second>\d[\d,.]*))?(?: (?P<scale>{scales})\b)?"
    )


def _number(digits: str, scale: str | None) -> tuple[float, float]:
    """Return the least and the most that a written number means, ends in noughts or not."""
    digits = digits.rstrip(".,").replace(",", "")
    number = float(digits)
    step = 10 ** -len(digits.partition(".")[2]) if "." in digits else _last_place(digits)
    factor = float(_lexicon()["scales"][scale]) if scale else 1
    exact = factor == 1 and (number < ROUNDED_FROM or step == 1)
    slack = 0 if exact else min(step / 2, number * ABOUT)
    return (number - slack) * factor, (number + slack) * factor


def _last_place(digits: str) -> float:
    """Return the place of the last digit that isn't nought: 100 for 3400."""
    return float(10 ** (len(digits) - len(digits.rstrip("0"))))


def _bounded(low: float, high: float, hedge: str | None) -> tuple[float, float]:
    """Return the bounds that a word before the number widens: 'at least', 'about', 'up to'."""
    kind = _hedges().get(hedge or "")
    if kind == "floor":
        return low, INFINITY
    if kind == "ceiling":
        return 0, high
    return (low * (1 - ABOUT), high * (1 + ABOUT)) if kind == "about" else (low, high)


@cache
def _hedges() -> dict[str, str]:
    return {hedge: kind for kind, hedges in _lexicon()["hedges"].items() for hedge in hedges}


def _lexicon() -> Any:
    return lexicons.load("counts")


def thing_counted(property: str, value: str) -> frozenset[str]:
    """Return what is counted: 'government soldiers' and 'soldiers of the government' are one.

    Of 'people in a powerful blast' the people and the blast count, not how it was.
    """
    folded = names.fold(value)
    match = _pattern().match(folded)
    what = re.sub(r" in an? (?:\w+ )*", " ", folded[match.end() :] if match else folded)
    words = set(re.findall(r"[\w']+", what)) - _empty()
    # 'Killed 12' is 'killed 12 people', and an army's 900 strong are its 900 troops.
    kinds = _lexicon()["same"].get(property, {})
    return frozenset(kinds.get(word, word) for word in words) - {""}


@cache
def _empty() -> frozenset[str]:
    return frozenset(_lexicon()["empty"].split())


# --- time


def _one_measurement(a: Said, b: Said, one: Amount, other: Amount, world: World) -> bool:
    """Return whether both speak of one moment, so that no change explains the difference."""
    dates = a.claim.date, b.claim.date
    if dates[0] and dates[1] and not edtf.overlaps(dates[0], dates[1]):
        return False
    if world.sources(a) & world.sources(b):
        return False  # who prints a second number has corrected the first
    told, retold = world.reported(a), world.reported(b)
    if told is None or retold is None:
        return True
    counting = _lexicon()["counting"][a.claim.property]
    if days_between(told, retold) <= int(counting["days"]) or _is_history(a, b, world):
        return True
    first, last = (one, other) if told < retold else (other, one)
    return counting["only_grows"] == "true" and last.high < first.low


def _is_history(a: Said, b: Said, world: World) -> bool:
    """Return whether both tell of what was over a year before: nobody counts any more."""
    return all(_is_old(item, world) for item in (a, b))


def _is_old(item: Said, world: World) -> bool:
    span, told = edtf.bounds(item.claim.date or ""), world.reported(item)
    return bool(span and told and span[1] < told[0] and days_between(span, told) > YEAR)
