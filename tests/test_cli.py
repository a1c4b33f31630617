"""The command `cardfile`: what it says, what it returns, what it leaves on disk."""

from __future__ import annotations

import io
import json
import re
import shutil
import time
import types
import zipfile
from collections.abc import Iterator
from contextlib import redirect_stderr
from pathlib import Path
from typing import Any

import pytest

import generator
from generator.cli import main, projects, screen
from generator.engine.kept import Kept
from generator.model import Article, Problem, Sentence
from generator.settings import load_settings
from generator.site.offline_zip import write_zip
from generator.site.plugin import generate_pages
from tests.projects import contents, make_project, settings_of

WARNING = Problem("a.txt", 3, "no text", "delete it")
ERROR = Problem("curation/a.yml", 2, "no such card", "correct the name", fatal=True)
COMMANDS = (
    "build", "cards", "pages", "serve", "annotate", "explain", "check", "review", "diff", "export",
    "init",
)  # fmt: skip
FAKE_FILES = ("Makefile", "pyproject.toml", "generator/x.py", "generator/__pycache__/x.pyc")


class FakePipeline(types.ModuleType):
    """Stands in for the stages: notes what was called, returns the problems it is given."""

    def __init__(self) -> None:
        super().__init__("generator.pipeline")
        self.called: list[str] = []
        self.problems: tuple[Problem, ...] = ()
        self.waiting: tuple[str, ...] = ()
        self.site_problems: tuple[Problem, ...] = ()
        self.settings: Any = None
        self.mapped: Any = None

    def generate(self, settings: Any, report: Any, mapped: Any) -> Any:
        self.called.append("generate")
        self.settings, self.mapped = settings, mapped
        report("read", 1, 2)
        return types.SimpleNamespace(problems=self.problems)

    def read_knowledge(self, settings: Any, report: Any, mapped: Any) -> Any:
        self.called.append("read")
        report("cards before", 1, 1)
        return types.SimpleNamespace(problems=())

    def build_pages(
        self, settings: Any, outcome: Any, report: Any, mapped: Any = None
    ) -> tuple[Problem, ...]:
        self.called.append("pages" if outcome else "pages from cards")
        self.mapped = mapped or self.mapped
        report("entity pages", 1, 1)
        return ()

    def build_site(
        self, config: Path, settings: Any, strict: bool, report: Any
    ) -> tuple[Problem, ...]:
        self.called.append("site")
        report("site", 1, 1)
        return self.site_problems

    def withheld(self, outcome: Any) -> tuple[str, ...]:
        return self.waiting

    def annotations(
        self, settings: Any, report: Any, mapped: Any
    ) -> tuple[Iterator[dict[str, Any]], tuple[Problem, ...]]:
        self.mapped = mapped
        report("extract", 1, 1)
        found = [] if self.problems == (ERROR,) else [{"article": "a", "text": "Ёлка"}]
        return iter(found), self.problems

    def explain(self, settings: Any, target: str, report: Any, mapped: Any) -> str:
        self.mapped = mapped
        report("extract", 1, 1)
        return f"about {target}" if target == "a" else ""

    def read_articles(self, settings: Any) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
        return (Article("a", "a.txt", "A", "A b", (Sentence(1, 0, 3, 0),)),), ()


@pytest.fixture
def pipeline(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> FakePipeline:
    fake = FakePipeline()
    monkeypatch.setattr(generator, "pipeline", fake, raising=False)
    monkeypatch.chdir(tmp_path)
    Path("mkdocs.yml").write_text("site_name: X\nplugins: [cardfile]\n", encoding="utf-8")
    return fake


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["--help"])
    said = capsys.readouterr().out
    assert stop.value.code == 0
    assert [name for name in COMMANDS if f"\n    {name} " not in said] == []
    assert "examples:" in said and "exit status:" in said


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_own_help(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([command, "--help"])
    assert stop.value.code == 0
    assert f"usage: cardfile {command}" in capsys.readouterr().out


@pytest.mark.parametrize(
    "argv", [[], ["bild"], ["build", "--publish", "all"], ["explain"], ["--nothing"]]
)
def test_wrong_usage_is_status_2(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main(argv)
    assert stop.value.code == 2
    assert "usage: cardfile" in capsys.readouterr().err


def test_build_makes_cards_then_pages_then_the_site(pipeline: FakePipeline) -> None:
    assert main(["build"]) == 0
    assert pipeline.called == ["generate", "pages", "site"]


def test_cards_and_pages_stop_where_they_say(pipeline: FakePipeline) -> None:
    assert (main(["cards"]), main(["pages"])) == (0, 0)
    assert pipeline.called == ["generate", "pages from cards"]


def test_a_build_with_nothing_changed_takes_the_cards_as_they_are(pipeline: FakePipeline) -> None:
    assert (main(["build"]), main(["build"]), main(["cards"])) == (0, 0, 0)
    assert pipeline.called == ["generate", "pages", "site", "read", "pages", "site"]
    Path("content/curation").mkdir(parents=True)
    Path("content/curation/more.yml").write_text("[]\n")
    pipeline.called.clear()
    assert main(["build"]) == 0
    assert pipeline.called == ["generate", "pages", "site"]


def test_what_there_was_to_complain_of_is_found_anew(
    pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.problems = (WARNING,)
    assert (main(["build", "--strict"]), main(["build", "--strict"])) == (1, 1)
    assert pipeline.called == ["generate", "pages", "site"] * 2
    assert capsys.readouterr().err == "warning: a.txt:3: no text: delete it\n" * 2


@pytest.mark.parametrize("command", ["build", "cards", "pages", "annotate", "explain a"])
def test_whatever_reads_articles_keeps_what_it_makes_of_them(
    pipeline: FakePipeline, tmp_path: Path, command: str
) -> None:
    assert main(command.split()) == 0
    assert isinstance(pipeline.mapped, Kept)
    assert [path.name for path in (tmp_path / ".cache" / "cardfile").iterdir()]


def test_without_the_right_to_keep_anything_all_is_done_all_the_same(
    pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    Path(".cache").write_text("somebody's file")
    for command in (["annotate"], ["explain", "a"], ["pages"]):
        assert main(command) == 0
    assert capsys.readouterr().err == ""
    assert Path(".cache").read_text() == "somebody's file"


def test_what_is_read_back_makes_the_same_site(
    repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = make_project(tmp_path, "harbour")
    # MkDocs' own theme writes the time of the build into the home page.
    shutil.copy(repo / "mkdocs.yml", config)
    shutil.copytree(repo / "templates", tmp_path / "templates")
    (tmp_path / "content" / "pages").mkdir()
    assert main(["build", "--config", str(config)]) == 0
    made = {name: contents(tmp_path / name) for name in ("content", "site")}
    monkeypatch.setattr("generator.pipeline.generate", never)
    for name in ("content/pages", "site"):
        shutil.rmtree(tmp_path / name)
    assert main(["build", "--config", str(config)]) == 0
    assert {name: contents(tmp_path / name) for name in made} == made
    assert len(made["site"]) > 50


def test_mkdocs_itself_keeps_what_is_made_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = make_project(tmp_path, "harbour")
    assert main(["cards", "--config", str(config)]) == 0
    monkeypatch.setattr("generator.pipeline.generate", never)
    assert generate_pages(settings_of(config)) == ()
    assert (tmp_path / "content" / "pages" / "index.md").is_file()


def never(*given: object) -> None:
    raise AssertionError("nothing has changed")


# --- how far it is


class Screen(io.StringIO):
    """A terminal that keeps what was drawn on it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def wide(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("TERM", "xterm-256color"), ("COLUMNS", "80"), ("LINES", "24")):
        monkeypatch.setenv(name, value)


def drawn(*reports: tuple[str, int, int], pause: float = 0) -> list[str]:
    """Return the last lines that a terminal shows of some reports, their bars left out."""
    with redirect_stderr(Screen()) as terminal, screen.progress() as report:
        for told in reports:
            time.sleep(pause)
            report(*told)
        plain = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|[━╸╺]", "", terminal.getvalue())
    # Each drawing goes back to the first line of the last one.
    lines = re.split(r"\r?\n|\r", plain)
    return [" ".join(line.split()) for line in lines if line.strip()]


def test_a_terminal_shows_each_stage_and_how_far_it_is() -> None:
    lines = drawn(("read", 300, 300), ("extract", 0, 300), ("write", 0, 0))
    assert lines[-3:-1] == ["read 300/300 0:00:00", "extract 0/300 -:--:--"]
    # Nobody knows yet how much it will be.
    assert lines[-1] == "write 0/?"


def test_a_terminal_shows_how_long_it_will_take() -> None:
    # A tenth of a second for each of a hundred.
    lines = drawn(*(("extract", number, 100) for number in range(6)), pause=0.11)
    assert re.fullmatch(r"extract 5/100 0:00:\d\d", lines[-1])


def test_a_stage_that_comes_once_more_begins_anew() -> None:
    again = drawn(("read", 9, 9), ("tidy", 9, 9), ("read", 0, 4), ("read", 4, 4))
    assert again[-2:] == ["tidy 9/9 0:00:00", "read 4/4 0:00:00"]


def test_bars_are_gone_when_all_is_done() -> None:
    with redirect_stderr(Screen()) as terminal, screen.progress() as report:
        report("read", 1, 1)
    assert "read" in terminal.getvalue()
    assert terminal.getvalue().endswith("\x1b[2K")


def test_into_a_pipe_nothing_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    with screen.progress() as report:
        for number in range(100):
            report("read", number, 99)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("command", "stages"),
    [
        ("build", ["look", "read", "entity pages", "site", "the rest", "in all"]),
        ("cards", ["look", "read", "the rest", "in all"]),
        ("pages", ["entity pages", "the rest", "in all"]),
        ("annotate", ["extract", "the rest", "in all"]),
        ("explain a", ["extract", "the rest", "in all"]),
    ],
)
def test_a_profile_has_a_line_for_each_stage(
    pipeline: FakePipeline, capsys: pytest.CaptureFixture[str], command: str, stages: list[str]
) -> None:
    assert main([*command.split(), "--profile"]) == 0
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" s  ")[2] for line in lines] == stages
    seconds = [float(line.partition(" s  ")[0]) for line in lines]
    assert seconds[-1] == pytest.approx(sum(seconds[:-1]), abs=0.01 * len(lines))


def test_a_quiet_build_prints_nothing(
    pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["build"])
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("argv", "status"), [(["build"], 0), (["build", "--strict"], 1), (["cards"], 0)]
)
def test_a_warning_is_printed_and_counts_only_in_strict(
    pipeline: FakePipeline,
    capsys: pytest.CaptureFixture[str],
    argv: list[str],
    status: int,
) -> None:
    pipeline.problems = (WARNING, WARNING)
    assert main(argv) == status
    assert capsys.readouterr().err == "warning: a.txt:3: no text: delete it\n"


def test_broken_curation_stops_the_build(
    pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.problems = (ERROR,)
    assert main(["build"]) == 1
    assert pipeline.called == ["generate"]
    assert capsys.readouterr().err.startswith("error: curation/a.yml:2: no such card: ")


def test_what_the_site_complains_of_counts_too(pipeline: FakePipeline) -> None:
    pipeline.site_problems = (WARNING,)
    assert (main(["build"]), main(["build", "--strict"])) == (0, 1)


def test_broken_configuration_is_status_1(
    pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("mkdocs.yml").write_text("plugins:\n- cardfile:\n    publish: all\n", encoding="utf-8")
    with pytest.raises(SystemExit) as stop:
        main(["build"])
    assert stop.value.code == 1
    assert "error: mkdocs.yml:3: cardfile: publish can't be 'all'" in capsys.readouterr().err
    assert pipeline.called == []


def test_folders_that_are_not_there_are_wrong_usage(
    pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--articles", "nowhere"]) == 2
    assert main(["build", "--config", "nowhere.yml"]) == 2
    said = capsys.readouterr().err
    assert "nowhere: no such folder" in said and "nowhere.yml: no such file" in said


def test_the_command_line_reaches_the_settings(pipeline: FakePipeline, tmp_path: Path) -> None:
    (tmp_path / "saved").mkdir()
    main(["build", "--articles", "saved", "--output", "out", "--publish", "none"])
    assert pipeline.settings.articles == str(tmp_path / "saved")
    assert pipeline.settings.cards == str(tmp_path / "out" / "cards")
    assert pipeline.settings.publish == "none"


def test_annotate_prints_json_lines(
    pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.problems = (WARNING,)
    assert main(["annotate"]) == 0
    out, err = capsys.readouterr()
    assert [json.loads(line) for line in out.splitlines()] == [{"article": "a", "text": "Ёлка"}]
    assert err == "warning: a.txt:3: no text: delete it\n"


def test_annotate_fails_if_no_article_can_be_read(pipeline: FakePipeline) -> None:
    pipeline.problems = (ERROR,)
    assert main(["annotate"]) == 1


def test_explain_prints_what_it_knows_and_refuses_what_it_does_not(
    pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (main(["explain", "a"]), main(["explain", "b"])) == (0, 2)
    out, err = capsys.readouterr()
    assert out == "about a\n"
    assert "b: neither an article's file nor a card's id" in err


# --- a new project


@pytest.fixture
def project(repo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small project to copy, with our templates."""
    root = tmp_path / "ours"
    for name in (*FAKE_FILES, "tests/golden/a.html", "tests/test_golden.py", "tests/test_a.py"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x", encoding="utf-8")
    config = "site_name: Ours\nsite_description: >\n  About\n  us\ntheme:\n  name: material # why\n"
    plugins = "plugins:\n- cardfile:\n    publish: full\n"
    (root / "mkdocs.yml").write_text(config + plugins, encoding="utf-8")
    shutil.copytree(repo / "templates" / "init", root / "templates" / "init")
    monkeypatch.setattr(projects, "PROJECT", root)
    return root


def test_init_makes_a_project_with_no_article_of_ours(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "east-asia"
    assert main(["init", str(folder)]) == 0
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"Makefile", "pyproject.toml", "generator/x.py", "tests/test_a.py", "README.md"} <= files
    assert {name for name in files if "golden" in name or name.endswith(".pyc")} == set()
    assert {name for name in files if name.startswith("content/")} == {
        "content/articles/README.md",
        "content/curation/README.md",
        "content/notes/README.md",
        "content/pages/.gitignore",
    }
    assert "cd " + str(folder) in capsys.readouterr().out


def test_a_new_project_bears_its_own_name_and_shows_excerpts(project: Path, tmp_path: Path) -> None:
    main(["init", str(tmp_path / "east-asia")])
    config = tmp_path / "east-asia" / "mkdocs.yml"
    said = "site_name: East asia\ntheme:\n  name: material # why\n"
    assert config.read_text(encoding="utf-8").startswith(said)
    settings, problems = load_settings(config)
    assert (settings.publish, problems) == ("excerpt", ())
    assert (tmp_path / "east-asia" / "README.md").read_text().startswith("# East asia\n")


def test_our_own_configuration_makes_a_good_new_one(repo: Path, tmp_path: Path) -> None:
    ours = (repo / "mkdocs.yml").read_text(encoding="utf-8")
    config = tmp_path / "mkdocs.yml"
    config.write_text(projects.fresh_config(ours, 'A: "b" # c'), encoding="utf-8")
    settings, problems = load_settings(config)
    assert (settings.publish, problems) == ("excerpt", ())
    assert 'site_name: "A: \\"b\\" # c"' in config.read_text(encoding="utf-8")


def test_init_leaves_a_folder_in_use_alone(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "used").mkdir()
    (tmp_path / "used" / "a.txt").write_text("mine")
    assert main(["init", str(tmp_path / "used")]) == 2
    assert [path.name for path in (tmp_path / "used").iterdir()] == ["a.txt"]
    assert "not empty" in capsys.readouterr().err


def test_everything_a_project_runs_on_is_there_to_be_copied(repo: Path) -> None:
    needed = {"generator", "templates", "Makefile", "pyproject.toml", "requirements.txt", "tests"}
    assert needed <= set(projects.PROGRAM)
    assert [name for name in sorted(needed) if not (repo / name).exists()] == []


@pytest.mark.parametrize(
    ("folder", "name"),
    [("east-asia_news", "East asia news"), ("Фонд", "Фонд"), ("--", "Knowledge base")],
)
def test_a_site_is_named_after_its_folder(folder: str, name: str) -> None:
    assert projects.project_name(Path("/tmp") / folder) == name


# --- the zip for readers without a network


def test_the_same_site_makes_the_same_zip(tmp_path: Path) -> None:
    for name, mode in (("one", 0o600), ("two", 0o755)):
        for file in ("b.html", "a/c.css") if name == "one" else ("a/c.css", "b.html"):
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file * 100)
            path.chmod(mode)
        write_zip(tmp_path / name, tmp_path / name / "kb.zip")
    # The second time the zip lies in the site already.
    write_zip(tmp_path / "one", tmp_path / "one" / "kb.zip")
    first, second = (tmp_path / name / "kb.zip" for name in ("one", "two"))
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == ["kb/a/c.css", "kb/b.html"]
        assert archive.read("kb/b.html") == b"b.html" * 100
        assert archive.testzip() is None


def test_a_build_lists_the_claims_that_wait_for_an_editor(
    pipeline: FakePipeline, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.waiting = ("withheld until accepted: Ann Lee: arrested",)
    assert main(["build"]) == 0
    assert capsys.readouterr().err == "note: withheld until accepted: Ann Lee: arrested\n"
