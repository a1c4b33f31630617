"""HTML pages: the main text by trafilatura, and what was left outside it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any

import lxml.html

from generator.model import Dropped, Problem
from generator.read import echoes, reasons
from generator.read.html_metadata import read_metadata
from generator.read.pages import Line, RawPage, Role, line_key
from generator.read.shapes import furniture_word, is_byline
from generator.read.written_dates import read_date_line

SHOWN = 200
# Blocks below the title among which a byline is looked for.
NEAR = 8
# Elements that hold a paragraph of their own, when no other of these is inside.
BLOCKS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "figcaption", "blockquote", "td", "th", "dt",
     "dd", "div", "section", "header", "footer", "nav", "aside", "article", "main", "summary",
     "caption", "pre", "ul", "ol", "dl", "table", "thead",
     "tbody", "tr", "figure", "fieldset", "button", "label", "address", "time", "body"]
)  # fmt: skip
TABLE_PARTS = ("thead", "tbody", "tr", "td", "th")
ROLES: dict[str, Role] = {"figcaption": "caption", "h1": "headline"}
UNSEEN = frozenset(["script", "style", "noscript", "template", "head", "svg", "iframe", "form"])


def read_html(file: str, text: str) -> RawPage | Problem:
    """Return the page of an HTML file: its main text as lines, all other blocks dropped."""
    parser = _parser()
    tree = _parse(text, parser)
    if tree is None:
        todo = "add the article's text, or remove the file"
        return Problem(file, 0, "no HTML can be found in it", todo)
    meta = read_metadata(tree)
    blocks = list(_blocks(tree))
    main = _main_lines(text, blocks) or [line for line in blocks if line.role != "headline"]
    captions = _captions(blocks, main)
    top = _title_block(meta.title, blocks)
    head = [Line(top.number if top else 1, meta.title, -1, "headline")] if meta.title else []
    lines = (*head, *_standfirst(top, blocks, (*captions, *main)), *captions, *main)
    kept = "\n".join(line_key(line.text) for line in lines)
    dropped = tuple(
        Dropped(line.number, line.text[:SHOWN], _why(line, top))
        for line in blocks
        if line_key(line.text) not in kept
    )
    return RawPage(file, "html", lines, meta, dropped, _cut_off(file, parser))


def _parser() -> Any:
    """Return a parser that stops where elements are nested too deeply to be a page's."""
    return lxml.html.HTMLParser(encoding="utf-8", huge_tree=False)


def _cut_off(file: str, parser: Any) -> tuple[Problem, ...]:
    """Return where a parser stopped before the end of its page, if it did."""
    limits = (fault for fault in parser.error_log if fault.type_name == "ERR_RESOURCE_LIMIT")
    what, todo = "elements nested over 256 deep: not read from here on", "save the page as text"
    return tuple(Problem(file, fault.line, what, todo) for fault in limits)[:1]


def _parse(text: str, parser: Any = None) -> Any:
    """Return the tree of a page, None if there is nothing to parse."""
    # The text is decoded already; lxml refuses a str that declares an encoding of its own.
    data = text.encode("utf-8", "replace")
    try:
        return lxml.html.document_fromstring(data, parser=parser or _parser())
    except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
        return None


def _main_lines(text: str, blocks: list[Line]) -> list[Line]:
    """Return the main text's paragraphs with their line in the file, empty if none is found."""
    # Imported here because it takes a quarter of a second, and most folders hold no HTML.
    from trafilatura import bare_extraction

    numbers = {line_key(line.text): line.number for line in reversed(blocks)}
    document: Any = bare_extraction(
        _without_layout_tables(_parse(text)),
        include_comments=False,
        include_tables=True,
        favor_precision=True,
    )
    if document is None or document.body is None:
        return []
    lines: list[Line] = []
    for block, (role, words, bullet) in enumerate(_paragraphs(document.body)):
        number = numbers.get(line_key(words), lines[-1].number if lines else 0)
        lines.append(Line(number, words, block, role, bullet))
    return lines


def _without_layout_tables(tree: Any) -> Any:
    """Return the tree with tables that lay out a page, and hold its paragraphs, as plain blocks."""
    layout = [table for table in tree.iter("table") if table.xpath(".//h1 or count(.//p) > 1")]
    for element in [part for table in layout for part in table.iter("table", *TABLE_PARTS)]:
        element.tag = "div"
    return tree


def _paragraphs(body: Any) -> Iterator[tuple[Role, str, bool]]:
    """Yield role, words and whether it is a list item, for each paragraph trafilatura kept."""
    for element in body.iterchildren():
        if element.tag == "list":
            yield from (("text", words, True) for item in element if (words := _words(item)))
        elif element.tag == "table":
            yield from (("text", row, False) for row in _rows(element) if row)
        elif words := _words(element):
            yield ("heading" if element.tag == "head" else "text"), words, False


def _rows(table: Any) -> Iterator[str]:
    for row in table.iter("row"):
        yield " | ".join(words for cell in row if (words := _words(cell)))


def _words(element: Any) -> str:
    """Return all text in an element with white space folded; a line break is a space."""
    for brk in element.iter("lb", "br"):
        brk.tail = f" {brk.tail or ''}"
    return " ".join("".join(element.itertext()).split())


def _blocks(tree: Any) -> Iterator[Line]:
    """Yield every block of text a reader of the page sees, in order."""
    for number, element in enumerate(_visible(tree)):
        own = [child for child in element.iterdescendants() if child.tag in BLOCKS]
        words = _own_words(element) if own else _words(element)
        if words:
            role = ROLES.get(element.tag, "text")
            yield Line(element.sourceline or 0, words, number, role, element.tag == "li")


def whole_lines(text: str) -> list[Line]:
    """Return every block of text of an HTML file and its title, furniture and all."""
    tree = _parse(text)
    if tree is None:
        return []
    title = read_metadata(tree).title
    return [*([Line(1, title)] if title else []), *_blocks(tree)]


def _visible(tree: Any) -> Iterator[Any]:
    """Yield the block elements of a page that are shown, in order."""
    stack = [tree]
    while stack:
        element = stack.pop()
        if not isinstance(element.tag, str) or element.tag in UNSEEN:
            continue
        if element.tag in BLOCKS:
            yield element
        stack.extend(reversed(list(element)))


def _own_words(element: Any) -> str:
    """Return the text that stands in an element outside the blocks within it."""
    parts = [element.text or ""]
    for child in element:
        inline = isinstance(child.tag, str) and child.tag not in BLOCKS | UNSEEN
        parts += ["".join(child.itertext()) if inline else " ", child.tail or ""]
    return " ".join("".join(parts).split())


def _captions(blocks: list[Line], main: list[Line]) -> list[Line]:
    """Return the captions of the page's pictures that the main text does not have."""
    have = {line_key(line.text) for line in main}
    found: dict[str, Line] = {}
    for line in blocks:
        key = line_key(line.text)
        if line.role == "caption" and key not in have and len(line.text.split()) > 3:
            found.setdefault(key, line)
    return list(found.values())


def _title_block(title: str | None, blocks: list[Line]) -> Line | None:
    """Return the block that shows the title."""
    key = line_key(title or "")
    return next((line for line in blocks if line_key(line.text) == key), None)


def _standfirst(top: Line | None, blocks: list[Line], main: tuple[Line, ...]) -> list[Line]:
    """Return the summary between title and text that was taken for furniture.

    It ends as a sentence and speaks of what the text speaks of; calls and notices do not.
    """
    if top is None:
        return []
    kept = "\n".join(line_key(line.text) for line in main)
    below = echoes.stems(kept)
    under = [line for line in blocks if 0 < line.block - top.block <= NEAR]
    between = takewhile(lambda line: line_key(line.text)[:60] not in kept, under)
    return [
        line
        for line in between
        if echoes.is_running(line)
        and echoes.echo(line.text, below) >= echoes.ALIEN
        and not (is_byline(line.text) or furniture_word(line.text))
    ]


def _why(line: Line, top: Line | None) -> str:
    """Return why a block is no text: just below the title it may be a byline or a date."""
    if top is None or not 0 < line.block - top.block <= NEAR:
        return reasons.OUTSIDE
    if date := read_date_line(line.text):
        return reasons.UPDATED if date.label == "updated" else reasons.PUBLISHED
    return reasons.BYLINE if is_byline(line.text) else reasons.OUTSIDE
