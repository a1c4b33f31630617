"""Blocks of parts become things of the folder: a task, which may run anywhere and be kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from generator import names
from generator.model import Entity, Problem
from generator.resolve.company import Casts, Company, NoCompany
from generator.resolve.decided import Decided, Side
from generator.resolve.entities import draft
from generator.resolve.groups import Local
from generator.resolve.identities import join_parts
from generator.resolve.unions import Cluster
from generator.rows import pack
from generator.tasks import Lost, Mapped, Task

# About so many parts are resolved in one go. Few, that one article more makes few of them anew.
PARTS = 200


@dataclass(frozen=True, slots=True)
class Block:
    """Parts that might be one thing, and what editors say of them.

    `joins` are groups of their indices, `sides` is empty where nothing is kept apart, `kept`
    maps keys of names to the name to print.
    """

    parts: tuple[Local, ...]
    joins: tuple[tuple[int, ...], ...] = ()
    sides: tuple[tuple[Side, ...], ...] = ()
    kept: dict[str, str] | None = None
    company: Company | None = None


@dataclass(frozen=True, slots=True)
class Bundle:
    """Some blocks, and a digest of all that is in them."""

    blocks: tuple[Block, ...]
    seal: bytes = b""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The things some blocks are, and the indices of blocks that the company must decide."""

    entities: tuple[Entity, ...]
    open: tuple[int, ...] = ()


def join_blocks(
    parts: Sequence[Local],
    seals: Sequence[bytes],
    blocks: Sequence[Sequence[int]],
    decided: Decided,
    mapped: Mapped,
) -> tuple[list[Entity], list[Problem]]:
    """Return the things that parts are, as entities without ids, in no order.

    `seals` are digests of the parts, each with the article it is of. Parts that end every
    process that joins them stay apart, and are told.
    """
    silent = not (decided.joins or decided.kept or any(decided.sides))
    told = [
        Block(tuple(parts[i] for i in indices)) if silent else _block(parts, indices, decided)
        for indices in blocks
    ]
    found: list[Entity] = []
    problems: list[Problem] = []
    todo = _bundled(blocks)
    while todo:
        again: list[int] = []
        open_: list[int] = []
        for numbers, drafted in _run(todo, blocks, told, seals, mapped):
            if not isinstance(drafted, Lost):
                found += drafted.entities
                open_ += [numbers[i] for i in drafted.open]
            elif len(numbers) > 1:
                again += numbers  # one of them is at fault
            else:
                found += _apart(told[numbers[0]])
                problems.append(_lost(told[numbers[0]], drafted))
        if open_:
            casts = Casts(parts)
            for i in open_:
                told[i] = replace(told[i], company=casts.company_of(blocks[i]))
        todo = [[i] for i in sorted([*again, *open_])]
    return found, problems


def _apart(block: Block) -> list[Entity]:
    return [draft(Cluster((part,), ()), {}) for part in block.parts]


def _lost(block: Block, lost: Lost) -> Problem:
    first = block.parts[0]
    what = f"finding out who {first.names[0]!r} is ends the program ({lost.why})"
    return Problem(first.article, 0, what, "names like it are kept apart; tell us of it")


def _bundled(blocks: Sequence[Sequence[int]]) -> list[list[int]]:
    """Return the numbers of blocks in bundles of about PARTS parts."""
    bundles: list[list[int]] = []
    weight = PARTS
    for number, indices in enumerate(blocks):
        if weight >= PARTS:
            bundles.append([])
            weight = 0
        bundles[-1].append(number)
        weight += len(indices)
    return bundles


def _run(
    bundles: Sequence[Sequence[int]],
    blocks: Sequence[Sequence[int]],
    told: Sequence[Block],
    seals: Sequence[bytes],
    mapped: Mapped,
) -> Iterator[tuple[Sequence[int], Drafted | Lost]]:
    """Yield what each bundle of blocks becomes, with the numbers of its blocks."""
    items = [
        Bundle(
            tuple(told[number] for number in numbers),
            _seal([(told[number], [seals[i] for i in blocks[number]]) for number in numbers]),
        )
        for numbers in bundles
    ]
    return zip(bundles, mapped(JOIN, items), strict=True)


def _seal(blocks: Iterable[tuple[Block, Sequence[bytes]]]) -> bytes:
    """Return a digest of blocks, by the digests of their parts and what is said beside."""
    whole = sha256()
    for block, seals in blocks:
        beside = (block.joins, block.sides, block.kept, block.company)
        whole.update(b"%d %b" % (len(seals), b"".join(seals)))
        whole.update(pack(beside) if any(beside) else b"")
    return whole.digest()


def _block(parts: Sequence[Local], indices: Sequence[int], decided: Decided) -> Block:
    own = tuple(parts[i] for i in indices)
    place = {i: n for n, i in enumerate(indices)}
    joins = tuple(tuple(place[i] for i in group) for group in decided.joins if group[0] in place)
    sides = tuple(tuple(sorted(decided.sides[i])) for i in indices)
    keys = {names.key(name) for part in own for name in part.names} & decided.kept.keys()
    kept = {key: decided.kept[key] for key in sorted(keys)}
    return Block(own, joins, sides if any(sides) else (), kept or None)


# --- the task


def _join(bundle: Bundle) -> Drafted:
    found: list[Entity] = []
    open_: list[int] = []
    for number, block in enumerate(bundle.blocks):
        try:
            found += _joined(block)
        except NoCompany:
            open_.append(number)
    return Drafted(tuple(found), tuple(open_))


def _joined(block: Block) -> Iterable[Entity]:
    clusters = join_parts(block.parts, block.joins, block.sides, block.company)
    return [draft(cluster, block.kept or {}) for cluster in clusters]


JOIN = Task("resolve", _join, Bundle, Drafted, lambda bundle: bundle.seal)
