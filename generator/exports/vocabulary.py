"""The words of other vocabularies for ours, from `vocabulary.yml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from generator import bodies, lexicons, names, yaml_files
from generator.model import Card, EntityType

FILE = Path(__file__).parent / "vocabulary.yml"
UNKNOWN_LINK = "UnknownLink"


@dataclass(frozen=True, slots=True)
class LinkSchema:
    """A FollowTheMoney schema that ties two entities: its properties, and what they may hold."""

    name: str
    source: str
    target: str
    says: str | None
    from_: tuple[str, ...]
    to: tuple[str, ...]


def schema_org_property(property: str, kind: EntityType, is_link: bool) -> str | None:
    """Return what schema.org calls a property of a kind of entity, None if it has no word."""
    told = _property(property)
    word = told.get("schema_org") if is_link else told.get("alone", told.get("schema_org"))
    return word.get(kind) if isinstance(word, Mapping) else word


def is_reversed(property: str) -> bool:
    """Return whether FollowTheMoney says a property from its other end."""
    return bool(_property(property).get("reversed") == "yes")


def link_schema(property: str, value: str | None, source: str, target: str) -> LinkSchema:
    """Return the schema for a claim between entities of two schemata, given end for end."""
    for name in _property(property).get("links", ()):
        schema = _link(name)
        fits = is_a(source, schema.from_) and is_a(target, schema.to)
        if fits and not (name == "Occupancy" and not value) and _directs(name, property, value):
            return schema
    return _link(UNKNOWN_LINK)


def own_property(property: str, schema: str) -> str | None:
    """Return the property of an entity itself that a claim fills, None if there is none."""
    own: Mapping[str, str] = _property(property).get("own", {})
    return next((own[kind] for kind in (schema, *_parents(schema)) if kind in own), None)


def is_a(schema: str, kinds: tuple[str, ...]) -> bool:
    """Return whether a schema is one of these kinds or descends from one."""
    return schema in kinds or any(parent in kinds for parent in _parents(schema))


def entity_schema(card: Card) -> str:
    """Return the FollowTheMoney schema of an entity: the closest one that is known to fit."""
    schema = str(_vocabulary()["kinds"][card.type])
    if card.type not in ("organization", "product"):
        return schema
    found = _listed(card.type).get(names.key(card.name))
    if found:
        return found
    return "PublicBody" if card.type == "organization" and bodies.is_of_state(card.name) else schema


def _directs(schema: str, property: str, value: str | None) -> bool:
    """A Directorship is for those who direct; who commands always does."""
    if schema != "Directorship" or property != "position":
        return True
    return bool(set(names.fold(value or "").split()) & set(_vocabulary()["directing"].split()))


@cache
def _vocabulary() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml_files.load(FILE.read_text(encoding="utf-8"))
    return loaded


def _property(name: str) -> dict[str, Any]:
    found: dict[str, Any] = _vocabulary()["properties"].get(name, {})
    return found


def _parents(schema: str) -> tuple[str, ...]:
    return tuple(_vocabulary()["schemata"][schema])


@cache
def _link(name: str) -> LinkSchema:
    told = _vocabulary()["links"][name]
    return LinkSchema(
        name, told["source"], told["target"], told.get("says"),
        tuple(told["from"]), tuple(told["to"]),
    )  # fmt: skip


@cache
def _listed(kind: EntityType) -> dict[str, str]:
    """Return the schema of every listed name whose list says enough, by the name's key."""
    entries = bodies.listed() if kind == "organization" else lexicons.load("products")["products"]
    schemata: dict[str, str] = _vocabulary()["listed"]
    return {
        names.key(name): schemata[entry["kind"]]
        for entry in entries
        if entry.get("kind") in schemata
        for name in (entry["name"], *entry.get("aliases", ()))
    }
