"""Tasks on every core of this machine; a worker that dies costs its chunk, which is done again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from multiprocessing.connection import wait
from typing import Any

from generator.engine import Run, Size, workers
from generator.engine.chunks import Chunk, chunked
from generator.engine.workers import Died, Worker, start
from generator.interruptions import undone_by
from generator.tasks import Lost

# Less work than so many bytes of text is done sooner than workers are started.
ENOUGH = 120_000
# So many chunks for each worker are on their way or wait for an earlier one.
AHEAD = 4
# After so many chunks a worker that was split off makes room for a new one: what it remembers of
# words it has seen would grow to hundreds of megabytes, and saves little time.
RENEWED = 24
# An item that ends so many workers is given up.
TRIES = 2
Ready = Callable[[], None]


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Processes:
    """Runs tasks in worker processes, as soon as there is enough to do.

    `ready` loads what most of them need, before they share it.
    """

    def __init__(
        self, workers: int | None = None, enough: int = ENOUGH, ready: Ready = lambda: None
    ) -> None:
        self.workers = workers or cores()
        self.deaths = 0
        # Workers that wait for another map.
        self.spare: list[Worker] = []
        self._enough, self._ready = enough, ready

    def map(self, run: Run, items: Iterable[Any], size: Size) -> Iterator[Any]:
        """Yield the task's result for each item, in order; Lost where it ends its process."""
        items = iter(items)
        few: Chunk = []
        weight = 0
        for item in items:
            few.append(item)
            weight += size(item)
            if weight >= self._enough and self.workers > 1:
                break
        else:
            yield from map(run, few)
            return
        # The first one here: what a task loads is loaded once, and workers share it.
        yield run(few[0])
        self._ready()
        crew = _Crew(run, self)
        with undone_by(crew.end):
            try:
                yield from crew.run(chunked(chain(few[1:], items), size))
            finally:
                crew.end()

    def close(self) -> None:
        """End the workers that wait."""
        while self.spare:
            self.spare.pop().end()


class _Crew:
    """The workers of one map, and what each has in hand."""

    def __init__(self, run: Run, engine: Processes) -> None:
        self._run, self._engine = run, engine
        self._idle: list[Worker] = []
        self._busy: dict[Worker, tuple[int, Chunk]] = {}

    def run(self, chunks: Iterator[Chunk]) -> Iterator[Any]:
        """Yield the results of all chunks, in order."""
        self._idle, self._engine.spare = self._engine.spare, []
        while len(self._idle) < self._engine.workers:
            self._idle.append(start(self._idle))
        numbered = enumerate(chunks)
        done: dict[int, list[Any]] = {}
        following, most = 0, AHEAD * self._engine.workers
        more = True
        while more or self._busy:
            while more and self._idle and len(done) + len(self._busy) < most:
                more = self._hand_out(next(numbered, None))
            done.update(self._gather())
            while following in done:
                yield from done.pop(following)
                following += 1

    def end(self) -> None:
        """End every worker, but let those wait for another map that were started at a price.

        One that was split off costs milliseconds, and the next will share what is loaded by then.
        """
        idle, busy = self._idle, list(self._busy)
        self._idle, self._busy = [], {}
        if workers.METHOD != "fork":
            room = self._engine.workers - len(self._engine.spare)
            self._engine.spare += idle[:room]
            del idle[:room]
        for worker in [*idle, *busy]:
            worker.end()

    def _hand_out(self, numbered: tuple[int, Chunk] | None) -> bool:
        """Give a chunk to an idle worker; return whether there was one."""
        if numbered is None:
            return False
        worker = self._idle.pop()
        self._busy[worker] = numbered
        with suppress(Died):  # its answer tells
            worker.ask(self._run, numbered[1])
        return True

    def _gather(self) -> Iterator[tuple[int, list[Any]]]:
        """Wait for some answers and yield them by the number of their chunk."""
        pipes = {worker.pipe: worker for worker in self._busy}
        for pipe in wait(list(pipes)) if pipes else ():
            worker = pipes[pipe]  # type: ignore[index]
            number, chunk = self._busy[worker]
            try:
                answer = worker.answer()
            except Died:
                self._replace(worker)
                answer = list(map(self._alone, chunk))
            else:
                del self._busy[worker]
                self._idle.append(self._renewed(worker))
            yield number, answer

    def _renewed(self, worker: Worker) -> Worker:
        """Return a new worker in the place of one that has done much, if that costs nothing."""
        if workers.METHOD != "fork" or worker.chunks < RENEWED:
            return worker
        worker.end()
        return start([*self._idle, *self._busy])

    def _replace(self, worker: Worker) -> None:
        """Put a new worker in the place of one that died."""
        self._engine.deaths += 1
        del self._busy[worker]
        worker.end()
        self._idle.append(start([*self._idle, *self._busy]))

    def _alone(self, item: Any) -> Any:
        """Return the result of one item of a chunk whose worker died, by itself."""
        why = ""
        for _ in range(TRIES):
            worker = start([*self._idle, *self._busy])
            self._busy[worker] = (-1, [item])  # ended with the others
            try:
                worker.ask(self._run, [item])
                return worker.answer()[0]
            except Died as fault:
                self._engine.deaths += 1
                why = str(fault)
            finally:
                del self._busy[worker]
                worker.end()
        return Lost(why)
