"""Single keys from a terminal, which is left as it was found."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType

# How often the screen is looked after while nobody presses a key.
IDLE = 0.4

if sys.platform == "win32":
    import msvcrt

    @contextmanager
    def single_keys() -> Iterator[None]:
        """Give keys one by one during the block, unseen."""
        yield

    @contextmanager
    def whole_lines() -> Iterator[None]:
        """Give whole lines during the block, seen while they are typed."""
        yield

    def read_key(idle: Callable[[], None]) -> str:
        """Return the next key; Ctrl-C raises KeyboardInterrupt."""
        key = msvcrt.getwch()
        if key == "\x03":
            raise KeyboardInterrupt
        if key in "\x00\xe0":
            msvcrt.getwch()  # arrows and the like come as two
            return ""
        return key

else:
    import select
    import termios
    import tty

    @contextmanager
    def single_keys() -> Iterator[None]:
        """Give keys one by one during the block, unseen; Ctrl-C raises KeyboardInterrupt.

        Whatever ends the block, a signal too, the terminal is as it was before.
        """
        before = termios.tcgetattr(sys.stdin)
        with _ended_in_order():
            try:
                tty.setcbreak(sys.stdin, termios.TCSADRAIN)
                yield
            finally:
                termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    @contextmanager
    def whole_lines() -> Iterator[None]:
        """Give whole lines during a block of single keys, seen while they are typed."""
        before = termios.tcgetattr(sys.stdin)
        lines = termios.tcgetattr(sys.stdin)
        lines[3] |= termios.ICANON | termios.ECHO
        try:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, lines)
            yield
        finally:
            termios.tcsetattr(sys.stdin, termios.TCSADRAIN, before)

    def read_key(idle: Callable[[], None]) -> str:
        """Return the next key, "" for arrows and their like, "q" when there is no more input.

        `idle` is called every now and then until a key comes.
        """
        while not _waiting(IDLE):
            idle()
        first = os.read(sys.stdin.fileno(), 1)
        if first == b"\x1b":
            _skip_sequence()
            return ""
        rest = b""
        if first and first[0] >= 0xC0:
            more = 1 + (first[0] >= 0xE0) + (first[0] >= 0xF0)
            rest = os.read(sys.stdin.fileno(), more)
        return (first + rest).decode("utf-8", "replace") or "q"

    def _skip_sequence() -> None:
        """Read what an arrow or function key sends after its escape, and no further key."""
        if not _waiting(0.02) or os.read(sys.stdin.fileno(), 1) not in (b"[", b"O"):
            return
        while _waiting(0.02) and not b"@" <= os.read(sys.stdin.fileno(), 1) <= b"~":
            pass

    def _waiting(seconds: float) -> bool:
        return bool(select.select([sys.stdin], [], [], seconds)[0])

    @contextmanager
    def _ended_in_order() -> Iterator[None]:
        """Make of a signal to end an exception, so that what is open is closed."""

        def end(number: int, frame: FrameType | None) -> None:
            raise SystemExit(128 + number)

        before = {}
        for number in (signal.SIGTERM, signal.SIGHUP):
            with suppress(ValueError):  # not the main thread: nobody signals it
                before[number] = signal.signal(number, end)
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
