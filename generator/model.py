"""Every noun of Cardfile, as a frozen value. Imports nothing of ours.

Offsets are code points in `Article.text`; `text[start:end]` gives back what was read.
Dates are EDTF strings (see `generator/edtf.py`). Ids are ASCII slugs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

EntityType = Literal["person", "organization", "place", "event", "document", "product"]
Publish = Literal["full", "excerpt", "none"]

ENTITY_TYPES: tuple[EntityType, ...] = get_args(EntityType)
FOLDERS: dict[str, str] = {
    "person": "people", "organization": "organizations", "place": "places", "event": "events",
    "document": "documents", "product": "products", "article": "articles",
}  # fmt: skip


# --- problems


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something wrong in an input file; `fatal` if the knowledge base can't be trusted with it.

    Prints as `file:line: what: todo`. `line` counts from 1; 0 means the whole file.
    """

    file: str
    line: int
    what: str
    todo: str
    fatal: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        # What is wrong may quote a value of any length.
        what = self.what if len(self.what) <= 500 else f"{self.what[:499]}…"
        return f"{place}: {what}: {self.todo}"


# --- read: what an article file holds


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of an article file that is not the article, and why it was left out."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class Unseen:
    """Characters nobody sees that the file has before an offset of the kept text."""

    offset: int
    chars: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the kept text; `number` counts from 1, headline first."""

    number: int
    start: int
    end: int
    paragraph: int
    role: Literal["headline", "caption", "heading", "text"] = "text"


@dataclass(frozen=True, slots=True)
class Article:
    """One article: its kept text with sentence offsets, its metadata, and what was dropped.

    In `text` one newline stands between sentences and two between paragraphs.
    """

    id: str
    file: str
    title: str
    text: str
    sentences: tuple[Sentence, ...]
    section: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    lang: str | None = None
    published: str | None = None
    page_date: str | None = None
    publish: Publish | None = None
    retracted: bool = False
    dropped: tuple[Dropped, ...] = ()
    unseen: tuple[Unseen, ...] = ()


# --- extract: what an article says


@dataclass(frozen=True, slots=True)
class Mention:
    """One proper-name mention, the name alone; `rule` is the recogniser that found it.

    `owner` is the country or place the text gives a body ("Russia's Security Council",
    "Ministry of Health of Kenya"), a country by its common English name. `full` is the name
    with the words around it that readers count as part of it: "Russian Security Council",
    "State Council of Crimea", "Kursk region".
    """

    start: int
    end: int
    surface: str
    type: EntityType
    sentence: int
    rule: str
    owner: str | None = None
    full: str | None = None


@dataclass(frozen=True, slots=True)
class DateMention:
    """One date expression and its EDTF value, None where it can't be resolved honestly."""

    start: int
    end: int
    surface: str
    value: str | None
    sentence: int
    rule: str


@dataclass(frozen=True, slots=True)
class Ref:
    """What a statement points at: a mention of the article, or a country named by adjective."""

    name: str
    type: EntityType
    mention: int | None = None  # index into Extraction.mentions


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as one sentence makes it; `quote` is a span of the article's text.

    `whole` is the value in the text's words with the body or place that is `of` left in,
    used when `of` turns out to have no card.
    """

    property: str
    subject: int  # index into Extraction.mentions
    sentence: int
    quote: tuple[int, int]
    rule: str
    value: str | None = None
    of: Ref | None = None
    whole: str | None = None
    date: str | None = None
    same: int | None = None  # index of another mention that this says is the same thing


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything one article says: names, dates, statements; in text order.

    `text` is the article's kept text, for what stands around a name; empty where unknown.
    """

    article: str
    mentions: tuple[Mention, ...]
    dates: tuple[DateMention, ...]
    statements: tuple[Statement, ...]
    text: str = ""


# --- resolve: who is who


@dataclass(frozen=True, slots=True)
class Merge:
    """Why some names are one entity; `detail` says on what evidence, for `explain`."""

    merged: tuple[str, ...]
    rule: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Entity:
    """One thing the articles speak of. `mentions` maps article id to indices of its mentions.

    `namesakes` are the ids of others that bear one of its full names and were kept apart.
    """

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    mentions: dict[str, tuple[int, ...]]
    because: tuple[Merge, ...] = ()
    former_ids: tuple[str, ...] = ()
    owner: str | None = None
    curated: tuple[str, ...] = ()
    namesakes: tuple[str, ...] = ()


# --- cards: the seam


@dataclass(frozen=True, slots=True, order=True)
class Evidence:
    """The literal words of one sentence that carry a claim."""

    article: str
    sentence: int
    quote: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What articles say of an entity; identified by (property, value, of, date)."""

    property: str
    value: str | None
    of: str | None
    date: str | None
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that exclude one another; `between` has one id or literal per evidence."""

    property: str
    value: str | None
    between: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """A dated sentence: EDTF date, the words that gave it, and the sentence itself."""

    date: str
    surface: str
    article: str
    sentence: int
    quote: str


@dataclass(frozen=True, slots=True)
class Related:
    """Another entity, and in how many articles and sentences both are named."""

    id: str
    articles: int
    sentences: int


@dataclass(frozen=True, slots=True)
class CardMention:
    """A sentence that names the entity, and by which of its names."""

    article: str
    sentence: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """All that is known of one entity; what content/cards/<folder>/<id>.yml holds."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    description: str | None = None
    summary: Evidence | None = None
    coordinates: tuple[float, float] | None = None
    claims: tuple[Claim, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    related: tuple[Related, ...] = ()
    mentions: tuple[CardMention, ...] = ()
    because: tuple[Merge, ...] = ()
    curated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticleCard:
    """What is known of one article; what content/cards/articles/<id>.yml holds.

    `entities` are the ids of the cards named in it, in order of first mention.
    """

    id: str
    file: str
    title: str
    section: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    lang: str | None = None
    published: str | None = None
    page_date: str | None = None
    publish: Publish = "excerpt"
    retracted: bool = False
    entities: tuple[str, ...] = ()
    timeline: tuple[TimelineEntry, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Every card, sorted by id: what pages are made from; `left_out` are those without a page."""

    cards: tuple[Card, ...]
    articles: tuple[ArticleCard, ...] = ()
    left_out: tuple[Card | ArticleCard, ...] = ()


# --- settings


@dataclass(frozen=True, slots=True)
class Selection:
    """What of the cards is published; everything, unless said: see generator/editions.py."""

    top: int | None = None
    kinds: tuple[EntityType, ...] = ()
    min_articles: int = 1
    since: str = ""
    until: str = ""
    newest: int | None = None


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on foreign input: beyond them it is refused, paragraphs and sentences are cut."""

    file_bytes: int = 10_000_000
    article_chars: int = 1_000_000
    line_chars: int = 200_000
    paragraph_chars: int = 8_000
    sentence_chars: int = 1_500
    field_chars: int = 1_000
    names_per_article: int = 1_000
    note_chars: int = 50_000
    yaml_chars: int = 20_000_000
    yaml_depth: int = 40
    yaml_nodes: int = 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything is and how much may be shown; paths are absolute strings.

    Those from `site_name` to `edit_uri` are MkDocs' own; empty where nobody said.
    """

    root: str
    articles: str
    curation: str
    notes: str
    cards: str
    pages: str
    site: str
    addresses: str
    templates: str
    publish: Publish = "excerpt"
    publish_by_source: dict[str, Publish] = field(default_factory=dict)
    language: str = "en"
    limits: Limits = field(default_factory=Limits)
    site_name: str = ""
    site_url: str = ""
    repo_url: str = ""
    edit_uri: str = ""
    # What pages may load beside their own, by directive; None for pages without a policy.
    content_security_policy: dict[str, tuple[str, ...]] | None = field(default_factory=dict)
    publish_only: Selection = field(default_factory=Selection)


# --- curation: what the team decided


@dataclass(frozen=True, slots=True)
class Decision:
    """One editor's decision; `value` is plain YAML data whose shape depends on `kind`."""

    kind: str  # merge split distinct rename type drop entity set claim retract accept
    value: Any
    file: str
    line: int
    why: str | None = None
    by: str | None = None
    date: str | None = None
