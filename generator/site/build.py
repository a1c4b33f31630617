"""The site built from pages that are there already: whole, or not at all."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, MkDocsException

from generator.model import Problem, Settings

_TODO = "see the page or the setting it names"


class _Collector(logging.Handler):
    """Keeps what MkDocs warns of, one line each."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append((record.levelno, " ".join(record.getMessage().split())))


def build(config: Path, settings: Settings, strict: bool = False) -> tuple[Problem, ...]:
    """Build the site with MkDocs and put it in place of the last one; return what it warned of.

    With `strict`, any warning leaves the last site as it was.
    """
    aside = Path(f"{settings.site}.part")
    collector = _Collector()
    # What it says is returned; said twice it would only confuse.
    logger = logging.getLogger("mkdocs")
    propagate, logger.propagate = logger.propagate, False
    logger.addHandler(collector)
    try:
        _run(config, settings, aside)
        problems = [_problem(config, level, text) for level, text in collector.messages]
    except (MkDocsException, Abort) as fault:
        words = [text for _, text in collector.messages] or [str(fault)]
        problems = [_problem(config, logging.ERROR, text) for text in words]
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate
    if any(problem.fatal for problem in problems) or (strict and problems):
        shutil.rmtree(aside, ignore_errors=True)
    else:
        replace_folder(aside, Path(settings.site))
    return tuple(sorted(set(problems)))


def _run(config: Path, settings: Settings, aside: Path) -> None:
    shutil.rmtree(aside, ignore_errors=True)
    options: dict[str, Any] = {"docs_dir": settings.pages, "site_dir": str(aside)}
    loaded = load_config(config_file=str(config), **options)
    plugin: Any = loaded.plugins.get("cardfile")
    if plugin is not None:
        plugin.generated = True
    # These three are what the `mkdocs` command does around a build.
    loaded.plugins.on_startup(command="build", dirty=False)
    try:
        mkdocs_build(loaded)
    finally:
        loaded.plugins.on_shutdown()


def replace_folder(new: Path, old: Path) -> None:
    """Put folder `new` in the place of `old`; at no moment is there half a folder."""
    gone = Path(f"{old}.old")
    shutil.rmtree(gone, ignore_errors=True)
    if old.exists():
        old.rename(gone)
    new.rename(old)
    shutil.rmtree(gone, ignore_errors=True)


def _problem(config: Path, level: int, text: str) -> Problem:
    return Problem(config.name, 0, text, _TODO, fatal=level >= logging.ERROR)
