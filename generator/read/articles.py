"""From a page to an article: furniture off, metadata read, sentences numbered."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from generator import names
from generator.model import Article, Limits, Problem, Sentence
from generator.read import furniture, metadata
from generator.read.facts import FolderFacts
from generator.read.headlines import LONGEST_TITLE, Headline, find_headline, set_headline
from generator.read.pages import Draft, Line, Meta, RawPage, is_terminated, word_count
from generator.read.repeats import repeated_text
from generator.read.roles import cut_paragraphs, cut_sentence, mark_roles
from generator.read.sentences import split
from generator.read.shapes import is_row

# Less running text than this is no article: a stub, a menu, a picture page.
FEWEST_WORDS = 20
ID_LENGTH = 60
_TODO = "add the article's text, or remove the file"
_CODE = re.compile(r"[{};=<>|\\]|\w\(")


def make_article(page: RawPage, facts: FolderFacts, limits: Limits) -> Article | Problem:
    """Return the article of a page, its id still empty, or why there is none."""
    draft, found = find_article(page, facts)
    if fault := _fault(page, draft):
        return fault
    lines = cut_paragraphs(draft.lines, limits.paragraph_chars)
    text, sentences = lay_out(lines, limits.sentence_chars)
    meta = _meta(page.meta, draft, found)
    return Article(
        id="", file=page.file, title=meta.title or "", text=text, sentences=sentences,
        section=meta.section, source=meta.source, url=meta.url, author=meta.author, lang=meta.lang,
        published=meta.published, page_date=meta.page_date, publish=meta.publish,
        retracted=meta.retracted,
        dropped=tuple(sorted(draft.dropped, key=lambda d: (d.line, d.text, d.reason))),
    )  # fmt: skip


def find_article(page: RawPage, facts: FolderFacts) -> tuple[Draft, Headline | None]:
    """Return the lines that are the article, and the headline if the lines had to tell it."""
    titled = bool(page.lines) and page.lines[0].role == "headline"
    draft = Draft(page.lines, 0 if titled else None, page.dropped)
    draft = furniture.strip(draft, facts, furniture.ANYWHERE)
    headline = None if titled else find_headline(draft)
    draft = set_headline(draft, headline)
    draft = furniture.strip(draft, facts, (*furniture.AROUND, repeated_text))
    return mark_roles(draft), headline


def lay_out(
    lines: tuple[Line, ...], longest: int = Limits().sentence_chars
) -> tuple[str, tuple[Sentence, ...]]:
    """Return the kept text and its sentences: a newline between two, two between paragraphs.

    A sentence that is no end of is cut at a space after at most `longest` characters.
    """
    sentences: list[Sentence] = []
    pieces: list[str] = []
    offset = 0
    for paragraph, line in enumerate(lines, 1):
        whole = line.role in ("headline", "heading")
        spans = [(0, len(line.text))] if whole else split(line.text)
        for piece in (p for a, b in spans for p in cut_sentence(line.text[a:b], longest)):
            gap = _gap(sentences, paragraph)
            offset += len(gap)
            number = len(sentences) + 1
            sentences.append(Sentence(number, offset, offset + len(piece), paragraph, line.role))
            pieces += [gap, piece]
            offset += len(piece)
    return "".join(pieces), tuple(sentences)


def _gap(sentences: list[Sentence], paragraph: int) -> str:
    if not sentences:
        return ""
    return "\n" if sentences[-1].paragraph == paragraph else "\n\n"


def _meta(meta: Meta, draft: Draft, headline: Headline | None) -> Meta:
    """Return a page's metadata: its own fields first, then what its lines say."""
    title = draft.lines[draft.title].text if draft.title is not None else ""
    return replace(
        meta,
        title=meta.title or cut_title(title),
        section=meta.section or (headline.section if headline else None) or metadata.section(draft),
        source=meta.source or (headline.source if headline else None) or metadata.source(draft),
        author=meta.author or metadata.author(draft),
        published=meta.published or metadata.published(draft),
        page_date=meta.page_date or metadata.page_date(draft),
    )


def cut_title(title: str) -> str:
    """Return a title of bearable length: a page without a headline begins with a sentence."""
    if len(title) <= LONGEST_TITLE:
        return title
    return f"{title[:LONGEST_TITLE].rpartition(' ')[0] or title[:LONGEST_TITLE]}…"


def _fault(page: RawPage, draft: Draft) -> Problem | None:
    """Return why a page holds no article: nothing in it, code, or too little running text."""
    running = [line.text for line in draft.lines if line.role == "text" and not is_row(line.text)]
    # A page without a headline lends its first sentence as one.
    lent = [
        line.text for line in draft.lines if line.role == "headline" and is_terminated(line.text)
    ]
    words = sum(word_count(text) for text in (*lent, *running))
    if not page.lines:
        return Problem(page.file, 0, "there is no text in it", _TODO)
    if not _is_prose(running or [line.text for line in page.lines]):
        return Problem(page.file, 0, "this is not running text", _TODO)
    if words < FEWEST_WORDS:
        return Problem(page.file, 0, f"only {words} words of running text", _TODO)
    return None


def _is_prose(texts: list[str]) -> bool:
    """Return whether lines are words and sentences: no style sheet, data or encoded picture."""
    text = " ".join(texts)[:20_000]
    letters = sum(map(str.isalpha, text))
    code = len(_CODE.findall(text))
    longest = max((len(word) for word in text.split()), default=0)
    unspaced = word_count(text) > 2 * len(text.split())
    return letters * 2 > len(text) and code * 60 < len(text) and (longest < 300 or unspaced)


def assign_ids(
    articles: list[Article],
    slugs: Mapping[str, str],
    taken: Mapping[str, str],
    used: Collection[str] = (),
) -> tuple[list[Article], list[Problem]]:
    """Return the articles with their ids: as published before, by front matter, by the title.

    `taken` maps files to ids published before; neither those nor `used` are given to others.
    """
    used = {*taken.values(), *used}
    named: list[Article] = []
    problems: list[Problem] = []
    for article in articles:
        slug, before = slugs.get(article.file), taken.get(article.file)
        if slug and (before or slug) != slug:
            what = f"`slug: {slug}` differs from the published address {before}"
            problems.append(Problem(article.file, 1, what, "take the slug out; addresses stay"))
        elif slug and not before and slug in used:
            what = f"`slug: {slug}` is another article's address"
            problems.append(Problem(article.file, 1, what, "choose another slug"))
        id_ = before or names.unique_slug(slug or short_title(article), "article", used)
        used.add(id_)
        named.append(replace(article, id=id_))
    return named, problems


def short_title(article: Article) -> str:
    """Return what of a title makes an address: up to a colon, or about sixty characters.

    "Night Train: How the Border Reopened" gives "Night Train".
    """
    head, colon, _ = article.title.partition(":")
    short = head if colon and len(head.split()) >= 2 else article.title
    if len(short) > ID_LENGTH:
        short = short[: ID_LENGTH + 1].rpartition(" ")[0] or short[:ID_LENGTH]
    return short if names.slug(short) else PurePosixPath(article.file).stem
