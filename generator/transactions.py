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
from generator.stamps import is_moved, is_settled, stamp_of, touch

FOLDER = ".cardfile"
_JOURNAL = "journal"
_LOCK = "lock"
# What we lay down in the hidden folder.
_OWN = re.compile(r"[0-9]+|journal|journal\.part")
# What stands beside the cards and is written with them.
_BESIDE = ("../addresses.yml", "../changes.yml")
# Names as cards have them: no need to look closer.
_USUAL = re.compile(r"[a-z]+/[a-z0-9-]+\.yml")
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
# Above this many files one call that writes down everything is quicker than one for each.
_MANY = 100


@dataclass(frozen=True, slots=True)
class _Journal:
    """What is to be done: the n-th of `write` lies in the file n, `remove` goes."""

    write: tuple[str, ...]
    remove: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Put:
    """The files that changed, sorted; and of those written, as far as it counts, the stamp."""

    names: list[str]
    stamps: Mapping[str, bytes]


@contextmanager
def building(cards: Path) -> Iterator[None]:
    """Be the only build on these cards during the block, with an interrupted one finished.

    Raises Unwritable.
    """
    hidden = _hidden(cards)
    with locks.held(hidden / _LOCK, cards.parent), usual_modes():
        recover(cards)
        yield


def replace_files(cards: Path, texts: Mapping[str, str], remove: Iterable[str]) -> list[str]:
    """Make files be what `texts` says and remove others, all or none; return those changed.

    Names are relative to the cards folder; the lock of `building` must be held. Raises
    Unwritable.
    """
    differing = differing_files(cards, texts)
    return put(cards, ((name, texts[name].encode("utf-8")) for name in differing), remove).names


def put(cards: Path, files: Iterable[tuple[str, bytes]], remove: Iterable[str]) -> Put:
    """Write files and remove others, all or none.

    Each is laid down as it comes, so that not all need be held at once. Names are relative to
    the cards folder; the lock of `building` must be held. Raises Unwritable.
    """
    gone = tuple(sorted(name for name in remove if _is_ours(name) and (cards / name).is_file()))
    with undone_by(lambda: recover(cards)):
        _check_places(cards, gone)
        laid = _stage(cards, files)
        journal = _Journal(tuple(laid), gone)
        if laid or gone:
            _decide(cards, journal)
            begun = clock(cards)
            recover(cards)
            laid = _in_place(cards, laid, begun)
    return Put(sorted({*journal.write, *journal.remove}), laid)


def clock(cards: Path) -> int | None:
    """Return the time by the clock of the cards' file system, None to whoever builds nothing."""
    return touch(_hidden(cards) / _LOCK)


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


def _check_places(cards: Path, names: Iterable[str]) -> None:
    """Raise Unwritable if a file could not be moved to its place: better known before it counts."""
    known: dict[str, bool] = {}
    for name in names:
        _check_place(cards, name, known)


def _check_place(cards: Path, name: str, known: dict[str, bool]) -> None:
    """Raise Unwritable if a file has no place; `known` are folders looked at, and if they exist."""
    parent = name.rpartition("/")[0]
    if parent not in known:
        folder = nearest = cards / parent
        while not os.path.lexists(nearest):
            nearest = nearest.parent
        if not nearest.is_dir():
            raise _refused(nearest, errno.ENOTDIR)
        if not os.access(nearest, os.W_OK | os.X_OK):
            raise _refused(nearest, errno.EACCES)
        known[parent] = nearest == folder
    if known[parent] and os.path.isdir(f"{cards}{os.sep}{name}"):
        raise _refused(cards / name, errno.EISDIR)


def _refused(path: Path, number: int) -> Unwritable:
    return Unwritable(path, OSError(number, os.strerror(number)))


def _stage(cards: Path, files: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
    """Lay down all that is to be written, in order; return the stamp of each."""
    hidden, known = _hidden(cards), dict[str, bool]()
    stamps: dict[str, bytes] = {}
    for name, data in files:
        if not stamps:
            with writing(hidden):
                hidden.mkdir(parents=True, exist_ok=True)
        _check_place(cards, name, known)
        try:
            stamps[name] = _lay_down(f"{hidden}{os.sep}{len(stamps)}", data)
        except OSError as fault:
            raise Unwritable(cards / name, fault) from fault
    return stamps


def _lay_down(path: str, data: bytes) -> bytes:
    """Write a file that isn't there yet, readable to all; return its stamp."""
    # Many thousands of times: no more calls of the system than it takes.
    handle = os.open(path, _NEW, 0o644)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(handle, left) :]
        status = os.fstat(handle)
    finally:
        os.close(handle)
    if status.st_mode & 0o777 != 0o644:
        os.chmod(path, 0o644)
    return stamp_of(status)


def _decide(cards: Path, journal: _Journal) -> None:
    """Have all that was laid down surely on the disk, and then the journal."""
    hidden = _hidden(cards)
    with writing(hidden):
        hidden.mkdir(parents=True, exist_ok=True)
        # Now, while there is a way back: it may be for these that there is no room.
        for folder in sorted({name.rpartition("/")[0] for name in journal.write}):
            (cards / folder).mkdir(parents=True, exist_ok=True)
        _flush(range(len(journal.write)), hidden)
        part = hidden / f"{_JOURNAL}.part"
        write_new(part, json.dumps({"write": journal.write, "remove": journal.remove}).encode())
        _flush([part.name, ""], hidden)
        os.replace(part, hidden / _JOURNAL)
        _flush([""], hidden)


def _flush(names: Sequence[str | int], hidden: Path) -> None:
    """Have what is so named in the hidden folder, or itself, on the disk, not only in memory."""
    if len(names) > _MANY and hasattr(os, "sync"):
        os.sync()
        return
    for path in (hidden / str(name) for name in names):
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
    if _USUAL.fullmatch(name):
        return True
    inside = not PurePath(name).is_absolute() and ".." not in re.split(r"[/\\]", name)
    named = name == "CHECKSUMS" or name.endswith(".yml")
    return name in _BESIDE or (inside and named and not PurePath(name).drive)


def _carry_out(cards: Path, journal: _Journal) -> None:
    """Move every file to its place; what was moved before it was cut off is there already."""
    hidden, made = _hidden(cards), set[str]()
    with writing(hidden), os.scandir(hidden) as entries:
        there = {entry.name for entry in entries if entry.is_file()}
    for number, name in enumerate(journal.write):
        folder = name.rpartition("/")[0]
        try:
            if str(number) in there:
                if folder not in made:
                    (cards / folder).mkdir(parents=True, exist_ok=True)
                    made.add(folder)
                os.replace(f"{hidden}{os.sep}{number}", f"{cards}{os.sep}{name}")
        except OSError as fault:
            raise Unwritable(cards / name, fault) from fault
    for name in journal.remove:
        with writing(cards / name):
            (cards / name).unlink(missing_ok=True)


def _in_place(cards: Path, laid: Mapping[str, bytes], begun: int | None) -> dict[str, bytes]:
    """Return the stamps of files that stand as they were laid down, before moving began."""
    now, base = clock(cards), f"{cards}{os.sep}"
    stamps = {}
    for name, before in laid.items():
        with suppress(OSError):
            stamp = stamp_of(os.lstat(base + name))
            known = is_moved(before, stamp) and is_settled(before, begun)
            if known and is_settled(stamp, now):
                stamps[name] = stamp
    return stamps
