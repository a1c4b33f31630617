"""What an HTML page says of itself: JSON-LD, meta elements, its headline; nothing is guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from generator import edtf
from generator.read.pages import Meta, line_key
from generator.read.shapes import breadcrumb_parts
from generator.read.written_dates import read_date

_ARTICLE = re.compile(r"Article$|^Report|BlogPosting$|^WebPage$|^Liveblog", re.IGNORECASE)
_DEEPEST = 6
_MOST_REFERRED = 50

# For each field the names a meta element may bear, the surest first.
META_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("og:title", "twitter:title", "dc.title", "headline", "title"),
    "source": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "url": ("og:url",),
    "author": ("author", "article:author", "dc.creator", "byl", "parsely-author"),
    "section": ("article:section", "parsely-section", "section"),
    "published": (
        "article:published_time", "datepublished", "date", "dc.date", "dc.date.issued",
        "dcterms.created", "pubdate", "publishdate", "publish-date", "publication_date",
        "parsely-pub-date", "sailthru.date", "article.published", "citation_publication_date",
    ),
}  # fmt: skip


def read_metadata(tree: Any) -> Meta:
    """Return what a page says of itself; what it does not say is None."""
    data = _article_data(tree)
    named = _meta_elements(tree)
    source = _name(data.get("publisher")) or _first(named, "source")
    return Meta(
        title=_title(tree, data, named, source),
        section=_text(data.get("articleSection")) or _section(_first(named, "section")),
        source=source,
        url=_url(tree, data, named),
        author=_name(data.get("author")) or _person(_first(named, "author")),
        lang=_lang(tree, data),
        published=_day(_text(data.get("datePublished")))
        or _day(_first(named, "published"))
        or _day(_time(tree)),
    )


def _article_data(tree: Any) -> dict[str, Any]:
    """Return the JSON-LD object that describes the article, empty if none does."""
    found: list[dict[str, Any]] = []
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            found += _objects(json.loads(script.text_content()), _DEEPEST)
        except (ValueError, RecursionError):  # a page's broken data is no fault of the team's
            continue
    fitting = [data for data in found if any(map(_ARTICLE.search, _types(data)))]
    best = max(fitting, key=lambda data: "headline" in data, default={})
    return {field: _referred(value, found) for field, value in best.items()}


def _referred(value: Any, found: list[dict[str, Any]]) -> Any:
    """Return what a value of JSON-LD points at by `@id`, else the value itself."""
    if isinstance(value, list):
        return [_referred(item, found) for item in value[:_MOST_REFERRED]]
    if not isinstance(value, dict) or set(value) != {"@id"}:
        return value
    return next((data for data in found if data.get("@id") == value["@id"] and len(data) > 1), {})


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth and isinstance(value, list):
        for item in value:
            yield from _objects(item, depth - 1)
    elif depth and isinstance(value, dict):
        yield value
        yield from _objects(value.get("@graph"), depth - 1)
        yield from _objects(value.get("mainEntity"), depth - 1)


def _types(data: dict[str, Any]) -> list[str]:
    types = data.get("@type")
    return [str(kind) for kind in types] if isinstance(types, list) else [str(types)]


def _meta_elements(tree: Any) -> dict[str, str]:
    """Return the contents of the meta elements by lower-case name, the first of each."""
    named: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if content := _text(element.get("content")):
            named.setdefault(name.lower(), content)
    return named


def _first(named: dict[str, str], field: str) -> str | None:
    return next((named[name] for name in META_NAMES[field] if name in named), None)


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _name(value: Any) -> str | None:
    """Return the names in a JSON-LD person or organization, or a list of them."""
    values = value if isinstance(value, list) else [value]
    found = [_text(v.get("name")) if isinstance(v, dict) else _person(_text(v)) for v in values]
    return ", ".join(name for name in found if name) or None


def _person(text: str | None) -> str | None:
    """Return an author's name; an address in its place names nobody."""
    return None if text is None or "://" in text else re.sub(r"^[Bb]y\s+", "", text)


def _section(text: str | None) -> str | None:
    return breadcrumb_parts(text)[-1] if text and breadcrumb_parts(text) else None


def _title(
    tree: Any, data: dict[str, Any], named: dict[str, str], source: str | None
) -> str | None:
    """Return the headline as the page shows it, else as its data says, without the site's name."""
    said = _text(data.get("headline")) or _first(named, "title")
    whole = _text(tree.findtext(".//title"))
    shown = [words for h1 in tree.iter("h1") if (words := " ".join(h1.text_content().split()))]
    known = " ".join(line_key(text) for text in (said, whole) if text)
    matching = [words for words in shown if line_key(words) in known and len(words) > 10]
    if matching:
        return matching[0]
    if said or whole:
        return _without_source(said or whole or "", source)
    return shown[0] if shown else None


def _without_source(title: str, source: str | None) -> str:
    """Return a page's title without the name of its site at the end.

    >>> _without_source("Ferry sinks | The Harbour Post", "The Harbour Post")
    'Ferry sinks'
    """
    parts = re.split(r"\s+[|–—·-]\s+", title)
    last = line_key(parts[-1])
    named = source is not None and last in (line_key(source), line_key(source).removeprefix("the "))
    if len(parts) > 1 and (named or (" | " in title and len(parts[-1]) < len(parts[0]))):
        return title[: title.rindex(parts[-1])].rstrip(" |–—·-")
    return title


def _url(tree: Any, data: dict[str, Any], named: dict[str, str]) -> str | None:
    links = [link.get("href") for link in tree.xpath("//link[@rel='canonical']")]
    said = (*links, _first(named, "url"), _text(data.get("url")))
    return next((url for url in said if url and re.match(r"https?://[^\s<>\"]+$", url)), None)


def _lang(tree: Any, data: dict[str, Any]) -> str | None:
    said = tree.get("lang") or _text(data.get("inLanguage")) or ""
    said = said.replace("_", "-")
    return said if re.match(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", said) else None


def _time(tree: Any) -> str | None:
    """Return the moment of the `time` element that says it is of publication."""
    said = "contains(@itemprop, 'datePublished') or @pubdate or contains(@class, 'publi')"
    found = tree.xpath(f"//time[{said} or contains(@class, 'entry-date')]")
    found = found or tree.xpath("//article//header//time")
    return next((_text(t.get("datetime")) or _text(t.text_content()) for t in found), None)


def _day(text: str | None) -> str | None:
    """Return the EDTF day of a moment as written; no zone is applied: the page's own day."""
    if text is None:
        return None
    moment = re.match(r"(\d{4}-\d{2}-\d{2})(?:[T ]|$)", text)
    return moment[1] if moment and edtf.is_valid(moment[1]) else read_date(text)
