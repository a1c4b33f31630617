"""The pages that are pictures: the network, the map, the timeline and its years."""

from __future__ import annotations

import jinja2

from generator.pages import pictures_map, pictures_network, pictures_timeline
from generator.pages.catalog import Catalog
from generator.pages.render import render_page


def picture_pages(catalog: Catalog, environment: jinja2.Environment) -> dict[str, str]:
    """Return the pages of network, map and timeline by their address."""
    network = pictures_network.make_network(catalog)
    views: dict[str, dict[str, object]] = {
        pictures_network.URI: {"network": pictures_network.network_view(catalog, network)},
        pictures_map.URI: {"map": pictures_map.map_view(catalog)},
    }
    pages = {uri: render_page(environment, f"{uri}.j2", uri, view) for uri, view in views.items()}
    return pages | timeline_pages(catalog, environment)


def timeline_pages(catalog: Catalog, environment: jinja2.Environment) -> dict[str, str]:
    """Return the timeline, and pages for years and months where one page would be too long."""
    view = pictures_timeline.timeline_view(catalog)
    uri = pictures_timeline.URI
    pages = {uri: render_page(environment, f"{uri}.j2", uri, {"timeline": view})}
    for year in view.years if view.by_year else ():
        pages[year.uri] = render_page(environment, "year.md.j2", year.uri, {"year": year})
        for sheet in (sheet for month in year.months for sheet in month.sheets):
            told = {"year": year, "sheet": sheet}
            pages[sheet.link.uri] = render_page(environment, "month.md.j2", sheet.link.uri, told)
    return {str(uri): page for uri, page in pages.items()}
