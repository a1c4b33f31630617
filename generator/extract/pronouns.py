"""Whom 'she' and which body 'its' mean at the head of a sentence: 'She was born in Oslo'.

Only what the sentence before speaks of, and only if it speaks of nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from generator import names
from generator.extract import person_names
from generator.extract.clauses import words
from generator.extract.items import EDGE, Item, Row
from generator.extract.offices import ARTICLES
from generator.extract.readings import Opening, find_opening

Sexes = Mapping[str, str]  # by the folded name: "male" or "female"


@dataclass(frozen=True, slots=True)
class Topic:
    """Whom 'she', and which body 'its' at the head of the next sentence can mean."""

    person: Item | None = None
    body: Item | None = None


def give_pronouns(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield each row with 'he', 'she', 'his' or 'its' as the name of whom or what is meant."""
    hero, sexes = find_hero(rows), find_sexes(rows)
    topic, paragraph = Topic(), -1
    for row in rows:
        near = row.sentence.paragraph <= paragraph + 1  # news has paragraphs of one sentence
        topic = topic if near else Topic()
        yield with_pronouns(row, topic, sexes)
        topic, paragraph = find_topic(row, topic), row.sentence.paragraph
        if hero and topic.person is None and not opens_with_another(row, hero):
            topic = replace(topic, person=hero)


def with_pronouns(row: Row, topic: Topic, sexes: Sexes) -> Row:
    """Return the row with a pronoun that opens it or a clause of it as the one meant."""
    if row.low(0) == "its":
        return _given(row, 0, topic.body) if topic.body else row
    i = _pronoun(row)
    if i < 0 or any(item.text in _QUOTES for item in row.items):
        return row
    before, meant = row.items[:i], topic.person
    if any(item.kind == "person" for item in before):
        part = Row(row.sentence, before)
        meant = _only_person(part, None, find_opening(part))
    elif any(item.low in person_names.roles() for item in before):
        meant = None  # 'When the mayor fell ill, she …'
    if meant is None or sexes.get(meant.low, _SEX[row.low(i)]) != _SEX[row.low(i)]:
        return row
    return _given(row, i, meant)


_SEX = {"he": "male", "his": "male", "she": "female", "her": "female"}
_QUOTES = frozenset(['"', "“", "”", "‘", "«", "»", "„"])
_HE = frozenset(["he", "she"])
_HIS = frozenset(["his", "her"])


def _pronoun(row: Row) -> int:
    """Return where a clause opens with a pronoun: 'He', 'Born in 1968, he', '; she'."""
    if row.low(0) in _HIS:
        return 0
    i = next(iter(row.where(_HE)), -1)
    opens = i == 0 or row.low(i - 1) in (",", ";", "and", "but") or row.at(i - 1).text.isdecimal()
    return i if opens else -1


def _given(row: Row, i: int, meant: Item) -> Row:
    """Return the row with a pronoun as the name it stands for, in the pronoun's own place."""
    said = row.at(i)
    name = Item(meant.kind, meant.text, meant.low, said.start, said.end, meant.mention,
                (said.start, said.end))  # fmt: skip
    mark = (Item("word", "'s", "'s", said.end, said.end),) if said.low not in _HE else ()
    return Row(row.sentence, (*row.items[:i], name, *mark, *row.items[i + 1 :]))


def find_topic(row: Row, topic: Topic) -> Topic:
    """Return whom and what a sentence speaks of, for the pronouns of the next one."""
    opening = find_opening(row)
    first = row.at(opening[0]) if opening else EDGE
    told = first.kind == "organization" and not any(
        item.kind == "organization" and not _may_be(item, first) and row.low(i - 1) != "("
        for i, item in enumerate(row.items)
    )
    other = opening and any(i >= opening[2] for i in row.where(_other_things()))
    person = _only_person(row, topic.person, opening)
    return Topic(person, first if told and not other else None)


@cache
def _other_things() -> frozenset[str]:
    """Return nouns for what may have a director or an owner too: 'the company', 'a film'."""
    return words("body_kinds") | words("things_with_staff")


def find_sexes(rows: Iterable[Row]) -> dict[str, str]:
    """Return whom words before a name tell to be a man or a woman: 'her husband, Hugo'."""
    found = {}
    for row in rows:
        for i, item in enumerate(row.items):
            if item.kind != "person":
                continue
            before = (row.low(i - 1), row.low(i - 2))
            for sex in ("male", "female"):
                if not words(sex).isdisjoint(before):
                    found[item.low] = sex
    return found


def find_hero(rows: Sequence[Row]) -> Item | None:
    """Return whom a page is about whose headline is a name alone: 'Marit Solheim'."""
    first = rows[0].at(0) if rows else EDGE
    return first if first.kind == "person" and len(rows[0].items) == 1 else None


def opens_with_another(row: Row, hero: Item) -> bool:
    """Return whether a sentence speaks first of somebody else than the page does."""
    opening = find_opening(row)
    first = row.at(opening[0]) if opening else EDGE
    return _others(row) or (first.kind == "person" and not _may_be(first, hero))


def _only_person(row: Row, topic: Item | None, opening: Opening | None) -> Item | None:
    """Return the one person a sentence speaks of, whom 'he' or 'she' of the next one means."""
    if row.low(0) in _HIS or _others(row):
        return None
    people = [item for item in row.items if item.kind == "person"]
    if not people:
        return topic if _pronoun(row) == 0 else None
    first = people[0]
    opens = opening is not None and row.at(opening[0]) is first
    alone = all(_may_be(other, first) for other in people)
    return first if opens and alone and first.mention is not None else None


def _may_be(short: Item, full: Item) -> bool:
    """Return whether a name is the other one again: 'Lee' after 'Ann Lee'."""
    return set(names.key(short.text).split()) <= set(names.key(full.text).split())


def _others(row: Row) -> bool:
    """Return whether a sentence speaks of somebody it does not name: 'told the mayor'."""
    return any(
        row.items[i].kind == "word" and _is_other(row, i) for i in row.where(person_names.roles())
    )


def _is_other(row: Row, i: int) -> bool:
    """Return whether the noun at `i` is no apposition, predicate or lead-in of a name."""
    for k in range(i - 1, max(i - 6, -1), -1):
        if row.low(k) in ARTICLES:
            before = row.low(k - 1)
            told = before in (",", "as", "is", "was", "became", "been", "a", "") and k > 0
            lead = row.at(i + 1).kind == "person"
            return not (told or lead)
        if row.at(k).kind == "word" and not row.low(k).isalpha() and row.low(k) != "-":
            break
    return False
