"""An article as words: its paragraphs' tokens, and which sentence an offset is in."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from generator.extract.tokens import Token, tokenize
from generator.model import Article


@dataclass(frozen=True, slots=True)
class Words:
    """The tokens of each paragraph, in order, with offsets into the article's text."""

    article: Article
    paragraphs: tuple[list[Token], ...]
    starts: tuple[int, ...]  # of each sentence

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
    return Words(article, paragraphs, tuple(s.start for s in article.sentences))
