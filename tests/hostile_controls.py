"""The same hostile texts unescaped: the wire trips, and each later line of defence holds alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import markdown

from generator.site.policy import add_policy, clean_content, page_policy
from tests.browser.devtools import Gone, Tab
from tests.browser.tripwire import browser, outside
from tests.hostile import HOST, Payload
from tests.torture import Figure

ARTICLE = '<article class="md-content__inner md-typeset">'
MANY = 10  # one in so many does something


@dataclass(frozen=True, slots=True)
class Control:
    """Pages by the id of their text, and whether a line of defence stands before them."""

    name: str
    pages: dict[str, str]
    defended: bool


def controls(site: Path, some: Sequence[Payload]) -> list[Figure]:
    """Return how many texts do something unescaped, and what each line of defence alone leaves."""
    kinds = {payload.id: payload.kind for payload in some}
    found = []
    with browser(site, online=True) as (tab, home, heard):
        for control in unescaped(site, some):
            heard.clear()
            ran = tripped(site, tab, home, control)
            hosts = b"\n".join(heard).decode("latin-1")
            ran |= {id for id in control.pages if f"{id}.{HOST}" in hosts}
            found.append(_figure(control, ran, kinds))
    return found


def _figure(control: Control, ran: set[str], kinds: dict[str, str]) -> Figure:
    count = len(control.pages)
    by_kind = sorted(Counter(kinds[id] for id in ran).items())
    told = f"{len(ran)} of {count}" + "".join(f", {number} {kind}" for kind, number in by_kind)
    goal = "0" if control.defended else f"more than {count // MANY}"
    held = not ran if control.defended else len(ran) > count // MANY
    return Figure(f"control, {control.name}: texts that run or ask", goal, told, held)


def unescaped(site: Path, some: Sequence[Payload]) -> tuple[Control, ...]:
    """Return pages of a site that are not escaped at all, or by one line of defence only."""
    head, _, rest = (site / "about.html").read_text(encoding="utf-8").partition(ARTICLE)
    before, after = f"{head}{ARTICLE}<h1>c</h1>", rest[rest.index("</article>") :]
    render = markdown.Markdown(extensions=["attr_list", "md_in_html", "tables", "footnotes"])
    marked = {payload.id: render.reset().convert(payload.text) for payload in some}
    raw = {payload.id: f"{before}{payload.text}{after}" for payload in some}
    policy = page_policy({}, ())
    # No policy has a say in whom a browser calls up before there is anything to ask.
    calm = [payload.id for payload in some if "preconnect" not in payload.text]
    return (
        Control("HTML, no policy", raw, False),
        Control(
            "Markdown, no policy", {i: f"{before}{m}{after}" for i, m in marked.items()}, False
        ),
        Control("HTML, policy alone", {id: add_policy(raw[id], policy) for id in calm}, True),
        Control(
            "Markdown, sanitiser alone",
            {i: f"{before}{clean_content(m)}{after}" for i, m in marked.items()},
            True,
        ),
    )


def tripped(site: Path, tab: Tab, home: str, control: Control) -> set[str]:
    """Return the ids of the pages on which something ran, was asked of others or led away."""
    path, found = site / "control.html", set()
    # No policy can hold back a page that leads on; nor does anything run by that.
    harmless = ("policy", "led to", "the page is gone") if control.defended else ("policy",)
    for id, html in control.pages.items():
        path.write_text(html, encoding="utf-8", errors="replace")
        try:
            tab.get(f"{home}control.html?{id}")
            told = tab.run("findings(40)")["tripped"]
        except (Gone, TypeError):
            told = ["the page is gone"]
        ran = [what for what in told if not what.startswith(harmless)]
        if ran or any(HOST in url and not _blocked(tab, url) for url in outside(tab, home)):
            found.add(id)
    path.unlink()
    return found


def _blocked(tab: Tab, url: str) -> bool:
    """Return whether a request never left the browser."""
    asked = {e["requestId"] for e in tab.events("Network.requestWillBeSent")
             if e["request"]["url"] == url}  # fmt: skip
    return any(e["requestId"] in asked and e.get("blockedReason") == "csp"
               for e in tab.events("Network.loadingFailed"))  # fmt: skip
