"""All that the rules for cards look at, and where in a file each thing stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator import yaml_files
from generator.cards.card_files import card_uri
from generator.cards.card_reader import parse_card
from generator.cards.schema import Schema
from generator.checks.faults import Fault
from generator.model import Article, ArticleCard, Card

AnyCard = Card | ArticleCard
# Where something stands in a card: ("claims", 2, "evidence", 0, "quote").
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class CardFile:
    """A card as it lies on disk. `uri` is its file's name below the cards folder."""

    file: str
    uri: str
    text: str
    card: AnyCard


@dataclass(frozen=True, slots=True)
class World:
    """The cards by id, the articles' texts by id as far as they are at hand, the schema.

    `named` holds the ids of the cards that each article names.
    """

    files: tuple[CardFile, ...]
    cards: Mapping[str, Card]
    articles: Mapping[str, ArticleCard]
    texts: Mapping[str, Article]
    schema: Schema
    named: Mapping[str, frozenset[str]]

    def __contains__(self, id: str) -> bool:
        return id in self.cards or id in self.articles


class Finding(NamedTuple):
    """What a rule has against a card, and where in it; its file's line is found later."""

    path: Path
    what: str
    todo: str


def read_card_files(
    texts: Mapping[str, str], folder: str
) -> tuple[tuple[CardFile, ...], list[Fault]]:
    """Return the card in every text, and what is wrong with the texts that hold none.

    `texts` are by their name below the cards folder, `folder` is what people call it.
    """
    files: list[CardFile] = []
    faults: list[Fault] = []
    for uri, text in sorted(texts.items(), key=lambda item: item[0].removesuffix(".yml")):
        file = f"{folder}/{uri}"
        card, problems = parse_card(text, file)
        faults += [Fault(p.file, p.line, "card", p.what, p.todo) for p in problems]
        if card:
            files.append(CardFile(file, uri, text, card))
    return tuple(files), faults


def make_world(files: Iterable[CardFile], texts: Mapping[str, Article], schema: Schema) -> World:
    """Return the world of these cards; of two with one id, the first in order of files counts."""
    cards: dict[str, Card] = {}
    articles: dict[str, ArticleCard] = {}
    named: defaultdict[str, set[str]] = defaultdict(set)
    for file in (files := tuple(files)):
        if isinstance(file.card, ArticleCard):
            articles.setdefault(file.card.id, file.card)
            continue
        cards.setdefault(file.card.id, file.card)
        for mention in file.card.mentions:
            named[mention.article].add(file.card.id)
    frozen = {article: frozenset(ids) for article, ids in named.items()}
    return World(files, cards, articles, texts, schema, frozen)


def wrong_file(card: AnyCard, world: World, uri: str) -> Finding | None:
    """Return what is wrong with the file a card stands in."""
    if card_uri(card) == uri:
        return None
    todo = f"a card's file is named after its kind and id: {card_uri(card)}"
    return Finding(("id",), f"the card {card.id!r} stands in the wrong file", todo)


# --- lines


def line_of(text: str, paths: Iterable[Path]) -> list[int]:
    """Return the line of each path in a card's text, of the last step of it that is there."""
    node = yaml_files.compose(text)
    return [_line_at(node, path) for path in paths]


def _line_at(node: Node | None, path: Path) -> int:
    line = 1
    for step in path:
        found = _step(node, step)
        if found is None:
            return line
        line, node = found
    return line


def _step(node: Node | None, step: str | int) -> tuple[int, Node] | None:
    """Return where a step leads, with its line: a text's own, else its key's."""
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if key.value == step:
                told = value if isinstance(value, ScalarNode) else key
                return yaml_files.line_of(told), value
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return yaml_files.line_of(node.value[step]), node.value[step]
    return None
