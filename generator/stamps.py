"""What tells that a file is as it was, without reading it: size, inode and both of its times.

Whoever changes a file changes its stamp, whatever time the file is given afterwards, unless both
happen within one tick of the file system's clock: so a stamp counts only once that clock has gone
on. On Windows, where the second time is that of the file's making, no stamp counts.
"""

from __future__ import annotations

import os
import struct
from pathlib import Path

_PARTS = struct.Struct("<QQqq")
SIZE = _PARTS.size
# Stands for a stamp where none counts; it equals that of no file.
NEVER = bytes(SIZE)
_MOST = (1 << 64) - 1
# Size, inode, and when the content was written: what moving a file leaves as it is.
_MOVED = 24


def stamp_of(status: os.stat_result) -> bytes:
    """Return the stamp of a file's status, NEVER where none counts."""
    if os.name == "nt":
        return NEVER
    return _PARTS.pack(
        status.st_size, status.st_ino & _MOST, status.st_mtime_ns, status.st_ctime_ns
    )


def is_settled(stamp: bytes, clock: int | None) -> bool:
    """Return whether a stamp taken since the clock stood there tells every later change."""
    if clock is None or stamp == NEVER:
        return False
    written, changed = _PARTS.unpack(stamp)[2:]
    return bool(max(written, changed) < clock)


def is_moved(before: bytes, after: bytes) -> bool:
    """Return whether a stamp is that of a file moved since, and not written to."""
    return before[:_MOVED] == after[:_MOVED] and before != NEVER


def touch(path: Path) -> int | None:
    """Return the time by the clock of a file's own file system, in ns; None if it can't be told.

    The file, which must be one that nobody else goes by, takes on that time.
    """
    try:
        os.utime(path)
        return os.stat(path).st_mtime_ns
    except OSError:
        return None
