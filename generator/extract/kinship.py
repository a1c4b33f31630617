"""Who is whose daughter, brother, widow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from generator import lexicons
from generator.extract import person_names
from generator.extract.clauses import Clause, skip_titles, statement
from generator.extract.items import Item, Row
from generator.extract.moments import when
from generator.extract.offices import ARTICLES
from generator.extract.predicates import (
    PERSON,
    closes,
    group_after,
    passive_subject,
    skip_lead_ins,
    subject_of,
)
from generator.model import Ref, Statement


def kin_of_possessor(clause: Clause) -> Iterator[Statement]:
    """'his daughter Kim Ju Ae', "Kim's sister, Kim Yo Jong"."""
    row = clause.row
    for i, end, word in _kin(row):
        j = end + (row.low(end) == ",")
        person = row.at(skip_lead_ins(row, j, PERSON))
        if person.kind != "person":
            continue
        possessor = _possessor(row, i, person)
        if possessor and possessor.mention != person.mention:
            yield _family(clause, person, word, possessor, i)


def kin_in_apposition(clause: Clause) -> Iterator[Statement]:
    """'Kim Ju Ae, daughter of Kim Jong Un', "Y is X's wife", 'Y, the wife of X'."""
    row = clause.row
    for i, end, word in _kin(row):
        subject = _apposed(row, i)
        if subject is None:
            continue
        j = skip_titles(row, end + 1) if row.low(end) == "of" else -1
        other = row.at(j) if row.at(j).kind == "person" else _possessive_person(row, i)
        if other and other.kind == "person" and other.text != subject.text:
            yield _family(clause, subject, word, other, i)
            second = _other_parent(row, j) if word in _CHILDREN and j > 0 else None
            if second:
                yield _family(clause, subject, word, second, i)


_CHILDREN = frozenset(["son", "daughter", "child"])


def _other_parent(row: Row, i: int) -> Item | None:
    """Return who stands after 'and' in 'the daughter of Ann Lee and the painter Bo Fox'."""
    if row.low(i + 1) != "and" or row.at(i).kind != "person":
        return None
    j = skip_lead_ins(row, i + 2, PERSON)
    whole = row.at(j).kind == "person" and closes(row, j + 1)
    return row.at(j) if whole and row.low(j + 1) in (",", ".", ";", ")", "") else None


def marriages(clause: Clause) -> Iterator[Statement]:
    """'Ann Lee married Bo Fox in 1989', 'Ann Lee is married to the painter Bo Fox'."""
    row = clause.row
    for i in row.where(_MARRIED):
        to = row.low(i + 1) == "to"
        other = group_after(row, i + 1 + to, PERSON)
        if other is None or len(other.names) > 1:
            continue
        one = (passive_subject if to else subject_of)(clause, i, PERSON)
        if one and len(one.names) == 1 and one.names[0].mention != other.names[0].mention:
            date = None if to else when(clause, one.start, _past_place(row, other.end))
            found = _family(clause, one.names[0], "spouse", other.names[0], i)
            yield replace(found, date=date)


_MARRIED = frozenset(["married"])


def _past_place(row: Row, i: int) -> int:
    """Return the index after 'in Geiranger'."""
    return i + 2 if row.low(i) in ("in", "at") and row.at(i + 1).kind == "place" else i


def _family(clause: Clause, subject: Item, word: str, other: Item, i: int) -> Statement:
    start = min(subject.start, other.start, clause.row.at(i).start)
    end = max(subject.end, other.end, clause.row.at(i).end)
    ref = Ref(other.text, "person", other.mention)
    return statement(clause, "family", subject, start, end, "kinship", value=word, of=ref)


def _kin(row: Row) -> Iterator[tuple[int, int, str]]:
    """Yield where a kinship word begins and ends, and the word: 'brother-in-law' in one."""
    for i in row.where(_kin_words()):
        if row.at(i).kind != "word":
            continue
        law = [row.low(i + k) for k in range(1, 5)] == ["-", "in", "-", "law"]
        word = f"{row.low(i)}-in-law" if law else row.low(i)
        if word in _kin_words():
            yield i, i + 1 + 4 * law, word


def _possessor(row: Row, i: int, person: Item) -> Item | None:
    """Return whose kin: the person before 's, or the nearest one 'his' can mean."""
    direct = _possessive_person(row, i)
    if direct:
        return direct
    j = i - 1
    while row.at(j).kind == "word" and row.low(j) in _kin_adjectives():
        j -= 1
    if row.low(j) not in ("his", "her", "their"):
        return None
    if row.low(j - 1) == "and" and row.at(j - 2).kind in ("person", "word"):
        # 'Kim and his sister', but not 'the farmer and his son'
        return row.at(j - 2) if row.at(j - 2).kind == "person" else None
    if row.low(j - 1) in person_names.roles():
        return None  # 'sold the king his cousin Mia's horse'
    before = {i.text: i for i in row.items[: max(j, 0)] if i.kind == "person"}
    before.pop(person.text, None)
    return next(iter(before.values())) if len(before) == 1 else None


def _possessive_person(row: Row, i: int) -> Item | None:
    j = i - 1
    while row.at(j).kind == "word" and row.low(j) in _kin_adjectives():
        j -= 1
    found = row.at(j).possessive and row.at(j - 1).kind == "person"
    return row.at(j - 1) if found else None


def _apposed(row: Row, i: int) -> Item | None:
    """Return the person a kinship word is said of: 'Y, the …', 'Y is the …', 'Y, X's …'."""
    j = i - 1
    while row.at(j).kind == "word" and row.low(j) in _kin_adjectives() | ARTICLES:
        j -= 1
    if row.at(j).possessive and row.at(j - 1).kind == "person":
        j -= 2
    if row.low(j) in (",", "(", "is", "was", "—") and row.at(j - 1).kind == "person":
        return row.at(j - 1)
    return None


@cache
def _kin_words() -> frozenset[str]:
    return frozenset(entry["word"] for entry in lexicons.load("titles")["family"])


def _kin_adjectives() -> frozenset[str]:
    return frozenset("eldest elder older younger youngest late only little big twin teenage second "
                     "first beloved respected".split())  # fmt: skip
