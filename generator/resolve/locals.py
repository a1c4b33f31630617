"""Who is who within one article: a surname, an acronym, a shortened name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from generator import bodies, countries, lexicons, names
from generator.model import EntityType, Extraction, Mention, Merge


@dataclass(frozen=True, slots=True)
class Local:
    """All mentions of one thing in one article, longest name first."""

    article: str
    type: EntityType
    names: tuple[str, ...]
    mentions: tuple[int, ...]  # indices into Extraction.mentions
    owner: str | None
    because: tuple[Merge, ...]


@dataclass(slots=True)
class Group:
    """Mentions of one surface while an article is being resolved."""

    type: EntityType
    key: str
    mentions: list[int]
    surfaces: list[str]
    first: int  # offset of the first mention
    sentences: set[int]
    owner: str = ""  # whose body, where the name alone doesn't say


LinkRule = Callable[[Group, list[Group]], Group | None]


def find_locals(extraction: Extraction) -> tuple[Local, ...]:
    """Return the distinct things an article names, in order of first mention."""
    groups = _groups(extraction)
    target = {id(group): (group, "") for group in groups}
    target |= _said_to_be_same(extraction, groups)
    for group in groups:
        if target[id(group)][1]:
            continue
        for rule in LINK_RULES:
            found = rule(group, groups)
            if found is not None and found is not group:
                target[id(group)] = (found, rule.__name__.replace("_", " "))
                break
    clusters: dict[int, list[tuple[Group, str]]] = {}
    for group in groups:
        root, rule_name = _root(group, target)
        clusters.setdefault(id(root), []).append((group, rule_name))
    return tuple(_local(extraction, members) for members in clusters.values())


def _groups(extraction: Extraction) -> list[Group]:
    groups: dict[tuple[str, str], Group] = {}
    for i, mention in enumerate(extraction.mentions):
        key, owner = names.key(mention.surface), _kept_owner(mention)
        if mention.full and mention.type == "place" and _is_capital(mention.surface):
            key = names.key(mention.full)
        group = groups.setdefault(
            (mention.type, f"{key}|{owner}"),
            Group(mention.type, key, [], [], mention.start, set(), owner),
        )
        group.sentences.add(mention.sentence)
        group.mentions.append(i)
        group.surfaces.append(mention.surface)
    return list(groups.values())


def forms(mention: Mention) -> list[str]:
    """Return the names a mention uses; 'Moscow region' is never 'Moscow'."""
    full = [names.tidy(mention.full)] if mention.full else []
    if full and mention.type == "place" and _is_capital(mention.surface):
        return full
    return [names.tidy(mention.surface), *full]


def _kept_owner(mention: Mention) -> str:
    """Return the owner that tells two bodies of one name apart within an article."""
    generic = mention.type == "organization" and bodies.is_generic(mention.surface)
    return mention.owner or "" if generic else ""


def _is_capital(name: str) -> bool:
    """Return whether a name is a country's or its capital's, which no region of it is."""
    return bool(countries.of_capital(name) or countries.named(name))


def _said_to_be_same(extraction: Extraction, groups: list[Group]) -> dict[int, tuple[Group, str]]:
    """Return the groups that a sentence says are another: 'formerly known as …'."""
    group_of = {i: group for group in groups for i in group.mentions}
    return {
        id(group_of[s.same]): (group_of[s.subject], s.property.replace("_", " "))
        for s in extraction.statements
        if s.same is not None and group_of[s.same] is not group_of[s.subject]
    }


def _root(group: Group, target: dict[int, tuple[Group, str]]) -> tuple[Group, str]:
    found, rule = target[id(group)]
    seen = {id(group)}
    while id(found) not in seen:
        seen.add(id(found))
        following = target[id(found)][0]
        if following is found:
            break
        found = following
    return found, rule


def _local(extraction: Extraction, members: list[tuple[Group, str]]) -> Local:
    indices = sorted(i for group, _ in members for i in group.mentions)
    mentions = [extraction.mentions[i] for i in indices]
    head = next((g for g, rule in members if not rule), members[0][0])
    because = tuple(
        Merge((names.tidy(head.surfaces[0]), names.tidy(group.surfaces[0])), rule)
        for group, rule in members
        if rule
    )
    return Local(
        extraction.article, head.type, _ordered_names(head, mentions), tuple(indices),
        _owner(mentions), because,
    )  # fmt: skip


def _ordered_names(head: Group, mentions: list[Mention]) -> tuple[str, ...]:
    """Return every form the article uses, the head's own first, then by how often."""
    counts = Counter(form for m in mentions for form in forms(m))
    own = {form for m in mentions for form in forms(m) if names.key(m.surface) == head.key}
    return tuple(sorted(counts, key=lambda n: (n not in own, -counts[n], n)))


def _owner(mentions: list[Mention]) -> str | None:
    owners = Counter(mention.owner for mention in mentions if mention.owner)
    return min(owners, key=lambda owner: (-owners[owner], owner)) if owners else None


# --- rules: which fuller group a shorter one means


def surname_or_given_name(group: Group, groups: list[Group]) -> Group | None:
    """'Shoigu' is 'Sergei Shoigu'; of two Kims it is the one the article names first."""
    if group.type != "person":
        return None
    words = group.key.split()
    fuller = [
        other
        for other in groups
        if other.type == "person"
        and len(other.key.split()) > len(words)
        and _is_part_of_name(words, other.key.split())
    ]
    return min(fuller, key=lambda g: (g.first, g.key), default=None)


def middle_name_left_out(group: Group, groups: list[Group]) -> Group | None:
    """'Vladimir Putin' is 'Vladimir Vladimirovich Putin'."""
    words = group.key.split()
    if group.type != "person" or len(words) != 2:
        return None
    for other in groups:
        whole = other.key.split()
        outer = other.type == "person" and len(whole) == 3 and whole[::2] == words
        if outer and not is_family_first(other.surfaces[0]):
            return other
    return None


def acronym_of(group: Group, groups: list[Group]) -> Group | None:
    """'LDPR' is 'Liberal Democratic Party of Russia', named before it."""
    short = group.surfaces[0].replace(".", "")
    if group.type == "person" or not short.isupper() or not 2 <= len(short) <= 9 or " " in short:
        return None
    for other in groups:
        if other.first < group.first and _same_kind(other, group) and _initials(short, other):
            return other
    return None


def shortened_body(group: Group, groups: list[Group]) -> Group | None:
    """ "Workers' Party" is "Workers' Party of Korea" where that was named before it."""
    if group.type not in ("organization", "event", "document", "product"):
        return None
    words = group.key.split()
    fuller = [
        other
        for other in groups
        if other.type == group.type
        and len(other.key.split()) > len(words)
        and _is_short_form(words, other.key.split())
        and not (other.sentences & group.sentences)  # 'Gazprom Neft, owned by Gazprom'
        and (other.first < group.first or len(words) > 2)
    ]
    return min(fuller, key=lambda g: (g.first, g.key), default=None)


def head_word_left_out(group: Group, groups: list[Group]) -> Group | None:
    """'Kursk' is 'Kursk region'; a capital is not its region."""
    if group.type != "place" or _is_capital(group.surfaces[0]):
        return None
    for other in groups:
        if other.type == "place" and other.key != group.key and place_core(other.key) == group.key:
            return other
    return None


def body_named_without_country(group: Group, groups: list[Group]) -> Group | None:
    """'the Security Council' after 'Russian Security Council', if no other has been named."""
    if group.type != "organization" or group.owner:
        return None
    owned = [
        o
        for o in groups
        if o.type == group.type and o.key == group.key and o.owner and o.first < group.first
    ]
    return min(owned, key=lambda g: (g.first, g.owner), default=None)


def country_by_compass(group: Group, groups: list[Group]) -> Group | None:
    """'the North' is 'North Korea' in an article that names North Korea."""
    if group.type != "place" or group.key not in ("north", "south", "east", "west"):
        return None
    fuller = [o for o in groups if o.type == "place" and o.key.startswith(f"{group.key} ")]
    fuller = [o for o in fuller if countries.named(o.key)]
    return min(fuller, key=lambda g: (g.first, g.key), default=None) or _named_otherwise(
        group, groups
    )


def _named_otherwise(group: Group, groups: list[Group]) -> Group | None:
    """Return 'DPRK' for 'the North': the country is North Korea under any name."""
    for other in groups:
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
    head_word_left_out,
)


# --- names


def _is_part_of_name(part: list[str], whole: list[str]) -> bool:
    size = len(part)
    if whole[-1] in _SUFFIXES and part[-1] not in _SUFFIXES and whole[:size] == part:
        return size == 1  # Robert Kennedy Jr. is not Robert Kennedy
    if whole[-size:] == part or whole[:size] == part:
        return True
    return size == 1 and "".join(whole[1:]) == part[0]  # Bora, of Seo Bo-ra


def is_family_first(name: str) -> bool:
    """Return whether a name looks Korean, Chinese or Vietnamese: family name first."""
    words = re.split(r"[\s-]+", name)
    return (
        len(words) in (2, 3, 4)
        and names.fold(words[0]) in family_first()
        and ("-" in name or len(words) > 2)
    )


_SUFFIXES = frozenset(["jr", "sr", "junior", "senior", "ii", "iii", "iv"])


@cache
def family_first() -> frozenset[str]:
    """Return the folded family names that stand first: Korean, Chinese, Vietnamese."""
    lexicon = lexicons.load("surnames")
    found: set[str] = set()
    for culture in ("korean", "chinese", "vietnamese"):
        value = lexicon["cultures"][culture]
        words = value.split() if isinstance(value, str) else value
        found.update(names.fold(word) for word in words)
    return frozenset(found)


def _same_kind(a: Group, b: Group) -> bool:
    return a.type == b.type or {a.type, b.type} <= {"organization", "event", "document"}


def _initials(short: str, other: Group) -> bool:
    capitals = [w[0] for w in re.split(r"[\s\-]+", other.surfaces[0]) if w[:1].isupper()]
    small = [w[0].upper() for w in re.split(r"[\s\-]+", other.surfaces[0]) if w]
    return len(capitals) > 1 and short in ("".join(capitals), "".join(small))


def _is_short_form(short: list[str], whole: list[str]) -> bool:
    """Return whether a body's later, shorter name is the start or the end of its full one."""
    if len(short) == 1 and (bodies.is_generic(short[0]) or len(short[0]) < 4):
        return False
    if whole[: len(short)] == short:
        return (
            len(short) == 1
            or whole[len(short)] in ("of", "for", "in", "and")
            or short[-1] in bodies.heads()
        )
    return (
        whole[-len(short) :] == short
        and len(short) > 1
        and whole[-len(short) - 1] not in ("of", "for")
    )


def place_core(key: str) -> str:
    """Return a place's key without a head word that may be left off: 'kursk region' -> 'kursk'."""
    words = key.split()
    if len(words) > 1 and words[-1] in optional_heads():
        return " ".join(words[:-1])
    return key


def optional_heads() -> frozenset[str]:
    """Return the words that may be left off the end of a place's name."""
    return lexicons.folded("places", "optional_heads")
