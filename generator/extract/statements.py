"""What a sentence states about its names: a table of rules, each one function.

A rule sees one sentence as a row of items with its office phrases, and returns statements.
Precision comes first: what a careful reader would not underline is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from generator.extract import offices
from generator.extract.biography import (
    ages,
    birth_places,
    births,
    deaths,
    lifetimes,
    nationalities,
)
from generator.extract.clauses import Clause
from generator.extract.counts import counts
from generator.extract.dealings import (
    alliances,
    belongings,
    doings,
    meetings,
    openings,
    passives,
)
from generator.extract.happenings import charges_brought, legal_steps, signings, terms
from generator.extract.items import Row
from generator.extract.kinship import kin_in_apposition, kin_of_possessor
from generator.extract.other_names import acronyms, native_names, other_names
from generator.extract.positions import positions
from generator.extract.relations import bodies_within_bodies, places_of_countries, seats
from generator.extract.ties import roles, shared_roles
from generator.model import DateMention, Mention, Statement

Rule = Callable[[Clause], Iterable[Statement]]

RULES: tuple[Rule, ...] = (
    positions,
    kin_of_possessor,
    kin_in_apposition,
    bodies_within_bodies,
    places_of_countries,
    seats,
    other_names,
    acronyms,
    native_names,
    ages,
    lifetimes,
    births,
    birth_places,
    deaths,
    nationalities,
    doings,
    openings,
    belongings,
    passives,
    roles,
    shared_roles,
    meetings,
    alliances,
    legal_steps,
    terms,
    charges_brought,
    signings,
    counts,
)


def find_statements(
    text: str,
    rows: Iterable[Row],
    mentions: tuple[Mention, ...],
    dates: tuple[DateMention, ...] = (),
) -> tuple[Statement, ...]:
    """Return what the article's sentences state, in text order, each once a sentence."""
    found: dict[tuple[object, ...], Statement] = {}
    starts = {date.start: date for date in dates}
    for row in rows:
        clause = Clause(text, row, tuple(offices.read_offices(row, text)), starts)
        for rule in RULES:
            for statement in rule(clause):
                key = (
                    statement.property, mentions[statement.subject].surface,
                    statement.value, statement.of, statement.sentence,
                )  # fmt: skip
                found.setdefault(key, statement)
    return tuple(found.values())
