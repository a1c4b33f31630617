"""Turtle: the same graph as JSON-LD, one node a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.exports.dataset import Dataset
from generator.exports.graph import PROV, Node, Number, Ref, Value, build_graph
from generator.exports.jsonld import PROV_O, SCHEMA_ORG, XSD, base_iri

FILE = "cardfile.ttl"
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def render_turtle(dataset: Dataset) -> dict[str, str]:
    """Return the dataset as one Turtle file."""
    head = (
        f"@base <{base_iri(dataset)}> .\n"
        f"@prefix : <{SCHEMA_ORG}> .\n@prefix prov: <{PROV_O}> .\n@prefix xsd: <{XSD}> .\n"
    )
    return {FILE: head + "".join(f"\n{_node(node)}" for node in build_graph(dataset))}


def _node(node: Node) -> str:
    return f"<{node.iri}> " + " ;\n  ".join(_lines(node)) + " .\n"


def _lines(node: Node) -> Iterator[str]:
    yield "a " + ", ".join(_term(name) for name in node.types)
    for term, values in node.properties:
        yield f"{_term(term)} " + ", ".join(_value(value) for value in values)


def _term(name: str) -> str:
    return f"prov:{name}" if name in PROV else f":{name}"


def _value(value: Value) -> str:
    if isinstance(value, Ref):
        return f"<{value.iri}>"
    if isinstance(value, Number):
        return f'"{value.text}"^^xsd:decimal'
    if isinstance(value, int):
        return str(value)
    return '"' + re.sub(r'[\\"\n\r\t]', lambda match: _ESCAPES[match.group()], value) + '"'
