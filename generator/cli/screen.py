"""What the person at the terminal sees: problems and progress, all on standard error."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from generator.model import Problem

Report = Callable[[str, int, int], None]


def complain(text: str) -> None:
    """Print one line to standard error."""
    print(text, file=sys.stderr)


def show(problems: Iterable[Problem]) -> None:
    """Print every problem once, in order of file and line."""
    for problem in sorted(set(problems)):
        complain(f"{'error' if problem.fatal else 'warning'}: {problem}")


@contextmanager
def progress() -> Iterator[Report]:
    """Yield a function (stage, done, total) that moves a bar; it draws only on a terminal."""
    if not sys.stderr.isatty():
        yield _quiet
        return
    # Loaded only where there is something to draw.
    from rich.console import Console
    from rich.progress import Progress, TaskID

    with Progress(console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage)
            bars.update(tasks[stage], completed=done, total=total or None)

        yield report


def _quiet(stage: str, done: int, total: int) -> None:
    pass
