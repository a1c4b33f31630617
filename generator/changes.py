"""What each build changed in the cards, kept in one committed file, newest release last.

A release is written when the cards a build makes differ from those on disk, so each new,
altered or withdrawn claim stands in the file exactly once. A first build has nothing to
compare with and writes none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator import edtf, yaml_files
from generator.model import Card, Claim, Evidence, Knowledge, Problem

HEADER = "# What each build changed in the cards. Kept by the build; readers see it as a page.\n"


@dataclass(frozen=True, slots=True)
class Change:
    """One claim, or a whole card where `property` is empty, that is new, altered or withdrawn.

    `was` are the words of an altered claim before; `evidence` is what the claim rests or rested on.
    """

    kind: str  # new altered withdrawn
    card: str
    type: str
    name: str
    property: str = ""
    value: str | None = None
    of: str | None = None
    of_name: str | None = None
    date: str | None = None
    was: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Release:
    """The changes of one build; `day` is that of the newest article then, empty if unknown."""

    number: int
    day: str
    changes: tuple[Change, ...]


# What two claims must share to be one claim in two versions, the closest kin first.
_KIN: tuple[Callable[[Change], tuple[object, ...]], ...] = (
    lambda c: (c.card, c.property, c.value, c.of),
    lambda c: (c.card, c.property, c.of, c.date),
    lambda c: (c.card, c.property, c.value, c.date),
)


# --- comparing


def compare(before: Knowledge, after: Knowledge) -> tuple[Change, ...]:
    """Return what became of cards and claims, sorted; none if there was nothing before."""
    if not before.cards:
        return ()
    heirs = {former: card.id for card in after.cards for former in card.former_ids}
    old, new = _claims(before, heirs), _claims(after, {})
    gone = [old[key] for key in sorted(set(old) - set(new), key=_order)]
    come = [new[key] for key in sorted(set(new) - set(old), key=_order)]
    altered, gone, come = _paired(gone, come)
    found = [
        *_cards(before, after, heirs),
        *altered,
        *(replace(change, kind="withdrawn") for change in gone),
        *(replace(change, kind="new") for change in come),
    ]
    return tuple(sorted(found, key=lambda c: (c.name.casefold(), c.card, *_order(_key(c)), c.kind)))


def _cards(before: Knowledge, after: Knowledge, heirs: Mapping[str, str]) -> Iterator[Change]:
    then = {heirs.get(card.id, card.id) for card in before.cards}
    now = {card.id for card in after.cards}
    yield from (_card_change("new", card) for card in after.cards if card.id not in then)
    for card in before.cards:
        if heirs.get(card.id, card.id) not in now:
            yield _card_change("withdrawn", card)


def _card_change(kind: str, card: Card) -> Change:
    said = (card.summary,) if card.summary else ()
    return Change(kind, card.id, card.type, card.name, evidence=said)


_Key = tuple[str, str, str | None, str | None, str | None]


def _key(change: Change) -> _Key:
    return change.card, change.property, change.value, change.of, change.date


def _order(key: _Key) -> tuple[str, ...]:
    return tuple(part or "" for part in key)


def _claims(knowledge: Knowledge, heirs: Mapping[str, str]) -> dict[_Key, Change]:
    """Return every claim by its identity, ids of merged cards replaced by their heirs'."""
    names = {card.id: card.name for card in knowledge.cards}
    found = {}
    for card in knowledge.cards:
        for claim in card.claims:
            change = _claim_change(card, claim, names, heirs)
            found[_key(change)] = change
    return found


def _claim_change(
    card: Card, claim: Claim, names: Mapping[str, str], heirs: Mapping[str, str]
) -> Change:
    of = heirs.get(claim.of, claim.of) if claim.of else None
    id = heirs.get(card.id, card.id)
    of_name = names.get(claim.of or "", claim.of)
    return Change(
        "new", id, card.type, card.name, claim.property, claim.value, of, of_name, claim.date,
        evidence=claim.evidence[:1],
    )  # fmt: skip


def _paired(
    gone: list[Change], come: list[Change]
) -> tuple[list[Change], list[Change], list[Change]]:
    """Return the claims that only changed their date or words, and what is left of both lists."""
    altered = []
    for kin in _KIN:
        olds: defaultdict[tuple[object, ...], list[Change]] = defaultdict(list)
        for change in gone:
            olds[kin(change)].append(change)
        rest = []
        for change in come:
            if olds[kin(change)]:
                was = olds[kin(change)].pop(0)
                altered.append(replace(change, kind="altered", was=_words(was)))
            else:
                rest.append(change)
        left = {id(change) for changes in olds.values() for change in changes}
        gone, come = [change for change in gone if id(change) in left], rest
    return altered, gone, come


def _words(change: Change) -> str:
    """Return a claim in words: 'Secretary, Russian Security Council, 2025'."""
    said = (change.value, change.of_name, edtf.label(change.date) if change.date else None)
    return ", ".join(part for part in said if part)


# --- the file


def read_releases(path: Path) -> tuple[tuple[Release, ...], tuple[Problem, ...]]:
    """Return the releases in the file, oldest first, and what is wrong with it."""
    if not path.is_file():
        return (), ()
    try:
        found = yaml_files.load(path.read_text(encoding="utf-8")) or []
        return tuple(_release(number, entry) for number, entry in enumerate(found, 1)), ()
    except (yaml_files.YamlFault, UnicodeDecodeError, KeyError, TypeError, AttributeError) as fault:
        line = getattr(fault, "line", 1)
        todo = "restore the file from git, or remove it to begin its record anew"
        return (), (Problem(path.name, line, f"can't be read ({fault})", todo, fatal=True),)


def add_release(
    releases: Sequence[Release], changes: Iterable[Change], knowledge: Knowledge
) -> tuple[Release, ...]:
    """Return the releases with one more for these changes, unless there are none.

    What the last release has already said is left out: a build that was cut off between
    cards and record would tell it twice.
    """
    told = set(releases[-1].changes) if releases else set()
    fresh = tuple(change for change in changes if change not in told)
    if not fresh:
        return tuple(releases)
    days = [edtf.bounds(a.published or a.page_date or "") for a in knowledge.articles]
    day = max((bounds[0] for bounds in days if bounds), default="")
    return (*releases, Release(len(releases) + 1, day, fresh))


def releases_text(releases: Iterable[Release]) -> str:
    """Return the file's text."""
    return HEADER + yaml_files.dump([_release_entry(release) for release in releases])


def _release_entry(release: Release) -> dict[str, Any]:
    changes = [_change_entry(change) for change in release.changes]
    return {"day": release.day, "changes": changes}


_FIELDS = (
    "kind", "card", "type", "name", "property", "value", "of", "of_name", "date", "was",
)  # fmt: skip


def _change_entry(change: Change) -> dict[str, Any]:
    entry = {name: value for name in _FIELDS if (value := getattr(change, name))}
    said = [
        {"article": e.article, "sentence": str(e.sentence), "quote": e.quote}
        for e in change.evidence
    ]
    return entry | ({"evidence": said} if said else {})


def _release(number: int, entry: Mapping[str, Any]) -> Release:
    return Release(number, entry["day"], tuple(_change(change) for change in entry["changes"]))


def _change(entry: Mapping[str, Any]) -> Change:
    said = tuple(
        Evidence(e["article"], int(e["sentence"]), e["quote"]) for e in entry.get("evidence", ())
    )
    fields = {name: entry[name] for name in _FIELDS if name in entry}
    return Change(**fields, evidence=said)
