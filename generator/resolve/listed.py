"""Names that our lists give to one thing: 'NATO', 'Second World War', 'Kiev'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

import msgspec

from generator import bodies, countries, kept_tables, lexicons, names, towns

# Smaller places share their names too often to be told by them.
BIG_CITY = 100_000

# A listed thing: what it is called, and the country whose it is.
Listed = tuple[str, str | None]
Key = tuple[str, str]  # the type of a thing, and the key of a name


class ListedNames:
    """By type and key, the one listed thing that a name may mean; none if there are several."""

    def get(self, key: Key, default: tuple[Listed, ...] = ()) -> tuple[Listed, ...]:
        """Return the thing, as the only one of its row."""
        found = _found(*key)
        return default if found is None else (found,)

    def __contains__(self, key: Key) -> bool:
        return _found(*key) is not None


def listed_names() -> ListedNames:
    """Return what names mean one listed thing.

    >>> listed_names().get(("place", names.key("Kiev")))
    (('Kyiv', None),)
    """
    return ListedNames()


@lru_cache(maxsize=50_000)
def _found(kind: str, key: str) -> Listed | None:
    text = _table().get(f"{kind} {key}")
    return msgspec.json.decode(text, type=Listed) if text else None


@cache
def _table() -> kept_tables.Table:
    return kept_tables.table("listed_names", _lines)


def _lines() -> dict[str, str]:
    """Return the thing each name of each type means, if that is one only: `["Kyiv",null]`."""
    table: dict[Key, dict[Listed, None]] = defaultdict(dict)
    for kind, name, listed in _told():
        table[kind, names.key_once(name)][listed] = None
    for first, *others in lexicons.load("renamed_places")["names"]:
        for name in (first, *others):
            table["place", names.key_once(name)] = {(first, None): None}
    for feature in lexicons.load("places")["features"]:
        for name in (feature["name"], *feature.get("aliases", ())):
            table["place", names.key_once(name)][feature["name"], None] = None
    only = {key: things for key, things in table.items() if len(things) == 1}
    encode = msgspec.json.encode
    return {f"{kind} {key}": encode(*things).decode() for (kind, key), things in only.items()}


def _told() -> Iterator[tuple[str, str, Listed]]:
    """Yield a type, a name, and a listed thing that it may mean."""
    codes = {country.code: country.name for country in countries.countries() if country.code}
    for body in bodies.listed():
        owner = codes.get(body.get("country", ""))
        for name in (body["name"], *body.get("aliases", ())):
            yield "organization", name, (body["name"], owner)
    for lexicon, kind in (
        ("happenings", "event"),
        ("documents", "document"),
        ("products", "product"),
    ):
        for entry in lexicons.load(lexicon)[lexicon]:
            for name in (entry["name"], *entry.get("aliases", ())):
                yield kind, name, (entry["name"], None)
    for city, other in _city_names():
        yield "place", other, (city, None)


def _city_names() -> Iterator[tuple[str, str]]:
    """Yield big cities with the other names English texts give them: Kyiv, Kiev.

    A name that is another, not much smaller city's own is nobody's other name.
    """
    cities = towns.listed()
    own: dict[str, int] = {}
    for city in cities:
        key = names.key_once(city.name)
        own[key] = max(own.get(key, 0), city.population)
    for city in cities:
        if city.population >= BIG_CITY:
            yield city.name, city.name
            for other in filter(_is_plain, city.other_names):
                key = names.key_once(other)
                if own.get(key, 0) * 4 < city.population and not countries.is_key(key):
                    yield city.name, other


def _is_plain(name: str) -> bool:
    """Return whether a name may be what English texts call a city."""
    return name.isascii() and name.isalpha() and len(name) > 3 and name[0].isupper()
