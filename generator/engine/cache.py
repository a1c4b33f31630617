"""What was made of an item before, on disk: one SQLite file that may be deleted at any time.

An entry is found by a digest of everything it depends on, so it is never wrong, only unused.
Entries that many builds in a row had no use for go; there is no clock in it. Whatever is wrong
with the file, the entries are made anew.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path

# So many builds may go by without an entry before it goes.
BUILDS = 12
# Seconds to wait for another build that is writing.
_PATIENCE = 20
# Entries written in one transaction: what an interrupted build has made is kept.
_BATCH = 500
_CHECK = 8
_TABLES = """
create table if not exists entries (
    key blob primary key, used integer not null, value blob not null
);
create table if not exists builds (number integer not null);
"""


def digest(*parts: bytes) -> bytes:
    """Return the SHA-256 of some byte strings, each told from the next."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.digest()


class Cache:
    """Bytes by key. One that is `None` on disk keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self._used: set[bytes] = set()
        self._new: dict[bytes, bytes] = {}
        self._path = path
        self._grown = False
        self._file = _open(path) if path else None

    def known(self, keys: Iterable[bytes]) -> set[bytes]:
        """Return those of some keys that have an entry."""
        found: set[bytes] = set()
        wanted = iter(dict.fromkeys(keys))
        while some := tuple(islice(wanted, _BATCH)):
            marks = ",".join("?" * len(some))
            rows = self._ask(f"select key from entries where key in ({marks})", some)
            found.update(bytes(key) for (key,) in rows)
        return found

    def get(self, key: bytes) -> bytes | None:
        """Return an entry, None if there is none or it is damaged."""
        rows = self._ask("select value from entries where key = ?", (key,))
        value = _unwrapped(key, rows[0][0]) if rows else None
        if value is not None:
            self._used.add(key)
        return value

    def put(self, key: bytes, value: bytes) -> None:
        """Keep an entry."""
        if self._file is None:
            return
        self._new[key] = _wrapped(key, value)
        self._used.add(key)
        self._grown = True
        if len(self._new) >= _BATCH:
            self._write()

    def close(self) -> None:
        """Write what is new, and drop what many builds that had something new had no use for.

        A build that made nothing writes nothing.
        """
        self._write()
        if self._grown:
            with self._writing() as file:
                if file:
                    _count_build(file, self._used)
        if self._file:
            with suppress(sqlite3.Error):
                self._file.close()
            self._file = None

    def _write(self) -> None:
        if not self._new:
            return
        with self._writing() as file:
            if file:
                number = _build(file)
                rows = [(key, number, value) for key, value in self._new.items()]
                file.executemany("insert or replace into entries values (?, ?, ?)", rows)
        self._new = {}

    def _ask(self, query: str, values: Iterable[bytes]) -> list[tuple[bytes]]:
        if self._file is None:
            return []
        try:
            return self._file.execute(query, tuple(values)).fetchall()
        except sqlite3.Error:
            self._give_up()
            return []

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection | None]:
        """Yield the file within one transaction; None if there is none."""
        if self._file is None:
            yield None
            return
        try:
            with self._file:
                self._file.execute("begin immediate")
                yield self._file
        except sqlite3.OperationalError:
            pass  # another build writes all the time, or the disk is full: kept another time
        except sqlite3.Error:
            self._give_up()

    def _give_up(self) -> None:
        """Go on without a file that is damaged; the next build begins a new one."""
        if self._file:
            with suppress(sqlite3.Error):
                self._file.close()
        self._file = None
        if self._path:
            _remove(self._path)


def _open(path: Path) -> sqlite3.Connection | None:
    """Return the file, new if there is none or it is damaged; None where none can be."""
    for _ in range(2):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            return _opened(path)
        except sqlite3.OperationalError:
            return None
        except sqlite3.Error:
            _remove(path)
        except OSError:
            return None
    return None


def _opened(path: Path) -> sqlite3.Connection:
    file = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        file.execute("pragma journal_mode = wal")
        file.execute("pragma synchronous = normal")
        file.executescript(_TABLES)
    except sqlite3.Error:
        file.close()
        raise
    return file


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink(missing_ok=True)


def _build(file: sqlite3.Connection) -> int:
    """Return the number of this build."""
    (number,) = file.execute("select max(number) from builds").fetchone()
    return int(number or 0) + 1


def _count_build(file: sqlite3.Connection, used: Iterable[bytes]) -> None:
    """Count this build, note what it used, and drop what was not used for long."""
    number = _build(file)
    keys = [(number, key) for key in sorted(used)]
    file.executemany("update entries set used = ? where key = ?", keys)
    file.execute("delete from entries where used < ?", (number - BUILDS,))
    file.execute("delete from builds")
    file.execute("insert into builds values (?)", (number,))


def _wrapped(key: bytes, value: bytes) -> bytes:
    return digest(key, value)[:_CHECK] + zlib.compress(value, 1)


def _unwrapped(key: bytes, data: bytes) -> bytes | None:
    """Return what was wrapped, None if it isn't what it was."""
    try:
        value = zlib.decompress(data[_CHECK:])
    except (zlib.error, TypeError):
        return None
    return value if data[:_CHECK] == digest(key, value)[:_CHECK] else None
