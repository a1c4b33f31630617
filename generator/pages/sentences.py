"""Sentences on pages: which names in them become links, and what may be quoted at all."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache, lru_cache

from markupsafe import Markup

from generator import countries, edtf, unseen
from generator.model import ArticleCard, Card, Evidence, TimelineEntry, Unseen
from generator.pages.catalog import Catalog, card_uri, sentence_uri
from generator.pages.labels import TypeLabel
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
# Written without spaces, or with few.
_DENSE = frozenset(["ko", "ja", "th", "und-Hani"])


@lru_cache(maxsize=50_000)
def script_lang(name: str) -> str | None:
    """Return a language tag for a name in another script than Latin, by its first such letter."""
    if name.isascii():
        return None
    scripts = (unicodedata.name(char, "").split(" ")[0] for char in name if char.isalpha())
    return next((_SCRIPT_LANGS[script] for script in scripts if script in _SCRIPT_LANGS), None)


def card_link(card: Card | ArticleCard, text: str | None = None, uri: str | None = None) -> Link:
    """Return a link to a card's page or a part of it, its name or headline as text."""
    address = Markup(uri or card_uri(card))
    if isinstance(card, ArticleCard):
        return Link(text or card.title, address, "article")
    return Link(text or card.name, address, card.type)


def index_uri(kind: TypeLabel) -> Markup:
    """Return the page that lists all cards of a kind."""
    return Markup(f"{kind.folder}/index.md")


def article_row(card: ArticleCard) -> ArticleRow:
    """Return an article as a line of a list."""
    published = date_label(card.published)
    saved = None if published else date_label(card.page_date)
    return ArticleRow(card_link(card), card.source, published, saved, card.retracted)


def newest_first(articles: Iterable[ArticleCard]) -> list[ArticleCard]:
    """Return articles by the day they were published, else saved; the undated stand last."""
    ordered = sorted(articles, key=lambda article: article.id)
    return sorted(ordered, key=article_day, reverse=True)


def article_day(article: ArticleCard) -> str:
    """Return the first day an article can be of, as an ISO date; empty if it isn't known."""
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
    pieces = show_unseen(catalog, (said.article, said.sentence), pieces)
    return _quote(catalog, said.article, said.sentence, pieces)


def sentence_quote(
    catalog: Catalog, article: str, sentence: int, names: tuple[str, ...]
) -> Quote | None:
    """Return a whole sentence as a quote with some names made strong, None if it isn't shown."""
    words = catalog.words.get((article, sentence))
    if words is None:
        return None
    pieces = show_unseen(catalog, (article, sentence), strong_pieces(words, names))
    return _quote(catalog, article, sentence, pieces)


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
    masked = _masked(text)
    found: list[tuple[int, int, Link]] = []
    for name in sorted(names, key=lambda name: (-len(name), name)):
        for start, end in _places(name, text):
            inside = any(a <= start and end <= b and b - a > end - start for a, b in masked)
            if not inside and all(end <= a or b <= start for a, b, _ in found):
                found.append((start, end, names[name]))
    return sorted(found, key=lambda span: span[:2])


# A sentence is quoted for each of its names.
@lru_cache(maxsize=1_000)
def _masked(text: str) -> tuple[tuple[int, int], ...]:
    """Return where no name is: 'North Korean' is no 'North', and no 'Korea' either."""
    return tuple(match.span() for match in _nationalities().finditer(text))


@cache
def _nationalities() -> re.Pattern[str]:
    """Return a pattern of the nationality words of several words: 'North Korean'."""
    words = {word for country in countries.countries() for word in country.adjectives}
    longest = sorted((w for w in words if " " in w), key=lambda w: (-len(w), w))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b")


def link_pieces(text: str, names: Mapping[str, Link]) -> tuple[Piece, ...]:
    """Return a sentence cut at its names, each a link."""
    return _pieces(text, [(start, end, link) for start, end, link in find_names(text, names)])


def show_unseen(
    catalog: Catalog, place: tuple[str, int], pieces: tuple[Piece, ...]
) -> tuple[Piece, ...]:
    """Return the pieces of a sentence, or of a part of it, with what nobody sees named in them.

    In the middle of a name it stands after the name, whose link stays whole.
    """
    marks = list(catalog.unseen.get(place, ()))
    if not marks:
        return pieces
    at = catalog.words.get(place, "").find("".join(piece.text for piece in pieces))
    if at < 0:
        return pieces
    shown: list[Piece] = []
    for number, piece in enumerate(pieces):
        end = at + len(piece.text)
        first = at if number == 0 else at + 1
        inside = [mark for mark in marks if first <= mark.offset <= end]
        shown += _cut_at(piece, at, inside)
        at = end
    return tuple(shown)


def _cut_at(piece: Piece, at: int, marks: list[Unseen]) -> Iterator[Piece]:
    """Yield a piece that begins at an offset, cut at its marks; a name stays whole."""
    named = piece.link is not None or piece.strong
    if named and marks and marks[0].offset == at:
        yield _unseen(marks.pop(0))
    start = 0
    for mark in marks:
        cut = len(piece.text) if named else mark.offset - at
        if cut > start:
            yield replace(piece, text=piece.text[start:cut])
        yield _unseen(mark)
        start = cut
    if start < len(piece.text):
        yield replace(piece, text=piece.text[start:])


def _unseen(mark: Unseen) -> Piece:
    return Piece("", unseen=unseen.label(mark.chars), code=unseen.codes(mark.chars))


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


def _places(name: str, text: str) -> Iterator[tuple[int, int]]:
    """Yield where a name stands in a text, from the left, none overlapping."""
    if not _PLAIN.fullmatch(name) or _GAP.search(text):
        yield from (match.span() for match in re.finditer(_whole(name), text))
        return
    # Nearly always: no pattern has to be made of the name.
    dense = script_lang(name) in _DENSE
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        edges = text[start - 1 : start] + text[end : end + 1]
        free = dense or not any(map(_in_word, edges))
        if free:
            yield start, end
        start = text.find(name, end if free else start + 1)


# Words with single spaces between, and white space that such a name may be stretched over.
_PLAIN = re.compile(r"\S+(?: \S+)*")
_GAP = re.compile(r"[^\S ]|  ")


def _in_word(char: str) -> bool:
    return char.isalnum() or char == "_"


def _whole(name: str) -> str:
    """A pattern of the name with any white space within, not inside a longer word.

    Scripts written without spaces have no such edges: there the name is found anywhere.
    """
    pattern = r"\s+".join(re.escape(word) for word in name.split()) or r"(?!)"
    if script_lang(name) in _DENSE:
        return pattern
    return rf"(?<!\w){pattern}(?!\w)"
