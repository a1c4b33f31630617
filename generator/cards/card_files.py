"""Card files: where each stands, what it holds, and the whole folder read back."""

from __future__ import annotations

from pathlib import Path

from generator.cards.card_reader import parse_card
from generator.cards.card_writer import card_text
from generator.model import FOLDERS, ArticleCard, Card, Knowledge, Problem

__all__ = ["card_text", "card_texts", "card_uri", "parse_card", "read_cards"]


def card_uri(card: Card | ArticleCard) -> str:
    """Return the name of a card's file below the cards folder: 'people/sergei-shoigu.yml'."""
    folder = FOLDERS["article" if isinstance(card, ArticleCard) else card.type]
    return f"{folder}/{card.id}.yml"


def card_texts(knowledge: Knowledge) -> dict[str, str]:
    """Return what every card file holds, by its name below the cards folder."""
    cards: tuple[Card | ArticleCard, ...] = (*knowledge.cards, *knowledge.articles)
    return {card_uri(card): card_text(card) for card in cards}


def read_cards(folder: Path) -> tuple[Knowledge, tuple[Problem, ...]]:
    """Return the cards in a folder, and what is wrong with the files that can't be used."""
    cards: list[Card] = []
    articles: list[ArticleCard] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*/*.yml")):
        card, found = _read_card(path, f"{folder.name}/{path.parent.name}/{path.name}")
        problems += found
        if isinstance(card, ArticleCard):
            articles.append(card)
        elif card:
            cards.append(card)
    cards.sort(key=lambda card: card.id)
    articles.sort(key=lambda card: card.id)
    return Knowledge(tuple(cards), tuple(articles)), tuple(sorted(problems))


def _read_card(path: Path, file: str) -> tuple[Card | ArticleCard | None, tuple[Problem, ...]]:
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        todo = "restore the file, or delete it: the next build writes it anew"
        return None, (Problem(file, 0, f"can't be read as UTF-8 ({fault})", todo),)
    card, problems = parse_card(text, file)
    if card and not file.endswith(f"/{card_uri(card)}"):
        todo = f"a card's file is named after its kind and id: {card_uri(card)}"
        problems += (Problem(file, 1, f"the card {card.id!r} stands in the wrong file", todo),)
    return card, problems
