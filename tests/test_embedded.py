"""What pages say of themselves to programs, and the page about the data."""

from __future__ import annotations

import html
import json
import re
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from rdflib import RDF, Graph, Namespace, URIRef

from generator import yaml_files
from generator.exports import count, export_files
from generator.model import Card, Publish
from generator.pages.catalog import Catalog, build_catalog
from generator.pages.data import data_pages, format_views
from generator.pages.embedded import (
    LINKED_DATA,
    article_front,
    entity_front,
    head_html,
    linked_data,
    robots_text,
)
from generator.pages.interface import load_interface
from tests import export_sample, sample

# rdflib 7 reads JSON-LD by a class of its own that it warns of.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

S = Namespace("https://schema.org/")
PAGE = "https://example.org/cards/people/sergei-shoigu.html"


def catalog(publish: Publish = "full") -> Catalog:
    """Return the sample's catalog."""
    return build_catalog(sample.sample_knowledge(publish), sample.sample_texts(), sample.LABELS)


def card_head(id: str, url: str | None = PAGE) -> str:
    """Return the head of an entity's page as its front matter makes it, written and read again."""
    known = catalog()
    front = yaml_files.dump(entity_front(known, known.cards[id]))
    # As MkDocs reads it, numbers and all.
    return head_html(yaml.safe_load(front), html.escape(known.cards[id].name), "Sample", url)


def data_of(head: str) -> dict[str, Any]:
    """Return the linked data of a head."""
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL)
    data: dict[str, Any] = json.loads(text)
    return data


def test_an_entity_says_who_it_is() -> None:
    head = card_head("sergei-shoigu")
    assert '<meta property="og:type" content="profile">' in head
    assert '<meta property="og:title" content="Sergei Shoigu">' in head
    assert f'<meta property="og:url" content="{PAGE}">' in head
    words = "Secretary of the Russian Security Council"
    assert f'<meta name="description" property="og:description" content="{words}">' in head
    assert data_of(head) == {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": "#this",
        "name": "Sergei Shoigu",
        "alternateName": ["Sergey Shoigu", "Shoigu", "Сергей Шойгу"],
        "description": words,
        "jobTitle": ["Secretary, Russian Security Council"],
        "url": PAGE,
    }


def test_pages_and_downloads_mean_the_same_thing() -> None:
    data = data_of(card_head("sergei-shoigu")) | {"@context": {"@vocab": str(S)}}
    here = Graph().parse(data=json.dumps(data), format="json-ld", publicID=PAGE)
    text = export_files(export_sample.dataset())["data/cardfile.ttl"]
    there = Graph().parse(data=text, format="turtle", publicID="https://example.org/cards/data/x")
    shoigu = URIRef(f"{PAGE}#this")
    for told in (RDF.type, S.name, S.alternateName, S.description):
        assert set(here.objects(shoigu, told)) == set(there.objects(shoigu, told)), told


def test_without_an_address_of_the_site_nothing_is_said_of_it() -> None:
    head = card_head("kursk-region", None)
    assert "og:url" not in head
    data = data_of(head)
    assert "url" not in data
    assert (data["@type"], data["latitude"], data["longitude"]) == ("Place", 51.73, 36.19)


def test_hostile_names_stay_text() -> None:
    head = card_head("acme")
    data = data_of(head)
    assert data["name"] == "Acme </title><script>alert(4)</script>"
    tags = re.findall(r"<(/?\w+)", head)
    assert set(tags) == {"meta", "script", "/script"}
    assert tags.count("script") == 1
    assert "\\u003c/title\\u003e" in head


def test_an_article_says_where_it_is_from() -> None:
    known = catalog()
    front = article_front(known, known.articles["visit"])
    head = head_html(front, front["source"], "Sample", f"{export_sample.SITE}articles/visit.html")  # type: ignore[arg-type]
    data = data_of(head)
    assert (data["@type"], data["publisher"]) == ("Article", "Courier of the North")
    assert (data["datePublished"], data["author"]) == ("2025-06-05", "A. Writer")
    assert data["isBasedOn"] == "https://example.org/a?b=c&d=%28e%29"
    assert '<meta property="article:published_time" content="2025-06-05">' in head
    assert "Sergei Shoigu, Secretary of the Russian Security Council, arrived" in head


def test_what_may_not_be_shown_is_no_description() -> None:
    known = catalog("none")
    assert "description" not in article_front(known, known.articles["visit"])
    silent = replace(known.cards["sergei-shoigu"], description=None)
    assert "description" not in entity_front(known, silent)
    spoken = replace(catalog().cards["sergei-shoigu"], description=None)
    assert str(entity_front(catalog(), spoken)["description"]).startswith("Sergei Shoigu, Sec")


def test_front_matter_is_escaped_where_themes_print_it() -> None:
    known = catalog()
    for card in known.cards.values():
        assert "<" not in json.dumps(entity_front(known, card), ensure_ascii=False)
    for article in known.articles.values():
        assert "<" not in json.dumps(article_front(known, article), ensure_ascii=False)


@pytest.mark.parametrize("letter", ["x", "<", "한", "\U0001f4b0"])
def test_linked_data_stays_small(letter: str) -> None:
    known = catalog()
    names = tuple(f"{letter * 60} {number}" for number in range(40))
    card = Card("a", "person", "A", aliases=names, description=letter * 500)
    text = linked_data(entity_front(known, card), "A", PAGE)
    assert len(text.encode()) <= LINKED_DATA
    assert json.loads(text)["name"] == "A"


def test_other_pages_are_web_pages_and_pages_that_lead_on_say_nothing() -> None:
    assert data_of(head_html({}, "Timeline", "Sample"))["@type"] == "WebPage"
    home = data_of(head_html({}, "Home", "Sample", home=True, site_description="About it"))
    assert (home["@type"], home["name"]) == ("WebSite", "Sample")
    gone = head_html({"robots": "noindex"}, "A", "Sample")
    assert gone == '<meta name="robots" content="noindex">'


def test_robots_may_read_all_and_find_the_list_of_pages() -> None:
    assert robots_text("") == "User-agent: *\nAllow: /\n"
    expected = "\nSitemap: https://example.org/cards/sitemap.xml\n"
    assert robots_text("https://example.org/cards").endswith(expected)


# --- the page about the data


@pytest.mark.parametrize("language", ["en", "de"])
def test_the_page_names_every_file_its_columns_and_the_counts(language: str) -> None:
    dataset = export_sample.dataset()
    files = export_files(dataset)
    settings = replace(sample.sample_settings(Path("nowhere")), language=language)
    pages = data_pages(files, asdict(count(dataset)), settings)
    page = html.unescape(pages["data.md"])
    for uri in files:
        assert f"]({uri})" in page, uri
    columns = files["data/mentions.csv"].partition("\r\n")[0].replace(",", ", ")
    assert f"<code>{columns}</code>" in page
    for number in asdict(count(dataset)).values():
        assert f"| {number} |" in page
    assert load_interface(language)("data.title") in page
    assert "<script>" not in pages["data.md"]


def test_every_format_shows_a_claim() -> None:
    views = format_views(export_files(export_sample.dataset()))
    assert [view.name for view in views] == ["jsonld", "turtle", "ftm", "graphml", "csv"]
    assert all(view.example for view in views)
    assert not format_views({})
