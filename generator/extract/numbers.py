"""Numbers in a sentence: '3,400', 'forty-one', 'at least a dozen', '$1.2bn', '10 to 12'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator import lexicons, names
from generator.extract.items import Row


@dataclass(frozen=True, slots=True)
class Number:
    """A number as cards write it: 'at least 3,400', '$1.2 million'; `after` is the next item."""

    figure: str
    start: int
    end: int
    after: int
    money: bool


_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)([a-z]{0,2})", re.ASCII)


def number_at(row: Row, i: int) -> Number | None:
    """Return the number that begins at an item, with the words that bound it and its money."""
    if row.at(i).kind != "word" or not _may_begin(row.low(i)):
        return None
    hedge, j = _hedge(row, i)
    sign, j = _sign(row, j)
    read = _range(row, j, bool(sign))
    if read is None:
        return None
    figure, j = read
    if not sign and row.low(j) in _lexicon()["money"]:
        sign, j = _lexicon()["money"][row.low(j)], j + 1
    words = f"{hedge} {sign}{figure}" if hedge else f"{sign}{figure}"
    return Number(words, row.at(i).start, row.at(j - 1).end, j, bool(sign))


def _may_begin(low: str) -> bool:
    return low in _openers() or low[:1].isdigit()


@cache
def _openers() -> frozenset[str]:
    """Return the words that a number can begin with: few words of a text are such."""
    signs = {names.fold(part) for sign in _lexicon()["signs"] for part in (sign, sign[:-1])}
    return frozenset({*_hedges(), *_lexicon()["numbers"], "a", "between"} | signs)


def _hedge(row: Row, i: int) -> tuple[str, int]:
    """Return 'at least' or the like and the item after it, or nothing."""
    for hedge in _hedges().get(row.low(i), ()):
        if tuple(row.low(i + k) for k in range(len(hedge))) == hedge:
            return " ".join(hedge), i + len(hedge)
    return "", i


@cache
def _hedges() -> dict[str, list[tuple[str, ...]]]:
    """Return the words that bound a number by the first of them, the longest first."""
    found = {tuple(h.split()) for hedges in _lexicon()["hedges"].values() for h in hedges}
    by_first: dict[str, list[tuple[str, ...]]] = {}
    for hedge in sorted(found, key=lambda hedge: (-len(hedge), hedge)):
        by_first.setdefault(hedge[0], []).append(hedge)
    return by_first


def _sign(row: Row, i: int) -> tuple[str, int]:
    """Return the sign of money at an item: '$', 'US$', '€'; or nothing."""
    signs = _lexicon()["signs"]
    pair = row.at(i).text + row.at(i + 1).text
    if pair in signs and row.at(i).end == row.at(i + 1).start:
        return signs[pair], i + 2
    return (signs[row.at(i).text], i + 1) if row.at(i).text in signs else ("", i)


def _range(row: Row, i: int, money: bool) -> tuple[str, int] | None:
    """Return '10–12' for '10 to 12' and 'between 10 and 12', else the one number."""
    between = row.low(i) == "between"
    first = _figure(row, i + between, money)
    if first is None:
        return None
    low, j = first
    if row.low(j) in (("and",) if between else ("to", "-", "–")):
        second = _figure(row, j + 1, money)
        if second and low[-1].isdigit():
            return f"{low}–{second[0]}", second[1]
    return None if between else first


# More digits count nothing; of thousands of them Python makes no number.
_LONGEST = 30


def _figure(row: Row, i: int, money: bool) -> tuple[str, int] | None:
    """Return a number as cards write it: '3,400', '1.2 million'."""
    match = _DIGITS.fullmatch(row.low(i))
    if match is None or len(match[1]) > _LONGEST:
        return _in_words(row, i)
    if match[2]:
        short = _lexicon()["short_scales"].get(match[2]) if money else None
        return (f"{_tidy(match[1])} {short}", i + 1) if short else None
    digits, j = match[1], i + 1
    while re.fullmatch(r"\d{3}", row.low(j)) and len(digits) <= 7 and _blank(row, j):
        digits, j = digits + row.low(j), j + 1  # 11 000
    scale = _scale(row, j, money)
    return (f"{_tidy(digits)} {scale}", j + 1) if scale else (_tidy(digits), j)


def _tidy(digits: str) -> str:
    return digits if "." in digits else f"{int(digits.replace(',', '')):,}"


def _scale(row: Row, i: int, money: bool) -> str | None:
    """Return the 'million' after a number; 'bn' is one of money only, right behind it."""
    word = row.low(i)
    if money and row.at(i).start == row.at(i - 1).end and word in _lexicon()["short_scales"]:
        return str(_lexicon()["short_scales"][word])
    return word if word in _lexicon()["scales"] else None


def _blank(row: Row, i: int) -> bool:
    return row.at(i).start == row.at(i - 1).end + 1


def _in_words(row: Row, i: int) -> tuple[str, int] | None:
    """Return 'forty-one', 'two hundred', 'a dozen' in digits."""
    numbers, multiples = _lexicon()["numbers"], _lexicon()["multiples"]
    j = i + (row.low(i) == "a")
    if j > i and row.low(j) == "dozen":
        return "12", j + 1
    total = 1 if j > i and row.low(j) in multiples else int(numbers.get(row.low(j), 0))
    if not total:
        return None
    j += j == i
    if 20 <= total < 100 and row.low(j) == "-" and row.low(j + 1) in numbers:
        total, j = total + int(numbers[row.low(j + 1)]), j + 2
    while row.low(j) in multiples:
        total, j = total * int(multiples[row.low(j)]), j + 1
    if row.low(j) in _lexicon()["scales"]:
        return f"{total} {row.low(j)}", j + 1
    return f"{total:,}", j


def _lexicon() -> Any:
    return lexicons.load("counts")
