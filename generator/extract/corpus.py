"""The name corpus: invented articles with every name marked, read into text and spans."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

# Mark letters of the corpus and the tags the tagger learns from them.
TAGS = {
    "P": "person",
    "O": "organization",
    "L": "place",
    "E": "event",
    "D": "document",
    "R": "product",
    "N": "nationality",
}
_MARK = re.compile(r"\{([POLEDRN])\|([^{}|]+)\}")


@dataclass(frozen=True, slots=True)
class MarkedSpan:
    """A marked name: `text[start:end]` of its paragraph, with its tag."""

    start: int
    end: int
    tag: str


@dataclass(frozen=True, slots=True)
class MarkedParagraph:
    """A paragraph's plain text and the names marked in it, in order."""

    text: str
    spans: tuple[MarkedSpan, ...]


@dataclass(frozen=True, slots=True)
class MarkedArticle:
    """One invented article; the first paragraph is its headline."""

    part: str
    number: str
    paragraphs: tuple[MarkedParagraph, ...]


def read_marks(line: str) -> MarkedParagraph:
    """Return a line's text without its marks, and the marked spans.

    >>> read_marks("{P|Ann} ran.")
    MarkedParagraph(text='Ann ran.', spans=(MarkedSpan(start=0, end=3, tag='person'),))
    """
    pieces: list[str] = []
    spans: list[MarkedSpan] = []
    length = last = 0
    for mark in _MARK.finditer(line):
        before = line[last : mark.start()]
        start = length + len(before)
        length = start + len(mark[2])
        pieces += [before, mark[2]]
        spans.append(MarkedSpan(start, length, TAGS[mark[1]]))
        last = mark.end()
    pieces.append(line[last:])
    return MarkedParagraph("".join(pieces), tuple(spans))


def read_part(path: Path) -> list[MarkedArticle]:
    """Return the articles of one corpus file."""
    articles: list[MarkedArticle] = []
    for block in re.split(r"^=== ", path.read_text(encoding="utf-8"), flags=re.M)[1:]:
        header, *lines = block.splitlines()
        paragraphs = tuple(read_marks(line.strip()) for line in lines if line.strip())
        articles.append(MarkedArticle(path.stem, header.split("|")[0].strip(), paragraphs))
    return articles


def read_corpus(folder: Path) -> dict[str, list[MarkedArticle]]:
    """Return every part's articles, keyed by part, parts sorted."""
    return {path.stem: read_part(path) for path in sorted(folder.glob("*.txt"))}
