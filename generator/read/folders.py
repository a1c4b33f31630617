"""The articles folder: which files are articles, which are not, and which can't be read."""

from __future__ import annotations

import os
from pathlib import Path

from generator.model import Limits, Problem

FORMATS = {".txt": "txt", ".md": "md", ".html": "html", ".htm": "html"}
# Documents somebody meant as articles; pictures and style sheets are nobody's mistake.
DOCUMENTS = (".pdf", ".docx", ".doc", ".rtf", ".odt")


def list_files(folder: Path) -> tuple[list[str], list[Problem]]:
    """Return the names of the article files below a folder, sorted, and what is wrong there."""
    names: list[str] = []
    problems: list[Problem] = []
    for directory, folders, files in os.walk(folder, onerror=None):
        here = Path(directory)
        folders[:] = sorted(name for name in folders if not _is_ours(name))
        for name in sorted(files) + [name for name in folders if (here / name).is_symlink()]:
            file = (here / name).relative_to(folder).as_posix()
            if _is_ours(name):
                continue
            if problem := _refuse(folder, here / name, file):
                problems.append(problem)
            elif (here / name).suffix.lower() in FORMATS and (here / name).is_file():
                names.append(file)
    return sorted(names), problems


def read_bytes(folder: Path, file: str, limits: Limits) -> bytes | Problem:
    """Return a file's bytes, or why it can't be read."""
    path = folder / file
    try:
        size = path.stat().st_size
        if size > limits.file_bytes:
            what = f"{size:,} bytes is over the limit of {limits.file_bytes:,}"
            return Problem(file, 0, what, "split the file, or raise limits.file_bytes")
        return path.read_bytes()
    except OSError as fault:
        what = f"can't be read ({fault.strerror or 'unknown fault'})"
        return Problem(file, 0, what, "check the file and its permissions, or remove it")


def _is_ours(name: str) -> bool:
    """Return whether a file is about the folder rather than an article in it."""
    return name.startswith((".", "_")) or name.upper().startswith("README")


def _refuse(folder: Path, path: Path, file: str) -> Problem | None:
    suffix = path.suffix.lower()
    if path.is_symlink() and not _is_inside(folder, path):
        what = "a symbolic link that leads out of the articles folder"
        return Problem(file, 0, what, "copy the file into the folder, or remove the link")
    if path.is_symlink() and not path.exists():
        return Problem(file, 0, "a symbolic link to nothing", "mend or remove the link")
    if suffix in DOCUMENTS:
        return Problem(file, 0, "not read", "save it as .txt, .md or .html")
    return None


def _is_inside(folder: Path, path: Path) -> bool:
    try:
        return path.resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link that leads to itself
        return False
