"""What the words around a name tell of its kind: "the lender X", "X, a maker of pumps".

Each clue is two words, how it was found and the kind it speaks for, as in `contexts.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache

from generator import lexicons

Clue = tuple[str, str]  # how it was found, kind

_DETERMINERS = frozenset("a an the its his her their our my one another this that some".split())
_PHRASE_ENDS = frozenset(
    ". , ; : ) which that who whom whose where when and or but of in on at for from to by with "
    "near based run led owned founded is are was were has had have".split()
)
_SKIPPED = frozenset(
    "also now still already never once then later even only not long soon recently has had have "
    "will would could may might must can should is are was were be been being since first".split()
)
_COPULAS = frozenset("is was are were became becomes remains".split())
_OPENERS = frozenset(", ( - — –".split())
_LISTING = frozenset("called named dubbed like including".split())
_PHRASE_LENGTH = 9


def clues(words: list[str], folded: list[str], start: int, end: int) -> list[Clue]:
    """Return the clues around the name at `start:end` of a paragraph's words."""
    return [
        *_before(words, folded, start, end),
        *_apposed(words, folded, end),
        *_copula(words, folded, end),
        *_verb(words, folded, end),
    ]


def _before(words: list[str], folded: list[str], start: int, end: int) -> Iterator[Clue]:
    """Yield clues of "lender X", "lenders such as X", "the region's lender, X,"."""
    if start and words[start - 1][0].islower():
        yield from (("noun", kind) for kind in nouns(folded[start - 1]))
    if start < 2 or not words[start - 2][0].islower():
        return
    if folded[start - 1] in _LISTING:
        yield from (("listed", kind) for kind in nouns(folded[start - 2]))
    elif folded[start - 2 : start] == ["such", "as"] and start > 2:
        yield from (("listed", kind) for kind in nouns(folded[start - 3]))
    elif folded[start - 1] == "," and (end >= len(words) or folded[end] in (",", ".", ";")):
        yield from (("turned", kind) for kind in _phrase_before(folded, start - 1))


def _phrase_before(folded: list[str], end: int) -> tuple[str, ...]:
    """Return the kinds of the noun phrase that ends before `end`: "a maker of pumps"."""
    found = nouns(folded[end - 1])
    if found:
        return found
    for i in range(end - 1, max(0, end - 8), -1):
        if folded[i] in ("of", "in", "for"):
            return nouns(folded[i - 1])
    return ()


def _apposed(words: list[str], folded: list[str], end: int) -> Iterator[Clue]:
    """Yield clues of "X, a maker of pumps" and "X (Norway's lender)"."""
    i = end + 1
    if i >= len(words) or folded[end] not in _OPENERS:
        return
    small = words[i][0].islower() and not verbs(folded[i])
    owned = folded[i + 1 : i + 2] == ["'s"]
    if small or owned or folded[i] in _DETERMINERS:
        yield from (("apposed", kind) for kind in _phrase(words, folded, i))


def _copula(words: list[str], folded: list[str], end: int) -> Iterator[Clue]:
    """Yield clues of "X is one of the biggest makers of pumps"."""
    if end + 1 >= len(words) or folded[end] not in _COPULAS:
        return
    i = end + 1
    while i < len(words) and (folded[i] in _SKIPPED or folded[i] in ("one", "of", "among")):
        i += 1
    if i < len(words) and folded[i] in _DETERMINERS:
        yield from (("is", kind) for kind in _phrase(words, folded, i))


def _verb(words: list[str], folded: list[str], end: int) -> Iterator[Clue]:
    """Yield clues of "X employs", "X has since shrugged"."""
    i = end
    while i < min(len(words), end + 3) and folded[i] in _SKIPPED:
        i += 1
    if i < len(words) and words[i][0].islower():
        how = "verb" if i == end else "later verb"
        yield from ((how, kind) for kind in verbs(folded[i]))


def _phrase(words: list[str], folded: list[str], start: int) -> tuple[str, ...]:
    """Return the kinds of the last telling noun of the noun phrase that begins at `start`."""
    found: tuple[str, ...] = ()
    for i in range(start, min(len(words), start + _PHRASE_LENGTH)):
        if i > start and folded[i] in _PHRASE_ENDS:
            break
        if words[i][0].islower():
            found = nouns(folded[i]) or found
    return found


@lru_cache(maxsize=10_000)
def nouns(folded: str) -> tuple[str, ...]:
    """Return the kinds of things a common noun names, sorted: airline -> organization."""
    return tuple(sorted(kind for kind, words in _lists("nouns").items() if folded in words))


@lru_cache(maxsize=10_000)
def verbs(folded: str) -> tuple[str, ...]:
    """Return the kinds of things that do what a verb says, sorted: shrugged -> person."""
    return tuple(sorted(kind for kind, words in _lists("verbs").items() if folded in words))


@cache
def _lists(what: str) -> dict[str, frozenset[str]]:
    found = {
        key.removesuffix(f"_{what}"): lexicons.folded("contexts", key)
        for key in lexicons.load("contexts")
        if key.endswith(f"_{what}")
    }
    return found | {"person": _people() if what == "nouns" else _of_titles("person_verbs")}


def _people() -> frozenset[str]:
    titles = lexicons.load("titles")
    trades = _of_titles("professions") | _of_titles("person_nouns")
    heads = {head["word"].split()[-1] for head in titles["heads"]}
    family = {kin["word"] for kin in titles["family"]}
    return trades | {f"{trade}s" for trade in trades} | heads | family


def _of_titles(key: str) -> frozenset[str]:
    return lexicons.folded("titles", key)
