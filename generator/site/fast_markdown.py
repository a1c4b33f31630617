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

from markdown.extensions.toc import slugify, unique  # type: ignore[import-untyped]

from generator.site.fast_inline import (
    Pairs,
    Resolve,
    Unfamiliar,
    attributes,
    inline_html,
    tag_attributes,
)

_FIGURE = re.compile(r"(?m)^<figure( [^<>\n]*)?>(.*)</figure>$")
_PUT_ASIDE = "\x02"
_BLOCK_ATTRIBUTES = re.compile(r"\n\{: ([^{}\n]*) \}$")
_HEADING = re.compile(r"(#{1,6}) ([^\n]*?)(?: \{: ([^{}\n]*) \})?$")
# An element with Markdown in it begins or ends on a line of its own.
_CONTAINER = re.compile(
    r"(?m)^(?:</(?:div|section|aside|blockquote|details)>"
    r"|<(?:div|section|aside|blockquote)(?: [a-z-]+=\"[^\"<>\n]*\")* markdown=\"1\">"
    r"|<details markdown=\"1\"><summary>[^<>\n]*</summary>)$"
)
_OPENS = re.compile(r"<(\w+)((?: [a-z-]+=\"[^\"<>\n]*\")*) markdown=\"1\">(?:(<summary>.*))?")
_GIVEN = re.compile(r" ([a-z-]+)=\"([^\"]*)\"")
# How a line of a paragraph may not begin, for then it would be something else.
_ODD = r"[ +*=>:|#{~\n-]|\d+[.]"
_ODD_START = re.compile(_ODD)
_ODD_LINE = re.compile(rf"\n(?:{_ODD})")
_ODD_ITEM = re.compile(rf"(?:\n|^)- (?:{_ODD}|\n|\Z)")
_RULE = re.compile(r"\| :?-{3,}:? (?:\| :?-{3,}:? )*\|")
_TAG = re.compile(r"<[^<>]*>")
_ID = re.compile(r" id=\"([^\"]*)\"")
TOC_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading for the table of contents: its level, id, and words as HTML."""

    level: int
    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's content as HTML, not yet cleaned, its contents, and every id in it."""

    html: str
    headings: tuple[Heading, ...]
    ids: frozenset[str]


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
        # Level, attributes, words, and where the heading goes in `out`.
        self.headings: list[tuple[int, Pairs, str, int]] = []

    def rendered(self, text: str) -> Rendered:
        if _PUT_ASIDE in text or "\x03" in text or "\t" in text or "\r" in text:
            raise Unfamiliar("control")
        if "<figure" in text:
            text = _FIGURE.sub(self.put_aside, text)
        parts: list[str] = []
        at = 0
        for match in _CONTAINER.finditer(text):
            parts += (text[at : match.start()], match[0])
            at = match.end()
        self.read(parts, text[at:])
        self.flush()
        if len(self.open) != 1 or self.figures:
            raise Unfamiliar("an element that does not end")
        headings = self.finish_headings()
        made = "".join(self.out)
        return Rendered(made, headings, frozenset(_ID.findall(made)))

    def put_aside(self, match: re.Match[str]) -> str:
        self.figures.append((match[1] or "", match[2]))
        return _PUT_ASIDE

    # --- elements with Markdown in them

    def read(self, parts: list[str], last: str) -> None:
        """Read text and the lines that begin and end elements, in turn."""
        # Inline first, all at once: it does not look across lines.
        texts = "\x03".join([*parts[::2], last])
        done = inline_html(texts, self.resolve).split("\x03")
        for number, text in enumerate(done):
            before = number and parts[2 * number - 1].startswith("</")
            if before and text.strip("\n") and not text.startswith("\n\n"):
                raise Unfamiliar("text after an element")
            self.read_blocks(text)
            if 2 * number + 1 < len(parts):
                if text.strip("\n") and not text.endswith("\n\n"):
                    raise Unfamiliar("text before an element")
                self.flush()
                self.turn(parts[2 * number + 1])

    def turn(self, line: str) -> None:
        """Begin or end an element."""
        if line.startswith("</"):
            ended = self.open.pop()
            if ended.tag != line[2:-1] or not self.open or ended.start == len(self.out):
                raise Unfamiliar("elements that overlap or are empty")
            self.out.append(f"{line}\n")
            return
        tag, pairs, summary = _beginning(line)
        self.out.append(f"<{tag}{self.given(pairs)}>\n{summary}")
        self.open.append(_Open(tag, len(self.out), [], []))

    # --- blocks

    def read_blocks(self, text: str) -> None:
        text = text.strip("\n")
        if not text:
            return
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
        level, pairs, words = _heading(block)
        self.given(pairs)
        self.headings.append((level, pairs, words, len(self.out)))
        self.out.append("")

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
        for name, value in pairs:
            if name == "id":
                self.ids.add(value)
        return tag_attributes(pairs)

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
        """Give every heading its id and write it; return those in the contents."""
        listed = []
        for level, pairs, words, at in self.headings:
            name = " ".join((_TAG.sub("", words) if "<" in words else words).split())
            id = next((value for key, value in pairs if key == "id"), "")
            if not id:
                id = unique(_slug(name), self.ids)
                pairs = tuple(sorted((*pairs, ("id", id))))
            self.out[at] = f"<h{level}{tag_attributes(pairs)}>{words}</h{level}>\n"
            if level <= TOC_DEPTH:
                listed.append(Heading(level, id, name))
        return tuple(listed)


@lru_cache(maxsize=1000)
def _slug(name: str) -> str:
    return str(slugify(html.unescape(name), "-"))


_FAMILIAR_SUMMARY = re.compile(r"<summary>(?:[^`\\\[\]<>&*_{}!]|&#\d+;)*</summary>")


@lru_cache(maxsize=1000)
def _beginning(line: str) -> tuple[str, Pairs, str]:
    """Return the tag that begins an element with Markdown in it, and its summary."""
    match = _OPENS.fullmatch(line)
    if match is None:
        raise Unfamiliar(line)
    if match[3] and _FAMILIAR_SUMMARY.fullmatch(match[3]) is None:
        raise Unfamiliar(line)
    summary = f"{match[3]}\n" if match[3] else ""
    return match[1], tuple(sorted(_GIVEN.findall(match[2]))), summary


@lru_cache(maxsize=1000)
def _heading(block: str) -> tuple[int, Pairs, str]:
    """Return the level, attributes and words of a heading."""
    match = _HEADING.fullmatch(block)
    if match is None or not match[2] or match[2].endswith(("#", " ")):
        raise Unfamiliar(block)
    level, words, given = len(match[1]), match[2], match[3]
    if words[0] in "# " or "{" in words:
        raise Unfamiliar(block)
    return level, attributes(given) if given else (), words


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
    if block[:2] != "- " or "{" in block or _ODD_ITEM.search(block):
        raise Unfamiliar(block)
    items = block[2:].split("\n- ")
    if any("\n" in item for item in items):
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
