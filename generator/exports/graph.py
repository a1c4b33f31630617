"""The dataset as one graph in the words of schema.org, its evidence in those of PROV.

    person ──worksFor──> claim ──worksFor──> organization      (a schema.org Role)
                           └──wasDerivedFrom──> quotation ──wasQuotedFrom──> article

JSON-LD and Turtle are two spellings of these nodes. Addresses are relative to the site.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.exports.dataset import Dataset, Source, Statement, address
from generator.exports.texts import plain_date
from generator.exports.vocabulary import schema_org_property
from generator.model import ArticleCard, Card, EntityType

TYPES: dict[EntityType, str] = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "event": "Event",
    "document": "CreativeWork",
    "product": "Product",
}
# Terms that are not schema.org's.
PROV = ("Entity", "wasDerivedFrom", "wasQuotedFrom")


@dataclass(frozen=True, slots=True)
class Ref:
    """Another node, by its address."""

    iri: str


# A number is written as it is here, so that both spellings mean the same.
@dataclass(frozen=True, slots=True)
class Number:
    """A decimal number as text."""

    text: str


Value = Ref | Number | int | str


@dataclass(frozen=True, slots=True)
class Node:
    """One thing: its address, its types, and what is said of it in a fixed order."""

    iri: str
    types: tuple[str, ...]
    properties: tuple[tuple[str, tuple[Value, ...]], ...]


def build_graph(dataset: Dataset) -> Iterator[Node]:
    """Yield every node: entities, claims with their evidence, then articles."""
    roles: dict[str, list[Statement]] = {}
    for claim in dataset.claims:
        roles.setdefault(claim.entity, []).append(claim)
    for card in dataset.entities.values():
        yield entity_node(dataset, card, roles.get(card.id, ()))
    for claim in dataset.claims:
        yield claim_node(dataset, claim)
        yield from (
            quotation_node(dataset, claim, number, source)
            for number, source in enumerate(claim.sources, 1)
        )
    named: dict[str, list[str]] = {}
    for entity, article in dataset.named:
        named.setdefault(article, []).append(entity)
    for source in dataset.articles.values():
        yield article_node(dataset, source, named.get(source.id, ()))


def thing(card: Card | ArticleCard) -> str:
    """Return the address that stands for the thing itself, not for the page about it."""
    return f"{address(card)}#this"


def entity_node(dataset: Dataset, card: Card, claims: Iterable[Statement]) -> Node:
    """Return an entity, with a way to each of its claims that schema.org has a word for."""
    roles: dict[str, list[Value]] = {}
    for claim in claims:
        term = schema_org_property(claim.property, card.type, claim.is_link)
        if term:
            roles.setdefault(term, []).append(Ref(claim_iri(dataset, claim)))
    degrees = [Number(decimal(degree)) for degree in card.coordinates or ()]
    return _node(
        thing(card),
        (TYPES[card.type],),
        ("identifier", [card.id]),
        ("name", [card.name]),
        ("alternateName", card.aliases),
        ("description", [card.description]),
        ("url", [Ref(address(card))]),
        ("latitude", degrees[:1]),
        ("longitude", degrees[1:]),
        *sorted(roles.items()),
    )


def claim_node(dataset: Dataset, claim: Statement) -> Node:
    """Return a claim; where schema.org has a word for its property, it is the Role as well."""
    card = dataset.entities[claim.entity]
    of = Ref(thing(dataset.entities[claim.of])) if claim.of else None
    term = schema_org_property(claim.property, card.type, claim.is_link)
    iri = claim_iri(dataset, claim)
    return _node(
        iri,
        ("Claim", "PropertyValue", "Entity", *(("Role",) if term else ())),
        ("propertyID", [claim.property]),
        ("name", [claim.label]),
        ("text", [claim.text]),
        ("value", [claim.value]),
        ("about", [Ref(thing(card))]),
        ("mentions", [of if claim.is_link else None]),
        *([(term, [of or claim.value])] if term else []),
        ("roleName", [claim.value if term and of else None]),
        ("temporalCoverage", [claim.date]),
        ("wasDerivedFrom", [Ref(f"{iri}.{n}") for n in range(1, len(claim.sources) + 1)]),
    )


def quotation_node(dataset: Dataset, claim: Statement, number: int, source: Source) -> Node:
    """Return one piece of evidence: the words, as far as they may be shown, and their sentence."""
    article = dataset.articles.get(source.article)
    return _node(
        f"{claim_iri(dataset, claim)}.{number}",
        ("Quotation", "Entity"),
        ("text", [source.quote]),
        ("wasQuotedFrom", [Ref(thing(article)) if article else None]),
        ("position", [source.sentence if article else None]),
    )


def article_node(dataset: Dataset, card: ArticleCard, entities: Iterable[str]) -> Node:
    """Return an article with the entities it names."""
    return _node(
        thing(card),
        ("Article",),
        ("identifier", [card.id]),
        ("headline", [card.title]),
        ("author", [card.author]),
        ("publisher", [card.source]),
        ("articleSection", [card.section]),
        ("datePublished", [plain_date(card.published)]),
        ("inLanguage", [card.lang]),
        ("creativeWorkStatus", ["Retracted" if card.retracted else None]),
        ("url", [Ref(address(card))]),
        ("isBasedOn", [Ref(card.url) if card.url else None]),
        ("mentions", [Ref(thing(dataset.entities[id])) for id in entities]),
    )


def claim_iri(dataset: Dataset, claim: Statement) -> str:
    """Return the address of a claim: on the page of its entity."""
    return f"{address(dataset.entities[claim.entity])}#c-{claim.id}"


def decimal(number: float) -> str:
    """Return a number without an exponent: '-33.9', '0.00001'."""
    text = f"{number:.7f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


def _node(
    iri: str, types: tuple[str, ...], *properties: tuple[str, Iterable[Value | None]]
) -> Node:
    """Return a node without what is empty, no value twice."""
    told = (
        (term, tuple(dict.fromkeys(value for value in values if value is not None)))
        for term, values in properties
    )
    return Node(iri, types, tuple((term, values) for term, values in told if values))
