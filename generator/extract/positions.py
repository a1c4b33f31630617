"""Who holds what office: 'Sergei Shoigu, Secretary of …', 'President Xi', 'X is mayor of Y'."""

from __future__ import annotations

from collections.abc import Iterator

from generator import lexicons, names
from generator.extract.clauses import DASHES, Clause, phrases, skip_honorifics, statement, words
from generator.extract.items import Item, Row
from generator.extract.offices import ARTICLES, Office
from generator.model import Statement


def positions(clause: Clause) -> Iterator[Statement]:
    """'Sergei Shoigu, Secretary of …', 'President Xi', 'X is the mayor of Y'."""
    holder: dict[int, tuple[Item, Office]] = {}  # by the end of an office already given away
    for office in clause.offices:
        found = _holder(clause.row, office)
        shared = None if found else _coordinated(clause.row, office, holder)
        subject = found or shared
        if subject is None:
            continue
        holder[office.end] = (subject, office)
        if _tells(clause, office):
            yield _position(clause, office, subject)
    yield from _shared_before_name(clause, holder)


def _position(clause: Clause, office: Office, subject: Item) -> Statement:
    value = clause.text[slice(*office.value)]
    named = _member(value, office)
    return statement(
        clause, "member_of" if named else "position", subject,
        min(subject.start, office.whole[0]), max(subject.end, office.whole[1]), "office",
        value=None if named else value, of=office.of,
        whole=None if named else clause.text[slice(*office.whole)], date=_term(clause, office.end),
    )  # fmt: skip


def _term(clause: Clause, i: int) -> str | None:
    """Return the interval that 'until May 2024', 'since 2019', 'from 2012 to 2018' gives."""
    word = clause.row.low(i)
    date = clause.dates.get(clause.row.at(i + 1).start)
    if word not in ("until", "till", "since", "from") or date is None or date.value is None:
        return None
    if "/" in date.value:
        return date.value if word == "from" else None
    if word in ("until", "till"):
        return f"../{date.value}"
    end = _end_of_term(clause, date.end) if word == "from" else None
    return f"{date.value}/{end}" if end else f"{date.value}/.." if word == "since" else None


def _end_of_term(clause: Clause, offset: int) -> str | None:
    for i, item in enumerate(clause.row.items):
        if item.start >= offset and item.low in ("to", "until", "till"):
            date = clause.dates.get(clause.row.at(i + 1).start)
            return date.value if date and item.start - offset < 2 else None
    return None


def _member(value: str, office: Office) -> bool:
    return value.lower() == "member" and office.of is not None and office.of.type == "organization"


def _tells(clause: Clause, office: Office) -> bool:
    """Return whether the words say enough: 'head' alone doesn't, 'head of X' does."""
    value = names.fold(clause.text[slice(*office.value)])
    if office.of or office.country:
        return True
    return office.strong and value not in words("needs_whole")


def _holder(row: Row, office: Office) -> Item | None:
    """Return the person an office phrase stands with; "the leader's son" is no office."""
    if row.at(office.end).possessive:
        return None
    for place in (_before_name, _after_name, _after_verb, _before_comma):
        found = place(row, office)
        if found:
            return found
    return None


def _before_name(row: Row, office: Office) -> Item | None:
    """'Russian President Vladimir Putin'."""
    j = skip_honorifics(row, office.end)
    adjacent = row.at(j).kind == "person" and row.at(office.end - 1).kind == "word"
    return row.at(j) if adjacent else None


def _after_name(row: Row, office: Office) -> Item | None:
    """'Andrey Rudenko, the Deputy Minister …', 'Ann Lee (chair of …)', 'Ann, 45, a …'."""
    j = office.start - 1
    if row.low(j) in ARTICLES:
        j -= 1
    if row.low(j) in ("is", "was") and row.low(j - 1) == "who":
        j -= 2
    if row.low(j) not in DASHES:
        return None
    if row.at(j - 1).text.isdigit() and row.low(j - 2) == ",":
        j -= 2
    return row.at(j - 1) if row.at(j - 1).kind == "person" else None


def _before_comma(row: Row, office: Office) -> Item | None:
    """'Deputy Minister of Internal Affairs of Russia, Vitaly Shulika, arrived'."""
    j = skip_honorifics(row, office.end + 1)
    person, after = row.at(j), row.low(j + 1)
    if row.low(office.end) != "," or person.kind != "person" or " " not in person.text:
        return None
    if after in _reporting() or row.low(office.start - 1) == ",":
        return None
    return person if after in (",", ".", ";", ")", "") or office.start <= 1 else None


def _after_verb(row: Row, office: Office) -> Item | None:
    """'Ann Lee was appointed chair of …'; nothing hypothetical or denied."""
    j = office.start - 1
    if row.low(j) in ARTICLES:
        j -= 1
    for verb in _being():
        start = j + 1 - len(verb)
        if start > 0 and tuple(row.low(k) for k in range(start, j + 1)) == verb:
            person = row.at(start - 1)
            return person if person.kind == "person" else _past_apposition(row, start - 1)
    return None


def _past_apposition(row: Row, i: int) -> Item | None:
    """Return the subject before ', …,' : 'Ann Lee, 45, was named …'."""
    if row.low(i) != ",":
        return None
    for j in range(i - 1, max(-1, i - 8), -1):
        if row.low(j) == ",":
            return row.at(j - 1) if row.at(j - 1).kind == "person" else None
    return None


def _coordinated(row: Row, office: Office, holder: dict[int, tuple[Item, Office]]) -> Item | None:
    """'Deputy Chairman of A and Chairman of B' are one person's, unless of two countries."""
    j = office.start - 1
    if row.low(j) in ARTICLES:
        j -= 1
    if row.low(j) != "and":
        return None
    before = holder.get(j if row.low(j - 1) != "," else j - 1)
    if before is None or before[0].start > row.at(before[1].start).start:
        return None
    first, second = before[1].country, office.country
    return None if first and second and first != second else before[0]


def _shared_before_name(
    clause: Clause, holder: dict[int, tuple[Item, Office]]
) -> Iterator[Statement]:
    """'President and party leader Kim Jong Un': the first office is his too."""
    for office in clause.offices:
        if (
            office.end in holder
            or clause.row.low(office.end) != "and"
            or not _tells(clause, office)
        ):
            continue
        for other in clause.offices:
            direct = other.start == office.end + 1 and other.end in holder
            if direct and holder[other.end][0].start >= other.value[1]:
                yield _position(clause, office, holder[other.end][0])


def _being() -> tuple[tuple[str, ...], ...]:
    return phrases("being")


def _reporting() -> frozenset[str]:
    return lexicons.folded("titles", "reporting")
