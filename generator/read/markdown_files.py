"""Markdown with front matter: fields checked one by one, the body as plain paragraphs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from markdown_it import MarkdownIt
from markdown_it.token import Token
from yaml.nodes import MappingNode, Node, ScalarNode

from generator import names, yaml_files
from generator.model import Dropped, Limits, Problem, Publish
from generator.read import reasons
from generator.read.pages import Line, Meta, RawPage, Role
from generator.read.written_dates import read_date

_FENCE = re.compile(
    r"\ufeff?---[ \t]*\n(?P<yaml>.*?)(?:^|\n)(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL
)
_PARSER = MarkdownIt("commonmark").enable("table")

Checked = tuple[Any, str | None]


def read_markdown(file: str, text: str, limits: Limits) -> RawPage:
    """Return the page of a Markdown file; a broken field is a problem, and the body is read."""
    front = _FENCE.match(text)
    first = text[: front.end()].count("\n") + 1 if front else 1
    meta, problems = read_fields(file, front["yaml"], limits) if front else (Meta(), [])
    lines, dropped = read_body(text[front.end() :] if front else text, first)
    lines, meta = _set_title(lines, meta)
    return RawPage(file, "md", tuple(lines), meta, tuple(dropped), tuple(problems))


def read_fields(file: str, text: str, limits: Limits) -> tuple[Meta, list[Problem]]:
    """Return what front matter says, and a problem for each value that can't be."""
    try:
        node = yaml_files.compose(text, limits)
    except yaml_files.YamlFault as fault:
        return Meta(), [Problem(file, fault.line + 1, f"front matter: {fault.what}", "correct it")]
    if node is None:
        return Meta(), []
    if not isinstance(node, MappingNode):
        todo = "write lines such as `title: …` between the two `---`"
        return Meta(), [Problem(file, 2, "front matter is not a list of fields", todo)]
    return _check_fields(file, node)


def _check_fields(file: str, node: MappingNode) -> tuple[Meta, list[Problem]]:
    values: dict[str, Any] = {}
    problems = []
    for key, value in node.value:
        target, check = FIELDS.get(key.value, ("", None))
        text = _scalar(value)
        if check is None or text == "":
            continue
        found, todo = check(text) if text is not None else (None, "write one line of text")
        if todo:
            what = f"`{key.value}: {text if text is not None else '…'}` can't be used"
            problems.append(Problem(file, yaml_files.line_of(key) + 1, what, todo))
        if found is not None and (key.value != "date" or "published" not in values):
            values[target] = found
    return Meta(**values), problems


def _scalar(node: Node) -> str | None:
    """Return a value as text; a list of texts (several authors) is joined; None for a mapping."""
    if isinstance(node, ScalarNode):
        return " ".join(str(node.value).split())
    plain = yaml_files.plain(node)
    if isinstance(plain, list) and all(isinstance(item, str) for item in plain):
        return ", ".join(plain)
    return None


def _text(text: str) -> Checked:
    return text, None


def _date(text: str) -> Checked:
    value = read_date(text)
    return value, None if value else "write a date such as 2024-06-19 or 19 June 2024"


def _url(text: str) -> Checked:
    good = re.match(r"https?://[^\s<>\"]+$", text) is not None
    return (text, None) if good else (None, "write an address that begins with https://")


def _lang(text: str) -> Checked:
    good = re.match(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", text) is not None
    return (text, None) if good else (None, "write a language code such as en or pt-BR")


def _slug(text: str) -> Checked:
    slug = names.slug(text)
    todo = f"write `slug: {slug}`" if slug else "use small letters, digits and hyphens"
    return slug or None, None if slug == text else todo


def _publish(text: str) -> Checked:
    good = text in ("full", "excerpt", "none")
    return (cast(Publish, text), None) if good else (None, "write full, excerpt or none")


def _truth(text: str) -> Checked:
    known = {"true": True, "yes": True, "false": False, "no": False}
    value = known.get(text.lower())
    return value, None if value is not None else "write true or false"


FIELDS: dict[str, tuple[str, Callable[[str], Checked]]] = {
    "title": ("title", _text),
    "published": ("published", _date),
    "date": ("published", _date),
    "source": ("source", _text),
    "url": ("url", _url),
    "author": ("author", _text),
    "section": ("section", _text),
    "lang": ("lang", _lang),
    "slug": ("slug", _slug),
    "publish": ("publish", _publish),
    "retracted": ("retracted", _truth),
}


def read_body(text: str, first: int) -> tuple[list[Line], list[Dropped]]:
    """Return the paragraphs of a Markdown text in order, and the code and markup left out."""
    lines: list[Line] = []
    dropped: list[Dropped] = []
    tokens = _PARSER.parse(text)
    for index, token in enumerate(tokens):
        number = first + (token.map[0] if token.map else 0)
        if why := LEFT_OUT.get(token.type):
            dropped.append(Dropped(number, " ".join(token.content.split())[:200], why))
        elif token.type == "tr_open":
            lines += _line(number, " | ".join(_cells(tokens, index)), index, "text")
        elif token.type == "inline" and tokens[index - 1].type not in ("td_open", "th_open"):
            lines += _paragraph(tokens, index, number)
    return lines, dropped


LEFT_OUT = {"fence": reasons.CODE, "code_block": reasons.CODE, "html_block": reasons.MARKUP}


def _cells(tokens: list[Token], index: int) -> list[str]:
    """Return the texts of the cells of the table row that opens at `index`."""
    cells = []
    while tokens[index].type != "tr_close":
        if tokens[index].type == "inline" and (text := _words(tokens[index])):
            cells.append(text)
        index += 1
    return cells


def _paragraph(tokens: list[Token], index: int, number: int) -> list[Line]:
    """Return a paragraph, heading or list item as a line; a lone picture's words as a caption."""
    token, opener = tokens[index], tokens[index - 1]
    if text := _words(token):
        role: Role = "text"
        if opener.type == "heading_open":
            role = "headline" if opener.tag == "h1" else "heading"
        bullet = index >= 2 and tokens[index - 2].type == "list_item_open"
        return _line(number, text, index, role, bullet=bullet)
    alts = [child.content for child in token.children or [] if child.type == "image"]
    return [
        line
        for alt in alts
        if len(alt.split()) > 2
        for line in _line(number, alt, index, "caption")
    ]


def _words(token: Token) -> str:
    """Return the text of a run of inline Markdown, without marks, addresses and pictures."""
    parts = {"softbreak": " ", "hardbreak": " ", "image": "", "html_inline": ""}
    children = token.children or []
    return " ".join("".join(parts.get(c.type, c.content) for c in children).split())


def _line(number: int, text: str, block: int, role: Role, *, bullet: bool = False) -> list[Line]:
    folded = " ".join(text.split())
    return [Line(number, folded, block, role, bullet)] if folded else []


def _set_title(lines: list[Line], meta: Meta) -> tuple[list[Line], Meta]:
    """Return the lines with the title first: front matter's, else the first `# heading`."""
    tops = [line for line in lines if line.role == "headline"]
    others = [replace(line, role="heading") if line.role == "headline" else line for line in lines]
    if meta.title:
        return [Line(1, meta.title, -1, "headline"), *others], meta
    if not tops:
        return others, meta
    rest = [line for line, old in zip(others, lines, strict=True) if old is not tops[0]]
    return [tops[0], *rest], meta
