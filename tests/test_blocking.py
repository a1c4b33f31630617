"""Blocks of names: what might be one thing is resolved together, whatever else the folder holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from random import Random

import pytest

from generator.extract import extract
from generator.model import Entity, Extraction, Limits
from generator.read import read_folder
from generator.resolve import find_alone, resolve
from generator.resolve.blocking import blocking_of, find_blocks
from generator.resolve.groups import Local
from generator.resolve.joining import JOIN, Block, Bundle
from generator.resolve.published import Published
from generator.tasks import Lost, Task, here

REPO = Path(__file__).parents[1]

# One thing under two names on each line, and things that have nothing to do with one another.
ALIKE = """
place         Kyiv                          Kiev
place         DPRK                          North Korea
place         Kursk Oblast                  Kursk region
person        Sergey Shoigu                 Sergei Shoigu
person        Bob Ames                      Robert Ames
person        Shoigu                        Sergei Shoigu
organization  Department of Defence         Defense Department
organization  Carrick Marine                Carrick Marine Holdings
"""
STRANGERS = """
place         Kyiv
place         Lyon
person        Ana Prado
person        Prado
person        Tom Reed
organization  Carrick Marine
"""


def part(line: str, *more: str) -> Local:
    kind, *names = (word.strip() for word in line.split("  ") if word.strip())
    return Local("a", kind, (*names, *more), (0,), None, (), counts=(1,))  # type: ignore[arg-type]


def blocks_of(parts: Sequence[Local], joins: Iterable[Sequence[int]] = ()) -> list[list[int]]:
    blocking = [(blocking_of([one]), [i]) for i, one in enumerate(parts)]
    return find_blocks(len(parts), blocking, joins)


@pytest.mark.parametrize("line", ALIKE.strip().splitlines())
def test_what_may_be_one_thing_is_one_block(line: str) -> None:
    kind, one, other = (word.strip() for word in line.split("  ") if word.strip())
    region = "region" if "Oblast" in line else ""
    parts = [replace(part(f"{kind}  {name}"), kind=region) for name in (one, other)]
    assert blocks_of(parts) == [[0, 1]]


def test_strangers_are_blocks_of_their_own() -> None:
    lines = [line for line in STRANGERS.strip().splitlines() if line != "person        Prado"]
    assert blocks_of([part(line) for line in lines]) == [[i] for i in range(len(lines))]


def test_a_surname_alone_ties_those_who_bear_it_and_two_alone_tie_nothing() -> None:
    ana, eva, alone = part("person  Ana Prado"), part("person  Eva Prado"), part("person  Prado")
    assert blocks_of([ana, eva]) == [[0], [1]]
    assert blocks_of([alone, alone]) == [[0], [1]]
    assert blocks_of([ana, alone, eva]) == [[0, 1, 2]]


def test_what_editors_join_is_one_block() -> None:
    parts = [part(line) for line in STRANGERS.strip().splitlines()]
    assert [1, 4, 5] in blocks_of(parts, [[4, 1], [5, 4]])


def test_long_chains_are_one_block() -> None:
    names = [f"Ana {first}{second}vic" for first, second in combinations("bcdfghklmn", 2)]
    parts = [part(f"person  {a}", b) for a, b in zip(names, names[1:], strict=False)]
    Random(5).shuffle(parts)
    assert len(blocks_of(parts)) == 1
    assert blocks_of([]) == []


@pytest.fixture(scope="module")
def extractions() -> list[Extraction]:
    articles, _ = read_folder(REPO / "content" / "articles", limits=Limits(), taken={})
    return [extract(article) for article in articles]


def facts(entities: Iterable[Entity]) -> list[str]:
    return sorted(repr(replace(entity, id="", namesakes=())) for entity in entities)


def test_blocks_by_themselves_make_what_all_make_together(
    extractions: list[Extraction], monkeypatch: pytest.MonkeyPatch
) -> None:
    apart, _ = resolve(extractions)
    all_in_one = [list(range(sum(len(find_alone(one).parts) for one in extractions)))]
    monkeypatch.setattr("generator.resolve.folder.find_blocks", lambda *_: all_in_one)
    together, _ = resolve(extractions)
    assert facts(apart) == facts(together)


def test_a_block_that_ends_the_program_costs_that_block_only(
    extractions: list[Extraction],
) -> None:
    def fragile(task: Task[Bundle, object], items: Sequence[Bundle]) -> Iterator[object]:
        for item in items:
            hit = any(part.names[0] == worst for block in item.blocks for part in block.parts)
            yield Lost("signal 9") if task is JOIN and hit else task.run(item)

    sound, _ = resolve(extractions)
    worst = next(e.name for e in sound if len(e.mentions) > 1 and e.because == ())
    entities, problems = resolve(extractions, (), Published(), (), fragile)  # type: ignore[arg-type]
    assert [worst in problem.what for problem in problems] == [True]
    broken = {repr(e) for e in entities} ^ {repr(e) for e in sound}
    assert broken and all(repr(worst) in one for one in broken)


def test_the_seal_of_a_bundle_tells_every_difference(extractions: list[Extraction]) -> None:
    seen: list[bytes] = []

    def watched(task: Task[Bundle, object], items: Sequence[Bundle]) -> Iterator[object]:
        seen.extend(item.seal for item in items)
        return here(task, items)

    resolve(extractions, (), None, (), watched)  # type: ignore[arg-type]
    first, n = list(seen), len(seen)
    assert n > 1 and len(set(first)) == n
    resolve(extractions, (), None, (), watched)  # type: ignore[arg-type]
    assert seen[n:] == first
    assert JOIN.depends(Bundle((Block(()),), b"seal")) == b"seal"
