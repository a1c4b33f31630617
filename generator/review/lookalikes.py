"""Names written with letters that look like others: 'Putin' with a Cyrillic 'u'."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from generator import lexicons, names

# Scripts whose letters are taken for Latin ones.
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN")


@lru_cache(maxsize=100_000)
def skeleton(name: str) -> str:
    """Return what all names share that look the same in print.

    >>> skeleton("Orlov") == skeleton("Оrlоv")  # with Cyrillic О and о
    True
    """
    shown = unicodedata.normalize("NFKC", names.tidy(name)).translate(_latin())
    return names.key(shown.translate(_alike()))


def in_latin(name: str) -> str:
    """Return a name with every letter that looks Latin written in Latin."""
    return names.tidy(name).translate(_latin())


@lru_cache(maxsize=100_000)
def odd_letters(name: str) -> tuple[str, ...]:
    """Return the letters of another script in words that are otherwise Latin.

    A word of one script is honest: 'Минск' is not odd, and neither is 'Минск (Minsk)'.
    """
    if name.isascii():
        return ()
    found: dict[str, None] = {}
    for word in re.findall(r"\w+", names.tidy(name)):
        scripts = {letter: _script(letter) for letter in word if letter.isalpha()}
        if "LATIN" in scripts.values():
            found.update((c, None) for c, s in scripts.items() if s not in ("LATIN", ""))
    return tuple(found)


def described(letter: str) -> str:
    """Return a letter with what it is: 'о (U+043E, Cyrillic small letter o)'."""
    name = unicodedata.name(letter, "").capitalize()
    return f"{letter} (U+{ord(letter):04X}, {name})"


def _script(letter: str) -> str:
    name = unicodedata.name(letter, "")
    return next((script for script in _SCRIPTS if name.startswith(f"{script} ")), "")


@cache
def _latin() -> dict[int, str]:
    table = lexicons.load("confusables")["latin"]
    return {ord(other): latin for latin, others in table.items() for other in others.split()}


@cache
def _alike() -> dict[int, str]:
    table = lexicons.load("confusables")["alike"]
    return {ord(other): latin for latin, others in table.items() for other in others.split()}
