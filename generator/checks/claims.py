"""Claims and conflicts: what the schema lets be said, and somebody who is quoted for it."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.quotes import REBUILD
from generator.checks.world import AnyCard, Finding, World
from generator.model import Card, Claim, Conflict


def against_schema(card: AnyCard, world: World) -> Iterator[Finding]:
    """Yield every claim that the schema doesn't let a card of this kind make."""
    for n, claim in enumerate(card.claims if isinstance(card, Card) else ()):
        for key, what, todo in _claim_faults(claim, card, world):
            yield Finding(("claims", n, key), what, todo)


def _claim_faults(claim: Claim, card: AnyCard, world: World) -> Iterator[tuple[str, str, str]]:
    """Yield the key of a claim that is wrong, what is wrong with it, and what to do."""
    known = world.schema.properties.get(claim.property)
    if known is None:
        yield "property", *_unknown_property(claim.property, world)
        return
    kind = card.type if isinstance(card, Card) else "article"
    if kind not in known.domain:
        what = f"{claim.property} is said of {_or(known.domain)}, not of {_a(kind)}"
        todo = "check the card's type, or widen the property's domain in the schema"
        yield "property", what, todo
    if not claim.value and not claim.of:
        yield "property", f"{claim.property} says nothing", "give it a value, an `of`, or both"
    if claim.value and not claim.of and not known.literal:
        what = f"{claim.property} needs the id of {_or(known.range)} in `of`"
        yield "value", what, "name the card"
    other = world.cards.get(claim.of or "")
    if other and other.type not in known.range:
        wanted = _or(known.range) or "no card"
        what = f"{claim.property} leads to {wanted}, not to {_a(other.type)} ({other.id})"
        todo = "check that card's type, or widen the property's range in the schema"
        yield "of", what, todo


def _unknown_property(name: str, world: World) -> tuple[str, str]:
    known = ", ".join(world.schema.properties)
    return f"the schema has no property {name!r}", f"use one of {known}, or add it to the schema"


def without_evidence(card: AnyCard, world: World) -> Iterator[Finding]:
    """Yield every claim nobody is quoted for; what an editor claims may stand."""
    if not isinstance(card, Card) or "claims" in card.curated:
        return
    for n, claim in enumerate(card.claims):
        if not claim.evidence:
            what = f"nobody is quoted for {claim.property} {claim.value or claim.of!r}"
            yield Finding(("claims", n, "property"), what, REBUILD)


def bad_conflicts(card: AnyCard, world: World) -> Iterator[Finding]:
    """Yield every conflict that doesn't show who says what."""
    for n, conflict in enumerate(card.conflicts if isinstance(card, Card) else ()):
        if conflict.property not in world.schema.properties:
            yield Finding(("conflicts", n), *_unknown_property(conflict.property, world))
            continue
        sides, quotes = len(conflict.between), len(conflict.evidence)
        if sides != quotes or sides < 2:
            what = f"a conflict about {conflict.property} has {sides} sides and {quotes} quotes"
            todo = "give one quote for each of two or more in `between`"
            yield Finding(("conflicts", n), what, todo)
        for m, id in enumerate(conflict.between if _between_cards(conflict, world) else ()):
            if id not in world.cards:
                what = f"between {id!r} leads to no card"
                yield Finding(("conflicts", n, "between", m), what, "correct it, or build again")


def _between_cards(conflict: Conflict, world: World) -> bool:
    """Return whether a conflict is one of cards: who holds an office, or where no words may do."""
    literal = world.schema.properties[conflict.property].literal
    return conflict.value is not None or not literal


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _or(kinds: tuple[str, ...]) -> str:
    return " or ".join(_a(kind) for kind in kinds)
