"""Every address ever published, kept in one committed file so that none is lost."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from generator import names, yaml_files
from generator.history import History
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


# What the build writes; anything else was typed by somebody.
_ADDRESS = re.compile(rf"(?:{'|'.join(FOLDERS.values())})/[a-z0-9]+(?:-[a-z0-9]+)*\.html")


def read_addresses(path: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Return the addresses in the file, none if there is no file, and what is wrong with it."""
    if not path.is_file():
        return (), ()
    todo = "restore the file from git: it keeps old links alive"
    try:
        found = yaml_files.load(path.read_text(encoding="utf-8")) or []
    except (yaml_files.YamlFault, UnicodeDecodeError) as fault:
        line = getattr(fault, "line", 1)
        return (), (Problem(path.name, line, f"can't be read ({fault})", todo, fatal=True),)
    if not isinstance(found, list):
        return (), (Problem(path.name, 1, "not a list of addresses", todo, fatal=True),)
    return tuple(str(a) for a in found if is_address(a)), tuple(_odd(found, path.name))


def is_address(text: object) -> bool:
    """Return whether a text is the address of a card's page: 'people/sergei-shoigu.html'."""
    return isinstance(text, str) and _ADDRESS.fullmatch(text) is not None


def _odd(found: Iterable[object], file: str) -> Iterator[Problem]:
    for odd in (entry for entry in found if not is_address(entry)):
        what = f"{str(odd)[:80]!r} is no address of a page"
        yield Problem(file, 0, what, "take the line out, or restore the file from git")


def addresses_text(known: Iterable[str], knowledge: Knowledge, history: History) -> str:
    """Return the file's text, sorted: what was known, every card's address, what history tells."""
    cards: tuple[Card | ArticleCard, ...] = (*knowledge.cards, *knowledge.articles)
    told = {f"{FOLDERS[kind]}/{id}.html" for id, kinds in history.types.items() for kind in kinds}
    every = {*known, *map(address_of, cards), *told}
    return HEADER + yaml_files.dump(sorted(filter(is_address, every)))


def address_of(card: Card | ArticleCard) -> str:
    """Return a card's address: 'people/sergei-shoigu.html'."""
    kind = card.type if isinstance(card, Card) else "article"
    return f"{FOLDERS[kind]}/{card.id}.html"


def apart_from_names(
    articles: Sequence[Article], extractions: Sequence[Extraction], history: History
) -> tuple[tuple[Article, ...], tuple[Extraction, ...]]:
    """Return the articles with new ids where theirs is the address of something they name.

    "North Korea: a year in pictures" must not take the address of North Korea. The ids of
    articles published before stay.
    """
    surfaces = {m.surface for extraction in extractions for m in extraction.mentions}
    named = set(map(names.slug, surfaces))
    used = {article.id for article in articles} | named | set(used_ids(history))
    ids: dict[str, str] = {}
    for article in articles:
        if article.id in named and "article" not in history.types.get(article.id, ()):
            ids[article.id] = names.unique_slug(article.title, "article", used)
            used.add(ids[article.id])
    return (
        tuple(replace(a, id=ids[a.id]) if a.id in ids else a for a in articles),
        tuple(replace(e, article=ids[e.article]) if e.article in ids else e for e in extractions),
    )


def used_ids(history: History) -> Collection[str]:
    """Return the ids that no new article may get: all but those of articles that were lost."""
    lost = {id for id in history.lost if history.types[id] == {"article"}}
    return history.types.keys() - lost
