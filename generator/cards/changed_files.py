"""The card files that must be written or removed, because they hold something else by now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generator.cards.by_hand import ByHand, find_changed
from generator.cards.card_files import Drafts
from generator.cards.card_folders import look, surplus_files, total_of
from generator.cards.card_index import Index, index_of
from generator.cards.checksums import CHECKSUMS, sums_text
from generator.files import differing_files
from generator.model import Knowledge
from generator.stamps import NEVER
from generator.tasks import Counted, uncounted
from generator.transactions import Put, clock, put


@dataclass(frozen=True, slots=True)
class Pending:
    """Cards to be written to a folder, and how its files were seen just before.

    What a person changed, told `by_hand`, is to be left as it is.
    """

    folder: Path
    index: Index
    drafts: Drafts
    seen: Mapping[str, bytes]
    by_hand: ByHand


def find_pending(folder: Path, knowledge: Knowledge) -> Pending:
    """Return what is to be written; the lock of `building` must be held.

    Of cards that are those of the last build, as `Index.shared` makes them, no text is written.
    """
    index = index_of(folder)
    seen = look(folder, index.seen, clock(folder))
    drafts = Drafts(knowledge)
    by_hand = find_changed(folder, drafts, knowledge, seen)
    return Pending(folder, index, drafts, seen, by_hand)


def write_pending(
    pending: Pending, beside: Mapping[str, str], report: Counted = uncounted
) -> tuple[str, ...]:
    """Write what differs, with files `beside` the cards: all or none; return the card files.

    `report` is told how many cards have been looked at. Raises Unwritable.
    """
    totals: dict[str, bytes] = {}
    wanted = {*pending.drafts, *pending.by_hand.kept}
    surplus = surplus_files(pending.folder, wanted)
    done = put(pending.folder, _differing(pending, totals, beside, report), surplus)
    pending.index.keep(pending.drafts.cards, _sights(pending, totals, done))
    return tuple(name for name in done.names if name != CHECKSUMS and name not in beside)


def _differing(
    pending: Pending, totals: dict[str, bytes], beside: Mapping[str, str], report: Counted
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and bytes of each file that holds something else; CHECKSUMS after the cards.

    `totals` is given the checksum of every card file as it is to be.
    """
    drafts, kept = pending.drafts, pending.by_hand.kept
    for number, name in enumerate(sorted(drafts.cards.keys() - kept.keys())):
        report(number, len(drafts.cards))
        data = None
        total = pending.index.total(name, drafts.cards[name])
        if total is None:
            data = drafts[name].encode("utf-8")
            total = sha256(data).digest()
        totals[name] = total
        if total_of(pending.seen.get(name, b"")) != total:
            yield name, drafts[name].encode("utf-8") if data is None else data
    sums = {name: total.hex() for name, total in totals.items()}
    texts = {**beside, CHECKSUMS: sums_text(sums, kept)}
    for name in differing_files(pending.folder, texts):
        yield name, texts[name].encode("utf-8")


def _sights(pending: Pending, totals: Mapping[str, bytes], done: Put) -> dict[str, bytes]:
    """Return the sight of each card file that is as it is to be."""
    written = {name for name in done.names if name in totals}
    sights = {name: pending.seen[name] for name in totals if name not in written}
    return sights | {name: done.stamps.get(name, NEVER) + totals[name] for name in written}
