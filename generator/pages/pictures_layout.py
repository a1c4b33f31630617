"""Where the dots of a network go: drawn together by their ties, none upon another.

NetworkX finds the groups and pulls them into shape. Its sums differ in the last digit from
one processor to the next, and a layout of many steps makes much of that; so each step starts
from positions rounded to a grid, and ends where it ends everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import cos, pi, sin, sqrt
from typing import Any

from generator.pages.pictures_svg import Box, Point, overlaps

STEPS, GRID, EDGE = 120, 4, 20
# Islands of no more dots than this stand in rows at the foot, a step between two dots.
SMALL_ISLAND, STEP = 5, 18
# How far from its place a dot is put at most.
REACH = 500
# More than these are not pulled into shape: they gather around their nearest.
CORE = 300
_SEED = 7

Ties = Mapping[tuple[int, int], int]  # (smaller number, larger number) -> weight


@dataclass(frozen=True, slots=True)
class Shape:
    """Groups of dots that hold together, largest first, and where each dot wants to be.

    `tied` are the dots of large islands, most important first; `apart` says where the others
    stand, in rows at the foot; `frame` is the part of the picture above them.
    """

    groups: tuple[tuple[int, ...], ...]
    tied: tuple[int, ...]
    wanted: Mapping[int, Point]
    apart: Mapping[int, Point]
    frame: Point


def backbone(count: int, ties: Ties, most: int) -> dict[tuple[int, int], int]:
    """Return the ties that are among the `most` strongest of either end: the rest is tangle."""
    by_end: dict[int, list[tuple[int, tuple[int, int]]]] = {node: [] for node in range(count)}
    for pair, weight in sorted(ties.items()):
        for end in pair:
            by_end[end].append((-weight, pair))
    kept = {pair for found in by_end.values() for _, pair in sorted(found)[:most]}
    return {pair: ties[pair] for pair in sorted(kept)}


def find_groups(count: int, ties: Ties) -> tuple[tuple[int, ...], ...]:
    """Return the groups of dots that hold together, largest first; who has no tie stands alone."""
    # Brought along only by a build.
    import networkx

    graph = _graph(range(count), ties)
    found = networkx.community.louvain_communities(graph, weight="weight", seed=_SEED)
    groups = [tuple(sorted(group)) for group in found]
    return tuple(sorted(groups, key=lambda group: (-len(group), group)))


def find_islands(count: int, ties: Ties) -> list[list[int]]:
    """Return the dots that are joined by any chain of ties, the largest island first."""
    import networkx

    found = networkx.connected_components(_graph(range(count), ties))
    return sorted((sorted(island) for island in found), key=lambda i: (-len(i), i))


def shape_network(count: int, ties: Ties, size: Point) -> Shape:
    """Return the groups of dots 0 … count-1, the most important first, and where each goes."""
    groups = find_groups(count, ties)
    islands = find_islands(count, ties)
    tied = sorted(node for island in islands if len(island) > SMALL_ISLAND for node in island)
    foot, apart = rows_at_foot([i for i in islands if len(i) <= SMALL_ISLAND], size)
    loose = _core_positions(tied[:CORE], ties, groups)
    frame = (size[0], size[1] - foot)
    wide, high = frame[0] - 2 * EDGE, frame[1] - 2 * EDGE
    wanted = {
        n: (EDGE + x * wide // 10_000, EDGE + y * high // 10_000) for n, (x, y) in loose.items()
    }
    gather(wanted, tied[CORE:], ties)
    return Shape(groups, tuple(tied), wanted, apart, frame)


def room(count: int, size: Point) -> int:
    """Return how far apart dots should stay, edge to edge, for the place there is."""
    # Where rows of small islands fill the picture there is no frame left.
    area = max(0, size[0] * size[1]) // max(1, count)
    return max(3, min(26, int(sqrt(area)) // 4))


def rows_at_foot(islands: Sequence[Sequence[int]], size: Point) -> tuple[int, dict[int, Point]]:
    """Return the height of the rows for small islands, and where each of their dots stands."""
    at: dict[int, Point] = {}
    x, row = STEP, 0
    for island in islands:
        length = len(island) * STEP
        if x + length > size[0] and x > STEP:
            x, row = STEP, row + 1
        at.update({node: (x + number * STEP, row) for number, node in enumerate(island)})
        # Dots that hold together stand apart from the next; those without ties are one row.
        x += length + (STEP if len(island) > 1 else 0)
    rows = row + 1 if at else 0
    top = size[1] - rows * STEP
    return (rows + 1) * STEP if rows else 0, {n: (x, top + y * STEP) for n, (x, y) in at.items()}


# --- the core, pulled into shape


def _graph(nodes: Sequence[int], ties: Ties) -> Any:
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(nodes)
    known = set(nodes)
    # By size only: the many ties between two giants shall not swallow all others.
    graph.add_weighted_edges_from(
        (a, b, weight.bit_length())
        for (a, b), weight in sorted(ties.items())
        if a in known and b in known
    )
    return graph


def _core_positions(
    core: Sequence[int], ties: Ties, groups: Sequence[Sequence[int]]
) -> dict[int, Point]:
    """Return positions from 0 to 10,000 in both directions."""
    if not core:
        return {}
    import networkx

    graph = _graph(core, ties)
    # Islands would drift away for ever: a weak tie holds each near the first.
    islands = sorted(
        networkx.connected_components(graph), key=lambda nodes: (-len(nodes), min(nodes))
    )
    graph.add_weighted_edges_from((min(islands[0]), min(nodes), 0.5) for nodes in islands[1:])
    at = first_positions(core, groups)
    k = 1.6 / sqrt(len(core))
    for step in range(STEPS):
        # One step of the library goes a tenth of the width: less and less of it is taken.
        share = 1 - step / STEPS
        moved = networkx.spring_layout(
            graph, k=k, pos=at, iterations=1, threshold=0, scale=None, method="force"
        )
        at = {n: _toward(at[n], moved[n], share) for n in core}
    return _spread(at)


def _toward(old: tuple[float, float], new: Sequence[float], share: float) -> tuple[float, float]:
    x, y = (o + (float(n) - o) * share for o, n in zip(old, new, strict=True))
    return round(x, 5), round(y, 5)


def first_positions(
    core: Sequence[int], groups: Sequence[Sequence[int]]
) -> dict[int, tuple[float, float]]:
    """Return where dots start: each group in its own part of a circle, the first in the middle."""
    known = set(core)
    ordered = [node for group in groups for node in group if node in known]
    return {
        node: (
            round(cos(2 * pi * place / len(ordered)) * _outward(node, core), 5),
            round(sin(2 * pi * place / len(ordered)) * _outward(node, core), 5),
        )
        for place, node in enumerate(ordered)
    }


def _outward(node: int, core: Sequence[int]) -> float:
    return sqrt((node - core[0] + 1) / (core[-1] - core[0] + 1)) / 2


def _spread(at: Mapping[int, tuple[float, float]]) -> dict[int, Point]:
    """Return positions from 0 to 10,000, half by distance, half by rank: no part is crowded."""
    xs, ys = (_axis({node: place[axis] for node, place in at.items()}) for axis in (0, 1))
    return {node: (xs[node], ys[node]) for node in at}


def _axis(values: Mapping[int, float]) -> dict[int, int]:
    low, high = min(values.values()), max(values.values())
    ranks = {n: rank for rank, n in enumerate(sorted(values, key=lambda n: (values[n], n)))}
    last = max(1, len(values) - 1)
    return {
        n: int(round(5000 * (value - low) / ((high - low) or 1) + 5000 * ranks[n] / last))
        for n, value in values.items()
    }


# --- the rest around it


def gather(wanted: dict[int, Point], rest: Sequence[int], ties: Ties) -> None:
    """Add the dots outside the core, each where its strongest placed neighbour is."""
    near: dict[int, list[tuple[int, int]]] = {node: [] for node in rest}
    for (a, b), weight in sorted(ties.items()):
        for node, other in ((a, b), (b, a)):
            if node in near:
                near[node].append((-weight, other))
    middle = _middle(wanted)
    for node in rest:
        placed = [other for _, other in sorted(near[node]) if other in wanted]
        wanted[node] = wanted[placed[0]] if placed else middle


def _middle(wanted: Mapping[int, Point]) -> Point:
    count = max(1, len(wanted))
    return sum(x for x, _ in wanted.values()) // count, sum(y for _, y in wanted.values()) // count


# --- none upon another


@dataclass(slots=True)
class Floor:
    """The picture as it fills: dots that stand, by the cells they are in, and kept-free boxes."""

    size: Point
    gap: int
    radii: Sequence[int]
    cell: int  # no two dots further apart than this can touch
    at: dict[int, Point] = field(default_factory=dict)
    cells: dict[Point, list[int]] = field(default_factory=dict)
    kept: dict[Point, list[Box]] = field(default_factory=dict)
    tried: dict[tuple[Point, int], int] = field(default_factory=dict)

    def settle(self, nodes: Iterable[int], wanted: Mapping[int, Point]) -> None:
        """Put each dot on the free place nearest to where it wants to be, first come first."""
        for node in nodes:
            at = self._nearest(node, wanted[node])
            self.at[node] = at
            self.cells.setdefault(self._cell(at), []).append(node)

    def keep(self, boxes: Iterable[Box]) -> None:
        """Let no further dot stand on these boxes."""
        for box in boxes:
            first, last = self._cell((box.left, box.top)), self._cell((box.right, box.bottom))
            for x in range(first[0], last[0] + 1):
                for y in range(first[1], last[1] + 1):
                    self.kept.setdefault((x, y), []).append(box)

    def _nearest(self, node: int, wish: Point) -> Point:
        key = (wish, self.radii[node])
        for number in range(self.tried.get(key, 0), len(_offsets())):
            dx, dy = _offsets()[number]
            place = (wish[0] + dx, wish[1] + dy)
            if self._is_free(node, place):
                # What was not free before is not free later: the next one begins here.
                self.tried[key] = number
                return place
        return wish

    def _is_free(self, node: int, place: Point) -> bool:
        x, y = place
        radius = self.radii[node]
        edge = radius + 4
        if not (edge <= x <= self.size[0] - edge and edge <= y <= self.size[1] - edge):
            return False
        box = Box(x - radius - 1, y - radius - 1, x + radius + 1, y + radius + 1)
        return all(
            self._apart(node, place, cell)
            and not any(overlaps(box, kept) for kept in self.kept.get(cell, ()))
            for cell in self._around(place)
        )

    def _apart(self, node: int, place: Point, cell: Point) -> bool:
        return all(
            (place[0] - self.at[other][0]) ** 2 + (place[1] - self.at[other][1]) ** 2
            >= (self.radii[node] + self.radii[other] + self.gap) ** 2
            for other in self.cells.get(cell, ())
        )

    def _cell(self, place: Point) -> Point:
        return place[0] // self.cell, place[1] // self.cell

    def _around(self, place: Point) -> list[Point]:
        x, y = self._cell(place)
        return [(x + column, y + row) for column in (-1, 0, 1) for row in (-1, 0, 1)]


@cache
def _offsets() -> tuple[Point, ...]:
    """Return the steps from a place to all others on the grid, nearest first."""
    steps = range(-REACH, REACH + 1, GRID)
    every = ((dx, dy) for dx in steps for dy in steps)
    return tuple(sorted(every, key=lambda step: (step[0] ** 2 + step[1] ** 2, step)))
