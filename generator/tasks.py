"""What is done to every article alone, as a value: it may run anywhere, and its result be kept.

A room says what is to be done; whoever calls the rooms says where, by handing them a `Mapped`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
_Item = TypeVar("_Item", contravariant=True)
_Result = TypeVar("_Result", covariant=True)


@dataclass(frozen=True, slots=True)
class Task(Generic[_Item, _Result]):
    """A function of a module, and the dataclasses that it takes and returns.

    `depends` gives all bytes that the result depends on beside the code.
    """

    name: str
    run: Callable[[_Item], _Result]
    item: type[_Item]
    result: type[_Result]
    depends: Callable[[_Item], bytes]


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for the result of an item that ends every process that works on it."""

    why: str


class Mapped(Protocol):
    """Yields the result of a task for each item, in order."""

    def __call__(
        self, task: Task[Item, Result], items: Sequence[Item]
    ) -> Iterator[Result | Lost]: ...


# Is told how many of how many are done.
Counted = Callable[[int, int], None]


def uncounted(done: int, total: int) -> None:
    """Tell nobody."""


def here(task: Task[Item, Result], items: Iterable[Item]) -> Iterator[Result | Lost]:
    """Run a task in this process, and keep nothing."""
    return map(task.run, items)
