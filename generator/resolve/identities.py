"""Who is who across articles: the same thing under other spellings, scripts and short names.

Each rule turns one article's thing into keys; two things that share a key are one, and the
rule is recorded as the reason. Nothing is compared pair by pair, so cost grows with the
number of names only. What share no key, directly or over others, are different blocks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from generator import bodies, countries, names
from generator.model import ENTITY_TYPES, EntityType
from generator.resolve import people, places, spellings
from generator.resolve.body_names import is_common, telling_words, without_country, without_ending
from generator.resolve.company import Company
from generator.resolve.decided import Side
from generator.resolve.groups import Local
from generator.resolve.listed import listed_names
from generator.resolve.lone_names import is_acronym, join_lone_names
from generator.resolve.looks import Keys, Looks
from generator.resolve.told_owners import UNITED_NATIONS
from generator.resolve.unions import EDITORS, MOST_CHOICES, Cluster, Union

KeyRule = Keys


def join_parts(
    parts: Sequence[Local],
    joins: Iterable[Sequence[int]] = (),
    sides: Sequence[Iterable[Side]] = (),
    company: Company | None = None,
) -> list[Cluster]:
    """Return the things that the parts of a block are.

    `joins` are the groups that editors made one thing of, `sides` which of several things they
    made of each part. Raises NoCompany where it depends on the company names keep.
    """
    if len(parts) == 1:
        return [Cluster(tuple(parts), ())]
    union = Union(parts, sides or ((),) * len(parts), company)
    for group in joins:
        union.join_all(group, EDITORS)
    looks, types = Looks(parts), {part.type for part in parts}
    for rule, speaks_of in KEY_RULES:
        if union.sets == 1:
            break  # all is one thing: nothing can be joined any more
        if types.isdisjoint(speaks_of):
            continue
        shared: dict[str, list[int]] = defaultdict(list)
        for i, keys in enumerate(looks.keys(rule)):
            for key in dict.fromkeys(keys) if len(keys) > 1 else keys:
                shared[key].append(i)
        for alike in shared.values():
            if len(alike) > 1:
                _join_alike(union, alike, rule)
    if union.sets > 1:
        places.join_bare_places(union)
        join_lone_names(union, looks, types)
    return union.clusters()


def _join_alike(union: Union, alike: list[int], rule: KeyRule) -> None:
    """Join what shares a key of a rule: two parts or more."""
    reason = rule.__name__.replace("_", " ")
    if union.parts[alike[0]].type == "person":
        union.join_people(alike, reason, sure=rule not in UNSURE)
    else:
        leaders = alike[:1]
        for i in alike[1:]:
            # What editors keep apart from one of them may well be another of them.
            if not any(union.join(leader, i, reason) for leader in leaders[:MOST_CHOICES]):
                leaders.append(i)


# --- rules


def same_name(part: Local) -> Iterator[str]:
    """The same words, case, accents and hyphens apart; a body of no country is its country's."""
    for name in _telling_names(part):
        owner = part.owner or "" if part.type == "organization" and is_common(name) else ""
        yield f"{part.type}|{names.key(name)}|{owner}{_kind(part, name)}"


def _kind(part: Local, name: str) -> str:
    """Return the kind of a place whose name alone leaves it open."""
    return part.kind if places.core(name) == names.key(name) else ""


def country_names(part: Local) -> Iterator[str]:
    """'DPRK', 'Democratic People's Republic of Korea' and 'North Korea'."""
    if part.type == "place":
        for name in part.names:
            country = countries.named(name)
            if country and not (part.kind == places.CITY and not country.code):
                yield country.name


def known_names(part: Local) -> Iterator[str]:
    """Names our lists give to one body or event: 'NATO', 'Second World War'."""
    for name in part.names:
        if part.owner == UNITED_NATIONS:
            name = f"{UNITED_NATIONS} {name}"
        for listed, country in listed_names().get((part.type, names.key(name)), ()):
            if not (country and part.owner and country != part.owner):
                yield f"{listed}|{_kind(part, name) if part.type == 'place' else ''}"


def romanisation(part: Local) -> Iterator[str]:
    """'Sergey Shoigu' and 'Sergei Shoigu': one name written by two systems."""
    if part.type == "person":
        for name in _telling_names(part):
            yield from spellings.person_keys(name)


def umlaut(part: Local) -> Iterator[str]:
    """'Juergen Koehler' and 'Jürgen Köhler'."""
    if part.type == "person":
        for name in _telling_names(part):
            yield from people.umlaut_keys(name)


def nickname(part: Local) -> Iterator[str]:
    """'Bob Ames' and 'Robert Ames'; 'John "Jack" Dunne' and both halves."""
    if part.type == "person":
        for name in _telling_names(part):
            yield from people.formal_keys(name)


def family_name_first(part: Local) -> Iterator[str]:
    """'Keiko Tanaka' and 'Tanaka Keiko', as Japanese and others are turned round abroad."""
    if part.type == "person":
        for name in _telling_names(part):
            yield from people.eastern_keys(name)


def order_of_names(part: Local) -> Iterator[str]:
    """'Abebe Tola' and 'Tola Abebe', who have something in common."""
    if part.type == "person":
        for name in _telling_names(part):
            yield from people.turned_keys(name)


def sound(part: Local) -> Iterator[str]:
    """'Youssef Amrani' and 'Yusuf Amrani', whatever the language."""
    if part.type == "person":
        for name in _telling_names(part):
            yield from people.heard_keys(name)


def place_head_word(part: Local) -> Iterator[str]:
    """'Kursk region' and 'Kursk Oblast'; a country or capital is not its region."""
    if part.type == "place" and part.kind:
        for name in part.names:
            yield f"{places.core(name)}|{part.kind}"


def spelling(part: Local) -> Iterator[str]:
    """'Rajin' and 'Najin', 'Sudzha' and 'Sudja': a place or body written by two systems."""
    if part.type in ("place", "organization", "product"):
        for name in _telling_names(part):
            bare = places.core(name) if part.type == "place" else without_ending(name)
            short = is_acronym(bare) or len(names.key(bare)) < 5
            if not short and not is_common(name) and not countries.named(bare):
                for key in spellings.name_keys(bare, part.type):
                    yield f"{part.type}|{key}|{part.kind}"


def body_of_country(part: Local) -> Iterator[str]:
    """ "North Korea's Workers' Party" is the 'Workers' Party of Korea'."""
    if part.type != "organization":
        return
    for name in _telling_names(part):
        core, of, place = name.rpartition(" of ")
        if of and not bodies.is_generic(place):
            yield f"{names.key(core)}|{names.key(place).split()[-1]}"
        if part.owner:
            yield f"{names.key(name)}|{names.key(part.owner).split()[-1]}"


def same_words_of_body(part: Local) -> Iterator[str]:
    """'Department of Defence' and 'Defense Department'; 'Carrick Marine plc' and without."""
    if part.type in ("document", "event"):
        yield from (f"{part.type}|{' '.join(telling_words(n))}" for n in part.names if " " in n)
    if part.type == "organization":
        for name in _telling_names(part):
            words = telling_words(without_country(name) if part.owner else name)
            if len(words) > 1 or " " in name:
                generic = is_common(" ".join(words))
                yield f"{' '.join(words)}|{part.owner or '' if generic else ''}"


_PEOPLE: tuple[EntityType, ...] = ("person",)
# Each rule, and the types of what it gives keys to.
KEY_RULES: tuple[tuple[KeyRule, tuple[EntityType, ...]], ...] = (
    (country_names, ("place",)),
    (same_name, ENTITY_TYPES),
    (known_names, ENTITY_TYPES),
    (romanisation, _PEOPLE),
    (umlaut, _PEOPLE),
    (nickname, _PEOPLE),
    (family_name_first, _PEOPLE),
    (order_of_names, _PEOPLE),
    (sound, _PEOPLE),
    (place_head_word, ("place",)),
    (spelling, ("place", "organization", "product")),
    (body_of_country, ("organization",)),
    (same_words_of_body, ("document", "event", "organization")),
)

# Keys that two people may well share: nobody joins by them without something in common.
UNSURE: tuple[KeyRule, ...] = (order_of_names, sound)


def _telling_names(part: Local) -> tuple[str, ...]:
    """Return the names that identify: not a surname alone, not 'the ministry'.

    Of an embassy only the name with its seat does: a country has one in every capital.
    """
    return _telling(part.type, part.names, bool(part.owner))


@lru_cache(maxsize=10_000)
def _telling(kind: EntityType, forms: tuple[str, ...], owned: bool) -> tuple[str, ...]:
    seated = [name for name in forms if kind == "organization" and " in " in name]
    spelled_out = any(" " in name for name in forms)
    telling = []
    for name in seated or forms:
        words = names.key(name).split()
        if kind != "person" and spelled_out and is_acronym(name):
            continue  # ABC is many things: joined below, if only one bears it
        if kind == "person" and len(words) < 2 and not _is_whole_native(name):
            continue
        alone = kind == "organization" and len(words) == 1 and not owned
        if alone and words[0] in bodies.heads():
            continue
        telling.append(name)
    return tuple(telling)


def _is_whole_native(name: str) -> bool:
    """Return whether one word holds a whole name, as in Korean, Chinese and Japanese."""
    return len(name) > 2 and all(char > "\u2e7f" for char in name)
