"""Tables of texts: a dict's answers from one string of bytes, whatever lies where they are kept."""

from __future__ import annotations

import argparse
import errno
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import kept_tables, lexicons, people_names, towns
from generator.cli import working
from generator.extract import gazetteer, parts_of_speech, recognizers, word_classes
from generator.kept_tables import Table, kept_in, pack, table
from generator.resolve import listed
from tests.projects import make_project, settings_of

TEXTS = {"kyiv": "city", "kim": "given surname", "São": "", "": "nothing", "北京": "首都"}
VERSION = b"one version"


def made() -> dict[str, str]:
    return dict(TEXTS)


def never() -> dict[str, str]:
    raise AssertionError("it is kept")


def answers(found: Table, keys: list[str]) -> dict[str, str | None]:
    return {key: found.get(key) for key in keys}


# --- looking up


@pytest.mark.parametrize("size", [0, 1, 7, 8, 9, 1_000, 20_000])
def test_a_table_answers_as_a_dict_does(size: int) -> None:
    chance = random.Random(size)
    signs = "ab é ß中\ud800'-.\r\0"
    words = ["".join(chance.choices(signs, k=chance.randrange(9))) for _ in range(3 * size + 9)]
    texts = {word: "".join(chance.choices(signs, k=chance.randrange(5))) for word in words[:size]}
    found = Table(pack(texts))
    assert answers(found, words) == {word: texts.get(word) for word in words}
    assert [word in found for word in words] == [word in texts for word in words]


@pytest.mark.parametrize("key", ["a\tb", "a\n", "\na", "a\tb\nc", "kyiv\tcity\nkim", "\t", "\n"])
def test_no_part_of_the_bytes_is_taken_for_a_key(key: str) -> None:
    found = Table(pack(TEXTS | {"a": "b", "c": "d"}))
    assert found.get(key) is None and key not in found


@pytest.mark.parametrize("texts", [{"a\tb": "c"}, {"a": "b\tc"}, {"a\n": "b"}, {"a": "b\n"}])
def test_what_would_break_a_line_is_refused(texts: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="tabs or line breaks"):
        pack(texts)


# --- keeping


def test_nothing_is_kept_unless_a_folder_is_named() -> None:
    assert table("words", made).get("kyiv") == "city"
    assert table("words", dict).get("kyiv") is None
    assert not kept_tables.is_keeping()


def test_a_table_is_made_once_for_each_version(tmp_path: Path) -> None:
    with kept_in(tmp_path / "new" / "folder", VERSION):
        assert kept_tables.is_keeping()
        table("words", made)
        kept = table("words", never)
        assert table("others", dict).get("kyiv") is None
    assert answers(kept, list(TEXTS)) == TEXTS
    with kept_in(tmp_path / "new" / "folder", b"another"):
        assert table("words", dict).get("kyiv") is None
    assert not kept_tables.is_keeping()


def test_it_is_kept_no_longer_than_the_block_lasts(tmp_path: Path) -> None:
    with pytest.raises(KeyError), kept_in(tmp_path, VERSION):
        raise KeyError
    assert not kept_tables.is_keeping()
    table("words", made)
    assert list(tmp_path.iterdir()) == []


def damages() -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    """Yield what may become of a file."""
    yield "empty", lambda data: b""
    yield "a pickle", lambda data: b"cos\nsystem\n(S'exit 1'\ntR."
    yield "twice", lambda data: data + data
    yield "longer", lambda data: data + b"\n"
    yield "of another program", lambda data: b"SQLite format 3\0" + data
    for at in range(0, 120, 7):
        yield f"cut at {at}", lambda data, at=at: data[:at]
        yield f"changed at {at}", lambda data, at=at: changed(data, at)
    for at in (-1, -20):
        yield f"cut at {at}", lambda data, at=at: data[:at]
        yield f"changed at {at}", lambda data, at=at: changed(data, at)


def changed(data: bytes, at: int) -> bytes:
    at %= len(data)
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


@pytest.mark.parametrize("damage", [d for _, d in damages()], ids=[name for name, _ in damages()])
def test_a_damaged_file_is_made_anew(tmp_path: Path, damage: Callable[[bytes], bytes]) -> None:
    with kept_in(tmp_path, VERSION):
        table("words", made)
        (file,) = tmp_path.iterdir()
        whole = file.read_bytes()
        file.write_bytes(damage(whole))
        assert answers(table("words", made), list(TEXTS)) == TEXTS
        assert file.read_bytes() == whole


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes have names here")
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "words.table")
    with kept_in(tmp_path, VERSION):
        assert table("words", made).get("kyiv") == "city"
        assert table("words", never).get("kyiv") == "city"


def test_what_no_file_can_be_made_of_is_gone_without(tmp_path: Path) -> None:
    (tmp_path / "words.table").mkdir()
    (tmp_path / "file").touch()
    for folder in (tmp_path, tmp_path / "file", tmp_path / "file" / "below"):
        with kept_in(folder, VERSION):
            assert table("words", made).get("kyiv") == "city"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "words.table"]


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "words.table").open("wb") as file:
        file.truncate(1 << 40)
    with kept_in(tmp_path, VERSION):
        assert table("words", made).get("kyiv") == "city"


def test_a_link_is_replaced_and_what_it_leads_to_is_left_alone(tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.write_text("mine")
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "words.table").symlink_to(other)
    with kept_in(tmp_path / "tables", VERSION):
        table("words", made)
        assert table("words", never).get("kyiv") == "city"
    assert other.read_text() == "mine"


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_disk_that_takes_nothing_is_no_fault(
    tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path, data: bytes) -> None:
        path.write_bytes(data[:10])
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(kept_tables, "write_new", refused)
    with kept_in(tmp_path, VERSION):
        assert table("words", made).get("kyiv") == "city"
    assert list(tmp_path.iterdir()) == []


_WRITER = """
import sys
from pathlib import Path
from generator.kept_tables import kept_in, table
texts = {f"word {n}": str(n) for n in range(20_000)}
for turn in range(12):
    with kept_in(Path(sys.argv[1]), b"%d" % (turn % 3)):
        found = table("words", lambda: texts)
        assert all(found.get(f"word {n}") == str(n) for n in range(0, 20_000, 99)), turn
"""


def test_processes_that_write_at_once_all_read_what_is_right(tmp_path: Path) -> None:
    (tmp_path / ".99999.part").write_bytes(b"left of one that was killed")
    command = [sys.executable, "-c", _WRITER, str(tmp_path)]
    writers = [subprocess.Popen(command) for _ in range(4)]
    assert [writer.wait() for writer in writers] == [0, 0, 0, 0]
    assert [path.name for path in tmp_path.iterdir()] == ["words.table"]


# --- the tables there are

TABLES = {
    "phrases": gazetteer._lines,
    "word_classes": word_classes._lines,
    "parts_of_speech": parts_of_speech._lines,
    "bodies": recognizers._body_lines,
    "people_names": people_names._lines,
    "towns": towns._lines,
    "listed_names": listed._lines,
    "lexicons": lexicons._texts,
}


@pytest.mark.parametrize("name", TABLES)
def test_what_is_kept_says_the_same_as_what_it_is_made_of(tmp_path: Path, name: str) -> None:
    texts = TABLES[name]()
    with kept_in(tmp_path, VERSION):
        table(name, lambda: texts)
        kept = table(name, never)
    assert len(texts) > 30
    assert [key for key, text in texts.items() if kept.get(key) != text] == []


def test_a_lexicon_is_the_same_whether_it_was_kept_or_not(tmp_path: Path) -> None:
    with kept_in(tmp_path, VERSION):
        for path in sorted(lexicons.FOLDER.glob("*.yml")):
            # Past what this process remembers of them.
            assert lexicons.load.__wrapped__(path.stem) == lexicons._read(path.stem), path.stem
        assert kept_tables.is_keeping()


def test_a_command_at_work_keeps_tables_beside_its_results(tmp_path: Path) -> None:
    settings = settings_of(make_project(tmp_path, "harbour"))
    options = argparse.Namespace(engine="none")
    with working.at_work(settings, options, lambda stage, done, total: None):
        table("words", made)
    assert (tmp_path / ".cache" / "cardfile" / "tables" / "words.table").is_file()
    assert not kept_tables.is_keeping()
