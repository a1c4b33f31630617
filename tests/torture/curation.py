"""Editors' decisions drawn by chance, in any order and any file: always the same cards."""

from __future__ import annotations

import random
from pathlib import Path

from generator.resolve import published
from tests.test_curation_order import CONTRADICTIONS, LINES, as_files, decide
from tests.torture import Figure


def figures(folder: Path, full: bool) -> list[Figure]:
    """Return what became of random sets of decisions, each in several orders, built twice."""
    draws = random.Random(5)
    sets, orders = (400, 4) if full else (15, 2)
    differing = unstable = 0
    for _ in range(sets):
        chosen = draws.sample(LINES, draws.randint(2, 10))
        first, said = decide(as_files(chosen, [0] * len(chosen)))
        for _ in range(orders):
            draws.shuffle(chosen)
            places = [draws.randrange(3) for _ in chosen]
            cards, told = decide(as_files(chosen, places))
            differing += cards != first or len(told) != len(said)
        again, _ = decide(as_files(chosen, [0] * len(chosen)), published(first))
        unstable += again != first
    unnamed = sum(not _both_named(one, other) for one, other in CONTRADICTIONS)
    return [
        Figure(
            f"orders of {sets:,} random sets of decisions that gave other cards",
            "0",
            f"{differing} of {sets * orders:,}",
            not differing,
        ),
        Figure("sets that gave other cards at the next build", "0", str(unstable), not unstable),
        Figure(
            "contradictions not named with both lines",
            "0",
            f"{unnamed} of {len(CONTRADICTIONS)}",
            not unnamed,
        ),
    ]


def _both_named(one: str, other: str) -> bool:
    _, said = decide({"a.yml": f"- {one}\n", "b.yml": f"- {other}\n"})
    return any("b.yml:1" in str(p) and "contradicts a.yml:1" in str(p) for p in said)
