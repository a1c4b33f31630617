"""What has been published: the ids that names have had, and those that lead elsewhere now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

from generator import names
from generator.model import Card, Entity


@dataclass(frozen=True, slots=True)
class Published:
    """Ids by "type|key of a name": a card's own name, then its aliases; and what each id was.

    `former` holds the earlier ids of each id; `name` the name of the card of each id; `bearers`
    every id that has a name, where `own` has the last; `articles` those that name each id.
    """

    own: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: Mapping[str, str] = field(default_factory=dict)
    bearers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    articles: Mapping[str, frozenset[str]] = field(default_factory=dict)


def published(cards: Iterable[Card]) -> Published:
    """Return what the cards of the last build say of ids."""
    cards = tuple(cards)
    return Published(
        {name_key(card.type, card.name): card.id for card in cards},
        _by_alias(cards),
        {card.id: card.former_ids for card in cards},
        {card.id: card.name for card in cards},
        _bearers(cards),
        {card.id: frozenset(mention.article for mention in card.mentions) for card in cards},
    )


def _bearers(cards: tuple[Card, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for card in cards:
        key = name_key(card.type, card.name)
        found[key] = (*found.get(key, ()), card.id)
    return found


def _by_alias(cards: tuple[Card, ...]) -> dict[str, str]:
    """Return the id for each alias: the one made from it, else the first card's that has it."""
    ids: dict[str, str] = {}
    for card in cards:
        for alias in card.aliases:
            key = name_key(card.type, alias)
            if key not in ids or names.slug(alias) == card.id:
                ids[key] = card.id
    return ids


def name_key(kind: str, name: str) -> str:
    """Return what a name is looked up by."""
    return f"{kind}|{names.key(name)}"


def former_ids(entity: Entity, before: Published, living: Set[str]) -> tuple[str, ...]:
    """Return the ids that now lead to an entity: those of cards it has taken in, and theirs."""
    bearing = [entity.name, *entity.aliases]
    taken_in = [before.own.get(name_key(entity.type, name)) for name in bearing]
    gone = {id for id in (entity.id, *taken_in) if id}
    earlier = {old for id in gone for old in before.former.get(id, ())}
    return tuple(sorted((gone | earlier) - {entity.id} - living))
