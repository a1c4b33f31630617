"""Claims that wait for an editor: sources that differ, and what could hurt somebody."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Card, Claim, Conflict, Evidence
from generator.review import phrases
from generator.review.matter import Matter
from generator.review.questions import Answer, ClaimRef, Question, Quote
from generator.review.tokens import said_tokens

Told = tuple[Card, Claim]


# --- conflicts


def ask_conflicts(matter: Matter) -> Iterator[Question]:
    """Yield a question for each conflict whose claims still stand: which side is right?"""
    for card in matter.knowledge.cards:
        for conflict in card.conflicts:
            told = [_claim_of(matter, card, conflict, i) for i in range(len(conflict.between))]
            sides = [side for side in told if side]
            if len(sides) > 1:
                yield _ask_conflict(matter, card, conflict, sides)


def _claim_of(matter: Matter, card: Card, conflict: Conflict, i: int) -> Told | None:
    """Return the claim that one side of a conflict makes, and whose it is."""
    answer, evidence = conflict.between[i], conflict.evidence[i]
    # Two who hold one office: the conflict stands on the card of the body, the claims on theirs.
    who = matter.cards.get(answer) if conflict.property == "position" else card
    for claim in who.claims if who else ():
        fits = claim.property == conflict.property and evidence in claim.evidence
        mine = claim.of == card.id if who is not card else answer in (claim.of, claim.value)
        if who and fits and mine:
            return who, claim
    return None


def _ask_conflict(matter: Matter, card: Card, conflict: Conflict, sides: list[Told]) -> Question:
    property = _plain(conflict.property)
    question = f"{property}: {conflict.value}" if conflict.value else property
    said = phrases.described(card.type, one=card.name, property=question)
    # An editor who holds both claims, as a third might be held that no article makes.
    held = [phrases.decide("claim", _value(matter, *s, dated=True), "both", said) for s in sides]
    told = [_told(matter, card, *side) for side in sides]
    return phrases.ask(
        f"{card.id}:{conflict.property}:{'|'.join(conflict.between)}", "conflict", said,
        doubt=float(phrases.words()["conflict"]["doubt"]),
        weight=min(matter.weight(matter.by_id[card.id]), 40) if card.id in matter.by_id else 1,
        names=tuple(told), ids=tuple(dict.fromkeys([card.id, *(who.id for who, _ in sides)])),
        quotes=[q for n, side in enumerate(sides, 1) for q in _quotes(matter, *side, side=n)],
        answers=[
            *(_side_answer(matter, sides, n, told[n]) for n in range(min(9, len(sides)))),
            phrases.answer("b", "both", said, *held),
        ],
        sides=(said_tokens(card.id),), claims=tuple(_ref(matter, *side) for side in sides),
    )  # fmt: skip


def _side_answer(matter: Matter, sides: list[Told], right: int, value: str) -> Answer:
    said = {"value": value}
    wrong = [side for n, side in enumerate(sides) if n != right]
    return phrases.answer(
        str(right + 1), "side", said,
        *(phrases.decide("retract", _value(matter, *side), "side", said) for side in wrong),
    )  # fmt: skip


def _told(matter: Matter, card: Card, who: Card, claim: Claim) -> str:
    """Return what one side says: whom it names, or its value."""
    if who.id != card.id:
        return who.name
    of = matter.cards.get(claim.of or "")
    return ", ".join(filter(None, (claim.value, of.name if of else claim.of)))


# --- what could hurt


def ask_withheld(matter: Matter) -> Iterator[Question]:
    """Yield a question for each sensitive claim: may it be shown?"""
    for card, claim in matter.withheld:
        of = matter.cards.get(claim.of or "")
        words = ", ".join(filter(None, (claim.value, of.name if of else claim.of, claim.date)))
        told = f"{_plain(claim.property)}: {words}"
        said = phrases.described(card.type, one=card.name, claim=told)
        value = _value(matter, card, claim)
        handle = matter.handle(matter.by_id[card.id]) if card.id in matter.by_id else card.id
        yield phrases.ask(
            f"{card.id}:{claim.property}:{claim.value}:{claim.of}", "withheld", said,
            doubt=float(phrases.words()["withheld"]["doubt"]),
            weight=len(card.mentions), names=(card.name,), ids=(card.id,),
            quotes=_quotes(matter, card, claim, side=1, most=3),
            answers=[
                phrases.answer(
                    "a", "accept", said, phrases.decide("accept", value, "accept", said)
                ),
                # No decision says "stays withheld": one that changes nothing carries the reason.
                phrases.answer(
                    "k", "stay", said, phrases.decide("type", {handle: card.type}, "stay", said)
                ),
                phrases.answer(
                    "t", "retract", said, phrases.decide("retract", value, "retract", said)
                ),
            ],
            sides=(said_tokens(card.id) | said_tokens(card.name),),
            claims=(_ref(matter, card, claim),),
        )  # fmt: skip


# --- both


def _plain(property: str) -> str:
    return property.replace("_", " ")


def _value(matter: Matter, who: Card, claim: Claim, *, dated: bool = False) -> dict[str, str]:
    """Return how a decision points at a claim, of all its dates or of one."""
    value = {"who": _handle(matter, who.id), "property": claim.property}
    if claim.value:
        value["value"] = claim.value
    if claim.of:
        value["of"] = _handle(matter, claim.of)
    if dated and claim.date:
        value["date"] = claim.date
    return value


def _handle(matter: Matter, id: str) -> str:
    """Return an id that is published, for it stays when others come to bear the name."""
    entity = matter.by_id.get(id)
    return matter.handle(entity) if entity and id not in matter.published else id


def _ref(matter: Matter, who: Card, claim: Claim) -> ClaimRef:
    return ClaimRef(
        _tokens(matter, who.id), claim.property, claim.value or "", _tokens(matter, claim.of or "")
    )


def _tokens(matter: Matter, id: str) -> frozenset[str]:
    entity = matter.by_id.get(id)
    return matter.tokens(entity) if entity else said_tokens(id) if id else frozenset()


def _quotes(matter: Matter, who: Card, claim: Claim, *, side: int, most: int = 2) -> list[Quote]:
    """Return the sentences that make a claim, the words that make it marked."""
    found = [_quote(matter, who, e, side) for e in claim.evidence[:most]]
    return [quote for quote in found if quote]


def _quote(matter: Matter, who: Card, evidence: Evidence, side: int) -> Quote | None:
    if evidence.article not in matter.texts:
        return None  # what the desk itself added
    return matter.quote(evidence.article, evidence.sentence, (evidence.quote,), side)
