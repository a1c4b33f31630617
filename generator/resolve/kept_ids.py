"""Ids that stay: each entity keeps the id of the card it was, a merged one the elder's.

Compared are names and the places where they stand. What a card of the last build was is one
entity now, or none; what several cards were may be one. An id that is gone comes back with its
thing; no id is ever given to another.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from generator import names
from generator.model import Entity, Extraction
from generator.resolve.published import KnownCard, Published, merged_into, name_key


@dataclass(frozen=True, slots=True)
class _Claim:
    """Why an entity may be what a card was: how much of it is there, and by which names."""

    entity: int
    id: str
    overlap: int
    proposed: bool
    own: bool
    same_type: bool
    bears: bool

    @property
    def rank(self) -> tuple[object, ...]:
        """Sort the best reason first."""
        doubts = (not self.overlap, not self.proposed, not self.own, not self.same_type)
        return (*doubts, -self.overlap, not self.bears, self.id, self.entity)


def keep_ids(
    entities: Sequence[Entity],
    extractions: Mapping[str, Extraction],
    before: Published,
    taken: Iterable[str] = (),
) -> list[Entity]:
    """Return the entities with the ids that stay, new ones for what is new, and former ids.

    An id that an entity has already is a proposal: it wins where the card of that id is at
    least partly this entity. `taken` are ids that nothing new may get.
    """
    claims = list(_claims(entities, extractions, before))
    ids, merged = _heirs(claims, entities, before)
    _add_returned(ids, entities, before)
    _add_new(ids, entities, before, set(taken))
    renamed = {entity.id: ids[i] for i, entity in enumerate(entities)}
    living = set(ids.values())
    taken_in = merged_into(before.history.fates.values())
    return [
        replace(
            entity,
            id=ids[i],
            former_ids=_former([ids[i], *merged.get(i, ())], before, taken_in, living),
            namesakes=tuple(sorted(renamed.get(id, id) for id in entity.namesakes)),
        )
        for i, entity in enumerate(entities)
    ]


def settle_ids(
    entities: Sequence[Entity],
    extractions: Iterable[Extraction],
    before: Published,
    taken: Iterable[str] = (),
) -> tuple[Entity, ...]:
    """Return the entities as editors left them, sorted by their final ids.

    A decision may have split a thing, renamed it, or given it another type.
    """
    by_article = {extraction.article: extraction for extraction in extractions}
    kept = keep_ids(entities, by_article, before, taken)
    return tuple(sorted(kept, key=lambda entity: entity.id))


# --- who may be what


def _claims(
    entities: Sequence[Entity], extractions: Mapping[str, Extraction], before: Published
) -> Iterator[_Claim]:
    """Yield a claim for each entity and card that share a place or, of one type, a name."""
    if not before.cards:
        return
    called: defaultdict[str, list[str]] = defaultdict(list)
    for card in before.cards.values():
        for key in card.keys:
            called[key].append(card.id)
    for i, entity in enumerate(entities):
        keys = {names.key(name) for name in (entity.name, *entity.aliases)}
        overlap = _overlap(entity, extractions, before)
        near = {*overlap, *(id for key in keys for id in called.get(key, ()))}
        for id in sorted(near):
            claim = _claim(i, entity, keys, before.cards[id], overlap[id])
            if claim.overlap or (claim.same_type and claim.bears):
                yield claim


def _overlap(
    entity: Entity, extractions: Mapping[str, Extraction], before: Published
) -> Counter[str]:
    """Return by id how much of each card is there: names and the sentences that hold them.

    A name counts for the article as a whole, too, which an edited text leaves as it was.
    """
    overlap: Counter[str] = Counter()
    for article, indices in entity.mentions.items():
        known = before.named_in.get(article)
        if not known:
            continue
        mentions = extractions[article].mentions
        named: dict[str, set[int]] = {}
        for i in indices:
            named.setdefault(names.key(mentions[i].surface), set()).add(mentions[i].sentence)
        for key, sentences in named.items():
            for id, theirs in known.get(key, ()):
                if id in before.cards:  # parts of splits are made anew
                    overlap[id] += 1 + sum(sentence in sentences for sentence in theirs)
    return overlap


def _claim(i: int, entity: Entity, keys: Set[str], card: KnownCard, overlap: int) -> _Claim:
    own = names.key(entity.name)
    return _Claim(
        i,
        card.id,
        overlap,
        entity.id == card.id,
        own == card.name,
        entity.type == card.type,
        card.name in keys or own in card.keys,
    )


# --- who is what


def _heirs(
    claims: Iterable[_Claim], entities: Sequence[Entity], before: Published
) -> tuple[dict[int, str], dict[int, list[str]]]:
    """Return the id of each entity that was a card, and the other cards that are it now."""
    by_card: defaultdict[str, list[_Claim]] = defaultdict(list)
    for claim in claims:
        by_card[claim.id].append(claim)
    serious = {id: _serious(group, entities, before) for id, group in sorted(by_card.items())}
    ids: dict[int, str] = {}
    given: set[str] = set()
    for claim in sorted((c for group in serious.values() for c in group), key=lambda c: c.rank):
        if claim.entity not in ids and claim.id not in given:
            ids[claim.entity] = claim.id
            given.add(claim.id)
    merged: defaultdict[int, list[str]] = defaultdict(list)
    for id, group in serious.items():
        best = min(group, key=lambda c: c.rank)
        if id not in given and best.overlap:
            merged[best.entity].append(id)
    for i, others in merged.items():
        elder = min([ids[i], *others], key=before.seniority)
        others[:] = [id for id in [ids[i], *others] if id != elder]
        ids[i] = elder
    return ids, merged


def _serious(claims: list[_Claim], entities: Sequence[Entity], before: Published) -> list[_Claim]:
    """Return the claims to one card that count: those that hold enough of it, if any holds some.

    Where editors take a merge back, the id stays with whom it was first: the other has had one
    of its own.
    """
    held = [claim for claim in claims if claim.overlap]
    if not held:
        return claims
    proposed = [claim for claim in held if claim.proposed]
    if proposed:
        return proposed
    firm = [c for c in held if not _had_another(entities[c.entity], c.id, before)] or held
    most = max(claim.overlap for claim in firm)
    return [claim for claim in firm if claim.overlap * 2 >= most or claim.own]


def _had_another(entity: Entity, id: str, before: Published) -> bool:
    """Return whether an entity had an id of its own before the card `id` took it in."""
    fates = before.history.fates
    former = (fates.get(old) for old in before.former.get(id, ()))
    key = name_key(entity.type, entity.name)
    return any(fate and name_key(fate.type, fate.name) == key for fate in former)


# --- what comes back, what is new


def _add_returned(ids: dict[int, str], entities: Sequence[Entity], before: Published) -> None:
    """Give those without an id the one that a thing of their name had and left."""
    gone: defaultdict[str, list[str]] = defaultdict(list)
    for fate in sorted(before.history.fates.values(), key=lambda f: before.seniority(f.id)):
        gone[names.key(fate.name)].append(fate.id)
    used = set(ids.values())
    for only_own in (True, False) if gone else ():
        for i, entity in enumerate(entities):
            bearing = (entity.name,) if only_own else entity.aliases
            had = (id for name in bearing for id in gone.get(names.key(name), ()))
            free = [id for id in had if id not in used and _is_back(entity, id, only_own, before)]
            if i not in ids and free:
                ids[i] = free[0]
                used.add(free[0])
    for i, entity in enumerate(entities if before.history.lost else ()):
        if i not in ids and (id := _lost_id(entity, used, before)):
            ids[i] = id
            used.add(id)


def _is_back(entity: Entity, id: str, own_name: bool, before: Published) -> bool:
    """Return whether a thing of that name is what was there: of its type, or in its article."""
    fate = before.history.fates[id]
    named = any(evidence.article in entity.mentions for evidence in fate.evidence)
    return named or (own_name and fate.type == entity.type)


def _lost_id(entity: Entity, used: Set[str], before: Published) -> str | None:
    """Return the first id made from an entity's name whose card nobody has seen go."""
    for id in _numbered(entity.name, entity.type):
        if id not in before.history.lost:
            return None
        if id not in used and entity.type in before.history.types[id]:
            return id
    return None


def _numbered(name: str, kind: str) -> Iterator[str]:
    """Yield the ids a name may get, in order: 'kursk', 'kursk-2' …"""
    passed: set[str] = set()
    for _ in itertools.count():
        id = names.unique_slug(name, kind, passed)
        passed.add(id)
        yield id


def _add_new(
    ids: dict[int, str], entities: Sequence[Entity], before: Published, taken: set[str]
) -> None:
    """Give all that is new an id that nothing ever had."""
    used = {*taken, *before.name, *before.history.types, *ids.values()}
    for i, entity in enumerate(entities):
        if i not in ids:
            fits = entity.id and entity.id not in used
            ids[i] = entity.id if fits else names.unique_slug(entity.name, entity.type, used)
            used.add(ids[i])


def _former(
    ids: list[str], before: Published, taken_in: Mapping[str, list[str]], living: Set[str]
) -> tuple[str, ...]:
    """Return the ids that lead to an entity now: those of cards it has taken in, and theirs."""
    open_, found = list(ids), set()
    while open_:
        one = open_.pop()
        if one not in found:
            found.add(one)
            open_ += [*before.former.get(one, ()), *taken_in.get(one, ())]
    return tuple(sorted(found - living))
