"""The company names keep: who is named beside whom, and how telling that is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from generator import names
from generator.resolve.groups import Local

# What a name of the same article weighs against one of the same sentence.
FAR = 0.25


class NoCompany(Exception):
    """The company that parts keep is asked for, and wasn't told."""


@dataclass(frozen=True, slots=True)
class Company:
    """The keys of the names beside each part: in its sentences, and in its article.

    `spread` says in how many articles of the folder each key is named.
    """

    articles: tuple[str, ...]
    beside: tuple[tuple[str, ...], ...]
    around: dict[str, tuple[str, ...]]
    spread: dict[str, int]

    def shared(self, ones: Sequence[int], others: Sequence[int], own: Set[str]) -> float:
        """Return how much company two things share, told by some parts of each and their names.

        Rare names weigh more, and those of the same sentence.
        """
        near, far = (self._beside(ones) & self._beside(others)), self._around(ones)
        far &= self._around(others)
        return self._weight(near - own) + FAR * self._weight(far - own)

    def _beside(self, parts: Iterable[int]) -> set[str]:
        return set().union(*(self.beside[i] for i in parts))

    def _around(self, parts: Iterable[int]) -> set[str]:
        return set().union(*(self.around[self.articles[i]] for i in parts))

    def _weight(self, keys: Iterable[str]) -> float:
        # In order: a sum of fractions depends on it.
        return sum(1 / self.spread[key] for key in sorted(keys))


class Casts:
    """The casts of all articles, from which the company of any parts is told."""

    def __init__(self, parts: Sequence[Local]) -> None:
        self._parts = parts
        self._by_article: dict[str, list[Local]] = defaultdict(list)
        for part in parts:
            self._by_article[part.article].append(part)
        self._around = {
            article: frozenset(key for part in cast for key in _keys(part))
            for article, cast in self._by_article.items()
        }
        self._spread = Counter(key for keys in self._around.values() for key in keys)

    def company_of(self, indices: Iterable[int]) -> Company:
        """Return the company of some parts, in their order."""
        parts = [self._parts[i] for i in indices]
        around = {part.article: tuple(sorted(self._around[part.article])) for part in parts}
        beside = self._beside({part.article for part in parts})
        near = (
            set().union(*(beside[part.article, s] for s in part.sentences)) - _keys(part)
            for part in parts
        )
        wanted = sorted({key for keys in around.values() for key in keys})
        spread = {key: self._spread[key] for key in wanted}
        articles = tuple(part.article for part in parts)
        return Company(articles, tuple(tuple(sorted(keys)) for keys in near), around, spread)

    def _beside(self, articles: Iterable[str]) -> Mapping[tuple[str, int], set[str]]:
        found: dict[tuple[str, int], set[str]] = defaultdict(set)
        for article in articles:
            for part in self._by_article[article]:
                for sentence in part.sentences:
                    found[article, sentence] |= _keys(part)
        return found


def _keys(part: Local) -> set[str]:
    return {names.key(name) for name in part.names}
