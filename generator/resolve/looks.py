"""What parts of articles look alike, so that what follows from their looks is found once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from generator.resolve.groups import Local

Keys = Callable[[Local], Iterable[str]]


class Looks:
    """Keys of parts by rules that heed nothing but type, names, owner and kind."""

    def __init__(self, parts: Sequence[Local]) -> None:
        self._parts = parts

    @cached_property
    def _firsts(self) -> list[int]:
        """Return, for each part, the first one that looks like it."""
        seen: dict[tuple[str, tuple[str, ...], str | None, str], int] = {}
        return [
            seen.setdefault((part.type, part.names, part.owner, part.kind), i)
            for i, part in enumerate(self._parts)
        ]

    def keys(self, rule: Keys) -> list[tuple[str, ...]]:
        """Return the keys that a rule gives each part, in its order."""
        found: list[tuple[str, ...]] = []
        for i, first in enumerate(self._firsts):
            own = first == i
            found.append(tuple(rule(self._parts[i])) if own else found[first])
        return found
