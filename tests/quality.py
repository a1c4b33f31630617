"""How good names and identity are, measured on what the program has not been trained on.

    python -m tests.quality            prints the report, writes QUALITY.md, holds the floors
    python -m tests.quality --quick    identity only: seconds instead of a quarter of an hour

Names: each part of the corpus read by a model trained on the other parts, through the whole
chain of recognisers and tidiers. Identity: twenty clusters of five articles with identities
marked; the marks stand for the tagger, so that who-is-who is measured alone.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from multiprocessing import Pool
from pathlib import Path

from generator import yaml_files
from generator.extract import recognizers, tagger, training
from generator.extract.corpus import MarkedArticle, read_corpus
from generator.extract.words import words_of
from generator.model import Article, Sentence
from tests.marked import make, make_marked

CLUSTERS = Path(__file__).parent / "cases" / "clusters"
FLOORS = Path(__file__).parent / "quality_floors.yml"
REPORT = Path(__file__).parents[1] / "QUALITY.md"
_MARK = re.compile(r"\{([POLEDRN])(?:#([^|{}]+))?\|([^{}|]+)\}")
_open = tagger.load
Mention = tuple[str, int]  # article, and where in its text the mention begins


# --- names


def as_article(marked: MarkedArticle) -> tuple[Article, list[tuple[int, int, str]]]:
    """Return a corpus article as the reader would give it, and its marks."""
    text, gold, sentences = "", [], []
    for number, paragraph in enumerate(marked.paragraphs, 1):
        text += "\n\n" if text else ""
        start = len(text)
        text += paragraph.text
        role = "headline" if number == 1 else "text"
        sentences.append(Sentence(number, start, len(text), number, role))  # type: ignore[arg-type]
        gold += [(start + s.start, start + s.end, s.tag) for s in paragraph.spans]
    return Article(marked.number, marked.number, "", text, tuple(sentences)), gold


def measure_part(part: str) -> Counter[str]:
    """Return counts over one part, read by a model trained on the others."""
    corpus = read_corpus(training.CORPUS)
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model"
        others = (a for name, articles in corpus.items() if name != part for a in articles)
        training.train((training.sequences(article) for article in others), path)
        model = _open(path)
        tagger.load = lambda *_: model  # type: ignore[assignment, misc]
        for marked in corpus[part]:
            article, gold = as_article(marked)
            found = [(s.start, s.end, s.tag) for s in recognizers.find_spans(words_of(article))]
            counts.update(training.compare(gold, found))
    return counts


def measure_names() -> dict[str, float]:
    """Return F1 by type, over people, organizations and places, of spans alone, and by part."""
    parts = sorted(read_corpus(training.CORPUS))
    with Pool(2) as pool:
        counts = dict(zip(parts, pool.imap(measure_part, parts, chunksize=1), strict=True))
    figures = training.report(sum(counts.values(), Counter()))
    named = {f"names, {what}": figures[what] for what in ("span", "main", *sorted(figures))}
    return named | {
        f"{part}: {what}": training.report(counts[part])[what]
        for part in parts
        for what in ("main", "organization")
    }


# --- identity


def read_cluster(path: Path) -> list[tuple[str, list[str], list[str]]]:
    """Return (day, lines with plain marks, ids of the marks in order) of each article."""
    articles = []
    text = path.read_text(encoding="utf-8")
    for heading, block in re.findall(r"^=== (.*)\n((?:(?!===).*\n?)*)", text, flags=re.M):
        lines = "\n".join(line for line in block.splitlines() if line.strip())
        ids = [m[2] for m in _MARK.finditer(lines) if m[1] != "N"]
        plain = _MARK.sub(lambda m: f"{{{m[1]}|{m[3]}}}", lines).splitlines()
        articles.append((heading.rpartition("|")[2].strip(), plain, ids))
    return articles


def cluster_links(path: Path) -> tuple[set[tuple[Mention, Mention]], set[tuple[Mention, Mention]]]:
    """Return the pairs of names in different articles that are one: as marked, as told."""
    articles = read_cluster(path)
    marked = [
        make_marked(f"a{n}", lines, headline=True, published=day)
        for n, (day, lines, _) in enumerate(articles)
    ]
    made = make(marked)
    gold = {
        (one.article.id, span.start): id
        for one, (_, _, ids) in zip(marked, articles, strict=True)
        for span, id in zip((s for s in one.spans if s.tag != "nationality"), ids, strict=True)
    }
    starts = {e.article: [mention.start for mention in e.mentions] for e in made.extractions}
    told = {
        (article, starts[article][i]): entity.id
        for entity in made.entities
        for article, indices in entity.mentions.items()
        for i in indices
    }
    return set(_pairs(gold)), set(_pairs(told))


def _pairs(things: dict[Mention, str]) -> Iterator[tuple[Mention, Mention]]:
    groups: dict[str, list[Mention]] = {}
    for mention, thing in sorted(things.items()):
        groups.setdefault(thing, []).append(mention)
    for group in groups.values():
        yield from ((a, b) for a, b in combinations(group, 2) if a[0] != b[0])


def measure_identity() -> dict[str, float]:
    """Return precision, recall and F1 of the links across articles, over all clusters."""
    right = found = there = 0
    for path in sorted(CLUSTERS.glob("[0-9]*.txt")):
        gold, told = cluster_links(path)
        right, found, there = right + len(gold & told), found + len(told), there + len(gold)
    return {
        "links, precision": right / max(1, found),
        "links, recall": right / max(1, there),
        "links, F1": 2 * right / max(1, found + there),
    }


# --- the report


def held(figures: dict[str, float]) -> Iterator[str]:
    """Yield what fell below its floor."""
    for what, floor in yaml_files.load(FLOORS.read_text(encoding="utf-8")).items():
        if what in figures and figures[what] < float(floor):
            yield f"{what}: {figures[what]:.3f} is below {floor}"


def report(figures: dict[str, float]) -> str:
    """Return the report as Markdown, each figure beside its floor."""
    floors = yaml_files.load(FLOORS.read_text(encoding="utf-8"))
    rows = [f"| {what} | {value:.3f} | {floors.get(what, '')} |" for what, value in figures.items()]
    head = ["# Quality", "", *(__doc__ or "").split("\n\n")[2:], "| figure | measured | floor |"]
    return "\n".join([*head, "| --- | --- | --- |", *rows]) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, write the report; 1 if a floor was not reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="identity only")
    options = parser.parse_args(arguments)
    figures = measure_identity() if options.quick else measure_names() | measure_identity()
    print(_table(figures.items()))
    if not options.quick:
        REPORT.write_text(report(figures), encoding="utf-8")
    faults = list(held(figures))
    print("\n".join(faults))
    return 1 if faults else 0


def _table(figures: Iterable[tuple[str, float]]) -> str:
    return "\n".join(f"{what:24} {value:.3f}" for what, value in figures)


if __name__ == "__main__":
    sys.exit(main())
