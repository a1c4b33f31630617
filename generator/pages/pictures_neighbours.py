"""The neighbourhood of an entity: what is named together with it, and with one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import isqrt

from markupsafe import Markup

from generator.model import Card, Related
from generator.pages.catalog import Catalog, card_uri
from generator.pages.pictures_svg import (
    Point,
    dot,
    fitted,
    href,
    label,
    lines_path,
    mark,
    picture,
)

MOST_NEIGHBOURS = 12
WIDTH, MIDDLE, TYPE, ROW = 440, 220, 13, 26
# Between a dot's middle and its label; from the middle column to the widest row.
GAP, REACH = 9, 46
# Ties among neighbours beyond the strongest only make a tangle.
MOST_AMONG = 8
# A tie of so many sentences is drawn strong, stronger.
STRONG, STRONGER = 3, 8


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A neighbour in the picture: its card, how often it is named along, where its dot is."""

    card: Card
    sentences: int
    at: Point


def neighbourhood_svg(catalog: Catalog, card: Card) -> Markup:
    """Return the nearest related cards around a card, for its own page; empty if it has none.

    The page's list of what is named together with it is the same as text.
    """
    related = [other for other in card.related if other.id in catalog.cards]
    if not related:
        return Markup("")
    neighbours = placed(catalog, related[:MOST_NEIGHBOURS])
    height = picture_height(len(neighbours))
    page, middle = card_uri(card), (MIDDLE, height // 2)
    ties = "".join(
        f'<path class="{name}" d="{lines_path(lines)}"/>'
        for name, lines in tie_lines(neighbours, middle)
    )
    left = "".join(_mark(page, each) for each in neighbours if each.at[0] < MIDDLE)
    right = "".join(_mark(page, each) for each in neighbours if each.at[0] > MIDDLE)
    centre = f'<g class="cf-{card.type} c">{dot(middle)}</g>'
    inside = f'{ties}{centre}<g class="e">{left}</g>{right}'
    return picture("cf-near", (WIDTH, height), inside)


def placed(catalog: Catalog, related: Sequence[Related]) -> list[Neighbour]:
    """Return neighbours on an ellipse, nearest first: right, left, from the top down.

    Long names go to the highest and lowest rows, where there is more room beside the dot.
    """
    rows = (len(related) + 1) // 2
    seats = [
        (MIDDLE + side * reach(row, rows), ROW // 2 + ROW // 2 + row * ROW)
        for row in range(rows)
        for side in (1, -1)
    ]
    by_room = sorted(seats[: len(related)], key=lambda at: (abs(at[0] - MIDDLE), at[1], -at[0]))
    cards = {other.id: catalog.cards[other.id] for other in related}
    longest = sorted(related, key=lambda other: (-len(cards[other.id].name), other.id))
    chosen = {other.id: at for other, at in zip(longest, by_room, strict=True)}
    return [Neighbour(cards[o.id], o.sentences, chosen[o.id]) for o in related]


def reach(row: int, rows: int) -> int:
    """Return how far from the middle column a row's dots stand."""
    # Twice the distance from the middle row, so that numbers stay whole.
    off = abs(2 * row - (rows - 1))
    return isqrt(REACH * REACH * ((rows + 1) ** 2 - off * off)) // (rows + 1)


def picture_height(neighbours: int) -> int:
    """Return the height of a picture with so many neighbours."""
    return ROW * ((neighbours + 1) // 2 + 1)


def room(at: Point) -> int:
    """Return how wide the label of a dot may be."""
    return WIDTH // 2 - abs(at[0] - MIDDLE) - GAP - 2


def label_of(neighbour: Neighbour) -> tuple[Point, str]:
    """Return where a neighbour's label starts (ends, on the left) and what it says."""
    x, y = neighbour.at
    text = fitted(neighbour.card.name, TYPE, room(neighbour.at))
    return ((x + GAP if x > MIDDLE else x - GAP), y), text


def tie_lines(
    neighbours: Sequence[Neighbour], middle: Point
) -> list[tuple[str, list[tuple[Point, Point]]]]:
    """Return the lines by class: between neighbours, then weak, strong and stronger ties."""
    at = {each.card.id: each.at for each in neighbours}
    among = sorted(
        (-other.sentences, each.at, at[other.id])
        for each in neighbours
        for other in each.card.related
        # One sentence in common ties nearly everyone to everyone.
        if other.id in at and other.sentences > 1 and each.at < at[other.id]
    )
    strengths = {"n": [(start, end) for _, start, end in among[:MOST_AMONG]]}
    for each in neighbours:
        strengths.setdefault(strength(each.sentences), []).append((middle, each.at))
    return [(name, strengths[name]) for name in ("n", "w1", "w2", "w3") if strengths.get(name)]


def strength(sentences: int) -> str:
    """Return the class of a tie by the number of sentences that name both ends."""
    return "w1" if sentences < STRONG else "w2" if sentences < STRONGER else "w3"


def _mark(page: str, neighbour: Neighbour) -> str:
    at, text = label_of(neighbour)
    whole = neighbour.card.name if text.endswith("…") else ""
    address = href(page, card_uri(neighbour.card))
    return mark(address, f"cf-{neighbour.card.type}", whole, dot(neighbour.at) + label(at, text))
