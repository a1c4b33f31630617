"""Clusters become entities: a name, a type, aliases, and an id that stays."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator import bodies, countries, names
from generator.model import Entity, EntityType, Extraction
from generator.resolve import people
from generator.resolve.kept_ids import keep_ids
from generator.resolve.places import optional_heads
from generator.resolve.published import Published
from generator.resolve.unions import Cluster


def with_ids(
    drafts: Iterable[Entity],
    extractions: Mapping[str, Extraction],
    before: Published,
    taken: Iterable[str],
) -> tuple[Entity, ...]:
    """Return the drafts as entities, sorted by id; `taken` are ids nothing may get."""
    told = _told_apart(sorted(drafts, key=_weight))
    entities = with_namesakes(keep_ids(told, extractions, before, taken))
    return tuple(sorted(entities, key=lambda entity: entity.id))


def with_namesakes(entities: list[Entity]) -> list[Entity]:
    """Note the people of one full name that were kept apart, for an editor to look at."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        for key in _full_keys(entity):
            bearers[key].add(entity.id)
    return [_with_namesakes(entity, bearers) for entity in entities]


def _with_namesakes(entity: Entity, bearers: Mapping[str, set[str]]) -> Entity:
    """Return the entity, as it is if its namesakes are known, as they are where it has none."""
    keys = _full_keys(entity)
    others = set().union(*map(bearers.__getitem__, keys)) - {entity.id}
    namesakes = tuple(sorted(others)) if keys else entity.namesakes
    return entity if namesakes == entity.namesakes else replace(entity, namesakes=namesakes)


def _full_keys(entity: Entity) -> set[str]:
    if entity.type != "person":
        return set()
    return {key for n in (entity.name, *entity.aliases) if " " in (key := names.key(n))}


def draft(cluster: Cluster, kept: Mapping[str, str]) -> Entity:
    """Return what is known of a cluster, as an entity without an id.

    `kept` maps keys of names that editors merged to the name to print.
    """
    counts = _counts(cluster)
    kind = Counter(part.type for part in cluster.parts).most_common(1)[0][0]
    owner = next((part.owner for part in cluster.parts if part.owner), None)
    keys = (names.key(n) for part in cluster.parts for n in part.names) if kept else ()
    decided = next((kept[key] for key in keys if key in kept), None)
    name = decided or _name(kind, counts)
    mentions: dict[str, tuple[int, ...]] = {}
    for part in cluster.parts:
        known = mentions.get(part.article)
        mentions[part.article] = tuple(sorted({*known, *part.mentions})) if known else part.mentions
    because = dict.fromkeys(m for part in cluster.parts for m in part.because)
    because |= dict.fromkeys(cluster.because)
    return Entity(
        "", kind, name, _aliases(name, kind, counts), dict(sorted(mentions.items())),
        tuple(sorted(because, key=lambda m: (m.rule, m.merged))), owner=owner,
    )  # fmt: skip


def _counts(cluster: Cluster) -> Counter[str]:
    """Return how often each form stands in the text, the fuller form around it too."""
    counts: Counter[str] = Counter()
    for part in cluster.parts:
        for name, count in zip(part.names, part.counts, strict=True):
            counts[name] += count
    return counts


def _name(kind: EntityType, counts: Counter[str]) -> str:
    country = (
        next((c for n in counts if (c := countries.named(n))), None) if kind == "place" else None
    )
    if country:
        return country.name
    long = -1 if kind == "person" else 0  # of two forms of a name seen as often, the longer
    return min(
        counts,
        key=lambda name: (*_rank(kind, name, counts), -counts[name], long * len(name), name),
    )


_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def _rank(kind: EntityType, name: str, counts: Counter[str]) -> tuple[int, ...]:
    """Return how far a form is from being the one to print: full names first."""
    words = names.key(name).split()
    loud = _is_louder(name, counts)
    if kind == "person":
        return (len(words) < 2 or _is_family_alone(words, counts), loud, not _LATIN.search(name))
    if kind == "organization":
        spelled_out = [n for n in counts if " " in n]
        apart = not any(words[0] in names.key(n).split() for n in spelled_out)
        shout = len(words) == 1 and (name.isupper() or apart)  # an acronym, or used like one
        seldom = shout and any(counts[name] <= 3 * counts[n] for n in spelled_out)
        bare = bodies.is_generic(name) and any(
            name in other and not bodies.is_generic(other) for other in counts
        )
        longer = any(
            names.key(other).startswith(names.key(name) + " ") for other in counts if other != name
        )
        return (bare or seldom, loud, longer and not shout)
    if kind == "place":
        fuller = [n for n in counts if n != name and n.startswith(f"{name} ")]
        return (loud, any(counts[n] * 3 >= counts[name] for n in fuller))
    return (loud,)


def _is_family_alone(words: list[str], counts: Counter[str]) -> bool:
    """Return whether a name lacks the given name before it: 'García Márquez'."""
    if words[0] in people.given_names():
        return False
    ending = " " + " ".join(words)
    return any(names.key(other).endswith(ending) for other in counts)


def _is_louder(name: str, counts: Counter[str]) -> bool:
    """Return whether another form is this one without a dateline's or headline's capitals."""
    capitals = sum(char.isupper() for char in name)
    twins = (other for other in counts if names.key(other) == names.key(name))
    return any(sum(char.isupper() for char in other) < capitals for other in twins)


def _aliases(name: str, kind: EntityType, counts: Counter[str]) -> tuple[str, ...]:
    found = sorted((n for n in counts if n != name), key=lambda n: (-counts[n], n))
    country = countries.named(name) if kind == "place" else None
    known = [*country.aliases, *country.native] if country else []
    if kind == "place" and not country:
        known = _without_head(name)
    return tuple(dict.fromkeys(n for n in [*found, *known] if n != name))


def _without_head(name: str) -> list[str]:
    core, _, head = name.rpartition(" ")
    return [core] if core and names.fold(head) in optional_heads() else []


def _weight(entity: Entity) -> tuple[object, ...]:
    """Sort what is named most first: it gets the plain name and address."""
    first = next(iter(entity.mentions.items()), ())
    return (-sum(map(len, entity.mentions.values())), entity.name, entity.type, first)


def _told_apart(drafts: list[Entity]) -> list[Entity]:
    """Add its country to a body's name where two bodies would print alike."""
    same: dict[str, list[int]] = defaultdict(list)
    for i, draft in enumerate(drafts):
        same[names.key(draft.name)].append(i)
    told = list(drafts)
    for indices in same.values():
        for i in indices if len(indices) > 1 else ():
            owner = drafts[i].owner
            if owner and owner not in drafts[i].name:
                full = f"{drafts[i].name} ({owner})"
                told[i] = replace(
                    drafts[i], name=full, aliases=(drafts[i].name, *drafts[i].aliases)
                )
    return told
