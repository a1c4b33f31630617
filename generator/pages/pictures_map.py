"""The places that have coordinates, on the world's coasts, and the same as a table.

The projection is equirectangular, true to shape at the middle of the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from markupsafe import Markup

from generator.pages.catalog import Catalog, card_uri
from generator.pages.pictures_coasts import Window, coasts_within, rings_path
from generator.pages.pictures_labels import Placed, place_labels
from generator.pages.pictures_network import Node, article_years, make_nodes, spot
from generator.pages.pictures_svg import Point, dot, href, label, mark, picture
from generator.pages.sentences import card_link, index_uri
from generator.pages.views import Link

URI = "map.md"
WIDTH = 960
# A window is so much larger than its places on each side, and never smaller than this, in
# tenths of a degree: a town alone needs a coast to be recognised by.
PADDING, SMALLEST = 8, 120
WORLD = Window(-1800, -600, 1800, 850)
PHONE_LABELS, WIDE_LABELS = 24, 200
# Places drawn and in the table, the most named; all stand in the list of places.
MOST_PLACES = 600
# With so many names left out of the first map, a part of it is drawn again, larger; the part
# is so many times smaller.
LEFT_OUT, CLOSER = 3, 4


@dataclass(frozen=True, slots=True)
class Place:
    """A place on the map: the card as a node, and where it is, in tenths of a degree."""

    node: Node
    at: Point


@dataclass(frozen=True, slots=True)
class Map:
    """A window of the world with its places, most named first: where each dot and label is."""

    window: Window
    size: Point
    places: tuple[Place, ...]
    at: tuple[Point, ...]
    labels: dict[int, Placed]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A line of the table of places."""

    card: Link
    description: str | None
    latitude: str
    longitude: str
    articles: int


@dataclass(frozen=True, slots=True)
class MapView:
    """The page of the map: pictures, years to choose from, the table; how many have no place.

    `every` is how many places have coordinates; only the most named have a dot and a row.
    """

    pictures: tuple[Markup, ...]
    years: tuple[str, ...]
    rows: tuple[PlaceRow, ...]
    unplaced: int
    every: int
    index: Link


def find_places(catalog: Catalog) -> tuple[Place, ...]:
    """Return the cards that have coordinates, most named first."""
    located = [card for card in catalog.cards.values() if card.coordinates]
    nodes = make_nodes(located, article_years(catalog))
    return tuple(Place(node, tenths(node.card.coordinates or (0, 0))) for node in nodes)


def tenths(coordinates: tuple[float, float]) -> Point:
    """Return longitude and latitude in tenths of a degree."""
    return round(coordinates[1] * 10), round(coordinates[0] * 10)


# --- windows


def window_around(points: Sequence[Point]) -> Window:
    """Return a window that shows points with room around them, not too flat and not too tall."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    wide, high = max(max(xs) - min(xs), SMALLEST), max(max(ys) - min(ys), SMALLEST)
    x, y = (max(xs) + min(xs)) // 2, (max(ys) + min(ys)) // 2
    half_wide, half_high = wide // 2 + wide // PADDING, high // 2 + high // PADDING
    shape = flattening(y)
    # Between two to one and three to two, on paper.
    half_wide = max(half_wide, half_high * 3000 // (2 * shape))
    half_high = max(half_high, half_wide * shape // 2000)
    if half_wide >= 1500:
        return WORLD
    return _shifted(Window(x - half_wide, y - half_high, x + half_wide, y + half_high))


def _shifted(window: Window) -> Window:
    """Return a window moved into the world, or cut to it."""
    west = max(WORLD.west, min(window.west, WORLD.east - (window.east - window.west)))
    east = min(WORLD.east, west + window.east - window.west)
    return Window(west, max(-850, window.south), east, min(850, window.north))


def flattening(latitude: int) -> int:
    """Return how long a degree of longitude is at a latitude, in thousandths of one at 0."""
    return round(1000 * max(0.35, cos(radians(latitude / 10))))


def window_size(window: Window) -> Point:
    """Return the size of the picture of a window."""
    shape = flattening((window.south + window.north) // 2)
    high = WIDTH * (window.north - window.south) * 1000 // ((window.east - window.west) * shape)
    return WIDTH, high


def project(at: Point, window: Window, size: Point) -> Point:
    """Return where a point of the world is in the picture of a window."""
    x = (at[0] - window.west) * size[0] // (window.east - window.west)
    return x, (window.north - at[1]) * size[1] // (window.north - window.south)


# --- maps


def draw_map(places: Sequence[Place], window: Window) -> Map:
    """Return the places in a window, and the labels there is room for."""
    size = window_size(window)
    shown = tuple(place for place in places if window.holds(place.at))
    at = tuple(project(place.at, window, size) for place in shown)
    spots = [spot(place.node, point) for place, point in zip(shown, at, strict=True)]
    return Map(window, size, shown, at, place_labels(spots, size, PHONE_LABELS, WIDE_LABELS))


def draw_maps(places: Sequence[Place]) -> tuple[Map, ...]:
    """Return the map of all places, and of its fullest part where names had no room."""
    if not places:
        return ()
    whole = draw_map(places, window_around([place.at for place in places]))
    missing = [p for n, p in enumerate(whole.places) if n not in whole.labels]
    if len(missing) < LEFT_OUT:
        return (whole,)
    wide = (whole.window.east - whole.window.west) // CLOSER
    high = (whole.window.north - whole.window.south) // CLOSER
    parts = [_part(place.at, wide, high) for place in places]
    part = max(parts, key=lambda part: (_count(missing, part), _count(places, part)))
    within = [place.at for place in places if part.holds(place.at)]
    return whole, draw_map(places, window_around(within))


def _part(middle: Point, wide: int, high: int) -> Window:
    x, y = middle
    return Window(x - wide // 2, y - high // 2, x + wide // 2, y + high // 2)


def _count(places: Sequence[Place], window: Window) -> int:
    return sum(window.holds(place.at) for place in places)


def map_svg(drawn: Map) -> Markup:
    """Return a map: land, then places, the least named below, each a link."""
    rings = [
        [project(point, drawn.window, drawn.size) for point in ring]
        for ring in coasts_within(drawn.window)
    ]
    land = f'<path class="land" d="{rings_path(rings)}"/>'
    order = sorted(range(len(drawn.places)), key=lambda number: (number in drawn.labels, number))
    marks = "".join(_mark(drawn, number) for number in order)
    return picture("cf-map", drawn.size, land + marks)


def _mark(drawn: Map, number: int) -> str:
    place, placed = drawn.places[number], drawn.labels.get(number)
    inside, title = dot(drawn.at[number]), place.node.card.name
    if placed:
        side = " ".join(filter(None, (placed.side, "" if placed.phone else "w")))
        inside, title = inside + label(placed.at, place.node.card.name, side), ""
    classes = f"cf-{place.node.card.type} s{place.node.size}"
    return mark(
        href(URI, card_uri(place.node.card)), classes, title, inside, " ".join(place.node.years)
    )


# --- the page


def map_view(catalog: Catalog) -> MapView:
    """Return everything the page of the map shows."""
    found = find_places(catalog)
    places = found[:MOST_PLACES]
    every = sum(card.type == "place" for card in catalog.cards.values())
    label = catalog.labels.types["place"]
    return MapView(
        pictures=tuple(map_svg(drawn) for drawn in draw_maps(places)),
        years=tuple(sorted({year for place in places for year in place.node.years})),
        rows=tuple(
            _row(place)
            for place in sorted(places, key=lambda p: (p.node.card.name, p.node.card.id))
        ),
        unplaced=every - len(found),
        every=len(found),
        index=Link(label.plural, index_uri(label), "place"),
    )


def _row(place: Place) -> PlaceRow:
    longitude, latitude = place.at
    north, east = ("S", "N")[latitude >= 0], ("W", "E")[longitude >= 0]
    return PlaceRow(
        card_link(place.node.card),
        place.node.card.description,
        f"{abs(latitude) / 10:.1f}° {north}",
        f"{abs(longitude) / 10:.1f}° {east}",
        place.node.articles,
    )
