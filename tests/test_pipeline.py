"""The whole line on a small folder, as a team would see it: cards, pages, what stays, what goes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator import edtf, pipeline
from generator.cards.card_files import card_texts
from generator.cards.schema import load_schema
from generator.checks.cards import check_cards
from generator.checks.world import make_world, read_card_files
from generator.model import ENTITY_TYPES, FOLDERS
from generator.names import slug
from generator.pipeline import Outcome
from generator.settings import load_settings
from tests.conftest import REPO
from tests.projects import contents, make_project, run, settings_of, times

ENTITY_KEYS = (
    "id type name aliases former_ids description summary coordinates claims conflicts timeline"
    " related mentions because curated"
).split()
ARTICLE_KEYS = (
    "id type file title section source url author lang published page_date publish retracted"
    " entities timeline same_as"
).split()


class Harbour:
    """The harbour site, generated once."""

    def __init__(self, folder: Path) -> None:
        self.config = make_project(folder, "harbour")
        self.content = folder / "content"
        self.theirs = {name: contents(self.content / name) for name in THEIRS}
        self.outcome, self.problems = run(self.config)
        self.cards = {path.stem: read_card(path) for path in self.content.glob("cards/*/*.yml")}
        self.pages = {
            name: data.decode() for name, data in contents(self.content / "pages").items()
        }


THEIRS = ("articles", "curation", "notes")


def read_card(path: Path) -> dict[str, Any]:
    card: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return card


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Harbour:
    return Harbour(tmp_path_factory.mktemp("harbour"))


# --- cards


def test_good_articles_give_no_problem(harbour: Harbour) -> None:
    assert harbour.problems == ()


def test_every_card_stands_in_the_folder_of_its_kind(harbour: Harbour) -> None:
    paths = sorted(harbour.content.glob("cards/*/*.yml"))
    assert {path.parent.name for path in paths} <= set(FOLDERS.values())
    for path in paths:
        card = read_card(path)
        assert (path.parent.name, path.stem) == (FOLDERS[card["type"]], card["id"])
        assert slug(card["id"]) == card["id"] and len(card["id"]) <= 80


def test_keys_come_in_the_order_that_is_promised(harbour: Harbour) -> None:
    for card in harbour.cards.values():
        keys = ARTICLE_KEYS if card["type"] == "article" else ENTITY_KEYS
        assert list(card) == [key for key in keys if key in card]
        assert all(value not in (None, [], {}, "") for value in card.values())


def test_the_mayor_is_told_with_every_source(harbour: Harbour) -> None:
    mayor = harbour.cards["marta-ozola"]
    (position,) = mayor["claims"]
    assert (position["property"], position["value"], position["of"]) == (
        "position", "mayor", "liepaja",
    )  # fmt: skip
    assert len(position["evidence"]) == 3
    assert mayor["type"] == "person" and "Ozola" in mayor["aliases"]


def test_two_mayors_of_one_town_are_shown_as_a_difference(harbour: Harbour) -> None:
    (conflict,) = harbour.cards["liepaja"]["conflicts"]
    assert sorted(conflict["between"]) == ["janis-ozols", "marta-ozola"]
    assert len(conflict["evidence"]) == 2


def test_every_quote_is_word_for_word_in_the_text(harbour: Harbour) -> None:
    texts = {article.id: " ".join(article.text.split()) for article in harbour.outcome.articles}
    quoted = 0
    for card in harbour.cards.values():
        for evidence in quotes_in(card):
            assert " ".join(evidence["quote"].split()) in texts[evidence["article"]]
            quoted += 1
    assert quoted > 20


def quotes_in(value: Any) -> list[dict[str, Any]]:
    """Return every mapping with a quote, however deep it stands."""
    if isinstance(value, dict):
        found = [value] if "quote" in value else []
        return found + [quote for inner in value.values() for quote in quotes_in(inner)]
    return [quote for item in value for quote in quotes_in(item)] if isinstance(value, list) else []


def test_the_knowledge_base_is_sound(harbour: Harbour) -> None:
    texts = {article.id: article for article in harbour.outcome.articles}
    files, broken = read_card_files(card_texts(harbour.outcome.knowledge), "cards")
    assert broken == check_cards(make_world(files, texts, load_schema())) == []


def test_dates_are_edtf_and_weekdays_count_from_publication(harbour: Harbour) -> None:
    dated = [e for card in harbour.cards.values() for e in card.get("timeline", ())]
    assert dated and all(edtf.is_valid(entry["date"]) for entry in dated)
    shown = {(entry["surface"], entry["date"]) for entry in dated}
    assert {("Monday", "2025-05-12"), ("Wednesday", "2025-05-14")} <= shown


def test_an_article_card_says_where_it_is_from(harbour: Harbour) -> None:
    cards = [card for card in harbour.cards.values() if card["type"] == "article"]
    by_file = {card["file"]: card for card in cards}
    bridge = by_file["bridge-opens.md"]
    assert (bridge["source"], bridge["published"]) == ("Harbour Gazette", "2025-05-12")
    assert bridge["url"] == "https://gazette.example/bridge" and "marta-ozola" in bridge["entities"]
    assert by_file["strike.txt"]["published"] == "2025-05-14"
    assert by_file["ferry.html"]["published"] == "2025-06-02"
    assert {card["publish"] for card in cards} == {"full", "excerpt", "none"}


def test_the_desks_decisions_stand_on_the_cards(harbour: Harbour) -> None:
    minister = harbour.cards["karlis-vitols"]
    assert minister["name"] == "Kārlis Vītols" and "Karlis Vitols" in minister["aliases"]
    assert minister["curated"] == ["name"]
    assert harbour.cards["marta-ozola"]["description"] == "Mayor of Liepāja since 2021"


def test_every_address_is_kept_on_record(harbour: Harbour) -> None:
    listed = yaml.safe_load((harbour.content / "addresses.yml").read_text(encoding="utf-8"))
    made = {f"{FOLDERS[card['type']]}/{id}.html" for id, card in harbour.cards.items()}
    assert listed == sorted(made)


# --- pages


def test_every_card_has_its_page(harbour: Harbour) -> None:
    wanted = {f"{FOLDERS[card['type']]}/{id}.md" for id, card in harbour.cards.items()}
    assert wanted <= set(harbour.pages)


def test_no_link_on_a_page_is_dead(harbour: Harbour) -> None:
    links = 0
    for name, text in harbour.pages.items():
        for target in re.findall(r"\]\(([^)#\s]+\.md)(?:#\w+)?\)", text):
            path = os.path.normpath(os.path.join(os.path.dirname(name), target))
            assert path in harbour.pages, f"{name}: {target}"
            links += 1
    assert links > 100


def test_the_note_of_the_desk_stands_on_the_page(harbour: Harbour) -> None:
    assert "spell the town with its long vowels" in harbour.pages["people/marta-ozola.md"]


def test_of_an_unpublished_article_no_sentence_is_shown_anywhere(harbour: Harbour) -> None:
    words = ("earn more than", "behind a door", "a disgrace", "called it correct")
    (article,) = [a for a in harbour.outcome.articles if a.file == "secret.md"]
    assert all(word in article.text for word in words)
    shown = [(name, word) for name, t in harbour.pages.items() for word in words if word in t]
    assert shown == []
    assert "What the pilots earn" in harbour.pages["articles/what-the-pilots-earn.md"]


def test_of_an_excerpt_only_what_is_quoted_and_its_neighbours_are_shown(harbour: Harbour) -> None:
    everywhere = "\n".join(harbour.pages.values())
    (article,) = [a for a in harbour.outcome.articles if a.file == "mystery.md"]
    for words in ("spent the night", "until the morning", "where it will go", "lemons were sour"):
        assert words in article.text and words not in everywhere
    page = harbour.pages["articles/who-owns-the-grey-ship.md"]
    assert "has read a name on its bow" in page and "She would not say which" in page


def test_a_full_article_keeps_all_its_sentences(harbour: Harbour) -> None:
    (article,) = [a for a in harbour.outcome.articles if a.file == "strike.txt"]
    page = harbour.pages[f"articles/{article.id}.md"]
    assert [f"s{s.number}" for s in article.sentences if f'"s{s.number}"' not in page] == ["s1"]
    assert "{: #s1 }" in page


def test_a_team_may_publish_no_sentence_at_all(harbour: Harbour, tmp_path: Path) -> None:
    settings, _ = load_settings(harbour.config, output=str(tmp_path), publish="none")
    outcome = pipeline.generate(settings)
    pipeline.build_pages(settings, outcome)
    pages = "\n".join(path.read_text("utf-8") for path in tmp_path.glob("pages/**/*.md"))
    for article in outcome.articles:
        if article.publish is None:
            sentences = [article.text[s.start : s.end] for s in article.sentences[1:]]
            assert [sentence for sentence in sentences if sentence in pages] == []
    assert "Marta Ozola" in pages


def test_output_elsewhere_changes_nothing_in_the_project(harbour: Harbour, tmp_path: Path) -> None:
    before = times(harbour.content)
    settings, _ = load_settings(harbour.config, output=str(tmp_path))
    pipeline.build_pages(settings, pipeline.generate(settings))
    assert times(harbour.content) == before
    assert contents(tmp_path / "cards") == contents(harbour.content / "cards")


def test_pages_can_be_made_from_the_cards_alone(harbour: Harbour, tmp_path: Path) -> None:
    shutil.copytree(harbour.config.parent, tmp_path / "copy")
    content = tmp_path / "copy/content"
    shutil.rmtree(content / "articles")
    shutil.rmtree(content / "pages")
    problems = pipeline.build_pages(settings_of(tmp_path / "copy/mkdocs.yml"))
    assert problems == ()
    made = contents(content / "pages")
    assert set(made) == set(harbour.pages)
    assert "mayor of Liepaja" in made["people/marta-ozola.md"].decode()


# --- what stays and what goes


def test_nothing_is_written_where_the_teams_own_files_are(harbour: Harbour) -> None:
    assert {name: contents(harbour.content / name) for name in THEIRS} == harbour.theirs


def test_a_second_run_writes_no_file(harbour: Harbour) -> None:
    before = times(harbour.content), contents(harbour.content)
    outcome, problems = run(harbour.config)
    assert (times(harbour.content), contents(harbour.content)) == before
    assert outcome.changed == () and problems == ()


def test_hash_seed_time_zone_and_locale_change_no_byte(harbour: Harbour, tmp_path: Path) -> None:
    worlds = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8"},
    ]
    for number, world in enumerate(worlds):
        config = make_project(tmp_path / str(number), "harbour")
        for command in ("cards", "pages"):
            in_another_process(config.parent, command, world)
        made = contents(config.parent / "content")
        assert made == contents(harbour.content)


def in_another_process(folder: Path, command: str, world: dict[str, str]) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "SYSTEMROOT") if name in os.environ}
    subprocess.run(
        [sys.executable, "-m", "generator", command],
        cwd=folder, env=kept | world | {"PYTHONPATH": str(REPO)}, check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip


def test_an_article_that_goes_takes_its_cards_and_pages_along(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    run(config)
    content = config.parent / "content"
    (content / "articles/ferry.html").unlink()
    outcome, problems = run(config)
    assert not list(content.glob("cards/*/anders-blom.yml"))
    assert not list(content.glob("cards/articles/ferry-*.yml"))
    assert not list(content.glob("pages/articles/ferry-*.md")) or is_gone_page(content)
    assert "people/anders-blom.html" in (content / "addresses.yml").read_text(encoding="utf-8")
    assert {card.id for card in outcome.knowledge.cards} >= {"marta-ozola", "liepaja"}
    assert problems == ()


def is_gone_page(content: Path) -> bool:
    """Return whether what is left at the old address says no more of the article."""
    (page,) = content.glob("pages/articles/ferry-*.md")
    return "forty thousand passengers" not in page.read_text(encoding="utf-8")


def test_addresses_stay_when_an_article_comes(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    before, _ = run(config)
    article = config.parent / "content/articles/aaa-new.md"
    article.write_text(NEW_ARTICLE, encoding="utf-8")
    after, problems = run(config)
    assert ids(before) <= ids(after)
    assert files(before).items() <= files(after).items()
    assert "orinoco-press" in ids(after) and problems == ()


def test_what_comes_back_comes_back_to_its_address(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    before, _ = run(config)
    article = config.parent / "content/articles/ferry.html"
    data = article.read_bytes()
    article.unlink()
    run(config)
    article.write_bytes(data)
    after, _ = run(config)
    assert (ids(after), files(after)) == (ids(before), files(before))


def test_cards_that_were_lost_are_made_again_as_they_were(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    run(config)
    cards = config.parent / "content/cards"
    before = contents(cards)
    shutil.rmtree(cards)
    run(config)
    assert contents(cards) == before


NEW_ARTICLE = """---
title: Dockers walk out over new rota
published: 2025-06-30
---
Dockers walked out again on Monday. Edgars Berzins, chairman of the Dockers' Union of Latvia, said
Marta Ozola had promised too much. The quarrel was reported by the Orinoco Press.
"""


def ids(outcome: Outcome) -> set[str]:
    return {card.id for card in outcome.knowledge.cards}


def files(outcome: Outcome) -> dict[str, str]:
    return {card.file: card.id for card in outcome.knowledge.articles}


# --- annotate and explain


def test_annotations_hold_what_they_promise(harbour: Harbour) -> None:
    annotations, problems = pipeline.annotations(settings_of(harbour.config))
    found = list(annotations)
    assert problems == ()
    assert [a["file"] for a in found] == sorted(harbour.theirs["articles"])
    for one in found:
        assert list(one) == ["article", "file", "text", "mentions", "dates"]
        for spans in (one["mentions"], one["dates"]):
            ends = [0, *(span["end"] for span in spans)]
            assert all(end <= span["start"] for end, span in zip(ends, spans, strict=False))
            assert all(one["text"][s["start"] : s["end"]] == s["surface"] for s in spans)
        assert all(mention["type"] in ENTITY_TYPES for mention in one["mentions"])
        assert all(harbour.cards[m["entity"]]["type"] == m["type"] for m in one["mentions"])
        assert all(d["value"] is None or edtf.is_valid(d["value"]) for d in one["dates"])


def test_a_newline_parts_sentences_and_two_part_paragraphs(harbour: Harbour) -> None:
    for article in harbour.outcome.articles:
        pairs = zip(article.sentences, article.sentences[1:], strict=False)
        for one, following in pairs:
            gap = article.text[one.end : following.start]
            assert gap == ("\n" if one.paragraph == following.paragraph else "\n\n")
        assert article.sentences[0].start == 0 and article.sentences[-1].end == len(article.text)


@pytest.mark.parametrize("target", ["strike.txt", "content/articles/strike.txt"])
def test_explain_tells_what_was_left_out_of_a_file(harbour: Harbour, target: str) -> None:
    said = pipeline.explain(settings_of(harbour.config), target)
    assert "By Peter Kalns" in said and "byline" in said
    assert "Edgars Berzins" in said and "published: 2025-05-14" in said


def test_explain_tells_why_a_card_is_as_it_is(harbour: Harbour) -> None:
    said = pipeline.explain(settings_of(harbour.config), "marta-ozola")
    assert "Marta Ozola = Ozola" in said and "mayor" in said


def test_explain_knows_nothing_of_strangers(harbour: Harbour) -> None:
    assert pipeline.explain(settings_of(harbour.config), "nobody-here") == ""
