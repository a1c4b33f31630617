"""Short names alone in an article: joined to the only fuller name of the folder they fit.

Each rule says what a full name can be called, and what a lone short name calls; where exactly
one thing of the folder answers, they are one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from functools import lru_cache
from itertools import product

from generator import countries, names
from generator.model import ENTITY_TYPES, EntityType
from generator.resolve import people, spellings_slavic
from generator.resolve.body_names import is_common
from generator.resolve.groups import Local
from generator.resolve.listed import listed_names
from generator.resolve.looks import Keys, Looks
from generator.resolve.name_order import family_first
from generator.resolve.unions import Union

# Of so many given names initials may stand for some and others be left out.
MOST_GIVEN = 5


def join_lone_names(union: Union, looks: Looks, types: Set[EntityType]) -> None:
    """Join every lone short name to the only thing it can mean; `types` are those there are."""
    for speaks_of, reason, full_keys, lone_keys in LONE_RULES:
        if types.isdisjoint(speaks_of):
            continue
        bearers: dict[str, set[int]] = defaultdict(set)
        for i, keys in enumerate(looks.keys(full_keys)):
            for key in keys:
                bearers[f"{union.parts[i].type}|{key}"].add(i)
        for i, keys in enumerate(looks.keys(lone_keys)):
            part = union.parts[i]
            for key in keys:
                bearing = bearers.get(f"{part.type}|{key}")
                if not bearing:
                    continue
                things = {union.find(j) for j in bearing}
                if reason in ELSEWHERE:
                    things = {root for root in things if part.article not in union.at[root]}
                if union.find(i) not in things or i in bearing:
                    union.join_best(i, things, reason, sure=reason not in UNSURE)


# --- people


def _words(name: str) -> list[str]:
    return names.key(name).split()


def _is_full(words: list[str]) -> bool:
    """Return whether a person's name has more than a surname and initials."""
    return len(words) > 1 and len(words[0]) > 1 and len(words[-1]) > 1


def _full_names(part: Local) -> tuple[list[str], ...]:
    return _full(part.names) if part.type == "person" else ()


@lru_cache(maxsize=50_000)
def _full(forms: tuple[str, ...]) -> tuple[list[str], ...]:
    return tuple(words for name in forms if _is_full(words := _words(name)))


def _is_lone(part: Local) -> bool:
    return part.type == "person" and not _full_names(part)


def surnames(part: Local) -> Iterator[str]:
    """Yield the words by which a text may call somebody named in full."""
    for words in _full_names(part):
        yield words[-1]
        if words[0] in family_first() and len(words) in (2, 3):
            yield words[0]


def lone_surname(part: Local) -> Iterator[str]:
    """Yield the surname of a part that knows no more: 'Shoigu'."""
    if _is_lone(part) and all(len(_words(name)) == 1 for name in part.names):
        yield from _words(part.names[0])


def other_names(part: Local) -> Iterator[str]:
    """Yield the nicknames and aliases of somebody named in full: 'Zico', 'El Zorro'."""
    words = {word for full in _full_names(part) for word in full}
    for name in part.names if words else ():
        if not set(_words(name)) <= words:
            yield names.key(name)
        quoted = people.quoted(name)
        if quoted:
            yield names.key(quoted)


def lone_other_name(part: Local) -> Iterator[str]:
    """Yield the only name of a part, if it isn't a full one that others may bear."""
    if part.type == "person" and len(part.names) == 1:
        yield names.key(part.names[0])


def given_names(part: Local) -> Iterator[str]:
    """Yield the given name of 'Kim Ju-ae'."""
    for words in _full_names(part):
        if len(words) == 3:
            yield " ".join(words[1:])


def lone_given_name(part: Local) -> Iterator[str]:
    """Yield a hyphened given name alone: 'Ju-ae'."""
    if part.type == "person" and "-" in part.names[0] and " " not in part.names[0]:
        yield names.key(part.names[0])


def initialled(part: Local) -> Iterator[str]:
    """Yield 'J Marsden', 'J P Marsden', … of 'John Paul Marsden'."""
    for *given, surname in _full_names(part):
        for some in product(*([word[0], ""] for word in given[:MOST_GIVEN])):
            letters = [letter for letter in some if letter]
            if some[0] and letters:
                yield " ".join([*letters, surname])


def lone_initials(part: Local) -> Iterator[str]:
    """Yield the initials and surname of a part that knows no more: 'J. Marsden'."""
    if _is_lone(part):
        for name in part.names:
            *given, surname = _words(name) or [""]
            if given and all(len(word) == 1 for word in given):
                yield " ".join([*given, surname])


def first_and_last(part: Local) -> Iterator[str]:
    """Yield a full name without a middle one."""
    for words in _full_names(part):
        if len(words) == 2:
            yield " ".join(words)


def shortened(part: Local) -> Iterator[str]:
    """Yield 'Lucia Prado' and 'Lucia Reyes' of 'Lucia Prado Reyes'."""
    for name in part.names if part.type == "person" else ():
        yield from people.shorter_keys(name)


def in_two_words(part: Local) -> Iterator[str]:
    """Yield the name of a part that has no more than two words of it: 'Lucia Prado'."""
    if part.type == "person" and not any(True for _ in shortened(part)):
        for name in part.names:
            yield from people.two_words(name)


def with_middle_initial(part: Local) -> Iterator[str]:
    """Yield first and last name of a part that has a middle initial: 'Sergei K. Shoigu'."""
    for words in _full_names(part):
        if len(words) == 3 and len(words[1]) == 1 and not _has_suffix(words):
            yield f"{words[0]} {words[-1]}"


def slavic_keys(part: Local) -> Iterator[str]:
    """Yield the keys of a name that is surely Slavic: its script or its ending says so."""
    for name in part.names if part.type == "person" else ():
        yield from spellings_slavic.person_keys(names.tidy(name))


def maybe_slavic(part: Local) -> Iterator[str]:
    """Yield the keys that a name of no certain origin would have if it were Slavic."""
    if part.type == "person" and not any(True for _ in slavic_keys(part)):
        for name in part.names:
            yield from spellings_slavic.possible_keys(names.tidy(name))


def _has_suffix(words: list[str]) -> bool:
    return words[-1] in ("jr", "sr", "junior", "senior", "ii", "iii")


# --- bodies


def acronyms(part: Local) -> Iterator[str]:
    """Yield the acronyms a body has, and the initials of its full name."""
    if part.type == "person":
        return
    spelled_out = [name for name in part.names if " " in name]
    for name in part.names if spelled_out else ():
        if is_acronym(name):
            yield names.key(name)
    for name in spelled_out:
        words = [word for word in name.replace("-", " ").split() if word[:1].isupper()]
        if len(words) > 2:
            yield "".join(word[0] for word in words).lower()


def lone_acronym(part: Local) -> Iterator[str]:
    """Yield an acronym that stands alone in its article: 'FRMF'."""
    if len(part.names) == 1 and is_acronym(part.names[0]):
        yield names.key(part.names[0])


def is_acronym(name: str) -> bool:
    """Return whether a name is two to six capitals."""
    letters = name.replace(".", "")
    return letters.isupper() and letters.isalpha() and 1 < len(letters) <= 6 and name.isascii()


def beginnings(part: Local) -> Iterator[str]:
    """Yield the beginnings of a body's name: 'Carrick Marine' of 'Carrick Marine Holdings'."""
    for name in part.names if part.type == "organization" else ():
        words = _words(name)
        yield from (" ".join(words[:size]) for size in range(1, len(words)))


def endings(part: Local) -> Iterator[str]:
    """Yield the endings of a body's name: "Bakers' Union" of "National Bakers' Union"."""
    for name in part.names if part.type == "organization" else ():
        words = _words(name)
        if not {"of", "for", "in", "at"} & set(words):
            yield from (" ".join(words[start:]) for start in range(1, len(words) - 1))


def lone_ending(part: Local) -> Iterator[str]:
    """Yield a body's name of several words that is nothing listed, nor any country's."""
    if not any(is_common(name) for name in part.names):
        yield from (key for key in lone_beginning(part) if " " in key)


def lone_beginning(part: Local) -> Iterator[str]:
    """Yield a body's name that may be the beginning of a fuller one, and is nothing listed."""
    if part.type != "organization" or len(part.names) > 1 or is_acronym(part.names[0]):
        return
    name = part.names[0]
    listed = (listed_names().get((kind, names.key(name))) for kind in ("place", "organization"))
    known = countries.named(name) or any(listed)
    if not known and not is_common(name) and len(name) > 3:
        yield names.key(name)


_PEOPLE: tuple[EntityType, ...] = ("person",)
_BODIES: tuple[EntityType, ...] = ("organization",)
_SPELLED: tuple[EntityType, ...] = tuple(kind for kind in ENTITY_TYPES if kind != "person")

# The types it speaks of, the reason, what full names can be called, what a lone name calls.
LONE_RULES: tuple[tuple[tuple[EntityType, ...], str, Keys, Keys], ...] = (
    (_PEOPLE, "romanisation", slavic_keys, maybe_slavic),
    (_PEOPLE, "middle initial left out", first_and_last, with_middle_initial),
    (_PEOPLE, "name left out", shortened, in_two_words),
    (_PEOPLE, "only person of these initials", initialled, lone_initials),
    (_PEOPLE, "only person called so", other_names, lone_other_name),
    (_PEOPLE, "only person of this surname", surnames, lone_surname),
    (_PEOPLE, "only person of this given name", given_names, lone_given_name),
    (_SPELLED, "only body of this acronym", acronyms, lone_acronym),
    (_BODIES, "only body of this beginning", beginnings, lone_beginning),
    (_BODIES, "only body of this ending", endings, lone_ending),
)

# Reasons that join names of different articles only: what one article keeps apart is two things.
ELSEWHERE = frozenset(["only body of this beginning", "only body of this ending"])
# Reasons that don't do without something else in common: Martin Luther is not Martin Luther King.
UNSURE = frozenset(["name left out"])
