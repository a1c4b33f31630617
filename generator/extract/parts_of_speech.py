"""What an English dictionary says of a word: noun, verb, adjective, or nothing.

A name in capitals that is made of dictionary words ("Bright Orchard") is another kind of name
than one that is not ("Halden"). The word forms are lemminflect's, of which only the data file
is read.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

from generator import kept_tables


@lru_cache(maxsize=20_000)
def parts_of_speech(folded: str) -> str:
    """Return the parts of speech of a lower-case word, sorted; `-` if it has none, `.` for a sign.

    >>> parts_of_speech("orchard"), parts_of_speech("halden"), parts_of_speech(",")
    ('noun', '-', '.')
    """
    if not folded.isalpha():
        return "."
    return (_dictionary().get(folded) or "-").replace(" ", "+")


@cache
def _dictionary() -> kept_tables.Table:
    return kept_tables.table("parts_of_speech", _lines)


def _lines() -> dict[str, str]:
    """Return the parts of speech of each form: `bear` -> `noun verb`."""
    return kept_tables.gathered(_told())


def _told() -> Iterator[tuple[str, str]]:
    """Yield each form of a word with its part of speech."""
    with gzip.open(_data(), "rt", encoding="utf-8") as lines:
        for line in lines:
            lemma, part, forms = line.rstrip("\n").split(",")[:3]
            for form in (lemma, *forms.replace("|", "/").split("/")):
                if form[:1].islower():
                    yield form, part


def _data() -> Path:
    spec = find_spec("lemminflect")
    assert spec is not None and spec.origin is not None, "lemminflect is not installed"
    return Path(spec.origin).parent / "resources" / "infl_lu.csv.gz"
