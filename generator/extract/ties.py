"""What somebody or something is to another: 'founder of', 'subsidiary of', 'ally of'.

"Ann, founder of Acme", "Acme's founder, Ann", "Acme founder Ann", by the table `relations`.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator import lexicons
from generator.extract.clauses import Clause, words
from generator.extract.items import Row
from generator.extract.predicates import (
    Group,
    Kinds,
    barred,
    group_after,
    group_after_comma,
    named_before,
    subject_of,
)
from generator.extract.relation_words import Relation, claims, matches
from generator.model import Statement


def roles(clause: Clause) -> Iterator[Statement]:
    """'Ann Lee, the founder of Acme', "Acme's founder, Ann Lee", 'Acme founder Ann Lee'."""
    for i, end, relation in matches(clause.row, "noun"):
        for agents, patients in _role_ends(clause, i, end, relation):
            yield from claims(clause, relation, agents, patients)
            break


def _role_ends(
    clause: Clause, i: int, end: int, relation: Relation
) -> Iterator[tuple[Group, Group]]:
    """Yield agent and patient of a role noun at `i`, the surest reading first."""
    row = clause.row
    first = _before_qualifiers(row, i)
    if first is None:
        return
    if row.low(end) in relation.to:
        patients = group_after(row, end + 1, relation.patient)
        agents = patients and _role_holder(clause, first, patients.end, relation.agent)
    else:
        agents, patients = _possessed(clause, first, i, end, relation)
    if agents and patients and not doubted_role(row, first):
        yield agents, patients


def doubted_role(row: Row, i: int) -> bool:
    """Return whether words before a role deny it."""
    unsure = (*row.where(barred()), *row.where(_UNSURE))
    return any(k < i and row.at(k).kind == "word" for k in unsure)


_UNSURE = frozenset(["if", "would", "wants", "not"])


def _before_qualifiers(row: Row, i: int) -> int | None:
    """Return the index before 'the fierce', 'a wholly owned'; None if one says: not now."""
    for _ in range(4):
        before = row.at(i - 1)
        if before.low in words("barred") or before.low == "-":
            return None
        if before.low in ("the", "a", "an", "its", "his", "her", "their"):
            return i - 1
        plain = before.kind == "word" and before.low.isalpha() and not _is_link(before.low)
        if not plain and before.kind != "nationality":
            return i
        i -= 1
    return i


def _is_link(word: str) -> bool:
    be = word in words("be") or word in ("both", "as", "became", "remains", "include", "whose")
    return be or word in words("followers")


def _role_holder(clause: Clause, first: int, after: int, kinds: Kinds) -> Group | None:
    """Return who is the NOUN of what ends before `after`; `first` is where the phrase begins."""
    row = clause.row
    before = row.low(first - 1)
    if before in (",", "(", "—", "–"):
        holder = named_before(clause, first - 1, kinds) or _apposed(clause, first - 1, kinds)
        if holder or before != ",":
            return holder
    if before in ("is", "are", "was", "were", "remains", "became", "both", "been", "of"):
        return _predicated(clause, first - 1, kinds)
    return _named_behind(clause, first, after, kinds)


def _apposed(clause: Clause, i: int, kinds: Kinds) -> Group | None:
    """Return the one name right before 'X, the founder of', wherever it stands in the sentence."""
    item = clause.row.at(i - 1)
    fits = item.kind in kinds and item.named and clause.row.low(i - 2) not in ("and", ",")
    return Group((item,), i - 1, i) if fits else None


def _predicated(clause: Clause, i: int, kinds: Kinds) -> Group | None:
    """Return the subject of 'is', 'has been', 'are both', 'is one of the nine' ending at `i`."""
    row = clause.row
    if row.low(i) == "of":
        if row.low(i - 1) != "one":
            return None
        if row.low(i - 2) in (",", "("):
            return named_before(clause, i - 2, kinds)
        i -= 2
    i -= row.low(i) == "both"
    if row.low(i) == "been":
        return subject_of(clause, i, kinds)
    return subject_of(clause, i, kinds) if row.low(i) in _LINKS else None


_LINKS = frozenset(["is", "are", "was", "were", "remains", "became"])


def _named_behind(clause: Clause, first: int, after: int, kinds: Kinds) -> Group | None:
    """'The founder of Acme, Ann Lee, left'; 'As a graduate of Acme, Ann Lee left'."""
    row = clause.row
    if row.low(after) != ",":
        return None
    group = group_after_comma(row, after + 1, kinds)
    if group is None or len(group.names) > 1:
        return None
    opening = first == 0 and row.low(0) in ("a", "an") or (first == 1 and row.low(0) == "as")
    told = row.low(group.end) in lexicons.folded("titles", "reporting") | {"and", ""}
    return group if opening or not told else None


def _possessed(
    clause: Clause, first: int, i: int, end: int, relation: Relation
) -> tuple[Group | None, Group | None]:
    """Read "Acme's founder, Ann Lee", 'Acme founder Ann Lee', 'Acme and its founder, Ann Lee'."""
    row = clause.row
    owner = _owner(row, first, i, relation)
    j = end + (row.low(end) == ",")
    holder = group_after_comma(row, j, relation.agent)
    if holder is None or len(holder.names) > 1 or owner is None:
        if holder and row.low(first) in ("its", "his", "her"):
            return holder, _owner_behind(clause, first, holder.end, relation)
        return None, None
    return holder, owner


def _owner(row: Row, first: int, i: int, relation: Relation) -> Group | None:
    k = first - 1
    own = row.low(first) in ("its", "his", "her", "their") and row.low(first - 1) == "and"
    if row.at(first - 1).possessive or own:
        k = first - 2
    elif not (relation.compound and first == i and row.at(k).kind in relation.patient):
        return None
    item = row.at(k)
    fits = item.kind in relation.patient and item.named
    return Group((item,), k, k + 1) if fits else None


def _owner_behind(clause: Clause, first: int, after: int, relation: Relation) -> Group | None:
    """'Through its subsidiary Acme, Beta Group imports wood.'"""
    row = clause.row
    opening = first <= 1 and row.low(after) == ","
    return group_after_comma(row, after + 1, relation.patient) if opening else None


def shared_roles(clause: Clause) -> Iterator[Statement]:
    """'Signatories of the Pact include Peru and Chile', 'Ann and Bo are members of Acme'."""
    row = clause.row
    for i, end, relation in matches(row, "plural"):
        first = _before_qualifiers(row, i)
        if first is None or doubted_role(row, first):
            continue
        if row.low(end) in relation.to:
            patients = group_after(row, end + 1, relation.patient)
            patients = patients or _told_on(row, end + 1, relation)
            agents = patients and _holders(clause, first, patients.end, relation.agent)
        else:
            agents, patients = _listed(clause, first, i, end, relation)
        if agents and patients and len(patients.names) == 1:
            yield from claims(clause, relation, agents, patients)


def _told_on(row: Row, i: int, relation: Relation) -> Group | None:
    """Return the patient in 'The subsidiaries of Acme are …'."""
    i += row.low(i) == "the"
    fits = row.at(i).kind in relation.patient and row.low(i + 1) in ("are", "were")
    return Group((row.at(i),), i, i + 1) if fits else None


def _holders(clause: Clause, first: int, after: int, kinds: Kinds) -> Group | None:
    row = clause.row
    if row.low(after) in ("include", "included", "are", "were"):
        whole = first <= 1 or row.low(first - 1) in (",", "and", "but", "among")
        return group_after(row, after + 1, kinds) if whole else None
    if row.low(first - 1) in ("is", "are", "was", "were", "both", "of"):
        return _predicated(clause, first - 1, kinds)
    return None


def _listed(
    clause: Clause, first: int, i: int, end: int, relation: Relation
) -> tuple[Group | None, Group | None]:
    """Read 'Acme members include Ann and Bo'."""
    row = clause.row
    k = first - 2 if row.at(first - 1).possessive else first - 1
    item = row.at(k)
    whole = item.kind in relation.patient and item.named and first == i
    if not whole or row.low(end) not in ("include", "included", "are", "were"):
        return None, None
    return group_after(row, end + 1, relation.agent), Group((item,), k, k + 1)
