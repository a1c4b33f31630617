"""Views through templates into Markdown pages with front matter."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import jinja2
from markupsafe import Markup

from generator import yaml_files
from generator.pages.escape import html_title, md, printed
from generator.pages.interface import Interface, load_interface


def make_environment(templates: Path, t: Interface | None = None) -> jinja2.Environment:
    """Return the templates of one folder; whatever they print is escaped unless it is ours.

    `t` gives them the words of the interface, English unless said otherwise.

    Autoescaping makes the output of macros `Markup`; `printed` makes everything else so, by
    our rules for Markdown, before Jinja's own for HTML could touch it.
    """
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        finalize=printed,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # They stay as they are while pages are rendered; nobody looks at every page again.
        auto_reload=False,
        extensions=["jinja2.ext.do"],
    )
    environment.filters["md"] = md
    environment.globals |= {"t": t or load_interface(), "titled": titled}
    return environment


def titled(*parts: str) -> str:
    """Return a title of several parts; front matter escapes it as a whole."""
    return ": ".join(html.unescape(part) if isinstance(part, Markup) else part for part in parts)


def plain_template(templates: Path, name: str) -> jinja2.Template:
    """Return a template of something else than a page: it prints what it is given as it is."""
    loader = jinja2.FileSystemLoader(templates)
    # Never part of a page as such: what it prints is encoded for an address.
    environment = jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined)
    return environment.get_template(name)


@lru_cache(maxsize=8)
def at_depth(environment: jinja2.Environment, depth: int) -> jinja2.Environment:
    """Return the templates for pages so many folders below the top: `base` leads up there.

    As `base` is the same for all of them, what templates import is made once and not per page.
    """
    below = environment.overlay()
    below.globals = {**environment.globals, "base": Markup("../" * depth)}
    return below


def render_page(
    environment: jinja2.Environment,
    template: str,
    src_uri: str,
    view: Mapping[str, object],
    told: Mapping[str, object] | None = None,
) -> str:
    """Return a Markdown page: front matter, then its text.

    The front matter is what the template sets as `front`, and what the page has `told` of
    itself to programs, which is escaped already.
    """
    there = at_depth(environment, src_uri.count("/"))
    module = there.get_template(template).make_module(dict(view))
    front = front_matter(module.front) | dict(told or {})  # type: ignore[attr-defined]
    # Templates are laid out to be read, so blank lines pile up.
    body = re.sub(r"\n{3,}", "\n\n", str(module)).strip()
    return f"---\n{yaml_files.dump(front)}---\n\n{body}\n"


def front_matter(front: Mapping[str, object]) -> dict[str, object]:
    """Return front matter as plain data, its title safe where a theme prints it as HTML."""
    plain = {key: str(value) if isinstance(value, str) else value for key, value in front.items()}
    return {**plain, "title": html_title(str(front["title"]))}
