"""Countries, former states and regions: their names, adjectives and native forms."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from generator import lexicons, names


@dataclass(frozen=True, slots=True)
class Country:
    """A country (with its ISO code), a former state or a region (code empty)."""

    name: str
    code: str
    aliases: tuple[str, ...]
    adjectives: tuple[str, ...]
    native: tuple[str, ...]
    capital: str | None


@cache
def countries() -> tuple[Country, ...]:
    """Return every entry of the lexicon, countries first."""
    lexicon = lexicons.load("countries")
    entries = [*lexicon["countries"], *lexicon["former"], *lexicon["regions"]]
    return tuple(
        Country(
            entry["name"],
            entry.get("code", ""),
            tuple(entry.get("aliases", ())),
            tuple(dict.fromkeys([*entry.get("adjective", ()), *entry.get("people", ())])),
            tuple(entry.get("native", ())),
            entry.get("capital"),
        )
        for entry in entries
    )


@cache
def _by_name() -> dict[str, Country]:
    table: dict[str, Country] = {}
    for country in countries():
        for name in (country.name, *country.aliases, *country.native):
            table.setdefault(names.key(name), country)
    return table


@cache
def _by_adjective() -> dict[str, Country | None]:
    shared = {names.key(word) for word in lexicons.load("countries")["shared"]["adjective"]}
    table: dict[str, Country | None] = dict.fromkeys(shared)
    for country in countries():
        for word in country.adjectives:
            table.setdefault(names.key(word), country)
    return table


@cache
def _by_capital() -> dict[str, Country]:
    return {names.key(c.capital): c for c in reversed(countries()) if c.capital}


@lru_cache(maxsize=100_000)
def named(name: str) -> Country | None:
    """Return the country a name means, in any of its forms.

    >>> named("DPRK").name
    'North Korea'
    """
    return _by_name().get(names.key(name))


def is_key(key: str) -> bool:
    """Return whether a name of this key means a country."""
    return key in _by_name()


@lru_cache(maxsize=100_000)
def of_adjective(word: str) -> Country | None:
    """Return the country an adjective or people's name means, None where several share it."""
    return _by_adjective().get(names.key(word))


def of_capital(name: str) -> Country | None:
    """Return the country whose capital this is: newspapers use it for the government."""
    return _by_capital().get(names.key(name))
