"""Who does what to whom: 'Ann founded Acme', 'Acme was founded by Ann', 'Ann and Bo met'."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator.extract.clauses import Clause
from generator.extract.items import Row
from generator.extract.moments import when
from generator.extract.predicates import (
    Group,
    Kinds,
    before_adverbs,
    closes,
    group_after,
    group_after_comma,
    named_before,
    passive_subject,
    subject_of,
)
from generator.extract.relation_words import Relation, claim, claims, matches
from generator.model import Statement

# --- verbs


def doings(clause: Clause) -> Iterator[Statement]:
    """'Ann Lee founded Acme in 1983', 'Ann Lee has visited Rome and Milan'."""
    for i, end, relation in matches(clause.row, "active"):
        patients = group_after(clause.row, end, relation.patient)
        agents = patients and _agents(clause, i, relation.agent)
        if agents and patients and _needs(clause.row, patients.end, relation):
            yield from claims(clause, relation, agents, patients)


def belongings(clause: Clause) -> Iterator[Statement]:
    """'Castle Rook belongs to Ann Lee': the patient comes first."""
    for i, end, relation in matches(clause.row, "inverse"):
        agents = group_after(clause.row, end, relation.agent)
        patients = agents and _agents(clause, i, relation.patient)
        if agents and patients:
            yield from claims(clause, relation, agents, patients)


def openings(clause: Clause) -> Iterator[Statement]:
    """'Educated at Acme, Ann Lee …', 'During a visit to Rome in 2019, Ann Lee …'."""
    row = clause.row
    for i, end, relation in matches(row, "opening"):
        patients = group_after(row, end, relation.patient) if i == 0 else None
        if patients is None or not _needs(row, patients.end, relation):
            continue
        comma = next((k for k in range(patients.end, patients.end + 8) if row.low(k) in _JOINS), 0)
        if comma and row.low(comma) != ",":
            agents = group_after(row, comma + 1, relation.agent)
        else:
            agents = group_after_comma(row, comma + 1, relation.agent) if comma else None
        if agents:
            for found in claims(clause, relation, agents, patients, until=comma):
                yield replace(found, quote=(row.at(0).start, found.quote[1]))


_JOINS = frozenset([",", "were", "are"])


def _agents(clause: Clause, i: int, kinds: Kinds) -> Group | None:
    """Return whose doing begins at `i`; a phrase may begin with its own comma."""
    if clause.row.low(i) == ",":
        return named_before(clause, i, kinds)
    return subject_of(clause, i, kinds)


def _needs(row: Row, i: int, relation: Relation) -> bool:
    if not relation.needs:
        return True
    # 'replaced Ann Lee as captain', but not 'in goal as rain fell'
    told = any(row.low(k) in relation.needs - {"as"} for k in range(i, i + 10))
    return told or ("as" in relation.needs and row.low(i) == "as")


def passives(clause: Clause) -> Iterator[Statement]:
    """'Acme was founded in 1921 by Ann Lee', 'Acme, founded by …', 'Founded by Ann Lee, Acme'."""
    row = clause.row
    for i, end, relation in matches(row, "passive"):
        by = _find_by(clause, end)
        agents = group_after(row, by + 1, relation.agent) if by else None
        patients = agents and _done_to(clause, i, agents.end, relation.patient)
        if agents and patients:
            date = _passive_date(clause, relation, end, by, agents, patients)
            for found in claims(clause, relation, agents, patients, dated=False):
                yield replace(found, date=date)


def _passive_date(
    clause: Clause, relation: Relation, end: int, by: int, agents: Group, patients: Group
) -> str | None:
    """Return the date before or behind the 'by' of a passive."""
    inner = (
        when(clause, -1, end, begins=relation.begins, lasts=relation.lasts) if by > end else None
    )
    return inner or when(
        clause, patients.start, agents.end, begins=relation.begins, lasts=relation.lasts
    )


def _find_by(clause: Clause, i: int) -> int:
    """Return the index of 'by' after a participle, past 'in 1921', 'jointly', 'in Leeds'."""
    row = clause.row
    for k in range(i, i + 7):
        if row.low(k) == "by":
            return k
        if row.at(k).kind not in ("word", "place") or not row.low(k)[:1].isalnum():
            return 0
        if row.low(k) in ("and", "who", "which", "that", "but", "to"):
            return 0
    return 0


def _done_to(clause: Clause, i: int, after: int, kinds: Kinds) -> Group | None:
    """Return what the participle at `i` is said of."""
    row = clause.row
    first = before_adverbs(row, i)
    if first == 0 and row.low(after) == ",":
        return group_after(row, after + 1, kinds)
    if row.low(first - 1) == ",":
        return named_before(clause, first - 1, kinds)
    return passive_subject(clause, i, kinds)


def successions(clause: Clause) -> Iterator[Statement]:
    """'Ann Lee became chair in 2019, succeeding Bo Fox': of the subject that opens the sentence."""
    row = clause.row
    for i in row.where(_SUCCEEDING):
        other = group_after(row, i + 1, _PEOPLE) if row.low(i - 1) == "," else None
        before = {item.text: item for item in row.items[:i] if item.kind == "person"}
        told = not row.lows.isdisjoint(_OFFICE_VERBS) and row.low(0) != "after"
        if other and told and len(before) == 1 and len(other.names) == 1:
            first = next(iter(before.values()))
            agent = named_before(clause, row.items.index(first) + 1, _PEOPLE)
            if agent:
                yield claim(clause, "succeeded", True, first, other.names[0], None)


_PEOPLE = frozenset(["person"])
_SUCCEEDING = frozenset(["succeeding", "replacing"])
_OFFICE_VERBS = frozenset("became becomes appointed named elected chosen took takes sworn "
                          "inaugurated promoted assumed installed".split())  # fmt: skip


# --- together


def meetings(clause: Clause) -> Iterator[Statement]:
    """'Ann Lee and Bo Fox met in Rome', 'After a meeting with Bo Fox, Ann Lee smiled'."""
    row = clause.row
    for i in row.where(_MEETING):
        if row.low(i) == "met" and closes(row, i + 1) and row.low(i + 1) != "with":
            yield from _together(clause, subject_of(clause, i, frozenset(["person"])), i + 1)
        elif row.low(i) != "met" and row.low(i + 1) == "with" and i <= 3:
            yield from _after_meeting(clause, i)


_MEETING = frozenset(["met", "meeting", "talks"])


def _together(clause: Clause, group: Group | None, end: int) -> Iterator[Statement]:
    if group and len(group.names) > 1:
        date = when(clause, group.start, end)
        for other in group.names[1:]:
            yield claim(clause, "met", True, group.names[0], other, date)


def _after_meeting(clause: Clause, i: int) -> Iterator[Statement]:
    row = clause.row
    people = frozenset(["person"])
    other = group_after(row, i + 2, people) if row.low(0) in ("after", "following") else None
    host = group_after_comma(row, other.end + 1, people) if other else None
    if other and host and row.low(other.end) == "," and len(host.names) == 1:
        yield from (claim(clause, "met", True, met, host.names[0], None) for met in other.names)


_ALLIED = frozenset(["allies", "allied"])


def alliances(clause: Clause) -> Iterator[Statement]:
    """'The Red Front and the Green Front are allies'."""
    row = clause.row
    kinds = frozenset(["person", "organization", "place"])
    for i in row.where(_ALLIED):
        if row.low(i - 1) in ("are", "were") and row.low(i + 1) not in ("of", "with"):
            group = subject_of(clause, i - 1, kinds)
            for other in group.names[1:] if group else ():
                yield claim(clause, "allied_with", True, group.names[0], other, None)  # type: ignore[union-attr]
