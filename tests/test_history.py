"""What the committed files tell of everything that was ever published."""

from __future__ import annotations

from generator import names
from generator.addresses import addresses_text, apart_from_names, used_ids
from generator.changes import Change, Release
from generator.history import find_fates, make_history
from generator.model import Article, ArticleCard, Card, Extraction, Knowledge, Mention

MOSS = Card("ada-moss", "person", "Ada Moss")
TIDES = ArticleCard("tides", "tides.md", "Tides", published="2025-06-17")
NOW = Knowledge((MOSS,), (TIDES,))


def release(number: int, *told: tuple[str, str]) -> Release:
    """Return a release that tells of these (kind, id)."""
    changes = (Change(kind, id, "person", id.title()) for kind, id in told)
    return Release(number, "2025-06-17", tuple(changes))


GONE = (release(1, ("new", "bo"), ("withdrawn", "cy")), release(2, ("withdrawn", "bo")))


def test_the_last_that_is_told_of_an_id_is_its_fate() -> None:
    assert sorted(find_fates(GONE)) == ["bo", "cy"]
    assert sorted(find_fates([*GONE, release(3, ("new", "bo"))])) == ["cy"]


def test_an_id_is_as_old_as_its_first_release() -> None:
    history = make_history((), [*GONE, release(3, ("new", "cy"), ("new", "dee"))], NOW)
    assert history.ages == {"bo": 1, "cy": 0, "dee": 3}


def test_what_went_without_a_word_is_lost_and_what_lives_is_not() -> None:
    addresses = ("people/ada-moss.html", "people/bo.html", "places/eve.html", "articles/old.html")
    history = make_history(addresses, GONE, NOW)
    assert history.lost == {"eve", "old"}
    assert sorted(history.fates) == ["bo", "cy"]


def test_a_line_taken_out_of_the_addresses_is_written_again() -> None:
    history = make_history((), GONE, NOW)
    text = addresses_text(("places/eve.html",), Knowledge((), ()), history)
    assert [line for line in text.splitlines() if not line.startswith("#")] == [
        "- articles/tides.html",
        "- people/ada-moss.html",
        "- people/bo.html",
        "- people/cy.html",
        "- places/eve.html",
    ]


def test_a_new_article_gets_no_id_of_a_thing_that_is_gone() -> None:
    history = make_history(("articles/old.html", "people/eve.html"), GONE, NOW)
    assert {"bo", "cy", "eve", "ada-moss", "tides"} <= set(used_ids(history))
    assert "old" not in used_ids(history)  # its card was deleted: the article has it still


def test_an_article_leaves_the_address_to_what_it_names_unless_it_had_it_first() -> None:
    article = Article("oslo", "a.md", "Oslo: a year", "Oslo slept.", ())
    mention = Mention(0, 4, "Oslo", "place", 1, "list")
    extraction = Extraction("oslo", (mention,), (), (), article.text)
    for addresses, id in (((), "oslo-a-year"), (("articles/oslo.html",), "oslo")):
        history = make_history(addresses, (), Knowledge((), ()))
        [made], [said] = apart_from_names([article], [extraction], history)
        assert made.id == said.article == id


def test_no_card_has_the_address_of_the_list_of_its_kind() -> None:
    assert names.slug("Index") == "index-name"
