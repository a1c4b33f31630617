"""News in English, written by a grammar about an invented world: as much as anybody wants.

The first hundred articles of ten thousand are the same as those of a hundred.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from tests.bench.world import SLOT, Body, Country, Person, World, make_world

SEED = 6
WORDS = 500  # of an article, about
_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_UNITS = ("million", "million", "million", "billion")
_MONEY = ("$", "€", "£")
_DEPTH = 8  # of rules within rules

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its file holds it."""

    title: str
    published: str
    source: str
    text: str

    def markdown(self) -> str:
        """Return the file: front matter and text."""
        title = json.dumps(self.title, ensure_ascii=False)
        front = f"title: {title}\npublished: {self.published}\nsource: {self.source}\n"
        return f"---\n{front}---\n\n{self.text}\n"


@dataclass(slots=True)
class Telling:
    """An article as it is told: its cast, and who has been named in it so far."""

    world: World
    cast: Mapping[str, object]
    year: int = 2025  # of publication
    named: set[object] = field(default_factory=set)

    def sentence(self, pattern: str) -> str:
        """Return a sentence of the grammar with everything filled in."""
        text = self.filled(pattern).replace(",,", ",").replace(",.", ".")
        text = text.replace(", .", ".").replace(",;", ";").replace(",:", ":").replace(",”,", ",”")
        at = 1 if text.startswith("“") else 0
        return text[:at] + text[at : at + 1].upper() + text[at + 1 :]

    def filled(self, pattern: str, depth: int = 0) -> str:
        """Return a pattern with its slots filled, rules within rules as well."""
        assert depth < _DEPTH, f"the grammar turns in circles at {pattern!r}"
        parts, end = [], 0
        for found in SLOT.finditer(pattern):
            parts += [pattern[end : found.start()], self._slot(found[1], found[2] or "", depth)]
            end = found.end()
        return "".join([*parts, pattern[end:]])

    def _slot(self, name: str, form: str, depth: int) -> str:
        if name in self.cast:
            return self._named(self.cast[name], form)
        if name in self.world.grammar:
            return self.filled(self.world.pick(name), depth + 1)
        return _made_up(self.world.chance, name)

    def _named(self, who: object, form: str) -> str:
        first = who not in self.named
        self.named.add(who)
        if isinstance(who, Person):
            told = {"full": who.full, "age": str(self.year - who.born)}
            told |= {name: str(getattr(who, name)) for name in ("born", "birthplace", "spouse")}
            return told.get(form) or (self._introduced(who) if first else who.last)
        if isinstance(who, Body):
            told = {"seat": who.seat, "founded": str(who.founded)}
            return told.get(form) or (who.name if first else who.short)
        if isinstance(who, Country):
            return {"adj": who.adjective, "capital": who.capital}.get(form, who.name)
        return f"{crc32(str(who).encode()) % 90_000 + 300:,}" if form == "people" else str(who)

    def _introduced(self, who: Person) -> str:
        body = self._named(who.body, "")
        if self.world.chance.random() < 0.3 and " " not in who.office:
            return f"{who.office.capitalize()} {who.full} of {body}"
        return f"{who.full}, {who.office} of {body},"


def write_articles(folder: Path, count: int, start: int = 0) -> None:
    """Write articles, from one number to another, as Markdown files."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, draft in enumerate(islice(drafts(), start + count)):
        if number >= start:
            text = draft.markdown()
            (folder / f"{number:06}.md").write_text(text, encoding="utf-8", newline="\n")


def drafts(seed: int = SEED) -> Iterator[Draft]:
    """Yield articles without end, no two alike."""
    world = make_world(seed)
    while True:
        yield _draft(world)


def _draft(world: World) -> Draft:
    chance, grammar = world.chance, world.grammar
    story = grammar["stories"][chance.choice(sorted(grammar["stories"]))]
    cast = make_cast(world)
    year = chance.randrange(2012, 2026)
    telling = Telling(world, cast, year)
    title = telling.filled(chance.choice(story["headlines"]))
    # A headline introduces nobody.
    telling.named.clear()
    lines = [telling.sentence(chance.choice(story["leads"]))]
    own = chance.sample(story["sentences"], chance.randrange(6, 9))
    more = chance.sample(grammar["shared"], len(grammar["shared"]))
    for pattern in _mixed(chance, own, more):
        lines.append(telling.sentence(pattern))
        if sum(len(line.split()) for line in lines) >= WORDS:
            break
    day = f"{year}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
    capital = str(getattr(cast["c1"], "capital", ""))
    lines[0] = f"{capital.upper()} — {lines[0]}" if chance.random() < 0.3 else lines[0]
    title = title[:1].upper() + title[1:]
    return Draft(title, day, str(cast["outlet"]), "\n\n".join(_paragraphs(chance, lines)))


def _mixed(chance: random.Random, own: Sequence[str], more: Sequence[str]) -> Iterator[str]:
    """Yield a story's own sentences among those that fit any story, then the rest of these."""
    others = iter(more)
    for pattern in own:
        yield pattern
        yield from islice(others, chance.randrange(1, 4))
    yield from others


def _paragraphs(chance: random.Random, lines: Sequence[str]) -> Iterator[str]:
    rest = iter(lines)
    while some := list(islice(rest, chance.randrange(1, 4))):
        yield " ".join(some)


def make_cast(world: World) -> dict[str, object]:
    """Return whom and what an article is about, by slots of the grammar; no two are the same."""
    one = world.country()
    while (other := world.country()) == one:
        pass
    here, there = world.home(one), world.home(other)
    towns = _apart(here.towns.draw, 2) + _apart(there.towns.draw, 1)
    bodies = _apart(here.bodies.draw, 2) + _apart(there.bodies.draw, 1)
    people = _apart(here.people.draw, 3) + _apart(there.people.draw, 2)
    event = world.thing(world.pick("events"), one, towns[0])
    return {
        "c1": one, "c2": other, "e1": f"the {event}",
        "x1": world.thing(world.pick("things"), one, towns[0]),
        "outlet": world.pick("outlets"),
        **{f"t{n}": town for n, town in enumerate(towns, 1)},
        **{f"b{n}": body for n, body in enumerate(bodies, 1)},
        **{f"p{n}": person for n, person in enumerate(people, 1)},
    }  # fmt: skip


def _apart(draw: Callable[[], T], count: int) -> list[T]:
    """Return so many different things that are drawn."""
    found: list[T] = []
    while len(found) < count:
        if (thing := draw()) not in found:
            found.append(thing)
    return found


def _made_up(chance: random.Random, name: str) -> str:
    """Return a figure or a date."""
    month, year = chance.choice(_MONTHS), chance.randrange(1985, 2026)
    made = {
        "number": f"{int(10 ** chance.uniform(0.4, 4.6)) + 1:,}",
        "few": str(chance.randrange(2, 60)),
        "soon": str(chance.randrange(2026, 2036)),
        "percent": f"{chance.randrange(1, 600) / 10:g} percent",
        "sum": f"{chance.choice(_MONEY)}{chance.randrange(11, 990) / 10:g} {chance.choice(_UNITS)}",
        "year": str(year),
        "month": month,
        "day": f"{chance.randrange(1, 29)} {month} {chance.randrange(2010, 2027)}",
        "past": f"{month} {chance.randrange(1, 29)}",
        "weekday": chance.choice(_WEEKDAYS),
    }
    return made[name]
