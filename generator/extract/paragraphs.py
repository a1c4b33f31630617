"""A paragraph as the tagger takes it, and what an article shows of the words it is made of.

Everything is computed over one article at a time, so that "Wagner said" in its last paragraph
helps with "Wagner" in its headline.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress
from typing import NamedTuple

from generator import names
from generator.extract import contexts, gazetteer
from generator.extract.tokens import Token
from generator.extract.word_classes import word_classes

# Words that join the capitalised words of one name.
JOINERS = frozenset(
    "of for de da do dos del della di du la le van von der den bin al el - & ' ’".split()
)
_LOCATIVE = frozenset("in at from near to around outside across inside toward towards into".split())
_LONG = re.compile(r"(.)\1{2,}")
_LETTER = re.compile(r"[^\W\d_]")
_DIGIT = re.compile(r"\d")


@dataclass(slots=True)
class Paragraph:
    """One paragraph's tokens with what is derived from each once."""

    tokens: list[Token]
    words: list[str]  # as written
    folded: list[str]  # lower case, no accents
    shapes: list[str]
    capitals: list[int]  # where a word begins with a capital
    marks: list[int]  # where one begins with neither letter nor digit
    small: set[str]  # folded words that stand here with a small letter
    spans: list[tuple[int, int]]  # runs of capitalised words, first and one past last token
    clues: list[list[contexts.Clue]]  # what stands around each run
    hits: list[gazetteer.Hit]
    titled: bool  # most words capitalised, as in a headline
    listed: dict[int, str]  # class of the listed phrase each token stands in


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article shows of each capitalised word, and of each run of them, sorted."""

    words: dict[str, tuple[str, ...]]
    names: dict[str, tuple[str, ...]]


class _Look(NamedTuple):
    """A word folded, its shape ("jong-un", "Xx-x"), and what it begins with."""

    folded: str
    shape: str
    capital: bool
    small: bool
    mark: bool


def paragraph(tokens: list[Token]) -> Paragraph:
    """Return the paragraph's derived values."""
    words = [token.surface for token in tokens]
    looks = map(list, zip(*map(look, words), strict=True))
    folded, shapes, capital, small, mark = looks if words else ([], [], [], [], [])
    capitals = [*compress(range(len(words)), capital)]
    marks = [*compress(range(len(words)), mark)]
    spans = _runs(words, capitals)
    hits = gazetteer.find(capitals, folded)
    listed = {i: kind for start, end, kind in hits for i in range(start, end)}
    clues = [contexts.clues(words, folded, start, end) for start, end in spans]
    return Paragraph(
        tokens, words, folded, shapes, capitals, marks, set(compress(folded, small)),
        spans, clues, hits, _is_titled(words), listed,
    )  # fmt: skip


# Words, numbers and marks of a few articles.
@lru_cache(maxsize=10_000)
def look(word: str) -> _Look:
    """Return what a word looks like."""
    first = word[0]
    return _Look(
        names.fold(word), _shape(word), first.isupper(), first.islower(), not first.isalnum()
    )


def _shape(word: str) -> str:
    if word.isascii() and word.isalpha():  # most words: the same result, sooner
        if word.islower():
            return "xx"[: len(word)]
        if word[1:].islower():
            return "Xxx"[: len(word)]
    marks = _LETTER.sub(lambda m: "X" if m.group().isupper() else "x", word)
    return _LONG.sub(r"\1\1", _DIGIT.sub("d", marks))


def _is_titled(words: list[str]) -> bool:
    alphabetic = [word[0] for word in words if len(word) > 3 and word[0].isalpha()]
    capital = sum(map(str.isupper, alphabetic))
    return len(alphabetic) > 2 and capital > 0.6 * len(alphabetic)


def _runs(words: list[str], capitals: list[int]) -> list[tuple[int, int]]:
    """Return the runs: capitalised words with what joins them."""
    spans: list[tuple[int, int]] = []
    end = 0
    for i in capitals:
        if i < end:
            continue
        end = i + 1
        while True:
            if end < len(words) and (words[end][0].isupper() or words[end][0].isdigit()):
                end += 1
            elif _joined(words, end):
                end += 2
            else:
                break
        spans.append((i, end))
    return spans


def _joined(words: list[str], end: int) -> bool:
    return end + 1 < len(words) and words[end].lower() in JOINERS and words[end + 1][0].isupper()


# --- the whole article


def article_facts(paragraphs: Sequence[Paragraph]) -> Facts:
    """Return what the whole article shows of its names."""
    words: dict[str, set[str]] = defaultdict(set)
    phrases: dict[str, set[str]] = defaultdict(set)
    for p in paragraphs:
        for (start, end), found in zip(p.spans, p.clues, strict=True):
            _note_run(p, start, end, words)
            _note_clues(p, start, end, found, phrases)
    for word in set().union(*(p.small for p in paragraphs)) & words.keys():
        words[word].add("small")
    return Facts(*({key: tuple(sorted(kinds)) for key, kinds in found.items() if kinds}
                   for found in (words, phrases)))  # fmt: skip


def _note_clues(
    p: Paragraph, start: int, end: int, found: list[contexts.Clue], facts: dict[str, set[str]]
) -> None:
    """Note the kinds told of a name for the same name, and for its first and last word alone."""
    if not found:
        return
    kinds = {"v" + kind if "verb" in how else kind for how, kind in found}
    facts[phrase(p, start, end)] |= kinds
    if end - start > 1:
        facts[p.folded[end - 1]] |= {"L" + kind for kind in kinds}
        facts[p.folded[start]] |= {"F" + kind for kind in kinds}


def phrase(p: Paragraph, start: int, end: int) -> str:
    """Return the words of a run as one text, folded."""
    return p.folded[start] if end - start == 1 else " ".join(p.folded[start:end])


def _note_run(p: Paragraph, start: int, end: int, facts: dict[str, set[str]]) -> None:
    before = p.folded[start - 1] if start else ""
    after = p.folded[end] if end < len(p.words) else ""
    seen = {*_told_before(before), *_told_after(after)}
    if before == "(" and after == ")":
        seen.add("bracket")
    if end - start > 1:
        seen.update(_told_last(p.folded[end - 1]))
        if "given" in word_classes(p.folded[start]):
            seen.add("given")
    for word in p.folded[start:end]:
        facts[word] |= seen


@lru_cache(maxsize=10_000)
def _told_before(folded: str) -> tuple[str, ...]:
    """Return what the word before a run tells of the run's."""
    found = ["in"] if folded in _LOCATIVE else ["the"] if folded == "the" else []
    return (*found, *_telling("before-", folded))


@lru_cache(maxsize=10_000)
def _told_after(folded: str) -> tuple[str, ...]:
    found = ["poss"] if folded in ("'s", "’s") else []
    return (*found, *_telling("after-", folded))


@lru_cache(maxsize=10_000)
def _told_last(folded: str) -> tuple[str, ...]:
    return _telling("last-", folded)


def _telling(where: str, folded: str) -> tuple[str, ...]:
    return tuple(where + kind for kind in word_classes(folded) if kind in _TELLING)


_TELLING = frozenset(
    "honorific rank title say orghead ending placehead media sport event doc".split()
)


# --- where a sentence begins

_OPENING = frozenset(('"', "“", "‘", "'", "(", "[", "-", "—", "–", "•", "*"))
# More marks than these open nothing: a row of stars, dashes drawn as a line.
MOST_OPENING = 8


def starts_sentence(words: list[str], i: int) -> bool:
    """Return whether the word follows a sentence's end, an opening quote after one, or a bullet."""
    if i and words[i - 1][0].isalnum():
        return False
    for j in range(i - 1, max(-1, i - 1 - MOST_OPENING), -1):
        if words[j] not in _OPENING:
            return words[j] in (".", "!", "?", ":", "…")
    return i <= MOST_OPENING
