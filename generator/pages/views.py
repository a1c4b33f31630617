"""What templates are given: plain values, every address and order settled.

A `str` is text from articles or cards and is escaped when printed; `Markup` is ours.
Addresses are relative to the pages folder; templates put `base` before them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a page: its text, its address, the kind of card it leads to."""

    text: str
    uri: Markup
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text within a sentence, a link if it is a name with a page.

    Where `unseen` is set there is no text: the source has characters there that nobody sees,
    whose name and code these are.
    """

    text: str
    link: Link | None = None
    strong: bool = False
    unseen: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of a long list: its link and its rows.

    `anchors` are addresses on the page the rows were taken from, which go on leading there.
    """

    link: Link
    rows: tuple[Any, ...]
    anchors: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many rows it has."""
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """An article in a list; `date` is when it was published, else `saved` when it was saved."""

    article: Link
    source: str | None
    date: str | None
    saved: str | None
    retracted: bool


@dataclass(frozen=True, slots=True)
class Quote:
    """The words of a sentence and where they stand; no `pieces` where they may not be shown.

    `row.article` leads to the sentence.
    """

    pieces: tuple[Piece, ...]
    row: ArticleRow


@dataclass(frozen=True, slots=True)
class ClaimView:
    """One claim: its value in words, what it points at, when, and who says so.

    `reports` counts the articles that say so, `independent` those that are no copies of another;
    `anchor` is empty where another card makes the claim; `more` counts the quotes left out.
    """

    value: str | None
    of: Link | None
    date: str | None
    quotes: tuple[Quote, ...]
    reports: int
    independent: int
    anchor: str = ""
    more: int = 0


@dataclass(frozen=True, slots=True)
class PropertyView:
    """The claims under one heading: what this card says, what others say of it, or both.

    Of very many, `more` are those on pages of their own.
    """

    label: str
    claims: tuple[ClaimView, ...]
    more: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimGroup:
    """Properties that belong together on the page of a kind; `key` names their heading.

    `alone` is the heading of a single property that says more by itself.
    """

    key: str
    alone: str
    properties: tuple[PropertyView, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """One of the answers that exclude each other, with what is quoted for it, the rest counted."""

    answer: Link | str
    quotes: tuple[Quote, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class DisputeView:
    """A question on which sources differ, about one card."""

    about: Link
    label: str
    value: str | None
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A dated sentence: date for readers, the quote, who it is about.

    `long` if the date is no single day: it is drawn as a bar, a day as a dot.
    """

    date: str
    quote: Quote
    cards: tuple[Link, ...] = ()
    long: bool = False


@dataclass(frozen=True, slots=True)
class MentionGroup:
    """The sentences of one article that name a card: the first, the rest, how many not shown."""

    row: ArticleRow
    quotes: tuple[Quote, ...]
    more: tuple[Quote, ...]
    unshown: int


@dataclass(frozen=True, slots=True)
class Alias:
    """Another name, with the language tag of its script where that isn't Latin."""

    name: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class NameUse:
    """One of the names of a card and the articles that use it, newest first, the rest counted.

    Each link leads to the first sentence with the name.
    """

    alias: Alias
    articles: tuple[Link, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Pointing:
    """The cards that point at another by claims of one property, or by their editors' notes."""

    label: str
    cards: tuple[Link, ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Forge:
    """Where a card is corrected on the forge: a new decision, and the files that have some."""

    correct: Markup
    edits: tuple[tuple[str, Markup], ...]


@dataclass(frozen=True, slots=True)
class RelatedView:
    """Another card, and in how many articles and sentences both are named."""

    card: Link
    articles: int
    sentences: int


@dataclass(frozen=True, slots=True)
class EntityView:
    """Everything the page of one entity shows; `picture`s are SVG, empty where there is none.

    Where there is very much, the oldest dates and mentions stand on sheets; `dated` counts all
    dates, `span` are the first and the last; `more_disputes` are on the page of differences.
    """

    id: str
    name: str
    kind: str
    kind_label: str
    kind_index: Link
    description: str | None
    aliases: tuple[Alias, ...]
    coordinates: tuple[str, str] | None
    summary: Quote | None
    facts: tuple[PropertyView, ...]
    groups: tuple[ClaimGroup, ...]
    disputes: tuple[DisputeView, ...]
    involved: tuple[DisputeView, ...]
    more_disputes: bool
    timeline: tuple[Event, ...]
    timeline_picture: Markup
    dated: int
    span: tuple[str, ...]
    timeline_sheets: tuple[Sheet, ...]
    related: tuple[RelatedView, ...]
    related_picture: Markup
    mentions: tuple[MentionGroup, ...]
    mention_sheets: tuple[Sheet, ...]
    activity_picture: Markup
    articles: int
    sentences: int
    names: tuple[NameUse, ...]
    because: tuple[tuple[tuple[str, ...], str], ...]
    pointing: tuple[Pointing, ...]
    curated: tuple[str, ...]
    note: Markup | None
    forge: Forge | None


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence on an article's page; `gap` if something before it is not shown."""

    number: int
    pieces: tuple[Piece, ...]
    gap: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, caption or heading of an article."""

    role: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Cards of one kind."""

    label: str
    cards: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ArticleView:
    """Everything the page of one article shows; `saved` is when it was, if that is known."""

    row: ArticleRow
    title: tuple[Piece, ...]
    saved: str | None
    author: str | None
    section: str | None
    original: Markup | None
    lang: str | None
    publish: str
    blocks: tuple[Block, ...]
    cut: bool
    groups: tuple[Group, ...]
    timeline: tuple[Event, ...]
    same_story: tuple[ArticleRow, ...]
    newer: Link | None
    older: Link | None


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """An article in the list of all: how many cards of each kind it names."""

    row: ArticleRow
    section: str | None
    named: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """An entity in a list: where it leads, what it is, in how many articles it is named."""

    card: Link
    description: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Letter:
    """The entities of an A–Z index under one letter."""

    letter: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class KindIndex:
    """The list of a kind by letter; of a long one only the most named, and pages by letter."""

    letters: tuple[Letter, ...]
    sheets: tuple[tuple[Sheet, ...], ...]
    most_named: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class KindView:
    """One kind of card: what it is called, its index page, how many there are, the top ones."""

    kind: str
    label: str
    plural: str
    index: Link
    count: int
    most_named: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """An editor's decision: its kind, its names as links where they have pages, and why."""

    kind: str
    names: tuple[Link | str, ...]
    detail: str | None
    why: str | None
    by: str | None
    date: str | None
