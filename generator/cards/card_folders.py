"""Which card files there are and what each holds, told by their stamps as far as these count."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

from generator.stamps import NEVER, SIZE, is_settled, stamp_of

_UNSEEN = (FileNotFoundError, NotADirectoryError, PermissionError)


def find_files(folder: Path) -> dict[str, bytes]:
    """Return the stamp of each card file by its name below the cards folder, sorted."""
    return {
        f"{inner.name}/{file.name}": _stamp(file)
        for inner in _entries(folder)
        if os.path.isdir(inner.path)
        for file in _entries(inner.path)
        if os.path.normcase(file.name).endswith(".yml")
    }


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    with suppress(*_UNSEEN), os.scandir(folder) as entries:
        return sorted(entries, key=_name)
    return []


_name = attrgetter("name")


def _stamp(file: os.DirEntry[str]) -> bytes:
    try:
        return NEVER if file.is_symlink() else stamp_of(file.stat(follow_symlinks=False))
    except OSError:
        return NEVER


def look(folder: Path, known: Mapping[str, bytes], clock: int | None) -> dict[str, bytes]:
    """Return a sight of each card file by name, of what can't be read an empty one.

    Files whose stamp is among those `known` are not read. `clock` is the time by the file
    system's clock, if that is known.
    """
    seen = {}
    for name, stamp in find_files(folder).items():
        before = known.get(name, b"")
        if stamp != NEVER and before.startswith(stamp):
            seen[name] = before
            continue
        try:
            seen[name] = sight(stamp, sha256(content(folder, name)).digest(), clock)
        except OSError:
            seen[name] = b""
    return seen


def content(folder: Path, name: str) -> bytes:
    """Return the bytes of a card file. Raises OSError."""
    with open(f"{folder}{os.sep}{name}", "rb") as file:
        return file.read()


def sight(stamp: bytes, total: bytes, clock: int | None) -> bytes:
    """Return a stamp, NEVER unless it tells every change since the clock, and a checksum."""
    return (stamp if is_settled(stamp, clock) else NEVER) + total


def total_of(sight: bytes) -> bytes:
    """Return the SHA-256 of a file that was seen, nothing of one that can't be read."""
    return sight[SIZE:]


def surplus_files(folder: Path, wanted: Collection[str]) -> Iterator[str]:
    """Yield the names of YAML files anywhere below the cards folder that are not wanted."""
    start = len(str(folder)) + 1
    for here, _, files in os.walk(folder):
        inner = here[start:].replace(os.sep, "/")
        for name in _visible(files):
            whole = f"{inner}/{name}" if inner else name
            if whole not in wanted and os.path.isfile(os.path.join(here, name)):
                yield whole


def _visible(files: Iterable[str]) -> Iterator[str]:
    return (name for name in files if name.endswith(".yml") and not name.startswith("."))
