"""What a sentence says of ages, births, deeds and ties: every case of tests/cases/properties.

A claim is right if who, property, value and `of` are; one with a date that the case does not
give is wrong, one without the date counts as told but undated.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from generator.cards.schema import load_schema
from generator.lexicons import load
from generator.model import Knowledge
from generator.names import key
from tests.marked import Made, blocks, fields, make, make_marked

# Over all properties, with the names as marked; they may only get better.
LEAST_RECALL = 0.94
LEAST_PRECISION = 0.98
# The share of the dates given that are told.
LEAST_DATED = 0.94

CASES = blocks("properties")
Told = tuple[str, str, str, str]  # who, property, value, of
# `position` has cases of its own elsewhere, with other sentences.
PROPERTIES = {id.partition(":")[0] for id, _ in CASES} - {"position"}
# An arrest whose reason isn't told is filed under the word that tells it.
BARE = {"arrested", "charged", "sentenced"}


def expected(case: str) -> tuple[str, dict[Told, str]]:
    """Return the marked sentence, and the claims it makes with their dates."""
    sentence, *lines = case.splitlines()
    found = {}
    for line in lines:
        assert line.startswith("> "), f"a line to mend in: {case}"
        who, property, value, of, *date = fields(line[1:])
        found[key(who), property, key(value), key(of)] = date[0] if date else ""
    return sentence, {told: date for told, date in found.items() if told[1] in PROPERTIES}


def told(knowledge: Knowledge) -> Iterator[tuple[Told, str]]:
    """Yield every claim on the cards of the properties tested, by names, with its date."""
    names = {card.id: card.name for card in knowledge.cards}
    for card in knowledge.cards:
        for claim in card.claims:
            if claim.property in PROPERTIES:
                value = "" if _is_bare(claim.property, claim.value) else key(claim.value or "")
                of = key(names[claim.of]) if claim.of else ""
                yield (key(card.name), claim.property, value, of), claim.date or ""


def _is_bare(property: str, value: str | None) -> bool:
    verbs = [*load("claims").get(property, ()), "arrest", "under arrest"]
    return property in BARE and (value or "") in verbs


def as_named(claims: dict[Told, str], made: Made) -> dict[Told, str]:
    """Return claims with the names that the cards go by: a country has one in every text."""

    def name(said: str) -> str:
        card = made.card(said) if said else None
        return key(card.name) if card else said

    return {(name(w), p, v, name(of)): date for (w, p, v, of), date in claims.items()}


def measure(*, tagged: bool = False) -> tuple[Counter[tuple[str, str]], list[str]]:
    """Return counts by (property, what), and every claim missed or invented, for reading."""
    counts: Counter[tuple[str, str]] = Counter()
    faults = []
    for id, case in CASES:
        sentence, wanted = expected(case)
        made = make([make_marked("case", [sentence])], tagged=tagged)
        wanted, found = as_named(wanted, made), dict(told(made.knowledge))
        for claim, date in found.items():
            right = claim in wanted and date in ("", wanted[claim])
            counts[claim[1], "right" if right else "wrong"] += 1
            faults += [] if right else [f"{id} invented {claim} {date}: {sentence}"]
        for claim, date in wanted.items():
            counts[claim[1], "found" if claim in found else "missed"] += 1
            faults += [] if claim in found else [f"{id} missed {claim}: {sentence}"]
            counts[claim[1], "dated"] += bool(date) and found.get(claim) == date
            counts[claim[1], "dates"] += bool(date)
            if date and claim in found and not found[claim]:
                faults.append(f"{id} undated {claim} {date}: {sentence}")
    return counts, faults


def share(counts: Counter[tuple[str, str]], good: str, bad: str, property: str = "") -> float:
    def total(what: str) -> int:
        return sum(n for (p, w), n in counts.items() if w == what and property in ("", p))

    return total(good) / max(1, total(good) + total(bad))


def test_claims_are_told_as_the_cases_tell_them() -> None:
    counts, faults = measure()
    print("\n".join(faults))
    for property in sorted(PROPERTIES):
        recall = share(counts, "found", "missed", property)
        precision = share(counts, "right", "wrong", property)
        print(f"{property:14} recall {recall:.2f}, precision {precision:.2f}")
    dated = sum(n for (_, what), n in counts.items() if what == "dated")
    dates = sum(n for (_, what), n in counts.items() if what == "dates")
    recall, precision = share(counts, "found", "missed"), share(counts, "right", "wrong")
    print(f"all: recall {recall:.3f}, precision {precision:.3f}, dated {dated}/{dates}")
    assert recall >= LEAST_RECALL and precision >= LEAST_PRECISION
    assert dated / dates >= LEAST_DATED


def test_what_can_hurt_a_person_waits_for_an_editor() -> None:
    properties = load_schema().properties
    assert set(properties) >= PROPERTIES
    assert all(properties[property].sensitive for property in BARE)
