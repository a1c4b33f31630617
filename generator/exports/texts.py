"""Foreign text fit for files that programs read: no controls, no odd addresses."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, urlsplit

from generator import unseen

_SCHEMES = ("http", "https")


def clean(text: str) -> str:
    """Return text on one line, without controls and what nobody sees, spaces single.

    >>> clean("one\\u2028two\\x00")
    'one two'
    """
    text = unseen.strip(text)
    if not text.isprintable():
        text = "".join(_plain(char) for char in text)
    return re.sub(r"\s+", " ", text).strip()


def tidy_text(text: str | None) -> str | None:
    """Return clean text, None if nothing is left of it."""
    return clean(text or "") or None


def web_url(url: str | None) -> str | None:
    """Return an http(s) address with nothing in it that an IRI may not hold, else None."""
    try:
        parts = urlsplit((url or "").strip())
        parts.port  # noqa: B018  raises where the port is no number
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or not parts.hostname:
        return None
    return re.sub(r"[\s\x00-\x1f<>\"{}|^`\\]", lambda match: quote(match.group()), parts.geturl())


def plain_date(date: str | None) -> str | None:
    """Return a date that is stated as year, month or day, None for any other.

    >>> plain_date("2025-06"), plain_date("2025-06?"), plain_date("XXXX-05-26")
    ('2025-06', None, None)
    """
    pattern = r"\d{4}(-(0[1-9]|1[0-2])(-\d\d)?)?"
    return date if date and re.fullmatch(pattern, date, re.ASCII) else None


def _plain(char: str) -> str:
    # Controls, line ends, and code points that stand for nothing.
    return " " if unicodedata.category(char) in ("Cc", "Cn", "Zl", "Zp") else char
