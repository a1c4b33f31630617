"""Texts made to cost time are built, or refused with a reason, in time that grows as they do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from generator.extract import extract
from generator.extract.crowds import without_crowds
from generator.model import Article, Extraction, Limits, Mention, Sentence
from generator.read import read_page
from generator.read.articles import lay_out
from generator.read.bounds import blank_long_lines
from generator.read.pages import Line, RawPage
from generator.resolve.locals import find_locals
from tests.blowups import OPENING, blowups, word
from tests.torture.blowups import KB, Bench, guarded

# Each was many times slower once, or ended the build.
CHOSEN = (
    "txt marks (", "txt words Aa·", "txt words Kim·Jong-un·", "txt nested “", "txt marks >",
    "txt fresh Mr.·%w·", "txt fresh (%n)·", "txt code json", "txt lines By·Jane·Doe\\n",
    "md marks ![", "html tags <div>", "md front matter flow lists", "curation/a.yml aliases",
    "cards/people/a.yml block lists", "note marks [",
)  # fmt: skip
HARD_LIMIT = 20  # seconds of processor time: what grows with the square takes minutes


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    yield Bench(tmp_path_factory.mktemp("bench"))


def test_twenty_kilobytes_are_built_or_refused(bench: Bench) -> None:
    known = {blowup.name: blowup for blowup in blowups()}
    made = [bench.run(name, guarded(known[name].content(20 * KB))) for name in CHOSEN]
    assert [run for run in made if run.fault or run.seconds > HARD_LIMIT] == []
    refused = {run.name: run.problems[0] for run in made if run.problems}
    assert "limits.names_per_article" in refused["txt fresh Mr.·%w·"]
    assert "a.md:2: front matter: nested too deeply" in refused["md front matter flow lists"]
    assert "aliases" in refused["curation/a.yml aliases"]


def test_what_is_too_long_is_refused_at_once(bench: Bench, tmp_path: Path) -> None:
    big = tmp_path / "big.txt"
    with big.open("wb") as file:
        file.truncate(100_000 * KB)
    runs = [
        bench.run("a file of 100 MB", {"articles/a.txt": big}),
        bench.run("a line of 9 MB", {"articles/a.txt": f"{OPENING}\n\n{'word ' * 1_800_000}"}),
    ]
    assert [run for run in runs if run.fault or run.seconds > HARD_LIMIT] == []
    assert ["limits.file_bytes" in run.problems[0] for run in runs] == [True, False]
    assert any("a.txt:3: a line or paragraph of over 200,000" in p for p in runs[1].problems)
    assert max(run.memory for run in runs) < 300 * KB * KB


# --- the limits one by one


def page_of(folder: Path, name: str, text: str, **limits: int) -> RawPage | str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    page = read_page(path, name, replace(Limits(), **limits))
    return page if isinstance(page, RawPage) else str(page)


@pytest.mark.parametrize(
    ("name", "layout"), [("a.txt", "{}\n\n{}\n"), ("a.md", "{}\n\n{}\n"), ("a.html", "<p>{}<p>{}")]
)
def test_a_long_line_is_left_out_and_said(tmp_path: Path, name: str, layout: str) -> None:
    text = layout.format(OPENING, "the ice was thick and " * 20)
    page = page_of(tmp_path, name, text, line_chars=300)
    assert isinstance(page, RawPage)
    assert [line.text for line in page.lines] == [OPENING.strip()]
    (problem,) = page.problems
    assert "limits.line_chars" in problem.todo and problem.line in (1, 3)
    assert any(dropped.text.startswith("the ice") for dropped in page.dropped)


def test_a_long_text_is_refused(tmp_path: Path) -> None:
    said = page_of(tmp_path, "a.txt", f"{OPENING}\n\n" * 9, article_chars=1_000)
    assert isinstance(said, str) and "limits.article_chars" in said


def test_long_fields_are_cut_and_said(tmp_path: Path) -> None:
    front = f"---\ntitle: {'ice ' * 20}\nurl: https://a.example/{'b' * 50}\n---\n"
    page = page_of(tmp_path, "a.md", front + OPENING, field_chars=40)
    assert isinstance(page, RawPage)
    assert (len(page.lines[0].text), len(page.meta.title or ""), page.meta.url) == (40, 40, None)
    assert ["limits.field_chars" in problem.todo for problem in page.problems] == [True, True]


def test_lines_within_the_limit_are_left_as_they_are() -> None:
    assert blank_long_lines("a\nbb\n", replace(Limits(), line_chars=2)) == ("a\nbb\n", ())
    assert blank_long_lines("a\nbbb\nc", replace(Limits(), line_chars=2))[0] == "a\n\nc"


def test_a_sentence_without_an_end_is_cut_at_a_space() -> None:
    text, sentences = lay_out((Line(1, "ice " * 50),), 30)
    pieces = [text[s.start : s.end] for s in sentences]
    assert text.split() == ["ice"] * 50
    assert all(piece == piece.strip() and len(piece) <= 30 for piece in pieces)


def test_what_an_html_parser_leaves_unread_is_said(tmp_path: Path) -> None:
    page = page_of(tmp_path, "a.html", f"<p>{OPENING}</p>\n{'<div>' * 300}<p>{OPENING}")
    assert isinstance(page, RawPage)
    assert [(problem.line, "256" in problem.what) for problem in page.problems] == [(2, True)]


def test_an_article_of_too_many_names_is_refused() -> None:
    few, many = named("a", 3), named("b", 4)
    articles, extractions, problems = without_crowds(
        [article("a"), article("b")], [few, many], replace(Limits(), names_per_article=3)
    )
    assert ([a.id for a in articles], extractions) == (["a"], (few,))
    assert [(p.file, "limits.names_per_article" in p.todo) for p in problems] == [("b.txt", True)]


def test_a_surname_repeated_for_ever_is_resolved() -> None:
    """Each mention was once resolved through the one before it, back to the first."""
    surfaces = ["Ann Kim", "Bo Kim", *["Kim"] * 3_000]
    mentions = tuple(
        Mention(20 * n, 20 * n + len(name), name, "person", 3 * n + 1, "test")
        for n, name in enumerate(surfaces)
    )
    text = "".join(name.ljust(20) for name in surfaces)
    locals_ = find_locals(Extraction("a", mentions, (), (), text))
    assert sorted(len(local.mentions) for local in locals_) == [1, 3_001]


@pytest.mark.parametrize(
    "text", ["{} people were hurt.", "{} years ago Ann Lee left.", "Ann Lee, {}."]
)
def test_a_number_of_thousands_of_digits_is_text_like_any_other(text: str) -> None:
    text, sentences = lay_out((Line(1, text.format("9" * 5_000)),), 10_000)
    found = extract(Article("a", "a.txt", "Ice", text, sentences))
    assert [statement.value for statement in found.statements] == []


def article(id: str) -> Article:
    return Article(id, f"{id}.txt", "Ice", "Ice", (Sentence(1, 0, 3, 1),))


def named(id: str, count: int) -> Extraction:
    mentions = (Mention(n, n + 4, word(n), "person", 1, "test") for n in range(count))
    return Extraction(id, tuple(mentions), (), ())
