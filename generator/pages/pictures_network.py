"""The network of the most named: who is named together, drawn once, and the same as lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from generator import edtf
from generator.model import Card
from generator.pages.catalog import Catalog, card_uri
from generator.pages.pictures_labels import Labels, Placed, Spot
from generator.pages.pictures_layout import Floor, Shape, backbone, room, shape_network
from generator.pages.pictures_svg import Point, dot, href, label, lines_path, mark, picture
from generator.pages.sentences import card_link, index_uri
from generator.pages.views import Link

URI = "network.md"
# More names than this are no picture any more, and no list that anybody reads: the others are
# counted, and lists from A to Z and paths lead to them.
MOST_DRAWN = 600
SIZE, TALL_SIZE, TALL = (960, 680), (960, 900), 400
# Strongest ties of each dot that are drawn, and how many in all.
TIES_EACH, MOST_TIES = 3, 900
# Labels tried at most: on a phone, on a wide screen.
PHONE_LABELS, WIDE_LABELS = 40, 160
# So many stand before all others, and have their names beside them.
FIRST = 60
# Named in so many articles, a dot is one size larger, and only so many are; radii by size.
LARGER, RANKS = (2, 5, 12), (10_000, 60, 14)
RADII = (4, 6, 8, 11)
# Neighbours named in the list, as long as the network is small.
LISTED, SMALL = 3, 300


@dataclass(frozen=True, slots=True)
class Node:
    """An entity in the network: in how many articles and years it is named; 0 to 3 in size."""

    card: Card
    articles: int
    years: tuple[str, ...]
    size: int


@dataclass(frozen=True, slots=True)
class ListedNode:
    """An entity in the list of a group, with its strongest neighbours."""

    card: Link
    articles: int
    near: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The network of a catalog: nodes, most named first, ties between them, and its drawing.

    `left` are the cards of each kind that it has no room for.
    """

    nodes: tuple[Node, ...]
    ties: Mapping[tuple[int, int], int]
    groups: tuple[tuple[int, ...], ...]
    at: Mapping[int, Point]
    labels: Mapping[int, Placed]
    size: Point
    left: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class NetworkView:
    """The page of the network: the picture, what can be chosen, and the groups as lists.

    `count` are the names drawn, `every` all there are; `indexes` are the lists
    of the others by kind, and how many those are.
    """

    picture: Markup
    kinds: tuple[tuple[str, str, int], ...]
    years: tuple[str, ...]
    groups: tuple[tuple[ListedNode, ...], ...]
    alone: tuple[ListedNode, ...]
    count: int
    drawn: int
    every: int
    indexes: tuple[tuple[Link, int], ...]


def make_network(catalog: Catalog) -> Network:
    """Return the network of the most named cards, laid out."""
    ranked = most_named(catalog.cards.values())
    nodes = make_nodes(ranked[:MOST_DRAWN], article_years(catalog))
    left = Counter[str](card.type for card in ranked[MOST_DRAWN:])
    numbers = {node.card.id: number for number, node in enumerate(nodes)}
    ties = backbone(len(nodes), all_ties(nodes, numbers), TIES_EACH)
    size = TALL_SIZE if len(nodes) > TALL else SIZE
    shape = shape_network(len(nodes), ties, size)
    at, labels = stand(nodes, shape, size)
    return Network(tuple(nodes), ties, shape.groups, at, labels, size, left)


def stand(
    nodes: Sequence[Node], shape: Shape, size: Point
) -> tuple[dict[int, Point], dict[int, Placed]]:
    """Return where dots and labels stand: the most named first, with room for their names."""
    gap = room(len(shape.tied), shape.frame)
    radii, cell = [radius(node) for node in nodes], 2 * RADII[-1] + gap
    floor = Floor(shape.frame, gap, radii, cell, dict(shape.apart))
    labels = Labels(size)
    for number in shape.tied[:FIRST]:
        floor.settle([number], shape.wanted)
        labels.add(number, spot(nodes[number], floor.at[number]))
        floor.keep(labels.name(number))
    floor.settle(shape.tied[FIRST:], shape.wanted)
    rest = sorted(floor.at.keys() - labels.spots.keys())
    for number in rest:
        labels.add(number, spot(nodes[number], floor.at[number]))
    for number in rest[:WIDE_LABELS]:
        labels.name(number)
    labels.enlarge(PHONE_LABELS)
    return floor.at, labels.placed


def spot(node: Node, at: Point) -> Spot:
    """Return the dot of a node, and the label it wants."""
    return Spot(at, radius(node), node.card.name, bold=radius(node) == RADII[-1])


def article_years(catalog: Catalog) -> dict[str, str]:
    """Return the year each article appeared, or else was saved, where that is known."""
    spans = {
        id: edtf.bounds(card.published or card.page_date or "")
        for id, card in catalog.articles.items()
    }
    return {id: span[0][:4] for id, span in spans.items() if span and span[0][:4] == span[1][:4]}


def make_nodes(cards: Iterable[Card], years: Mapping[str, str]) -> list[Node]:
    """Return cards as nodes, most named first."""
    ordered = most_named(cards)
    named = {card.id: {mention.article for mention in card.mentions} for card in ordered}
    return [
        Node(
            card,
            len(named[card.id]),
            tuple(sorted({years[id] for id in named[card.id] if id in years})),
            grade(len(named[card.id]), rank),
        )
        for rank, card in enumerate(ordered)
    ]


def most_named(cards: Iterable[Card]) -> list[Card]:
    """Return cards, those that most articles name first."""
    return sorted(
        cards, key=lambda c: (-len({m.article for m in c.mentions}), -len(c.mentions), c.id)
    )


def all_ties(nodes: Iterable[Node], numbers: Mapping[str, int]) -> dict[tuple[int, int], int]:
    """Return how strongly any two cards are tied: a sentence in common counts two articles."""
    ties: dict[tuple[int, int], int] = {}
    for node in nodes:
        for other in node.card.related:
            if other.id in numbers and other.id != node.card.id:
                a, b = sorted((numbers[node.card.id], numbers[other.id]))
                weight = 2 * other.sentences + other.articles
                ties[a, b] = max(weight, ties.get((a, b), 0))
    return ties


def radius(node: Node) -> int:
    """Return how large a dot is."""
    return RADII[node.size]


def grade(articles: int, rank: int) -> int:
    """Return the size, 0 to 3, of a dot for something named in so many articles."""
    return sum(articles >= more and rank < most for more, most in zip(LARGER, RANKS, strict=True))


# --- the picture


def network_svg(network: Network) -> Markup:
    """Return the whole network: ties, then dots, the most named first, each a link."""
    # Names come last, so that no dot covers one.
    order = sorted(range(len(network.nodes)), key=lambda number: (number in network.labels, number))
    marks = "".join(
        _mark(network.nodes[number], network.at[number], network.labels.get(number))
        for number in order
    )
    return picture("cf-network", network.size, f"{_ties(network)}{marks}")


def drawn_ties(network: Network) -> list[tuple[int, int]]:
    """Return the ties that are drawn, strongest first."""
    ties = network.ties
    return sorted(ties, key=lambda pair: (-ties[pair], pair))[:MOST_TIES]


def _ties(network: Network) -> str:
    at, found = network.at, drawn_ties(network)
    # The strongest tenth stands out.
    strong = max(1, len(found) // 10)
    lines = [(at[a], at[b]) for a, b in found]
    parts = (("w2", lines[:strong]), ("w1", lines[strong:]))
    return "".join(f'<path class="{name}" d="{lines_path(part)}"/>' for name, part in parts if part)


def _mark(node: Node, at: Point, placed: Placed | None) -> str:
    classes = f"cf-{node.card.type} s{node.size}"
    inside, title = dot(at), node.card.name
    if placed:
        side = " ".join(filter(None, (placed.side, "" if placed.phone else "w")))
        inside, title = inside + label(placed.at, node.card.name, side), ""
    return mark(href(URI, card_uri(node.card)), classes, title, inside, " ".join(node.years))


# --- the page


def network_view(catalog: Catalog, network: Network) -> NetworkView:
    """Return everything the page of the network shows."""
    nodes = network.nodes
    near = strongest(network) if len(nodes) <= SMALL else {}
    tied = {end for pair in network.ties for end in pair}
    groups = [group for group in network.groups if len(group) > 1]
    counts = Counter[str](node.card.type for node in nodes)
    return NetworkView(
        picture=network_svg(network),
        kinds=tuple(
            (kind, label.plural, counts[kind])
            for kind, label in catalog.labels.types.items()
            if counts[kind]
        ),
        years=tuple(sorted({year for node in nodes for year in node.years})),
        groups=tuple(tuple(_listed(nodes, n, near) for n in group) for group in groups),
        alone=tuple(_listed(nodes, n, near) for n in range(len(nodes)) if n not in tied),
        count=len(nodes),
        drawn=len(drawn_ties(network)),
        every=len(nodes) + sum(network.left.values()),
        indexes=tuple(
            (Link(label.plural, index_uri(label), kind), network.left[kind])
            for kind, label in catalog.labels.types.items()
            if network.left.get(kind)
        ),
    )


def strongest(network: Network) -> dict[int, tuple[int, ...]]:
    """Return the strongest neighbours of each node."""
    found: dict[int, list[tuple[int, int]]] = {}
    for (a, b), weight in network.ties.items():
        found.setdefault(a, []).append((-weight, b))
        found.setdefault(b, []).append((-weight, a))
    return {node: tuple(n for _, n in sorted(ends)[:LISTED]) for node, ends in found.items()}


def _listed(nodes: Sequence[Node], number: int, near: Mapping[int, tuple[int, ...]]) -> ListedNode:
    node = nodes[number]
    others = tuple(card_link(nodes[other].card) for other in near.get(number, ()))
    return ListedNode(card_link(node.card), node.articles, others)
