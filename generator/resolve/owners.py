"""Before joining: one type for a name, and whose each body is."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from generator import countries, names
from generator.resolve.listed import listed_names
from generator.resolve.locals import Local

# The one body whose organs have names that countries use too.
UNITED_NATIONS = "United Nations"


def with_main_type(parts: list[Local]) -> list[Local]:
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


def with_owner(parts: list[Local]) -> list[Local]:
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
