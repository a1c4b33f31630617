"""What one state of the knowledge base has and another has not, as an editor would list it.

`changes.py` tells which claims are new, altered or withdrawn; `difference_cards.py` what became
of cards and articles. Here both are put together with evidence, conflicts and what is withheld.
The words are in `lexicons/differences.yml`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from generator import changes, difference_cards, edtf, lexicons
from generator.changes import Change
from generator.difference_cards import Difference, Pairing
from generator.model import Card, Decision, Evidence, Knowledge

_NOBODY = Card("", "person", "")

# A claim as its card and identity: (card, property, value, of, date).
ClaimId = tuple[str, str, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class State:
    """A knowledge base at one moment, and which of its claims wait for an editor.

    Decisions, and the texts of articles by id as far as they are at hand, tell why something went.
    """

    knowledge: Knowledge
    withheld: frozenset[ClaimId] = frozenset()
    decisions: tuple[Decision, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Differences:
    """All differences, card by card, the most consequential first.

    `touched` are the names of cards that are the same but for where they are named.
    """

    groups: tuple[tuple[Difference, ...], ...]
    touched: tuple[str, ...]

    def totals(self) -> dict[str, int]:
        """Return how many differences there are of each kind, in order of consequence."""
        counts = Counter(one.kind for group in self.groups for one in group)
        return {kind: counts[kind] for kind in kinds() if counts[kind]}


def kinds() -> list[str]:
    """Return every kind of difference, the most consequential first."""
    return list(lexicons.load("differences")["kinds"])


def compare(before: State, after: State, edited: frozenset[str] = frozenset()) -> Differences:
    """Return what differs; `edited` are the files of articles whose text is not as it was."""
    pairing = difference_cards.pair_cards(before.knowledge, after.knowledge)
    # Readers are not told that everything is new; editors are: so there is always somebody before.
    then = before.knowledge if before.knowledge.cards else Knowledge((_NOBODY,))
    changed = changes.compare(then, after.knowledge, after.decisions, after.texts)
    why = {one.card: one.reason for one in changed if one.kind == "withdrawn" and not one.property}
    claims = _Claims(before, after, pairing)
    found = [
        *difference_cards.compare_cards(pairing, why),
        *difference_cards.compare_articles(before.knowledge, after.knowledge, edited),
        *claims.changed([one for one in changed if one.property]),
        *claims.kept(),
        *_conflicts(pairing),
    ]
    groups = _grouped(found)
    listed = {group[0].card for group in groups}
    touched = sorted(
        (new.name for old, new in pairing.kept if new.id not in listed and old != new),
        key=lambda name: (name.casefold(), name),
    )
    return Differences(groups, tuple(touched))


def _grouped(found: Iterable[Difference]) -> tuple[tuple[Difference, ...], ...]:
    rank = {kind: number for number, kind in enumerate(kinds())}
    by_card: dict[str, list[Difference]] = {}
    # On a card what became of it stands first, however much the rest weighs.
    for one in sorted(found, key=lambda d: (d.kind not in _FATES, rank[d.kind], _told(d))):
        by_card.setdefault(one.card, []).append(one)
    weight = {card: min(rank[one.kind] for one in group) for card, group in by_card.items()}
    ordered = sorted(
        by_card.values(), key=lambda g: (weight[g[0].card], g[0].name.casefold(), g[0].card)
    )
    return tuple(tuple(group) for group in ordered)


_FATES = ("card_new", "card_split_off", "article_added")


def _told(one: Difference) -> list[tuple[str, str]]:
    return sorted(one.details.items())


# --- claims


class _Claims:
    """The claims of both states by identity, those of cards that moved under their heirs' ids."""

    def __init__(self, before: State, after: State, pairing: Pairing) -> None:
        self.pairing = pairing
        self.old = _evidence(before.knowledge, pairing.heirs)
        self.new = _evidence(after.knowledge, {})
        self.was_withheld = {_moved(id, pairing.heirs) for id in before.withheld}
        self.withheld = after.withheld

    def changed(self, found: Sequence[Change]) -> Iterator[Difference]:
        """Yield the claims that came, went, changed, or moved to another card."""
        gone = {_words(c): c for c in found if c.kind == "withdrawn"}
        come = {_words(c): c for c in found if c.kind == "new" and c.evidence}
        moved = gone.keys() & come.keys()
        for change in found:
            key = _words(change)
            if key not in moved or change not in (gone[key], come[key]):
                yield self._claim(_KINDS[change.kind], change)
            elif change is come[key]:
                other = self.pairing.name_of(gone[key].card)
                yield self._claim("claim_moved", change, {"other": other})

    def kept(self) -> Iterator[Difference]:
        """Yield the claims that stay and rest on more, fewer or other words, or are shown anew."""
        for id in sorted(self.old.keys() & self.new.keys(), key=_order):
            if (id in self.was_withheld) != (id in self.withheld):
                kind = "claim_hidden" if id in self.withheld else "claim_shown"
                yield self._kept(kind, id, {})
            if became := _evidence_kind(self.old[id], self.new[id]):
                counts = {"was": str(len(self.old[id])), "now": str(len(self.new[id]))}
                yield self._kept(became, id, counts)

    def _claim(
        self, kind: str, change: Change, more: Mapping[str, str] | None = None
    ) -> Difference:
        id = (change.card, change.property, change.value, change.of, change.date)
        withheld = self.was_withheld if change.kind == "withdrawn" else self.withheld
        name = self.pairing.name_of(change.card) or change.name
        details = {
            "property": change.property,
            "said": told(change.value, change.of_name, change.date),
            **(more or {}),
        }
        if change.kind == "withdrawn":
            details["reason"] = change.reason
        if change.was is not None:
            details["was"] = change.was
        evidence = change.evidence[0] if change.evidence else None
        return Difference(kind, change.card, change.type, name, details, evidence, id in withheld)

    def _kept(self, kind: str, id: ClaimId, more: Mapping[str, str]) -> Difference:
        card = self.pairing.now[id[0]]
        of = self.pairing.name_of(id[3]) if id[3] else None
        details = {"property": id[1], "said": told(id[2], of, id[4]), **more}
        fresh = [one for one in self.new[id] if one not in self.old[id]]
        evidence = fresh[0] if fresh and kind in _QUOTED else None
        return Difference(
            kind, card.id, card.type, card.name, details, evidence, id in self.withheld
        )


_KINDS = {"new": "claim_added", "altered": "claim_changed", "withdrawn": "claim_withdrawn"}
_QUOTED = ("evidence_gained", "evidence_changed")


def _evidence(
    knowledge: Knowledge, heirs: Mapping[str, str]
) -> dict[ClaimId, tuple[Evidence, ...]]:
    found: dict[ClaimId, tuple[Evidence, ...]] = {}
    for card in knowledge.cards:
        for claim in card.claims:
            whole = (card.id, claim.property, claim.value, claim.of, claim.date)
            id = _moved(whole, heirs)
            found[id] = (*found.get(id, ()), *claim.evidence)
    return found


def _evidence_kind(old: Sequence[Evidence], new: Sequence[Evidence]) -> str | None:
    """Return what became of a claim's evidence; a sentence that only moved is the same."""
    if len(old) != len(new):
        return "evidence_gained" if len(new) > len(old) else "evidence_lost"
    was = sorted((one.article, one.quote) for one in old)
    return None if was == sorted((one.article, one.quote) for one in new) else "evidence_changed"


def _moved(id: ClaimId, heirs: Mapping[str, str]) -> ClaimId:
    card, property, value, of, date = id
    return heirs.get(card, card), property, value, heirs.get(of, of) if of else None, date


def _words(change: Change) -> tuple[object, ...]:
    """Return a claim without whose it is, and where it is said: the same words, the same claim."""
    return change.property, change.value, change.of, change.date, change.evidence


def _order(id: ClaimId) -> tuple[str, ...]:
    return tuple(part or "" for part in id)


def told(value: str | None, of: str | None, date: str | None) -> str:
    """Return a claim in words: 'Secretary, Russian Security Council, 2025'."""
    said = (value, of, edtf.label(date) if date else None)
    return ", ".join(part for part in said if part)


# --- conflicts


_ConflictId = tuple[str, str, str | None]


def _conflicts(pairing: Pairing) -> Iterator[Difference]:
    """Yield the disputes that are new, settled, or between others than before."""
    old = _sides(pairing.then.values(), pairing.heirs)
    new = _sides(pairing.now.values(), {})
    for id in sorted(old.keys() | new.keys(), key=_order_of):
        was, now = old.get(id, ()), new.get(id, ())
        if was == now or id[0] not in pairing.now:
            continue
        card = pairing.now[id[0]]
        details = {"property": id[1], "value": id[2] or ""}
        if was and now:
            kind = "conflict_changed"
            details |= {"was": pairing.names_of(was), "now": pairing.names_of(now)}
        else:
            kind = "conflict_new" if now else "conflict_settled"
            details["sides"] = pairing.names_of(now or was)
        yield Difference(kind, card.id, card.type, card.name, details)


def _sides(cards: Iterable[Card], heirs: Mapping[str, str]) -> dict[_ConflictId, tuple[str, ...]]:
    found: dict[_ConflictId, set[str]] = {}
    for card in cards:
        for conflict in card.conflicts:
            id = (heirs.get(card.id, card.id), conflict.property, conflict.value)
            found.setdefault(id, set()).update(heirs.get(s, s) for s in conflict.between)
    return {id: tuple(sorted(sides)) for id, sides in found.items()}


def _order_of(id: _ConflictId) -> tuple[str, ...]:
    return tuple(part or "" for part in id)
