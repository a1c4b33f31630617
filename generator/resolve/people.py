"""Keys of people's names: nicknames, order, second surnames, spellings by ear."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from functools import cache, lru_cache

from generator import lexicons, names, people_names
from generator.resolve.generations import GENERATIONS
from generator.resolve.name_order import family_first, is_family_first

# Names and words seen before are not read again; more than a large folder has.
MOST_NAMES = 16_384
_QUOTED = re.compile(r"(.*?) ?[\"'“‘(](?:the )?([\w -]+)[\"'”’)] (.+)", re.I)
_UMLAUT = re.compile(r"(?<![aeiouq])[aou]e(?![aeiou]|l\b)")
_BY_EAR = tuple((re.compile(pattern), sound) for pattern, sound in (
    (r"ph", "f"), (r"ou|oo|ow(?=[^aeiou]|$)", "u"), (r"ee|ei(?!n)|ie|y|j(?=[aeiou])", "i"),
    (r"(?<=[aou])e(?=[^aeiou])", ""), (r"kh|ck|q|c(?=[aoukrlt])", "k"), (r"dj|dzh", "j"),
    (r"tch", "ch"), (r"v|w", "v"), (r"(?<=[^aeiouscz])h", ""), (r"h$", ""), (r"z", "s"),
    (r"(.)\1+", r"\1"), (r"^i(?=[aou])", "y"),
    (r"(?<=[aeiou])([^aeiou]+)[aeiou]+", r"\1"),
))  # fmt: skip


@lru_cache(MOST_NAMES)
def plain_forms(name: str) -> tuple[str, ...]:
    """Return a name without "Jr."; with a nickname in quotes, both names it holds.

    >>> plain_forms("John 'Jack' Dunne Jr.")
    ('John Dunne', 'Jack Dunne')
    """
    tidied = names.tidy(name)
    quoted = _QUOTED.fullmatch(tidied)
    given = [quoted[1], quoted[2]] if quoted else [""]
    found = []
    for one in given:
        words = f"{one} {quoted[3] if quoted else tidied}".split()
        while len(words) > 1 and names.key(words[-1]) in GENERATIONS:
            words = words[:-1]
        found.append(" ".join(words))
    return tuple(found)


def quoted(name: str) -> str:
    """Return the nickname that a name holds in quotes, empty without."""
    match = _QUOTED.fullmatch(names.tidy(name))
    return match[2] if match else ""


def umlaut_keys(name: str) -> Iterator[str]:
    """Yield a full name's key with ae, oe and ue for ä, ö and ü: 'Juergen Koehler'."""
    key = names.key(name)
    if " " in key:
        yield _UMLAUT.sub(lambda match: match[0][0], key)


def formal_keys(name: str) -> Iterator[str]:
    """Yield the keys of a full name with the given name that a nickname stands for.

    >>> set(formal_keys("Bob Ames")) & set(formal_keys("Robert Ames Jr."))
    {'robert ames'}
    """
    for form in plain_forms(name):
        words = names.key(form).split()
        if len(words) > 1:
            yield " ".join(words)
            for given in _formal().get(words[0], ()):
                yield " ".join([given, *words[1:]])


def turned_keys(name: str) -> Iterator[str]:
    """Yield the sounds of a full name's words in no order: 'Abebe Tola', 'Tolla Abebe'."""
    for form in plain_forms(name):
        words = names.key(form.replace("-", "")).split()
        if len(words) in (2, 3) and min(map(len, words)) > 1:
            yield " ".join(sorted(map(_by_ear, words)))


def eastern_keys(name: str) -> Iterator[str]:
    """Yield the words, in no order, of a name whose order tells nothing: 'Keiko Tanaka'.

    Japanese and Hungarian names are turned round abroad; so is a Chinese or Korean one, where
    a hyphen shows which words are the given name.
    """
    words = names.tidy(name).split()
    if len(words) == 2:
        first, last = (names.fold(word) for word in words)
        hyphened = [word for word in words if "-" in word]
        others = [names.fold(word) for word in words if "-" not in word]
        eastern = len(hyphened) == 1 and others[0] in family_first()
        for culture in _TURNED_ABROAD:
            surnames = people_names.surnames(culture)
            given = people_names.given_names(culture)
            eastern |= (first in surnames and last in given) or (
                last in surnames and first in given
            )
        if eastern:
            yield " ".join(sorted(names.key(word.replace("-", "")) for word in words))


def shorter_keys(name: str) -> Iterator[str]:
    """Yield two-word names that a longer one may be shortened to: middle or last word left out."""
    for form in plain_forms(name):
        words = names.key(form).split()
        long = len(words) in (3, 4) and len(words[0]) > 1 and len(words[-1]) > 1
        if long and not is_family_first(form):
            yield f"{words[0]} {words[-1]}"
            if len(words[1]) > 1:
                yield f"{words[0]} {words[-2]}"
                yield f"{words[0]} {words[1]}"


def two_words(name: str) -> Iterator[str]:
    """Yield the formal keys of a name that has two words, and those of no middle name."""
    yield from (key for key in formal_keys(name) if key.count(" ") == 1)


def heard_keys(name: str) -> Iterator[str]:
    """Yield how a full name sounds, in rough: 'Youssef Amrani', 'Yusuf Amrany'."""
    for form in plain_forms(name):
        words = names.key(form).split()
        if len(words) > 1 and all(len(word) > 1 for word in words):
            yield " ".join(map(_by_ear, words))


@lru_cache(MOST_NAMES)
def _by_ear(word: str) -> str:
    for pattern, sound in _BY_EAR:
        word = pattern.sub(sound, word)
    return word


# Peoples that write the family name first, and whose names are turned abroad.
_TURNED_ABROAD = ("japanese", "hungarian")


def given_names() -> Container[str]:
    """Return the listed given names of all cultures, folded."""
    return people_names.given_names()


@cache
def _formal() -> dict[str, tuple[str, ...]]:
    """Return the full given names of each pet name."""
    table = lexicons.load("given_names")["nicknames"]
    return {names.key(pet): tuple(map(names.key, full)) for pet, full in table.items()}
