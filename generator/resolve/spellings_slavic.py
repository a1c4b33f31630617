"""Russian, Ukrainian and Belarusian names in any spelling: keys that the systems share.

A key is a rough Cyrillic in ASCII: one letter a sound (Z S C for ж ш ч), without soft signs,
glides and doubled letters, which is where the systems differ. A name that several systems would
read differently yields a key for each.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from generator import lexicons

# Letters of words seen before are not read again; more words than a large folder has.
MOST_WORDS = 32_768
_MARKED = re.compile("[šžčŝûâèŭłś]|ë.*[cjžšč]|[cjžšč].*ë")
_MARKS = re.compile(r"[’ʼʹ′'ʺ″`.]")
_BETWEEN = re.compile(r"[\s-]+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_GERMAN = re.compile(r"w|sch|tsch|j|ch")
_FRENCH = re.compile(r"ou|ch|j|gu|ï")
# What a French spelling never has.
_ENGLISH = re.compile(r"sh|zh|y[aeou]")
_PATRONYMIC = re.compile(r"(?:[oeai]*v)?iC$|(?:[oeai]+v|i)na$|iCna$")
_INITIALS = re.compile(r"((?:\w{1,3}\.[\s-]*){2})(\w[\w'-]+)")
# Belarusian writes sounds that Russian hides: rough Cyrillic, before glides go.
_BELARUSIAN = tuple((re.compile(pattern), plain) for pattern, plain in (
    (r"enka$", "enko"), (r"[oa][uv](?=sk)", "ov"), (r"a[uv]$", "ov"), (r"a[uv]a$", "ova"),
    (r"c(?=i)", "t"), (r"dz(?=i)", "d"),
))  # fmt: skip
# What is left of a word when the differences between systems go.
_SMOOTH = tuple((re.compile(pattern), plain) for pattern, plain in (
    (r"'|\"", ""), (r"i+o", "e"), (r"i+(?=[aeou])", ""), (r"i+", "i"),
    (r"(?<=C)o(?=v|va$)", "e"), (r"ine$", "in"), (r"(.)\1+", r"\1"),
))  # fmt: skip


def person_keys(name: str) -> Iterator[str]:
    """Yield the keys of a full name, its patronymic left out; none if it doesn't look Slavic.

    >>> set(person_keys("Sergueï Choïgou")) & set(person_keys("Sergej Schoigu"))
    {'sergei Soigu'}
    """
    initials = _INITIALS.fullmatch(name.strip())
    if initials:
        letters = [word for word in re.split(r"[.\s-]+", initials[1]) if word]
        yield from sorted(_initial_keys(letters, initials[2]))
        return
    given, father, family = _parts(name)
    if not family:
        return
    firsts, lasts = _given(given), _family(given, family)
    if father or _is_slavic(family, lasts) or _is_slavic_given(given):
        yield from sorted({f"{first} {last}" for first in firsts for last in lasts})
        if father:
            yield from sorted(_initial_keys([given, father], family))


def possible_keys(name: str) -> Iterator[str]:
    """Yield the keys a full name would have if it were Slavic, whether it looks so or not.

    "Alexander Matsegora" may be anybody's; beside "Александр Мацегора" it is his.
    """
    given, _, family = _parts(name)
    if family and not _INITIALS.fullmatch(name.strip()):
        yield from (f"{g} {f}" for g in _given(given) for f in _family(given, family))


def fathers(name: str) -> frozenset[str]:
    """Return the given names of the father that a patronymic may tell; empty without one."""
    father = _parts(name)[1]
    told = [_father(key) for key in readings(father) if _PATRONYMIC.search(key)] if father else []
    listed = frozenset(name for name in told if len(name) > 1)
    return listed or frozenset(told)


def given_names(name: str) -> frozenset[str]:
    """Return what the given name of a full name may be; empty for initials."""
    given, _, family = _parts(name)
    return frozenset(_given(given)) if family and not _INITIALS.fullmatch(name) else frozenset()


def thing_keys(name: str) -> Iterator[str]:
    """Yield the keys of a place or body: a listed town's own, else its letters."""
    words = [word for word in _BETWEEN.split(name) if word]
    town = next((t for key in readings("".join(words)) if (t := _towns().get(key))), None)
    if town:
        yield town
    elif words:
        spelled = [readings(word) for word in words]
        longest = max(map(len, spelled))
        yield from sorted(
            {" ".join(r[min(i, len(r) - 1)] for r in spelled) for i in range(longest)}
        )


# --- the parts of a name


def _parts(name: str) -> tuple[str, str, str]:
    """Return given name, patronymic or nothing, and family name; nothing if it isn't one."""
    words = name.replace("-", "").split()
    if len(words) == 2:
        return words[0], "", words[1]
    if len(words) == 3 and any(_PATRONYMIC.search(key) for key in readings(words[1])):
        return words[0], words[1], words[2]
    return "", "", ""


def _initial_keys(letters: list[str], family: str) -> set[str]:
    first = " ".join(min(readings(letter))[:1] for letter in letters)
    return {f"{first} {key}" for key in readings(family)}


@lru_cache(MOST_WORDS)
def _given(word: str) -> tuple[str, ...]:
    """Return the listed given name that a word spells, else its readings."""
    keys = readings(word)
    listed = [_given_names()[key] for key in keys if key in _given_names()]
    return tuple(listed[:1]) or keys


def _family(given: str, family: str) -> tuple[str, ...]:
    """Return the readings of a family name, with the Russian ones of a Belarusian's."""
    keys = readings(family)
    if _belarusian() & set(readings(given)):
        keys += tuple(key for raw in _raw(family) for key in _russian(raw))
    return keys


def _russian(raw: str) -> Iterator[str]:
    for pattern, plain in _BELARUSIAN:
        raw = pattern.sub(plain, raw)
    yield _smooth(raw)
    yield _smooth(re.sub(r"ia", "e", raw, count=1))
    yield _smooth(re.sub(r"(?<!i)a", "o", raw, count=1))


def _is_slavic(word: str, keys: tuple[str, ...]) -> bool:
    """Return whether a family name is in Cyrillic or ends as Slavic ones do."""
    if _is_cyrillic(word) or _without_marks(word.casefold()) in _other_surnames():
        return _is_cyrillic(word)
    return any(key.endswith(_endings()) and len(key) > 4 for key in keys)


def _is_slavic_given(word: str) -> bool:
    """Return whether only Slavic peoples have a given name, or it is in Cyrillic."""
    keys = readings(word)
    listed = any(key in _given_names() for key in keys)
    return listed and (_is_cyrillic(word) or keys[0] not in _international())


def _father(key: str) -> str:
    """Return the name a patronymic is made from, as listed, else what is left of it."""
    stem = _PATRONYMIC.sub("", key)
    forms = (stem + end for end in ("", "i", "ei", "a", "o", "e"))
    return next((_given_names()[form] for form in forms if form in _given_names()), stem[:1])


# --- letters


@lru_cache(MOST_WORDS)
def readings(word: str) -> tuple[str, ...]:
    """Return what a word may be in rough Cyrillic, the likeliest first."""
    return tuple(dict.fromkeys(_smooth(raw) for raw in _raw(word)))


def _smooth(raw: str) -> str:
    for pattern, plain in _SMOOTH:
        raw = pattern.sub(plain, raw)
    return raw


def _raw(word: str) -> tuple[str, ...]:
    """Return the letters of a word in rough Cyrillic, once for each system it may be in."""
    word = _MARKS.sub("", unicodedata.normalize("NFC", word).casefold())
    if _is_cyrillic(word):
        return (_spell(unicodedata.normalize("NFC", word), "cyrillic"),)
    plain = _without_marks(word)
    found = [_spell(word, "marked")] if _MARKED.search(word) else []
    found += _aspirated(plain, "english")
    if _FRENCH.search(word) and not _ENGLISH.search(plain):
        found += _aspirated(plain, "french")
    if _GERMAN.search(plain) and not _ENGLISH.search(plain.replace("sch", "")):
        found += _german(plain)
    return tuple(dict.fromkeys(found))


def _aspirated(word: str, system: str) -> Iterator[str]:
    """Yield the readings of an English or French spelling: h alone is ISO's х or a Ukrainian г."""
    raw = _spell(word, system)
    yield raw.replace("h", "x")
    if "h" in raw:
        yield raw.replace("h", "g")


def _german(word: str) -> Iterator[str]:
    """Yield the German readings: sch is ш or ж, s before a vowel с or з."""
    raw = _spell(word, "german")
    for hushing in "SZ":
        spelled = re.sub(r"S(?!C)", hushing, raw)
        for soft in (r"(?!)", r"^s(?=[aeiou])", r"(?<!s)s(?=[aeiou])"):
            yield re.sub(soft, "z", spelled).replace("h", "g")


def _spell(word: str, system: str) -> str:
    pattern, table = _table(system)
    return _without_marks(pattern.sub(lambda match: table[match[0]], word))


@cache
def _table(system: str) -> tuple[re.Pattern[str], dict[str, str]]:
    lexicon = lexicons.load("romanization_slavic")
    table = lexicon["cyrillic"] if system == "cyrillic" else lexicon["latin"][system]
    longest = sorted(table, key=lambda spelling: (-len(spelling), spelling))
    return re.compile("|".join(map(re.escape, longest))), table


def _without_marks(word: str) -> str:
    if word.isascii():
        return word
    word = unicodedata.normalize("NFD", word.replace("ł", "l"))
    return "".join(char for char in word if not unicodedata.combining(char))


def _is_cyrillic(word: str) -> bool:
    return not word.isascii() and _CYRILLIC.search(word) is not None


# --- what is known


@cache
def _given_names() -> dict[str, str]:
    """Return every reading of a listed given name with the reading of its first form."""
    table: dict[str, str] = {}
    for line in lexicons.load("romanization_slavic")["given"]:
        forms = line.split()
        for form in forms:
            for key in readings(form):
                table.setdefault(key, readings(forms[0])[0])
    return table


@cache
def _endings() -> tuple[str, ...]:
    return tuple(lexicons.load("romanization_slavic")["endings"].split())


@cache
def _international() -> frozenset[str]:
    names = lexicons.words("romanization_slavic", "international")
    return frozenset(readings(name)[0] for name in names)


@cache
def _other_surnames() -> frozenset[str]:
    """Return the family names of peoples who don't write in Cyrillic, casefolded and bare."""
    cultures = lexicons.load("surnames")["cultures"]
    found: set[str] = set()
    for culture in lexicons.load("romanization_slavic")["others"]:
        value = cultures[culture]
        found.update(value.split() if isinstance(value, str) else value)
    return frozenset(_without_marks(word.casefold()) for word in found)


@cache
def _belarusian() -> frozenset[str]:
    forms = lexicons.words("romanization_slavic", "belarusian")
    return frozenset(key for form in forms for key in readings(form))


@cache
def _towns() -> dict[str, str]:
    """Return the readings of towns that have two names, with that of the first."""
    table: dict[str, str] = {}
    for line in lexicons.load("romanization_slavic")["towns"]:
        forms = line.split()
        for form in forms:
            for key in readings(form):
                table.setdefault(key, readings(forms[0])[0])
    return table
