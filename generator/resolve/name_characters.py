"""Chinese characters that names are written with, and how each is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from generator import lexicons

_ENTRY = re.compile(r"([\u3400-\u9fff]+)([a-z]+)([가-힣]*)")


@dataclass(frozen=True, slots=True)
class Character:
    """One character: its simplified form and its readings in Mandarin and in Korean."""

    plain: str
    mandarin: str
    korean: str


@cache
def characters() -> dict[str, Character]:
    """Return every listed form of a character; the first reading listed is the usual one."""
    table: dict[str, Character] = {}
    for entry in lexicons.load("name_characters")["characters"].split():
        match = _ENTRY.fullmatch(entry)
        if match:
            forms, mandarin, korean = match.groups()
            for form in forms:
                table.setdefault(form, Character(forms[0], mandarin, korean))
    return table


def ascii_words(name: str) -> list[str]:
    """Return the words of an ASCII name in small letters, parted by blanks, hyphens and stops."""
    return name.lower().replace("`", "'").replace("-", " ").replace(".", " ").split()


def all_read(words: Iterable[str], read: Callable[[str], tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the readings of each word; of nothing if one can't be read: no name is, then."""
    parts: list[tuple[str, ...]] = []
    for word in words:
        parts.append(read(word))
        if not parts[-1]:
            return parts[-1:]
    return parts


def is_han(text: str) -> bool:
    """Return whether a text is written in Chinese characters alone."""
    return not text.isascii() and all("\u3400" <= char <= "\u9fff" for char in text)


def simplified(text: str) -> str:
    """Return a text with every listed character in its simplified form.

    >>> simplified("習近平")
    '习近平'
    """
    table = characters()
    return "".join(table[char].plain if char in table else char for char in text)
