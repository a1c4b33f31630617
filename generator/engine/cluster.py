"""Tasks on a Dask cluster: workers may come, go and die, the results are the same and in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from generator import kept_tables
from generator.engine import Run, Size, Unreachable
from generator.engine.chunks import Chunk, chunked, results
from generator.engine.versions import program
from generator.tasks import Lost

# Bytes of text in a chunk: some seconds of work, worth a way over the network.
CHUNK = 300_000
# So many chunks for each core are on their way or wait for an earlier one.
AHEAD = 3
# Seconds to wait for a scheduler to answer.
_PATIENCE = 20
_INSTALL = "install what it needs: pip install 'cardfile[cluster]'"


class Cluster:
    """Runs tasks on the workers of a Dask scheduler."""

    def __init__(self, address: str | None) -> None:
        try:
            from distributed import Client
        except ImportError as fault:
            raise Unreachable(f"--engine dask: {_INSTALL}") from fault
        if not address:
            raise Unreachable("--engine dask: give the address of the scheduler with --scheduler")
        try:
            self._client = Client(address, timeout=_PATIENCE, set_as_default=False)
        except (OSError, ValueError) as fault:
            raise Unreachable(f"--scheduler {address}: no scheduler answers ({fault})") from fault
        self.deaths = 0

    def map(self, run: Run, items: Iterable[Any], size: Size) -> Iterator[Any]:
        """Yield the task's result for each item, in order; Lost where it ends its process."""
        chunks = chunked(items, size, CHUNK)
        ahead = AHEAD * max(1, sum(self._client.ncores().values()))
        waiting = deque((chunk, self._send(run, chunk)) for chunk in islice(chunks, ahead))
        while waiting:
            chunk, future = waiting.popleft()
            yield from self._results(run, chunk, future)
            waiting.extend((chunk, self._send(run, chunk)) for chunk in islice(chunks, 1))

    def _send(self, run: Run, chunk: Chunk) -> Any:
        # Not `pure`: a digest of every argument would be made for nothing.
        place = kept_tables.place()
        return self._client.submit(_results, run, chunk, program(), place, pure=False)

    def _results(self, run: Run, chunk: Chunk, future: Any) -> list[Any]:
        """Return the results of a chunk; one that ends its workers is done item by item."""
        from distributed.scheduler import KilledWorker

        try:
            return list(future.result())
        except KilledWorker as fault:
            self.deaths += 1
            if len(chunk) == 1:
                return [Lost(str(fault))]
        alone = [([item], self._send(run, [item])) for item in chunk]
        return [result for one, sent in alone for result in self._results(run, one, sent)]

    def close(self) -> None:
        """Leave the cluster."""
        self._client.close()


class OtherProgram(Unreachable):
    """A worker has another version of the program, and would make other cards."""


def _results(
    run: Callable[[Any], Any], chunk: Chunk, wanted: bytes, place: kept_tables.Place | None
) -> list[Any]:
    """Return the task's result for each item, if this worker runs the program that asks.

    Where the folder of kept tables is within reach, they are taken from there. On another machine
    it is not, and must not be made: then a worker makes the tables for itself.
    """
    if program() != wanted:
        what = "a worker of the cluster has another version of cardfile, or of what it stands on"
        raise OtherProgram(f"{what}: install the same on every worker")
    with kept_tables.kept_at(place if place and place[0].is_dir() else None):
        return results(run, chunk)
