"""What one article tells, by itself: names, dates, statements, and who is who within it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from generator.engine.rows import pack
from generator.extract import extract
from generator.model import Article, DateMention, Extraction, Mention, Problem, Statement
from generator.resolve import Alone, find_alone
from generator.tasks import Lost, Mapped, Task


@dataclass(frozen=True, slots=True)
class Told:
    """What an article tells, whatever its id is."""

    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    statements: tuple[Statement, ...]
    alone: Alone


def tell_all(
    articles: Sequence[Article], mapped: Mapped
) -> tuple[list[tuple[Article, Extraction, Alone]], list[Problem]]:
    """Return each article with what it tells, and a problem for each that ends the program."""
    found, problems = [], []
    for article, told in zip(articles, mapped(TELL, articles), strict=True):
        if isinstance(told, Lost):
            what = f"reading its names ends the program ({told.why})"
            problems.append(Problem(article.file, 0, what, "take it out, and tell us of it"))
            continue
        extraction = Extraction(
            article.id, told.mentions, told.dates, told.statements, article.text
        )
        found.append((article, extraction, told.alone))
    return found, problems


def alone_of(
    found: Sequence[tuple[Article, Extraction, Alone]],
    extractions: Sequence[Extraction],
    articles: Sequence[Article],
) -> list[Alone]:
    """Return what is told of who is who, by the ids that articles have in the end."""
    by_file = {article.file: alone for article, _, alone in found}
    pairs = zip(articles, extractions, strict=True)
    return [by_file[article.file].under(extraction.article) for article, extraction in pairs]


def _tell(article: Article) -> Told:
    found = extract(replace(article, id=""))
    return Told(found.mentions, found.dates, found.statements, find_alone(found))


def _depends(article: Article) -> bytes:
    return pack(replace(article, id="", file="", dropped=(), unseen=()))


TELL = Task("extract", _tell, Article, Told, _depends)
