"""One story, many copies: which articles tell one text again, in its words or in their own.

Nothing is compared pair by pair over the folder: articles that share a rare run of words, or
rare names and figures, stand beside each other in a list by day, and each meets a few
neighbours. A false join takes a source away from a claim, so it is worse than a missed one.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from zlib import crc32

import numpy as np

from generator.cards.fingerprints import (
    Fingerprint,
    Wording,
    make_fingerprint,
    make_wording,
    weigh_figure,
    weigh_name,
)
from generator.model import Article, Extraction

# Copies come out within days; what comes later is a follow-up, unless it is a reprint.
DAYS = 4
# Lists are walked in order of days: each article meets so many of those that come after it.
NEIGHBOURS = 4
# So many of an article's rarest names and figures lead to others, and of their pairs every
# sixth, the same in every article: where all speak of one subject, single names tell nothing.
RAREST = 12
PAIR_SAMPLE = 6
# Of the runs of words every eighth leads to others: a copy shares dozens.
SAMPLE = 8
# A folder of few articles knows little of what is rare: as if it had so many more.
SMALL = 20
# Where groups meet, so many articles of each are asked whether they belong together.
SPOKESMEN = 5

# Whose names are less than so much the other's tells another story, by every rule.
NAMED = 0.45
# Whose names are less than so much the other's doesn't tell its story in other words: by those
# rules the harmonic mean of both parts is 0.55 at least.
RETOLD = 0.55 / (2 - 0.55)

Key = tuple[str, ...] | int
Pair = tuple[Fingerprint, Fingerprint]


@dataclass(frozen=True, slots=True)
class Shared:
    """What two articles have in common.

    `runs`, `names` and `figures` say how much of the first stands in the second, and of the
    second in the first, from 0 to 1; `known` and `told` how much that is, in names and in
    figures as telling as can be. `days` lie between them, None if a day isn't known;
    `published` says that both days are days of publication, `one_source` that one outlet wrote
    both.
    """

    runs: tuple[float, float]
    names: tuple[float, float]
    figures: tuple[float, float]
    known: float
    told: float
    days: int | None
    published: bool
    one_source: bool


def same_stories(
    articles: Iterable[Article],
    extractions: Iterable[Extraction],
    wordings: Mapping[str, Wording] | None = None,
) -> dict[str, tuple[str, ...]]:
    """Return, by article id, the other articles that carry the same story, sorted.

    `wordings` is what each is known by, where that is there already.
    """
    by_article = {extraction.article: extraction for extraction in extractions}
    articles = list(articles)
    outlets = {article.source.casefold() for article in articles if article.source}
    known = wordings or {a.id: make_wording(a, by_article[a.id]) for a in articles}
    prints = [make_fingerprint(a, by_article[a.id], outlets, known[a.id]) for a in articles]
    return {
        member.id: tuple(sorted(other.id for other in group if other is not member))
        for group in group_stories(prints)
        for member in group
    }


def group_stories(prints: Iterable[Fingerprint]) -> list[list[Fingerprint]]:
    """Return the stories: every article in one group, copies together."""
    prints = sorted(prints, key=_in_time)
    weigh = Weigh(prints)
    group_of = {one.id: [one] for one in prints}
    for a, b in _copies(prints, weigh):
        other, one = sorted((group_of[a.id], group_of[b.id]), key=len)
        if one is not other and _belong(one, other, weigh):
            one += other
            group_of |= {member.id: one for member in other}
    return list({id(group): group for group in group_of.values()}.values())


def _in_time(fingerprint: Fingerprint) -> tuple[bool, int, str]:
    return fingerprint.day is None, fingerprint.day or 0, fingerprint.id


def _copies(prints: Sequence[Fingerprint], weigh: Weigh) -> Iterator[Pair]:
    """Yield the pairs that are copies, the surest first: no doubtful link parts sure ones."""
    met = sorted(_meetings(prints, weigh))
    met = [(a, b) for a, b in met if max(_names(prints[a], prints[b], weigh)) >= NAMED]
    found = [(compare(prints[a], prints[b], weigh), prints[a], prints[b]) for a, b in met]
    digests = _digests([(a, b) for shared, a, b in found if _share_text(shared)], weigh)
    for shared, a, b in sorted(found, key=lambda one: -_likeness(one[0])):
        if is_copy(shared) and a.id not in digests and b.id not in digests:
            yield a, b


def _share_text(shared: Shared) -> bool:
    """Return whether sentences of a story stand in both: without its names they are a notice."""
    return max(shared.runs) >= 0.2 and max(shared.names) >= NAMED


def _likeness(shared: Shared) -> float:
    return sum(shared.runs) + sum(shared.names) + sum(shared.figures)


def _digests(pairs: Iterable[Pair], weigh: Weigh) -> set[str]:
    """Return the articles that take their text from two that have nothing to do with each other."""
    near: dict[str, list[Fingerprint]] = defaultdict(list)
    for a, b in pairs:
        near[a.id].append(b)
        near[b.id].append(a)
    return {
        id
        for id, found in near.items()
        for a, b in combinations(found[:SPOKESMEN], 2)
        if max(compare(a, b, weigh).names) < 0.25
    }


def _belong(group: Sequence[Fingerprint], other: Sequence[Fingerprint], weigh: Weigh) -> bool:
    """Return whether two groups are one story: everyone asked is related to everyone."""
    pairs = product(group[:SPOKESMEN], other[:SPOKESMEN])
    return all(_related(a, b, weigh) for a, b in pairs)


# --- who meets whom


def _meetings(prints: Sequence[Fingerprint], weigh: Weigh) -> Iterator[tuple[int, int]]:
    """Yield the pairs worth comparing, as places in `prints`, which is in order of days."""
    counts = Counter(feature for one in prints for feature in (*one.named, *one.figures))
    shared = frozenset(feature for feature, n in counts.items() if n > 1)
    recent: dict[Key, list[int]] = defaultdict(list)
    for later, one in enumerate(prints):
        worded, named = set[int](), set[int]()
        for key in _keys(one, shared, weigh):
            last = recent[key]
            (worded if isinstance(key, int) else named).update(last)
            last[: 1 - NEIGHBOURS] = []
            last.append(later)
        told = _retold(one, [(place, prints[place]) for place in named - worded], weigh)
        # Words may be printed again years later; names and figures must be of one moment.
        yield from ((place, later) for place in (*worded, *told))


def _retold(
    one: Fingerprint, others: Iterable[tuple[int, Fingerprint]], weigh: Weigh
) -> Iterator[int]:
    """Yield the places of those that an article may tell in other words."""
    capitals = one.capitals
    for place, other in others:
        if _in_window(_days(one, other)) and not one.source == other.source != "":
            told = weigh.sum(other.named & capitals)
            if _part(told, weigh.whole(other.named)) >= RETOLD:
                yield place


def _keys(one: Fingerprint, shared: frozenset[str], weigh: Weigh) -> Iterator[Key]:
    """Yield what leads from an article to others like it; `shared` is what any other has too."""
    yield from one.runs[one.runs % SAMPLE == 0].tolist()
    names = _rarest(one.named & shared, weigh)
    yield from ((name,) for name in names)
    pairs = combinations(sorted([*names, *_rarest(one.figures & shared, weigh)]), 2)
    yield from (pair for pair in pairs if crc32(" ".join(pair).encode()) % PAIR_SAMPLE == 0)


def _rarest(features: frozenset[str], weigh: Weigh) -> list[str]:
    return sorted(features, key=lambda feature: (-weigh(feature), feature))[:RAREST]


class Weigh:
    """The weight of names and figures: how telling, and how rare in the folder, up to 1."""

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        counts = Counter(feature for one in prints for feature in (*one.named, *one.figures))
        # What two articles share is the rarest thing that can tell; what one has, it has alone.
        highest = math.log((len(prints) + SMALL) / 2)
        self._weights = {
            feature: _telling(feature) * math.log((len(prints) + SMALL) / max(n, 2)) / highest
            for feature, n in counts.items()
        }
        self._wholes: dict[frozenset[str], float] = {}

    def __call__(self, feature: str) -> float:
        """Return the weight of one name or figure."""
        return self._weights[feature]

    def sum(self, features: Iterable[str]) -> float:
        """Return the weight of several."""
        # Rounded once, so that the order of a set can't show in the last digit.
        return math.fsum(map(self._weights.__getitem__, features))

    def whole(self, features: frozenset[str]) -> float:
        """Return the weight of all that an article has, which is asked again and again."""
        known = self._wholes.get(features)
        if known is None:
            known = self._wholes[features] = self.sum(features)
        return known


# --- what makes a copy


def compare(a: Fingerprint, b: Fingerprint, weigh: Weigh) -> Shared:
    """Return what two articles have in common."""
    runs = len(np.intersect1d(a.runs, b.runs, assume_unique=True))
    known = (weigh.sum(a.named & b.capitals), weigh.sum(b.named & a.capitals))
    told = weigh.sum(a.figures & b.figures)
    return Shared(
        (_part(runs, len(a.runs)), _part(runs, len(b.runs))),
        _names(a, b, weigh),
        (_part(told, weigh.whole(a.figures)), _part(told, weigh.whole(b.figures))),
        min(known),
        told,
        _days(a, b),
        a.published and b.published,
        a.source == b.source != "",
    )


def _names(a: Fingerprint, b: Fingerprint, weigh: Weigh) -> tuple[float, float]:
    """Return how much of the names of each stands in the other."""
    one, other = a.named & b.capitals, b.named & a.capitals
    return (
        _part(weigh.sum(one), weigh.whole(a.named)),
        _part(weigh.sum(other), weigh.whole(b.named)),
    )


def is_copy(shared: Shared) -> bool:
    """Return whether one rule says that two articles tell one text."""
    return any(rule(shared) for rule in COPY_RULES)


def _is_rewrite(shared: Shared) -> bool:
    """Many of the sentences are the other's, whole or nearly, and so are names and figures.

    A cut is a copy; but a digest of the day is none of each story in it.
    """
    return (
        max(shared.runs) >= 0.35
        and min(shared.runs) >= 0.15
        and max(shared.names) >= 0.6
        and max(shared.figures) >= 0.6
        and _in_window(shared.days)
    )


def _is_reprint(shared: Shared) -> bool:
    """Nearly all is word for word the same, whenever it is printed: no form filled in anew."""
    return min(shared.runs) >= 0.8 and min(shared.names) >= 0.8 and min(shared.figures) >= 0.8


def _is_retold(shared: Shared) -> bool:
    """The same people and places and the same figures, within days, and little beside.

    Who reports an event for himself brings witnesses and counts of his own. An outlet that
    speaks again of its story in other words, has news of it.
    """
    names, figures = _mean(shared.names), _mean(shared.figures)
    return (
        shared.published
        and not shared.one_source
        and _in_window(shared.days)
        and names >= 0.55
        and figures >= 0.4
        and names + figures >= 1.1
        and shared.known >= 4
        and shared.told >= 1.2
    )


def _is_retold_with_few_figures(shared: Shared) -> bool:
    """As above, where there is little to count: then the names must be many, and nearly all."""
    return (
        shared.published
        and not shared.one_source
        and _in_window(shared.days)
        and _mean(shared.names) >= 0.8
        and _mean(shared.figures) >= 0.6
        and shared.known >= 8
        and shared.told >= 0.6
    )


def _is_retold_undated(shared: Shared) -> bool:
    """As above, where a page says only when it was saved: nothing less than nearly all."""
    return (
        not shared.one_source
        and _in_window(shared.days)
        and min(_mean(shared.names), _mean(shared.figures)) >= 0.7
        and shared.known >= 5
        and shared.told >= 3
    )


COPY_RULES: tuple[Callable[[Shared], bool], ...] = (
    _is_rewrite,
    _is_reprint,
    _is_retold,
    _is_retold_with_few_figures,
    _is_retold_undated,
)


def _related(a: Fingerprint, b: Fingerprint, weigh: Weigh) -> bool:
    """Return whether two articles may be copies of a third: much of one stands in the other."""
    shared = compare(a, b, weigh)
    return max(shared.names) >= 0.45 and (max(shared.figures) >= 0.3 or max(shared.runs) >= 0.2)


def _telling(feature: str) -> float:
    return weigh_figure(feature) if feature[0] in "@#" else weigh_name(feature)


def _part(shared: float, whole: float) -> float:
    """Return what part of the whole is shared; of nothing, all is."""
    return shared / whole if whole else 1.0


def _mean(parts: tuple[float, float]) -> float:
    """Return the harmonic mean: a short text within a long one is half a likeness."""
    return 2 * parts[0] * parts[1] / sum(parts) if sum(parts) else 0.0


def _days(a: Fingerprint, b: Fingerprint) -> int | None:
    return None if a.day is None or b.day is None else abs(a.day - b.day)


def _in_window(days: int | None) -> bool:
    return days is None or days <= DAYS
