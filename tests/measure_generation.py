"""How long articles take to become cards, by how many there are: cold, no change, one more.

    python -m tests.measure_generation              100 and 1,000 articles
    python -m tests.measure_generation 10000        other sizes

The articles are those of `tests/bench/grammar.yml`. Each run is `cardfile cards` in a process of
its own; what is told of it stands in `tests/bench/runs.py`. `make bench` measures the same and
keeps it; this only prints. The exponent is that of growth between two sizes: 1 where each article
costs the same.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.generation import COLD, measure_generation
from tests.bench.growth import exponent
from tests.bench.runs import Run

SIZES = (100, 1_000)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of articles")
    found: dict[int, dict[str, Run]] = {}
    for size in parser.parse_args(arguments).sizes:
        with tempfile.TemporaryDirectory() as folder:
            found[size] = measure_generation(Path(folder), size)
        for kind, run in found[size].items():
            told = f"{run.wall:8.1f} s {run.cpu:8.1f} s cpu {run.memory:7.0f} MB"
            print(f"{size:7,} articles  {kind:10} {told}", flush=True)
    sizes = sorted(found)
    for small, large in zip(sizes, sizes[1:], strict=False):
        power = exponent((small, found[small][COLD].cpu), (large, found[large][COLD].cpu))
        print(f"{small:,} to {large:,}: exponent {power:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
