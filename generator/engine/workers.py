"""One worker process: tasks in through a pipe, results out; it ends with whoever started it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, Literal

from generator import kept_tables
from generator.engine import Run
from generator.engine.chunks import Chunk, results
from generator.interruptions import forget_all

# A forked worker has models and lists already, and shares their memory.
METHOD: Literal["fork", "spawn"] = "fork" if sys.platform.startswith("linux") else "spawn"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Died(Exception):
    """A worker ended instead of answering; says how."""


@dataclass(frozen=True, slots=True)
class _Raised:
    """What a task raised, on its way to whoever gave it."""

    fault: Exception


@dataclass(eq=False, slots=True)
class Worker:
    """A process at the other end of a pipe."""

    process: BaseProcess
    pipe: Connection
    chunks: int = 0  # handed over

    def ask(self, run: Run, chunk: Chunk) -> None:
        """Hand over a task and a chunk of its items. Raises Died."""
        self.chunks += 1
        try:
            self.pipe.send((run, chunk))
        except OSError as fault:
            raise self._died() from fault

    def answer(self) -> list[Any]:
        """Wait for the results of the chunk handed over. Raises Died, or what the task raised."""
        try:
            answer = self.pipe.recv()
        except (EOFError, OSError) as fault:
            raise self._died() from fault
        if isinstance(answer, _Raised):
            raise answer.fault
        return list(answer)

    def end(self) -> None:
        """End the process, whatever it does. May be called twice."""
        self.pipe.close()
        self.process.kill()
        self.process.join()

    def _died(self) -> Died:
        self.process.join(5)
        code = self.process.exitcode or 0
        return Died(f"signal {-code}" if code < 0 else f"exit status {code}")


def start(others: Sequence[Worker]) -> Worker:
    """Return a new worker; `others` are those there are."""
    context: Any = multiprocessing.get_context(METHOD)
    ours, theirs = context.Pipe()
    # A fork has every pipe of its parent. While it holds another's, that one isn't told that
    # the parent is gone.
    inherited = [worker.pipe for worker in others] + [ours] if METHOD == "fork" else []
    place = kept_tables.place()
    process = context.Process(target=_work, args=(theirs, inherited, place), daemon=True)
    gc.freeze()  # no worker need look through what it shares
    with _signals_held(), warnings.catch_warnings():
        # Some libraries keep threads; those of ours hold no lock that a worker could need.
        warnings.simplefilter("ignore", DeprecationWarning)
        process.start()
    gc.unfreeze()
    theirs.close()
    return Worker(process, ours)


@contextmanager
def _signals_held() -> Iterator[None]:
    """Let no signal in during the block: a fork has our handlers until it sets its own."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _work(
    pipe: Connection, inherited: Sequence[Connection], place: kept_tables.Place | None
) -> None:
    """Answer chunks until the pipe is closed."""
    forget_all()
    # Ctrl-C reaches every process of the terminal: whoever started us sees to that.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
    for other in inherited:
        other.close()
    with suppress(EOFError, OSError), kept_tables.kept_at(place):
        while True:
            pipe.send(_answer(*pipe.recv()))
    os._exit(0)


def _answer(run: Run, chunk: Chunk) -> list[Any] | _Raised:
    try:
        return results(run, chunk)
    except Exception as fault:
        return _Raised(fault)
