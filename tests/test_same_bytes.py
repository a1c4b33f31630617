"""Same input, same bytes, whatever the machine; and folders whose files no machine should trust."""

from __future__ import annotations

import os
import re
import socket
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cards import card_files
from generator.files import sync_folder
from generator.model import Article, ArticleCard, Knowledge, Limits, Problem
from generator.names import RESERVED
from generator.pages.escape import clean
from generator.pipeline import read_decisions, read_notes
from generator.read import folders, read_folder
from tests import torture
from tests.projects import CONFIG, settings_of
from tests.torture import bytes as machines

TEXT = """\
{title}

Marta Ozola, mayor of {town}, opened the new bridge of {town} on Friday. She said in {town} that
nobody would have to pay for crossing it, and that the old one of {town} would be taken
down within a year.
"""


def write(path: Path, title: str = "A bridge for the town", town: str = "Riga") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEXT.format(title=title, town=town), encoding="utf-8")


def read(folder: Path) -> tuple[tuple[Article, ...], list[Problem]]:
    articles, problems = read_folder(folder, limits=Limits(), taken={})
    return articles, list(problems)


def test_not_one_byte_tells_the_machine(tmp_path: Path) -> None:
    missed = [figure for figure in machines.figures(tmp_path, False) if not figure.held]
    assert missed == []


def test_a_difference_of_one_byte_or_mode_is_seen() -> None:
    first = machines.Made({"a": (b"x", 0o644), "b": (b"y", 0o644)}, (), 0)
    other = machines.Made({"a": (b"X", 0o644), "b": (b"y", 0o600), "c": (b"", 0o644)}, (), 0)
    found = list(machines.differences(machines.Machine("m"), first, other))
    assert found == ["a (m)", "b (m)", "c (m)"]
    assert torture.Figure("n", "0", "1", False).held is False


# --- names


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_file_has_its_composed_name_however_it_is_stored(tmp_path: Path, form: str) -> None:
    name = "Žižkov/Přerov – 서울.txt"
    write(tmp_path / unicodedata.normalize(form, name))  # type: ignore[arg-type]
    articles, problems = read(tmp_path)
    assert [article.file for article in articles] == [unicodedata.normalize("NFC", name)]
    assert problems == []


def test_an_article_keeps_its_id_when_a_mac_has_decomposed_its_name(tmp_path: Path) -> None:
    write(tmp_path / unicodedata.normalize("NFD", "café.txt"))
    for form in ("NFC", "NFD"):
        taken = {unicodedata.normalize(form, "café.txt"): "once-published"}
        (article,), _ = read_folder(tmp_path, limits=Limits(), taken=taken)
        assert article.id == "once-published"


def test_of_two_names_that_differ_in_accents_stored_one_is_read(tmp_path: Path) -> None:
    write(tmp_path / unicodedata.normalize("NFD", "café.txt"), "The decomposed one is left out")
    write(tmp_path / unicodedata.normalize("NFC", "café.txt"), "The composed one is read here")
    (article,), (problem,) = read(tmp_path)
    assert article.title == "The composed one is read here"
    assert problem.file == "café.txt" and "Mac" in problem.todo


def test_names_that_differ_in_capitals_only_are_named_once(tmp_path: Path) -> None:
    for number, name in enumerate(("News/a.txt", "News/b.txt", "news/c.txt", "x.txt", "X.TXT")):
        write(tmp_path / name, f"Story number {number} of the day", f"Town{number}")
    articles, problems = read(tmp_path)
    assert len(articles) == 5
    assert [str(problem) for problem in problems] == [
        f"{name}: its name differs from {other} in capital letters only: rename one of them: a "
        "Mac or Windows keeps only one of the two"
        for name, other in (("news", "News"), ("x.txt", "X.TXT"))
    ]


READ = [
    "-rf.txt", "a..b...txt", "'quoted' & \"twice\".txt", "<img src=x onerror=alert(1)>.md",
    "{{ config }}.txt", "a;b|c`d`.txt", "trailing dot..txt", " leading space.txt", "😀👩‍🚀.txt",
    "CON.txt", "aux.md", "percent%2e%2e%2f.txt", "x" * 251 + ".txt", "ﬁne ſhop.txt", "a\\b.txt",
    "#hash?query.txt", "ﷺ.txt", "%s %(a)s {0}.txt",
]  # fmt: skip
REFUSED = ["new\nline.txt", "bell\x07.txt", "sep\u2028arator.txt", "c1\x9b31m.md"]


def test_any_name_that_can_be_printed_gives_a_card(tmp_path: Path) -> None:
    for number, name in enumerate(READ):
        town = f"Town{chr(97 + number)}burg"
        write(tmp_path / "articles" / name, f"The bridge of {town} opens", town)
    articles, problems = read(tmp_path / "articles")
    assert [article.file for article in articles] == sorted(
        unicodedata.normalize("NFC", name) for name in READ
    )
    assert problems == []
    assert all(re.fullmatch("[a-z0-9-]+", article.id) for article in articles)
    assert not RESERVED & {article.id for article in articles}
    cards = sorted((ArticleCard(a.id, a.file, a.title) for a in articles), key=lambda c: c.id)
    knowledge = Knowledge((), tuple(cards))
    sync_folder(tmp_path / "cards", card_files.card_texts(knowledge), suffixes=(".yml",))
    assert card_files.read_cards(tmp_path / "cards") == (knowledge, ())


@pytest.mark.parametrize("name", REFUSED)
def test_a_name_that_can_not_be_printed_is_refused_in_print(tmp_path: Path, name: str) -> None:
    write(tmp_path / name)
    assert read(tmp_path)[0] == ()
    (problem,) = read(tmp_path)[1]
    assert "its name" in problem.what and str(problem).isprintable()


def test_a_name_of_bytes_that_are_no_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path / "good.txt")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")).write_bytes(b"text")
    articles, (problem,) = read(tmp_path)
    assert [article.file for article in articles] == ["good.txt"]
    assert problem.file == "caf\\xe9.txt"


def test_a_name_that_reads_otherwise_than_it_is_is_named(tmp_path: Path) -> None:
    write(tmp_path / "report\u202efdp.txt")
    articles, (problem,) = read(tmp_path)
    assert len(articles) == 1
    assert problem.what == "its name holds U+202E right-to-left override"
    assert clean(articles[0].file) == "reportfdp.txt"


# --- what is no file of the folder


def _link_out(folder: Path) -> None:
    write(folder.parent / "secret.txt", "A secret that nobody may read")
    (folder / "x.md").symlink_to(folder.parent / "secret.txt")


def _link_to_folder(folder: Path) -> None:
    write(folder / "_kept" / "y.txt")
    (folder / "x.md").symlink_to(folder / "_kept")


def _chain(folder: Path) -> None:
    _link_out(folder)
    (folder / "x.md").rename(folder / "_middle")
    (folder / "x.md").symlink_to(folder / "_middle")


def _socket(folder: Path) -> None:
    before = os.getcwd()
    os.chdir(folder)  # the address of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind("x.md")
    finally:
        os.chdir(before)


def _far_pipe(folder: Path) -> None:
    os.mkfifo(folder / "_pipe")
    (folder / "x.md").symlink_to(folder / "_pipe")


ODD: dict[str, Callable[[Path], object]] = {
    "a link out": _link_out,
    "a link by a link out": _chain,
    "a link to a folder": _link_to_folder,
    "a link to itself": lambda folder: (folder / "x.md").symlink_to(folder / "x.md"),
    "a link to the folder above": lambda folder: (folder / "x.md").symlink_to(folder.parent),
    "a link to a device": lambda folder: (folder / "x.md").symlink_to("/dev/zero"),
    "a link to nothing": lambda folder: (folder / "x.md").symlink_to(folder / "gone"),
    "a pipe": lambda folder: os.mkfifo(folder / "x.md"),
    "a link to a pipe": _far_pipe,
    "a socket": _socket,
}


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_file_is_never_read(tmp_path: Path, odd: str) -> None:
    folder = tmp_path / "articles"
    write(folder / "good.txt")
    ODD[odd](folder)
    articles, problems = read(folder)
    assert [article.file for article in articles] == ["good.txt"]
    assert [problem.file for problem in problems] == ["x.md"], problems


@pytest.mark.parametrize("odd", ODD)
def test_nor_is_it_as_a_note_or_a_decision(tmp_path: Path, odd: str) -> None:
    for name in ("notes", "curation"):
        (tmp_path / "content" / name).mkdir(parents=True)
        ODD[odd](tmp_path / "content" / name)
    os.rename(tmp_path / "content/curation/x.md", tmp_path / "content/curation/x.yml")
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    settings = settings_of(tmp_path / "mkdocs.yml")
    notes, unread = read_notes(settings)
    decisions, wrong = read_decisions(settings)
    assert (notes, decisions) == ({}, ())
    assert [(p.file, p.fatal) for p in unread] == [("notes/x.md", False)]
    assert [(p.file, p.fatal) for p in wrong] == [("curation/x.yml", True)]


def test_a_pipe_that_takes_a_files_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "x.md")
    problem = folders.read_bytes(tmp_path / "x.md", "x.md", Limits())
    assert isinstance(problem, Problem) and "pipe" in problem.what


def test_a_file_that_vanishes_or_grows_is_named(tmp_path: Path) -> None:
    gone = folders.read_bytes(tmp_path / "x.md", "x.md", Limits())
    assert isinstance(gone, Problem) and "No such file" in gone.what
    # Its size is told as nothing, and there is no end to it.
    endless = Path("/proc/self/maps")
    if endless.is_file():
        long = folders.read_bytes(endless, "x.md", Limits(file_bytes=10))
        assert isinstance(long, Problem) and "over the limit" in long.what


def test_a_folder_that_can_not_be_listed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "shut" / "x.txt")
    write(tmp_path / "good.txt")
    scandir = os.scandir

    def refusing(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    articles, (problem,) = read(tmp_path)
    assert [article.file for article in articles] == ["good.txt"]
    assert problem.file == "shut" and "Permission denied" in problem.what


def test_a_note_that_is_too_long_or_no_text_is_a_problem(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "a.md").write_bytes(b"fine\n\xff\xfe\n")
    (notes / "b.md").write_bytes(b"x" * 200)
    (notes / "c.md").write_bytes("\ufeffone\r\ntwo\rthree".encode())
    texts, problems = folders.read_texts(notes, ".md", Limits(file_bytes=100))
    assert texts == {"notes/c.md": "one\ntwo\nthree"}
    assert [(p.file, p.line) for p in problems] == [("notes/a.md", 2), ("notes/b.md", 0)]
