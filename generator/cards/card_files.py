"""Card files: where each stands, what it holds, and the whole folder read back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.cards.card_reader import parse_card
from generator.cards.card_writer import card_text
from generator.model import FOLDERS, ArticleCard, Card, Knowledge, Problem
from generator.tasks import Lost, Mapped, Task, here
from generator.transactions import unfinished

__all__ = ["card_text", "card_texts", "card_uri", "parse_card", "read_cards"]

_TODO = "restore the file, or delete it: the next build writes it anew"


def card_uri(card: Card | ArticleCard) -> str:
    """Return the name of a card's file below the cards folder: 'people/sergei-shoigu.yml'."""
    folder = FOLDERS["article" if isinstance(card, ArticleCard) else card.type]
    return f"{folder}/{card.id}.yml"


def card_texts(knowledge: Knowledge) -> dict[str, str]:
    """Return what every card file holds, by its name below the cards folder."""
    cards: tuple[Card | ArticleCard, ...] = (*knowledge.cards, *knowledge.articles)
    return {card_uri(card): card_text(card) for card in cards}


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
    cards: list[Card] = []
    articles: list[ArticleCard] = []
    problems: list[Problem] = [*unfinished(folder)]
    sources, unread = _read_files(folder)
    problems += unread
    for source, parsed in zip(sources, mapped(PARSE, sources), strict=True):
        if isinstance(parsed, Lost):
            problems.append(Problem(source.file, 0, f"can't be read ({parsed.why})", _TODO))
            continue
        problems += parsed.problems
        articles += [parsed.article] if parsed.article else []
        cards += [parsed.card] if parsed.card else []
    cards.sort(key=lambda card: card.id)
    articles.sort(key=lambda card: card.id)
    return Knowledge(tuple(cards), tuple(articles)), tuple(sorted(problems))


def _read_files(folder: Path) -> tuple[list[Source], list[Problem]]:
    """Return the card files in a folder, sorted, and a problem for each that can't be read."""
    sources, problems = [], []
    for path in sorted(folder.glob("*/*.yml")):
        file = f"{folder.name}/{path.parent.name}/{path.name}"
        try:
            sources.append(Source(file, path.read_bytes()))
        except OSError as fault:
            problems.append(Problem(file, 0, f"can't be read as UTF-8 ({fault})", _TODO))
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
