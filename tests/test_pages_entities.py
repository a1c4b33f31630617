"""The page of an entity: laid out by kind, who says so, its names, its dates, how to correct it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from generator import lexicons, yaml_files
from generator.cards.schema import load_schema
from generator.model import (
    ENTITY_TYPES,
    Card,
    CardMention,
    Claim,
    Decision,
    Evidence,
    Knowledge,
    Settings,
    TimelineEntry,
)
from generator.pages.all_pages import render_pages
from generator.pages.forges import find_repository
from generator.pages.interface import load_interface
from generator.pages.mentions import noted_links
from generator.pages.timelines import timeline_svg
from tests import sample

CASES = Path(__file__).parent / "cases" / "pages"
SHOIGU, COUNCIL = "people/sergei-shoigu.md", "organizations/russian-security-council.md"


def cases(name: str) -> list[list[str]]:
    """Return the lines of a case file cut at their bars, comments left out."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [[part.strip() for part in line.split("|")] for line in lines if line[:1] != "#"]


def settings(**changes: str) -> Settings:
    return replace(sample.sample_settings(Path("/nowhere")), **changes)  # type: ignore[arg-type]


def render(
    *cards: Card,
    notes: dict[str, str] | None = None,
    decisions: Iterable[Decision] = (),
    given: Settings | None = None,
) -> dict[str, str]:
    """Return the sample's pages, some of its cards replaced."""
    base = sample.sample_knowledge()
    changed = {card.id: card for card in (*base.cards, *cards)}
    knowledge = Knowledge(tuple(changed.values()), base.articles)
    return render_pages(
        knowledge, sample.sample_texts(), notes or {}, decisions, given or settings(), sample.LABELS
    )


def card(id: str, **changes: object) -> Card:
    """Return a card of the sample with some fields replaced."""
    found = next(card for card in sample.sample_knowledge().cards if card.id == id)
    return replace(found, **changes)  # type: ignore[arg-type]


def headings(page: str) -> list[str]:
    return re.findall(r"^##+ (.*?)(?: \{:.*)?$", page, re.MULTILINE)


# --- laid out by kind


def test_every_kind_has_a_layout_of_known_properties_and_headings() -> None:
    schema, texts = load_schema(), load_interface().texts
    layouts = lexicons.load("entity_pages")
    assert set(layouts) == {*ENTITY_TYPES, "names"}
    for kind in ENTITY_TYPES:
        groups = layouts[kind]["groups"]
        named = [name for names in groups.values() for name in names]
        assert len(named) == len(set(named)), kind
        for name in (*named, *layouts[kind]["facts"], *layouts["names"]):
            assert name.removeprefix("~") in schema.properties, name
        assert {f"groups.{key}" for key in (*groups, "others")} <= set(texts)


def test_every_claim_stands_once_with_all_that_say_it() -> None:
    claims = tuple(
        Claim(name, None, "kim-jong-un", None, (sample.evidence("visit", 4),))
        for name in load_schema().properties
        if name not in ("arrested", "charged", "sentenced")
    )
    pages = render(card("sergei-shoigu", claims=claims))
    for uri in (SHOIGU, "people/kim-jong-un.md"):
        body = pages[uri].partition("</aside>")[2]
        assert body.count('<span class="cf-claim"') == len(claims), uri


def test_offices_stand_in_the_order_of_time() -> None:
    said = (sample.evidence("visit", 3),)
    claims = tuple(
        Claim("position", value, None, date, said)
        for value, date in (("envoy", None), ("minister", "2024-05"), ("deputy", "2012"))
    )
    page = render(card("sergei-shoigu", claims=claims))[SHOIGU].partition("</aside>")[2]
    assert re.findall(r'cf-claim"[^>]*>(\w+)', page) == ["Deputy", "Minister", "Envoy"]


def test_two_ends_that_read_alike_stand_together() -> None:
    said = (sample.evidence("visit", 4),)
    met = Claim("met", None, "kim-jong-un", None, said)
    back = Claim("met", None, "sergei-shoigu", None, said)
    pages = render(card("sergei-shoigu", claims=(met,)), card("andrei-chebotaryov", claims=(back,)))
    assert headings(pages[SHOIGU]).count("Met") == 1
    assert "Andrei Chebotaryov" in pages[SHOIGU].partition("## Met")[2]


# --- who says so


def test_every_claim_says_how_many_say_so_and_leads_to_the_sentences() -> None:
    pages = render()
    claims = pages[COUNCIL].partition("## People")[2].partition("##")[0]
    assert claims.count('<span class="cf-by">1 report</span>') == 2
    assert "(../articles/visit.md#s3)" in claims
    for number in range(2, 10):
        assert f'<span id="s{number}" class="cf-s">' in pages["articles/visit.md"]


def test_what_many_say_is_quoted_a_few_times_and_linked_for_the_rest() -> None:
    said = tuple(sample.evidence("visit", number) for number in (2, 3, 4, 5, 7, 8))
    claim = Claim("position", "Secretary", None, None, said)
    page = render(card("sergei-shoigu", claims=(claim,)))[SHOIGU]
    told = page.partition("## Position")[2].partition("\n## ")[0]
    assert told.count("<q>") == 4
    assert all(f"visit.md#s{number})" in told for number in (2, 3, 4, 5, 7, 8))


# --- names, and what points here


def test_each_name_says_which_articles_use_it() -> None:
    page = render()["people/kim-jong-un.md"].partition("{: #names }")[2]
    assert '<span class="cf-alias" lang="ko">김정은</span> <span class="cf-by">' in page
    line = next(line for line in page.splitlines() if "김정은" in line)
    assert "(../articles/embassy.md#s2)" in line and "visit.md" not in line
    assert "(../articles/visit.md#s4)" in page


def test_what_links_here_names_cards_and_notes() -> None:
    notes = {"kursk-region": "See [him](../people/sergei-shoigu.md) and <b>all</b>."}
    pages = render(notes=notes)
    assert (
        "[Andrei Chebotaryov](../people/andrei-chebotaryov.md), [Sergei Shoigu]"
        in (pages[COUNCIL].partition("{: #links }")[2])
    )
    told = pages[SHOIGU].partition("{: #links }")[2]
    assert "Editors’ note" in told and "[Kursk region](../places/kursk-region.md)" in told


@pytest.mark.parametrize(
    ("note", "target"),
    [
        ("[a](../people/b.md)", ("n",)),
        ("[a](b.md)", ("n",)),
        ("[a](<../people/b.html#names>)", ("n",)),
        ("[a][1]\n\n[1]: ../people/b.md", ("n",)),
        ("[a](https://example.org/b.md)", ()),
        ("b.md", ()),
    ],
)
def test_links_in_notes_are_found(note: str, target: tuple[str, ...]) -> None:
    assert noted_links({"n": note}, ("n", "b")).get("b", ()) == target


def test_every_mention_has_its_sentence_the_first_ones_open() -> None:
    mentions = tuple(CardMention("visit", number, ("Shoigu",)) for number in range(2, 10))
    page = render(card("sergei-shoigu", mentions=mentions))[SHOIGU]
    told = page.partition("{: #mentions }")[2].partition("\n## ")[0]
    assert told.count(".md#s") == len(mentions)
    assert '<details markdown="1"><summary>3 more sentences</summary>' in told


# --- dates


def entry(date: str) -> TimelineEntry:
    return TimelineEntry(date, date, "visit", 3, "…")


@pytest.mark.parametrize(("dates", "drawn"), cases("drawn_dates.txt"))
def test_a_day_is_a_dot_and_anything_longer_a_bar(dates: str, drawn: str) -> None:
    svg = str(timeline_svg(map(entry, dates.split())))
    height = int((re.findall(r'viewBox="0 0 480 (\d+)"', svg) or ["0"])[0])
    marks = re.findall(r'<a href="#d\d+"( class="b")?>.*?<path d="M\d+ (\d+)h', svg)
    told = [f"{'bar' if bar else 'dot'} {(height - 28 - int(y)) // 12}" for bar, y in marks]
    assert ", ".join(told) == drawn


def test_a_mark_leads_to_its_date_in_the_list() -> None:
    dates = ("2025-06-04", "2024", "2025-06-04", "XXXX-05-26")
    page = render(card("sergei-shoigu", timeline=tuple(map(entry, dates))))[SHOIGU]
    svg = page.partition('<svg class="cf-dates"')[2].partition("</svg>")[0]
    assert re.findall(r'href="#(d\d)".*?<title>(.*?)</title>', svg) == [
        ("d1", "2024"),
        ("d2", "4 June 2025"),
    ]
    assert '<span class="cf-date cf-long" id="d1">2024</span>' in page
    assert '<span class="cf-date" id="d2">4 June 2025</span>' in page


# --- how to correct it


@pytest.mark.parametrize(("repo", "edit_uri", "new", "edit"), cases("forges.txt"))
def test_a_card_is_corrected_on_the_forge(repo: str, edit_uri: str, new: str, edit: str) -> None:
    given = settings(repo_url=repo, edit_uri=edit_uri)
    given = replace(given, curation="/nowhere/content/curation", pages="/nowhere/content/pages")
    decisions = [Decision("merge", ["Shoigu", "Sergey Choïgou"], "curation/people.yml", 1)]
    page = render(decisions=decisions, given=given)[SHOIGU]
    links = [link.replace("&amp;", "&") for link in re.findall(r"\(<(https[^>]+)>\)", page)]
    if not new:
        assert links == []
        return
    opened, there = links
    text = parse_qs(urlsplit(opened).query).popitem()[1][0]
    assert re.sub(r"(value|content)=.*", r"\1=TEXT", opened) == new.replace("ID", "sergei-shoigu")
    assert there == edit
    assert [set(decision) & {"set", "merge", "retract"} for decision in yaml_files.load(text)]
    assert "sergei-shoigu" in text


def test_the_template_of_a_decision_survives_any_name() -> None:
    given = settings(repo_url="https://github.com/o/r")
    page = render(given=given)["organizations/acme.md"]
    (link,) = re.findall(r"\(<(https://github[^>]+)>\)", page)
    text = parse_qs(urlsplit(link.replace("&amp;", "&")).query)["value"][0]
    assert len(yaml_files.load(text)) == 3
    assert "<" not in link and "{" not in link and " " not in link


def test_a_repository_elsewhere_than_the_curation_has_no_link() -> None:
    given = settings(repo_url="https://github.com/o/r", curation="/elsewhere/curation")
    assert find_repository(given) is None


def test_no_link_without_a_repository() -> None:
    assert "cf-tools" not in render()[SHOIGU]


def test_evidence_that_may_not_be_shown_is_linked_without_its_words() -> None:
    said = (Evidence("visit", 3, "Sergei Shoigu, Secretary"),)
    base = sample.sample_knowledge("none")
    cards = {c.id: c for c in base.cards}
    cards["sergei-shoigu"] = card(
        "sergei-shoigu", claims=(Claim("position", "S", None, None, said),)
    )
    pages = render_pages(
        Knowledge(tuple(cards.values()), base.articles),
        sample.sample_texts(), {}, (), settings(), sample.LABELS,
    )  # fmt: skip
    assert "1 report" in pages[SHOIGU] and "<q>" not in pages[SHOIGU]
