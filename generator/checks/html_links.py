"""Links, anchors and loaded files of the site as it was built."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import lxml.etree
import lxml.html

from generator.checks.faults import Fault
from generator.checks.links import LinkCount
from generator.checks.targets import DeadEnd, Targets, dead_end, find_targets

# The zip of the whole site is shown over http only, and put there when it is published.
_LINKS = (
    "//@href[not(../@data-online)] | //@src | //@poster | //@action"
    " | //meta[@http-equiv='refresh']/@content"
)
_REFRESH = re.compile(r"\s*\d+\s*;\s*url=\s*['\"]?([^'\"]+)", re.IGNORECASE)
_BUILD = "run `cardfile build`"
_ANYWHERE = "404.html"

Found = list[tuple[int, str]]  # the links of a page, with their lines


def check_site(
    pages: Iterable[tuple[str, bytes]], names: Iterable[str], folder: str, base: str = "/"
) -> LinkCount:
    """Return every link of a site's HTML that leads nowhere.

    `names` are all files of the site, `base` the path it is published at: a server's page for
    what it can't find stands at any depth, and its links begin there.
    """
    links: dict[str, Found] = {}
    anchors: dict[str, frozenset[str]] = {}
    faults: list[Fault] = []
    for name, data in pages:
        try:
            anchors[name], links[name] = _read(data)
        except (lxml.etree.ParserError, lxml.etree.XMLSyntaxError):
            anchors[name], links[name] = frozenset(), []
            faults.append(Fault(f"{folder}/{name}", 0, "link", "no HTML is in it", _BUILD))
    if _ANYWHERE in links:
        links[_ANYWHERE] = [(n, href.removeprefix(base)) for n, href in links[_ANYWHERE]]
    targets = find_targets(anchors, set(names) - set(anchors))
    faults += _dead_links(links, targets, folder)
    return LinkCount(tuple(faults), sum(map(len, links.values())))


def _read(data: bytes) -> tuple[frozenset[str], Found]:
    """Return a page's ids and links. Raises lxml's ParserError."""
    page: Any = lxml.html.document_fromstring(data, lxml.html.HTMLParser(encoding="utf-8"))
    links = []
    for value in page.xpath(_LINKS):
        # A picture may be written into its own address.
        if value.attrname == "src" and value.startswith("data:image/"):
            continue
        refresh = _REFRESH.match(value) if value.attrname == "content" else None
        if value.attrname != "content" or refresh:
            address = refresh[1] if refresh else str(value)
            links.append((int(value.getparent().sourceline or 0), address))
    return frozenset(map(str, page.xpath("//@id | //a/@name"))), links


def _dead_links(links: Mapping[str, Found], targets: Targets, folder: str) -> Iterator[Fault]:
    # Pages of one folder share most of their links.
    known: dict[tuple[str, str], DeadEnd | None] = {}
    for name, found in sorted(links.items()):
        home = posixpath.dirname(name)
        for line, href in found:
            key = (name if href.startswith(("#", "?")) or not href else home, href)
            if key not in known:
                known[key] = dead_end(name, href, targets)
            if dead := known[key]:
                rule, what, todo = dead
                yield Fault(f"{folder}/{name}", line, rule, what, todo)


def same_pages(pages: Iterable[str], names: Collection[str], folder: str) -> Iterator[Fault]:
    """Yield a note for what the pages have and the site has not: the site is older than they."""
    wanted = [re.sub(r"\.md$", ".html", page) for page in pages]
    missing = sorted(name for name in wanted if name not in names)
    if missing:
        more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
        what = f"the site is older than its pages: it has no {missing[0]}{more}"
        yield Fault(folder, 0, "site-step", what, _BUILD, "note")
