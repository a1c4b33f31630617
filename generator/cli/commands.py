"""What each command does: settings in, stages called, problems shown, exit status out.

The pipeline is imported inside the commands: it brings MkDocs and the language model along,
and `cardfile --help` has need of neither.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from generator.cards import card_files, check, schema
from generator.cli import exporting, projects, screen
from generator.exports import FORMATS
from generator.model import Problem, Settings
from generator.settings import load_settings


class WrongUsage(Exception):
    """The command can't be what was meant; says why."""


def build(options: argparse.Namespace) -> int:
    """Make cards, pages and site."""
    from generator import pipeline

    settings = _settings(options)
    with screen.progress() as report:
        outcome = pipeline.generate(settings, report)
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
    """Make the cards."""
    from generator import pipeline

    settings = _settings(options)
    with screen.progress() as report:
        outcome = pipeline.generate(settings, report)
    return _status(outcome.problems)


def pages(options: argparse.Namespace) -> int:
    """Make the pages from the cards as they are."""
    from generator import pipeline

    settings = _settings(options)
    with screen.progress() as report:
        problems = pipeline.build_pages(settings, None, report)
    return _status(problems)


def serve(options: argparse.Namespace) -> int:
    """Serve the site; our plugin makes everything anew when a file changes."""
    # MkDocs' own command: whoever knows it finds its every habit here.
    from mkdocs.commands.serve import serve as mkdocs_serve

    _settings(options)
    mkdocs_serve(config_file=options.config, dev_addr=options.address)
    return 0


def annotate(options: argparse.Namespace) -> int:
    """Print one JSON object per article; status 1 only if none could be read."""
    from generator import pipeline

    annotations, problems = pipeline.annotations(_settings(options))
    printed = 0
    for annotation in annotations:
        sys.stdout.write(json.dumps(annotation, ensure_ascii=False) + "\n")
        printed += 1
    screen.show(problems)
    return 0 if printed or not problems else 1


def explain(options: argparse.Namespace) -> int:
    """Print where a card or an article's text came from."""
    from generator import pipeline

    text = pipeline.explain(_settings(options), options.target)
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
    """Check the cards as they are against the schema, one another and the articles."""
    from generator import pipeline

    settings = _settings(options)
    knowledge, unreadable = card_files.read_cards(Path(settings.cards))
    articles, unread = pipeline.read_articles(settings)
    texts = {article.id: article for article in articles}
    faults = check.check(knowledge, texts, schema.load_schema())
    problems = (*unreadable, *unread, *faults)
    if not problems:
        number = len(knowledge.cards) + len(knowledge.articles)
        sys.stdout.write(f"{number} cards, no fault\n")
    return _status(problems, strict=True)


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
    "init": init,
}


def _settings(options: argparse.Namespace) -> Settings:
    """Return the settings of a command. Raises SystemExit 1 if mkdocs.yml is broken."""
    articles = getattr(options, "articles", None)
    if articles and not Path(articles).is_dir():
        raise WrongUsage(f"{articles}: no such folder")
    config = Path(options.config)
    if not config.is_file():
        raise WrongUsage(f"{config}: no such file; run in the project's folder, or use --config")
    settings, problems = load_settings(
        config,
        articles=articles,
        output=getattr(options, "output", None),
        publish=getattr(options, "publish", None),
    )
    if problems:
        screen.show(problems)
        raise SystemExit(1)
    return settings


def _broken(problems: Iterable[Problem]) -> bool:
    return any(problem.fatal for problem in problems)


def _status(problems: Iterable[Problem], *, strict: bool = False) -> int:
    """Show problems and return the exit status they call for."""
    problems = tuple(problems)
    screen.show(problems)
    return 1 if _broken(problems) or (strict and problems) else 0
