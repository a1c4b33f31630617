"""A lock that one process holds and that vanishes with it, however it ends."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.files import writing
from generator.interruptions import undone_by

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
_PAUSE = 0.1  # seconds between two looks at a lock that somebody holds
_ours: set[Path] = set()


@contextmanager
def held(path: Path, about: Path) -> Iterator[None]:
    """Hold the lock file `path` during the block; who comes second waits, and says so once.

    `about` is what the lock is for. Blocks within one another are one. The file and its folder,
    if nothing else is in it, are removed in the end. Where nothing may be written there is no
    need of a lock; where the file system knows none, that is said and the work goes on. Raises
    Unwritable.
    """
    if path in _ours:
        yield
        return
    lock = _Lock(path)
    with undone_by(lock.release):
        with writing(path.parent):
            lock.acquire(about)
        _ours.add(path)
        try:
            yield
        finally:
            _ours.discard(path)
            lock.release()


class _Lock:
    def __init__(self, path: Path) -> None:
        self.path = path
        self.handle = -1

    def acquire(self, about: Path) -> None:
        said = False
        while True:
            try:
                if self._taken():
                    return
            except OSError as fault:
                if fault.errno in _NO_LOCKS:
                    _say(f"note: no locks on this file system: run no other build on {about}")
                elif fault.errno not in _NOT_ALLOWED:
                    raise
                return
            if not said:
                _say(f"another build is at work on {about}; waiting")
                said = True
            time.sleep(_PAUSE)

    def _taken(self) -> bool:
        """Try to take the lock, and return whether it is ours now."""
        if self.path.parent.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        try:
            flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
            handle = os.open(self.path, flags, 0o644)
        except FileNotFoundError:
            # Whoever held it removed the folder at this very moment.
            return False
        try:
            # The one before removes the file when done: a lock on what is gone is none.
            if _locked(handle) and _is(self.path, handle):
                self.handle, handle = handle, -1
        finally:
            if handle >= 0:
                os.close(handle)
        return self.handle >= 0

    def release(self) -> None:
        with contextlib.suppress(OSError):
            if self.handle >= 0:
                handle, self.handle = self.handle, -1
                # Windows removes no open file; elsewhere it must be gone before it is free.
                if sys.platform == "win32":
                    os.close(handle)
                    self.path.unlink()
                else:
                    self.path.unlink()
                    os.close(handle)
        with contextlib.suppress(OSError):
            self.path.parent.rmdir()


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


def _is(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.stat(path), os.fstat(handle))
    except FileNotFoundError:
        return False


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)
