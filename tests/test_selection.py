"""Publishing a part of the cards: what is chosen, and that the part is whole in itself."""

from __future__ import annotations

import html
import random
import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config

from generator import pipeline
from generator.changes import Change, Release
from generator.checks.links import check_pages, make_targets
from generator.cli import main
from generator.cli.arguments import parser
from generator.cli.checking import check_base
from generator.editions import count, make_edition, problems, shown_releases
from generator.exports import make_dataset
from generator.model import (
    FOLDERS,
    Article,
    ArticleCard,
    Card,
    CardMention,
    Claim,
    Conflict,
    Decision,
    Evidence,
    Knowledge,
    Selection,
    Settings,
    TimelineEntry,
)
from generator.pages.all_pages import render_pages
from generator.pages.data import shown_data
from generator.pages.redirects import absent_pages, render_redirects
from generator.pages.unlinked import unlink, unlink_notes
from generator.related import find_related
from generator.selections import read_selection
from generator.settings import OPTIONS, load_settings, settings_from_plugin
from generator.site.plugin import CardfilePlugin
from tests import sample
from tests.generated_site import generate
from tests.projects import CONFIG, contents, make_project, run, settings_of, times

SETTINGS = sample.sample_settings(Path("nowhere"))
THEME = sample.REPO / "templates" / "theme"


def edition(knowledge: Knowledge, **wanted: Any) -> Knowledge:
    """Return the part of the cards that a setting publishes."""
    return make_edition(knowledge, read_selection(wanted))


def ids(knowledge: Knowledge) -> list[str]:
    return [card.id for card in knowledge.cards]


def article_ids(knowledge: Knowledge) -> list[str]:
    return [card.id for card in knowledge.articles]


# --- what is chosen


def card(id: str, *articles: str, type: Any = "person", claims: int = 0) -> Card:
    """Return a card named once in each of some articles."""
    said = tuple(Claim("age", str(n), None, None, (Evidence(articles[0], 1, "x"),))
                 for n in range(claims))  # fmt: skip
    mentions = tuple(CardMention(article, 1, (id,)) for article in articles)
    return Card(id, type, id.title(), claims=said, mentions=mentions)


def article(id: str, published: str | None = None, page_date: str | None = None) -> ArticleCard:
    return ArticleCard(id, f"{id}.txt", id, published=published, page_date=page_date)


CARDS = (
    card("ada", "a1", "a2", "a3"),
    card("bo", "a1", "a2"),
    card("cy", "a1", "a2", claims=1),
    card("dale", "a2", "a3", type="place"),
    card("eve", "a4", type="organization"),
    card("fay"),
)
ARTICLES = (
    article("a1", "2020-05-31"),
    article("a2", "2020-06"),
    article("a3", None, "2021-02-03"),
    article("a4"),
    article("a5", "2021"),
)
SMALL = Knowledge(CARDS, ARTICLES)


def test_without_a_selection_the_cards_are_what_they_are() -> None:
    assert make_edition(SMALL, Selection()) is SMALL
    assert count(SMALL) is None and problems(SMALL) == ()


@pytest.mark.parametrize(
    ("wanted", "cards", "articles"),
    [
        # By articles, then by claims, then by id.
        ({"top": 1}, "ada", "a1 a2 a3"),
        ({"top": 2}, "ada cy", "a1 a2 a3"),
        ({"top": 3}, "ada bo cy", "a1 a2 a3"),
        ({"top": 99}, "ada bo cy dale eve", "a1 a2 a3 a4"),
        ({"kinds": ["place"]}, "dale", "a2 a3"),
        ({"kinds": "organization, place"}, "dale eve", "a2 a3 a4"),
        ({"kinds": ["person"], "top": 1}, "ada", "a1 a2 a3"),
        ({"min_articles": 2}, "ada bo cy dale", "a1 a2 a3"),
        ({"min_articles": "3"}, "ada", "a1 a2 a3"),
        # What is only known to the month or the year may be of the span.
        ({"since": 2020}, "ada bo cy dale", "a1 a2 a3 a5"),
        ({"since": "2020-06"}, "ada bo cy dale", "a2 a3 a5"),
        ({"since": "2020-06-15"}, "ada bo cy dale", "a2 a3 a5"),
        ({"until": "2020-05-31"}, "ada bo cy", "a1"),
        ({"until": "2020-06-01"}, "ada bo cy dale", "a1 a2"),
        ({"since": "2021-02-04"}, "", "a5"),
        ({"since": "2020-06", "until": "2020"}, "ada bo cy dale", "a2"),
        # Numbers are counted in the articles that are published.
        ({"since": "2020-06", "until": 2020, "min_articles": 2}, "", ""),
        ({"since": "2021", "top": 1}, "ada", "a3"),
        # The undated are older than all others.
        ({"newest": 1}, "ada dale", "a3"),
        ({"newest": 2}, "ada dale", "a3 a5"),
        ({"newest": 5}, "ada bo cy dale eve", "a1 a2 a3 a4 a5"),
        ({"newest": 2, "until": "2020"}, "ada bo cy dale", "a1 a2"),
        ({"newest": 2, "kinds": ["place"]}, "dale", "a3"),
    ],
)
def test_what_is_chosen(wanted: dict[str, Any], cards: str, articles: str) -> None:
    made = edition(SMALL, **wanted)
    assert (ids(made), article_ids(made)) == (cards.split(), articles.split())
    left = {*ids(SMALL), *article_ids(SMALL)} - {*ids(made), *article_ids(made)}
    assert {card.id for card in made.left_out} == left
    counted = count(made)
    assert counted and (counted.all_cards, counted.all_articles) == (6, 5)
    assert (counted.cards, counted.articles) == (len(made.cards), len(made.articles))


def test_an_order_of_input_changes_nothing() -> None:
    for seed in range(20):
        mixed = random.Random(seed)
        cards = tuple(mixed.sample(CARDS, len(CARDS)))
        articles = tuple(mixed.sample(ARTICLES, len(ARTICLES)))
        made = edition(Knowledge(cards, articles), top=3, newest=3)
        assert {*ids(made)} == {"ada", "bo", "dale"}
        assert {*article_ids(made)} == {"a2", "a3", "a5"} - {"a5"}


def test_nothing_left_is_a_fault_that_says_what_to_do() -> None:
    (fault,) = problems(edition(SMALL, since=2030))
    assert fault.fatal and "leaves nothing to publish: widen the selection" in str(fault)
    assert problems(edition(SMALL, since=2021)) == ()


# --- what it makes of cards

OLD, NEW = Evidence("a1", 1, "then"), Evidence("a3", 1, "now")
TOLD = Card(
    "ada", "person", "Ada", summary=OLD,
    claims=(
        Claim("position", "Head", "eve", None, (OLD, NEW)),
        Claim("position", "Clerk", "eve", None, (OLD,)),
        Claim("family", "sister", "bo", None, (Evidence("", 0, "An editor"),)),
    ),
    conflicts=(
        Conflict("born", None, ("bo", "eve", "Rome"), (NEW, NEW, OLD)),
        Conflict("died", None, ("bo", "eve"), (NEW, OLD)),
    ),
    timeline=(TimelineEntry("2020", "2020", "a1", 1, "then"),
              TimelineEntry("2021", "2021", "a3", 1, "now")),
    mentions=(CardMention("a1", 1, ("Ada",)), CardMention("a3", 1, ("Ada",))),
)  # fmt: skip


def test_what_rests_on_articles_left_out_goes_with_them() -> None:
    made = edition(Knowledge((TOLD, *CARDS[1:]), ARTICLES), since=2021, kinds=["person"])
    (told,) = made.cards
    assert told.summary is None and told.claims[0].evidence == (NEW,)
    assert [claim.value for claim in told.claims] == ["Head", "sister"]
    assert [entry.date for entry in told.timeline] == ["2021"]
    assert [mention.article for mention in told.mentions] == ["a3"]


def test_a_conflict_keeps_its_sides_by_name_and_goes_with_its_second() -> None:
    made = edition(Knowledge((TOLD, *CARDS[1:]), ARTICLES), since=2021, kinds=["person"])
    (conflict,) = made.cards[0].conflicts
    assert (conflict.property, conflict.between) == ("born", ("Bo", "Eve"))
    assert conflict.evidence == (NEW, NEW)


def test_articles_lead_to_what_is_published_only() -> None:
    articles = tuple(
        replace(one, entities=("ada", "bo", "dale"), same_as=("a1", "a3")) for one in ARTICLES
    )
    made = edition(Knowledge(CARDS, articles), kinds=["place"])
    assert {one.entities for one in made.articles} == {("dale",)}
    assert {one.same_as for one in made.articles} == {("a3",)}


def test_who_is_near_is_counted_among_what_is_published() -> None:
    made = edition(SMALL, kinds=["person"], until="2020-05")
    assert [(n.id, n.articles, n.sentences) for n in made.cards[0].related] == [
        ("bo", 1, 1),
        ("cy", 1, 1),
    ]


# --- pages and files


@dataclass(frozen=True)
class Base:
    """A knowledge base with everything pages are made from."""

    knowledge: Knowledge
    texts: Mapping[str, Article]
    notes: Mapping[str, str]
    decisions: tuple[Decision, ...] = ()

    def pages(self, made: Knowledge, releases: tuple[Release, ...] = ()) -> dict[str, str]:
        """Return all pages and data files of an edition."""
        every = [f"{FOLDERS['article']}/{a.id}.html" for a in self.knowledge.articles]
        every += [f"{FOLDERS[c.type]}/{c.id}.html" for c in self.knowledge.cards]
        absent = absent_pages(made, every, releases)
        notes = unlink_notes(self.notes, made.cards, absent)
        shown = shown_releases(releases, made)
        texts = {id: text for id, text in self.texts.items() if id in article_ids(made)}
        pages = render_pages(made, texts, notes, self.decisions, SETTINGS, sample.LABELS, shown)
        pages |= render_redirects(made, every, SETTINGS, releases, sample.LABELS)
        return pages | pipeline.export_pages(made, self.decisions, SETTINGS, sample.LABELS)


SAMPLE = Base(sample.sample_knowledge(), sample.sample_texts(), sample.NOTES, sample.DECISIONS)
MADE = Base(*generate(140), {})


def dead_ends(pages: Mapping[str, str]) -> list[str]:
    """Return every link of some pages and data files that leads nowhere.

    Those aside that the sample's nastiest texts only seem to have.
    """
    theme = (path.relative_to(THEME).as_posix() for path in THEME.rglob("*"))
    faults = check_pages(pages, make_targets(pages, theme), "p").faults
    return [str(fault) for fault in faults if "javascript:" not in fault.what]


def led_to(pages: Mapping[str, str]) -> set[str]:
    """Return the ids of all cards and articles that pages, scripts and files lead to."""
    folders = "|".join(FOLDERS.values())
    every = "\n".join(pages.values())
    return set(re.findall(rf"(?:{folders})/([a-z0-9-]+)\.(?:md|html)", every))


def drawn(chance: random.Random) -> dict[str, Any]:
    """Return a selection by chance."""
    parts: dict[str, Any] = {
        "top": chance.randrange(1, 40),
        "kinds": chance.sample(["person", "organization", "place", "event"], 2),
        "min_articles": chance.randrange(1, 4),
        "newest": chance.randrange(1, 8),
        "since": chance.choice([2023, "2024-02", "2025-06-01"]),
    }
    return {name: parts[name] for name in chance.sample(sorted(parts), chance.randrange(1, 3))}


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("base", [SAMPLE, MADE], ids=["sample", "made"])
def test_whatever_is_chosen_nothing_leads_out_of_it(base: Base, seed: int) -> None:
    made = edition(base.knowledge, **drawn(random.Random(seed)))
    pages = base.pages(made)
    assert dead_ends(pages) == []
    assert not led_to(pages) & {card.id for card in made.left_out}
    assert {f"{FOLDERS[c.type]}/{c.id}.md" for c in made.cards} <= pages.keys()
    assert make_edition(made, Selection()) is made


def test_the_check_for_links_that_lead_out_has_teeth() -> None:
    pages = SAMPLE.pages(SAMPLE.knowledge)
    assert {"russian-security-council", "visit", "kim-jong-un"} <= led_to(pages)
    del pages["people/kim-jong-un.md"]
    assert dead_ends(pages)


def words(page: str) -> str:
    """Return a page's words: entities decoded, marks of Markdown aside."""
    return html.unescape(page)


def test_a_claim_names_what_is_left_out_in_words_everywhere() -> None:
    made = edition(SAMPLE.knowledge, kinds=["person"])
    pages = SAMPLE.pages(made)
    page = words(pages["people/sergei-shoigu.md"])
    assert ">Secretary, Russian Security Council <" in page
    assert "positions:\n- Secretary, Russian Security Council\n" in page
    assert "](../organizations/russian" not in page
    rows = next(text for uri, text in pages.items() if uri.startswith("search/rows/"))
    assert "Secretary, Russian Security Council" in rows
    whole = SAMPLE.pages(SAMPLE.knowledge)["people/sergei-shoigu.md"]
    anchor = re.findall(r'id="(c-\w+)"', whole)
    assert anchor and re.findall(r'id="(c-\w+)"', pages["people/sergei-shoigu.md"]) == anchor


def test_a_claim_that_points_at_a_place_without_a_value_is_its_name() -> None:
    top = replace(SAMPLE.knowledge.cards[4], mentions=SAMPLE.knowledge.cards[4].mentions * 2)
    assert top.id == "kursk-region"
    knowledge = Knowledge((top, *SAMPLE.knowledge.cards[5:]), SAMPLE.knowledge.articles)
    pages = SAMPLE.pages(edition(knowledge, top=1))
    page = words(pages["places/kursk-region.md"])
    assert "Russia" in page and "Ukraine" in page and "](../places/russia" not in page
    assert words(pages["differences.md"]).count("\nRussia\n") == 1


def test_names_in_a_text_stay_words_and_published_ones_links() -> None:
    page = SAMPLE.pages(edition(SAMPLE.knowledge, kinds=["person"]))["articles/visit.md"]
    assert "[Sergei Shoigu](../people/sergei-shoigu.md)" in page
    assert "Pyongyang" in page and "[Pyongyang]" not in page


def test_downloads_hold_what_is_published_with_the_same_ids() -> None:
    made = edition(SAMPLE.knowledge, kinds=["person"])
    claims, called = shown_data(made, sample.LABELS, SAMPLE.decisions)
    dataset = make_dataset(made, claims, called)
    assert set(dataset.entities) == set(ids(made)) and set(dataset.articles) == {"visit", "embassy"}
    said = next(claim for claim in dataset.claims if claim.entity == "sergei-shoigu")
    assert (said.value, said.of) == ("Secretary, Russian Security Council", None)
    assert said.text.startswith("Sergei Shoigu: Position: Secretary, Russian Security Council")
    claims, called = shown_data(SAMPLE.knowledge, sample.LABELS, SAMPLE.decisions)
    whole = make_dataset(SAMPLE.knowledge, claims, called)
    assert said.id in {claim.id for claim in whole.claims}
    page = SAMPLE.pages(made)["data.md"]
    assert f"| Entities | {len(made.cards)} |" in page and "| Articles | 2 |" in page


def test_what_editors_accepted_holds_where_its_object_is_left_out() -> None:
    accused = Claim("accused_of", "theft", "russia", None, (sample.evidence("visit", 9),))
    first = replace(SAMPLE.knowledge.cards[0], claims=(accused,))
    knowledge = Knowledge((first, *SAMPLE.knowledge.cards[1:]), SAMPLE.knowledge.articles)
    accept = {"who": "Sergei Shoigu", "property": "accused_of", "value": "theft", "of": "Russia"}
    for made in (knowledge, edition(knowledge, kinds=["person"])):
        shut = replace(SAMPLE, decisions=()).pages(made)
        assert "theft" not in shut["people/sergei-shoigu.md"] + shut["data/claims.csv"]
        decision = Decision("accept", accept, "a.yml", 1)
        shown = replace(SAMPLE, decisions=(decision,)).pages(made)
        assert "heft" in shown["people/sergei-shoigu.md"] and "theft" in shown["data/claims.csv"]


def test_the_site_says_that_it_is_a_selection() -> None:
    made = edition(SAMPLE.knowledge, kinds=["person"])
    pages = SAMPLE.pages(made)
    line = "it has pages for 3 of 12 names and for 2 of 3 articles."
    for uri in ("index.md", "about.md", "data.md"):
        assert line in pages[uri]
    assert "(about.md#selection)" in pages["index.md"] and "#selection }" in pages["about.md"]
    whole = SAMPLE.pages(SAMPLE.knowledge)
    assert not any("selection" in whole[uri] for uri in ("index.md", "about.md", "data.md"))
    german = render_pages(
        made, {}, {}, (), replace(SETTINGS, language="de"), sample.LABELS
    )["index.md"]  # fmt: skip
    assert "Sie hat Seiten für 3 von 12 Namen und für 2 von 3 Artikeln" in german


# --- changes, redirects, notes


def change(card: str, kind: str = "new", said: str = "visit", **more: Any) -> Change:
    given = {"type": "person", "name": card.title(), "evidence": (Evidence(said, 3, "x"),)}
    return Change(kind, card, **(given | more))


RELEASES = (
    Release(
        1, "2025-06-05",
        (
            change("kim-jong-un", property="position", value="leader"),
            change("kim-jong-un", property="position", value="guest", said="hostile"),
            change("acme", type="organization", said="hostile"),
            change("lost-man", kind="withdrawn"),
            change("shoigu", kind="merged", of="sergei-shoigu"),
            change("acme-inc", kind="merged", of="acme", type="organization"),
            change("hostile", kind="withdrawn", type="article", reason="retracted", evidence=()),
        ),
    ),
)  # fmt: skip


def test_changes_and_feeds_tell_of_what_is_published() -> None:
    made = edition(SAMPLE.knowledge, kinds=["person"])
    told = [(c.card, c.value) for r in shown_releases(RELEASES, made) for c in r.changes]
    assert told == [("kim-jong-un", "leader"), ("lost-man", None), ("shoigu", None)]
    pages = SAMPLE.pages(made, RELEASES)
    for uri in ("changes.md", "feeds/all.xml"):
        assert "leader" in pages[uri] and "guest" not in pages[uri] and "Acme" not in pages[uri]
    assert shown_releases(RELEASES, SAMPLE.knowledge) == RELEASES


def test_what_is_left_out_is_never_called_gone() -> None:
    addresses = ["people/shoigu.html", "organizations/acme-inc.html", "organizations/acme.html",
                 "places/acme.html", "articles/hostile.html", "people/lost-man.html",
                 "people/sergey-shoigu.html"]  # fmt: skip
    made = edition(SAMPLE.knowledge, kinds=["person"])
    pages = render_redirects(made, addresses, SETTINGS, RELEASES, sample.LABELS)
    there = {"people/shoigu.md", "people/lost-man.md", "people/sergey-shoigu.md"}
    assert pages.keys() == there and dead_ends(SAMPLE.pages(made, RELEASES)) == []
    absent = absent_pages(made, addresses, RELEASES)
    assert {f"{address.removesuffix('.html')}.md" for address in addresses} - absent == there
    places = edition(SAMPLE.knowledge, kinds=["place"])
    assert "people/sergey-shoigu.md" in absent_pages(places, addresses, RELEASES)
    whole = render_redirects(SAMPLE.knowledge, addresses, SETTINGS, RELEASES, sample.LABELS)
    assert {"organizations/acme-inc.md", "places/acme.md"} <= whole.keys()
    assert absent_pages(SAMPLE.knowledge, addresses, RELEASES) == frozenset()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("[A](../people/a.md) b", "A b"),
        ("[A](<../people/a.md>), [A](../people/a.html#s1 'title')", "A, A"),
        ("[B](../people/b.md) [w](https://x.example/people/a.md)", None),
        ("[A][1] and [x]\n\n[1]: ../people/a.md\n[x]: ../people/b.md\n",
         "A and [x]\n\n\n[x]: ../people/b.md\n"),
        ("[one]\n\n[ONE]: <../people/a.md>", "one\n\n"),
        ("[a](#dates) [b][] (c)", None),
    ],
)  # fmt: skip
def test_links_of_notes_to_what_is_left_out_become_text(text: str, wanted: str | None) -> None:
    place = Card("p", "place", "P")
    made = unlink_notes({"p": text, "gone": text}, [place], {"people/a.md"})
    assert made == {"p": text if wanted is None else wanted, "gone": text}


def test_a_note_without_links_stays_as_it_is() -> None:
    text = "# A [heading]\n\n- [x] done\n"
    assert unlink(text, lambda address: True) == text


# --- what can be said, and where


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("{top: 0}", "top: write a whole number above 0, such as 5000"),
        ("{top: many}", "top: write a whole number above 0"),
        ("{newest: -1}", "newest: write a whole number above 0"),
        ("{min_articles: 1.5}", "min_articles: write a whole number above 0"),
        ("{kinds: [people]}", "kinds: write one or more of person, organization, place"),
        ("{kinds: []}", "kinds: write one or more of person, organization, place"),
        ("{since: 2020-13}", "since: write a year, a month or a day: 2020, 2020-06 or 2020-06-17"),
        ("{since: 2021-02-30}", "since: write a year, a month or a day"),
        ("{until: yesterday}", "until: write a year, a month or a day"),
        ("{since: 2021, until: 2020-11}", "until 2020-11 ends before since 2021 begins: swap them"),
        ("{kind: [person]}", "give one or more of top, kinds, min_articles, since, until, newest"),
        ("500", "give one or more of top, kinds, min_articles, since, until, newest"),
    ],
)
def test_a_wrong_setting_is_told_with_file_and_line(tmp_path: Path, option: str, said: str) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"{CONFIG}      publish_only: {option}\n", encoding="utf-8")
    settings, (problem,) = load_settings(config)
    assert (problem.file, problem.line, problem.fatal) == (str(config), 6, True)
    assert said in str(problem) and settings.publish_only == Selection()


def test_both_doors_read_the_same() -> None:
    import yaml

    text = "{top: 5_000, kinds: [place, person], since: 2020-01-02, until: 2021, newest: 7}"
    # MkDocs reads numbers and dates, we read words.
    given = {"publish_only": yaml.safe_load(text)}
    settings, faults = settings_from_plugin(given, Path("a"), Path("b"), Path("c"))
    wanted = Selection(5000, ("person", "place"), 1, "2020-01-02", "2021", 7)
    assert (settings.publish_only, faults) == (wanted, ())
    assert OPTIONS["publish_only"].clean(None) == Selection()
    named = ["--top", "5000", "--kind", "place", "--kind", "person,place", "--since", "2020-01-02"]
    options = parser().parse_args(["pages", *named, "--until", "2021", "--newest", "7"])
    assert read_selection({"kinds": options.kinds, "top": options.top}) == Selection(
        5000, ("person", "place")
    )


def test_the_command_line_wins_part_by_part(tmp_path: Path) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"{CONFIG}      publish_only: {{top: 9, since: 2020}}\n", encoding="utf-8")

    def only(**given: Any) -> Selection:
        settings, faults = load_settings(config, **given)
        assert faults == ()
        return settings.publish_only

    assert only() == Selection(top=9, since="2020")
    assert only(publish_only={"top": 3}) == Selection(top=3, since="2020")
    assert only(publish_all=True) == Selection()
    assert only(publish_all=True, publish_only={"newest": 2}) == Selection(newest=2)
    _, (fault,) = load_settings(config, publish_only={"until": "2019"})
    assert fault.fatal and "until 2019 ends before since 2020 begins" in str(fault)


@pytest.mark.parametrize(
    ("argument", "said"),
    [
        (["--top", "x"], "--top: 'x' won't do; top: write a whole number above 0"),
        (["--kind", "person,town"], "--kind: 'person,town' won't do; kinds: write one or more of"),
        (["--since", "2020-6"], "--since: '2020-6' won't do; since: write a year, a month"),
        (["--min-articles", "0"], "--min-articles: '0' won't do"),
    ],
)
@pytest.mark.parametrize("command", ["build", "pages", "serve", "check"])
def test_a_wrong_word_is_told_as_wrong_usage(
    command: str, argument: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, *argument])
    assert stop.value.code == 2 and said in capsys.readouterr().err


# --- on disk


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the configuration of a small project, its cards and pages made."""
    config = make_project(tmp_path_factory.mktemp("harbour"), "harbour")
    note = config.parent / "content" / "notes" / "liepaja.md"
    note.write_text("A port, as [Ventspils](ventspils.md) is.\n\nSee [her][m].\n\n"
                    "[m]: ../people/marta-ozola.md\n", encoding="utf-8")  # fmt: skip
    run(config)
    return config


@pytest.fixture
def project(harbour: Path, tmp_path: Path) -> Iterator[Path]:
    """Return the configuration of a copy of it."""
    shutil.copytree(harbour.parent, tmp_path / "project")
    yield tmp_path / "project" / harbour.name


def select(config: Path, **wanted: Any) -> Settings:
    """Make the pages of a selection, and return the settings for it."""
    settings = replace(settings_of(config), publish_only=read_selection(wanted))
    assert pipeline.build_pages(settings) == ()
    return settings


def test_cards_know_who_is_near_as_an_edition_does(harbour: Path) -> None:
    cards = [card for card in run(harbour)[0].knowledge.cards if card.related]
    every = run(harbour)[0].knowledge.cards
    near = find_related({c.id: [(m.article, m.sentence) for m in c.mentions] for c in every})
    assert len(cards) > 8 and all(near[card.id] == card.related for card in every)


def test_a_second_build_writes_nothing_and_another_takes_pages_away(project: Path) -> None:
    pages = project.parent / "content" / "pages"
    whole = contents(pages)
    select(project, top=4)
    before = times(pages)
    assert "people/marta-ozola.md" in before and "people/anders-blom.md" not in before
    select(project, top=4)
    assert times(pages) == before
    select(project, kinds=["place"])
    assert "people/marta-ozola.md" not in contents(pages)
    select(project)
    assert contents(pages) == whole


def test_a_full_build_after_a_selected_one_is_as_if_it_had_never_been(
    project: Path, harbour: Path
) -> None:
    settings = select(project, top=3, since="2025-06")
    outcome = pipeline.generate(settings)
    assert outcome.changed == ()
    run(project)
    assert contents(project.parent / "content") == contents(harbour.parent / "content")
    addresses = Path(settings.addresses).read_text(encoding="utf-8")
    assert addresses.count("\n- ") == len(outcome.knowledge.cards) + 5


def test_cards_and_addresses_of_a_first_selected_build_are_whole(
    harbour: Path, tmp_path: Path
) -> None:
    config = make_project(tmp_path / "new", "harbour")
    shutil.copytree(harbour.parent / "content/notes", tmp_path / "new/content/notes",
                    dirs_exist_ok=True)  # fmt: skip
    config.write_text(f"{CONFIG}      publish_only: {{top: 2}}\n", encoding="utf-8")
    run(config)
    whole, made = (contents(folder / "content") for folder in (harbour.parent, config.parent))
    assert {n: b for n, b in made.items() if not n.startswith("pages/")} == {
        n: b for n, b in whole.items() if not n.startswith("pages/")
    }
    assert "pages/places/liepaja.md" in made and "pages/people/marta-ozola.md" not in made
    config.write_text(CONFIG, encoding="utf-8")
    run(config)
    assert contents(config.parent / "content") == whole


@pytest.mark.parametrize(
    "wanted",
    [{"top": 4}, {"kinds": ["place"]}, {"since": "2025-06"}, {"newest": 1}, {"min_articles": 3}],
    ids=str,
)
def test_a_selected_knowledge_base_is_sound(project: Path, wanted: dict[str, Any]) -> None:
    settings = select(project, **wanted)
    faults = check_base(settings).faults
    assert [str(fault) for fault in faults if fault.severity != "note"] == []


def test_check_tells_where_the_pages_are_of_another_selection(project: Path) -> None:
    settings = select(project, top=4)
    faults = check_base(replace(settings, publish_only=Selection())).faults
    assert {"page-step"} == {fault.rule for fault in faults}
    lost = project.parent / "content" / "addresses.yml"
    lost.write_text(lost.read_text() + "- people/zoe-nobody.html\n", encoding="utf-8")
    rules = [(fault.rule, fault.what) for fault in check_base(settings).faults]
    assert rules == [("page-step", "the cards make this page, and it is not there")]


def test_notes_lose_links_to_what_is_left_out(project: Path) -> None:
    settings = select(project, kinds=["place"])
    page = Path(settings.pages, "places/liepaja.md").read_text(encoding="utf-8")
    assert "A port, as [Ventspils](ventspils.md) is." in page and "See her." in page


def test_nothing_to_publish_stops_the_build_and_leaves_the_pages(project: Path) -> None:
    settings = replace(settings_of(project), publish_only=read_selection({"since": 2031}))
    before = contents(Path(settings.pages))
    (problem,) = pipeline.build_pages(settings)
    assert problem.fatal and contents(Path(settings.pages)) == before
    assert main(["pages", "--config", str(project), "--since", "2031"]) == 1
    assert contents(Path(settings.pages)) == before


def test_a_site_of_a_selection_builds_strictly_and_is_sound(
    project: Path, repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (repo / "mkdocs.yml").read_text(encoding="utf-8")
    text = text.replace("templates/theme", str(repo / "templates" / "theme"))
    only = "publish: full\n      publish_only: {kinds: [place], since: 2024}"
    project.write_text(text.replace("publish: full", only, 1), encoding="utf-8")
    assert main(["build", "--config", str(project), "--strict"]) == 0
    site = project.parent / "site"
    assert (site / "places/liepaja.html").is_file()
    assert not (site / "people/marta-ozola.html").exists()
    assert "This site shows a selection" in (site / "404.html").read_text(encoding="utf-8")
    capsys.readouterr()
    assert main(["check", "--config", str(project)]) == 0, capsys.readouterr().out
    assert main(["check", "--config", str(project), "--all"]) == 1
    target = project.parent / "data"
    export = ["export", "--config", str(project), "--format", "csv", "--output"]
    assert main([*export, str(target)]) == 0
    published = contents(site / "data")
    assert contents(target) == {n: published[n] for n in published if n.endswith(".csv")}


def test_a_preview_shows_what_the_command_line_selects(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Selection] = []

    def serve(config_file: str, dev_addr: str) -> None:
        config = load_config(config_file=config_file)
        plugin: Any = config.plugins["cardfile"]
        seen.append(plugin.settings(config)[0].publish_only)

    monkeypatch.setattr("mkdocs.commands.serve.serve", serve)
    monkeypatch.setattr(CardfilePlugin, "publish_only", None)
    project.write_text(f"{CONFIG}      publish_only: {{top: 9, newest: 4}}\n", encoding="utf-8")
    assert main(["serve", "--config", str(project)]) == 0
    assert main(["serve", "--config", str(project), "--top", "3"]) == 0
    assert main(["serve", "--config", str(project), "--all"]) == 0
    assert seen == [Selection(top=9, newest=4), Selection(top=3, newest=4), Selection()]
