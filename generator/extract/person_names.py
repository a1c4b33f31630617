"""Names of persons that lists alone can tell: their words, in their culture's order."""

from __future__ import annotations

from functools import cache, lru_cache

from generator import bodies, lexicons, names, people_names
from generator.extract.paragraphs import MOST_OPENING, starts_sentence
from generator.extract.tokens import Token, tokenize

# Names written with a hyphen or in three words; which syllables may follow the family name.
_SYLLABLES = {
    "korean": "korean_syllables",
    "chinese": "chinese_syllables",
    "vietnamese": "vietnamese_syllables",
}


def family_first_end(tokens: list[Token], i: int) -> int:
    """Return the index after a family-name-first name at token `i`, 0 if there is none.

    Two syllables must follow the family name, so that "Li Ming" and "Kim May" are left alone.
    """
    for syllables in _syllables_after(tokens[i].surface):
        end = _syllables_end(tokens, i + 1, syllables)
        if end:
            return end
    return 0


@lru_cache(maxsize=10_000)
def _syllables_after(word: str) -> tuple[frozenset[str], ...]:
    """Return the syllables of each culture in which a word is a family name."""
    found = [
        key
        for culture, key in _SYLLABLES.items()
        if names.fold(word) in people_names.surnames(culture)
    ]
    return tuple(lexicons.folded("given_names", key) for key in found) if word.istitle() else ()


def _syllables_end(tokens: list[Token], i: int, syllables: frozenset[str]) -> int:
    """Return the index after 'Jong-chon', 'Jong Un' or 'Jongun' at `i`, 0 if not so."""
    if i >= len(tokens) or not tokens[i].surface[0].isupper():
        return 0
    first = names.fold(tokens[i].surface)
    if first not in syllables:
        return 0
    hyphen = i + 2 < len(tokens) and tokens[i + 1].surface == "-"
    j = i + 2 if hyphen else i + 1
    if j >= len(tokens) or names.fold(tokens[j].surface) not in syllables:
        return 0
    if not hyphen and not tokens[j].surface.istitle():
        return 0
    joined = tokens[i].end == tokens[i + 1].start and tokens[j - 1].end == tokens[j].start
    return j + 1 if joined or not hyphen else 0


def given_first_end(tokens: list[Token], i: int) -> int:
    """Return the index after a given-name-first name at token `i`, 0 if there is none."""
    last = i == len(tokens) - 1
    if last or not _is_given(tokens[i].surface) or _is_continued(tokens, i):
        return 0
    j = i + 1
    while j < len(tokens) - 1 and (_is_initial(tokens[j].surface) or _is_particle(tokens, j)):
        j += 1
    family = tokens[j].surface
    if not (family.istitle() and len(family) > 2 and family.isalpha()):
        return 0
    known = names.fold(family) in people_names.surnames()
    return j + 1 if known or not _starts_sentence(tokens, i) else 0


def _starts_sentence(tokens: list[Token], i: int) -> bool:
    first = max(0, i - MOST_OPENING - 1)
    return starts_sentence([token.surface for token in tokens[first:i]], i - first)


@lru_cache(maxsize=10_000)
def _is_given(word: str) -> bool:
    return word.istitle() and names.fold(word) in people_names.given_names()


def _is_continued(tokens: list[Token], i: int) -> bool:
    """Return whether the word goes on from a capitalised one: 'St. Paul', 'Port Louis'."""
    return i > 0 and (tokens[i - 1].surface[0].isupper() or tokens[i - 1].surface == "-")


def _is_initial(word: str) -> bool:
    return len(word) == 2 and word.endswith(".") and word[0].isupper()


def _is_particle(tokens: list[Token], j: int) -> bool:
    low = tokens[j].surface.lower()
    return low in lexicons.folded("surnames", "particles") and tokens[j].surface.isalpha()


def surname(name: str) -> str | None:
    """Return the word by which a person is called after the first time; None if unsure.

    >>> surname("Vladimir Putin"), surname("Kim Jong-un")
    ('Putin', 'Kim')
    """
    words = name.split()
    if len(words) < 2 or not all(word[:1].isupper() for word in (words[0], words[-1])):
        return None
    tokens = tokenize(name)
    first = family_first_end(tokens, 0) == len(tokens)
    found = words[0] if first else words[-1]
    return found if len(found) > 2 and found.isalpha() else None


def is_within_name(tokens: list[Token], i: int) -> bool:
    """Return whether a token has a capitalised neighbour, as a part of another name has."""
    before = tokens[i - 1].surface if i else ""
    after = tokens[i + 1].surface if i + 1 < len(tokens) else ""
    lead = before[:1].isupper() and not _starts_sentence(tokens, i - 1)
    return lead or after[:1].isupper() or "-" in (before, after)


@cache
def roles() -> frozenset[str]:
    """Return the nouns that only a person is: minister, striker, widow."""
    titles = lexicons.load("titles")
    heads = {names.fold(head["word"]) for head in titles["heads"]}
    kin = {names.fold(entry["word"]) for entry in titles["family"]}
    people = lexicons.folded("titles", "professions") | lexicons.folded("titles", "person_nouns")
    return frozenset(heads | kin | people) - bodies.heads()
