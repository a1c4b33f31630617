"""The editors' decisions about single cards: fields set, claims added, withdrawn, accepted.

Like those about names they hold in any order: decisions that contradict one another are named,
and none of them is done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, fields, replace
from typing import Any

from generator import edtf, names
from generator.cards.schema import Schema
from generator.curation import accepted_claims
from generator.model import Card, Claim, Conflict, Decision, Evidence, Knowledge, Problem
from generator.references import References, contradiction, unfit

# Fields of a card that `set` may give, and which stage does it: name and type change who is who.
SETTABLE = ("name", "type", "description", "coordinates")
_SET_HERE = ("description", "coordinates")
_CLAIM_KINDS = ("claim", "retract", "accept")


@dataclass(frozen=True, slots=True)
class _About:
    """A decision about a claim, the id of the card it stands on, and of the one it leads to."""

    decision: Decision
    who: str
    of: str | None

    @property
    def told(self) -> tuple[Any, ...]:
        """What claim is meant; a part that is left out fits all."""
        value = self.decision.value
        said = names.key(str(value["value"])) if "value" in value else None
        return self.who, value["property"], said, self.of, value.get("date")


def curate_cards(
    knowledge: Knowledge, decisions: Iterable[Decision], schema: Schema
) -> tuple[Knowledge, tuple[Problem, ...]]:
    """Return the cards after every set, claim and retract, and the decisions that fit nothing."""
    decisions = sorted(decisions, key=lambda d: (d.kind, str(d.value)))
    cards = {card.id: card for card in knowledge.cards}
    references = References(cards.values())
    articles = {card.id for card in knowledge.articles}
    problems: list[Problem] = []
    sets = [d for d in decisions if d.kind == "set" and str(d.value["id"]) not in articles]
    _set_all(sets, cards, references, problems)
    about = list(_abouts(decisions, references, schema, _dropped(decisions), problems))
    sound = _without_clashes(about, problems)
    for kind in _CLAIM_KINDS:
        for one in sound:
            if one.decision.kind == kind:
                problems += _apply(one, cards, schema)
    ordered = tuple(cards[id] for id in sorted(cards))
    return replace(knowledge, cards=ordered), tuple(problems)


def _dropped(decisions: Iterable[Decision]) -> frozenset[str]:
    """Return the keys of what editors dropped: what is said of it is reported there."""
    return frozenset(names.key(w) for d in decisions if d.kind == "drop" for w in d.value)


# --- set


def _set_all(
    sets: Iterable[Decision],
    cards: dict[str, Card],
    references: References,
    problems: list[Problem],
) -> None:
    wanted: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    for decision in sets:
        if fault := references.unclear(str(decision.value["id"])):
            problems.append(unfit(decision, fault))
            continue
        for field in decision.value.keys() - {"id"}:
            wanted[references.only(str(decision.value["id"])), field].append(decision)
    for (id, field), found in sorted(wanted.items(), key=lambda entry: entry[0]):
        if fault := _field_fault(field, str(found[0].value[field])):
            problems.append(unfit(found[0], fault))
        elif field in _SET_HERE:
            _set_one(id, field, found, cards, problems)


def _field_fault(field: str, value: str) -> str | None:
    if field not in SETTABLE:
        return f"{field!r} can't be set; {', '.join(SETTABLE)} can"
    if field == "coordinates" and _coordinates(value) is None:
        return f"{value!r} is no latitude and longitude in degrees, such as '51.73, 36.19'"
    return None


def _set_one(
    id: str, field: str, found: Sequence[Decision], cards: dict[str, Card], problems: list[Problem]
) -> None:
    card, value = cards[id], str(found[0].value[field])
    if clash := next((d for d in found if str(d.value[field]) != value), None):
        until = "it stays as the program makes it"
        problems.append(contradiction(found[0], clash, f"the {field} of {id}", until))
        return
    order = [field.name for field in fields(Card)]
    curated = tuple(sorted({*card.curated, field}, key=order.index))
    given: Any = _coordinates(value) if field == "coordinates" else value or None
    cards[id] = replace(card, **{field: given}, curated=curated)


def _coordinates(text: str) -> tuple[float, float] | None:
    """Return '51.73, 36.19' or '[51.73, 36.19]' as degrees, None if it is anything else."""
    parts = text.strip("[] ").replace("'", "").split(",")
    try:
        north, east = (float(part) for part in parts)
    except ValueError:
        return None
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


# --- claims


def _abouts(
    decisions: Iterable[Decision],
    references: References,
    schema: Schema,
    dropped: frozenset[str],
    problems: list[Problem],
) -> Iterator[_About]:
    """Yield what decisions about claims mean; what means nothing becomes a warning."""
    for decision in (d for d in decisions if d.kind in _CLAIM_KINDS):
        who, of = str(decision.value["who"]), str(decision.value.get("of") or "")
        fault = _fault(decision, who, of, references, schema)
        if fault is None:
            yield _About(decision, references.only(who), references.only(of) or None)
        elif names.key(who) not in dropped:
            problems.append(unfit(decision, fault))


def _fault(
    decision: Decision, who: str, of: str, references: References, schema: Schema
) -> str | None:
    """Return what makes a decision about a claim unusable, None if nothing does."""
    property, date = decision.value["property"], decision.value.get("date")
    fault = references.unclear(who) or (references.unclear(of) if of else None)
    if fault:
        return fault
    if property not in schema.properties:
        return f"no property {property!r}; there are {', '.join(schema.properties)}"
    if date and not edtf.is_valid(str(date)):
        return f"{date!r} is no EDTF date, such as 2025-05-09"
    return None


def _without_clashes(about: Sequence[_About], problems: list[Problem]) -> list[_About]:
    """Return the decisions that nothing contradicts: a claim is not both held and taken back."""
    retracts: dict[tuple[str, str], list[_About]] = defaultdict(list)
    for one in about:
        if one.decision.kind == "retract":
            retracts[one.who, one.decision.value["property"]].append(one)
    clashing: set[int] = set()
    for one in about:
        if one.decision.kind == "retract":
            continue
        for other in retracts[one.who, one.decision.value["property"]]:
            if _meet(one, other):
                clashing |= {id(one), id(other)}
                words, until = _words(one), "neither is done"
                problems.append(contradiction(one.decision, other.decision, words, until))
    return [one for one in about if id(one) not in clashing]


def _meet(one: _About, other: _About) -> bool:
    """Return whether two decisions may mean one claim."""
    pairs = zip(one.told, other.told, strict=True)
    return all(a is None or b is None or a == b for a, b in pairs)


def _words(one: _About) -> str:
    value = one.decision.value
    said = ", ".join(str(value[key]) for key in ("value", "of") if value.get(key))
    return f"{one.who}: {value['property']} {said}"


def _apply(one: _About, cards: dict[str, Card], schema: Schema) -> list[Problem]:
    card, decision = cards[one.who], one.decision
    if decision.kind == "claim":
        cards[card.id] = _with_claim(card, one)
        return []
    left = tuple(claim for claim in card.claims if not _fits(claim, one))
    if len(left) == len(card.claims):
        return [unfit(decision, f"{card.id} has no such claim")]
    if decision.kind == "retract":
        cards[card.id] = replace(card, claims=left)
        for claim in set(card.claims) - set(left):
            _settle(claim, card.id, cards)
    elif not schema.properties[decision.value["property"]].sensitive:
        return [unfit(decision, f"{decision.value['property']} is shown without being accepted")]
    return []


def _settle(claim: Claim, who: str, cards: dict[str, Card]) -> None:
    """Take a claim that no longer stands out of the conflicts it was one side of."""
    sides = {who, claim.of, claim.value}
    told = {(evidence.article, evidence.sentence) for evidence in claim.evidence}
    for id in sorted(id for id in sides if id in cards):
        conflicts = tuple(
            _without_side(c, claim.property, sides, told) for c in cards[id].conflicts
        )
        if conflicts != cards[id].conflicts:
            open_ = tuple(conflict for conflict in conflicts if len(set(conflict.between)) > 1)
            cards[id] = replace(cards[id], conflicts=open_)


def _without_side(
    conflict: Conflict, property: str, sides: Set[str | None], told: Set[tuple[str, int]]
) -> Conflict:
    if conflict.property != property:
        return conflict
    pairs = zip(conflict.between, conflict.evidence, strict=False)
    left = [(s, e) for s, e in pairs if s not in sides or (e.article, e.sentence) not in told]
    return replace(conflict, between=tuple(s for s, _ in left), evidence=tuple(e for _, e in left))


def _with_claim(card: Card, one: _About) -> Card:
    """Return a card with one claim more; what is said already gains the editor's source."""
    value = one.decision.value
    source = str(value.get("source") or "")
    said = (Evidence("", 0, source),) if source else ()
    claim = Claim(value["property"], value.get("value"), one.of, value.get("date"), said)
    curated = tuple(dict.fromkeys([*card.curated, "claims"]))
    same = [i for i, other in enumerate(card.claims) if _identity(other) == _identity(claim)]
    if not same:
        return replace(card, claims=(*card.claims, claim), curated=curated)
    old = card.claims[same[0]]
    new = replace(old, evidence=tuple(dict.fromkeys([*old.evidence, *said])))
    claims = (*card.claims[: same[0]], new, *card.claims[same[0] + 1 :])
    return replace(card, claims=claims, curated=curated)


def _identity(claim: Claim) -> tuple[str | None, ...]:
    return claim.property, claim.value, claim.of, claim.date


def _fits(claim: Claim, one: _About) -> bool:
    value = one.decision.value
    return (
        claim.property == value["property"]
        and ("value" not in value or names.key(claim.value or "") == names.key(value["value"]))
        and (one.of is None or claim.of == one.of)
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
