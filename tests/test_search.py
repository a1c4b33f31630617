"""The index of the search: what is found by which words, and what must not be in it."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from generator.model import Publish
from generator.pages.catalog import Catalog, build_catalog
from generator.pages.search_index import search_files
from generator.pages.search_names import COMMON, all_names, name_lines, ranked_cards
from generator.pages.search_shards import base36, browser_order, gaps, script, sorted_shards
from generator.pages.search_texts import text_rows, word_lines
from generator.pages.search_words import words
from tests import sample
from tests.generated_site import generate


def catalog(publish: Publish = "full") -> Catalog:
    texts = sample.sample_texts()
    return build_catalog(sample.sample_knowledge(publish), texts, sample.LABELS, sample.DECISIONS)


def read(files: dict[str, str], name: str) -> Any:
    """Return what a script hands to the page."""
    match = re.fullmatch(r'cardfile\.put\("([^"]+)",(.*)\)\n', files[f"{name}.js"])
    assert match and match[1] == name
    return json.loads(match[2])


def steps(text: str) -> list[int]:
    """Return the numbers that `gaps` wrote, read as the browser reads them."""
    number, found = 0, []
    for step in re.findall("[a-z]*[A-Z]", text):
        value = 0
        for letter in step:
            value = value * 26 + int(letter, 36) - 10
        number += value
        found.append(number)
    return found


# --- words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kim Jong-un", "kim jong un"),
        ("Łódź, Straße & Æsop", "lodz strasse aesop"),
        ("Сергей Шойгу, Ёлкин", "сергеи шоигу елкин"),
        ("김정은", "김정은"),
        ("\u1100\u1175\u11b7", "김"),
        ("金正恩", "金正 正恩"),
        ("金", "金"),
        ("Tokyo東京タワー2020", "tokyo 東京 京タ タワ ワー 2020"),
        ("أحمد عَلِيّ کریم", "احمد علي كريم"),
        ("İstanbul ΟΔΥΣΣΕΥΣ", "istanbul οδυσσευσ"),
        ("U.S. «Grad-7» x²", "u s grad 7 x2"),
        ("soft\u00adhyphen zero\u200bwidth", "softhyphen zerowidth"),
        ("…!?", ""),
    ],
)
def test_words_are_folded(text: str, expected: str) -> None:
    assert words(text) == expected.split()


# --- files


def test_a_script_holds_nothing_that_could_end_it() -> None:
    text = script("search/x", "</script><!-- & \u2028 김")
    assert "<" not in text and "&" not in text and "\u2028" not in text
    assert read({"search/x.js": text}, "search/x") == "</script><!-- & \u2028 김"


def test_numbers_are_written_as_steps() -> None:
    numbers = [0, 1, 25, 26, 27, 702, 20_000, 900_000]
    assert steps(gaps(numbers)) == numbers
    assert [int(base36(number), 36) for number in numbers] == numbers


def test_lists_are_cut_into_files_whose_first_keys_are_known() -> None:
    entries = {f"word{number:04d}": "x" * 20 for number in range(1000)}
    files, starts = sorted_shards("names", entries, 1000)
    assert len(files) == len(starts) > 20
    lines = [read(files, f"search/names/{n}").split("\n") for n in range(len(starts))]
    assert [some[0].partition("\t")[0] for some in lines] == starts
    assert [line.partition("\t")[0] for some in lines for line in some] == sorted(entries)
    assert max(len(text) for text in files.values()) < 1150


def test_keys_are_in_the_order_of_javascript() -> None:
    # Beyond the first plane, its strings are compared by halves of characters.
    assert sorted(["\uff21", "\U00020000", "a"], key=browser_order) == ["a", "\U00020000", "\uff21"]


def test_same_input_same_bytes() -> None:
    first, second = search_files(catalog()), search_files(catalog())
    assert list(first.items()) == list(second.items())


# --- names


def test_every_word_of_every_name_leads_to_its_card() -> None:
    base = catalog()
    cards = ranked_cards(base)
    lines, common = name_lines(base, cards)
    assert common == []
    for number, card in enumerate(cards):
        for place, name in enumerate(all_names(base, card)):
            entry = f"{base36(number)}{f'.{place}' if place else ''} {' '.join(words(name))}"
            for word in words(name):
                assert entry in [said[1:] for said in lines[word].split("\t")], (name, word)


def test_former_addresses_and_parted_words_are_names_too() -> None:
    base = catalog()
    assert "Sergey Shoigu" in all_names(base, base.cards["sergei-shoigu"])
    lines, _ = name_lines(base, ranked_cards(base))
    assert "kim jong un" in lines["jongun"] and "grad 7" in lines["grad7"]


def test_common_words_and_first_letters_have_short_lines() -> None:
    knowledge, texts = generate(2500)
    base = build_catalog(knowledge, texts, sample.LABELS)
    lines, common = name_lines(base, ranked_cards(base))
    assert "of" in common
    assert all(line.count("\t") < COMMON for line in lines.values())
    # The browser looks under `k*` for all names that begin so, unless there is no such line.
    assert "k*" in lines and "kim*" not in lines


# --- texts


def test_headlines_then_claims_then_other_sentences() -> None:
    rows = text_rows(catalog())
    assert [row.sentence for row in rows.rows[: rows.titles]] == [0, 0, 0]
    claiming, plain = rows.rows[rows.titles : rows.claims], rows.rows[rows.claims :]
    assert all(row.claims for row in claiming) and not any(row.claims for row in plain)
    assert "Sergei Shoigu · Position: Secretary, Russian Security Council" in claiming[0].claims
    assert all(row.sentence > 1 for row in plain)


def test_a_sentence_is_found_by_its_words_and_by_those_of_its_claim() -> None:
    rows = text_rows(catalog()).rows
    lines = word_lines(rows)
    assert {rows[n].sentence for n in steps(lines["sappers"])} == {6, 7}
    assert any("represented" in rows[n].text for n in steps(lines["russian"]))


def test_what_is_withheld_is_not_in_the_index() -> None:
    files = " ".join(search_files(catalog()).values())
    assert "Accused" not in files and "nothing that is proved" not in files


def test_of_an_article_that_must_not_be_quoted_only_the_title_is_there() -> None:
    files = search_files(catalog("none"))
    text = " ".join(files.values())
    assert "Security chief lands in Pyongyang" in text and "Courier of the North" in text
    for secret in ("thousand", "sappers", "thanked", "arrived", "represented"):
        assert secret not in text
    assert not any(name.startswith("search/rows/") for name in files)


def test_of_an_excerpt_only_what_may_be_quoted_is_there() -> None:
    base = catalog("excerpt")
    rows = text_rows(base)
    ids = [article.id for article in rows.articles]
    shown = {(ids[row.article], row.sentence) for row in rows.rows if row.sentence}
    assert shown == {
        place for place in base.words if place[1] in base.quotable[place[0]] and place[1] != 1
    }
    text = " ".join(search_files(base).values())
    assert "sappers" in text and "money" not in text and "second" not in text


# --- size


@pytest.mark.parametrize("pages", [600, 2500])
def test_the_index_is_small(pages: int) -> None:
    knowledge, texts = generate(pages)
    files = search_files(build_catalog(knowledge, texts, sample.LABELS))
    assert sum(len(text.encode()) for text in files.values()) <= 1000 * pages
    assert len(files["search/meta.js"].encode()) <= 5_000
    assert max(len(text.encode()) for text in files.values()) <= 60_000
