"""What is kept of earlier builds: never wrong, never in the way, never for ever."""

from __future__ import annotations

import dataclasses
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from generator import telling
from generator.cards import card_files
from generator.engine import InProcess, kept
from generator.engine.cache import BUILDS, Cache, digest
from generator.extract import extract
from generator.model import Article, Limits, Problem
from generator.read import MAKE, READ, Made, Read, gather_facts, list_sources, read_folder
from generator.resolve import find_alone
from generator.rows import pack, unpack

KEY, OTHER = digest(b"key"), digest(b"other")
HARBOUR = Path(__file__).parent / "sites" / "harbour"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "deep" / "articles.sqlite"


def keep(path: Path, key: bytes = KEY, value: bytes = b"value") -> None:
    store = Cache(path)
    store.put(key, value)
    store.close()


def kept_value(path: Path, key: bytes = KEY) -> bytes | None:
    store = Cache(path)
    value = store.get(key)
    store.close()
    return value


def test_what_is_kept_is_found_again(path: Path) -> None:
    keep(path)
    assert kept_value(path) == b"value"
    assert kept_value(path, OTHER) is None
    assert Cache(path).known([KEY, OTHER]) == {KEY}


def test_without_a_file_nothing_is_kept() -> None:
    store = Cache(None)
    store.put(KEY, b"value")
    assert store.get(KEY) is None and store.known([KEY]) == set()
    store.close()


def test_it_may_be_deleted(path: Path) -> None:
    keep(path)
    shutil.rmtree(path.parent)
    assert kept_value(path) is None


def test_a_damaged_entry_is_none(path: Path) -> None:
    keep(path)
    with sqlite3.connect(path) as file:
        file.execute("update entries set value = substr(value, 1, 12) || x'00'")
    file.close()
    assert kept_value(path) is None


@pytest.mark.parametrize("value", ["text", None, 7, b"", b"short"])
def test_an_entry_of_another_kind_is_none(path: Path, value: object) -> None:
    keep(path)
    with sqlite3.connect(path) as file:
        file.execute("create table other as select key, used, ? as value from entries", (value,))
        file.execute("drop table entries")
        file.execute("alter table other rename to entries")
    file.close()
    assert kept_value(path) is None


def test_an_entry_under_another_key_is_none(path: Path) -> None:
    keep(path)
    with sqlite3.connect(path) as file:
        file.execute("update entries set key = ?", (OTHER,))
    file.close()
    assert kept_value(path, OTHER) is None


@pytest.mark.parametrize("data", [b"", b"no database" * 1000, b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_file_is_begun_anew(path: Path, data: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(data)
    keep(path)
    assert kept_value(path) == b"value"


def test_a_file_damaged_in_the_middle_ends_no_build(path: Path) -> None:
    store = Cache(path)
    for number in range(2000):
        store.put(digest(b"%d" % number), b"%d" % number * 50)
    store.close()
    data = bytearray(path.read_bytes())
    data[5000:60_000] = b"\xff" * 55_000
    path.write_bytes(data)
    store = Cache(path)
    for number in range(2000):
        assert store.get(digest(b"%d" % number)) in (None, b"%d" % number * 50)
    store.close()


def test_where_nothing_can_be_written_nothing_is_kept(path: Path) -> None:
    path.parent.parent.mkdir(exist_ok=True)
    path.parent.write_text("a file is in the way")
    keep(path)
    assert kept_value(path) is None


def test_entries_nobody_used_for_many_builds_go(path: Path) -> None:
    keep(path)
    for number in range(BUILDS + 1):
        assert kept_value(path) == b"value"  # makes nothing, and doesn't count
        keep(path, digest(b"%d" % number))
    assert Cache(path).known([KEY, digest(b"1")]) == {digest(b"1")}


def test_a_build_that_makes_nothing_writes_nothing(path: Path) -> None:
    keep(path)
    before = path.read_bytes()
    assert kept_value(path) == b"value"
    assert path.read_bytes() == before
    assert [one.name for one in path.parent.iterdir()] == [path.name]


WRITER = """
import sys
from pathlib import Path
from generator.engine.cache import Cache, digest
store = Cache(Path(sys.argv[1]))
for number in range(3000):
    store.put(digest(b"%d" % number), b"%d" % number)
store.close()
"""


def test_two_builds_at_once_are_safe(repo: Path, path: Path) -> None:
    command = [sys.executable, "-c", WRITER, str(path)]
    both = [subprocess.Popen(command, cwd=repo) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    store = Cache(path)
    assert len(store.known(digest(b"%d" % number) for number in range(3000))) == 3000
    store.close()


# --- what the pipeline keeps


def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that tasks write their name into as they are run."""
    seen: list[str] = []

    def counted(self: kept.Packing, item: bytes) -> bytes:
        seen.append(self.run.__name__)
        return pack(self.run(unpack(self.item, item)))

    monkeypatch.setattr(kept.Packing, "__call__", counted)
    return seen


def read(folder: Path, store: Path, version: bytes = b"1", limits: Limits | None = None) -> object:
    """Return what the first rooms make of a folder, with what is kept there."""
    results = Cache(store)
    mapped = kept.Kept(InProcess(), results, version, lambda *_: None)
    articles, problems = read_folder(folder, limits=limits or Limits(), taken={}, mapped=mapped)
    told = telling.tell_all(articles, mapped)
    results.close()
    return articles, problems, told


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HARBOUR / "articles", tmp_path / "articles"))


def test_values_survive_being_kept(articles: Path) -> None:
    found, problems = read_folder(articles, limits=Limits(), taken={})
    assert found
    for article in found:
        extraction = extract(article)
        for value in (article, extraction, find_alone(extraction)):
            assert unpack(type(value), pack(value)) == value
    sources, _ = list_sources(articles, Limits())
    for task, kind, items in ((READ, Read, sources),):
        assert all(unpack(kind, pack(made := task.run(one))) == made for one in items)
    pages = [page for one in sources if (page := READ.run(one).page)]
    assert gather_facts(pages) is not None and MAKE.result is Made
    fault = Problem("ä\udc80.txt", 0, "what", "todo")
    assert unpack(Problem, pack(fault)) == fault


@pytest.mark.parametrize("row", [b"", b"7", b"[]", b"[1,2]", b"{}", b"[[[", b"\xff", b"null"])
def test_rows_of_other_values_are_refused(row: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(Article, row)


def test_a_second_reading_runs_nothing(
    articles: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = read(articles, path)
    seen = calls(monkeypatch)
    assert read(articles, path) == first
    assert seen == []


def test_one_more_article_is_all_that_is_read(
    articles: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read(articles, path)
    seen = calls(monkeypatch)
    more = "Tilda Varga, the mayor of Harwick, opened the new ferry pier on Monday morning. " * 4
    (articles / "zz-more.txt").write_text(f"Ferry pier opened in Harwick\n\n{more}\n")
    read(articles, path)
    assert seen == ["_run_read", "_run_make", "_tell"]


@pytest.mark.parametrize("change", ["bytes", "name", "limits", "version"])
def test_nothing_is_served_when_something_changed(
    articles: Path, path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    read(articles, path)
    seen = calls(monkeypatch)
    first = sorted(articles.glob("*.*"))[0]
    limits, version = Limits(), b"1"
    if change == "bytes":
        first.write_bytes(first.read_bytes() + b"\nOne more sentence was added by the desk.\n")
    elif change == "name":
        first.rename(first.with_stem("aa-other"))
    elif change == "limits":
        limits = dataclasses.replace(limits, sentence_chars=1_000)
    else:
        version = b"2"
    read(articles, path, version, limits)
    assert "_run_read" in seen and "_run_make" in seen


def test_a_line_that_other_stories_share_by_now_goes(
    tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an article's text is depends on the whole folder."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3):
        if number == 2:
            before = read(folder, path)
        body = f"Story {number} told that the harbour of Port {number} was closed all day. " * 5
        text = f"Headline number {number} stands here\n\n{body}\n\nOur other channels\n\n{body}x.\n"
        (folder / f"{number}.txt").write_text(text)
    seen = calls(monkeypatch)
    (articles, _, _), fresh = read(folder, path), read_folder(folder, limits=Limits(), taken={})  # type: ignore[misc]
    assert articles == fresh[0]
    assert "Our other channels" in before[0][0].text  # type: ignore[index]
    assert not any("Our other channels" in article.text for article in articles)
    assert seen.count("_run_make") == 3 and seen.count("_run_read") == 1


def test_cards_are_read_back_alike(tmp_path: Path, path: Path) -> None:
    cards = Path(__file__).parents[1] / "content" / "cards"
    results = Cache(path)
    mapped = kept.Kept(InProcess(), results, b"1", lambda *_: None)
    plain = card_files.read_cards(cards)
    assert card_files.read_cards(cards, mapped) == plain
    assert card_files.read_cards(cards, mapped) == plain
    assert plain[0].cards
