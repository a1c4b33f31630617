"""A stretch of text found to be a name."""

from __future__ import annotations

from dataclasses import dataclass

POSSESSIVES = ("'s", "’s", "'S", "’S")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A name found: offsets into the article's text, its tag, and the rule that found it."""

    start: int
    end: int
    tag: str  # an entity type or "nationality"
    rule: str
