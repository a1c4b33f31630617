"""Fuzzes each target for a while; status 1 if something was found.

    python -m tests.fuzz [--seconds N] [--folder DIR] [--replay FILE] [TARGET ...]

`--seconds` is for each target, ten minutes in all unless said otherwise.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
from pathlib import Path

REPO = Path(__file__).parents[2]
NAMES = ("reader", "yaml", "templates")


def main() -> int:
    """Fuzz the targets named, or all of them, or run one finding again."""
    parser = argparse.ArgumentParser(prog="tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--seconds", type=int, default=600 // len(NAMES))
    parser.add_argument("--folder", type=Path, default=REPO / ".cache" / "fuzz")
    parser.add_argument("--replay", type=Path, metavar="FILE")
    options = parser.parse_args()
    if unknown := set(options.targets) - set(NAMES):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    if options.replay:
        return replay(options.replay)
    chosen = options.targets or NAMES
    return max(fuzz(name, options.folder.absolute(), options.seconds) for name in chosen)


def fuzz(name: str, folder: Path, seconds: int) -> int:
    """Fuzz one target and print what came of it; return 1 if something was found."""
    before = findings(folder, name)
    command = [sys.executable, "-m", "tests.fuzz.one", name, str(folder), str(seconds)]
    done = subprocess.run(command, cwd=REPO, capture_output=True, text=True, errors="replace")
    found = sorted(findings(folder, name) - before)
    told = dict(re.findall(r"stat::(\w+):\s+(\d+)", done.stderr))
    units = int(told.get("number_of_executed_units", 0))
    rate = told.get("average_exec_per_sec", "0")
    print(f"{name}: {units:,} inputs, {rate} a second, {len(found)} found", flush=True)
    if done.returncode or found:
        print("\n".join(done.stderr.splitlines()[-25:]))
        print("\n".join(f"again: python -m tests.fuzz --replay {path}" for path in found))
    return int(bool(done.returncode or found))


def findings(folder: Path, name: str) -> set[Path]:
    """Return the inputs found so far that broke a target."""
    return set((folder / "found" / name).glob("*-*"))


def replay(path: Path) -> int:
    """Run a target on an input that was found, without the fuzzer."""
    from tests.fuzz.targets import TARGETS

    TARGETS[path.parent.name][0](path.read_bytes())
    print("nothing is wrong with it any more")
    return 0


if __name__ == "__main__":
    sys.exit(main())
