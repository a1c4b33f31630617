"""Train the name tagger on the corpus, and measure it on parts it has not seen.

python -m generator.extract.training train      writes the committed model
python -m generator.extract.training measure    leave one part out, prints F1
"""

from __future__ import annotations

import argparse
import lzma
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from multiprocessing import Pool
from pathlib import Path

import pycrfsuite

from generator.extract import features, tagger
from generator.extract.corpus import MarkedArticle, read_corpus
from generator.extract.paragraphs import paragraph
from generator.extract.tokens import tokenize

CORPUS = Path(__file__).parents[2] / "corpus"
# L1 keeps the model small, L2 keeps it calm; found by leaving one part out.
PARAMETERS = {"c1": 0.04, "c2": 0.3, "max_iterations": 120, "feature.possible_transitions": True}

Sequence_ = tuple[list[list[str]], list[str]]


def sequences(article: MarkedArticle) -> list[Sequence_]:
    """Return the features and labels of each paragraph of a corpus article."""
    tokens = [tokenize(p.text) for p in article.paragraphs]
    rows = features.article_features([paragraph(t) for t in tokens])
    return [
        (row, tagger.labels(t, [(s.start, s.end, s.tag) for s in p.spans]))
        for p, t, row in zip(article.paragraphs, tokens, rows, strict=True)
    ]


def train(articles: Iterable[Sequence[Sequence_]], target: Path) -> None:
    """Write a model trained on these articles' sequences."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(PARAMETERS)
    for article in articles:
        for row, labels in article:
            trainer.append(row, labels)
    trainer.train(str(target))


def measure_part(work: tuple[str, dict[str, list[list[Sequence_]]]]) -> Counter[str]:
    """Return counts over one part tagged by a model that has not seen it."""
    part, prepared = work
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        train([a for p, articles in prepared.items() if p != part for a in articles], model)
        crf = pycrfsuite.Tagger()
        crf.open(str(model))
        for article in prepared[part]:
            for row, gold in article:
                counts.update(compare(tagger.spans(gold), tagger.spans(crf.tag(row))))
    return counts


def compare(gold: Sequence[tagger.Span], found: Sequence[tagger.Span]) -> Counter[str]:
    """Return counts of gold, found and right spans, by tag and without regard to it."""
    counts: Counter[str] = Counter()
    for what, all_spans in (("gold", gold), ("found", found), ("right", set(gold) & set(found))):
        counts.update(f"{what} {tag}" for _, _, tag in all_spans)
    for what, some in (("gold", gold), ("found", found)):
        counts[f"{what} span"] += sum(tag != "nationality" for _, _, tag in some)
    named = [{s[:2] for s in some if s[2] != "nationality"} for some in (gold, found)]
    counts["right span"] += len(named[0] & named[1])
    return counts


def report(counts: Counter[str]) -> dict[str, float]:
    """Return F1 by tag, over the three main types, and of spans whatever their type."""
    main = ("person", "organization", "place")
    for what in ("gold", "found", "right"):
        counts[f"{what} main"] = sum(counts[f"{what} {tag}"] for tag in main)
    tags = sorted({key.split()[1] for key in counts if key.startswith("gold")})
    return {
        tag: 2 * counts[f"right {tag}"] / max(1, counts[f"gold {tag}"] + counts[f"found {tag}"])
        for tag in tags
    }


def measure(corpus: Path) -> dict[str, float]:
    """Return F1 figures, each part tested by a model trained on the others."""
    prepared = {
        part: [sequences(article) for article in articles]
        for part, articles in read_corpus(corpus).items()
    }
    total: Counter[str] = Counter()
    with Pool(2) as pool:
        for counts in pool.imap(measure_part, [(part, prepared) for part in prepared]):
            total += counts
    return report(total)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one of the two commands."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=["train", "measure"])
    parser.add_argument("--corpus", type=Path, default=CORPUS)
    options = parser.parse_args(arguments)
    if options.command == "train":
        parts = read_corpus(options.corpus).values()
        with tempfile.TemporaryDirectory() as folder:
            plain = Path(folder) / "names.crfsuite"
            train((sequences(article) for part in parts for article in part), plain)
            tagger.MODEL.write_bytes(lzma.compress(plain.read_bytes(), preset=9))
        print(f"{tagger.MODEL.name}: {tagger.MODEL.stat().st_size:,} bytes")
    else:
        for tag, f1 in measure(options.corpus).items():
            print(f"{tag:14} {f1:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
