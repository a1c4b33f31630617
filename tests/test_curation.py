"""What the editors decide, and what they are told when a decision can't be used."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import pipeline
from generator.cards.assemble import make_cards
from generator.cards.curated import curate_cards
from generator.cards.schema import load_schema
from generator.curation import parse
from generator.model import Card, Knowledge, Problem
from generator.resolve import resolve
from tests.marked import extract_marked, make_marked
from tests.projects import make_project, run

FOLDER = [
    make_marked("a1", ["{P|Sergei Ivlev}, mayor of {L|Tula}, met {P|Olga Marin} in {L|Orel}."]),
    make_marked("a2", ["{P|Serge Yvleff} opened the {O|Tula Arms Fair}."]),
    make_marked("a3", ["{P|Ivlev} and {P|Olga Marin}, owner of {O|Marin Tea}, drank tea."]),
]


def decide(text: str) -> tuple[Knowledge, tuple[Problem, ...]]:
    """Return the folder's cards under these decisions, and every problem with them."""
    decisions, wrong = parse({"curation/desk.yml": text})
    extractions = extract_marked(FOLDER)
    entities, unfit = resolve(extractions, decisions)
    shown = {one.article.id: "full" for one in FOLDER}
    articles = [one.article for one in FOLDER]
    schema = load_schema()
    knowledge = make_cards(articles, extractions, entities, schema, shown)  # type: ignore[arg-type]
    knowledge, unused = curate_cards(knowledge, decisions, schema)
    return knowledge, (*wrong, *unfit, *unused)


def cards(text: str) -> dict[str, Card]:
    """Return the cards by id under decisions with which nothing is wrong."""
    knowledge, problems = decide(text)
    assert problems == ()
    return {card.id: card for card in knowledge.cards}


def test_without_decisions_the_folder_has_these_cards() -> None:
    names = "marin-tea olga-marin orel serge-yvleff sergei-ivlev tula tula-arms-fair"
    assert sorted(cards("")) == names.split()


# --- each kind of decision


def test_merge_makes_one_card_of_two_names() -> None:
    made = cards("- merge: [Sergei Ivlev, Serge Yvleff]\n")
    assert "serge-yvleff" not in made
    assert "Serge Yvleff" in made["sergei-ivlev"].aliases
    assert [m.article for m in made["sergei-ivlev"].mentions] == ["a1", "a2", "a3"]
    assert any("editor" in merge.rule for merge in made["sergei-ivlev"].because)


def test_merge_keeps_the_first_name_given() -> None:
    made = cards("- merge: [Serge Yvleff, Sergei Ivlev]\n")
    assert [c.name for c in made.values() if "Ivlev" in c.aliases] == ["Serge Yvleff"]


def test_distinct_keeps_two_apart_that_would_be_one() -> None:
    made = cards("- distinct: [Sergei Ivlev, Ivlev]\n")
    assert "a3" not in [m.article for m in made["sergei-ivlev"].mentions]


def test_rename_changes_the_name_and_keeps_the_address() -> None:
    made = cards("- rename: {sergei-ivlev: Sergey Ivlev}\n")
    card = made["sergei-ivlev"]
    assert card.name == "Sergey Ivlev" and "Sergei Ivlev" in card.aliases
    assert card.curated == ("name",)


def test_type_moves_a_card_to_another_kind() -> None:
    card = cards("- type: {tula-arms-fair: event}\n")["tula-arms-fair"]
    assert card.type == "event" and "type" in card.curated


def test_drop_takes_a_card_away_and_leaves_no_trace_on_others() -> None:
    made = cards("- drop: [Orel]\n")
    assert "orel" not in made
    assert all(r.id != "orel" for card in made.values() for r in card.related)


def test_entity_adds_a_card_that_no_article_names() -> None:
    made = cards("- entity: {name: Tula Museum, type: organization, aliases: [The Museum]}\n")
    assert made["tula-museum"].aliases == ("The Museum",)


def test_set_gives_a_description_and_says_so() -> None:
    card = cards("- set: {id: orel, description: A town on the Oka}\n")["orel"]
    assert (card.description, card.curated) == ("A town on the Oka", ("description",))


def test_claim_adds_what_the_desk_knows() -> None:
    text = (
        "- claim: {who: olga-marin, property: position, value: treasurer, of: tula,"
        " source: town hall}\n"
    )
    claims = cards(text)["olga-marin"].claims
    (claim,) = [c for c in claims if c.value == "treasurer"]
    assert claim.of == "tula" and claim.evidence[0].quote == "town hall"


def test_retract_takes_a_claim_back() -> None:
    text = "- retract: {who: sergei-ivlev, property: position, value: mayor, of: tula}\n"
    assert [c for c in cards(text)["sergei-ivlev"].claims if c.property == "position"] == []


def test_decisions_may_stand_in_any_order() -> None:
    lines = [
        "- merge: [Sergei Ivlev, Serge Yvleff]\n",
        "- drop: [Orel]\n",
        "- set: {id: tula, description: A town}\n",
        "- type: {tula-arms-fair: event}\n",
    ]
    assert cards("".join(lines)) == cards("".join(reversed(lines)))


# --- decisions that fit nothing


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- merge: [Sergei Ivlev, Nobody At All]\n", "Nobody At All"),
        ("- distinct: [Sergei Ivlev, Nobody At All]\n", "Nobody At All"),
        ("- rename: {nobody-at-all: Somebody}\n", "nobody-at-all"),
        ("- type: {nobody-at-all: event}\n", "nobody-at-all"),
        ("- set: {id: nobody-at-all, description: A man}\n", "nobody-at-all"),
        ("- claim: {who: nobody-at-all, property: position, value: king}\n", "nobody-at-all"),
        ("- claim: {who: orel, property: position, value: x, of: nowhere-at-all}\n", "nowhere"),
        ("- claim: {who: orel, property: colour, value: blue}\n", "colour"),
        ("- claim: {who: olga-marin, property: position, value: x, date: in May}\n", "in May"),
        ("- retract: {who: olga-marin, property: position, value: queen}\n", "no such claim"),
        ("- set: {id: orel, claims: none}\n", "claims"),
    ],
)
def test_a_decision_that_fits_nothing_is_a_warning_with_its_line(text: str, words: str) -> None:
    _, problems = decide(f"# The desk.\n\n{text}")
    (problem,) = problems
    assert (problem.file, problem.line, problem.fatal) == ("curation/desk.yml", 3, False)
    assert words in str(problem) and problem.todo


# --- files that can't be used


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("- merge: [A, B]\n- merge: [A\n", 3, "YAML"),
        ("- merge: [A, B]\n- drop: X\n", 2, "drop"),
        ("- merge: [A]\n", 1, "two names"),
        ("- merge: A, B\n", 1, "two names"),
        ("\n\n- marge: [A, B]\n", 3, "marge"),
        ("- {merge: [A, B], drop: [C]}\n", 1, "merge, drop"),
        ("- type: {a: animal}\n", 1, "animal"),
        ("- entity: {name: A, type: animal}\n", 1, "person"),
        ("- entity: {name: A, type: place, aliases: B}\n", 1, "aliases"),
        ("- set: {id: a}\n", 1, "set"),
        ("- claim: {who: a}\n", 1, "claim"),
        ("- split: {id: a, into: b}\n", 1, "split"),
        ("- rename: [A, B]\n", 1, "rename"),
        ("merge: [A, B]\n", 1, "list"),
        ("just words\n", 1, "list"),
        ("- just words\n", 1, "just words"),
        ("- set: {id: a, id: b}\n", 1, "twice"),
        ("- &a merge: [A, B]\n- *a\n", 1, "anchors"),
        ("- merge: [A, B]\n\t- x\n", 2, "YAML"),
    ],
)
def test_a_broken_file_stops_the_build_and_names_the_line(text: str, line: int, words: str) -> None:
    _, problems = parse({"curation/desk.yml": text})
    assert [(p.file, p.line, p.fatal) for p in problems] == [("curation/desk.yml", line, True)]
    assert words in str(problems[0])


def test_an_empty_or_commented_file_is_fine() -> None:
    assert parse({"a.yml": "", "b.yml": "# nothing yet\n", "c.yml": "[]\n"}) == ((), ())


def test_all_faults_of_all_files_are_told_at_once() -> None:
    _, problems = parse({"b.yml": "- a: 1\n- b: 2\n", "a.yml": "x: [\n"})
    assert [p.file for p in problems] == ["a.yml", "b.yml", "b.yml"]


def test_values_stay_the_words_they_are() -> None:
    (decision,), _ = parse({"a.yml": "- merge: [No, 0777]\n  why: 12:30\n  date: 2025-05-09\n"})
    assert (decision.value, decision.why, decision.date) == (["No", "0777"], "12:30", "2025-05-09")


# --- on disk


def test_an_address_stays_when_a_published_card_is_renamed_or_merged(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    run(config)
    content = config.parent / "content"
    desk = content / "curation/decisions.yml"
    desk.write_text("- merge: [edgars-berzins, anders-blom]\n", encoding="utf-8")
    outcome, problems = run(config)
    assert problems == ()
    assert (content / "cards/people/edgars-berzins.yml").is_file()
    assert not (content / "cards/people/anders-blom.yml").exists()
    old = (content / "pages/people/anders-blom.md").read_text(encoding="utf-8")
    assert "edgars-berzins" in old
    assert {"edgars-berzins"} == {c.id for c in outcome.knowledge.cards if "Blom" in c.aliases}


def test_a_claim_that_may_hurt_is_withheld_until_it_is_accepted(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    content = config.parent / "content"
    (content / "articles/arrest.txt").write_text(
        "Clerk held in Riga\n\nPolice in Riga arrested Edgars Berzins on Monday for forgery. "
        "He has worked at the town hall since spring, and nobody there would say more.\n",
        encoding="utf-8",
    )
    outcome, _ = run(config)
    page = content / "pages/people/edgars-berzins.md"
    card = next(c for c in outcome.knowledge.cards if c.id == "edgars-berzins")
    claim = next(c for c in card.claims if c.property == "arrested")
    waiting = pipeline.withheld(outcome)
    assert len(waiting) == 1
    assert "Arrested" not in page.read_text(encoding="utf-8")
    accept = waiting[0].partition("- accept: ")[2]
    (content / "curation/accepted.yml").write_text(f"- accept: {accept}\n", encoding="utf-8")
    outcome, problems = run(config)
    assert problems == ()
    assert pipeline.withheld(outcome) == ()
    assert "Arrested" in page.read_text(encoding="utf-8")
    assert claim.value is not None


def test_split_makes_two_cards_of_one_name_by_article() -> None:
    first = make_marked("a1", ["{P|Ri Yong Ho}, a minister, spoke in {L|Oslo}."])
    second = make_marked("a2", ["Marshal {P|Ri Yong Ho} inspected {L|Wonsan}."])
    text = (
        "- split: {id: ri-yong-ho, into: [{name: Ri Yong Ho (minister), articles: [a1]}, "
        "{name: Ri Yong Ho (marshal), articles: [a2, a9]}]}\n"
    )
    decisions, faults = parse({"c.yml": text})
    assert faults == ()
    entities, problems = resolve(extract_marked([first, second]), decisions)
    found = {e.name: (e.id, sorted(e.mentions)) for e in entities if e.type == "person"}
    assert found == {
        "Ri Yong Ho (minister)": ("ri-yong-ho", ["a1"]),
        "Ri Yong Ho (marshal)": ("ri-yong-ho-marshal", ["a2"]),
    }
    assert [str(p) for p in problems] == [
        "c.yml:1: split: 'a9' does not name it: mend the article's id, or leave it out"
    ]


def test_a_split_holds_at_the_next_build(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    content = config.parent / "content"
    outcome, _ = run(config)
    card = max(outcome.knowledge.cards, key=lambda c: len({m.article for m in c.mentions}))
    first, second = sorted({m.article for m in card.mentions})[:2]
    (content / "curation/split.yml").write_text(
        f"- split: {{id: {card.id}, into: [{{name: One Thing, articles: [{first}]}}, "
        f"{{name: Other Thing, articles: [{second}]}}]}}\n",
        encoding="utf-8",
    )
    made = [run(config) for _ in range(2)]
    assert [problems for _, problems in made] == [(), ()]
    assert made[0][0].knowledge == made[1][0].knowledge
    ids = {c.name: c.id for c in made[1][0].knowledge.cards}
    assert (ids["One Thing"], ids["Other Thing"]) == (card.id, "other-thing")


def test_a_retract_ends_the_conflict_it_was_one_side_of() -> None:
    texts = [
        "{P|Olaf Brun}, director of {O|Brun Bank}, spoke in {L|Oslo}.",
        "{P|Nils Falk}, director of {O|Brun Bank}, spoke in {L|Bergen}.",
    ]
    folder = [make_marked(f"a{i}", [text]) for i, text in enumerate(texts, 1)]
    extractions, articles = extract_marked(folder), [one.article for one in folder]
    entities, _ = resolve(extractions, ())
    schema = load_schema()
    knowledge = make_cards(articles, extractions, entities, schema, {"a1": "full", "a2": "full"})
    disputed = [card.id for card in knowledge.cards if card.conflicts]
    assert disputed == ["brun-bank"]
    line = "- retract: {who: nils-falk, property: position, value: director, of: brun-bank}\n"
    decisions, _ = parse({"a.yml": line})
    settled, problems = curate_cards(knowledge, decisions, schema)
    assert problems == ()
    assert [card.id for card in settled.cards if card.conflicts] == []
