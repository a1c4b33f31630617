"""The room that reads: a folder of article files becomes articles, and a list of problems."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from generator.model import Article, Limits, Problem
from generator.read.articles import assign_ids, make_article
from generator.read.decoding import decode
from generator.read.facts import gather_facts
from generator.read.folders import FORMATS, list_files, read_bytes
from generator.read.html_files import read_html
from generator.read.markdown_files import read_markdown
from generator.read.pages import RawPage
from generator.read.plain import read_plain

__all__ = ["read_folder"]


def read_folder(
    folder: Path,
    *,
    limits: Limits,
    taken: Mapping[str, str],
    progress: Callable[[str], None] | None = None,
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return every article below a folder, sorted by file, and everything that is wrong there.

    `taken` maps the files of articles already published to their ids, which stay.
    `progress` is called with each file's name as it is read.
    """
    files, problems = list_files(folder)
    pages: list[RawPage] = []
    for file in files:
        if progress:
            progress(file)
        page = read_page(folder, file, limits)
        if isinstance(page, RawPage):
            pages.append(page)
            problems += page.problems
        else:
            problems.append(page)
    facts = gather_facts(pages)
    made = [make_article(page, facts, limits) for page in pages]
    problems += [found for found in made if isinstance(found, Problem)]
    slugs = {page.file: page.meta.slug for page in pages if page.meta.slug}
    articles, clashes = assign_ids([a for a in made if isinstance(a, Article)], slugs, taken)
    return tuple(articles), tuple(sorted((*problems, *clashes)))


def read_page(folder: Path, file: str, limits: Limits) -> RawPage | Problem:
    """Return one file as a page of lines, or why it is none."""
    data = read_bytes(folder, file, limits)
    if isinstance(data, Problem):
        return data
    kind = FORMATS[Path(file).suffix.lower()]
    text = decode(data, html=kind == "html")
    if text is None:
        todo = "save it as UTF-8 text, or remove the file"
        return Problem(file, 0, "its bytes are not readable text", todo)
    if kind == "md":
        return read_markdown(file, text, limits)
    return read_html(file, text) if kind == "html" else read_plain(file, text)
