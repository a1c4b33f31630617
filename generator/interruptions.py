"""What is undone when work is left half-way, by an exception or by a signal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

_UNDO: list[Callable[[], None]] = []


@contextmanager
def undone_by(undo: Callable[[], None]) -> Iterator[None]:
    """Call `undo` if the block is left by an exception, or if `undo_all` is called within it.

    It must bear being called before anything was begun, and after all is done.
    """
    _UNDO.append(undo)
    try:
        yield
    except BaseException:
        with suppress(OSError):
            undo()
        raise
    finally:
        # Not the last one: a generator may be left at any time, or never.
        if undo in _UNDO:
            _UNDO.remove(undo)


def undo_all() -> None:
    """Undo all that is open, the latest first.

    For the handler of a signal that ends the process: an exception raised there could be
    swallowed by whatever library happens to be at work, and be told with a traceback.
    """
    while _UNDO:
        # Whatever goes wrong in one, the others are still to be undone.
        with suppress(Exception):
            _UNDO.pop()()


def forget_all() -> None:
    """Leave everything as it is: in a process that was split off from the one at work."""
    _UNDO.clear()
