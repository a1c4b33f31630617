"""One sentence ready for the rules of statements, and the small grammar they share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from generator import lexicons, names
from generator.extract.items import Item, Row
from generator.extract.offices import Office
from generator.model import DateMention, Ref, Statement

DASHES = ("—", "–", "-", "(", ",")


@dataclass(frozen=True, slots=True)
class Clause:
    """One sentence ready for the rules: the article's text, the row, its office phrases."""

    text: str
    row: Row
    offices: tuple[Office, ...]
    dates: Mapping[int, DateMention]  # by where they start


def statement(
    clause: Clause, property: str, subject: Item, start: int, end: int, rule: str,
    *, value: str | None = None, of: Ref | None = None, whole: str | None = None,
    same: int | None = None, date: str | None = None,
) -> Statement:  # fmt: skip
    assert subject.mention is not None
    return Statement(
        property, subject.mention, clause.row.sentence.number, (start, end), rule,
        value=value, of=of, whole=whole, same=same, date=date,
    )  # fmt: skip


def relation(clause: Clause, property: str, subject: Item, of: Item, rule: str) -> Statement:
    start, end = min(subject.whole[0], of.whole[0]), max(subject.whole[1], of.whole[1])
    ref = Ref(of.text, of.kind, of.mention)  # type: ignore[arg-type]
    return statement(clause, property, subject, start, end, rule, of=ref)


def skip_owner(row: Row, i: int) -> int:
    """Return the index after 'the', "North Korea's" or 'Russian' before a body."""
    i += row.low(i) == "the"
    if row.at(i).kind in ("place", "nationality") and row.at(i + 1).possessive:
        return i + 2
    if row.at(i).kind == "nationality" or (
        row.at(i).kind == "place" and row.at(i + 1).kind == "organization"
    ):
        return i + 1
    return i


def skip_honorifics(row: Row, i: int) -> int:
    """Return the index after 'Mr', 'Sheikh', 'Admiral' before a person's name."""
    j = i
    while row.at(j).kind == "word" and (row.low(j) in _honorifics() or row.low(j) in _ranks()):
        j += 1
    return j if row.at(j).kind == "person" else i


@cache
def _ranks() -> frozenset[str]:
    ranks = lexicons.load("titles")["ranks"]
    found = (w for r in ranks for w in (r["word"], *r.get("abbreviations", ())))
    return frozenset(names.fold(word) for phrase in found for word in phrase.split())


def skip_titles(row: Row, i: int) -> int:
    """Return the index of the person after 'the late President …'."""
    for j in range(i, i + 7):
        if row.at(j).kind == "person":
            return j
        if row.at(j).kind == "word" and not row.at(j).text[0].isalpha():
            break
    return -1


def phrase_after(row: Row, i: int, key: str) -> int:
    """Return the index after the longest phrase of a list that stands at `i`; 0 if none does."""
    for phrase in by_first(key).get(row.low(i), ()):
        if all(row.low(i + k) == word for k, word in enumerate(phrase)):
            return i + len(phrase)
    return 0


def words(key: str) -> frozenset[str]:
    return lexicons.folded("claims", key)


@cache
def phrases(key: str) -> tuple[tuple[str, ...], ...]:
    phrases = {tuple(names.fold(phrase).split()) for phrase in lexicons.load("claims")[key]}
    return tuple(sorted(phrases, key=lambda p: (-len(p), p)))


@cache
def by_first(key: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Return the phrases of a list by their first word, the longest first."""
    found: dict[str, tuple[tuple[str, ...], ...]] = {}
    for phrase in phrases(key):
        found[phrase[0]] = (*found.get(phrase[0], ()), phrase)
    return found


def _honorifics() -> frozenset[str]:
    return lexicons.folded("titles", "honorifics")


def directions() -> frozenset[str]:
    return lexicons.folded("places", "parts")
