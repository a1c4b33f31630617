"""Spellings of one person's name: keys that systems of romanisation share."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator import names
from generator.resolve.locals import is_family_first

# Slavic names in English letters: what BGN, GOST, French and press habits write differently.
_SLAVIC = (
    (r"shch|sch|stch", "s"), (r"tch|ch|tsch", "c"), (r"zh|j(?=[aeiou])", "z"), (r"kh", "h"),
    (r"x", "ks"), (r"der$", "dr"), (r"ph", "f"), (r"w", "v"), (r"ou", "u"), (r"oy|oi|oj", "oi"),
    (r"(?<=[aeou])[yij]+", "i"), (r"[yij]+(?=[aeou])", ""), (r"yi+|iy|ij|ii|yy|y|j", "i"),
    (r"ts|tz|cz", "c"), (r"'", ""), (r"(.)\1+", r"\1"),
)  # fmt: skip


def person_keys(name: str) -> Iterator[str]:
    """Yield the keys of a full name; two names with one key are taken for one person's.

    >>> set(person_keys("Sergey Shoigu")) & set(person_keys("Sergei Shoygu"))
    {'slavic|sergei soigu'}
    """
    folded = names.key(name).split()
    if len(folded) < 2:
        return
    if is_family_first(name):
        yield "joined|" + folded[0] + " " + "".join(folded[1:])
    else:
        yield "slavic|" + " ".join(
            _slavic(word) for word in folded if not _is_patronymic(word, folded)
        )


def _is_patronymic(word: str, words: list[str]) -> bool:
    """Return whether a word is a father's name inside the name, which may be left out."""
    return word not in (words[0], words[-1]) and word.endswith(("vich", "vna", "ich"))


def _slavic(word: str) -> str:
    for pattern, plain in _SLAVIC:
        word = re.sub(pattern, plain, word)
    return word
