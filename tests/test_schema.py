"""The vocabulary: the one we ship is sound, and one that isn't says where."""

from __future__ import annotations

import pytest

from generator.cards.schema import FOLDER, load_schema, parse_schema
from generator.model import ENTITY_TYPES, FOLDERS

TYPES = (FOLDER / "types.yml").read_text(encoding="utf-8")
PROPERTY = """\
family:
  label: Family
  other_end: Relatives
  domain: [person]
  range: [person, literal]
  exclusive: no
  sensitive: no
"""


def test_the_shipped_schema_has_no_fault() -> None:
    assert load_schema().problems == ()


def test_every_kind_of_card_is_described() -> None:
    types = load_schema().types
    assert {name: kind.folder for name, kind in types.items()} == FOLDERS
    assert tuple(types)[: len(ENTITY_TYPES)] == ENTITY_TYPES


def test_the_properties_others_rely_on_are_there() -> None:
    relied_on = {"position", "family", "part_of", "located_in", "location", "former_name"}
    assert relied_on | {"acronym", "headquarters"} <= set(load_schema().properties)


def test_properties_keep_the_order_of_the_file() -> None:
    orders = [known.order for known in load_schema().properties.values()]
    assert orders == sorted(orders)


def test_a_property_says_what_it_joins() -> None:
    family = parse_schema(TYPES, PROPERTY).properties["family"]
    assert (family.domain, family.range, family.literal) == (("person",), ("person",), True)
    assert (family.exclusive, family.sensitive) == (False, False)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[person]", "[persons]", "properties.yml:4: 'persons' is none of"),
        ("[person, literal]", "[]", "properties.yml:5: a list of kinds"),
        ("exclusive: no", "exclusive: maybe", "properties.yml:6: 'maybe' is neither"),
        ("  label: Family\n", "", "properties.yml:1: family: no label"),
        ("sensitive: no", "sensitive: no\n  secret: no", "properties.yml:8: family: unknown field"),
        ("label: Family", "label: ''", "properties.yml:2: words are wanted"),
        ("label: Family", "label: [", "properties.yml:4: not valid YAML"),
        (PROPERTY, "- family", "properties.yml:1: not a list of `name:` entries"),
        (
            "sensitive: no",
            "sensitive: no\n" + PROPERTY.replace("family:", "kin:"),
            "properties.yml:9: kin: the label 'Family' is family's",
        ),
    ],
)
def test_a_fault_in_the_properties_is_told_with_its_line(old: str, new: str, said: str) -> None:
    problems = parse_schema(TYPES, PROPERTY.replace(old, new, 1)).problems
    assert [problem.fatal for problem in problems] == [True]
    assert said in str(problems[0])


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("person:", "human:", "human: a kind the program can't recognise"),
        ("folder: people", "folder: persons", "person: its folder is 'people'"),
    ],
)
def test_kinds_the_program_does_not_know_are_refused(old: str, new: str, said: str) -> None:
    problems = parse_schema(TYPES.replace(old, new, 1), PROPERTY).problems
    assert said in "\n".join(map(str, problems))
    assert "the kind 'person' is missing" in "\n".join(map(str, problems))
