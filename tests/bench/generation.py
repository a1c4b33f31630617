"""How long articles take to become cards: cold, with nothing changed, with one article more."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.bench.runs import Run, folder_bytes, timed, with_bytes

COLD, SAME, MORE = KINDS = ("cold", "no change", "one more")
_CONFIG = "site_name: measured\ndocs_dir: content/pages\nplugins: [cardfile]\n"
# In a process of its own: a child's most memory is at least that of who started it.
_WRITE = """
import sys
from pathlib import Path
from tests.bench.articles import write_articles
write_articles(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
"""


def measure_generation(folder: Path, articles: int) -> dict[str, Run]:
    """Return what each kind of `cardfile cards` takes on so many articles."""
    content = folder / "content"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    write_corpus(content / "articles", articles)
    runs = {kind: cards(folder) for kind in (COLD, SAME)}
    write_corpus(content / "articles", 1, start=articles)
    return runs | {MORE: cards(folder)}


def write_corpus(folder: Path, articles: int, start: int = 0) -> None:
    """Write so many articles of the grammar into a folder, from one of them on."""
    timed([sys.executable, "-c", _WRITE, str(folder), str(articles), str(start)])


def cards(folder: Path) -> Run:
    """Return what `cardfile cards` takes in a project, and the size of the cards."""
    config = str(folder / "mkdocs.yml")
    run = timed([sys.executable, "-m", "generator", "cards", "--config", config])
    return with_bytes(run, folder_bytes(folder / "content" / "cards"))
