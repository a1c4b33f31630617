"""A program in a terminal of its own: keys in, the screen out."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType

from rich.cells import cell_len

# A run of the whole program loads the language model first.
PATIENCE = 120.0
_CLEARED = "\x1b[2J"
_ESCAPES = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|[()][A-Z0-9])")


class Terminal:
    """Runs a command in a pseudo-terminal; ends it when the block is left."""

    def __init__(
        self,
        command: Sequence[str],
        folder: Path,
        *,
        size: tuple[int, int] = (80, 24),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.size = size
        self.raw = ""
        self._fd, inner = pty.openpty()
        columns, rows = size
        fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.modes = termios.tcgetattr(inner)
        unwanted = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "GIT_DIR")
        env = {key: value for key, value in os.environ.items() if key not in unwanted}
        env |= {"TERM": "xterm-256color", **(environment or {})}
        self._process = subprocess.Popen(
            command, cwd=folder, env=env, stdin=inner, stdout=inner, stderr=inner,
            # Its keys reach it as a shell's would: Ctrl-C as a signal.
            start_new_session=True, preexec_fn=_take_terminal,
        )  # fmt: skip
        self._inner = inner

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        os.close(self._inner)
        os.close(self._fd)

    def send(self, keys: str) -> None:
        """Press keys."""
        os.write(self._fd, keys.encode())

    def wait_for(self, words: str, *, patience: float = PATIENCE) -> str:
        """Return the screen once it shows some words, wherever its lines break."""
        end = time.monotonic() + patience
        while _plain(words) not in _plain(self.screen()):
            assert time.monotonic() < end, f"{words!r} never came; there is:\n{self.screen()}"
            if not self._read(0.2) and self._process.poll() is not None:
                found = self.screen()
                assert _plain(words) in _plain(found), f"ended without {words!r}:\n{found}"
        return self.screen()

    def press(self, keys: str, words: str) -> str:
        """Press keys and return the next screen that shows some words."""
        self.raw = ""
        self.send(keys)
        return self.wait_for(words)

    def end(self) -> int:
        """Return the exit status, everything that was printed being read."""
        while self._process.poll() is None:
            self._read(0.1)
        while self._read(0.05):
            pass
        return self._process.returncode

    def signal(self, number: signal.Signals) -> None:
        """Send a signal to the process alone."""
        self._process.send_signal(number)

    def screen(self) -> str:
        """Return what was drawn since the screen was last cleared, without colours."""
        return _ESCAPES.sub("", self.raw.rpartition(_CLEARED)[2]).replace("\r\n", "\n")

    def modes_now(self) -> list[object]:
        """Return the terminal's modes as they are."""
        return list(termios.tcgetattr(self._inner))

    def fits(self) -> bool:
        """Return whether the screen is no wider and no higher than the terminal."""
        lines = self.screen().rstrip("\n").split("\n")
        return len(lines) < self.size[1] and max(map(cell_len, lines)) <= self.size[0]

    def _read(self, seconds: float) -> bool:
        if not select.select([self._fd], [], [], seconds)[0]:
            return False
        self.raw += os.read(self._fd, 65536).decode("utf-8", "replace")
        return True


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _plain(text: str) -> str:
    return " ".join(text.split())
