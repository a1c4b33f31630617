"""How fast and how good is the search? Ours beside Material's own, in Chromium, from files.

python -m tests.measure_search [--sizes 600,2500,10000] [--material 600]

Ours is measured on a real page of the site with the index of a generated knowledge base laid
beside it: search reads nothing else. Material's needs all pages, so MkDocs builds them.
"""

from __future__ import annotations

import argparse
import logging
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from selenium import webdriver

from generator.files import sync_folder
from generator.model import Article, Knowledge
from generator.pages.all_pages import render_pages
from generator.pages.catalog import build_catalog
from generator.pages.search_index import search_files
from generator.pages.search_words import words
from tests import sample
from tests.browser.chrome import network_events, open_browser, requested
from tests.generated_site import generate
from tests.sample_site import build_sample

# A page two folders deep, as readers have open.
PAGE = "people/sergei-shoigu.html"
COLD, ASKED = 25, 500
LETTERS = "abcdefghijklmnopqrstuvwxyz"
SHIM = Path(__file__).parent / "browser" / "iframe-worker.js"


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure's name, its bound, and whether the bound is the least or the most."""

    name: str
    bound: float
    least: bool = False

    def __str__(self) -> str:
        return f"{'≥' if self.least else '≤'} {self.bound:g}"


GOALS = (
    Goal("opening to first results, median ms", 100),
    Goal("opening to first results, slowest ms", 100),
    Goal("opening to all results, median ms", 100),
    Goal("warm, to first results, median ms", 10),
    Goal("longest task, ms", 50),
    Goal("JS heap, MB", 10),
    Goal("most bytes read for a query, KB", 300),
    Goal("index bytes per page", 1000),
    Goal("right page first by name, %", 98, least=True),
    Goal("right page in first three, misspelled, %", 90, least=True),
)
Figures = dict[str, float]
# A query and the addresses of which one is right.
Question = tuple[str, frozenset[str]]


# --- what is asked


def questions(knowledge: Knowledge, count: int = ASKED) -> list[Question]:
    """Return names out of all names of all cards; who bears the name is right."""
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    written: dict[str, str] = {}
    for card in knowledge.cards:
        folder = sample.LABELS.types[card.type].folder
        for name in (card.name, *card.aliases):
            if folded := " ".join(words(name)):
                bearers[folded].add(f"{folder}/{card.id}.html")
                written.setdefault(folded, name)
    chosen = random.Random(1).sample(sorted(bearers), min(count, len(bearers)))
    return [(written[folded], frozenset(bearers[folded])) for folded in chosen]


def misspelled(asked: Iterable[Question]) -> list[Question]:
    """Return names with one letter wrong in a word of four or more, as far as they have one."""
    chance = random.Random(2)
    found = []
    for name, right in asked:
        long = [word for word in words(name) if len(word) > 3]
        if long:
            word = chance.choice(long)
            others = " ".join(words(name))
            found.append((others.replace(word, slip(chance, word), 1), right))
    return found


def typed(knowledge: Knowledge, texts: dict[str, Article]) -> list[str]:
    """Return what readers type: names, half typed and misspelled ones, words of a sentence."""
    asked = questions(knowledge, COLD)
    names = [name for name, _ in asked]
    slips = [name for name, _ in misspelled(asked)]
    lines = [texts[id].text.split("\n")[3] for id in sorted(texts)[: COLD // 5]]
    said = [" ".join(sorted(words(line), key=len)[-2:]) for line in lines]
    return [*names[: COLD // 2], *(name[:4] for name in names[COLD // 2 :]), *slips[:5], *said]


def slip(chance: random.Random, word: str) -> str:
    """Return a word with one letter more, less, other, or two changed about."""
    at = chance.randrange(len(word))
    letter = chance.choice([other for other in LETTERS if other != word[at]])
    near = min(at, len(word) - 2)
    swapped = word[:near] + word[near + 1] + word[near] + word[near + 2 :]
    slips = (word[:at] + letter + word[at:], word[:at] + word[at + 1 :],
             word[:at] + letter + word[at + 1 :], swapped)  # fmt: skip
    return chance.choice([text for text in slips if text != word])


# --- in the browser

_WATCH = """
window.longest = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) longest = Math.max(longest, entry.duration);
}).observe({ type: "longtask" });
"""
# Types a text and reports when the first result stands there and when the count is told.
_ASK = """
const [text, done] = arguments;
const box = document.querySelector("[data-md-component=search-query]");
const result = document.querySelector("[data-md-component=search-result]");
const status = result.querySelector(".md-search-result__meta");
const old = result.querySelector(".md-search-result__link");
status.textContent = "";
const start = performance.now();
let first = null;
const watch = new MutationObserver(() => {
  const link = result.querySelector(".md-search-result__link");
  if (first === null && link && link !== old) first = performance.now() - start;
  if (!status.textContent || first === null && !/^(No|0)/.test(status.textContent)) return;
  watch.disconnect();
  const links = [...result.querySelectorAll("a.md-search-result__link")];
  done([first, performance.now() - start, links.map((link) => link.href)]);
});
setTimeout(() => { watch.disconnect(); done([null, performance.now() - start, []]); }, 10000);
watch.observe(result, { childList: true, subtree: true, characterData: true });
box.focus();
box.value = text;
box.dispatchEvent(new Event("input", { bubbles: true }));
box.dispatchEvent(new Event("keyup", { bubbles: true }));
"""
_FIND = """
const [texts, done] = arguments;
(async () => {
  const found = [];
  for (const text of texts) {
    const groups = await cardfile.find(text);
    found.push(groups.flatMap(([, hits]) => hits.map(({ uri }) => uri)));
  }
  return found;
})().then(done);
"""


def ask(browser: webdriver.Chrome, text: str) -> tuple[float, float, list[str]]:
    """Return after how many ms the first result and all results stood there, and which."""
    first, last, links = browser.execute_async_script(_ASK, text)
    return first or last, last, links


def bytes_read(browser: webdriver.Chrome) -> int:
    """Return the size of the search files requested since the last call."""
    urls = {url for url in requested(network_events(browser)) if "/search/" in url}
    return sum(Path(unquote(urlsplit(url).path)).stat().st_size for url in urls)


def speed(browser: webdriver.Chrome, page: Path, texts: Sequence[str]) -> Figures:
    """Return times, longest task, heap and bytes of some queries, each on a page newly opened.

    The first is asked twice: a browser just started is busy with itself.
    """
    cold: list[float] = []
    full: list[float] = []
    warm: list[float] = []
    tasks: list[float] = []
    read: list[float] = []
    for text in (texts[0], *texts):
        browser.get("about:blank")
        network_events(browser)
        browser.get(page.as_uri())
        time.sleep(0.3)  # the page itself has done its work
        browser.execute_script(_WATCH)
        first, last, _ = ask(browser, text)
        cold.append(first)
        full.append(last)
        read.append(bytes_read(browser))
        ask(browser, text[:-1])
        warm.append(ask(browser, text)[0])
        tasks.append(browser.execute_script("return longest"))
    for figures in (cold, full, warm, tasks, read):
        figures.pop(0)
    for text in texts:
        ask(browser, text)
    browser.execute_cdp_cmd("HeapProfiler.collectGarbage", {})
    heap = browser.execute_cdp_cmd("Runtime.getHeapUsage", {})["usedSize"]
    values = (
        statistics.median(cold), max(cold), statistics.median(full), statistics.median(warm),
        max(tasks), heap / 1e6, max(read) / 1e3,
    )  # fmt: skip
    return {goal.name: value for goal, value in zip(GOALS, values, strict=False)}


def quality(found: Callable[[list[str]], list[list[str]]], knowledge: Knowledge) -> Figures:
    """Return how often the right page comes first by name, and early when misspelled."""
    asked = questions(knowledge)
    slips = misspelled(asked)
    first, early = found([text for text, _ in asked]), found([text for text, _ in slips])
    right = sum(set(uris[:1]) <= good for (_, good), uris in zip(asked, first, strict=True) if uris)
    near = sum(bool(set(uris[:3]) & good) for (_, good), uris in zip(slips, early, strict=True))
    return {GOALS[-2].name: 100 * right / len(asked), GOALS[-1].name: 100 * near / len(slips)}


# --- the two sites


def measure_ours(browser: webdriver.Chrome, size: int, folder: Path) -> Figures:
    """Return the figures of our search on a knowledge base of `size` pages."""
    knowledge, texts = generate(size)
    catalog = build_catalog(knowledge, texts, sample.LABELS)
    site = build_sample(folder)
    files = search_files(catalog)
    index = {name.removeprefix("search/"): text for name, text in files.items()}
    sync_folder(site / "search", index, suffixes=(".js",))
    figures = speed(browser, site / PAGE, typed(knowledge, texts))
    figures[GOALS[7].name] = sum(len(text.encode()) for text in files.values()) / size

    def found(asked: list[str]) -> list[list[str]]:
        uris: list[list[str]] = browser.execute_async_script(_FIND, asked)
        return uris

    return figures | quality(found, knowledge)


def measure_material(browser: webdriver.Chrome, size: int, folder: Path) -> Figures:
    """Return the figures of Material's own search on the same pages."""
    knowledge, texts = generate(size)
    site = build_material(knowledge, texts, folder)
    figures = speed(browser, site / "index.html", typed(knowledge, texts))
    figures[GOALS[7].name] = sum(p.stat().st_size for p in (site / "search").iterdir()) / size

    def found(asked: list[str]) -> list[list[str]]:
        root = f"{site.as_uri()}/"
        answers = ([link.removeprefix(root) for link in ask(browser, text)[2]] for text in asked)
        return [[link.partition("?")[0].partition("#")[0] for link in links] for links in answers]

    return figures | quality(found, knowledge)


def build_material(knowledge: Knowledge, texts: dict[str, Article], folder: Path) -> Path:
    """Build the pages with Material as it comes, its search made to work without a network."""
    settings = sample.sample_settings(folder)
    pages = render_pages(knowledge, texts, {}, (), settings, sample.LABELS)
    pages = {uri: text for uri, text in pages.items() if uri.endswith(".md")}
    sync_folder(Path(settings.pages), pages, suffixes=(".md",))
    (Path(settings.pages) / "shim-iframe-worker.js").write_bytes(SHIM.read_bytes())
    config: dict[str, Any] = {
        "site_name": "Measured",
        "docs_dir": settings.pages,
        "site_dir": settings.site,
        "use_directory_urls": False,
        "plugins": ["search", "offline"],
        "theme": {"name": "material", "font": False},
        "markdown_extensions": ["attr_list", "def_list", "md_in_html", "tables"],
        "extra": {"polyfills": ["shim-iframe-worker.js"]},
        "nav": [{"Home": "index.md"}],
        "not_in_nav": "*",
    }
    path = folder / "mkdocs.yml"
    path.write_text(yaml.safe_dump(config), encoding="utf-8")
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    mkdocs_build(load_config(config_file=str(path)))
    return Path(settings.site)


def print_table(columns: dict[str, Figures]) -> None:
    """Print each figure beside its goal; again and wider after each site, for it takes long."""
    print(f"{'':42}{'goal':>9}" + "".join(f"{name:>17}" for name in columns))
    for goal in GOALS:
        line = f"{goal.name:42}{str(goal):>9}"
        for figures in columns.values():
            value = figures[goal.name]
            good = value >= goal.bound if goal.least else value <= goal.bound
            line += f"{value:15.1f} {' ' if good else '✗'}"
        print(line)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="600,2500,10000", help="pages of our sites")
    parser.add_argument("--material", default="600", help="pages of Material's, empty for none")
    options = parser.parse_args()
    columns: dict[str, Figures] = {}
    measures = {
        "ours": (measure_ours, options.sizes),
        "Material": (measure_material, options.material),
    }
    for name, (measure, sizes) in measures.items():
        for size in (int(size) for size in sizes.split(",") if size):
            browser = open_browser()
            browser.set_script_timeout(300)
            try:
                with tempfile.TemporaryDirectory() as folder:
                    columns[f"{name} {size}"] = measure(browser, size, Path(folder))
                print_table(columns)
            finally:
                browser.quit()


if __name__ == "__main__":
    main()
