"""How long articles take to become cards, by how many there are: cold, no change, one more.

    python -m tests.measure_generation              100 and 1,000 articles
    python -m tests.measure_generation 10000        other sizes

Each run is `cardfile cards` in a process of its own. Told are seconds by the clock, seconds of
processor time of it and its workers, and the most memory one of them had. The exponent is that
of growth between two sizes: 1 where each article costs the same.
"""

from __future__ import annotations

import argparse
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path

from generator.extract import training
from generator.extract.corpus import MarkedArticle, read_corpus
from tests.benchmark import as_markdown

WORDS = 500
SIZES = (100, 1_000)
KINDS = ("cold", "no change", "one more")
_CONFIG = "site_name: measured\ndocs_dir: content/pages\nplugins: [cardfile]\n"


@dataclass(frozen=True, slots=True)
class Run:
    """What one command took: seconds, seconds of processor time, megabytes."""

    wall: float
    cpu: float
    memory: float


def bodies() -> Iterator[tuple[str, str]]:
    """Yield name and text of articles of about WORDS words, without end and all different.

    Neighbours of the corpus are put together; each round through it stands in another year.
    """
    marked = [one for part in read_corpus(training.CORPUS).values() for one in part]
    turn, bundle = 0, list[MarkedArticle]()
    for number, one in enumerate(cycle(marked)):
        turn = number // len(marked)
        bundle.append(one)
        if sum(map(_words, bundle)) >= WORDS:
            day = f"{1900 + turn}-{1 + number % 12:02}-{1 + number % 28:02}"
            texts = [as_markdown(bundle[0], day), *map(_plain, bundle[1:])]
            yield f"{number:06}.md", "\n\n".join(texts)
            bundle = []


def _words(marked: MarkedArticle) -> int:
    return sum(len(paragraph.text.split()) for paragraph in marked.paragraphs)


def _plain(marked: MarkedArticle) -> str:
    return "\n\n".join(paragraph.text for paragraph in marked.paragraphs[1:])


def measure(folder: Path, articles: int) -> dict[str, Run]:
    """Return what each kind of run takes on so many articles."""
    home = folder / "content" / "articles"
    home.mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(_CONFIG, encoding="utf-8")
    *texts, last = islice(bodies(), articles + 1)
    for name, text in texts:
        (home / name).write_text(text, encoding="utf-8")
    runs = {kind: timed(folder) for kind in KINDS[:2]}
    (home / last[0]).write_text(last[1], encoding="utf-8")
    return runs | {KINDS[2]: timed(folder)}


def timed(folder: Path) -> Run:
    """Return what `cardfile cards` takes in a project. Raises CalledProcessError."""
    command = [sys.executable, "-m", "generator", "cards", "--config", str(folder / "mkdocs.yml")]
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=Path(__file__).parents[1], stderr=-3) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    kilobytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    wall = time.perf_counter() - start
    return Run(wall, used.ru_utime + used.ru_stime, kilobytes / 1024)


def exponent(small: float, large: float, growth: float) -> float:
    """Return the power of the size that a cost grows by."""
    return math.log(large / small) / math.log(growth)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, help="numbers of articles")
    found: dict[int, dict[str, Run]] = {}
    for size in parser.parse_args(arguments).sizes:
        folder = Path(tempfile.mkdtemp())
        try:
            found[size] = measure(folder, size)
        finally:
            shutil.rmtree(folder)
        for kind, run in found[size].items():
            told = f"{run.wall:8.1f} s {run.cpu:8.1f} s cpu {run.memory:7.0f} MB"
            print(f"{size:7,} articles  {kind:10} {told}", flush=True)
    sizes = sorted(found)
    for small, large in zip(sizes, sizes[1:], strict=False):
        costs = (found[small]["cold"].cpu, found[large]["cold"].cpu)
        print(f"{small:,} to {large:,}: exponent {exponent(*costs, large / small):.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
