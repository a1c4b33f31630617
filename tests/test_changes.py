"""Every claim that is new, altered or withdrawn is told once: in record, page and feeds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

from generator.cards.schema import load_schema
from generator.changes import Release, add_release, compare, read_releases, releases_text
from generator.model import ArticleCard, Card, Claim, Evidence, Knowledge
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


def test_a_merge_takes_its_claims_along() -> None:
    merged = replace(MOSS, id="ada-b-moss", former_ids=("ada-moss",))
    assert compare(BEFORE, knowledge(merged, TIDE)) == ()


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
