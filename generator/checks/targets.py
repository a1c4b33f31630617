"""Where links can lead: pages with their anchors, other files; and why one leads nowhere."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from generator.checks.faults import short

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# What a reader's click may set off.
SCHEMES = ("http:", "https:", "mailto:")
_CORRECT = "correct the link"

DeadEnd = tuple[str, str, str]  # rule, what, what to do


@dataclass(frozen=True, slots=True)
class Targets:
    """What there is below one folder: the anchors of each page, and the other files.

    `folded` and `moved` find what was probably meant: a name in other letters, and a page by
    its last part.
    """

    anchors: Mapping[str, frozenset[str]]
    others: frozenset[str]
    folded: Mapping[str, str]
    moved: Mapping[str, str]

    def __contains__(self, name: str) -> bool:
        return name in self.anchors or name in self.others


def find_targets(anchors: Mapping[str, frozenset[str]], others: Iterable[str]) -> Targets:
    """Return the targets that these pages and other files make."""
    others = frozenset(others)
    everything = sorted({*anchors, *others})
    return Targets(
        anchors,
        others,
        {name.casefold(): name for name in everything},
        {posixpath.basename(name): name for name in sorted(anchors)},
    )


def dead_end(page: str, href: str, targets: Targets) -> DeadEnd | None:
    """Return why a link on a page, as it is written there, leads nowhere; None if it leads on."""
    address = html.unescape(href).strip()
    said = repr(short(address, 90))
    if scheme := _SCHEME.match(address):
        if scheme.group().lower() in SCHEMES:
            return None
        return "link", f"{said} is no address of a page", "link to http, https or mailto only"
    if address.startswith(("/", "\\")):
        what = f"{said} leads out of a site that is opened from a folder"
        return "link", what, "write the address relative to this page"
    path, _, anchor = address.partition("#")
    path = unquote(path.partition("?")[0])
    target = named_target(page, path, targets)
    if target not in targets:
        return "link", f"{said} leads to {target!r}, which is not there", _meant(target, targets)
    anchor = unquote(anchor)
    if not anchor or target not in targets.anchors or anchor in targets.anchors[target]:
        return None
    what = f"{said} leads to no place in {target}"
    return "anchor", what, _meant_anchor(anchor, targets.anchors[target])


def named_target(page: str, path: str, targets: Targets) -> str:
    """Return the file that a path on a page means; `.html` may mean the Markdown page it is of."""
    if not path:
        return page
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    source = f"{target.removesuffix('.html')}.md"
    return source if target.endswith(".html") and source in targets.anchors else target


def _meant(target: str, targets: Targets) -> str:
    """Return what to do about a file that is not there."""
    same = targets.folded.get(target.casefold())
    if same is None and target.endswith(".html"):
        same = targets.folded.get(f"{target.removesuffix('.html')}.md".casefold())
    if same:
        return f"write {same!r}: servers tell capitals apart"
    stem = posixpath.basename(target)
    near = targets.moved.get(stem) or targets.moved.get(f"{stem.removesuffix('.html')}.md")
    return f"did you mean {near!r}?" if near else _CORRECT


def _meant_anchor(anchor: str, anchors: frozenset[str]) -> str:
    same = sorted(known for known in anchors if known.casefold() == anchor.casefold())
    return f"write #{same[0]}: browsers tell capitals apart" if same else _CORRECT
