"""The site built from pages that are there already: whole, or not at all."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from generator.files import writing
from generator.interruptions import undone_by
from generator.model import Problem, Settings
from generator.site.folders import aside, replace_folder, tidy
from generator.site.garbage import uncollected

_TODO = "see the page or the setting it names"
# Where pages are kept for the next build, below the project; safe to delete.
_KEPT = (".cache", "cardfile", "pages")
# Told of a stage: its name, how much of it is done, and how much there is.
Report = Callable[[str, int, int], None]


class _Collector(logging.Handler):
    """Keeps what MkDocs warns of, one line each."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.levelno, " ".join(record.getMessage().split())))


def build(
    config: Path,
    settings: Settings,
    strict: bool = False,
    report: Report = lambda stage, done, total: None,
) -> tuple[Problem, ...]:
    """Build the site with MkDocs and put it in place of the last one; return what it warned of.

    With `strict`, any warning leaves the last site as it was. Whoever is served sees the old
    site or the new one. Raises Unwritable.
    """
    # Where the site is a link, what it leads to is replaced, and the link stays.
    site = Path(os.path.realpath(settings.site))
    with writing(site), undone_by(lambda: tidy(site)):
        tidy(site)
        problems = _collected(config, settings, aside(site), report)
        if any(problem.fatal for problem in problems) or (strict and problems):
            tidy(site)
        else:
            replace_folder(aside(site), site)
    return problems


def _collected(
    config: Path, settings: Settings, folder: Path, report: Report
) -> tuple[Problem, ...]:
    """Build into `folder`, and return what MkDocs had to say."""
    collector = _Collector()
    # What it says is returned; said twice it would only confuse.
    logger = logging.getLogger("mkdocs")
    propagate, logger.propagate = logger.propagate, False
    level = logger.level
    logger.setLevel(logging.WARNING)  # a warning is never missed, whatever the level outside
    logger.addHandler(collector)
    try:
        _run(config, settings, folder, report)
        problems = [_problem(config, level, text) for level, text in collector.messages]
    except (MkDocsException, Abort) as fault:
        words = [text for _, text in collector.messages] or [str(fault)]
        problems = [_problem(config, logging.ERROR, text) for text in words]
    finally:
        logger.removeHandler(collector)
        logger.setLevel(level)
        logger.propagate = propagate
    return tuple(sorted(set(problems)))


def _run(config: Path, settings: Settings, folder: Path, report: Report) -> None:
    options: dict[str, Any] = {"docs_dir": settings.pages, "site_dir": str(folder)}
    loaded = load_config(config_file=str(config), **options)
    plugin: Any = loaded.plugins.get("cardfile")
    if plugin is not None:
        plugin.generated = True
        plugin.publish_only = settings.publish_only
        plugin.kept_pages = Path(settings.root, *_KEPT)
        plugin.report = report
    # These three are what the `mkdocs` command does around a build.
    loaded.plugins.on_startup(command="build", dirty=False)
    ours = plugin is not None and plugin.config.fast is not False
    try:
        with uncollected(settled=True) if ours else nullcontext():
            mkdocs_build(loaded)
    finally:
        loaded.plugins.on_shutdown()
        if plugin is not None:
            # MkDocs keeps its plugins as long as the process lives.
            del plugin.publish_only, plugin.report


def _problem(config: Path, level: int, text: str) -> Problem:
    return Problem(config.name, 0, text, _TODO, fatal=level >= logging.ERROR)
