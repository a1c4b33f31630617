"""A sentence read again in plainer words, so that the rules of claims need not know every turn.

"Acme, a maker of lamps founded by Ann Lee" also reads 'Acme, founded by Ann Lee'; "Ann left Rome
and founded Acme" also 'Ann founded Acme'; "He was born in Oslo" is said of whom the sentence
before opened with. Each reading is a row of the same items, with some left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from generator import names
from generator.extract import person_names
from generator.extract.clauses import by_first, phrases, words
from generator.extract.items import EDGE, Item, Row
from generator.extract.offices import ARTICLES
from generator.extract.predicates import is_lead_in
from generator.extract.relation_words import first_words
from generator.model import DateMention

Dates = Mapping[int, DateMention]


@dataclass(frozen=True, slots=True)
class Topic:
    """Whom 'she', and which body 'its' at the head of the next sentence can mean."""

    person: Item | None = None
    body: Item | None = None


def read_plainly(row: Row, topic: Topic, dates: Dates) -> tuple[Row, ...]:
    """Return the row, its pronouns given to the topic, and what else it says in plainer words."""
    row = _with_pronouns(row, topic)
    found = [row, *_without_brackets(row)]
    for reading in tuple(found):
        found += _without_nouns(reading)
    for reading in tuple(found):
        found += _coordinated(reading, dates)
    return tuple(found)


# --- 'Ann Lee (née Poe) | is'


def _without_brackets(row: Row) -> Iterator[Row]:
    """Yield the row without what stands in brackets behind its first name."""
    for i in row.where(_OPENING)[:1]:
        end = next((k for k in range(i + 1, i + 25) if row.low(k) == ")"), 0)
        if end and row.at(i - 1).named:
            yield _cut(row, i, end + 1)


_OPENING = frozenset(["("])


# --- 'Acme, a maker of lamps | founded by', 'Ann Lee is a lawyer | who was'


def _without_nouns(row: Row) -> Iterator[Row]:
    """Yield the row without a noun that only says what a name is, before what is told of it."""
    for i in row.where(_ARTICLES):
        before = row.at(i - 1)
        linked = before.low in _BE or before.low in (",", "–", "—")
        if not linked or not row.at(i - 2).named:
            continue
        end = _noun_end(row, i + 1)
        if not end:
            continue
        if row.low(end) in _RELATIVES and (before.low == "," or row.at(i - 2).kind == "person"):
            cut = i if before.low not in _BE else i - 1
            yield _cut(row, cut, end)
        elif before.low not in _BE and row.low(end) in first_words("passive"):
            yield _cut(row, i, end)


_ARTICLES = frozenset(["a", "an", "the"])
_BE = frozenset(["is", "was"])
_RELATIVES = frozenset(["who", "which", "that"])
# After one of these the noun before the clause may be another one.
_NOUN_STOPS = frozenset(
    "of for in at on to with from by and or but , ; : ( ) who which that whose as than".split()
)


def _noun_end(row: Row, i: int) -> int:
    """Return the index after 'Norwegian economist and central banker' at `i`; 0 if unsure."""
    for k in range(i, i + 9):
        item = row.at(k)
        if k > i and (item.low in _RELATIVES or _is_participle(row, k)):
            return k
        joined = item.low == "and" and row.low(k + 1) not in _NOUN_STOPS
        if item is EDGE or (item.low in _NOUN_STOPS and not joined):
            return 0
        if item.possessive or item.kind in ("person", "organization", "product", "document"):
            return 0
    return 0


def _is_participle(row: Row, i: int) -> bool:
    return row.low(i) in first_words("passive") and row.low(i + 1) in ("by", "in", "on")


def _cut(row: Row, start: int, end: int) -> Row:
    return Row(row.sentence, (*row.items[:start], *row.items[end:]))


# --- 'Ann left Rome and | founded Acme'


def _coordinated(row: Row, dates: Dates) -> Iterator[Row]:
    """Yield the row with its subject right before each further verb that it has."""
    opening = _opening(row)
    if opening is None:
        return
    first, end, after = opening
    for i in row.where(_JOINS):
        if i <= after + 1:
            continue
        if any(_breaks(row.at(k), row.at(first)) for k in range(after, i)):
            return
        if _is_verb(row, i + 1, dates):
            yield _cut(row, end, i + 1)


_JOINS = frozenset(["and"])


def _opening(row: Row) -> tuple[int, int, int] | None:
    """Return where the subject that opens a sentence begins and ends, and where its verb may."""
    i = _past_setting(row)
    while is_lead_in(row.at(i)) and row.at(i).kind == "word":
        i += 1
    if row.at(i).kind not in ("person", "organization") or not row.at(i).named:
        return None
    after = i + 1
    if row.low(after) == ",":
        close = next((k for k in range(after + 1, after + 14) if row.low(k) == ","), 0)
        plain = close and not any(row.at(k).kind == "person" for k in range(after, close))
        if not plain:
            return None
        after = close + 1
    verb = row.at(after)
    fits = verb.kind == "word" and verb.low.isalpha() and verb.low not in _NOUN_STOPS
    return (i, i + 1, after) if fits else None


def _past_setting(row: Row) -> int:
    """Return the index after 'In 1999,', 'Born in Oslo,'; 0 if no name follows the comma."""
    comma = next((k for k in range(1, 12) if row.low(k) == ","), 0)
    plain = row.at(0).kind == "word" and not any(i.kind == "person" for i in row.items[:comma])
    return comma + 1 if comma and plain and row.at(comma + 1).named else 0


# What may bring a new subject with it.
_BREAKS = frozenset(
    "who which that whose whom where when while because although though if as said says saying "
    "told tells he she they it we i you not never nor let made saw heard watched".split()
) | frozenset(';:"“”‘(')


def _breaks(item: Item, subject: Item) -> bool:
    """Return whether an item between subject and verb can be, or bring, the verb's subject."""
    return item.low in _BREAKS or item.kind in ("person", subject.kind)


def _is_verb(row: Row, i: int, dates: Dates) -> bool:
    """Return whether a verb of the rules stands at `i`, a date or adverb before it or not."""
    if row.low(i) in ("in", "on") and row.at(i + 1).start in dates:
        day = dates[row.at(i + 1).start]
        i += 1
        while row.at(i).end and row.at(i).start < day.end:
            i += 1
    while row.low(i) in words("adverbs"):
        i += 1
    return row.low(i) in _verbs() and row.at(i).kind == "word"


@cache
def _verbs() -> frozenset[str]:
    being = frozenset(phrase[0] for phrase in phrases("being"))
    return first_words("active") | being | frozenset(by_first("dying")) - {",", "own"}


# --- 'She was born in Oslo'


def _with_pronouns(row: Row, topic: Topic) -> Row:
    """Return the row with 'he' or 'she' that opens it or a clause of it as the one meant."""
    if row.low(0) == "its":
        return _given(row, 0, topic.body) if topic.body else row
    i = _pronoun(row)
    if i < 0 or any(item.text in _QUOTES for item in row.items):
        return row
    before, meant = row.items[:i], topic.person
    if any(item.kind == "person" for item in before):
        meant = _only_person(Row(row.sentence, before), None)
    elif any(item.low in person_names.roles() for item in before):
        meant = None  # 'When the mayor fell ill, she …'
    return _given(row, i, meant) if meant else row


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
    opening, bodies = _opening(row), [item for item in row.items if item.kind == "organization"]
    first = row.at(opening[0]) if opening else EDGE
    told = first.kind == "organization" and all(_may_be(body, first) for body in bodies)
    return Topic(_only_person(row, topic.person), first if told else None)


def _only_person(row: Row, topic: Item | None) -> Item | None:
    """Return the one person a sentence speaks of, whom 'he' or 'she' of the next one means."""
    people = [item for item in row.items if item.kind == "person"]
    if _others(row):
        return None
    if not people:
        return topic if _pronoun(row) == 0 else None
    first = people[0]
    opening = _opening(row)
    opens = opening is not None and row.at(opening[0]) is first
    alone = all(_may_be(other, first) for other in people)
    return first if opens and alone and first.mention is not None else None


def _may_be(short: Item, full: Item) -> bool:
    """Return whether a name is the other one again: 'Lee' after 'Ann Lee'."""
    return set(names.key(short.text).split()) <= set(names.key(full.text).split())


def _others(row: Row) -> bool:
    """Return whether a sentence speaks of somebody it does not name: 'told the mayor'."""
    for i, item in enumerate(row.items):
        if item.kind == "word" and item.low in person_names.roles() and _is_other(row, i):
            return True
    return False


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
