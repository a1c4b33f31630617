"""Of which state a person is a national."""

from __future__ import annotations

from collections.abc import Iterator

from generator import countries
from generator.extract.biography import ENDS, described
from generator.extract.clauses import Clause, statement, words
from generator.extract.items import Item, Row
from generator.extract.moments import when
from generator.extract.predicates import PERSON, Group, doubted, is_lead_in, subject_of
from generator.model import Statement


def nationalities(clause: Clause) -> Iterator[Statement]:
    """'The Portuguese photographer Ann Lee', 'Ann Lee, a Kenyan national,', 'Ann is Danish'."""
    row = clause.row
    for i, item in enumerate(row.items):
        if item.kind == "nationality" and _state_of(item) and row.low(i + 1) != "-":
            found = _by_profession(row, i) or _national(clause, i)
            if found and not doubted(row, Group((), i, i)):
                yield from _nationality(clause, found, item)
        elif item.low in ("citizen", "national") and row.low(i + 1) == "of":
            yield from _citizen(clause, i)


def _state_of(item: Item) -> str | None:
    """Return the state an adjective tells: a Saxon is a German, but the text doesn't say so."""
    country = countries.of_adjective(item.text)
    return country.name if country and country.code else None


def _nationality(clause: Clause, person: Item, item: Item) -> Iterator[Statement]:
    start, end = min(person.start, item.start), max(person.end, item.end)
    country = _state_of(item)
    i = next(k for k, other in enumerate(clause.row.items) if other is item)
    taken = clause.row.low(i - 1) in ("took", "received", "acquired", "obtained", "gained")
    date = when(clause, -1, i + 2, begins=True) if taken else None
    yield statement(
        clause, "nationality", person, start, end, "nationality", value=country, date=date
    )


def _by_profession(row: Row, i: int) -> Item | None:
    """'Dutch skipper Ann Lee': an office would tell the country's servant, a trade does not."""
    j = i + 1
    while row.at(j).kind == "word" and (is_lead_in(row.at(j)) or _is_trade(row.low(j))):
        j += 1
    trade = j > i + 1 and _is_trade(row.low(j - 1))
    person = row.at(j)
    return person if trade and person.kind == "person" and not row.at(j + 1).possessive else None


def _is_trade(word: str) -> bool:
    return word in words("trades") or word.endswith(("ologist", "ographer", "blower", "player"))


def _national(clause: Clause, i: int) -> Item | None:
    """'Ann, a Kenyan national,', 'Ann, a Japanese glassblower,', 'Ann is Danish.', 'holds …'."""
    row = clause.row
    noun = row.low(i + 1) in ("national", "citizen") or _is_trade(row.low(i + 1))
    ends = row.low(i + 1 + noun) in (*ENDS, "who", "and", "from", "living", "based")
    aged = [row.low(i - k) for k in range(4, 0, -1)] == ["-", "year", "-", "old"]
    i -= 5 * aged  # 'Ann, a 54-year-old Kenyan national,'
    article = row.low(i - 1) in ("a", "an", "the")
    if article and row.low(i - 2) == "," and row.at(i - 3).kind == "person":
        return row.at(i - 3) if noun and ends else None
    if row.low(i - 1) == "the" and row.at(i + 1).kind == "person" and not aged:
        return row.at(i + 1) if not row.at(i + 2).possessive else None  # 'met the Dane Ann Lee'
    if article and row.low(i - 2) in ("is", "was") and noun and ends:
        return _sole(subject_of(clause, i - 2, PERSON))
    if row.low(i - 1) in ("is", "was") and row.low(i + 1) in (",", ".", "", "by"):
        return _sole(subject_of(clause, i - 1, PERSON))
    if row.low(i - 1) == "a" and row.low(i - 2) == "is" and row.low(i + 1) == ",":
        return row.at(i + 2) if row.at(i + 2).kind == "person" else None
    return _passport(clause, i)


def _sole(group: Group | None) -> Item | None:
    return group.names[0] if group and len(group.names) == 1 else None


def _passport(clause: Clause, i: int) -> Item | None:
    """'holds Bulgarian citizenship', 'has both Lebanese and French citizenship'."""
    row = clause.row
    j = i + 1
    if row.low(j) == "and" and row.at(j + 1).kind == "nationality":
        j += 2
    if row.low(j) not in ("citizenship", "nationality"):
        return None
    k = i - 2 if row.low(i - 1) == "and" and row.at(i - 2).kind == "nationality" else i
    k -= row.low(k - 1) == "both"
    held = ("holds", "held", "has", "had", "took", "received", "acquired", "obtained", "gained")
    k -= row.low(k - 1) == "dual"
    if row.low(k - 1) not in held:
        return None
    return _sole(subject_of(clause, k - 1, PERSON))


def _citizen(clause: Clause, i: int) -> Iterator[Statement]:
    """'Ann is a citizen of Sweden', 'Ann, a citizen of Sweden,'."""
    row = clause.row
    j = i + 2 + (row.low(i + 2) == "the")
    country = countries.named(row.at(j).text) if row.at(j).kind == "place" else None
    person = described(clause, i) if country and country.code else None
    if person and country:
        yield statement(
            clause, "nationality", person, min(person.start, row.at(j).start),
            max(person.end, row.at(j).end), "nationality", value=country.name,
        )  # fmt: skip
