"""Which names put the family first."""

from __future__ import annotations

import re
from functools import cache

from generator import lexicons, names

_BETWEEN = re.compile(r"[\s-]+")


def is_family_first(name: str) -> bool:
    """Return whether a name looks Korean, Chinese or Vietnamese: family name first."""
    words = _BETWEEN.split(name)
    return (
        len(words) in (2, 3, 4)
        and names.fold(words[0]) in family_first()
        and ("-" in name or len(words) > 2)
    )


@cache
def family_first() -> frozenset[str]:
    """Return the folded family names that stand first: Korean, Chinese, Vietnamese."""
    lexicon = lexicons.load("surnames")
    found: set[str] = set()
    for culture in ("korean", "chinese", "vietnamese"):
        value = lexicon["cultures"][culture]
        words = value.split() if isinstance(value, str) else value
        found.update(names.fold(word) for word in words)
    return frozenset(found)
