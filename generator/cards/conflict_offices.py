"""Offices that sources give to two people at one time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from generator import edtf, lexicons, names
from generator.cards.claims import Said, same_words
from generator.cards.conflict_values import days_between, told_together
from generator.model import Article, Evidence

# Reports this many days apart may speak of one holder: who follows whom is news, and would be
# told. Further apart, a second name is first of all a successor.
ONE_TIME = 14

Span = tuple[str, str]


def find_rivals(
    said: list[Said], articles: Mapping[str, Article]
) -> Iterator[tuple[str, list[Said]]]:
    """Yield the body or place of each disputed office, and one claim of each of its holders."""
    posts: dict[tuple[str, str], dict[str, Said]] = defaultdict(dict)
    for item in said:
        office, of = item.claim.value, item.claim.of
        if item.claim.property == "position" and of and office and _is_unique(office):
            posts[of, same_words(office)].setdefault(item.who, item)
    for (of, _), holders in sorted(posts.items()):
        rivals = _at_one_time([h for h in holders.values() if not _is_past(h)], articles)
        if len(rivals) > 1:
            yield of, rivals


def _is_past(holder: Said) -> bool:
    """Return whether all who say so tell of another time: 'was the mayor', 'will become'.

    'Has been mayor since 2021' is no past, and a term with both ends speaks for itself.
    """
    if (holder.claim.date or "").endswith("/.."):
        return False
    past = lexicons.folded("claims", "past")
    return all(past & set(names.fold(e.quote).split()) for e in holder.claim.evidence)


def _is_unique(office: str) -> bool:
    """Return whether one person holds an office at a time: no deputy, no former holder."""
    words = names.fold(office).split()
    if _barred() & set(words):
        return False
    held = unique_heads()
    return any(" ".join(words[: n + 1]) in held for n in range(len(words))) or words[-1] in held


@cache
def unique_heads() -> frozenset[str]:
    """Return the heads that one person holds at a time."""
    heads = lexicons.load("titles")["heads"]
    return frozenset(names.fold(head["word"]) for head in heads if head["unique"] == "true")


@cache
def _barred() -> frozenset[str]:
    keys = ("former", "deputy", "acting")
    return frozenset(word for key in keys for word in lexicons.folded("titles", key))


def _at_one_time(holders: list[Said], articles: Mapping[str, Article]) -> list[Said]:
    """Return the holders unless they plainly followed one another."""
    spans = {holder.who: _span(holder, articles) for holder in holders}
    together = [
        holder
        for holder in holders
        if any(
            _overlap(spans[holder.who], spans[other.who])
            for other in holders
            if other.who != holder.who and not told_together(holder, other)
        )
    ]
    return sorted(together, key=lambda s: s.claim.evidence[0])


def _span(holder: Said, articles: Mapping[str, Article]) -> Span | None:
    """Return the first and last day sources give the office to the holder, None if unknown."""
    days: list[str] = []
    for evidence in holder.claim.evidence:
        bounds = _told(holder.claim.date, evidence, articles)
        if bounds is None:
            return None
        days += bounds
    return min(days), max(days)


def _told(date: str | None, evidence: Evidence, articles: Mapping[str, Article]) -> Span | None:
    """Return the days one source speaks of; 'since 2021' reaches to the day it was printed."""
    published = edtf.bounds(articles[evidence.article].published or "")
    told = edtf.bounds(date) if date else published
    if told and published and date and date.endswith("/..") and published[1] >= told[0]:
        return told[0], published[1]
    return told


def _overlap(a: Span | None, b: Span | None) -> bool:
    return a is None or b is None or days_between(a, b) <= ONE_TIME
