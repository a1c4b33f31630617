"""How fast articles become cards, and how much memory that takes.

    python -m tests.benchmark              the corpus once and twice, each in its own process
    python -m tests.benchmark --repeat 5   five times and ten times

The corpus is written out as article files, each repetition under other names and in another
year, and read as any folder is. Figures are words per second of processor time. A machine's
speed varies with its load, so each is also given as a share of a yardstick measured in the
same run: words per second of splitting the same text by a plain regular expression.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import resource
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from generator.cards.assemble import make_cards
from generator.cards.schema import load_schema
from generator.extract import articles as extraction
from generator.extract import tagger, training
from generator.extract.corpus import MarkedArticle, read_corpus
from generator.model import Article, Limits, Publish
from generator.read import read_folder
from generator.resolve import resolve

# The stages that must be fast together; the cards come after them.
CHAIN = ("reading", "words and rows", "dates", "tagging", "names", "claims", "identity")
STAGES = (*CHAIN, "cards")
# Parts of `extract`: what is called, and the stage its time belongs to.
_PARTS = (
    (extraction, "find_dates", "dates"),
    (extraction, "find_spans", "names"),
    (tagger, "tag", "tagging"),
    (extraction, "find_statements", "claims"),
)
# As often as the command itself has garbage looked for: see generator/cli/__init__.py.
GARBAGE = (100_000, 50, 100)
WARM = 40  # articles
ROUNDS = 5
_PIECE = re.compile(r"\w+|[^\w\s]")


class Clock:
    """Processor seconds by stage; a stage within another takes its time from the outer one."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = dict.fromkeys(STAGES, 0.0)
        self._open: list[str] = []
        self._last = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Give the time until the end of the block to a stage."""
        self._charge()
        self._open.append(name)
        yield
        self._charge()
        self._open.pop()

    def timed(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        """Return a function whose time belongs to a stage."""

        def call(*arguments: Any) -> Any:
            with self.stage(name):
                return function(*arguments)

        return call

    def _charge(self) -> None:
        now = process_time()
        if self._open:
            self.seconds[self._open[-1]] += now - self._last
        self._last = now


@dataclass(frozen=True, slots=True)
class Measured:
    """What one run over a folder took: processor seconds, and the most memory in kilobytes."""

    articles: int
    words: int
    seconds: Mapping[str, float]  # by stage
    yardstick: float  # seconds
    before: int  # memory once models and lists are loaded
    peak: int

    @property
    def chain(self) -> float:
        """Return the seconds of the stages that must be fast together."""
        return sum(self.seconds[stage] for stage in CHAIN)

    @property
    def each(self) -> float:
        """Return the kilobytes of memory that an article takes."""
        return (self.peak - self.before) / self.articles


def write_articles(folder: Path, repeat: int, most: int | None) -> None:
    """Write the corpus, or its first articles, as Markdown files, `repeat` times."""
    marked = [one for part in read_corpus(training.CORPUS).values() for one in part]
    for turn in range(repeat):
        for number, one in enumerate(islice(marked, most)):
            day = f"{1970 + turn}-{1 + number % 12:02}-{1 + number % 28:02}"
            path = folder / f"{one.part}-{one.number}-{turn}.md"
            path.write_text(as_markdown(one, day), encoding="utf-8")


def as_markdown(marked: MarkedArticle, day: str) -> str:
    """Return an article as a file with front matter."""
    title, *paragraphs = (paragraph.text for paragraph in marked.paragraphs)
    fields = f"---\ntitle: {json.dumps(title, ensure_ascii=False)}\ndate: {day}\n---\n\n"
    return fields + "\n\n".join(paragraphs) + "\n"


def measure_alone(repeat: int, most: int | None = None) -> Measured:
    """Return what the corpus takes, in a process that does nothing else."""
    gc.set_threshold(*GARBAGE)
    return measure(repeat, most)


def measure(repeat: int, most: int | None = None) -> Measured:
    """Return what the corpus takes from files to cards, all in this process."""
    run_corpus(1, WARM, Clock())  # loads models and lists
    before, clock = memory(), Clock()
    articles = run_corpus(repeat, most, clock)
    words = sum(len(article.text.split()) for article in articles)
    seconds, peak = dict(clock.seconds), memory()
    return Measured(len(articles), words, seconds, yardstick(articles), before, peak)


def run_corpus(repeat: int, most: int | None, clock: Clock) -> tuple[Article, ...]:
    """Return the articles of the corpus, or its first ones, once their cards are made."""
    with tempfile.TemporaryDirectory() as folder:
        write_articles(Path(folder), repeat, most)
        return run(Path(folder), clock)


def run(folder: Path, clock: Clock) -> tuple[Article, ...]:
    """Return a folder's articles once their cards are made, the time of each stage noted."""
    schema = load_schema()
    with clock.stage("reading"):
        articles, _ = read_folder(folder, limits=Limits(), taken={})
    with clock.stage("words and rows"), pytest.MonkeyPatch.context() as patch:
        for module, function, stage in _PARTS:
            patch.setattr(module, function, clock.timed(getattr(module, function), stage))
        found = [extraction.extract(article) for article in articles]
    with clock.stage("identity"):
        entities, _ = resolve(found)
    shown: dict[str, Publish] = {article.id: "full" for article in articles}
    with clock.stage("cards"):
        make_cards(articles, found, entities, schema, shown)
    return articles


def yardstick(articles: Sequence[Article]) -> float:
    """Return the seconds of counting the pieces a plain regular expression makes of the text."""
    start = process_time()
    for _ in range(ROUNDS):
        counts: Counter[str] = Counter()
        for article in articles:
            for match in _PIECE.finditer(article.text):
                counts[match.group()] += 1
    return (process_time() - start) / ROUNDS


def memory() -> int:
    """Return the most memory this process has had, in kilobytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


# --- the report


def report(measured: Measured) -> str:
    """Return the figures of one run as a table."""
    head = f"{measured.articles:,} articles, {measured.words:,} words, one core"
    rows = [(stage, measured.seconds[stage]) for stage in STAGES]
    rows += [("reading to identity", measured.chain), ("in all", sum(measured.seconds.values()))]
    rows.append(("yardstick", measured.yardstick))
    lines = [_row(measured, what, seconds) for what, seconds in rows]
    told = f"memory: {measured.peak / 1024:,.0f} MB at most, of it "
    told += f"{measured.before / 1024:,.0f} MB at the start; {measured.each:.0f} kB an article"
    return "\n".join([head, f"{'':20} seconds   words/s  yardsticks", *lines, told])


def _row(measured: Measured, what: str, seconds: float) -> str:
    speed = measured.words / max(seconds, 1e-6)
    return f"{what:20} {seconds:7.2f} {speed:9,.0f} {measured.yardstick / max(seconds, 1e-6):11.4f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure two sizes, one twice the other, and print both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=1, help="how often the corpus is read")
    parser.add_argument("--articles", type=int, help="only the first articles of the corpus")
    options = parser.parse_args(arguments)
    for repeat in (options.repeat, 2 * options.repeat):
        # A process of its own: the most memory a process has had never falls again.
        with get_context("spawn").Pool(1) as pool:
            print(
                report(pool.apply(measure_alone, (repeat, options.articles))),
                end="\n\n",
                flush=True,
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
