"""Offices and titles: who is what, of which body or place.

An office phrase is read once, wherever it stands ("Russia's acting Defence Minister",
"deputy head of the Bank of Japan"); a table of positions then says whose it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from generator import countries, lexicons, names
from generator.extract.items import EDGE, Item, Row, country_of
from generator.extract.parts_of_speech import parts_of_speech
from generator.model import Ref

ARTICLES = frozenset(["the", "a", "an", "its", "his", "her", "their", "one", "another"])
TAIL = frozenset(["of", "at", "for", "in", "to", "with", "from", "on"])


@dataclass(frozen=True, slots=True)
class Office:
    """An office phrase: items `start` to `end` of a row, its words, and whose it is.

    `value` is the office in the text's words less the body or place that is `of`; `whole` the
    span of text with it. `strong` if the words alone tell an office (minister, not farmer).
    """

    start: int
    end: int
    value: str
    whole: tuple[int, int]
    of: Ref | None
    country: str | None
    strong: bool


def read_offices(row: Row, text: str) -> list[Office]:
    """Return the office phrases of a sentence, left to right, none overlapping."""
    found: list[Office] = []
    end = 0
    for i, item in enumerate(row.items):
        office = _office_at(row, i, text) if i >= end and _may_begin(item) else None
        if office:
            found.append(office)
            end = office.end
    return found


def _office_at(row: Row, i: int, text: str) -> Office | None:
    """Parse TIME? OWNER? MODIFIER* FIELD* HEAD TAIL? at item `i`."""
    if row.low(i) in _CHOSEN and row.low(i - 1) in _BEING:
        return None  # 'was elected president': the office begins after the verb
    if _is_preposition(row, i):
        return None
    start = i
    i += _is_time(row, i)
    lead = text[row.at(start).start : row.at(i).start]  # 'Former', of 'Former Spanish president'
    owner, i = _owner(row, i)
    core = i
    i = _skip_modifiers(row, _skip_noun(row, i) if owner else i)
    head_end, strong = _head(row, i)
    if head_end is None:
        return None
    head_end += 2 * _is_joined(row, head_end)
    tail_end, of, field_end, country = _tail(row, head_end)
    value = lead + text[row.at(core).start : row.at(field_end - 1).end]
    whole = (row.at(start).start, row.at(tail_end - 1).end)
    country = country or (_owner_country(row, start, core) if owner else None)
    owner = owner or (_meant_by_its(row, start) if of is None else None)
    return Office(start, tail_end, value, whole, of or owner, country, strong)


def _is_preposition(row: Row, i: int) -> bool:
    """Return whether 'under' at `i` is no part of an office: 'under President Ann Lee'."""
    return row.low(i) == "under" and row.low(i + 1) not in ("-", "secretary", "sheriff")


def _skip_noun(row: Row, i: int) -> int:
    """Return the index after 'sanctions' in "the Union's sanctions envoy, Ann Lee"; else `i`."""
    word = row.at(i)
    noun = row.at(i - 1).possessive and word.kind == "word" and word.text.islower()
    if not noun or _is_modifier(word.low) or _head(row, i)[0] is not None:
        return i
    after = _head(row, i + 1)[0]
    if after is None or "noun" not in parts_of_speech(word.low).split("+"):
        return i
    told = row.at(after + (row.low(after) == ",")).kind == "person"
    return i + 1 if told and "adj" not in parts_of_speech(word.low) else i


def _meant_by_its(row: Row, i: int) -> Ref | None:
    """Return the body that 'Acme, whose chair', 'Acme won; its chair' speak of."""
    if row.low(i - 1) == "whose":
        body = row.at(i - 3) if row.low(i - 2) == "," else EDGE
        return _ref(body) if body.kind == "organization" else None
    if row.low(i - 1) != "its":
        return None
    named = [(k, item) for k, item in enumerate(row.items[:i]) if item.named]
    if len(named) != 1 or named[0][1].kind != "organization" or named[0][0] > 3:
        return None
    at, body = named[0]
    whole = not row.at(at + 1).possessive and row.low(at - 1) not in TAIL
    return _ref(body) if whole else None


def _may_begin(item: Item) -> bool:
    """Return whether an office phrase can begin with an item: few words of a text are such."""
    return item.low in _openers() if item.kind == "word" else item.kind in _OWNERS


_OWNERS = frozenset(["place", "organization", "nationality"])


def _is_joined(row: Row, i: int) -> bool:
    """Return whether a hyphen at `i` makes the head part of a longer word: 'president-general'."""
    before, hyphen, after = row.at(i - 1), row.at(i), row.at(i + 1)
    tight = before.end == hyphen.start and hyphen.end == after.start
    return hyphen.low == "-" and tight and after.kind == "word" and after.text.isalpha()


_CHOSEN = frozenset(["elected", "named", "appointed", "re-elected", "chosen"])
_BEING = frozenset(["is", "was", "were", "been", "being", "be"])


def _is_time(row: Row, i: int) -> bool:
    """Return whether 'former' or 'acting' stands before an owner and not before the office."""
    if row.low(i) not in _times():
        return False
    owner, after = _owner(row, i + 1)
    return owner is not None and after > i + 1


def _owner_country(row: Row, start: int, core: int) -> str | None:
    return next((c for i in range(start, core) if (c := country_of(row.at(i)))), None)


def _owner(row: Row, i: int) -> tuple[Ref | None, int]:
    """Read "Russia's", "Russian", "Security Council" or "Russia's Security Council" at `i`."""
    item = row.at(i)
    if item.kind in ("place", "organization") and row.at(i + 1).possessive:
        following, after = _owner(row, i + 2)
        return (
            (following, after)
            if following and following.type == "organization"
            else (_ref(item), i + 2)
        )
    if item.kind == "nationality":
        country = country_of(item)
        following, after = _owner(row, i + 1)
        if following and following.type == "organization":
            return following, after
        return (Ref(country, "place") if country else None), i + 1
    named = item.kind in ("place", "organization") and _may_head(row, i + 1)
    # '… of Acme A/S. Chief Executive Ann Lee': a stop between them ends a sentence, too
    named &= row.at(i + 1).start <= item.end + 1
    # 'In Moscow President Putin …' is no President of Moscow.
    if named and row.low(i - 1) not in lexicons.folded("places", "prepositions"):
        return _ref(item), i + 1
    return None, i


def _may_head(row: Row, i: int) -> bool:
    after = _skip_modifiers(row, i)
    return _head(row, after)[0] is not None


def _ref(item: Item) -> Ref:
    return Ref(item.text, item.kind, item.mention)  # type: ignore[arg-type]


def _skip_modifiers(row: Row, i: int) -> int:
    """Return the index after modifiers and fields, as long as a head follows them."""
    while row.at(i).kind == "word" and (_is_modifier(row.low(i)) or _hyphen(row, i)):
        if _head(row, i)[0] is not None and not _head_later(row, i):
            break
        i += 1
    return i


def _head_later(row: Row, i: int) -> bool:
    """'chief' heads 'police chief' but only modifies 'chief executive'."""
    j = i + 1
    while row.at(j).kind == "word" and (_is_modifier(row.low(j)) or _hyphen(row, j)):
        if _head(row, j)[0] is not None:
            return True
        j += 1
    return _head(row, j)[0] is not None


def _hyphen(row: Row, i: int) -> bool:
    return row.low(i) == "-" and row.at(i - 1).kind == "word" and row.at(i + 1).kind == "word"


def _is_modifier(low: str) -> bool:
    return low in _modifiers()


def _head(row: Row, i: int) -> tuple[int | None, bool]:
    """Return the index after the head noun at `i` (longest first), and whether it is strong."""
    longest = _first_words().get(row.low(i), 0)
    if not longest or row.at(i).kind != "word":
        return None, False
    for length in range(longest, 0, -1):
        phrase = _phrase(row, i, i + length)
        if phrase in _heads():
            return i + length, True
        if phrase in _professions():
            return i + length, False
    return None, False


def _phrase(row: Row, start: int, end: int) -> str:
    if end > len(row.items):
        return ""
    return " ".join(item.low for item in row.items[start:end]).replace(" - ", "-")


def _tail(row: Row, i: int) -> tuple[int, Ref | None, int, str | None]:
    """Read what follows the head: end of phrase, body or place, end of the value, country."""
    field_end = _field_phrase(row, i)
    at = field_end if field_end > i else _common_tail(row, i)
    preposition = row.low(at)
    if preposition not in TAIL:
        return at, None, at, None
    j = at + 1 + (row.low(at + 1) in ("the", "a", "an", "its"))
    ref, end, country = _body_or_place(row, _past_body_noun(row, j))
    if ref is None:
        return at, None, at, None
    if preposition == "from" and row.low(i - 1) in _professions():
        return at, None, at, None  # 'a programmer from Kharkiv'
    if preposition in ("to", "from", "with", "on"):  # ambassador to Japan, envoy on Syria
        return end, None, end, None
    if preposition in ("in", "at") and ref.type == "place":
        return at, None, at, None
    return _past_host(row, i, end), ref, at, country


def _past_body_noun(row: Row, j: int) -> int:
    """Return the index of the name in 'the mining company Acme', 'the unit known as the Owls'."""
    kinds = lexicons.folded("claims", "body_kinds")
    noun = next((k for k in range(j, j + 4) if row.low(k) in kinds), -1)
    if noun < 0 or any(not row.low(k).isalpha() or row.low(k) in TAIL for k in range(j, noun)):
        return j
    end = noun + 1
    if row.low(end) in ("known", "called"):
        end += 1 + (row.low(end) == "known" and row.low(end + 1) == "as")
        end += row.low(end) == "the"
    return end if row.at(end).kind == "organization" else j


def _past_host(row: Row, head_end: int, end: int) -> int:
    """Return the index after 'to Japan' in 'ambassador of Peru to Japan'; else `end`."""
    if row.low(head_end - 1) not in _SENT or row.low(end) != "to":
        return end
    host = end + 1 + (row.low(end + 1) == "the")
    return host + 1 if row.at(host).kind in ("place", "organization") else end


_SENT = frozenset(["ambassador", "envoy", "representative", "consul", "observer", "delegate"])


def _field_phrase(row: Row, i: int) -> int:
    """Return the end of 'of Natural Resources and Ecology', 'for foreign affairs'; else `i`."""
    if row.low(i) not in ("of", "for"):
        return i
    j = i + 1 + (row.low(i + 1) == "the")
    end = i
    while _is_field_word(row, j):
        end = j + 1
        j = end
        j += _continues(row, j)
    # 'chair of the mining company Acme' deals with no mining
    return i if row.low(end) in lexicons.folded("claims", "body_kinds") else end


def _continues(row: Row, j: int) -> bool:
    """Return whether 'and' or a comma at `j` goes on with the field: 'Defence, Trade and …'."""
    if not _is_field_word(row, j + 1):
        return False
    return row.low(j) in ("and", "&") or (row.low(j) == "," and row.low(j + 2) in (",", "and"))


def _common_tail(row: Row, i: int) -> int:
    """Return the end of 'of the intergovernmental commission', if a boundary follows; else `i`."""
    if row.low(i) != "of":
        return i
    j = i + 1 + (row.low(i + 1) in ARTICLES)
    start = j
    while row.at(j).kind == "word" and row.at(j).text.isalpha() and row.at(j).text.islower():
        if (
            row.low(j) in TAIL
            or row.low(j) in ARTICLES
            or row.low(j) in ("and", "or", "who", "that")
        ):
            break
        j += 1
    bounded = row.at(j).kind == "edge" or row.low(j) in (",", ".", ";", ")")
    if row.low(j) in ("at", "in"):  # professor of virology at the University of Ibadan
        bounded = _body_or_place(row, j + 1 + (row.low(j + 1) == "the"))[0] is not None
    return j if start < j <= start + 4 and bounded else i


def _is_field_word(row: Row, j: int) -> bool:
    """Return whether a word can be what an office deals with: listed, or any in capitals."""
    item = row.at(j)
    capital = item.text[:1].isupper() and item.low.isalpha()
    return item.kind == "word" and (capital or item.low in _fields() or item.low == "affairs")


def _body_or_place(row: Row, j: int) -> tuple[Ref | None, int, str | None]:
    """Read '[Russian|Russia's] BODY [of COUNTRY]' or a place at `j`."""
    item, country = row.at(j), None
    if item.kind in ("nationality", "place") and row.at(j + 1).kind == "organization":
        country, j = country_of(item), j + 1
    elif item.kind == "place" and row.at(j + 1).possessive:
        inner = j + 2 + (row.low(j + 2) in lexicons.folded("places", "parts"))
        if row.at(inner).kind in ("organization", "place"):
            country, j = country_of(item), inner
    item = row.at(j)
    if item.kind not in ("organization", "place", "event"):
        return None, j, None
    end = j + 1
    if item.kind == "place" and row.low(end) in lexicons.folded("places", "optional_heads"):
        end += 1
    if item.kind == "organization" and row.low(end) == "of" and row.at(end + 1).kind == "place":
        country, end = country_of(row.at(end + 1)) or country, end + 2
    return _ref(item), end, country or country_of(item) or _country_within(item)


def _country_within(item: Item) -> str | None:
    """Return the country a body's own name ends on: 'Communist Party of Vietnam'."""
    _, of, name = item.text.rpartition(" of ")
    country = countries.named(name) if of else None
    return country.name if country and country.code else None


@cache
def _heads() -> frozenset[str]:
    return frozenset(names.fold(head["word"]) for head in lexicons.load("titles")["heads"])


@cache
def _first_words() -> dict[str, int]:
    """Return the words a head noun can begin with, and of how many tokens it is at most."""
    longest: dict[str, int] = {}
    for head in _heads() | _professions():
        words = re.split(r"[ -]", head)
        tokens = min(5, len(words) + head.count("-"))
        longest[words[0]] = max(longest.get(words[0], 0), tokens)
    return longest


@cache
def _openers() -> frozenset[str]:
    """Return the words that an office phrase can begin with."""
    return _times() | _modifiers() | frozenset(_first_words()) | {"-"}


@cache
def _times() -> frozenset[str]:
    return lexicons.folded("titles", "former") | lexicons.folded("titles", "acting")


def _professions() -> frozenset[str]:
    return lexicons.folded("titles", "professions")


@cache
def _modifiers() -> frozenset[str]:
    keys = ("modifiers", "fields", "acting", "deputy")
    found: frozenset[str] = frozenset({"female", "male", "woman", "black", "youngest", "oldest"})
    return found.union(*(lexicons.folded("titles", key) for key in keys))


def _fields() -> frozenset[str]:
    return lexicons.folded("titles", "fields")
