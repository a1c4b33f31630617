"""Where sources differ: values that exclude one another, on the card of the thing disputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping

from generator.cards.claims import Index, Said
from generator.cards.conflict_amounts import amounts_differ, thing_counted
from generator.cards.conflict_offices import find_rivals
from generator.cards.conflict_values import (
    World,
    ages_differ,
    countries_differ,
    days_differ,
    make_world,
    nationalities_differ,
    seats_differ,
    signatures_differ,
    told_together,
    words_differ,
)
from generator.cards.schema import Schema
from generator.model import Article, Conflict, Evidence

Rule = Callable[[Said, Said, World], bool]

# Each rule returns whether two answers to one question can't both be true. A property that is
# `exclusive` in the schema and has no rule here is compared word by word.
RULES: Mapping[str, Rule] = {
    "located_in": countries_differ,
    "nationality": nationalities_differ,
    "headquarters": seats_differ,
    "birth_place": seats_differ,
    "birth_date": days_differ,
    "death_date": days_differ,
    "founded": days_differ,
    "date_signed": signatures_differ,
    "age": ages_differ,
    "killed": amounts_differ,
    "injured": amounts_differ,
    "missing": amounts_differ,
    "displaced": amounts_differ,
    "troops": amounts_differ,
    "price": amounts_differ,
    "employees": amounts_differ,
    "members": amounts_differ,
    "population": amounts_differ,
    "attendance": amounts_differ,
}


def find_conflicts(
    said: Iterable[Said], articles: Mapping[str, Article], index: Index, schema: Schema
) -> dict[str, tuple[Conflict, ...]]:
    """Return the conflicts by the id of the card they stand on."""
    said = list(said)
    world = make_world(said, articles, index)
    found: dict[str, list[Conflict]] = defaultdict(list)
    for card, conflict in [*_offices(said, articles), *_exclusive(said, world, schema)]:
        found[card].append(conflict)
    return {card: tuple(conflicts) for card, conflicts in found.items()}


def _offices(said: list[Said], articles: Mapping[str, Article]) -> Iterator[tuple[str, Conflict]]:
    """Yield the offices that sources give to two people at one time."""
    for of, rivals in find_rivals(said, articles):
        value = rivals[0].claim.value
        yield of, _conflict("position", value, [(s.who, s.claim.evidence[0]) for s in rivals])


def _exclusive(said: list[Said], world: World, schema: Schema) -> Iterator[tuple[str, Conflict]]:
    """Yield the values of one property that can't both be true of one thing."""
    questions: dict[tuple[str, str, Hashable], list[Said]] = defaultdict(list)
    for item in said:
        property = item.claim.property
        if property in RULES or schema.properties[property].exclusive:
            questions[item.who, property, _narrowed(item)].append(item)
    for (who, property, _), items in questions.items():
        rivals = _rivals(items, RULES.get(property, words_differ), world)
        if rivals:
            yield who, _conflict(property, None, rivals)


def _narrowed(item: Said) -> Hashable:
    """Return what two answers must share besides the property to answer one question.

    Of counts, whose they are and what is counted: twelve soldiers and nine civilians differ
    in nothing.
    """
    if RULES.get(item.claim.property) is not amounts_differ:
        return None
    return item.claim.of, thing_counted(item.claim.property, item.claim.value or "")


def _rivals(items: list[Said], differ: Rule, world: World) -> list[tuple[str, Evidence]]:
    """Return each answer that another excludes, once, with the words that give it."""
    answers: dict[str, Evidence] = {}
    for item in items:
        if any(_exclude(item, other, differ, world) for other in items):
            answers.setdefault(_answer(item), item.claim.evidence[0])
    return list(answers.items()) if len(answers) > 1 else []


def _exclude(a: Said, b: Said, differ: Rule, world: World) -> bool:
    return _answer(a) != _answer(b) and not told_together(a, b) and differ(a, b, world)


def _answer(item: Said) -> str:
    """Return what a claim answers: its number, the card it names, or its words."""
    counts = RULES.get(item.claim.property) is amounts_differ
    value = item.claim.value or ""
    return value if counts else item.claim.of or value


def _conflict(property: str, value: str | None, rivals: list[tuple[str, Evidence]]) -> Conflict:
    rivals = sorted(rivals, key=lambda rival: (rival[1], rival[0]))
    return Conflict(
        property, value, tuple(who for who, _ in rivals), tuple(evidence for _, evidence in rivals)
    )
