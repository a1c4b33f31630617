"""What kind of place a name means: the city or the land around it that bears its name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from typing import TYPE_CHECKING

from generator import countries, lexicons, names, towns
from generator.model import Extraction, Mention
from generator.resolve.listed import listed_names

if TYPE_CHECKING:
    from generator.resolve.groups import Local
    from generator.resolve.unions import Union

CITY, REGION, WATER = "city", "region", "water"
_CITY_BEFORE = re.compile(
    r"\b(?:city|town|municipality|mayor|capital|streets?|suburbs?|outskirts|centre|center) of $",
    re.I,
)
_CITY_AFTER = re.compile(r"(?: (?:city|town)\b|, (?:a|the) (?:[\w-]+ )?(?:city|town|capital)\b)")
_DATELINE = re.compile(
    r"(?:, [^\W\da-z][\w.]+(?: \d+)?(?:, \d{4})?|, \d+ \w+)?(?: \([^)\n]*\))? [—–-]+ "
)
_RIVER = re.compile(r"\b(?:on|along|down|up|across|into|of) the $")
_CITY_NAME = re.compile(r"(?:City|Town|Municipality) of (.+)|(.+) (?:city|town|City)")


def kind_of(extraction: Extraction, mention: Mention) -> str:
    """Return what the words around a place's name say it is, empty if nothing."""
    before = extraction.text[max(0, mention.start - 40) : mention.start].rpartition("\n")[2]
    after = extraction.text[mention.end : mention.end + 40].partition("\n")[0]
    if countries.of_capital(mention.surface) and not mention.full:
        return ""
    if mention.full or _region_of(mention.surface):
        return REGION
    if _CITY_NAME.fullmatch(mention.surface) or _CITY_BEFORE.search(before):
        return CITY
    if _region_before().search(before):
        return REGION
    dateline = not before and mention.surface.isupper() and _DATELINE.match(after)
    if dateline or _CITY_AFTER.match(after):
        return CITY
    if _water_of(mention.surface):
        return WATER
    return WATER if _RIVER.search(before) else ""


def core(name: str) -> str:
    """Return the key of a place without the head word that says what it is.

    >>> core("Kursk Oblast"), core("State of Puebla"), core("Mbeya City")
    ('kursk', 'puebla', 'mbeya')
    """
    city = _CITY_NAME.fullmatch(name)
    bare = _region_of(name) or _water_of(name) or (city and (city[1] or city[2])) or name
    return names.key(bare)


def kind_keys(part: Local) -> list[str]:
    """Return the keys of the bare names of a place that is told to be a city, a region, water."""
    return _cores(part.names) if part.type == "place" and part.kind else []


def bare_keys(part: Local) -> list[str]:
    """Return the keys of a place's name that leaves open what it is, and is no country's."""
    cores = _cores(part.names) if part.type == "place" and not part.kind else []
    return [] if any(map(_is_seat, cores)) else cores


def join_bare_places(union: Union) -> None:
    """Join a bare name to the city or region of that name, whichever the folder means by it."""
    kinds: dict[str, dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for i, part in enumerate(union.parts):
        for key in kind_keys(part):
            kinds[key][part.kind][union.find(i)] += len(part.mentions)
    for i, part in enumerate(union.parts if kinds else ()):
        cores = bare_keys(part)
        known: dict[str, Counter[int]] = defaultdict(Counter)
        for key in cores:
            for kind, roots in kinds.get(key, {}).items():
                known[kind] |= roots
        chosen = _chosen(union, cores, known)
        if chosen is not None:
            union.join(chosen, i, "place head word")


def _chosen(union: Union, cores: list[str], kinds: dict[str, Counter[int]]) -> int | None:
    """Return the thing a bare name means: the city, where one is told from its region."""
    told = [kind for kind in (CITY, REGION) if kind in kinds]
    if CITY in told and _only_by_name(union, cores, kinds[CITY]):
        told.remove(CITY)
    if not told and WATER in kinds and not any(map(towns.is_town, cores)):
        told = [WATER]
    if not told:
        return None
    kind = told[0]
    return max(kinds[kind], key=lambda root: (kinds[kind][root], -root))


def _only_by_name(union: Union, cores: list[str], roots: Counter[int]) -> bool:
    """Return whether a city is only ever called "X City", which the bare X then hardly is."""
    return not any(union.keys[union.find(root)] & set(cores) for root in roots)


def _cores(forms: tuple[str, ...]) -> list[str]:
    """Return the keys of bare names, and of the listed places they may be."""
    cores = dict.fromkeys(core(name) for name in forms)
    listed = (thing for key in cores for thing, _ in listed_names().get(("place", key), ()))
    return list(dict.fromkeys([*cores, *map(names.key, listed)]))


def _is_seat(key: str) -> bool:
    """Return whether a bare name is a country's or a capital's, which no region of it is."""
    return bool(countries.named(key) or countries.of_capital(key))


def _region_of(name: str) -> str:
    """Return the bare name in 'Kursk Oblast' or 'State of Puebla', empty if there is none."""
    before = _region_name().fullmatch(name)
    if before:
        return before[1]
    first, _, head = name.rpartition(" ")
    return first if first and names.fold(head) in optional_heads() else ""


def _water_of(name: str) -> str:
    first, _, head = name.rpartition(" ")
    if first and head in _WATERS:
        return first
    head, _, rest = name.partition(" ")
    return rest if head == "River" else ""


_WATERS = frozenset(["River", "Dam", "Lake", "Reservoir", "Canal"])


@cache
def _region_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(optional_heads()))}) of $", re.I)


@cache
def _region_name() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(sorted(optional_heads()))}) of (?:the )?(.+)", re.I)


def is_capital(name: str) -> bool:
    """Return whether a name is a country's or its capital's, which no region of it is."""
    return bool(countries.of_capital(name) or countries.named(name))


def optional_heads() -> frozenset[str]:
    """Return the words that may be left off the end of a place's name."""
    return lexicons.folded("places", "optional_heads")
