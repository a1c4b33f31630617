"""Reading and writing files: bytes in, bytes out, only what changed, never half a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.interruptions import undone_by
from generator.model import Problem

# What to do about an error of the system, by its number.
_ROOM = "make room on that disk, then run it again"
_RIGHTS = "get the right to write there, or name another folder with --output"
_IN_THE_WAY = "something else is in its place: move it away, or name another folder with --output"
_MOUNTED = "it can't be moved as a whole: name a folder below it, on one file system"
_TODO = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: _ROOM,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: _RIGHTS,
    errno.ENOENT: _RIGHTS,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTEMPTY: _IN_THE_WAY,
    errno.ELOOP: _IN_THE_WAY,
    errno.EBUSY: _MOUNTED,
    errno.EXDEV: _MOUNTED,
}


class Unwritable(OSError):
    """A file or folder can't be written; prints as `path: can't be written (why): what to do`."""

    def __init__(self, path: Path, fault: OSError) -> None:
        why = fault.strerror or type(fault).__name__
        super().__init__(fault.errno, why, str(path))
        todo = _TODO.get(fault.errno or 0, "see to it, then run it again")
        self.problem = Problem(str(path), 0, f"can't be written ({why})", todo, fatal=True)

    def __str__(self) -> str:
        return str(self.problem)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Do the block, in which `path` is written. Raises Unwritable if the system refuses."""
    try:
        yield
    except Unwritable:
        raise
    except OSError as fault:
        raise Unwritable(path, fault) from fault


@contextmanager
def usual_modes() -> Iterator[None]:
    """Make what is written in the block readable to all and writable to us, whoever we are."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


def write_if_changed(path: Path, text: str) -> bool:
    """Write `text` as UTF-8 unless the file holds it already; return whether it was written.

    Raises Unwritable.
    """
    data = text.encode("utf-8")
    temporary = path.with_name(f".{os.getpid()}.part")
    with writing(path):
        if _holds(path, data):
            return False
        with undone_by(lambda: temporary.unlink(missing_ok=True)):
            path.parent.mkdir(parents=True, exist_ok=True)
            # One of that name is left of a process that was killed, or not ours at all.
            temporary.unlink(missing_ok=True)
            write_new(temporary, data)
            os.replace(temporary, path)
    return True


def write_new(path: Path, data: bytes) -> None:
    """Write a file that isn't there yet, readable to all; never through a symbolic link."""
    with path.open("xb") as file:
        file.write(data)
    path.chmod(0o644)


def sync_folder(folder: Path, texts: Mapping[str, str], *, suffixes: tuple[str, ...]) -> list[str]:
    """Make the files with these suffixes below `folder` exactly `texts`.

    `texts` maps slash-separated relative names to contents. Returns the names written or
    removed, sorted. Dot files are left alone, except what a killed process left of its own;
    folders without anything in them are removed. Raises Unwritable.
    """
    surplus = surplus_files(folder, texts, suffixes)
    changed = [name for name in sorted(texts) if write_if_changed(folder / name, texts[name])]
    for name in [*surplus, *surplus_files(folder, {}, (".part",), hidden=True)]:
        with writing(folder / name):
            (folder / name).unlink(missing_ok=True)
    drop_empty_folders(folder)
    return sorted({*changed, *surplus})


def differing_files(folder: Path, texts: Mapping[str, str]) -> list[str]:
    """Return the names whose files below `folder` hold something else than `texts`, sorted."""
    names = []
    for name in sorted(texts):
        with writing(folder / name):
            if not _holds(folder / name, texts[name].encode("utf-8")):
                names.append(name)
    return names


def surplus_files(
    folder: Path, texts: Mapping[str, str], suffixes: tuple[str, ...], *, hidden: bool = False
) -> list[str]:
    """Return the files with these suffixes below `folder` that `texts` doesn't name, sorted."""
    paths = (path for path in folder.rglob("*") if path.suffix in suffixes)
    ours = (path for path in paths if path.name.startswith(".") == hidden and path.is_file())
    return sorted({path.relative_to(folder).as_posix() for path in ours} - texts.keys())


def drop_empty_folders(folder: Path) -> None:
    """Remove the folders below `folder` in which nothing is left."""
    for path, _, _ in os.walk(folder, topdown=False):
        if Path(path) != folder and not os.listdir(path):
            with suppress(OSError):
                os.rmdir(path)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data
