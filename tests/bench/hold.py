"""The smallest size measured, and its ratios held: what CI runs.

Ratios of processor time of runs in turn, the least of several, so that neither a slow nor a busy
machine counts; and what falls short is measured once more before anything is said.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

from tests.bench.figures import Record
from tests.bench.goals import FLOORS, Judged, judge_floors

Measure = Callable[[], Sequence[Record]]


def hold(measure: Measure, attempts: int = 2) -> int:
    """Return 0 if every floor holds in one of the attempts, else 1; say which don't."""
    short: list[Judged] = []
    for attempt in range(attempts):
        judged = judge_floors(records := measure())
        short = [one for one in judged if not one.holds]
        for told in [*map(line, judged), *untested(records)]:
            print(told, flush=True)
        if judged and not short:
            return 0
        if attempt + 1 < attempts:
            print("measured once more", flush=True)
    if not short:
        print("make bench-hold: nothing was measured", file=sys.stderr)
    for one in short:
        print(f"make bench-hold: {line(one)}", file=sys.stderr)
    return 1


def line(judged: Judged) -> str:
    """Return a floor beside its figure."""
    held = "" if judged.holds else ": does not hold"
    told = f"{judged.goal.name} at {judged.where}"
    return f"{told}: {judged.value:.2f}, must be {judged.goal.told()}{held}"


def untested(records: Sequence[Record]) -> list[str]:
    """Return a line for each floor of which nothing was measured: a peer is not installed."""
    found = {judged.goal for judged in judge_floors(records)}
    return [f"{goal.name}: not measured" for goal in FLOORS if goal not in found]
