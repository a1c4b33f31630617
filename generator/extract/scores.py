"""How well each label suits each word, by what the tagger has learned of the word's features."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate, chain

import numpy as np

from generator.extract import features
from generator.extract.features import Facts, Known, Paragraph
from generator.extract.weights import Scores, Weights

# So many different words are kept added up: those of thousands of articles, in 30 megabytes.
MOST_WORDS = 40_000


class Scorer:
    """Adds up weights; what depends on one word alone is added once and kept."""

    def __init__(self, learned: Weights) -> None:
        self._rows = learned.rows
        self._states = learned.states
        self._words: dict[str, Scores] = {}
        self._edge = self._added_words([features.EDGE])[0]

    def scores(self, paragraphs: Sequence[Paragraph], facts: Facts, headline: bool) -> Scores:
        """Return a row of scores, one for each label, for each word of some paragraphs.

        `headline` says whether the first of them is the article's.
        """
        found = self._of_words([p.words for p in paragraphs])
        found += self._added(
            row
            for i, p in enumerate(paragraphs)
            for row in features.beside(p, facts, first=headline and i == 0)
        )
        begins = accumulate((len(p.words) for p in paragraphs), initial=0)
        runs = [
            (begin + start, begin + end, shared)
            for begin, p in zip(begins, paragraphs, strict=False)
            for start, end, shared in features.run_features(p, facts)
        ]
        for (start, end, _), row in zip(runs, self._added(run[2] for run in runs), strict=True):
            found[start:end] += row
        return found

    def _of_words(self, paragraphs: Sequence[list[str]]) -> Scores:
        """Return the scores of words by themselves and by the two before and after each."""
        self._learn(chain.from_iterable(paragraphs))
        rows = [self._edge, self._edge]
        bounds = []
        for words in paragraphs:
            bounds.append((len(rows), len(rows) + len(words)))
            rows += [self._words[word] for word in words]
            rows += [self._edge, self._edge]
        table = np.concatenate(rows).reshape(len(rows), len(self._edge), -1)
        sums = table[:, 0].copy()
        sums[2:] += table[:-2, 1]
        sums[1:] += table[:-1, 2]
        sums[:-1] += table[1:, 3]
        sums[:-2] += table[2:, 4]
        return np.concatenate([sums[start:end] for start, end in bounds])

    def _learn(self, words: Iterable[str]) -> None:
        """Add up the words that are not known yet; when there are too many, begin anew."""
        wanted = dict.fromkeys(words)
        if len(self._words) > MOST_WORDS:
            self._words.clear()
        new = [word for word in wanted if word not in self._words]
        if new:
            sums = self._added_words([features.known_of(word) for word in new])
            self._words.update(zip(new, sums, strict=True))

    def _added_words(self, known: Sequence[Known]) -> Scores:
        """Return five rows for each word: for itself, and for its neighbours as in `Known`."""
        parts = (part for one in known for part in (one.own, *one.near))
        return self._added(parts).reshape(len(known), 5, -1)

    def _added(self, groups: Iterable[Sequence[str]]) -> Scores:
        """Return the sum of the weights of each group of features."""
        numbers: list[int] = []
        begins: list[int] = []
        row_of = self._rows.get
        for group in groups:
            begins.append(len(numbers))
            numbers.append(0)  # of no weight, so that no group is empty
            numbers += [row for feature in group if (row := row_of(feature))]
        if not begins:
            return self._states[:0]
        return np.add.reduceat(self._states.take(numbers, axis=0), begins)
