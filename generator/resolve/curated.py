"""Entities after every split, entity, type, rename and drop decision, in whatever order.

Words are looked up among the entities as the program made them, so that no decision hides
another's target. Each decision becomes changes of one field of one entity; where two want
different values, none is made and both lines are named.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from generator import names
from generator.model import Decision, Entity, Extraction, Problem
from generator.references import References, contradiction, unfit
from generator.resolve.published import Published

# Decisions that speak of a card by name or id, and the key that holds the word.
_SPEAKS_OF = {"set": "id", "claim": "who", "retract": "who", "accept": "who"}
_AS_MADE = "the card stays as the program makes it"


@dataclass(frozen=True, slots=True)
class _Change:
    """One field of one entity, and the value a decision wants there."""

    id: str
    field: str  # name type drop
    value: str
    decision: Decision


def curate(
    entities: Iterable[Entity],
    decisions: Iterable[Decision],
    extractions: Mapping[str, Extraction],
    before: Published,
    taken: Iterable[str],
) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Return the entities as editors want them, sorted by id, and the decisions that fit nothing.

    `taken` are ids that nothing new may get.
    """
    ordered = sorted(decisions, key=_canonical)
    table = {entity.id: entity for entity in entities}
    references = References(table.values())
    free = _Addresses({*taken, *table, *before.name}, before)
    problems = [*_split_all(ordered, table, references, extractions, free)]
    changes = [*_added(ordered, table, references, free)]
    for decision in ordered:
        found, faults = _changes(decision, references)
        changes += found
        problems += faults
    sound, clashes = _without_clashes(changes, ordered, references)
    for change in sound:
        table[change.id] = _changed(table[change.id], change)
    for change in sound:
        if change.field == "drop":
            del table[change.id]
    return tuple(table[id] for id in sorted(table)), (*problems, *clashes)


def _canonical(decision: Decision) -> str:
    """Sort decisions by what they say, wherever they stand."""
    return json.dumps([decision.kind, decision.value], sort_keys=True, ensure_ascii=False)


@dataclass(slots=True)
class _Addresses:
    """Gives ids to what editors add: the one it has had, else a free one."""

    taken: set[str]
    before: Published

    def give(self, name: str, kind: str, not_: Iterable[str] = ()) -> str:
        key = f"{kind}|{names.key(name)}"
        had = self.before.own.get(key)
        id = had if had and had not in not_ else names.unique_slug(name, kind, self.taken)
        self.taken.add(id)
        return id


# --- split


def _split_all(
    decisions: Sequence[Decision],
    table: dict[str, Entity],
    references: References,
    extractions: Mapping[str, Extraction],
    free: _Addresses,
) -> Iterator[Problem]:
    """Make every split, unless two want to split one entity in different ways."""
    wanted: dict[str, list[Decision]] = defaultdict(list)
    for decision in (d for d in decisions if d.kind == "split"):
        word = str(decision.value["id"])
        if fault := references.unclear(word):
            yield unfit(decision, fault)
        else:
            wanted[references.only(word)].append(decision)
    for id, splits in wanted.items():
        if len({_canonical(split) for split in splits}) > 1:
            about = f"how to split {id}"
            yield from (contradiction(splits[0], o, about, _AS_MADE) for o in splits[1:])
            continue
        parts = _parts(splits[0])
        yield from _not_named(splits[0], parts, table[id].mentions)
        for part in [*_split(parts, table[id], table, extractions, free)]:
            references.give(part.name, part.id)
            table[part.id] = part


def _parts(split: Decision) -> list[tuple[str, set[str]]]:
    return [(str(part["name"]), set(part["articles"])) for part in split.value["into"]]


def _split(
    named: Sequence[tuple[str, set[str]]],
    entity: Entity,
    table: Mapping[str, Entity],
    extractions: Mapping[str, Extraction],
    free: _Addresses,
) -> Iterator[Entity]:
    """Yield several entities for one, by article; the first has the id and what nobody claims."""
    rest = dict(entity.mentions)
    for name, articles in named[1:]:
        own = {article: rest.pop(article) for article in sorted(articles) if article in rest}
        id = free.give(name, entity.type, not_=table)
        part = replace(entity, id=id, former_ids=(), curated=("name",))
        yield _with_mentions(part, name, own, extractions)
    kept = replace(entity, curated=_also(entity, "name"))
    yield _with_mentions(kept, named[0][0], rest, extractions)


def _not_named(
    decision: Decision, parts: Sequence[tuple[str, set[str]]], named_in: Iterable[str]
) -> Iterator[Problem]:
    for article in sorted(set().union(*(articles for _, articles in parts)) - set(named_in)):
        todo = "mend the article's id, or leave it out"
        yield unfit(decision, f"{article!r} does not name it", todo)


def without_parts(
    before: Published, decisions: Iterable[Decision]
) -> tuple[Published, frozenset[str]]:
    """Return what was published less the parts of splits, which are made anew, and their ids.

    What a part was called, and where, the whole is called there: it is split again.
    """
    decisions = tuple(decision for decision in decisions if decision.kind == "split")
    if not decisions:
        return before, frozenset()
    names_of_parts = {names.key(name) for decision in decisions for name, _ in _parts(decision)[1:]}
    gone = {id for id, name in before.name.items() if names.key(name) in names_of_parts}
    whole_of = _wholes(before, decisions)
    articles = dict(before.articles)
    for part, whole in whole_of.items():
        articles[whole] = articles.get(whole, frozenset()) | before.articles.get(part, frozenset())
    aliases = {key: whole_of.get(id, id) for key, id in before.aliases.items()}
    bearers = {key: tuple(i for i in ids if i not in gone) for key, ids in before.bearers.items()}
    rest = replace(
        before,
        own={key: id for key, id in before.own.items() if id not in gone},
        aliases={key: id for key, id in aliases.items() if id not in gone},
        articles=articles,
        bearers={key: ids for key, ids in bearers.items() if ids},
        cards={id: card for id, card in before.cards.items() if id not in gone},
    )
    return rest, frozenset(gone)


def _wholes(before: Published, decisions: Iterable[Decision]) -> dict[str, str]:
    """Return, by the id of each published part of a split, the id of what it was split off."""
    now = {former: id for id, ids in before.former.items() for former in ids}
    ids = {names.key(name): id for id, name in sorted(before.name.items())}
    wholes: dict[str, str] = {}
    for split in decisions:
        word, (first, *others) = str(split.value["id"]), _parts(split)
        known = word if word in before.name else now.get(word) or ids.get(names.key(word))
        whole = known or ids.get(names.key(first[0]))
        found = (ids.get(names.key(name)) for name, _ in others)
        wholes |= {part: whole for part in found if part and whole and part != whole}
    return wholes


def _with_mentions(
    entity: Entity,
    name: str,
    mentions: dict[str, tuple[int, ...]],
    extractions: Mapping[str, Extraction],
) -> Entity:
    """Return an entity with just these mentions, and the aliases that they use."""
    used = Counter(
        extractions[article].mentions[i].surface
        for article, indices in mentions.items()
        for i in indices
    )
    aliases = [name for name in (entity.name, *entity.aliases) if name in used]
    return replace(
        entity, name=name, mentions=mentions, aliases=tuple(a for a in aliases if a != name)
    )


# --- entity


def _added(
    decisions: Iterable[Decision],
    table: dict[str, Entity],
    references: References,
    free: _Addresses,
) -> Iterator[_Change]:
    """Add what no article names, give what is there its aliases; yield the types wanted."""
    added: dict[str, str] = {}
    for decision in (d for d in decisions if d.kind == "entity"):
        name, kind = str(decision.value["name"]), str(decision.value["type"])
        found = references.find(name)
        id = found[0] if len(found) == 1 else added.get(names.key(name), "")
        if not id:
            id = added[names.key(name)] = free.give(name, kind, not_=table)
            table[id] = Entity(id, kind, name, (), {}, curated=("name", "type"))  # type: ignore[arg-type]
            references.give(name, id)
        entity = table[id]
        more = tuple(a for a in decision.value.get("aliases", ()) if a != entity.name)
        aliases = tuple(dict.fromkeys([*entity.aliases, *more]))
        curated = _also(entity, "aliases") if aliases != entity.aliases else entity.curated
        table[id] = replace(entity, aliases=aliases, curated=curated)
        yield _Change(id, "type", kind, decision)


# --- rename, type, drop


def _changes(decision: Decision, references: References) -> tuple[list[_Change], list[Problem]]:
    """Return what a decision changes, and the words in it that mean nothing."""
    changes, problems = [], []
    for word, field, value in _wanted(decision):
        fault = _unclear(word, field, references)
        if fault and decision.kind != "set":  # which may speak of an article
            problems.append(unfit(decision, fault))
        elif not fault:
            changes.append(_Change(references.only(word), field, value, decision))
    return changes, problems


def _wanted(decision: Decision) -> Iterator[tuple[str, str, str]]:
    """Yield word, field and value for everything a decision wants."""
    if decision.kind == "drop":
        yield from ((word, "drop", "") for word in decision.value)
    elif decision.kind in ("rename", "type"):
        field = "name" if decision.kind == "rename" else "type"
        yield from ((word, field, value) for word, value in decision.value.items())
    elif decision.kind == "set":
        word = str(decision.value["id"])
        fields = {"name": "name", "type": "type"}
        yield from ((word, f, str(decision.value[f])) for f in fields if f in decision.value)


def _unclear(word: str, field: str, references: References) -> str | None:
    fault = references.unclear(word)
    if fault or field != "drop" or references.bearers(word):
        return fault
    id = references.only(word)
    return f"{word!r} is only another name of {id}: write its id to drop the whole card"


def _without_clashes(
    changes: Iterable[_Change], decisions: Sequence[Decision], references: References
) -> tuple[list[_Change], list[Problem]]:
    """Return the changes that nothing contradicts, and a warning for those that clash."""
    wanted: dict[tuple[str, str], list[_Change]] = defaultdict(list)
    for change in changes:
        wanted[change.id, change.field].append(change)
    sound, problems = [], []
    for (id, field), found in wanted.items():
        values = {change.value: change for change in reversed(found)}
        if len(values) == 1:
            sound.append(found[0])
            continue
        first, *others = sorted(values.values(), key=lambda c: c.value)
        about = f"the {field} of {id}"
        problems += [contradiction(first.decision, o.decision, about, _AS_MADE) for o in others]
    spoken = _spoken_of(changes, decisions, references)
    for drop in [change for change in sound if change.field == "drop"]:
        users = spoken.get(drop.id, [])
        if users:
            sound.remove(drop)
            problems += [contradiction(drop.decision, o, drop.id, _AS_MADE) for o in users]
    return sound, problems


def _spoken_of(
    changes: Iterable[_Change], decisions: Iterable[Decision], references: References
) -> dict[str, list[Decision]]:
    """Return by id the decisions that need a card to be there."""
    spoken: dict[str, list[Decision]] = defaultdict(list)
    for change in changes:
        if change.field != "drop":
            spoken[change.id].append(change.decision)
    for decision in decisions:
        word = _SPEAKS_OF.get(decision.kind) or ("id" if decision.kind == "split" else "")
        if word and decision not in spoken[id := references.only(str(decision.value[word]))]:
            spoken[id].append(decision)
    return spoken


def _changed(entity: Entity, change: _Change) -> Entity:
    if change.field == "type":
        return replace(entity, type=change.value, curated=_also(entity, "type"))  # type: ignore[arg-type]
    if change.field == "name":
        aliases = dict.fromkeys([entity.name, *entity.aliases])
        return replace(
            entity, name=change.value, curated=_also(entity, "name"),
            aliases=tuple(a for a in aliases if a != change.value),
        )  # fmt: skip
    return entity


def _also(entity: Entity, field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*entity.curated, field]))
