"""What an English dictionary says of a word: noun, verb, adjective, or nothing.

A name in capitals that is made of dictionary words ("Bright Orchard") is another kind of name
than one that is not ("Halden"). The word forms are lemminflect's, of which only the data file
is read.
"""

from __future__ import annotations

import gzip
from collections import defaultdict
from functools import cache
from importlib.util import find_spec
from pathlib import Path


def parts_of_speech(folded: str) -> str:
    """Return the parts of speech of a lower-case word, sorted; `-` if it has none, `.` for a sign.

    >>> parts_of_speech("orchard"), parts_of_speech("halden"), parts_of_speech(",")
    ('noun', '-', '.')
    """
    return _dictionary().get(folded, "-") if folded.isalpha() else "."


@cache
def _dictionary() -> dict[str, str]:
    """Return the parts of speech of each form: `bear` -> `noun+verb`."""
    found: dict[str, set[str]] = defaultdict(set)
    with gzip.open(_data(), "rt", encoding="utf-8") as lines:
        for line in lines:
            lemma, part, forms = line.rstrip("\n").split(",")[:3]
            for form in (lemma, *forms.replace("|", "/").split("/")):
                if form[:1].islower():
                    found[form].add(part)
    return {form: "+".join(sorted(parts)) for form, parts in found.items()}


def _data() -> Path:
    spec = find_spec("lemminflect")
    assert spec is not None and spec.origin is not None, "lemminflect is not installed"
    return Path(spec.origin).parent / "resources" / "infl_lu.csv.gz"
