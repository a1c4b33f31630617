"""Which kind of thing each name means, by its own words and by what the article shows of it."""

from __future__ import annotations

import re
from functools import cache

from generator import bodies, countries, lexicons, names, people_names
from generator.extract import gazetteer, person_names
from generator.extract.spans import Span, count_tags
from generator.extract.words import Words


def with_apposition_type(words: Words, spans: list[Span]) -> list[Span]:
    """Give a name the type of what follows it: 'Dunay, a village in Primorye'."""
    text = words.article.text
    return [span._replace(tag=_apposed_type(text, span) or span.tag) for span in spans]


def with_surname_type(words: Words, spans: list[Span]) -> list[Span]:
    """Make 'Jónsdóttir' a person where 'Sigríður Jónsdóttir' is one, and the other way round."""
    text = words.article.text
    people = [text[s.start : s.end].split() for s in spans if s.tag == "person"]
    surnames = {names[-1] for names in people if len(names) > 1}
    alone = {names[0] for names in people if len(names) == 1}
    return [
        span._replace(tag="person")
        if span.tag == "organization" and _is_person(text[span.start : span.end], surnames, alone)
        else span
        for span in spans
    ]


def _is_person(name: str, surnames: set[str], alone: set[str]) -> bool:
    first, *rest = name.split()
    if not rest:
        return first in surnames
    plain = first.istitle() and first.isalpha() and not countries.of_adjective(first)
    return (
        plain
        and len(rest) == 1
        and rest[0] in alone
        and not any(word in bodies.heads() for word in names.fold(name).split())
    )


def with_compass_type(words: Words, spans: list[Span]) -> list[Span]:
    """Make 'the North' a place: which one, the article's countries say."""
    text = words.article.text
    return [
        span._replace(tag="place")
        if span.tag in ("organization", "person")
        and text[span.start : span.end] in COMPASS
        and text.endswith(("the ", "The "), 0, span.start)
        else span
        for span in spans
    ]


COMPASS = frozenset(["North", "South", "East", "West"])


def with_head_type(words: Words, spans: list[Span]) -> list[Span]:
    """Give a name the type its last word says: 'Kivu-Lindt Rail', 'Sittang River'."""
    text = words.article.text
    return [
        span._replace(tag="organization")
        if (span.tag == "place" and bodies.is_of_state(_last_word(text, span)))
        or (span.tag == "person" and _ends_like_company(text[span.start : span.end]))
        else span._replace(tag="place")
        if (span.tag == "organization" and _FEATURE.fullmatch(text, span.start, span.end))
        or (span.tag == "person" and _SITE.fullmatch(text, span.start, span.end))
        else span
        for span in spans
    ]


# What closes the name of a thing in the landscape and hardly ever a body's.
_FEATURE = re.compile(
    r"(?:[A-Z][\w'’-]+ ){1,3}"
    r"(?:River|Bridge|Strait|Peninsula|Reservoir|Glacier|Tower|Canal|Mountains|Archipelago)"
)


# What a place named after somebody closes with; nobody's surname.
_SITE = re.compile(
    r"(?:[A-Z][\w'’-]+ ){1,4}"
    r"(?:Square|Avenue|Boulevard|Highway|Motorway|Airport|Stadium|Mausoleum|Peninsula|Canal|Strait)"
)


def _ends_like_company(name: str) -> bool:
    """Return whether a name of no given name or surname we know closes as a company's does."""
    first, _, last = name.rpartition(" ")
    given = names.fold(first.split(" ")[0]) in people_names.given_names()
    human = given or names.fold(last) in people_names.surnames()
    return bool(first) and last in lexicons.words("organizations", "endings") and not human


def with_native_type(words: Words, spans: list[Span]) -> list[Span]:
    """Give a name in its own script the type of the name it stands behind in brackets."""
    text = words.article.text
    before = {span.end: span.tag for span in spans if span.tag != "nationality"}
    tidied = []
    for span in spans:
        gap = _BRACKET.search(text[max(0, span.start - 3) : span.start])
        tag = before.get(span.start - len(gap.group())) if gap else None
        native = tag and not _LATIN.search(text, span.start, span.end)
        tidied.append(span._replace(tag=tag) if tag and native else span)
    return tidied


_BRACKET = re.compile(r"\s*[(\[]$")
_LATIN = re.compile("[A-Za-z]")


def with_one_type(words: Words, spans: list[Span]) -> list[Span]:
    """Give one name one type within an article: the list's, else what it mostly is."""
    text = words.article.text
    votes = count_tags(text, spans)
    # Countries play as teams only together: one "team" in an article is a slip.
    teams = [s for s, counts in votes.items() if "organization" in counts and countries.named(s)]
    surnames = {name.split()[-1] for name, counts in votes.items() if "person" in counts}
    surnames &= {name.rpartition(" ")[2] for name in votes if " " in name}
    settled = {
        s: _settle(s, counts, sport=len(teams) > 1, surname=s in surnames)
        for s, counts in votes.items()
    }
    return [span._replace(tag=settled[text[span.start : span.end]]) for span in spans]


_LOCATED = re.compile(r"\b(?:in|at|from|near|to)\s$", re.IGNORECASE)


_APPOSED = re.compile(
    r",\s+(?:an?|the)\s+((?:[\w-]+\s+){0,3}?[\w-]+)(?=\s+(?:in|of|on|near|at|formerly|that|which|who|with|from|for)\b|[,.;)])"
)


def _apposed_type(text: str, span: Span) -> str | None:
    if span.tag not in ("person", "organization", "place"):
        return None
    match = _APPOSED.match(text, span.end)
    if match is None:
        return None
    noun = names.fold(match[1].split()[-1])
    located = _LOCATED.search(text, max(0, span.start - 9), span.start) is not None
    if located and noun not in lexicons.folded("claims", "place_kinds"):
        return None  # 'In Adwa, a priest …' says nothing of Adwa
    if noun in lexicons.folded("claims", "place_kinds"):
        return "place"
    if noun in bodies.heads() and noun not in lexicons.folded("places", "heads_after"):
        return "organization"
    human = span.tag == "place" or names.fold(text[span.start : span.end].split()[0]) in (
        people_names.given_names()
    )
    return "person" if human and noun in person_names.roles() else None


def _last_word(text: str, span: Span) -> str:
    return text[span.start : span.end].split()[-1]


@cache
def _renamed_places() -> frozenset[str]:
    """Return the places known by two names: whoever is 'Bombay' alone is the city."""
    known = (n for known in lexicons.load("renamed_places")["names"] for n in known)
    return frozenset(n for n in known if names.fold(n) not in people_names.surnames())


def _is_city_alone(surface: str) -> bool:
    """Return whether a supposed person's only name is a big city's and nobody's: 'Kiev'."""
    folded = names.fold(surface)
    kinds = gazetteer.classes(folded)
    city = "bigcity" in kinds or "altcity" in kinds
    return " " not in surface and city and not {"given", "surname"} & {*kinds}


def _settle(surface: str, counts: dict[str, int], *, sport: bool, surname: bool) -> str:
    country = None if "person" in counts else countries.named(surface)
    if country and not (sport and country.code and "place" not in counts):
        return "place"
    city = not surname and "person" in counts and _is_city_alone(surface)
    if city or (surface in _renamed_places() and not surname):
        return "place"
    if "person" not in counts and countries.of_adjective(surface):
        return "nationality"
    return min(counts, key=lambda tag: (-counts[tag], tag))
