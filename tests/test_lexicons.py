"""The lexicons hold what their readers rely on: shape, no repeats, clean text, wide reach."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

import pycountry
import pytest

from generator import bodies as named_bodies
from generator import lexicons

NAMED = {
    "bodies": "bodies",
    "businesses": "bodies",
    "institutions": "bodies",
    "places": "features",
    "happenings": "happenings",
    "documents": "documents",
    "products": "products",
}
ALL = [
    "bodies", "businesses", "countries", "documents", "given_names", "happenings", "institutions",
    "organizations", "places", "products", "surnames", "titles",
]  # fmt: skip
KINDS = {
    "international", "government", "party", "armed_group", "media", "company",
    "university", "sport", "ngo", "intelligence", "court",
}  # fmt: skip
# The code everybody uses for Kosovo; ISO 3166-1 has none.
UNOFFICIAL_CODES = {"XK"}


def texts(value: Any) -> Iterator[str]:
    """Yield every string of a lexicon, keys included."""
    if isinstance(value, str):
        yield value
    else:
        for item in value:
            yield from texts(item)
        if isinstance(value, dict):
            yield from texts(list(value.values()))


def lists(value: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Yield every list of plain strings and every block of words, with where it stands."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from lists(item, f"{path}/{key}")
    elif isinstance(value, list) and all(isinstance(item, str) for item in value):
        yield path, value
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from lists(item, f"{path}/{number}")
    elif len(value.split()) > 12:
        yield path, value.split()


def repeated(items: list[str]) -> list[str]:
    return sorted(item for item, count in Counter(items).items() if count > 1)


def names_of(entries: list[dict[str, Any]]) -> list[str]:
    return [name for entry in entries for name in [entry["name"], *entry.get("aliases", [])]]


@pytest.mark.parametrize("name", ALL)
def test_every_entry_is_composed_unicode_without_stray_blanks(name: str) -> None:
    unclean = [
        text
        for text in texts(lexicons.load(name))
        if text != unicodedata.normalize("NFC", text) or text != text.strip() or "  " in text
    ]
    assert unclean == []


@pytest.mark.parametrize("name", ALL)
def test_no_list_says_a_thing_twice(name: str) -> None:
    twice = {path: repeated(items) for path, items in lists(lexicons.load(name))}
    assert {path: items for path, items in twice.items() if items} == {}


@pytest.mark.parametrize(("name", "key"), sorted(NAMED.items()))
def test_a_known_name_leads_to_one_entry_only(name: str, key: str) -> None:
    entries = lexicons.load(name)[key]
    assert repeated(names_of(entries)) == []
    assert all(set(entry) <= {"name", "aliases", "kind", "country"} for entry in entries)
    assert all(entry["kind"] for entry in entries)


def test_every_country_has_a_code_others_know_and_a_name() -> None:
    countries = lexicons.load("countries")["countries"]
    codes = [country["code"] for country in countries]
    known = {country.alpha_2 for country in pycountry.countries} | UNOFFICIAL_CODES
    assert set(codes) <= known
    assert repeated(codes) == []
    assert len(codes) >= 200
    assert all(country["name"] and country["native"] for country in countries)


def test_a_country_name_means_one_country() -> None:
    countries = lexicons.load("countries")["countries"]
    names = [
        name
        for country in countries
        for name in {country["name"], *country.get("aliases", []), *country.get("native", [])}
    ]
    assert repeated(names) == []


def test_an_adjective_means_one_country_unless_it_is_known_to_be_shared() -> None:
    lexicon = lexicons.load("countries")
    owners: dict[str, list[str]] = defaultdict(list)
    for country in lexicon["countries"]:
        for adjective in country.get("adjective", []):
            owners[adjective].append(country["name"])
    shared = {adjective for adjective, names in owners.items() if len(names) > 1}
    assert shared == set(lexicon["shared"]["adjective"])


def test_former_states_and_regions_point_at_states_there_are() -> None:
    lexicon = lexicons.load("countries")
    codes = {country["code"] for country in lexicon["countries"]}
    assert {state["now"] for state in lexicon["former"] if "now" in state} <= codes
    assert {region["within"] for region in lexicon["regions"] if "within" in region} <= codes
    kinds = {region["kind"] for region in lexicon["regions"]}
    assert kinds == {"supranational", "subnational", "self_styled"}


def test_offices_say_whether_one_or_many_hold_them() -> None:
    heads = lexicons.load("titles")["heads"]
    assert repeated([head["word"] for head in heads]) == []
    assert {head["unique"] for head in heads} == {"true", "false"}
    assert {head["of"] for head in heads} == {"organization", "place", "any"}
    unique = {head["word"]: head["unique"] for head in heads}
    for word in ("president", "prime minister", "secretary-general", "mayor", "chief executive"):
        assert unique[word] == "true", word
    for word in ("vice president", "professor", "senator", "spokesman", "ambassador", "striker"):
        assert unique[word] == "false", word


def test_ranks_and_kinship_are_whole() -> None:
    titles = lexicons.load("titles")
    assert all(set(rank) <= {"word", "abbreviations"} for rank in titles["ranks"])
    assert all(set(kin) == {"word", "inverse"} and kin["inverse"] for kin in titles["family"])
    assert repeated([rank["word"] for rank in titles["ranks"]]) == []
    assert repeated([kin["word"] for kin in titles["family"]]) == []


def test_bodies_come_in_known_kinds_from_all_over_the_world() -> None:
    bodies = named_bodies.listed()
    codes = {country["code"] for country in lexicons.load("countries")["countries"]}
    assert {body["kind"] for body in bodies} == KINDS
    assert {body["country"] for body in bodies if "country" in body} <= codes
    assert all("country" in body for body in bodies if body["kind"] in ("party", "government"))
    assert len(bodies) >= 700
    assert len({body.get("country") for body in bodies if body["kind"] == "party"}) >= 60
    assert len({body.get("country") for body in bodies if body["kind"] == "media"}) >= 80


def test_optional_place_heads_are_place_heads_and_never_another_place() -> None:
    optional = lexicons.words("places", "optional_heads")
    assert optional <= lexicons.words("places", "heads_after")
    assert not optional & {"district", "city", "airport", "river", "station"}


@pytest.mark.parametrize("name", ["given_names", "surnames"])
def test_names_reach_the_whole_world(name: str) -> None:
    cultures = lexicons.load(name)["cultures"]
    assert len(cultures) >= 45
    assert {culture: len(words.split()) for culture, words in cultures.items()
            if len(words.split()) < 35} == {}  # fmt: skip


def test_both_name_lexicons_know_the_same_cultures() -> None:
    given, family = lexicons.load("given_names"), lexicons.load("surnames")
    assert set(given["cultures"]) == set(family["cultures"])
    assert set(family["order_family_first"].split()) <= set(given["cultures"])
    assert set(family["no_family_name"].split()) <= set(given["cultures"])
    assert {ending["culture"] for ending in family["gender_endings"]} <= set(given["cultures"])


def test_a_nickname_leads_to_other_names() -> None:
    nicknames = lexicons.load("given_names")["nicknames"]
    assert len(nicknames) >= 150
    wrong = [
        nickname
        for nickname, names in nicknames.items()
        if not isinstance(names, list) or not names or nickname in names
    ]
    assert wrong == []


def test_a_text_block_is_read_as_its_words() -> None:
    assert {"ministry", "council", "party"} <= lexicons.words("organizations", "heads")
    assert "prime minister's office" in lexicons.words("organizations", "head_phrases")
