"""Articles: their dates, the names in them, what stands beside them; the list of all."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path

from generator.model import Knowledge
from generator.pages.all_pages import render_pages
from tests import sample


def render(**changes: object) -> dict[str, str]:
    """Return the sample's pages, some fields of the article `visit` replaced."""
    base = sample.sample_knowledge()
    articles = tuple(
        replace(card, **changes) if card.id == "visit" else card  # type: ignore[arg-type]
        for card in base.articles
    )
    settings = sample.sample_settings(Path("/nowhere"))
    pages = render_pages(
        Knowledge(base.cards, articles), sample.sample_texts(), {}, (), settings, sample.LABELS
    )
    return {uri: html.unescape(text) for uri, text in pages.items()}


def test_an_article_says_when_it_was_published_and_when_saved() -> None:
    page = render(page_date="2025-06-17")["articles/visit.md"]
    assert "· published 5 June 2025 · saved on 17 June 2025 · A. Writer ·" in page


def test_names_in_a_text_carry_their_kind() -> None:
    page = render()["articles/visit.md"]
    assert "[Kim Jong Un](../people/kim-jong-un.md){: .cf-name .cf-person }" in page
    assert "[Pyongyang](../places/pyongyang.md){: .cf-name .cf-place }" in page


def test_what_is_named_stands_at_the_side_by_kind() -> None:
    aside = render()["articles/visit.md"].partition("<aside")[2].partition("</aside>")[0]
    people, places = aside.index("**People**"), aside.index("**Places**")
    assert people < aside.index("[Kim Jong Un]") < places < aside.index("[Pyongyang]")


def test_the_same_story_elsewhere_is_named() -> None:
    page = render()["articles/embassy.md"].partition("{: #same }")[2]
    assert "[Security chief lands in Pyongyang](../articles/visit.md)" in page


def test_articles_lead_to_the_next_in_time() -> None:
    pages = render()
    told = {id: pages[f"articles/{id}.md"] for id in ("visit", "embassy", "hostile")}
    assert "← Older: [A toast at the embassy" in told["visit"]
    assert "Newer:" not in told["visit"]
    assert "Newer: [Security chief lands in Pyongyang](../articles/visit.md) →" in told["embassy"]
    assert "Older:" not in told["hostile"]


def test_the_list_is_a_table_by_date() -> None:
    rows = [line for line in render(section="World")["articles/index.md"].splitlines()
            if line.startswith("| ")]  # fmt: skip
    assert rows[0] == "| Date | Article | Source | Names |"
    assert [row.split(" | ")[0] for row in rows[2:]] == [
        "| 5 June 2025",
        "| saved in June 2025",
        "| 3 February 2024",
    ]
    assert '<span class="cf-by">World</span> | Courier of the North |' in rows[2]
    assert '<span class="cf-person">People 2</span>, ' in rows[2]


def test_a_bar_in_a_headline_does_not_cut_the_table() -> None:
    page = render(title="One | two", source="A | B")["articles/index.md"]
    assert "[One | two](" in page  # unescaped for reading; in the file it is an entity
    raw = sample.sample_knowledge()
    articles = (replace(raw.articles[0], title="One | two"),)
    settings = sample.sample_settings(Path("/nowhere"))
    pages = render_pages(Knowledge((), articles), {}, {}, (), settings, sample.LABELS)
    assert "One &#124; two" in pages["articles/index.md"]
