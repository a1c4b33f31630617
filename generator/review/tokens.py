"""By what decisions mean a card: its id as it is, or a name whatever its spelling."""

from __future__ import annotations

from collections.abc import Iterable

from generator import names


def name_token(name: str) -> str:
    """Return what all spellings of a name share."""
    return f"name:{names.key(name)}"


def bearer_tokens(ids: Iterable[str], called: Iterable[str]) -> frozenset[str]:
    """Return all that may mean a card of these ids and names."""
    return frozenset([*(f"id:{id}" for id in ids), *map(name_token, called)])


def said_tokens(word: str) -> frozenset[str]:
    """Return what a word in a decision may mean: a card's id or a name."""
    return frozenset([f"id:{word}", name_token(word)])
