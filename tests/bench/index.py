"""The index of our search, made alone: python -m tests.bench.index FOLDER PAGES

Writes down beside it the processor time and the time by the clock, in seconds, that it takes
beyond the cards, which a build has at hand: putting the index together and writing it.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from generator.files import sync_folder
from generator.pages.catalog import build_catalog
from generator.pages.search_index import search_files
from tests import sample
from tests.generated_site import generate

TOOK = "took.json"


def main(folder: str, pages: str) -> None:
    """Write the index of a generated knowledge base, and what it took."""
    knowledge, texts = generate(int(pages))
    catalog = build_catalog(knowledge, texts, sample.LABELS)
    clock, wall = time.process_time(), time.perf_counter()
    sync_folder(Path(folder), search_files(catalog), suffixes=(".js",))
    took = {"cpu": time.process_time() - clock, "wall": time.perf_counter() - wall}
    Path(folder, TOOK).write_text(json.dumps(took), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
