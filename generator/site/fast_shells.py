"""The shell around a page's content, made by the theme once for all pages that share it.

Head, tabs, contents and footer of two pages of one folder differ in a few places only: the shell
is rendered by the theme's own templates with marks in these places, which are filled in later.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urljoin

import jinja2
from markdown.extensions.toc import nest_toc_tokens  # type: ignore[import-untyped]
from markupsafe import escape
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import TableOfContents, get_toc

from generator.site.fast_inline import Unfamiliar
from generator.site.fast_markdown import Heading
from generator.site.squeeze import close_shapes, squeeze_html

# Marks of no meaning to HTML, Jinja or the squeezing, which no text of ours has.
_MARK = "\ue000{}\ue001"
_MARKS = re.compile("\ue000([a-z]+)\ue001")
_ALWAYS = {"title", "head", "content"}
_SLOTS = {*_ALWAYS, "canonical", "moved", "contents"}
_CONTENTS = "partials/toc.html"
_TITLE = Heading(1, "\ue000", "\ue000")
Headings = tuple[Heading, ...]
_UNPLAIN = ("  ", "\t", "\n\n", "<pre", "<textarea")


class Shape(NamedTuple):
    """What makes pages share a shell."""

    folder: str
    robots: bool
    moved: bool
    # Which of the scripts of mkdocs.yml it has work for.
    scripts: tuple[bool, ...]
    contents: bool


@dataclass(slots=True)
class Facts:
    """What a shell's templates ask of a page; stands for MkDocs' Page where there is none."""

    meta: Mapping[str, Any]
    canonical_url: str | None = None
    present_anchor_ids: frozenset[str] | None = None
    is_homepage: bool = False

    @property
    def title(self) -> str:
        return str(self.meta["title"])


class Shells:
    """Makes shells, and pages of them. `finish` does to a whole page what a build does at last."""

    def __init__(
        self,
        env: jinja2.Environment,
        config: MkDocsConfig,
        nav: Navigation,
        finish: Callable[[str], str],
    ) -> None:
        self.env, self.config, self.nav, self.finish = env, config, nav, finish
        self.made: dict[Shape, list[bytes | str]] = {}
        self.site_url = self.config.site_url and self.config.site_url.rstrip("/") + "/"
        self.lists: dict[tuple[str, Headings], str] = {}
        self.contexts: dict[str, dict[str, Any]] = {}
        # What the plugin gives to templates.
        self.needed: Callable[[str, object], bool] = env.globals["needed"]  # type: ignore[assignment]
        self.head: Callable[[Facts], str] = env.globals["head"]  # type: ignore[assignment]
        self.scripts = [str(script) for script in self.config.extra_javascript]
        # Those that even a page without any content has work for.
        self.always = [self.needed(name, _Content("")) for name in self.scripts]

    def facts(self, meta: Mapping[str, Any], url: str) -> Facts:
        """Return what the templates ask of the page with this front matter and address."""
        return Facts(meta, urljoin(self.site_url, url) if self.site_url else None)

    def page(self, folder: str, facts: Facts, content: str, headings: Headings) -> bytes:
        """Return a whole page of a folder as it stands in the site; its content is squeezed."""
        meta = facts.meta
        listed = "" if "toc" in (meta.get("hide") or ()) else self.listed(folder, headings)
        page = _Content(content)
        scripts = tuple(
            [
                always or self.needed(name, page)
                for name, always in zip(self.scripts, self.always, strict=True)
            ]
        )
        robots, moved = bool(meta.get("robots")), bool(meta.get("moved_to"))
        shape = Shape(folder, robots, moved, scripts, bool(listed))
        shell = self.made.get(shape)
        if shell is None:
            shell = self.made[shape] = self.shell(shape)
        filled = {
            "title": facts.title,
            "canonical": facts.canonical_url or "",
            "head": squeezed(self.head(facts)),
            "moved": str(escape(meta.get("moved_to") or "")),
            "contents": listed,
            "content": content,
        }
        return b"".join(
            [part if isinstance(part, bytes) else _bytes(filled[part]) for part in shell]
        )

    def samples(self, folders: Iterable[str]) -> list[bytes]:
        """Return what shows every change of the shells: one with everything for each folder."""
        every = tuple(True for _ in self.scripts)
        shapes = [Shape(folder, False, False, every, True) for folder in sorted(folders)]
        shapes += [Shape(folder, True, True, every, True) for folder in sorted(folders)[:1]]
        parts = [part for shape in shapes for part in self.shell(shape)]
        told = (self.config.site_name, self.config.site_description, self.config.site_url)
        parts += (
            *(self.part(self.marked_page(folder)) for folder in sorted(folders)),
            *map(str, told),
        )
        return [_bytes(part) if isinstance(part, str) else part for part in parts]

    def listed(self, folder: str, headings: Headings) -> str:
        """Return the contents of a page as the theme lists them; nothing if it doesn't."""
        # The name of the page is no two pages' own.
        shown = headings[1:] if headings and headings[0].level == 1 else headings
        found = self.lists.get((folder, shown))
        if found is None:
            page = self.marked_page(folder)
            page.toc = contents((_TITLE, *shown) if shown is not headings else shown)
            found = self.lists[folder, shown] = squeezed(self.part(page))
            if "\ue000" in found:
                raise Unfamiliar("contents with the page's name")
        return found

    def part(self, page: Page) -> str:
        """Return a page's contents as the theme's own part renders them."""
        return self.env.get_template(_CONTENTS).render(self.context(page))

    def context(self, page: Page) -> dict[str, Any]:
        """Return what MkDocs hands to the templates of a page; but for the page, a folder's own."""
        folder = page.file.src_uri.rpartition("/")[0]
        if folder not in self.contexts:
            self.contexts[folder] = dict(get_context(self.nav, [], self.config, page))
        return {**self.contexts[folder], "page": page}

    def shell(self, shape: Shape) -> list[bytes | str]:
        """Return a shell as its parts: bytes, and the names of what comes between."""
        page = self.marked_page(shape.folder)
        if shape.robots:
            page.meta["robots"] = "noindex"
        if shape.moved:
            page.meta["moved_to"] = _MARK.format("moved")
        if not shape.contents:
            page.meta["hide"] = ["toc"]
        needed = dict(zip(self.scripts, shape.scripts, strict=True))
        context = self.context(page) | {
            "head": lambda _: _MARK.format("head"),
            "needed": lambda script, _: needed[str(script)],
        }
        text = self.env.get_template("main.html").render(context)
        if shape.contents:
            text = _with_mark(text, self.part(page))
        parts = _MARKS.split(self.finish(text))
        slots = {*parts[1::2]}
        once = len(slots) == len(parts) // 2 and not any("\ue000" in part for part in parts)
        if not once or not _ALWAYS <= slots <= _SLOTS:
            raise Unfamiliar("a shell that says a thing twice, or says more")
        return [part if n % 2 else _bytes(part) for n, part in enumerate(parts)]

    def marked_page(self, folder: str) -> Page:
        """Return a page that has marks where the pages of a folder differ."""
        uri = f"{folder}/page.md" if folder else "page.md"
        config = self.config
        page = Page(None, File(uri, None, config.site_dir, config.use_directory_urls), config)
        page.meta = {"title": _MARK.format("title")}
        if page.canonical_url:
            page.canonical_url = _MARK.format("canonical")
        page.content = _MARK.format("content")
        page.toc = contents((_TITLE, *(Heading(2, f"\ue000{n}", f"\ue000{n}") for n in "abc")))
        return page


def _with_mark(text: str, contents: str) -> str:
    """Return a shell with a mark, on a line of its own, instead of the contents."""
    before, found, after = text.partition(contents)
    alone = before[-1:] + contents[:1], contents[-1:] + after[:1]
    if not contents.strip() or not found or not all("\n" in edge for edge in alone):
        raise Unfamiliar("contents that stand elsewhere")
    return f"{before}\n{_MARK.format('contents')}\n{after}"


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "xmlcharrefreplace")


@dataclass(frozen=True, slots=True)
class _Content:
    content: str


def contents(headings: tuple[Heading, ...]) -> TableOfContents:
    """Return the table of contents of a page as MkDocs has it."""
    tokens = [{"level": h.level, "id": h.id, "name": h.name} for h in headings]
    return get_toc(nest_toc_tokens(tokens))


def squeezed(html: str) -> str:
    """Return what squeezing makes of a part of a page that stands on lines of its own."""
    plain = html.strip()
    lines = "\n".join(map(str.strip, plain.split("\n")))
    if lines != plain or any(mark in plain for mark in _UNPLAIN):
        return squeeze_html(html).strip()
    return close_shapes(plain)
