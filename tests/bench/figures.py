"""What was measured, kept from run to run: a size measured anew replaces what is known of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.bench.growth import Point, exponent
from tests.bench.runs import Run

FILE = Path(__file__).with_name("figures.json")
GENERATION, SITE, SEARCH, STAGES = SUBJECTS = ("generation", "site", "search", "stages")


@dataclass(frozen=True, slots=True)
class Record:
    """What everybody took at one size of one subject, one after the other in one run.

    Runs of the benchmark are counted from 1. `skipped` tells who was not run, and why; `words` is
    how much text it was, where that is of interest.
    """

    run: int
    subject: str
    size: int
    cores: int
    versions: Mapping[str, str]
    took: Mapping[str, Run]
    skipped: Mapping[str, str] = field(default_factory=dict)
    words: int = 0

    def cpu(self, name: str) -> float | None:
        """Return the processor time of one, in seconds; None if it was not run."""
        run = self.took.get(name)
        return run.cpu if run else None


def read_figures(path: Path = FILE) -> tuple[Record, ...]:
    """Return what is known; nothing if there is no file yet."""
    if not path.exists():
        return ()
    told = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Record(**{**one, "took": {name: Run(**run) for name, run in one["took"].items()}})
        for one in told
    )


def write_figures(records: Iterable[Record], path: Path = FILE) -> None:
    """Write what is known, sorted by subject and size."""
    ordered = sorted(records, key=lambda one: (SUBJECTS.index(one.subject), one.size))
    told = [
        {**{name: getattr(one, name) for name in Record.__slots__},
         "took": {name: run.plain() for name, run in one.took.items()}}
        for one in ordered
    ]  # fmt: skip
    text = json.dumps(told, indent=1, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8", newline="\n")


def merged(old: Iterable[Record], new: Iterable[Record]) -> tuple[Record, ...]:
    """Return what is known once a run is over: its own figures, and others where it has none."""
    found = {(one.subject, one.size): one for one in (*old, *new)}
    return tuple(found.values())


def of_subject(records: Iterable[Record], subject: str) -> list[Record]:
    """Return the records of a subject by size."""
    return sorted((one for one in records if one.subject == subject), key=lambda one: one.size)


def points(records: Iterable[Record], name: str) -> list[Point]:
    """Return the sizes at which somebody was run, and the processor time of each."""
    return [(one.size, run.cpu) for one in records if (run := one.took.get(name))]


def growths(records: Sequence[Record], name: str) -> dict[tuple[int, int], float]:
    """Return the power by which somebody's cost grows between neighbouring sizes of one run."""
    found = {}
    measured = [one for one in records if name in one.took]
    for small, large in pairwise(measured):
        if small.run == large.run:
            ends = ((one.size, one.took[name].cpu) for one in (small, large))
            found[small.size, large.size] = exponent(*ends)
    return found
