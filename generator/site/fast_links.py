"""Where the links of a page lead, as MkDocs has it, and which of them lead nowhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard
from urllib.parse import urlsplit

from mkdocs.structure.files import File, InclusionLevel
from mkdocs.utils import get_relative_url

from generator.site.fast_inline import Unfamiliar

_ELSEWHERE = re.compile(r"(?:https?|mailto):[^\s]+")
_BESIDE = re.compile(r"[\w./-]+")

Wanted = set[tuple[str, str]]


@dataclass(slots=True)
class Links:
    """Turns the addresses that pages are written with into those of the site.

    `files` are all files of the site by their source.
    """

    files: Mapping[str, File]
    # By folder: the path as written, to the path in the page and the file it leads to.
    known: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict)
    # Where the files are that were linked to.
    urls: dict[str, str] = field(default_factory=dict)

    def of(self, src_uri: str, url: str) -> PageLinks:
        """Return the links of one page."""
        folder = src_uri.rpartition("/")[0]
        return PageLinks(self, src_uri, url, self.known.setdefault(folder, {}))

    def url(self, target: str) -> str | None:
        """Return the address of a file, None if it is no part of the site."""
        url = self.urls.get(target)
        if url is None and is_there(file := self.files.get(target)):
            url = self.urls[target] = file.url
        return url


@dataclass(slots=True)
class PageLinks:
    """The links of one page; `wanted` are the files and the parts of them it leads to."""

    links: Links
    src_uri: str
    url: str
    known: dict[str, tuple[str, str]]
    wanted: Wanted = field(default_factory=set)

    def resolve(self, address: str) -> str:
        """Return an address as it stands in the page. Raises Unfamiliar if it leads nowhere."""
        path, mark, part = address.partition("#")
        found = self.known.get(path)
        if found is None:
            if mark and not path and part and _BESIDE.fullmatch(part):
                self.wanted.add((self.src_uri, part))
                return address
            if _ELSEWHERE.fullmatch(address) and urlsplit(address).scheme:
                return address
            found = self.known[path] = self.find(path)
        if mark:
            if not part:
                raise Unfamiliar(address)
            self.wanted.add((found[1], part))
            return f"{found[0]}#{part}"
        self.wanted.add((found[1], ""))
        return found[0]

    def find(self, path: str) -> tuple[str, str]:
        """Return the path in the page, and the file it leads to."""
        if not _BESIDE.fullmatch(path) or path.startswith("/"):
            raise Unfamiliar(path)
        folder = self.src_uri.rpartition("/")[0]
        target = joined(folder, path)
        url = self.links.url(target)
        if url is None:
            # MkDocs says so, and what was probably meant.
            raise Unfamiliar(path)
        return relative_url(url, self.url), target


def joined(folder: str, path: str) -> str:
    """Return where a path leads from a folder.

    >>> joined("people", "a.md"), joined("people", "../places/b.md"), joined("", "c/../d.md")
    ('people/a.md', 'places/b.md', 'd.md')
    """
    if folder and "/" not in folder and "//" not in path and path[-1] not in "/.":
        if "./" not in path:
            return f"{folder}/{path}"
        if path.startswith("../") and "./" not in path[3:]:
            return path[3:]
    return posixpath.normpath(posixpath.join(folder, path))


def relative_url(url: str, page: str) -> str:
    """Return an address of the site as it is written in a page, whose address that is.

    >>> relative_url("people/a.html", "people/b.html"), relative_url("c.html", "people/b.html")
    ('a.html', '../c.html')
    """
    folder, _, name = page.partition("/")
    if not name or "/" in name or url == folder or url[-1:] in "/.":
        return get_relative_url(url, page)
    first, _, rest = url.partition("/")
    return rest if rest and first == folder else f"../{url}"


def still_there(wanted: Wanted, files: Mapping[str, File]) -> bool:
    """Return whether the files of the site that are linked to are all there."""
    return all(is_there(files.get(target)) for target, _ in wanted)


def is_there(file: File | None) -> TypeGuard[File]:
    """Return whether a file is part of the site."""
    return file is not None and file.inclusion.value > InclusionLevel.DRAFT.value


def dead_parts(wanted: Iterable[tuple[str, str]], files: Mapping[str, File]) -> Wanted:
    """Return the parts of pages that are linked to and are not there."""
    dead = set()
    for target, part in wanted:
        page = files[target].page if part else None
        ids = page.present_anchor_ids if page is not None else None
        if ids is not None and part not in ids:
            dead.add((target, part))
    return dead


def dead_link_texts(file: File, dead: Wanted) -> Iterable[str]:
    """Yield what MkDocs says of the links of a page that lead to parts that are not there."""
    folder = file.src_uri.rpartition("/")[0]
    said = set()
    for address in re.findall(r"\]\(<?([^\s<>()]+#[^\s<>()]+)>?\)|\]\((#[^\s()]+)\)", _text(file)):
        link = address[0] or address[1]
        path, _, part = link.partition("#")
        target = posixpath.normpath(posixpath.join(folder, path)) if path else file.src_uri
        if (target, part) in dead and (target, part) not in said:
            said.add((target, part))
            missing = f"the doc '{target}' does not contain an anchor '#{part}'"
            if target == file.src_uri:
                missing = "there is no such anchor on this page"
            yield f"Doc file '{file.src_uri}' contains a link '{link}', but {missing}."


def _text(file: File) -> str:
    return file.content_string
