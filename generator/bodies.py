"""Bodies: which names any country may use, and which words head a body's name."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from generator import lexicons, names

# Words that say nothing of whose body it is.
_SMALL = frozenset(
    "of for and the on s affairs general council party national state royal united central "
    "international main joint special natural resources ecology northern southern eastern "
    "western communist socialist democratic liberal conservative labor labour green republican "
    "workers people social christian progressive nationalist first second third fourth fifth "
    "sixth seventh eighth ninth tenth".split()
)
# Bodies whose country is no part of the official name: "Ministry of Health" of Kenya. Armed
# services, courts, banks and agencies keep theirs: "Brazilian Navy", "Bank of Japan".
_OF_STATE = frozenset(
    "ministry ministries department embassy consulate parliament senate cabinet government "
    "council duma chamber presidency secretariat".split()
)


# The lexicons that list named bodies.
LISTS = ("bodies", "businesses", "institutions")


@cache
def listed() -> tuple[dict[str, Any], ...]:
    """Return every named body of the lexicons: name, aliases, kind, country."""
    return tuple(body for name in LISTS for body in lexicons.load(name)["bodies"])


def heads() -> frozenset[str]:
    """Return the lower-case nouns that head a body's name: ministry, council, party."""
    return lexicons.folded("organizations", "heads")


@lru_cache(10_000)
def is_generic(name: str) -> bool:
    """Return whether any country or town may have a body of this name.

    >>> is_generic("Ministry of Defence"), is_generic("Rosatom")
    (True, False)
    """
    known = _generic_words()
    words = names.fold(name).replace("'", " ").replace(",", " ").split()
    return bool(words) and all(word in known or word.removesuffix("s") in known for word in words)


@cache
def _generic_words() -> frozenset[str]:
    return lexicons.folded("titles", "fields") | _SMALL | heads()


@lru_cache(10_000)
def is_of_state(name: str) -> bool:
    """Return whether a generic body's country is no part of its official name: a ministry."""
    words = set(names.fold(name).replace("'", " ").split())
    return is_generic(name) and bool(words & _OF_STATE)
