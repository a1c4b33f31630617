"""What has ever been published: ids, how old they are, what became of those that are gone.

Read from three committed files: the addresses, the record of changes and the cards of the last
build. A fresh clone knows as much as the machine that built before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.changes import ARTICLE, Change, Release, article_quotes
from generator.model import FOLDERS, Evidence, Knowledge

_TYPES = {folder: kind for kind, folder in FOLDERS.items()}


@dataclass(frozen=True, slots=True)
class Fate:
    """What a page that is gone was called, and what became of it.

    `into` is the id of the card that took it in; `reason` one of those of `withdrawals`, empty
    where nobody knows; `day` that of the newest article when it went.
    """

    id: str
    type: str
    name: str
    reason: str = ""
    into: str | None = None
    day: str = ""
    date: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class KnownArticle:
    """What is known of an article that was published: enough to know its text again.

    `file` is empty if the article is gone; `quotes` have single spaces.
    """

    id: str
    file: str
    title: str
    url: str | None = None
    date: str | None = None
    quotes: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class History:
    """Every id ever published.

    `types` are the kinds of page each id has had; `fates` what became of those that are gone;
    `ages` the build in which each first appeared, 0 for those of the first; `articles` what
    their texts are known by. `lost` are the ids whose card is gone and nobody knows why: their
    files were deleted, or they went before there was a record.
    """

    types: Mapping[str, frozenset[str]] = field(default_factory=dict)
    fates: Mapping[str, Fate] = field(default_factory=dict)
    ages: Mapping[str, int] = field(default_factory=dict)
    articles: tuple[KnownArticle, ...] = ()
    lost: frozenset[str] = frozenset()


def make_history(
    addresses: Iterable[str], releases: Iterable[Release], before: Knowledge
) -> History:
    """Return what addresses, record and cards of the last build tell together."""
    releases = tuple(releases)
    living = {card.id for card in before.cards} | {card.id for card in before.articles}
    fates = {id: fate for id, fate in find_fates(releases).items() if id not in living}
    types = _types(addresses, fates.values(), before)
    return History(
        types,
        fates,
        _ages(releases),
        (*_living_articles(before), *_gone_articles(fates.values())),
        frozenset(types.keys() - living - fates.keys()),
    )


def find_fates(releases: Iterable[Release]) -> dict[str, Fate]:
    """Return what became of every card and article whose page was taken away, by id."""
    fates: dict[str, Fate] = {}
    for release in releases:
        for change in release.changes:
            if change.property:
                continue
            if change.kind == "new":
                fates.pop(change.card, None)
            elif change.kind in ("withdrawn", "merged"):
                fates[change.card] = _fate(change, release.day)
    return fates


def _fate(change: Change, day: str) -> Fate:
    into = change.of if change.kind == "merged" else None
    return Fate(
        change.card, change.type, change.name, change.reason, into, day, change.date,
        change.evidence,
    )  # fmt: skip


def _ages(releases: Iterable[Release]) -> dict[str, int]:
    """Return the build in which each id was first told of; who is never told of was first."""
    ages: dict[str, int] = {}
    for release in releases:
        for change in release.changes:
            if not change.property:
                ages.setdefault(change.card, release.number if change.kind == "new" else 0)
    return ages


def _types(
    addresses: Iterable[str], fates: Iterable[Fate], before: Knowledge
) -> dict[str, frozenset[str]]:
    types: defaultdict[str, set[str]] = defaultdict(set)
    for address in addresses:
        folder, _, file = address.partition("/")
        if folder in _TYPES and file != "index.html":
            types[file.removesuffix(".html")].add(_TYPES[folder])
    for id, kind in [(f.id, f.type) for f in fates] + [(c.id, c.type) for c in before.cards]:
        types[id].add(kind)
    for article in before.articles:
        types[article.id].add(ARTICLE)
    return {id: frozenset(kinds) for id, kinds in types.items()}


# --- articles


def _living_articles(before: Knowledge) -> Iterator[KnownArticle]:
    quotes, names = article_quotes(before), _article_names(before)
    for card in before.articles:
        said = frozenset(" ".join(evidence.quote.split()) for evidence in quotes.get(card.id, ()))
        date = card.published or card.page_date
        named = frozenset(names[card.id])
        yield KnownArticle(card.id, card.file, card.title, card.url, date, said, named)


def _article_names(knowledge: Knowledge) -> defaultdict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for card in knowledge.cards:
        for mention in card.mentions:
            found[mention.article].update(mention.names)
    return found


def _gone_articles(fates: Iterable[Fate]) -> Iterator[KnownArticle]:
    for fate in fates:
        if fate.type == ARTICLE:
            said = frozenset(" ".join(evidence.quote.split()) for evidence in fate.evidence)
            yield KnownArticle(fate.id, "", fate.name, None, fate.date, said)
