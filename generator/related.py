"""Who is named together: in one sentence first, then in several articles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from heapq import nsmallest
from itertools import chain

from generator.model import Related

# So many others stand on a card.
MOST = 20

Where = tuple[str, int]  # article id, sentence number


def find_related(places: Mapping[str, Iterable[Where]]) -> dict[str, tuple[Related, ...]]:
    """Return the nearest others of each; `places` are the sentences that name it, by id."""
    in_sentence: defaultdict[Where, list[str]] = defaultdict(list)
    in_article: defaultdict[str, list[str]] = defaultdict(list)
    for id, found in places.items():
        for where in found:
            in_sentence[where].append(id)
        for article in _several(found):
            in_article[article].append(id)
    related: dict[str, tuple[Related, ...]] = {}
    for id, found in places.items():
        beside = Counter(chain.from_iterable(map(in_sentence.__getitem__, found)))
        casts = map(in_article.__getitem__, _several(found))
        related[id] = _nearest(id, beside, Counter(chain.from_iterable(casts)))
    return related


def _several(found: Iterable[Where]) -> Iterable[str]:
    """Return the articles of some places, none if it is one: one article's cast is no relation."""
    articles = {article for article, _ in found}
    return articles if len(articles) > 1 else ()


def _nearest(id: str, sentences: Counter[str], articles: Counter[str]) -> tuple[Related, ...]:
    """Return those named most with a thing, by how many sentences and articles name both."""
    del sentences[id], articles[id]
    near = [(-n, -articles[other] or -1, other) for other, n in sentences.items()]
    near += [(0, -n, other) for other, n in articles.items() if n > 1 and other not in sentences]
    return tuple(Related(other, -b, -a) for a, b, other in nsmallest(MOST, near))
