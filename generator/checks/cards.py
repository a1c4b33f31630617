"""The rules for cards, and all that they find in a knowledge base."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.checks import claims, dates, ids, quotes, references
from generator.checks.faults import Fault, Severity
from generator.checks.world import AnyCard, CardFile, Finding, World, line_of, wrong_file

__all__ = ["check_cards", "count_quotes"]


class CardRule(NamedTuple):
    """A rule that looks at one card at a time; `name` is what reports call it."""

    name: str
    find: Callable[[AnyCard, World], Iterator[Finding]]
    severity: Severity = "error"


class WorldRule(NamedTuple):
    """A rule that has to see all cards together."""

    name: str
    find: Callable[[World], Iterator[tuple[CardFile, Finding]]]
    severity: Severity = "error"


CARD_RULES = (
    CardRule("id", ids.bad_id),
    CardRule("schema", claims.against_schema),
    CardRule("evidence", claims.without_evidence),
    CardRule("conflict", claims.bad_conflicts),
    CardRule("quote", quotes.wrong_quotes),
    CardRule("mention", quotes.wrong_names),
    CardRule("reference", references.dead_references),
    CardRule("reference", references.one_sided),
    CardRule("date", dates.bad_dates),
    CardRule("date", dates.contradictions),
    CardRule("orphan", references.orphans, "warning"),
)
WORLD_RULES = (
    WorldRule("id", ids.same_ids),
    WorldRule("id", ids.same_files),
    WorldRule("id", ids.taken_addresses),
    WorldRule("twin", ids.same_names, "warning"),
)


def check_cards(world: World) -> list[Fault]:
    """Return every fault of the cards, each with its line in the file as it is on disk."""
    found: list[Found] = [(file, "id", "error", finding) for file, finding in _wrong_files(world)]
    found += [
        (file, rule.name, rule.severity, finding)
        for rule in WORLD_RULES
        for file, finding in rule.find(world)
    ]
    found += [
        (file, rule.name, rule.severity, finding)
        for file in world.files
        for rule in CARD_RULES
        for finding in rule.find(file.card, world)
    ]
    return _with_lines(found)


def count_quotes(world: World) -> tuple[int, int, int]:
    """Return how many quotes there are, how many can't be checked, and of how many articles."""
    said = [e.article for file in world.files for e in quotes.quotes_of(file.card)]
    missing = [article for article in said if article not in world.texts]
    return len(said), len(missing), len(set(missing))


def _wrong_files(world: World) -> Iterator[tuple[CardFile, Finding]]:
    for file in world.files:
        if finding := wrong_file(file.card, world, file.uri):
            yield file, finding


Found = tuple[CardFile, str, Severity, Finding]


def _with_lines(found: list[Found]) -> list[Fault]:
    """Return findings as faults; each file is read once for all its lines."""
    by_file: defaultdict[str, list[Found]] = defaultdict(list)
    for item in found:
        by_file[item[0].uri].append(item)
    faults = []
    for items in by_file.values():
        lines = line_of(items[0][0].text, (finding.path for *_, finding in items))
        faults += [
            Fault(file.file, line, rule, finding.what, finding.todo, severity)
            for line, (file, rule, severity, finding) in zip(lines, items, strict=True)
        ]
    return faults
