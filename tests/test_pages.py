"""The Markdown pages: what they show, what they keep back, that they stay the same."""

from __future__ import annotations

import html
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pytest

from generator import yaml_files
from generator.model import Article, Card, CardMention, Claim, Decision, Knowledge, Publish
from generator.pages.all_pages import render_pages
from generator.pages.redirects import render_redirects
from generator.pages.sentences import find_names, script_lang
from generator.pages.views import Link
from tests import sample
from tests.sample_site import GOLDEN, GOLDEN_PAGES, sample_pages

FRONT = {
    "title", "hide", "search", "moved_to", "location", "robots",
    "kind", "aliases", "description", "positions", "source", "author", "published", "lang",
    "original",
}  # fmt: skip
CASES = Path(__file__).parent / "cases" / "pages"


def render(
    publish: Publish = "full",
    texts: dict[str, Article] | None = None,
    decisions: Iterable[Decision] = (),
) -> dict[str, str]:
    """Return the sample's pages as their reader's words: entities decoded."""
    pages = render_pages(
        sample.sample_knowledge(publish),
        sample.sample_texts() if texts is None else texts,
        sample.NOTES,
        decisions,
        sample.sample_settings(Path("nowhere")),
        sample.LABELS,
    )
    return {uri: html.unescape(text) for uri, text in pages.items()}


def sentences() -> list[tuple[str, int, str]]:
    """Return every sentence of the sample but the headlines."""
    return [
        (id, sentence.number, article.text[sentence.start : sentence.end])
        for id, article in sample.sample_texts().items()
        for sentence in article.sentences[1:]
    ]


# --- how much is shown


def test_a_full_article_shows_every_sentence_with_its_anchor() -> None:
    page = render()["articles/visit.md"]
    for number in range(2, 10):
        assert f'<span id="s{number}" class="cf-s">' in page
    assert "# Security chief lands in Pyongyang {: #s1 }" in page
    assert "[…]" not in page


def test_an_excerpt_shows_quoted_sentences_and_their_neighbours_only() -> None:
    pages = render("excerpt")
    page = pages["articles/visit.md"]
    shown = {number for number in range(2, 10) if f'id="s{number}"' in page}
    assert shown == {2, 3, 4, 6, 7, 8}
    assert '<span class="cf-gap">[…]</span> <span id="s6"' in page
    for uri, text in pages.items():
        assert "second visit since March" not in text, uri
        assert "Nobody spoke of money" not in text, uri


def test_an_article_not_to_be_shown_is_quoted_nowhere() -> None:
    pages = render("none")
    for _, _, words in sentences():
        # A description may be the words of an office; the rest of a sentence may not be there.
        parts = (words, words[:50], words[-30:])
        for uri, text in pages.items():
            assert not any(part in text for part in parts), (uri, words)
    assert "Security chief lands in Pyongyang" in pages["articles/visit.md"]
    assert "Courier of the North" in pages["articles/visit.md"]


def test_an_article_not_to_be_shown_has_no_links_to_its_sentences() -> None:
    for uri, text in render("none").items():
        assert ".md#s" not in text, uri


def test_pages_can_be_made_from_cards_alone() -> None:
    pages = render("excerpt", texts={})
    assert "Sergei Shoigu, Secretary of the Russian Security Council," in pages["articles/visit.md"]
    assert "second visit" not in pages["articles/visit.md"]
    assert "(../articles/visit.md#s3)" in pages["people/sergei-shoigu.md"]


def test_a_sensitive_claim_waits_for_an_editor() -> None:
    assert "othing that is proved" not in "".join(render().values())
    value = {"who": "Shoigu", "property": "accused_of", "value": "nothing that is proved"}
    accepted = render(decisions=[Decision("accept", value, "people.yml", 1)])
    assert "Nothing that is proved" in accepted["people/sergei-shoigu.md"]


# --- what pages say


def test_a_claim_shows_on_both_cards_it_is_about() -> None:
    pages = render()
    assert (
        "[Russian Security Council](../organizations/russian-security-council.md)"
        in (pages["people/sergei-shoigu.md"])
    )
    body = pages["organizations/russian-security-council.md"]
    assert "## People {: #people }" in body
    assert "Secretary, [Sergei Shoigu](../people/sergei-shoigu.md)" in body


def test_sources_that_differ_stand_side_by_side_on_every_page_concerned() -> None:
    pages = render()
    for uri in ("places/kursk-region.md", "places/ukraine.md", "differences.md", "index.md"):
        assert "fighting had ended" in pages[uri], uri
        assert "clear mines" in pages[uri], uri


def test_aliases_in_other_scripts_say_which() -> None:
    page = render()["people/kim-jong-un.md"]
    assert '<span class="cf-alias" lang="ko">김정은</span>' in page
    assert script_lang("Ким Чен Ын") == "und-Cyrl"
    assert script_lang("Kim Jong Un") is None


def test_a_day_of_saving_is_never_given_as_a_day_of_publication() -> None:
    page = render()["articles/embassy.md"]
    assert "publication date not stated · saved in June 2025" in page
    assert "published June" not in page


def test_a_quote_says_when_its_article_was_only_saved_or_withdrawn() -> None:
    pages = render()
    assert "· Harbour Post · saved in June 2025</cite>" in pages["differences.md"]
    assert '<span class="cf-retracted">retracted</span></cite>' in pages["organizations/acme.md"]


def test_editors_decisions_are_shown_with_their_reasons() -> None:
    page = render(decisions=sample.DECISIONS)["about.md"]
    assert "French spelling of the same" in page
    assert "An editor · 1 July 2025" in page


def test_a_kind_without_cards_still_has_its_page() -> None:
    empty = Knowledge(())
    settings = sample.sample_settings(Path("nowhere"))
    pages = render_pages(empty, {}, {}, (), settings, sample.LABELS)
    assert "None is named" in pages["events/index.md"]
    assert set(pages) >= {"index.md", "timeline.md", "differences.md", "about.md"}


def test_a_retracted_article_says_so_first() -> None:
    page = render()["articles/hostile.md"].partition("\n# ")[2]
    assert page.index("Retracted.") < page.index("The firm")


# --- names in sentences


@pytest.mark.parametrize(
    "case", (CASES / "names.txt").read_text(encoding="utf-8").strip().split("\n")
)
def test_names_are_found_whole_and_longest_first(case: str) -> None:
    names, _, marked = case.partition(" | ")
    text = marked.replace("[", "").replace("]", "")
    found = find_names(text, {name: Link(name, sample.NO_URI) for name in names.split(", ")})
    for start, end, _ in reversed(found):
        text = f"{text[:start]}[{text[start:end]}]{text[end:]}"
    assert text == marked


# --- addresses


def test_old_addresses_lead_on_or_say_that_the_page_is_gone() -> None:
    addresses = (
        "people/sergei-shoigu.html",
        "people/gone-man.html",
        "organizations/kursk-region.html",
        "index.html",
        "../../etc/passwd.html",
    )
    settings = sample.sample_settings(Path("nowhere"))
    pages = render_redirects(sample.sample_knowledge(), addresses, settings)
    assert sorted(pages) == [
        "organizations/kursk-region.md",
        "people/gone-man.md",
        "people/sergey-shoigu.md",
    ]
    assert "moved_to: ../places/kursk-region.html" in pages["organizations/kursk-region.md"]
    assert "No longer here" in pages["people/gone-man.md"]


# --- form


def test_every_pages_front_matter_is_sound() -> None:
    for uri, page in sample_pages(Path("nowhere")).items():
        if not uri.endswith(".md"):
            continue
        _, front, _ = page.split("---\n", 2)
        values = yaml_files.load(front)
        assert values["title"], uri
        assert "<" not in values["title"], uri
        assert set(values) <= FRONT, uri


def test_the_same_cards_in_another_order_make_the_same_pages() -> None:
    knowledge = sample.sample_knowledge()
    turned = Knowledge(knowledge.cards[::-1], knowledge.articles[::-1])
    settings = sample.sample_settings(Path("nowhere"))
    texts = sample.sample_texts()
    one, other = (
        render_pages(k, texts, sample.NOTES, sample.DECISIONS, settings, sample.LABELS)
        for k in (knowledge, turned)
    )
    assert one == other


@pytest.mark.parametrize("uri", GOLDEN_PAGES)
def test_the_markdown_is_as_agreed(uri: str) -> None:
    """`python -m tests.sample_site` writes the golden files anew; read the difference."""
    golden = (GOLDEN / uri.replace("/", "-")).read_text(encoding="utf-8")
    assert sample_pages(Path("nowhere"))[uri] == golden


def test_what_points_nowhere_is_left_out_not_fatal() -> None:
    card = sample.sample_knowledge().cards[0]
    stray = replace(card, mentions=(*card.mentions, CardMention("no-such-article", 3, ("X",))))
    cards: tuple[Card, ...] = (stray, *sample.sample_knowledge().cards[4:])
    knowledge = Knowledge(cards, sample.sample_knowledge().articles)
    settings = sample.sample_settings(Path("nowhere"))
    pages = render_pages(knowledge, {}, {}, (), settings, sample.LABELS)
    assert "no-such-article" not in pages["people/sergei-shoigu.md"]


def test_a_long_timeline_is_cut_into_years(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pages.pictures_timeline.ONE_TIMELINE", 2)
    pages = render()
    assert "[2025](timeline/2025.md)" in pages["timeline.md"]
    assert "arrived in Pyongyang" in pages["timeline/2025.md"]
    assert "arrived in Pyongyang" not in pages["timeline.md"]


def test_a_claim_counts_its_reports_and_the_independent_ones() -> None:
    said = tuple(sample.evidence(id, 2) for id in ("visit", "visit", "embassy", "hostile"))
    base = sample.sample_knowledge()
    same = {"visit": ("embassy",), "embassy": ("visit",)}
    articles = tuple(replace(a, same_as=same.get(a.id, ())) for a in base.articles)
    claims = [Claim("located_in", None, "russia", None, said[:n]) for n in (2, 3, 4)]
    settings = sample.sample_settings(Path("nowhere"))
    pages = [
        render_pages(
            Knowledge((replace(base.cards[0], claims=(claim,)), *base.cards[1:]), articles),
            sample.sample_texts(), {}, (), settings, sample.LABELS,
        )["people/sergei-shoigu.md"]
        for claim in claims
    ]  # fmt: skip
    assert "independent" not in pages[0]
    assert "2 reports, 1 independent" in pages[1]
    assert "3 reports, 2 independent" in pages[2]
