"""Frozen values as plain bytes and back: nothing in them can be more than data.

>>> from generator.model import Merge
>>> unpack(Merge, pack(Merge(("Bob", "Robert"), "nickname")))
Merge(merged=('Bob', 'Robert'), rule='nickname', detail='')
"""

from __future__ import annotations

import json
from functools import cache
from typing import Any, TypeVar

import msgspec

T = TypeVar("T")
_ENCODER = msgspec.msgpack.Encoder(order="deterministic")  # of a set, too
# A record of MessagePack never begins so.
_JSON = b"{"


def pack(value: Any) -> bytes:
    """Return a dataclass as bytes; equal values have equal bytes."""
    try:
        return _ENCODER.encode(value)
    except UnicodeEncodeError:
        # Half of a character stands in texts that were no text; JSON has an escape for it.
        rows = msgspec.to_builtins(value, order="deterministic")
        return json.dumps(rows, separators=(",", ":")).encode("ascii")


def unpack(kind: type[T], data: bytes) -> T:
    """Return the value of a type that `pack` made these bytes of. Raises ValueError if none."""
    try:
        if data[:1] == _JSON:
            return msgspec.convert(json.loads(data), kind)
        which: Any = kind
        value: T = _decoder(which).decode(data)
    except (msgspec.MsgspecError, RecursionError) as fault:
        raise ValueError(f"no {kind}: {fault}") from fault
    return value


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)
