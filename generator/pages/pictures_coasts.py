"""The coasts of the world in a window of a map: cut to it, and as the path of a picture."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from generator import lexicons
from generator.pages.pictures_svg import Point

FILE = "coastlines.txt"


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the world, in tenths of a degree; a point is (longitude, latitude)."""

    west: int
    south: int
    east: int
    north: int

    def holds(self, at: Point) -> bool:
        """Return whether a point is in it."""
        return self.west <= at[0] <= self.east and self.south <= at[1] <= self.north


@cache
def coasts() -> tuple[tuple[Point, ...], ...]:
    """Return the closed lines of the world's coasts, in tenths of a degree."""
    text = (lexicons.FOLDER / FILE).read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return tuple(tuple(_point(pair) for pair in line.split()) for line in lines)


def _point(pair: str) -> Point:
    longitude, _, latitude = pair.partition(",")
    return int(longitude), int(latitude)


def coasts_within(window: Window) -> list[list[Point]]:
    """Return the coasts cut to a window, closed along its edges where they leave it."""
    cut = (_cut(ring, window) for ring in coasts() if _touches(ring, window))
    return [ring for ring in cut if len(ring) > 2]


def _touches(ring: Sequence[Point], window: Window) -> bool:
    xs, ys = [x for x, _ in ring], [y for _, y in ring]
    across = min(xs) <= window.east and max(xs) >= window.west
    return across and min(ys) <= window.north and max(ys) >= window.south


def _cut(ring: Sequence[Point], window: Window) -> list[Point]:
    """Return a ring cut by each edge of the window in turn."""
    ring = _cut_edge(ring, lambda p: p[0] >= window.west, lambda a, b: _at_x(a, b, window.west))
    ring = _cut_edge(ring, lambda p: p[0] <= window.east, lambda a, b: _at_x(a, b, window.east))
    ring = _cut_edge(ring, lambda p: p[1] >= window.south, lambda a, b: _at_y(a, b, window.south))
    return _cut_edge(ring, lambda p: p[1] <= window.north, lambda a, b: _at_y(a, b, window.north))


def _cut_edge(
    ring: Sequence[Point],
    inside: Callable[[Point], bool],
    crossing: Callable[[Point, Point], Point],
) -> list[Point]:
    kept: list[Point] = []
    for number, here in enumerate(ring):
        before = ring[number - 1]
        if inside(here) != inside(before):
            kept.append(crossing(before, here))
        if inside(here):
            kept.append(here)
    return kept


def _at_x(a: Point, b: Point, x: int) -> Point:
    return x, a[1] + (b[1] - a[1]) * (x - a[0]) // (b[0] - a[0])


def _at_y(a: Point, b: Point, y: int) -> Point:
    return a[0] + (b[0] - a[0]) * (y - a[1]) // (b[1] - a[1]), y


def rings_path(rings: Iterable[Sequence[Point]]) -> str:
    """Return the `d` of closed lines in a picture's units, each point told from the last."""
    return "".join(_ring_path(ring) for ring in rings)


def _ring_path(ring: Sequence[Point]) -> str:
    steps, last = [], ring[0]
    for at in ring[1:]:
        if at != last:
            steps.append((at[0] - last[0], at[1] - last[1]))
            last = at
    # Too small to be seen at this size.
    if len(steps) < 2:
        return ""
    told = " ".join(f"{x} {y}" for x, y in steps).replace(" -", "-")
    return f"M{ring[0][0]} {ring[0][1]}l{told}z"
