"""Frozen values as plain rows and back: nothing in a row can be more than data.

A dataclass becomes the list of its fields, a tuple or a frozenset a list. What a type says is
read once and compiled, because tens of thousands of values are read back.

    >>> from generator.model import Merge
    >>> pack(Merge(("Bob", "Robert"), "nickname"))
    b'[["Bob","Robert"],"nickname",""]'
    >>> unpack(Merge, pack(Merge(("Bob", "Robert"), "nickname")))
    Merge(merged=('Bob', 'Robert'), rule='nickname', detail='')
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
_Change = Callable[[Any], Any]
_PLAIN = (str, int, float, bool, NoneType)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def pack(value: Any) -> bytes:
    """Return a value as the bytes of its row."""
    # Half of a character stands in texts that were no text.
    return _JSON.encode(row_of(value)).encode("utf-8", "surrogatepass")


def unpack(kind: type[T], data: bytes) -> T:
    """Return the value of a type that `pack` made these bytes of. Raises ValueError if none."""
    try:
        row = json.loads(data.decode("utf-8", "surrogatepass"))
        value: T = _value(kind, row)
    except (TypeError, AttributeError, KeyError, IndexError, RecursionError) as fault:
        raise ValueError(f"no {kind}: {fault}") from fault
    return value


def _value(kind: Any, row: Any) -> Any:
    read = _reader(kind)
    return read(row) if read else row


def row_of(value: Any) -> Any:
    """Return a value as lists of plain values."""
    kind: Any = type(value)
    if kind in _PLAIN:
        return value
    if kind is tuple or kind is list:
        return [row_of(item) for item in value]
    if kind is dict:
        return {key: row_of(item) for key, item in value.items()}
    if kind is frozenset:
        return sorted(value)
    return [row_of(getattr(value, name)) for name in _names(kind)]


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


@cache
def _reader(kind: Any) -> _Change | None:
    """Return what makes a value of a type from its row, None if the row is the value."""
    origin, inner = get_origin(kind), get_args(kind)
    if kind in _PLAIN or kind is Any or origin is Literal:
        return None
    if origin in (Union, UnionType):
        return _optional(next(one for one in inner if one is not NoneType))
    if origin in (tuple, frozenset, list):
        if origin is tuple and Ellipsis not in inner:
            return _fixed(inner)
        return _many(origin, inner[0])
    if origin is dict:
        return _mapping(inner[1])
    if is_dataclass(kind):
        return _record(kind)
    raise TypeError(f"{kind} can't be kept")


def _optional(kind: Any) -> _Change | None:
    read = _reader(kind)
    return (lambda row: None if row is None else read(row)) if read else None


def _fixed(kinds: tuple[Any, ...]) -> _Change:
    readers = [_reader(kind) for kind in kinds]
    if not any(readers):
        return tuple
    return lambda row: tuple(
        read(item) if read else item for read, item in zip(readers, row, strict=True)
    )


def _many(whole: Callable[[Any], Any], kind: Any) -> _Change:
    read = _reader(kind)
    return (lambda row: whole(map(read, row))) if read else whole


def _mapping(kind: Any) -> _Change | None:
    read = _reader(kind)
    return (lambda row: {key: read(item) for key, item in row.items()}) if read else None


def _record(kind: Any) -> _Change:
    hints = get_type_hints(kind)
    changes = [(i, read) for i, name in enumerate(_names(kind)) if (read := _reader(hints[name]))]
    size = len(_names(kind))

    def make(row: Any) -> Any:
        if len(row) != size:
            raise ValueError(f"{len(row)} fields for {kind}")
        for i, read in changes:
            row[i] = read(row[i])
        return kind(*row)

    return make
