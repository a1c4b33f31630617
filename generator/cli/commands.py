"""What each command does: settings in, stages called, problems shown, exit status out.

The pipeline is imported inside the commands: it brings MkDocs and the language model along,
and `cardfile --help` has need of neither.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from generator import selections
from generator.cli import exporting, last_time, projects, screen, working
from generator.exports import FORMATS
from generator.model import Problem, Settings
from generator.read.tables import is_table
from generator.settings import load_settings
from generator.tasks import Mapped
from generator.transactions import building


class WrongUsage(Exception):
    """The command can't be what was meant; says why."""


def build(options: argparse.Namespace) -> int:
    """Make cards, pages and site."""
    from generator import pipeline

    settings = _settings(options)
    # Until the site is there: another build must not take these cards or pages away from us.
    with building(Path(settings.cards)), screen.progress(options.profile) as report:
        with working.at_work(settings, options, report) as (mapped, cache):
            outcome = working.make_cards(settings, report, mapped, cache)
        problems = list(outcome.problems)
        if not _broken(problems):
            problems += pipeline.build_pages(settings, outcome, report)
        if not _broken(problems):
            config = Path(options.config)
            problems += pipeline.build_site(config, settings, options.strict, report)
            for line in pipeline.withheld(outcome):
                screen.complain(f"note: {line}")
    return _status(problems, strict=options.strict)


def cards(options: argparse.Namespace) -> int:
    """Make the cards, unless all is as it was when they were made last."""
    settings = _settings(options)
    with (
        screen.progress(options.profile) as report,
        building(Path(settings.cards)),
        working.at_work(settings, options, report) as (mapped, cache),
    ):
        problems = last_time.problems(settings, cache)
        report("look", 1, 1)
        if problems is None:
            from generator import pipeline

            problems = pipeline.generate(settings, report, mapped).problems
            if not _broken(problems):
                last_time.keep(settings, cache, problems)
    return _status(problems)


def pages(options: argparse.Namespace) -> int:
    """Make the pages from the cards as they are."""
    from generator import pipeline

    settings = _settings(options)
    with _at_work(settings, options) as (report, mapped):
        problems = pipeline.build_pages(settings, None, report, mapped)
    return _status(problems)


def serve(options: argparse.Namespace) -> int:
    """Serve the site; our plugin makes everything anew when a file changes."""
    # MkDocs' own command: whoever knows it finds its every habit here.
    from mkdocs.commands.serve import serve as mkdocs_serve

    from generator.site.plugin import CardfilePlugin

    settings = _settings(options)
    if options.all or _selected(options):
        # MkDocs reads mkdocs.yml anew for each build, and makes a plugin of it.
        CardfilePlugin.publish_only = settings.publish_only
    mkdocs_serve(config_file=options.config, dev_addr=options.address)
    return 0


def annotate(options: argparse.Namespace) -> int:
    """Print one JSON object per article; status 1 only if none could be read."""
    from generator import pipeline

    settings = _settings(options)
    with _at_work(settings, options) as (report, mapped):
        annotations, problems = pipeline.annotations(settings, report, mapped)
    printed = 0
    for annotation in annotations:
        sys.stdout.write(json.dumps(annotation, ensure_ascii=False) + "\n")
        printed += 1
    screen.show(problems)
    return 0 if printed or not problems else 1


def explain(options: argparse.Namespace) -> int:
    """Print where a card or an article's text came from."""
    from generator import pipeline

    settings = _settings(options)
    with _at_work(settings, options) as (report, mapped):
        text = pipeline.explain(settings, options.target, report, mapped)
    if not text:
        raise WrongUsage(f"{options.target}: neither an article's file nor a card's id")
    screen.tell(text if text.endswith("\n") else f"{text}\n")
    return 0


def export(options: argparse.Namespace) -> int:
    """Write the cards for other programs."""
    settings = _settings(options)
    if options.cards:
        if not Path(options.cards).is_dir():
            raise WrongUsage(f"{options.cards}: no such folder")
        settings = replace(settings, cards=options.cards)
    dataset, problems = exporting.load_dataset(settings)
    if not dataset.entities and not dataset.articles:
        raise WrongUsage(f"{settings.cards}: no cards there; run `cardfile cards` first")
    if not _broken(problems):
        try:
            exporting.write(FORMATS[options.format](dataset), options.target)
        except exporting.NoTarget as fault:
            raise WrongUsage(str(fault)) from fault
    return _status(problems)


def check_all(options: argparse.Namespace) -> int:
    """Check cards, pages and site as they are, and whether they are what they would be now."""
    from generator.cli import checking

    settings = _settings(options)
    with _at_work(settings, options) as (report, mapped):
        checked = checking.check_base(settings, report, mapped)
    return checking.tell(checked, options.format)


def diff(options: argparse.Namespace) -> int:
    """Tell what differs between a git revision and the work tree."""
    # Knows the pages' escaping, and with it all of their words.
    from generator.cli import difference_reports, differing
    from generator.git_history import NoHistory

    settings = _settings(options)
    config, revision = Path(options.config), options.revision
    try:
        with _at_work(settings, options) as (report, mapped):
            found, problems = differing.compare_with(settings, config, revision, report, mapped)
    except NoHistory as fault:
        raise WrongUsage(str(fault)) from fault
    sys.stdout.write(difference_reports.FORMATS[options.format](found))
    screen.show(problems)
    broken = _broken((*problems, *found.decisions))
    return 1 if broken or (options.exit_code and not found.empty()) else 0


def review(options: argparse.Namespace) -> int:
    """Ask an editor about the doubtful decisions, or print the questions."""
    from generator.cli import reviewing

    settings = _settings(options)
    try:
        reviewing.refuse_early(options.list, options.date)
    except reviewing.NoReview as fault:
        raise WrongUsage(str(fault)) from fault
    # After the question whether there is a terminal: these bring the language model along.
    from generator import pipeline
    from generator.cli.review_queue import queue_of

    with _at_work(settings, options) as (report, mapped):
        outcome = pipeline.make_knowledge(settings, report, mapped)
        questions = () if _broken(outcome.problems) else queue_of(outcome)
    if _broken(outcome.problems):
        return _status(outcome.problems)
    if options.list:
        return max(_status(outcome.problems), reviewing.list_questions(questions))
    by = reviewing.editor_name(settings, options.by)
    return reviewing.review(settings, questions, by, options.date, outcome.decisions)


def init(options: argparse.Namespace) -> int:
    """Start a new knowledge base in an empty folder."""
    folder = Path(options.folder)
    try:
        sys.stdout.write(projects.create(folder))
    except projects.NoProject as fault:
        raise WrongUsage(str(fault)) from fault
    return 0


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": build,
    "cards": cards,
    "pages": pages,
    "serve": serve,
    "annotate": annotate,
    "explain": explain,
    "export": export,
    "check": check_all,
    "diff": diff,
    "review": review,
    "init": init,
}


def _settings(options: argparse.Namespace) -> Settings:
    """Return the settings of a command. Raises SystemExit 1 if mkdocs.yml is broken."""
    articles = getattr(options, "articles", None)
    if articles and not (Path(articles).is_dir() or is_table(Path(articles))):
        raise WrongUsage(f"{articles}: no such folder, nor a .jsonl or .parquet file")
    config = Path(options.config)
    if not config.is_file():
        raise WrongUsage(f"{config}: no such file; run in the project's folder, or use --config")
    settings, problems = load_settings(
        config,
        articles=articles,
        output=getattr(options, "output", None),
        publish=getattr(options, "publish", None),
        publish_all=getattr(options, "all", False),
        publish_only=_selected(options),
    )
    if problems:
        screen.show(problems)
        raise SystemExit(1)
    return settings


@contextmanager
def _at_work(
    settings: Settings, options: argparse.Namespace
) -> Iterator[tuple[screen.Report, Mapped]]:
    """Yield what shows how far the work is, and what does it as the command line says."""
    with (
        screen.progress(options.profile) as report,
        working.at_work(settings, options, report) as (mapped, _),
    ):
        yield report, mapped


def _selected(options: argparse.Namespace) -> dict[str, object]:
    """Return the parts of a selection that the command line names."""
    given = {name: getattr(options, name, None) for name in selections.NAMES}
    return {name: selections.clean(name, value) for name, value in given.items() if value}


def _broken(problems: Iterable[Problem]) -> bool:
    return any(problem.fatal for problem in problems)


def _status(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """Show problems and return the exit status they call for."""
    problems = tuple(problems)
    screen.show(problems)
    return 1 if _broken(problems) or (strict and problems) else 0
