"""Sentences on pages: which names in them become links, and what may be quoted at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from markupsafe import Markup

from generator import countries, edtf
from generator.model import ArticleCard, Card, Evidence, TimelineEntry
from generator.pages.catalog import Catalog, card_uri, sentence_uri
from generator.pages.views import ArticleRow, Link, Piece, Quote

# What the script of a name says of its language; a script many languages share says only itself.
_SCRIPT_LANGS = {
    "HANGUL": "ko",
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "CJK": "und-Hani",
    "CYRILLIC": "und-Cyrl",
    "ARABIC": "und-Arab",
    "HEBREW": "und-Hebr",
    "GREEK": "el",
    "THAI": "th",
    "DEVANAGARI": "und-Deva",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
}


def script_lang(name: str) -> str | None:
    """Return a language tag for a name in another script than Latin, by its first such letter."""
    scripts = (unicodedata.name(char, "").split(" ")[0] for char in name if char.isalpha())
    return next((_SCRIPT_LANGS[script] for script in scripts if script in _SCRIPT_LANGS), None)


def card_link(card: Card | ArticleCard, text: str | None = None, uri: str | None = None) -> Link:
    """Return a link to a card's page or a part of it, its name or headline as text."""
    address = Markup(uri or card_uri(card))
    if isinstance(card, ArticleCard):
        return Link(text or card.title, address, "article")
    return Link(text or card.name, address, card.type)


def article_row(card: ArticleCard) -> ArticleRow:
    """Return an article as a line of a list."""
    published = date_label(card.published)
    saved = None if published else date_label(card.page_date)
    return ArticleRow(card_link(card), card.source, published, saved, card.retracted)


def newest_first(articles: Iterable[ArticleCard]) -> list[ArticleCard]:
    """Return articles by the day they were published, else saved; the undated stand last."""
    ordered = sorted(articles, key=lambda article: article.id)
    return sorted(ordered, key=_day, reverse=True)


def _day(article: ArticleCard) -> str:
    return (edtf.bounds(article.published or article.page_date or "") or ("", ""))[0]


def date_label(date: str | None) -> str | None:
    """Return a date as readers say it."""
    return edtf.label(date) if date else None


def make_quote(
    catalog: Catalog, said: Evidence | TimelineEntry, names: tuple[str, ...] = ()
) -> Quote:
    """Return a quote with its source; wordless where the article's words are not shown."""
    shown = said.sentence in catalog.quotable.get(said.article, ())
    # What is quoted in part ends in the sentence's own comma.
    pieces = strong_pieces(said.quote.rstrip(",;: "), names) if shown else ()
    return _quote(catalog, said.article, said.sentence, pieces)


def sentence_quote(
    catalog: Catalog, article: str, sentence: int, names: tuple[str, ...]
) -> Quote | None:
    """Return a whole sentence as a quote with some names made strong, None if it isn't shown."""
    words = catalog.words.get((article, sentence))
    if words is None:
        return None
    return _quote(catalog, article, sentence, strong_pieces(words, names))


def _quote(catalog: Catalog, article: str, sentence: int, pieces: tuple[Piece, ...]) -> Quote:
    card = catalog.articles.get(article)
    if card is None:
        lost = Link(article, Markup("articles/index.md"), "article")
        return Quote((), ArticleRow(lost, None, None, None, False))
    link = card_link(card, uri=sentence_uri(catalog, article, sentence))
    return Quote(pieces, replace(article_row(card), article=link))


# --- names within a sentence


def find_names(text: str, names: Mapping[str, Link]) -> list[tuple[int, int, Link]]:
    """Return where names stand in a sentence, longest first chosen, none overlapping."""
    # 'North Korean' is no 'North', and no 'Korea' either.
    masked = [match.span() for match in _nationalities().finditer(text)]
    found: list[tuple[int, int, Link]] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for match in re.finditer(_whole(name), text):
            start, end = match.span()
            inside = any(a <= start and end <= b and b - a > end - start for a, b in masked)
            if not inside and all(end <= a or b <= start for a, b, _ in found):
                found.append((match.start(), match.end(), names[name]))
    return sorted(found, key=lambda span: span[:2])


@cache
def _nationalities() -> re.Pattern[str]:
    """Return a pattern of the nationality words of several words: 'North Korean'."""
    words = {word for country in countries.countries() for word in country.adjectives}
    longest = sorted((w for w in words if " " in w), key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


def link_pieces(text: str, names: Mapping[str, Link]) -> tuple[Piece, ...]:
    """Return a sentence cut at its names, each a link."""
    return _pieces(text, [(start, end, link) for start, end, link in find_names(text, names)])


def strong_pieces(text: str, names: tuple[str, ...]) -> tuple[Piece, ...]:
    """Return a sentence cut at some names, each made strong."""
    spans = find_names(text, {name: Link(name, Markup("")) for name in names})
    return _pieces(text, [(start, end, None) for start, end, _ in spans])


def _pieces(text: str, spans: list[tuple[int, int, Link | None]]) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for start, end, link in spans:
        pieces += [Piece(text[at:start])] if start > at else []
        pieces.append(Piece(text[start:end], link, strong=link is None))
        at = end
    return (*pieces, Piece(text[at:])) if at < len(text) else tuple(pieces)


def _whole(name: str) -> str:
    """A pattern of the name with any white space within, not inside a longer word.

    Scripts written without spaces have no such edges: there the name is found anywhere.
    """
    pattern = r"\s+".join(re.escape(word) for word in name.split()) or r"(?!)"
    if script_lang(name) in ("ko", "ja", "th", "und-Hani"):
        return pattern
    return rf"(?<!\w){pattern}(?!\w)"
