"""The review: is what it asks first worth asking, what do thousands cost, do files stay whole?"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from pathlib import Path

from generator import curation
from generator.curation_files import Appended, append, take_back
from generator.model import Decision, Entity
from generator.review import Matter, Question, make_queue
from tests.marked import make_marked
from tests.reviewed import Desk, make_desk, many_names
from tests.torture import Figure

CLUSTERS = Path(__file__).parents[1] / "cases" / "clusters"
FIRST = 5
_MARK = re.compile(r"\{([POLEDRN])#([\w-]+)\|")


def figures(folder: Path, full: bool) -> list[Figure]:
    """Return what questions are worth, what ten thousand names cost, what appending keeps."""
    return [
        worth_asking(sorted(CLUSTERS.glob("*.txt"))[: None if full else 4]),
        cost(40_000 if full else 4_000),
        kept_bytes(folder, 3_000 if full else 150),
    ]


# --- is it worth asking?


def worth_asking(paths: list[Path]) -> Figure:
    """Count the first questions about names of each cluster whose decision is in fact wrong."""
    wrong = asked = 0
    for path in paths:
        desk, known = read_cluster(path)
        matter, _ = desk.matter()
        first = [q for q in make_queue(matter) if q.kind in ("merge", "pair")][:FIRST]
        asked += len(first)
        wrong += sum(is_wrong(question, matter, known) for question in first)
    share = wrong / asked
    return Figure(
        f"wrong decisions among the first {FIRST} of names in {len(paths)} clusters",
        "half of them or more", f"{wrong} of {asked} ({share:.0%})", share >= 0.5,
    )  # fmt: skip


Known = dict[tuple[str, int], str]  # by article and offset: what the name means


def read_cluster(path: Path) -> tuple[Desk, Known]:
    """Return a cluster's articles with their names as marked, and what each name means."""
    made, known = [], {}
    for number, part in enumerate(re.split(r"^=== .*$", path.read_text("utf-8"), flags=re.M)[1:]):
        lines = [line for line in part.splitlines() if line.strip()]
        meant = [m[2] for line in lines for m in _MARK.finditer(re.sub(r"\{N#?[\w-]*\|", "", line))]
        plain = [_MARK.sub(r"{\1|", line) for line in lines]
        one = make_marked(f"a{number}", plain, headline=True)
        spans = [span for span in one.spans if span.tag != "nationality"]
        known |= {(one.article.id, s.start): id for s, id in zip(spans, meant, strict=True)}
        made.append(one)
    return make_desk(made), known


def is_wrong(question: Question, matter: Matter, known: Known) -> bool:
    """Return whether what a question doubts was decided wrongly."""
    if question.kind == "pair":
        one, other = (meanings(matter, matter.by_id[id], known) for id in question.ids)
        return bool(one & other)
    entity = matter.by_id[question.ids[0]]
    one, other = (meanings(matter, entity, known, name) for name in question.names)
    return one != other or len(one) > 1


def meanings(matter: Matter, entity: Entity, known: Known, name: str = "") -> set[str]:
    """Return what an entity's mentions mean (those by one of its names)."""
    found = matter.named(entity, name) if name else matter.mentions(entity)
    return {known[a, m.start] for a, m in found if (a, m.start) in known}


# --- what does it cost?


def cost(count: int) -> Figure:
    """Measure the queue of so many names against that of a quarter of them."""
    make_queue(many_names(200))  # lists and lexicons are loaded
    seconds = []
    for number in (count // 4, count):
        matter = many_names(number)
        start = time.process_time()
        make_queue(matter)
        seconds.append(time.process_time() - start)
    ratio = seconds[1] / seconds[0]
    told = f"{ratio:.1f} times the time, {1e6 * seconds[1] / count:.0f} µs a name"
    return Figure(f"four times the names, {count}", "8 times the time at most", told, ratio <= 8)


# --- do files stay whole?

_PIECES = (
    "- drop: [Orel]   # by phone\n", "# a word\n", "\n", "- rename: {a: 'B'}\n  why: so\n",
    '- type: {"x": event}\n', "- merge: [a,\n    b]\n", "- drop: [Ö Ä]\r\n",
)  # fmt: skip


def kept_bytes(folder: Path, count: int) -> Figure:
    """Append, edit by hand and take back in random order; count the files that stayed whole."""
    chance = random.Random(count)
    told = Counter(_one_file(folder / str(n), chance) for n in range(count))
    words = f"{told[True]} of {count}"
    return Figure("files whole after random appends and undoing", "all", words, not told[False])


def _one_file(folder: Path, chance: random.Random) -> bool:
    """Return whether a file held every byte of its editor's all the time, and parsed."""
    folder.mkdir()
    path = folder / "review.yml"
    theirs = "".join(chance.choices(_PIECES, k=chance.randrange(5))).encode()
    if theirs or chance.random() < 0.5:
        path.write_bytes(theirs)
    before = path.read_bytes() if path.exists() else None
    done: list[Appended] = []
    for number in range(chance.randrange(1, 6)):
        done.append(append(folder, [Decision("drop", [f"Name {number}"], "", 0, why="x: y")]))
        if chance.random() < 0.3:
            path.write_bytes(path.read_bytes() + (mine := b"# by hand\n"))
            theirs += mine
        if chance.random() < 0.3:
            take_back(done.pop())
        data = path.read_bytes() if path.exists() else b""
        _, problems = curation.parse({"a": data.decode()})
        if problems or not _holds(data, theirs):
            return False
    undone = [take_back(one) for one in reversed(done)]
    left = path.read_bytes() if path.exists() else None
    by_hand = theirs.count(b"# by hand\n")
    return all(undone) and (left == before if not by_hand else _holds(left or b"", theirs))


def _holds(data: bytes, theirs: bytes) -> bool:
    """Return whether every line of somebody's stands in a file, in its order."""
    lines = iter(data.splitlines())
    return all(line in lines for line in theirs.splitlines())
