"""Folders of other people's files: what is read of them, and what never is.

A file's name is what every machine calls it: in NFC, with slashes. Nothing outside the folder
is read, and nothing that is no regular file: a pipe would be waited for, for ever.
"""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from generator import unseen
from generator.model import Limits, Problem

FORMATS = {".txt": "txt", ".md": "md", ".html": "html", ".htm": "html"}
# Documents somebody meant as articles; pictures and style sheets are nobody's mistake.
DOCUMENTS = (".pdf", ".docx", ".doc", ".rtf", ".odt")

# What no page, terminal or YAML file can print: controls, and bytes that are no text.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# Windows would take a text file's Ctrl-Z for its end.
_OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_COPY = "copy the file into the folder, or remove the link"


def list_files(folder: Path) -> tuple[dict[str, Path], list[Problem]]:
    """Return the article files below a folder by name, sorted, and what is wrong there."""
    problems: list[Problem] = []
    found: list[tuple[str, Path]] = []
    for path in _walk(folder, problems):
        file = _name(folder, path)
        suffix = path.suffix.lower()
        if problem := _refuse(folder, path, file, suffix in FORMATS):
            problems.append(problem)
        elif suffix in DOCUMENTS:
            problems.append(Problem(file, 0, "not read", "save it as .txt, .md or .html"))
        elif suffix in FORMATS and not path.is_dir():
            found.append((file, path))
    files, twins = _by_name(folder, found)
    return files, [*problems, *twins, *_alike(files)]


def list_flat(folder: Path, suffix: str) -> tuple[dict[str, Path], list[Problem]]:
    """Return the files right in a folder that have this ending, by name, and what is wrong."""
    problems: list[Problem] = []
    found: list[tuple[str, Path]] = []
    for name in sorted(os.listdir(folder)) if folder.is_dir() else ():
        path = folder / name
        about = name.startswith(".") or name.upper().startswith("README")
        if path.suffix != suffix or about or (path.is_dir() and not path.is_symlink()):
            continue
        if problem := _refuse(folder, path, _name(folder, path), True):
            problems.append(problem)
        else:
            found.append((_name(folder, path), path))
    files, twins = _by_name(folder, found)
    return files, [*problems, *twins, *_alike(files)]


def read_texts(
    folder: Path, suffix: str, limits: Limits, *, fatal: bool = False
) -> tuple[dict[str, str], list[Problem]]:
    """Return the UTF-8 texts right in a folder of the editors', by `folder/name`, and what fails.

    Line ends are plain and a byte order mark is gone, whatever machine a text was saved on. With
    `fatal`, nothing is made as long as one can't be read.
    """
    files, problems = list_flat(folder, suffix)
    texts: dict[str, str] = {}
    for file, path in files.items():
        data = read_bytes(path, file, limits)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            line = data[: fault.start].count(b"\n") + 1
            problems.append(Problem(file, line, "no UTF-8 text", "save the file as UTF-8 text"))
            continue
        texts[f"{folder.name}/{file}"] = re.sub("\r\n?", "\n", text)
    at_home = (replace(problem, file=f"{folder.name}/{problem.file}") for problem in problems)
    return texts, [
        replace(problem, fatal=fatal and problem.file not in texts) for problem in at_home
    ]


def read_bytes(path: Path, file: str, limits: Limits) -> bytes | Problem:
    """Return a file's bytes, or why it can't be read. Never waits, never takes more than may be."""
    try:
        handle = os.open(path, _OPENING)
        with os.fdopen(handle, "rb") as stream:
            status = os.fstat(handle)
            if not stat.S_ISREG(status.st_mode):
                return _irregular(file)
            # One byte more: a file may grow after its size was asked.
            data = b"" if status.st_size > limits.file_bytes else stream.read(limits.file_bytes + 1)
    except OSError as fault:
        return _unreadable(file, fault)
    if (size := max(status.st_size, len(data))) > limits.file_bytes:
        what = f"{size:,} bytes is over the limit of {limits.file_bytes:,}"
        return Problem(file, 0, what, "split the file, or raise limits.file_bytes")
    return data


def _walk(folder: Path, problems: list[Problem]) -> Iterator[Path]:
    """Yield every file and link below a folder that is not about the folder itself."""

    def failed(fault: OSError) -> None:
        problems.append(_unreadable(_name(folder, Path(fault.filename)), fault))

    for directory, folders, files in os.walk(folder, onerror=failed):
        here = Path(directory)
        folders[:] = sorted(name for name in folders if not _is_ours(name))
        linked = (name for name in folders if (here / name).is_symlink())
        yield from (here / name for name in sorted((*files, *linked)) if not _is_ours(name))


def _is_ours(name: str) -> bool:
    """Return whether a file is about the folder rather than an article in it."""
    return name.startswith((".", "_")) or name.upper().startswith("README")


def _name(folder: Path, path: Path) -> str:
    """Return what a file is called on every machine; what can't be printed stands as `\\x0a`."""
    return _UNPRINTABLE.sub(_escaped, unicodedata.normalize("NFC", _text(folder, path)))


def _text(folder: Path, path: Path) -> str:
    """Return a file's name as text, by its bytes: without a locale Python takes them for ASCII."""
    name = os.fsencode(path.relative_to(folder).as_posix())
    return name.decode("utf-8", "surrogateescape")


def _escaped(match: re.Match[str]) -> str:
    number = ord(match.group())
    # A byte that is no text came as the half of a character.
    return f"\\x{number - 0xDC00 if 0xDC80 <= number <= 0xDCFF else number:02x}"


def _refuse(folder: Path, path: Path, file: str, wanted: bool) -> Problem | None:
    """Return why a file may not be read; one that is not `wanted` only if it leads elsewhere."""
    if path.is_symlink():
        if not os.path.exists(path):
            return Problem(file, 0, "a symbolic link to nothing", "mend or remove the link")
        if not _is_inside(folder, path):
            return Problem(file, 0, "a symbolic link that leads out of the folder", _COPY)
        if path.is_dir():
            return Problem(file, 0, "a symbolic link to a folder", _COPY.replace("file", "files"))
    if wanted and _UNPRINTABLE.search(_text(folder, path)):
        what = "its name holds control characters or bytes that are no text"
        return Problem(file, 0, what, "rename the file")
    if wanted and path.exists() and not (path.is_file() or path.is_dir()):
        return _irregular(file)
    return None


def _is_inside(folder: Path, path: Path) -> bool:
    return Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder))


def _irregular(file: str) -> Problem:
    return Problem(file, 0, "a pipe, socket or device, no file", "remove it")


def _unreadable(file: str, fault: OSError) -> Problem:
    what = f"can't be read ({fault.strerror or 'unknown fault'})"
    return Problem(file, 0, what, "check the file and its permissions, or remove it")


# --- names that not every machine can hold


def _by_name(folder: Path, found: list[tuple[str, Path]]) -> tuple[dict[str, Path], list[Problem]]:
    """Return files by name, sorted; of two that are composed differently, the composed one."""
    files: dict[str, Path] = {}
    problems: list[Problem] = []
    # The composed spelling is the name itself, and stands first.
    for file, path in sorted(
        found, key=lambda row: (row[0], _text(folder, row[1]) != row[0], row[1])
    ):
        if file in files:
            what = "a second file of this name, whose accents are only stored in another way"
            todo = "rename or remove one of the two: a Mac can keep only one; the other is read"
            problems.append(Problem(file, 0, what, todo))
        else:
            files[file] = path
        if hidden := unseen.deceptions(file):
            what = f"its name holds {unseen.label(hidden[0])}"
            problems.append(Problem(file, 0, what, "rename the file"))
    return files, problems


def _alike(files: Mapping[str, Path]) -> Iterator[Problem]:
    """Yield a problem for each file or folder whose name another has but for capital letters."""
    first: dict[str, str] = {}
    told: set[str] = set()
    for file in files:
        parts = file.split("/")
        for depth in range(1, len(parts) + 1):
            name = "/".join(parts[:depth])
            other = first.setdefault(unicodedata.normalize("NFC", name.casefold()), name)
            if other != name and name not in told:
                told.add(name)
                what = f"its name differs from {other} in capital letters only"
                todo = "rename one of them: a Mac or Windows keeps only one of the two"
                yield Problem(name, 0, what, todo)
                break
