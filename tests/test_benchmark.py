"""The benchmark runs and tells of every stage; how long they take is no matter here."""

import gc
from pathlib import Path

import pytest

from generator import cli
from generator.model import Limits
from generator.read import read_folder
from tests import benchmark


def test_reports_every_stage() -> None:
    measured = benchmark.measure(1, most=6)
    assert measured.articles == 6
    assert measured.words > 500
    assert min(measured.seconds[stage] for stage in benchmark.STAGES) > 0
    told = benchmark.report(measured)
    assert all(f"\n{stage} " in told for stage in (*benchmark.STAGES, "yardstick"))


def test_repetitions_are_articles_of_other_years(tmp_path: Path) -> None:
    benchmark.write_articles(tmp_path, repeat=2, most=2)
    articles, problems = read_folder(tmp_path, limits=Limits(), taken={})
    assert problems == ()
    assert len({article.id for article in articles}) == 4
    assert sorted((a.published or "")[:4] for a in articles) == ["1970", "1970", "1971", "1971"]


def test_garbage_is_looked_for_as_often_as_by_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[int, ...]] = []
    monkeypatch.setattr(gc, "set_threshold", lambda *numbers: said.append(numbers))
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert said == [benchmark.GARBAGE]
    monkeypatch.setattr(benchmark, "measure", lambda *_: None)
    benchmark.measure_alone(1)
    assert said[1:] == [benchmark.GARBAGE]
