"""What a build leaves behind when it is killed, refused, interrupted, or not alone."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator import cli, files, interruptions, locks, pipeline, stamps, transactions
from generator.cards.checksums import CHECKSUMS, checksum, read_checksums, sums_text
from generator.site import folders
from tests.conftest import REPO
from tests.projects import contents, make_project, run, settings_of, times
from tests.torture import crash

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no forks on this system")


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> crash.World:
    return crash.make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def cards(tmp_path: Path) -> Path:
    """Return a cards folder of two cards."""
    folder = tmp_path / "content/cards"
    with transactions.building(folder):
        transactions.replace_files(folder, {"people/a.yml": "a\n", "people/b.yml": "b\n"}, ())
    return folder


# --- the ordeals, in short


def test_any_end_leaves_what_the_next_build_makes_whole(world: crash.World) -> None:
    missed = [figure for figure in crash.figures_of(world, full=False) if not figure.held]
    assert missed == []


def written(folder: Path) -> dict[str, int]:
    """Return when each file was written, but for the cache, which notes what it was asked."""
    return {name: when for name, when in times(folder).items() if not name.startswith(".cache/")}


def test_a_second_build_leaves_no_trace(world: crash.World) -> None:
    arena = crash.prepare(world, "second", "old", "old")
    before = written(arena), crash.tree(arena)
    assert crash.ended(crash.start(lambda: crash.build(arena), world.folder / "said")) == 0
    assert (written(arena), crash.tree(arena)) == before


def test_modes_are_the_usual_ones_whatever_the_umask(world: crash.World) -> None:
    arena = crash.prepare(world, "private", "old", "new")
    for made in ("content/cards", "content/pages", "site"):
        shutil.rmtree(arena / made)
    before = os.umask(0o077)
    try:
        assert crash.ended(crash.start(lambda: crash.build(arena), world.folder / "said")) == 0
    finally:
        os.umask(before)
    below = [p for name in ("cards", "pages") for p in (arena / "content" / name).rglob("*")]
    paths = [*below, *(arena / "site").rglob("*"), arena / "site", arena / "content/addresses.yml"]
    modes = {(path.is_dir(), path.stat().st_mode & 0o777) for path in paths}
    assert modes == {(True, 0o755), (False, 0o644)}


def test_a_site_that_is_a_link_stays_one(world: crash.World) -> None:
    arena = crash.prepare(world, "linked", "old", "new")
    (arena / "site").rename(arena / "public")
    (arena / "site").symlink_to(arena / "public")
    assert crash.ended(crash.start(lambda: crash.build(arena), world.folder / "said")) == 0
    assert (arena / "site").is_symlink()
    whole = crash.part_of(world.trees["old->new"], "site")
    assert crash.tree(arena / "public") == {
        name.removeprefix("site/"): data for name, data in whole.items() if name != "site"
    }


def test_on_a_terminal_the_bar_is_gone_before_the_line(world: crash.World) -> None:
    arena = crash.prepare(world, "terminal", "old", "new")
    terminal, theirs = os.openpty()
    half = len(world.steps["new"]) // 2

    def ring(number: int, kind: str, path: str) -> None:
        if number == half:
            os.kill(os.getpid(), signal.SIGINT)

    def work() -> int:
        os.dup2(theirs, 2)
        os.environ["TERM"] = "xterm"
        crash.at_steps(ring)
        return crash.build(arena)

    child = crash.start(work, world.folder / "said")
    os.close(theirs)
    shown = b""
    with contextlib.suppress(OSError):  # that is how a terminal ends
        while more := os.read(terminal, 65536):
            shown += more
    assert crash.ended(child) == 130
    before, _, last = shown.decode().rpartition("\x1b[2K")
    assert "read" in before and re.sub(r"\x1b\[[?\w]*[a-zA-Z]", "", last) == (
        "interrupted; nothing half-written: run cardfile build again\r\n"
    )
    assert shown.rfind(b"\x1b[?25h") > shown.rfind(b"\x1b[?25l") >= 0


# --- all or nothing


def test_what_was_decided_is_finished_by_the_next(cards: Path) -> None:
    hidden = lay_down(cards, {"0": "A\n"}, {"write": ["people/a.yml"], "remove": ["people/b.yml"]})
    transactions.recover(cards)
    assert contents(cards) == {"people/a.yml": b"A\n"}
    assert not hidden.exists()


def test_what_was_not_decided_is_thrown_away(cards: Path) -> None:
    hidden = lay_down(cards, {"0": "A\n", "journal.part": "{"}, None)
    transactions.recover(cards)
    assert contents(cards) == {"people/a.yml": b"a\n", "people/b.yml": b"b\n"}
    assert not hidden.exists()


@pytest.mark.parametrize(
    "name",
    ["../articles/x.yml", "../../x.yml", "/tmp/x.yml", "people/../../x.yml", "..\\x.yml", "a.md"],
)
def test_a_journal_that_speaks_of_other_files_is_not_believed(cards: Path, name: str) -> None:
    hidden = lay_down(cards, {"0": "A\n"}, {"write": [name], "remove": [name, "people/a.yml"]})
    theirs = cards.parent / "articles/x.yml"
    theirs.parent.mkdir()
    theirs.write_text("theirs", encoding="utf-8")
    transactions.recover(cards)
    assert set(contents(cards.parent)) == {
        "articles/x.yml", "cards/people/a.yml", "cards/people/b.yml",
    }  # fmt: skip
    assert not hidden.exists() and not (cards.parent.parent / "x.yml").exists()


def test_a_hidden_folder_that_leads_elsewhere_is_refused(cards: Path) -> None:
    theirs = cards.parent / "articles"
    theirs.mkdir()
    (theirs / "0").write_text("theirs", encoding="utf-8")
    (cards.parent / ".cardfile").symlink_to(theirs)
    refused = pytest.raises(files.Unwritable, match="something else is in its place")
    with refused, transactions.building(cards):
        raise AssertionError
    assert contents(theirs) == {"0": b"theirs"}


def lay_down(cards: Path, staged: dict[str, str], journal: object) -> Path:
    """Leave what an interrupted build would have left, and return where."""
    hidden = cards.parent / ".cardfile"
    hidden.mkdir()
    for name, text in staged.items():
        (hidden / name).write_text(text, encoding="utf-8")
    if journal is not None:
        (hidden / "journal").write_text(json.dumps(journal), encoding="utf-8")
    return hidden


def test_nothing_counts_where_one_file_has_no_place(cards: Path) -> None:
    (cards / "places/x.yml").mkdir(parents=True)
    (cards / "places/x.yml/theirs").touch()
    with transactions.building(cards), pytest.raises(files.Unwritable, match="x.yml: can't be"):
        transactions.replace_files(cards, {"people/a.yml": "A\n", "places/x.yml": "x\n"}, ())
    assert contents(cards / "people") == {"a.yml": b"a\n", "b.yml": b"b\n"}


def test_folders_are_asked_before_anything_counts(
    cards: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != cards / "people")
    with transactions.building(cards), pytest.raises(files.Unwritable, match="the right to write"):
        transactions.replace_files(cards, {"places/x.yml": "x\n", "people/a.yml": "A\n"}, ())
    assert contents(cards) == {"people/a.yml": b"a\n", "people/b.yml": b"b\n"}


def test_nothing_counts_where_something_can_not_be_made(cards: Path) -> None:
    def files() -> Iterator[tuple[str, bytes]]:
        yield "people/a.yml", b"A\n"
        yield "places/x.yml", b"x\n"
        raise ValueError("no text")

    with transactions.building(cards), pytest.raises(ValueError, match="no text"):
        transactions.put(cards, files(), ["people/b.yml"])
    assert contents(cards) == {"people/a.yml": b"a\n", "people/b.yml": b"b\n"}
    assert not (cards.parent / ".cardfile").exists()


def test_stamps_are_those_of_files_as_they_were_written(cards: Path) -> None:
    time.sleep(0.05)  # else no stamp counts, whatever it is
    with transactions.building(cards):
        done = transactions.put(cards, [("people/a.yml", b"A\n")], ["people/b.yml"])
    assert done.names == ["people/a.yml", "people/b.yml"]
    for name, stamp in done.stamps.items():
        assert stamp == stamps.stamp_of((cards / name).lstat())
    assert done.stamps.keys() <= {"people/a.yml"}


def test_hundreds_of_cards_are_written_together(cards: Path) -> None:
    texts = {f"people/p{n}.yml": f"{n}\n" for n in range(300)}
    with transactions.building(cards):
        assert transactions.replace_files(cards, texts, ["people/a.yml"]) == sorted(
            {*texts, "people/a.yml"}
        )
        assert transactions.replace_files(cards, texts, ["people/a.yml"]) == []
    assert set(contents(cards)) == {*texts, "people/b.yml"}


def test_readers_say_that_a_build_was_interrupted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = make_project(tmp_path, "harbour")
    run(config)
    lay_down(tmp_path / "content/cards", {}, {"write": [], "remove": ["people/marta-ozola.yml"]})
    for command in (["check"], ["export", "--format", "csv"]):
        assert cli.main([*command, "--config", str(config)]) == 1
        assert "a build was interrupted" in "".join(capsys.readouterr())
    assert any(problem.fatal for problem in pipeline.make_knowledge(settings_of(config)).problems)
    run(config)
    cli.main(["check", "--config", str(config)])
    assert "interrupted" not in "".join(capsys.readouterr())
    assert (tmp_path / "content/cards/people/marta-ozola.yml").is_file()


# --- checksums


def test_checksums_are_those_of_the_cards(tmp_path: Path) -> None:
    run(make_project(tmp_path, "harbour"))
    folder = tmp_path / "content/cards"
    texts = {name: data.decode() for name, data in contents(folder).items() if name != CHECKSUMS}
    assert len(texts) > 10
    assert (folder / CHECKSUMS).read_text(encoding="utf-8") == sums_text(
        {name: checksum(text) for name, text in texts.items()}
    )
    told = subprocess.run(
        ["sha256sum", "--check", "--strict", "--quiet", CHECKSUMS], cwd=folder, check=False
    )
    assert told.returncode == 0


def test_checksums_are_read_back_past_the_marks_of_a_merge(tmp_path: Path) -> None:
    assert read_checksums(tmp_path) == {}
    text = sums_text({"people/a.yml": checksum("a"), "people/b.yml": checksum("b")})
    marked = f"<<<<<<< ours\n{text}=======\n>>>>>>> theirs\n"
    (tmp_path / CHECKSUMS).write_text(marked, encoding="utf-8")
    known = read_checksums(tmp_path)
    assert sorted(known) == ["people/a.yml", "people/b.yml"]
    assert f"{known['people/a.yml']}  people/a.yml\n" in text


# --- one at a time


@pytest.fixture
def holder(cards: Path) -> Iterator[int]:
    """Return the number of a process that is at work on the cards for long."""

    def work() -> int:
        with transactions.building(cards):
            (cards.parent.parent / "begun").touch()
            time.sleep(60)
        return 0

    child = crash.start(work, cards.parent.parent / "said")
    until((cards.parent.parent / "begun").exists)
    yield child
    if child in _alive(child):
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def until(done: Callable[[], bool]) -> None:
    """Wait for something that must come within a minute."""
    last = time.monotonic() + 60
    while not done():
        assert time.monotonic() < last
        time.sleep(0.01)


def _alive(child: int) -> list[int]:
    try:
        return [child] if os.waitpid(child, os.WNOHANG) == (0, 0) else []
    except ChildProcessError:
        return []


def test_who_comes_second_waits_until_the_first_is_gone(cards: Path, holder: int) -> None:
    said = cards.parent.parent / "waiting"

    def work() -> int:
        with transactions.building(cards):
            return 3

    child = crash.start(work, said)
    line = f"another build is at work on {cards.parent}; waiting\n"
    until(lambda: said.exists() and said.read_text("utf-8") == line)
    assert os.waitpid(child, os.WNOHANG) == (0, 0)
    os.kill(holder, signal.SIGKILL)
    assert crash.ended(child) == 3
    assert said.read_text("utf-8") == line
    assert not (cards.parent / ".cardfile").exists()


def test_blocks_within_one_another_are_one(cards: Path) -> None:
    with transactions.building(cards), transactions.building(cards):
        assert (cards.parent / ".cardfile/lock").exists()
    assert not (cards.parent / ".cardfile").exists()


def test_other_folders_have_other_locks(cards: Path, holder: int, tmp_path: Path) -> None:
    with transactions.building(tmp_path / "other/cards"):
        assert (tmp_path / "other/.cardfile/lock").exists()


def test_a_file_system_without_locks_is_said(
    cards: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(handle: int, flags: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", refuse)
    with transactions.building(cards):
        transactions.replace_files(cards, {"people/a.yml": "A\n"}, ())
    assert capsys.readouterr().err == (
        f"note: no locks on this file system: run no other build on {cards.parent}\n"
    )
    assert contents(cards)["people/a.yml"] == b"A\n"


def test_where_nothing_may_be_written_no_lock_is_needed(
    cards: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(self: Path, *args: object, **kwargs: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(self))

    monkeypatch.setattr(Path, "mkdir", refuse)
    with transactions.building(cards):
        assert transactions.replace_files(cards, {"people/a.yml": "a\n"}, ()) == []
        with pytest.raises(files.Unwritable, match="Read-only file system.*right to write"):
            transactions.replace_files(cards, {"people/a.yml": "A\n"}, ())
    assert capsys.readouterr() == ("", "")


# --- refusals


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return make_project(tmp_path, "harbour")


@pytest.mark.parametrize("command", ["build", "cards", "pages"])
@pytest.mark.parametrize("output", ["file", "file/below", "/proc/nothing"])
def test_an_output_that_cannot_be_is_one_clear_line(
    config: Path, command: str, output: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (config.parent / "file").write_text("mine", encoding="utf-8")
    where = config.parent / output
    assert cli.main([command, "--config", str(config), "--output", str(where)]) == 1
    said = capsys.readouterr()
    assert said.out == "" and said.err.count("\n") == 1
    assert said.err.startswith(f"error: {where}") and "can't be written (" in said.err
    assert (config.parent / "file").read_text(encoding="utf-8") == "mine"


def test_a_file_in_the_place_of_the_site_stays(tmp_path: Path, config: Path) -> None:
    (tmp_path / "site").write_text("mine", encoding="utf-8")
    (tmp_path / ".site.part").mkdir()
    refused = pytest.raises(files.Unwritable, match="can't be written .Not a directory.*move it")
    with refused, files.writing(tmp_path / "site"):
        folders.replace_folder(tmp_path / ".site.part", tmp_path / "site")
    assert (tmp_path / "site").read_text(encoding="utf-8") == "mine"


def test_a_file_that_cannot_be_written_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    path.write_text("old", encoding="utf-8")

    def full(one: Path, other: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(files.Unwritable, match=r"a\.md: can't be written .*: make room"):
        files.write_if_changed(path, "new")
    assert contents(tmp_path) == {"a.md": b"old"}


def test_what_a_killed_process_left_among_pages_is_removed(tmp_path: Path) -> None:
    for name in ("people/.4711.part", "people/old.md", "gone/x.md", ".gitignore", "logo.png"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x", encoding="utf-8")
    changed = files.sync_folder(tmp_path, {"people/new.md": "n"}, suffixes=(".md",))
    assert changed == ["gone/x.md", "people/new.md", "people/old.md"]
    assert set(contents(tmp_path)) == {"people/new.md", ".gitignore", "logo.png"}
    assert not (tmp_path / "gone").exists()


# --- the site


def make_folder(path: Path, name: str) -> Path:
    path.mkdir()
    (path / name).write_text(name, encoding="utf-8")
    return path


@pytest.mark.parametrize("swapping", [True, False])
def test_a_folder_is_replaced_with_or_without_swapping(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, swapping: bool
) -> None:
    if not swapping:
        monkeypatch.setattr(folders, "_swapped", lambda one, other: False)
    old, new = make_folder(tmp_path / "site", "old"), make_folder(tmp_path / ".site.part", "new")
    folders.replace_folder(new, old)
    assert set(crash.tree(tmp_path)) == {"site", "site/new"}


def test_the_same_site_is_left_as_it_is(tmp_path: Path) -> None:
    old, new = make_folder(tmp_path / "site", "a"), make_folder(tmp_path / ".site.part", "a")
    before = old.stat().st_ino
    folders.replace_folder(new, old)
    assert old.stat().st_ino == before and set(crash.tree(tmp_path)) == {"site", "site/a"}


def test_cut_off_between_two_renames_the_old_site_comes_back(tmp_path: Path) -> None:
    make_folder(tmp_path / ".site.old", "old")
    make_folder(tmp_path / ".site.part", "new")
    folders.tidy(tmp_path / "site")
    assert set(crash.tree(tmp_path)) == {"site", "site/old"}


def test_this_system_swaps_folders_in_one_step(tmp_path: Path) -> None:
    if sys.platform not in ("linux", "darwin"):
        pytest.skip("this system can't")
    old, new = make_folder(tmp_path / "a", "old"), make_folder(tmp_path / "b", "new")
    assert folders._swapped(new, old)
    assert set(crash.tree(tmp_path)) == {"a", "a/new", "b", "b/old"}


# --- Ctrl-C


def test_all_that_is_open_is_undone_the_latest_first() -> None:
    done: list[str] = []

    def fail() -> None:
        done.append("fails")
        raise ValueError

    with interruptions.undone_by(lambda: done.append("outer")):
        with interruptions.undone_by(fail):
            pass
        assert done == []
    with pytest.raises(KeyError), interruptions.undone_by(lambda: done.append("one")):
        raise KeyError
    assert done == ["one"]


LOADING = """
import os, sys
name, number = sys.argv[1], int(sys.argv[2])
sys.addaudithook(lambda event, args: event == "import" and args[0] == name and hit.append(
    hit or os.kill(os.getpid(), number)))
hit = []
from generator.cli import main
sys.exit(main(sys.argv[3:]))
"""


@pytest.mark.parametrize(
    ("module", "number"),
    [
        ("argparse", signal.SIGINT),
        ("generator.cli.commands", signal.SIGTERM),
        ("generator.extract.tagger", signal.SIGINT),
    ],
)
def test_a_signal_while_modules_are_loaded_is_one_line(
    config: Path, module: str, number: int
) -> None:
    command = ["build", "--config", str(config)]
    told = subprocess.run(
        [sys.executable, "-c", LOADING, module, str(int(number)), *command],
        env=os.environ | {"PYTHONPATH": str(REPO)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    line = "interrupted; nothing half-written: run cardfile build again\n"
    assert (told.returncode, told.stdout, told.stderr) == (128 + number, "", line)
    assert not (config.parent / "content/.cardfile").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_who_only_reads_ends_with_a_line_as_well(config: Path, number: int) -> None:
    command = ["annotate", "--config", str(config)]
    told = subprocess.run(
        [sys.executable, "-c", LOADING, "generator.pipeline", str(int(number)), *command],
        env=os.environ | {"PYTHONPATH": str(REPO)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (told.returncode, told.stdout, told.stderr) == (128 + number, "", "interrupted\n")


def test_who_runs_in_the_background_is_not_meant_by_ctrl_c(config: Path) -> None:
    said = config.parent / "said"

    def ring(number: int, kind: str, path: str) -> None:
        if number == 30:
            os.kill(os.getpid(), signal.SIGINT)

    def work() -> int:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        crash.at_steps(ring)
        return cli.main(["cards", "--config", str(config)])

    assert (crash.ended(crash.start(work, said)), said.read_text("utf-8")) == (0, "")


def test_locks_know_when_theirs_was_removed(tmp_path: Path) -> None:
    path = tmp_path / ".cardfile/lock"
    with locks.held(path, tmp_path):
        path.unlink()
        path.touch()
        handle = os.open(path, os.O_RDWR)
        assert locks._is(path, handle)
        path.unlink()
        assert not locks._is(path, handle)
        os.close(handle)
    assert not path.parent.exists()
