"""Links and anchors of the Markdown pages, of the data files beside them, and of notes."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from markdown.extensions.toc import slugify, unique  # type: ignore[import-untyped]

from generator.checks.faults import Fault
from generator.checks.targets import Targets, dead_end, find_targets
from generator.model import FOLDERS

# Everything foreign is written so that none of these can stand in it: see pages/escape.py.
_LINK = re.compile(
    r"\]\(\s*(?:<([^>\n]*)>|([^)\s]*))"  # [text](address), [text](<address>)
    r"|\b(?:href|src)=\"([^\"]*)\""
    r"|^ {0,3}\[[^\]\n]+\]:[ \t]*<?([^\s>]+)"  # [name]: address
    r"|^moved_to: (\S+)",
    re.MULTILINE,
)
_ANCHOR = re.compile(r"\{:[^}\n]*?#([^\s}]+)|\bid=\"([^\"]+)\"")
_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
_GIVEN_ID = re.compile(r"\{:[^}\n]*#")
# Code in a note may speak of links without being any.
_CODE = re.compile(r"^(```|~~~).*?^\1[`~]*[ \t]*$|(`+)(?!`)[^\n]*?(?<!`)\2(?!`)", re.M | re.S)
# Addresses of cards in data files, and their anchors; `#this` is the thing and no place.
_ADDRESS = re.compile(
    r"(?<=[\",<>])((?:" + "|".join(sorted(FOLDERS.values())) + r")/[a-zA-Z0-9-]+\.html"
    r"(?:#(?!this\b)[\w-]+)?)(?=[\",<>\s]|#this\b|$)"
)
DATA = (".csv", ".js", ".json", ".jsonld", ".ttl", ".graphml")


@dataclass(frozen=True, slots=True)
class LinkCount:
    """What is wrong with links, and how many were looked at."""

    faults: tuple[Fault, ...]
    links: int


def make_targets(texts: Mapping[str, str], others: Iterable[str] = ()) -> Targets:
    """Return where links of these pages and data files can lead, `others` among them."""
    pages = {name: find_anchors(text) for name, text in texts.items() if name.endswith(".md")}
    return find_targets(pages, {*others, *(name for name in texts if name not in pages)})


def find_anchors(page: str) -> frozenset[str]:
    """Return the ids on a Markdown page: those it gives, and those its headings get."""
    found = {html.unescape(match[1] or match[2]) for match in _ANCHOR.finditer(page)}
    for match in _HEADING.finditer(page):
        if not _GIVEN_ID.search(match[1]):
            unique(slugify(_words(match[1]), "-"), found)
    return frozenset(found)


def _words(heading: str) -> str:
    """Return the text of a heading without its marks, as the table of contents reads it."""
    return html.unescape(re.sub(r"\{:[^}]*\}|\]\([^)]*\)|<[^>]+>|[*`\[\]]", "", heading))


def check_pages(
    texts: Mapping[str, str], targets: Targets, folder: str, told: Collection[tuple[str, str]] = ()
) -> LinkCount:
    """Return every link of the pages and data files that leads nowhere.

    `told` holds the links, by page and address, that are told of elsewhere: an editor's. Pages
    that are missing are told of elsewhere as well, if the targets have them.
    """
    faults: list[Fault] = []
    count = 0
    for name, text in sorted(texts.items()):
        dead: dict[str, tuple[str, str, str] | None] = {}
        for at, href in _links(name, text):
            count += 1
            page = name if name.endswith((".md", ".xml")) else ""
            if href not in dead:
                dead[href] = dead_end(page, href, targets)
            if (found := dead[href]) and (name, plain(href)) not in told:
                faults.append(_fault(f"{folder}/{name}", text, at, found))
    return LinkCount(tuple(faults), count)


def _links(name: str, text: str) -> Iterator[tuple[int, str]]:
    """Yield the links of a page or a data file: where each stands, and its address."""
    if name.endswith(DATA):
        yield from ((match.start(1), match[1]) for match in _ADDRESS.finditer(text))
    if not name.endswith((".md", ".xml")):
        return
    if "`" in text:
        text = _CODE.sub(lambda code: re.sub(r"[^\n]", " ", code.group()), text)
    for match in _LINK.finditer(text):
        yield match.start(), next(group for group in match.groups() if group is not None)


def check_notes(
    notes: Mapping[str, tuple[str, str]], pages: Mapping[str, str], targets: Targets | None
) -> tuple[list[Fault], set[tuple[str, str]]]:
    """Return every fault of the notes, and the links of theirs, by page, that lead nowhere.

    `notes` are file and text by the id of a card, `pages` the page of every card by its id. A
    note's links are relative to the page it stands on; `targets` is None if there are no pages.
    """
    faults: list[Fault] = []
    dead: set[tuple[str, str]] = set()
    for id, (file, text) in sorted(notes.items()):
        if id not in pages:
            todo = "name the file after the id of a card"
            faults.append(Fault(file, 0, "note", f"no card has the id {id!r}", todo, "warning"))
            continue
        for at, href in _links("note.md", text) if targets else ():
            if targets and (found := dead_end(pages[id], href, targets)):
                faults.append(_fault(file, text, at, found))
                dead.add((pages[id], plain(href)))
    return faults, dead


def plain(href: str) -> str:
    """Return an address as it was before a page made it harmless."""
    return unquote(html.unescape(href))


def _fault(file: str, text: str, at: int, found: tuple[str, str, str]) -> Fault:
    rule, what, todo = found
    return Fault(file, text.count("\n", 0, at) + 1, rule, what, todo)
