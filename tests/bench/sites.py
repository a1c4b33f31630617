"""The same pages made into a site by us and by others, and indexed for a search by both.

Ours and MkDocs' are run as `tests/measure_fast.py` runs them. Everything is built anew, except
where it says warm.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from tests.bench.peers import Peer
from tests.bench.runs import Run, folder_bytes, timed, with_bytes
from tests.measure_fast import _BUILD, write_configs, write_hugo

OURS, WARM, TUNED = "Cardfile", "Cardfile, one page changed", "MkDocs, tuned"
MATERIAL, PLAIN = "MkDocs with Material", "MkDocs, all in the navigation"
ZENSICAL, HUGO, PAGEFIND = "Zensical", "Hugo", "Pagefind"
OUR_INDEX = "Cardfile's search"
# Whose names lead whom in tables and charts.
BUILDERS = (OURS, WARM, TUNED, MATERIAL, PLAIN, ZENSICAL, HUGO)
INDEXES = (OUR_INDEX, PAGEFIND)
# The power that a builder's cost is known to grow by at least; 1 where nothing stands here.
POWERS = {PLAIN: 1.9}
# What stands beside the search's index in its folder and is read by other things.
_NO_INDEX = ("cards/", "links/")

_WRITE = "import sys; from pathlib import Path; from tests.measure_fast import write_pages\n"
_WRITE += "write_pages(Path(sys.argv[1]), int(sys.argv[2]))\n"

Way = Callable[[], Run]


class Incomplete(Exception):
    """A builder left pages out."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """A folder with the pages of one size and what each builder makes of them."""

    folder: Path
    size: int  # pages, about
    configs: Mapping[str, Path]
    peers: Mapping[str, Peer]

    @property
    def pages(self) -> Path:
        """Return the folder of Markdown pages."""
        return self.folder / "pages"

    def site(self, name: str) -> Path:
        """Return the folder of a builder's site."""
        return self.folder / "sites" / re.sub(r"\W+", "-", name)


def make_workshop(folder: Path, size: int, peers: Mapping[str, Peer]) -> Workshop:
    """Write about so many pages, and what every builder wants to know of them."""
    folder.mkdir(parents=True, exist_ok=True)
    timed([sys.executable, "-c", _WRITE, str(folder), str(size)])
    configs = write_configs(folder)
    told = yaml.safe_load(configs["Material"].read_text(encoding="utf-8"))
    told |= {"docs_dir": "pages", "plugins": ["search"]}
    plain = {key: told[key] for key in told if key not in ("nav", "not_in_nav", "validation")}
    made = {OURS: configs["fast"], TUNED: configs["tuned"]}
    shop = Workshop(folder, size, made, peers)
    for name, settings in {MATERIAL: told, PLAIN: plain, ZENSICAL: told}.items():
        made[name] = _config(shop, name, settings)
    if HUGO in peers:
        write_hugo(folder, shop.pages)
    return shop


def _config(shop: Workshop, name: str, told: Mapping[str, Any]) -> Path:
    path = shop.folder / f"{shop.site(name).name}.yml"
    site = shop.site(name).relative_to(shop.folder).as_posix()
    path.write_text(yaml.safe_dump({**told, "site_dir": site}, allow_unicode=True), "utf-8")
    return path


def site_ways(shop: Workshop) -> dict[str, Way]:
    """Return how each builder is run, in an order in which one may need another's site."""
    ways: dict[str, Way] = {
        OURS: lambda: _build(shop, OURS, _ours(shop, OURS)),
        WARM: lambda: _changed(shop),
        TUNED: lambda: _build(shop, TUNED, _ours(shop, TUNED)),
        MATERIAL: lambda: _build(shop, MATERIAL, _mkdocs(shop, MATERIAL)),
        PLAIN: lambda: _build(shop, PLAIN, _mkdocs(shop, PLAIN)),
        ZENSICAL: lambda: _build(shop, ZENSICAL, _zensical(shop)),
        HUGO: lambda: _build(shop, HUGO, _hugo(shop)),
    }
    return {name: way for name, way in ways.items() if _installed(shop, name)}


def index_ways(shop: Workshop) -> dict[str, Way]:
    """Return how the search's index is made of our own site: by us and by others."""
    ways: dict[str, Way] = {
        OUR_INDEX: lambda: _index(shop),
        PAGEFIND: lambda: _pagefind(shop),
    }
    return {name: way for name, way in ways.items() if _installed(shop, name)}


def _installed(shop: Workshop, name: str) -> bool:
    return name not in (ZENSICAL, HUGO, PAGEFIND) or name in shop.peers


def _ours(shop: Workshop, name: str) -> list[str]:
    given = [shop.configs[name], shop.folder, shop.pages, shop.site(name)]
    return [sys.executable, "-c", _BUILD, *map(str, given)]


def _mkdocs(shop: Workshop, name: str) -> list[str]:
    return [sys.executable, "-m", "mkdocs", "build", "-q", "-f", str(shop.configs[name])]


def _zensical(shop: Workshop) -> list[str]:
    config = str(shop.configs[ZENSICAL])
    return [shop.peers[ZENSICAL].program, "build", "--clean", "-f", config]


def _hugo(shop: Workshop) -> list[str]:
    source, target = str(shop.folder / "hugo"), str(shop.site(HUGO))
    return [shop.peers[HUGO].program, "--source", source, "--quiet", "--destination", target]


def _build(shop: Workshop, name: str, command: list[str], warm: bool = False) -> Run:
    """Return what a site takes, once all its pages are seen to be there."""
    site = shop.site(name)
    if not warm:
        for old in (site, shop.folder / ".cache"):
            shutil.rmtree(old, ignore_errors=True)
    run = timed(command)
    asked, found = (len(list(some)) for some in (shop.pages.rglob("*.md"), site.rglob("*.html")))
    if found < asked:
        raise Incomplete(f"{name}: {found} pages of {asked}")
    return with_bytes(run, folder_bytes(site))


def _changed(shop: Workshop) -> Run:
    """Return what our site takes again with one page changed; it has just been built."""
    people = sorted((shop.pages / "people").glob("*.md"))
    page = next(path for path in people if path.stem != "index")
    before = page.read_bytes()
    page.write_bytes(before + b"\nA new line.\n")
    try:
        return _build(shop, OURS, _ours(shop, OURS), warm=True)
    finally:
        page.write_bytes(before)


def _index(shop: Workshop) -> Run:
    """Return what our index takes beyond the cards it is made of, and the size of it."""
    target = shop.site(OUR_INDEX)
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    run = timed([sys.executable, "-m", "tests.bench.index", str(target), str(shop.size)])
    took = json.loads((target / "took.json").read_text(encoding="utf-8"))
    return replace(run, **took, written=folder_bytes(target / "search", _NO_INDEX))


def _pagefind(shop: Workshop) -> Run:
    """Return what Pagefind takes to index our site, and the size of its index."""
    target = shop.site(PAGEFIND)
    shutil.rmtree(target, ignore_errors=True)
    program = shop.peers[PAGEFIND].program
    run = timed([program, "--site", str(shop.site(OURS)), "--output-path", str(target)])
    return with_bytes(run, folder_bytes(target))
