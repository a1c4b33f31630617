"""A project as one of its git revisions had it, read without touching work tree or index.

All comes through the command `git`. Names in a revision are foreign: one that would lead out of
the folder it is laid out in is left alone, and so are symbolic links.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

# Plain files, with and without the right to run them; not links, not other repositories.
_FILES = (b"100644", b"100755")
_PIECE = 1 << 20


class NoHistory(Exception):
    """The revision can't be read; says why, in git's words where it has any."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit, and where the project stands in its repository: '' or 'some/folder'."""

    commit: str
    folder: Path
    prefix: str


@dataclass(frozen=True, slots=True)
class _Blob:
    id: bytes
    name: str


def find_revision(folder: Path, name: str) -> Revision:
    """Return the commit that `name` stands for in the project's repository. Raises NoHistory."""
    prefix = _answer(folder, "rev-parse", "--show-prefix")
    try:
        commit = _answer(folder, "rev-parse", "--verify", "--end-of-options", f"{name}^{{commit}}")
    except NoHistory as fault:
        # What rev-parse says of an unknown name is that it needs one; rev-list names it.
        found = _run(folder, "rev-list", "--max-count=1", "--end-of-options", name, "--")
        reason = _reason(found.stderr) or str(fault)
        raise NoHistory(f"{name}: no revision ({reason})") from fault
    return Revision(commit, folder, prefix.rstrip("/"))


def path_in(revision: Revision, path: str | Path) -> str | None:
    """Return a path as git names it, below the top of the repository; None for one outside."""
    try:
        below = os.path.relpath(path, revision.folder)
    except ValueError:  # another drive
        return None
    name = os.path.normpath(os.path.join(revision.prefix, below)).replace(os.sep, "/")
    if name == ".":
        return ""
    return None if name == ".." or name.startswith("../") else name


def lay_out(
    revision: Revision, path: str, target: Path, wanted: Callable[[str], bool] | None = None
) -> tuple[str, ...]:
    """Write the files that stood below `path` into `target`; return the names that can't be.

    `wanted` chooses by the name below `path`. Nothing is written where nothing stood.
    """
    blobs: list[_Blob] = []
    refused: list[_Blob] = []
    for blob in _blobs(revision, path):
        if wanted is None or wanted(blob.name):
            (blobs if _is_safe(blob.name) else refused).append(blob)
    unwritten = [
        blob.name
        for blob, size, source in _contents(revision, blobs)
        if not _copied(source, size, target / blob.name)
    ]
    return tuple(sorted([*unwritten, *(blob.name for blob in refused)]))


def has_files(revision: Revision, path: str) -> bool:
    """Return whether any plain file stood below `path`."""
    return any(_blobs(revision, path))


def changed_files(revision: Revision, folder: str | Path) -> frozenset[str]:
    """Return the files below a folder, by their names in it, that are no more as they were.

    Files the revision did not know are not among them.
    """
    path = path_in(revision, folder)
    if path is None:
        return frozenset()
    below = os.path.relpath(folder, revision.folder)
    options = "--no-renames --no-ext-diff --no-textconv --no-relative --ignore-submodules=all"
    found = _run(
        revision.folder, "--literal-pathspecs", "diff", "--name-only", "-z",
        *options.split(), revision.commit, "--", below,
    )  # fmt: skip
    names = (os.fsdecode(name) for name in found.stdout.split(b"\0") if name)
    start = f"{path}/" if path else ""
    return frozenset(name.removeprefix(start) for name in names if name.startswith(start))


# --- what a tree holds


def _blobs(revision: Revision, path: str) -> Iterator[_Blob]:
    """Yield the plain files below a path, none if there is no such folder."""
    what = f"{revision.commit}:{path}" if path else f"{revision.commit}^{{tree}}"
    tree = _run(revision.folder, "rev-parse", "--verify", "--quiet", "--end-of-options", what)
    if tree.returncode:
        return
    id = tree.stdout.decode().strip()
    listed = _run(revision.folder, "ls-tree", "-r", "-z", "--full-tree", id)
    for entry in listed.stdout.split(b"\0") if not listed.returncode else ():
        about, _, name = entry.partition(b"\t")
        if name and about.split()[0] in _FILES:
            yield _Blob(about.split()[2], os.fsdecode(name))


def _is_safe(name: str) -> bool:
    """Return whether a name stays below the folder it is written to."""
    if any(part in ("", ".", "..") for part in name.split("/")):
        return False
    # Where a backslash parts folders, and a colon names a drive.
    return os.sep == "/" or not any(char in name for char in "\\:")


def _contents(revision: Revision, blobs: Sequence[_Blob]) -> Iterator[tuple[_Blob, int, IO[bytes]]]:
    """Yield every file with its size and a stream that stands at its first byte."""
    if not blobs:
        return
    with tempfile.TemporaryFile() as asked:
        # All questions first, from a file: neither side can wait for the other.
        asked.write(b"".join(blob.id + b"\n" for blob in blobs))
        asked.seek(0)
        with subprocess.Popen(
            _command(revision.folder, "cat-file", "--batch"),
            stdin=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_environment(),
        ) as git:  # fmt: skip
            assert git.stdout is not None
            for blob in blobs:
                told = git.stdout.readline().split()
                if len(told) != 3:
                    raise NoHistory(f"{blob.name}: its contents are missing from the repository")
                yield blob, int(told[2]), git.stdout
                git.stdout.read(1)  # the line's end after each file


def _copied(source: IO[bytes], size: int, path: Path) -> bool:
    """Copy `size` bytes to a file; return whether the system can hold one of this name."""
    left = size
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            while left:
                piece = source.read(min(left, _PIECE))
                if not piece:
                    raise NoHistory(f"{path.name}: its contents break off")
                left -= len(piece)
                file.write(piece)
    except OSError:
        while left:
            left -= len(source.read(min(left, _PIECE))) or left
        return False
    return True


# --- the command


def _answer(folder: Path, *arguments: str) -> str:
    """Return what git says in one line. Raises NoHistory."""
    found = _run(folder, *arguments)
    if found.returncode:
        raise NoHistory(_reason(found.stderr) or "git gives no reason")
    return os.fsdecode(found.stdout).removesuffix("\n")


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        command = _command(folder, *arguments)
        return subprocess.run(command, capture_output=True, check=False, env=_environment())
    except FileNotFoundError as fault:
        raise NoHistory("git is not installed") from fault


def _command(folder: Path, *arguments: str) -> list[str]:
    return ["git", "-C", str(folder), *arguments]


def _environment() -> dict[str, str]:
    """Return an environment in which git writes nothing and speaks one language."""
    return {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C", "LANGUAGE": ""}


def _reason(stderr: bytes) -> str:
    """Return the first line that git complains with: "not a git repository …"."""
    lines = os.fsdecode(stderr).strip().splitlines()
    return lines[0].removeprefix("fatal: ").strip() if lines else ""
