"""Engines: the same results in the same order, whatever becomes of the processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from itertools import count
from pathlib import Path

import pytest

from generator import kept_tables
from generator.engine import Engine, InProcess, workers
from generator.engine.chunks import MOST, chunked
from generator.engine.processes import Processes
from generator.tasks import Lost

ITEMS = list(range(500))


def square(number: int) -> int:
    return number * number


def slow_where_even(number: int) -> int:
    time.sleep(0.002 * (number % 2 == 0))
    return number * number


def kill_once(item: tuple[str, int]) -> int:
    """End this process, unless that was done before: a file tells."""
    mark, number = item
    if number == 250 and not os.path.exists(mark):
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def kill_always(number: int) -> int:
    if number == 250:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fail(number: int) -> int:
    if number == 250:
        raise ValueError("number 250")
    return number


def own_process(number: int) -> int:
    return os.getpid()


def is_keeping(item: object) -> bool:
    return kept_tables.is_keeping()


def one(item: object) -> int:
    return 1


def many(item: object) -> int:
    return 2_000


def processes() -> Processes:
    return Processes(workers=2, enough=10)


@pytest.mark.parametrize("engine", [InProcess(), processes()], ids=["none", "processes"])
def test_results_come_in_order(engine: Engine) -> None:
    assert list(engine.map(slow_where_even, ITEMS, many)) == [n * n for n in ITEMS]


def test_nothing_gives_nothing() -> None:
    assert list(processes().map(square, [], one)) == []


def test_several_processes_are_at_work() -> None:
    assert len(set(processes().map(own_process, ITEMS, many))) == 3  # and this one


@pytest.mark.skipif(workers.METHOD != "fork", reason="new workers cost much here")
def test_a_worker_that_has_done_much_makes_room_for_a_new_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("generator.engine.processes.RENEWED", 2)
    engine = processes()
    found = list(engine.map(own_process, ITEMS, many))
    # Chunks of thirty, two for each.
    assert max(Counter(found).values()) == 60
    assert len(set(found)) >= 9 and engine.deaths == 0
    assert list(engine.map(square, ITEMS, many)) == [n * n for n in ITEMS]


def test_little_work_is_done_here() -> None:
    engine = Processes(workers=2, enough=501)
    assert set(engine.map(own_process, ITEMS, one)) == {os.getpid()}


def test_a_started_worker_needs_no_fork(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "METHOD", "spawn")
    engine = processes()
    assert list(engine.map(square, ITEMS, many)) == [n * n for n in ITEMS]
    engine.close()


def test_workers_that_cost_much_to_start_serve_every_map(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(workers, "METHOD", "spawn")
    engine = processes()
    with kept_tables.kept_in(tmp_path, b"1"):
        first = set(engine.map(own_process, ITEMS, many))
        assert set(engine.map(own_process, ITEMS, many)) == first
        # They know where tables are kept, though they were told nothing but once.
        assert set(engine.map(is_keeping, ITEMS, many)) == {True}
    os.kill(next(iter(first - {os.getpid()})), signal.SIGKILL)
    assert list(engine.map(square, ITEMS, many)) == [n * n for n in ITEMS]
    assert engine.deaths == 1
    after = set(engine.map(own_process, ITEMS, many))
    assert len(after & first) == 2  # this one and the one that lives
    engine.close()
    assert engine.spare == []


def test_workers_left_in_the_middle_of_something_are_not_used_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(workers, "METHOD", "spawn")
    engine = processes()
    found = engine.map(slow_where_even, ITEMS, many)
    assert [next(found) for _ in range(3)] == [0, 1, 4]
    found.close()  # type: ignore[attr-defined]
    assert list(engine.map(square, ITEMS, many)) == [n * n for n in ITEMS]
    engine.close()


def test_what_is_loaded_before_workers_are_split_off_is_theirs(tmp_path: Path) -> None:
    engine = Processes(workers=2, enough=10, ready=lambda: _LOADED.append(os.getpid()))
    _LOADED.clear()
    assert set(engine.map(loaded, ITEMS, many)) == {0, 1}  # the first item needs no workers
    assert [os.getpid()] == _LOADED


_LOADED: list[int] = []


def loaded(item: object) -> int:
    return len(_LOADED)


def test_items_are_taken_as_they_are_needed() -> None:
    counter = count()
    found = processes().map(square, counter, many)
    assert [next(found) for _ in range(10)] == [n * n for n in range(10)]
    found.close()  # type: ignore[attr-defined]
    assert next(counter) < 2_000


def test_a_worker_that_is_killed_costs_nothing(tmp_path: Path) -> None:
    engine = processes()
    items = [(str(tmp_path / "mark"), number) for number in ITEMS]
    assert list(engine.map(kill_once, items, many)) == ITEMS
    assert engine.deaths == 1


def test_an_item_that_kills_every_worker_is_lost_and_no_other() -> None:
    found = list(processes().map(kill_always, ITEMS, many))
    assert found[250] == Lost("signal 9")
    assert found[:250] + found[251:] == ITEMS[:250] + ITEMS[251:]


def test_what_a_task_raises_is_raised() -> None:
    found = processes().map(fail, ITEMS, many)
    with pytest.raises(ValueError, match="number 250"):
        list(found)


def test_chunks_are_bounded_by_work_and_by_number() -> None:
    assert list(chunked([1, 2, 3], lambda n: 10, 20)) == [[1, 2], [3]]
    assert [len(chunk) for chunk in chunked(range(250), lambda n: 0)] == [MOST, MOST, 50]


PARENT = """
import time
from generator.engine.processes import Processes
from tests.test_engine import many, nap
list(Processes(workers=2, enough=10).map(nap, range(1000), many))
"""


def nap(number: int) -> int:
    if number:
        time.sleep(0.05)
    return number


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="reads Linux's /proc")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_workers_end_with_whoever_started_them(repo: Path, number: int) -> None:
    command = [sys.executable, "-W", "error", "-c", PARENT]
    with subprocess.Popen(command, cwd=repo, stderr=subprocess.DEVNULL, stdout=-3) as parent:
        children = _wait_for(lambda: _children(parent.pid))
        os.kill(parent.pid, number)
        parent.wait(20)
    assert len(children) == 2
    assert _wait_for(lambda: not any(Path(f"/proc/{child}").exists() for child in children))


def _children(process: int) -> list[str]:
    found = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return found if len(found) == 2 else []


def _wait_for(look: object) -> list[str]:
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if found := look():  # type: ignore[operator]
            return found
        time.sleep(0.02)
    raise AssertionError("waited in vain")
