"""Cards to Markdown pages and data files: looked up, made into views, printed by templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import jinja2

from generator import editions, edtf
from generator.changes import Release
from generator.model import Article, Decision, Knowledge, Settings
from generator.pages.articles import (
    article_sheets,
    article_view,
    beside_articles,
    listed_articles,
)
from generator.pages.card_shards import card_files, shard_count
from generator.pages.catalog import Catalog, build_catalog, card_uri
from generator.pages.changes import change_pages
from generator.pages.claims import dispute_views
from generator.pages.embedded import article_front, entity_front
from generator.pages.entities import Around, entity_view
from generator.pages.entity_sheets import all_sheets
from generator.pages.forges import decided_files, find_repository
from generator.pages.interface import (
    WORDS_URI,
    Interface,
    load_interface,
    script_words,
    translate_labels,
)
from generator.pages.labels import Labels
from generator.pages.mentions import noted_links
from generator.pages.overviews import (
    article_rows,
    decision_views,
    dispute_sheets,
    kind_index,
    kind_views,
)
from generator.pages.pictures_activity import article_months
from generator.pages.pictures_pages import picture_pages
from generator.pages.render import make_environment, plain_template, render_page
from generator.pages.search_index import search_files
from generator.pages.sentences import card_link

# What the pages folder holds: pages, and the data files that MkDocs copies as they are.
PAGE_SUFFIXES = (
    ".md", ".js", ".svg", ".json", ".jsonld", ".xml", ".csv", ".ttl", ".graphml", ".txt",
)  # fmt: skip
# Told of a stage: its name, how much of it is done, and how much there is.
Report = Callable[[str, int, int], None]
# How many of each the home page shows.
NEWEST, DIFFERENT, NOTED = 8, 4, 20
# Articles in the list of a folder so large that each year has a list.
NEWEST_LISTED = 100


def render_pages(
    knowledge: Knowledge,
    texts: Mapping[str, Article],
    notes: Mapping[str, str],
    decisions: Iterable[Decision],
    settings: Settings,
    labels: Labels,
    releases: Iterable[Release] = (),
    report: Report = lambda stage, done, total: None,
) -> dict[str, str]:
    """Return every page and data file by its address below the pages folder, redirects aside.

    `texts` holds articles by id, as far as they are at hand; `notes` the editors' Markdown
    by card id; `releases` what each build changed. How much of an article is shown is settled
    by `publish` on its card. `report` is told how far it is.
    """
    t = load_interface(settings.language)
    labels = translate_labels(labels, t)
    catalog = build_catalog(knowledge, texts, labels, decisions := tuple(decisions))
    environment = make_environment(templates_of(settings), t)
    with edtf.said_in(t.language):
        around = surroundings(catalog, notes, decisions, settings, t)
        return {
            **overview_pages(catalog, environment, notes, decisions, editions.count(knowledge)),
            **index_pages(catalog, environment),
            **entity_pages(catalog, environment, around, report),
            **article_pages(catalog, environment, report),
            **_told(report, "pictures", lambda: picture_pages(catalog, environment)),
            **change_pages(catalog, releases, environment, settings.site_name, settings.site_url),
            **_told(report, "search index", lambda: _search(catalog)),
            "paths.md": render_page(environment, "paths.md.j2", "paths.md", {}),
            WORDS_URI: script_words(t),
        }


def _told(report: Report, stage: str, make: Callable[[], dict[str, str]]) -> dict[str, str]:
    """Return what is made in one go, told when it is begun and done."""
    report(stage, 0, 0)
    pages = make()
    report(stage, len(pages), len(pages))
    return pages


def _search(catalog: Catalog) -> dict[str, str]:
    return {**search_files(catalog, {"shards": shard_count(catalog)}), **card_files(catalog)}


def templates_of(settings: Settings) -> Path:
    """Return the folder of the pages' templates."""
    return Path(settings.templates) / "pages"


def surroundings(
    catalog: Catalog,
    notes: Mapping[str, str],
    decisions: Iterable[Decision],
    settings: Settings,
    t: Interface,
) -> Around:
    """Return what all entity pages share."""
    return Around(
        notes=notes,
        noted=noted_links(notes, catalog.cards),
        months=article_months(catalog),
        repository=find_repository(settings),
        decided=decided_files(decisions, catalog.cards.values()),
        correction=plain_template(templates_of(settings), "correction.yml.j2"),
        t=t,
    )


def entity_pages(
    catalog: Catalog, environment: jinja2.Environment, around: Around, report: Report
) -> dict[str, str]:
    """Return the page of every entity, and the sheets below it where there is very much."""
    pages = {}
    for number, card in enumerate(catalog.cards.values(), 1):
        uri, told = card_uri(card), entity_front(catalog, card)
        entity = entity_view(catalog, card, around)
        pages[uri] = render_page(environment, "entity.md.j2", uri, {"entity": entity}, told)
        for part, heading, sheet in all_sheets(entity):
            view = {"card": card_link(card), "part": part, "heading": heading, "sheet": sheet}
            uri = str(sheet.link.uri)
            pages[uri] = render_page(environment, "sheet.md.j2", uri, view)
        report("entity pages", number, len(catalog.cards))
    return pages


def article_pages(
    catalog: Catalog, environment: jinja2.Environment, report: Report
) -> dict[str, str]:
    """Return the page of every article."""
    pages, beside = {}, beside_articles(catalog)
    for number, card in enumerate(catalog.articles.values(), 1):
        uri, told = card_uri(card), article_front(catalog, card)
        view = {"article": article_view(catalog, card, beside[card.id])}
        pages[uri] = render_page(environment, "article.md.j2", uri, view, told)
        report("article pages", number, len(catalog.articles))
    return pages


def index_pages(catalog: Catalog, environment: jinja2.Environment) -> dict[str, str]:
    """Return the A–Z pages of every kind, and the list of articles."""
    pages = article_lists(catalog, environment)
    for kind in kind_views(catalog):
        uri, index = str(kind.index.uri), kind_index(catalog, kind.kind)
        view = {"kind": kind, "letters": index.letters, "index": index}
        pages[uri] = render_page(environment, "kind.md.j2", uri, view)
        for sheet in (sheet for letter in index.sheets for sheet in letter):
            uri = str(sheet.link.uri)
            pages[uri] = render_page(environment, "letter.md.j2", uri, {**view, "sheet": sheet})
    return pages


def article_lists(catalog: Catalog, environment: jinja2.Environment) -> dict[str, str]:
    """Return the list of articles; of very many the newest, and a page for each year."""
    uri, rows = "articles/index.md", listed_articles(catalog)
    sheets = article_sheets(catalog, rows)
    view: dict[str, object] = {"kinds": catalog.labels.types, "count": len(rows), "sheets": sheets}
    listed = rows[:NEWEST_LISTED] if sheets else rows
    pages = {uri: render_page(environment, "articles.md.j2", uri, {**view, "articles": listed})}
    for sheet in sheets:
        uri, view["sheet"] = str(sheet.link.uri), sheet
        pages[uri] = render_page(environment, "articles_year.md.j2", uri, view)
    return pages


def overview_pages(
    catalog: Catalog,
    environment: jinja2.Environment,
    notes: Mapping[str, str],
    decisions: Iterable[Decision],
    edition: editions.Counts | None = None,
) -> dict[str, str]:
    """Return home, the page of differences, and how the knowledge base is made."""
    disputes, rows = dispute_views(catalog, catalog.disputes), article_rows(catalog)
    noted = tuple(card_link(catalog.cards[id]) for id in sorted(notes) if id in catalog.cards)
    view = {
        "kinds": kind_views(catalog),
        "articles": rows,
        "newest": rows[:NEWEST],
        "disputes": disputes,
        "some_disputes": disputes[:DIFFERENT],
        "dated_count": count_dated(catalog),
        "claims": sum(len(claims) for claims in catalog.claims.values()),
        "decisions": decision_views(catalog, decisions),
        "noted": noted,
        "some_noted": noted[:NOTED],
        "edition": edition,
    }
    names = {"index.md": "home", "about.md": "about"}
    pages = {
        uri: render_page(environment, f"{name}.md.j2", uri, view) for uri, name in names.items()
    }
    sheets = dispute_sheets(disputes)
    for sheet in sheets:
        uri = str(sheet.link.uri)
        told = {"disputes": disputes, "sheet": sheet, "sheets": sheets}
        pages[uri] = render_page(environment, "differences.md.j2", uri, told)
    return pages


def count_dated(catalog: Catalog) -> int:
    """Return how many dated sentences there are."""
    timelines = [card.timeline for card in catalog.cards.values()]
    timelines += [card.timeline for card in catalog.articles.values()]
    return len({(e.date, e.article, e.sentence) for entries in timelines for e in entries})
