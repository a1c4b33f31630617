"""The editors' merges and distinctions: which parts they join, which they keep apart.

Nothing here depends on the order of decisions: what several merges join is one thing, what is
kept apart stays apart, and where both is asked for, it is kept apart and both lines are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator import names
from generator.model import Decision, Problem
from generator.references import contradiction, unfit
from generator.resolve.groups import Local
from generator.resolve.published import Published
from generator.resolve.selectors import Selectors

Parts = frozenset[int]
# Of a part: in which distinction, by its number, it is which of the things kept apart.
Side = tuple[int, int]

_UNKNOWN = "mend the spelling, or delete the decision if it is no longer needed"


@dataclass(frozen=True, slots=True)
class _Meant:
    """A merge or distinction, its words, and the parts that each means."""

    decision: Decision
    words: tuple[str, ...]
    parts: tuple[Parts, ...]


@dataclass(frozen=True, slots=True)
class Decided:
    """What editors join and keep apart; `kept` says by key of a name which one to print."""

    joins: tuple[tuple[int, ...], ...]
    sides: tuple[frozenset[Side], ...]
    kept: dict[str, str]
    problems: tuple[Problem, ...]


def decide(parts: Sequence[Local], decisions: Iterable[Decision], before: Published) -> Decided:
    """Return what the editors' merges and distinctions mean for these parts."""
    decisions = [d for d in decisions if d.kind in ("merge", "distinct")]
    if not decisions:
        return Decided((), (frozenset(),) * len(parts), {}, ())
    selectors = Selectors(parts, before)
    meant = [
        _Meant(d, tuple(d.value), tuple(map(selectors.parts_of, d.value)))
        for d in sorted(decisions, key=lambda d: (sorted(map(names.key, d.value)), d.value, d.kind))
    ]
    merges = [one for one in meant if one.decision.kind == "merge"]
    apart = [one for one in meant if one.decision.kind == "distinct"]
    clashes = list(_both_ways(apart, _connected(merges)))
    merges = [merge for merge in merges if all(merge is not guilty for _, guilty in clashes)]
    groups = _connected(merges)
    problems = [*_unknown(meant), *map(_told, clashes), *_two_names(groups)]
    return Decided(
        tuple(tuple(sorted(frozenset().union(*merge.parts))) for merge in merges),
        _sides(len(parts), apart, parts),
        _printed(groups, selectors, parts),
        tuple(problems),
    )


def _unknown(meant: Iterable[_Meant]) -> Iterator[Problem]:
    for one in meant:
        for word, parts in zip(one.words, one.parts, strict=True):
            if not parts:
                yield unfit(one.decision, f"no card is named {word!r}", _UNKNOWN)


def _connected(merges: Sequence[_Meant]) -> list[list[_Meant]]:
    """Return the merges in groups that have a part in common."""
    group_of: dict[int, int] = {}  # by part
    groups: dict[int, tuple[set[int], list[_Meant]]] = {}
    for number, merge in enumerate(merges):
        own, members = set().union(*merge.parts), [merge]
        for other in sorted({group_of[i] for i in own if i in group_of}):
            found, joined = groups.pop(other)
            own |= found
            members = [*joined, *members]
        groups[number] = (own, members)
        group_of.update(dict.fromkeys(own, number))
    return [members for _, members in groups.values()]


# --- contradictions


def _both_ways(
    apart: Iterable[_Meant], groups: Sequence[list[_Meant]]
) -> Iterator[tuple[_Meant, _Meant]]:
    """Yield each distinction with each merge that joins its sides."""
    group_of = {
        i: number for number, group in enumerate(groups) for m in group for p in m.parts for i in p
    }
    for one in apart:
        met: dict[int, set[Parts]] = {}
        for parts in one.parts:
            for number in {group_of[i] for i in parts if i in group_of}:
                met.setdefault(number, set()).add(parts)
        for number in sorted(number for number, sides in met.items() if len(sides) > 1):
            for merge in groups[number]:
                if any(parts & other for parts in met[number] for other in merge.parts):
                    yield one, merge


def _told(clash: tuple[_Meant, _Meant]) -> Problem:
    one, merge = clash
    about = " and ".join(one.words)
    return contradiction(one.decision, merge.decision, about, "they are kept apart")


def _two_names(groups: Iterable[list[_Meant]]) -> Iterator[Problem]:
    """Yield a warning where merges of one thing print different names first."""
    for group in groups:
        first = _firsts(group)
        until = "the first of them in the alphabet is printed"
        for one, other in zip(first, first[1:], strict=False):
            about = f"which name comes first, {one.words[0]!r} or {other.words[0]!r}"
            yield contradiction(one.decision, other.decision, about, until)


def _firsts(group: list[_Meant]) -> list[_Meant]:
    """Return the merges whose first name no other merge puts second, one for each name.

    Merges that go round in a circle are all returned.
    """
    open_ = [
        merge
        for merge in group
        if not any(merge.parts[0] & second for other in group for second in other.parts[1:])
    ] or group
    told: list[_Meant] = []
    for merge in open_:
        if not any(merge.parts[0] & other.parts[0] for other in told):
            told.append(merge)
    return told


# --- what holds


def _printed(
    groups: Iterable[list[_Meant]], selectors: Selectors, parts: Sequence[Local]
) -> dict[str, str]:
    """Return the name to print by the keys of all names that editors joined under it."""
    kept: dict[str, str] = {}
    for group in groups:
        name = min(selectors.name_of(merge.words[0]) for merge in _firsts(group))
        keys = {names.key(word) for merge in group for word in merge.words}
        keys |= {
            names.key(found)
            for merge in group
            for word, indices in zip(merge.words, merge.parts, strict=True)
            for found in [selectors.name_of(word)]
            if indices
        }
        kept |= dict.fromkeys(keys, name)
    return kept


def _sides(
    count: int, apart: Sequence[_Meant], parts: Sequence[Local]
) -> tuple[frozenset[Side], ...]:
    sides: list[set[Side]] = [set() for _ in range(count)]
    for number, one in enumerate(apart):
        meant: dict[int, set[int]] = {}
        for which, indices in enumerate(one.parts):
            for i in indices:
                meant.setdefault(i, set()).add(which)
        for i, found in meant.items():
            if which := _own_side(parts[i], found, one.words):
                sides[i].add((number, which - 1))
    return tuple(map(frozenset, sides))


def _own_side(part: Local, found: set[int], words: Sequence[str]) -> int:
    """Return, counted from 1, which word a part is meant by; of several, by its longest name."""
    if len(found) == 1:
        return min(found) + 1
    own = [w for w in sorted(found) if names.key(words[w]) == names.key(part.names[0])]
    return own[0] + 1 if len(own) == 1 else 0
