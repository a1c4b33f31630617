"""FollowTheMoney: one entity per line, each claim an entity of its own with its proof.

A claim that names another entity is the schema that fits both ends best (an Employment, a
Family, else an UnknownLink); any other is a Note on its entity. `claim-` begins the id of either.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pycountry

from generator import countries
from generator.exports.dataset import Dataset, Statement, address
from generator.exports.graph import decimal
from generator.exports.texts import plain_date
from generator.exports.vocabulary import (
    entity_schema,
    is_a,
    is_reversed,
    link_schema,
    own_property,
)
from generator.model import ArticleCard, Card
from generator.names import short_hash

FILE = "cardfile.ftm.json"
# Own properties that hold a date or a country: others hold the words as they are.
_DATES = frozenset(["birthDate", "deathDate", "incorporationDate", "date"])
_COUNTRIES = frozenset(["nationality"])


@dataclass(frozen=True, slots=True)
class Proxy:
    """One entity in FollowTheMoney's sense."""

    id: str
    schema: str
    properties: dict[str, list[str]]


def render_follow_the_money(dataset: Dataset) -> dict[str, str]:
    """Return the dataset as JSON lines, sorted by id."""
    proxies = sorted(build_proxies(dataset), key=lambda proxy: proxy.id)
    return {FILE: "".join(f"{_line(proxy)}\n" for proxy in proxies)}


def build_proxies(dataset: Dataset) -> Iterator[Proxy]:
    """Yield entities, articles, claims, posts, and what names whom."""
    schemata = {card.id: entity_schema(card) for card in dataset.entities.values()}
    of_entity: dict[str, list[Statement]] = {}
    for claim in dataset.claims:
        of_entity.setdefault(claim.entity, []).append(claim)
    for card in dataset.entities.values():
        yield _entity(dataset, card, schemata[card.id], of_entity.get(card.id, ()))
    yield from (_article(dataset, card) for card in dataset.articles.values())
    posts: dict[str, Proxy] = {}
    for claim in dataset.claims:
        yield _claim(dataset, claim, schemata, posts)
    yield from posts.values()
    yield from (_documentation(*pair) for pair in dataset.named)


# --- entities


def _entity(dataset: Dataset, card: Card, schema: str, claims: Iterable[Statement]) -> Proxy:
    told: dict[str, list[str | None]] = {
        "name": [card.name],
        "alias": [alias for alias in card.aliases if alias != card.name],
        "summary": [card.description],
        "sourceUrl": [_page(dataset, card)],
        **_kind_of_entity(card),
    }
    for claim in claims:
        property = own_property(claim.property, schema)
        if property:
            told.setdefault(property, []).append(_own_value(property, claim))
    return _proxy(card.id, schema, told)


def _kind_of_entity(card: Card) -> dict[str, list[str | None]]:
    """Return what only one kind of entity has."""
    if card.type == "document":
        # Its schema wants a file's name; a treaty has its own.
        return {"title": [card.name], "fileName": [card.name]}
    if card.type != "place":
        return {}
    country = countries.named(card.name)
    north, east = map(decimal, card.coordinates) if card.coordinates else (None, None)
    return {
        "full": [card.name],
        "latitude": [north],
        "longitude": [east],
        "country": [_code(country)],
    }


def _own_value(property: str, claim: Statement) -> str | None:
    if property in _DATES:
        return plain_date(claim.value)
    if property in _COUNTRIES:
        word = claim.value or ""
        return _code(countries.named(word) or countries.of_adjective(word))
    return claim.answer


def _code(country: countries.Country | None) -> str | None:
    return country.code.lower() if country and country.code else None


def _article(dataset: Dataset, card: ArticleCard) -> Proxy:
    told: dict[str, list[str | None]] = {
        "name": [card.title],
        "title": [card.title],
        "fileName": [f"{card.id}.html"],
        "author": [card.author],
        "publisher": [card.source],
        "publishedAt": [plain_date(card.published)],
        "language": [_language(card.lang)],
        "sourceUrl": [card.url, _page(dataset, card)],
        "keywords": ["retracted" if card.retracted else None],
    }
    return _proxy(card.id, "Article", told)


def _language(tag: str | None) -> str | None:
    """Return the three letters of a language: 'en-GB' -> 'eng'."""
    code = (tag or "").replace("_", "-").partition("-")[0].lower()
    known = pycountry.languages.get(**{f"alpha_{len(code)}": code}) if len(code) in (2, 3) else None
    return str(known.alpha_3) if known else None


def _documentation(entity: str, article: str) -> Proxy:
    """Return that an article names an entity."""
    told: dict[str, list[str | None]] = {
        "document": [article], "entity": [entity], "role": ["named"],
    }  # fmt: skip
    return _proxy(f"named-{short_hash(entity, article)}", "Documentation", told)


# --- claims


def _claim(
    dataset: Dataset, claim: Statement, schemata: dict[str, str], posts: dict[str, Proxy]
) -> Proxy:
    """Return a claim; a post that somebody holds is added to `posts`."""
    urls = [dataset.articles[id].url for id in claim.articles if id in dataset.articles]
    told: dict[str, list[str | None]] = {
        "summary": [claim.text],
        "description": [source.quote for source in claim.sources],
        "proof": [id for id in claim.articles if id in dataset.articles],
        "sourceUrl": urls,
    }
    if not claim.is_link or claim.of is None:
        told |= {"entity": [claim.entity], "name": [claim.label]}
        return _proxy(f"claim-{claim.id}", "Note", told)
    ends = (claim.entity, claim.of)
    source, target = reversed(ends) if is_reversed(claim.property) else ends
    schema = link_schema(claim.property, claim.value, schemata[source], schemata[target])
    if schema.name == "Occupancy":
        post = _post(dataset.entities[target], claim.value or "", schemata[target])
        posts[post.id] = post
        target = post.id
    told |= {schema.source: [source], schema.target: [target], **_dates(claim.date)}
    if schema.says:
        told[schema.says] = [claim.value or claim.label]
    return _proxy(f"claim-{claim.id}", schema.name, told)


def _post(of: Card, value: str, schema: str) -> Proxy:
    """Return an office in a body or a place, one for all who are said to hold it."""
    is_body = is_a(schema, ("Organization",))
    country = countries.named(of.name) if not is_body else None
    told: dict[str, list[str | None]] = {
        "name": [f"{value}, {of.name}"],
        "organization": [of.id if is_body else None],
        "country": [_code(country)],
        "subnationalArea": [of.name if not is_body and country is None else None],
    }
    return _proxy(f"post-{short_hash(value.casefold(), of.id)}", "Position", told)


def _dates(date: str | None) -> dict[str, list[str | None]]:
    """Return when it was so; a date that is inferred stands in the summary alone."""
    if plain_date(date):
        return {"date": [date]}
    start, slash, end = (date or "").partition("/")
    return {"startDate": [plain_date(start)], "endDate": [plain_date(end)]} if slash else {}


# --- writing


def _page(dataset: Dataset, card: Card | ArticleCard) -> str | None:
    return dataset.site + address(card) if dataset.site else None


def _proxy(id: str, schema: str, told: dict[str, list[str | None]]) -> Proxy:
    """Return a proxy without empty values; each property holds a value once."""
    properties = {
        property: list(dict.fromkeys(value for value in values if value))
        for property, values in sorted(told.items())
    }
    return Proxy(id, schema, {name: values for name, values in properties.items() if values})


def _line(proxy: Proxy) -> str:
    told: dict[str, Any] = {
        "id": proxy.id, "schema": proxy.schema, "properties": proxy.properties,
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
