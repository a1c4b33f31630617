"""A stretch of text found to be a name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

POSSESSIVES = ("'s", "’s", "'S", "’S")


class Span(NamedTuple):
    """A name found: offsets into the article's text, its tag, and the rule that found it."""

    start: int
    end: int
    tag: str  # an entity type or "nationality"
    rule: str


def count_tags(text: str, spans: Iterable[Span]) -> dict[str, dict[str, int]]:
    """Return how often each name of an article was found with each tag."""
    found: dict[str, dict[str, int]] = {}
    for span in spans:
        counts = found.setdefault(text[span.start : span.end], {})
        counts[span.tag] = counts.get(span.tag, 0) + 1
    return found
