"""Names of people that our lists know: given names and family names, in which cultures."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from generator import kept_tables, lexicons, names

# Each lexicon by the mark of its names; of one culture they are marked as "s/korean" besides.
_LEXICONS = {"g": "given_names", "s": "surnames"}


@dataclass(frozen=True, slots=True)
class Marked:
    """The folded names that bear a mark: asked only whether one is there."""

    mark: str

    def __contains__(self, folded: object) -> bool:
        return isinstance(folded, str) and self.mark in _marks(folded)


def given_names(culture: str = "") -> Container[str]:
    """Return the folded given names of one culture, or of all.

    >>> "sergei" in given_names(), "sergei" in surnames()
    (True, False)
    """
    return _marked("g", culture)


def surnames(culture: str = "") -> Container[str]:
    """Return the folded family names of one culture, or of all."""
    return _marked("s", culture)


def _marked(mark: str, culture: str) -> Marked:
    return Marked(f"{mark}/{culture}" if culture else mark)


@lru_cache(maxsize=100_000)
def _marks(folded: str) -> tuple[str, ...]:
    return tuple((_table().get(folded) or "").split())


@cache
def _table() -> kept_tables.Table:
    return kept_tables.table("people_names", _lines)


def _lines() -> dict[str, str]:
    """Return the marks of each name."""
    return kept_tables.gathered(_marked_names())


def _marked_names() -> Iterator[tuple[str, str]]:
    for mark, lexicon in _LEXICONS.items():
        for culture, block in lexicons.load(lexicon)["cultures"].items():
            for name in map(names.fold_once, block.split()):
                yield name, mark
                yield name, f"{mark}/{culture}"
