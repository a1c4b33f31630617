"""Decisions appended to the editors' files: every byte of theirs stays, and comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator import curation
from generator.curation_files import CannotAppend, append, decisions_text, take_back
from generator.model import Decision

DROP = (Decision("drop", ["Mystery Trip"], "", 0, why="review: no name", by="desk"),)
ODD = (
    Decision(
        "merge",
        ["no", "007", "[x]", "a: b", "a # b", " lead", "q'u\"o", "平양", "null", "two\nlines\x1b"],
        "",
        0,
        why="it's: so #1",
        date="2026-01-02",
    ),
    Decision("accept", {"who": "ann", "property": "arrested", "value": "x, {y}"}, "", 0),
)
# What editors keep in such files: comments, quotes, indents, line ends.
TAKES = [
    "",
    "# nothing yet\n",
    "- drop: [Orel]\n",
    "- drop: [Orel]",
    "# why\n\n-   drop:   [ 'Orel' ,]   # because\n\n\n# end\n",
    "  - drop: [Orel]\n    why: so\n  # end\n",
    "- drop: [Orel]\r\n- drop: [Tula]\r\n",
    "---\n- drop: [Orel]\n",
    "- set: {id: orel, description: a}\n  why: |+\n    kept\n\n\n",
    "- drop: [Orel]\n   # far in\n",
    "\ufeff- drop: [Orel]\n",
    "-\n  drop:\n  - Orel\n",
    "- merge: [\"Orel\",\n    'Oryol']\n",
]
# A list in brackets, and what stands behind a document's end, take no further line.
FULL = ["[]\n", "[{drop: [Orel]}]\n", "- drop: [Orel]\n...\n"]


def decisions_of(folder: Path) -> list[Decision]:
    texts = {path.name: path.read_bytes().decode() for path in folder.glob("*.yml")}
    decisions, problems = curation.parse(texts)
    assert problems == ()
    return list(decisions)


@pytest.mark.parametrize("text", TAKES)
@pytest.mark.parametrize("decisions", [DROP, ODD])
def test_what_stood_there_stays_and_comes_back(
    tmp_path: Path, text: str, decisions: tuple[Decision, ...]
) -> None:
    path = tmp_path / "review.yml"
    path.write_bytes(text.encode())
    before = decisions_of(tmp_path)
    done = append(tmp_path, decisions)
    assert path.read_bytes().startswith(text.encode())
    assert sorted(p.name for p in tmp_path.iterdir()) == ["review.yml"]
    found = decisions_of(tmp_path)
    assert [(d.kind, d.value) for d in found[: len(before)]] == [(d.kind, d.value) for d in before]
    assert [(d.kind, d.value, d.why, d.by, d.date) for d in found[len(before) :]] == [
        (d.kind, d.value, d.why, d.by, d.date) for d in decisions
    ]
    assert take_back(done)
    assert path.read_bytes() == text.encode()


@pytest.mark.parametrize("text", FULL)
def test_a_file_that_takes_no_line_stays_and_the_next_takes_it(tmp_path: Path, text: str) -> None:
    (tmp_path / "review.yml").write_bytes(text.encode())
    done = append(tmp_path, DROP)
    assert done.path.name == "review-2.yml"
    assert (tmp_path / "review.yml").read_bytes() == text.encode()
    assert ["Mystery Trip"] in [d.value for d in decisions_of(tmp_path)]
    assert take_back(done)
    assert not done.path.exists()


@pytest.mark.parametrize("data", [b"x: y\n", b"- drop: [x\n", b"- marge: [a, b]\n", b"- a: \xff\n"])
def test_a_broken_file_is_refused_with_what_to_do(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "review.yml").write_bytes(data)
    with pytest.raises(CannotAppend, match="review.yml"):
        append(tmp_path, DROP)
    assert (tmp_path / "review.yml").read_bytes() == data
    assert [path.name for path in tmp_path.iterdir()] == ["review.yml"]


def test_lines_end_as_the_file_s_own(tmp_path: Path) -> None:
    (tmp_path / "review.yml").write_bytes(b"- drop: [Orel]\r\n")
    append(tmp_path, DROP)
    data = (tmp_path / "review.yml").read_bytes()
    assert data.count(b"\r\n") == data.count(b"\n") == 4


def test_decisions_are_written_as_the_readme_writes_them() -> None:
    assert decisions_text(DROP) == (
        "- drop: [Mystery Trip]\n  why: 'review: no name'\n  by: desk\n"
    )


def test_what_was_written_after_an_answer_stays_when_it_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "review.yml"
    path.write_bytes(b"- drop: [Orel]\n")
    first, second = append(tmp_path, DROP), append(tmp_path, ODD)
    path.write_bytes(path.read_bytes() + b"# mine\n")
    assert take_back(first)
    assert path.read_bytes().startswith(b"- drop: [Orel]\n- merge:")
    assert take_back(second)
    assert path.read_bytes() == b"- drop: [Orel]\n# mine\n"
    assert not take_back(second)
    path.unlink()
    assert not take_back(first)


def test_folders_made_for_it_go_with_it(tmp_path: Path) -> None:
    done = append(tmp_path / "content" / "curation", DROP)
    assert take_back(done)
    assert list(tmp_path.iterdir()) == []
    done = append(tmp_path / "content" / "curation", DROP)
    (tmp_path / "content" / "else.txt").touch()
    assert take_back(done)
    assert [path.name for path in (tmp_path / "content").iterdir()] == ["else.txt"]
