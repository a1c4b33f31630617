"""Text as search compares it: words folded alike here and in assets/search.js.

A letter is decomposed, put in lower case and rid of its marks; what decomposition leaves is
replaced by the table in lexicons/search.yml. Hangul stays whole; scripts without spaces are
cut into pairs of letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from generator import lexicons

_MARKS = ("Mn", "Me", "Cf")
_KEPT = ("L", "N", "Mc")


class _Folding(dict[int, str]):
    """Folds each character once; for str.translate."""

    def __missing__(self, code: int) -> str:
        self[code] = _fold_letter(chr(code))
        return self[code]


_FOLDING = _Folding()


def letters() -> dict[str, str]:
    """Return what stands for letters that decomposition leaves alone."""
    return dict(lexicons.load("search")["letters"])


@cache
def word_pattern() -> str:
    """Return the expression that finds words in folded text, in Python and in JavaScript alike.

    A letter of a script without spaces is followed, in a group, by the other half of its pair;
    the last one of several has none and is no word.
    """
    dense = lexicons.load("search")["unspaced"]
    return f"(?<![{dense}])[{dense}](?![{dense}])|[{dense}](?=([{dense}]))|[^ {dense}]+"


def words(text: str) -> list[str]:
    """Return the words of a text in order.

    >>> words("Kim Jong-un met Шойгу")
    ['kim', 'jong', 'un', 'met', 'шоигу']
    >>> words("金正恩")
    ['金正', '正恩']
    """
    folded = unicodedata.normalize("NFC", text).translate(_FOLDING)
    if folded.isascii():  # most text: the same result, sooner
        return folded.split()
    return [match[0] + (match[1] or "") for match in _words().finditer(folded)]


def _fold_letter(char: str) -> str:
    pieces = (_fold_piece(piece) for piece in unicodedata.normalize("NFKD", char).lower())
    return unicodedata.normalize("NFC", "".join(pieces))


def _fold_piece(piece: str) -> str:
    """Return a letter as it is compared, nothing for a mark, a space for all else."""
    category = unicodedata.category(piece)
    if piece in _table():
        return _table()[piece]
    if category in _MARKS:
        return ""
    return piece if category.startswith(_KEPT) else " "


@cache
def _table() -> dict[str, str]:
    return letters()


@cache
def _words() -> re.Pattern[str]:
    return re.compile(word_pattern())
