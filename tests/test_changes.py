"""Every claim that is new, altered or withdrawn is told once: in record, page and feeds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.cards.schema import load_schema
from generator.changes import Release, add_release, compare, read_releases, releases_text
from generator.model import (
    ArticleCard,
    Card,
    CardMention,
    Claim,
    Decision,
    Evidence,
    Knowledge,
)
from generator.pages.catalog import build_catalog
from generator.pages.changes import change_pages
from generator.pages.render import make_environment
from generator.pipeline import make_labels

TEMPLATES = Path(__file__).parents[1] / "templates" / "pages"
ATOM = "{http://www.w3.org/2005/Atom}"
SAID = Evidence("a1", 2, "Ada Moss, head of the Tide Office, spoke.")


def office(value: str = "Head", date: str | None = None) -> Claim:
    return Claim("position", value, "tide-office", date, (SAID,))


def knowledge(*cards: Card) -> Knowledge:
    article = ArticleCard("a1", "a1.md", "Tides", published="2025-06-17", publish="full")
    return Knowledge(tuple(cards), (article,))


MOSS = Card("ada-moss", "person", "Ada Moss", claims=(office(),))
TIDE = Card("tide-office", "organization", "Tide Office")
BEFORE = knowledge(MOSS, TIDE)


def kinds(before: Knowledge, after: Knowledge) -> list[tuple[str, str, str, str | None]]:
    return [(c.kind, c.card, c.property, c.value) for c in compare(before, after)]


def test_nothing_is_told_of_a_first_build_or_of_the_same_cards() -> None:
    assert compare(Knowledge((), ()), BEFORE) == ()
    assert compare(BEFORE, BEFORE) == ()


def test_new_altered_and_withdrawn_claims_are_told_once() -> None:
    spouse = Claim("spouse", None, "tide-office", None, (SAID,))
    dated = replace(MOSS, claims=(office(date="2024"), spouse))
    assert kinds(BEFORE, knowledge(dated, TIDE)) == [
        ("altered", "ada-moss", "position", "Head"),
        ("new", "ada-moss", "spouse", None),
    ]
    assert kinds(knowledge(dated, TIDE), BEFORE) == [
        ("altered", "ada-moss", "position", "Head"),
        ("withdrawn", "ada-moss", "spouse", None),
    ]


def test_a_claim_in_other_words_is_altered_and_says_what_it_was() -> None:
    [change] = compare(BEFORE, knowledge(replace(MOSS, claims=(office("Director"),)), TIDE))
    assert (change.kind, change.value, change.was) == ("altered", "Director", "Head, Tide Office")


def test_a_merge_takes_its_claims_along_and_says_where() -> None:
    merged = replace(MOSS, id="ada-b-moss", name="Ada B. Moss", former_ids=("ada-moss",))
    [change] = compare(BEFORE, knowledge(merged, TIDE))
    assert (change.kind, change.name, change.of) == ("merged", "Ada Moss", "ada-b-moss")
    assert change.of_name == "Ada B. Moss"


# --- why something is withdrawn

SPOKE = "Ada Moss, head of the Tide Office, spoke. She left."
NAMED = replace(MOSS, mentions=(CardMention("a1", 2, ("Ada Moss",)),))


def reasons(
    before: Card, after: Knowledge, text: str = SPOKE, decisions: tuple[Decision, ...] = ()
) -> dict[str, str]:
    """Return the reason of everything withdrawn by property, a card's with an empty one."""
    texts = {article.id: text for article in after.articles}
    found = compare(knowledge(before, TIDE), after, decisions, texts)
    return {f"{c.property or c.type}": c.reason for c in found if c.kind == "withdrawn"}


def articles(*cards: ArticleCard) -> Knowledge:
    return Knowledge((TIDE, replace(NAMED, claims=())), cards)


def decision(kind: str, value: object) -> Decision:
    return Decision(kind, value, "curation/desk.yml", 3)


def test_a_claim_says_whether_its_article_was_removed_retracted_or_edited() -> None:
    article = ArticleCard("a1", "a1.md", "Tides", published="2025-06-17")
    other = replace(article, id="a2", file="a2.md")
    assert reasons(NAMED, articles(other)) == {"position": "removed", "article": "removed"}
    retracted = articles(replace(article, retracted=True))
    assert reasons(NAMED, retracted) == {"position": "retracted", "article": "retracted"}
    assert reasons(NAMED, articles(article), "Ada Moss spoke.") == {"position": "edited"}


def test_what_is_read_otherwise_has_no_reason() -> None:
    article = ArticleCard("a1", "a1.md", "Tides", published="2025-06-17")
    assert reasons(NAMED, articles(article)) == {"position": ""}


@pytest.mark.parametrize("who", ["ada-moss", "Ada Moss"])
def test_what_an_editor_took_back_says_so(who: str) -> None:
    article = ArticleCard("a1", "a1.md", "Tides", published="2025-06-17")
    told = (decision("retract", {"who": who, "property": "position"}),)
    assert reasons(NAMED, articles(article), SPOKE, told) == {"position": "decided"}
    dropped = Knowledge((TIDE,), (article,))
    told = (decision("drop", [who]),)
    assert reasons(NAMED, dropped, SPOKE, told)["person"] == "decided"


def test_a_card_says_why_it_is_gone() -> None:
    article = ArticleCard("a1", "a1.md", "Tides", published="2025-06-17")
    assert reasons(NAMED, Knowledge((TIDE,), (article,)), "Nobody spoke.")["person"] == "edited"
    assert reasons(NAMED, Knowledge((TIDE,), ()))["person"] == "removed"
    assert reasons(NAMED, Knowledge((TIDE,), (article,)))["person"] == ""


def test_a_reason_is_read_as_it_was_written(tmp_path: Path) -> None:
    changes = compare(knowledge(NAMED, TIDE), Knowledge((TIDE,), ()))
    releases = add_release((), changes, BEFORE)
    path = tmp_path / "changes.yml"
    path.write_text(releases_text(releases), encoding="utf-8")
    assert read_releases(path) == (releases, ())
    assert {c.reason for c in releases[0].changes} == {"removed"}


def test_a_kind_of_change_that_there_is_not_is_named(tmp_path: Path) -> None:
    path = tmp_path / "changes.yml"
    text = "- day: ''\n  changes:\n  - {kind: stolen, card: a, type: person, name: A}\n"
    path.write_text(text, encoding="utf-8")
    [problem] = read_releases(path)[1]
    assert problem.fatal and "stolen" in problem.what


# --- cards, record, page


def test_a_card_that_comes_or_goes_is_told_with_its_claims() -> None:
    assert kinds(BEFORE, knowledge(TIDE)) == [
        ("withdrawn", "ada-moss", "", None),
        ("withdrawn", "ada-moss", "position", "Head"),
    ]
    assert kinds(knowledge(TIDE), BEFORE)[0] == ("new", "ada-moss", "", None)


def test_the_record_is_read_as_it_was_written(tmp_path: Path) -> None:
    changes = compare(BEFORE, knowledge(replace(MOSS, claims=()), TIDE))
    releases = add_release((), changes, BEFORE)
    path = tmp_path / "changes.yml"
    path.write_text(releases_text(releases), encoding="utf-8")
    assert read_releases(path) == (releases, ())
    assert releases[0].day == "2025-06-17"


def test_a_build_cut_off_before_its_cards_were_written_tells_nothing_twice() -> None:
    changes = compare(BEFORE, knowledge(TIDE))
    releases = add_release((), changes, BEFORE)
    assert add_release(releases, changes, BEFORE) == releases


def test_a_broken_record_is_fatal_and_named(tmp_path: Path) -> None:
    path = tmp_path / "changes.yml"
    path.write_text("- day: [\n", encoding="utf-8")
    [problem] = read_releases(path)[1]
    assert problem.fatal and problem.file == "changes.yml"


def pages(releases: tuple[Release, ...], after: Knowledge) -> dict[str, str]:
    catalog = build_catalog(after, {}, make_labels(load_schema()))
    environment = make_environment(TEMPLATES)
    return change_pages(catalog, releases, environment, "Tides", "https://example.org/kb/")


def test_the_page_and_the_feeds_tell_each_change_once() -> None:
    after = knowledge(replace(MOSS, claims=(office(), office("Envoy"))), TIDE)
    made = pages(add_release((), compare(BEFORE, after), after), after)
    assert made["changes.md"].count("Envoy") == 1
    for name, expected in (("all", 1), ("people", 1), ("places", 0)):
        feed = ElementTree.fromstring(made[f"feeds/{name}.xml"])
        entries = feed.findall(f"{ATOM}entry")
        assert len(entries) == expected
        for part in ("id", "title", "updated"):
            assert feed.findtext(f"{ATOM}{part}")
            assert all(entry.findtext(f"{ATOM}{part}") for entry in entries)
        links = [entry.find(f"{ATOM}link") for entry in entries]
        addresses = {link.get("href") for link in links if link is not None}
        assert addresses <= {"https://example.org/kb/people/ada-moss.html"}


def test_a_sensitive_claim_no_editor_accepted_is_never_told() -> None:
    charged = Claim("charged", "fraud", None, None, (SAID,))
    after = knowledge(replace(MOSS, claims=(office(), charged)), TIDE)
    made = pages(add_release((), compare(BEFORE, after), after), after)
    assert not any("fraud" in text for text in made.values())


def test_the_page_says_why_and_where_a_merged_card_went() -> None:
    removed = Knowledge((TIDE,), ())
    releases = add_release((), compare(knowledge(NAMED, TIDE), removed), BEFORE)
    page = pages(releases, removed)["changes.md"]
    assert 'Ada Moss: its page <span class="cf-by">its article was removed</span>' in page
    assert 'Tides:  <span class="cf-by">the article was removed</span>' in page
    merged = knowledge(replace(TIDE, former_ids=("ada-moss",)))
    releases = add_release((), compare(BEFORE, merged), BEFORE)
    page = pages(releases, merged)["changes.md"]
    assert "Merged</span> Ada Moss: now on the page of [Tide Office]" in page
