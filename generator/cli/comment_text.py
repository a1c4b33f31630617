"""Foreign text in a comment on a forge: shown as it was written, and nothing more.

A forge reads Markdown and HTML in a comment, and in what it shows of it still finds people to
notify, addresses, other comments and commits. The first is kept from it by entities, the rest by
a character of no width: `@` alone as an entity would still notify.
"""

from __future__ import annotations

import re
import string

from generator.pages.escape import clean

LONGEST = 300

_BREAK = "\u200b"
# Where a forge would find something to link in the text it shows.
_TRIGGERS = re.compile(
    r"(?<=[@#:$])(?=\S)"  # @somebody, #12, https://…, :word:
    r"|(?<=www)(?=\.)|(?<=\w\.)(?=[^\W\d_])"  # www.…, and other hosts
    r"|(?<=[A-Za-z]-)(?=\d)",  # GH-12
    re.IGNORECASE,
)
_COMMIT = re.compile(r"\b[0-9a-f]{7,}\b", re.IGNORECASE)
# All that could mean something to Markdown or HTML; a hyphen between letters can't.
_HARMLESS = set(" ,.;'/%-")
_CODED = re.escape("".join(sorted(set(string.punctuation) - _HARMLESS)) + _BREAK)
_MARKUP = re.compile(rf"[{_CODED}]|(?<!\w)-|-(?!\w)")


def shortened(text: str) -> str:
    """Return text on one line, without control characters, cut where it is very long."""
    plain = clean(text).strip()
    return plain if len(plain) <= LONGEST else f"{plain[: LONGEST - 1].rstrip()}…"


def comment_text(text: str) -> str:
    """Return foreign text as Markdown of a comment that shows these words and does nothing.

    >>> comment_text("ask @ada")
    'ask &#64;&#8203;ada'
    """
    broken = _TRIGGERS.sub(_BREAK, _COMMIT.sub(_in_pieces, shortened(text)))
    return _MARKUP.sub(lambda match: f"&#{ord(match.group())};", broken)


def _in_pieces(match: re.Match[str]) -> str:
    return re.sub(r".{6}(?=.)", rf"\g<0>{_BREAK}", match.group())
