"""Where towns are: coordinates for the cards of places that can only be one town."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from generator import countries, lexicons, names, towns
from generator.model import Card, Knowledge
from generator.towns import Town

# A town among namesakes must be of this size, and so many times larger than the next.
BIG, LARGER = 200_000, 10


def with_coordinates(knowledge: Knowledge) -> Knowledge:
    """Return the cards with coordinates on the places that are surely one known town."""
    cards = {card.id: card for card in knowledge.cards}
    return replace(knowledge, cards=tuple(_located(card, cards) for card in knowledge.cards))


def _located(card: Card, cards: Mapping[str, Card]) -> Card:
    if card.type != "place" or card.coordinates or "coordinates" in card.curated:
        return card
    town = find_town((card.name, *card.aliases), told_countries(card, cards))
    at = (round(town.latitude, 2), round(town.longitude, 2)) if town else None
    return replace(card, coordinates=at)


def find_town(called: tuple[str, ...], codes: frozenset[str]) -> Town | None:
    """Return the town of some names: a capital, the only one in its country, or the big one."""
    # A country, or a region beside its town ("Kursk", "Kursk Oblast"), is no town.
    heads = lexicons.folded("places", "optional_heads")
    if any(countries.named(name) or {*names.fold(name).split()} & heads for name in called):
        return None
    known = towns.of_key(names.key(called[0]))
    found = [town for town in known if not codes or town.country in codes]
    country = countries.of_capital(called[0])
    capital = [town for town in found if country and town.country == country.code]
    if capital or (codes and len(found) == 1):
        return (capital or found)[0]
    surely = found and found[0].population >= max(BIG, LARGER * _population(found[1:]))
    return found[0] if surely else None


def _population(found: Sequence[Town]) -> int:
    return found[0].population if found else 0


def told_countries(card: Card, cards: Mapping[str, Card], depth: int = 3) -> frozenset[str]:
    """Return the codes of the countries that claims put a place in, through its region too."""
    within = [c.of for c in card.claims if c.property in ("located_in", "part_of") and c.of]
    above = [cards[id] for id in within if id in cards]
    found = {country.code for other in above if (country := countries.named(other.name))}
    for other in above if depth else ():
        found |= told_countries(other, cards, depth - 1)
    return frozenset(found - {""})
