"""Parts of articles joined into things of the folder, each join with its reason."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from generator import names
from generator.model import Merge
from generator.resolve import spellings
from generator.resolve.company import Company, NoCompany
from generator.resolve.decided import Side
from generator.resolve.groups import Local
from generator.resolve.listed import listed_names
from generator.resolve.portraits import Portrait, alike, conflict

# How many forms of each side are held against the other's: more tell nothing new.
MOST_FORMS = 12
# How many people of one name, and articles of each, are weighed against one another.
MOST_CHOICES = 24
# How much better one choice must fit than the next.
MARGIN = 1.5
# What a portrait in common weighs against names in common.
ALIKE = 3.0
# How much two people must have in common to be joined by a key that many share.
IN_COMMON = 0.3

EDITORS = "editor's decision"


@dataclass(frozen=True, slots=True)
class Cluster:
    """One thing across the folder: its per-article parts and why they are one."""

    parts: tuple[Local, ...]
    because: tuple[Merge, ...]


class Union:
    """Disjoint sets of parts, with the reason of each join."""

    def __init__(
        self, parts: Sequence[Local], sides: Sequence[Iterable[Side]], company: Company | None
    ) -> None:
        self.parts = parts
        self.company = company
        self.parent = list(range(len(parts)))
        self.sets = len(parts)
        self.because: dict[int, list[Merge]] = defaultdict(list)
        self.sides = list(map(set, sides))
        self.forms = [set(part.names) for part in parts]
        self.own = [frozenset(names.key(name) for name in part.names) for part in parts]
        self.keys = [set(keys) for keys in self.own]
        self.portraits: list[Portrait] = [part.portrait for part in parts]
        self.members: list[list[int]] = [[i] for i in range(len(parts))]
        self.at: list[dict[str, list[int]]] = [{part.article: [i]} for i, part in enumerate(parts)]
        self.weight = [len(part.mentions) for part in parts]

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, a: int, b: int, rule: str) -> bool:
        """Make one thing of two parts' things, unless something keeps them apart."""
        root, other = sorted((self.find(a), self.find(b)))
        if root == other or not self.may_join(root, other, rule):
            return root == other
        first, second = self.parts[a].names[0], self.parts[b].names[0]
        if first != second:
            self.because[root].append(Merge((first, second), rule))
        self.because[root] += self.because.pop(other, [])
        self.parent[other] = root
        self.sets -= 1
        self.sides[root] |= self.sides[other]
        self.keys[root] |= self.keys[other]
        self.forms[root] |= self.forms[other]
        self.portraits[root] |= self.portraits[other]
        self.members[root] += self.members[other]
        few, many = sorted((self.at[root], self.at[other]), key=len)
        for article, indices in few.items():
            many.setdefault(article, []).extend(indices)
        self.at[root] = many
        self.weight[root] += self.weight[other]
        return True

    # --- what keeps two things apart

    def may_join(self, a: int, b: int, rule: str) -> bool:
        """Return whether nothing speaks against two roots being one."""
        if self._kept_apart(a, b):
            return False
        if rule == "spelling" and self._are_two_cities(a, b):
            return False
        if rule == EDITORS or self.parts[a].type != "person":
            return True
        one, other = self.portraits[a], self.portraits[b]
        if conflict(one, other) or self._are_rivals(a, b, rule):
            return False
        if one.generations != other.generations and not alike(one, other):
            return False
        return rule != "romanisation" or not self._contradict(a, b)

    def _are_two_cities(self, a: int, b: int) -> bool:
        """Return whether the gazetteer knows both names as different cities'."""
        one, other = (
            {listed for key in self.keys[i] for listed in listed_names().get(("place", key), ())}
            for i in (a, b)
        )
        return bool(one and other and not one & other)

    def _are_rivals(self, a: int, b: int, rule: str) -> bool:
        """Return whether an article names both, each as somebody else."""
        few, many = sorted((self.at[a], self.at[b]), key=len)
        return any(
            self._is_rival(i, j, rule)
            for article, indices in few.items()
            for i in indices
            for j in many.get(article, ())
        )

    def _is_rival(self, i: int, j: int, rule: str) -> bool:
        one, other = self.parts[i], self.parts[j]
        if one.number != other.number and self.own[i] & self.own[j]:
            return True
        if rule in SURE or not (self._is_full(i) and self._is_full(j)):
            return False
        if rule != "romanisation":
            return True  # an article spells one person one way
        told = one.portrait.has_calling and other.portrait.has_calling
        return told and not alike(one.portrait, other.portrait)

    def _is_full(self, i: int) -> bool:
        """Return whether a part has a name of more than initials and a surname."""
        return any(" " in key and key.index(" ") > 1 for key in self.own[i])

    def _contradict(self, a: int, b: int) -> bool:
        """Return whether names on either side can't be one person's, whatever their keys say."""
        pairs = product(sorted(self.forms[a])[:MOST_FORMS], sorted(self.forms[b])[:MOST_FORMS])
        return any(spellings.contradict(one, other) for one, other in pairs)

    def _kept_apart(self, a: int, b: int) -> bool:
        """Return whether editors made two different things of both."""
        if not self.sides[a] or not self.sides[b]:
            return False
        mine, theirs = dict(self.sides[a]), dict(self.sides[b])
        return any(theirs.get(number, which) != which for number, which in mine.items())

    # --- joining many

    def join_all(self, indices: Sequence[int], rule: str) -> None:
        for i in indices[1:]:
            self.join(indices[0], i, rule)

    def join_people(self, block: Sequence[int], rule: str, *, sure: bool = True) -> None:
        """Join the people of one key: first those described alike, then those that fit.

        Who fits several is left to the company kept, and alone if that doesn't tell. Unless
        the key is `sure`, nobody joins without something in common.
        """
        order = sorted({self.find(i) for i in block}, key=self._rank)
        drawn = [r for r in order if self.portraits[r].says_something]
        self._join_alike(drawn, rule)
        live = dict.fromkeys(map(self.find, drawn or order[:1] if sure else drawn or order))
        for root in order:
            live = dict.fromkeys(map(self.find, list(live)[:MOST_CHOICES]))
            self.join_best(root, live, rule, sure=sure)
        lost = [r for r in order if r not in live and self.find(r) == r and r not in drawn]
        for root in lost[1:] if sure else ():
            self.join(lost[0], root, rule)

    def _join_alike(self, roots: Sequence[int], rule: str) -> None:
        """Join those of whom one thing is said."""
        first: dict[str, list[int]] = defaultdict(list)
        for root in roots:
            for trait in sorted(self.portraits[root].traits):
                known = first[trait]
                if not any(
                    alike(self.portraits[self.find(root)], self.portraits[self.find(other)])
                    and self.join(other, root, rule)
                    for other in known
                ):
                    known[MOST_CHOICES:] = []
                    known.append(root)

    def join_best(self, root: int, choice: Iterable[int], rule: str, *, sure: bool = True) -> None:
        """Join a thing to the only one of a choice it can be, or to the one that fits by far."""
        root = self.find(root)
        others = (o for o in choice if o != root)
        open_to = [o for o in others if self.may_join(min(root, o), max(root, o), rule)]
        if sure and len(open_to) == 1:
            self.join(open_to[0], root, rule)
            return
        fits = sorted(
            ((self.fit(root, o), o) for o in open_to), key=lambda f: (-f[0], self._rank(f[1]))
        )
        if not fits or (not sure and fits[0][0] < IN_COMMON):
            return
        if len(fits) == 1 or fits[0][0] > MARGIN * fits[1][0]:
            self.join(fits[0][1], root, rule)

    def _rank(self, root: int) -> tuple[int, str, tuple[str, ...], int]:
        """Sort what is named most first, whatever the order of articles."""
        part = self.parts[root]
        return (-self.weight[root], part.article, part.names, part.number)

    # --- the company a thing keeps

    def fit(self, a: int, b: int) -> float:
        """Return how much two things have in common: what is said of them, who is named beside.

        Raises NoCompany if that isn't known.
        """
        if self.company is None:
            raise NoCompany
        some, others = (self.members[root][:MOST_CHOICES] for root in (a, b))
        shared = self.company.shared(some, others, self.keys[a] | self.keys[b])
        return shared + ALIKE * alike(self.portraits[a], self.portraits[b])

    def clusters(self) -> list[Cluster]:
        members: dict[int, list[Local]] = defaultdict(list)
        for i, part in enumerate(self.parts):
            members[self.find(i)].append(part)
        return [
            Cluster(tuple(parts), tuple(dict.fromkeys(self.because.get(root, ()))))
            for root, parts in members.items()
        ]


# Rules under which one article may name one person in two ways.
SURE = frozenset(["same name", "nickname", "name left out"])
