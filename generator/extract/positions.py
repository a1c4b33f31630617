"""Who holds what office: 'Sergei Shoigu, Secretary of …', 'President Xi', 'X is mayor of Y'."""

from __future__ import annotations

from collections.abc import Iterator

from generator import lexicons, names
from generator.extract.clauses import DASHES, Clause, phrases, skip_honorifics, statement, words
from generator.extract.items import Item, Row
from generator.extract.offices import ARTICLES, Office, read_offices
from generator.model import Ref, Statement


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
    value = office.value
    named = _member(value, office)
    return statement(
        clause, "member_of" if named else "position", subject,
        min(subject.start, office.whole[0]), max(subject.end, office.whole[1]), "office",
        value=None if named else value, of=office.of or _place_after(clause.row, office, subject),
        whole=None if named else clause.text[slice(*office.whole)], date=_term(clause, office.end),
    )  # fmt: skip


def _term(clause: Clause, i: int) -> str | None:
    """Return the interval that 'until May 2024', 'since 2019', 'from 2012 to 2018' gives."""
    if clause.row.low(i) in ("on", "in", "for", "at") and clause.row.at(i + 1).named:
        i += 2  # 'coordinator of the Panel on Sudan from 2021 to 2023'
    word = clause.row.low(i)
    date = clause.dates.get(clause.row.at(i + 1).start)
    known = word in ("until", "till", "since", "from", "between")
    if not known or date is None or date.value is None:
        return _since(clause)
    if "/" in date.value:
        return date.value if word in ("from", "between") else None
    if word in ("until", "till"):
        return f"../{date.value}"
    end = _end_of_term(clause, date.end) if word == "from" else None
    return f"{date.value}/{end}" if end else f"{date.value}/.." if word == "since" else None


def _since(clause: Clause) -> str | None:
    """Return the interval that 'Since May 2023 Ann Lee has been' opens with."""
    row, date = clause.row, clause.dates.get(clause.row.at(1).start)
    told = row.low(0) == "since" and date and date.value and "/" not in date.value
    been = any(row.low(k) == "been" for k in range(2, 12))
    return f"{date.value}/.." if told and been and date else None


def _end_of_term(clause: Clause, offset: int) -> str | None:
    for i, item in enumerate(clause.row.items):
        if item.start >= offset and item.low in ("to", "until", "till"):
            date = clause.dates.get(clause.row.at(i + 1).start)
            return date.value if date and item.start - offset < 2 else None
    return None


def _is_seat(office: Office) -> bool:
    """Return whether 'the member for Matero' tells a seat: of which house is not said."""
    return office.value.lower() == "member" and (office.of is None or office.of.type == "place")


def _member(value: str, office: Office) -> bool:
    return value.lower() == "member" and office.of is not None and office.of.type == "organization"


def _tells(clause: Clause, office: Office) -> bool:
    """Return whether the words say enough: 'head' alone doesn't, 'head of X' does."""
    value = names.fold(office.value)
    if value.split()[-1] in words("no_offices") or _is_seat(office):
        return False
    if office.of or office.country:
        return True
    return office.strong and value not in words("needs_whole")


def _holder(row: Row, office: Office) -> Item | None:
    """Return the person an office phrase stands with; "the leader's son" is no office."""
    if row.at(office.end).possessive or row.low(office.start - 1) == "as":
        return _after_verb(row, office) if row.low(office.start - 1) == "as" else None
    for place in (_before_name, _after_name, _after_verb, _before_comma):
        found = place(row, office)
        if found:
            return found
    return None


def _place_after(row: Row, office: Office, subject: Item) -> Ref | None:
    """'Governor Ellen Whitcombe of Vermont': the place stands behind the name."""
    for i in range(office.end, min(office.end + 3, len(row.items))):
        if row.at(i) is subject and row.low(i + 1) == "of" and row.at(i + 2).kind == "place":
            return Ref(row.at(i + 2).text, "place", row.at(i + 2).mention)
    return None


def _before_name(row: Row, office: Office) -> Item | None:
    """'Russian President Vladimir Putin'."""
    j = skip_honorifics(row, office.end)
    adjacent = row.at(j).kind == "person" and row.at(office.end - 1).kind == "word"
    return row.at(j) if adjacent else None


def _after_name(row: Row, office: Office) -> Item | None:
    """'Andrey Rudenko, the Deputy Minister …', 'Ann Lee (chair of …)', 'Ann, 45, a …'."""
    j = _before_article(row, office.start - 1)
    j -= row.low(j) in _NOW
    if row.low(j) not in DASHES or not _closes(row, office):
        return None
    if row.at(j - 1).text.isdigit() and row.low(j - 2) == ",":
        j -= 2
    return row.at(j - 1) if row.at(j - 1).kind == "person" else None


_NOW = frozenset(["now", "currently", "presently", "also", "today"])


def _before_article(row: Row, j: int) -> int:
    """Return the index before 'the', 'a' or "the company's"."""
    if row.at(j).possessive and row.at(j - 1).kind == "word" and row.low(j - 2) in ARTICLES:
        return j - 3
    return j - 1 if row.low(j) in ARTICLES else j


# What may end an apposition; without it, 'Like Ann, the mayor drives' would make her mayor.
_CLOSERS = frozenset([*',.;:()—–-?!”"[', "", "from", "until", "since", "till", "but", "who"])
_MORE = frozenset(["in", "at", "for", "of", "under", "during", "between", "on", "with"])


def _closes(row: Row, office: Office) -> bool:
    """Return whether the office phrase ends an apposition: at a mark, or after 'in Basel,'."""
    word = row.low(office.end)
    if word == "and":
        return row.at(office.end + 1).kind == "person" or _office_follows(row, office.end + 1)
    if word not in _MORE:
        return word in _CLOSERS
    for i in range(office.end, office.end + 8):
        if row.low(i) in (",", ".", ";", ")", "—", ""):
            return True
        if row.low(i) in _reporting() or row.low(i) in _BE:
            return False
    return False


_BE = frozenset(["is", "was", "were", "are", "has", "had", "have", "will", "would", "could"])


def _office_follows(row: Row, i: int) -> bool:
    return any(office.start <= 2 for office in read_offices(Row(row.sentence, row.items[i:]), ""))


def _before_comma(row: Row, office: Office) -> Item | None:
    """'Deputy Minister of Internal Affairs of Russia, Vitaly Shulika, arrived'."""
    j = skip_honorifics(row, office.end + 1)
    person, after = row.at(j), row.low(j + 1)
    if row.low(office.end) != "," or person.kind != "person" or " " not in person.text:
        return None
    if after in _reporting() or after == "and" or row.low(office.start - 1) == ",":
        return None
    return person if after in (",", ".", ";", ")", "") or office.start <= 1 else None


def _after_verb(row: Row, office: Office) -> Item | None:
    """'Ann Lee was appointed chair of …'; nothing hypothetical or denied."""
    j = _before_article(row, office.start - 1)
    for verb in _being():
        start = j + 1 - len(verb)
        if start > 0 and tuple(row.low(k) for k in range(start, j + 1)) == verb:
            person = row.at(_before_who(row, start) - 1)
            found = person if person.kind == "person" else _past_apposition(row, start - 1)
            return None if found and _is_doubted(row, found) else found
    return None


def _before_who(row: Row, i: int) -> int:
    """Return the index after the person in 'Ann Lee, 61, who [has been]'; else `i`."""
    if row.low(i - 1) != "who":
        return i
    i -= 1 + (row.low(i - 2) == ",")
    return i - 2 if row.at(i - 1).text.isdigit() and row.low(i - 2) == "," else i


def _is_doubted(row: Row, subject: Item) -> bool:
    """Return whether words before the subject deny or doubt: 'Nobody believes Ann Lee is …'."""
    before = {item.low for item in row.items if item.end <= subject.start}
    return bool(before & words("doubting"))


def _past_apposition(row: Row, i: int) -> Item | None:
    """Return the subject before ', …,' : 'Ann Lee, 45, was named …'."""
    if row.low(i) != ",":
        return None
    for j in range(i - 1, max(-1, i - 8), -1):
        if row.low(j) == ",":
            # 'Ann Lee, a judge, was'; 'Her brother, Bo Lee, was'
            inner = row.at(j + 1) if j == i - 2 else row.at(j - 1)
            found = row.at(j - 1) if row.at(j - 1).kind == "person" else inner
            return found if found.kind == "person" else None
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
            alike = not (office.country and other.country and office.country != other.country)
            if direct and alike and holder[other.end][0].start >= other.whole[1]:
                yield _position(clause, office, holder[other.end][0])


def _being() -> tuple[tuple[str, ...], ...]:
    return phrases("being")


def _reporting() -> frozenset[str]:
    return lexicons.folded("titles", "reporting")
