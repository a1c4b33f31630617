"""Claims drawn at random from cards, each with its words, for a sceptical editor to read.

    python -m tests.draw_claims CARDS_DIR --number 100 --seed 7 [--property visited]

A claim is true if the quoted sentence says it, of the right one, at the right time. More than
five false ones in a hundred are too many.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from pathlib import Path

from generator.cards.card_files import read_cards
from generator.model import Card, Claim


def draw(
    cards: Sequence[Card], number: int, seed: int, properties: Sequence[str] = ()
) -> list[tuple[Card, Claim]]:
    """Return up to `number` claims with their cards; the same for the same cards and seed."""
    claims = [
        (card, claim)
        for card in sorted(cards, key=lambda card: card.id)
        for claim in card.claims
        if not properties or claim.property in properties
    ]
    return random.Random(seed).sample(claims, min(number, len(claims)))


def told(card: Card, claim: Claim) -> str:
    """Return a claim in one line, and below it the words that carry it."""
    parts = [claim.property, claim.value, claim.of and f"→ {claim.of}", claim.date]
    line = " | ".join([card.name, *(part for part in parts if part)])
    first = claim.evidence[0]
    return f"{line}\n    “{first.quote}” ({first.article}, sentence {first.sentence})"


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw claims at random, for reading.")
    parser.add_argument("cards", type=Path, help="a folder of cards: content/cards")
    parser.add_argument("--number", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--property", action="append", default=[], help="only this; repeatable")
    given = parser.parse_args()
    knowledge, _ = read_cards(given.cards)
    drawn = draw(knowledge.cards, given.number, given.seed, given.property)
    for number, (card, claim) in enumerate(drawn, 1):
        print(f"{number}. {told(card, claim)}")


if __name__ == "__main__":
    main()
