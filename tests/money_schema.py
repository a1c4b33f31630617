"""FollowTheMoney's own schema, read from the YAML inside its package, and entities checked by it.

The library itself needs ICU's headers and a compiler where it is installed; its schema files
need neither. Values are checked by their types as far as text alone can tell.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from generator import yaml_files

PACKAGE = "followthemoney"
_TYPES = {
    "date": re.compile(r"\d{4}(-\d\d){0,2}"),
    "url": re.compile(r"https?://[^\s<>\"]+"),
    "country": re.compile(r"[a-z]{2,4}"),
    "language": re.compile(r"[a-z]{3}"),
    "number": re.compile(r"-?\d+(\.\d+)?"),
}


def schema_folder() -> Path | None:
    """Return where the package keeps its schema, None if it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    return Path(next(iter(places))) / "schema" if places else None


def load_schemata(folder: Path) -> dict[str, dict[str, Any]]:
    """Return every schema by name."""
    schemata: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("*.y*ml")):
        schemata |= yaml_files.load(path.read_text(encoding="utf-8"))
    return schemata


def parents(schemata: Mapping[str, dict[str, Any]], name: str) -> list[str]:
    """Return a schema and all it descends from."""
    found = [name]
    for parent in schemata[name].get("extends", ()):
        found += parents(schemata, parent)
    return list(dict.fromkeys(found))


def faults(
    schemata: Mapping[str, dict[str, Any]], entities: Iterable[Mapping[str, Any]]
) -> Iterator[str]:
    """Yield what is wrong with entities that should stand for themselves."""
    entities = list(entities)
    kinds = {entity["id"]: entity["schema"] for entity in entities}
    if len(kinds) != len(entities):
        yield "an id stands twice"
    for entity in entities:
        for fault in _faults(schemata, entity, kinds):
            yield f"{entity['id']}: {entity['schema']}: {fault}"


def _faults(
    schemata: Mapping[str, dict[str, Any]], entity: Mapping[str, Any], kinds: Mapping[str, str]
) -> Iterator[str]:
    if schemata.get(entity["schema"], {"abstract": "true"}).get("abstract") == "true":
        yield "no such schema"
        return
    line = parents(schemata, entity["schema"])
    known = {
        name: told
        for schema in reversed(line)
        for name, told in schemata[schema].get("properties", {}).items()
    }
    # What the schema itself asks for, or else its closest ancestor.
    required = next(
        (schemata[name]["required"] for name in line if "required" in schemata[name]), ()
    )
    yield from (f"no {name}" for name in required if not entity["properties"].get(name))
    for name, values in entity["properties"].items():
        if name not in known:
            yield f"unknown property {name}"
            continue
        yield from (f"{name}: {value!r}" for value in values if _wrong(known[name], value))
        if known[name].get("type") == "entity":
            wanted = known[name]["range"]
            others = (value for value in values if wanted not in _kinds(schemata, kinds, value))
            yield from (f"{name}: {other} is no {wanted}" for other in others)


def _wrong(told: Mapping[str, Any], value: object) -> bool:
    pattern = _TYPES.get(str(told.get("type")))
    return not isinstance(value, str) or not value or bool(pattern and not pattern.fullmatch(value))


def _kinds(schemata: Mapping[str, dict[str, Any]], kinds: Mapping[str, str], id: str) -> list[str]:
    return parents(schemata, kinds[id]) if id in kinds else []
