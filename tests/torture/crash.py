"""Builds that are killed, starved of disk, interrupted, or at work two at a time.

A process that has everything loaded builds a small project whose articles have just changed, in a
fork for each build, so that hundreds of ends can be tried. After each end whoever is served must
see the old site or the new one, the team's own files must not have been touched, and the next
build must end in the very bytes of one that nobody disturbed.
"""

from __future__ import annotations

import errno
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from generator import cli
from tests.conftest import REPO
from tests.projects import make_project
from tests.torture import Figure

SEED = 20250612
THEIRS = ("articles", "curation", "notes")
WAYS = (("old", "new"), ("new", "old"))
# MkDocs' own theme writes the time of the build into its pages.
CONFIG = """site_name: Test
docs_dir: content/pages
use_directory_urls: false
theme: {name: material, custom_dir: templates/theme, font: false}
plugins:
- cardfile: {publish: full}
"""
NEW_ARTICLE = """---
title: Pilots threaten to follow the dockers
published: 2025-06-30
source: Harbour Gazette
---
The pilots of Liepaja may walk out next. Edgars Berzins, chairman of the Dockers' Union of Latvia,
said on Monday that Marta Ozola had promised too much. Ilze Kalnina, director of the Orinoco
Press, printed the letter in which the pilots ask for a new rota.
"""

Tree = dict[str, bytes | None]
Hook = Callable[[int, str, str], object]
After = Callable[["World", Path, int, int, int, Path, "Tally"], None]


@dataclass
class Tally:
    """What a row of ends came to; lists name what was wrong."""

    ends: int = 0
    struck: int = 0
    torn: list[str] = field(default_factory=list)
    touched: list[str] = field(default_factory=list)
    different: list[str] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count another row's ends with ours."""
        self.ends += other.ends
        self.struck += other.struck
        for name in ("torn", "touched", "different", "leftovers", "unclear"):
            getattr(self, name).extend(getattr(other, name))


@dataclass
class World:
    """A project built from old articles and from new ones, and what each becomes of the other."""

    folder: Path
    seconds: float = 0.0
    trees: dict[str, Tree] = field(default_factory=dict)
    steps: dict[str, list[str]] = field(default_factory=dict)

    def arena(self, name: str) -> Path:
        """Return where the projects of one worker stand."""
        return self.folder / f"arena-{name}"


def figures(folder: Path, full: bool) -> list[Figure]:
    """Return what came of ends of every kind."""
    return figures_of(make_world(folder), full)


def figures_of(world: World, full: bool) -> list[Figure]:
    """Return what came of ends of every kind in a world that is made."""
    chance = random.Random(SEED)
    kills = in_parallel(world, killed, kill_moments(world, chance, 300 if full else 10), full)
    signals = in_parallel(
        world, interrupted, signal_moments(world, chance, 30 if full else 3), full
    )
    starved = in_parallel(world, starved_at, starving_steps(world, 120 if full else 8), full)
    pairs = in_parallel(world, two_at_once, [[way % 2] for way in range(10 if full else 1)], False)
    found = [
        _struck_figure("kill -9 at random moments", kills, 300 if full else 10),
        *_counted("after kill -9", kills),
        _struck_figure("Ctrl-C or SIGTERM at random moments", signals, 30 if full else 3),
        *_counted("after Ctrl-C or SIGTERM", signals),
        # The last steps of a build need no room.
        _struck_figure("disk full from the n-th write on", starved, 100 if full else 5),
        *_counted("with a full disk", starved),
        _struck_figure("two builds at once", pairs, 10 if full else 1),
        *_counted("after two builds at once", pairs),
    ]
    return found + (_really_full(world) if full else [])


def _struck_figure(name: str, tally: Tally, goal: int) -> Figure:
    return Figure(name, f"{goal} or more", str(tally.struck), tally.struck >= goal)


def _counted(when: str, tally: Tally) -> Iterator[Figure]:
    for name, wrong in (
        ("site neither old nor new", tally.torn),
        ("files of the team touched", tally.touched),
        ("next build not as an undisturbed one", tally.different),
        ("left lying about", tally.leftovers),
        ("not said in one clear line, or wrong status", tally.unclear),
    ):
        shown = f"{len(wrong)}{': ' + '; '.join(wrong[:3]) if wrong else ''}"
        yield Figure(f"{when}: {name}", "0", shown, not wrong)


# --- the project


def make_world(folder: Path) -> World:
    """Build both states from nothing, and each from the other, without disturbance."""
    world = World(folder)
    config = make_project(folder / "old", "harbour")
    config.write_text(CONFIG, encoding="utf-8")
    # Our own, so that nobody changes them while this goes on.
    shutil.copytree(REPO / "templates", folder / "templates")
    (folder / "old/templates").symlink_to(folder / "templates")
    shutil.copytree(config.parent, folder / "new", symlinks=True)
    _renew(folder / "new")
    build(folder / "old")  # here and not in a fork, so that everything is loaded in every fork
    assert ended(start(lambda: build(folder / "new"), folder / "said")) == 0
    for old, new in WAYS:
        _undisturbed(world, old, new)
    assert world.trees["old->new"]["site/index.html"] != world.trees["old"]["site/index.html"]
    return world


def _undisturbed(world: World, old: str, new: str) -> None:
    """Note what becomes of old articles when new ones come, and each step on the way."""
    arena = prepare(world, "first", old, new)
    said, listed = world.folder / "said", world.folder / "steps.json"

    def work() -> int:
        steps: list[str] = []
        at_steps(lambda number, kind, path: steps.append(f"{kind} {path}"))
        status = build(arena)
        listed.write_text(json.dumps(steps), encoding="utf-8")
        return status

    began = time.monotonic()
    assert (ended(start(work, said)), said.read_text("utf-8")) == (0, "")
    world.seconds = time.monotonic() - began
    world.steps[new] = json.loads(listed.read_text("utf-8"))
    world.trees[old] = tree(world.folder / old)
    world.trees[f"{old}->{new}"] = tree(arena)


def _renew(project: Path) -> None:
    """Let an article go, one come, and one be edited."""
    articles = project / "content/articles"
    (articles / "ferry.html").unlink()
    (articles / "pilots.md").write_text(NEW_ARTICLE, encoding="utf-8")
    bridge = (articles / "bridge-opens.md").read_text(encoding="utf-8")
    more = "\n\nArturs Kalnins, who had built the bridge, was not there.\n"
    (articles / "bridge-opens.md").write_text(bridge + more, encoding="utf-8")


def prepare(world: World, name: str, old: str, new: str) -> Path:
    """Return a project built from the old articles that holds the new ones now."""
    arena = world.arena(name)
    shutil.rmtree(arena, ignore_errors=True)
    shutil.copytree(world.folder / old, arena, symlinks=True)
    shutil.rmtree(arena / "content/articles")
    shutil.copytree(world.folder / new / "content/articles", arena / "content/articles")
    return arena


def build(project: Path) -> int:
    """Run the command in this process."""
    return cli.main(["build", "--config", str(project / "mkdocs.yml")])


def tree(folder: Path) -> Tree:
    """Return every file's bytes below a folder by name, and None for every folder.

    What `.cache` holds is nobody's business but the cache's.
    """
    paths = sorted(p for p in folder.rglob("*") if ".cache" not in p.relative_to(folder).parts)
    return {
        path.relative_to(folder).as_posix(): None if path.is_dir() else path.read_bytes()
        for path in paths
    }


def part_of(whole: Tree, *names: str) -> Tree:
    """Return what of a tree is or lies below one of these."""
    return {n: b for n, b in whole.items() if any(n == p or n.startswith(f"{p}/") for p in names)}


def times(project: Path) -> dict[str, int]:
    """Return when the team's own files were last changed."""
    paths = (p for name in THEIRS for p in (project / "content" / name).rglob("*"))
    return {str(path): path.stat().st_mtime_ns for path in paths}


# --- processes


def start(work: Callable[[], int], said: Path) -> int:
    """Do work in a fork, all it says going to a file, and return its number."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads
        child = os.fork()
    if child:
        return child
    status = 70
    try:
        handle = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(handle, 1)
        os.dup2(handle, 2)
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
        status = work()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(status)


def ended(child: int) -> int:
    """Wait for a fork, and return its exit status, or minus the signal that killed it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def at_steps(hook: Hook) -> None:
    """Have `hook` called before each step that this process takes on the disk, from now on."""
    number = 0

    def watch(event: str, args: tuple[Any, ...]) -> None:
        nonlocal number
        if event == "open":
            path, mode, flags = args
            writes = set(mode) & set("wax+") if mode else flags & (os.O_WRONLY | os.O_RDWR)
        else:
            path, writes = args[0] if args else "", event in _STEPS
        if writes and not isinstance(path, int):
            number += 1
            hook(number, event, os.fsdecode(path))

    sys.addaudithook(watch)


_STEPS = ("os.rename", "os.remove", "os.rmdir", "os.mkdir")


def in_parallel(
    world: World, one: Callable[[World, str, Any], Tally], moments: Sequence[Any], both: bool
) -> Tally:
    """Return what came of all moments, worked off by two processes if wanted."""
    shares = [moments[::2], moments[1::2]] if both else [moments]
    children = []
    for number, share in enumerate(shares):
        result = world.folder / f"result-{number}"

        def work(share: Sequence[Any] = share, n: int = number, result: Path = result) -> int:
            tally = Tally()
            for moment in share:
                tally.add(one(world, str(n), moment))
            result.write_text(json.dumps(asdict(tally)), encoding="utf-8")
            return 0

        children.append((start(work, world.folder / f"said-{number}"), result))
    total = Tally()
    for number, (child, result) in enumerate(children):
        assert ended(child) == 0, (world.folder / f"said-{number}").read_text("utf-8")
        total.add(Tally(**json.loads(result.read_text("utf-8"))))
    return total


# --- moments: [way, step or 0, seconds, signal]


def kill_moments(world: World, chance: random.Random, count: int) -> list[list[Any]]:
    """Return moments, half of them by the clock, half by the step."""
    moments: list[list[Any]] = []
    for number in range(count):
        way = number % 2
        if number % 4 < 2:
            moments.append([way, 0, chance.uniform(0, world.seconds), signal.SIGKILL])
        else:
            step = some_step(world, chance, WAYS[way][1], number // 4 % 4)
            moments.append([way, step, 0, signal.SIGKILL])
    return moments


def some_step(world: World, chance: random.Random, new: str, part: int) -> int:
    """Return the number of a step: of the new site, of the pages, of clearing up, of the cards."""
    parts: tuple[list[int], ...] = ([], [], [], [])
    for number, step in enumerate(world.steps[new], 1):
        path = step.partition(" ")[2]
        # What is removed with its folder has no more than a name.
        kind = 0 if ".site.part/" in path else 1 if "/pages/" in path else 2 + path.startswith("/")
        parts[kind].append(number)
    return chance.choice(parts[part])


def signal_moments(world: World, chance: random.Random, count: int) -> list[list[Any]]:
    """Return moments for signals that a process can answer."""
    moments = kill_moments(world, chance, count)
    for number, moment in enumerate(moments):
        moment[3] = signal.SIGINT if number % 3 else signal.SIGTERM
    return moments


def starving_steps(world: World, count: int) -> list[list[int]]:
    """Return ways and steps spread over the whole build, the first ones all."""
    found = []
    for way, (_, new) in enumerate(WAYS):
        last, half = len(world.steps[new]), count // 4
        wide = (half + round(n * (last - half) / (half + 1)) for n in range(1, half + 1))
        found += [[way, step] for step in [*range(1, half + 1), *wide]]
    return found


# --- ends


def killed(world: World, worker: str, moment: list[Any]) -> Tally:
    """Kill a build, and return what became of it and of the next."""
    return _struck(world, worker, moment, _after_death)


def interrupted(world: World, worker: str, moment: list[Any]) -> Tally:
    """Interrupt a build, and return what became of it and of the next."""
    return _struck(world, worker, moment, _after_signal)


def _struck(world: World, worker: str, moment: list[Any], after: After) -> Tally:
    """Send a build a signal at a moment; sooner, until it comes before the end."""
    tally = Tally(ends=1)
    while not tally.struck:
        _strike(world, worker, moment, after, tally)
        way, step, seconds, number = moment
        moment = [way, max(0, step - 5), seconds * 0.7, number]
    return tally


def _strike(world: World, worker: str, moment: list[Any], after: After, tally: Tally) -> None:
    way, step, seconds, number = moment

    def work() -> int:
        if number != signal.SIGKILL:
            # Until the command begins, and when it is done, a signal is none of its business.
            signal.signal(number, lambda *_: os._exit(0))
        if step:
            pid = os.getpid()
            at_steps(lambda n, kind, path: os.kill(pid, number) if n == step else None)
        return build(arena)

    with disturbed(world, worker, way, tally, str(moment)) as (arena, said):
        child = start(work, said)
        if not step:
            time.sleep(seconds)
            os.kill(child, number)
        status = ended(child)
        tally.struck = int(status != 0)
        after(world, arena, way, status, number, said, tally)


def _after_death(
    world: World, arena: Path, way: int, status: int, number: int, said: Path, tally: Tally
) -> None:
    text = said.read_text("utf-8")
    if status not in (0, -number) or text:
        tally.unclear.append(f"{status} {text!r}")


def _after_signal(
    world: World, arena: Path, way: int, status: int, number: int, said: Path, tally: Tally
) -> None:
    text = said.read_text("utf-8")
    line = "interrupted; nothing half-written: run cardfile build again\n"
    if (status, text) not in ((128 + number, line), (0, "")):
        tally.unclear.append(f"{status} {text!r}")
    tally.leftovers += _half_done(world, arena, way)


def _half_done(world: World, arena: Path, way: int) -> list[str]:
    """Return what is neither of the old state nor of the new one, after an orderly end."""
    found = tree(arena)
    old, new = world.trees[WAYS[way][0]], world.trees["->".join(WAYS[way])]
    hidden = [name for name in found if name.rpartition("/")[2].startswith(".")]
    cards = part_of(found, *CARDS)
    if cards not in (part_of(old, *CARDS), part_of(new, *CARDS)):
        hidden.append("cards of two states")
    return hidden


CARDS = ("content/cards", "content/addresses.yml", "content/changes.yml")


@contextmanager
def disturbed(
    world: World, worker: str, way: int, tally: Tally, about: str
) -> Iterator[tuple[Path, Path]]:
    """Yield a project to be built with disturbance, then look at it, build it once more, look."""
    old, new = WAYS[way]
    arena = prepare(world, worker, old, new)
    said = world.folder / f"said-{worker.replace('/', '-')}-build"
    before = part_of(tree(arena), *(f"content/{name}" for name in THEIRS)), times(arena)
    yield arena, said
    wanted = world.trees[f"{old}->{new}"]
    left = tree(arena)
    if part_of(left, "site") not in (part_of(world.trees[old], "site"), part_of(wanted, "site")):
        tally.torn.append(about)
    status = ended(start(lambda: build(arena), said))
    text = said.read_text("utf-8")
    if status or text:
        tally.unclear.append(f"{about}: the next build: {status} {text!r}")
    made = tree(arena)
    if (part_of(made, *(f"content/{name}" for name in THEIRS)), times(arena)) != before:
        tally.touched.append(about)
    tally.leftovers += [f"{about}: {name}" for name in sorted(made.keys() - wanted.keys())]
    odd = [n for n in sorted(wanted) if n not in made or made[n] != wanted[n]]
    if odd:
        tally.different.append(f"{about}: {odd[:3]}")


# --- full disks


def starved_at(world: World, worker: str, moment: list[int]) -> Tally:
    """Let every write fail from a step on, and return what became of the build and the next."""
    way, step = moment
    tally = Tally(ends=1)
    with disturbed(world, worker, way, tally, f"full at {step}") as (arena, said):
        status = ended(start(lambda: _starved(arena, step), said))
        tally.struck = int(status != 0)
        _after_refusal(world, arena, way, status, said, tally)
    return tally


def _starved(arena: Path, step: int) -> int:
    def refuse(number: int, kind: str, path: str) -> None:
        if number >= step and kind in ("open", "os.mkdir") and str(arena) in path:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    at_steps(refuse)
    return build(arena)


def _after_refusal(
    world: World, arena: Path, way: int, status: int, said: Path, tally: Tally
) -> None:
    text = said.read_text("utf-8")
    clear = text.startswith("error: ") and text.count("\n") == 1
    clear = clear and "No space left on device" in text and "make room" in text
    if (status, clear) != (1, True) and (status, text) != (0, ""):
        tally.unclear.append(f"{status} {text[-300:]!r}")
    tally.leftovers += _half_done(world, arena, way)


def _really_full(world: World) -> list[Figure]:
    """Return what came of disks that are full in earnest, if this process may mount some."""
    disk = world.folder / "arena-disk"
    disk.mkdir(exist_ok=True)
    if not _mounted(disk, "size=64m"):
        return []
    tally = Tally()
    try:
        for way, (old, new) in enumerate(WAYS):
            size = _kilobytes(world.folder / old) + _kilobytes(world.folder / old / "site") + 64
            for kilobytes in range(_kilobytes(world.folder / old) + 8, size, size // 12):
                tally.add(_on_disk(world, disk, way, new, kilobytes))
    finally:
        subprocess.run(["umount", str(disk)], check=True)
    struck = _struck_figure("disks full in earnest", tally, 10)
    return [struck, *_counted("on a disk full in earnest", tally)]


def _on_disk(world: World, disk: Path, way: int, new: str, kilobytes: int) -> Tally:
    tally = Tally(ends=1)
    with disturbed(world, "disk/project", way, tally, f"{kilobytes} kB") as (arena, said):
        assert _mounted(disk, f"remount,size={kilobytes}k")
        status = ended(start(lambda: build(arena), said))
        assert _mounted(disk, "remount,size=64m")
        tally.struck = int(status != 0)
        _after_refusal(world, arena, way, status, said, tally)
    return tally


def _mounted(disk: Path, options: str) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(disk)]
    try:
        return subprocess.run(command, stderr=subprocess.DEVNULL, check=False).returncode == 0
    except FileNotFoundError:
        return False


def _kilobytes(folder: Path) -> int:
    """Return what a folder takes up in pages of memory, for each file and folder at least one."""
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return sum(-(-size // 4096) * 4 for size in sizes)


# --- two at once


def two_at_once(world: World, worker: str, moment: list[int]) -> Tally:
    """Let two builds begin together, and return what became of them and of a third."""
    tally = Tally(ends=1, struck=1)
    with disturbed(world, worker, moment[0], tally, "two at once") as (arena, said):
        other = said.with_name(f"{said.name}-other")
        children = [start(lambda a=arena: build(a), to) for to in (said, other)]  # type: ignore[misc]
        statuses = [ended(child) for child in children]
        texts = sorted(path.read_text("utf-8") for path in (said, other))
        line = f"another build is at work on {arena / 'content'}; waiting\n"
        if statuses != [0, 0] or texts != ["", line]:
            tally.unclear.append(f"{statuses} {texts}")
        tally.leftovers += _half_done(world, arena, moment[0])
    return tally
