"""What a command takes: processor time, time by the clock, memory and bytes written."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

REPO = Path(__file__).parents[2]
# Seconds between two looks at the memory of a process and its workers.
EVERY = 0.1
MEGA = 1_000_000
_PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Run:
    """Seconds of processor time, seconds by the clock, megabytes of memory and bytes written.

    Processor time is of user and system, of the process and all it waited for. Memory is the most
    that a process and its children had together, where the system tells; else the largest had.
    """

    cpu: float
    wall: float
    memory: float
    written: int = 0

    def plain(self) -> dict[str, float]:
        """Return it as it is stored: hundredths of seconds, whole megabytes."""
        told = asdict(self)
        return told | {key: round(told[key], 2) for key in ("cpu", "wall")} | {
            "memory": round(self.memory)
        }  # fmt: skip


class Failed(Exception):
    """A command that was measured ended with a fault; told are the command and its last words."""


def timed(command: Sequence[str], folder: Path = REPO) -> Run:
    """Run a command in a folder and return what it took. Raises Failed."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        child = subprocess.Popen(command, cwd=folder, stdout=said, stderr=said)
        watch = _Watch(child.pid)
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        most = watch.end()
        if child.returncode:
            said.seek(max(0, said.tell() - 2000))
            raise Failed(f"{' '.join(command)}\n{said.read().decode(errors='replace')}")
    largest = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Run(used.ru_utime + used.ru_stime, wall, max(most, largest) / MEGA)


def least(runs: Iterable[Run]) -> Run:
    """Return the least processor time, time and bytes of several runs, and their most memory."""
    some = list(runs)
    return Run(
        min(run.cpu for run in some), min(run.wall for run in some),
        max(run.memory for run in some), min(run.written for run in some),
    )  # fmt: skip


def with_bytes(run: Run, written: int) -> Run:
    """Return a run with the bytes it has written."""
    return replace(run, written=written)


def folder_bytes(folder: Path, apart: tuple[str, ...] = ()) -> int:
    """Return the size of all files below a folder, but of those whose address starts so."""
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.relative_to(folder).as_posix().startswith(apart or "\0")
    )


class _Watch:
    """Looks at a process and its children until it ends, and keeps their most memory, in bytes."""

    def __init__(self, pid: int) -> None:
        self._pid, self._most, self._done = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look)
        self._thread.start()

    def end(self) -> int:
        self._done.set()
        self._thread.join()
        return self._most

    def _look(self) -> None:
        while not self._done.wait(EVERY):
            self._most = max(self._most, sum(map(_memory, _family(self._pid))))


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all its children's children; none where the system doesn't tell."""
    yield pid
    for told in _read(_PROC / str(pid) / "task", "*/children"):
        for child in told.split():
            yield from _family(int(child))


def _memory(pid: int) -> int:
    """Return the memory of a process in bytes, what it shares with others in parts."""
    for told in _read(_PROC / str(pid), "smaps_rollup"):
        for line in told.splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    return 0


def _read(folder: Path, pattern: str) -> Iterator[str]:
    try:
        yield from [path.read_text(encoding="ascii") for path in folder.glob(pattern)]
    except OSError:
        return  # it has just ended
