"""Everybody run at one size, in turn, and what became of it as a record."""

from __future__ import annotations

import os
import platform
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tests.bench import sites
from tests.bench.figures import GENERATION, SEARCH, SITE, STAGES, Record, of_subject, points
from tests.bench.generation import KINDS, measure_generation
from tests.bench.growth import projected
from tests.bench.peers import Peer, versions
from tests.bench.runs import MEGA, Failed, Run, least
from tests.bench.stages import measure_stages

# Whoever needs more seconds of processor time than that, is run once.
SLOW = 5.0
# Whatever they take: the goals are about them.
ALWAYS = (sites.OURS, sites.WARM, sites.TUNED)
# Who is not ours to mend.
PEERS = (sites.MATERIAL, sites.PLAIN, sites.ZENSICAL, sites.HUGO, sites.PAGEFIND)
# Up to so many articles or pages everything is run several times.
SMALL = {GENERATION: 100, SITE: 2_500}

Way = Callable[[], Run]


@dataclass(frozen=True, slots=True)
class Bench:
    """How to measure: the number of this run, the peers, how often, and what is too long.

    `limit` is in seconds of processor time; `only` names who is run, all if empty.
    """

    run: int
    peers: Mapping[str, Peer] = field(default_factory=dict)
    repeat: int = 2
    limit: float = 180
    only: tuple[str, ...] = ()

    def record(self, subject: str, size: int, took: Mapping[str, Run]) -> Record:
        """Return a record of what was measured here."""
        told = {"Python": platform.python_version(), **versions(self.peers)}
        return Record(self.run, subject, size, cores(), told, took)


def cores() -> int:
    """Return how many cores this process may use."""
    allowed = getattr(os, "sched_getaffinity", None)
    return len(allowed(0)) if allowed else os.cpu_count() or 1


def generation_record(bench: Bench, size: int) -> Record:
    """Return what so many articles take to become cards."""
    runs: list[dict[str, Run]] = []
    for _ in range(bench.repeat if size <= SMALL[GENERATION] else 1):
        with tempfile.TemporaryDirectory() as folder:
            runs.append(measure_generation(Path(folder), size))
    took = {kind: least([one[kind] for one in runs]) for kind in KINDS}
    for kind, run in took.items():
        tell(size, "articles", kind, run)
    return bench.record(GENERATION, size, took)


def site_records(bench: Bench, size: int, known: Sequence[Record]) -> tuple[Record, Record]:
    """Return what a site of so many pages takes, and the index of its search.

    `known` is what was measured before, to tell what would take too long.
    """
    with tempfile.TemporaryDirectory() as folder:
        shop = sites.make_workshop(Path(folder), size, bench.peers)
        ways = _wanted(bench, sites.site_ways(shop))
        skipped = _too_long(bench, ways, of_subject(known, SITE), size) | _absent(bench)
        ways = {name: way for name, way in ways.items() if name not in skipped}
        # After the sites: Pagefind reads ours.
        took, failed = in_turn(ways | _wanted(bench, sites.index_ways(shop)), bench, size)
    skipped |= failed
    site, search = ({n: took[n] for n in some if n in took} for some in _GROUPS)
    apart = [{n: why for n, why in skipped.items() if n in some} for some in _GROUPS]
    return (
        replace(bench.record(SITE, size, site), skipped=apart[0]),
        replace(bench.record(SEARCH, size, search), skipped=apart[1]),
    )


_GROUPS = (sites.BUILDERS, sites.INDEXES)


def in_turn(
    ways: Mapping[str, Way], bench: Bench, size: int
) -> tuple[dict[str, Run], dict[str, str]]:
    """Return the least that everybody took in several rounds, and what failed of others.

    The slow ones run in one round. Raises Failed and Incomplete where that is our own fault.
    """
    runs: dict[str, list[Run]] = {}
    failed: dict[str, str] = {}
    for turn in range(bench.repeat if size <= SMALL[SITE] else 1):
        for name, way in ways.items():
            if name in failed or (turn and runs[name][0].cpu > SLOW):
                continue
            try:
                runs.setdefault(name, []).append(way())
            except (Failed, sites.Incomplete) as fault:
                if name not in PEERS:
                    raise
                failed[name] = "failed"
                print(f"{name}: {fault}", flush=True)
            else:
                tell(size, "pages", name, runs[name][-1])
    return {name: least(some) for name, some in runs.items() if name not in failed}, failed


def stages_record(bench: Bench, articles: int) -> Record:
    """Return how long each stage takes on articles of the marked corpus."""
    words, took = measure_stages(articles)
    return replace(bench.record(STAGES, articles, took), words=words)


def _wanted(bench: Bench, ways: Mapping[str, Way]) -> dict[str, Way]:
    return {name: way for name, way in ways.items() if not bench.only or name in bench.only}


def _absent(bench: Bench) -> dict[str, str]:
    names = (sites.ZENSICAL, sites.HUGO, sites.PAGEFIND)
    missing = [name for name in names if name not in bench.peers]
    return {name: "not installed" for name in missing if not bench.only or name in bench.only}


def _too_long(
    bench: Bench, ways: Mapping[str, Way], known: Sequence[Record], size: int
) -> dict[str, str]:
    """Return who would take too long, and how long by what is known of smaller sizes."""
    found = {}
    smaller = [record for record in known if record.size < size]
    for name in ways:
        if name not in ALWAYS and (some := points(smaller, name)):
            cost = projected(some, size, sites.POWERS.get(name, 1))
            if cost > bench.limit:
                found[name] = f"not run, projected {cost:,.0f} s"
    return found


def tell(size: int, unit: str, name: str, run: Run) -> None:
    """Print what one run took."""
    told = f"{run.cpu:9.2f} s CPU {run.wall:9.2f} s {run.memory:7.0f} MB"
    print(f"{size:7,} {unit:8} {name:30}{told} {run.written / MEGA:9.1f} MB", flush=True)
