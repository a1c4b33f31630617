"""Whether everything is as it was after the last build: then there is nothing to do.

Of articles, decisions and settings every byte counts. The cards, which the program itself wrote,
are told by size, inode and both times of each file: a change of content changes the latter.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from generator.model import Settings


def state_of(settings: Settings, version: bytes) -> bytes:
    """Return a digest of all that cards are made from, and of the cards there are."""
    state = sha256(version + repr(settings).encode("utf-8", "surrogatepass"))
    for folder in (settings.articles, settings.curation):
        for path in _files(folder):
            state.update(_told(path, _content(path)))
    cards = Path(settings.cards)
    for name in (settings.addresses, str(Path(settings.addresses).with_name("changes.yml"))):
        state.update(_told(name, _content(name)))
    for path in _files(str(cards)):
        state.update(_told(path, _stamp(path)))
    return state.digest()


def _files(folder: str) -> Iterator[str]:
    """Yield every file below a folder, sorted; or the one that it is."""
    if os.path.isfile(folder):
        yield folder
    for here, folders, files in os.walk(folder):
        folders.sort()
        yield from (os.path.join(here, name) for name in sorted(files))


def _told(path: str, what: bytes) -> bytes:
    return b"%s\\0%d\\0%s\\0" % (os.fsencode(path), len(what), what)


def _content(path: str) -> bytes:
    """Return a digest of a file's bytes, of its kind and rights where there are none to read."""
    try:
        status = os.stat(path)
        # A pipe would be waited for, for ever.
        if not os.path.isfile(path):
            return str(status.st_mode).encode()
        with open(path, "rb") as file:
            data = file.read()
        return b"%d %s" % (os.path.islink(path), sha256(data).digest())
    except OSError as fault:
        return str(fault.errno).encode()


def _stamp(path: str) -> bytes:
    status = os.lstat(path)
    parts = (status.st_mode, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    return repr(parts).encode()
