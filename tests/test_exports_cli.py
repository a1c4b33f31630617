"""`cardfile export`: where the files go, and what is said where they can't."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from generator.cards import card_files
from generator.cli import main
from generator.files import sync_folder
from tests import export_sample

CONFIG = "site_name: Sample\nsite_url: https://example.org/cards/\nplugins: [cardfile]\n"
TABLES = {"entities", "claims", "evidence", "links", "mentions", "articles"}


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with the sample's cards, and work in it."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    texts = card_files.card_texts(export_sample.knowledge())
    sync_folder(tmp_path / "content" / "cards", texts, suffixes=(".yml",))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_file_goes_to_standard_output(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "jsonld"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["@context"]["@base"] == "https://example.org/cards/"
    assert len(told["@graph"]) > 30


def test_of_tables_the_claims_go_there(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--format", "csv"]) == 0
    rows = export_sample.rows(capsys.readouterr().out)
    # What is sensitive is not in the schema's properties by that name, so it is kept.
    assert {row["property"] for row in rows} >= {"position", "located_in", "owner"}


def test_tables_go_to_a_folder(project: Path) -> None:
    assert main(["export", "--format", "csv", "--output", "new/tables"]) == 0
    assert {path.stem for path in (project / "new" / "tables").iterdir()} == TABLES


def test_a_single_file_goes_where_it_is_told(project: Path) -> None:
    assert main(["export", "--format", "turtle", "--output", "graph.ttl"]) == 0
    assert main(["export", "--format", "turtle", "--output", "graphs/"]) == 0
    text = (project / "graph.ttl").read_text(encoding="utf-8")
    assert text == (project / "graphs" / "cardfile.ttl").read_text(encoding="utf-8")


def test_a_second_run_writes_nothing(project: Path) -> None:
    main(["export", "--format", "ftm", "--output", "out/"])
    written = (project / "out" / "cardfile.ftm.json").stat().st_mtime_ns
    main(["export", "--format", "ftm", "--output", "out/"])
    assert (project / "out" / "cardfile.ftm.json").stat().st_mtime_ns == written


def test_cards_may_be_elsewhere(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "content" / "cards").rename(project / "look")
    assert main(["export", "--format", "graphml"]) == 2
    assert "no cards there; run `cardfile cards` first" in capsys.readouterr().err
    assert main(["export", "--format", "graphml", "--cards", "look"]) == 0
    assert "<graphml " in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments",
    [["--cards", "nowhere"], ["--output", "mkdocs.yml"], ["--config", "nowhere.yml"]],
)
def test_wrong_usage_is_told(
    project: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--format", "csv", *arguments]) == 2
    assert capsys.readouterr().err.startswith("cardfile export: ")


def test_broken_decisions_stop_it(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # They say what may be shown.
    (project / "content" / "curation").mkdir()
    broken = project / "content" / "curation" / "a.yml"
    broken.write_text("- accept: [\n", encoding="utf-8")
    assert main(["export", "--format", "ftm"]) == 1
    printed = capsys.readouterr()
    assert (printed.out, printed.err[:6]) == ("", "error:")
