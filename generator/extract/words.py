"""An article as words: its paragraphs' tokens, and which sentence an offset is in."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.extract.tokens import Token, tokenize
from generator.model import Article

# A list's phrase is looked up by what its first word is up to one of these.
BREAK = re.compile(r"[\s\-'’]")


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of each paragraph, in order, with offsets into the article's text."""

    article: Article
    paragraphs: tuple[list[Token], ...]
    starts: tuple[int, ...]  # of each sentence
    capitals: tuple[tuple[list[Token], int], ...]  # paragraph and place of each capitalised token
    small: frozenset[str]  # words that stand somewhere in small letters
    firsts: Mapping[str, list[int]]  # offsets of tokens, by what `BREAK` leaves of them

    def sentence_at(self, offset: int) -> int:
        """Return the number of the sentence that holds this offset."""
        return max(1, bisect_right(self.starts, offset))


def words_of(article: Article) -> Words:
    """Return the article's words."""
    bounds: dict[int, list[int]] = {}
    for sentence in article.sentences:
        start_end = bounds.setdefault(sentence.paragraph, [sentence.start, sentence.end])
        start_end[1] = sentence.end
    paragraphs = tuple(tokenize(article.text, start, end) for start, end in bounds.values())
    return Words(
        article,
        paragraphs,
        tuple(s.start for s in article.sentences),
        tuple((p, i) for p in paragraphs for i, t in enumerate(p) if t.surface[0].isupper()),
        frozenset(t.surface for p in paragraphs for t in p if t.surface.islower()),
        _firsts(token for tokens in paragraphs for token in tokens),
    )


def _firsts(tokens: Iterable[Token]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for token in tokens:
        word = token.surface
        first = word if word.isalnum() else BREAK.split(word, maxsplit=1)[0]
        found.setdefault(first, []).append(token.start)
    return found
