"""Ctrl-C and SIGTERM: what is begun is undone, one line is said, and the process ends."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from types import FrameType

from generator.interruptions import undo_all

_WRITERS = ("build", "cards", "pages")
_Handler = Callable[[int, FrameType | None], None]


class _Terminated(KeyboardInterrupt):
    """SIGTERM, for commands that take it as they take Ctrl-C."""


@contextmanager
def handled(argv: Sequence[str]) -> Iterator[None]:
    """End the process in order on a signal that comes during the block, with one line said."""
    command = next((word for word in argv if not word.startswith("-")), "build")
    try:
        with _caught(_ending(command) if command in _WRITERS else _leaving):
            yield
    except KeyboardInterrupt as stop:
        _say(command)
        number = signal.SIGTERM if isinstance(stop, _Terminated) else signal.SIGINT
        raise SystemExit(128 + number) from None


def _ending(command: str) -> _Handler:
    """Return what ends a command that writes: at once, and not by an exception.

    One that is raised just anywhere may be swallowed by a library that was called back from C,
    or be shown as a traceback.
    """

    def end(number: int, frame: FrameType | None) -> None:
        for other in (signal.SIGINT, signal.SIGTERM):
            signal.signal(other, signal.SIG_IGN)
        undo_all()
        _say(command)
        os._exit(128 + number)

    return end


def _leaving(number: int, frame: FrameType | None) -> None:
    """End a command that serves, asks or only reads, which may have its own way to do so."""
    raise KeyboardInterrupt if number == signal.SIGINT else _Terminated


@contextmanager
def _caught(handler: _Handler) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number, old in before.items():
        # Who runs in the background is not meant by Ctrl-C: the shell has seen to that.
        if old is not signal.SIG_IGN:
            signal.signal(number, handler)
    try:
        yield
    finally:
        for number, old in before.items():
            signal.signal(number, old)


def _say(command: str) -> None:
    done = f"; nothing half-written: run cardfile {command} again" if command in _WRITERS else ""
    with suppress(OSError):
        # Not by `print`: it may be what was interrupted.
        os.write(2, f"interrupted{done}\n".encode())
