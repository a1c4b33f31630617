"""Tasks run by an engine, but only where no result is kept from an earlier build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from generator.engine import Engine
from generator.engine.cache import Cache, digest
from generator.rows import pack, unpack
from generator.tasks import Item, Lost, Result, Task

Report = Callable[[str, int, int], None]


class Packing:
    """A task's function from bytes to bytes: what is sent and kept is data only."""

    def __init__(self, task: Task[Any, Any]) -> None:
        self.run, self.item = task.run, task.item

    def __call__(self, item: bytes) -> bytes:
        return pack(self.run(unpack(self.item, item)))


class Kept:
    """Runs tasks; a `Mapped` for those who have some. `version` is that of the program."""

    def __init__(self, engine: Engine, cache: Cache, version: bytes, report: Report) -> None:
        self._engine, self._cache = engine, cache
        self._version, self._report = version, report

    def __call__(self, task: Task[Item, Result], items: Sequence[Item]) -> Iterator[Result | Lost]:
        """Yield the result of a task for each item, in order."""
        start = digest(self._version, task.name.encode())
        keys = [digest(start, task.depends(item)) for item in items]
        known = self._cache.known(keys)
        new = (pack(item) for item, key in zip(items, keys, strict=True) if key not in known)
        made = self._engine.map(Packing(task), new, len)
        for number, (item, key) in enumerate(zip(items, keys, strict=True), 1):
            if key in known:
                yield self._kept(task, item, key)
            else:
                yield self._made(task, key, next(made))
            self._report(task.name, number, len(items))

    def _kept(self, task: Task[Any, Any], item: Any, key: bytes) -> Any:
        """Return what is kept, made anew if it can't be read."""
        data = self._cache.get(key)
        try:
            if data is not None:
                return unpack(task.result, data)
        except ValueError:
            pass
        return self._made(task, key, pack(task.run(item)))

    def _made(self, task: Task[Any, Any], key: bytes, data: bytes | Lost) -> Any:
        if isinstance(data, Lost):
            return data
        self._cache.put(key, data)
        return unpack(task.result, data)
