"""Which parts of articles an editor means by a name or an id."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from functools import cached_property

from generator import names
from generator.resolve.groups import Local
from generator.resolve.published import Published

_OWNED = re.compile(r"(.+) \(([^()]+)\)")


class Selectors:
    """Finds parts by what they are called, and by the card that they were part of."""

    def __init__(self, parts: Sequence[Local], before: Published) -> None:
        self._parts = parts
        self._before = before
        self._by_key: dict[str, set[int]] = defaultdict(set)
        for i, part in enumerate(parts):
            for name in part.names:
                self._by_key[names.key(name)].add(i)
        self._living = {old: id for id, former in before.former.items() for old in former}
        self._keys = _keys_of_ids(before)
        self._known = frozenset().union(*before.articles.values())

    @cached_property
    def _by_slug(self) -> dict[str, set[str]]:
        """Return the keys of the names that have one address."""
        found: dict[str, set[str]] = defaultdict(set)
        for name in {name for part in self._parts for name in part.names}:
            found[names.slug(name)].add(names.key(name))
        return found

    def parts_of(self, want: str) -> frozenset[int]:
        """Return the indices of the parts that a name or an id means."""
        id = want if want in self._before.name else self._living.get(want, want)
        if id in self._before.name:
            # The word itself first: what else the card is called was joined by other rules, and
            # will be again; a decision must mean the same before and after it has been applied.
            own = self._by_slug.get(want) or {names.key(self._before.name[id])}
            return self._in_card(id, own) or self._of_card(id)
        return self._called(want) or self._owned(want) or self._of_named_card(want)

    def name_of(self, want: str) -> str:
        """Return the name that an editor's word stands for."""
        found = sorted(
            name
            for i in self.parts_of(want)
            for name in self._parts[i].names
            if names.slug(name) == want
        )
        if found:
            return found[0]
        return self._before.name.get(self._living.get(want, want), want)

    def _of_card(self, id: str) -> frozenset[int]:
        """Return the parts of a published card, by all its names."""
        return self._in_card(id, self._keys.get(id, {}).keys())

    def _in_card(self, id: str, keys: Set[str]) -> frozenset[int]:
        """Return the parts with one of these keys in the articles that named a card.

        What a new article says by a name that is one card's alone is that card's, too.
        """
        had, known = self._before.articles.get(id, frozenset()), self._keys.get(id, {})
        return frozenset(
            i
            for key in keys
            for i in self._by_key.get(key, ())
            if self._parts[i].article in had
            or (known.get(key) and self._parts[i].article not in self._known)
        )

    def _called(self, want: str) -> frozenset[int]:
        found = self._by_key.get(names.key(want))
        if found:
            return frozenset(found)
        keys = self._by_slug.get(want, ()) if " " not in want else ()
        return frozenset(i for key in keys for i in self._by_key[key])

    def _owned(self, want: str) -> frozenset[int]:
        """Return the parts meant by 'Ministry of Defense (Russia)'."""
        match = _OWNED.fullmatch(want)
        if not match:
            return frozenset()
        key, owner = names.key(match[1]), names.key(match[2])
        found = self._by_key.get(key, ())
        return frozenset(i for i in found if names.key(self._parts[i].owner or "") == owner)

    def _of_named_card(self, want: str) -> frozenset[int]:
        """Return the parts of the published card that an editor gave this name."""
        key = names.key(want)
        ids = [id for id, name in self._before.name.items() if names.key(name) == key]
        return frozenset(i for id in ids for i in self._of_card(id))


def _keys_of_ids(before: Published) -> Mapping[str, dict[str, bool]]:
    """Return the keys of the names of each published card, and whether a name is its alone."""
    keys: dict[str, dict[str, bool]] = defaultdict(dict)
    bearers: dict[str, set[str]] = defaultdict(set)
    for id, name in before.name.items():
        keys[id][names.key(name)] = True
        bearers[names.key(name)].add(id)
    for typed, id in before.aliases.items():
        key = typed.partition("|")[2]
        keys[id].setdefault(key, True)
        bearers[key].add(id)
    return {id: {key: len(bearers[key]) == 1 for key in found} for id, found in keys.items()}
