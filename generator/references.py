"""What an editor's word means: an id, or a name, looked up among cards or entities.

An id outweighs a name, a name another thing's alias. A word that fits several things equally
well means none of them: the editor is told to write the id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Protocol

from generator import names
from generator.model import Decision, Problem

MEND = "mend it, or delete the decision if it is no longer needed"


class Thing(Protocol):
    """A card or an entity."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def former_ids(self) -> tuple[str, ...]: ...


class References:
    """Ids by id, former id, name and alias of some things."""

    def __init__(self, things: Iterable[Thing]) -> None:
        self._ids: dict[str, str] = {}
        # Each rank holds ids by the key of a name; the first rank that knows a word answers.
        self._names: dict[str, list[str]] = defaultdict(list)
        self._aliases: dict[str, list[str]] = defaultdict(list)
        self._given: dict[str, list[str]] = defaultdict(list)
        ordered = sorted(things, key=lambda thing: thing.id)
        for thing in ordered:
            self._ids.update(dict.fromkeys(thing.former_ids, thing.id))
        for thing in ordered:
            self._ids[thing.id] = thing.id
            self._names[names.key(thing.name)].append(thing.id)
            for alias in thing.aliases:
                self._aliases[names.key(alias)].append(thing.id)

    def give(self, name: str, id: str) -> None:
        """Note a name that a decision gives: it is understood where no other thing has it."""
        self._given[names.key(name)].append(id)

    def find(self, want: str) -> tuple[str, ...]:
        """Return the ids a word may mean: one if that is clear, none if nothing is called so."""
        return self.bearers(want) or _once(self._aliases.get(names.key(want), ()))

    def bearers(self, want: str) -> tuple[str, ...]:
        """Return the ids a word may mean as an id or as a thing's own name, not as an alias."""
        if want in self._ids:
            return (self._ids[want],)
        key = names.key(want)
        return _once(self._names.get(key, ())) or _once(self._given.get(key, ()))

    def only(self, want: str) -> str:
        """Return the one id a word means, empty if that is not clear."""
        found = self.find(want)
        return found[0] if len(found) == 1 else ""

    def unclear(self, want: str) -> str | None:
        """Return what is wrong with a word that doesn't mean exactly one thing, else None."""
        found = self.find(want)
        if len(found) == 1:
            return None
        if found:
            return f"{want!r} is what several cards are called: write one of {', '.join(found)}"
        return f"no card is named {want!r}"


def _once(ids: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))


def unfit(decision: Decision, what: str, todo: str = MEND) -> Problem:
    """Return the warning that a decision fits nothing."""
    return Problem(decision.file, decision.line, f"{decision.kind}: {what}", todo)


def contradiction(one: Decision, other: Decision, about: str, until: str) -> Problem:
    """Return the warning that two decisions can't both hold, at the later of their lines.

    `about` says what of; `until` what holds in the meantime.
    """
    first, second = sorted((one, other), key=lambda d: (d.file, d.line, d.kind))
    what = f"{second.kind}: contradicts {first.file}:{first.line} ({first.kind}) about {about}"
    return Problem(second.file, second.line, what, f"delete one of the two; until then {until}")
