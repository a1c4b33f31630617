"""The command `cardfile diff`: a revision and the work tree in, what differs in words out."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator import differences, git_history, lexicons
from generator.cards import card_files
from generator.cards.curated import withheld_claims
from generator.cards.schema import load_schema
from generator.cli.difference_reports import Report
from generator.differences import State
from generator.git_history import Revision
from generator.model import Article, Decision, Knowledge, Problem, Settings
from generator.settings import load_settings
from generator.tasks import Mapped, here

Progress = Callable[[str, int, int], None]
# What a state of the knowledge base is read from, by the name of its setting.
_SOURCES = ("cards", "articles", "curation", "notes", "addresses")


@dataclass(frozen=True, slots=True)
class _Past:
    """A project as it was: its settings with every path below a folder of our own."""

    settings: Settings
    state: State
    had_articles: bool
    problems: tuple[Problem, ...]


def compare_with(
    settings: Settings,
    config: Path,
    revision_name: str,
    progress: Progress = lambda stage, done, total: None,
    mapped: Mapped = here,
) -> tuple[Report, tuple[Problem, ...]]:
    """Return what differs between a revision and the work tree, and the problems on the way.

    Nothing is written but to a temporary folder. `mapped` may keep what it makes of either: most
    articles are in both. Raises git_history.NoHistory.
    """
    revision = git_history.find_revision(Path(settings.root), revision_name)
    with TemporaryDirectory(prefix="cardfile-diff-") as folder:
        past = _past(revision, settings, config, Path(folder), mapped)
        now, problems, notes = _now(settings, past.had_articles, progress, mapped)
    edited = git_history.changed_files(revision, settings.articles)
    found = differences.compare(past.state, now, edited)
    unfit = tuple(one for one in problems if _is_curation(one, settings))
    report = Report(revision.commit, found, unfit, _labels(), _titles(past.state, now), notes)
    return report, tuple(sorted({*past.problems, *problems} - set(unfit)))


def _is_curation(problem: Problem, settings: Settings) -> bool:
    return problem.file.startswith(f"{Path(settings.curation).name}/")


def _state(
    knowledge: Knowledge, decisions: tuple[Decision, ...], articles: Iterable[Article] = ()
) -> State:
    schema = load_schema()
    # Cards of another time may hold properties that the schema has no more.
    cards = tuple(
        replace(card, claims=tuple(c for c in card.claims if c.property in schema.properties))
        for card in knowledge.cards
    )
    waiting = withheld_claims(Knowledge(cards), decisions, schema)
    ids = ((card.id, c.property, c.value, c.of, c.date) for card, c in waiting)
    texts = {article.id: article.text for article in articles}
    return State(knowledge, frozenset(ids), decisions, texts)


def _labels() -> dict[str, str]:
    schema = load_schema()
    kinds = {kind.name: kind.label for kind in schema.types.values()}
    return kinds | {one.name: one.label for one in schema.properties.values()}


def _titles(*states: State) -> dict[str, str]:
    return {card.id: card.title for state in states for card in state.knowledge.articles}


# --- now


def _now(
    settings: Settings, had_articles: bool, progress: Progress, mapped: Mapped
) -> tuple[State, tuple[Problem, ...], tuple[str, ...]]:
    """Return the knowledge as the work tree makes it, the problems on the way, and notes.

    A team that keeps its articles elsewhere has none here: then its cards are taken as they are.
    """
    from generator import pipeline

    outcome = pipeline.make_knowledge(settings, progress, mapped)
    if outcome.articles or had_articles or not outcome.before.cards:
        state = _state(outcome.knowledge, outcome.decisions, outcome.articles)
        return state, outcome.problems, ()
    knowledge, unreadable = card_files.read_cards(Path(settings.cards), mapped)
    _, wrong = pipeline.read_decisions(settings)
    note = str(lexicons.load("differences")["words"]["as_they_are"])
    return _state(knowledge, outcome.decisions), (*unreadable, *wrong), (note,)


# --- then


def _past(
    revision: Revision, settings: Settings, config: Path, folder: Path, mapped: Mapped
) -> _Past:
    """Return the project at a revision: its cards, or what its articles make where it had none."""
    from generator import pipeline

    places, then = _settings_then(revision, settings, config, folder)
    skipped = {name: _lay_out(revision, places, then, name) for name in ("cards", "curation")}
    knowledge, problems = card_files.read_cards(Path(then.cards), mapped)
    articles = places["articles"]
    had_articles = articles is not None and git_history.has_files(revision, articles)
    decisions, _ = pipeline.read_decisions(then)
    if not knowledge.cards and not knowledge.articles:
        skipped |= {name: _lay_out(revision, places, then, name) for name in ("articles", "notes")}
        outcome = pipeline.make_knowledge(then, mapped=mapped)
        knowledge, decisions, problems = outcome.knowledge, outcome.decisions, ()
    words: Mapping[str, str] = lexicons.load("differences")["words"]
    unwritten = tuple(
        Problem(f"{name}/{file}", 0, words["unreadable"], words["unreadable_todo"])
        for name, files in sorted(skipped.items())
        for file in files
    )
    return _Past(then, _state(knowledge, decisions), had_articles, (*problems, *unwritten))


def _settings_then(
    revision: Revision, settings: Settings, config: Path, folder: Path
) -> tuple[dict[str, str | None], Settings]:
    """Return where everything was in the repository, and the settings as they were.

    The paths of the settings lie below `folder`, laid out as in the repository.
    """
    top = git_history.path_in(revision, config.absolute().parent) or ""
    project = folder / "project" / top
    files = git_history.lay_out(revision, top, project, _is_config)
    given, problems = load_settings(project / config.name)
    then = settings if problems or config.name in files else given
    places = {name: _place(revision, getattr(then, name), folder) for name in _SOURCES}
    paths: dict[str, Any] = {
        name: str(folder / "state" / name / Path(getattr(then, name)).name) for name in _SOURCES
    }
    return places, replace(then, root=str(project), **paths)


def _is_config(name: str) -> bool:
    return "/" not in name and name.endswith((".yml", ".yaml"))


def _place(revision: Revision, path: str, folder: Path) -> str | None:
    """Return where a setting leads in the repository, None if it leads out of it."""
    try:
        below = os.path.relpath(path, folder / "project").replace(os.sep, "/")
    except ValueError:  # another drive
        below = ".."
    if below != ".." and not below.startswith("../"):
        return below
    return git_history.path_in(revision, path)


def _lay_out(
    revision: Revision, places: Mapping[str, str | None], then: Settings, name: str
) -> tuple[str, ...]:
    place = places[name]
    if place is None:
        return ()
    return git_history.lay_out(revision, place, Path(getattr(then, name)))
