"""Other names of one thing: acronyms, former names, a name in its own script."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator import names
from generator.extract.clauses import Clause, by_first, phrase_after, statement
from generator.extract.items import Row
from generator.model import Statement


def other_names(clause: Clause) -> Iterator[Statement]:
    """'The Ministry of Social Security, formerly known as the Ministry of …'."""
    row = clause.row
    if row.lows.isdisjoint(_leads()):
        return
    for i, item in enumerate(row.items):
        if not item.named:
            continue
        start = _past_acronym(row, i + 1)
        start += row.low(start) in (",", "(")
        for property, key in (("former_name", "formerly"), ("other_name", "also")):
            start += key == "formerly" and row.low(start) in ("is", "was")
            j = phrase_after(row, start, key)
            j += bool(j) and row.low(j) == "the"
            other = row.at(j) if j else None
            if other and other.named and other.kind == item.kind and other.text != item.text:
                yield statement(
                    clause, property, item, item.start, other.end, key,
                    value=other.text, same=other.mention,
                )  # fmt: skip


@cache
def _leads() -> frozenset[str]:
    """Return the words that lead to another name."""
    return frozenset(by_first("formerly")) | frozenset(by_first("also"))


def _past_acronym(row: Row, i: int) -> int:
    """Return the index after '(NIS)' at `i`."""
    return i + 3 if row.low(i) == "(" and row.low(i + 2) == ")" else i


def names_at_birth(clause: Clause) -> Iterator[Statement]:
    """'Ann Lee (née Poe)', 'Ann Lee, born Ann Poe,'."""
    row = clause.row
    for i in row.where(_NEE):
        item, own = row.at(i - 2), row.at(i + 1)
        if item.kind == "person" and row.low(i - 1) in ("(", ",") and own.text[:1].isupper():
            yield statement(
                clause, "former_name", item, item.start, own.end, "name at birth", value=own.text
            )


_NEE = frozenset(["nee"])


def native_names(clause: Clause) -> Iterator[Statement]:
    """'Sergei Shoigu (Сергей Шойгу)': the name in its own script."""
    row = clause.row
    for i in row.where(_OPENING):
        item, own = row.at(i - 1), row.at(i + 1)
        if not item.named or own.kind != item.kind:
            continue
        if own.named and not own.text.isascii() and not _LATIN.search(own.text):
            yield statement(
                clause, "other_name", item, item.start, row.at(i + 2).end, "own script",
                value=own.text, same=own.mention,
            )  # fmt: skip


_OPENING = frozenset(["(", "["])
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def acronyms(clause: Clause) -> Iterator[Statement]:
    """'Liberal Democratic Party of Russia (LDPR)'."""
    row = clause.row
    for i in row.where(_OPENING):
        item, short = row.at(i - 1), row.at(i + 1)
        if not item.named or item.kind == "person":
            continue
        full = clause.text[slice(*item.whole)]
        fits = is_acronym(short.text, item.text) or is_acronym(short.text, full)
        if short.named and fits and row.low(i + 2) in (")", "]", ",", "or"):
            yield statement(
                clause, "acronym", item, item.start, row.at(i + 2).end, "acronym",
                value=short.text, same=short.mention,
            )  # fmt: skip


def is_acronym(short: str, name: str) -> bool:
    """Return whether `short` can stand for `name`: its letters are initials in order."""
    letters = [c.lower() for c in short if c.isalpha()]
    if not letters or len(letters) < 2 or sum(c.isupper() for c in short) < 2 or " " in short:
        return False
    pool = [word[0] for word in names.key(name).split()]
    # A short form from another language keeps most initials: Federal Security Service (FSB).
    if letters[0] == pool[0] and 2 * len(set(letters) & set(pool)) > len(letters) > 2:
        return True
    return letters[0] == pool[0] and _subsequence(letters[1:], names.key(name).replace(" ", "")[1:])


def _subsequence(letters: list[str], text: str) -> bool:
    remaining = iter(text)
    return all(letter in remaining for letter in letters)
