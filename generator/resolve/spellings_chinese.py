"""Chinese names in any spelling: keys in pinyin, one for each way a spelling may be meant."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache, partial
from itertools import islice, product

from generator import lexicons
from generator.resolve.name_characters import (
    all_read,
    ascii_words,
    characters,
    is_han,
    simplified,
)

# Pinyin, Wade-Giles with its apostrophes, the same without them, Palladius.
SYSTEMS = ("pinyin", "wade_giles", "unmarked", "palladius")
MOST_READINGS = 64
_MARKS = re.compile(r"[\u0300-\u0307\u0309-\u036f]")  # tones and the like, not the two dots
_CYRILLIC = re.compile("[а-яё]")
_HYPHEN = re.compile(r"\w[-\u2010-\u2015]\w")
_BETWEEN = re.compile(r"[-.·\s]+")
_APOSTROPHES = str.maketrans("’‘ʼʻ`´", "''''''")

Readings = tuple[str, ...]


def person_readings(name: str) -> Iterator[str]:
    """Yield the names in pinyin that a person's name may stand for; none if it isn't Chinese.

    >>> set(person_readings("Mao Tse-tung")) & set(person_readings("Mao Zedong"))
    {'mao ze dong'}
    """
    words = _words(name)
    if len(words) == 1 and is_han(words[0]) and 2 <= len(words[0]) <= 4:
        yield from _read_characters(words[0])
    elif len(words) > 1 and len(words) < 5:
        found = [r for system in _systems(words, name) for r in _named(words, system)]
        yield from sorted(set(found))


def thing_readings(name: str) -> Iterator[str]:
    """Yield the readings in pinyin of a place or body, its words run together."""
    words = _words(name)
    whole = "".join(words)
    if is_han(whole):
        yield from (reading.replace(" ", "") for reading in _read_characters(whole))
        return
    if whole in _postal():
        yield _postal()[whole]
    for system in _systems(words, name):
        parts = all_read(words, partial(_cut, system=system, most=3))
        yield from sorted(
            {"".join(p).replace(" ", "") for p in islice(product(*parts), MOST_READINGS)}
        )


def native(name: str) -> str | None:
    """Return a name that is written in characters as it is compared, else None."""
    word = "".join(name.split())
    return simplified(word) if is_han(word) else None


# --- the shapes of a name


def _words(name: str) -> list[str]:
    """Return the words of a name; tones are no part of it, the dots of ü are."""
    if name.isascii():
        return ascii_words(name)
    text = unicodedata.normalize("NFC", name.casefold().translate(_APOSTROPHES))
    if not _CYRILLIC.search(text):
        text = unicodedata.normalize("NFC", _MARKS.sub("", unicodedata.normalize("NFD", text)))
    return _BETWEEN.sub(" ", text).split()


def _systems(words: list[str], name: str) -> tuple[str, ...]:
    """Return the systems a name may be written in.

    Short words such as 'Chen Kang' are pinyin, and would be others in Wade-Giles: that is
    believed only where a hyphen, a mark or a syllable shows it.
    """
    if _CYRILLIC.search(words[0]):
        return ("palladius",)
    if any("'" in word for word in words):
        return ("pinyin", "wade_giles")
    hyphen = _HYPHEN.search(name) and len(words) > 2
    known = bool(_family(words, "pinyin")[0]) and all(_cut(w, "pinyin", 3) for w in words[1:])
    return ("pinyin", "unmarked") if hyphen or not known else ("pinyin",)


def _named(words: list[str], system: str) -> Iterator[str]:
    """Yield every reading of a family name first with a given name of one or two syllables."""
    family, given = _family(words, system)
    if not family or not 1 <= len(given) <= 2:
        return
    parts = [_cut(word, system, 2 if len(given) == 1 else 1) for word in given]
    for first, *rest in islice(product(family, *parts), MOST_READINGS):
        yield " ".join([first, *rest])


def _family(words: list[str], system: str) -> tuple[Readings, list[str]]:
    """Return the readings of the family name and the words of the given name."""
    listed = lexicons.words("romanization_chinese", "surnames")
    double = lexicons.load("romanization_chinese")["double"]
    for length in (2, 1):
        word = "".join(words[:length])
        single = (_habit(word), *_cut(word, system, 1)) if length == 1 else ()
        found = tuple(r for r in single if r in listed)
        found += tuple(r for r in _cut(word, system, 2) if r in double)
        if found and len(words) > length:
            return found, words[length:]
    return (), []


def _habit(word: str) -> str:
    return str(lexicons.load("romanization_chinese")["surname_habits"].get(word, word))


def _read_characters(word: str) -> Iterator[str]:
    table = characters()
    if all(char in table for char in word):
        yield " ".join(table[char].mandarin for char in word)


# Bounded: names of a large folder never stop coming.
@lru_cache(maxsize=10_000)
def _cut(word: str, system: str, most: int) -> Readings:
    """Return the readings of up to `most` syllables written in one word."""
    if word[-1:] not in _last_letters(system):
        return ()
    table = _syllables(system)
    found = list(table.get(word, ()))
    for end in range(1, min(len(word), 8) if most > 1 else 0):
        heads = table.get(word[:end])
        if heads:
            rest = _cut(word[end:].lstrip("'ъ"), system, most - 1)
            # A syllable opens on a vowel only where a mark says so: Xian, Xi'an.
            if word[end] not in "aeoэо" or not found:
                found += [f"{head} {tail}" for head in heads for tail in rest]
    return tuple(dict.fromkeys(found))[:MOST_READINGS]


# --- syllables


@cache
def _last_letters(system: str) -> frozenset[str]:
    """Return the letters that a name can end on; most words of English end on others."""
    return frozenset(spelling[-1:] for spelling in _syllables(system))


@cache
def _syllables(system: str) -> dict[str, Readings]:
    """Return what each spelling of one syllable may stand for in a system."""
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for initial, finals in lexicons.load("romanization_chinese")["syllables"].items():
        for final in finals.split():
            for spelling in _WRITERS[system](initial, final):
                found[spelling][initial + final] = None
    if system in ("wade_giles", "unmarked"):
        for spelling, syllable in lexicons.load("romanization_chinese")["syllable_habits"].items():
            found[spelling][syllable] = None
    return {spelling: tuple(readings) for spelling, readings in found.items()}


def _pinyin(initial: str, final: str) -> Iterator[str]:
    """Yield nü and nyu for nv; lu may be lü where a typewriter had no dots."""
    yield initial + final
    if final.startswith("v"):
        for letter in ("ü", "yu", "u"):
            yield initial + letter + final[1:]


def _wade_giles(initial: str, final: str) -> Iterator[str]:
    lexicon = lexicons.load("romanization_chinese")["wade_giles"]
    syllable = initial + final
    if syllable in lexicon["whole"]:
        yield from _typed(lexicon["whole"][syllable])
        return
    start = lexicon["initials"].get(initial, initial)
    end = final
    for pattern, written in lexicon["finals"]:
        if re.search(pattern, syllable):
            for end in written:
                rest = final[1:] if end == "ü" and final[0] == "u" else ""
                yield from _typed(start + end + _after_front_u(rest))
            break
    yield from _typed(start + (final if end == final or end in ("ê", "eh", "ên", "êng") else end))


def _after_front_u(rest: str) -> str:
    return "eh" if rest == "e" else rest


def _typed(spelling: str) -> Iterator[str]:
    """Yield a spelling with its letters' marks and without."""
    yield spelling
    yield spelling.replace("ü", "u").replace("ê", "e")
    yield spelling.replace("ê", "e")


def _unmarked(initial: str, final: str) -> Iterator[str]:
    for spelling in _wade_giles(initial, final):
        yield spelling.replace("'", "")


def _palladius(initial: str, final: str) -> Iterator[str]:
    lexicon = lexicons.load("romanization_chinese")["palladius"]
    if initial + final in lexicon["whole"]:
        yield lexicon["whole"][initial + final]
        return
    end = lexicon["after"].get(initial, {}).get(final, lexicon["finals"].get(final, final))
    yield lexicon["initials"][initial] + end


_WRITERS = dict(zip(SYSTEMS, (_pinyin, _wade_giles, _unmarked, _palladius), strict=True))


@cache
def _postal() -> dict[str, str]:
    """Return the pinyin of the old names of cities and provinces."""
    listed = lexicons.load("romanization_chinese")["postal"]
    return {
        "".join(_words(spelling)): city
        for city, spellings in listed.items()
        for spelling in spellings.split()
    }
