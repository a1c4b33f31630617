"""Whose a body is, where the words of its article say so; which countries the article speaks of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from generator import countries, names
from generator.model import Extraction, Mention
from generator.resolve.body_names import is_common
from generator.resolve.listed import listed_names

# The one body whose organs have names that countries use too.
UNITED_NATIONS = "United Nations"
# What a dateline weighs against one naming of a country.
DATELINE = 3


def spoken_of(extractions: Iterable[Extraction]) -> dict[str, Counter[str]]:
    """Return how often each article speaks of each country by adjective, capital or dateline."""
    return {extraction.article: _spoken(extraction) for extraction in extractions}


def _spoken(extraction: Extraction) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word, times in Counter(_CAPITALISED.findall(extraction.text)).items():
        country = countries.of_adjective(word)
        if not country and " " in word:
            country = countries.of_adjective(word.split(" ")[-1])
        if country and country.code:
            counts[country.name] += times
    for mention in extraction.mentions:
        if mention.type == "place" and (seat := countries.of_capital(mention.surface)):
            line = extraction.text[max(0, mention.start - 1) : mention.start] in ("", "\n")
            counts[seat.name] += DATELINE if line and mention.surface.isupper() else 1
    return counts


_CAPITALISED = re.compile(r"\b[A-Z]\w+(?: [KA][a-z]+n\b)?")
_SEATED = re.compile(r",? (?:in|at) (?:the )?")
_PRONOUN = re.compile(r"\b(?:its|his|her|their)(?: own)? $", re.I)


def told_owner(extraction: Extraction, i: int) -> str | None:
    """Return whose body a mention is, where the words around it say so.

    'the Foreign Ministry in Seoul', 'the Ministry of Culture of Rome', 'Its Finance Ministry'.
    """
    mention = extraction.mentions[i]
    seat = countries.of_capital(mention.owner) if mention.owner else None
    if mention.owner:
        return seat.name if seat else mention.owner
    following = extraction.mentions[i + 1 : i + 2]
    gap = extraction.text[mention.end : following[0].start] if following else ""
    if following and following[0].type == "place" and _SEATED.fullmatch(gap):
        return _country_of(mention, following[0].surface)
    before = extraction.text[max(0, mention.start - 20) : mention.start]
    return _last_country(extraction, i) if _PRONOUN.search(before) else _first_word(mention.surface)


def _country_of(body: Mention, place: str) -> str | None:
    """Return the country a body seated somewhere belongs to."""
    if names.key(place) == "new york" and listed_names().get(
        ("organization", names.key(f"{UNITED_NATIONS} {body.surface}"))
    ):
        return UNITED_NATIONS
    country = countries.of_capital(place) or countries.named(place)
    return country.name if country and country.code else None


def _first_word(name: str) -> str | None:
    """Return the country a body's name begins with: 'U.S. Justice Department'."""
    first, _, rest = name.partition(" ")
    country = countries.of_adjective(first) or countries.named(first)
    generic = country and country.code and is_common(rest)
    return country.name if country and generic else None


def _last_country(extraction: Extraction, i: int) -> str | None:
    """Return the country named last before a mention, in its sentence or the one before."""
    here = extraction.mentions[i].sentence
    for mention in reversed(extraction.mentions[:i]):
        country = countries.named(mention.surface) if mention.type == "place" else None
        if here - mention.sentence > 1:
            return None
        if country and country.code:
            return country.name
    return None
