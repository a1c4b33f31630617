"""Characters nobody sees: which of them a script needs, which can only deceive, what to call them.

A zero-width space splits a name that looks whole, an override turns a line round, tags hide a
message in a flag. Text is kept without them; where they stood is told beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from itertools import groupby

Run = tuple[int, str]  # where in the kept text, and which characters stood there

# More marks on one letter than any language writes, and as many as streams may hold (UAX #15):
# normalising takes time by the square of their number.
MOST_MARKS = 30
# Kinds of character that a label names one by one.
_NAMED = 3

_DIRECTING = "\u202a-\u202e\u2066-\u2069"
_DIRECTION_MARKS = "\u061c\u200e\u200f"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS = "\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
_BLANK = (
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
# Flags of countries within a country, the syllables of old Korean, Mongolian and Braille: there
# these characters are part of what is written.
_WRITTEN = (
    "\U0001f3f4[\U000e0030-\U000e007a]{2,6}\U000e007f|[\u1820-\u18af][\u180b-\u180f]"
    "|[\u1100-\u115f\ua960-\ua97f][\u1160-\u11a7]|[\u2801-\u28ff][\u2800-\u28ff]+"
)
# What a joiner can follow: scripts whose letters join, and pictures.
_JOINING = (
    "\u0591-\u05c7\u061d-\u08ff\u0900-\u0dff\u0f00-\u109f\u1700-\u17b3\u17b6-\u180a\u1810-\u18af"
    "\u1900-\u1cff\u203c\u2049\u2190-\u27ff\u2801-\u2bff\u3030\u303d\ua800-\uabff\ufb1d-\ufdff"
    "\ufe70-\ufefc\u00a9\u00ae"
    "\U00010a00-\U00011fff\U0001e900-\U0001e95f\U0001f000-\U0001faff"
)
# What can be shown in several shapes: keys, signs, pictures, Chinese characters.
_SHAPED = (
    "0-9#*\u00a9\u00ae\u1000-\u109f\u1820-\u18aa\u2010-\u2027\u203c-\u205e\u20a0-\u27ff\u2801-\u3134\u3190-\u9fff"
    "\ua840-\ua87f\uf900-\ufaff\uff00-\uff60\U0001f000-\U0001faff\U00020000-\U0003ffff"
)
_UNSEEN_PATTERN = (
    f"(?P<written>{_WRITTEN})|[{_DIRECTING}{_DIRECTION_MARKS}{_TAGS}{_BLANK}\u00ad]"
    f"|(?<=[^{_JOINING}])(?<![{_SHAPED}]\ufe0f)[\u200c\u200d]|(?<=[^{_SHAPED}])[{_SELECTORS}]"
)
_CANDIDATE = re.compile(
    f"[{_DIRECTING}{_DIRECTION_MARKS}{_TAGS}{_BLANK}{_SELECTORS}\u00ad\u200c\u200d]"
)
# Halves of characters, and code points that will never be one.
_NOTHING = re.compile(
    "[\ud800-\udfff\ufdd0-\ufdef"
    + "".join(f"{chr(p * 65536 + 0xFFFE)}{chr(p * 65536 + 0xFFFF)}" for p in range(17))
    + "]"
)
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff]"
)
# Where no spaces stand between words, a zero-width one says where a line may end.
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u1950-\u1aff\u2e80-\u9fff\uac00-\ud7a3]")
_TURNING = re.compile("[\u202a\u202b\u202d\u202e\u2066-\u2068]")
_TELLING = re.compile(f"[{_DIRECTING}{_TAGS}\u115f\u1160\u2800\u3164\uffa0]")
# A direction that ends turns nothing.
_ENDS = frozenset("\u202c\u2069")
_MARK_RUN = re.compile(rf"[^\w\s\x00-\x7f]{{{MOST_MARKS + 1},}}")


@cache
def _unseen() -> re.Pattern[str]:
    """Return the pattern, which takes longer to compile than most commands need it for."""
    return re.compile(_UNSEEN_PATTERN)


def strip(text: str) -> str:
    """Return text without characters nobody sees; those that are none become U+FFFD.

    >>> strip("Sho\\u200bigu"), strip("می\\u200cخواهم") == "می\\u200cخواهم"
    ('Shoigu', True)
    """
    if text.isascii():
        return text
    if _CANDIDATE.search(text):
        text = _unseen().sub(lambda match: match["written"] or "", text)
    return _NOTHING.sub("\ufffd", text)


def holds(text: str) -> bool:
    """Return whether a text of any length holds something nobody sees, soft hyphens apart."""
    if text.isascii() or not _CANDIDATE.search(text):
        return False
    return any(not match["written"] and match[0] != "\u00ad" for match in _unseen().finditer(text))


def find(text: str) -> list[Run]:
    """Return what nobody sees within a line, run by run: its offset in `strip(text)`, the run.

    Left out is what is there for the layout's sake: soft hyphens, what stands at either end of
    the line, direction marks in a line that has letters written from right to left.
    """
    if text.isascii() or not _CANDIDATE.search(text):
        return []
    found = [match for match in _unseen().finditer(text) if not match["written"]]
    ours = _RIGHT_TO_LEFT.search(text) is not None
    inner = len(text) - len(_lstrip(text)), len(_rstrip(text))
    # Those that stand side by side have one offset in the kept text.
    told = (
        (match.start() - gone, match[0])
        for gone, match in enumerate(found)
        if _is_told(text, match.start(), inner, ours)
    )
    together = groupby(told, key=lambda run: run[0])
    return [(offset, "".join(chars for _, chars in run)) for offset, run in together]


def _is_told(text: str, at: int, inner: tuple[int, int], right_to_left: bool) -> bool:
    """Return whether readers are told of the character at an offset."""
    char = text[at]
    if _TELLING.match(char):
        return True
    if char == "\u00ad" or not inner[0] <= at < inner[1]:
        return False
    if char in "\u061c\u200e\u200f":
        return not right_to_left
    return not (char == "\u200b" and _UNSPACED.match(text[at - 1 : at]))


def deceptions(text: str) -> list[str]:
    """Return the runs of a line that no honest page holds: turned text, a word cut unseen."""
    runs = find(text)
    kept = strip(text) if runs else ""
    return [run for at, run in runs if _deceives(kept, at, run)]


def _deceives(kept: str, at: int, run: str) -> bool:
    cut = kept[at - 1 : at].isalnum() and kept[at : at + 1].isalnum()
    return not _ENDS.issuperset(run) and (cut or _TELLING.search(run) is not None)


def label(run: str) -> str:
    """Return what the characters of a run are called, each kind once.

    >>> label("\\u202e\\u200b\\u200b")
    'U+202E right-to-left override, 2 × U+200B zero width space'
    """
    counted = Counter(run)
    named = [_called(char, number) for char, number in list(counted.items())[:_NAMED]]
    return ", ".join((*named, *(["…"] if len(counted) > _NAMED else [])))


def codes(run: str) -> str:
    """Return the shortest name of a run: the code of its first character, `…` if others follow."""
    return f"U+{ord(run[0]):04X}{'…' if len(set(run)) > 1 else ''}"


def turns(run: str) -> bool:
    """Return whether a run changes the direction of the text after it."""
    return _TURNING.search(run) is not None


def _called(char: str, number: int) -> str:
    name = unicodedata.name(char, "invisible character").lower()
    return f"{f'{number} × ' if number > 1 else ''}U+{ord(char):04X} {name}"


def bounded_marks(text: str) -> str:
    """Return text with at most thirty marks on one letter, fit for normalising."""
    return text if text.isascii() else _MARK_RUN.sub(lambda match: _bounded(match[0]), text)


def _bounded(run: str) -> str:
    parts = []
    for marks, chars in groupby(run, lambda char: _is_mark(char)):
        part = "".join(chars)
        parts.append(part[:MOST_MARKS] if marks else part)
    return "".join(parts)


@cache
def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me")


def _lstrip(text: str) -> str:
    return re.sub(rf"^(?:\s|{_CANDIDATE.pattern})+", "", text)


def _rstrip(text: str) -> str:
    end = len(text)
    while end and (text[end - 1].isspace() or _CANDIDATE.match(text, end - 1)):
        end -= 1
    return text[:end]
