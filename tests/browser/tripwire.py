"""Pages in a browser with a tripwire: what ran, what was asked of others, what stands there.

The wire itself is tripwire.js.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.pages.escape import clean
from tests.browser.devtools import Gone, Tab, open_tab
from tests.browser.hosts import listen, serve
from tests.hostile import HOST

WIRE = Path(__file__).with_name("tripwire.js")
# What `annotate` prints.
READ = ("sentence", "headline")
# Links and buttons pointed at and clicked on a page; every so many pages are searched from.
MOST, SEARCHED = 12, 40

# Yields, for a page, the name of a place, the text as it must be shown there and as it is.
Check = Callable[[dict[str, Any]], Iterator[tuple[str, str, str]]]


@dataclass(slots=True)
class Seen:
    """What came of opening pages: told by the wire, asked of others, odd, shown otherwise."""

    pages: int = 0
    texts: Counter[str] = field(default_factory=Counter)
    ran: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    stopped: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    unlike: list[str] = field(default_factory=list)  # the text as `annotate` prints it


def shown_text(text: str) -> str:
    """Return a text as pages show it."""
    return plain(clean(text))


def plain(text: str) -> str:
    """Return a text with white space folded as a browser shows it."""
    return re.sub(r"[\s\ufeff]+", " ", text).strip()


@contextmanager
def browser(site: Path, *, online: bool) -> Iterator[tuple[Tab, str, list[bytes]]]:
    """Open a browser with a tripwire for a site; give its tab, the address, what others hear."""
    with ExitStack() as stack:
        home = f"{site.as_uri()}/"
        if online:
            home = f"{stack.enter_context(serve(site.parent))}{site.name}/"
        rules, heard = stack.enter_context(listen())
        script = WIRE.read_text(encoding="utf-8").replace("HOME", home)
        yield stack.enter_context(open_tab(rules, script)), home, heard


def look(site: Path, checks: Mapping[str, Check], *, online: bool, every: int) -> Seen:
    """Open the pages of a site and return what came of it."""
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    seen = Seen()
    with browser(site, online=online) as (tab, home, heard):
        for number, uri in enumerate(pages):
            overview = "index.html" in uri or "/" not in uri
            served_only = uri == "404.html" and not online
            if (number % every and not overview) or served_only:
                continue
            seen.pages += 1
            page = _open(tab, home, uri, seen)
            if page is None:
                continue
            _compare(uri, page, checks.get(uri), seen)
            if seen.pages % SEARCHED == 1 and uri in checks:
                _use(tab, uri, page["heading"], seen)
        # A browser has errands of its own, by names of its own.
        seen.asked += [f"heard: {said!r}" for said in heard if HOST.encode() in said]
    return seen


def _open(tab: Tab, home: str, uri: str, seen: Seen) -> dict[str, Any] | None:
    """Return what stands on a page once everything was pointed at; record what is wrong."""
    try:
        tab.get(home + uri)
        page: dict[str, Any] = tab.run(f"findings({MOST})")
        if page is None:
            raise Gone("no answer")
    except Gone as fault:
        seen.ran.append(f"{uri}: {fault}")
        return None
    _record(tab, home, uri, page, seen)
    if not page["whole"] or not page["works"]:
        seen.odd.append(f"{uri}: the page is not whole")
    if page["address"].split("#")[0] != home + uri:
        seen.ran.append(f"{uri}: led to {page['address']}")
    return page


def _record(tab: Tab, home: str, uri: str, page: dict[str, Any], seen: Seen) -> None:
    for told in page["tripped"]:
        (seen.stopped if told.startswith("policy") else seen.ran).append(f"{uri}: {told}")
    seen.odd += [f"{uri}: {what}" for what in page["odd"]]
    for kind in ("Page.javascriptDialogOpening", "Page.windowOpen"):
        seen.ran += [f"{uri}: {kind} {event.get('url', '')}" for event in tab.events(kind)]
    seen.asked += [f"{uri}: {url}" for url in outside(tab, home)]


def outside(tab: Tab, home: str) -> list[str]:
    """Return what was asked of others than the site."""
    urls = [event["request"]["url"] for event in tab.events("Network.requestWillBeSent")]
    urls += [event["url"] for event in tab.events("Network.webSocketCreated")]
    return [url for url in urls if not url.startswith((home, "data:", "about:", "blob:"))]


def _compare(uri: str, page: dict[str, Any], check: Check | None, seen: Seen) -> None:
    for place, wanted, there in check(page) if check else ():
        seen.texts[place] += 1
        if shown_text(wanted) != plain(there):
            seen.differing.append(f"{uri}: {place}: {shown_text(wanted)!r} shown as {there!r}")
        elif place in READ and plain(wanted) != plain(there):
            seen.unlike.append(f"{uri}: {place}: {plain(wanted)!r} shown as {there!r}")


# What a reader does: search for a text, and point at a name.
_SEARCH = """(async () => {
  const box = document.querySelector("[data-md-component=search-query]");
  box.value = %s;
  box.focus();
  box.dispatchEvent(new Event("input"));
  await cardfile.find(box.value).catch(() => 0);
  const link = document.querySelector("main a[href*='people/']");
  link?.dispatchEvent(new PointerEvent("pointerover", {bubbles: true, pointerType: "mouse"}));
  await new Promise((done) => setTimeout(done, 120));
  return findings(0);
})()"""


def _use(tab: Tab, uri: str, text: str, seen: Seen) -> None:
    try:
        page = tab.run(_SEARCH % json.dumps(text[:120]))
    except Gone as fault:
        seen.ran.append(f"{uri}, searched: {fault}")
        return
    seen.texts["search and hover cards"] += 1
    for told in page["tripped"]:
        (seen.stopped if told.startswith("policy") else seen.ran).append(f"{uri}, used: {told}")
    seen.odd += [f"{uri}, used: {what}" for what in page["odd"]]
