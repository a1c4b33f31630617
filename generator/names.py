"""Names as strings: how they are compared, tidied and turned into addresses."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

from generator import unseen

# Names Windows can't give a file, whatever its ending.
RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))]
)
# The page that lists a folder's cards.
LISTS = frozenset(["index"])
SLUG_LENGTH = 80

# What tidying makes of each mark.
_MARKS = {
    **dict.fromkeys("’‘ʼ`", "'"),
    **dict.fromkeys("“”", '"'),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
# Letters and signs of Western texts: nobody can't see them, and normalising leaves them alone.
_WESTERN = re.compile(
    "[\u00a0-\u00ac\u00ae-\u024f\u02bc\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2212]*"
)
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_NO_WORD = re.compile(r"[^\w']+")
_NO_ADDRESS = re.compile(r"[^a-z0-9]+")
# Letters that decomposition leaves outside ASCII.
_LATIN = str.maketrans(
    {"ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o",
     "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ł": "l", "Ł": "l",
     "ı": "i", "ħ": "h", "Ħ": "h", "ŋ": "n", "Ŋ": "n"}
)  # fmt: skip


def tidy(name: str) -> str:
    """Return a name with single spaces, straight quotes and plain hyphens."""
    if name.isascii():
        return " ".join(name.replace("`", "'").split())
    if not _WESTERN.fullmatch("".join(_FOREIGN.findall(name))):
        name = unicodedata.normalize("NFC", unseen.bounded_marks(unseen.strip(name)))
    for mark, plain in _MARKS.items():
        name = name.replace(mark, plain)
    return " ".join(name.split())


@lru_cache(maxsize=20_000)  # words come again; sentences don't come here
def fold(text: str) -> str:
    """Return text in lower case without accents, for comparing; other scripts are kept."""
    return fold_once(text)


def fold_once(text: str) -> str:
    """Return the same as `fold`, and remember nothing: for long lists, each gone through once."""
    if text.isascii() and text.isalpha():
        return text.lower()
    tidied = tidy(text)
    if tidied.isascii():  # most words: the same result, sooner
        return tidied.lower()
    return _FOREIGN.sub(_plain, tidied).casefold()


def _plain(match: re.Match[str]) -> str:
    """Return letters outside ASCII without their marks."""
    decomposed = unicodedata.normalize("NFKD", match[0].translate(_LATIN))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


@lru_cache(maxsize=20_000)
def key(name: str) -> str:
    """Return what two spellings of one name share: no case, accent, article or punctuation.

    >>> key("The Kim Jong-un") == key("kim jong un")
    True
    """
    return _key(fold(name))


def key_once(name: str) -> str:
    """Return the same as `key`, and remember nothing: for long lists, each gone through once."""
    return _key(fold_once(name))


def _key(folded: str) -> str:
    if not folded.replace(" ", "").isalnum():
        folded = _NO_WORD.sub(" ", folded.replace(".", "")).replace("'", "")
    words = folded.split()
    words = ["saint" if word == "st" else word for word in words]
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def slug(name: str) -> str:
    """Return an ASCII address for a name, at most 80 characters; empty if none can be made."""
    ascii_text = fold(name).replace("'", "").encode("ascii", "ignore").decode()
    text = _NO_ADDRESS.sub("-", ascii_text).strip("-")
    if len(text) > SLUG_LENGTH:
        text = text[: SLUG_LENGTH + 1].rpartition("-")[0] or text[:SLUG_LENGTH]
    return f"{text}-name" if text in RESERVED or text in LISTS else text


def unique_slug(name: str, kind: str, taken: set[str]) -> str:
    """Return a slug for `name` that is not in `taken`; `kind` stands in for an empty one."""
    base = slug(name) or kind
    candidate, number = base, 2
    while candidate in taken:
        candidate = f"{base[: SLUG_LENGTH - 4].rstrip('-')}-{number}"
        number += 1
    return candidate


def short_hash(*parts: str | None) -> str:
    """Return twelve hexadecimal digits that stand for some words, the same for ever."""
    text = "\x1f".join("\x1e" if part is None else part for part in parts)
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:12]
