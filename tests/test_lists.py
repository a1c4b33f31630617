"""What our long lists say of words: towns, people's names, phrases, things with several names."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from generator import bodies, lexicons, names, people_names, towns
from generator.extract import gazetteer
from generator.extract.tokens import Token, tokenize
from generator.resolve.listed import listed_names


def test_towns_of_one_name_come_largest_first() -> None:
    birmingham = towns.of_key("birmingham")
    assert [town.country for town in birmingham[:2]] == ["GB", "US"]
    sizes = [town.population for town in birmingham]
    assert sizes == sorted(sizes, reverse=True)
    assert (round(birmingham[0].latitude, 1), round(birmingham[0].longitude, 1)) == (52.5, -1.9)


def test_every_town_is_found_by_the_key_of_its_name() -> None:
    for town in towns.listed()[::50]:
        told = towns.Town(town.countrycode, town.population, town.latitude, town.longitude)
        assert told in towns.of_key(names.key(town.name)), town.name
        assert towns.is_town(names.key(town.name))
    assert towns.of_key("no town") == () and not towns.is_town("no town")


@pytest.mark.parametrize("lexicon", ["given_names", "surnames"])
def test_every_name_of_people_is_known_in_its_culture_alone(lexicon: str) -> None:
    cultures = lexicons.load(lexicon)["cultures"]
    known = getattr(people_names, lexicon)
    folded = {c: {names.fold_once(word) for word in text.split()} for c, text in cultures.items()}
    for name in sorted(set().union(*folded.values()))[::40]:
        assert name in known(), name
        assert [c for c in cultures if name in known(c)] == [
            c for c in cultures if name in folded[c]
        ]
    assert "qwertz" not in known() and "" not in known() and None not in known()


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        ("place", "Kiev", ("Kyiv", None)),
        ("place", "Kyiv", ("Kyiv", None)),
        ("place", "Peking", ("Beijing", None)),
        ("organization", "the WHO", ("World Health Organization", None)),
        ("organization", "CNBC", ("CNBC", "United States")),
        ("event", "Second World War", ("World War II", None)),
        ("event", "Kyiv", None),  # it is, but no event
        ("place", "Georgia", None),
        ("place", "", None),
    ],
)
def test_a_listed_name_leads_to_its_one_thing(
    kind: str, name: str, found: tuple[str, str | None] | None
) -> None:
    key = (kind, names.key(name))
    assert listed_names().get(key) == ((found,) if found else ())
    assert (key in listed_names()) == bool(found)


def capitals(tokens: Sequence[Token]) -> list[int]:
    return [i for i, token in enumerate(tokens) if token.surface[:1].isupper()]


def test_the_longest_listed_phrase_is_found_with_all_its_classes() -> None:
    tokens = tokenize("Kim left New York for São Paulo, al-Quds and the kyiv bank.")
    hits = gazetteer.find(capitals(tokens), [names.fold(token.surface) for token in tokens])
    assert (0, 1, "given") in hits and (0, 1, "surname") in hits
    assert {(2, 4), (5, 7)} <= {hit[:2] for hit in hits}
    assert {(2, 3), (5, 6), (13, 14)}.isdisjoint(hit[:2] for hit in hits)
    assert (2, 4, "altcity") in hits and (5, 7, "bigcity") in hits


def test_a_mark_that_folds_to_nothing_makes_no_phrase_of_what_is_before_it() -> None:
    # Tokens by themselves, of which nothing stays when they are folded.
    tokens = tokenize("New \u0301 Kyiv \u0301")
    assert [names.fold(token.surface) for token in tokens] == ["new", "", "kyiv", ""]
    hits = gazetteer.find(capitals(tokens), ["new", "", "kyiv", ""])
    assert {hit[:2] for hit in hits} == {(2, 3)}


def test_the_words_of_a_listed_name_are_those_that_a_text_has() -> None:
    listed = sorted({name for name, _ in gazetteer._entries()})
    wrong = [
        name
        for name in listed
        if gazetteer._words(name) != [names.fold_once(t.surface) for t in tokenize(name)]
    ]
    assert wrong == [] and len(listed) > 100_000


def test_no_name_of_a_body_has_the_sign_that_stands_between_two() -> None:
    told = (name for body in bodies.listed() for name in (body["name"], *body.get("aliases", ())))
    assert [name for name in told if "|" in name] == []


@pytest.mark.parametrize("text", ["Kim", "São Paulo", "O’Brien", "L`Aquila", "Łódź", "ﷺ", "李 明"])
def test_what_is_folded_once_is_folded_alike(text: str) -> None:
    assert names.fold_once(text) == names.fold(text)
    assert names.key_once(f"The {text}") == names.key(f"The {text}")
