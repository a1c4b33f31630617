"""Characters nobody sees are shown for what they are, and change no name, quote or search."""

from __future__ import annotations

import random
import re
import time
import unicodedata
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from generator import names, unseen
from generator.exports.texts import clean as clean_export
from generator.model import Article, ArticleCard, Knowledge, Limits, Problem, Settings
from generator.pages.all_pages import render_pages
from generator.pages.escape import clean, html_title, note_markdown
from generator.read import read_folder
from generator.read.decoding import decode
from generator.site.policy import clean_content
from tests import sample

CASES = Path(__file__).parent / "cases" / "unicode"
# Every one of a kind that only deceives between Latin letters.
DECEIVING = [
    *(chr(code) for code in range(0x202A, 0x202F)),
    *(chr(code) for code in range(0x2066, 0x206A)),
    *"\u034f\u061c\u115f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\u3164",
    *"\ufe00\ufe0f\ufeff\uffa0\ufff9\U000e0001\U000e0041\U000e007f\U000e0100\U000e01ef\U0001d173",
]


def cases() -> list[tuple[str, str, str]]:
    lines = (CASES / "unseen.txt").read_text(encoding="utf-8").splitlines()
    rows = [re.split(r" \| ", line) for line in lines if line and not re.match("#+ ", line)]
    return [(_unescaped(text), _unescaped(kept), told) for text, kept, told in rows]


def _unescaped(text: str) -> str:
    return text.encode("latin-1", "backslashreplace").decode("unicode-escape")


def _told(text: str) -> str:
    mark = "!" if unseen.deceptions(text) else ""
    return mark + " + ".join(unseen.label(run) for _, run in unseen.find(text)) or "-"


@pytest.mark.parametrize(("text", "kept", "told"), cases(), ids=[ascii(c[0]) for c in cases()])
def test_what_is_kept_and_what_is_told(text: str, kept: str, told: str) -> None:
    assert (unseen.strip(text), _told(text)) == (kept, told)
    assert unseen.strip(kept) == kept and unseen.find(kept) == []


@pytest.mark.parametrize("char", DECEIVING, ids=lambda char: f"U+{ord(char):04X}")
def test_no_name_page_or_export_has_any(char: str) -> None:
    text = f"Ser{char}gei Shoi{char}gu"
    assert decode(text.encode()) == "Sergei Shoigu"
    assert names.key(text) == "sergei shoigu" and names.slug(text) == "sergei-shoigu"
    assert clean(text) == html_title(text) == clean_export(text) == "Sergei Shoigu"
    assert str(note_markdown(text)) == "Sergei Shoigu"
    assert [run for _, run in unseen.find(text)] == [char, char]


def test_anything_put_in_anywhere_is_found_where_it_was() -> None:
    dice = random.Random(17)
    line = "The mayor of Liepāja, Jānis Bērziņš (52), opened the café on the quay."
    for _ in range(500):
        places = sorted(dice.sample(range(1, len(line)), 4))
        runs = ["".join(dice.choices(DECEIVING[:20], k=dice.randint(1, 3))) for _ in places]
        text, at = "", 0
        for place, run in zip(places, runs, strict=True):
            text, at = text + line[at:place] + run, place
        text += line[at:]
        assert unseen.strip(text) == line
        assert unseen.find(text) == list(zip(places, runs, strict=True))


MANY = 50_000


@pytest.mark.parametrize("text", ["a\u200b", "\u202e", "\u0301\u0323", "क\u200d\u200d"], ids=ascii)
def test_many_of_them_cost_no_more_than_as_many_letters(text: str) -> None:
    text = "e" + text * MANY
    began = time.process_time()
    kept = decode(text.encode()) or ""
    unseen.find(text)
    unseen.deceptions(text)
    assert time.process_time() - began < 8
    assert len(kept) <= MANY * 2 + 31


def test_a_tower_of_marks_is_cut_and_a_language_never() -> None:
    tower = clean("T" + "\u0301\u0323" * 50 + "he")
    assert (
        sum(unicodedata.combining(char) > 0 for char in unicodedata.normalize("NFD", tower)) <= 30
    )
    for word in ("Tiếng Việt", "נִקּוּד הַמִּקְרָא", "རྒྱལ་རྩེ", "हिन्दी", "Ǖ̂́"):
        assert clean(word) == unicodedata.normalize("NFC", word)


# --- articles and their pages

PARAGRAPHS = (
    "Mayor Marta O\u200bzola of Liepāja spoke on \u202eFriday\u202c about the har\u2060bour. She "
    "said that the bridge over the canal would open in May.",
    "The harbour master, Jānis Kalniņš, praised Marta Ozola for it on the quay (علي الأحمد\u200f). "
    "Nobody else said a word about the \U000e0061bridge, and the guests went home.",
)
TITLE = "Mayor O\u200bzola opens \u2067bridge\u2069"
FILES = {
    "a.txt": "{title}\n\n{one}\n\n{two}\n",
    "b.md": '---\ntitle: "{title}"\nsource: The \u202ePost\n---\n\n{one}\n\n{two}\n',
    "c.html": "<!doctype html><html><head><title>{title}</title></head><body><article>"
    "<h1>{title}</h1><p>{one}</p><p>{two}</p></article></body></html>",
}


def written(name: str, coded: bool) -> str:
    """Return a file of this name; `coded` writes what nobody sees as the format's own code."""
    values = [TITLE, *PARAGRAPHS]
    if coded:
        hidden = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\U000e0000-\U000e007f]")
        # Front matter knows no such codes.
        for index in range(name.endswith(".md"), len(values)):
            values[index] = hidden.sub(lambda m: f"&#x{ord(m[0]):x};", values[index])
    return FILES[name].format(title=values[0], one=values[1], two=values[2])


def read(folder: Path, name: str, text: str) -> tuple[Article, tuple[Problem, ...]]:
    (folder / name).write_text(text, encoding="utf-8")
    (article,), problems = read_folder(folder, limits=Limits(), taken={})
    return article, problems


VARIANTS = [("a.txt", False), ("b.md", False), ("b.md", True), ("c.html", False), ("c.html", True)]


@pytest.mark.parametrize(("name", "coded"), VARIANTS)
def test_the_kept_text_is_that_of_an_honest_file(tmp_path: Path, name: str, coded: bool) -> None:
    article, problems = read(tmp_path, name, written(name, coded))
    honest, none = read(tmp_path, name, unseen.strip(written(name, False)))
    assert (article.title, article.text, article.source) == (
        honest.title, honest.text, honest.source,
    )  # fmt: skip
    assert none == () and honest.unseen == ()
    assert {problem.file for problem in problems} == {name}
    assert all(problem.line and not problem.fatal for problem in problems)
    told = " ".join(problem.what for problem in problems)
    for char in "\u200b\u202e\u2060\u2067\U000e0061":
        assert unseen.label(char) in told


@pytest.mark.parametrize(("name", "coded"), VARIANTS)
def test_every_mark_stands_where_the_file_has_it(tmp_path: Path, name: str, coded: bool) -> None:
    article, _ = read(tmp_path, name, written(name, coded))
    shown = article.text
    for mark in reversed(article.unseen):
        shown = shown[: mark.offset] + mark.chars + shown[mark.offset :]
    for original in (TITLE, *PARAGRAPHS):
        without_layout = original.replace("\u200f", "")
        assert " ".join(without_layout.split()) in " ".join(shown.split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text, self.marks = "", list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("class") == "cf-unseen":
            self.marks.append(told["title"] or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def pages_of(article: Article, settings: Settings) -> dict[str, str]:
    card = ArticleCard(article.id, article.file, article.title, publish="full")
    knowledge = Knowledge((), (card,))
    return render_pages(knowledge, {article.id: article}, {}, (), settings, sample.LABELS)


@pytest.mark.parametrize(("name", "coded"), VARIANTS)
def test_a_page_shows_what_its_text_does_not_hold(tmp_path: Path, name: str, coded: bool) -> None:
    article, _ = read(tmp_path, name, written(name, coded))
    pages = pages_of(article, sample.sample_settings(tmp_path))
    page = pages[f"articles/{article.id}.md"]
    body = page.split("\n---\n", 1)[1]
    html = markdown.markdown(body, extensions=["attr_list", "md_in_html", "def_list", "tables"])
    reader = _Reader()
    reader.feed(clean_content(html))
    seen = " ".join(reader.text.split())
    for sentence in article.sentences:
        words = article.text[sentence.start : sentence.end]
        assert " ".join(words.split()) in seen
    assert sorted(reader.marks) == sorted(unseen.label(mark.chars) for mark in article.unseen)
    assert len(reader.marks) == 8
    # The title in the browser's tab, the index of the search and the feeds are plain.
    for uri, text in pages.items():
        assert not set(DECEIVING) & set(text), uri
    assert "cf-unseen" not in page.split("\n---\n", 1)[0]


def test_an_article_of_nothing_else_is_bounded(tmp_path: Path) -> None:
    words = " ".join(f"wo\u200brd{number % 97} and" for number in range(8_000))
    began = time.process_time()
    article, problems = read(tmp_path, "a.txt", f"A title of some words\n\n{words}.\n")
    assert len(article.unseen) == 1_000 and len(problems) == 1
    assert time.process_time() - began < 20


@pytest.mark.parametrize("repeated", [2_000])
def test_lines_that_are_nowhere_kept_cost_little(tmp_path: Path, repeated: int) -> None:
    text = "The mayor opened the bridge on Friday and went home with his daughter after noon. " * 60
    odd = "\n\n".join(f"Share th\u200bis {number} now" for number in range(repeated))
    began = time.process_time()
    read(tmp_path, "a.txt", f"A title of some words\n\n{text}\n\n{odd}\n")
    assert time.process_time() - began < 20
