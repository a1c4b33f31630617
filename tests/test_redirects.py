"""What stands at an address that is no card's any more, in every language of the interface."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from generator.addresses import is_address, read_addresses
from generator.cards.schema import load_schema
from generator.changes import Change, Release
from generator.model import ArticleCard, Card, Evidence, Knowledge
from generator.pages.redirects import render_redirects
from generator.pipeline import make_labels
from tests import sample

MOSS = Card("ada-moss", "person", "Ada Moss", former_ids=("a-moss",))
ARTICLE = ArticleCard("tides", "tides.md", "Tides <rise>", publish="full")
SAID = Evidence("tides", 2, "Ada Moss spoke.")


def gone(id: str, reason: str = "", kind: str = "withdrawn", **fields: str) -> Change:
    name = fields.pop("name", id.replace("-", " ").title())
    type = fields.pop("type", "person")
    return Change(kind, id, type, name, reason=reason, evidence=(SAID,), **fields)  # type: ignore[arg-type]


def page(
    address: str, *changes: Change, knowledge: Knowledge | None = None, language: str = "en"
) -> str:
    """Return the page at an address, after a build with these changes."""
    settings = replace(sample.sample_settings(Path("nowhere")), language=language)
    made = render_redirects(
        knowledge or Knowledge((MOSS,), (ARTICLE,)), [f"{address}.html"], settings,
        (Release(1, "2025-06-17", changes),), make_labels(load_schema()),
    )  # fmt: skip
    return made[f"{address}.md"]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("decided", "The editors decided"),
        ("removed", "The articles that named it were removed"),
        ("edited", "Since its articles were edited"),
        ("", "No article names it any more"),
    ],
)
def test_a_page_that_is_gone_says_its_name_and_why(reason: str, words: str) -> None:
    made = page("people/bo-lund", gone("bo-lund", reason))
    assert "# Bo Lund" in made and "No longer here." in made and words in made
    assert "17 June 2025" in made and "../people/index.md" in made and "../index.md" in made
    assert "robots: noindex" in made and "exclude: true" in made


def test_a_page_that_is_gone_leads_to_the_article_that_told_of_it() -> None:
    made = page("people/bo-lund", gone("bo-lund", "edited"))
    assert "[Tides &#60;rise&#62;](../articles/tides.md)" in made
    removed = gone("tides", "removed", type="article", name="Tides rise")
    made = page("people/bo-lund", gone("bo-lund", "removed"), removed, knowledge=Knowledge((), ()))
    assert "[Tides rise](../articles/tides.md)" in made


def test_the_page_of_a_removed_article_says_so_under_its_headline() -> None:
    removed = gone("floods", "removed", type="article", name="Floods # rise")
    made = page("articles/floods", removed)
    assert "# Floods &#35; rise" in made and "This article was removed" in made
    assert "../articles/index.md" in made


def test_an_address_nobody_knows_more_of_says_that() -> None:
    made = page("people/nobody")
    assert "# No longer here" in made and "There was a page at this address" in made


def test_former_ids_and_other_kinds_lead_to_the_card() -> None:
    for address in ("people/a-moss", "places/ada-moss", "organizations/a-moss"):
        assert "moved_to: ../people/ada-moss.html" in page(address)


def test_a_merge_is_followed_to_its_end() -> None:
    merged = gone("bo-lund", kind="merged", of="bo-b-lund", of_name="Bo B. Lund")
    again = gone("bo-b-lund", kind="merged", of="ada-moss", of_name="Ada Moss")
    made = page("people/bo-lund", merged, again)
    assert "moved_to: ../people/ada-moss.html" in made and "“Bo Lund”" in made
    made = page("people/bo-lund", merged, gone("bo-b-lund", "decided"))
    assert "“Bo B Lund”" in made and "The editors decided" in made


def test_a_record_that_goes_round_in_a_circle_ends() -> None:
    merged = gone("bo-lund", kind="merged", of="ada-lund")
    back = gone("ada-lund", kind="merged", of="bo-lund")
    assert "# Bo Lund" in page("people/bo-lund", merged, back)


def test_a_page_that_is_gone_speaks_the_language_of_the_site() -> None:
    made = page("people/bo-lund", gone("bo-lund", "decided"), language="de")
    assert "Nicht mehr hier" in made and "Die Redaktion hat entschieden" in made
    assert "Juni 2025" in made and "Personen" in made


# --- the file of addresses


@pytest.mark.parametrize(
    "text",
    [
        "people/../../evil.html",
        "people/.html",
        "people/A.html",
        "nowhere/ada-moss.html",
        "people/ada-moss.md",
        "people/ada--moss.html",
        "people/ada-moss.html\n",
        "https://example.org/people/a.html",
    ],
)
def test_what_is_no_address_of_a_page_is_named_and_never_written(text: str, tmp_path: Path) -> None:
    assert not is_address(text)
    path = tmp_path / "addresses.yml"
    path.write_text(f"- people/ada-moss.html\n- {text!r}\n", encoding="utf-8")
    if "\n" not in text:
        known, [problem] = read_addresses(path)
        assert known == ("people/ada-moss.html",) and repr(text)[:20] in problem.what


@pytest.mark.parametrize("text", ["a: b\n", "- [\n", "just words\n"])
def test_a_file_that_holds_no_list_is_fatal(text: str, tmp_path: Path) -> None:
    path = tmp_path / "addresses.yml"
    path.write_text(text, encoding="utf-8")
    _, [problem] = read_addresses(path)
    assert problem.fatal
