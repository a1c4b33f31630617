"""The pages that lead to other pages, as values: home, A–Z indexes, timeline, differences."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from markupsafe import Markup

from generator import edtf, names
from generator.model import Card, Decision, TimelineEntry
from generator.pages.catalog import Catalog
from generator.pages.sentences import article_row, card_link, date_label, newest_first
from generator.pages.sheets import sheets_of, split
from generator.pages.views import (
    ArticleRow,
    DecisionView,
    DisputeView,
    KindIndex,
    KindView,
    Letter,
    Link,
    Row,
    Sheet,
)

# Shown of each kind on the home page, and above the letters of a long list.
MOST_NAMED, AT_TOP = 6, 60
# A list of more names than this has a page for each letter; no page has more names.
ONE_LIST = 1_000
DIFFERENCES = "differences.md"
# Questions on which sources differ, on a page.
ON_A_PAGE = 30


def kind_views(catalog: Catalog) -> tuple[KindView, ...]:
    """Return the kinds of entity in the schema's order, with the most named of each."""
    by_kind: defaultdict[str, list[Card]] = defaultdict(list)
    for card in catalog.cards.values():
        by_kind[card.type].append(card)
    return tuple(
        KindView(
            kind=kind,
            label=label.label,
            plural=label.plural,
            index=Link(label.plural, Markup(f"{label.folder}/index.md"), kind),
            count=len(by_kind[kind]),
            most_named=tuple(entity_row(card) for card in most_named(by_kind[kind])[:MOST_NAMED]),
        )
        for kind, label in catalog.labels.types.items()
        if kind != "article"
    )


def most_named(cards: Iterable[Card]) -> list[Card]:
    """Return cards, those that most articles name first."""
    return sorted(cards, key=lambda c: (-_articles(c), -len(c.mentions), c.id))


def entity_row(card: Card) -> Row:
    """Return an entity as a line of a list."""
    return Row(card_link(card), card.description, _articles(card))


def _articles(card: Card) -> int:
    return len({mention.article for mention in card.mentions})


def letters(catalog: Catalog, kind: str) -> tuple[Letter, ...]:
    """Return the entities of one kind from A to Z, other scripts after, numbers first."""
    cards = [card for card in catalog.cards.values() if card.type == kind]
    cards.sort(key=lambda card: (names.key(card.name), card.id))
    grouped = groupby(cards, key=lambda card: first_letter(card.name))
    rows = {letter: tuple(entity_row(card) for card in group) for letter, group in grouped}
    return tuple(Letter(letter, rows[letter]) for letter in rows)


def kind_index(catalog: Catalog, kind: str) -> KindIndex:
    """Return the list of a kind: by letter on one page, or on a page for each letter."""
    found = letters(catalog, kind)
    if sum(len(letter.rows) for letter in found) <= ONE_LIST:
        return KindIndex(found, (), ())
    folder = catalog.labels.types[kind].folder
    sheets = tuple(
        sheets_of(letter.rows, f"{folder}/letters/{letter_slug(letter.letter)}.md",
                  letter.letter, ONE_LIST)
        for letter in found
    )  # fmt: skip
    top = most_named(card for card in catalog.cards.values() if card.type == kind)
    return KindIndex((), sheets, tuple(entity_row(card) for card in top[:AT_TOP]))


def letter_slug(letter: str) -> str:
    """Return what the page of a letter is called, by the letter alone.

    >>> letter_slug("K"), letter_slug("#"), letter_slug("Ж")
    ('k', 'other', 'u0416')
    """
    if letter.isascii():
        return letter.lower() if letter.isalpha() else "other"
    return "".join(f"u{ord(char):04x}" for char in letter)


def first_letter(name: str) -> str:
    """Return what a name stands under in an index: its first letter, or # for a number."""
    first = names.key(name)[:1].upper()
    return first if first and unicodedata.category(first).startswith("L") else "#"


def article_rows(catalog: Catalog) -> tuple[ArticleRow, ...]:
    """Return all articles, newest first."""
    return tuple(article_row(card) for card in newest_first(catalog.articles.values()))


def dispute_sheets(disputes: Sequence[DisputeView]) -> tuple[Sheet, ...]:
    """Return the questions on which sources differ as pages; the first is the page of all."""
    parts = split(disputes, ON_A_PAGE) or ((),)
    uris = (DIFFERENCES, *(f"differences/{n}.md" for n in range(2, len(parts) + 1)))
    return tuple(
        Sheet(Link(str(number), Markup(uri)), part)
        for number, (uri, part) in enumerate(zip(uris, parts, strict=True), 1)
    )


# --- timeline


def entries_about(catalog: Catalog) -> dict[tuple[str, str, int], tuple[Link, ...]]:
    """Return which entities have each dated sentence in their own timeline."""
    about: defaultdict[tuple[str, str, int], list[Link]] = defaultdict(list)
    for card in catalog.cards.values():
        for place in sorted({(e.date, e.article, e.sentence) for e in card.timeline}):
            about[place].append(card_link(card))
    return {place: tuple(links) for place, links in about.items()}


def year_of(entry: TimelineEntry) -> str:
    """Return the year a dated sentence stands under, empty if it isn't known."""
    span = edtf.bounds(entry.date)
    return span[0][:4] if span else ""


# --- what editors decided


def decision_views(catalog: Catalog, decisions: Iterable[Decision]) -> tuple[DecisionView, ...]:
    """Return the editors' decisions in the order they are written down."""
    called = {
        name: card
        for card in reversed(tuple(catalog.cards.values()))
        for name in (*card.aliases, *card.former_ids, card.name, card.id)
    }
    return tuple(
        DecisionView(
            kind=decision.kind,
            names=tuple(
                _decided_link(catalog.outside.get(name, name), called.get(name))
                for name in decided(decision)
            ),
            detail=detail(decision.value),
            why=decision.why,
            by=decision.by,
            date=date_label(decision.date),
        )
        for decision in decisions
    )


def _decided_link(name: str, card: Card | None) -> Link | str:
    """Return a name as the editors wrote it, linked; an id is shown as its card's name."""
    if card is None:
        return name
    return card_link(card, None if name == card.id or name in card.former_ids else name)


def decided(decision: Decision) -> tuple[str, ...]:
    """Return the names and ids a decision is about."""
    value = decision.value
    if isinstance(value, list):
        return tuple(str(name) for name in value)
    if not isinstance(value, Mapping):
        return (str(value),)
    keys = ("id", "who", "name", "of")
    given = tuple(str(value[key]) for key in keys if value.get(key))
    return given or tuple(str(key) for key in value)


def detail(value: object) -> str | None:
    """Return what a decision sets, as `key: value`, None for lists of names."""
    if not isinstance(value, Mapping):
        return None
    about = {"id", "who", "name", "of"}
    if about & set(value):
        parts = [f"{key}: {_words(said)}" for key, said in value.items() if key not in about]
        return "; ".join(parts) or None
    return ", ".join(_words(said) for said in value.values())


def _words(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_words(item) for item in value)
    if isinstance(value, Mapping):
        return _words([item for key, item in value.items() if key == "name"])
    return str(value)
