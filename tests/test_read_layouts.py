"""Pages of very different sites as somebody saved them: each line is kept as what it is, or not.

A case is the page with a mark before each line: H headline, C caption, h heading, T text,
K kept as whatever, - left out, ~ either. Above `---` stands what is known of the article;
what does not stand there must not be claimed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from generator.model import Article, Limits
from generator.read import read_folder

LAYOUTS = Path(__file__).parent / "cases" / "read" / "layouts"
NAMES = sorted(path.name for path in LAYOUTS.glob("*.txt"))
FIELDS = ("section", "source", "author", "published", "page_date")
MARKS = {"headline": "H", "caption": "C", "heading": "h", "text": "T"}
# What the program says of a line, and which marks of a case that satisfies.
FITTING = {"H": "H", "C": "CK~", "h": "hK~", "T": "TK~", "-": "-~"}


def load(name: str) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Return a case: its fields, and its lines each with a mark; blank lines have none."""
    header, _, page = (LAYOUTS / name).read_text(encoding="utf-8").partition("---\n")
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    return fields, [(line[:1], line[2:]) for line in page.splitlines()]


def read_lines(lines: list[tuple[str, str]], folder: Path) -> Article:
    (folder / "page.txt").write_text("\n".join(text for _, text in lines), encoding="utf-8")
    articles, problems = read_folder(folder, limits=Limits(), taken={})
    assert not problems
    return articles[0]


def kept_lines(article: Article) -> list[tuple[str, str]]:
    """Return each paragraph of an article on one line, with the mark of its role."""
    paragraphs: dict[int, list[str]] = {}
    marks: dict[int, str] = {}
    for s in article.sentences:
        paragraphs.setdefault(s.paragraph, []).append(article.text[s.start : s.end])
        marks[s.paragraph] = MARKS[s.role]
    return [(marks[number], " ".join(parts)) for number, parts in paragraphs.items()]


def compare(lines: list[tuple[str, str]], article: Article) -> list[str]:
    """Return the lines that were not read as the case says, in the order of the page."""
    kept, wrong = kept_lines(article), []
    for mark, text in lines:
        bare = text.removeprefix("- ")
        here = bool(kept) and kept[0][1] == bare
        found = kept.pop(0)[0] if here else "-"
        if text and mark not in FITTING[found]:
            wrong.append(f"{mark} but {found}: {text}")
    return wrong + [f"not in the page: {text}" for _, text in kept]


@pytest.mark.parametrize("name", NAMES)
def test_a_saved_page_keeps_its_article_and_leaves_the_rest(name: str, tmp_path: Path) -> None:
    fields, lines = load(name)
    article = read_lines(lines, tmp_path)
    assert compare(lines, article) == []
    assert {f: getattr(article, f) for f in FIELDS} == {f: fields.get(f) for f in FIELDS}
    assert all(dropped.reason for dropped in article.dropped)


def test_a_saved_page_reads_the_same_among_the_others(tmp_path: Path) -> None:
    for name in NAMES:
        page = "\n".join(text for _, text in load(name)[1])
        (tmp_path / name).write_text(page, encoding="utf-8")
    articles, problems = read_folder(tmp_path, limits=Limits(), taken={})
    assert not problems
    assert [article.file for article in articles] == NAMES
    for article in articles:
        assert compare(load(article.file)[1], article) == []


MARKUP = LAYOUTS.parent / "markup"


@pytest.mark.parametrize("name", sorted(path.stem for path in MARKUP.glob("*.html")))
def test_odd_markup_gives_the_article_its_reader_sees(name: str, tmp_path: Path) -> None:
    header, _, page = (MARKUP / f"{name}.expected").read_text(encoding="utf-8").partition("---\n")
    fields = dict(line.split(": ", 1) for line in header.splitlines())
    lines = [(line[0], line[2:]) for line in page.splitlines()]
    shutil.copy(MARKUP / f"{name}.html", tmp_path)
    (article,), problems = read_folder(tmp_path, limits=Limits(), taken={})
    assert not problems
    assert compare([line for line in lines if line[0] != "-"], article) == []
    assert {f: getattr(article, f) for f in FIELDS} == {f: fields.get(f) for f in FIELDS}
    for _, words in (line for line in lines if line[0] == "-"):
        assert any(words in dropped.text for dropped in article.dropped)
