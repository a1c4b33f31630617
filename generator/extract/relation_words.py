"""The table `relations` of the lexicon of claims: which words tell what, of whom."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator import lexicons, names
from generator.extract.clauses import Clause, statement, words
from generator.extract.items import Item, Row
from generator.extract.moments import date_at, span, when
from generator.extract.predicates import Group, Kinds
from generator.model import Ref, Statement

Phrase = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """One entry of the table: which property its words tell, and of whom."""

    property: str
    on_agent: bool
    agent: Kinds
    patient: Kinds
    begins: bool
    lasts: bool
    mutual: bool
    compound: bool
    to: frozenset[str]
    needs: frozenset[str]
    named: str

    def fits(self, patient: Item) -> bool:
        """Return whether the patient's name holds the kind of word the relation asks for."""
        if self.property == "took_part_in" and set(_words(patient.text)) & words("prizes"):
            return False
        return not self.named or bool(set(_words(patient.text)) & words(self.named))


def phrase_of(text: str) -> Phrase:
    """Return a phrase of the lexicon as the tokens a row has: 'co-founded' is three."""
    return tuple(re.findall(r"\w+|[^\w\s]", names.fold(text)))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", names.fold(text))


@cache
def _table(form: str) -> dict[str, tuple[tuple[Phrase, Relation], ...]]:
    """Return the phrases of one form ('active', 'noun', …) by their first word, longest first."""
    found: dict[str, list[tuple[Phrase, Relation]]] = {}
    for entry in lexicons.load("claims")["relations"]:
        for text in entry.get(form, ()):
            phrase = phrase_of(text)
            found.setdefault(phrase[0], []).append((phrase, _relation(entry)))
    return {word: tuple(sorted(some, key=lambda s: -len(s[0]))) for word, some in found.items()}


@cache
def first_words(form: str) -> frozenset[str]:
    """Return the words that a phrase of a form can begin with."""
    return frozenset(_table(form))


def _relation(entry: dict[str, Any]) -> Relation:
    return Relation(
        property=entry["property"],
        on_agent=entry["card"] == "agent",
        agent=frozenset(entry["agent"]),
        patient=frozenset(entry["patient"]),
        begins=entry.get("begins") == "yes",
        lasts=entry.get("lasts") == "yes" or entry.get("begins") == "yes",
        mutual=entry.get("mutual") == "yes",
        compound=entry.get("compound") == "yes",
        to=frozenset(entry.get("to", ())),
        needs=frozenset(entry.get("needs", ())),
        named=entry.get("named", ""),
    )


def matches(row: Row, form: str) -> Iterator[tuple[int, int, Relation]]:
    """Yield where a phrase of a form begins and ends; of two that begin alike, both."""
    table = _table(form)
    for i in row.where(table.keys()):
        for phrase, relation in table[row.low(i)] if row.at(i).kind == "word" else ():
            end = match(row, i, phrase)
            if end:
                yield i, end, relation


def match(row: Row, i: int, phrase: Phrase) -> int:
    """Return the index after `phrase` at `i`, 0 if it isn't there; `*` is one to four words."""
    for at, word in enumerate(phrase):
        if word == "*":
            ends = (match(row, i + n, phrase[at + 1 :]) for n in range(1, 5) if _plain(row, i, n))
            return next((end for end in ends if end), 0)
        if row.low(i) != word:
            return 0
        i += 1
    return i


_GAP_STOPS = frozenset(["the", "and", "or", "who", "which", "that", "not", "to"])


def _plain(row: Row, i: int, n: int) -> bool:
    """Return whether `n` items at `i` are words that a phrase may go round."""
    return all(
        row.at(k).kind == "word" and row.low(k)[:1].isalpha() and row.low(k) not in _GAP_STOPS
        for k in range(i, i + n)
    )


def claims(
    clause: Clause,
    relation: Relation,
    agents: Group,
    patients: Group,
    *,
    dated: bool = True,
    until: int = 0,
) -> Iterator[Statement]:
    """Yield a claim for every pair of agent and patient; a date may stand before `until`."""
    start = min(agents.start, patients.start)
    end = patients.end if until else max(agents.end, patients.end)
    date = when(clause, start, end, begins=relation.begins, lasts=relation.lasts) if dated else None
    if dated and date is None and agents.end < patients.start:
        date = _before_verb(clause, agents.end, begins=relation.begins)
    for agent in agents.names:
        for patient in patients.names:
            if agent.mention != patient.mention and relation.fits(patient):
                on_agent = agent.start < patient.start if relation.mutual else relation.on_agent
                yield claim(clause, relation.property, on_agent, agent, patient, date)


def _before_verb(clause: Clause, i: int, *, begins: bool) -> str | None:
    """Return the date between a subject that ends at `i` and its verb: 'Ann in 1999 founded'."""
    date = date_at(clause, i + 1) if clause.row.low(i) in ("in", "on") else None
    return span(clause.row.low(i), date.value or "", begins=begins) if date else None


def claim(
    clause: Clause, property: str, on_agent: bool, agent: Item, patient: Item, date: str | None
) -> Statement:
    who, of = (agent, patient) if on_agent else (patient, agent)
    start, end = min(who.whole[0], of.whole[0]), max(who.whole[1], of.whole[1])
    ref = Ref(of.text, of.kind, of.mention)  # type: ignore[arg-type]
    return statement(clause, property, who, start, end, "doing", of=ref, date=date)
