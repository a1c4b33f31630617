"""One small town built as on many machines: not one byte may tell which of them it was.

Every machine is a process of its own with its own folder, order of files, clock, zone, locale,
hash seed, umask, spelling of names and line ends.
"""

from __future__ import annotations

import os
import random
import shutil
import stat
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.torture import Figure

REPO = Path(__file__).parents[2]
TOWN = Path(__file__).parents[1] / "cases" / "unicode" / "town"
# What one build makes: the four that a team publishes or commits.
MADE = ("content/cards", "content/addresses.yml", "content/changes.yml", "content/pages", "site")
TEXTS = (".md", ".txt", ".html", ".yml")

# Runs in each process before anything else: another order of folders, another day.
_CUSTOM = """\
import datetime
import os
import random
import time

if seed := os.environ.get("MACHINE_SHUFFLE"):
    dice = random.Random(int(seed))
    scandir, listdir = os.scandir, os.listdir

    class Shuffled:
        def __init__(self, *given):
            with scandir(*given) as found:
                self.rows = list(found)
            dice.shuffle(self.rows)

        def __iter__(self):
            return iter(self.rows)

        def __next__(self):
            if not self.rows:
                raise StopIteration
            return self.rows.pop()

        def __enter__(self):
            return self

        def __exit__(self, *fault):
            self.rows = []

        close = __exit__

    def shuffled(*given):
        names = listdir(*given)
        dice.shuffle(names)
        return names

    os.scandir, os.listdir = Shuffled, shuffled

if ahead := float(os.environ.get("MACHINE_AHEAD", 0)):
    clock, clock_ns = time.time, time.time_ns
    time.time = lambda: clock() + ahead
    time.time_ns = lambda: clock_ns() + int(ahead * 1e9)
    step = datetime.timedelta(seconds=ahead)

    class Later(datetime.datetime):
        @classmethod
        def now(cls, tz=None):
            return super().now(tz) + step

        @classmethod
        def utcnow(cls):
            return super().utcnow() + step

    class LaterDay(datetime.date):
        @classmethod
        def today(cls):
            day = super().today() + step
            return datetime.date(day.year, day.month, day.day)

    datetime.datetime, datetime.date = Later, LaterDay
"""


@dataclass(frozen=True, slots=True)
class Machine:
    """One way in which machines differ; what is not said is as on the first one."""

    name: str
    folder: str = "base"
    environment: Mapping[str, str | None] = field(default_factory=dict)
    umask: int = 0o022
    spelling: Literal["NFC", "NFD"] = "NFC"
    line_end: str = "\n"
    mark: bool = False  # a byte order mark before every text
    backwards: bool = False  # files made in another order, and older
    mkdocs: bool = False  # `mkdocs build` instead of `cardfile build`


_YEARS = str(40 * 365 * 86_400)
_ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
# The short form: everything at once, three times over.
TOGETHER = (
    Machine(
        "a far clock, shuffled folders, decomposed names",
        folder="a much longer/väg till en mapp/with spaces & 'signs' #1",
        environment={
            "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "1", "MACHINE_SHUFFLE": "7",
            "MACHINE_AHEAD": _YEARS, "OMP_NUM_THREADS": "1", "LANG": "de_DE.UTF-8",
            "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "1",
        },
        umask=0o077, spelling="NFD", backwards=True,
    ),
    Machine(
        "Windows' line ends and marks, no home, no locale",
        folder="b",
        environment={
            **_ASCII, "TZ": "America/St_Johns", "PYTHONHASHSEED": "4242", "HOME": None,
            "MACHINE_SHUFFLE": "11", "PYTHONOPTIMIZE": "1",
        },
        umask=0o000, line_end="\r\n", mark=True,
    ),
    Machine(
        "mkdocs build",
        folder="c/site",
        environment={"PYTHONHASHSEED": "random", "MACHINE_SHUFFLE": "3", "TZ": "Asia/Kathmandu"},
        mkdocs=True,
    ),
)  # fmt: skip
# One difference at a time, so that a failure has a name.
APART = (
    Machine("the same again"),
    Machine("another folder", folder="somewhere/else entirely/ÿ"),
    Machine("files made in another order", folder="o", backwards=True),
    Machine("folders listed in another order", environment={"MACHINE_SHUFFLE": "1"}),
    Machine("another order again", environment={"MACHINE_SHUFFLE": "2"}),
    Machine("hash seed 1", environment={"PYTHONHASHSEED": "1"}),
    Machine("a random hash seed", environment={"PYTHONHASHSEED": "random"}),
    Machine("forty years on", environment={"MACHINE_AHEAD": _YEARS}),
    Machine("another zone", environment={"TZ": "Pacific/Apia"}),
    Machine("ASCII only", environment=_ASCII),
    Machine("Turkish", environment={"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR"}),
    Machine("one thread", environment={"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}),
    Machine("no home", environment={"HOME": None}),
    Machine("umask 000", umask=0o000),
    Machine("umask 077", umask=0o077),
    Machine("decomposed names", folder="d", spelling="NFD"),
    Machine("Windows' line ends", folder="w", line_end="\r\n"),
    Machine("byte order marks", folder="m", mark=True),
)


@dataclass(frozen=True, slots=True)
class Made:
    """What one machine made: the bytes and the mode of every file, and what was said."""

    files: Mapping[str, tuple[bytes, int]]
    said: tuple[str, ...]
    status: int


def figures(folder: Path, full: bool) -> list[Figure]:
    """Return how many bytes of cards, pages, site and zip depend on the machine."""
    machines = (*(APART if full else ()), *TOGETHER)
    first = build(folder / "first", Machine("first"))
    # Processes of their own, so that threads are enough to keep every core busy.
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as workers:
        folders = [folder / str(number) for number in range(len(machines))]
        others = list(zip(machines, workers.map(build, folders, machines), strict=True))
    differing = [row for machine, made in others for row in differences(machine, first, made)]
    bytes_made = sum(len(data) for data, _ in first.files.values())
    amount = f"{len(machines)} machines, {len(first.files):,} files, {bytes_made:,} bytes each"
    modes = {f"{mode:o}" for _, mode in first.files.values()}
    failed = [machine.name for machine, made in others if made.status]
    return [
        Figure(
            f"files that differ in a byte or in their mode ({amount})", "0",
            "0" if not differing else f"{len(differing)}: {'; '.join(differing[:4])}",
            not differing,
        ),
        Figure("builds that failed", "0", str(failed or 0), not failed and not first.status),
        Figure(
            "modes of files and folders", "644, 755", ", ".join(sorted(modes)),
            modes == {"644", "755"},
        ),
        Figure("warnings that one machine has and another not", "0", *_warned(first, others)),
    ]  # fmt: skip


def _warned(first: Made, others: Sequence[tuple[Machine, Made]]) -> tuple[str, bool]:
    """Return whose words differ; `mkdocs` has its own."""
    other = [m.name for m, made in others if not m.mkdocs and made.said != first.said]
    return str(other or 0), not other


def differences(machine: Machine, first: Made, other: Made) -> Iterator[str]:
    """Yield each file that two machines made differently."""
    for name in sorted({*first.files, *other.files}):
        if first.files.get(name) != other.files.get(name):
            yield f"{name} ({machine.name})"


def build(folder: Path, machine: Machine) -> Made:
    """Return what a machine makes of the town, in a new project below `folder`."""
    project = folder / machine.folder
    lay_out(project, machine)
    (folder / "custom").mkdir()
    (folder / "custom" / "sitecustomize.py").write_text(_CUSTOM, encoding="utf-8")
    command = ["mkdocs", "build"] if machine.mkdocs else ["generator", "build"]
    ran = _run(folder, project, machine, command)
    zipped = _run(folder, project, machine, ["generator.site.offline_zip", "site", "site.zip"])
    said = tuple(line for line in ran.stderr.decode("utf-8", "replace").splitlines() if line)
    if ran.returncode or zipped.returncode:
        said = (*said, zipped.stderr.decode("utf-8", "replace"))
    return Made(_files(project), said, ran.returncode or zipped.returncode)


def _run(
    folder: Path, project: Path, machine: Machine, command: list[str]
) -> subprocess.CompletedProcess[bytes]:
    environment: dict[str, str | None] = {
        "PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONHASHSEED": "0", "TZ": "UTC",
        "LANG": "C.UTF-8", "PYTHONPATH": f"{folder / 'custom'}{os.pathsep}{REPO}",
        "NO_MKDOCS_2_WARNING": "1", **machine.environment,
    }  # fmt: skip
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=project,
        env={name: value for name, value in environment.items() if value is not None},
        umask=machine.umask,
        capture_output=True,
        check=False,
        timeout=300,
    )


def lay_out(project: Path, machine: Machine) -> None:
    """Write the town as a project, as this machine would hold it."""
    project.mkdir(parents=True)
    shutil.copy(REPO / "mkdocs.yml", project)
    shutil.copytree(REPO / "templates", project / "templates")
    (project / "content" / "pages").mkdir(parents=True)
    sources = sorted(path for path in TOWN.rglob("*") if path.is_file())
    if machine.backwards:
        random.Random(5).shuffle(sources)
    for age, source in enumerate(sources):
        name = unicodedata.normalize(machine.spelling, source.relative_to(TOWN).as_posix())
        target = project / "content" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(_saved(source.read_bytes(), machine))
        if machine.backwards:
            os.utime(target, (age * 1e8, age * 1e8))


def _saved(data: bytes, machine: Machine) -> bytes:
    text = data.decode("utf-8").replace("\n", machine.line_end)
    return (("\ufeff" if machine.mark else "") + text).encode("utf-8")


def _files(project: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes and mode of all that was made; a folder has no bytes."""
    roots = [project / name for name in (*MADE, "site.zip")]
    paths = [path for root in roots for path in (root, *root.rglob("*")) if path.exists()]
    return {
        path.relative_to(project).as_posix(): (
            path.read_bytes() if path.is_file() else b"",
            stat.S_IMODE(path.stat().st_mode),
        )
        for path in paths
        # The folder of the pages comes with a project, and is as whoever cloned it made it.
        if path != project / "content" / "pages"
    }
