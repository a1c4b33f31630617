"""`cardfile check`: a sound knowledge base passes, and every kind of fault is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from generator.cards.check import check
from generator.cards.schema import load_schema
from generator.model import (
    Article,
    ArticleCard,
    Card,
    CardMention,
    Claim,
    Conflict,
    Evidence,
    Knowledge,
    Related,
    Sentence,
    TimelineEntry,
)

TEXT = "Trip\n\nAnna Ek, mayor of\n  Visby, came on May 9."
TEXTS = {
    "trip": Article(
        "trip", "trip.txt", "Trip", TEXT, (Sentence(1, 0, 4, 0), Sentence(2, 6, len(TEXT), 1))
    )
}
QUOTE = Evidence("trip", 2, "Anna Ek, mayor of Visby,")
ANNA = Card(
    "anna-ek",
    "person",
    "Anna Ek",
    claims=(Claim("position", "mayor", "visby", "2025-05-09", (QUOTE,)),),
    timeline=(TimelineEntry("2025-05-09", "May 9", "trip", 2, "came on May 9"),),
    related=(Related("visby", 1, 1),),
    mentions=(CardMention("trip", 2, ("Anna Ek",)),),
)
VISBY = Card("visby", "place", "Visby", mentions=(CardMention("trip", 2, ("Visby",)),))
TRIP = ArticleCard("trip", "trip.txt", "Trip", entities=("anna-ek", "visby"))


def faults(anna: Card = ANNA, *others: Card, trip: ArticleCard = TRIP, texts: bool = True) -> str:
    knowledge = Knowledge((anna, VISBY, *others), (trip,))
    found = check(knowledge, TEXTS if texts else None, load_schema())
    assert list(found) == sorted(found)
    return "\n".join(map(str, found))


def claim(property: str, value: str | None, of: str | None, *evidence: Evidence) -> Card:
    return replace(ANNA, claims=(Claim(property, value, of, None, evidence or (QUOTE,)),))


def test_a_sound_knowledge_base_has_no_fault() -> None:
    assert faults() == ""


def test_an_empty_knowledge_base_is_sound() -> None:
    assert check(Knowledge(()), {}, load_schema()) == ()


@pytest.mark.parametrize(
    ("card", "said"),
    [
        (claim("job", "mayor", "visby"), "anna-ek.yml:5: the schema has no property 'job'"),
        (claim("acronym", "AE", None), "acronym is said of an organization or a place"),
        (claim("family", None, "visby"), "family leads to a person, not to a place (visby)"),
        (claim("member_of", "a club", None), "member_of needs the id of an organization in `of`"),
        (claim("position", None, None), "position says nothing"),
        (claim("position", "mayor", "lund"), "anna-ek.yml:7: of 'lund' leads to no card"),
        (
            claim("position", "mayor", "visby", Evidence("trip", 1, "Anna Ek,")),
            "anna-ek.yml:9: sentence 1 of trip doesn't hold the words 'Anna Ek,'",
        ),
        (claim("position", "x", "visby", Evidence("trip", 3, "x")), "there is no sentence 3"),
        (claim("position", "x", "visby", Evidence("trip", 2, " ")), "doesn't hold the words ' '"),
        (claim("position", "x", "visby", Evidence("trap", 2, "x")), "article 'trap' leads to no"),
        (replace(ANNA, related=(Related("lund", 1, 1),)), "related 'lund' leads to no card"),
        (replace(ANNA, mentions=(CardMention("visby", 1, ("A",)),)), "leads to no article"),
        (replace(ANNA, id="Anna Ek"), "'Anna Ek' can't be an address"),
        (replace(ANNA, id="con"), "'con' can't be an address"),
        (
            replace(ANNA, timeline=(TimelineEntry("9 May", "May 9", "trip", 2, "May 9"),)),
            "'9 May' is no date",
        ),
        (
            replace(ANNA, timeline=(TimelineEntry("2025", "May 9", "trip", 2, "May 10"),)),
            "doesn't hold the words 'May 10'",
        ),
        (
            replace(ANNA, conflicts=(Conflict("position", "mayor", ("a", "b"), (QUOTE,)),)),
            "has 2 sides and 1 quotes",
        ),
        (
            replace(ANNA, conflicts=(Conflict("job", "x", ("a", "b"), (QUOTE, QUOTE)),)),
            "the schema has no property 'job'",
        ),
        (Card("anna-ek", "person", "Anna Ek"), "no article names it, and no editor added it"),
    ],
)
def test_a_fault_is_told(card: Card, said: str) -> None:
    assert said in faults(card)


def test_a_claim_without_a_quote_is_told_unless_an_editor_made_it() -> None:
    bare = replace(ANNA, claims=(Claim("position", "mayor", "visby", None, ()),))
    assert "nobody is quoted for position 'mayor'" in faults(bare)
    assert faults(replace(bare, curated=("claims",))) == ""


def test_a_card_an_editor_added_is_no_orphan() -> None:
    assert faults(ANNA, Card("mss", "organization", "MSS", curated=("name",))) == ""


def test_two_cards_that_look_alike_are_told_with_the_line_to_write() -> None:
    twin = replace(ANNA, id="anna-ek-2", name="Anna EK")
    assert "curate `merge: [anna-ek, anna-ek-2]`" in faults(ANNA, twin)


def test_ids_that_differ_in_case_only_are_told() -> None:
    assert "is also people/anna-ek.yml's" in faults(ANNA, replace(ANNA, id="Anna-Ek", name="B"))


def test_an_article_that_names_no_card_is_told() -> None:
    trip = replace(TRIP, entities=("lund",), same_as=("visby",), published="soon")
    said = faults(trip=trip)
    assert "entities 'lund' leads to no card" in said
    assert "same_as 'visby' leads to no article" in said
    assert "'soon' is no date" in said


def test_without_the_texts_quotes_are_taken_on_trust() -> None:
    assert faults(claim("position", "x", "visby", Evidence("trip", 9, "x")), texts=False) == ""
