"""A whole folder put in the place of another, so that whoever is served sees one of the two."""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

# Flag of renameat2 and of renamex_np; "relative to where we are", unless a path is absolute.
_SWAP = 2
_HERE = -100


def aside(folder: Path) -> Path:
    """Return where a new folder is made that shall take a folder's place: beside it."""
    return folder.with_name(f".{folder.name}.part")


def replace_folder(new: Path, old: Path) -> None:
    """Put folder `new` in the place of `old`, unless they are the same byte for byte.

    In one step where the system can swap folders (Linux, macOS). Elsewhere there are two, and
    `tidy` mends what is cut off between them.
    """
    if not old.exists():
        new.rename(old)
    elif not old.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(old))
    elif not _same(new, old) and not _swapped(new, old):
        old.rename(_gone(old))
        new.rename(old)
    tidy(old)
    shutil.rmtree(new, ignore_errors=True)


def tidy(folder: Path) -> None:
    """Leave nothing beside a folder of what a replacement that was cut off had there."""
    if _gone(folder).is_dir() and not folder.exists():
        _gone(folder).rename(folder)
    for left in (aside(folder), _gone(folder)):
        shutil.rmtree(left, ignore_errors=True)


def files_below(folder: str | Path, above: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the path of each file below a folder, as seen from there, and its entry."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from files_below(entry.path, f"{above}{entry.name}/")
            elif entry.is_file():
                yield f"{above}{entry.name}", entry


def _gone(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _same(one: Path, other: Path) -> bool:
    ours, theirs = dict(files_below(one)), dict(files_below(other))
    if ours.keys() != theirs.keys():
        return False
    unsure = []
    for name, entry in ours.items():
        found, there = entry.stat(), theirs[name].stat()
        if found.st_size != there.st_size:
            return False
        if not os.path.samestat(found, there):
            unsure.append(name)
    return all(filecmp.cmp(one / name, other / name, shallow=False) for name in unsure)


def _swapped(one: Path, other: Path) -> bool:
    """Swap two folders in one step; return whether this system and this disk can."""
    first, second = os.fsencode(one.absolute()), os.fsencode(other.absolute())
    try:
        system = ctypes.CDLL(None)
    except (OSError, TypeError):
        return False  # Windows: there is none to ask
    if hasattr(system, "renameat2"):
        return bool(system.renameat2(_HERE, first, _HERE, second, _SWAP) == 0)
    if hasattr(system, "renamex_np"):
        return bool(system.renamex_np(first, second, _SWAP) == 0)
    return False
