"""Articles from marked sentences, and what the generator makes of them.

With the marks as its names, an article tests the grammar of claims and who is who exactly;
without them, it tests the whole of extraction, the tagger too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cards.assemble import make_cards
from generator.cards.schema import load_schema
from generator.extract import articles as extraction
from generator.extract.corpus import read_marks
from generator.extract.spans import Span
from generator.model import Article, Card, Entity, Extraction, Knowledge, Sentence
from generator.names import key
from generator.resolve import resolve

CASES = Path(__file__).parent / "cases"
# Run by nobody: sentences known to be read wrongly, with what was expected of them.
GAPS = "known_gaps.txt"


@dataclass(frozen=True, slots=True)
class Marked:
    """An article and the names marked in it."""

    article: Article
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What a folder became."""

    extractions: tuple[Extraction, ...]
    entities: tuple[Entity, ...]
    knowledge: Knowledge

    def card(self, name: str) -> Card | None:
        """Return the card that bears a name."""
        wanted = key(name)
        found = [c for c in self.knowledge.cards if key(c.name) == wanted]
        found += [c for c in self.knowledge.cards if wanted in map(key, c.aliases)]
        return found[0] if found else None


def blocks(topic: str) -> list[tuple[str, str]]:
    """Return (file:line, text) of every case of a topic: what stands between blank lines."""
    found = []
    for path in sorted((CASES / topic).glob("*.txt")):
        if path.name == GAPS:
            continue
        lines: list[str] = []
        for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], 1):
            if line.strip():
                lines += [] if line.startswith("#") else [line]
            elif lines:
                found.append((f"{path.stem}:{number - len(lines)}", "\n".join(lines)))
                lines = []
    return found


def make_marked(
    id: str, lines: Sequence[str], *, headline: bool = False, published: str | None = None
) -> Marked:
    """Return an article with one sentence for each marked line.

    All stand in one paragraph, except that a headline stands in its own.
    """
    text, sentences, spans = "", [], []
    for number, line in enumerate(map(read_marks, lines), 1):
        paragraph = 2 if headline and number > 1 else 1
        if text:
            text += "\n\n" if headline and number == 2 else "\n"
        spans += [Span(len(text) + s.start, len(text) + s.end, s.tag, "mark") for s in line.spans]
        sentences.append(_sentence(number, len(text), line.text, paragraph, headline))
        text += line.text
    title = text.partition("\n")[0]
    article = Article(id, f"{id}.txt", title, text, tuple(sentences), published=published)
    return Marked(article, tuple(spans))


def _sentence(number: int, start: int, text: str, paragraph: int, headline: bool) -> Sentence:
    first = headline and number == 1
    end = start + len(text)
    return Sentence(number, start, end, paragraph, "headline" if first else "text")


def extract_marked(marked: Iterable[Marked]) -> list[Extraction]:
    """Return what articles say if the names in them are the marked ones."""
    found = []
    for one in marked:
        with pytest.MonkeyPatch.context() as patch:
            spans = list(one.spans)
            patch.setattr(extraction, "find_spans", lambda words, spans=spans: spans)
            found.append(extraction.extract(one.article))
    return found


def make(marked: Sequence[Marked], *, tagged: bool = False) -> Made:
    """Return what a folder becomes, its names as marked or as the tagger finds them."""
    articles = [one.article for one in marked]
    found = [extraction.extract(a) for a in articles] if tagged else extract_marked(marked)
    entities, problems = resolve(found)
    assert problems == ()
    shown: Mapping[str, str] = {article.id: "full" for article in articles}
    knowledge = make_cards(articles, found, entities, load_schema(), shown)  # type: ignore[arg-type]
    return Made(tuple(found), entities, knowledge)


def fields(line: str) -> list[str]:
    """Return the fields of an expectation, '' for '-'."""
    return ["" if field == "-" else field for field in re.split(r"\s*\|\s*", line.strip())]
