"""Knowledge as data: the YAML lexicons in `generator/lexicons/`, read once each."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from generator import kept_tables, names, yaml_files

FOLDER = Path(__file__).parent / "lexicons"


@cache
def load(name: str) -> Any:
    """Return the lexicon `name` as dicts, lists and strings; treat it as read-only."""
    # Reading the YAML takes ten times as long.
    text = _kept().get(name) if kept_tables.is_keeping() else None
    return _read(name) if text is None else msgspec.json.decode(text)


def _read(name: str) -> Any:
    return yaml_files.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


@cache
def _kept() -> kept_tables.Table:
    return kept_tables.table("lexicons", _texts)


def _texts() -> dict[str, str]:
    """Return every lexicon by its name, as one line."""
    found = sorted(path.stem for path in FOLDER.glob("*.yml"))
    return {name: msgspec.json.encode(_read(name)).decode() for name in found}


@cache
def words(name: str, key: str) -> frozenset[str]:
    """Return one list of a lexicon as a set, as written; a text block is a list of its words."""
    value = load(name)[key]
    return frozenset(value.split() if isinstance(value, str) else value)


@cache
def folded(name: str, key: str) -> frozenset[str]:
    """Return one list of a lexicon as a set of folded entries, for comparing."""
    return frozenset(names.fold(word) for word in words(name, key))
