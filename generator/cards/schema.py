"""The vocabulary of the cards: kinds and properties, read from `schema/*.yml`.

The files check themselves: what is wrong in them is in `Schema.problems`, with its line,
and the entry at fault is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from yaml.nodes import MappingNode, Node

from generator import yaml_files
from generator.model import ENTITY_TYPES, FOLDERS, Problem
from generator.yaml_files import YamlFault, line_of

FOLDER = Path(__file__).parent / "schema"
LITERAL = "literal"


@dataclass(frozen=True, slots=True)
class TypeDef:
    """One kind of card: its folder in addresses, its names, its icon in the theme."""

    name: str
    folder: str
    label: str
    plural: str
    icon: str


@dataclass(frozen=True, slots=True)
class PropertyDef:
    """One thing that can be said: what it is called from either end, and between which kinds.

    `range` holds the kinds that `of` may name; `literal` says whether a value may stand alone.
    """

    name: str
    label: str
    other_end: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    literal: bool
    exclusive: bool
    sensitive: bool
    order: int


@dataclass(frozen=True, slots=True)
class Schema:
    """The vocabulary by name, in the order of the files, and what is wrong in them."""

    types: Mapping[str, TypeDef]
    properties: Mapping[str, PropertyDef]
    problems: tuple[Problem, ...] = ()


@cache
def load_schema(folder: Path = FOLDER) -> Schema:
    """Return the schema in `folder`, by default the one that comes with the program."""
    return parse_schema(*((folder / f"{name}.yml").read_text("utf-8") for name in _FILES))


def parse_schema(types: str, properties: str) -> Schema:
    """Return the schema that the texts of the two files describe."""
    problems: list[Problem] = []
    made: list[dict[str, Any]] = []
    for file, text, build in zip(_FILES, (types, properties), (_type, _property), strict=True):
        path = f"schema/{file}.yml"
        made.append(_entries(path, text, build, problems))
    problems += _missing_types(made[0])
    return Schema(made[0], made[1], tuple(sorted(problems)))


_FILES = ("types", "properties")
_Build = Callable[[str, dict[str, Node], int], Any]


def _entries(file: str, text: str, build: _Build, problems: list[Problem]) -> dict[str, Any]:
    """Return what `build` makes of each entry; faults are added to `problems`."""
    entries: dict[str, Any] = {}
    taken: dict[tuple[str, str], str] = {}
    for name, fields, line in _mapping_of(file, text, problems):
        try:
            entry = build(name, fields, len(entries))
            _refuse_twin(taken, name, fields)
            entries[name] = entry
        except YamlFault as fault:
            todo = "correct the entry, or delete it"
            problems.append(Problem(file, fault.line or line, fault.what, todo, True))
    return entries


def _mapping_of(
    file: str, text: str, problems: list[Problem]
) -> Iterator[tuple[str, dict[str, Node], int]]:
    """Yield name, fields and line of every entry of a schema file."""
    try:
        top = yaml_files.compose(text)
        if not isinstance(top, MappingNode):
            raise YamlFault(1, "not a list of `name:` entries")
    except YamlFault as fault:
        problems.append(Problem(file, fault.line, fault.what, "correct the file", True))
        return
    for key, value in top.value:
        fields = value.value if isinstance(value, MappingNode) else []
        yield key.value, {field.value: node for field, node in fields}, line_of(key)


def _type(name: str, fields: dict[str, Node], order: int) -> TypeDef:
    _refuse_fields(name, fields, {"folder", "label", "plural", "icon"})
    if name not in FOLDERS:
        raise YamlFault(0, f"{name}: a kind the program can't recognise")
    if _text(fields["folder"]) != FOLDERS[name]:
        raise YamlFault(line_of(fields["folder"]), f"{name}: its folder is {FOLDERS[name]!r}")
    return TypeDef(name, **{field: _text(node) for field, node in fields.items()})


def _property(name: str, fields: dict[str, Node], order: int) -> PropertyDef:
    given = {"label", "other_end", "domain", "range", "exclusive", "sensitive"}
    _refuse_fields(name, fields, given)
    ends = _types(fields["range"], {*ENTITY_TYPES, LITERAL})
    return PropertyDef(
        name=name,
        label=_text(fields["label"]),
        other_end=_text(fields["other_end"]),
        domain=_types(fields["domain"], set(ENTITY_TYPES)),
        range=tuple(end for end in ends if end != LITERAL),
        literal=LITERAL in ends,
        exclusive=_bool(fields["exclusive"]),
        sensitive=_bool(fields["sensitive"]),
        order=order,
    )


def _refuse_fields(name: str, fields: dict[str, Node], wanted: set[str]) -> None:
    """Raise YamlFault if a field is missing or unknown."""
    if missing := sorted(wanted - set(fields)):
        raise YamlFault(0, f"{name}: no {', '.join(missing)}")
    if unknown := sorted(set(fields) - wanted):
        raise YamlFault(line_of(fields[unknown[0]]), f"{name}: unknown field {unknown[0]!r}")


def _refuse_twin(taken: dict[tuple[str, str], str], name: str, fields: dict[str, Node]) -> None:
    """Raise YamlFault if another entry bears the label: readers couldn't tell them apart."""
    label = _text(fields["label"])
    other = taken.setdefault(("label", label.casefold()), name)
    if other != name:
        raise YamlFault(line_of(fields["label"]), f"{name}: the label {label!r} is {other}'s")


def _missing_types(types: dict[str, TypeDef]) -> list[Problem]:
    todo = "give it folder, label, plural and icon"
    return [
        Problem("schema/types.yml", 0, f"the kind {name!r} is missing", todo, True)
        for name in FOLDERS
        if name not in types
    ]


def _text(node: Node) -> str:
    value = yaml_files.plain(node)
    if not isinstance(value, str) or not value.strip():
        raise YamlFault(line_of(node), "words are wanted here")
    return value


def _bool(node: Node) -> bool:
    words = {"yes": True, "true": True, "no": False, "false": False}
    value = yaml_files.plain(node)
    if not isinstance(value, str) or value.lower() not in words:
        raise YamlFault(line_of(node), f"{value!r} is neither yes nor no")
    return words[value.lower()]


def _types(node: Node, known: set[str]) -> tuple[str, ...]:
    """Return the kinds listed in a node. Raises YamlFault at one that is not in `known`."""
    names = yaml_files.plain(node)
    if not isinstance(names, list) or not names:
        raise YamlFault(line_of(node), "a list of kinds in [ ] is wanted here")
    for name in names:
        if name not in known:
            raise YamlFault(line_of(node), f"{name!r} is none of {', '.join(sorted(known))}")
    return tuple(names)
