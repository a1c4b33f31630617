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
    successions,
)
from generator.extract.happenings import charges_brought, legal_steps, signings, terms
from generator.extract.items import Row
from generator.extract.kinship import kin_in_apposition, kin_of_possessor, marriages
from generator.extract.nationalities import nationalities
from generator.extract.other_names import acronyms, names_at_birth, native_names, other_names
from generator.extract.positions import positions
from generator.extract.pronouns import give_pronouns
from generator.extract.readings import read_plainly
from generator.extract.relations import bodies_within_bodies, places_of_countries, seats
from generator.extract.ties import roles, shared_roles
from generator.model import DateMention, Mention, Statement

Rule = Callable[[Clause], Iterable[Statement]]

RULES: tuple[Rule, ...] = (
    positions,
    kin_of_possessor,
    kin_in_apposition,
    marriages,
    bodies_within_bodies,
    places_of_countries,
    seats,
    other_names,
    acronyms,
    native_names,
    names_at_birth,
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
    successions,
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
    for row in give_pronouns(tuple(rows)):
        for reading in read_plainly(row, starts):
            if not any(item.named for item in reading.items):
                continue  # nothing is said of nobody
            clause = Clause(text, reading, tuple(offices.read_offices(reading, text)), starts)
            for rule in RULES:
                for statement in rule(clause):
                    key = (
                        statement.property, mentions[statement.subject].surface,
                        statement.value, _named(statement), statement.sentence,
                    )  # fmt: skip
                    found.setdefault(key, statement)
    return tuple(found.values())


def _named(statement: Statement) -> object:
    return statement.of and (statement.of.name, statement.of.type)
