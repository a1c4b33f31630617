"""Items bundled into chunks of about equal work: few enough to be cheap to send."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

# Bytes of text in a chunk: a second or less of work.
CHUNK = 60_000
# However short they are, so many at most: what is lost with a worker is done again.
MOST = 100

Chunk = list[Any]


def chunked(
    items: Iterable[Any], size: Callable[[Any], int], chunk: int = CHUNK
) -> Iterator[Chunk]:
    """Yield the items in order, in lists of about `chunk` bytes of work."""
    bundle: Chunk = []
    weight = 0
    for item in items:
        bundle.append(item)
        weight += size(item)
        if weight >= chunk or len(bundle) >= MOST:
            yield bundle
            bundle, weight = [], 0
    if bundle:
        yield bundle


def results(run: Callable[[Any], Any], chunk: Chunk) -> list[Any]:
    """Return the task's result for each item of a chunk."""
    return [run(item) for item in chunk]
