"""An invented world that grows with its news: countries, towns, bodies, people.

What is drawn often is drawn again the more often (a Pitman–Yor process), so a few are in the
news every day, most once or twice, and there are always new ones: as in any collection of news.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any, Generic, TypeVar

from generator import lexicons, yaml_files

GRAMMAR = Path(__file__).with_name("grammar.yml")
# How steeply the countries' share in the news falls: the n-th has 1/n**STEEP of the first's.
STEEP = 1.15
# Share of names that stand in no list, because families and firms bear more names than lists do.
UNLISTED = 0.35
SLOT = re.compile(r"\{(\w+)(?:\.(\w+))?\}")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Country:
    """A real country's names; `culture` says which names its people bear."""

    name: str
    adjective: str
    capital: str
    culture: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body as it is called at first and later on, and what its people are."""

    name: str
    short: str
    offices: tuple[str, ...]
    seat: str
    founded: int


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an office in a body; what is told of them is so in every article."""

    first: str
    last: str
    office: str
    body: Body
    born: int
    birthplace: str
    spouse: str

    @property
    def full(self) -> str:
        """Return both names."""
        return f"{self.first} {self.last}"


class Pool(Generic[T]):
    """Draws things by chance, new ones ever more rarely, and old ones by how often they were.

    After n draws there are about n**discount things.
    """

    def __init__(
        self, chance: random.Random, make: Callable[[], T], discount: float, strength: float
    ) -> None:
        self.chance, self.make = chance, make
        self.discount, self.strength = discount, strength
        self.things: list[T] = []
        self._counts: list[int] = []
        self._draws: list[int] = []

    def draw(self) -> T:
        """Return a thing, new or known."""
        new = self.strength + self.discount * len(self.things)
        if self.chance.random() * (len(self._draws) + self.strength) < new:
            self.things.append(self.make())
            self._counts.append(0)
            return self._drawn(len(self.things) - 1)
        while True:
            at = self.chance.choice(self._draws)
            if self.chance.random() * self._counts[at] >= self.discount:
                return self._drawn(at)

    def _drawn(self, at: int) -> T:
        self._counts[at] += 1
        self._draws.append(at)
        return self.things[at]


@dataclass(slots=True)
class Home:
    """What there is in a country."""

    country: Country
    towns: Pool[str]
    bodies: Pool[Body]
    people: Pool[Person]


@dataclass(slots=True)
class World:
    """Everything there is so far. The same grammar and seed, the same world."""

    chance: random.Random
    grammar: Mapping[str, Any]
    countries: Sequence[Country]
    weights: Sequence[float]
    homes: dict[Country, Home] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def country(self) -> Country:
        """Return a country, the first ones far oftener than the last."""
        return self.chance.choices(self.countries, cum_weights=self.weights)[0]

    def home(self, country: Country) -> Home:
        """Return what there is in a country."""
        if country not in self.homes:
            towns = Pool(self.chance, partial(self._unused, self._town), 0.6, 4)
            bodies = Pool(self.chance, partial(self._body, country, towns), 0.7, 5)
            people = Pool(self.chance, partial(self._person, country, towns, bodies), 0.78, 6)
            self.homes[country] = Home(country, towns, bodies, people)
        return self.homes[country]

    def pick(self, rule: str) -> str:
        """Return one of a list of the grammar, as it stands."""
        return str(self.chance.choice(self.grammar[rule]))

    def coined(self) -> str:
        """Return a name that stands in no list."""
        chance, parts = self.chance, self.grammar["coined"]
        starts, vowels, middles, ends = (
            parts[name].split() for name in ("starts", "vowels", "middles", "ends")
        )
        word: str = chance.choice(starts) + chance.choice(vowels)
        for _ in range(chance.choice((0, 1, 1, 2))):
            word += chance.choice(middles) + chance.choice(vowels)
        return f"{word}{chance.choice(ends)}".capitalize()

    def thing(self, pattern: str, country: Country, town: str) -> str:
        """Return a name by a pattern of the grammar: `{town} Summit`."""
        made: dict[str, str] = {
            "adj": country.adjective, "country": country.name, "town": town,
            "coined": self.coined(), "small": str(self.chance.randrange(2, 99)),
            "letter": self.chance.choice("ABCDEFGHKLMNPRSTVX"),
        }  # fmt: skip
        lists = {"field": "fields", "trade": "trades"}

        def filled(found: re.Match[str]) -> str:
            name = found[1]
            return made[name] if name in made else self.pick(lists.get(name, name))

        return SLOT.sub(filled, pattern)

    def _unused(self, make: Callable[[], str]) -> str:
        while (name := make()) in self.taken:
            pass
        self.taken.add(name)
        return name

    def _town(self) -> str:
        stem = self.coined()
        return f"{stem.rstrip('aeiou')}{self.pick('towns')}" if len(stem) < 7 else stem

    def _body(self, country: Country, towns: Pool[str]) -> Body:
        while True:
            kind = self.chance.choice(self.grammar["bodies"])
            seat = towns.draw()
            name = self.thing(kind["name"], country, seat)
            if name not in self.taken:
                break
        self.taken.add(name)
        the = "the " if kind["the"] == "yes" else ""
        capitals = "".join(word[0] for word in name.split() if word[0].isupper())
        short = f"{the}{capitals}" if the and len(capitals) > 2 else the + name
        founded = self.chance.randrange(1890, 2012)
        short = kind.get("short", short)
        return Body(the + name, short, tuple(kind["offices"]), seat, founded)

    def _person(self, country: Country, towns: Pool[str], bodies: Pool[Body]) -> Person:
        body, town = bodies.draw(), towns.draw()
        full = self._unused(partial(self._full_name, country.culture))
        first, last = full.split(" ", 1)
        office, born = self.chance.choice(body.offices), self.chance.randrange(1945, 1990)
        spouse = self._unused(partial(self._full_name, country.culture))
        return Person(first, last, office, body, born, town, spouse)

    def _full_name(self, culture: str) -> str:
        given, family = _names("given_names")[culture], _names("surnames")[culture]
        unlisted = self.chance.random() < UNLISTED
        last = self.coined() if unlisted else self.chance.choice(family)
        return f"{self.chance.choice(given)} {last}"


def make_world(seed: int) -> World:
    """Return a world without towns, bodies and people; they come with the news."""
    chance = random.Random(seed)
    grammar = yaml_files.load(GRAMMAR.read_text(encoding="utf-8"))
    countries = _countries(chance, grammar["leading"])
    shares = accumulate(1 / n**STEEP for n in range(1, len(countries) + 1))
    return World(chance, grammar, countries, list(shares))


def _countries(chance: random.Random, leading: Sequence[str]) -> list[Country]:
    """Return the countries that have a capital and an adjective, the leading ones first."""
    cultures = sorted(_names("given_names").keys() & _names("surnames").keys())
    found = []
    for told in lexicons.load("countries")["countries"]:
        if told.get("capital") and told.get("adjective"):
            own = told["adjective"][0].lower()
            culture = own if own in cultures else chance.choice(cultures)
            found.append(Country(told["name"], told["adjective"][0], told["capital"], culture))
    chance.shuffle(found)
    first = [*leading, *(country.name for country in found)]
    return sorted(found, key=lambda country: first.index(country.name))


_NAMES: dict[str, dict[str, list[str]]] = {}


def _names(lexicon: str) -> dict[str, list[str]]:
    """Return the names of a lexicon by culture."""
    if lexicon not in _NAMES:
        told = lexicons.load(lexicon)["cultures"]
        _NAMES[lexicon] = {culture: text.split() for culture, text in told.items()}
    return _NAMES[lexicon]
