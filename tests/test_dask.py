"""A cluster makes the same cards as one process, even when a worker is killed at its work.

Needs the extra `cluster`; skipped without it.
"""

from __future__ import annotations

import importlib
import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.engine import Unreachable, cluster
from generator.kept_tables import kept_in
from generator.resolve import joining
from generator.tasks import Lost
from tests.benchmark import write_articles
from tests.projects import contents
from tests.test_engine import fail, is_keeping, many, slow_where_even

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore:::(distributed|tornado|dask|asyncio)")


def kill_always(number: int) -> int:
    if number == 20:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    """Yield a cluster of three worker processes on this machine.

    What ends two workers is given up, not what ends four: each new one takes seconds to come.
    """
    # Read when the scheduler starts.
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 1}),
        distributed.LocalCluster(
            n_workers=3, threads_per_worker=1, dashboard_address=None, silence_logs=50
        ) as running,
    ):
        yield running


@pytest.fixture
def engine(scheduler: Any) -> Iterator[cluster.Cluster]:
    found = cluster.Cluster(scheduler.scheduler_address)
    yield found
    found.close()


def test_results_come_in_order(engine: cluster.Cluster) -> None:
    found = list(engine.map(slow_where_even, range(300), lambda number: 20_000))
    assert found == [number * number for number in range(300)]


def test_what_a_task_raises_is_raised(engine: cluster.Cluster) -> None:
    with pytest.raises(ValueError, match="number 250"):
        list(engine.map(fail, range(300), lambda number: 20_000))


def test_an_item_that_kills_every_worker_is_lost_and_no_other(engine: cluster.Cluster) -> None:
    found = list(engine.map(kill_always, range(40), lambda number: 100_000))
    assert isinstance(found[20], Lost)
    assert found[:20] + found[21:] == [number for number in range(40) if number != 20]


def test_workers_of_another_version_are_refused(
    engine: cluster.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "program", lambda: b"other")
    with pytest.raises(cluster.OtherProgram, match="install the same"):
        list(engine.map(slow_where_even, range(3), many))


def test_a_build_on_workers_of_another_version_says_what_to_do(
    scheduler: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(cluster, "program", lambda: b"other")
    (tmp_path / "mkdocs.yml").write_text("site_name: x\nplugins: [cardfile]\n")
    (tmp_path / "content" / "articles").mkdir(parents=True)
    write_articles(tmp_path / "content" / "articles", 1, 3)
    dask = ("--engine", "dask", "--scheduler", scheduler.scheduler_address)
    assert main(["cards", "--config", str(tmp_path / "mkdocs.yml"), *dask]) == 2
    said = capsys.readouterr().err
    assert "another version of cardfile" in said and "install the same on every worker" in said
    assert not (tmp_path / "content" / "cards").exists()


def test_tables_are_kept_where_they_are_within_reach(
    engine: cluster.Cluster, tmp_path: Path
) -> None:
    with kept_in(tmp_path, b"1"):
        assert list(engine.map(is_keeping, range(9), many)) == [True] * 9
    assert list(engine.map(is_keeping, range(9), many)) == [False] * 9


def test_on_another_machine_no_folder_is_made_for_tables(
    engine: cluster.Cluster, tmp_path: Path
) -> None:
    with kept_in(tmp_path / "home" / "tables", b"1"):
        assert list(engine.map(is_keeping, range(9), many)) == [False] * 9
    assert list(tmp_path.iterdir()) == []


def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 0.2)
    with pytest.raises(Unreachable, match="tcp://127.0.0.1:9"):
        cluster.Cluster("tcp://127.0.0.1:9")
    with pytest.raises(Unreachable, match="--scheduler"):
        cluster.Cluster(None)


# --- cards


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the files that one process makes of some articles."""
    return cards_of(tmp_path_factory.mktemp("plain"), "--engine", "none")


def cards_of(folder: Path, *engine: str) -> dict[str, bytes]:
    """Return the cards, and what stands beside them, that an engine makes of some articles."""
    (folder / "mkdocs.yml").write_text("site_name: x\nplugins: [cardfile]\n")
    articles = folder / "content" / "articles"
    articles.mkdir(parents=True)
    write_articles(articles, 1, 60)
    theirs = set(contents(articles))
    assert main(["cards", "--config", str(folder / "mkdocs.yml"), *engine]) == 0
    assert set(contents(articles)) == theirs
    found = contents(folder / "content")
    return {name: data for name, data in found.items() if not name.startswith("articles/")}


def watched(run: Callable[[Any], Any], marks: Path) -> Callable[[Any], Any]:
    """Return a task's function that notes where it runs; the first to run thrice is killed."""

    def watched_run(item: Any) -> Any:
        mine = marks / str(os.getpid())
        with mine.open("a") as file:
            file.write("run\n")
        if len(mine.read_text().splitlines()) == 3:
            with suppress(FileExistsError):
                (marks / "killed").touch(exist_ok=False)
                os.kill(os.getpid(), signal.SIGKILL)
        return run(item)

    watched_run.__wrapped__ = run  # type: ignore[attr-defined]
    return watched_run


def watch(module: str, name: str, marks: Path) -> None:
    """Have a function of a module watched, in the process that this is called in."""
    room = importlib.import_module(module)
    setattr(room, name, watched(getattr(room, name), marks))


def leave(module: str, name: str) -> None:
    room = importlib.import_module(module)
    setattr(room, name, getattr(getattr(room, name), "__wrapped__", getattr(room, name)))


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("generator.read", "_run_read"),
        ("generator.telling", "_tell"),
        ("generator.resolve.joining", "_join"),
    ],
    ids=["reading", "names", "identity"],
)
def test_a_worker_killed_in_the_middle_changes_no_byte(
    tmp_path: Path,
    scheduler: Any,
    plain: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    module: str,
    name: str,
) -> None:
    """A task is sent by its name: what the workers have under it is what they run."""
    monkeypatch.setattr(cluster, "CHUNK", 4_000)
    monkeypatch.setattr(joining, "PARTS", 20)
    marks, folder = tmp_path / "marks", tmp_path / "project"
    marks.mkdir()
    folder.mkdir()
    sent = count_sent(monkeypatch)
    with distributed.Client(scheduler.scheduler_address, set_as_default=False) as client:
        client.wait_for_workers(3, timeout=60)
        client.run(watch, module, name, marks)
        try:
            made = cards_of(folder, "--engine", "dask", "--scheduler", scheduler.scheduler_address)
        finally:
            client.run(leave, module, name)
    assert made == plain
    assert len(plain) > 100
    assert (marks / "killed").exists()
    (marks / "killed").unlink()
    runs = [len(path.read_text().splitlines()) for path in marks.iterdir()]
    # All was sent away; who came in the place of the killed one is not watched.
    assert sent[name] >= 30 and len(runs) == 3
    assert 10 < sum(runs) <= 2 * sent[name]


def count_sent(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Return how many items of each task's function are sent to workers, counted from now on."""
    sent: Counter[str] = Counter()
    send = cluster.Cluster._send

    def counted(self: cluster.Cluster, run: Any, chunk: list[Any]) -> Any:
        sent[run.run.__name__] += len(chunk)
        return send(self, run, chunk)

    monkeypatch.setattr(cluster.Cluster, "_send", counted)
    return sent
