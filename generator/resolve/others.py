"""The other names of an article, looked up by their words: nothing is compared pair by pair."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property

from generator.resolve import places
from generator.resolve.groups import Group


class Others:
    """The groups of one article, found by words, keys and initials, always in their order."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self.groups = groups
        self._by_word: dict[str, list[Group]] = defaultdict(list)
        self._by_key: dict[str, list[Group]] = defaultdict(list)
        for group in groups:
            words = group.key.split()
            # The rest in one word as well: 'Bora' is looked for in 'Seo Bo-ra'.
            for word in {*words, "".join(words[1:])}:
                self._by_word[word].append(group)
            self._by_key[group.key].append(group)

    def with_words(self, words: Sequence[str]) -> list[Group]:
        """Return those that have the rarest of some words in their name; none for no words."""
        return min((self._by_word.get(word, []) for word in words), key=len, default=[])

    def of_key(self, key: str) -> list[Group]:
        """Return those whose name has this key."""
        return self._by_key.get(key, [])

    def of_core(self, key: str) -> list[Group]:
        """Return the cities and regions whose name has this key without its head word."""
        return self._by_core.get(key, [])

    def of_initials(self, letters: str) -> list[Group]:
        """Return those whose words, or capitalised words, begin with these letters."""
        return self._by_initials.get(letters, [])

    @cached_property
    def _by_core(self) -> dict[str, list[Group]]:
        found: dict[str, list[Group]] = defaultdict(list)
        for group in self.groups:
            if group.type == "place" and group.kind:
                found[places.core(group.surfaces[0])].append(group)
        return found

    @cached_property
    def _by_initials(self) -> dict[str, list[Group]]:
        found: dict[str, list[Group]] = defaultdict(list)
        for group in self.groups:
            for letters in _initials(group.surfaces[0]):
                found[letters].append(group)
        return found


def _initials(name: str) -> set[str]:
    """Return the first letters of a name's words, and of those with a capital if it has two."""
    words = [word for word in re.split(r"[\s\-]+", name) if word]
    capitals = [word[0] for word in words if word[0].isupper()]
    if len(capitals) < 2:
        return set()
    return {"".join(capitals), "".join(word[0].upper() for word in words)}
