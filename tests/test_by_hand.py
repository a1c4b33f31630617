"""A card that a person changed is never overwritten, and the build says how to keep the change."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.pipeline import Outcome
from tests.projects import contents, make_project, run

CARD = "content/cards/people/edgars-berzins.yml"


def edit(project: Path, name: str, old: str, new: str) -> str:
    """Change a file by hand and return what it holds then."""
    path = project / name
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text)
    path.write_text(re.sub(old, new, text, count=1), encoding="utf-8")
    return path.read_text(encoding="utf-8")


def told(outcome: Outcome, file: str) -> list[str]:
    return [str(p) for p in outcome.problems if p.file.endswith(file.removeprefix("content/"))]


def decision_in(problem: str) -> str:
    """Return the line that a warning asks to be written into curation."""
    return problem.partition("write into curation: ")[2].partition(" ; ")[0]


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (r"name: .*", "name: Edgar Berzin", "- rename: {edgars-berzins: Edgar Berzin}"),
        (
            r"(name: .*\n)",
            r"\1description: Keeper of the keys" + "\n",
            "- set: {id: edgars-berzins, description: Keeper of the keys}",
        ),
        (r"type: person", "type: organization", "- type: {edgars-berzins: organization}"),
        (
            r"aliases: \[",
            "aliases: [Edgaris, ",
            "- entity: {name: Edgars Berzins, type: person, aliases: [Edgaris]}",
        ),
    ],
)
def test_a_change_by_hand_is_left_told_and_kept_by_the_line_given(
    tmp_path: Path, old: str, new: str, line: str
) -> None:
    config = make_project(tmp_path, "harbour")
    run(config)
    if "description" in line:
        edit(tmp_path, CARD, r"description: .*\n|\Z", "")
    changed = edit(tmp_path, CARD, old, new)
    outcome, _ = run(config)
    assert (tmp_path / CARD).read_text(encoding="utf-8") == changed
    (problem, *_) = told(outcome, CARD)
    assert decision_in(problem) == line
    decisions = "".join(f"{decision_in(p)}\n" for p in told(outcome, CARD) if "distinct" not in p)
    (tmp_path / "content/curation/kept.yml").write_text(decisions, encoding="utf-8")
    outcome, problems = run(config)
    assert problems == ()
    assert "curated:" in next(
        path.read_text(encoding="utf-8")
        for path in (tmp_path / "content/cards").glob("*/edgars-berzins.yml")
    )
    before = contents(tmp_path / "content")
    run(config)
    assert contents(tmp_path / "content") == before


def test_a_claim_changed_by_hand_gives_a_claim_and_a_retract(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    outcome, _ = run(config)
    card = next(c for c in outcome.knowledge.cards if any(cl.value for cl in c.claims))
    claim = next(cl for cl in card.claims if cl.value)
    path = next((tmp_path / "content/cards").glob(f"*/{card.id}.yml"))
    name = path.relative_to(tmp_path).as_posix()
    edit(tmp_path, name, rf"value: {re.escape(claim.value or '')}", "value: chief cook")
    outcome, _ = run(config)
    lines = [decision_in(p) for p in told(outcome, name)]
    assert len(lines) == 2
    assert lines[0].startswith(f"- claim: {{who: {card.id}") and "chief cook" in lines[0]
    assert lines[1].startswith(f"- retract: {{who: {card.id}")
    text = "".join(f"{line}\n" for line in lines)
    (tmp_path / "content/curation/kept.yml").write_text(text, encoding="utf-8")
    _, problems = run(config)
    assert problems == ()
    assert "chief cook" in path.read_text(encoding="utf-8")


def test_a_quote_changed_by_hand_is_told_and_comes_back_when_the_file_is_deleted(
    tmp_path: Path,
) -> None:
    config = make_project(tmp_path, "harbour")
    run(config)
    good = (tmp_path / CARD).read_bytes()
    changed = edit(tmp_path, CARD, r'quote: "(\w)', r'quote: "X\1')
    outcome, _ = run(config)
    assert "delete the file" in told(outcome, CARD)[0]
    assert (tmp_path / CARD).read_text(encoding="utf-8") == changed
    (tmp_path / CARD).unlink()
    outcome, problems = run(config)
    assert problems == () and (tmp_path / CARD).read_bytes() == good


def test_a_card_added_by_hand_stays_and_a_decision_is_offered(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    run(config)
    new = tmp_path / "content/cards/people/ann-other.yml"
    new.write_text("id: ann-other\ntype: person\nname: Ann Other\n", encoding="utf-8")
    outcome, _ = run(config)
    assert new.is_file()
    (problem,) = told(outcome, "content/cards/people/ann-other.yml")
    assert decision_in(problem) == "- entity: {name: Ann Other, type: person}"


def test_a_broken_card_is_left_and_told_with_its_line(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    run(config)
    changed = edit(tmp_path, CARD, r"name: .*", "nam: Edgars")
    outcome, _ = run(config)
    assert any(":3: changed by hand, and no longer a card" in p for p in told(outcome, CARD))
    assert (tmp_path / CARD).read_text(encoding="utf-8") == changed


def test_line_endings_of_windows_are_no_change(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    run(config)
    path = tmp_path / CARD
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    _, problems = run(config)
    assert problems == () and b"\r" not in path.read_bytes()


def test_what_a_new_article_changes_is_no_change_by_hand(tmp_path: Path) -> None:
    config = make_project(tmp_path, "harbour")
    run(config)
    article = tmp_path / "content/articles/more.md"
    article.write_text(
        "# Clerk leaves\n\nEdgars Berzins left Riga for Tallinn on Monday, where he "
        "will keep the books of a small school by the sea for a year or two.\n",
        "utf-8",
    )
    _, problems = run(config)
    assert problems == ()
    assert "clerk-leaves" in (tmp_path / CARD).read_text(encoding="utf-8")
