"""What a page says of itself to programs: front matter, and from it the tags of its head.

Front matter is all that stands between the pages and the site, and notes programs read it too.
Its texts are escaped for HTML, as its title is: themes print them as they stand.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from generator import edtf
from generator.model import ArticleCard, Card
from generator.pages.catalog import Catalog, name_of
from generator.pages.escape import html_title, web_address

# What schema.org calls the kinds of cards; any other page is a WebPage.
TYPES = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "event": "Event",
    "document": "CreativeWork",
    "product": "Product",
    "article": "Article",
}
OPEN_GRAPH_TYPES = {"person": "profile", "article": "article"}
# A description as search engines show it, and how much a page's data may weigh at most.
DESCRIPTION, LINKED_DATA = 160, 500
POSITIONS = 3
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_IN_SCRIPT = {
    "<": "\\u003c",
    ">": "\\u003e",
    "&": "\\u0026",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
}


# --- front matter


def entity_front(catalog: Catalog, card: Card) -> dict[str, object]:
    """Return what the front matter of an entity's page says of it beside its title."""
    front: dict[str, object] = {
        "kind": card.type,
        "aliases": [html_title(alias) for alias in card.aliases],
        "description": html_title(entity_description(catalog, card)),
        "positions": [html_title(answer) for answer in positions(catalog, card)],
        "location": [float(degree) for degree in card.coordinates or ()],
    }
    return {key: value for key, value in front.items() if value}


def article_front(catalog: Catalog, card: ArticleCard) -> dict[str, object]:
    """Return what the front matter of an article's page says of it beside its title."""
    front: dict[str, object] = {
        "kind": "article",
        "description": html_title(article_description(catalog, card)),
        "source": html_title(card.source or ""),
        "author": html_title(card.author or ""),
        "published": card.published,
        "lang": html_title(card.lang or ""),
        "original": str(web_address(card.url) or ""),
    }
    return {key: value for key, value in front.items() if value}


def entity_description(catalog: Catalog, card: Card) -> str:
    """Return a line about an entity: its description, else the sentence that introduces it."""
    summary = card.summary
    shown = summary and summary.sentence in catalog.quotable.get(summary.article, ())
    return clip(card.description or (summary.quote if summary and shown else ""))


def article_description(catalog: Catalog, card: ArticleCard) -> str:
    """Return the first sentence below the headline that may be shown, else nothing."""
    article = catalog.texts.get(card.id)
    numbers = [s.number for s in article.sentences if s.role == "text"] if article else range(2, 9)
    words = (catalog.words.get((card.id, number)) for number in numbers)
    return clip(next((text for text in words if text), ""))


def positions(catalog: Catalog, card: Card) -> list[str]:
    """Return the offices most often given to a person, in words."""
    held = [claim for claim in catalog.claims.get(card.id, ()) if claim.property == "position"]
    answers = (
        ", ".join(part for part in (claim.value, name_of(catalog, claim.of)) if part)
        for claim in held
    )
    return [answer for answer in dict.fromkeys(answers) if answer][:POSITIONS]


def clip(text: str) -> str:
    """Return a text cut at a word's end where it is too long for a description."""
    text = " ".join(text.split())
    if len(text) <= DESCRIPTION:
        return text
    return f"{text[:DESCRIPTION].rpartition(' ')[0] or text[:DESCRIPTION]}…"


# --- head


def head_html(
    meta: Mapping[str, Any],
    title: str,
    site_name: str,
    canonical_url: str | None = None,
    site_description: str | None = None,
    home: bool = False,
) -> str:
    """Return the tags for the head of a page: description, Open Graph, linked data.

    `meta` is the page's front matter, `title` its title there; both escaped for HTML.
    `site_description` stands in for a description. Pages that are to be found nowhere, because
    they only lead on (`robots` in their front matter), say only that.
    """
    if meta.get("robots"):
        return _tag('name="robots"', meta["robots"])
    told = {key: _plain(value) for key, value in meta.items()}
    title = site_name if home else html.unescape(title)
    tags = list(_tags(told, title, site_name, canonical_url, site_description))
    data = linked_data(told, title, canonical_url, home)
    return "\n".join([*tags, f'<script type="application/ld+json">{data}</script>'])


def _tags(
    meta: Mapping[str, Any],
    title: str,
    site_name: str,
    canonical_url: str | None,
    site_description: str | None,
) -> Iterator[str]:
    told = {
        "og:type": OPEN_GRAPH_TYPES.get(str(meta.get("kind")), "website"),
        "og:title": title,
        "og:site_name": site_name,
        "og:url": canonical_url,
        "article:published_time": _day(meta.get("published")),
    }
    yield from (_tag(f'property="{name}"', value) for name, value in told.items() if value)
    description = meta.get("description") or site_description
    if description:
        # One tag for both who look for a name and who look for a property.
        yield _tag('name="description" property="og:description"', description)


def linked_data(
    meta: Mapping[str, Any],
    title: str,
    canonical_url: str | None = None,
    home: bool = False,
) -> str:
    """Return schema.org's view of a page as JSON that is safe within a script element.

    `#this` is the thing itself, in the downloads as well. What is too long loses its other
    names first, then its description.
    """
    data = _described(meta, title, home)
    data = {key: value for key, value in {**data, "url": canonical_url}.items() if value}
    text = _script_json(data)
    for loose in ("alternateName", "jobTitle", "description", "author", "isBasedOn"):
        while _weight(text) > LINKED_DATA and data.get(loose):
            value = data.pop(loose)
            if isinstance(value, list) and len(value) > 1:
                data[loose] = value[:-1]
            text = _script_json(data)
    return text


def _described(meta: Mapping[str, Any], title: str, home: bool) -> dict[str, Any]:
    kind = str(meta.get("kind"))
    data: dict[str, Any] = {"@context": "https://schema.org"}
    if kind == "article":
        return data | {
            "@type": "Article",
            "@id": "#this",
            "headline": clip(title),
            "datePublished": _day(meta.get("published")),
            "author": meta.get("author"),
            "publisher": meta.get("source"),
            "inLanguage": meta.get("lang"),
            "isBasedOn": meta.get("original"),
        }
    if kind not in TYPES:
        return data | {
            "@type": "WebSite" if home else "WebPage",
            "name": clip(title),
        }
    north, east = meta.get("location") or (None, None)
    return data | {
        "@type": TYPES[kind],
        "@id": "#this",
        "name": clip(title),
        "alternateName": meta.get("aliases"),
        "description": meta.get("description"),
        "jobTitle": meta.get("positions"),
        "latitude": north,
        "longitude": east,
    }


def _plain(value: Any) -> Any:
    """Return a value of front matter in its reader's characters."""
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return html.unescape(value) if isinstance(value, str) else value


def _day(date: Any) -> str | None:
    """Return a date that is stated to the year, month or day; YAML may have made it one."""
    text = str(date or "")
    plain = re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII)
    return text if plain and edtf.is_valid(text) and edtf.certain(text) else None


def _tag(names: str, value: object) -> str:
    return f'<meta {names} content="{html.escape(str(value))}">'


def _weight(text: str) -> int:
    return len(text.encode("utf-8"))


def _script_json(data: Mapping[str, Any]) -> str:
    text = _ENCODER.encode(data)
    return re.sub("[<>&\u2028\u2029]", lambda match: _IN_SCRIPT[match.group()], text)


# --- for those who crawl


def robots_text(site_url: str) -> str:
    """Return robots.txt: all is open, and where the list of pages is, if the site has an address.

    Only the one at the root of a host counts; below it, the file does no harm.
    """
    sitemap = f"\nSitemap: {site_url.rstrip('/')}/sitemap.xml\n" if site_url else ""
    return f"User-agent: *\nAllow: /\n{sitemap}"
