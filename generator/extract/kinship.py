"""Who is whose daughter, brother, widow."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from generator import lexicons
from generator.extract import person_names
from generator.extract.clauses import Clause, skip_honorifics, skip_titles, statement
from generator.extract.items import Item, Row
from generator.extract.offices import ARTICLES
from generator.model import Ref, Statement


def kin_of_possessor(clause: Clause) -> Iterator[Statement]:
    """'his daughter Kim Ju Ae', "Kim's sister, Kim Yo Jong"."""
    row = clause.row
    for i, word in _kin(row):
        j = i + 1 + (row.low(i + 1) == ",")
        person = row.at(skip_honorifics(row, j))
        if person.kind != "person":
            continue
        possessor = _possessor(row, i, person)
        if possessor and possessor.mention != person.mention:
            yield _family(clause, person, word, possessor, i)


def kin_in_apposition(clause: Clause) -> Iterator[Statement]:
    """'Kim Ju Ae, daughter of Kim Jong Un', "Y is X's wife", 'Y, the wife of X'."""
    row = clause.row
    for i, word in _kin(row):
        subject = _apposed(row, i)
        if subject is None:
            continue
        j = skip_titles(row, i + 2) if row.low(i + 1) == "of" else -1
        other = row.at(j) if row.at(j).kind == "person" else _possessive_person(row, i)
        if other and other.kind == "person" and other.text != subject.text:
            yield _family(clause, subject, word, other, i)


def _family(clause: Clause, subject: Item, word: str, other: Item, i: int) -> Statement:
    start = min(subject.start, other.start, clause.row.at(i).start)
    end = max(subject.end, other.end, clause.row.at(i).end)
    ref = Ref(other.text, "person", other.mention)
    return statement(clause, "family", subject, start, end, "kinship", value=word, of=ref)


def _kin(row: Row) -> Iterator[tuple[int, str]]:
    for i, item in enumerate(row.items):
        if item.kind == "word" and item.low in _kin_words():
            yield i, item.low


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
