"""Office phrases: where one begins and ends, its words, and whose it is."""

from __future__ import annotations

import pytest

from generator.cards.conflict_offices import unique_heads
from generator.extract.items import rows
from generator.extract.offices import read_offices
from generator.extract.words import words_of
from tests.marked import extract_marked, make_marked


def offices(line: str) -> list[str]:
    """Return each office phrase of a marked line as 'value | of | country | whole'."""
    marked = make_marked("case", [line])
    (extraction,) = extract_marked([marked])
    nations = tuple((s.start, s.end) for s in marked.spans if s.tag == "nationality")
    (row,) = rows(words_of(marked.article), extraction.mentions, nations)
    text = marked.article.text
    return [
        f"{o.value} | {o.of.name if o.of else '-'} | {o.country or '-'} | {text[slice(*o.whole)]}"
        for o in read_offices(row, text)
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("the mayor of {L|Gdansk} sang", "mayor | Gdansk | - | mayor of Gdansk"),
        ("{L|Mali}'s health minister", "health minister | Mali | Mali | Mali's health minister"),
        ("the {N|Thai} king slept", "king | Thailand | Thailand | Thai king"),
        ("{O|Siemens} chief executive", "chief executive | Siemens | - | Siemens chief executive"),
        (
            "secretary of {L|Iran}'s {O|Security Council}",
            "secretary | Security Council | Iran | secretary of Iran's Security Council",
        ),
        (
            "secretary of the {N|Iranian} {O|Security Council}",
            "secretary | Security Council | Iran | secretary of the Iranian Security Council",
        ),
        (
            "director of the {O|Ministry of Health} of {L|Peru}",
            "director | Ministry of Health | Peru | director of the Ministry of Health of Peru",
        ),
        (
            "secretary of the {O|Communist Party of Vietnam}",
            "secretary | Communist Party of Vietnam | Vietnam"
            " | secretary of the Communist Party of Vietnam",
        ),
        ("the deputy prime minister,", "deputy prime minister | - | - | deputy prime minister"),
        ("the acting mayor of {L|Brno}", "acting mayor | Brno | - | acting mayor of Brno"),
        ("the former chairman of {O|Audi}", "former chairman | Audi | - | former chairman of Audi"),
        (
            "Minister of Natural Resources and Ecology of {L|Russia}",
            "Minister of Natural Resources and Ecology | Russia | Russia"
            " | Minister of Natural Resources and Ecology of Russia",
        ),
        (
            "ambassador to {L|Japan} of no fame",
            "ambassador to Japan | - | - | ambassador to Japan",
        ),
        (
            "{L|Cuba}'s ambassador to {L|Japan}",
            "ambassador to Japan | Cuba | Cuba | Cuba's ambassador to Japan",
        ),
        ("chief economist at {O|UBS}", "chief economist | UBS | - | chief economist at UBS"),
        ("spokeswoman for the {O|FBI}", "spokeswoman | FBI | - | spokeswoman for the FBI"),
        ("the bishop in {L|Cork} said", "bishop | - | - | bishop"),
        ("Vice-President of {O|Dell}", "Vice-President | Dell | - | Vice-President of Dell"),
        ("governor of {L|Kursk} region", "governor | Kursk | - | governor of Kursk region"),
    ],
)  # fmt: skip
def test_an_office_is_read_with_its_words_and_its_body(line: str, expected: str) -> None:
    assert offices(line) == [expected]


@pytest.mark.parametrize(
    "line",
    [
        "the road to {L|Gdansk} was long",
        "{L|Kenya}'s harvest failed",
        "a {N|Thai} dish",
        "they headed for {O|Siemens}",
        "the ministry said nothing",
        "{O|Ministry of Health} of {L|Peru}",
        "",
    ],
)
def test_what_is_no_office_is_read_as_none(line: str) -> None:
    assert offices(f"{line}.") == []


def test_two_offices_of_a_sentence_are_read_apart() -> None:
    line = "{N|Polish} president and chairman of the {O|Sejm} Committee met the mayor of {L|Lodz}."
    assert [office.split(" | ")[0] for office in offices(line)] == [
        "president",
        "chairman",
        "mayor",
    ]


@pytest.mark.parametrize("head", ["president", "mayor", "secretary", "chief executive", "king"])
def test_some_offices_have_one_holder_at_a_time(head: str) -> None:
    assert head in unique_heads()


@pytest.mark.parametrize("head", ["ambassador", "member", "deputy", "spokesman", "professor"])
def test_and_some_have_many(head: str) -> None:
    assert head not in unique_heads()
