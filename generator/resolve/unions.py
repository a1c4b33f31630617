"""Parts of articles joined into things of the folder, each join with its reason."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product

from generator import names
from generator.model import Merge
from generator.resolve import spellings
from generator.resolve.locals import Local

# How many forms of each side are held against the other's: more tell nothing new.
MOST_FORMS = 12


@dataclass(frozen=True, slots=True)
class Cluster:
    """One thing across the folder: its per-article parts and why they are one."""

    parts: tuple[Local, ...]
    because: tuple[Merge, ...]


class Union:
    """Disjoint sets of parts, with the reason of each join."""

    def __init__(self, parts: list[Local], apart: list[set[str]]) -> None:
        self.parts = parts
        self.parent = list(range(len(parts)))
        self.because: dict[int, list[Merge]] = defaultdict(list)
        self.apart = apart
        self.forms = [set(part.names) for part in parts]
        self.keys = [{names.key(name) for name in part.names} for part in parts]

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, a: int, b: int, rule: str) -> None:
        root, other = sorted((self.find(a), self.find(b)))
        if root == other or self._kept_apart(root, other):
            return
        if rule == "romanisation" and self._contradict(root, other):
            return
        first, second = self.parts[a].names[0], self.parts[b].names[0]
        if first != second:
            self.because[root].append(Merge((first, second), rule))
        self.because[root] += self.because.pop(other, [])
        self.parent[other] = root
        self.keys[root] |= self.keys[other]
        self.forms[root] |= self.forms[other]

    def _contradict(self, a: int, b: int) -> bool:
        """Return whether names on either side can't be one person's, whatever their keys say."""
        pairs = product(sorted(self.forms[a])[:MOST_FORMS], sorted(self.forms[b])[:MOST_FORMS])
        return any(spellings.contradict(one, other) for one, other in pairs)

    def join_named(self, keys: set[str], rule: str) -> None:
        bearing = [i for i in range(len(self.parts)) if self.keys[i] & keys]
        for i in bearing[1:]:
            self.join(bearing[0], i, rule)

    def _kept_apart(self, a: int, b: int) -> bool:
        for group in self.apart:
            mine, theirs = self.keys[a] & group, self.keys[b] & group
            if mine and theirs and mine != theirs:
                return True
        return False

    def clusters(self) -> list[Cluster]:
        members: dict[int, list[Local]] = defaultdict(list)
        for i, part in enumerate(self.parts):
            members[self.find(i)].append(part)
        return [
            Cluster(tuple(parts), tuple(dict.fromkeys(self.because.get(root, ()))))
            for root, parts in members.items()
        ]
