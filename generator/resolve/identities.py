"""Who is who across articles: the same thing under other spellings, scripts and short names.

Each rule turns one article's thing into keys; two things that share a key are one, and the
rule is recorded as the reason. Nothing is compared pair by pair, so cost grows with the
number of names only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from generator import bodies, countries, lexicons, names
from generator.resolve import spellings
from generator.resolve.listed import listed_names
from generator.resolve.locals import Local, place_core
from generator.resolve.lone_names import is_acronym, join_lone_names
from generator.resolve.owners import UNITED_NATIONS, with_main_type, with_owner
from generator.resolve.unions import Cluster, Union

KeyRule = Callable[[Local], Iterable[str]]


def find_clusters(
    parts: list[Local],
    joined: Iterable[tuple[str, ...]] = (),
    apart: Iterable[tuple[str, ...]] = (),
) -> list[Cluster]:
    """Return the things the folder names. `joined` and `apart` are editors' name sets."""
    parts = with_owner(with_main_type(parts))
    union = Union(parts, [{names.key(n) for n in group} for group in apart])
    for group in joined:
        union.join_named({names.key(name) for name in group}, "editor's decision")
    for rule in KEY_RULES:
        by_key: dict[str, int] = {}
        for i, part in enumerate(parts):
            for key in rule(part):
                union.join(by_key.setdefault(key, i), i, rule.__name__.replace("_", " "))
    join_lone_names(union)
    return union.clusters()


# --- rules


def same_name(part: Local) -> Iterator[str]:
    """The same words, case, accents and hyphens apart; a body of no country is its country's."""
    for name in _telling_names(part):
        owner = part.owner or "" if part.type == "organization" and bodies.is_generic(name) else ""
        yield f"{part.type}|{names.key(name)}|{owner}"


def country_names(part: Local) -> Iterator[str]:
    """'DPRK', 'Democratic People's Republic of Korea' and 'North Korea'."""
    if part.type == "place":
        for name in part.names:
            country = countries.named(name)
            if country:
                yield country.name


def known_names(part: Local) -> Iterator[str]:
    """Names our lists give to one body or event: 'NATO', 'Second World War'."""
    for name in part.names:
        if part.owner == UNITED_NATIONS:
            name = f"{UNITED_NATIONS} {name}"
        for listed, country in listed_names().get((part.type, names.key(name)), ()):
            if not (country and part.owner and country != part.owner):
                yield listed


def romanisation(part: Local) -> Iterator[str]:
    """'Sergey Shoigu' and 'Sergei Shoigu': one name written by two systems."""
    if part.type == "person":
        for name in _telling_names(part):
            yield from spellings.person_keys(name)


def place_head_word(part: Local) -> Iterator[str]:
    """'Kursk region' is 'Kursk' too; a country or capital is not its region."""
    if part.type == "place":
        for name in part.names:
            core = place_core(names.key(name))
            if not countries.named(core) and not countries.of_capital(core):
                yield core


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
    if part.type == "organization":
        for name in _telling_names(part):
            words = _body_words(name)
            if len(words) > 1:
                owner = part.owner or "" if bodies.is_generic(name) else ""
                yield f"{' '.join(words)}|{owner}"


def _body_words(name: str) -> list[str]:
    """Return a body's telling words, sorted: no small words, no company ending, one spelling."""
    american = lexicons.load("spellings")["american"]
    words = names.key(name.replace("&", " and ")).split()
    endings = lexicons.folded("organizations", "endings")
    while len(words) > 1 and words[-1] in _LEGAL & endings:
        words = words[:-1]
    return sorted({american.get(word, word) for word in words} - _SMALL)


# Endings that are law, not name; "Group" and "Motors" may tell two companies apart.
_LEGAL = frozenset(
    "inc corp corporation co company ltd limited plc llc llp gmbh ag sa nv bv spa srl oyj asa ab "
    "kk jsc ojsc pjsc ooo oao zao bhd sdn pte pty".split()
)
_SMALL = frozenset("of for the and affairs on".split())

KEY_RULES: tuple[KeyRule, ...] = (
    country_names,
    same_name,
    known_names,
    romanisation,
    place_head_word,
    body_of_country,
    same_words_of_body,
)


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
