"""Decisions hold in any order and any file; what contradicts is named with both lines."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.cards.assemble import make_cards
from generator.cards.curated import curate_cards
from generator.cards.schema import load_schema
from generator.curation import parse
from generator.model import Card, Decision, Problem
from generator.read.decided import set_articles
from generator.resolve import Published, published, resolve
from tests.marked import extract_marked, make_marked

FOLDER = [
    make_marked("a1", ["{P|Sergei Ivlev}, mayor of {L|Tula}, met {P|Olga Marin} in {L|Orel}."]),
    make_marked("a2", ["{P|Serge Yvleff} opened the {O|Tula Arms Fair}."]),
    make_marked("a3", ["{P|Ivlev} and {P|Olga Marin}, owner of {O|Marin Tea}, drank tea."]),
    make_marked("a4", ["{P|Serguei Ivliev} sold {O|Marin Tea} to {P|Olga Marine}."]),
]
CASES = Path(__file__).parent / "cases/curation/decisions.txt"
EXTRACTIONS = extract_marked(FOLDER)
SCHEMA = load_schema()

# Every kind of decision, many of them about one thing, some in each other's way.
LINES = CASES.read_text(encoding="utf-8").splitlines()


def decide(
    texts: dict[str, str], before: Published | None = None
) -> tuple[tuple[Card, ...], tuple[Problem, ...]]:
    """Return the cards under these files of decisions, and all that is said about them."""
    decisions, wrong = parse(texts)
    assert wrong == ()
    articles = [one.article for one in FOLDER]
    entities, unfit = resolve(EXTRACTIONS, decisions, before, {"a1", "a2", "a3", "a4"})
    shown = {article.id: "full" for article in articles}
    knowledge = make_cards(articles, EXTRACTIONS, entities, SCHEMA, shown)  # type: ignore[arg-type]
    knowledge, unused = curate_cards(knowledge, decisions, SCHEMA)
    return knowledge.cards, (*unfit, *unused)


def as_files(lines: list[str], places: list[int]) -> dict[str, str]:
    """Return the lines as curation files, each in the file of its number."""
    files: dict[str, str] = {}
    for line, place in zip(lines, places, strict=True):
        name = f"curation/{place}.yml"
        files[name] = files.get(name, "") + f"- {line}\n"
    return files


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    chosen=st.lists(st.sampled_from(LINES), unique=True, max_size=8),
    places=st.lists(st.integers(0, 2), min_size=8, max_size=8),
    seed=st.integers(0, 999),
)
def test_any_decisions_in_any_order_and_any_files_give_the_same_cards(
    chosen: list[str], places: list[int], seed: int
) -> None:
    shuffled = list(chosen)
    random.Random(seed).shuffle(shuffled)
    one, said = decide(as_files(chosen, [0] * len(chosen)))
    other, said_too = decide(as_files(shuffled, places[: len(shuffled)]))
    assert one == other
    assert len(said) == len(said_too)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(chosen=st.lists(st.sampled_from(LINES), unique=True, max_size=8))
def test_decisions_hold_at_the_next_build(chosen: list[str]) -> None:
    texts = as_files(chosen, [0] * len(chosen))
    first, said = decide(texts)
    second, said_again = decide(texts, published(first))
    assert [card.id for card in second] == [card.id for card in first]
    assert second == first
    assert [str(problem) for problem in said_again] == [str(problem) for problem in said]


CONTRADICTIONS = [
    ("merge: [Sergei Ivlev, Serge Yvleff]", "distinct: [serge-yvleff, sergei-ivlev]"),
    ("rename: {orel: Oryol}", "rename: {Orel: Aryol}"),
    ("rename: {orel: Oryol}", "set: {id: orel, name: Aryol}"),
    ("type: {orel: event}", "type: {Orel: organization}"),
    ("type: {orel: event}", "entity: {name: Orel, type: place}"),
    ("drop: [Orel]", "rename: {orel: Oryol}"),
    ("drop: [Orel]", "set: {id: orel, description: A town}"),
    ("drop: [Marin Tea]", "claim: {who: marin-tea, property: part_of, of: tula-arms-fair}"),
    ("set: {id: orel, description: A town}", "set: {id: Orel, description: A city}"),
    (
        "claim: {who: olga-marin, property: position, value: queen}",
        "retract: {who: Olga Marin, property: position, value: Queen}",
    ),
    (
        "accept: {who: sergei-ivlev, property: position, value: mayor}",
        "retract: {who: sergei-ivlev, property: position, of: tula}",
    ),
    (
        "split: {id: olga-marin, into: [{name: A, articles: [a1]}, {name: B, articles: [a3]}]}",
        "split: {id: olga-marin, into: [{name: A, articles: [a3]}, {name: B, articles: [a1]}]}",
    ),
    ("merge: [Sergei Ivlev, Serge Yvleff]", "merge: [Serguei Ivliev, Serge Yvleff]"),
    ("merge: [Sergei Ivlev, Serge Yvleff]", "merge: [Serge Yvleff, Sergei Ivlev]"),
]


@pytest.mark.parametrize(("one", "other"), CONTRADICTIONS)
def test_two_decisions_that_contradict_are_named_with_both_lines(one: str, other: str) -> None:
    for first, second in ((one, other), (other, one)):
        _, said = decide({"curation/a.yml": f"- {first}\n", "curation/b.yml": f"\n- {second}\n"})
        told = [str(p) for p in said if "contradicts curation/a.yml:1" in str(p)]
        assert len(told) == 1 and told[0].startswith("curation/b.yml:2: "), said


def test_of_contradicting_decisions_none_is_done() -> None:
    as_made, _ = decide({})
    texts = {"a.yml": "- rename: {orel: Oryol}\n- rename: {orel: Aryol}\n- drop: [Tula]\n"}
    made, _ = decide(texts)
    assert {c.name for c in made} == {c.name for c in as_made} - {"Tula"}


def test_names_swapped_in_one_decision_are_swapped() -> None:
    made, said = decide({"a.yml": "- rename: {tula: Orel, orel: Tula}\n"})
    assert said == ()
    assert {c.id: c.name for c in made if c.type == "place"} == {"tula": "Orel", "orel": "Tula"}


def test_a_name_that_several_cards_bear_is_not_guessed() -> None:
    twins = [
        make_marked("b1", ["{P|Ann Lee}, aged 80, a nun of {L|Cork}, died."]),
        make_marked("b2", ["{P|Ann Lee}, aged 20, a swimmer of {L|Perth}, won."]),
    ]
    entities, _ = resolve(extract_marked(twins), ())
    assert len([e for e in entities if e.name == "Ann Lee"]) == 2
    decisions, _ = parse({"a.yml": "- rename: {Ann Lee: Anna Lee}\n"})
    again, said = resolve(extract_marked(twins), decisions)
    assert again == entities
    assert re.search(r"a\.yml:1: rename: 'Ann Lee' is what several cards.*ann-lee", str(said[0]))


def test_namesakes_are_merged_and_kept_apart_by_their_ids() -> None:
    folder = [
        make_marked("b1", ["{P|Ann Lee}, aged 80, a nun of {L|Cork}, died."]),
        make_marked("b2", ["{P|Ann Lee}, aged 20, a swimmer of {L|Perth}, won."]),
    ]
    extractions = extract_marked(folder)
    cards = _cards(folder, ())
    merge, _ = parse({"a.yml": "- merge: [ann-lee, ann-lee-2]\n"})
    merged = _cards(folder, merge, published(cards))
    assert [c.id for c in merged if c.type == "person"] == ["ann-lee"]
    again = _cards(folder, merge, published(merged))
    assert again == merged
    apart, _ = parse({"a.yml": "- distinct: [ann-lee, ann-lee-2]\n"})
    entities, said = resolve(extractions, apart, published(cards))
    assert said == () and len([e for e in entities if e.type == "person"]) == 2


def _cards(
    folder: list[object], decisions: tuple[Decision, ...], before: Published | None = None
) -> tuple[Card, ...]:
    extractions = extract_marked(folder)  # type: ignore[arg-type]
    articles = [one.article for one in folder]  # type: ignore[attr-defined]
    entities, said = resolve(extractions, decisions, before)
    assert said == ()
    shown = {article.id: "full" for article in articles}
    return make_cards(articles, extractions, entities, SCHEMA, shown).cards  # type: ignore[arg-type]


# --- decisions about articles


def test_an_article_is_set_before_it_is_read_for_claims() -> None:
    text = "- set: {id: a1, published: 2025-05-09, source: The Tula Bell, retracted: true}\n"
    decisions, _ = parse({"a.yml": text})
    (first, *others), said = set_articles([one.article for one in FOLDER], decisions)
    assert said == ()
    assert (first.published, first.source, first.retracted) == ("2025-05-09", "The Tula Bell", True)
    assert others == [one.article for one in FOLDER[1:]]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("set: {id: a1, published: in May}", "EDTF"),
        ("set: {id: a1, retracted: perhaps}", "neither true nor false"),
        ("set: {id: a1, publish: some}", "excerpt"),
        ("set: {id: a1, text: other words}", "can't be set"),
    ],
)
def test_what_an_article_cannot_be_set_to_is_told(line: str, words: str) -> None:
    decisions, _ = parse({"a.yml": f"- {line}\n"})
    articles, said = set_articles([one.article for one in FOLDER], decisions)
    assert list(articles) == [one.article for one in FOLDER]
    assert len(said) == 1 and words in str(said[0])


def test_an_article_set_in_two_ways_stays_and_both_lines_are_named() -> None:
    text = "- set: {id: a1, source: One}\n- set: {id: a1, source: Other}\n"
    decisions, _ = parse({"a.yml": text})
    (first, *_), said = set_articles([one.article for one in FOLDER], decisions)
    assert first.source is None
    assert "a.yml:2: set: contradicts a.yml:1 (set)" in str(said[0])
