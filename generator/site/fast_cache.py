"""Pages of the last build, kept in the project: what did not change is not rendered again.

Safe to delete. A page is taken from there if its Markdown, its shell, the code and all else
it is made of are the same, byte for byte; and it is a link to the same file on disk where
that is possible. What is kept is never written to: it is replaced.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_INDEX = "index.json"


@dataclass(slots=True)
class Kept:
    """What is known of a page that was rendered; `wanted` are the places it links to, one a line.

    `stamp` are time and size of the kept file: one that somebody wrote to is not used.
    """

    digest: str
    robots: str
    ids: str
    wanted: str
    stamp: list[int] = field(default_factory=list)


class Cache:
    """The pages kept in a folder. `key` tells what all of them are made with."""

    def __init__(self, folder: Path, key: str) -> None:
        self.folder, self.key = folder, key
        self.old = {uri: Kept(*told) for uri, told in _index(folder, key).items()}
        self.new: dict[str, Kept] = {}

    def find(self, uri: str, digest: str) -> Kept | None:
        """Return what is known of a page if its Markdown is the same and the kept one untouched."""
        kept = self.old.get(uri)
        if kept is None or kept.digest != digest or kept.stamp != self.stamp(uri):
            return None
        return kept

    def take(self, uri: str, kept: Kept, path: str) -> bool:
        """Put a kept page into the site; return whether that went well."""
        try:
            _link(self.path(uri), path)
        except OSError:
            return False
        self.new[uri] = kept
        return True

    def keep(self, uri: str, kept: Kept, path: str) -> None:
        """Keep a page that was written into the site."""
        place = self.path(uri)
        with suppress(OSError):
            try:
                os.link(path, place)
            except OSError:
                os.makedirs(os.path.dirname(place), exist_ok=True)
                with suppress(FileNotFoundError):
                    os.unlink(place)
                _link(path, place)
            kept.stamp = self.stamp(uri)
            self.new[uri] = kept

    def save(self) -> None:
        """Write down what is kept, and drop what is no more."""
        told = {uri: [getattr(kept, name) for name in Kept.__slots__]
                for uri, kept in self.new.items()}  # fmt: skip
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            for uri in self.old.keys() - self.new.keys():
                with suppress(FileNotFoundError):
                    os.unlink(self.path(uri))
            part = self.folder / f"{_INDEX}.part"
            part.write_text(json.dumps([self.key, told]), encoding="utf-8")
            os.replace(part, self.folder / _INDEX)

    def path(self, uri: str) -> str:
        return f"{self.folder}/{uri}"

    def stamp(self, uri: str) -> list[int]:
        try:
            found = os.stat(self.path(uri))
        except OSError:
            return []
        return [found.st_mtime_ns, found.st_size]


def digest(parts: Iterable[bytes]) -> str:
    """Return what stands for bytes: equal only if all of them are."""
    made = hashlib.blake2b(digest_size=16)
    for part in parts:
        made.update(len(part).to_bytes(8, "big"))
        made.update(part)
    return made.hexdigest()


def code_digest(folders: Iterable[Path]) -> str:
    """Return what stands for the code in these folders."""
    paths = sorted(path for folder in folders for path in folder.glob("*.py"))
    return digest(path.read_bytes() for path in paths)


def _index(folder: Path, key: str) -> dict[str, Any]:
    """Return what was written down with the same key; nothing if there is nothing of use."""
    try:
        known, told = json.loads((folder / _INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if known == key else {}


def _link(source: str, target: str) -> None:
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
