"""Which parts might be one thing: those that share a key of some rule, directly or over others.

In the terms of record linkage these are blocking keys. What shares none can have nothing to do
with one another, so each block is resolved by itself, in any order and on any machine. The keys
of a part follow from its looks alone; an article brings those of its parts along as numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np

from generator.model import EntityType
from generator.resolve import places
from generator.resolve.groups import Local
from generator.resolve.identities import KEY_RULES
from generator.resolve.lone_names import LONE_RULES
from generator.resolve.looks import Keys

Numbers = np.ndarray[Any, np.dtype[Any]]
# A key as 64 bits, and the number of the part that has it.
_ROW = np.dtype([("key", "<u8"), ("part", "<u4")])
_LOOKS = 50_000
_BARE: tuple[tuple[str, Keys, Keys], ...] = (
    ("place head word", places.kind_keys, places.bare_keys),
)


@dataclass(frozen=True, slots=True)
class Blocking:
    """Blocking keys as rows of (key, part): what two parts may share, what names and bears one.

    A part that only `calls` a key is joined to those that bear it, and these to one another by
    it; two that call alike are strangers while nobody bears the key.
    """

    shared: bytes
    bears: bytes
    calls: bytes


def blocking_of(parts: Iterable[Local]) -> Blocking:
    """Return the blocking keys of some parts, numbered as they come."""
    found = [_of_look(part.type, part.names, part.owner, part.kind) for part in parts]
    return Blocking(*map(_numbered, zip(*found, strict=True))) if found else Blocking(b"", b"", b"")


def find_blocks(
    count: int, blocking: Sequence[tuple[Blocking, Sequence[int]]], joins: Iterable[Sequence[int]]
) -> list[list[int]]:
    """Return blocks of the parts numbered up to `count`, each in order, the first part's first.

    `blocking` gives keys with the numbers of the parts they are of; `joins` are groups that
    belong together whatever their keys.
    """
    shared, bears, calls = (
        np.concatenate([_rows(getattr(one, field), parts) for one, parts in blocking] or [_NONE])
        for field in ("shared", "bears", "calls")
    )
    borne = calls[np.isin(calls["key"], bears["key"])]
    called = bears[np.isin(bears["key"], borne["key"])]
    edges = [*map(_edges, (shared, np.concatenate([borne, called])))]
    edges += [np.array(list(zip(group, group[1:], strict=False))).T for group in joins]
    return _components(count, [edge for edge in edges if edge.size])


def _rows(data: bytes, parts: Sequence[int]) -> Numbers:
    """Return rows of keys with the numbers that their parts have in the folder."""
    rows = np.frombuffer(data, _ROW).copy()
    rows["part"] = np.asarray(parts, "<u4")[rows["part"]]
    return rows


_NONE: Numbers = np.empty(0, _ROW)


def _edges(rows: Numbers) -> Numbers:
    """Return pairs of parts that chain all those of each key together."""
    rows = rows[np.argsort(rows["key"], kind="stable")]
    same = rows["key"][1:] == rows["key"][:-1]
    return np.stack([rows["part"][:-1][same], rows["part"][1:][same]]).astype(np.int64)


def _components(count: int, edges: Sequence[Numbers]) -> list[list[int]]:
    """Return the connected components of a graph of so many nodes."""
    if not count:
        return []
    root = np.arange(count)
    if edges:
        one, other = np.concatenate(edges, axis=1)
        while len(one):
            # Each hooks its root to the lower one of a neighbour, then paths are cut short.
            low, high = np.minimum(root[one], root[other]), np.maximum(root[one], root[other])
            np.minimum.at(root, high, low)
            while (root[root] != root).any():
                root = root[root]
            open_ = root[one] != root[other]
            one, other = one[open_], other[open_]
    order = np.argsort(root, kind="stable")
    cuts = np.flatnonzero(np.diff(root[order])) + 1
    whole: list[int] = order.tolist()
    starts = [0, *cuts.tolist(), count]
    return [whole[a:b] for a, b in zip(starts, starts[1:], strict=False)]


# --- the keys of one part


@lru_cache(_LOOKS)
def _of_look(
    kind: EntityType, names: tuple[str, ...], owner: str | None, place: str
) -> tuple[bytes, bytes, bytes]:
    """Return the keys of a part as in `Blocking`, each sorted."""
    part = Local("", kind, names, (), owner, (), kind=place)
    shared = {
        _number(rule.__name__, key)
        for rule, types in KEY_RULES
        if kind in types
        for key in rule(part)
    }
    rules = [*(_BARE if kind == "place" else ()), *(r[1:] for r in LONE_RULES if kind in r[0])]
    bears = {_number(why, key, kind) for why, full, _ in rules for key in full(part)}
    calls = {_number(why, key, kind) for why, _, lone in rules for key in lone(part)}
    return _sorted(shared), _sorted(bears), _sorted(calls)


def _number(*words: str) -> bytes:
    """Return 64 bits that stand for a key."""
    told = "|".join(words).encode("utf-8", "surrogatepass")
    return blake2b(told, digest_size=_BITS // 8).digest()


_BITS = 64


def _sorted(keys: Iterable[bytes]) -> bytes:
    # As the numbers they are: the lowest byte comes first.
    ordered: list[bytes] = sorted(keys, key=lambda key: key[::-1])
    return b"".join(ordered)


def _numbered(keys: Sequence[bytes]) -> bytes:
    """Return rows of keys with the numbers of the parts they are of."""
    whole = np.frombuffer(b"".join(keys), "<u8")
    rows = np.empty(len(whole), _ROW)
    rows["key"] = whole
    rows["part"] = np.arange(len(keys)).repeat([len(some) * 8 // _BITS for some in keys])
    return rows.tobytes()
