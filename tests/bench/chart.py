"""Lines on logarithmic axes as SVG: what costs twice as much stands as far above everywhere."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from tests.bench.growth import Point

WIDTH, HEIGHT = 860, 440
LEFT, RIGHT, TOP, BOTTOM = 70, 290, 56, 56
LINE = 17  # between two names
# Read on both grounds: a line's colour in the light and in the dark.
COLOURS = (
    ("#0b57d0", "#8ab4f8"), ("#0b7a75", "#5fd6cf"), ("#b3261e", "#f2948c"), ("#8a5a00", "#f0b45b"),
    ("#6b3fa0", "#c9a6f5"), ("#3f6b00", "#a8d36a"), ("#a8326e", "#f398c4"), ("#4a5560", "#b4bfca"),
)  # fmt: skip
_DASHES = ("", "6 3", "2 3", "9 3 2 3")
# Where lines of the grid may stand, in seconds.
_STEPS = [float(f"{step}e{power}") for power in range(-4, 8) for step in (1, 2, 5)]
_STYLE = """\
.ground{fill:#fff}text{fill:#1f2328;font:13px system-ui,sans-serif}
.title{font-size:16px;font-weight:600}.grid{stroke:#d0d7de}
"""
_DARK = ".ground{fill:#161b22}text{fill:#e6edf3}.grid{stroke:#3d444d}"


@dataclass(frozen=True, slots=True)
class Axis:
    """A logarithmic axis from one value to another, on so many pixels from a place on."""

    low: float
    high: float
    start: float
    length: float

    def at(self, value: float) -> float:
        """Return where a value stands."""
        return self.start + self.length * math.log(value / self.low) / math.log(
            self.high / self.low
        )


def draw_chart(
    title: str, description: str, axes: tuple[str, str], lines: Mapping[str, Sequence[Point]]
) -> str:
    """Return an SVG of lines by name; empty if nobody has two points.

    `axes` are the words along the bottom and at the side.
    """
    shown = {name: sorted(points) for name, points in lines.items() if len(points) > 1}
    if not shown:
        return ""
    every = [point for points in shown.values() for point in points]
    xs, ys = sorted({x for x, _ in every}), [y for _, y in every]
    across = Axis(xs[0], xs[-1], LEFT, WIDTH - LEFT - RIGHT)
    # From below upwards: the least stands at the bottom.
    up = Axis(*_bounds(min(ys), max(ys)), HEIGHT - BOTTOM, -(HEIGHT - TOP - BOTTOM))
    parts = [*_head(title, description), *_grid(across, up, xs, axes), *_lines(across, up, shown)]
    return "\n".join([*parts, "</svg>", ""])


def _head(title: str, description: str) -> Iterator[str]:
    size = f'viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
    named = 'role="img" aria-labelledby="title description"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} {named}>'
    yield f'<title id="title">{escape(title)}</title>'
    yield f'<desc id="description">{escape(description)}</desc>'
    light = "".join(f".c{n}{{color:{one}}}" for n, (one, _) in enumerate(COLOURS))
    dark = "".join(f".c{n}{{color:{other}}}" for n, (_, other) in enumerate(COLOURS))
    yield f"<style>{_STYLE}{light}"
    yield f"@media (prefers-color-scheme:dark){{{_DARK}{dark}}}</style>"
    yield f'<rect class="ground" width="{WIDTH}" height="{HEIGHT}" rx="8"/>'
    yield _text(LEFT, 30, title, 'class="title"')


def _grid(across: Axis, up: Axis, xs: Sequence[float], axes: tuple[str, str]) -> Iterator[str]:
    bottom, right = HEIGHT - BOTTOM, WIDTH - RIGHT
    for value in _STEPS:
        if not up.low <= value <= up.high:
            continue
        y = up.at(value)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>'
        yield _text(LEFT - 8, y + 4, f"{value:,g}", 'text-anchor="end"')
    for x in xs:
        yield f'<path class="grid" d="M{across.at(x):.1f} {TOP}V{bottom}"/>'
        yield _text(across.at(x), bottom + 20, f"{x:,}", 'text-anchor="middle"')
    yield _text((LEFT + right) / 2, HEIGHT - 14, axes[0], 'text-anchor="middle"')
    turned = f'text-anchor="middle" transform="rotate(-90 18 {(TOP + bottom) / 2:g})"'
    yield _text(18, (TOP + bottom) / 2, axes[1], turned)


def _lines(across: Axis, up: Axis, lines: Mapping[str, Sequence[Point]]) -> Iterator[str]:
    ends = {n: up.at(some[-1][1]) for n, some in lines.items() if some[-1][0] == across.high}
    places = spread(ends)
    for number, (name, points) in enumerate(lines.items()):
        spots = [(across.at(x), up.at(y)) for x, y in points]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in spots)
        dash = f' stroke-dasharray="{_DASHES[number % len(_DASHES)]}"' if number else ""
        width = 2 if number else 3.5
        yield f'<g class="c{number % len(COLOURS)}" stroke="currentColor" fill="currentColor">'
        yield f'<polyline points="{path}" fill="none" stroke-width="{width}"{dash}/>'
        yield "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5"/>' for x, y in spots)
        yield from _label(spots[-1], places.get(name), f"{name}: {points[-1][1]:,.3g} s")


def _label(end: tuple[float, float], place: float | None, text: str) -> Iterator[str]:
    """Yield the name of a line: at the side, or above its end if it doesn't go that far."""
    x, y = end
    if place is None:
        yield "</g>"
        yield _text(x, y - 10, text, 'text-anchor="middle"')
        return
    left = WIDTH - RIGHT + 26
    yield f'<path d="M{x + 6:.1f} {y:.1f}L{left - 5} {place:.1f}" stroke-width="1"/></g>'
    yield _text(left, place + 4, text)


def spread(ends: Mapping[str, float]) -> dict[str, float]:
    """Return where names stand beside the ends of their lines, none over another."""
    places: dict[str, float] = {}
    last = float(TOP) - LINE
    for name, y in sorted(ends.items(), key=lambda item: (item[1], item[0])):
        last = max(y, last + LINE)
        places[name] = last
    over = last - (HEIGHT - BOTTOM)
    return {name: y - max(0, over) for name, y in places.items()}


def _bounds(low: float, high: float) -> tuple[float, float]:
    """Return the steps around values."""
    return max(s for s in _STEPS if s <= low), min(s for s in _STEPS if s > high)


def _text(x: float, y: float, text: str, more: str = "") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}"{" " if more else ""}{more}>{escape(text)}</text>'
