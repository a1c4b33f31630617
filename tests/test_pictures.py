"""The drawn pictures: nothing covers anything, every mark is a link, the same bytes each time."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest

from generator.cards.coordinates import find_town, with_coordinates
from generator.model import Card, CardMention, Claim, Knowledge, Related
from generator.pages import pictures_map, pictures_neighbours, pictures_network, pictures_timeline
from generator.pages.catalog import Catalog, card_uri
from generator.pages.pictures_activity import activity_svg, article_months
from generator.pages.pictures_coasts import Window, coasts, coasts_within, rings_path
from generator.pages.pictures_labels import PHONE_TYPE, WIDE_TYPE, Spot, candidates, wide_box
from generator.pages.pictures_network import Network, make_network, network_svg, radius
from generator.pages.pictures_pages import picture_pages
from generator.pages.pictures_svg import Box, href, overlaps, text_width, within
from generator.pages.render import make_environment
from generator.site.policy import clean_content
from tests import sample
from tests.pictured import pictured_catalog, pictured_knowledge, shuffled

_HREF = re.compile(r'<a href="([^"]+)"')


@cache
def network(entities: int) -> tuple[Catalog, Network]:
    catalog = pictured_catalog(pictured_knowledge(entities, max(10, entities // 5)))
    return catalog, make_network(catalog)


def around(neighbours: int, name: str = "Anatoly Kolesnikov {}") -> Catalog:
    """Return a catalog of one card and so many neighbours, each tied to the next."""
    cards = [
        Card(
            f"anatoly-kolesnikov-{number:02}",
            "organization" if number % 3 else "person",
            name.format(number),
            related=(Related(f"anatoly-kolesnikov-{(number + 1) % 9:02}", 2, 3),),
        )
        for number in range(neighbours)
    ]
    related = tuple(Related(card.id, 2, 20 - number) for number, card in enumerate(cards))
    hub = Card("hub", "person", "The Hub", related=related, mentions=(CardMention("a", 1, ()),))
    return pictured_catalog(Knowledge((hub, *cards)))


# --- the neighbourhood


@pytest.mark.parametrize("count", range(1, 13))
def test_neighbours_labels_stay_inside_and_apart(count: int) -> None:
    catalog = around(count, "Committee on Northern Affairs {}")
    placed = pictures_neighbours.placed(catalog, catalog.cards["hub"].related)
    size = (pictures_neighbours.WIDTH, pictures_neighbours.picture_height(count))
    boxes = []
    for each in placed:
        (x, y), text = pictures_neighbours.label_of(each)
        wide = text_width(text, pictures_neighbours.TYPE)
        left = x if x > pictures_neighbours.MIDDLE else x - wide
        boxes.append(Box(left, y - 8, left + wide, y + 8))
    assert all(within(box, Box(0, 0, *size)) for box in boxes)
    assert not any(overlaps(a, b) for a, b in combinations(boxes, 2))


def test_neighbours_link_and_say_the_whole_name() -> None:
    catalog = around(8, "The Joint Committee on Northern Affairs and Fisheries {}")
    svg = pictures_neighbours.neighbourhood_svg(catalog, catalog.cards["hub"])
    assert len(_HREF.findall(svg)) == 8
    assert "<title>The Joint Committee on Northern Affairs and Fisheries 3</title>" in svg


def test_neighbours_are_light() -> None:
    catalog = around(8)
    svg = pictures_neighbours.neighbourhood_svg(catalog, catalog.cards["hub"])
    assert len(clean_content(svg).encode()) <= 1600


def test_no_neighbours_no_picture() -> None:
    assert pictures_neighbours.neighbourhood_svg(around(0), around(0).cards["hub"]) == ""


# --- activity


def test_activity_is_one_link_and_light() -> None:
    catalog, _ = network(50)
    months = article_months(catalog)
    pictures = [activity_svg(months, card) for card in catalog.cards.values()]
    assert all(_HREF.findall(svg) == ["#mentions"] for svg in pictures)
    assert max(len(clean_content(svg).encode()) for svg in pictures) <= 600


# --- the network


@pytest.mark.parametrize("entities", [50, 400, 2000])
def test_dots_stand_apart(entities: int) -> None:
    _, drawn = network(entities)
    places = sorted((at, radius(drawn.nodes[n])) for n, at in drawn.at.items())
    assert len(places) == min(entities, pictures_network.MOST_DRAWN)
    for number, ((x, y), r) in enumerate(places):
        assert r <= x <= drawn.size[0] - r and r <= y <= drawn.size[1] - r
        for (other_x, other_y), other_r in places[number + 1 :]:
            if other_x - x > 24:
                break
            assert (other_x - x) ** 2 + (other_y - y) ** 2 >= (r + other_r) ** 2


@pytest.mark.parametrize("entities", [50, 400, 2000])
def test_labels_cover_no_label_and_no_edge(entities: int) -> None:
    _, drawn = network(entities)
    spots = {n: pictures_network.spot(drawn.nodes[n], drawn.at[n]) for n in drawn.labels}
    on_wide = [wide_box(spots[n], placed) for n, placed in drawn.labels.items()]
    on_phone = [placed.box for placed in drawn.labels.values() if placed.phone]
    for boxes in (on_wide, on_phone):
        assert all(within(box, Box(0, 0, *drawn.size)) for box in boxes)
        assert not any(overlaps(a, b) for a, b in combinations(boxes, 2))


def test_a_small_network_names_nearly_all() -> None:
    _, drawn = network(50)
    assert len(drawn.labels) >= 45


def test_a_large_network_names_the_most_named() -> None:
    _, drawn = network(2000)
    assert len([n for n in drawn.labels if n < 60]) >= 40
    assert any(placed.phone for placed in drawn.labels.values())


@pytest.mark.parametrize(("entities", "most"), [(50, 16_000), (2000, 100_000)])
def test_every_node_is_a_link_and_light(entities: int, most: int) -> None:
    catalog, drawn = network(entities)
    svg = network_svg(drawn)
    linked = sorted(_HREF.findall(svg))
    shown = pictures_network.most_named(catalog.cards.values())[: pictures_network.MOST_DRAWN]
    assert linked == sorted(href("network.md", card_uri(card)) for card in shown)
    assert len(clean_content(svg).encode()) <= most


@pytest.mark.parametrize("entities", [400, 2000])
def test_the_list_is_the_picture(entities: int) -> None:
    catalog, drawn = network(entities)
    view = pictures_network.network_view(catalog, drawn)
    listed = [node.card.text for group in view.groups for node in group]
    listed += [node.card.text for node in view.alone]
    assert sorted(listed) == sorted(node.card.name for node in drawn.nodes)
    assert view.count + sum(number for _, number in view.indexes) == view.every == entities


@pytest.mark.parametrize("seed", [1, 2])
def test_same_cards_same_bytes(seed: int) -> None:
    knowledge = pictured_knowledge(150, 30)
    environment = make_environment(Path(sample.REPO) / "templates" / "pages")
    pages = picture_pages(pictured_catalog(knowledge), environment)
    again = picture_pages(pictured_catalog(shuffled(knowledge, seed)), environment)
    assert again == pages


def test_a_last_digit_does_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another processor's sums differ in the last digit: the picture must not."""
    import networkx

    exact = networkx.spring_layout
    _, drawn = network(50)

    def inexact(*args: object, **options: object) -> dict[int, tuple[float, float]]:
        moved = exact(*args, **options)
        return {node: (x * (1 + 3e-16), y * (1 - 3e-16)) for node, (x, y) in moved.items()}

    monkeypatch.setattr(networkx, "spring_layout", inexact)
    assert make_network(network(50)[0]).at == drawn.at


# --- the map


def test_coasts_are_closed_lines_of_the_whole_world() -> None:
    xs = [x for ring in coasts() for x, _ in ring]
    assert (min(xs), max(xs)) == (-1800, 1800)
    assert all(len(ring) > 2 for ring in coasts())
    # No line jumps across the map at the date line.
    inner = [abs(a[0] - b[0]) for ring in coasts() for a, b in zip(ring, ring[1:], strict=False)]
    assert sum(step > 900 for step in inner) <= 1


def test_coasts_are_cut_to_the_window() -> None:
    window = Window(1200, 300, 1400, 450)
    points = [point for ring in coasts_within(window) for point in ring]
    assert points and all(window.holds(point) for point in points)


def test_a_path_leaves_out_what_is_too_small() -> None:
    assert rings_path([[(1, 1), (1, 1), (1, 1)]]) == ""
    assert rings_path([[(1, 1), (5, 1), (5, -3)]]) == "M1 1l4 0 0-4z"


def test_places_are_on_the_map_and_in_the_table() -> None:
    catalog, _ = network(400)
    view = pictures_map.map_view(catalog)
    places = {c.name for c in catalog.cards.values() if c.coordinates}
    assert {row.card.text for row in view.rows} == places
    assert len(set(_HREF.findall(view.pictures[0]))) == len(places)


def test_map_labels_stand_apart() -> None:
    catalog, _ = network(400)
    for drawn in pictures_map.draw_maps(pictures_map.find_places(catalog)):
        boxes = [
            wide_box(pictures_network.spot(drawn.places[n].node, drawn.at[n]), placed)
            for n, placed in drawn.labels.items()
        ]
        assert not any(overlaps(a, b) for a, b in combinations(boxes, 2))


def test_one_place_is_a_map_too() -> None:
    catalog, _ = network(50)
    one = pictures_map.find_places(catalog)[:1]
    (drawn,) = pictures_map.draw_maps(one)
    assert drawn.labels and drawn.size[0] * 2 >= drawn.size[1] * 2


def test_no_place_no_map() -> None:
    assert pictures_map.map_view(around(1)).pictures == ()


# --- coordinates


@pytest.mark.parametrize(
    ("called", "codes", "country"),
    [
        (("Hanoi",), frozenset[str](), "VN"),  # a capital
        (("Sochi",), frozenset[str](), "RU"),  # large, and no other of its size
        (("Birmingham",), frozenset({"GB"}), "GB"),  # the only one in the country told
        (("Springfield",), frozenset({"US"}), None),  # too many
        (("Kursk", "Kursk Oblast"), frozenset({"RU"}), None),  # a region
        (("Singapore",), frozenset[str](), None),  # a country
        (("Georgia",), frozenset[str](), None),
    ],
)
def test_only_a_sure_town_is_found(
    called: tuple[str, ...], codes: frozenset[str], country: str | None
) -> None:
    town = find_town(called, codes)
    assert (town.country if town else None) == country


def test_coordinates_follow_the_country_told() -> None:
    england = Card("uk", "place", "United Kingdom")
    region = Card("w", "place", "West", claims=(Claim("part_of", None, "uk", None, ()),))
    town = Card("b", "place", "Birmingham", claims=(Claim("located_in", None, "w", None, ()),))
    cards = with_coordinates(Knowledge((town, england, region))).cards
    assert cards[0].coordinates == (52.48, -1.9)
    assert cards[1].coordinates is None


def test_what_an_editor_set_stays() -> None:
    town = Card("h", "place", "Hanoi", coordinates=(1.0, 2.0), curated=("coordinates",))
    assert with_coordinates(Knowledge((town,))).cards == (town,)
    nowhere = replace(town, coordinates=None)
    assert with_coordinates(Knowledge((nowhere,))).cards == (nowhere,)


# --- the timeline


def test_every_dated_sentence_stands_once() -> None:
    catalog, _ = network(2000)
    view = pictures_timeline.timeline_view(catalog)
    assert view.count == len(catalog.articles)
    assert sum(len(m.events) for year in view.years for m in year.months) == view.count


def test_each_month_has_a_dot_that_leads_to_it() -> None:
    catalog, _ = network(400)
    environment = make_environment(Path(sample.REPO) / "templates" / "pages")
    page = picture_pages(catalog, environment)["timeline.md"]
    view = pictures_timeline.timeline_view(catalog)
    linked = set(_HREF.findall(view.picture))
    months = {f"#{month.slug}" for year in view.years for month in year.months if month.label}
    assert months and months <= linked
    assert all(f"{{: {address} " in page for address in linked)


def test_many_years_stand_by_decade() -> None:
    years = tuple(
        pictures_timeline.Year(
            str(year), str(year), pictures_timeline.year_uri(str(year), True), (), 1
        )
        for year in range(1900, 2026)
    )
    rows = pictures_timeline.picture_rows(years)
    assert len(rows) <= 31
    assert (rows[0].label, rows[-1].label) == ("1900s", "2025")


# --- all of them


def test_pictures_pass_the_policy_unchanged() -> None:
    catalog, drawn = network(50)
    svgs = [
        network_svg(drawn),
        *pictures_map.map_view(catalog).pictures,
        pictures_timeline.timeline_view(catalog).picture,
        activity_svg(article_months(catalog), catalog.cards["e0001"]),
        pictures_neighbours.neighbourhood_svg(catalog, catalog.cards["e0001"]),
    ]
    for svg in svgs:
        assert clean_content(svg).replace("></path>", "/>") == svg
        assert not re.search(r"#[0-9a-f]{3}|rgb|style=|fill=|stroke=", svg.replace('"#', '"'))


def test_names_are_escaped() -> None:
    catalog = around(3, '"><script>alert(1)</script> {}')
    svg = pictures_neighbours.neighbourhood_svg(catalog, catalog.cards["hub"])
    assert "<script" not in svg


def test_labels_are_tried_within_reach() -> None:
    spot = Spot((100, 100), 6, "Somewhere")
    assert len(candidates(spot, PHONE_TYPE)) == 2
    assert all(abs(t.at[1] - 100) < 30 for t in candidates(spot, WIDE_TYPE))
