"""Who is who across articles: the same thing under other spellings, scripts and short names.

Each rule turns one article's thing into keys; two things that share a key are one, and the
rule is recorded as the reason. Nothing is compared pair by pair, so cost grows with the
number of names only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator import bodies, countries, names
from generator.resolve import people, places, spellings
from generator.resolve.body_names import is_common, telling_words, without_country, without_ending
from generator.resolve.groups import Local
from generator.resolve.listed import listed_names
from generator.resolve.lone_names import is_acronym, join_lone_names
from generator.resolve.owners import with_main_type, with_owner
from generator.resolve.told_owners import UNITED_NATIONS
from generator.resolve.unions import EDITORS, Cluster, Union

KeyRule = Callable[[Local], Iterable[str]]


def find_clusters(
    parts: list[Local],
    joined: Iterable[tuple[str, ...]] = (),
    apart: Iterable[tuple[str, ...]] = (),
    spoken_of: Mapping[str, Counter[str]] | None = None,
) -> list[Cluster]:
    """Return the things the folder names. `joined` and `apart` are editors' name sets.

    `spoken_of` counts the countries each article speaks of.
    """
    parts = with_owner(with_main_type(parts), spoken_of or {})
    union = Union(parts, [{names.key(n) for n in group} for group in apart])
    for group in joined:
        union.join_named({names.key(name) for name in group}, EDITORS)
    for rule in KEY_RULES:
        blocks: dict[str, list[int]] = defaultdict(list)
        for i, part in enumerate(parts):
            for key in dict.fromkeys(rule(part)):
                blocks[key].append(i)
        for block in blocks.values():
            _join_block(union, block, rule)
    places.join_bare_places(union)
    join_lone_names(union)
    return union.clusters()


def _join_block(union: Union, block: list[int], rule: KeyRule) -> None:
    """Join what shares a key of a rule."""
    reason = rule.__name__.replace("_", " ")
    if len(block) > 1 and union.parts[block[0]].type == "person":
        union.join_people(block, reason, sure=rule not in UNSURE)
    else:
        for i in block[1:]:
            union.join(block[0], i, reason)


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


KEY_RULES: tuple[KeyRule, ...] = (
    country_names,
    same_name,
    known_names,
    romanisation,
    umlaut,
    nickname,
    family_name_first,
    order_of_names,
    sound,
    place_head_word,
    spelling,
    body_of_country,
    same_words_of_body,
)

# Keys that two people may well share: nobody joins by them without something in common.
UNSURE: tuple[KeyRule, ...] = (order_of_names, sound)


def _telling_names(part: Local) -> Iterator[str]:
    """Yield the names that identify: not a surname alone, not 'the ministry'.

    Of an embassy only the name with its seat does: a country has one in every capital.
    """
    seated = [name for name in part.names if part.type == "organization" and " in " in name]
    spelled_out = any(" " in name for name in part.names)
    for name in seated or part.names:
        words = names.key(name).split()
        if part.type != "person" and spelled_out and is_acronym(name):
            continue  # ABC is many things: joined below, if only one bears it
        if part.type == "person" and len(words) < 2 and not _is_whole_native(name):
            continue
        if (
            part.type == "organization"
            and len(words) == 1
            and words[0] in bodies.heads()
            and not part.owner
        ):
            continue
        yield name


def _is_whole_native(name: str) -> bool:
    """Return whether one word holds a whole name, as in Korean, Chinese and Japanese."""
    return len(name) > 2 and all(char > "\u2e7f" for char in name)
