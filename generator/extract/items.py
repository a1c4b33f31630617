"""A sentence as a row of items, names in one piece: what the grammar of claims reads."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from typing import NamedTuple

from generator import countries, names
from generator.extract.spans import POSSESSIVES
from generator.extract.words import Words
from generator.model import Mention, Sentence


class Item(NamedTuple):
    """A name, a nationality word, or a single token; `low` is its text folded."""

    kind: str  # "person", "organization", …, "nationality" or "word"
    text: str
    low: str
    start: int
    end: int
    mention: int | None = None
    whole: tuple[int, int] = (0, 0)  # with the words around that belong to it: "Kursk region"

    @property
    def named(self) -> bool:
        """Return whether this is a proper name with a mention."""
        return self.mention is not None

    @property
    def possessive(self) -> bool:
        """Return whether this is a possessive mark."""
        return self.text in POSSESSIVES or self.text in ("'", "’")


EDGE = Item("edge", "", "", 0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence's items; reading past either end gives EDGE."""

    sentence: Sentence
    items: tuple[Item, ...]
    lows: frozenset[str] = field(init=False, repr=False, compare=False)  # of all items

    def __post_init__(self) -> None:
        object.__setattr__(self, "lows", frozenset(item.low for item in self.items))

    def where(self, words: Set[str]) -> list[int]:
        """Return where one of these words stands: in most sentences nowhere, told at once."""
        if words.isdisjoint(self.lows):
            return []
        return [i for i, item in enumerate(self.items) if item.low in words]

    def at(self, i: int) -> Item:
        """Return item `i`, or EDGE outside the sentence."""
        return self.items[i] if 0 <= i < len(self.items) else EDGE

    def low(self, i: int) -> str:
        """Return the folded text of item `i`."""
        return self.items[i].low if 0 <= i < len(self.items) else ""


def rows(
    words: Words, mentions: tuple[Mention, ...], nationalities: tuple[tuple[int, int], ...]
) -> tuple[Row, ...]:
    """Return each sentence's row. Names never straddle sentences."""
    names_at: dict[int, tuple[int, str, int | None]]
    names_at = {m.start: (m.end, m.type, i) for i, m in enumerate(mentions)}
    names_at |= {start: (end, "nationality", None) for start, end in nationalities}
    text = words.article.text
    items: list[Item] = []
    covered = 0
    for tokens in words.paragraphs:
        for token in tokens:
            if token.start < covered:
                continue
            if token.start in names_at:
                end, kind, mention = names_at[token.start]
                surface = text[token.start : end]
                whole = _whole(mentions[mention]) if mention is not None else (token.start, end)
                items.append(
                    Item(kind, surface, names.fold(surface), token.start, end, mention, whole)
                )
                covered = end
            else:
                items.append(
                    Item("word", token.surface, names.fold(token.surface), token.start, token.end)
                )
    return tuple(_split(words, items))


def _whole(mention: Mention) -> tuple[int, int]:
    """Return the span of a mention's full form: from 'Russian' of 'Russian Security Council'."""
    if not mention.full:
        return mention.start, mention.end
    start = mention.start - mention.full.index(mention.surface)
    return start, start + len(mention.full)


def _split(words: Words, items: list[Item]) -> list[Row]:
    found, i = [], 0
    for sentence in words.article.sentences:
        start = i
        while i < len(items) and items[i].start < sentence.end:
            i += 1
        found.append(Row(sentence, tuple(items[start:i])))
    return found


def country_of(item: Item) -> str | None:
    """Return the country an item names or is the adjective of, by its common English name."""
    if item.kind == "nationality":
        country = countries.of_adjective(item.text)
    elif item.kind == "place":
        country = countries.named(item.text)
    else:
        country = None
    return country.name if country else None
