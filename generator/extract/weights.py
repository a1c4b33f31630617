"""What the tagger has learned: the weight of each feature for each label, of each next label.

They are read once from CRFsuite's file into arrays, in which many words are looked up at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from struct import Struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]

# Weights are kept as whole multiples of this. Each sum of them is exact, so that the order of
# adding makes no difference, here or on any machine.
GRAIN = 2.0**-36


@dataclass(frozen=True, slots=True)
class Weights:
    """A row of scores, one for each label, for each feature; row 0 is that of an unknown one."""

    labels: tuple[str, ...]
    rows: dict[str, int]
    states: Scores
    steps: Scores  # from label to label


_HEADER = Struct("<4sI4s8I")
_WEIGHT: Any = np.dtype([("kind", "<u4"), ("of", "<u4"), ("to", "<u4"), ("weight", "<f8")])
_STRINGS = Struct("<4s5I")
_STRING = Struct("<2I")
_STEP = 1  # the kind of weight that goes from label to label


def read(data: bytes) -> Weights:
    """Return the weights of a model of CRFsuite's. Raises ValueError if it is none."""
    magic, _, kind, _, _, _, _, weights, labels, features, _ = _HEADER.unpack_from(data)[:11]
    if (magic, kind) != (b"lCRF", b"FOMC"):
        raise ValueError("not a model of CRFsuite's")
    named = tuple(name for _, name in sorted(_strings(data, labels)))
    rows = {name: number + 1 for number, name in _strings(data, features)}
    count = int.from_bytes(data[weights + 8 : weights + 12], "little")
    found = np.frombuffer(data, _WEIGHT, count, weights + 12)
    states = np.zeros((len(rows) + 1, len(named)))
    steps = np.zeros((len(named), len(named)))
    stepping = found["kind"] == _STEP
    for table, some, first in ((states, found[~stepping], 1), (steps, found[stepping], 0)):
        table[some["of"] + first, some["to"]] = np.rint(some["weight"] / GRAIN) * GRAIN
    return Weights(named, rows, states, steps)


def _strings(data: bytes, start: int) -> Iterator[tuple[int, str]]:
    """Yield the number and text of each string of a table, in the order of numbers."""
    _, _, _, _, count, numbers = _STRINGS.unpack_from(data, start)
    for offset in np.frombuffer(data, "<u4", count, start + numbers).tolist():
        number, length = _STRING.unpack_from(data, start + offset)
        text = start + offset + _STRING.size
        yield number, data[text : text + length - 1].decode()
