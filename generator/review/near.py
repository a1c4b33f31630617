"""Names that look like one thing's: found by keys they share, never by comparing all with all."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from generator import names
from generator.model import Entity
from generator.review.lookalikes import skeleton
from generator.review.matter import Matter

# A shorter name is another one by its letters: 'Iran' and 'Iraq'.
LONG = 9
# How many of one key are held against one another; beyond, each against the most named.
MOST = 6

_SMALL = frozenset("of the for and in on at de du des".split())
_ACRONYM = re.compile(r"[A-Z]{3,7}")

Pair = tuple[str, str]
Finder = Callable[[Matter], Iterator[Pair]]


def near_pairs(matter: Matter) -> dict[Pair, str]:
    """Return pairs of ids, each with the first reason that finds it."""
    found: dict[Pair, str] = {}
    for reason, find in FINDERS.items():
        for one, other in find(matter):
            if one != other:
                found.setdefault((min(one, other), max(one, other)), reason)
    return found


# --- one function per reason


def lookalike(matter: Matter) -> Iterator[Pair]:
    """Names that print alike though their letters differ."""
    spelled: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity in matter.entities:
        for name in (entity.name, *entity.aliases):
            spelled[skeleton(name), names.key(name)].add(entity.id)
    printed: dict[str, list[set[str]]] = defaultdict(list)
    for (shape, _), ids in spelled.items():
        printed[shape].append(ids)
    for groups in printed.values():
        if len(groups) > 1:
            apart = {id for ids in groups for id in ids}
            yield from (p for p in _pairs(matter, apart) if not any(set(p) <= g for g in groups))


def namesakes(matter: Matter) -> Iterator[Pair]:
    """People of one full name."""
    for entity in matter.entities:
        for other in entity.namesakes[:MOST]:
            yield entity.id, other


def same_name(matter: Matter) -> Iterator[Pair]:
    """Things of one kind and one name, unless each is known to be somebody else's."""
    for one, other in _alike(matter, lambda entity: _keys(entity.name)):
        if _type(matter, one) == _type(matter, other) and not _owned_apart(matter, one, other):
            yield one, other


def two_types(matter: Matter) -> Iterator[Pair]:
    """One name, taken for a place here and for a product there."""
    for one, other in _alike(matter, lambda entity: _keys(entity.name)):
        if _type(matter, one) != _type(matter, other):
            yield one, other


def same_alias(matter: Matter) -> Iterator[Pair]:
    """A name of the one that the other is called by, too."""
    for one, other in _alike(matter, lambda e: {k for n in (e.name, *e.aliases) for k in _keys(n)}):
        if _type(matter, one) == _type(matter, other) and not _owned_apart(matter, one, other):
            own = {names.key(matter.by_id[id].name) for id in (one, other)}
            if any(matter.bearers[key] >= {one, other} for key in own):
                yield one, other


def same_spelling(matter: Matter) -> Iterator[Pair]:
    """Names that two systems of romanisation make of one."""

    def keys(entity: Entity) -> Iterable[str]:
        spelled = matter.helpers.spelling_keys
        found = (k for n in (entity.name, *entity.aliases) for k in spelled(n, entity.type))
        return (f"{entity.type}|{key}" for key in found)

    for one, other in _alike(matter, keys):
        if not _owned_apart(matter, one, other):
            yield one, other


def same_sound(matter: Matter) -> Iterator[Pair]:
    """People whose names sound alike, stand in another order, or are short for one another."""

    def keys(entity: Entity) -> Iterable[str]:
        called = (entity.name, *entity.aliases) if entity.type == "person" else ()
        return (key for name in called for key in matter.helpers.sound_keys(name))

    yield from _alike(matter, keys)


def same_words(matter: Matter) -> Iterator[Pair]:
    """'National Museum of Iraq' and 'Iraq National Museum'."""

    def keys(entity: Entity) -> Iterable[str]:
        words = sorted(set(names.key(entity.name).split()) - _SMALL)
        return [f"{entity.type}|{' '.join(words)}"] if len(words) > 1 else []

    for one, other in _alike(matter, keys):
        if not _owned_apart(matter, one, other):
            yield one, other


def acronym(matter: Matter) -> Iterator[Pair]:
    """'MOTIE' and 'Ministry of Trade, Industry and Energy'."""
    lone: dict[str, str] = {}
    for entity in matter.entities:
        if entity.type == "organization" and _ACRONYM.fullmatch(entity.name):
            lone.setdefault(entity.name, entity.id)
    for entity in matter.entities:
        words = re.findall(r"\w+", entity.name) if entity.type == "organization" else []
        if len(words) > 2:
            capitals = "".join(word[0] for word in words if word[0].isupper())
            for letters in {capitals, "".join(w[0] for w in words if w != "and").upper()}:
                if letters in lone and not _owned_apart(matter, lone[letters], entity.id):
                    yield lone[letters], entity.id


def initials(matter: Matter) -> Iterator[Pair]:
    """'M. Lin' and 'Lin Mei-hua', whichever of the Lins is named most."""
    full: dict[str, set[str]] = defaultdict(set)
    short: dict[str, str] = {}
    for entity in matter.entities:
        words = names.key(entity.name).split() if entity.type == "person" else []
        if len(words) == 2 and len(words[0]) == 1 < len(words[1]):
            short.setdefault(" ".join(words), entity.id)
        elif len(words) > 1:
            full[f"{words[0][0]} {words[-1]}"].add(entity.id)
            full[f"{words[1][0]} {words[0]}"].add(entity.id)
    for key, id in short.items():
        if full[key]:
            yield id, max(sorted(full[key]), key=lambda other: matter.weight(matter.by_id[other]))


def near_spelling(matter: Matter) -> Iterator[Pair]:
    """Long names that differ by one letter: left out, put in, changed, or two turned round."""
    spelled: dict[str, set[str]] = defaultdict(set)
    for entity in matter.entities:
        for name in (entity.name, *entity.aliases):
            key = names.key(name)
            if len(key) >= LONG and (entity.type != "person" or " " in key):
                spelled[f"{entity.type}|{key}"].add(entity.id)
    shared: dict[str, list[str]] = defaultdict(list)
    for key in spelled:
        for shorter in dict.fromkeys([key, *(key[:i] + key[i + 1 :] for i in range(len(key)))]):
            shared[shorter].append(key)
    for keys in shared.values():
        for i, one in enumerate(keys[:MOST]):
            for other in keys[i + 1 : MOST]:
                if differ_by_one(one, other):
                    yield from (
                        (a, b) for a in sorted(spelled[one]) for b in sorted(spelled[other])
                    )


def beginning(matter: Matter) -> Iterator[Pair]:
    """'Artyom' and 'Artyom-Primorsky', "Workers' Party" and "Workers' Party of Korea"."""
    yield from _parts(matter, lambda words: (words[:n] for n in range(1, len(words))))


def ending(matter: Matter) -> Iterator[Pair]:
    """'Panel of Experts' and 'UN Panel of Experts'; of people, 'Shoigu' and 'Sergei Shoigu'."""
    yield from _parts(matter, lambda words: (words[n:] for n in range(1, len(words))))


FINDERS: dict[str, Finder] = {
    "lookalike": lookalike,
    "namesakes": namesakes,
    "same name": same_name,
    "two types": two_types,
    "same alias": same_alias,
    "same spelling": same_spelling,
    "same sound": same_sound,
    "same words": same_words,
    "acronym": acronym,
    "initials": initials,
    "near spelling": near_spelling,
    "beginning": beginning,
    "ending": ending,
}


# --- by what names share


def _keys(name: str) -> list[str]:
    key = names.key(name)
    return [key] if key else []


def _type(matter: Matter, id: str) -> str:
    return matter.by_id[id].type


def _owned_apart(matter: Matter, one: str, other: str) -> bool:
    """Return whether two bodies are known to be two countries'."""
    mine, theirs = matter.by_id[one].owner, matter.by_id[other].owner
    return bool(mine and theirs and mine != theirs)


def _alike(matter: Matter, keys: Callable[[Entity], Iterable[str]]) -> Iterator[Pair]:
    """Yield the pairs that share a key."""
    blocks: dict[str, set[str]] = defaultdict(set)
    for entity in matter.entities:
        for key in keys(entity):
            blocks[key].add(entity.id)
    for ids in blocks.values():
        if len(ids) > 1:
            yield from _pairs(matter, ids)


def _pairs(matter: Matter, ids: Iterable[str]) -> Iterator[Pair]:
    """Yield all pairs of a few; of many, each with the one that is named most."""
    order = sorted(ids, key=lambda id: (-matter.weight(matter.by_id[id]), id))
    for i, one in enumerate(order):
        if i == 0 or len(order) <= MOST:
            yield from ((one, other) for other in order[i + 1 :])


def _parts(matter: Matter, cut: Callable[[list[str]], Iterable[list[str]]]) -> Iterator[Pair]:
    """Yield each name that is a part of others' with the one of them that is named most."""
    whole: dict[tuple[str, str], set[str]] = defaultdict(set)
    for entity in matter.entities:
        whole[entity.type, names.key(entity.name)].add(entity.id)
    fuller: dict[str, set[str]] = defaultdict(set)
    for entity in matter.entities:
        for part in cut(names.key(entity.name).split()):
            for short in whole.get((entity.type, " ".join(part)), ()):
                if not _owned_apart(matter, short, entity.id):
                    fuller[short].add(entity.id)
    for short, ids in fuller.items():
        yield short, max(sorted(ids), key=lambda id: matter.weight(matter.by_id[id]))


def differ_by_one(one: str, other: str) -> bool:
    """Return whether one letter makes the difference, and no digit does.

    >>> differ_by_one("pyongyang", "pyognyang"), differ_by_one("article 22", "article 23")
    (True, False)
    """
    start = _shared(one, other)
    end = _shared(one[start:][::-1], other[start:][::-1])
    mine, theirs = one[start : len(one) - end], other[start : len(other) - end]
    if re.search(r"\d", mine + theirs) or max(len(mine), len(theirs)) > 2:
        return False
    if len(mine) == 2 == len(theirs):
        return mine == theirs[::-1]
    return len(mine) < 2 and len(theirs) < 2 and mine != theirs


def _shared(one: str, other: str) -> int:
    """Return how many letters two texts begin with alike."""
    for i, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return i
    return min(len(one), len(other))
