"""Prints every figure of every ordeal beside its goal; status 1 if one is missed.

python -m tests.torture [--short] [ORDEAL ...]
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
import sys
import tempfile
import time
from pathlib import Path


def main() -> int:
    """Run the ordeals named, or all of them."""
    here = Path(__file__).parent
    known = sorted(m.name for m in pkgutil.iter_modules([str(here)]) if not m.name.startswith("_"))
    parser = argparse.ArgumentParser(prog="tests.torture", description=__doc__)
    parser.add_argument("ordeals", nargs="*", help=f"some of {', '.join(known)}")
    parser.add_argument("--short", action="store_true", help="seconds instead of minutes")
    options = parser.parse_args()
    if unknown := set(options.ordeals) - set(known):
        parser.error(f"no such ordeal: {', '.join(sorted(unknown))}")
    missed = 0
    for name in options.ordeals or known:
        missed += run(name, full=not options.short)
    return 1 if missed else 0


def run(name: str, *, full: bool) -> int:
    """Run one ordeal, print its figures, and return how many goals were missed."""
    ordeal = importlib.import_module(f"tests.torture.{name}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        figures = ordeal.figures(Path(folder), full)
    print(f"\n{name} ({time.monotonic() - began:.0f} s)", flush=True)
    for figure in figures:
        mark = "held  " if figure.held else "MISSED"
        print(f"  {mark}  {figure.name}: {figure.measured} (goal: {figure.goal})", flush=True)
    return sum(not figure.held for figure in figures)


if __name__ == "__main__":
    sys.exit(main())
