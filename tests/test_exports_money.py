"""The export for FollowTheMoney, by its published schema, and by the library where it is there."""

from __future__ import annotations

import json
from typing import Any

import pytest

from generator.exports import FORMATS
from generator.exports.vocabulary import _vocabulary
from generator.model import Card, Claim, Evidence, Publish
from tests import export_sample, money_schema

FOLDER = money_schema.schema_folder()
needs_schema = pytest.mark.skipif(FOLDER is None, reason="pip install --no-deps followthemoney")
SCHEMATA = money_schema.load_schemata(FOLDER) if FOLDER else {}


def money(publish: Publish = "full", **options: Any) -> list[dict[str, Any]]:
    """Return the sample's entities in FollowTheMoney's sense."""
    (text,) = FORMATS["ftm"](export_sample.dataset(publish, **options)).values()
    return [json.loads(line) for line in text.splitlines()]


def claim(property: str, **options: Any) -> dict[str, Any]:
    """Return the only claim of the sample whose summary names a property so."""
    (found,) = (
        entity
        for entity in money(**options)
        if entity["id"].startswith("claim-")
        and f": {property}: " in entity["properties"]["summary"][0]
    )
    return found


@needs_schema
@pytest.mark.parametrize("publish", ["full", "excerpt", "none"])
def test_every_entity_fits_the_published_schema(publish: Publish) -> None:
    assert list(money_schema.faults(SCHEMATA, money(publish))) == []


@needs_schema
def test_the_check_sees_what_is_wrong() -> None:
    wrong = [
        {"id": "a", "schema": "Person", "properties": {"birthDate": ["2025-06?"]}},
        {"id": "b", "schema": "Family", "properties": {"person": ["a"], "relative": ["c"]}},
        {"id": "c", "schema": "Address", "properties": {"name": ["C"], "colour": ["red"]}},
        {"id": "d", "schema": "Thing", "properties": {}},
    ]
    assert list(money_schema.faults(SCHEMATA, wrong)) == [
        "a: Person: no name",
        "a: Person: birthDate: '2025-06?'",
        "b: Family: relative: c is no Person",
        "c: Address: unknown property colour",
        "d: Thing: no such schema",
    ]


@needs_schema
def test_our_vocabulary_knows_kinds_and_ends_as_the_schema_does() -> None:
    vocabulary = _vocabulary()
    for name, ancestors in vocabulary["schemata"].items():
        assert set(ancestors) <= set(money_schema.parents(SCHEMATA, name)), name
    for name, link in vocabulary["links"].items():
        line = money_schema.parents(SCHEMATA, name)
        properties = {key for schema in line for key in SCHEMATA[schema].get("properties", {})}
        assert {link["source"], link["target"], link.get("says", link["source"])} <= properties


def test_the_library_reads_every_value_as_it_stands() -> None:
    # Installed whole it needs ICU's headers: `pip install followthemoney`, tested where it is.
    model = pytest.importorskip("followthemoney", exc_type=ImportError).model
    for site in (export_sample.SITE, ""):
        for told in money(site=site):
            model.get(told["schema"]).validate(told)
            read, cleaned = (
                model.get_proxy(told, cleaned=is_clean).to_dict() for is_clean in (True, False)
            )
            assert read["properties"] == cleaned["properties"]


# --- what becomes of claims


def test_an_office_in_a_place_is_a_post_that_somebody_holds() -> None:
    (held,) = (e for e in money() if e["properties"].get("holder") == ["kim-jong-un"])
    assert held["schema"] == "Occupancy"
    assert held["properties"]["date"] == ["2011-12"]
    assert held["properties"]["proof"] == ["visit"]
    assert held["properties"]["sourceUrl"] == ["https://example.org/a?b=c&d=(e)"]
    (post,) = (e for e in money() if e["id"] == held["properties"]["post"][0])
    assert post["properties"] == {
        "name": ["supreme leader, Pyongyang"], "subnationalArea": ["Pyongyang"],
    }  # fmt: skip


def test_two_who_hold_one_office_hold_one_post() -> None:
    (post,) = (
        e for e in money() if e["properties"].get("name") == ["Secretary, Russian Security Council"]
    )
    held = [e["properties"] for e in money() if e["schema"] == "Occupancy"]
    holders = [told["holder"] for told in held if told["post"] == [post["id"]]]
    assert sorted(holders) == [["andrei-chebotaryov"], ["sergei-shoigu"]]


def test_an_owner_stands_at_the_near_end_of_what_is_owned() -> None:
    owned = next(e for e in money() if e["schema"] == "Ownership")["properties"]
    assert (owned["owner"], owned["asset"]) == (["acme"], ["grad-7"])


def test_what_is_inferred_is_no_date_of_a_claim() -> None:
    met = claim("Met")["properties"]
    assert "date" not in met
    assert met["summary"] == ["Kim Jong Un: Met: Sergei Shoigu (June 2025 (inferred))"]


def test_a_claim_that_names_no_other_entity_is_a_note_and_fills_what_fits() -> None:
    assert claim("Birth date")["schema"] == "Note"
    (kim,) = (e for e in money() if e["id"] == "kim-jong-un")
    assert kim["properties"]["birthDate"] == ["1984-01-08"]
    assert kim["properties"]["nationality"] == ["kp"]
    assert kim["properties"]["position"] == ["supreme leader, Pyongyang"]


def test_articles_that_may_not_be_quoted_prove_without_words() -> None:
    assert claim("Met")["properties"]["description"]
    silent = claim("Met", publish="none")["properties"]
    assert "description" not in silent
    assert silent["proof"] == ["visit"]


def test_pages_are_sources_where_the_site_has_an_address() -> None:
    (here,) = (e for e in money() if e["id"] == "russia")
    assert here["properties"]["sourceUrl"] == ["https://example.org/cards/places/russia.html"]
    assert here["properties"]["country"] == ["ru"]
    (nowhere,) = (e for e in money(site="") if e["id"] == "russia")
    assert "sourceUrl" not in nowhere["properties"]


def test_an_editors_own_claim_has_words_but_no_article() -> None:
    own = Claim("position", "chemist", None, None, (Evidence("", 0, "Told us so"),))
    cards = [Card("ann-lee", "person", "Ann Lee", claims=(own,))]
    (note,) = (e for e in money(cards=cards) if e["schema"] == "Note")
    assert note["properties"]["description"] == ["Told us so"]
    assert "proof" not in note["properties"]
