"""How much of a host's room a site takes, by kind of file, and how many pages would fit.

python -m tests.measure_limits                        the sample in content/
python -m tests.measure_limits --generated 600,2500   made up bases of about so many pages
python -m tests.measure_limits --generated 2500 --share 0.8   with few entities and many articles

Bytes are counted as they lie on disk; what fits is projected from the largest site measured.
"""

from __future__ import annotations

import argparse
import logging
import re
import resource
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from generator import pipeline
from generator.cards import card_files
from generator.editions import make_edition
from generator.files import sync_folder
from generator.model import FOLDERS, Selection, Settings
from generator.pages.all_pages import PAGE_SUFFIXES
from generator.settings import load_settings
from generator.site.build import build
from generator.site.offline_zip import write_zip
from tests import sample
from tests.generated_site import ARTICLES, generate

# GitHub Pages: a published site may be no larger.
ROOM = 1_000_000_000
BLOCK = 512
_ENTITIES = tuple(f"{folder}/" for kind, folder in FOLDERS.items() if kind != "article")


@dataclass(frozen=True, slots=True)
class Weight:
    """What a site weighs: bytes and files by part, all of it as a tar and as a zip.

    A host is handed a tar: there each file takes a header and whole blocks.
    """

    sizes: Counter[str]
    files: Counter[str]
    tarred: int
    zipped: int

    @property
    def pages(self) -> int:
        """How many pages of entities and articles it has."""
        return self.files["entity pages"] + self.files["article pages"]


def part(name: str) -> str:
    """Return what a file of the site belongs to."""
    if name.startswith(_ENTITIES) and re.fullmatch(r"[^/]+/(?!index\.)[^/]+\.html", name):
        return "entity pages"
    if re.fullmatch(r"articles/(?!index\.)[^/]+\.html", name):
        return "article pages"
    folder = name.partition("/")[0]
    return {"search": "search index", "data": "downloads"}.get(folder, "the rest")


def weigh(site: Path) -> Weight:
    """Return what a site weighs, its zip made aside."""
    sizes, files, tarred = Counter[str](), Counter[str](), 0
    for path in site.rglob("*"):
        if path.is_file():
            name = part(path.relative_to(site).as_posix())
            sizes[name] += path.stat().st_size
            files[name] += 1
            tarred += BLOCK - (-path.stat().st_size // BLOCK) * BLOCK
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "site.zip"
        write_zip(site, target)
        return Weight(sizes, files, tarred, target.stat().st_size)


def make_site(
    folder: Path, pages: int, share: float, only: Selection
) -> tuple[Path, dict[str, float]]:
    """Build the site of a generated base, or of the sample if `pages` is 0, or a part of it.

    Return it, and the processor time of its stages.
    """
    made = sample.sample_settings(folder)
    if pages:
        knowledge, texts = generate(pages, share)
        start = time.process_time()
        found = pipeline.make_pages(made, make_edition(knowledge, only), texts.values(), (), {})
    else:
        start = time.process_time()
        found = _sample_pages(load_settings(sample.REPO / "mkdocs.yml")[0], only)
    sync_folder(Path(made.pages), found, suffixes=PAGE_SUFFIXES)
    written = time.process_time()
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    build(sample.REPO / "mkdocs.yml", made)
    spent = {"pages": written - start, "site": time.process_time() - written}
    return Path(made.site), spent


def _sample_pages(settings: Settings, only: Selection) -> dict[str, str]:
    knowledge, _ = card_files.read_cards(Path(settings.cards))
    articles, _ = pipeline.read_articles(settings, knowledge)
    decisions, _ = pipeline.read_decisions(settings)
    notes, _ = pipeline.read_notes(settings)
    edition = make_edition(knowledge, only)
    return pipeline.make_pages(settings, edition, articles, decisions, notes)


def print_weight(title: str, weight: Weight, spent: dict[str, float]) -> None:
    """Print what a site weighs, and what that means for a host's room."""
    total, count = sum(weight.sizes.values()), sum(weight.files.values())
    print(f"{title}: {weight.pages:,} pages, {count:,} files, {total / 1e6:.1f} MB, "
          f"tar {weight.tarred / 1e6:.1f} MB, zip {weight.zipped / 1e6:.1f} MB")  # fmt: skip
    for name, size in weight.sizes.most_common():
        each = size / weight.files[name] / 1e3
        print(f"  {name:14}{weight.files[name]:>8,} files{size / 1e6:>9.2f} MB{each:>8.1f} KB each")
    downloads = weight.sizes["downloads"]
    rows = {"as built": 0, "without downloads": -downloads, "with the zip": weight.zipped}
    for name, more in rows.items():
        each = (weight.tarred + more) / weight.pages
        fits = f"{ROOM / each:>9,.0f} pages in {ROOM / 1e9:.0f} GB"
        print(f"  {name:18}{each / 1e3:>7.2f} MB per 1,000 pages{fits}")
    used = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in spent.items())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  processor time: {used}; so far at most {memory:,.0f} MB of memory")
    print(flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--generated", default="", help="pages of generated bases: 600,2500")
    parser.add_argument("--top", type=int, help="publish the most named only, as a build would")
    help = "which part of a generated base's pages are articles: 0.07 as in the sample, or 0.8"
    parser.add_argument("--share", type=float, default=ARTICLES, help=help)
    options = parser.parse_args()
    sizes = [int(size) for size in options.generated.split(",") if size] or [0]
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            title = f"generated, {size:,}" if size else "the sample"
            title += f", {options.share:.0%} articles" if size else ""
            title += f", --top {options.top}" if options.top else ""
            site, spent = make_site(Path(folder), size, options.share, Selection(options.top))
            print_weight(title, weigh(site), spent)


if __name__ == "__main__":
    main()
