"""Which fuller name of an article a shorter one means: a surname, an acronym, a short form."""

from __future__ import annotations

import re
from collections.abc import Callable

from generator import bodies, countries, names, towns
from generator.resolve import places
from generator.resolve.body_names import without_ending
from generator.resolve.generations import GENERATIONS
from generator.resolve.groups import Group
from generator.resolve.name_order import is_family_first
from generator.resolve.others import Others
from generator.resolve.portraits import conflict

LinkRule = Callable[[Group, Others], Group | None]


def surname_or_given_name(group: Group, others: Others) -> Group | None:
    """'Shoigu' is 'Sergei Shoigu'; of two Kims it is the one it comes after."""
    if group.type != "person":
        return None
    return group.means or min(
        fuller_names(group, others), key=lambda g: (g.first, g.key), default=None
    )


def fuller_names(group: Group, others: Others) -> list[Group]:
    """Return those whose fuller name may be shortened to a group's, and who may be the same."""
    words = group.key.split()
    return [
        other
        for other in others.with_words(words)
        if other.type == "person"
        and len(other.key.split()) > len(words)
        and _is_part_of_name(words, other.key.split())
        and (len(words) == 1 or _may_be_one(group, other))
    ]


def _may_be_one(group: Group, other: Group) -> bool:
    """Return whether a shorter full name may be a fuller one's: not if it is introduced anew."""
    anew = group.portrait.introduced and other.first < group.first
    return not anew and not conflict(group.portrait, other.portrait)


def middle_name_left_out(group: Group, others: Others) -> Group | None:
    """'Vladimir Putin' is 'Vladimir Vladimirovich Putin'."""
    words = group.key.split()
    if group.type != "person" or len(words) != 2:
        return None
    for other in others.with_words(words):
        whole = other.key.split()
        outer = other.type == "person" and len(whole) == 3 and whole[::2] == words
        outer = outer and _may_be_one(group, other) and not _set_beside(group, other)
        if outer and not is_family_first(other.surfaces[0]):
            return other
    return None


def _set_beside(group: Group, other: Group) -> bool:
    """Return whether a middle initial tells somebody from the namesake named just before."""
    initial = len(other.key.split()[1]) == 1
    apart = min(other.sentences) - max(
        (s for s in group.sentences if s <= min(other.sentences)), default=-9
    )
    return initial and group.first < other.first and apart < 2


def acronym_of(group: Group, others: Others) -> Group | None:
    """'LDPR' is 'Liberal Democratic Party of Russia', named before it."""
    short = group.surfaces[0].replace(".", "")
    if group.type == "person" or not short.isupper() or not 2 <= len(short) <= 9 or " " in short:
        return None
    before = (o for o in others.of_initials(short) if o.first < group.first)
    return next((other for other in before if _same_kind(other, group)), None)


def shortened_body(group: Group, others: Others) -> Group | None:
    """ "Workers' Party" is "Workers' Party of Korea" where that was named before it."""
    if group.type not in ("organization", "event", "document", "product"):
        return None
    words = group.key.split()
    fuller = [
        other
        for other in others.with_words(words)
        if other.type == group.type
        and len(other.key.split()) > len(words)
        and _is_short_form(words, other.key.split())
        and not (other.sentences & group.sentences)  # 'Gazprom Neft, owned by Gazprom'
        and not (other.owner and group.owner and other.owner != group.owner)
    ]
    before = [
        o
        for o in fuller
        if o.first < group.first or (len(words) > 2 and not _is_other_ministry(words, o))
    ]
    alone = len(words) == len(fuller) == 1 and _is_distinctive(words[0])
    alone = alone and min(group.sentences) <= OPENING
    if not before and alone and fuller[0].key.startswith(f"{group.key} "):
        return fuller[0]  # the headline's short name, spelled out below
    return min(before, key=lambda g: (g.first, g.key), default=None)


# The sentences in which a short name may stand before the full one: headline, standfirst, lead.
OPENING = 3


def _is_other_ministry(words: list[str], other: Group) -> bool:
    """Return whether a body "of X" was named before one "of X and Y": of two states, then."""
    return bodies.is_of_state(" ".join(words)) and other.key.split()[len(words)] == "and"


def head_alone(group: Group, others: Others) -> Group | None:
    """'the Commission' is the 'European Commission', if no other commission has been named."""
    if group.type != "organization" or group.owner or group.key not in bodies.heads():
        return None
    fuller = [
        o
        for o in others.with_words([group.key])
        if o.type == group.type
        and o.first < group.first
        and " " in o.key
        and group.key in _head_words(o.key)
        and not o.sentences & group.sentences
    ]
    return fuller[0] if len(fuller) == 1 else None


def _head_words(key: str) -> tuple[str, str]:
    """Return the first word of a body's name and the last before "of", "for" or its end."""
    words = re.split(r" (?:of|for|in|on) ", key)[0].split()
    return words[0], words[-1]


def head_word_left_out(group: Group, others: Others) -> Group | None:
    """'Kursk' is 'Kursk region'; a capital is not its region."""
    if group.type != "place" or places.is_capital(group.surfaces[0]):
        return None
    if group.kind:
        return None
    alike = others.of_core(group.key)
    kinds = {other.kind for other in alike}
    wanted = places.CITY if places.CITY in kinds else places.REGION
    return next((other for other in alike if other.kind == wanted), None)


def body_named_without_country(group: Group, others: Others) -> Group | None:
    """'the Security Council' after 'Russian Security Council', if no other has been named."""
    if group.type != "organization" or group.owner:
        return None
    owned = [
        o
        for o in others.of_key(group.key)
        if o.type == group.type and o.owner and o.first < group.first
    ]
    return min(owned, key=lambda g: (g.first, g.owner), default=None)


def country_by_compass(group: Group, others: Others) -> Group | None:
    """'the North' is 'North Korea' in an article that names North Korea."""
    if group.type != "place" or group.key not in ("north", "south", "east", "west"):
        return None
    fuller = [
        other
        for other in others.with_words([group.key])
        if other.type == "place"
        and other.key.startswith(f"{group.key} ")
        and countries.named(other.key)
    ]
    return min(fuller, key=lambda g: (g.first, g.key), default=None) or _named_otherwise(
        group, others
    )


def _named_otherwise(group: Group, others: Others) -> Group | None:
    """Return 'DPRK' for 'the North': the country is North Korea under any name."""
    for other in others.groups:
        country = countries.named(other.surfaces[0]) if other.type == "place" else None
        if country and names.key(country.name).startswith(f"{group.key} "):
            return other
    return None


LINK_RULES: tuple[LinkRule, ...] = (
    country_by_compass,
    body_named_without_country,
    surname_or_given_name,
    middle_name_left_out,
    acronym_of,
    shortened_body,
    head_alone,
    head_word_left_out,
)


# --- names


def _is_part_of_name(part: list[str], whole: list[str]) -> bool:
    size = len(part)
    if whole[-1] in _SUFFIXES and part[-1] not in _SUFFIXES and whole[:size] == part:
        return size == 1  # Robert Kennedy Jr. is not Robert Kennedy
    if size == 2 and part[-1] in _SUFFIXES and part == [whole[0], whole[-1]]:
        return True  # Robert Jr.
    if whole[-size:] == part or whole[:size] == part:
        return True
    return size == 1 and "".join(whole[1:]) == part[0]  # Bora, of Seo Bo-ra


_SUFFIXES = frozenset(GENERATIONS)


def _is_distinctive(word: str) -> bool:
    """Return whether a word alone may stand for a body: no place's, no common noun."""
    return len(word) > 4 and not countries.named(word) and not towns.is_town(word)


def _same_kind(a: Group, b: Group) -> bool:
    return a.type == b.type or {a.type, b.type} <= {"organization", "event", "document"}


def _is_short_form(short: list[str], whole: list[str]) -> bool:
    """Return whether a body's later, shorter name is the start or the end of its full one."""
    if not short:  # a name of signs alone
        return False
    if len(short) == 1 and (bodies.is_generic(short[0]) or len(short[0]) < 4):
        return False
    if whole[: len(short)] == short:
        return (
            len(short) == 1
            or names.key(without_ending(" ".join(whole))) == " ".join(short)
            or whole[len(short)] in ("of", "for", "in", "and")
            or short[-1] in bodies.heads()
        )
    return (
        whole[-len(short) :] == short
        and (len(short) > 1 or _is_distinctive(short[0]))
        and whole[-len(short) - 1] not in ("of", "for")
    )
