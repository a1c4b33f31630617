"""Articles that name more than anybody could tell of: lists, which are no articles."""

from __future__ import annotations

from collections.abc import Iterable

from generator.model import Article, Extraction, Limits, Problem


def without_crowds(
    articles: Iterable[Article], extractions: Iterable[Extraction], limits: Limits
) -> tuple[tuple[Article, ...], tuple[Extraction, ...], tuple[Problem, ...]]:
    """Return the articles that name no more than they may, and a problem for each other one.

    Every name becomes a page, and names of one article are set beside one another.
    """
    pairs, problems = [], []
    for article, extraction in zip(articles, extractions, strict=True):
        count = len({(mention.type, mention.surface) for mention in extraction.mentions})
        if count <= limits.names_per_article:
            pairs.append((article, extraction))
            continue
        what = f"it has {count:,} different names, the limit is {limits.names_per_article:,}"
        todo = "split the file if it is no list of names, or raise limits.names_per_article"
        problems.append(Problem(article.file, 0, what, todo))
    return tuple(a for a, _ in pairs), tuple(e for _, e in pairs), tuple(problems)
