"""Spellings of one name across scripts and systems: keys that all of them share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator import lexicons, names
from generator.model import EntityType
from generator.resolve import (
    spellings_arabic,
    spellings_chinese,
    spellings_korean,
    spellings_slavic,
)
from generator.resolve.name_order import is_family_first

# Which spellings of a person's name each system reads; a name may belong to several.
PERSON_KEYS = (
    ("korean", spellings_korean.person_readings),
    ("chinese", spellings_chinese.person_readings),
    ("slavic", spellings_slavic.person_keys),
    ("arabic", spellings_arabic.person_keys),
)
THING_KEYS = (
    ("korean", spellings_korean.thing_readings),
    ("chinese", spellings_chinese.thing_readings),
    ("slavic", spellings_slavic.thing_keys),
    ("arabic", spellings_arabic.thing_keys),
)


def person_keys(name: str) -> Iterator[str]:
    """Yield the keys of a full name; two names with one key are taken for one person's.

    >>> set(person_keys("Sergey Shoigu")) & set(person_keys("Sergei Shoygu"))
    {'slavic|sergei Soigu'}
    """
    name = names.tidy(name)
    keys = [f"{system}|{key}" for system, read in PERSON_KEYS for key in read(name)]
    yield from keys
    han = spellings_chinese.native(name)
    if han:
        yield f"han|{han}"
    folded = names.key(name).split()
    if len(folded) > 1 and is_family_first(name):
        yield f"joined|{folded[0]} {''.join(folded[1:])}"
    elif len(folded) == 2 and folded[0] in _formal() and not keys:
        yield f"formal|{_formal()[folded[0]]} {folded[1]}"


def name_keys(name: str, kind: EntityType) -> Iterator[str]:
    """Yield the keys of a name of any kind; those of places and bodies are whole words only."""
    if kind == "person":
        yield from person_keys(name)
    elif kind in ("place", "organization"):
        for system, read in THING_KEYS:
            yield from (f"{system}|{key}" for key in read(names.tidy(name)))


def contradict(one: str, other: str) -> bool:
    """Return whether two full names can't be one person's though a third name fits both.

    So do names in one script that differ, patronymics, and the given names behind initials.

    >>> contradict("Sergei Borisovich Ivanov", "Sergei Sergeyevich Ivanov")
    True
    """
    for told in (_native_forms, spellings_slavic.fathers, _full_given):
        mine, theirs = told(one), told(other)
        if mine and theirs and not mine & theirs:
            return True
    return False


def _native_forms(name: str) -> frozenset[str]:
    """Return a name as its own script writes it, told apart by script."""
    hangul, han = spellings_korean.native(name), spellings_chinese.native(name)
    return frozenset(["hangul " + hangul] if hangul else ["han " + han] if han else [])


def _full_given(name: str) -> frozenset[str]:
    """Return the given name of a name with a patronymic: initials alone can't tell it."""
    return spellings_slavic.given_names(name) if spellings_slavic.fathers(name) else frozenset()


@cache
def _formal() -> dict[str, str]:
    """Return the one full given name of each pet name that has only one, and of itself."""
    table: dict[str, str] = {}
    for pet, formal in lexicons.load("given_names")["nicknames"].items():
        if len(formal) == 1 and re.fullmatch(r"\w+", formal[0]):
            table[names.key(pet)] = names.key(formal[0])
    return {**table, **{formal: formal for formal in table.values()}}
