"""Functions over many items: here, on every core, or on a cluster; results in order.

Knows no room: a task is a function of a module that takes one item and gives one value, and
both can be sent to another process. Whatever the engine, the results are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from generator.tasks import Lost

__all__ = ["ENGINES", "Engine", "InProcess", "Lost", "Run", "Size", "Unreachable"]

# A function of a module: it must be found by its name in another process.
Run = Callable[[Any], Any]
# How much work an item is, in bytes of text.
Size = Callable[[Any], int]
ENGINES = ("processes", "none", "dask")


class Engine(Protocol):
    """Runs tasks; `deaths` counts the workers that ended in the middle of one."""

    deaths: int

    def map(self, run: Run, items: Iterable[Any], size: Size) -> Iterator[Any]:
        """Yield the task's result for each item, in order; Lost where it ends its process."""
        ...

    def close(self) -> None:
        """Leave whatever was entered."""


class Unreachable(Exception):
    """There is no cluster to work on; says why and what to do."""


class InProcess:
    """Runs tasks one after the other, here."""

    deaths = 0

    def map(self, run: Run, items: Iterable[Any], size: Size) -> Iterator[Any]:
        """Yield the task's result for each item, in order."""
        return map(run, items)

    def close(self) -> None:
        """There is nothing to leave."""
