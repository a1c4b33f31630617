"""Korean names in any spelling: keys in Hangul, one for each way a spelling may be meant."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from itertools import islice, product

from generator import lexicons
from generator.resolve.name_characters import all_read, ascii_words, characters, is_han

ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
# The seven sounds a syllable may end on, for each of the 27 ways to write them.
CODAS = ["", *"ㄱㄱㄱㄴㄴㄴㄷㄹㄱㅁㄹㄹㄹㅂㄹㅁㅂㅂㄷㄷㅇㄷㄷㄱㄷㅂㄷ"]
# Doubled consonants are not told apart abroad.
_SINGLE = str.maketrans("ㄲㄸㅃㅆㅉ", "ㄱㄷㅂㅅㅈ")
_ENDINGS = {"": 0, "ㄱ": 1, "ㄴ": 4, "ㄷ": 7, "ㄹ": 8, "ㅁ": 16, "ㅂ": 17, "ㅇ": 21}
_FIRST, _PER_ONSET, _PER_VOWEL = 0xAC00, 588, 28
# What one name may be read as; past it a spelling says too little to be of use.
MOST_READINGS = 96

Readings = tuple[str, ...]


def person_readings(name: str) -> Iterator[str]:
    """Yield the names in Hangul that a person's name may stand for; none if it isn't Korean.

    >>> "김정은" in set(person_readings("Kim Jong Un")) & set(person_readings("Gim Jeongeun"))
    True
    """
    words = _words(name)
    if len(words) == 1 and 2 <= len(words[0]) <= 4:
        yield from _native(words[0])
    elif len(words) > 1:
        found = _family_first(words) or _family_last(words)
        yield from sorted(set(found))


def thing_readings(name: str) -> Iterator[str]:
    """Yield the readings in Hangul of a place or body, its words run together."""
    words = _words(name)
    if all(map(_is_hangul, words)):
        yield _southern("".join(map(_plain, "".join(words))))
    elif len(words) == 1 and is_han(words[0]):
        yield from map(_southern, _read_characters(words[0]))
    elif any(len(word) > 2 for word in words):
        system = _system(name)
        parts = all_read(words, partial(_split, system=system, most=4))
        yield from sorted({_southern("".join(p)) for p in islice(product(*parts), MOST_READINGS)})


def native(name: str) -> str | None:
    """Return a name that is written in Hangul as it is compared, else None."""
    word = "".join(_words(name))
    return _southern("".join(map(_plain, word))) if _is_hangul(word) else None


# --- the shapes of a name


def _words(name: str) -> list[str]:
    """Return the words of a name; accents other than the breve of ŏ and ŭ are no part of it."""
    if name.isascii():
        return ascii_words(name)
    text = unicodedata.normalize("NFD", name.casefold().translate(_APOSTROPHES))
    text = _MARKS.sub("", text.replace("\u030c", "\u0306"))
    return _BETWEEN.sub(" ", unicodedata.normalize("NFC", text)).split()


_MARKS = re.compile(r"[\u0300-\u0305\u0307-\u036f]")
_BETWEEN = re.compile(r"[-.·\s]+")
_APOSTROPHES = str.maketrans("’‘ʼʻ`´", "''''''")


def _native(word: str) -> Iterator[str]:
    if _is_hangul(word):
        yield _southern("".join(map(_plain, word)))
    elif is_han(word):
        for reading in _read_characters(word):
            if reading[0] in _surname_set():
                yield _southern(reading)


def _read_characters(word: str) -> Iterator[str]:
    table = characters()
    if all(char in table and table[char].korean for char in word):
        yield "".join(_plain(table[char].korean) for char in word)


def _family_first(words: list[str]) -> list[str]:
    return _named(words[0], words[1:])


def _family_last(words: list[str]) -> list[str]:
    """Read 'Syngman Rhee'; only of two words, and where the family name is a telling one."""
    telling = words[-1] in _surnames() and len(words[-1]) > 2
    return _named(words[-1], words[:-1]) if telling and len(words) in (2, 3) else []


def _named(surname: str, given: list[str]) -> list[str]:
    """Return every reading of a family name with a given name of one or two syllables."""
    family = _surnames().get(surname) or _surname_readings(surname)
    if not family or len(given) > 2:
        return []
    system = _system(surname + "".join(given))
    if len(given) == 2:
        parts = [_syllables(system).get(word, ()) for word in given]
        whole = tuple("".join(part) for part in product(*parts))
    else:
        whole = _split(given[0], system, 2)
    return [_southern(f + g) for f, g in islice(product(family, whole), MOST_READINGS)]


def _system(text: str) -> str:
    """Return the table that reads a text: Cyrillic, letters with breves, any other letters."""
    if text.isascii():
        return "plain"
    if re.search(r"[а-яё]", text.casefold()):
        return "russian"
    return "marked" if re.search(r"[ŏŭǒǔ]", text.casefold()) else "plain"


@lru_cache(maxsize=10_000)
def _split(word: str, system: str, most: int) -> Readings:
    """Return the readings of syllables written in one word, sounds that changed undone."""
    spellings = [word]
    for changed, before in lexicons.load("romanization_korean")["assimilated"].items():
        if changed in word:
            spellings += [word.replace(changed, one, 1) for one in before]
    return tuple(reading for one in spellings for reading in _cut(one, system, most))


# Bounded: names of a large folder never stop coming.
@lru_cache(maxsize=10_000)
def _cut(word: str, system: str, most: int) -> Readings:
    if word[-1:] not in _last_letters(system):
        return ()
    table = _syllables(system)
    found = list(table.get(word, ()))
    for end in range(1, min(len(word), 8) if most > 1 else 0):
        heads = table.get(word[:end])
        if heads:
            rest = _cut(word[end:].removeprefix("'"), system, most - 1)
            found += [head + tail for head in heads for tail in rest]
    return tuple(found[:MOST_READINGS])


# --- syllables


@cache
def _last_letters(system: str) -> frozenset[str]:
    """Return the letters that a name can end on; most words of English end on others."""
    return frozenset(spelling[-1:] for spelling in _syllables(system))


def _is_hangul(text: str) -> bool:
    return not text.isascii() and all("가" <= char <= "힣" for char in text)


def _compose(onset: str, vowel: str, coda: str) -> str:
    place = ONSETS.index(onset) * _PER_ONSET + VOWELS.index(vowel) * _PER_VOWEL
    return chr(_FIRST + place + _ENDINGS[coda])


@cache
def _plain(syllable: str) -> str:
    """Return a syllable as it sounds abroad: single consonants, seven endings."""
    number = ord(syllable) - _FIRST
    onset = ONSETS[number // _PER_ONSET].translate(_SINGLE)
    vowel = VOWELS[number % _PER_ONSET // _PER_VOWEL]
    return _compose(onset, "ㅖ" if vowel == "ㅒ" else vowel, CODAS[number % _PER_VOWEL])


def _southern(name: str) -> str:
    """Return a name with its first sound as in the south: 리 is 이, 로 is 노, 녕 is 영."""
    number = ord(name[0]) - _FIRST
    onset, vowel = ONSETS[number // _PER_ONSET], VOWELS[number % _PER_ONSET // _PER_VOWEL]
    if onset in "ㄴㄹ":
        onset = "ㅇ" if vowel in "ㅑㅕㅖㅛㅠㅣ" else "ㄴ"
    return _compose(onset, vowel, CODAS[number % _PER_VOWEL]) + _softer(name[1:])


def _softer(given: str) -> str:
    """Return a given name with its 로 as 노; 룡 and 용 are two sounds there."""
    number = ord(given[0]) - _FIRST if given else 0
    vowel = VOWELS[number % _PER_ONSET // _PER_VOWEL]
    if not given or ONSETS[number // _PER_ONSET] != "ㄹ" or vowel in "ㅑㅕㅖㅛㅠㅣ":
        return given
    return _compose("ㄴ", vowel, CODAS[number % _PER_VOWEL]) + given[1:]


@cache
def _syllables(system: str) -> dict[str, Readings]:
    """Return what each spelling of one syllable may stand for in a system."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for syllable, spelling in _spelled(system):
        found[spelling][syllable] = None
        if system == "plain":  # marks may have been left out
            found[spelling.replace("'", "")][syllable] = None
    return {spelling: tuple(readings) for spelling, readings in found.items()}


def _spelled(system: str) -> Iterator[tuple[str, str]]:
    lexicon = lexicons.load("romanization_korean")
    sounds = [[(s, _written(v[system])) for s, v in lexicon[kind].items()]
              for kind in ("onsets", "vowels", "codas")]  # fmt: skip
    for (onset, starts), (vowel, middles), (coda, ends) in product(*sounds):
        for start, middle, end in product(starts, middles, ends):
            if not middle.endswith("~") or coda:
                yield _compose(onset, vowel, coda), start + middle.rstrip("~") + end
    if system == "plain":
        for syllable, habits in lexicon["habits"].items():
            yield from ((syllable, habit) for habit in habits.split())


def _written(spellings: str) -> list[str]:
    return ["" if spelling == "-" else spelling for spelling in spellings.split()]


# --- family names


@cache
def _surname_set() -> frozenset[str]:
    """Return every family name in Hangul, with its northern forms."""
    listed = lexicons.words("romanization_korean", "surnames")
    table = characters().values()
    northern = {c.korean for c in table if c.korean and _southern(c.korean) in listed}
    return frozenset({_plain(char) for char in listed | northern if len(char) == 1} | listed)


@cache
def _surnames() -> dict[str, Readings]:
    """Return the family names that habitual spellings stand for."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for surname, habits in lexicons.load("romanization_korean")["surname_habits"].items():
        for habit in habits.casefold().split():
            found[habit][surname] = None
            for reading in _surname_readings(habit):
                found[habit][reading] = None
    return {habit: tuple(readings) for habit, readings in found.items()}


@lru_cache(10_000)
def _surname_readings(word: str) -> Readings:
    """Return the family names that a word may spell by the tables."""
    listed = lexicons.words("romanization_korean", "surnames")
    readings = _cut(word, _system(word), 1) if len(word) < 7 else ()
    return tuple(dict.fromkeys(s for r in readings if (s := _southern(r)) in listed))
