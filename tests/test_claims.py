"""What a sentence says and does not say: every case of tests/cases/claims/*.txt."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.model import Knowledge
from generator.names import key
from tests.marked import Made, blocks, fields, make, make_marked

# How much of what the cases expect is found, and how much of what is found is expected, where
# the tagger finds the names; it may only get better.
LEAST_RECALL = 0.90
LEAST_PRECISION = 0.96

CASES = blocks("claims")
Told = tuple[str, str, str, str]  # who, property, value, of

given = pytest.mark.parametrize("case", [text for _, text in CASES], ids=[id for id, _ in CASES])


def read_case(case: str) -> tuple[str, set[Told], set[Told]]:
    """Return the marked sentence, the claims it makes, and those it may be said to make."""
    sentence, *lines = case.splitlines()
    wanted = {_told(line[1:]) for line in lines if line.startswith(">")}
    allowed = {_told(line[1:]) for line in lines if line.startswith("~")}
    assert len(lines) == len(wanted) + len(allowed), f"a line to mend in: {case}"
    return sentence, wanted, wanted | allowed


def _told(line: str) -> Told:
    who, property, value, of = fields(line)
    return key(who), property, key(value), key(of)


# What these cases list in full; tests/cases/properties has the rest.
COVERED = frozenset(
    "position family part_of located_in location headquarters former_name acronym other_name "
    "member_of".split()
)


def claims_of(made: Made) -> Iterator[Told]:
    """Yield every claim of the covered properties on the cards, by names."""
    names = _names(made.knowledge)
    for card in made.knowledge.cards:
        for claim in (c for c in card.claims if c.property in COVERED):
            of = names[claim.of] if claim.of else ""
            yield key(card.name), claim.property, key(claim.value or ""), key(of)


def _names(knowledge: Knowledge) -> dict[str, str]:
    return {card.id: card.name for card in knowledge.cards}


def as_named(told: set[Told], made: Made) -> set[Told]:
    """Return claims with the names that the cards go by: a country has one in every text."""

    def name(said: str) -> str:
        card = made.card(said) if said else None
        return key(card.name) if card else said

    return {(name(who), property, value, name(of)) for who, property, value, of in told}


@given
def test_a_sentence_gives_no_claim_it_does_not_make(case: str) -> None:
    sentence, _, allowed = read_case(case)
    made = make([make_marked("case", [sentence])])
    assert set(claims_of(made)) - as_named(allowed, made) == set()


@given
def test_a_sentence_gives_every_claim_it_makes(case: str) -> None:
    sentence, wanted, _ = read_case(case)
    made = make([make_marked("case", [sentence])])
    assert as_named(wanted, made) - set(claims_of(made)) == set()


def test_claims_are_found_where_the_tagger_finds_the_names() -> None:
    expected = got = right = possible = 0
    for _, case in CASES:
        sentence, wanted, allowed = read_case(case)
        made = make([make_marked("case", [sentence])], tagged=True)
        found = set(claims_of(made))
        expected += len(wanted)
        got += len(found & as_named(wanted, made))
        right += len(found & as_named(allowed, made))
        possible += len(found)
    recall, precision = got / expected, right / possible
    print(f"claims: recall {recall:.3f}, precision {precision:.3f}")
    assert recall >= LEAST_RECALL and precision >= LEAST_PRECISION
