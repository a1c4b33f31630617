"""Every address ever published, kept in one committed file so that none is lost."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from generator import names, yaml_files
from generator.model import (
    FOLDERS,
    Article,
    ArticleCard,
    Card,
    Extraction,
    Knowledge,
    Problem,
)

HEADER = (
    "# Every address this knowledge base has published. Kept by the build; never remove a line.\n"
)


def read_addresses(path: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the addresses in the file, none if there is no file, and what is wrong with it."""
    if not path.is_file():
        return (), ()
    try:
        found = yaml_files.load(path.read_text(encoding="utf-8")) or []
    except (yaml_files.YamlFault, UnicodeDecodeError) as fault:
        line = getattr(fault, "line", 1)
        todo = "restore the file from git: it keeps old links alive"
        return (), (Problem(path.name, line, f"can't be read ({fault})", todo, fatal=True),)
    return tuple(str(address) for address in found), ()


def addresses_text(known: Iterable[str], knowledge: Knowledge) -> str:
    """Return the file's text: what was known and every card's address, sorted."""
    cards: tuple[Card | ArticleCard, ...] = (*knowledge.cards, *knowledge.articles)
    return HEADER + yaml_files.dump(sorted({*known, *map(address_of, cards)}))


def address_of(card: Card | ArticleCard) -> str:
    """Return a card's address: 'people/sergei-shoigu.html'."""
    kind = card.type if isinstance(card, Card) else "article"
    return f"{FOLDERS[kind]}/{card.id}.html"


def apart_from_names(
    articles: Sequence[Article], extractions: Sequence[Extraction], kept: Container[str]
) -> tuple[tuple[Article, ...], tuple[Extraction, ...]]:
    """Return the articles with new ids where theirs is the address of something they name.

    "North Korea: a year in pictures" must not take the address of North Korea. `kept` are
    the files whose articles were published before; their ids stay.
    """
    named = {names.slug(m.surface) for extraction in extractions for m in extraction.mentions}
    used = {article.id for article in articles} | named
    ids: dict[str, str] = {}
    for article in articles:
        if article.id in named and article.file not in kept:
            ids[article.id] = names.unique_slug(article.title, "article", used)
            used.add(ids[article.id])
    return (
        tuple(replace(article, id=ids.get(article.id, article.id)) for article in articles),
        tuple(replace(e, article=ids.get(e.article, e.article)) for e in extractions),
    )
