"""Card files: where each stands, what it holds, and the whole folder read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generator.cards.card_folders import content, find_files, sight, total_of
from generator.cards.card_index import AnyCard, Index, index_of
from generator.cards.card_reader import parse_card
from generator.cards.card_writer import card_text, card_uri
from generator.model import FOLDERS, ArticleCard, Card, Knowledge, Problem
from generator.rows import unpack
from generator.stamps import NEVER
from generator.tasks import Lost, Mapped, Task, here
from generator.transactions import clock, unfinished

__all__ = ["Drafts", "card_text", "card_texts", "card_uri", "parse_card", "read_cards"]

_ARTICLES = f"{FOLDERS['article']}/"
_TODO = "restore the file, or delete it: the next build writes it anew"


class Drafts(Mapping[str, str]):
    """What every card file would hold, by its name below the cards folder; made when asked for."""

    def __init__(self, knowledge: Knowledge) -> None:
        every: tuple[AnyCard, ...] = (*knowledge.cards, *knowledge.articles)
        self.cards = {card_uri(card): card for card in every}

    def __getitem__(self, name: str) -> str:
        return card_text(self.cards[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self.cards)

    def __len__(self) -> int:
        return len(self.cards)

    def __contains__(self, name: object) -> bool:
        return name in self.cards


def card_texts(knowledge: Knowledge) -> dict[str, str]:
    """Return what every card file holds, by its name below the cards folder."""
    return dict(Drafts(knowledge))


@dataclass(frozen=True, slots=True)
class Source:
    """A card file: its name, and the bytes in it."""

    file: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a card file holds, one of the two, and what is wrong with it."""

    card: Card | None
    article: ArticleCard | None
    problems: tuple[Problem, ...]


def read_cards(folder: Path, mapped: Mapped = here) -> tuple[Knowledge, tuple[Problem, ...]]:
    """Return the cards in a folder, and what is wrong with the files that can't be used.

    `mapped` runs what is done to each file alone.
    """
    index, now = index_of(folder), clock(folder)
    stamps = find_files(folder)
    problems: list[Problem] = [*unfinished(folder)]
    found = _known(folder, index, stamps, now)
    index.own = dict(found)
    sources, unread = _read_files(
        folder, index, {n: s for n, s in stamps.items() if n not in found}, now
    )
    problems += unread
    for source, parsed in zip(sources, mapped(PARSE, sources), strict=True):
        if isinstance(parsed, Lost):
            problems.append(Problem(source.file, 0, f"can't be read ({parsed.why})", _TODO))
            continue
        problems += parsed.problems
        if card := parsed.card or parsed.article:
            found[source.file.partition("/")[2]] = card
    # Whatever was known: two cards of one id stay in the order of their files.
    every = sorted((found[name] for name in stamps if name in found), key=lambda card: card.id)
    cards = tuple(card for card in every if isinstance(card, Card))
    articles = tuple(card for card in every if isinstance(card, ArticleCard))
    return Knowledge(cards, articles), tuple(sorted(problems))


def _known(
    folder: Path, index: Index, stamps: Mapping[str, bytes], now: int | None
) -> dict[str, Card | ArticleCard]:
    """Return the cards that need not be parsed, by the names of their files."""
    found: dict[str, Card | ArticleCard] = {}
    for name, seen, packed in index.entries():
        stamp = stamps.get(name)
        if stamp is None or not packed:
            continue
        if stamp == NEVER or not seen.startswith(stamp):
            total = _total(folder, name)
            if total != total_of(seen):
                continue
            seen = sight(stamp, total, now)
        kind: type[AnyCard] = ArticleCard if name.startswith(_ARTICLES) else Card
        with suppress(ValueError):
            found[name] = unpack(kind, packed)
            index.seen[name] = seen
    return found


def _total(folder: Path, name: str) -> bytes:
    """Return the SHA-256 of a card file, nothing if it can't be read."""
    try:
        return sha256(content(folder, name)).digest()
    except OSError:
        return b""


def _read_files(
    folder: Path, index: Index, stamps: Mapping[str, bytes], now: int | None
) -> tuple[list[Source], list[Problem]]:
    """Return card files that aren't known, and a problem for each that can't be read."""
    sources, problems = [], []
    for name, stamp in stamps.items():
        file = f"{folder.name}/{name}"
        try:
            data = content(folder, name)
        except OSError as fault:
            problems.append(Problem(file, 0, f"can't be read as UTF-8 ({fault})", _TODO))
            continue
        index.seen[name] = sight(stamp, sha256(data).digest(), now)
        sources.append(Source(file, data))
    return sources, problems


def _parse(source: Source) -> Parsed:
    file = source.file
    try:
        text = source.data.decode("utf-8")
    except UnicodeDecodeError as fault:
        return Parsed(None, None, (Problem(file, 0, f"can't be read as UTF-8 ({fault})", _TODO),))
    card, problems = parse_card(text, file)
    if card and not file.endswith(f"/{card_uri(card)}"):
        todo = f"a card's file is named after its kind and id: {card_uri(card)}"
        problems += (Problem(file, 1, f"the card {card.id!r} stands in the wrong file", todo),)
    if isinstance(card, ArticleCard):
        return Parsed(None, card, problems)
    return Parsed(card, None, problems)


PARSE = Task(
    "cards before",
    _parse,
    Source,
    Parsed,
    lambda source: source.file.encode("utf-8", "surrogatepass") + b"\0" + source.data,
)
