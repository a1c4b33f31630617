"""Sentences in a row, and every claim they make: the cases of tests/cases/readings.

A case's lines are the sentences of one paragraph; nothing may be claimed that it does not list.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from generator.names import key
from tests.marked import Made, blocks, fields, make, make_marked

CASES = blocks("readings")


def claims_of(made: Made) -> Iterator[tuple[str, ...]]:
    """Yield who, property, value, `of` and date of every claim on the cards."""
    names = {card.id: card.name for card in made.knowledge.cards}
    for card in made.knowledge.cards:
        for claim in card.claims:
            of = names[claim.of] if claim.of else ""
            yield key(card.name), claim.property, key(claim.value or ""), key(of), claim.date or ""


def expected(line: str, made: Made) -> tuple[str, ...]:
    """Return an expectation with the names that the cards go by."""
    who, property, value, of, date = (*fields(line), "")[:5]

    def name(said: str) -> str:
        card = made.card(said) if said else None
        return card.name if card else said

    return key(name(who)), property, key(value), key(name(of)), date


@pytest.mark.parametrize("case", [text for _, text in CASES], ids=[id for id, _ in CASES])
def test_sentences_make_these_claims_and_no_others(case: str) -> None:
    lines = case.splitlines()
    made = make([make_marked("case", [line for line in lines if not line.startswith(">")])])
    wanted = {expected(line[1:], made) for line in lines if line.startswith(">")}
    assert set(claims_of(made)) == wanted
