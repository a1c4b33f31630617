"""Cards and what stands beside them are written together: all of it, or nothing.

What is to be written is first laid down as a whole in a hidden folder beside the cards. Then a
journal appears there, in one step: from that moment on the new state holds. Then every file is
moved to its place, and the journal goes. Whatever is cut off before the journal appeared was
never begun; whatever is cut off afterwards is finished by the next build.
"""

from __future__ import annotations

import errno
import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path, PurePath

from generator import locks
from generator.files import (
    Unwritable,
    differing_files,
    drop_empty_folders,
    usual_modes,
    write_new,
    writing,
)
from generator.interruptions import undone_by
from generator.model import Problem

FOLDER = ".cardfile"
_JOURNAL = "journal"
# What we lay down in the hidden folder.
_OWN = re.compile(r"[0-9]+|journal|journal\.part")
# What stands beside the cards and is written with them.
_BESIDE = ("../addresses.yml", "../changes.yml")
# Above this many files one call that writes down everything is quicker than one for each.
_MANY = 100


@dataclass(frozen=True, slots=True)
class _Journal:
    """What is to be done: the n-th of `write` lies in the file n, `remove` goes."""

    write: tuple[str, ...]
    remove: tuple[str, ...]


@contextmanager
def building(cards: Path) -> Iterator[None]:
    """Be the only build on these cards during the block, with an interrupted one finished.

    Raises Unwritable.
    """
    hidden = _hidden(cards)
    with locks.held(hidden / "lock", cards.parent), usual_modes():
        recover(cards)
        yield


def replace_files(cards: Path, texts: Mapping[str, str], remove: Iterable[str]) -> list[str]:
    """Make files be what `texts` says and remove others, all or none; return those changed.

    Names are relative to the cards folder; the lock of `building` must be held. Raises
    Unwritable.
    """
    journal = _Journal(
        tuple(differing_files(cards, texts)),
        tuple(sorted(name for name in remove if _is_ours(name) and (cards / name).is_file())),
    )
    names = sorted({*journal.write, *journal.remove})
    if names:
        _check_places(cards, names)
        with undone_by(lambda: recover(cards)):
            _stage(cards, journal, texts)
            recover(cards)
    return names


def recover(cards: Path) -> None:
    """Finish what a build had decided to write; throw away what it had not. Raises Unwritable."""
    hidden = _hidden(cards)
    if not hidden.is_dir() or hidden.is_symlink():
        return
    journal = _read_journal(hidden / _JOURNAL)
    if journal:
        _carry_out(cards, journal)
    with writing(hidden):
        # The journal last: cut off here, all is done once more, which changes nothing.
        for path in sorted(hidden.iterdir(), reverse=not journal):
            if _OWN.fullmatch(path.name):
                path.unlink(missing_ok=True)
    drop_empty_folders(cards)
    with suppress(OSError):
        hidden.rmdir()


def unfinished(cards: Path) -> tuple[Problem, ...]:
    """Return a problem if the files are those of two builds, because one was interrupted."""
    hidden = _hidden(cards)
    if _read_journal(hidden / _JOURNAL) is None:
        return ()
    name = f"{cards.parent.name}/{FOLDER}"
    what = "a build was interrupted while it wrote the cards, or is at work"
    return (Problem(name, 0, what, "run cardfile build, it ends that one first", fatal=True),)


def _hidden(cards: Path) -> Path:
    return cards.parent / FOLDER


def _check_places(cards: Path, names: Sequence[str]) -> None:
    """Raise Unwritable if a file could not be moved to its place: better known before it counts."""
    for name in names:
        path = cards / name
        folder = path.parent
        while not os.path.lexists(folder):
            folder = folder.parent
        if not folder.is_dir():
            raise _refused(folder, errno.ENOTDIR)
        if not os.access(folder, os.W_OK | os.X_OK):
            raise _refused(folder, errno.EACCES)
        if path.is_dir():
            raise _refused(path, errno.EISDIR)


def _refused(path: Path, number: int) -> Unwritable:
    return Unwritable(path, OSError(number, os.strerror(number)))


def _stage(cards: Path, journal: _Journal, texts: Mapping[str, str]) -> None:
    """Lay down all that is to be written, surely on the disk, and then the journal."""
    hidden = _hidden(cards)
    with writing(hidden):
        hidden.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(journal.write):
        with writing(cards / name):
            write_new(hidden / str(number), texts[name].encode("utf-8"))
    with writing(hidden):
        # Now, while there is a way back: it may be for these that there is no room.
        for folder in sorted({(cards / name).parent for name in journal.write}):
            folder.mkdir(parents=True, exist_ok=True)
        _flush([hidden / str(number) for number in range(len(journal.write))])
        part = hidden / f"{_JOURNAL}.part"
        write_new(part, json.dumps({"write": journal.write, "remove": journal.remove}).encode())
        _flush([part, hidden])
        os.replace(part, hidden / _JOURNAL)
        _flush([hidden])


def _flush(paths: Sequence[Path]) -> None:
    """Have these files on the disk, not only in memory."""
    if len(paths) > _MANY and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        if path.is_dir() and os.name == "nt":
            continue  # where folders can't be opened
        handle = os.open(path, os.O_RDONLY if os.name != "nt" else os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _read_journal(path: Path) -> _Journal | None:
    """Return the journal, if it is there and speaks of nothing but our files."""
    try:
        found = json.loads(path.read_bytes())
        journal = _Journal(tuple(found["write"]), tuple(found["remove"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None
    names = (*journal.write, *journal.remove)
    return journal if all(isinstance(name, str) and _is_ours(name) for name in names) else None


def _is_ours(name: str) -> bool:
    """Return whether a journal may speak of a file: it might have come with a pull request."""
    inside = not PurePath(name).is_absolute() and ".." not in re.split(r"[/\\]", name)
    named = name == "CHECKSUMS" or name.endswith(".yml")
    return name in _BESIDE or (inside and named and not PurePath(name).drive)


def _carry_out(cards: Path, journal: _Journal) -> None:
    """Move every file to its place; what was moved before it was cut off is there already."""
    hidden = _hidden(cards)
    for number, name in enumerate(journal.write):
        staged = hidden / str(number)
        with writing(cards / name):
            if staged.is_file():
                (cards / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(staged, cards / name)
    for name in journal.remove:
        with writing(cards / name):
            (cards / name).unlink(missing_ok=True)
