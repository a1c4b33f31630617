"""What one article tells, by itself: names, dates, statements, and who is who within it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.cards.fingerprints import Wording, make_wording
from generator.extract import extract
from generator.model import Article, DateMention, Extraction, Mention, Problem, Statement
from generator.resolve import Alone, find_alone
from generator.rows import pack
from generator.tasks import Lost, Mapped, Task


@dataclass(frozen=True, slots=True)
class Told:
    """What an article tells, whatever its id is."""

    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    statements: tuple[Statement, ...]
    alone: Alone
    wording: Wording


Telling = tuple[Article, Extraction, Told]


def tell_all(articles: Sequence[Article], mapped: Mapped) -> tuple[list[Telling], list[Problem]]:
    """Return each article with what it tells, and a problem for each that ends the program."""
    found: list[Telling] = []
    problems = []
    for article, told in zip(articles, mapped(TELL, articles), strict=True):
        if isinstance(told, Lost):
            what = f"reading its names ends the program ({told.why})"
            problems.append(Problem(article.file, 0, what, "take it out, and tell us of it"))
            continue
        extraction = Extraction(
            article.id, told.mentions, told.dates, told.statements, article.text
        )
        found.append((article, extraction, told))
    return found, problems


def alone_of(found: Iterable[Telling], articles: Iterable[Article]) -> list[Alone]:
    """Return what is told of who is who, by the ids that articles have in the end."""
    by_file = {article.file: told.alone for article, _, told in found}
    return [by_file[article.file].under(article.id) for article in articles]


def wordings_of(found: Iterable[Telling], articles: Iterable[Article]) -> dict[str, Wording]:
    """Return what each article is known by, by the ids that they have in the end."""
    by_file = {article.file: told.wording for article, _, told in found}
    return {article.id: by_file[article.file] for article in articles}


def _tell(article: Article) -> Told:
    found = extract(replace(article, id=""))
    wording = make_wording(article, found)
    return Told(found.mentions, found.dates, found.statements, find_alone(found), wording)


def _depends(article: Article) -> bytes:
    return pack(replace(article, id="", file="", dropped=(), unseen=()))


TELL = Task("extract", _tell, Article, Told, _depends)
