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
