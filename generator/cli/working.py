"""Where the work is done: over the cores or a cluster, with what earlier builds made at hand."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from generator import kept_tables, towns
from generator.cards import card_index
from generator.cli import last_time, screen
from generator.engine import Engine, InProcess
from generator.engine.cache import Cache
from generator.engine.kept import Kept, Report
from generator.engine.processes import Processes
from generator.engine.versions import program
from generator.interruptions import undone_by
from generator.model import Settings
from generator.tasks import Mapped

if TYPE_CHECKING:
    from generator.pipeline import Outcome

_FILE = Path(".cache", "cardfile", "articles.sqlite")


def cache_path(settings: Settings) -> Path:
    """Return where results are kept: in the project, or beside what is put elsewhere."""
    root, home = Path(settings.root), Path(settings.cards).parent
    return (root if home.is_relative_to(root) else home) / _FILE


@contextmanager
def at_work(
    settings: Settings, options: argparse.Namespace, report: Report
) -> Iterator[tuple[Mapped, Cache]]:
    """Yield what runs tasks as the command line says, and what keeps their results.

    Tables made of our lists are kept beside them, and what is known of the card files. Nothing
    else is written; where nothing can be, nothing is kept.
    """
    engine = _engine(options)
    path = cache_path(settings)
    cache = Cache(path)
    try:
        with (
            undone_by(cache.close),
            kept_tables.kept_in(path.with_name("tables"), program()),
            card_index.kept_in(path.with_name("cards.sqlite"), program()),
        ):
            yield Kept(engine, cache, program(), report), cache
    finally:
        cache.close()
        engine.close()
    if engine.deaths:
        ended = "worker process" if engine.deaths == 1 else "worker processes"
        screen.complain(f"note: {engine.deaths} {ended} ended early; the work was done again")


def make_cards(settings: Settings, report: Report, mapped: Mapped, cache: Cache) -> Outcome:
    """Make the cards; where all is as it was after the last build, read what that has written.

    What there was to complain of is found anew: then the last build's cards say less than it.
    The lock of `building` must be held.
    """
    from generator import pipeline

    told = last_time.problems(settings, cache)
    report("look", 1, 1)
    if told == ():
        return pipeline.read_knowledge(settings, report, mapped)
    outcome = pipeline.generate(settings, report, mapped)
    if not any(problem.fatal for problem in outcome.problems):
        last_time.keep(settings, cache, outcome.problems)
    return outcome


def _engine(options: argparse.Namespace) -> Engine:
    name = getattr(options, "engine", None)
    if name == "dask":
        # Brings a library along that few have.
        from generator.engine.cluster import Cluster

        return Cluster(options.scheduler)
    return InProcess() if name == "none" else Processes(ready=_load_shared)


def _load_shared() -> None:
    """Load what most workers come to need, but hardly the first article."""
    towns.is_town("")
