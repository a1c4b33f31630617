"""A card from YAML text. Every fault is a Problem with its line; all of a file's at once."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any

from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator import yaml_files
from generator.model import (
    ENTITY_TYPES,
    ArticleCard,
    Card,
    CardMention,
    Claim,
    Conflict,
    Evidence,
    Merge,
    Problem,
    Related,
    TimelineEntry,
)
from generator.yaml_files import YamlFault, line_of

_Reader = Callable[[Node], Any]
_TODO = "correct it, or delete the file: the next build writes it anew"
_MISSING = object()


def parse_card(text: str, file: str) -> tuple[Card | ArticleCard | None, tuple[Problem, ...]]:
    """Return the card in a text, None if it is none, and every fault in it."""
    try:
        node = yaml_files.compose(text)
        if not isinstance(node, MappingNode):
            raise YamlFault(1, "not a card: a card is a list of `key: value`")
    except YamlFault as fault:
        return None, (Problem(file, fault.line, fault.what, _TODO),)
    values, faults = _values(node)
    card = None if faults else _card(values)
    return card, tuple(Problem(file, fault.line, fault.what, _TODO) for fault in faults)


def _card(values: dict[str, Any]) -> Card | ArticleCard:
    return ArticleCard(**values) if "file" in values else Card(**values)


def _values(top: MappingNode) -> tuple[dict[str, Any], list[YamlFault]]:
    """Return the fields of a card as its constructor takes them, and the faults in them."""
    kind = next((value.value for key, value in top.value if key.value == "type"), None)
    fields, needed = (_ARTICLE, _ARTICLE_NEEDS) if kind == "article" else (_ENTITY, _ENTITY_NEEDS)
    values: dict[str, Any] = {}
    faults: list[YamlFault] = []
    for key, value in top.value:
        try:
            values[key.value] = _reader(key, fields)(value)
        except YamlFault as fault:
            faults.append(fault)
    given = {key.value for key, _ in top.value}
    faults += [YamlFault(1, f"no {key!r}") for key in needed if key not in given]
    if kind == "article":
        values.pop("type", None)
    return values, faults


def _reader(key: Node, fields: Mapping[str, _Reader]) -> _Reader:
    """Return the reader of a key. Raises YamlFault, with a guess, if there is none."""
    if reader := fields.get(key.value):
        return reader
    near = difflib.get_close_matches(key.value, fields, 1)
    hint = f", did you mean {near[0]!r}?" if near else ""
    raise YamlFault(line_of(key), f"unknown key {key.value!r}{hint}")


# --- readers: a node -> a value, or YamlFault


def _text(node: Node) -> str:
    if not isinstance(node, ScalarNode):
        raise YamlFault(line_of(node), "a text is wanted here, not a list")
    return str(node.value)


def _number(node: Node) -> int:
    text = _text(node)
    # Python itself refuses numbers of thousands of digits, with no line.
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise YamlFault(line_of(node), f"a whole number is wanted here, not {text[:60]!r}")
    return int(text)


def _degrees(node: Node) -> float:
    try:
        return float(_text(node))
    except ValueError:
        raise YamlFault(line_of(node), f"{node.value!r} is no number of degrees") from None


def _one_of(*words: str) -> _Reader:
    """Return a reader of one of some words."""

    def read(node: Node) -> str:
        text = _text(node)
        if text not in words:
            raise YamlFault(line_of(node), f"{text!r} is none of {', '.join(words)}")
        return text

    return read


def _flag(node: Node) -> bool:
    return bool(_one_of("true", "false")(node) == "true")


def _each(reader: _Reader) -> _Reader:
    """Return a reader of a list, as a tuple."""

    def read(node: Node) -> tuple[Any, ...]:
        if not isinstance(node, SequenceNode):
            raise YamlFault(line_of(node), "a list is wanted here")
        return tuple(reader(item) for item in node.value)

    return read


def _coordinates(node: Node) -> tuple[float, ...]:
    pair: tuple[float, ...] = _each(_degrees)(node)
    if len(pair) != 2 or not (abs(pair[0]) <= 90 and abs(pair[1]) <= 180):
        raise YamlFault(line_of(node), "not a latitude and a longitude in degrees")
    return pair


def _record(made: Callable[..., Any], fields: Mapping[str, _Reader], **defaults: Any) -> _Reader:
    """Return a reader of a mapping with these fields; those with no default must be there."""

    def read(node: Node) -> Any:
        if not isinstance(node, MappingNode):
            raise YamlFault(line_of(node), f"{', '.join(fields)} are wanted here")
        values = {key.value: _reader(key, fields)(value) for key, value in node.value}
        for name in fields:
            if name not in values and defaults.get(name, _MISSING) is _MISSING:
                raise YamlFault(line_of(node), f"no {name!r}")
        return made(**{**defaults, **values})

    return read


# --- the cards' fields

_texts = _each(_text)
_evidence = _record(Evidence, {"article": _text, "sentence": _number, "quote": _text})
_timeline_entry = _record(
    TimelineEntry,
    {"date": _text, "surface": _text, "article": _text, "sentence": _number, "quote": _text},
)
_claim = _record(
    Claim,
    {
        "property": _text,
        "value": _text,
        "of": _text,
        "date": _text,
        "evidence": _each(_evidence),
    },
    value=None,
    of=None,
    date=None,
    evidence=(),  # what an editor claims has none
)
_conflict = _record(
    Conflict,
    {"property": _text, "value": _text, "between": _texts, "evidence": _each(_evidence)},
    value=None,
)
_ENTITY: dict[str, _Reader] = {
    "id": _text,
    "type": _one_of(*ENTITY_TYPES, "article"),
    "name": _text,
    "aliases": _texts,
    "former_ids": _texts,
    "description": _text,
    "summary": _evidence,
    "coordinates": _coordinates,
    "claims": _each(_claim),
    "conflicts": _each(_conflict),
    "timeline": _each(_timeline_entry),
    "related": _each(_record(Related, {"id": _text, "articles": _number, "sentences": _number})),
    "mentions": _each(
        _record(CardMention, {"article": _text, "sentence": _number, "names": _texts})
    ),
    "because": _each(_record(Merge, {"merged": _texts, "rule": _text, "detail": _text}, detail="")),
    "curated": _texts,
}
_ENTITY_NEEDS = ("id", "type", "name")
_ARTICLE: dict[str, _Reader] = {
    "id": _text,
    "type": _one_of("article"),
    "file": _text,
    "title": _text,
    "section": _text,
    "source": _text,
    "url": _text,
    "author": _text,
    "lang": _text,
    "published": _text,
    "page_date": _text,
    "publish": _one_of("full", "excerpt", "none"),
    "retracted": _flag,
    "entities": _texts,
    "timeline": _each(_timeline_entry),
    "same_as": _texts,
}
_ARTICLE_NEEDS = ("id", "type", "file", "title")
