"""The best labels of a whole article's words: Viterbi, one step in all its paragraphs at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, islice

import numpy as np
from numpy.typing import NDArray

from generator.extract.paragraphs import Paragraph, article_facts
from generator.extract.scores import Scorer
from generator.extract.weights import Scores, Weights

Numbers = NDArray[np.int64]

# Paragraphs are read together until they have so many words: all those of most articles.
TOGETHER = 2_000


class Decoder:
    """Labels words by what the tagger has learned."""

    def __init__(self, learned: Weights) -> None:
        self._learned = learned
        self._scorer = Scorer(learned)

    def labels(self, paragraphs: Sequence[Paragraph]) -> list[list[str]]:
        """Return the label of each word of each paragraph of one article."""
        facts = article_facts(paragraphs)
        found: list[list[str]] = []
        for some in _together(paragraphs):
            scores = self._scorer.scores(some, facts, headline=not found)
            lengths = [len(p.words) for p in some]
            numbers = best_labels(scores, np.array(lengths), self._learned.steps).tolist()
            labels = map(self._learned.labels.__getitem__, numbers)
            found += [list(islice(labels, length)) for length in lengths]
        return found


def _together(paragraphs: Sequence[Paragraph]) -> Iterator[list[Paragraph]]:
    some: list[Paragraph] = []
    words = 0
    for p in paragraphs:
        some.append(p)
        words += len(p.words)
        if words >= TOGETHER:
            yield some
            some, words = [], 0
    if some:
        yield some


def best_labels(scores: Scores, lengths: Numbers, steps: Scores) -> Numbers:
    """Return the number of each word's label on the path through its paragraph that scores best.

    `scores` has a row for each word of all paragraphs, one score for each label; `lengths` says
    how many words each paragraph has, `steps` what is scored from label to label. Of labels that
    score alike the lowest is taken.
    """
    going, places = _places(lengths)
    ends = [0, *accumulate(going)]
    best = scores[places]
    following = steps[:, None, :]
    for step in range(1, len(going)):
        here, before = ends[step], ends[step - 1]
        came = best[before : before + going[step]].T[:, :, None]
        best[here : ends[step + 1]] += np.maximum.reduce(np.add(came, following, order="C"))
    labels = np.empty(len(scores), np.int64)
    labels[places] = _traced(best, ends, steps.T)
    return labels


def _places(lengths: Numbers) -> tuple[list[int], Numbers]:
    """Return how many paragraphs have a first word, a second one and so on; then where these are.

    The longest paragraph comes first: those that still go on are the first of the step before.
    """
    begins = np.cumsum(lengths) - lengths
    begins = begins[np.argsort(-lengths, kind="stable")]
    going = (len(lengths) - np.cumsum(np.bincount(lengths))[:-1]).tolist()
    places = [begins[:count] + step for step, count in enumerate(going)]
    return going, np.concatenate(places) if places else begins[:0]


def _traced(best: Scores, ends: list[int], came: Scores) -> Numbers:
    """Return the labels that lead to the best last ones, step by step; uses `best` up."""
    labels = np.empty(len(best), np.int64)
    after = labels[:0]
    for start, end in zip(ends[-2::-1], ends[:0:-1], strict=True):
        rows = best[start:end]
        rows[: len(after)] += came[after]
        after = labels[start:end] = rows.argmax(axis=1)
    return labels
