"""How heavy is the site, what does it ask for, how fast are its cards? Ours beside Material's own.

python -m tests.measure_site [--pages content/pages] [--generated 600]

Both are built from the same Markdown in one run: ours with our mkdocs.yml, the other with
Material as it comes and its search and previews switched on. Without options: the sample.
"""

from __future__ import annotations

import argparse
import functools
import gzip
import http.server
import logging
import re
import shutil
import statistics
import tempfile
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from selenium import webdriver

from generator.files import sync_folder
from generator.pages.all_pages import PAGE_SUFFIXES, render_pages
from generator.site.build import build
from tests import sample
from tests.browser.chrome import network_events, open_browser, requested, set_width
from tests.compatible import plain_settings
from tests.generated_site import generate
from tests.measure_search import Goal
from tests.sample_site import sample_pages

KB = 1000
FOLDERS = tuple(kind.folder for name, kind in sample.LABELS.types.items() if name != "article")
HOVERED = 10
GOALS = (
    Goal("entity page beyond its text, median KB", 10.5),
    Goal("  of every tenth page more than, KB", 10.5),
    Goal("  without its pictures, median KB", 10.5),
    Goal("entity page beyond its text, gzip, median KB", 4),
    Goal("  of every tenth page more than, KB", 4),
    Goal("site without pictures, KB a page", 12),
    Goal("  without downloads for programs too", 12),
    Goal("CSS and JS beyond the theme's, KB", 40),
    Goal("  gzip, KB", 40),
    Goal("  what the largest entity page loads of it, KB", 40),
    Goal("CSS and JS of that page, the theme's too, KB", float("inf")),
    Goal("search index, KB a page", 1),
    Goal("addresses on other hosts, over http", 0),
    Goal("addresses on other hosts, from files", 0),
    Goal("card by keyboard, from files, cold, median ms", 50),
    Goal("  slowest ms", 50),
    Goal("card by keyboard, from files, warm, median ms", 50),
    Goal("card by mouse, from files, cold, median ms", 50),
    Goal("card by mouse, from files, warm, median ms", 50),
)
# What neither a reader's browser nor a page needs: made for other programs.
_DOWNLOADS = ("data/", "feeds/", "sitemap", "robots")
_PICTURES = (".svg", ".png", ".webp", ".ico", ".jpg")
_CARD_SHARDS = ("search/cards/", "search/links/")
_SVG = re.compile(r"<svg\b.*?</svg>", re.DOTALL)


# --- weights


def entity_pages(site: Path) -> list[Path]:
    """Return the pages of entities, without the lists of them and without those that moved."""
    found = (path for folder in FOLDERS for path in sorted((site / folder).glob("*.html")))
    moved = '<meta http-equiv="refresh"'
    return [p for p in found if p.name != "index.html" and moved not in p.read_text("utf-8")]


def own_text(html: str) -> str:
    """Return what a reader reads in the page's article."""
    articles = lxml.html.fromstring(html).xpath("//article")
    return " ".join(articles[0].text_content().split()) if articles else ""


def beyond_text(html: str) -> tuple[int, int, int]:
    """Return the bytes beyond the page's text: all, without pictures, compressed."""
    text = own_text(html).encode()
    raw, plain = html.encode(), _SVG.sub("", html).encode()
    return len(raw) - len(text), len(plain) - len(text), zipped(raw) - zipped(text)


def zipped(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


def bytes_without_pictures(site: Path, apart: tuple[str, ...] = ()) -> int:
    """Return the size of all files but pictures, drawn ones in pages too."""
    total = 0
    for path in sorted(site.rglob("*")):
        uri = path.relative_to(site).as_posix()
        if path.is_file() and path.suffix not in _PICTURES and not uri.startswith(apart or "\0"):
            data = path.read_bytes()
            is_page = path.suffix == ".html"
            total += len(_SVG.sub("", data.decode()).encode()) if is_page else len(data)
    return total


def loaded(site: Path, page: Path) -> list[Path]:
    """Return the style sheets and scripts a page loads from its own site."""
    tree = lxml.html.parse(str(page))
    uris = [*tree.xpath("//link[@rel='stylesheet']/@href"), *tree.xpath("//script/@src")]
    return [(page.parent / uri).resolve() for uri in uris if not urlsplit(uri).netloc]


def index_bytes(site: Path) -> int:
    """Return the size of what the search reads; the cards' shards beside it are no part."""
    files = (path for path in sorted((site / "search").rglob("*")) if path.is_file())
    return sum(
        path.stat().st_size
        for path in files
        if not path.relative_to(site).as_posix().startswith(_CARD_SHARDS)
    )


def weights(site: Path, ours: bool) -> list[float]:
    """Return the first twelve figures."""
    count = len(list(site.rglob("*.html")))
    entities = entity_pages(site)
    beyond = [beyond_text(path.read_text("utf-8")) for path in entities]
    raw, plain, small = (sorted(sizes) for sizes in zip(*beyond, strict=True))
    tenth = len(raw) * 9 // 10
    added = sorted((site.resolve() / "assets").glob("*.[cj]s*")) if ours else []
    page = max(entities, key=lambda path: (path.stat().st_size, path.name))
    used = loaded(site, page)
    return [
        statistics.median(raw) / KB,
        raw[tenth] / KB,
        statistics.median(plain) / KB,
        statistics.median(small) / KB,
        small[tenth] / KB,
        bytes_without_pictures(site) / count / KB,
        bytes_without_pictures(site, _DOWNLOADS) / count / KB,
        sum(path.stat().st_size for path in added) / KB,
        sum(zipped(path.read_bytes()) for path in added) / KB,
        sum(path.stat().st_size for path in used if path in added) / KB,
        sum(path.stat().st_size for path in used) / KB,
        index_bytes(site) / count / KB,
    ]


# --- in the browser

# Opens the search, types, and points at the first links: whatever loads something late, does.
_USE = """
const done = arguments[0];
const box = document.querySelector("[data-md-component=search-query]");
box.focus();
box.value = "kim";
for (const kind of ["input", "keyup"]) box.dispatchEvent(new Event(kind, { bubbles: true }));
for (const link of [...document.querySelectorAll("article a[href]")].slice(0, 5)) {
  link.dispatchEvent(new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
  link.dispatchEvent(new MouseEvent("mouseenter", { bubbles: true }));
}
setTimeout(done, 800);
"""
# Points at a link and tells after how many ms its card is drawn; -1: not within a second.
_POINT = """
const [href, way, done] = arguments;
const links = [...document.querySelectorAll("article a[href]")];
const link = links.find((a) => a.href === href && a.checkVisibility());
const shown = () => document.querySelector("#cf-hover, .md-tooltip2--active");
const gone = () => { clearTimeout(late); watch.disconnect(); };
link.scrollIntoView({ block: "center" });
const late = setTimeout(() => { gone(); done(-1); }, 1000);
const watch = new MutationObserver(() => {
  if (!shown()) return;
  gone();
  const taken = performance.now() - start;
  const away = { bubbles: true, pointerType: "mouse" };
  link.blur();
  link.dispatchEvent(new PointerEvent("pointerout", away));
  link.dispatchEvent(new MouseEvent("mouseleave"));
  document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
  setTimeout(() => done(taken), 400);
});
watch.observe(document.body, { childList: true, subtree: true, attributes: true });
const start = performance.now();
if (way === "keyboard") link.focus({ focusVisible: true });
else {
  const over = { bubbles: true, pointerType: "mouse" };
  link.dispatchEvent(new PointerEvent("pointerover", over));
  link.dispatchEvent(new PointerEvent("pointerenter", { pointerType: "mouse" }));
  link.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
  link.dispatchEvent(new MouseEvent("mouseenter"));
}
"""
_LINKS = """
const kinds = new RegExp(`/(${arguments[0]})/(?!index)[^/]+\\\\.html$`);
const links = [...document.querySelectorAll("article a[href]")].filter((a) => a.checkVisibility());
const here = location.href.split("#")[0];
const others = links.map((a) => a.href).filter((href) => kinds.test(href) && href !== here);
return [...new Set(others)];
"""


def strangers(browser: webdriver.Chrome, base: str, pages: Iterable[str]) -> float:
    """Return how many addresses on other hosts are asked for when pages are used."""
    network_events(browser)
    for page in pages:
        browser.get("about:blank")
        browser.get(f"{base}/{page}")
        browser.execute_async_script(_USE)
    asked = requested(network_events(browser))
    own = (base, "data:", "about:", "blob:", "chrome")
    return len({url for url in asked if not url.startswith(own)})


def card_times(browser: webdriver.Chrome, page: Path, way: str) -> tuple[list[float], list[float]]:
    """Return after how many ms cards were there, on a page newly opened and again."""
    browser.get(page.as_uri())
    links = browser.execute_script(_LINKS, "|".join(FOLDERS))
    cold, warm = [], []
    # The first is asked twice: a browser just started is busy with itself.
    for link in [*links[:1], *links[:HOVERED]]:
        browser.get("about:blank")
        browser.get(page.as_uri())
        cold.append(browser.execute_async_script(_POINT, link, way))
        warm.append(browser.execute_async_script(_POINT, link, way))
    never = float("inf")
    return tuple([t if t >= 0 else never for t in times[1:]] for times in (cold, warm))  # type: ignore[return-value]


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site and return its address."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    handler = functools.partial(Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_address[1]}"
        running.shutdown()
        thread.join()


def behaviour(site: Path) -> list[float]:
    """Return the last seven figures."""
    largest = max(entity_pages(site), key=lambda path: (path.stat().st_size, path.name))
    pages = ["index.html", *(f"{folder}/index.html" for folder in FOLDERS[:2])]
    pages += [path.relative_to(site).as_posix() for path in entity_pages(site)[:3]]
    pages += ["network.html", "map.html", "timeline.html", largest.relative_to(site).as_posix()]
    browser = open_browser()
    try:
        set_width(browser, 1400, 1000)
        with served(site) as address:
            online = strangers(browser, address, pages)
        offline = strangers(browser, site.as_uri(), pages)
        cold, warm = card_times(browser, largest, "keyboard")
        late, soon = card_times(browser, largest, "mouse")
    finally:
        browser.quit()
    middle = statistics.median
    return [online, offline, middle(cold), max(cold), middle(warm), middle(late), middle(soon)]


# --- the two sites


def build_ours(pages: Path, folder: Path) -> Path:
    """Build a pages folder with our own mkdocs.yml."""
    settings = sample.sample_settings(folder)
    shutil.copytree(pages, settings.pages)
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    build(sample.REPO / "mkdocs.yml", settings)
    return Path(settings.site)


def build_material(pages: Path, folder: Path) -> Path:
    """Build the Markdown of a pages folder with Material as it comes."""
    markdown = {p.relative_to(pages).as_posix(): p for p in sorted(pages.rglob("*.md"))}
    texts = {uri: re.sub(r"(?m)^template: .*\n", "", p.read_text("utf-8"), count=1)
             for uri, p in markdown.items()}  # fmt: skip
    sync_folder(folder / "pages", texts, suffixes=(".md",))
    features = ["navigation.instant", "navigation.instant.preview"]
    config = plain_settings(
        plugins=["search", "offline"], theme={"name": "material", "features": features}
    )
    path = folder / "mkdocs.yml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    logging.getLogger("mkdocs").setLevel(logging.CRITICAL)
    mkdocs_build(load_config(config_file=str(path)))
    return folder / "site"


def measure(pages: Path, ours: bool) -> list[float]:
    """Return the figures of one of the two sites of a pages folder, in the order of GOALS."""
    with tempfile.TemporaryDirectory() as folder:
        site = (build_ours if ours else build_material)(pages, Path(folder))
        return [*weights(site, ours), *behaviour(site)]


def write_pages(folder: Path, size: int) -> Path:
    """Write the pages of the sample, or of a generated knowledge base of some size."""
    if size:
        knowledge, texts = generate(size)
        settings = sample.sample_settings(folder)
        pages = render_pages(knowledge, texts, {}, (), settings, sample.LABELS)
    else:
        pages = sample_pages(folder)
    sync_folder(folder / "pages", pages, suffixes=PAGE_SUFFIXES)
    return folder / "pages"


def print_table(title: str, ours: list[float], material: list[float]) -> None:
    """Print each figure beside its goal; ✗ where it is missed."""
    print(f"{title:48}{'goal':>9}{'ours':>13}{'Material':>13}")
    for goal, *values in zip(GOALS, ours, material, strict=True):
        bound = "" if goal.bound == float("inf") else str(goal)
        line = f"{goal.name:48}{bound:>9}"
        for value in values:
            shown = "never" if value == float("inf") else f"{value:.1f}"
            line += f"{shown:>11} {' ' if value <= goal.bound else '✗'}"
        print(line)
    print(flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--pages", type=Path, help="a pages folder as a build leaves it")
    parser.add_argument("--generated", default="", help="pages of generated sites: 600,2500")
    options = parser.parse_args()
    folders = {str(options.pages): options.pages} if options.pages else {}
    sizes = [int(size) for size in options.generated.split(",") if size]
    if not folders and not sizes:
        sizes = [0]
    with tempfile.TemporaryDirectory() as made:
        for size in sizes:
            name = f"{size} pages" if size else "the sample"
            folders[name] = write_pages(Path(made) / str(size), size)
        for name, pages in folders.items():
            print_table(name, measure(pages, ours=True), measure(pages, ours=False))


if __name__ == "__main__":
    main()
