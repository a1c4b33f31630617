"""Labels beside dots, placed so that none covers another, a dot, or the edge of the picture.

Every label is written for two sizes of type: the largest names fit a phone, where a picture
as wide as the screen is drawn at a third of its size; the rest is for wide screens only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.pictures_svg import Box, Point, overlaps, text_width, within

WIDE_TYPE, PHONE_TYPE = 13, 29
CELL = 64


@dataclass(frozen=True, slots=True)
class Spot:
    """A dot that wants a label; `radius` is the dot's, `bold` the label's."""

    at: Point
    radius: int
    text: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a label stands: its point, which end is there, and its box at the largest size.

    `side` is the class of the text: empty where it starts at the point, `e` where it ends
    there, `m` where it is centred. `phone` says that it is read on a phone too.
    """

    at: Point
    side: str
    box: Box
    phone: bool


class _Taken:
    """The boxes that stand already, found by the cells they touch."""

    def __init__(self) -> None:
        self.cells: dict[Point, list[Box]] = {}

    def add(self, box: Box) -> None:
        for cell in _cells(box):
            self.cells.setdefault(cell, []).append(box)

    def free(self, box: Box, own: Box) -> bool:
        near = (other for cell in _cells(box) for other in self.cells.get(cell, ()))
        return not any(other != own and overlaps(box, other) for other in near)


def _cells(box: Box) -> list[Point]:
    return [
        (x, y)
        for x in range(box.left // CELL, box.right // CELL + 1)
        for y in range(box.top // CELL, box.bottom // CELL + 1)
    ]


class Labels:
    """The dots of a picture by their number, and the labels placed beside them so far."""

    def __init__(self, size: Point) -> None:
        self.frame = Box(2, 2, size[0] - 2, size[1] - 2)
        self.spots: dict[int, Spot] = {}
        self.placed: dict[int, Placed] = {}
        self._taken = _Taken()

    def add(self, number: int, spot: Spot) -> None:
        """Let a dot stand; labels placed from now on keep clear of it."""
        self.spots[number] = spot
        self._taken.add(dot_box(spot))

    def name(self, number: int) -> list[Box]:
        """Place the label of a dot, if there is room for it; return the box it fills."""
        spot = self.spots[number]
        for tried in candidates(spot, WIDE_TYPE):
            if within(tried.box, self.frame) and self._taken.free(tried.box, dot_box(spot)):
                self.placed[number] = tried
                self._taken.add(tried.box)
                return [tried.box]
        return []

    def enlarge(self, most: int) -> None:
        """Let so many labels, first ones first, be read on a phone, where that is room for.

        There a name may stand over the smaller dots.
        """
        largest = max((spot.radius for spot in self.spots.values()), default=0)
        taken = _Taken()
        for spot in self.spots.values():
            if spot.radius == largest:
                taken.add(dot_box(spot))
        for number in sorted(self.placed)[:most]:
            spot, placed = self.spots[number], self.placed[number]
            for tried in candidates(spot, PHONE_TYPE):
                fits = within(tried.box, self.frame) and taken.free(tried.box, dot_box(spot))
                if fits and (tried.at, tried.side) == (placed.at, placed.side):
                    self.placed[number] = tried
                    taken.add(tried.box)


def place_labels(spots: Sequence[Spot], size: Point, phone: int, wide: int) -> dict[int, Placed]:
    """Return, by the index of its spot, each label there is room for.

    `spots` come most important first: so many are tried for a phone and for a wide screen.
    """
    labels = Labels(size)
    for number, spot in enumerate(spots):
        labels.add(number, spot)
    for number in range(min(wide, len(spots))):
        labels.name(number)
    labels.enlarge(phone)
    return labels.placed


def wide_box(spot: Spot, placed: Placed) -> Box:
    """Return the box a label fills on a wide screen."""
    tries = candidates(spot, WIDE_TYPE)
    return next(t.box for t in tries if (t.at, t.side) == (placed.at, placed.side))


def dot_box(spot: Spot) -> Box:
    """Return the square around a dot."""
    (x, y), r = spot.at, spot.radius
    return Box(x - r, y - r, x + r, y + r)


def candidates(spot: Spot, size: int) -> list[Placed]:
    """Return where a label may stand: right, left, below, above, then at the corners."""
    (x, y), gap = spot.at, spot.radius + 4
    wide = text_width(spot.text, size) * (9 if spot.bold else 8) // 8
    half, phone = size * 3 // 5, size == PHONE_TYPE
    away = spot.radius + WIDE_TYPE * 3 // 5 + 1
    under, over = y + away, y - away
    right, left = Box(x + gap, y, x + gap + wide, y), Box(x - gap - wide, y, x - gap, y)
    middle = Box(x - wide // 2 - 1, y, x + wide // 2 + 1, y)
    starts, ends = Box(x, y, x + wide, y), Box(x - wide, y, x, y)
    tries = [((x + gap, y), "", right), ((x - gap, y), "e", left)]
    if phone:  # so large a line would cover the dot itself
        return [_placed(*one, half, phone) for one in tries]
    tries += [((x, line), "m", middle) for line in (under, over)]
    tries += [((x, line), "", starts) for line in (under, over)]
    tries += [((x, line), "e", ends) for line in (under, over)]
    return [_placed(*one, half, phone) for one in tries]


def _placed(at: Point, side: str, line: Box, half: int, phone: bool) -> Placed:
    return Placed(at, side, Box(line.left, at[1] - half, line.right, at[1] + half), phone)
