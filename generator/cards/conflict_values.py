"""Answers to one question, compared by kind: days, ages, countries, seats, words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal

import pycountry

from generator import countries, edtf, names, towns
from generator.cards.claims import Index, Said, same_words
from generator.model import Article

YEAR = 365.25
# A day taken from 'about 1890' or inferred for want of a year may be this far off.
ROUGHLY = 10 * YEAR
# An age printed on another day than the other may have been true a little earlier.
WRITTEN_BEFORE = 31
# A body found elsewhere more than a year later has moved.
SETTLED = 365

Span = tuple[str, str]


@dataclass(frozen=True, slots=True)
class World:
    """What the comparison may look at: the articles, the cards' names, what lies in what."""

    articles: Mapping[str, Article]
    index: Index
    around: Mapping[str, frozenset[str]]  # by place: the places it is said to lie in
    parties: Mapping[tuple[str, str], frozenset[str]]  # by paper and date: the bodies that signed

    def name(self, answer: str) -> str:
        """Return the name of the card an answer leads to, or its own words."""
        entity = self.index.entities.get(answer)
        return entity.name if entity else answer

    def reported(self, item: Said) -> Span | None:
        """Return the first and last day on which it was printed, None if not known."""
        days = [self.articles[e.article].published for e in item.claim.evidence]
        spans = [edtf.bounds(day) if day else None for day in days]
        known = [span for span in spans if span]
        if not known or len(known) < len(spans):
            return None
        return min(first for first, _ in known), max(last for _, last in known)

    def sources(self, item: Said) -> frozenset[str]:
        """Return who printed it, as far as the articles say."""
        found = (self.articles[e.article].source for e in item.claim.evidence)
        return frozenset(names.key(source) for source in found if source)


def make_world(said: Iterable[Said], articles: Mapping[str, Article], index: Index) -> World:
    """Return what the comparison may look at."""
    around: dict[str, set[str]] = defaultdict(set)
    parties: dict[tuple[str, str], set[str]] = defaultdict(set)
    for item in said:
        claim, of = item.claim, index.entities.get(item.claim.of or "")
        if claim.property == "located_in" and of:
            around[item.who].add(of.id)
        # A country or company signs for itself; a person may sign for any.
        if claim.property == "signatory" and of and of.type != "person" and claim.date:
            parties[item.who, claim.date].add(of.id)
    return World(
        articles,
        index,
        {place: frozenset(outer) for place, outer in around.items()},
        {signed: frozenset(bodies) for signed, bodies in parties.items()},
    )


def told_together(a: Said, b: Said) -> bool:
    """Return whether one article tells both: it weighs them itself, and disputes nothing."""
    return bool({e.article for e in a.claim.evidence} & {e.article for e in b.claim.evidence})


def days_between(a: Span, b: Span) -> float:
    """Return how many days lie between two spans, 0 or less if they share one."""
    (_, end), (start, _) = sorted((a, b))
    return (date.fromisoformat(start) - date.fromisoformat(end)).days


# --- days


def days_differ(a: Said, b: Said, world: World) -> bool:
    """'Born on 14 February 1931' and 'born in 1932', but not 'in March 1987' and 'on 19 March'."""
    one, other = a.claim.value or "", b.claim.value or ""
    spans = edtf.bounds(one), edtf.bounds(other)
    if spans[0] is None or spans[1] is None:
        return False
    sure = edtf.certain(one) and edtf.certain(other)
    return days_between(spans[0], spans[1]) > (0 if sure else ROUGHLY)


def signatures_differ(a: Said, b: Said, world: World) -> bool:
    """Signed in 1961 and in 1964, but not by Peru in 1998 and, when it joined, by Bolivia."""
    one = world.parties.get((a.who, a.claim.value or ""), frozenset())
    other = world.parties.get((b.who, b.claim.value or ""), frozenset())
    joined = bool(one and other and not one & other) or 1 in (len(one - other), len(other - one))
    return not joined and days_differ(a, b, world)


def ages_differ(a: Said, b: Said, world: World) -> bool:
    """34 and 36 on one day, but not 28 in 2023 and 30 in 2025: the births must be apart."""
    one, other = _birth(a, world), _birth(b, world)
    if one is None or other is None:
        return False
    slack = 0 if _when(a, world) == _when(b, world) else WRITTEN_BEFORE
    return one[0] > other[1] + slack or other[0] > one[1] + slack


def _birth(item: Said, world: World) -> tuple[float, float] | None:
    """Return the first and last day, as numbers, on which somebody of that age was born."""
    age, told = item.claim.value or "", _when(item, world)
    if not age.isdigit() or told is None:
        return None
    first, last = (date.fromisoformat(day).toordinal() for day in told)
    return first - (int(age) + 1) * YEAR + 1, last - int(age) * YEAR


def _when(item: Said, world: World) -> Span | None:
    """Return the days of which a claim speaks: as it says, else those of its printing."""
    return edtf.bounds(item.claim.date) if item.claim.date else world.reported(item)


def _at_other_times(a: Said, b: Said) -> bool:
    """Return whether both say when, and the times are apart."""
    one, other = a.claim.date, b.claim.date
    return bool(one and other and not edtf.overlaps(one, other))


# --- countries and seats


def countries_differ(a: Said, b: Said, world: World) -> bool:
    """A town in Russia and in Ukraine, but not in Kursk region and in Russia."""
    one, other = _country(_place(a), world), _country(_place(b), world)
    return bool(one and other and one != other)


def nationalities_differ(a: Said, b: Said, world: World) -> bool:
    """A Slovak and a Ukrainian; who is called both in one article has both passports."""
    return countries_differ(a, b, world) and not _at_other_times(a, b)


def _place(item: Said) -> str:
    return item.claim.of or item.claim.value or ""


def _country(answer: str, world: World) -> str | None:
    """Return the country an answer is; former states and parts of one are none."""
    country = countries.named(world.name(answer))
    return country.code or None if country else None


def seats_differ(a: Said, b: Said, world: World) -> bool:
    """Seats in Stavanger and in Aberdeen, but not in Oslo and in Norway, or before a move."""
    one, other = _place(a), _place(b)
    if _at_other_times(a, b) or other in _outer(one, world) or one in _outer(other, world):
        return False
    spans = world.reported(a), world.reported(b)
    if spans[0] and spans[1] and days_between(spans[0], spans[1]) > SETTLED:
        return False
    return _rank(one, world) == _rank(other, world) and words_differ(a, b, world)


def _outer(place: str, world: World) -> frozenset[str]:
    """Return the places around a place, and those around them."""
    near = world.around.get(place, frozenset())
    return near.union(*(world.around.get(outer, frozenset()) for outer in near))


def _rank(answer: str, world: World) -> Literal["country", "region", "spot"]:
    """Return how large a place is: a town and its region are no two seats."""
    country = countries.named(world.name(answer))
    if country:
        return "country" if country.code else "region"
    name = names.key(world.name(answer))
    return "region" if name in _regions() and not towns.is_town(name) else "spot"


@cache
def _regions() -> frozenset[str]:
    return frozenset(names.key(region.name) for region in pycountry.subdivisions)


# --- words


def words_differ(a: Said, b: Said, world: World) -> bool:
    """Return whether two answers are not the same words in two spellings."""
    return same_words(world.name(_place(a))) != same_words(world.name(_place(b)))
