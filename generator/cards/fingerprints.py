"""What an article is known by among others: its wording, its names, its figures, its days."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

import numpy as np

from generator import countries, edtf, lexicons, names
from generator.model import Article, Extraction

Runs = np.ndarray[Any, np.dtype[np.uint32]]

# An odd number whose bits are all but evenly mixed: the golden ratio in 64 bits.
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
# Five words in a row: fewer are common turns of phrase, more break at every small change.
RUN = 5

_WORD = re.compile(r"\w+")
_CAPITAL = re.compile(r"(?<!\w)(?!\d)[^\W_a-z][\w'’-]*")


@dataclass(frozen=True, slots=True)
class Wording:
    """What follows from an article alone.

    `runs` are checksums of five words in a row, each once, sorted, as 32-bit numbers; `capitals`
    all words that begin with a capital, in lower case. These and the figures stand in one text,
    which takes a tenth of the room of a set: there is one for each article.
    """

    runs: bytes
    capitals: str
    figures: str


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What two articles are compared by.

    `source` is the outlet's name in lower case, or empty. `day` counts days, None where the date
    isn't known; `published` says that it is the publication's, not only when the page was saved.
    `named` are the words of names, in lower case: what one article shows to be a name is one in
    the other, where it begins with a capital.
    """

    id: str
    source: str
    day: int | None
    published: bool
    named: frozenset[str]
    wording: Wording

    @property
    def runs(self) -> Runs:
        """Return the checksums of its runs of words."""
        return np.frombuffer(self.wording.runs, "<u4")

    @property
    def capitals(self) -> frozenset[str]:
        """Return the words that begin with a capital."""
        return _words(self.wording.capitals)

    @property
    def figures(self) -> frozenset[str]:
        """Return the numbers and dates."""
        return _words(self.wording.figures)


@lru_cache(1_000)
def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def make_wording(article: Article, extraction: Extraction) -> Wording:
    """Return what an article is known by, whatever else there is."""
    words = _WORD.findall(names.fold_once(article.text))
    return Wording(
        _runs(words).tobytes(),
        _joined(_WORD.findall(names.fold_once(" ".join(_CAPITAL.findall(article.text))))),
        _joined(_figures(article, extraction)),
    )


def _joined(words: Iterable[str]) -> str:
    return " ".join(sorted(set(words)))


def _runs(words: Sequence[str]) -> Runs:
    """Return the checksums of every run of words, each once, sorted."""
    sums = np.array([crc32(word.encode()) for word in words], np.uint64)
    count = max(len(words) - RUN + 1, 0)
    whole = np.zeros(count, np.uint64)
    for i in range(RUN):
        whole = whole * _SPREAD + sums[i : i + count]
    return np.unique((whole >> np.uint64(32)).astype("<u4"))


def make_fingerprint(
    article: Article, extraction: Extraction, outlets: Collection[str], wording: Wording
) -> Fingerprint:
    """Return an article's fingerprint; `outlets` are the sources' names in lower case."""
    return Fingerprint(
        article.id,
        (article.source or "").casefold(),
        _day(article.published) or _day(article.page_date),
        _day(article.published) is not None,
        frozenset(_named(extraction, outlets)),
        wording,
    )


def _day(date_text: str | None) -> int | None:
    """Return a date as a count of days, None if it is no single day."""
    first, last = edtf.bounds(date_text or "") or ("", "-")
    return date.fromisoformat(first).toordinal() if first == last else None


def _named(extraction: Extraction, outlets: Collection[str]) -> Iterator[str]:
    """Yield the words of the names, but of the outlets': a credit is no part of the story."""
    surfaces = {mention.surface for mention in extraction.mentions}
    found = " ".join(surface for surface in surfaces if surface.casefold() not in outlets)
    # A name in other words is still the name: "MV Nyanza Star", "the Nyanza Star".
    yield from (w for w in _WORD.findall(names.fold_once(found)) if len(w) > 2 and not w.isdigit())


def _figures(article: Article, extraction: Extraction) -> Iterator[str]:
    """Yield the numbers of the text, and its dates apart from them."""
    text, at = [], 0
    for found in extraction.dates:
        text.append(article.text[at : found.start])
        at = max(at, found.end)
        if found.value:
            yield f"@{found.value.rstrip('?~%')}"
    text.append(article.text[at:])
    yield from (f"#{number:.6g}" for number in read_numbers(" | ".join(text)))


# --- numbers


def read_numbers(text: str) -> list[float]:
    """Return the numbers of a text in order, in digits or words.

    >>> read_numbers("Six hundred and forty jobs, $3.4bn, half a dozen, 1,200 km, 2-1")
    [640.0, 3400000000.0, 6.0, 1200.0, 2.0, 1.0]
    """
    found: list[float] = []
    parts: list[float] = []  # of the number being read: what is settled, what still grows
    plain, end = _plain(names.fold_once(text)), 0
    for token in _tokens().finditer(plain):
        word = token[0]
        if parts and plain[end : token.start()].strip():  # other words between
            found.append(sum(parts))
            parts = []
        end = token.end()
        scale = _scale(token) if token["digits"] else _scales().get(word)
        if token["digits"]:
            found += [sum(parts)] if parts else []
            parts = [float(token["digits"].replace(",", "")) * (scale or 1)]
        elif word in _values():
            joins = parts and _fits(parts[-1], _values()[word])
            found += [sum(parts)] if parts and not joins else []
            parts = [*parts, _values()[word]] if joins else [_values()[word]]
        elif scale and parts:
            larger = [part for part in parts if part >= scale]
            parts = [*larger, (sum(parts) - sum(larger) or 1) * scale]
        elif word not in ("and", "-") or not parts or parts[-1] < 20:
            found += [sum(parts)] if parts else []
            parts = []
    return [*found, sum(parts)] if parts else found


@cache
def _tokens() -> re.Pattern[str]:
    """Return what finds digits, the words of numbers, and what may stand between these."""
    words = "|".join(sorted({*_values(), *_scales(), "and"}, key=lambda word: (-len(word), word)))
    return re.compile(
        r"(?P<money>[$€£¥] ?)?(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<tail>[a-z]*)"
        rf"|(?<![a-z])(?:{words})(?![a-z])|-"
    )


def weigh_figure(figure: str) -> float:
    """Return how telling a figure is: 214 tells more than 200, and 6 next to nothing."""
    if figure.startswith("@"):
        return 0.6 if len(figure) == len("@2025-01-01") else 0.3
    number = float(figure[1:])
    digits = len(f"{number:.6g}".partition("e")[0].replace(".", "").strip("0"))
    if number < 20:
        return 0.05 if number < 2 else 0.15 if number < 4 else 0.4 if digits < 3 else 0.8
    return (0.5, 0.8, 1.2)[min(digits, 3) - 1]


@lru_cache(10_000)
def weigh_name(word: str) -> float:
    """Return how telling a word of a name is: a country is the stage of many stories."""
    return 0.4 if countries.named(word) else 1.0


def _fits(before: float, value: float) -> bool:
    """Return whether a number word goes on with the number before it: 'sixty' 'two'."""
    return before >= 100 and before % 100 == 0 or value < 10 and before in range(20, 100, 10)


def _scale(token: re.Match[str]) -> float | None:
    """Return what letters stuck to digits multiply by: 3.4bn, $62m."""
    tail = token["tail"]
    return 1e6 if tail == "m" and token["money"] else _scales().get(tail)


def _plain(text: str) -> str:
    for phrase, value in lexicons.load("numbers")["phrases"].items():
        text = text.replace(phrase, value)
    return text


@cache
def _values() -> dict[str, float]:
    return {word: float(value) for word, value in lexicons.load("numbers")["values"].items()}


@cache
def _scales() -> dict[str, float]:
    return {word: float(value) for word, value in lexicons.load("numbers")["scales"].items()}
