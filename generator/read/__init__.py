"""The room that reads: a folder of article files becomes articles, and a list of problems."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from generator.history import KnownArticle
from generator.model import Article, Limits, Problem
from generator.read.articles import assign_ids, make_article
from generator.read.bounds import blank_long_lines, bounded
from generator.read.decoding import decode_whole, seen_text
from generator.read.facts import FolderFacts, gather_facts
from generator.read.folders import FORMATS, list_files, read_bytes
from generator.read.html_files import read_html
from generator.read.kept_ids import kept_ids
from generator.read.markdown_files import read_markdown
from generator.read.pages import RawPage
from generator.read.plain import read_plain
from generator.read.tables import Row, is_table, read_table, with_fields
from generator.read.unseen_marks import (
    lines_with_unseen,
    unseen_problems,
    with_unseen,
    without_unseen,
)
from generator.tasks import Lost, Mapped, Task, here

__all__ = ["read_folder"]

_LOST = "take it out, or cut it in two, and tell us of it"


@dataclass(frozen=True, slots=True)
class Source:
    """An article as it was handed in: its bytes, and in which format they are."""

    file: str
    kind: str
    data: bytes
    limits: Limits
    fields: str = ""  # of a row of a table, as front matter


@dataclass(frozen=True, slots=True)
class Read:
    """A page, or why there is none."""

    page: RawPage | None = None
    fault: Problem | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """A page, and what the folder knows of its lines; `seal` is a digest of what it was read of."""

    seal: bytes
    page: RawPage
    facts: FolderFacts
    limits: Limits


@dataclass(frozen=True, slots=True)
class Made:
    """An article, its id still empty, or why there is none."""

    article: Article | None = None
    fault: Problem | None = None


def read_folder(
    folder: Path,
    *,
    limits: Limits,
    taken: Mapping[str, str],
    known: Sequence[KnownArticle] = (),
    used: Collection[str] = (),
    progress: Callable[[str], None] | None = None,
    mapped: Mapped = here,
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return every article below a folder, sorted by file, and everything that is wrong there.

    `folder` may also be a table of articles. `taken` maps the files of articles already
    published to their ids, which stay; of `known` ones the texts are told again, whatever
    their files are called. New articles get no id in `used`.
    `progress` is called with each file's name as it is read; `mapped` runs what is done to each
    article alone.
    """
    sources, problems = list_sources(folder, limits)
    pages: list[RawPage] = []
    seals: list[bytes] = []
    for source, read in zip(sources, mapped(READ, sources), strict=True):
        if progress:
            progress(source.file)
        page = _lost(source.file, read) if isinstance(read, Lost) else read.page or read.fault
        if isinstance(page, RawPage):
            pages.append(page)
            seals.append(sha256(_source_bytes(source)).digest())
            problems += page.problems
        elif page:
            problems.append(page)
    made = _make_all(pages, seals, limits, mapped)
    problems += [found for found in made if isinstance(found, Problem)]
    slugs = {page.file: page.meta.slug for page in pages if page.meta.slug}
    # Files that were read before names were composed.
    taken = {unicodedata.normalize("NFC", file): id for file, id in taken.items()}
    articles = [article for article in made if isinstance(article, Article)]
    kept = kept_ids(articles, known, slugs) if known else taken
    articles, clashes = assign_ids(articles, slugs, kept, used)
    unseen = {page.file: page.unseen for page in pages if page.unseen}
    articles = [with_unseen(article, unseen.get(article.file, ())) for article in articles]
    for article in articles:
        problems += unseen_problems(article, unseen.get(article.file, ()))
    return tuple(articles), tuple(sorted((*problems, *clashes)))


def _make_all(
    pages: Sequence[RawPage], seals: Sequence[bytes], limits: Limits, mapped: Mapped
) -> list[Article | Problem]:
    """Return the article of each page, or why there is none."""
    facts = gather_facts(pages)
    sealed = zip(seals, pages, strict=True)
    told = [Told(seal, page, facts.of(page), limits) for seal, page in sealed]
    found: list[Article | Problem] = []
    for page, made in zip(pages, mapped(MAKE, told), strict=True):
        if isinstance(made, Lost):
            found.append(_lost(page.file, made))
        else:
            found += [one for one in (made.article, made.fault) if one]
    return found


def _lost(file: str, lost: Lost) -> Problem:
    return Problem(file, 0, f"reading it ends the program ({lost.why})", _LOST)


def list_sources(folder: Path, limits: Limits) -> tuple[list[Source], list[Problem]]:
    """Return the articles below a folder as they are, sorted by file, and what can't be read.

    Those of a table stand as its rows do.
    """
    if is_table(folder):
        rows, unread = read_table(folder, limits)
        return [_source(row, limits) for row in rows], unread
    files, problems = list_files(folder)
    sources = []
    for file, path in files.items():
        data = read_bytes(path, file, limits)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            sources.append(Source(file, FORMATS[path.suffix.lower()], data, limits))
    return sources, problems


def _source(row: Row, limits: Limits) -> Source:
    kind = "html" if row.is_page else "txt"
    return Source(row.file, kind, row.text.encode("utf-8", "replace"), limits, row.fields)


def read_page(path: Path, file: str, limits: Limits) -> RawPage | Problem:
    """Return one file as a page of lines, or why it is none."""
    data = read_bytes(path, file, limits)
    if isinstance(data, Problem):
        return data
    return read_source(Source(file, FORMATS[path.suffix.lower()], data, limits))


def read_source(source: Source) -> RawPage | Problem:
    """Return an article's bytes as a page of lines, or why they are none."""
    file, kind, limits = source.file, source.kind, source.limits
    text = decode_whole(source.data, html=kind == "html")
    if text is None:
        todo = "save it as UTF-8 text, or remove the file"
        return Problem(file, 0, "its bytes are not readable text", todo)
    page = _read(kind, file, seen_text(text), limits)
    if isinstance(page, Problem):
        return page
    if source.fields:
        page = with_fields(page, source.fields, limits)
    return replace(without_unseen(page), unseen=lines_with_unseen(kind, text, limits))


def _run_read(source: Source) -> Read:
    page = read_source(source)
    return Read(page) if isinstance(page, RawPage) else Read(fault=page)


def _run_make(told: Told) -> Made:
    made = make_article(told.page, told.facts, told.limits)
    return Made(made) if isinstance(made, Article) else Made(fault=made)


def _source_bytes(source: Source) -> bytes:
    about = f"{source.file}\0{source.kind}\0{source.limits}\0{source.fields}\0"
    return about.encode("utf-8", "surrogatepass") + source.data


def _told_bytes(told: Told) -> bytes:
    facts = f"{sorted(told.facts.stories.items())}{told.limits}"
    return told.seal + facts.encode("utf-8", "surrogatepass")


READ = Task("read", _run_read, Source, Read, _source_bytes)
MAKE = Task("tidy", _run_make, Told, Made, _told_bytes)


def _read(kind: str, file: str, text: str, limits: Limits) -> RawPage | Problem:
    """Return a text as a page of its format, within the limits; HTML needs no line ends."""
    text, left_out = (text, ()) if kind == "html" else blank_long_lines(text, limits)
    page = _read_as(kind, file, text, limits)
    return page if isinstance(page, Problem) else bounded(page, left_out, limits)


def _read_as(kind: str, file: str, text: str, limits: Limits) -> RawPage | Problem:
    if kind == "md":
        return read_markdown(file, text, limits)
    return read_html(file, text) if kind == "html" else read_plain(file, text)
