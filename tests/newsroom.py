"""Invented articles and decisions of editors, changed by chance but the same for one seed."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import yaml_files
from generator.model import Card, Knowledge

GIVEN = "Marta Olga Peter Hans Lucia Edgar Anders Irina Paolo Greta".split()
FAMILY = "Ozola Ivlev Lund Moretti Berzins Castell Hartmann Novak".split()
TOWNS = "Liepaja Bergen Tula Ravenna Lublin Aarhus Trieste Orel".split()
BODIES = (
    "Harbour Authority", "Ministry of Fisheries", "Baltic Ferry Company", "Dockers' Union",
    "Institute of Tides", "Northern Bank",
)  # fmt: skip
# Two spellings of one given name: rules or editors make them one.
SPELLINGS = {"Olga": "Olha", "Peter": "Pyotr", "Irina": "Iryna"}
SENTENCES = (
    "{p}, director of the {o}, met {q} in {t} on Monday.",
    "{p}, the mayor of {t}, opened the new terminal on 12 May 2024.",
    "The {o} has its headquarters in {t}, said {q}.",
    "{p} was appointed chairman of the {o} in March 2023.",
    "{q}, a spokesman for the {o}, declined to comment on the visit.",
    "Officials of the {o} travelled to {t} to speak with {p}.",
    "{p} and {q} signed the agreement in {t} on 3 June 2025.",
    "{q}, who was born in {t} in 1971, has worked for the {o} for years.",
    "Nobody in {t} knows when the ferry will sail again, {p} said.",
    "{p} is married to {q}, a former minister.",
)
HEADLINES = (
    "{p} returns to {t}", "{o} under scrutiny in {t}", "Why {q} left the {o}",
    "{t}: a year in pictures", "{p}: the last interview", "Daily briefing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Draft:
    """An article: a number that is its own for ever, and what its file holds."""

    number: int
    file: str
    title: str
    day: str
    lines: tuple[str, ...]
    retracted: bool = False

    def text(self) -> str:
        """Return what the file holds."""
        front = [f"title: {yaml_files.dump(self.title).strip()}", f"published: {self.day}"]
        front += ["retracted: true"] if self.retracted else []
        return "\n".join(["---", *front, "---", "", " ".join(self.lines), ""])


class Newsroom:
    """Articles and decisions as they stand; each release some of them change."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.articles: list[Draft] = []
        self.removed: list[Draft] = []
        self.decisions: list[dict[str, object]] = []
        self._count = 0

    def change(self, number: int, before: Knowledge) -> bool:
        """Change something for a release; return whether articles were only added."""
        if number == 1:
            for _ in range(8):
                self.add(before)
            return True
        if self.chance.random() < 0.3:
            self.add(before)
            return True
        for _ in range(self.chance.randrange(1, 5)):
            self.chance.choice(CHANGES)(self, before)
        return False

    def write(self, content: Path) -> None:
        """Make the folders of articles and decisions what they are now."""
        folder = content / "articles"
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        for draft in self.articles:
            (folder / draft.file).write_text(draft.text(), encoding="utf-8")
        (content / "curation").mkdir(exist_ok=True)
        text = yaml_files.dump(self.decisions) if self.decisions else ""
        (content / "curation" / "desk.yml").write_text(text, encoding="utf-8")

    # --- articles

    def add(self, before: Knowledge) -> None:
        """Write an article about people, bodies and towns of the room's small world."""
        self._count += 1
        cast = self._cast()
        title = self.chance.choice(HEADLINES).format(**cast)
        lines = [cut(s, cast) for s in self.chance.sample(SENTENCES, self.chance.randrange(5, 8))]
        day = f"2025-{self.chance.randrange(1, 13):02d}-{self.chance.randrange(1, 29):02d}"
        draft = Draft(self._count, self._file(), title, day, tuple(lines))
        self.articles.append(draft)

    def edit(self, before: Knowledge) -> None:
        """Write one sentence of an article anew, or leave it out, or change the headline."""
        i = self._index()
        draft = self.articles[i]
        at = self.chance.randrange(len(draft.lines))
        new = [cut(self.chance.choice(SENTENCES), self._cast())]
        new = [] if len(draft.lines) > 5 and self.chance.random() < 0.3 else new
        title = f"{draft.title}, again" if self.chance.random() < 0.2 else draft.title
        lines = (*draft.lines[:at], *new, *draft.lines[at + 1 :])
        self.articles[i] = replace(draft, lines=lines, title=title)

    def rename(self, before: Knowledge) -> None:
        """Give an article's file another name."""
        i = self._index()
        self.articles[i] = replace(self.articles[i], file=self._file())

    def swap(self, before: Knowledge) -> None:
        """Let two articles change the names of their files."""
        i, j = self._index(), self._index()
        one, other = self.articles[i], self.articles[j]
        if i != j:
            self.articles[i] = replace(one, file=other.file)
            self.articles[j] = replace(other, file=one.file)

    def remove(self, before: Knowledge) -> None:
        """Take an article away, unless few are left."""
        if len(self.articles) > 4:
            self.removed.append(self.articles.pop(self._index()))

    def restore(self, before: Knowledge) -> None:
        """Bring back an article, in a file of another name or the same."""
        if self.removed:
            draft = self.removed.pop(self.chance.randrange(len(self.removed)))
            free = draft.file not in {other.file for other in self.articles}
            keep = free and self.chance.random() < 0.5
            self.articles.append(draft if keep else replace(draft, file=self._file()))

    def retract(self, before: Knowledge) -> None:
        """Retract an article, or take that back."""
        i = self._index()
        self.articles[i] = replace(self.articles[i], retracted=not self.articles[i].retracted)

    # --- decisions

    def decide(self, before: Knowledge) -> None:
        """Let the editors decide something about cards that there are."""
        if len(before.cards) > 3:
            cards = self.chance.sample(before.cards, 2)
            self.decisions.append(self.chance.choice(DECISIONS)(self, cards[0], cards[1], before))

    def take_back(self, before: Knowledge) -> None:
        """Let the editors take back a decision."""
        if self.decisions:
            self.decisions.pop(self.chance.randrange(len(self.decisions)))

    def word(self, card: Card) -> str:
        """Return a card's id or name, as an editor might write."""
        return self.chance.choice((card.id, card.name))

    def _index(self) -> int:
        return self.chance.randrange(len(self.articles))

    def _file(self) -> str:
        return f"{self.chance.randrange(10**6):06d}.md"

    def _cast(self) -> dict[str, str]:
        one, other = self._person(), self._person()
        return {
            "p": one, "q": other, "o": self.chance.choice(BODIES), "t": self.chance.choice(TOWNS)
        }  # fmt: skip

    def _person(self) -> str:
        given = self.chance.choice(GIVEN)
        given = SPELLINGS.get(given, given) if self.chance.random() < 0.4 else given
        return f"{given} {self.chance.choice(FAMILY)}"


def cut(sentence: str, cast: dict[str, str]) -> str:
    """Return a sentence with its names."""
    return sentence.format(**cast)


def _merge(room: Newsroom, card: Card, other: Card, before: Knowledge) -> dict[str, object]:
    alike = [c for c in before.cards if c.type == card.type and c is not card]
    return {"merge": [room.word(card), room.word(room.chance.choice(alike or [other]))]}


def _split(room: Newsroom, card: Card, other: Card, before: Knowledge) -> dict[str, object]:
    wide = [c for c in before.cards if len({m.article for m in c.mentions}) > 1] or [card]
    card = room.chance.choice(wide)
    articles = sorted({mention.article for mention in card.mentions})
    parts = [
        {"name": f"{card.name} (one)", "articles": articles[:1]},
        {"name": f"{card.name} (other)", "articles": articles[1:]},
    ]
    return {"split": {"id": card.id, "into": parts}}


def _rename(room: Newsroom, card: Card, other: Card, before: Knowledge) -> dict[str, object]:
    return {"rename": {room.word(card): f"{card.name} the Elder"}}


def _type(room: Newsroom, card: Card, other: Card, before: Knowledge) -> dict[str, object]:
    return {"type": {room.word(card): room.chance.choice(("organization", "place", "product"))}}


def _drop(room: Newsroom, card: Card, other: Card, before: Knowledge) -> dict[str, object]:
    return {"drop": [room.word(card)]}


def _distinct(room: Newsroom, card: Card, other: Card, before: Knowledge) -> dict[str, object]:
    named = [c for c in before.cards if c.aliases] or [card]
    card = room.chance.choice(named)
    return {"distinct": [card.name, card.aliases[0] if card.aliases else other.name]}


def _entity(room: Newsroom, card: Card, other: Card, before: Knowledge) -> dict[str, object]:
    name = f"{room.chance.choice(TOWNS)} Tide Museum"
    return {"entity": {"name": name, "type": "organization"}}


def _set_retracted(room: Newsroom, card: Card, other: Card, before: Knowledge) -> dict[str, object]:
    return {"set": {"id": room.chance.choice(before.articles).id, "retracted": "true"}}


CHANGES: Sequence[Callable[[Newsroom, Knowledge], None]] = (
    Newsroom.add, Newsroom.edit, Newsroom.edit, Newsroom.rename, Newsroom.swap, Newsroom.remove,
    Newsroom.remove, Newsroom.restore, Newsroom.retract, Newsroom.decide, Newsroom.decide,
    Newsroom.decide, Newsroom.take_back,
)  # fmt: skip
DECISIONS = (
    _merge, _merge, _split, _rename, _type, _drop, _distinct, _entity, _set_retracted,
)  # fmt: skip
