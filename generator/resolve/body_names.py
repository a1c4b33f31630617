"""The words of a body's name that tell it from others."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from generator import bodies, countries, lexicons, names

# Endings that are law, not name; "Group" and "Motors" may tell two companies apart.
_LEGAL = frozenset(
    "inc corp corporation co company ltd limited plc llc llp gmbh ag sa nv bv spa srl oyj asa ab "
    "kk jsc ojsc pjsc ooo oao zao bhd sdn pte pty sarl sas eurl snc sprl bvba aps uab sia kft zrt "
    "doo dooel tbk".split()
)
_BETWEEN = re.compile(r",? ")
_SMALL = frozenset("of for the and affairs on".split())


def telling_words(name: str) -> list[str]:
    """Return a body's telling words, sorted: no small words, no company ending, one spelling."""
    american = lexicons.load("spellings")["american"]
    words = names.key(without_ending(name).replace("&", " and ")).split()
    return sorted({american.get(word, word) for word in words} - _SMALL)


def without_ending(name: str) -> str:
    """Return a company's name without what the law adds to it: 'Lindner GmbH', 'Banco X S.A.'."""
    words = _BETWEEN.split(name)
    while len(words) > 1 and names.key(words[-1]) in _LEGAL:
        words = words[:-1]
    return " ".join(words)


def without_country(name: str) -> str:
    """Return a body's name without the country it begins with: 'U.S. Justice Department'."""
    first, _, rest = name.partition(" ")
    country = countries.of_adjective(first) or countries.named(first)
    return rest if rest and country and country.code else name


@lru_cache(10_000)
def is_common(name: str) -> bool:
    """Return whether any country may have a body of this name, courts and guards too.

    >>> is_common("Coast Guard"), is_common("Rosatom")
    (True, False)
    """
    if bodies.is_generic(name):
        return True
    words = names.key(name).split()
    known = _common_words()
    return bool(words) and all(word in known or bodies.is_generic(word) for word in words)


@cache
def _common_words() -> frozenset[str]:
    return lexicons.folded("titles", "modifiers") | _phrase_words()


@cache
def _phrase_words() -> frozenset[str]:
    """Return the words of heads that are phrases: "coast guard", "armed forces"."""
    phrases = lexicons.load("organizations")["head_phrases"]
    return frozenset(word for phrase in phrases for word in names.key(phrase).split())
