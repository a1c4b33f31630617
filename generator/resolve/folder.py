"""A folder's extractions in, its entities out, the editors' decisions applied."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from generator import names
from generator.model import Decision, Entity, Extraction, Problem
from generator.resolve.entities import make_entities
from generator.resolve.identities import find_clusters
from generator.resolve.locals import find_locals
from generator.resolve.published import Published
from generator.resolve.told_owners import spoken_of


def resolve(
    extractions: Sequence[Extraction],
    decisions: Sequence[Decision] = (),
    before: Published | None = None,
    taken: Iterable[str] = (),
) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Return the entities, sorted by id, and the decisions that fit nothing.

    `before` is what has been published; `taken` are ids not to use.
    """
    before = before or Published()
    by_article = {extraction.article: extraction for extraction in extractions}
    parts = [part for extraction in extractions for part in find_locals(extraction)]
    found = {name for part in parts for name in part.names}
    joined = [_as_names(d.value, before, found) for d in decisions if d.kind == "merge"]
    apart = [_as_names(d.value, before, found) for d in decisions if d.kind == "distinct"]
    spoken = spoken_of(extractions)
    clusters = find_clusters(parts, map(_flat, joined), map(_flat, apart), spoken)
    kept = {names.key(name): group[0][0] for group in joined for name in _flat(group)}
    entities = make_entities(clusters, by_article, before, taken, kept)
    return _curated(entities, decisions)


def _as_names(
    wanted: Sequence[str], before: Published, found: Iterable[str]
) -> tuple[tuple[str, ...], ...]:
    """Return, for each name or id, the names it stands for, the one to print first."""
    slugs: dict[str, list[str]] = {}
    for name in sorted(found):
        slugs.setdefault(names.slug(name), []).append(name)
    return tuple(
        (before.name[want],) if want in before.name else tuple(slugs.get(want, [want]))
        for want in wanted
    )


def _flat(groups: tuple[tuple[str, ...], ...]) -> tuple[str, ...]:
    return tuple(name for group in groups for name in group)


def _curated(
    entities: tuple[Entity, ...], decisions: Sequence[Decision]
) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Return the entities after every rename, type, drop and entity decision."""
    table = {entity.id: entity for entity in entities}
    problems: list[Problem] = []
    for kind in ("split", "entity", "type", "rename", "drop"):
        for decision in decisions:
            if decision.kind == kind:
                problems += _apply(decision, table)
    for decision in decisions:
        if decision.kind in ("merge", "distinct"):
            problems += _unknown(decision, decision.value, table)
    return tuple(sorted(table.values(), key=lambda e: e.id)), tuple(problems)


def _apply(decision: Decision, table: dict[str, Entity]) -> list[Problem]:
    if decision.kind == "entity":
        return _add(decision, table)
    if decision.kind == "split":
        return _split(decision, table)
    wanted = decision.value
    for want in wanted:
        entity = find_entity(want, table.values())
        if entity is None:
            continue
        if decision.kind == "drop":
            del table[entity.id]
        elif decision.kind == "type":
            table[entity.id] = replace(entity, type=wanted[want], curated=(*entity.curated, "type"))
        else:
            aliases = tuple(dict.fromkeys([entity.name, *entity.aliases]))
            table[entity.id] = replace(
                entity, name=wanted[want], curated=(*entity.curated, "name"),
                aliases=tuple(a for a in aliases if a != wanted[want]),
            )  # fmt: skip
    if decision.kind == "rename":
        wanted = list(wanted.values())
    return [] if decision.kind == "drop" else _unknown(decision, list(wanted), table)


def _split(decision: Decision, table: dict[str, Entity]) -> list[Problem]:
    """Make several entities of one by article; the first keeps the id and what nobody claims."""
    entity = find_entity(str(decision.value["id"]), table.values())
    if entity is None:
        return _unknown(decision, [str(decision.value["id"])], table)
    named = [(str(part["name"]), set(part["articles"])) for part in decision.value["into"]]
    unknown = sorted(set().union(*(articles for _, articles in named)) - set(entity.mentions))
    rest = dict(entity.mentions)
    for name, articles in named[1:]:
        taken = {article: rest.pop(article) for article in sorted(articles) if article in rest}
        id = names.unique_slug(name, entity.type, set(table))
        table[id] = replace(
            entity, id=id, name=name, aliases=(entity.name, *entity.aliases), mentions=taken,
            former_ids=(), curated=("name",),
        )  # fmt: skip
    aliases = (entity.name, *entity.aliases)
    table[entity.id] = replace(
        entity, name=named[0][0], aliases=tuple(a for a in aliases if a != named[0][0]),
        mentions=rest, curated=(*entity.curated, "name"),
    )  # fmt: skip
    todo = "mend the article's id, or leave it out"
    return [
        Problem(decision.file, decision.line, f"split: {article!r} does not name it", todo)
        for article in unknown
    ]


def _add(decision: Decision, table: dict[str, Entity]) -> list[Problem]:
    value = decision.value
    entity = find_entity(value["name"], table.values())
    aliases = tuple(value.get("aliases", ()))
    if entity is None:
        id = names.unique_slug(value["name"], value["type"], set(table))
        table[id] = Entity(id, value["type"], value["name"], aliases, {}, curated=("name", "type"))
    else:
        merged = tuple(dict.fromkeys([*entity.aliases, *aliases]))
        table[entity.id] = replace(
            entity, type=value["type"], aliases=merged, curated=(*entity.curated, "type", "aliases")
        )
    return []


def find_entity(want: str, entities: Iterable[Entity]) -> Entity | None:
    """Return the entity of this id, else the one that bears this name."""
    entities = list(entities)
    key = names.key(want)
    for entity in entities:
        if entity.id == want or want in entity.former_ids:
            return entity
    for entity in entities:
        if key in {names.key(name) for name in (entity.name, *entity.aliases)}:
            return entity
    return None


def _unknown(
    decision: Decision, wanted: Sequence[str], table: Mapping[str, Entity]
) -> list[Problem]:
    todo = "mend the spelling, or delete the decision if it is no longer needed"
    return [
        Problem(decision.file, decision.line, f"{decision.kind}: no card is named {want!r}", todo)
        for want in wanted
        if find_entity(want, table.values()) is None
    ]
