"""Strings as YAML scalars that every reader takes for the same string.

A small writer of our own: it is many times faster than a general one, and a string stands
plain only when no reader, of YAML 1.1 or 1.2, inside or outside of brackets, could take it
for anything else. All others stand in double quotes.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Starts with a letter, holds nothing that means something to YAML, ends with no space.
_PLAIN = re.compile(r"[^\W\d_](?:[\w.'’()/&;+-]| (?![ #]))*(?<! )")
# Plain words that some readers take for a truth value or for nothing.
_GUESSED = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null"])
# Control characters, line breaks of any kind, byte order marks, halves of surrogate pairs and
# non-characters; and characters that turn or hide the text around them, so that a person
# reading the file sees what is there.
_ESCAPED = re.compile(
    r'["\\\x00-\x1f\x7f-\xa0\xad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff'
    r"\ufff9-\uffff\U000e0000-\U000e007f]"
)
# Texts that come again and again are looked at once: ids and names, as far as there is room.
_REPEATED = 1 << 16
_SHORT = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def scalar(text: str) -> str:
    """Return a string as a YAML scalar: plain where that is safe, else in double quotes.

    >>> scalar("Sergei Shoigu"), scalar("2025-06"), scalar("no")
    ('Sergei Shoigu', '"2025-06"', '"no"')
    """
    if _PLAIN.fullmatch(text) and text.lower() not in _GUESSED:
        return text
    return quoted(text)


@lru_cache(_REPEATED)
def name_scalar(text: str) -> str:
    """Return what `scalar` does, at once for an id or a name that was asked for before."""
    return scalar(text)


def quoted(text: str) -> str:
    """Return a string as a YAML scalar in double quotes, on one line."""
    # Of all that is escaped only these four can be printed, and that is asked quickly.
    if (
        not text.isprintable()
        or '"' in text
        or "\\" in text
        or "\ufffc" in text
        or "\ufffd" in text
    ):
        text = _ESCAPED.sub(_escape, text)
    return f'"{text}"'


def flow_list(items: tuple[str, ...]) -> str:
    """Return strings as a YAML list in brackets."""
    return f"[{', '.join(map(name_scalar, items))}]"


def flow_mapping(*fields: tuple[str, str]) -> str:
    """Return keys and finished values as a YAML mapping in braces."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in fields) + "}"


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xD800 <= code <= 0xDFFF:
        return "\\uFFFD"  # half a character, which no UTF-8 file can hold
    if code > 0xFFFF:
        return f"\\U{code:08X}"
    return _SHORT.get(match[0]) or (f"\\x{code:02X}" if code < 0x100 else f"\\u{code:04X}")
