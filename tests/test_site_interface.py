"""The words of the interface: whole in every language, filled in without reading as markup."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markupsafe import Markup

from generator import edtf, lexicons
from generator.pages.all_pages import render_pages
from generator.pages.interface import Interface, load_interface, script_words, translate_labels
from tests import sample

LANGUAGES = sorted(
    path.stem.removeprefix("interface_") for path in lexicons.FOLDER.glob("interface_*.yml")
)
ENGLISH = load_interface("en")


def fields(text: Any) -> set[str]:
    """Return the names that are filled in, in any form of a text."""
    forms = text.values() if isinstance(text, dict) else [text]
    return {name for form in forms for name in re.findall(r"{(\w+)}", form)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_and_fills_in_the_same(language: str) -> None:
    own = lexicons.load(f"interface_{language}")
    keys = {f"{section}.{name}" for section, texts in own.items() for name in texts}
    assert sorted(set(ENGLISH.texts) - keys) == []
    # How a century is counted is grammar.
    for key, text in ((key, text) for key, text in ENGLISH.texts.items() if key != "date.century"):
        assert fields(load_interface(language).texts[key]) == fields(text), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_with_forms_have_one_for_any_number(language: str) -> None:
    texts = load_interface(language).texts
    many = [text for key, text in texts.items() if isinstance(text, dict) and "n" in fields(text)]
    assert many and all("other" in text for text in many)


def test_a_number_chooses_its_form() -> None:
    assert ENGLISH("count.article", n=1) == "1 article"
    assert ENGLISH("count.article", n=0) == "0 articles"
    assert load_interface("de")("count.sentence", n=2) == "2 Sätze"
    polish = Interface(
        "pl", {"x.y": {"one": "{n} plik", "few": "{n} pliki", "other": "{n} plików"}}
    )
    assert [polish("x.y", n=n) for n in (1, 3, 7)] == ["1 plik", "3 pliki", "7 plików"]


def test_what_is_filled_in_is_text_and_never_markup() -> None:
    shown = ENGLISH("common.saved_on", date="*<b>{x}*")
    assert isinstance(shown, Markup) and not set("*<{") & set(shown)
    assert ENGLISH("common.saved_on", date=Markup("**now**")) == "saved on **now**"


def test_a_regional_language_is_its_language_and_an_unknown_one_english() -> None:
    assert load_interface("de-AT").language == "de"
    assert load_interface("xx").language == "en"
    assert load_interface("xx")("shell.search") == "Search"


def test_kinds_and_properties_are_named_in_the_language() -> None:
    labels = translate_labels(sample.LABELS, load_interface("de"))
    assert labels.types["person"].plural == "Personen"
    assert labels.types["person"].folder == "people"
    assert labels.properties["part_of"].other_end == "Teile"
    assert labels.properties["accused_of"] == sample.LABELS.properties["accused_of"]
    assert translate_labels(sample.LABELS, ENGLISH) is sample.LABELS


def test_scripts_get_their_words_as_a_script() -> None:
    text = script_words(load_interface("de"))
    assert text.startswith("window.cardfile = ") and '"none": "Nichts gefunden"' in text


# Long enough to be no name of a column or a file.
SENTENCE = 10


def test_german_pages_of_every_kind_say_nothing_in_english(tmp_path: Path) -> None:
    german = load_interface("de")
    settings = replace(sample.sample_settings(tmp_path), language="de")
    knowledge, texts = sample.sample_knowledge("full"), sample.sample_texts()
    pages = render_pages(knowledge, texts, sample.NOTES, sample.DECISIONS, settings, sample.LABELS)
    said = {
        form
        for key, text in ENGLISH.texts.items()
        if german.texts[key] != text
        for form in (text.values() if isinstance(text, dict) else [text])
        if len(form) >= SENTENCE and "{" not in form
    }
    english = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(said)))})(?![\w-])")
    kinds = {uri.partition("/")[0] for uri in pages if uri.endswith(".md")}
    assert len(kinds) > 12
    for uri, page in pages.items():
        if uri.endswith(".md"):
            assert not english.search(page), uri
    assert "4&#46; Juni 2025" in pages["people/sergei-shoigu.md"]
    assert "Nichts gefunden" in pages["assets/words.js"]


def test_dates_are_said_in_the_language_of_the_pages() -> None:
    dates = ("2025-06-04", "2025-06?", "2012-22", "2024-05/2024-08", "../2024", "199X", "19XX")
    with edtf.said_in("de"):
        said = [edtf.label(date) for date in dates]
    assert said == ["4. Juni 2025", "Juni 2025 (erschlossen)", "Sommer 2012", "Mai–August 2024",
                    "bis 2024", "1990er", "20. Jahrhundert"]  # fmt: skip
    assert edtf.label("2025-06-04") == "4 June 2025"
