"""Card files: what an editor reads, what another program reads, and what comes back."""

from __future__ import annotations

import dataclasses
import random
from pathlib import Path

import pytest
import yaml

from generator.cards.card_files import card_text, card_texts, card_uri, parse_card, read_cards
from generator.cards.scalars import scalar
from generator.model import ArticleCard, Card, Claim, Evidence, Knowledge

CASES = Path(__file__).parent / "cases" / "cards"
STRINGS = (CASES / "strings.txt").read_text(encoding="utf-8").split("\n")
ENTITY = (CASES / "entity.yml").read_text(encoding="utf-8")
ARTICLE = (CASES / "article.yml").read_text(encoding="utf-8")
# What a line of a text file can't hold.
ODD_CHARACTERS = ["\x00", "\x07", "\x1b", "\x7f", "\x85", "\xa0", "\u2028", "\u2029", "\ufeff",
                  "\ufffe", "\uffff", "\U0001f600", "\U000e0041", "\U0010ffff", "\n", "\r", "\t",
                  "\u202e", "e\u0301"]  # fmt: skip


@pytest.mark.parametrize("text", [ENTITY, ARTICLE], ids=["entity", "article"])
def test_a_card_is_written_as_it_was_read(text: str) -> None:
    card, problems = parse_card(text, "cards/x.yml")
    assert problems == ()
    assert card is not None
    assert card_text(card) == text


@pytest.mark.parametrize("made", [Card, ArticleCard])
def test_every_field_of_a_card_is_in_the_cases(made: type[Card] | type[ArticleCard]) -> None:
    keys = set(yaml.safe_load(ENTITY if made is Card else ARTICLE))
    assert {field.name for field in dataclasses.fields(made)} <= keys


def test_empty_fields_leave_no_line() -> None:
    assert card_text(Card("a", "person", "A")) == "id: a\ntype: person\nname: A\n"


@pytest.mark.parametrize("text", [*STRINGS, *ODD_CHARACTERS, *(f"a{c}b" for c in ODD_CHARACTERS)])
def test_every_reader_gets_the_string_that_was_meant(text: str) -> None:
    for document in (f"a: {scalar(text)}\n", f"{{a: {scalar(text)}, b: [{scalar(text)}]}}\n"):
        for loader in (yaml.SafeLoader, yaml.CSafeLoader):
            loaded = yaml.load(document, Loader=loader)
            assert loaded["a"] == text
            assert loaded.get("b", [text]) == [text]


def test_random_strings_come_back_whole() -> None:
    dice = random.Random(7)
    signs = "aZ é한0-:#,[]{}&*!|>'\"%@`?\\ \n\t\x85\u2028\ufeff😀.~="
    texts = ["".join(dice.choices(signs, k=dice.randint(0, 12))) for _ in range(2000)]
    block = "".join(f"- {scalar(text)}\n" for text in texts)
    assert yaml.safe_load(block) == texts
    assert yaml.load(f"[{', '.join(map(scalar, texts))}]", Loader=yaml.CSafeLoader) == texts


def test_half_a_character_is_replaced_so_that_the_file_can_be_written() -> None:
    assert yaml.safe_load(scalar("a\ud83d").encode("utf-8")) == "a\ufffd"


def test_numbers_are_numbers_and_dates_are_text() -> None:
    card = yaml.safe_load(ENTITY)
    assert card["coordinates"] == [51.73, -36.0]
    assert card["mentions"][0]["sentence"] == 9
    assert card["claims"][0]["date"] == "2025-06?"


def test_a_tiny_coordinate_is_no_text() -> None:
    card = Card("a", "place", "A", coordinates=(0.00001, 7.0))
    assert yaml.safe_load(card_text(card))["coordinates"] == [0.00001, 7.0]


def test_a_claim_of_an_editor_needs_no_quote() -> None:
    card = Card("a", "person", "A", claims=(Claim("position", "mayor", None, None, ()),))
    assert parse_card(card_text(card), "a.yml") == (card, ())


def test_a_file_stands_in_the_folder_of_its_kind() -> None:
    assert card_uri(Card("a", "person", "A")) == "people/a.yml"
    assert card_uri(ArticleCard("b", "b.txt", "B")) == "articles/b.yml"


def fault_of(text: str) -> str:
    card, problems = parse_card(text, "cards/people/a.yml")
    assert card is None
    return "\n".join(str(problem) for problem in problems)


START = "id: a\ntype: person\nname: A\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "a.yml:1: not a card"),
        ("- a\n", "a.yml:1: not a card"),
        (START + "alias: [B]\n", "a.yml:4: unknown key 'alias', did you mean 'aliases'?"),
        (START + "aliases: B\n", "a.yml:4: a list is wanted here"),
        (START + "name: B\n", "a.yml:4: the key 'name' stands twice"),
        ("id: a\ntype: human\nname: A\n", "a.yml:2: 'human' is none of person,"),
        ("id: a\ntype: person\n", "a.yml:1: no 'name'"),
        (START + "coordinates: [91, 0]\n", "a.yml:4: not a latitude"),
        (START + "coordinates: [north, 0]\n", "a.yml:4: 'north' is no number of degrees"),
        (START + "claims:\n- value: x\n", "a.yml:5: no 'property'"),
        (
            START + "mentions:\n- {article: b, sentence: nine, names: [A]}\n",
            "a.yml:5: a whole number is wanted here, not 'nine'",
        ),
        (START + "aliases: [B\n", "a.yml:5: not valid YAML"),
    ],
)
def test_a_fault_is_told_with_its_line(text: str, said: str) -> None:
    assert said in fault_of(text)


def test_all_faults_of_a_card_are_told_at_once() -> None:
    assert fault_of("id: a\ntype: human\nalias: [B]\n").count("\n") == 2


def write(folder: Path, name: str, data: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def test_one_broken_card_does_not_hide_the_others(tmp_path: Path) -> None:
    write(tmp_path, "cards/people/a.yml", START.encode())
    write(tmp_path, "cards/people/b.yml", b"\xff\xfe")
    write(tmp_path, "cards/people/c.yml", b"id: [")
    write(tmp_path, "cards/places/d.yml", START.replace("id: a", "id: d").encode())
    knowledge, problems = read_cards(tmp_path / "cards")
    assert [card.id for card in knowledge.cards] == ["a", "d"]
    assert [problem.file for problem in problems] == [
        "cards/people/b.yml",
        "cards/people/c.yml",
        "cards/places/d.yml",
    ]


def test_a_folder_of_cards_is_read_back_sorted(tmp_path: Path) -> None:
    evidence = Evidence("m", 1, "two words")
    knowledge = Knowledge(
        (Card("a", "place", "A", summary=evidence), Card("b", "person", "B")),
        (ArticleCard("m", "m.txt", "M"), ArticleCard("n", "n.md", "N", retracted=True)),
    )
    for name, text in card_texts(knowledge).items():
        write(tmp_path, f"cards/{name}", text.encode())
    assert read_cards(tmp_path / "cards") == (knowledge, ())


def test_no_cards_at_all_is_an_empty_knowledge_base(tmp_path: Path) -> None:
    assert read_cards(tmp_path / "cards") == (Knowledge(()), ())
