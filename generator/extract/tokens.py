"""Words and marks of a text with their offsets."""

from __future__ import annotations

import re
from typing import NamedTuple

# Abbreviated names keep their stops (U.S., J.), hyphens and apostrophes stand alone so
# that "Moscow-Pyongyang" can be two names and "Jong-un" one; 's is a token of its own.
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S.  J.K.
    r"|(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Sgt|Maj|Capt|Cmdr|Adm|Rep|Sen|Gov|Prof|Rev|Hon|Jr|Sr|Mt)\.(?=\s)"
    r"|(?<![\w'’])[A-Z]\.(?=\s+[A-Z])"  # an initial
    r"|['’][sS]\b"
    r"|\d+(?:[.,:]\d+)+"
    r"|\w+(?:['’](?![sS]\b)\w+)*"  # O'Brien; "People's" is People + 's
    r"|\S"
)


class Token(NamedTuple):
    """One word or mark; `text[start:end]` is `surface`."""

    surface: str
    start: int
    end: int


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Return the tokens of `text[start:end]` with offsets into `text`.

    >>> [t.surface for t in tokenize("Kim Jong-un's U.S. trip")]
    ['Kim', 'Jong', '-', 'un', "'s", 'U.S.', 'trip']
    """
    stop = len(text) if end is None else end
    return [Token(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text, start, stop)]
