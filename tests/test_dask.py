"""A cluster makes the same cards as one process, even when a worker is killed at its work.

Needs the extra `cluster`; skipped without it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.engine import Unreachable, cluster
from generator.tasks import Lost
from tests.benchmark import write_articles
from tests.test_engine import fail, many, slow_where_even

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.filterwarnings("ignore:::(distributed|tornado|dask|asyncio)")


def kill_always(number: int) -> int:
    if number == 20:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.fixture(scope="module")
def scheduler() -> Iterator[Any]:
    """Yield a cluster of three worker processes on this machine."""
    with distributed.LocalCluster(
        n_workers=3, threads_per_worker=1, dashboard_address=None, silence_logs=50
    ) as running:
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


def test_no_scheduler_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_PATIENCE", 0.2)
    with pytest.raises(Unreachable, match="tcp://127.0.0.1:9"):
        cluster.Cluster("tcp://127.0.0.1:9")
    with pytest.raises(Unreachable, match="--scheduler"):
        cluster.Cluster(None)


def test_a_worker_killed_in_the_middle_changes_no_byte(
    tmp_path: Path, scheduler: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(cluster, "CHUNK", 4_000)
    Path("mkdocs.yml").write_text("site_name: x\nplugins: [cardfile]\n")
    Path("articles").mkdir()
    write_articles(Path("articles"), 1, 60)
    given = ["cards", "--articles", "articles", "--output"]
    assert main([*given, "here", "--engine", "none"]) == 0
    shutil.rmtree(".cache")  # what it would make is kept there
    killer = _Killer(scheduler)
    killer.start()
    dask = ["--engine", "dask", "--scheduler", scheduler.scheduler_address]
    assert main([*given, "there", *dask]) == 0
    killer.join(60)
    assert killer.killed
    assert _sums(Path("there")) == _sums(Path("here"))
    assert len(_sums(Path("here"))) > 100


class _Killer(threading.Thread):
    """Kills the first worker that has names to find."""

    def __init__(self, scheduler: Any) -> None:
        super().__init__(daemon=True)
        self._client = distributed.Client(scheduler.scheduler_address, set_as_default=False)
        self.killed = 0

    def run(self) -> None:
        pids = self._client.run(os.getpid)
        end = time.monotonic() + 60
        while not self.killed and time.monotonic() < end:
            time.sleep(0.05)
            # Reading takes no time; whoever has had this much to do finds names.
            busy = [worker for worker, tasks in self._client.processing().items() if tasks]
            if busy and self._busy_for_long(busy[0]):
                self.killed = pids[busy[0]]
                os.kill(self.killed, signal.SIGKILL)
        self._client.close()

    def _busy_for_long(self, worker: str) -> bool:
        """Return whether a worker has the same task in hand some time later."""
        before = set(self._client.processing()[worker])
        time.sleep(0.5)
        return bool(before & set(self._client.processing().get(worker, ())))


def _sums(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*.yml") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }
