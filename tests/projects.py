"""Small knowledge bases on disk: the folders of tests/sites as projects of their own."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator import pipeline
from generator.model import Problem, Settings
from generator.pipeline import Outcome
from generator.settings import load_settings

SITES = Path(__file__).parent / "sites"
CONFIG = "site_name: Test\ndocs_dir: content/pages\nplugins:\n  - cardfile:\n      publish: full\n"


def make_project(folder: Path, site: str) -> Path:
    """Copy a site into `folder` as a project and return its mkdocs.yml."""
    shutil.copytree(SITES / site, folder / "content")
    config = folder / "mkdocs.yml"
    config.write_text(CONFIG, encoding="utf-8")
    return config


def settings_of(config: Path) -> Settings:
    """Return a project's settings, which have no fault."""
    settings, problems = load_settings(config)
    assert problems == ()
    return settings


def run(config: Path) -> tuple[Outcome, tuple[Problem, ...]]:
    """Make a project's cards and pages; return what came of it and all problems."""
    settings = settings_of(config)
    outcome = pipeline.generate(settings)
    return outcome, (*outcome.problems, *pipeline.build_pages(settings, outcome))


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder, by name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def times(folder: Path) -> dict[str, int]:
    """Return when every file below a folder was last written, by name."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}
