"""A sentence read again in plainer words, so that the rules of claims need not know every turn.

"Acme, a maker founded by Ann Lee" also reads 'Acme, founded by Ann Lee'; "Ann left Rome and
founded Acme" also 'Ann founded Acme'. A reading is a row of the same items, some left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from generator.extract.clauses import by_first, phrases, words
from generator.extract.items import EDGE, Item, Row
from generator.extract.predicates import is_lead_in
from generator.extract.relation_words import first_words
from generator.model import DateMention

Dates = Mapping[int, DateMention]
Opening = tuple[int, int, int]  # where a subject begins and ends, and where its verb may


def read_plainly(row: Row, dates: Dates) -> tuple[Row, ...]:
    """Return the row, and what else it says in plainer words."""
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
        listed = row.low(end + 1) == "," and row.at(end + 2).text.isdecimal()  # 'Lee (USA), 3.'
        if end and row.at(i - 1).named and not listed:
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
    opening = find_opening(row)
    if opening is None:
        return
    first, end, after = opening
    for i in row.where(_JOINS):
        if i <= after + 1 or (row.low(i) == "," and not _goes_on(row, i)):
            continue
        if any(_breaks(row, k, row.at(first)) for k in range(after, i)):
            return
        if _is_verb(row, i + 1, dates):
            yield _cut(row, end, i + 1)


_JOINS = frozenset(["and", ","])


def _goes_on(row: Row, i: int) -> bool:
    """Return whether the comma at `i` joins verbs: 'grew up in Oslo, studied at Yale and …'."""
    told = row.low(i + 1) in first_words("active") and row.low(i + 2) != "by"
    return told and any(k > i for k in row.where(frozenset(["and"])))


def find_opening(row: Row) -> Opening | None:
    """Return where the subject that opens a sentence begins and ends, and where its verb may."""
    i = _past_setting(row)
    while is_lead_in(row.at(i)) and row.at(i).kind == "word":
        i += 1
    if row.at(i).kind not in ("person", "organization") or not row.at(i).named:
        return None
    after = i + 1
    if row.low(after) == "(" and row.low(after + 2) == ")":
        after += 3
    if row.low(after) == ",":
        close = next((k for k in range(after + 1, after + 28) if row.low(k) == ","), 0)
        plain = close and not any(row.at(k).kind == "person" for k in range(after, close))
        if not plain:
            return None
        after = close + 1
    verb = row.at(after)
    fits = verb.kind == "word" and verb.low.isalpha() and verb.low not in _NOUN_STOPS
    return (i, i + 1, after) if fits else None


_COMMA = frozenset([","])


def _past_setting(row: Row) -> int:
    """Return the index after 'In 1999,', 'Born in Oslo,'; 0 if no name follows the comma."""
    comma = next((k for k in row.where(_COMMA) if 1 <= k < 12), 0)
    plain = row.at(0).kind == "word" and not any(i.kind == "person" for i in row.items[:comma])
    return comma + 1 if comma and plain and row.at(comma + 1).named else 0


# What may bring a new subject with it.
_BREAKS = frozenset(
    "who which that whose whom where when while because although though if as said says saying "
    "told tells he she they it we i you not never nor let made saw heard watched".split()
) | frozenset(';:"“”‘(')


def _breaks(row: Row, k: int, subject: Item) -> bool:
    """Return whether an item between subject and verb can be, or bring, the verb's subject."""
    item = row.at(k)
    if item.low == "as" and row.low(k + 1) in ("a", "an"):
        return False  # 'joined Acme as a broker'
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
