"""A folder's extractions in, its entities out, the editors' decisions applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b

from generator.model import Decision, Entity, Extraction, Problem
from generator.resolve.blocking import Blocking, blocking_of, find_blocks
from generator.resolve.curated import curate, without_parts
from generator.resolve.decided import decide
from generator.resolve.entities import with_ids
from generator.resolve.groups import Local
from generator.resolve.joining import join_blocks
from generator.resolve.locals import find_locals
from generator.resolve.owners import with_main_type, with_owner
from generator.resolve.published import Published
from generator.resolve.told_owners import spoken_of
from generator.rows import pack
from generator.tasks import Mapped, here


@dataclass(frozen=True, slots=True)
class Alone:
    """What one article tells of who is who: the things it names, the countries it speaks of.

    `seals` holds a digest of each part, whatever the article's id.
    """

    parts: tuple[Local, ...]
    spoken: dict[str, int]
    blocking: Blocking
    seals: tuple[bytes, ...]

    def under(self, article: str) -> Alone:
        """Return the same of an article of another id."""
        return replace(self, parts=tuple(part.under(article) for part in self.parts))


def find_alone(extraction: Extraction) -> Alone:
    """Return what an article by itself tells of who is who."""
    spoken = spoken_of([extraction])[extraction.article]
    parts = find_locals(extraction)
    seals = tuple(_seal(part.under("")) for part in parts)
    return Alone(parts, dict(spoken), blocking_of(parts), seals)


@dataclass(frozen=True, slots=True)
class Things:
    """What a folder names, as entities without ids, and what is wrong with the decisions."""

    drafts: tuple[Entity, ...]
    problems: tuple[Problem, ...]


def resolve(
    extractions: Sequence[Extraction],
    decisions: Sequence[Decision] = (),
    before: Published | None = None,
    taken: Iterable[str] = (),
    mapped: Mapped = here,
) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Return the entities, sorted by id, and the decisions that fit nothing.

    `before` is what has been published; `taken` are ids not to use.
    """
    before = before or Published()
    alone = [find_alone(extraction) for extraction in extractions]
    things = find_things(alone, extractions, decisions, before, mapped)
    return make_entities(things, extractions, decisions, before, taken)


def find_things(
    alone: Sequence[Alone],
    extractions: Sequence[Extraction],
    decisions: Sequence[Decision],
    before: Published,
    mapped: Mapped = here,
) -> Things:
    """Return the things that articles name; `alone` is what each by itself tells.

    `mapped` runs what is done to each block of names alone.
    """
    before, _ = without_parts(before, decisions)
    spoken = {e.article: Counter(one.spoken) for e, one in zip(extractions, alone, strict=True)}
    own = [part for one in alone for part in one.parts]
    parts = with_owner(with_main_type(own), spoken)
    decided = decide(parts, decisions, before)
    blocks = find_blocks(len(parts), _blocking(alone, own, parts), decided.joins)
    drafts, lost = join_blocks(parts, _seals(alone, own, parts), blocks, decided, mapped)
    return Things(tuple(drafts), (*lost, *decided.problems))


def make_entities(
    things: Things,
    extractions: Sequence[Extraction],
    decisions: Sequence[Decision],
    before: Published,
    taken: Iterable[str],
) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Return the things as entities, sorted by id, and the decisions that fit nothing."""
    taken = frozenset(taken)
    by_article = {extraction.article: extraction for extraction in extractions}
    whole, parts_of_splits = without_parts(before, decisions)
    entities = with_ids(things.drafts, by_article, whole, taken | parts_of_splits)
    entities, problems = curate(entities, decisions, by_article, before, taken)
    return entities, (*things.problems, *problems)


def _blocking(
    alone: Iterable[Alone], own: Sequence[Local], parts: Sequence[Local]
) -> list[tuple[Blocking, Sequence[int]]]:
    """Return the blocking keys of all parts; anew for those that the folder sees otherwise.

    Keys that such a part had by itself stay beside: they can only make a block larger.
    """
    found: list[tuple[Blocking, Sequence[int]]] = []
    start = 0
    for one in alone:
        found.append((one.blocking, range(start, start + len(one.parts))))
        start += len(one.parts)
    seen = zip(own, parts, strict=True)
    changed = [i for i, (part, now) in enumerate(seen) if part is not now]
    found.append((blocking_of(parts[i] for i in changed), changed))
    return found


def _seals(alone: Iterable[Alone], own: Sequence[Local], parts: Sequence[Local]) -> list[bytes]:
    """Return a digest of each part with its article, as the folder sees it."""
    seals = (seal for one in alone for seal in one.seals)
    return [
        (seal if now is part else _seal(now)) + now.article.encode("utf-8", "surrogatepass")
        for seal, part, now in zip(seals, own, parts, strict=True)
    ]


def _seal(part: Local) -> bytes:
    return blake2b(pack(part), digest_size=16).digest()
