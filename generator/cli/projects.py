"""`cardfile init`: a new project with our program and theme, and none of our articles."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import jinja2

from generator.cards.scalars import scalar
from generator.settings import PROJECT

# What a project runs on, as it stands in ours. Articles, cards and README are each team's own.
PROGRAM = (
    ".ci",
    ".github",
    ".gitattributes",
    ".gitignore",
    "ARCHITECTURE.md",
    "LICENSE",
    "LICENSES.md",
    "LIMITS.md",
    "Makefile",
    "corpus",
    "generator",
    "pyproject.toml",
    "requirements.txt",
    "requirements-cluster.txt",
    "requirements-dev.txt",
    "requirements-fuzz.txt",
    "requirements-money.txt",
    "SECURITY.md",
    "templates",
    "tests",
)
# Made on the way, or tests of what comes out of our own articles.
_LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.pyc", ".*_cache", "golden", "test_golden*")
# What a new project writes itself: template by target.
_WRITTEN = {
    "README.md": "README.md.j2",
    "content/articles/README.md": "articles.md.j2",
    "content/curation/README.md": "curation.md.j2",
    "content/notes/README.md": "notes.md.j2",
    "content/pages/.gitignore": "pages.gitignore.j2",
}
# What mkdocs.yml says about our site and no other, with what is indented below it.
_ABOUT_US = re.compile(
    r"^(?:site_name|site_description|site_author|copyright|repo_url|repo_name):.*\n"
    r"(?:[ \t]+.*\n)*",
    re.MULTILINE,
)
_PUBLISH = re.compile(r"^(\s+publish:\s*)\w+", re.MULTILINE)


class NoProject(Exception):
    """A project can't be made there; says why."""


def create(folder: Path) -> str:
    """Make a new project in `folder` and return what to do next. Raises NoProject."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NoProject(f"{folder}: not empty; name a new folder")
    if not (PROJECT / "pyproject.toml").is_file():
        raise NoProject("this installation has no project to copy; run it from a clone")
    name = project_name(folder)
    texts = {target: _render(template, name) for target, template in _WRITTEN.items()}
    config = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    texts["mkdocs.yml"] = fresh_config(config, name)
    _copy_program(folder)
    for target, text in texts.items():
        _write(folder / target, text)
    return _render("next-steps.txt.j2", name, folder=str(folder))


def project_name(folder: Path) -> str:
    """Return a site's name from its folder's: 'east-asia_news' -> 'East asia news'."""
    words = re.sub(r"[\W_]+", " ", folder.absolute().name).strip() or "Knowledge base"
    return words[0].upper() + words[1:]


def fresh_config(config: str, name: str) -> str:
    """Return our mkdocs.yml for a new site: its own name, and no more shown than an excerpt.

    Line by line, so that the comments in it stay.
    """
    text = _PUBLISH.sub(r"\1excerpt", _ABOUT_US.sub("", f"{config}\n"))
    return f"site_name: {scalar(name)}\n{text.strip()}\n"


def _render(template: str, name: str, folder: str = "") -> str:
    loader = jinja2.FileSystemLoader(PROJECT / "templates" / "init")
    environment = jinja2.Environment(
        loader=loader, undefined=jinja2.StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template(template).render(name=name, folder=folder)


def _copy_program(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for entry in PROGRAM:
        source, target = PROJECT / entry, folder / entry
        if source.is_dir():
            shutil.copytree(source, target, ignore=_LEFT_OUT)
        elif source.is_file():
            shutil.copy2(source, target)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
