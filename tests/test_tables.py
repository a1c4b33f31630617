"""Articles from tables: every row an article, every fault with its line."""

from __future__ import annotations

import datetime
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.model import Article, Limits, Problem
from generator.read import read_folder

BODY = """Tilda Varga, the mayor of Harwick, opened the new ferry pier on Monday morning.

She said that the town had waited for eleven years, and thanked those who built it.

The first ferry to Port Ellis left an hour later with two hundred people on board.

"""
ROW = {"title": "A pier opens", "text": BODY, "url": "https://harwick.example/pier"}
ROW |= {"published": "2024-05-06", "source": "Harwick Post"}


def read(path: Path, limits: Limits | None = None) -> tuple[list[Article], list[Problem]]:
    articles, problems = read_folder(path, limits=limits or Limits(), taken={})
    return list(articles), list(problems)


def write(path: Path, *rows: Any) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    return tmp_path / "saved.jsonl"


def test_a_row_is_an_article_with_its_fields(table: Path) -> None:
    (article,), problems = read(write(table, ROW))
    assert problems == []
    assert (article.file, article.title, article.id) == (
        "saved.jsonl#1",
        "A pier opens",
        "a-pier-opens",
    )
    assert (article.url, article.source) == (ROW["url"], ROW["source"])
    assert article.published == "2024-05-06"
    assert article.text.startswith("A pier opens\n\nTilda Varga, the mayor")


def test_a_row_is_called_after_its_own_id(table: Path) -> None:
    articles, _ = read(write(table, ROW | {"id": 812}, ROW | {"id": "a/b#c\n", "title": "Other"}))
    assert [article.file for article in articles] == ["saved.jsonl#812", "saved.jsonl#a-b-c-"]


def test_an_id_given_twice_is_told(table: Path) -> None:
    articles, (problem,) = read(write(table, ROW | {"id": "x"}, ROW | {"id": "x"}))
    assert len(articles) == 1
    assert (problem.file, problem.line) == ("saved.jsonl", 2)


def test_empty_lines_and_a_byte_order_mark_are_nothing(table: Path) -> None:
    table.write_bytes(b"\xef\xbb\xbf" + json.dumps(ROW).encode() + b"\r\n\r\n  \n")
    assert [article.file for article in read(table)[0]] == ["saved.jsonl#1"]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "7",
        '"text"',
        "null",
        "[" * 100_000,
        '{"title": "x"}',
        '{"text": 7}',
        '{"text": " "}',
    ],
    ids=range(9),
)
def test_a_line_that_is_no_article_is_told_and_the_others_are_read(table: Path, line: str) -> None:
    articles, (problem,) = read(write(table, line, ROW))
    assert [article.file for article in articles] == ["saved.jsonl#2"]
    assert (problem.file, problem.line, problem.fatal) == ("saved.jsonl", 1, False)


def test_bytes_that_are_no_text_are_told(table: Path) -> None:
    table.write_bytes(b'{"text": "\xff\xfe"}\n' + json.dumps(ROW).encode())
    articles, (problem,) = read(table)
    assert len(articles) == 1 and problem.line == 1


def test_a_text_over_the_limit_is_told(table: Path) -> None:
    articles, (problem,) = read(write(table, ROW, ROW | {"text": BODY * 9}), Limits(file_bytes=900))
    assert len(articles) == 1
    assert problem.line == 2 and "limit" in problem.what


def test_a_field_that_can_t_be_used_is_told_and_the_text_is_read(table: Path) -> None:
    (article,), (problem,) = read(write(table, ROW | {"published": "soon"}))
    assert article.published is None
    assert problem.file == "saved.jsonl#1" and "soon" in problem.what


def test_a_saved_page_in_a_row_is_read_as_one(table: Path) -> None:
    html = f"<!DOCTYPE html><html><body><h1>A pier opens</h1><p>{BODY}</p></body></html>"
    (article,), _ = read(write(table, {"text": html}))
    assert "<" not in article.text and "Tilda Varga" in article.text


def test_markup_in_plain_text_stays_text(table: Path) -> None:
    (article,), _ = read(write(table, ROW | {"text": f"{BODY}# of *seats*: 90 in all the rows.\n"}))
    assert "# of *seats*: 90" in article.text


def test_a_table_and_a_folder_give_the_same_article(table: Path, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    fields = "".join(f"{name}: {ROW[name]}\n" for name in ("title", "url", "published", "source"))
    (folder / "a.md").write_text(f"---\n{fields}---\n\n{BODY}")
    ((one,), _), ((other,), _) = read(write(table, ROW)), read(folder)
    assert (one.text, one.title, one.published, one.id) == (
        other.text, other.title, other.published, other.id,
    )  # fmt: skip


def test_parquet_gives_what_json_lines_give(table: Path, tmp_path: Path) -> None:
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    day = datetime.date(2024, 5, 6)
    first = ROW | {"published": day, "more": 1, "id": None}
    columns = [first, ROW | {"id": "x", "published": None}]
    path = tmp_path / "saved.parquet"
    parquet.write_table(pyarrow.Table.from_pylist(columns), path)
    found, problems = read(path)
    wanted, _ = read(
        write(table, ROW, {k: v for k, v in ROW.items() if k != "published"} | {"id": "x"})
    )
    assert problems == []
    assert [article.file for article in found] == ["saved.parquet#1", "saved.parquet#x"]
    assert [(a.text, a.published, a.url) for a in found] == [
        (a.text, a.published, a.url) for a in wanted
    ]


def test_a_broken_parquet_file_is_told(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    path = tmp_path / "saved.parquet"
    path.write_bytes(b"PAR1 and then nothing")
    articles, (problem,) = read(path)
    assert articles == [] and problem.fatal


def test_without_its_library_parquet_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    path = tmp_path / "saved.parquet"
    path.touch()
    _, (problem,) = read(path)
    assert problem.fatal and "cardfile[parquet]" in problem.todo


def test_the_command_takes_a_table(
    tmp_path: Path, table: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("mkdocs.yml").write_text("site_name: x\nplugins: [cardfile]\n")
    write(table, ROW)
    assert main(["cards", "--articles", str(table), "--output", "out"]) == 0
    assert Path("out/cards/people/tilda-varga.yml").is_file()
    shutil.copy(table, "saved.csv")
    assert main(["cards", "--articles", "saved.csv"]) == 2
    assert "saved.csv: no such folder" in capsys.readouterr().err
