"""GraphML: entities as nodes, the claims that tie two of them as edges."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from generator.exports.dataset import Dataset, Statement, address
from generator.exports.graph import decimal
from generator.model import Card

FILE = "cardfile.graphml"
# Key -> (what it stands on, its type).
_KEYS = {
    "name": ("node", "string"),
    "type": ("node", "string"),
    "description": ("node", "string"),
    "aliases": ("node", "string"),
    "latitude": ("node", "double"),
    "longitude": ("node", "double"),
    "articles": ("node", "int"),
    "facts": ("node", "string"),
    "address": ("node", "string"),
    "property": ("edge", "string"),
    "label": ("edge", "string"),
    "value": ("edge", "string"),
    "date": ("edge", "string"),
    "evidence": ("edge", "int"),
    "reports": ("edge", "int"),
}
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
"""


def render_graphml(dataset: Dataset) -> dict[str, str]:
    """Return the dataset as one GraphML file.

    A claim that names no other entity is a line of its entity's `facts`.
    """
    keys = "".join(
        f'<key id="{key}" for="{place}" attr.name="{key}" attr.type="{kind}"/>\n'
        for key, (place, kind) in _KEYS.items()
    )
    elements = "".join([*_nodes(dataset), *_edges(dataset)])
    graph = f'<graph id="cardfile" edgedefault="directed">\n{elements}</graph>\n'
    return {FILE: f"{_HEAD}{keys}{graph}</graphml>\n"}


def _nodes(dataset: Dataset) -> Iterator[str]:
    facts: dict[str, list[Statement]] = {}
    articles: dict[str, int] = {}
    for claim in dataset.claims:
        if not claim.is_link:
            facts.setdefault(claim.entity, []).append(claim)
    for entity, _ in dataset.named:
        articles[entity] = articles.get(entity, 0) + 1
    for card in dataset.entities.values():
        data = _node_data(dataset, card, facts.get(card.id, []), articles.get(card.id, 0))
        yield f"<node id={quoteattr(card.id)}>{data}</node>\n"


def _node_data(dataset: Dataset, card: Card, facts: list[Statement], articles: int) -> str:
    north, east = map(decimal, card.coordinates) if card.coordinates else (None, None)
    return _data(
        name=card.name,
        type=card.type,
        description=card.description,
        aliases=" | ".join(card.aliases),
        latitude=north,
        longitude=east,
        articles=str(articles),
        facts="\n".join(_fact(claim) for claim in facts),
        address=dataset.site + address(card),
    )


def _edges(dataset: Dataset) -> Iterator[str]:
    for claim in dataset.claims:
        if claim.is_link and claim.of:
            ends = f"source={quoteattr(claim.entity)} target={quoteattr(claim.of)}"
            data = _data(
                property=claim.property,
                label=claim.label,
                value=claim.value,
                date=claim.date,
                evidence=str(len(claim.sources)),
                reports=str(len(claim.articles)),
            )
            yield f'<edge id="{claim.id}" {ends}>{data}</edge>\n'


def _fact(claim: Statement) -> str:
    return f"{claim.label}: {claim.answer}" + (f" [{claim.date}]" if claim.date else "")


def _data(**values: str | None) -> str:
    return "".join(
        f'<data key="{key}">{escape(value)}</data>' for key, value in values.items() if value
    )
