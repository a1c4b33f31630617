"""What the last build of the cards found to complain of, as long as nothing has changed since."""

from __future__ import annotations

from dataclasses import dataclass

from generator.engine import versions
from generator.engine.cache import Cache, digest
from generator.model import Problem, Settings
from generator.rows import pack, unpack
from generator.unchanged import state_of


@dataclass(frozen=True, slots=True)
class _Found:
    """The problems of a build."""

    problems: tuple[Problem, ...]


def problems(settings: Settings, kept: Cache) -> tuple[Problem, ...] | None:
    """Return the problems of the last build, None if anything isn't as that build left it."""
    data = kept.get(_key(settings))
    try:
        return unpack(_Found, data).problems if data is not None else None
    except ValueError:
        return None


def keep(settings: Settings, kept: Cache, found: tuple[Problem, ...]) -> None:
    """Keep the problems of a build that has just been written."""
    kept.put(_key(settings), pack(_Found(found)))


def _key(settings: Settings) -> bytes:
    return digest(b"last time", state_of(settings, versions.program()))
