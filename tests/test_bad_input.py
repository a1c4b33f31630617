"""What can't be used is named with what to do about it, and the rest is still built."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.cli import main
from tests.projects import contents, make_project

GOOD = "dockers-walk-out-over-new-rota"

# A minimal file of each kind that isn't text.
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
ZIP = b"PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00!\x00" + bytes(range(256)) * 8
SUNNY = """\
The sun shone on Riga all day, and half the town went down to the river to swim. The lifeguards
counted nine hundred heads before noon and gave up. The mayor had closed the offices at one.
"""
HOSTILE = """\
Marta Ozola said {{ config }} was her favourite word, and <img src=x onerror=alert(2)> her second.
The mayor of <script>alert(3)</script> Liepaja asked everybody to go home before the rain came.
"""
PDF = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"

BAD_FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.md": b"\n \n\t\n",
    "picture.txt": PNG,
    "archive.md": ZIP,
    "zeros.txt": bytes(4000),
    "page.html": b"<html><head><title>Log in</title></head><body></body></html>",
    "menu.html": b"<html><body><nav><a href='/'>Home</a><a href='/b'>News</a></nav></body></html>",
    "broken-front.md": b"---\ntitle: [The ferry\npublished: 2025-05-01\n---\nThe ferry left.\n",
    "report.pdf": PDF,
    "report.docx": ZIP,
    "numbers.txt": b"1;2;3\n4;5;6\n7;8;9\n",
    "front-only.md": b"---\ntitle: Nothing below\n---\n",
}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the articles folder of a project, which the command line stands in."""
    make_project(tmp_path, "harbour")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "content/articles"


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """Return a function that gives the lines printed to standard error so far."""
    return lambda: capsys.readouterr().err.splitlines()


def about(file: str, lines: list[str]) -> list[str]:
    return [line for line in lines if f"{file}:" in line]


def cards_made() -> set[str]:
    return {path.stem for path in Path("content/cards").glob("*/*.yml")}


def test_every_bad_file_is_named_and_the_others_are_built(
    project: Path, said: Callable[[], list[str]]
) -> None:
    for name, data in BAD_FILES.items():
        (project / name).write_bytes(data)
    assert main(["cards"]) == 0
    lines = said()
    silent = [name for name in BAD_FILES if not about(name, lines)]
    assert silent == []
    assert all(line.startswith("warning: ") for line in lines)
    assert GOOD in cards_made() and "marta-ozola" in cards_made()


@pytest.mark.parametrize("name", sorted(BAD_FILES))
def test_a_bad_file_makes_no_article(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[[], list[str]]
) -> None:
    config = make_project(tmp_path, "harbour")
    monkeypatch.chdir(config.parent)
    articles = Path("content/articles")
    for path in articles.iterdir():
        path.unlink()
    (articles / name).write_bytes(BAD_FILES[name])
    assert main(["cards"]) == 0
    lines = about(name, said())
    assert lines
    for line in lines:
        what, todo = line.removeprefix("warning: ").split(": ", 1)[1].rsplit(": ", 1)
        assert what and todo
    assert cards_made() == set()


def test_a_folder_named_like_an_article_is_no_crash(
    project: Path, said: Callable[[], list[str]]
) -> None:
    (project / "folder.md").mkdir()
    assert main(["cards"]) == 0
    assert GOOD in cards_made()


def test_a_link_out_of_the_folder_is_refused(project: Path, said: Callable[[], list[str]]) -> None:
    outside = project.parents[1] / "outside.md"
    outside.write_text("The treasurer, Paul Grimm, hid the key.\n", encoding="utf-8")
    (project / "linked.md").symlink_to(outside)
    assert main(["cards"]) == 0
    assert len(about("linked.md", said())) == 1
    assert "paul-grimm" not in cards_made()


def test_a_link_to_nothing_is_named(project: Path, said: Callable[[], list[str]]) -> None:
    (project / "lost.md").symlink_to(project / "gone.md")
    assert main(["cards"]) == 0
    assert len(about("lost.md", said())) == 1


TEXT = """\
The mayor of Liepāja opens a café

The mayor of Liepāja, Jānis Bērziņš, opened the café on the quay on Friday morning. He paid for the
coffee himself, and the baker from next door gave every child in the queue a bun.
"""
FRENCH = """\
Le maire ouvre un café

Le maire d’Orléans, André Dupré, a ouvert le café du quai vendredi matin. Il a payé le café de tous
les invités, et le boulanger d’à côté a donné une brioche à chaque enfant de la file.
"""
RUSSIAN = """\
Мэр открыл мост

Мэр города Иван Петров открыл в пятницу новый мост через реку. Жители ждали его шесть лет, и многие
пришли на набережную с цветами. Первым по мосту проехал старый трамвай.
"""


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", TEXT),
        ("utf-16", TEXT),
        ("utf-16-le", TEXT),
        ("cp1252", FRENCH),
        ("cp1257", TEXT),
        ("cp1251", RUSSIAN),
        ("utf-8", RUSSIAN),
    ],
)
def test_any_encoding_is_read_or_named(
    encoding: str, text: str, project: Path, said: Callable[[], list[str]]
) -> None:
    (project / "coded.txt").write_bytes(text.encode(encoding))
    assert main(["cards"]) == 0
    read = [p for p in Path("content/cards/articles").glob("*.yml") if "coded.txt" in p.read_text()]
    assert len(read) + len(about("coded.txt", said())) == 1
    assert all("\ufffd" not in path.read_text(encoding="utf-8") for path in read)


def test_broken_front_matter_names_its_line(project: Path, said: Callable[[], list[str]]) -> None:
    text = "---\ntitle: A fine day\nsource: [Gazette\nauthor: Mia\n---\n"
    (project / "sunny.md").write_text(text + SUNNY, encoding="utf-8")
    main(["cards"])
    (line,) = about("sunny.md", said())
    assert any(f"sunny.md:{n}: " in line for n in (3, 4))


@pytest.mark.parametrize(
    "front",
    [
        "published: last Tuesday",
        "publish: perhaps",
        "retracted: perhaps",
        "published: 2025-13-45",
    ],
)
def test_a_wrong_value_in_front_matter_is_named(
    front: str, project: Path, said: Callable[[], list[str]]
) -> None:
    text = f"---\ntitle: A fine day in Riga\n{front}\n---\n"
    (project / "sunny.md").write_text(text + SUNNY, encoding="utf-8")
    assert main(["cards"]) == 0
    assert len(about("sunny.md", said())) == 1


def test_a_file_over_the_limit_is_named(project: Path, said: Callable[[], list[str]]) -> None:
    config = Path("mkdocs.yml")
    limits = "      limits: {file_bytes: 1500}\n"
    config.write_text(config.read_text(encoding="utf-8") + limits, encoding="utf-8")
    (project / "long.txt").write_text("The ferry left on time. " * 200, encoding="utf-8")
    assert main(["cards"]) == 0
    (line,) = about("long.txt", said())
    assert "1,500" in line and "limits.file_bytes" in line


def test_hostile_text_is_an_article_like_any_other(project: Path) -> None:
    text = "---\ntitle: <script>alert(1)</script>\n---\n" + HOSTILE
    (project / "hostile.md").write_text(text, encoding="utf-8")
    assert main(["build"]) == 0
    pages = [path.read_text(encoding="utf-8") for path in Path("content/pages").rglob("*.md")]
    assert [page for page in pages if "<script>alert" in page or "onerror=" in page] == []


def test_strict_turns_a_warning_into_status_1(project: Path) -> None:
    assert main(["build"]) == 0
    (project / "empty.txt").write_bytes(b"")
    assert main(["build", "--strict"]) == 1
    assert GOOD in cards_made()


def test_broken_curation_stops_with_its_line_and_writes_nothing(
    project: Path, said: Callable[[], list[str]]
) -> None:
    main(["cards"])
    before = contents(Path("content/cards"))
    (project / "empty.txt").write_bytes(b"")
    desk = project.parent / "curation/desk.yml"
    desk.write_text("- drop: [Marta Ozola]\n- marge: [A, B]\n", encoding="utf-8")
    assert main(["cards"]) == 1
    (error,) = [line for line in said() if line.startswith("error: ")]
    assert "curation/desk.yml:2: " in error and "marge" in error
    assert contents(Path("content/cards")) == before


def test_curation_in_no_known_encoding_is_an_error(
    project: Path, said: Callable[[], list[str]]
) -> None:
    (project.parent / "curation/desk.yml").write_bytes(b"- drop: [Andr\xe9]\n")
    assert main(["cards"]) == 1
    assert any("curation/desk.yml" in line and "UTF-8" in line for line in said())


def test_a_decision_about_nobody_is_only_a_warning(
    project: Path, said: Callable[[], list[str]]
) -> None:
    desk = project.parent / "curation/desk.yml"
    desk.write_text("- merge: [Marta Ozola, Nobody Known]\n", encoding="utf-8")
    assert main(["cards"]) == 0
    (line,) = said()
    assert line.startswith("warning: curation/desk.yml:1: ") and "Nobody Known" in line


def test_a_note_for_no_card_is_a_warning(project: Path, said: Callable[[], list[str]]) -> None:
    (project.parent / "notes/marta-ozolla.md").write_text("A note.\n", encoding="utf-8")
    assert main(["cards"]) == 0 and said() == []
    assert main(["pages"]) == 0
    (line,) = said()
    assert line.startswith("warning: notes/marta-ozolla.md: ")


def test_a_broken_card_on_disk_is_told_and_made_anew_once_deleted(
    project: Path, said: Callable[[], list[str]]
) -> None:
    main(["cards"])
    before = contents(Path("content/cards"))
    broken = Path("content/cards/people/marta-ozola.yml")
    broken.write_text("id: [\n", encoding="utf-8")
    said()
    assert main(["cards"]) == 0
    assert any("people/marta-ozola.yml:" in line and "by hand" in line for line in said())
    assert broken.read_text(encoding="utf-8") == "id: [\n"
    broken.unlink()
    assert main(["cards"]) == 0
    assert contents(Path("content/cards")) == before


def test_a_folder_without_articles_makes_an_empty_knowledge_base(project: Path) -> None:
    shutil.rmtree(project.parent / "curation")
    shutil.rmtree(project.parent / "notes")
    for path in project.iterdir():
        path.unlink()
    assert main(["cards"]) == 0
    assert cards_made() == set()


@pytest.mark.parametrize("command", ["cards", "build", "annotate", "explain", "check"])
def test_a_missing_articles_folder_is_wrong_usage(
    command: str, project: Path, said: Callable[[], list[str]]
) -> None:
    target = ["x"] if command == "explain" else []
    assert main([command, "--articles", "no-such-folder", *target]) == 2
    assert "no-such-folder" in "\n".join(said())
