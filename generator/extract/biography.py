"""Of a person: age, birth, death."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from generator.extract.clauses import (
    Clause,
    by_first,
    phrase_after,
    relation,
    skip_honorifics,
    statement,
    words,
)
from generator.extract.items import Item, Row
from generator.extract.moments import date_at, when
from generator.extract.predicates import (
    PERSON,
    Group,
    closes,
    doubted,
    group_after,
    is_lead_in,
    named_before,
    passive_subject,
    subject_of,
)
from generator.model import Statement

# --- age


def ages(clause: Clause) -> Iterator[Statement]:
    """'Ann Lee, 47,', 'Ann Lee (24)', 'Ann Lee is 31 years old', 'the 82-year-old Ann Lee'."""
    row = clause.row
    for i, item in enumerate(row.items):
        if not _is_age(item):
            continue
        found = _age_after_name(row, i) or _age_before_name(row, i) or _age_told(clause, i)
        if found and not doubted(row, Group((found,), i, i)):
            date = when(clause, -1, i + 1) if row.low(i - 1) in ("turned", "turns") else None
            start, end = min(found.start, item.start), max(found.end, item.end)
            yield statement(clause, "age", found, start, end, "age", value=item.text, date=date)


def _is_age(item: Item) -> bool:
    return item.kind == "word" and item.text.isdecimal() and 0 < int(item.text[:4]) < 120


ENDS = (",", ".", ";", ")", "")


def _age_after_name(row: Row, i: int) -> Item | None:
    """'Ann Lee, 47,', 'Ann Lee (47)', 'Ann Lee, aged 9,', 'Ann Lee, 19 years of age,'."""
    j = i - (row.low(i - 1) == "aged")
    person = row.at(j - 2)
    if row.low(j - 1) == "(" and row.low(i + 1) == ")":
        return person if person.kind == "person" else None
    if row.low(j - 1) != "," or person.kind != "person":
        return None
    if j < i or _is_years(row, i + 1):
        return person
    return person if row.low(i + 1) in ENDS and not _is_list(row, i) else None


def _is_list(row: Row, i: int) -> bool:
    """Return whether numbers follow one another or stand in brackets: scores are no ages."""
    open_brackets = [item.text for item in row.items[:i] if item.text in ("(", ")")]
    if open_brackets[-1:] == ["("]:
        return True
    ranked = int(row.at(i).text[:9]) < 16 and row.at(i + 2).kind == "person"
    if ranked and row.at(i + 4).text.isdecimal():
        return True
    return any(row.at(k).text.isdecimal() for k in (i + 2, i - 3, i - 4))


def _is_years(row: Row, i: int) -> bool:
    return row.low(i) in ("years", "year") and (
        row.low(i + 1) == "old" or (row.low(i + 1) == "of" and row.low(i + 2) == "age")
    )


def _age_before_name(row: Row, i: int) -> Item | None:
    """'The 82-year-old Ann Lee', '82-year-old pensioner Ann Lee'; 'At 66, Ann Lee has'."""
    if [row.low(i + k) for k in range(1, 5)] == ["-", "year", "-", "old"]:
        if row.low(i - 1) == "a" and row.low(i - 2) == ",":  # 'Ann Lee, a 54-year-old nurse,'
            return row.at(i - 3) if row.at(i - 3).kind == "person" else None
        j = i + 5
        while is_lead_in(row.at(j)) and row.at(j).kind == "word" and row.low(j) != "the":
            j += 1
        j = skip_honorifics(row, j)
        return row.at(j) if row.at(j).kind == "person" and not row.at(j + 1).possessive else None
    if i == 1 and row.low(0) in ("at", "aged") and row.low(2) == ",":
        whole = row.at(3).kind == "person" and not row.at(4).possessive
        return row.at(3) if whole else None
    return None


def _age_told(clause: Clause, i: int) -> Item | None:
    """'Ann is 31 years old', 'Ann, who is 53,', 'Ann turned 70', 'Ann died at the age of 101'."""
    row = clause.row
    ended = row.low(i + 1) in (*ENDS, "on", "in", "when", "and", "last", "this")
    told = row.low(i - 1)
    aged = _is_years(row, i + 1) or (row.low(i - 2) == "who" and ended)
    aged |= told == "was" and len(row.at(i).text) > 1 and row.low(i + 1) in (".", "", "when")
    if (told in ("is", "was") and aged) or (told == "turned" and ended):
        group = subject_of(clause, i - 1, PERSON)
    elif _died_aged(row, i):
        group = subject_of(clause, _died_aged(row, i), PERSON)
    else:
        group = None
    return group.names[0] if group and len(group.names) == 1 else None


def _died_aged(row: Row, i: int) -> int:
    """Return the index of 'died' in 'died at the age of 101', 'died aged 90', 'died at 66'."""
    before = [row.low(i - k) for k in range(1, 6)]
    for lead in (["of", "age", "the", "at", "died"], ["aged", "died"], ["at", "died"]):
        if before[: len(lead)] == lead:
            return i - len(lead)
    return 0


# --- birth and death


def lifetimes(clause: Clause) -> Iterator[Statement]:
    """'Ann Lee (1861–1940)', 'Ann Lee (born 1955)', 'Ann Lee, b. 1967,', 'Ann Lee († 1977)'."""
    row = clause.row
    for i, item in enumerate(row.items):
        if item.kind != "person" or row.low(i + 1) not in ("(", ","):
            continue
        j, property = _lifetime_mark(row, i + 2)
        date = date_at(clause, j)
        value = date.value if date else row.at(j).text if _is_year(row.at(j)) else None
        if value is None or "XXXX" in value:
            continue
        end = date.end if date else row.at(j).end
        for known, part in _parts(value, property, bracket=row.low(i + 1) == "("):
            yield statement(clause, known, item, item.start, end, "lifetime", value=part)


def _lifetime_mark(row: Row, i: int) -> tuple[int, str | None]:
    """Return the index of the date after 'born [on|in]', 'b.', '†', and what the mark means."""
    marks = {"born": "birth_date", "b": "birth_date", "*": "birth_date", "†": "death_date",
             "died": "death_date", "d": "death_date"}  # fmt: skip
    property = marks.get(row.low(i))
    if property is None:
        return i, None
    j = i + 1 + (row.low(i + 1) in (".", "on", "in", "c"))
    return j, property


def _is_year(item: Item) -> bool:
    return item.text.isdecimal() and len(item.text) == 4 and "1000" <= item.text < "2100"


def _parts(value: str, property: str | None, *, bracket: bool) -> Iterator[tuple[str, str]]:
    if property:
        if "/" not in value:
            yield property, value
    elif bracket and "/" in value:
        birth, _, death = value.partition("/")
        if _is_life(birth, death):
            yield "birth_date", birth
            yield "death_date", death


def _is_life(birth: str, death: str) -> bool:
    """Return whether two years can be a life's; terms of office are shorter, mostly."""
    known = birth[:4].isdecimal() and death[:4].isdecimal()
    return known and 18 <= int(death[:4]) - int(birth[:4]) <= 115


def births(clause: Clause) -> Iterator[Statement]:
    """'Ann was born in Nantes on 9 May 1938', 'Born in 1972, Ann', 'Ann, born near Potosi,'."""
    row = clause.row
    for i in row.where(_BORN):
        person = _born(clause, i)
        if person:
            yield from _birth(clause, person, i + 1)


_BORN = frozenset(["born"])


def _born(clause: Clause, i: int) -> Item | None:
    """Return who is born at 'born'."""
    row = clause.row
    if i == 0:
        end = next((k for k in range(i, i + 10) if row.low(k) == "," and _opens_name(row, k)), 0)
        group = Group((row.at(end + 1),), end, end) if end else None
    elif row.low(i - 1) in (",", "("):
        group = named_before(clause, i - 1, PERSON)
    elif row.low(i - 1) == ";":
        group = _before_bracket(clause, i)
    else:
        group = passive_subject(clause, i, PERSON)
    return group.names[0] if group and len(group.names) == 1 else None


def _before_bracket(clause: Clause, i: int) -> Group | None:
    """Return whom 'Ann Lee (née Poe; | born' speaks of."""
    row = clause.row
    opening = next((k for k in range(i - 1, max(i - 15, 0), -1) if row.low(k) in ("(", ")")), 0)
    fits = opening and row.low(opening) == "(" and row.at(opening - 1).kind == "person"
    return Group((row.at(opening - 1),), opening - 1, opening) if fits else None


def _opens_name(row: Row, k: int) -> bool:
    return row.at(k + 1).kind == "person" and not row.at(k + 2).possessive


def _birth(clause: Clause, person: Item, i: int) -> Iterator[Statement]:
    """Yield place and date that follow 'born', in either order."""
    row, start = clause.row, clause.row.at(i - 1).start
    i += 2 * (row.low(i) == "and" and row.low(i + 1) in ("raised", "brought", "bred"))
    i += row.low(i) == "up"
    front = when(clause, _subject_start(row, person), i) if i > 1 else None
    dates = [front] if front else []
    for _ in range(2):
        bare = date_at(clause, i)  # 'born 9 March 1961 in Oslo'
        if bare:
            dates.append(bare.value or "")
            i = _after_date(row, i, bare.end)
        i += row.low(i) == "," and row.low(i + 1) in ("in", "on", "at")
        if row.low(i) not in ("in", "on", "near", "around", "about", "at"):
            break
        j = i + 1 + (row.low(i + 1) == "the")
        date, place = date_at(clause, j), row.at(j)
        if date:
            mark = "~" if row.low(i) in ("around", "about") else ""
            dates.append(f"{date.value}{mark}")
            i = _after_date(row, j, date.end)
        elif place.kind == "place" and closes(row, j + 1):
            found = relation(clause, "birth_place", person, place, "birth")
            yield replace(found, quote=(min(start, found.quote[0]), found.quote[1]))
            i = j + 1
        else:
            break
    yield from _dated(clause, "birth_date", person, dates[-1] if dates else None)


def _after_date(row: Row, i: int, end: int) -> int:
    while row.at(i).start < end and row.at(i).end:
        i += 1
    return i


def _subject_start(row: Row, person: Item) -> int:
    return next(i for i, item in enumerate(row.items) if item is person)


def _dated(clause: Clause, property: str, person: Item, value: str | None) -> Iterator[Statement]:
    if value and "/" not in value and "XXXX" not in value:
        start, end = clause.row.at(0).start, clause.row.items[-1].end
        yield statement(clause, property, person, start, end, "life", value=value)


def birth_places(clause: Clause) -> Iterator[Statement]:
    """'Galway-born Ann Lee', 'Ann Lee, a native of Esbjerg', 'The birthplace of Ann is Chur'."""
    row = clause.row
    if row.lows.isdisjoint(("born", "native", "birthplace")):
        return
    for i, item in enumerate(row.items):
        place = person = None
        if item.kind == "place" and row.low(i + 1) == "-" and row.low(i + 2) == "born":
            group = group_after(row, i + 3, PERSON) or _one_person(row, i + 3)
            place, person = item, group.names[0] if group else None
        elif item.low == "native" and row.low(i + 1) == "of" and row.at(i + 2).kind == "place":
            place, person = row.at(i + 2), described(clause, i)
        elif item.low == "birthplace" and row.low(i + 1) == "of":
            person = row.at(i + 2) if row.at(i + 2).kind == "person" else None
            place = row.at(i + 4) if row.low(i + 3) in ("is", "was") else None
        if place and person and place.kind == "place" and not doubted(row, Group((), i, i)):
            yield relation(clause, "birth_place", person, place, "birth")


def _one_person(row: Row, i: int) -> Group | None:
    while row.at(i).kind == "word" and is_lead_in(row.at(i)):
        i += 1
    whole = row.at(i).kind == "person" and not row.at(i + 1).possessive
    return Group((row.at(i),), i, i + 1) if whole else None


def described(clause: Clause, i: int) -> Item | None:
    """Return who 'a native' at `i` is: 'Ann, a native of', 'Ann is a native of'."""
    row = clause.row
    i -= row.low(i - 1) in ("a", "the", "an")
    if row.low(i - 1) == ",":
        return row.at(i - 2) if row.at(i - 2).kind == "person" else None
    group = subject_of(clause, i - 1, PERSON) if row.low(i - 1) in ("is", "was") else None
    return group.names[0] if group else None


def deaths(clause: Clause) -> Iterator[Statement]:
    """'Ann died on 17 May 2023', 'Ann was killed in 2005', 'the death of Ann in March 2014'."""
    row = clause.row
    for i in row.where(_dying()):
        end = phrase_after(row, i, "dying")
        group = subject_of(clause, i, PERSON) if end else None
        if row.low(i) in words("killed"):
            group, end = passive_subject(clause, i, PERSON), i + 1
        elif row.low(i) == "death" and row.low(i + 1) == "of" and row.low(i - 1) == "the":
            group = group_after(row, i + 2, PERSON)
            group = None if group and doubted(row, group) else group
            end = group.end if group else 0
        if group:
            date = when(clause, group.start, end)
            for person in group.names:
                yield from _dated(clause, "death_date", person, date)


@cache
def _dying() -> frozenset[str]:
    """Return the words with which a death is told."""
    return frozenset(by_first("dying")) | words("killed") | {"death"}
