"""Pictures of a built site, wide and narrow, light and dark: to be looked at.

python -m tests.screenshots SITE OUT [PAGE …]     every kind of page, unless some are named
python -m tests.screenshots --readme SITE         the three of the README, templates/readme/
"""

from __future__ import annotations

import base64
import re
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from selenium import webdriver

from tests import sample
from tests.browser.chrome import open_browser, set_colours, set_width

WIDTHS = {"wide": 1400, "narrow": 390}
LONGEST = 3200
SHOWN, HEAVIEST = (1200, 820), 120_000  # a picture in the README
README = sample.REPO / "templates" / "readme"
# Of a folder's pages the one with most on it shows most of the design; one with little, the rest.
FOLDERS = tuple(kind.folder for kind in sample.LABELS.types.values())
OVERVIEWS = ("index", "timeline", "network", "map", "paths", "changes", "differences", "data",
             "about")  # fmt: skip
_TYPE = """
const [text, done] = arguments;
const box = document.querySelector("[data-md-component=search-query]");
box.focus();
box.value = text;
box.dispatchEvent(new Event("input", { bubbles: true }));
setTimeout(done, 900);
"""
_FOCUS = """
const [part, done] = arguments;
const links = [...document.querySelectorAll(`article a[href*="${part}"]`)];
const link = links.find((a) => a.checkVisibility() && a.getBoundingClientRect().y > 150);
link.scrollIntoView({ block: "nearest" });
link.focus({ focusVisible: true });
setTimeout(done, 700);
"""
_LOOK = """
const [selector, done] = arguments;
document.querySelector(selector).scrollIntoView({ block: "center" });
setTimeout(done, 300);
"""
_CONNECT = """
const [from, to, done] = arguments;
for (const [id, name] of [["cf-from", from], ["cf-to", to]]) {
  const box = document.getElementById(id);
  box.value = name;
  for (const kind of ["input", "change"]) box.dispatchEvent(new Event(kind, { bubbles: true }));
}
document.getElementById("cf-to").form.requestSubmit();
setTimeout(done, 900);
"""


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: its name, the page, a script that does what a reader does, what it is told.

    Of a page on which something is done only the screen is shown, else all of it.
    """

    name: str
    page: str
    script: str = ""
    told: tuple[str, ...] = ()


def by_size(site: Path, folder: str) -> list[str]:
    """Return a folder's pages but its index, the smallest first."""
    paths = (path for path in (site / folder).glob("*.html") if path.name != "index.html")
    ordered = sorted(paths, key=lambda path: (path.stat().st_size, path.name))
    return [path.relative_to(site).as_posix() for path in ordered]


def name_of(site: Path, page: str) -> str:
    """Return what a page's heading says."""
    found = re.search(r"<h1[^>]*>(.*?)</h1>", (site / page).read_text(encoding="utf-8"))
    return re.sub(r"<[^>]+>", "", found[1]) if found else ""


def shots(site: Path) -> Iterator[Shot]:
    """Yield every kind of page, and what readers do on them."""
    yield from (Shot(name, f"{name}.html") for name in OVERVIEWS)
    for folder in FOLDERS:
        yield Shot(f"{folder}-index", f"{folder}/index.html")
        if pages := by_size(site, folder):
            yield Shot(f"{folder}-most", pages[-1])
            yield Shot(f"{folder}-half", pages[len(pages) // 2])
    people, articles = by_size(site, "people"), by_size(site, "articles")
    ends = name_of(site, people[-1]), name_of(site, people[-2])
    yield Shot("search-results", "index.html", _TYPE, (ends[0].split()[0],))
    yield Shot("search-sentence", articles[-1], _TYPE, ("treaty with russia",))
    yield Shot("search-nothing", "index.html", _TYPE, ("xyzzyx",))
    yield Shot("hover-card", articles[-1], _FOCUS, ("people/",))
    yield Shot("hover-place", people[-1], _FOCUS, ("places/",))
    yield Shot("paths-found", "paths.html", _CONNECT, ends)
    yield Shot("sentence-target", f"{articles[-1]}#s9", "arguments[0]()")


def readme_shots(site: Path) -> Iterator[Shot]:
    """Yield what the README shows: a person, an article with a card, the network."""
    people, articles = by_size(site, "people"), by_size(site, "articles")
    disputed = [page for page in people if 'id="differences"' in (site / page).read_text("utf-8")]
    known = Path(people[-1]).name
    naming = [page for page in articles if f"/{known}" in (site / page).read_text("utf-8")]
    yield Shot("entity", (disputed or people)[-1], _LOOK, ("h1",))
    yield Shot("article", (naming or articles)[-1], _FOCUS, (known,))
    yield Shot("network", "network.html", _LOOK, ("figure",))


def picture(
    browser: webdriver.Chrome, site: Path, shot: Shot, width: int, height: int = 1000
) -> bytes:
    """Return a PNG of a shot: the whole page, or the screen where something is done."""
    address, _, anchor = shot.page.partition("#")
    set_width(browser, width, height)
    browser.get("about:blank")
    browser.get((site / address).absolute().as_uri() + (f"#{anchor}" if anchor else ""))
    if shot.script:
        browser.execute_async_script(shot.script, *shot.told)
    else:
        tall = browser.execute_script("return document.documentElement.scrollHeight")
        set_width(browser, width, min(LONGEST, max(height, tall)))
    time.sleep(0.2)  # what fades in has come
    return base64.b64decode(browser.execute_cdp_cmd("Page.captureScreenshot", {})["data"])


def take(site: Path, out: Path, wanted: list[Shot]) -> None:
    """Write a PNG of each shot for each width and colour scheme."""
    out.mkdir(parents=True, exist_ok=True)
    browser = open_browser()
    try:
        for scheme in ("light", "dark"):
            set_colours(browser, scheme)
            for size, width in WIDTHS.items():
                for shot in wanted:
                    png = picture(browser, site, shot, width)
                    (out / f"{shot.name}-{size}-{scheme}.png").write_bytes(png)
    finally:
        browser.quit()


def small_picture(browser: webdriver.Chrome) -> bytes:
    """Return the screen as a WebP of no more bytes than a repository should carry."""
    data = b""
    for quality in (80, 60, 40, 20):
        options = {"format": "webp", "quality": quality}
        told = browser.execute_cdp_cmd("Page.captureScreenshot", options)
        data = base64.b64decode(told["data"])
        if len(data) <= HEAVIEST:
            break
    return data


def take_readme(site: Path) -> None:
    """Write the pictures of the README, small enough for a repository."""
    README.mkdir(parents=True, exist_ok=True)
    browser = open_browser()
    try:
        for scheme, shot in zip(("light", "light", "dark"), readme_shots(site), strict=True):
            set_colours(browser, scheme)
            picture(browser, site, shot, *SHOWN)
            (README / f"{shot.name}.webp").write_bytes(small_picture(browser))
    finally:
        browser.quit()


def main(arguments: list[str]) -> None:
    if arguments[0] == "--readme":
        return take_readme(Path(arguments[1]))
    site, out, *pages = arguments
    named = [Shot(page.removesuffix(".html").replace("/", "-"), page) for page in pages]
    take(Path(site), Path(out), named or list(shots(Path(site))))


if __name__ == "__main__":
    main(sys.argv[1:])
