"""Arabic names in any spelling: keys of consonants, common names by their own line."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice, product

from generator import lexicons

# Words seen before are not read again; more than a large folder has.
MOST_WORDS = 16_384
MOST_READINGS = 32
_APOSTROPHES = re.compile("[’‘ʼʻ`´'ʿʾ]")
_NATIVE = re.compile("[\u0621-\u064a]")
_TASHKEEL = re.compile("[\u064b-\u065f\u0670\u0640\u200c]")
# What a newspaper writes one way or another: Mohammed, Mouhamad; Khaled, Rached.
_LOOSE = tuple((re.compile(pattern), plain) for pattern, plain in (
    (r"kh", "h"), (r"ch", "sh"), (r"dj", "j"), (r"th", "t"), (r"dh", "d"), (r"q", "k"),
    (r"ou|oo", "u"), (r"o", "u"), (r"ee|ie|ai|ay|ei|ey", "i"), (r"[ey]", "i"), (r"(.)\1+", r"\1"),
))  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiouwy]")
_LAST_H = re.compile("(?<=.)h$")
_NISBA = re.compile("[iy]$")
_SERVANT = re.compile(r"abd(?:[aeu]?l|[eu])?-?(?=[a-z]{4})")
_HARD_G = re.compile(r"g(?!h)")
_SON_JOINED = re.compile(r"ben(?=[b-df-hj-np-tv-z][a-z]{4})")
_SHOWN = re.compile(r"\b(?:al|el|as|ash|az|ad|ar|an|at)-\w{2}|\w (?:bin|ibn|ben|бин|ибн|бен) \w")
_TIED_ARTICLE = re.compile(r"\b([Ee]l|[Aa]l)(?=[A-Z])")
_BETWEEN = re.compile(r"[\s-]+")
_OF_FAITH = re.compile(r"(\w{3,}?)(?:[aeiu]dd|[ae]ld)(?:ine?|een)")


def person_keys(name: str) -> Iterator[str]:
    """Yield the keys of a full name; none if nothing shows that it is Arabic.

    >>> set(person_keys("Muammar al-Qaddafi")) & set(person_keys("Moammar Gadhafi"))
    {'معمر kdfi'}
    """
    words = _words(name)
    if len([word for word in words if word != "bn"]) > 1 and _is_arabic(name, words):
        keys = product(*(_keys(word) for word in words))
        yield from (" ".join(key) for key in islice(keys, MOST_READINGS))


def thing_keys(name: str) -> Iterator[str]:
    """Yield the consonants of a place or body in Arabic letters or with an Arabic article."""
    words = _words(name)
    skeleton = "".join(_skeleton(word).rstrip("i") for word in words)
    if len(skeleton) > 2 or (len(skeleton) == 2 and _is_native(name)):
        yield skeleton
    if len(skeleton) == 2:  # so little tells only with its syllables: Hama, Hamah
        vowels = len(re.findall("[aeiouwy]+", _latin(name.casefold())))
        foreign = re.search("[pv]", name.casefold())
        counts = range(1, 4) if _is_native(name) else () if foreign else (vowels,)
        yield from (f"{skeleton}{count}" for count in counts)


# --- the words of a name


@lru_cache(MOST_WORDS)
def _words(name: str) -> tuple[str, ...]:
    """Return the words that tell: no article, 'son of' as bn, 'servant of' as abd."""
    if _is_native(name):
        return _joined(tuple(_native_words(name)))
    text = unicodedata.normalize("NFC", _APOSTROPHES.sub("", name))
    text = _TIED_ARTICLE.sub(r"\1-", text)
    plain = _latin(text.casefold())
    return _joined(tuple(w for word in _BETWEEN.split(plain) for w in _untied(word)))


def _untied(word: str) -> Iterator[str]:
    """Yield the parts of one word: 'Abdelaziz' is abd and aziz, 'Bendjedid' bn and djedid."""
    if word in lexicons.words("romanization_arabic", "son"):
        yield "bn"
    elif word in ("abd", "abed", "abdel", "abdul", "abdal", "abdu"):
        yield "abd"
    elif word in ("abu", "abou", "abi", "aboul", "abul"):
        yield "abu"
    elif not word or _soften(word) in _latin_names():
        yield from [word] if word else []
    elif word not in lexicons.words("romanization_arabic", "articles"):
        yield from _opened(word)


def _opened(word: str) -> Iterator[str]:
    """Yield 'Salaheddine' as salah and din, 'Abdelaziz' as abd and aziz."""
    faith = _OF_FAITH.fullmatch(word)
    if faith:
        yield from (faith[1], "din")
        return
    for opening, part in ((_SERVANT, "abd"), (_SON_JOINED, "bn")):
        match = opening.match(word)
        if match:
            yield from (part, word[match.end() :])
            return
    yield word


def _joined(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words with God's name tied to what stands before: Nasr Allah, Abd Allah."""
    found: list[str] = []
    for word in words:
        if word in ("allah", "الله") and found:
            found[-1] = "عبدالله" if found[-1] == "abd" else found[-1] + word
        else:
            found.append(word)
    return tuple(found)


def _native_words(name: str) -> Iterator[str]:
    for word in re.split(r"[\s-]+", _TASHKEEL.sub("", name)):
        bare = word.removeprefix("ال") if len(word) > 4 and word != "الله" else word
        if bare in ("بن", "ابن"):
            yield "bn"
        elif bare == "عبد":
            yield "abd"
        elif bare.startswith("بن") and len(bare) > 5:
            yield from ("bn", bare[2:])
        elif bare in ("أبو", "ابو", "أبي"):
            yield "abu"
        else:
            yield bare


def _latin(text: str) -> str:
    """Return a casefolded text in plain Latin letters, Cyrillic read as Arabic names are."""
    if text.isascii():
        return text
    if re.search("[а-яё]", text):
        table = lexicons.load("romanization_arabic")["cyrillic"]
        return re.sub("дж|[а-яё]", lambda match: table[match[0]], text)
    decomposed = unicodedata.normalize("NFD", text.replace("ç", "c"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _is_native(name: str) -> bool:
    return not name.isascii() and _NATIVE.search(name) is not None


def _is_arabic(name: str, words: tuple[str, ...]) -> bool:
    """Return whether letters, an article, 'son of' or a known name show an Arabic name."""
    if _is_native(name) or {"abd", "abu"} & set(words):
        return True
    return bool(_SHOWN.search(name.casefold())) or any(map(_is_telling, words))


@lru_cache(MOST_WORDS)
def _is_telling(word: str) -> bool:
    """Return whether a word is a common name that hardly any other people has."""
    weak = lexicons.words("romanization_arabic", "weak")
    return bool(_listed(word)) and _soften(word) not in {_soften(w.casefold()) for w in weak}


# --- letters


@lru_cache(MOST_WORDS)
def _keys(word: str) -> tuple[str, ...]:
    if word in ("bn", "abd", "abu"):
        return (word,)
    return _listed(word) or _skeletons(word)


def _skeletons(word: str) -> tuple[str, ...]:
    """Return the consonants of a word; dh may be the ظ that others write z, g Egypt's ج."""
    forms = [word, word.replace("dh", "z"), _HARD_G.sub("j", word)]
    return tuple(dict.fromkeys(map(_skeleton, forms)))


def _listed(word: str) -> tuple[str, ...]:
    """Return the common names a word may be, in Arabic letters; nothing if it isn't one."""
    if _is_native(word):
        return _native_names().get(word, ())
    table = _latin_names()
    return table.get(_soften(word), ()) or table.get(_soften(word.replace("g", "j")), ())


@lru_cache(MOST_WORDS)
def _soften(word: str) -> str:
    """Return a Latin spelling without the differences of vowels and doubled letters."""
    for pattern, plain in _LOOSE:
        word = pattern.sub(plain, word)
    return word


@lru_cache(MOST_WORDS)
def _skeleton(word: str) -> str:
    """Return the consonants of a word, and the i that ends 'of such a place or people'."""
    lexicon = lexicons.load("romanization_arabic")
    if _is_native(word):
        heard = re.sub(r"(.)\1+", r"\1", word.removesuffix("ه"))
        letters = "".join(lexicon["letters"].get(char, "") for char in heard)
        return _closed(letters, nisba=word.endswith(("ي", "ى")))
    pattern, table = _spellings()
    plain = pattern.sub(lambda match: table[match[0]], _DOUBLED.sub(r"\1", word))
    letters = _LAST_H.sub("", _VOWELS.sub("", plain))
    return _closed(letters, nisba=_NISBA.search(word) is not None)


def _closed(letters: str, *, nisba: bool) -> str:
    return letters.replace("nb", "mb") + "i" * nisba


@cache
def _spellings() -> tuple[re.Pattern[str], dict[str, str]]:
    table = lexicons.load("romanization_arabic")["latin"]
    longest = sorted(table, key=lambda spelling: (-len(spelling), spelling))
    return re.compile("|".join(map(re.escape, longest))), table


# --- what is known


@cache
def _names() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(line.split()) for line in lexicons.load("romanization_arabic")["names"])


@cache
def _native_names() -> dict[str, tuple[str, ...]]:
    """Return every Arabic form of a common name with the first one."""
    return {form: forms[:1] for forms in _names() for form in forms if _is_native(form)}


@cache
def _latin_names() -> dict[str, tuple[str, ...]]:
    """Return what each softened Latin spelling of a common name may be in Arabic letters."""
    table: dict[str, dict[str, None]] = defaultdict(dict)
    for forms in _names():
        for form in forms:
            if not _is_native(form):
                plain = _latin(_APOSTROPHES.sub("", form).casefold())
                table[_soften(plain)][forms[0]] = None
    return {spelling: tuple(found) for spelling, found in table.items()}
