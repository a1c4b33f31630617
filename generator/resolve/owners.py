"""Before joining: one type for a name, and whose each body is, by the words of its article."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import replace

from generator import bodies, countries, names
from generator.resolve.body_names import is_common, telling_words
from generator.resolve.groups import Local
from generator.resolve.listed import listed_names
from generator.resolve.told_owners import UNITED_NATIONS


def with_main_type(parts: list[Local]) -> list[Local]:
    """Give a name the type it mostly has in the folder."""
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for part in parts:
        votes[names.key(part.names[0])][part.type] += len(part.mentions)
    settled = {key: _majority(counts) for key, counts in votes.items()} | _shortened(parts)
    return [_retyped(part, settled[names.key(part.names[0])] or part.type) for part in parts]


def _retyped(part: Local, kind: str) -> Local:
    """Return a part as a thing of another type: no region any more, if it was one."""
    if kind == part.type:
        return part
    return replace(part, type=kind, kind="")  # type: ignore[arg-type]


def _shortened(parts: list[Local]) -> dict[str, str | None]:
    """Return the type of short forms that some article puts in brackets behind a body's name."""
    return {
        names.key(merge.merged[1]): "organization"
        for part in parts
        for merge in part.because
        if part.type == "organization" and merge.rule == "short form in brackets"
    }


def _majority(votes: Counter[str]) -> str | None:
    (best, count), *_ = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
    return best if count * 3 >= 2 * sum(votes.values()) else None


def with_owner(parts: list[Local], spoken_of: Mapping[str, Counter[str]]) -> list[Local]:
    """Give a body named without its country the one its article speaks of.

    `spoken_of` says how often each article speaks of each country.
    """
    owners: dict[str, set[str]] = defaultdict(set)
    spoken = {article: Counter(counts) for article, counts in spoken_of.items()}
    for part in parts:
        counts = spoken.setdefault(part.article, Counter())
        if part.type == "organization" and part.owner:
            for name in part.names:
                owners[body_key(name)].add(part.owner)
        if any(names.key(name) in ("united nations", "un") for name in part.names):
            counts[UNITED_NATIONS] += len(part.mentions)
        country = countries.named(part.names[0]) if part.type == "place" else None
        if country:
            counts[country.name] += len(part.mentions)
    return [_owned(part, owners, spoken[part.article]) for part in parts]


def _owned(part: Local, owners: Mapping[str, set[str]], spoken: Counter[str]) -> Local:
    """Return the part with the only owner in question, else the article's main country.

    A country has one ministry of a name, but parties of one name are everywhere: a party
    without a country is only ever the main country's.
    """
    if part.type != "organization" or part.owner:
        return part
    if _is_of_united_nations(part, spoken):
        return replace(part, owner=UNITED_NATIONS)
    known = owners.get(body_key(part.names[0]), set())
    main = _main(spoken)
    if main and _is_of_any_country(part.names[0]) and (known or len(spoken) == 1):
        return replace(part, owner=main)
    if not known:
        return part
    likely = max(known, key=lambda owner: (spoken[owner], owner))
    first = 2 * spoken[likely] >= max(spoken.values(), default=0) > 0
    alone = len(known) == 1 and "party" not in names.key(part.names[0]).split()
    return replace(part, owner=likely) if first or alone else part


def _is_of_any_country(name: str) -> bool:
    """Return whether a country has one body of this name: a ministry, a coast guard."""
    words = names.key(name).split()
    guard = len(words) > 1 and is_common(name) and "party" not in words
    return bodies.is_of_state(name) or guard


def body_key(name: str) -> str:
    """Return the words of a body's name, in no order and one spelling, without the small ones.

    >>> body_key("Ministry of Foreign Affairs") == body_key("Foreign Ministry")
    True
    """
    return " ".join(telling_words(name)) or names.key(name)


def _main(spoken: Counter[str]) -> str | None:
    """Return the country an article speaks of more than of any other."""
    first, second = [*spoken.most_common(2), ("", 0), ("", 0)][:2]
    return first[0] if first[1] > second[1] and first[0] != UNITED_NATIONS else None


def _is_of_united_nations(part: Local, spoken: Counter[str]) -> bool:
    """'the Security Council' is the United Nations' where the article names them."""
    named = ("organization", names.key(f"{UNITED_NATIONS} {part.names[0]}"))
    return spoken[UNITED_NATIONS] > 0 and named in listed_names()
