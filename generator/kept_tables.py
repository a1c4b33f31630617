"""Large tables of texts, each one string of bytes: looked up as it lies, kept from run to run.

What our lists say of hundreds of thousands of names is made from them once. A key's checksum
leads to a stretch of a few lines, and these are searched: nothing is unpacked, whoever looks
things up holds one object, and forked workers share it.

Within `kept_in`, tables are read from a folder and written to it. What lies there is texts only,
told by the version of the program that made it and by a checksum: anything else is made anew, as
where no folder is named. A folder that can't be written to keeps nothing.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from itertools import accumulate
from pathlib import Path
from zlib import crc32

from generator.files import write_new
from generator.interruptions import undone_by

# Where tables are kept, and the version of the program that makes them.
Place = tuple[Path, bytes]
# None, unless somebody says so.
_KEPT: ContextVar[Place | None] = ContextVar("kept", default=None)
# So many lines stand in a stretch at most, on average.
_LINES = 8
_START = b"cardfile table 1\n"
_NUMBER = 4  # bytes of a number
# A file of more bytes is none of ours.
_MOST = 64 << 20


class Table:
    """Texts by key: `get` and `in`, as of a dict that can't be changed.

    >>> table = Table(pack({"kyiv": "city", "kim": "given surname"}))
    >>> table.get("kim"), table.get("lviv"), "kyiv" in table
    ('given surname', None, True)
    """

    __slots__ = ("_data", "_last", "_starts")

    def __init__(self, data: bytes) -> None:
        stretches = int.from_bytes(data[:_NUMBER], "little")
        self._data = data
        self._last = stretches - 1
        self._starts = array("I", data[_NUMBER : _NUMBER * (stretches + 2)])
        if sys.byteorder == "big":
            self._starts.byteswap()

    def get(self, key: str) -> str | None:
        """Return the text of a key, None if there is none."""
        data, starts = self._data, self._starts
        line = f"\n{key}\t".encode("utf-8", "surrogatepass")
        slot = crc32(line) & self._last
        found = data.find(line, starts[slot], starts[slot + 1])
        if found < 0 or "\n" in key:
            return None
        found += len(line)
        return data[found : data.find(b"\n", found)].decode("utf-8", "surrogatepass")

    def __contains__(self, key: str) -> bool:
        return self.get(key) is not None


def pack(texts: Mapping[str, str]) -> bytes:
    """Return the bytes of a table. Raises ValueError if a tab or a line break is in a text."""
    count = 1 << (len(texts) // _LINES).bit_length()
    stretches: list[list[bytes]] = [[] for _ in range(count)]
    for key, text in texts.items():
        line = f"\n{key}\t".encode("utf-8", "surrogatepass")
        stretches[crc32(line) & (count - 1)] += line, text.encode("utf-8", "surrogatepass")
    bodies = [b"".join(stretch) for stretch in stretches]
    body = b"".join(bodies) + b"\n"
    if body.count(b"\n") != len(texts) + 1 or body.count(b"\t") != len(texts):
        raise ValueError("no text of a table has tabs or line breaks")
    starts = array("I", accumulate(map(len, bodies), initial=_NUMBER * (count + 2)))
    if sys.byteorder == "big":
        starts.byteswap()
    return count.to_bytes(_NUMBER, "little") + starts.tobytes() + body


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the words told of each key: each once, sorted, blanks between them.

    >>> gathered([("kim", "surname"), ("kyiv", "city"), ("kim", "given"), ("kim", "surname")])
    {'kim': 'given surname', 'kyiv': 'city'}
    """
    found: dict[str, str] = {}
    for key, word in pairs:
        words = found.get(key)
        if words is None:
            found[key] = word
        elif word not in words.split():
            found[key] = f"{words} {word}"
    return {
        key: " ".join(sorted(words.split())) if " " in words else words
        for key, words in found.items()
    }


def is_keeping() -> bool:
    """Return whether tables are kept just now."""
    return _KEPT.get() is not None


def place() -> Place | None:
    """Return where tables are kept just now, for another process to keep them there; or None."""
    return _KEPT.get()


@contextmanager
def kept_in(folder: Path, version: bytes) -> Iterator[None]:
    """Keep tables in a folder during the block; `version` tells all that they may depend on."""
    with kept_at((folder, version)):
        yield


@contextmanager
def kept_at(place: Place | None) -> Iterator[None]:
    """Keep tables during the block at the `place()` of another process, if there is any."""
    token = _KEPT.set(place)
    try:
        yield
    finally:
        _KEPT.reset(token)


def table(name: str, make: Callable[[], Mapping[str, str]]) -> Table:
    """Return the table of a name: the one kept from an earlier run, or one made of `make()`."""
    kept = _KEPT.get()
    if kept is None:
        return Table(pack(make()))
    folder, version = kept
    path, start = folder / f"{name}.table", _START + len(version).to_bytes() + version
    data = _read(path, start)
    if data is None:
        data = pack(make())
        _write(path, start + _check(data) + data)
    return Table(data)


def _read(path: Path, start: bytes) -> bytes | None:
    """Return what was written after `start` and a checksum, None if it isn't what it was."""
    try:
        # A pipe would be waited for, for ever.
        if not path.is_file() or path.stat().st_size > _MOST:
            return None
        with path.open("rb") as file:
            told, check, data = file.read(len(start)), file.read(_NUMBER), file.read()
    except OSError:
        return None
    return data if told == start and check == _check(data) else None


def _check(data: bytes) -> bytes:
    return crc32(data).to_bytes(_NUMBER, "little")


def _write(path: Path, data: bytes) -> None:
    """Put a file in its place as a whole, if that can be."""
    temporary = path.with_name(f".{os.getpid()}.part")
    with suppress(OSError), undone_by(lambda: temporary.unlink(missing_ok=True)):
        path.parent.mkdir(parents=True, exist_ok=True)
        # Left of a process that was killed; one that is writing just now will keep its own later.
        for left in path.parent.glob(".*.part"):
            left.unlink(missing_ok=True)
        write_new(temporary, data)
        os.replace(temporary, path)
