"""Texts made to cost time or memory: each through the whole chain, in a process of its own.

A process is a copy of one that has everything loaded, so seconds are of processor time beyond
an empty build, and memory is what the input needs beyond it. A process that takes too long or
too much is ended, which is a miss like any other.
"""

from __future__ import annotations

import gc
import json
import math
import os
import resource
import shutil
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from generator import pipeline
from generator.settings import load_settings
from tests.blowups import FOLDERS, INLINE, OPENING, Blowup, blowups, word
from tests.torture import Figure

REPO = Path(__file__).parents[2]
KB, MB = 1_000, 1_000_000
# Seconds and bytes after which a process is ended.
LONGEST, MOST = 60, 4_000 * MB
# How many of the slowest are measured again at twice the size.
WORST = 8
# Names in 20 KB from which the pages they get are the cost, and not the text.
CROWD = 100


@dataclass(frozen=True, slots=True)
class Run:
    """What one input cost: seconds of processor time, bytes at the peak, and what was said."""

    name: str
    seconds: float
    memory: int
    cards: int
    problems: tuple[str, ...]
    fault: str = ""  # why it did not come to its end

    def __str__(self) -> str:
        said = self.fault or (f"refused: {self.problems[0]}" if self.problems else "built")
        return f"{self.seconds:.1f} s, {self.memory // MB} MB, {said[:110]}"


# --- one input


def run(folder: Path, name: str, content: dict[str, str | Path]) -> Run:
    """Build a knowledge base of these files below `folder` and return what it cost."""
    project = folder / "blowup"
    _write(project, content)
    receiver, sender = os.pipe()
    child = os.fork()
    if not child:
        os.close(receiver)
        _report(project, sender)
    os.close(sender)
    with os.fdopen(receiver, "rb") as pipe:
        data = pipe.read()
    _, status = os.waitpid(child, 0)
    shutil.rmtree(project)
    if not data:
        return Run(
            name, LONGEST, MOST, 0, (), f"ended by signal {os.waitstatus_to_exitcode(status)}"
        )
    seconds, memory, cards, problems, fault = json.loads(data)
    return Run(name, seconds, memory, cards, tuple(problems), fault)


def _write(project: Path, content: dict[str, str | Path]) -> None:
    for file, text in content.items():
        path = project / "content" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, Path):
            path.hardlink_to(text)
        else:
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
    (project / "content/articles").mkdir(parents=True, exist_ok=True)
    config = (REPO / "mkdocs.yml").read_text(encoding="utf-8")
    theme = f"custom_dir: {json.dumps(str(REPO / 'templates/theme'))}"
    (project / "mkdocs.yml").write_text(config.replace("custom_dir: templates/theme", theme))


def _report(project: Path, sender: int) -> None:
    """Build, send what it cost, and end this process."""
    resource.setrlimit(resource.RLIMIT_CPU, (LONGEST, LONGEST))
    resource.setrlimit(resource.RLIMIT_AS, (MOST, MOST))
    before, began = _peak(), time.process_time()
    cards, problems, fault = 0, list[str](), ""
    try:
        cards, problems = build(project)
    except BaseException as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{error!r:.80} in {Path(where.filename).name}:{where.lineno}"
    spent = time.process_time() - began
    report = [spent, _peak() - before, cards, [p[:300] for p in problems[:3]], fault]
    os.write(sender, json.dumps(report).encode())
    os._exit(0)


def build(project: Path) -> tuple[int, list[str]]:
    """Make cards, pages and site as the command does; return how many cards, and the problems."""
    config = project / "mkdocs.yml"
    settings, problems = load_settings(config)
    outcome = pipeline.generate(settings)
    found = [*problems, *outcome.problems]
    if not any(problem.fatal for problem in found):
        found += pipeline.build_pages(settings, outcome)
        found += pipeline.build_site(config, settings)
    return len(outcome.knowledge.cards), [str(problem) for problem in found]


def _peak() -> int:
    """Return the most memory this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


class Bench:
    """Runs inputs beside an empty build, which is taken off."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        warm(folder)
        empty = [run(folder, "empty", {}) for _ in range(2)]
        self.seconds = min(one.seconds for one in empty)
        self.memory = min(one.memory for one in empty)

    def run(self, name: str, content: dict[str, str | Path]) -> Run:
        """Return what an input cost more than an empty build."""
        made = run(self.folder, name, content)
        seconds, memory = made.seconds - self.seconds, made.memory - self.memory
        return replace(made, seconds=max(seconds, 0.0), memory=max(memory, 0))


def warm(folder: Path) -> None:
    """Load the language model, templates and theme, once for all processes to come."""
    project = folder / "warm"
    text = (
        f"Ice closes the harbour\n\n{OPENING}\n\nAnn Lee, head of the Bank of Oslo, left in 2024."
    )
    page = f"<html><title>Ice</title><p>{prose(2 * KB)}</p></html>"
    _write(project, {"articles/a.txt": text, "articles/b.md": text, "articles/c.html": page})
    _, problems = build(project)
    assert not problems, problems
    shutil.rmtree(project)
    gc.collect()
    gc.freeze()  # so that the copies share it


@cache
def prose(size: int) -> str:
    """Return paragraphs of small words that no two of are alike: nothing to find, all kept."""
    made, length = [], 0
    while length < size:
        number = len(made)
        names = " ".join(word(number * 8 + n).lower() for n in range(8))
        made.append(f"The {names} of ice came to the harbour and went away again.")
        length += len(made[-1]) + 2
    return "\n\n".join(made)


def guarded(content: dict[str, str]) -> dict[str, str | Path]:
    """Return files whose articles begin with so much prose that nothing below is left unread."""
    made: dict[str, str | Path] = {}
    for file, text in content.items():
        plain = prose(20 * KB)
        plain = plain.replace("\n\n", "</p><p>") if file.endswith(".html") else plain
        article = file.startswith("articles/")
        made[file] = text.replace(OPENING, plain, 1) if article else text
    return made


# --- the ordeal


def figures(folder: Path, full: bool) -> list[Figure]:
    """Return what the slowest and the largest inputs cost."""
    bench = Bench(folder)
    some = list(blowups()) if full else list(blowups())[::97]
    found = measured(bench, some)
    return [
        *small(found),
        growth(bench, some, found),
        *lines(bench, full),
        *large(bench, folder),
        *folders(bench, full),
    ]


def measured(bench: Bench, some: Iterable[Blowup]) -> list[Run]:
    """Return what each costs at 20 KB beyond the prose that stands before it, slowest first."""
    plain = bench.run("prose", {"articles/a.txt": prose(20 * KB)})
    found = []
    for blowup in some:
        made = bench.run(blowup.name, guarded(blowup.content(20 * KB)))
        articles = "articles" in next(iter(blowup.content(10)))
        spent = made.seconds - (plain.seconds if articles else 0)
        found.append(replace(made, seconds=max(spent, 0.0)))
    return sorted(found, key=lambda made: -made.seconds)


def small(found: list[Run]) -> Iterator[Figure]:
    """Yield how many inputs there were and which were slowest."""
    lost = [f"{made.name}: {made.fault}" for made in found if made.fault]
    yield Figure(
        "20 KB inputs through the whole build", "all built or refused with a reason",
        f"{len(found)}, {len(lost)} of them not {lost[:3] or ''}", not lost,
    )  # fmt: skip
    few = [made for made in found if made.cards <= CROWD]
    shown = "; ".join(f"{made.name!r} {made.seconds:.2f} s" for made in few[:3])
    yield Figure("the slowest of them", "2 s at most", shown, few[0].seconds <= 2)
    crowds = [(made.seconds * 1000 / made.cards, made) for made in found if made.cards > CROWD]
    if crowds:  # every name has a page of its own
        each, made = max(crowds, key=lambda row: row[0])
        shown = f"{each:.0f} ms a page ({made.name!r}: {made.cards} pages, {made.seconds:.1f} s)"
        name = f"the slowest of the {len(crowds)} that name more than {CROWD} things"
        yield Figure(name, "40 ms a page at most", shown, each <= 40)
    most = max(found, key=lambda made: made.memory)
    size = f"{most.name!r} {most.memory // MB} MB"
    yield Figure("the largest of them", "100 MB at most", size, most.memory <= 100 * MB)


def growth(bench: Bench, some: Iterable[Blowup], found: list[Run]) -> Figure:
    """Return how the slowest grow from 20 KB to 40: 1 is linear, 2 with the square."""
    contents = {blowup.name: blowup.content for blowup in some}
    worst = ("", 0.0)
    for made in found[:WORST]:
        once, twice = (
            bench.run(made.name, guarded(contents[made.name](size))).seconds
            for size in (20 * KB, 40 * KB)
        )
        worst = max(worst, (made.name, math.log2(twice / max(once, 0.01))), key=lambda row: row[1])
    measured = f"{worst[1]:.2f} ({worst[0]!r})"
    return Figure(
        f"growth of the {WORST} slowest", "exponent 1.3 at most", measured, worst[1] <= 1.3
    )


def lines(bench: Bench, full: bool) -> Iterator[Figure]:
    """Yield what a line of 1 MB costs, one shape after the other, in each format."""
    layouts = {"txt": "{}\n\n{}\n", "md": "{}\n\n{}\n", "html": "<p>{}</p><p>{}</p>"}
    found = [
        bench.run(f"{kind} {shape.name}", {f"articles/a.{kind}": layout.format(OPENING, text)})
        for number, shape in enumerate(INLINE if full else INLINE[::61])
        for kind, layout in layouts.items()
        for text in [shape.text(MB).replace("\n", " ")]
        if full or number % 3 == list(layouts).index(kind)
    ]
    found.sort(key=lambda made: (-bool(made.fault), -made.seconds))
    shown = f"{len(found)} tried; {found[0].name!r} {found[0]}"
    good = not found[0].fault and found[0].seconds <= 5
    yield Figure("the slowest line of 1 MB", "5 s at most", shown, good)
    most = max(found, key=lambda made: made.memory)
    size = f"{most.name!r} {most.memory // MB} MB"
    yield Figure("the largest line of 1 MB", "300 MB at most", size, most.memory <= 300 * MB)


def large(bench: Bench, folder: Path) -> Iterator[Figure]:
    """Yield what the inputs cost that nobody could read."""
    big = folder / "big"
    with big.open("wb") as file:
        for _ in range(100):
            file.write((prose(MB) + "\n\n").encode()[:MB])
    inputs: dict[str, Callable[[], dict[str, str | Path]]] = {
        "a file of 100 MB": lambda: {"articles/a.txt": big},
        "a line of 10 MB": lambda: {"articles/a.txt": prose(9_990 * KB).replace("\n\n", " ")},
        "9 MB in short lines": lambda: {"articles/a.txt": prose(9 * MB)},
        "1 MB of prose": lambda: {"articles/a.txt": prose(990 * KB)},
        "100,000 brackets in a text": lambda: {"articles/a.txt": f"{OPENING}\n\n{'(' * 100_000}"},
        "100,000 brackets in Markdown": lambda: {"articles/a.md": f"{OPENING}\n\n{'[' * 100_000}"},
        "100,000 brackets in front matter": lambda: {
            "articles/a.md": f"---\ntitle: {'[' * 100_000}\n---\n{OPENING}"
        },
        "100,000 elements, nested": lambda: {"articles/a.html": f"<p>{OPENING}{'<div>' * 100_000}"},
        "a million names in a row": lambda: {"articles/a.txt": _names(1_000_000)},
        "10,000 people in one article": lambda: {"articles/a.txt": _people(10_000)},
    }
    for name, content in inputs.items():
        made = bench.run(name, content())
        good = not made.fault and made.seconds <= 20 and made.memory <= 1_000 * MB
        yield Figure(name, "20 s and 1,000 MB at most", str(made), good)


def _names(count: int) -> str:
    return f"{OPENING}\n\n" + " ".join(map(word, range(count)))


def _people(count: int) -> str:
    """Return sentences, each about another person."""
    said = (f"Ann {word(n)} left the harbour at noon with a lamp.\n\n" for n in range(count))
    return f"{OPENING}\n\n{''.join(said)}"


def folders(bench: Bench, full: bool) -> Iterator[Figure]:
    """Yield how the time of many articles grows with their number."""
    few, many = (200, 800) if full else (20, 80)
    slowest, steepest = ("", 0.0), ("", 0.0)
    faults = []
    for name, content in FOLDERS.items():
        once, more = (bench.run(name, dict(content(500 * count))) for count in (few, many))
        steep = math.log(more.seconds / max(once.seconds, 0.01), many / few)
        slowest = max(slowest, (name, more.seconds), key=lambda row: row[1])
        steepest = max(steepest, (name, steep), key=lambda row: row[1])
        faults += [f"{made.name}: {made.fault}" for made in (once, more) if made.fault]
    shown = f"{steepest[1]:.2f} ({steepest[0]!r}); slowest {slowest[0]!r} {slowest[1]:.1f} s"
    yield Figure(
        f"{many} articles made to be alike, beside {few}", "exponent 1.3 at most",
        f"{shown} {faults or ''}", steepest[1] <= 1.3 and not faults,
    )  # fmt: skip
