"""Features in pieces: strings, and what makes several of them. Equal pieces are weighed once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

# A function that returns features, and what it takes: a few words that come again.
Made = tuple[Any, ...]
Piece = str | Made


def features_of(piece: Piece) -> list[str]:
    """Return the features of a piece, in their order.

    >>> features_of("first"), features_of((classed, "k=", "given", "surname"))
    (['first'], ['k=given', 'k=surname'])
    """
    if isinstance(piece, str):
        return [piece]
    make, *given = piece
    return list(make(*given))


def in_order(pieces: Iterable[Piece]) -> list[str]:
    """Return the features of some pieces, in their order."""
    return [feature for piece in pieces for feature in features_of(piece)]


def classed(name: str, *classes: str) -> list[str]:
    """Return the classes of a word, each after the name of a feature."""
    return [name + kind for kind in classes]
