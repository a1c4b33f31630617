"""What is part of what, and what lies or sits where."""

from __future__ import annotations

from collections.abc import Iterator

from generator import countries, lexicons, names
from generator.extract.clauses import (
    Clause,
    directions,
    phrase_after,
    relation,
    skip_owner,
    words,
)
from generator.extract.items import Item, Row
from generator.extract.offices import ARTICLES
from generator.model import Statement


def bodies_within_bodies(clause: Clause) -> Iterator[Statement]:
    """'The Seventh General Bureau of North Korea's Ministry of Social Security'."""
    row = clause.row
    for i, item in enumerate(row.items):
        if item.kind != "organization":
            continue
        j = _part_phrase(row, i + 1)
        whole = row.at(skip_owner(row, j)) if j else None
        if whole and whole.kind == "organization" and whole.text != item.text:
            yield relation(clause, "part_of", item, whole, "body of a body")
        if item.low in _COMPASS:
            continue  # "the North's UN ambassador"
        if row.at(i + 1).possessive and row.at(i + 2).kind == "organization":
            yield relation(clause, "part_of", row.at(i + 2), item, "body's body")


_COMPASS = frozenset(["north", "south", "east", "west"])


def _part_phrase(row: Row, i: int) -> int:
    """Return the index after 'of', ', a unit of', 'is part of'; 0 if none is at `i`."""
    if row.low(i) == "of":
        return i + 1
    j = i
    if row.low(j) in (",", "is", "are", "—"):
        j += 1
        if row.low(j) in ("which", "is", "are"):
            j += 1 + (row.low(j + 1) in ("is", "are"))
        j += row.low(j) in ARTICLES
        if row.low(j) in words("parts") and row.low(j + 1) == "of":
            return j + 2
    return 0


def places_of_countries(clause: Clause) -> Iterator[Statement]:
    """ "Russia's western Kursk region", 'the Kursk region of Russia', 'Donetsk in Ukraine'."""
    row = clause.row
    for i, item in enumerate(row.items):
        if item.kind != "place":
            continue
        inner = _place_owned(row, i)
        if inner and countries.named(item.text) and not _is_country(inner):
            yield relation(clause, "located_in", inner, item, "country's place")
        outer = _place_around(row, i)
        if outer and not _is_country(item) and outer.text != item.text:
            yield relation(clause, "located_in", item, outer, "place in place")


def _is_country(item: Item) -> bool:
    country = countries.named(item.text)
    return country is not None and bool(country.code)


def _place_owned(row: Row, i: int) -> Item | None:
    if not row.at(i + 1).possessive:
        return None
    j = i + 2 + (row.low(i + 2) in directions())
    return row.at(j) if row.at(j).kind == "place" else None


def _place_around(row: Row, i: int) -> Item | None:
    """Return the place named as holding the one at `i`."""
    headed = row.low(i + 1) in lexicons.folded("places", "optional_heads")
    after = i + 1 + headed
    if row.low(after) in ("in", "of"):
        j = after + 1 + (row.low(after + 1) == "the")
        j += row.low(j) in directions()
        # 'the Paris of Africa' is no Paris.
        held = (
            row.low(after) == "in" or headed or (_is_country(row.at(j)) and row.low(i - 1) != "the")
        )
        return row.at(j) if row.at(j).kind == "place" and held else None
    if row.low(i + 1) not in (",", "is", "was"):
        return None
    j = i + 2 + (row.low(i + 2) in ARTICLES)
    j += _is_adjective_before_kind(row, j)
    if row.low(j) in words("place_kinds") and row.low(j + 1) in ("in", "of"):
        k = j + 2 + (row.low(j + 2) == "the")
        k += row.low(k) in directions()
        return row.at(k) if row.at(k).kind == "place" else None
    return _comma_place(row, i) if row.low(i + 1) == "," else None


def _is_adjective_before_kind(row: Row, j: int) -> bool:
    kinds = words("place_kinds")
    return row.low(j) not in kinds and row.low(j + 1) in kinds


def _comma_place(row: Row, i: int) -> Item | None:
    """'in Khasan, Russia, on Friday': a place, its country, and no list."""
    j = i + 2 + (row.low(i + 2) == "in")
    j += row.low(j) in directions() if j > i + 2 else 0
    if j > i + 2 and row.low(j + 1) not in (",", ".", ";", ""):
        return None
    outer = row.at(j)
    is_country = outer.kind == "place" and countries.named(outer.text) is not None
    listed = row.low(j + 1) in ("and", "or", "&") or row.at(j + 2).kind == "place"
    listed |= row.low(i - 1) in (",", "and")
    return outer if is_country and not listed and row.at(j + 1).kind != "place" else None


def seats(clause: Clause) -> Iterator[Statement]:
    """'the Far Eastern Federal University in Vladivostok', 'X, headquartered in Y'."""
    row = clause.row
    for i, item in enumerate(row.items):
        if item.kind != "organization":
            continue
        last = names.fold(item.text).split()
        if row.low(i + 1) == "in" and row.at(i + 2).kind == "place" and set(last) & words("sited"):
            yield relation(clause, "location", item, row.at(i + 2), "institution in place")
        j = phrase_after(row, i + 1 + (row.low(i + 1) in (",", "(")), "seated")
        j = j or _based(row, i)
        if j and row.at(j).kind == "place":
            yield relation(clause, "headquarters", item, row.at(j), "based in")


def _based(row: Row, i: int) -> int:
    """Return where the place stands in 'Acme, a Bergen-based maker'; 0 if nowhere."""
    j = i + 2 + (row.low(i + 2) in ARTICLES)
    based = [row.low(j + 1), row.low(j + 2)] in (["-", "based"], ["-", "headquartered"])
    return j if row.low(i + 1) == "," and based and row.low(j + 3).isalpha() else 0
