"""What changed between builds: a page, and Atom feeds of the whole site and of each kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from xml.etree import ElementTree

import jinja2

from generator import edtf
from generator.changes import ARTICLE, Change, Release
from generator.model import Evidence
from generator.pages.catalog import Catalog, card_uri, sentence_uri
from generator.pages.labels import TypeLabel, property_label
from generator.pages.render import render_page
from generator.pages.sentences import card_link, make_quote
from generator.pages.views import Link, Quote

# Older changes are in the record; a page and a feed that grow for ever help nobody.
ON_PAGE, IN_FEED = 500, 100
_ATOM = "http://www.w3.org/2005/Atom"


@dataclass(frozen=True, slots=True)
class ChangeView:
    """One change: whose, what it says now and said before, and the sentence it rests on.

    `reason` is the word of the interface for why something is withdrawn, empty if unknown.
    """

    kind: str  # new altered withdrawn merged
    type: str
    card: Link | str
    label: str
    value: str | None
    of: Link | str | None
    date: str | None
    was: str | None
    reason: str
    quote: Quote | None
    uri: str
    text: str


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """The changes of one build that may be shown."""

    number: int
    day: str
    label: str
    changes: tuple[ChangeView, ...]


def change_pages(
    catalog: Catalog,
    releases: Iterable[Release],
    environment: jinja2.Environment,
    site_name: str = "",
    site_url: str = "",
) -> dict[str, str]:
    """Return the page of changes and every feed, by their addresses."""
    shown = tuple(release_views(catalog, releases))
    pages = {"changes.md": render_page(environment, "changes.md.j2", "changes.md", {
        "releases": tuple(_first(shown, ON_PAGE)),
        "feeds": tuple((kind.plural, f"feeds/{kind.folder}.xml") for _, kind in _kinds(catalog)),
    })}  # fmt: skip
    pages["feeds/all.xml"] = feed_text(shown, "all", site_name, site_url)
    for type, kind in _kinds(catalog):
        title = f"{site_name}: {kind.plural}" if site_name else kind.plural
        some = tuple(_of_type(shown, type))
        pages[f"feeds/{kind.folder}.xml"] = feed_text(some, kind.folder, title, site_url)
    return pages


def _kinds(catalog: Catalog) -> Iterator[tuple[str, TypeLabel]]:
    return ((type, kind) for type, kind in catalog.labels.types.items() if type != "article")


def release_views(catalog: Catalog, releases: Iterable[Release]) -> Iterator[ReleaseView]:
    """Yield the releases newest first, without what may not be shown."""
    for release in reversed(tuple(releases)):
        views = tuple(change_view(catalog, c) for c in release.changes if _may_show(catalog, c))
        label = edtf.label(release.day) if release.day else ""
        if views:
            yield ReleaseView(release.number, release.day, label, views)


def _may_show(catalog: Catalog, change: Change) -> bool:
    """Return whether a change is of a claim that pages show: never a sensitive one, unaccepted."""
    if not property_label(catalog.labels, change.property).sensitive:
        return True
    claims = catalog.claims.get(change.card, ())
    return any(
        (c.property, c.value, c.of) == (change.property, change.value, change.of) for c in claims
    )


def change_view(catalog: Catalog, change: Change) -> ChangeView:
    """Return a change as pages and feeds show it."""
    of = catalog.cards.get(change.of or "")
    card = catalog.cards.get(change.card) or catalog.articles.get(change.card)
    label = property_label(catalog.labels, change.property).label if change.property else ""
    date = edtf.label(change.date) if change.date and change.property else None
    said = ", ".join(part for part in (change.value, change.of_name, date) if part)
    return ChangeView(
        kind=change.kind,
        type=change.type,
        card=card_link(card) if card else change.name,
        label=label,
        value=change.value,
        of=card_link(of) if of else change.of_name,
        date=date,
        was=change.was,
        reason=_reason(change),
        quote=_quote(catalog, change.evidence),
        uri=_uri(catalog, change),
        text=": ".join(part for part in (change.name, label, said) if part),
    )


def _reason(change: Change) -> str:
    """Return the word for why: an article's is of its own, "new" it only is after all."""
    if change.type == ARTICLE:
        return "article_back" if change.kind == "new" else f"article_{change.reason}"
    return change.reason


def _quote(catalog: Catalog, said: tuple[Evidence, ...]) -> Quote | None:
    """Return the sentence a change rests on, as long as its article is there."""
    there = [evidence for evidence in said if evidence.article in catalog.articles]
    return make_quote(catalog, there[0]) if there else None


def _uri(catalog: Catalog, change: Change) -> str:
    """Return the page a reader of the feed lands on, below the site."""
    there = catalog.cards.get(change.card) or catalog.articles.get(change.card)
    there = there or catalog.cards.get(change.of or "" if change.kind == "merged" else "")
    if there:
        uri = str(card_uri(there))
    elif change.evidence and change.evidence[0].article in catalog.articles:
        uri = sentence_uri(catalog, change.evidence[0].article, change.evidence[0].sentence)
    else:
        uri = "changes.md"
    return uri.replace(".md", ".html", 1)


def _first(releases: Iterable[ReleaseView], number: int) -> Iterator[ReleaseView]:
    """Yield the newest releases until they hold `number` changes; the last is shown in part."""
    for release in releases:
        if number <= 0:
            return
        some = release.changes[:number]
        number -= len(some)
        yield ReleaseView(release.number, release.day, release.label, some)


def _of_type(releases: Iterable[ReleaseView], type: str) -> Iterator[ReleaseView]:
    for release in releases:
        some = tuple(change for change in release.changes if change.type == type)
        if some:
            yield ReleaseView(release.number, release.day, release.label, some)


# --- feeds


def feed_text(
    releases: Iterable[ReleaseView], name: str, title: str = "", site_url: str = ""
) -> str:
    """Return an Atom feed of changes, newest first.

    A change is dated by the newest article of its build: a build has no clock of its own.
    """
    ElementTree.register_namespace("", _ATOM)
    base = f"{site_url.rstrip('/')}/" if site_url else ""
    newest = tuple(releases)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _add(feed, "id", f"{base}feeds/{name}.xml" if base else f"urn:cardfile:feed:{name}")
    _add(feed, "title", title or "Cardfile")
    _add(feed, "updated", _time(newest[0].day if newest else ""))
    _add(_add(feed, "author"), "name", title or "Cardfile")
    _add(feed, "link", rel="self", href=f"{base}feeds/{name}.xml" if base else f"{name}.xml")
    _add(feed, "link", href=f"{base}changes.html" if base else "../changes.html")
    every = ((release, change) for release in newest for change in release.changes)
    for release, change in islice(every, IN_FEED):
        _add_entry(feed, release, change, base)
    ElementTree.indent(feed)
    text = ElementTree.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _add_entry(
    feed: ElementTree.Element, release: ReleaseView, change: ChangeView, base: str
) -> None:
    entry = _add(feed, "entry")
    digest = hashlib.sha256(repr((release.number, change.kind, change.text)).encode()).hexdigest()
    _add(entry, "id", f"urn:sha256:{digest}")
    _add(entry, "title", f"{change.kind.capitalize()}: {change.text}")
    _add(entry, "updated", _time(release.day))
    _add(entry, "link", href=(base or "../") + change.uri)
    quote = "".join(piece.text for piece in change.quote.pieces) if change.quote else ""
    before = f"Before: {change.was}. " if change.was else ""
    if before or quote:
        _add(entry, "summary", f"{before}{quote}".strip())


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = _printable(text) or None
    return element


def _printable(text: str) -> str:
    """Return text without the control characters that XML can't hold."""
    return "".join(char for char in text if char >= " " or char in "\t\n")


def _time(day: str) -> str:
    """Return a day as the time Atom asks for; the first of all times where it is unknown."""
    year, month, date = (*day.split("-"), "01", "01")[:3] if day else ("1970", "01", "01")
    return f"{year}-{month}-{date}T00:00:00Z"
