"""Glances and links of cards: what the hover card and the page of paths are made from."""

from __future__ import annotations

import json

from generator.cards.schema import load_schema
from generator.model import ArticleCard, Card, CardMention, Claim, Evidence, Knowledge, Related
from generator.pages.card_shards import all_ties, card_files, shard_number
from generator.pages.catalog import Catalog, build_catalog
from generator.pipeline import make_labels

SAID = Evidence("a1", 2, "Ada Moss heads the Tide Office.")


def catalog(publish: str = "full") -> Catalog:
    def named(*places: tuple[str, int]) -> tuple[CardMention, ...]:
        return tuple(CardMention(article, number, ("x",)) for article, number in places)

    moss = Card(
        "ada-moss", "person", "Ada Moss", description="Head of the Tide Office", summary=SAID,
        claims=(Claim("position", "Head", "tide-office", None, (SAID,)),),
        related=(Related("tide-office", 1, 1),), mentions=named(("a1", 2), ("a2", 1)),
    )  # fmt: skip
    office = Card("tide-office", "organization", "Tide Office", mentions=named(("a1", 2)))
    port = Card("port", "place", "Port <b>Vell</b>", mentions=named(("a2", 1)))
    articles = (
        ArticleCard("a1", "a1.md", "Tides", published="2024-06-17", publish=publish),  # type: ignore[arg-type]
        ArticleCard("a2", "a2.md", "Ada Moss in Port Vell", published="2025", publish="full"),
    )
    return build_catalog(Knowledge((moss, office, port), articles), {}, make_labels(load_schema()))


def values(files: dict[str, str], name: str) -> dict[str, list[object]]:
    found: dict[str, list[object]] = {}
    for uri, text in files.items():
        if uri.startswith(f"search/{name}/"):
            found |= json.loads(text.partition(",")[2].rstrip().removesuffix(")"))
    return found


def test_a_glance_tells_name_kind_years_and_neighbours() -> None:
    glance = values(card_files(catalog()), "cards")["ada-moss"]
    assert glance[0] == "Ada Moss" and glance[2] == "Head of the Tide Office" and glance[3] == 2
    assert glance[4] == [2024, 1, 2025, 1]
    assert glance[5][0] == "Tide Office"  # type: ignore[index]


def test_nothing_in_the_files_can_end_a_script() -> None:
    assert not any("<" in text for text in card_files(catalog()).values())


def test_a_claim_ties_closest_and_says_what_it_is() -> None:
    first, second = all_ties(catalog())["ada-moss"]
    assert (first.other, first.label) == ("tide-office", "Position")
    assert (second.other, second.label) == ("port", "")


def test_a_sentence_that_may_not_be_shown_ties_nothing() -> None:
    assert [tie.other for tie in all_ties(catalog("none")).get("ada-moss", ())] == ["port"]


def test_the_file_of_an_id_is_the_one_the_browser_computes() -> None:
    # The values of the published FNV-1a test vectors, 32 bits.
    assert shard_number("", 2**32) == 0x811C9DC5
    assert shard_number("a", 2**32) == 0xE40C292C
    assert shard_number("foobar", 2**32) == 0xBF9CF968


def test_the_same_cards_make_the_same_files() -> None:
    assert card_files(catalog()) == card_files(catalog())
