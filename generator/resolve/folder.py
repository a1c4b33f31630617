"""A folder's extractions in, its entities out, the editors' decisions applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator.model import Decision, Entity, Extraction, Problem
from generator.resolve.curated import curate, without_parts
from generator.resolve.entities import make_entities
from generator.resolve.groups import Local
from generator.resolve.identities import find_clusters
from generator.resolve.locals import find_locals
from generator.resolve.published import Published
from generator.resolve.told_owners import spoken_of


@dataclass(frozen=True, slots=True)
class Alone:
    """What one article tells of who is who: the things it names, the countries it speaks of."""

    parts: tuple[Local, ...]
    spoken: dict[str, int]

    def under(self, article: str) -> Alone:
        """Return the same of an article of another id."""
        parts = tuple(replace(part, article=article) for part in self.parts)
        return Alone(parts, self.spoken)


def find_alone(extraction: Extraction) -> Alone:
    """Return what an article by itself tells of who is who."""
    spoken = spoken_of([extraction])[extraction.article]
    return Alone(find_locals(extraction), dict(spoken))


def resolve(
    extractions: Sequence[Extraction],
    decisions: Sequence[Decision] = (),
    before: Published | None = None,
    taken: Iterable[str] = (),
    alone: Sequence[Alone] | None = None,
) -> tuple[tuple[Entity, ...], tuple[Problem, ...]]:
    """Return the entities, sorted by id, and the decisions that fit nothing.

    `before` is what has been published; `taken` are ids not to use; `alone` is what each
    article by itself tells, found here if it isn't given.
    """
    before, taken = before or Published(), frozenset(taken)
    by_article = {extraction.article: extraction for extraction in extractions}
    alone = alone or [find_alone(extraction) for extraction in extractions]
    parts = [part for one in alone for part in one.parts]
    spoken = {e.article: Counter(one.spoken) for e, one in zip(extractions, alone, strict=True)}
    whole, parts_of_splits = without_parts(before, decisions)
    clusters, decided = find_clusters(parts, decisions, whole, spoken)
    used = taken | parts_of_splits
    entities = make_entities(clusters, by_article, whole, used, decided.kept)
    entities, problems = curate(entities, decisions, by_article, before, taken)
    return entities, (*decided.problems, *problems)
