"""A whole folder put in the place of another, so that whoever is served sees one of the two."""

from __future__ import annotations

import ctypes
import errno
import filecmp
import os
import shutil
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


def _gone(folder: Path) -> Path:
    return folder.with_name(f".{folder.name}.old")


def _same(one: Path, other: Path) -> bool:
    names = _files(one)
    return names == _files(other) and all(
        filecmp.cmp(one / name, other / name, shallow=False) for name in names
    )


def _files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


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
