"""How well each label suits each word, by what the tagger has learned of the word's features."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import accumulate, chain
from typing import Generic, TypeVar

import numpy as np

from generator.extract import features
from generator.extract.paragraphs import Facts, Paragraph
from generator.extract.pieces import Made, features_of
from generator.extract.runs import run_pieces
from generator.extract.weights import Scores, Weights

# So many different words are kept added up: those of hundreds of articles, in 12 megabytes.
MOST_WORDS = 20_000
# And so many pieces of features.
MOST_PIECES = 10_000
# The word on either side of a paragraph.
_EDGE = ""

Key = TypeVar("Key", bound=Hashable)


class Sums(Generic[Key]):
    """Rows of added-up weights by what they are of, each added once and kept."""

    def __init__(self, add: Callable[[Sequence[Key]], Scores], width: int) -> None:
        self._add = add
        self._numbers: dict[Key, int] = {}
        self._table = np.zeros((1, width))
        self._before = self._numbers, self._table

    def forget(self, most: int) -> None:
        """Begin anew if more than half of so many are kept, and keep these until the next time."""
        if 2 * len(self._numbers) > most:
            self._before = self._numbers, self._table
            self._numbers, self._table = {}, np.zeros_like(self._table)

    def of(self, keys: Sequence[Key]) -> Scores:
        """Return the row of each key."""
        numbers = [self._numbers.get(key, -1) for key in keys]
        if -1 in numbers:
            self._learn([*dict.fromkeys(key for key in keys if key not in self._numbers)])
            numbers = [self._numbers[key] for key in keys]
        return self._table.take(numbers, axis=0)

    def _learn(self, keys: Sequence[Key]) -> None:
        first = len(self._numbers)
        stop = first + len(keys)
        if stop > len(self._table):
            room = np.zeros((max(stop, 2 * len(self._table)), self._table.shape[1]))
            room[:first] = self._table[:first]
            self._table = room
        numbers, table = self._before
        kept = [key for key in keys if key in numbers]
        new = [key for key in keys if key not in numbers]
        self._table[first : first + len(kept)] = table[[numbers[key] for key in kept]]
        if new:
            self._table[first + len(kept) : stop] = self._add(new)
        self._numbers.update(zip(kept + new, range(first, stop), strict=True))


class Scorer:
    """Adds up weights; what depends on one word alone, or comes again, is added once and kept."""

    def __init__(self, learned: Weights) -> None:
        self._rows = learned.rows
        self._states = learned.states
        self._words = Sums(self._add_words, 5 * len(learned.labels))
        self._pieces = Sums(self._add_pieces, len(learned.labels))

    def scores(self, paragraphs: Sequence[Paragraph], facts: Facts, headline: bool) -> Scores:
        """Return a row of scores, one for each label, for each word of some paragraphs.

        `headline` says whether the first of them is the article's.
        """
        self._words.forget(MOST_WORDS)
        self._pieces.forget(MOST_PIECES)
        found = self._of_words([p.words for p in paragraphs])
        found += self._pieces.of([pair for p in paragraphs for pair in features.paired(p)])
        begin = 0
        beside: dict[int, list[str]] = {}
        runs: list[range] = []
        shared: list[tuple[list[str], list[Made]]] = []
        for p in paragraphs:
            own = features.beside(p, facts, first=headline and p is paragraphs[0])
            beside |= {begin + i: told for i, told in own.items()}
            for start, end, pieces in run_pieces(p, facts):
                runs.append(range(begin + start, begin + end))
                shared.append(_parted(pieces))
            begin += len(p.words)
        found[[*beside]] += self._added(beside.values())
        sums = self._added(plain for plain, _ in shared) + self._of_made([m for _, m in shared])
        found[[*chain(*runs)]] += sums.repeat([*map(len, runs)], axis=0)
        return found

    def _of_words(self, paragraphs: Sequence[list[str]]) -> Scores:
        """Return the scores of words by themselves and by the two before and after each."""
        row = [_EDGE, _EDGE]
        bounds = []
        for words in paragraphs:
            bounds.append((len(row), len(row) + len(words)))
            row += [*words, _EDGE, _EDGE]
        table = self._words.of(row).reshape(len(row), 5, -1)
        sums = table[:, 0].copy()
        sums[2:] += table[:-2, 1]
        sums[1:] += table[:-1, 2]
        sums[:-1] += table[1:, 3]
        sums[:-2] += table[2:, 4]
        return np.concatenate([sums[start:end] for start, end in bounds])

    def _of_made(self, groups: Sequence[Sequence[Made]]) -> Scores:
        """Return the sum of each group of pieces; none is empty."""
        if not groups:
            return self._states[:0]
        begins = [*accumulate(map(len, groups[:-1]), initial=0)]
        return np.add.reduceat(self._pieces.of([*chain.from_iterable(groups)]), begins)

    def _add_words(self, words: Sequence[str]) -> Scores:
        """Return five rows for each word in one: for itself, and its neighbours as in `Known`."""
        known = [features.known_of(word) if word else features.EDGE for word in words]
        parts = (part for one in known for part in (one.own, *one.near))
        return self._added(parts).reshape(len(known), -1)

    def _add_pieces(self, pieces: Sequence[Made]) -> Scores:
        return self._added(features_of(piece) for piece in pieces)

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


def _parted(pieces: Sequence[str | Made]) -> tuple[list[str], list[Made]]:
    """Return single features, and what is made of several."""
    plain = [piece for piece in pieces if isinstance(piece, str)]
    return plain, [piece for piece in pieces if not isinstance(piece, str)]
