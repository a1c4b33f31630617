"""What the person at the terminal sees: problems and progress, all on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from generator.interruptions import undone_by
from generator.model import Problem

Report = Callable[[str, int, int], None]
# Seconds between two drawings of the bars.
_REDRAW = 0.1


def complain(text: str) -> None:
    """Print one line to standard error."""
    print(text, file=sys.stderr)


def show(problems: Iterable[Problem]) -> None:
    """Print every problem once, in order of file and line."""
    for problem in sorted(set(problems)):
        complain(f"{'error' if problem.fatal else 'warning'}: {problem}")


# What explain's lines are about, by how they begin.
_STYLES = {
    "person": "blue",
    "organization": "yellow",
    "place": "green",
    "event": "magenta",
    "document": "cyan",
    "product": "bright_cyan",
    "date": "bright_magenta",
    "claim": "bold red",
    "line": "dim",
}


def tell(text: str) -> None:
    """Print a long answer: in colour on a terminal, as it is into a pipe."""
    if not sys.stdout.isatty():
        sys.stdout.write(text)
        return
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, soft_wrap=True)
    for line in text.splitlines():
        kind = line.split(":")[0].split()[0] if line.startswith("  ") and line.strip() else ""
        headed = line[:1] == "s" and line[1:2].isdigit()
        console.print(Text(line, style="bold" if headed else _STYLES.get(kind, "")))


class Clock:
    """How long each stage took: a stage is told of when a part of it is done."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def note(self, stage: str) -> None:
        """Give the time since the last note to a stage."""
        now = time.perf_counter()
        self.seconds[stage] = self.seconds.get(stage, 0.0) + now - self._last
        self._last = now

    def lines(self) -> Iterator[str]:
        """Yield a line for each stage, and one for all of them."""
        for stage, seconds in self.seconds.items():
            yield f"{seconds:9.2f} s  {stage}"
        yield f"{sum(self.seconds.values()):9.2f} s  in all"


@contextmanager
def progress(profile: bool = False) -> Iterator[Report]:
    """Yield a function (stage, done, total) that moves a bar; it draws only on a terminal.

    With `profile`, the seconds of each stage are printed in the end.
    """
    clock = Clock()
    with _bars() as draw:

        def report(stage: str, done: int, total: int) -> None:
            clock.note(stage)
            draw(stage, done, total)

        yield report
    clock.note("the rest")
    for line in clock.lines() if profile else ():
        complain(line)


@contextmanager
def _bars() -> Iterator[Report]:
    if not sys.stderr.isatty():
        yield _quiet
        return
    # Loaded only where there is something to draw.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    # What is left of a stage by its pace; of one that is done, what it took.
    left = TimeRemainingColumn(elapsed_when_finished=True)
    # Drawn when something was done, and not by a thread: worker processes are split off.
    bars = Progress(
        *columns, left, console=Console(stderr=True), transient=True, auto_refresh=False
    )
    with undone_by(bars.stop), bars:
        tasks: dict[str, TaskID] = {}
        reached: dict[str, int] = {}
        drawn = 0.0

        def report(stage: str, done: int, total: int) -> None:
            nonlocal drawn
            new = done < reached.get(stage, done + 1)
            if new and stage in tasks:
                bars.remove_task(tasks[stage])  # the same once more, of other items
            if new:
                tasks[stage] = bars.add_task(stage, total=total or None)
            reached[stage] = done
            bars.update(tasks[stage], completed=done, total=total or None)
            if new or done == total or time.monotonic() - drawn > _REDRAW:
                bars.refresh()
                drawn = time.monotonic()

        yield report


def _quiet(stage: str, done: int, total: int) -> None:
    pass
