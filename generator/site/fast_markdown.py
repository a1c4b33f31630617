"""A page's Markdown to HTML, as Python-Markdown makes it with our extensions, far sooner.

It reads the blocks that our templates write: headings, paragraphs, lists, definitions, tables,
figures, and HTML elements with Markdown in them. Whatever else it meets, it leaves the page to
MkDocs (`Unfamiliar`); so it is never wrong, only not always quick. What it makes differs from
Python-Markdown's HTML in white space only, and in how characters are written.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from markdown.extensions.toc import slugify, unique  # type: ignore[import-untyped]

from generator.site.fast_inline import (
    Pairs,
    Resolve,
    Unfamiliar,
    attributes,
    inline_html,
    tag_attributes,
)
from generator.site.fast_tame import are_tame_attributes, are_tame_lines, is_tame_picture

# Patterns that begin with plain characters are found soonest.
_FIGURE = re.compile(r"\n<figure( [^<>\n]*)?>(.*)</figure>(?=\n|\Z)")
_PUT_ASIDE = "\x02"
_BLOCK_ATTRIBUTES = re.compile(r"\n\{: ([^{}\n]*) \}$")
_HEADING = re.compile(r"(#{1,6}) ([^\n]*?)(?: \{: ([^{}\n]*) \})?$")
# An element with Markdown in it begins or ends on a line of its own.
_CONTAINER = re.compile(
    r"\n(<(?:/(?:div|section|aside|blockquote|details)>"
    r"|(?:div|section|aside|blockquote)(?: [a-z-]+=\"[^\"<>\n]*\")* markdown=\"1\">"
    r"|details markdown=\"1\"><summary>[^<>\n]*</summary>))(?=\n|\Z)"
)
_OPENS = re.compile(r"<(\w+)((?: [a-z-]+=\"[^\"<>\n]*\")*) markdown=\"1\">(?:(<summary>.*))?")
_GIVEN = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")
# How a line of a paragraph may not begin, for then it would be something else.
_ODD = r"[ +*=>:|#{~\n-]|\d+[.] "
_ODD_START = re.compile(_ODD)
_ODD_LINE = re.compile(rf"\n(?:{_ODD})")
_RULE = re.compile(r"\| :?-{3,}:? (?:\| :?-{3,}:? )*\|")
_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r" id=\"([^\"]*)\"")
TOC_DEPTH = 2


class Heading(NamedTuple):
    """A heading for the table of contents: its level, id, and words as HTML."""

    level: int
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's content as HTML, not yet cleaned, its contents, and every id in it.

    It is `tame` if cleaning would but write characters in another way; see fast_tame.py.
    """

    html: str
    headings: tuple[Heading, ...]
    ids: frozenset[str]
    tame: bool


@dataclass(slots=True)
class _Open:
    """An element whose blocks are being read: how it ends, and its list or definitions so far."""

    tag: str
    start: int
    items: list[tuple[str, bool, str]]
    defined: list[str]


def render_markdown(text: str, resolve: Resolve) -> Rendered:
    """Return the HTML of a page's Markdown. `resolve` gives links as they stand in the page.

    Raises Unfamiliar if there is anything in it that our templates do not write.
    """
    return _Renderer(resolve).rendered(text)


class _Renderer:
    """Reads one page, block after block."""

    def __init__(self, resolve: Resolve) -> None:
        self.resolve = resolve
        self.figures: list[tuple[str, str]] = []
        self.out: list[str] = []
        self.open = [_Open("", 0, [], [])]
        # Ids of elements; those of tags within text do not count where a heading is to get one.
        self.ids: set[str] = set()
        self.headings: list[Heading] = []
        # Those that are to get an id: their place in `headings` and in `out`, and their words.
        self.unnamed: list[tuple[int, int, Pairs, str]] = []
        self.tame = True

    def rendered(self, text: str) -> Rendered:
        if _PUT_ASIDE in text or "\x03" in text or "\t" in text or "\r" in text:
            raise Unfamiliar("control")
        text = f"\n{text}"
        if "<figure" in text:
            text = _FIGURE.sub(self.put_aside, text)
        parts = _CONTAINER.split(text)
        self.read(parts[::2], parts[1::2])
        self.flush()
        if len(self.open) != 1 or self.figures:
            raise Unfamiliar("an element that does not end")
        headings = self.finish_headings()
        made = "".join(self.out)
        return Rendered(made, headings, frozenset(_ID.findall(made)), self.tame)

    def put_aside(self, match: re.Match[str]) -> str:
        self.figures.append((match[1] or "", match[2]))
        return f"\n{_PUT_ASIDE}"

    # --- elements with Markdown in them

    def read(self, texts: list[str], lines: list[str]) -> None:
        """Read texts and the lines between them that begin and end elements, in turn."""
        # Inline first, all at once: it does not look across lines.
        done, self.tame = inline_html("\x03".join(texts), self.resolve)
        before = ""
        for text, line in zip(done.split("\x03"), [*lines, ""], strict=True):
            if blocks := text.strip("\n"):
                if before[:2] == "</" and text[:2] != "\n\n":
                    raise Unfamiliar("text after an element")
                # The line break before the line is the line's.
                if line and text[-1:] != "\n":
                    raise Unfamiliar("text before an element")
                self.read_blocks(blocks)
            if line:
                self.flush()
                self.turn(line)
            before = line

    def turn(self, line: str) -> None:
        """Begin or end an element."""
        if line.startswith("</"):
            ended = self.open.pop()
            if ended.tag != line[2:-1] or not self.open or ended.start == len(self.out):
                raise Unfamiliar("elements that overlap or are empty")
            self.out.append(f"{line}\n")
            return
        tag, pairs, summary, tame = _beginning(line)
        self.tame = self.tame and tame
        self.out.append(f"<{tag}{self.given(pairs)}>\n{summary}")
        self.open.append(_Open(tag, len(self.out), [], []))

    # --- blocks

    def read_blocks(self, text: str) -> None:
        for block in text.split("\n\n"):
            first = block[:1]
            if first == "-":
                self.add_items(block)
            elif first == " ":
                self.add_inner_items(block)
            elif first == ":" or "\n:   " in block:
                self.add_definitions(block)
            else:
                self.flush()
                if first == "#":
                    self.add_heading(block)
                elif first == "|":
                    self.add_table(block)
                elif first == _PUT_ASIDE:
                    self.add_figure(block)
                else:
                    self.add_paragraph(block)

    def add_paragraph(self, block: str) -> None:
        given = ""
        if block.endswith(" }") and (match := _BLOCK_ATTRIBUTES.search(block)):
            given = self.given(attributes(match[1]))
            block = block[: match.start()]
        _check_text(block)
        self.out.append(f"<p{given}>{block}</p>\n")

    def add_heading(self, block: str) -> None:
        heading, pairs, words, html = _heading(block)
        self.given(pairs)
        if not heading.id:
            self.unnamed.append((len(self.headings), len(self.out), pairs, words))
        self.headings.append(heading)
        self.out.append(html)

    def add_figure(self, block: str) -> None:
        given, inner = self.figures.pop(0)
        if block != _PUT_ASIDE:
            raise Unfamiliar("figure")
        if len(self.open) > 1:
            # Within another element its own attributes are sorted as well.
            pairs = tuple(_GIVEN.findall(given))
            if tag_attributes(pairs) != given or "<figcaption" in inner:
                raise Unfamiliar("figure")
            given = self.given(tuple(sorted(pairs)))
        if self.tame:
            self.tame = is_tame_picture(inner) and _are_tame(given)
        self.out.append(f"<figure{given}>{inner}</figure>\n")

    def add_table(self, block: str) -> None:
        head, rule, *rows = block.split("\n") if "\n" in block else (block, "")
        if not rows or not _RULE.fullmatch(rule):
            raise Unfamiliar("table")
        width = rule.count("|") - 1
        lines = [_cells(row, width) for row in (head, *rows)]
        first = _row(lines[0], "th")
        rest = "".join(_row(line, "td") for line in lines[1:])
        self.out.append(f"<table>\n<thead>\n{first}</thead>\n<tbody>\n{rest}</tbody>\n</table>\n")

    # --- lists

    def add_items(self, block: str) -> None:
        """Add list items; where a blank line is between two of them, both are paragraphs."""
        if self.open[-1].defined:
            self.flush()
        new = _items(block)
        items = self.open[-1].items
        if items:
            text, _, inner = items[-1]
            items[-1] = (text, True, inner)
        loose = bool(items)
        items.append((new[0], loose, ""))
        items += [(text, False, "") for text in new[1:]]

    def add_inner_items(self, block: str) -> None:
        """Add a list below the last item."""
        items = self.open[-1].items
        lines = block.split("\n")
        if not items or items[-1][2] or not all(line.startswith("    - ") for line in lines):
            raise Unfamiliar("indented")
        inner = "</li>\n<li>".join(_items("\n".join(line[4:] for line in lines)))
        items[-1] = (items[-1][0], True, f"<ul>\n<li>{inner}</li>\n</ul>\n")

    def add_definitions(self, block: str) -> None:
        here = self.open[-1]
        if here.items:
            self.flush()
        terms, *meanings = f"\n{block}".split("\n:   ")
        if terms:
            _check_text(terms[1:])
            here.defined += [f"<dt>{term.strip()}</dt>\n" for term in terms[1:].split("\n")]
        elif not here.defined:
            raise Unfamiliar("definition")
        for meaning in meanings:
            meaning = meaning.lstrip()
            if "\n" in meaning:
                raise Unfamiliar("definition")
            _check_text(meaning)
            here.defined.append(f"<dd>{meaning}</dd>\n")

    def given(self, pairs: Pairs) -> str:
        """Return attributes as they stand in a tag, and note an id among them."""
        if not pairs:
            return ""
        told, ids, tame = _given(pairs)
        if ids:
            self.ids.update(ids)
        self.tame = self.tame and tame
        return told

    def flush(self) -> None:
        """Write the list or the definitions that have come to their end."""
        here = self.open[-1]
        if here.items:
            self.out.append("<ul>\n")
            self.out += [_item(*item) for item in here.items]
            self.out.append("</ul>\n")
            here.items = []
        if here.defined:
            self.out += ("<dl>\n", *here.defined, "</dl>\n")
            here.defined = []

    # --- headings

    def finish_headings(self) -> tuple[Heading, ...]:
        """Write the headings that have no id with one; return those in the contents."""
        for number, at, pairs, words in self.unnamed:
            level, _, name = self.headings[number]
            id = unique(_slug(name), self.ids)
            self.headings[number] = Heading(level, id, name)
            self.out[at] = _heading_html(level, tuple(sorted((*pairs, ("id", id)))), words)
        return tuple([heading for heading in self.headings if heading.level <= TOC_DEPTH])


@lru_cache(maxsize=1000)
def _slug(name: str) -> str:
    return str(slugify(html.unescape(name), "-"))


_FAMILIAR_SUMMARY = re.compile(r"<summary>(?:[^`\\\[\]<>&*_{}!]|&#\d+;)*</summary>")


@lru_cache(maxsize=1000)
def _beginning(line: str) -> tuple[str, Pairs, str, bool]:
    """Return the tag that begins an element with Markdown in it, its summary, if tame."""
    match = _OPENS.fullmatch(line)
    if match is None:
        raise Unfamiliar(line)
    if match[3] and _FAMILIAR_SUMMARY.fullmatch(match[3]) is None:
        raise Unfamiliar(line)
    summary = f"{match[3]}\n" if match[3] else ""
    tame = not match[3] or are_tame_lines(match[3].removeprefix("<summary>")[:-10])
    return match[1], tuple(sorted(_GIVEN.findall(match[2]))), summary, tame


@lru_cache(maxsize=1000)
def _are_tame(given: str) -> bool:
    """Return whether the cleaner leaves attributes as they stand in a tag."""
    pairs = tuple(_GIVEN.findall(given))
    return tag_attributes(pairs) == given and are_tame_attributes(pairs)


@lru_cache(maxsize=1000)
def _given(pairs: Pairs) -> tuple[str, tuple[str, ...], bool]:
    """Return attributes as they stand in a tag, the ids among them, and whether they are tame."""
    ids = tuple(value for name, value in pairs if name == "id")
    return tag_attributes(pairs), ids, are_tame_attributes(pairs)


def _heading_html(level: int, pairs: Pairs, words: str) -> str:
    return f"<h{level}{tag_attributes(pairs)}>{words}</h{level}>\n"


@lru_cache(maxsize=1000)
def _heading(block: str) -> tuple[Heading, Pairs, str, str]:
    """Return a heading, its attributes, its words, and the whole as HTML if it has an id."""
    match = _HEADING.fullmatch(block)
    if match is None or not match[2] or match[2].endswith(("#", " ")):
        raise Unfamiliar(block)
    level, words, given = len(match[1]), match[2], match[3]
    if words[0] in "# " or "{" in words:
        raise Unfamiliar(block)
    pairs = attributes(given) if given else ()
    name = " ".join((_TAG.sub("", words) if "<" in words else words).split())
    id = next((value for key, value in pairs if key == "id"), "")
    return Heading(level, id, name), pairs, words, _heading_html(level, pairs, words)


def _check_text(text: str) -> None:
    """Raise Unfamiliar unless a text is a paragraph, whichever line one looks at."""
    if (
        not text
        or "{" in text
        or _ODD_START.match(text)
        or ("\n" in text and _ODD_LINE.search(text))
    ):
        raise Unfamiliar(text)


def _items(block: str) -> list[str]:
    items = block[2:].split("\n- ")
    if block[:2] != "- " or "{" in block or len(items) != block.count("\n") + 1:
        raise Unfamiliar(block)
    for item in items:
        if not item or _ODD_START.match(item):
            raise Unfamiliar(block)
    return items


def _item(text: str, loose: bool, inner: str) -> str:
    return f"<li>\n<p>{text}</p>\n{inner}</li>\n" if loose else f"<li>{text}</li>\n"


def _cells(line: str, width: int) -> list[str]:
    if line[:2] != "| " or line[-2:] != " |":
        raise Unfamiliar(line)
    cells = [cell.strip() for cell in line[2:-2].split("|")]
    if len(cells) != width or "{" in line:
        raise Unfamiliar(line)
    return cells


def _row(cells: list[str], tag: str) -> str:
    return "<tr>\n" + "".join(f"<{tag}>{cell}</{tag}>\n" for cell in cells) + "</tr>\n"
