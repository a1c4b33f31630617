"""The editors' decisions about single cards: fields set, claims added, withdrawn, accepted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from typing import Any

from generator import edtf, names
from generator.cards.schema import Schema
from generator.curation import accepted_claims
from generator.model import Card, Claim, Decision, Evidence, Knowledge, Problem

# Fields of a card that `set` may give: simple text.
SETTABLE = ("name", "description")


def curate_cards(
    knowledge: Knowledge, decisions: Iterable[Decision], schema: Schema
) -> tuple[Knowledge, tuple[Problem, ...]]:
    """Return the cards after every set, claim and retract, and the decisions that fit nothing."""
    cards = {card.id: card for card in knowledge.cards}
    problems: list[Problem] = []
    for kind in ("set", "claim", "retract", "accept"):
        for decision in decisions:
            if decision.kind == kind:
                problems += _apply(decision, cards, schema)
    ordered = tuple(cards[id] for id in sorted(cards))
    return replace(knowledge, cards=ordered), tuple(problems)


def _apply(decision: Decision, cards: dict[str, Card], schema: Schema) -> list[Problem]:
    value = decision.value
    want = str(value["id" if decision.kind == "set" else "who"])
    card = find_card(want, cards.values())
    if card is None:
        return [_unfit(decision, f"no card is named {want!r}")]
    if decision.kind == "set":
        return _set(decision, card, cards)
    if value["property"] not in schema.properties:
        known = ", ".join(schema.properties)
        return [_unfit(decision, f"no property {value['property']!r}; there are {known}")]
    of = find_card(str(value["of"]), cards.values()) if value.get("of") else None
    if value.get("of") and of is None:
        return [_unfit(decision, f"no card is named {value['of']!r}")]
    if value.get("date") and not edtf.is_valid(str(value["date"])):
        return [_unfit(decision, f"{value['date']!r} is no EDTF date, such as 2025-05-09")]
    if decision.kind == "claim":
        cards[card.id] = _with_claim(card, value, of)
        return []
    left = tuple(c for c in card.claims if not _fits(c, value, of))
    if len(left) == len(card.claims):
        return [_unfit(decision, f"{card.id} has no such claim")]
    if decision.kind == "retract":
        cards[card.id] = replace(card, claims=left)
    return []


def _set(decision: Decision, card: Card, cards: dict[str, Card]) -> list[Problem]:
    given = {key: str(text) for key, text in decision.value.items() if key != "id"}
    unknown = sorted(set(given) - set(SETTABLE))
    if unknown:
        return [_unfit(decision, f"{unknown[0]!r} can't be set; {', '.join(SETTABLE)} can")]
    order = [field.name for field in fields(Card)]
    curated = tuple(sorted({*card.curated, *given}, key=order.index))
    changes: dict[str, Any] = {**given, "curated": curated}
    cards[card.id] = replace(card, **changes)
    return []


def _with_claim(card: Card, value: dict[str, Any], of: Card | None) -> Card:
    source = str(value.get("source") or "")
    evidence = (Evidence("", 0, source),) if source else ()
    claim = Claim(
        value["property"], value.get("value"), of.id if of else None, value.get("date"), evidence
    )
    curated = tuple(dict.fromkeys([*card.curated, "claims"]))
    return replace(card, claims=(*card.claims, claim), curated=curated)


def _fits(claim: Claim, value: dict[str, Any], of: Card | None) -> bool:
    return (
        claim.property == value["property"]
        and ("value" not in value or names.key(claim.value or "") == names.key(value["value"]))
        and (of is None or claim.of == of.id)
        and ("date" not in value or claim.date == value["date"])
    )


def withheld_claims(
    knowledge: Knowledge, decisions: Iterable[Decision], schema: Schema
) -> tuple[tuple[Card, Claim], ...]:
    """Return the claims that could hurt somebody and no editor has accepted, by card."""
    accepted = accepted_claims(decisions, knowledge.cards)
    return tuple(
        (card, claim)
        for card in knowledge.cards
        for claim in card.claims
        if schema.properties[claim.property].sensitive
        and (card.id, claim.property, claim.value, claim.of) not in accepted
    )


def find_card(want: str, cards: Iterable[Card]) -> Card | None:
    """Return the card of this id, else the one that bears this name."""
    ordered: Sequence[Card] = list(cards)
    key = names.key(want)
    for card in ordered:
        if card.id == want or want in card.former_ids:
            return card
    for card in ordered:
        if key in {names.key(name) for name in (card.name, *card.aliases)}:
            return card
    return None


def _unfit(decision: Decision, what: str) -> Problem:
    todo = "mend it, or delete the decision if it is no longer needed"
    return Problem(decision.file, decision.line, f"{decision.kind}: {what}", todo)
