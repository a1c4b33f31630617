"""What the shell of every page is given: its texts, the theme's files, what is where.

The templates are in templates/theme; only what they use of the theme is kept.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import jinja2
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Link, Section
from mkdocs.structure.pages import Page
from mkdocs.theme import Theme

from generator.model import FOLDERS

# Of the theme's files our shell loads one style sheet; the rest would only be carried along.
_STYLES = ("main",)
_UNUSED = re.compile(r"assets/(?:javascripts/.*|images/.*|stylesheets/palette.*)|.*\.map")
# A script that only some pages have work for, and what those hold.
_NEEDS = {
    "assets/pictures.js": ("cf-picture", "cf-legend"),
    "assets/articles.js": ("cf-list", "cf-text"),
    "assets/paths.js": ("cf-paths",),
}
_KINDS = {f"{folder}/index.md": kind for kind, folder in FOLDERS.items()}


class Texts(Protocol):
    """The interface texts as HTML, `t("shell.search")`, and what tabs are called."""

    def __call__(self, key: str, **values: object) -> Markup: ...

    def title(self, uri: str, kind: str | None) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Shell:
    """What the shell loads from the theme, by address."""

    stylesheets: tuple[str, ...]


def shell_globals(config: MkDocsConfig, files: Files, t: Texts) -> dict[str, Any]:
    """Return what the theme's templates may use besides what MkDocs hands them."""
    uris = frozenset(file.src_uri for file in files)
    return {
        "t": t,
        "shell": Shell(theme_stylesheets(config.theme.dirs)),
        "has_file": uris.__contains__,
        "needed": needed,
        "kind_class": kind_class,
        "first_page": first_page,
        "in_section": in_section,
        "nav_title": lambda item: nav_title(item, t),
    }


def theme_stylesheets(folders: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses of the theme's style sheets, whose names change with its version."""
    found = {
        name: path.name
        for folder in reversed(list(folders))
        for name in _STYLES
        for path in sorted(Path(folder, "assets", "stylesheets").glob(f"{name}.*.css"))
    }
    return tuple(f"assets/stylesheets/{found[name]}" for name in _STYLES if name in found)


class _Visible(jinja2.FileSystemLoader):
    """Templates of folders, of which only those are listed that lie in visible folders.

    MkDocs passes over the others, but one by one; ours has 14,000 icons there.
    """

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            for path, folders, names in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                below = Path(path).relative_to(folder)
                found.update((below / name).as_posix() for name in names)
        return sorted(found)


def without_icons(theme: Theme) -> None:
    """Let a theme find its files without looking at what lies in hidden folders."""
    make = theme.get_env

    def get_env() -> jinja2.Environment:
        env = make()
        env.loader = _Visible(theme.dirs)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]


def drop_unused(files: Files) -> None:
    """Take the theme's files that no page of ours loads out of the site."""
    for file in list(files):
        if _UNUSED.fullmatch(file.src_uri) and "material" in str(file.src_dir):
            files.remove(file)


def needed(script: object, page: Page | None) -> bool:
    """Return whether a page has work for a script."""
    marks = _NEEDS.get(str(script))
    content = (page and page.content) or ""
    return marks is None or any(map(content.__contains__, marks))


def kind_class(page: Page | None) -> str:
    """Return the class that gives the page of an entity the hue of its kind."""
    folder = page.file.src_uri.partition("/")[0] if page else ""
    kind = _KINDS.get(f"{folder}/index.md")
    return f" cf-{kind}" if kind else ""


def first_page(item: Page | Section | Link) -> Page | Link | None:
    """Return where an item of the navigation leads: itself, or the first page below it."""
    if not isinstance(item, Section):
        return item
    below: list[Any] = [first_page(child) for child in item.children]  # type: ignore[arg-type]
    return next(filter(None, below), None)


def in_section(page: Page, first: Page | Link) -> bool:
    """Return whether a page lies below the one a tab leads to: people/x.md, people/index.md."""
    if not isinstance(first, Page) or "/" not in page.file.src_uri:
        return False
    folder = page.file.src_uri.rpartition("/")[0]
    return first.file.src_uri in (f"{folder}/index.md", f"{folder}.md")


def nav_title(item: Page | Section | Link, t: Texts) -> Markup:
    """Return what a tab says: as mkdocs.yml has it, or in the language of the interface."""
    uri = item.file.src_uri if isinstance(item, Page) else ""
    return escape(t.title(uri, _KINDS.get(uri)) or Markup(str(item.title or "")).unescape())
