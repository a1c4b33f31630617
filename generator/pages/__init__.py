"""Cards to Markdown pages: looked up, made into views, then printed through templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import jinja2

from generator.model import FOLDERS, Article, Decision, Knowledge, Settings
from generator.pages.articles import article_view
from generator.pages.catalog import Catalog, build_catalog, card_uri
from generator.pages.entities import dispute_views, entity_view
from generator.pages.labels import Labels, PropertyLabel, TypeLabel
from generator.pages.overviews import article_rows, decision_views, kind_views, letters, periods
from generator.pages.render import make_environment, render_page
from generator.pages.sentences import card_link
from generator.pages.views import Period

__all__ = ["Labels", "PropertyLabel", "TypeLabel", "render_pages", "render_redirects"]

# How many of each the home page shows.
NEWEST, DIFFERENT = 8, 4
# With more dated sentences than this, each year has a timeline of its own.
ONE_TIMELINE = 400


def render_pages(
    knowledge: Knowledge,
    texts: Mapping[str, Article],
    notes: Mapping[str, str],
    decisions: Iterable[Decision],
    settings: Settings,
    labels: Labels,
) -> dict[str, str]:
    """Return every Markdown page by its address below the pages folder, redirects aside.

    `texts` holds articles by id, as far as they are at hand; `notes` the editors' Markdown
    by card id. How much of an article is shown is settled by `publish` on its card.
    """
    catalog = build_catalog(knowledge, texts, labels, decisions := tuple(decisions))
    environment = make_environment(Path(settings.templates) / "pages")
    return {
        **overview_pages(catalog, environment, notes, decisions),
        **index_pages(catalog, environment),
        **entity_pages(catalog, environment, notes),
        **article_pages(catalog, environment),
    }


def entity_pages(
    catalog: Catalog, environment: jinja2.Environment, notes: Mapping[str, str]
) -> dict[str, str]:
    """Return the page of every entity."""
    pages = {}
    for card in catalog.cards.values():
        view = {"entity": entity_view(catalog, card, notes.get(card.id))}
        pages[card_uri(card)] = render_page(environment, "entity.md.j2", card_uri(card), view)
    return pages


def article_pages(catalog: Catalog, environment: jinja2.Environment) -> dict[str, str]:
    """Return the page of every article."""
    pages = {}
    for card in catalog.articles.values():
        view = {"article": article_view(catalog, card)}
        pages[card_uri(card)] = render_page(environment, "article.md.j2", card_uri(card), view)
    return pages


def index_pages(catalog: Catalog, environment: jinja2.Environment) -> dict[str, str]:
    """Return the A–Z page of every kind, and the list of articles."""
    uri = "articles/index.md"
    rows = {"articles": article_rows(catalog)}
    pages = {uri: render_page(environment, "articles.md.j2", uri, rows)}
    for kind in kind_views(catalog):
        uri = str(kind.index.uri)
        view = {"kind": kind, "letters": letters(catalog, kind.kind)}
        pages[uri] = render_page(environment, "kind.md.j2", uri, view)
    return pages


def overview_pages(
    catalog: Catalog,
    environment: jinja2.Environment,
    notes: Mapping[str, str],
    decisions: Iterable[Decision],
) -> dict[str, str]:
    """Return home, timeline, the page of differences, and how the knowledge base is made."""
    disputes = dispute_views(catalog, catalog.disputes)
    rows, years = article_rows(catalog), periods(catalog)
    dated = sum(len(period.events) for period in years)
    noted = tuple(card_link(catalog.cards[id]) for id in sorted(notes) if id in catalog.cards)
    view = {
        "kinds": kind_views(catalog),
        "articles": rows,
        "newest": rows[:NEWEST],
        "disputes": disputes,
        "some_disputes": disputes[:DIFFERENT],
        "periods": years,
        "dated_count": dated,
        "by_year": dated > ONE_TIMELINE,
        "claims": sum(len(claims) for claims in catalog.claims.values()),
        "decisions": decision_views(catalog, decisions),
        "noted": noted,
    }
    names = {name: f"{name}.md" for name in ("timeline", "differences", "about")}
    names["home"] = "index.md"
    pages = {
        uri: render_page(environment, f"{name}.md.j2", uri, view) for name, uri in names.items()
    }
    return pages | (year_pages(environment, years) if view["by_year"] else {})


def year_pages(environment: jinja2.Environment, years: Iterable[Period]) -> dict[str, str]:
    """Return a timeline page for each year."""
    return {
        f"timeline/{year.slug}.md": render_page(
            environment, "year.md.j2", f"timeline/{year.slug}.md", {"period": year}
        )
        for year in years
    }


def render_redirects(
    knowledge: Knowledge, addresses: Iterable[str], settings: Settings
) -> dict[str, str]:
    """Return a page for every address that once was: it leads on, or says that the card is gone.

    `addresses` are those ever published, as `people/sergei-shoigu.html`.
    """
    environment = make_environment(Path(settings.templates) / "pages")
    there = {*map(card_uri, knowledge.cards), *map(card_uri, knowledge.articles)}
    # An id is unique over all folders, so a card that changed its kind is found as well.
    moved = {
        f"{folder}/{id}.md": card
        for card in knowledge.cards
        for id in (*card.former_ids, card.id)
        for folder in FOLDERS.values()
    }
    former = {f"{FOLDERS[card.type]}/{id}.md" for card in knowledge.cards for id in card.former_ids}
    once = {f"{address.removesuffix('.html')}.md" for address in addresses if _is_card(address)}
    pages = {}
    for uri in sorted((once | former) - there):
        if uri in moved:
            view = {"card": card_link(moved[uri])}
            pages[uri] = render_page(environment, "moved.md.j2", uri, view)
        else:
            pages[uri] = render_page(environment, "gone.md.j2", uri, {})
    return pages


def _is_card(address: str) -> bool:
    """Overviews are always there: an address of theirs needs no redirect."""
    folder, _, file = address.partition("/")
    return folder in FOLDERS.values() and file != "index.html"
