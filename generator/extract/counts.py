"""How many of what, and since when: 'killed 12 people', 'for $445 million', 'founded in 1958'.

A sentence becomes a string in which names, numbers and dates are signs; the patterns of
`lexicons/counts.yml` are laid on it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from generator import lexicons
from generator.extract.clauses import Clause, statement
from generator.extract.items import Item, country_of
from generator.extract.numbers import Number, number_at
from generator.model import DateMention, Ref, Statement

_LETTERS = {
    "event": "e", "organization": "o", "place": "l", "person": "p",
    "nationality": "x", "product": "r", "document": "t",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """A sentence as signs and words, what each piece was, and where in the shape it starts."""

    text: str
    signs: frozenset[str]
    starts: tuple[int, ...]
    pieces: tuple[Item | Number | DateMention, ...]

    def at(self, offset: int) -> Item | Number | DateMention:
        """Return what stands at an offset of the shape."""
        return self.pieces[bisect_right(self.starts, offset) - 1]


@dataclass(frozen=True, slots=True)
class Pattern:
    """One way to say a property; `dated` ones count only where the words give the day."""

    property: str
    regex: re.Pattern[str]
    dated: bool
    needs: tuple[frozenset[str], ...]  # of each some sign must be there

    def may_fit(self, signs: frozenset[str]) -> bool:
        """Return whether a sentence with these signs has what the pattern never does without."""
        return not (self.dated and "d" not in signs) and not any(
            need.isdisjoint(signs) for need in self.needs
        )


def counts(clause: Clause) -> Iterator[Statement]:
    """'The mudslide killed 1,012 people', 'X, founded in 1958', 'Y sent 3,400 troops to Z'."""
    if not _may_count(clause):
        return
    shape = shape_of(clause)
    for pattern in _fitting(shape.signs):
        for match in pattern.regex.finditer(shape.text):
            found = None if _is_unsure(shape, match) else _read(clause, shape, pattern, match)
            if found:
                yield found


def _may_count(clause: Clause) -> bool:
    """Return whether a sentence has one of the words that patterns need."""
    return not clause.row.lows.isdisjoint(_triggers())


def _is_unsure(shape: Shape, match: re.Match[str]) -> bool:
    return bool(lexicons.words("counts", "unsure") & set(shape.text[: match.end()].split()))


# --- the shape


def shape_of(clause: Clause) -> Shape:
    """Return the sentence with names, numbers and dates as signs."""
    parts: list[str] = []
    starts: list[int] = []
    pieces: list[Item | Number | DateMention] = []
    signs: set[str] = set()
    i = offset = 0
    while i < len(clause.row.items):
        piece, sign, after = _piece(clause, i)
        text = f"⟨{sign}{len(pieces)}⟩" if sign else clause.row.low(i)
        signs.update(sign or "")
        parts.append(text)
        starts.append(offset)
        pieces.append(piece)
        offset += len(text) + 1
        i = after
    return Shape(" ".join(parts), frozenset(signs), tuple(starts), tuple(pieces))


def _piece(clause: Clause, i: int) -> tuple[Item | Number | DateMention, str | None, int]:
    """Return the date, number, name or word at an item, its sign, and the item after it."""
    row = clause.row
    day = clause.dates.get(row.at(i).start)
    if day:
        end = i + 1
        while end < len(row.items) and row.at(end).start < day.end:
            end += 1
        return day, "d", end
    number = number_at(row, i)
    if number:
        return number, "m" if number.money else "n", number.after
    item = row.at(i)
    return item, _LETTERS.get(item.kind), i + 1


# --- the patterns


@cache
def _patterns() -> tuple[Pattern, ...]:
    lexicon = lexicons.load("counts")
    return tuple(
        Pattern(property, re.compile(regex), group == "dated", _needs(regex))
        for group in ("patterns", "dated")
        for property, templates in lexicon[group].items()
        for regex in map(_expand, templates)
    )


# What a pattern is about stands in it once and is never optional: its signs.
_NEEDED = re.compile(r"\(\?P<(?:host|n|exact|day|of)>⟨\[?([a-z]+)\]?\\d\+⟩\)(?![?*])")


def _needs(regex: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(letters) for letters in _NEEDED.findall(regex))


@lru_cache(maxsize=1_000)
def _fitting(signs: frozenset[str]) -> tuple[Pattern, ...]:
    """Return the patterns that a sentence with these signs may fit, in their order."""
    return tuple(pattern for pattern in _patterns() if pattern.may_fit(signs))


def _expand(template: str) -> str:
    """Return a template as a regular expression: slots first, then words in capitals."""
    slots = lexicons.load("counts")["slots"]
    for _ in range(2):  # a slot may hold a slot
        template = re.sub(r"(?<!\?P)<(\w+)>", lambda m: slots[m[1]], template)
    template = re.sub(r"\b[A-Z]+(?:_[A-Z]+)*\b(?!<)", lambda m: _alternatives(m[0]), template)
    return _numbered(template)


def _alternatives(word: str) -> str:
    words = sorted(_listed(word), key=lambda w: (-len(w), w))
    return rf"(?<![^\s(])(?:{'|'.join(words)})(?!\w)"


def _listed(word: str) -> list[str]:
    value: Any = lexicons.load("counts")["words"][word]
    return value.split() if isinstance(value, str) else [_spaced(phrase) for phrase in value]


def _spaced(phrase: str) -> str:
    return phrase.replace("-", " - ")  # a hyphen is a token


def _numbered(template: str) -> str:
    """Return a regular expression whose several dates and places have names of their own."""
    for group in ("when", "where"):
        for number in range(1, 1 + template.count(f"(?P<{group}>")):
            template = template.replace(f"(?P<{group}>", f"(?P<{group}{number}>", 1)
    return template


@cache
def _triggers() -> frozenset[str]:
    """Return words without which no pattern fits."""
    lexicon = lexicons.load("counts")
    found = {word for key in lexicon["triggers"].split() for word in _telling_words(key)}
    return frozenset(found | set(lexicon["trigger_words"].split()))


def _telling_words(key: str) -> Iterator[str]:
    """Yield one telling word of each phrase: the longest."""
    for phrase in _listed(key):
        yield max(phrase.split(), key=len)


# --- the statement


def _read(clause: Clause, shape: Shape, pattern: Pattern, match: re.Match[str]) -> Statement | None:
    groups = match.groupdict()
    host = shape.at(match.start("host"))
    value, date = _value(clause, shape, match), _when(shape, match)
    of = _of(shape, match) if groups.get("of") else None
    told = value or (of and not groups.get("n"))
    if not isinstance(host, Item) or not told or (pattern.dated and not _is_day(date)):
        return None
    start, end = _span(shape, match)
    return statement(
        clause, pattern.property, host, start, end, "count",
        value=value, of=of, whole=value, date=None if groups.get("day") else date,
    )  # fmt: skip


def _span(shape: Shape, match: re.Match[str]) -> tuple[int, int]:
    """Return the words of the text that a pattern covers, names in full."""
    first, last = shape.at(match.start()), shape.at(match.end() - 1)
    return (
        first.whole[0] if isinstance(first, Item) and first.named else first.start,
        last.whole[1] if isinstance(last, Item) and last.named else last.end,
    )


def _value(clause: Clause, shape: Shape, match: re.Match[str]) -> str | None:
    """Return '212 soldiers of the government', '$445 million', '12 people in a fire', '1958'."""
    groups = match.groupdict()
    if groups.get("day"):
        day = shape.at(match.start("day"))
        return day.value if isinstance(day, DateMention) else None
    if groups.get("exact"):
        years = shape.at(match.start("exact"))
        return years.figure if isinstance(years, Number) and years.figure.isdigit() else None
    number = shape.at(match.start("n")) if groups.get("n") else None
    if not isinstance(number, Number):
        return None
    words = [number.figure]
    if groups.get("what"):
        words.append(_words(clause, shape, match, "what"))
    if groups.get("how"):
        words.append(f"in {_words(clause, shape, match, 'how').lower()}")
    places = [name for name, found in groups.items() if found and name.startswith("where")]
    return " ".join([*words, *(_words(clause, shape, match, place) for place in places)])


def _words(clause: Clause, shape: Shape, match: re.Match[str], group: str) -> str:
    start = match.start(group) + (match[group][0] == " ")
    first, last = shape.at(start), shape.at(match.end(group) - 1)
    return clause.text[first.start : last.end]


def _of(shape: Shape, match: re.Match[str]) -> Ref | None:
    item = shape.at(match.start("of"))
    if not isinstance(item, Item):
        return None
    if item.kind != "nationality":
        return Ref(item.text, item.kind, item.mention)  # type: ignore[arg-type]
    country = country_of(item)
    return Ref(country, "place") if country else None


def _when(shape: Shape, match: re.Match[str]) -> str | None:
    """Return the one date that the words of the count give, None if none or several.

    'On Monday' that opens the sentence dates what comes right after it.
    """
    spans = [match.start(name) for name, text in match.groupdict().items()
             if text and name.startswith("when")]  # fmt: skip
    opening = _OPENING.fullmatch(shape.text, 0, match.start())
    spans += [opening.start(1)] if opening else []
    days = {day.value for day in map(shape.at, spans) if isinstance(day, DateMention) and day.value}
    return days.pop() if len(days) == 1 else None


_OPENING = re.compile(r"(?:(?:on|in|during|early|late) )?(⟨d\d+⟩) (?:, )?")


def _is_day(date: str | None) -> bool:
    return bool(date and re.fullmatch(r"\d{4}-\d\d-\d\d", date))
