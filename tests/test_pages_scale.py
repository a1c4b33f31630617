"""Thousands of cards: no page without bound, nothing lost that was split, cost as the cards."""

from __future__ import annotations

import doctest
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from posixpath import dirname, normpath

import pytest

from generator import pipeline
from generator.cards.schema import load_schema
from generator.model import (
    ArticleCard,
    Card,
    CardMention,
    Claim,
    Conflict,
    Evidence,
    Knowledge,
    Settings,
    TimelineEntry,
)
from generator.pages import pictures_map, pictures_network, sentences, sheets
from generator.pages.all_pages import render_pages
from generator.pages.claims import CLAIMS, claim_anchor
from generator.pages.overviews import letter_slug
from generator.pages.sheets import set_aside
from tests import sample
from tests.generated_site import generate

SETTINGS = Settings(*["x"] * 8, templates=str(Path(sample.REPO) / "templates"))
LABELS = pipeline.make_labels(load_schema())
# What a page may weigh as Markdown.
MOST = 300_000
ARTICLES, PEOPLE, PLACES = 1_400, 1_500, 620

Pages = dict[str, str]


def made(pages: int) -> Pages:
    """Return the pages and data files of a generated knowledge base."""
    knowledge, texts = generate(pages)
    made = render_pages(knowledge, texts, {}, (), SETTINGS, LABELS)
    return made | pipeline.export_pages(knowledge, (), SETTINGS, LABELS)


def cost(pages: int) -> float:
    """Return the CPU seconds that the pages of a generated knowledge base cost."""
    knowledge, texts = generate(pages)
    start = time.process_time()
    render_pages(knowledge, texts, {}, (), SETTINGS, LABELS)
    pipeline.export_pages(knowledge, (), SETTINGS, LABELS)
    return time.process_time() - start


# --- one body that everything is about


@cache
def crowded() -> Knowledge:
    """Return a knowledge base of 1,400 articles that all name one body, and 1,500 people."""
    articles = [_report(number) for number in range(ARTICLES)]
    people = [_holder(number) for number in range(PEOPLE)]
    places = [_place(number) for number in range(PLACES)]
    return Knowledge((_hub(), *people, *places), tuple(articles))


def _day(number: int) -> str:
    return f"202{number % 2}-{number // 2 % 3 + 1:02}-{number % 28 + 1:02}"


def _report(number: int) -> ArticleCard:
    day = _day(number) if number % 9 else None
    return ArticleCard(f"r-{number:04}", f"r-{number:04}.txt", f"Report {number}", published=day,
                       publish="full", entities=("hub",))  # fmt: skip


def _said(number: int) -> Evidence:
    return Evidence(f"r-{number % ARTICLES:04}", 2, f"The Hub was named in report {number}.")


def _hub() -> Card:
    reports = [_said(number) for number in range(ARTICLES)]
    sides = Conflict("position", "Head", tuple(f"p-{n:04}" for n in range(40)), tuple(reports[:40]))
    return Card(
        "hub", "organization", "The Hub",
        claims=tuple(
            Claim("located_in", None, f"t-{number:03}", None, tuple(reports))
            for number in range(100)
        ),
        conflicts=tuple(replace(sides, value=f"Head {number}") for number in range(90)),
        timeline=tuple(
            TimelineEntry(_day(number), "then", said.article, 2, said.quote)
            for number, said in enumerate(reports)
        ),
        mentions=tuple(CardMention(said.article, 2, ("Hub",)) for said in reports),
    )  # fmt: skip


def _holder(number: int) -> Card:
    # One letter has more names than a page holds.
    first = "KKKKKŻ7"[number % 7]
    said = _said(number)
    claim = Claim("position", "Clerk", "hub", None, (said,))
    return Card(f"p-{number:04}", "person", f"{first}orin Tarve {number}", claims=(claim,),
                mentions=(CardMention(said.article, 2, (f"{first}orin",)),))  # fmt: skip


def _place(number: int) -> Card:
    where = (round(number * 0.05 - 20, 2), float(number % 90))
    return Card(f"t-{number:03}", "place", f"Ostrand {number}", coordinates=where,
                mentions=(CardMention(f"r-{number:04}", 3, (f"Ostrand {number}",)),))  # fmt: skip


@cache
def pages() -> Mapping[str, str]:
    """Return the pages of the crowded knowledge base."""
    return render_pages(crowded(), {}, {}, (), SETTINGS, LABELS)


def links(uri: str, page: str) -> Iterator[tuple[str, str]]:
    """Yield where the links of a page lead: page and anchor, either may be empty."""
    for address, anchor in re.findall(r"\]\(([^)#<>]*?\.md)?(?:#([^)]+))?\)", page):
        yield (normpath(f"{dirname(uri)}/{address}").lstrip("/") if address else uri), anchor


def below(first: str, folder: str) -> set[str]:
    """Return the pages that one page and those it leads to in a folder link to."""
    found = {uri for uri, _ in links(first, pages()[first])}
    sheets = {uri for uri in found if uri.startswith(folder)}
    return found | {to for uri in sheets for to, _ in links(uri, pages()[uri])}


# --- what is asserted


def test_no_page_grows_without_bound() -> None:
    weights = {uri: len(text.encode()) for uri, text in pages().items()}
    assert {uri: weight for uri, weight in weights.items() if weight > MOST} == {}


def test_every_link_finds_its_page_and_place() -> None:
    dead = []
    for uri, page in pages().items():
        for target, anchor in links(uri, page) if uri.endswith(".md") else ():
            there = pages().get(target)
            marks = (f"#{anchor} ", f"#{anchor}}}", f'id="{anchor}"')
            if there is None or (anchor and not any(mark in there for mark in marks)):
                dead.append((uri, target, anchor))
    assert dead == []


def test_lists_lead_to_everything() -> None:
    assert {f"articles/r-{n:04}.md" for n in range(ARTICLES)} <= below(
        "articles/index.md", "articles/years/"
    )
    assert {f"people/p-{n:04}.md" for n in range(PEOPLE)} <= below(
        "people/index.md", "people/letters/"
    )


def test_the_page_of_a_hub_leads_to_all_that_is_said_of_it() -> None:
    assert {f"articles/r-{n:04}.md" for n in range(ARTICLES)} <= below(
        "organizations/hub.md", "organizations/hub/mentions-"
    )
    assert {f"people/p-{n:04}.md" for n in range(PEOPLE)} <= below(
        "organizations/hub.md", "organizations/hub/"
    )


def test_claims_keep_their_addresses() -> None:
    hub = crowded().cards[0]
    page = pages()["organizations/hub.md"]
    assert len(hub.claims) > CLAIMS
    assert all(page.count(f'id="{claim_anchor(hub.id, claim)}"') == 1 for claim in hub.claims)


def test_months_and_years_keep_their_addresses() -> None:
    timeline, year = pages()["timeline.md"], pages()["timeline/2020.md"]
    assert "{: #year-2020 }" in timeline and "{: #m-2020-01 }" in timeline
    assert "## January 2020 {: #m-2020-01 }" in year and "timeline/2020-01.md" in year


def test_pictures_say_what_they_leave_out() -> None:
    network, places = pages()["network.md"], pages()["map.md"]
    every = len(crowded().cards)
    assert network.count('" class="cf-') >= pictures_network.MOST_DRAWN
    assert f"most named of {every}" in network and "](people/index.md)" in network
    assert places.count("\n| [") == pictures_map.MOST_PLACES
    assert f"most named of {PLACES}" in places and "](places/index.md)" in places


def test_a_generated_base_of_thousands_has_no_heavy_page() -> None:
    knowledge, texts = generate(3000)
    cards = tuple(
        replace(card, coordinates=(len(card.mentions) * 0.7, number % 3000 / 20))
        if card.type == "place"
        else card
        for number, card in enumerate(knowledge.cards)
    )
    made = render_pages(replace(knowledge, cards=cards), texts, {}, (), SETTINGS, LABELS)
    weights = {uri: len(text.encode()) for uri, text in made.items()}
    assert max(weights.values()) <= MOST
    assert weights["network.md"] <= 200_000
    assert weights["map.md"] <= 200_000
    assert max(weight for uri, weight in weights.items() if uri.endswith(".js")) <= 40_000


def test_cost_grows_as_the_cards() -> None:
    cost(100)  # lexicons and templates are loaded once
    assert cost(1200) <= 6 * cost(300)


@pytest.mark.parametrize("count", [0, 139, 140, 141, 239, 240, 1000])
def test_a_full_sheet_stays_as_it_is(count: int) -> None:
    rows = [f"row {number}" for number in range(count)]
    full, aside = set_aside(rows, 40, 100)
    assert [row for sheet in full for row in sheet] == rows[:aside]
    assert count - aside < 140 and all(len(sheet) == 100 for sheet in full)
    longer, _ = set_aside([*rows, "new"], 40, 100)
    assert longer[: len(full)] == full


def test_every_letter_has_an_address_of_its_own() -> None:
    letters = [*"ABZ#", "Ж", "金", "Ω", "ア"]
    slugs = [letter_slug(letter) for letter in letters]
    assert len(set(slugs)) == len(letters)
    assert all(re.fullmatch(r"[a-z0-9]+", slug) for slug in slugs)


@pytest.mark.parametrize("text", [
    "Ana met Ana-Maria and AnaAna; Ana.", "Anas, _Ana, Ana_ Ana", "Ban  Ki\nmoon, Ban Ki moon",
    "金正恩金正恩", "Öana Ana²Ana", "Ana Ana Ana", "",
])  # fmt: skip
def test_names_are_found_as_a_pattern_finds_them(text: str) -> None:
    for name in ("Ana", "Ana Ana", "Ban Ki moon", "金正恩", "Öana", "Ana."):
        pattern = re.finditer(sentences._whole(name), text)
        assert list(sentences._places(name, text)) == [match.span() for match in pattern]


def test_the_examples_hold() -> None:
    assert doctest.testmod(sheets).failed == 0
