"""`cardfile review` as a person meets it: in a terminal, key by key."""

from __future__ import annotations

import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from generator import curation
from generator.model import Decision
from generator.review import Question
from tests.projects import make_project
from tests.reviewed import parsed
from tests.test_review import desk

pty = pytest.importorskip("pty", reason="a pseudo-terminal is a Unix thing")

from tests.terminal import Terminal  # noqa: E402

REPO = Path(__file__).parents[1]
# The review itself, its questions made beforehand: the language model is not needed again.
DRIVER = """
import pickle, sys
from pathlib import Path
from generator.cli import reviewing
from generator.model import Settings
root = sys.argv[1]
questions = pickle.loads(Path(root, "queue").read_bytes())
curation = f"{root}/content/curation"
settings = Settings(root, "", curation, "", "", "", "", "", "")
sys.exit(reviewing.review(settings, questions, "An Editor", None))
"""
CARDFILE = (sys.executable, "-m", "generator")
ARREST = (
    "Clerk held in Riga\n\nPolice in Riga arrested Edgars Berzins on Monday for forgery. He has "
    "worked at the town hall since spring, and nobody there would say more.\n"
)
# A desk's file with all that may stand in one.
DESK = b"# Ours.\r\n- drop:   [ 'Nowhere' ,]   # by phone\r\n\r\n# end\r\n"


@pytest.fixture(scope="module")
def queue() -> tuple[Question, ...]:
    found = desk().queue()
    assert [q.kind for q in found] == ["conflict", "withheld", "type", "merge"]
    return found


@pytest.fixture
def project(tmp_path: Path, queue: tuple[Question, ...]) -> Path:
    (tmp_path / "queue").write_bytes(pickle.dumps(queue))
    return tmp_path


def reviewed(project: Path, **options: object) -> Terminal:
    command = [sys.executable, "-c", DRIVER, str(project)]
    return Terminal(command, REPO, **options)  # type: ignore[arg-type]


def file(project: Path) -> Path:
    return project / "content/curation/review.yml"


def decided(project: Path) -> list[Decision]:
    return list(parsed(file(project).read_text(encoding="utf-8")))


def test_a_key_answers_and_the_answer_is_on_disk_before_the_next_question(project: Path) -> None:
    with reviewed(project) as terminal:
        screen = terminal.wait_for("q leave")
        assert "1 of 4" in screen and "“Anna Berg, mayor of Oslo, met" in screen
        assert terminal.fits()
        terminal.press("1", "2 of 4, 1 written")
        assert [(d.kind, d.by) for d in decided(project)] == [("retract", "An Editor")]
        terminal.press("k", "3 of 4, 2 written")
        terminal.press("6", "4 of 4, 3 written")
        terminal.press("d", "no question left")
        assert terminal.end() == 0
        assert "4 answers written to content/curation/review.yml; no question left" in (
            terminal.screen()
        )
    assert [d.kind for d in decided(project)] == ["retract", "type", "type", "distinct"]


def test_skip_writes_nothing_and_other_keys_do_nothing(project: Path) -> None:
    with reviewed(project) as terminal:
        terminal.wait_for("q leave")
        terminal.send("zZ?é\x1b[A\x1b[B\t")
        terminal.press("n", "2 of 4")
        terminal.press(" ", "3 of 4")
        terminal.press("q", "nothing written; 4 questions left")
        assert terminal.end() == 0
    assert not (project / "content").exists()


def test_undo_returns_to_the_question_and_leaves_no_trace(project: Path) -> None:
    with reviewed(project) as terminal:
        terminal.wait_for("q leave")
        terminal.press("u", "nothing to take back")
        terminal.press("1", "2 of 4, 1 written")
        terminal.press("n", "3 of 4")
        terminal.press("x", "4 of 4, 2 written")
        terminal.press("u", "3 of 4, 1 written")
        terminal.press("u", "1 of 4")
        terminal.press("q", "nothing written")
        assert terminal.end() == 0
    assert not (project / "content").exists()


def test_a_desk_s_own_file_keeps_every_byte(project: Path) -> None:
    file(project).parent.mkdir(parents=True)
    file(project).write_bytes(DESK)
    with reviewed(project) as terminal:
        terminal.wait_for("q leave")
        terminal.press("b", "2 of 4, 1 written")
        assert file(project).read_bytes().startswith(DESK)
        # Somebody saves the file in an editor meanwhile.
        mine = file(project).read_bytes().replace(b"# Ours.", b"# Ours, and more.")
        file(project).write_bytes(mine)
        terminal.press("a", "3 of 4, 2 written")
        assert file(project).read_bytes().startswith(mine)
        terminal.press("u", "2 of 4, 1 written")
        assert file(project).read_bytes() == mine
        terminal.press("u", "1 of 4")
        assert file(project).read_bytes() == DESK.replace(b"# Ours.", b"# Ours, and more.")
        terminal.send("q")
        assert terminal.end() == 0


def test_a_file_that_is_broken_meanwhile_is_named_and_left_alone(project: Path) -> None:
    file(project).parent.mkdir(parents=True)
    with reviewed(project) as terminal:
        terminal.wait_for("q leave")
        file(project).write_bytes(b"- drop: [x\n")
        terminal.press("1", "not written: review.yml:2: not valid YAML")
        assert "1 of 4" in terminal.screen()
        file(project).write_bytes(b"- drop: [x]\n")
        terminal.press("1", "2 of 4, 1 written")
        terminal.send("q")
        assert terminal.end() == 0
    assert [d.kind for d in decided(project)] == ["drop", "retract"]


def test_a_name_is_mended_and_the_question_stays(project: Path) -> None:
    with reviewed(project) as terminal:
        terminal.wait_for("q leave")
        terminal.press("n", "2 of 4")
        terminal.press("n", "3 of 4")
        terminal.press("r", "New name for “Zorvism”")
        terminal.press("Zorvizm Šķ\n", "renamed: Zorvizm Šķ")
        assert "3 of 4, 1 written" in terminal.screen()
        terminal.press("r", "New name")
        terminal.press("\n", "q leave")
        terminal.press("k", "4 of 4, 2 written")
        terminal.send("q")
        assert terminal.end() == 0
    assert [(d.kind, d.value) for d in decided(project)] == [
        ("rename", {"Zorvism": "Zorvizm Šķ"}),
        ("type", {"Zorvism": "person"}),
    ]


@pytest.mark.parametrize("ending", ["\x03", "typing", signal.SIGTERM, signal.SIGHUP])
def test_however_it_ends_the_terminal_is_as_it_was(project: Path, ending: object) -> None:
    with reviewed(project) as terminal:
        terminal.wait_for("q leave")
        assert terminal.modes_now() != terminal.modes
        terminal.press("1", "2 of 4, 1 written")
        if isinstance(ending, signal.Signals):
            terminal.signal(ending)
        elif ending == "typing":
            terminal.press("n", "3 of 4")
            terminal.press("r", "New name")
            terminal.send("abc\x03")
        else:
            terminal.send(str(ending))
        status = terminal.end()
        assert status == (128 + ending if isinstance(ending, signal.Signals) else 130)
        assert terminal.modes_now() == terminal.modes
        # The other screen is left and the cursor shown again.
        assert "\x1b[?1049l" in terminal.raw and terminal.raw.rfind("\x1b[?25h") > 0
        assert "Traceback" not in terminal.raw
        if not isinstance(ending, signal.Signals):
            assert terminal.raw.endswith(
                "1 answer written to content/curation/review.yml; 3 questions left; "
                "`cardfile build` applies them\r\n"
            )
    assert [d.kind for d in decided(project)] == ["retract"]


@pytest.mark.parametrize("size", [(80, 24), (32, 14)])
@pytest.mark.parametrize("colour", [True, False])
def test_screens_fit_and_are_plain_where_no_colour_is_wanted(
    project: Path, size: tuple[int, int], colour: bool
) -> None:
    environment = {} if colour else {"NO_COLOR": "1"}
    with reviewed(project, size=size, environment=environment) as terminal:
        terminal.wait_for("q leave")
        for number in (2, 3, 4):
            assert terminal.fits(), terminal.screen()
            coloured = any(f"\x1b[{code}" in terminal.raw for code in ("1;36m", "1;33m", "36m"))
            assert coloured is colour
            terminal.press("n", f"{number} of 4")
            terminal.wait_for("q leave")
        terminal.send("q")
        assert terminal.end() == 0


def test_a_dumb_terminal_gets_no_signs_it_can_t_read(project: Path) -> None:
    with reviewed(project, environment={"TERM": "dumb"}) as terminal:
        terminal.wait_for("q leave")
        terminal.send("nq")
        assert terminal.end() == 0
        assert "\x1b" not in terminal.raw and "2 of 4" in terminal.raw


def test_what_an_article_says_moves_no_cursor(project: Path, queue: tuple[Question, ...]) -> None:
    from dataclasses import replace

    quote = replace(queue[0].quotes[0], text="He said\x1b]0;owned\x07\x1b[2J\u202e nothing")
    hostile = replace(queue[0], quotes=(quote,), names=("A\x1b[31m", "B"))
    (project / "queue").write_bytes(pickle.dumps((hostile,)))
    with reviewed(project) as terminal:
        screen = terminal.wait_for("q leave")
        assert "‹U+001B›]0;owned‹U+0007›‹U+001B›[2J‹U+202E›" in screen.replace("\n", "")
        assert "\x07" not in terminal.raw and "\x1b]0" not in terminal.raw
        terminal.send("q")
        terminal.end()


# --- the whole command


def test_without_a_terminal_it_says_what_to_do() -> None:
    command = [*CARDFILE, "review"]
    run = subprocess.run(command, cwd=REPO, capture_output=True, text=True, input="", check=False)
    assert run.returncode == 2 and run.stdout == ""
    assert "--list" in run.stderr and run.stderr.count("\n") == 1
    command = [*CARDFILE, "review", "--list", "--date", "in May"]
    run = subprocess.run(command, cwd=REPO, capture_output=True, text=True, input="", check=False)
    assert run.returncode == 2 and "2025-05-09" in run.stderr


def test_a_review_is_left_and_taken_up_again(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    content = config.parent / "content"
    (content / "articles/arrest.txt").write_text(ARREST, encoding="utf-8")
    theirs = (content / "curation/decisions.yml").read_bytes()
    command = [*CARDFILE, "review", "--config", str(config), "--by", "Me", "--date", "2026-01-02"]
    with Terminal(command, REPO) as terminal:
        screen = terminal.wait_for("q leave")
        assert "1 of 3" in screen and "mayor" in screen
        terminal.press("n", "2 of 3")
        terminal.press("a", "3 of 3, 1 written")
        terminal.press("q", "2 questions left")
        assert terminal.end() == 0
    first = (content / "curation/review.yml").read_bytes()
    (decision,), _ = curation.parse({"a": first.decode()})
    assert (decision.kind, decision.by, decision.date) == ("accept", "Me", "2026-01-02")
    # Nothing is made but the decision.
    assert not (content / "cards").exists() and not (content / "pages").exists()
    with Terminal(command, REPO) as terminal:
        screen = terminal.wait_for("q leave")
        assert "1 of 2" in screen and "mayor" in screen  # asked again: it was skipped
        terminal.press("1", "2 of 2, 1 written")
        terminal.press("u", "1 of 2")
        assert (content / "curation/review.yml").read_bytes() == first
        terminal.send("\x03")
        assert terminal.end() == 130
    assert (content / "curation/decisions.yml").read_bytes() == theirs
