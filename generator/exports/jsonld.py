"""JSON-LD: the graph, one node a line. The context stands in the file: nothing is looked up."""

from __future__ import annotations

import json
from typing import Any

from generator.exports.dataset import Dataset
from generator.exports.graph import PROV, Node, Number, Ref, Value, build_graph

FILE = "cardfile.jsonld"
SCHEMA_ORG, PROV_O = "https://schema.org/", "http://www.w3.org/ns/prov#"
XSD = "http://www.w3.org/2001/XMLSchema#"
# Terms whose values are nodes wherever they stand: their addresses are written alone.
_NODES = ("about", "isBasedOn", "mentions", "url")


def render_jsonld(dataset: Dataset) -> dict[str, str]:
    """Return the dataset as one JSON-LD file."""
    nodes = ",\n".join(_compact(_node(node)) for node in build_graph(dataset))
    context = _compact(_context(dataset))
    return {FILE: f'{{"@context":{context},\n"@graph":[\n{nodes}\n]}}\n'}


def base_iri(dataset: Dataset) -> str:
    """Return what addresses are relative to: the site, which holds this file in `data/`."""
    return dataset.site or "../"


def _context(dataset: Dataset) -> dict[str, Any]:
    prov: dict[str, Any] = {"Entity": f"{PROV_O}Entity"}
    prov |= {term: {"@id": PROV_O + term, "@type": "@id"} for term in PROV if term != "Entity"}
    numbers = {
        term: {"@id": SCHEMA_ORG + term, "@type": f"{XSD}decimal"}
        for term in ("latitude", "longitude")
    }
    nodes = {term: {"@id": SCHEMA_ORG + term, "@type": "@id"} for term in _NODES}
    return {"@base": base_iri(dataset), "@vocab": SCHEMA_ORG, **prov, **numbers, **nodes}


def _node(node: Node) -> dict[str, Any]:
    told = {term: _values(term, values) for term, values in node.properties}
    return {"@id": node.iri, "@type": list(node.types), **told}


def _values(term: str, values: tuple[Value, ...]) -> Any:
    written = [_value(term, value) for value in values]
    return written[0] if len(written) == 1 else written


def _value(term: str, value: Value) -> Any:
    if isinstance(value, Ref):
        return value.iri if term in _NODES or term in PROV else {"@id": value.iri}
    return value.text if isinstance(value, Number) else value


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
