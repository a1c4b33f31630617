"""The words of dates: lexicon entries as numbers, and as pieces of patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from generator import lexicons

LEXICON = "dates"

_HOLE = re.compile(r"\{([a-z_]+)(2?)\}")
# {piece} in a pattern stands for one of these; a piece of the lexicon becomes a named group.
_PIECES = {
    "day": r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:/]\d)",
    "year": r"(?P<year>1\d{3}|2[01]\d\d)(?![\w%]|[.,:/]\d|-\d)",
    "to": r"(?P<to>(?: )?[-–—](?: )?| to | through | until | till | and )",
    "part": r"(?:(?i:early|late|mid|earlier|later)(?: in | |-)|"
    r"(?i:end|start|beginning|middle|close|rest) of (?:the )?|"
    r"(?i:first|second|third|fourth|last) (?i:few days|days|weeks?|weekend) of (?:the )?)",
    "which": r"(?:of )?(?P<which>last|this|next|that|"
    r"(?:the )?(?:same|previous|preceding|prior|following)) year(?!\w)",
}  # fmt: skip


def number(key: str, word: str) -> int:
    """Return what a word of a lexicon list counts, whatever its case; a numeral counts itself."""
    word = word.rstrip(".").casefold()
    return int(word) if word.isdecimal() else int(_folded(key)[word])


def entry(key: str, word: str) -> str:
    """Return what the lexicon says of a word, whatever its case and spacing."""
    return _folded(key)[" ".join(word.casefold().split())]


@cache
def listed(key: str) -> frozenset[str]:
    """Return the words of a lexicon list in lower case."""
    return frozenset(str(word).casefold() for word in lexicons.load(LEXICON)[key])


@cache
def openers() -> frozenset[str]:
    """Return the first words a date may have, in lower case; numerals aside."""
    keys = ("months", "weekdays", "seasons", "holidays", "numbers", "ordinals", "decades",
            "day_words", "steps", "text_steps", "openers")  # fmt: skip
    return frozenset(word for key in keys for word in _first_words(key))


def may_open(word: str, opens: str) -> bool:
    """Return whether a word, in lower case, may be the first of what `Rule.opens` tells.

    >>> may_open("june", "weekdays months"), may_open("19", "parts digits"), may_open("q1", "q1")
    (True, True, True)
    """
    if not word[0].isalpha():
        return "digits" in opens.split()
    return any(word == known or word in _first_words(known) for known in opens.split())


@cache
def _first_words(key: str) -> frozenset[str]:
    """Return the first words of the entries of a list, in lower case; of no list nothing."""
    if key == "parts":
        return _PARTS
    known = key in lexicons.load(LEXICON)
    return frozenset(re.split(r"\W", phrase)[0] for phrase in (listed(key) if known else ()))


# What {part} begins with.
_PARTS = frozenset(
    "early late mid earlier later end start beginning middle close rest first second third fourth "
    "last".split()
)


def expand(pattern: str) -> re.Pattern[str]:
    """Return a compiled pattern: {pieces} filled in, a space matching any short white space.

    `{month2}` is the same piece with its group named month2.
    """
    return re.compile(_HOLE.sub(_fill, pattern).replace(" ", r"\s{1,2}"))


def any_of(words: Iterable[str]) -> str:
    """Return an alternation of literal words, longest first."""
    return "|".join(re.escape(word).replace("\\ ", " ") for word in sorted(words, key=_by_length))


def _by_length(word: str) -> tuple[int, str]:
    return (-len(word), word)


def _fill(hole: re.Match[str]) -> str:
    name, suffix = hole.groups()
    piece = _PIECES.get(name) or f"(?P<{name}>{_words(name)})(?!\\w)"
    return piece.replace(f"(?P<{name}>", f"(?P<{name}{suffix}>")


def _words(name: str) -> str:
    """Return the alternation of one lexicon list; capitals are kept for months and weekdays."""
    words = lexicons.load(LEXICON)[_plural(name)]
    if name not in ("month", "weekday"):
        return f"(?i:{any_of(words)})" + (r"|\d{1,3}" if name == "number" else "")
    shouted = {word.upper() for word in words} - {"MAR", "SUN", "SAT"}
    short = {
        word for word in {*words, *shouted} if len(word) <= 5 and word.casefold() not in _WHOLE
    }
    return f"(?:{any_of({*words, *shouted} - short)})|(?:{any_of(short)})\\.?"


_WHOLE = ("march", "april", "may", "june", "july")


def _plural(name: str) -> str:
    return name if name in lexicons.load(LEXICON) else f"{name}s"


@cache
def _folded(key: str) -> dict[str, str]:
    return {str(word).casefold(): str(v) for word, v in lexicons.load(LEXICON)[key].items()}
