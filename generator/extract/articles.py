"""One article in, everything it says out."""

from __future__ import annotations

import re

from generator import bodies, countries, lexicons, names
from generator.extract.dates import find_dates
from generator.extract.items import rows
from generator.extract.recognizers import find_spans
from generator.extract.spans import POSSESSIVES, Span
from generator.extract.statements import find_statements
from generator.extract.words import Words, words_of
from generator.model import ENTITY_TYPES, Article, DateMention, Extraction, Mention


def extract(article: Article) -> Extraction:
    """Return the names, dates and statements of one article."""
    words = words_of(article)
    dates = find_dates(article)
    spans = [span for span in find_spans(words) if not _is_date(span, dates)]
    mentions = tuple(_mentions(words, spans))
    nationalities = tuple((s.start, s.end) for s in spans if s.tag == "nationality")
    found = rows(words, mentions, nationalities)
    statements = find_statements(article.text, found, mentions, dates)
    return Extraction(article.id, mentions, dates, statements, article.text)


def _is_date(span: Span, dates: tuple[DateMention, ...]) -> bool:
    """Return whether a supposed name is part of a date: 'Tuesday', 'May'."""
    return any(date.start <= span.start and span.end <= date.end for date in dates)


def _mentions(words: Words, spans: list[Span]) -> list[Mention]:
    text = words.article.text
    found = []
    for i, span in enumerate(spans):
        if span.tag in ENTITY_TYPES:
            owner, full = _around(text, spans, i)
            found.append(
                Mention(
                    span.start, span.end, text[span.start : span.end], span.tag,
                    words.sentence_at(span.start), span.rule, owner, full,
                )
            )  # fmt: skip
    return found


def _around(text: str, spans: list[Span], i: int) -> tuple[str | None, str | None]:
    """Return whose a body is, and a name with the words around it that belong to it.

    "Russian Security Council" -> Russia, the whole; "Kenya's Ministry of Health" -> Kenya,
    None; "State Council of Crimea" -> Crimea, the whole; "Kursk region" -> None, the whole.
    """
    span = spans[i]
    if span.tag == "place":
        head = _HEAD_AFTER.match(text, span.end)
        known = head and names.fold(head[1]) in lexicons.folded("places", "optional_heads")
        return None, text[span.start : head.end()] if head and known else None
    if span.tag != "organization":
        return None, None
    before = spans[i - 1] if i else None
    after = spans[i + 1] if i + 1 < len(spans) else None
    if before and after and names.fold(text[span.start : span.end]) in _MISSIONS:
        return _mission(text, before, span, after)
    return (
        _owner_before(text, before, span)
        or _owner_after(text, span, after)
        or (_within(text[span.start : span.end]), None)
    )


_HEAD_AFTER = re.compile(r" ([A-Za-z]+)\b")


# A mission is told by whose it is and where: a country has one in every capital.
_MISSIONS = frozenset(["embassy", "consulate", "consulate general", "high commission"])


def _mission(text: str, before: Span, span: Span, after: Span) -> tuple[str | None, str | None]:
    """'Russian Embassy in Pyongyang', 'the Embassy of Peru'."""
    owner = _owner_before(text, before, span) or _owner_after(text, span, after)
    if owner is None:
        return None, None
    seat = after.tag == "place" and text[span.end : after.start] == " in "
    start = before.start if owner[1] else span.start
    return (owner[0], text[start : after.end]) if seat else owner


def _owner_before(text: str, before: Span | None, span: Span) -> tuple[str, str | None] | None:
    if before is None:
        return None
    surface, gap = text[before.start : before.end], text[before.end : span.start]
    if before.tag == "nationality" and gap in (" ", "-"):
        country = countries.of_adjective(surface)
        generic = bodies.is_generic(text[span.start : span.end])
        return (
            (country.name, text[before.start : span.end] if generic else None) if country else None
        )
    if (
        before.tag == "place"
        and not _is_compass(surface)
        and gap in (" ", "'s ", "’s ", "' ", "’ ")
    ):
        full = text[before.start : span.end] if gap == " " else None
        return _place_name(surface), full
    return None


def _owner_after(text: str, span: Span, after: Span | None) -> tuple[str, str | None] | None:
    if after is None or after.tag != "place":
        return None
    if text[span.end : after.start] not in (" of ", " of the "):
        return None
    if text[after.end : after.end + 2] in POSSESSIVES:  # the Bureau of [Peru's Ministry …]
        return None
    return _place_name(text[after.start : after.end]), text[span.start : after.end]


def _place_name(surface: str) -> str:
    country = countries.named(surface)
    return country.name if country and country.code else surface


def _is_compass(surface: str) -> bool:
    """Return whether 'the North's' leaves open whose it is."""
    return surface in ("North", "South", "East", "West")


def _within(name: str) -> str | None:
    """Return the country a body's own name ends on: 'Communist Party of Vietnam'."""
    _, of, country = name.rpartition(" of ")
    named = countries.named(country) if of else None
    return named.name if named and named.code else None
