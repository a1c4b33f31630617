"""How a cost grows with the size: the power of it, and what that makes of a larger one."""

from __future__ import annotations

import math
from collections.abc import Sequence

# A size and what it cost.
Point = tuple[int, float]


def exponent(small: Point, large: Point) -> float:
    """Return the power of the size that a cost grows by between two sizes."""
    return math.log(large[1] / small[1]) / math.log(large[0] / small[0])


def projected(points: Sequence[Point], size: int, power: float) -> float:
    """Return what a size should cost, from the two largest known, or one and a power.

    A start that costs the same at every size hides growth between small sizes, so the power
    given is the least.
    """
    known = sorted(points)
    if len(known) > 1:
        power = max(power, exponent(*known[-2:]))
    last, cost = known[-1]
    return float(cost * (size / last) ** power)
