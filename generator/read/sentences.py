"""Where one sentence ends and the next begins."""

from __future__ import annotations

import re
from functools import cache

from generator import lexicons

# A stop, what closes after it, then white space and a new beginning; CJK needs no space.
_STOP = re.compile(
    r"(?<![.!?…。！？])(?P<stop>[.!?…]++|(?P<cjk>[。！？]++))(?P<close>[\"'”’»›)\]」』）]*+)(?(cjk)\s*|\s+)(?=\S)"
)
_LAST_WORD = re.compile(r"[^\s(\[\"“‘«—–/]+$")
_NEXT_WORD = re.compile(r"[\"'“‘«‹„(\[¿¡—–-]*\s*([^\W_]+)")
_INITIAL = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_](?:-[^\W\d_])?$")


def split(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence of one paragraph, without white space around.

    >>> split("Mr. Roe left. He was 40.")
    [(0, 13), (14, 24)]
    """
    spans, start = [], 0
    for stop in _STOP.finditer(text):
        if _ends(text, start, stop):
            spans.append((start, stop.end("close")))
            start = stop.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _ends(text: str, start: int, stop: re.Match[str]) -> bool:
    marks, following = stop["stop"], text[stop.end() : stop.end() + 60]
    if stop["cjk"]:
        return not stop["close"]
    if not _can_begin(following):
        return False
    if marks != "." or (stop["close"] and stop["close"][0] in '"”»'):
        return True
    found = _LAST_WORD.search(text[max(start, stop.start() - 40) : stop.start()])
    return found is None or _word_ends(found[0], following, at_start=_is_first(text, start, stop))


def _can_begin(following: str) -> bool:
    """Return whether a sentence can begin so: with a capital, a digit, a quote or a bullet."""
    first = _NEXT_WORD.match(following)
    return first is not None and not first[1][0].islower()


def _is_first(text: str, start: int, stop: re.Match[str]) -> bool:
    return " " not in text[start : stop.start()].strip()


def _word_ends(word: str, following: str, *, at_start: bool) -> bool:
    """Return whether a full stop after `word` ends a sentence; one rule a line."""
    upcoming = _NEXT_WORD.match(following)
    next_word = upcoming[1] if upcoming else ""
    if at_start and word.rstrip(")").isalnum() and len(word) <= 3:
        return False  # "1. Opening hours"
    if word in _abbreviations("before_number") and next_word[:1].isdigit():
        return False
    if word in _abbreviations("never_last"):
        return False
    if word.isdigit() and len(word) <= 2 and _is_month(next_word):
        return False  # "am 3. Oktober"
    if word in _abbreviations("perhaps_last") or _INITIAL.match(word):
        return next_word in _abbreviations("starters") and not _is_name_initial(word, following)
    return True


def _is_name_initial(word: str, following: str) -> bool:
    """Return whether two initials stand together ("J. A. Roe"), where A is no article."""
    return len(word) == 1 and re.match(r"[^\W\d_]\.", following) is not None


@cache
def _abbreviations(key: str) -> frozenset[str]:
    return lexicons.words("abbreviations", key)


@cache
def _month_names() -> frozenset[str]:
    return frozenset(word for row in lexicons.load("written_dates")["months"] for word in row)


def _is_month(word: str) -> bool:
    return word.casefold() in _month_names()
