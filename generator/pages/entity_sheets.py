"""What the page of an entity has no room for: older mentions, earlier dates, on sheets below it.

Sheets are filled from the oldest on, so that what is new changes the page and no full sheet.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from markupsafe import Markup

from generator import edtf
from generator.model import Card, TimelineEntry
from generator.pages.catalog import Catalog
from generator.pages.sheets import set_aside, sheet_uri
from generator.pages.timelines import events
from generator.pages.views import EntityView, Link, MentionGroup, Sheet

# Articles, and dates, that stay on the page at least; on each sheet.
NAMED, DATED, ON_SHEET = 40, 50, 60


def mention_sheets(
    card: Card, groups: Sequence[MentionGroup]
) -> tuple[tuple[Sheet, ...], tuple[MentionGroup, ...]]:
    """Return the sheets of the oldest articles that name a card, newest first, and the rest."""
    full, count = set_aside(groups[::-1], NAMED, ON_SHEET)
    sheets = [
        _sheet(card, "mentions", number, some[::-1], (some[0].row.date, some[-1].row.date))
        for number, some in enumerate(full, 1)
    ]
    return tuple(sheets[::-1]), tuple(groups[: len(groups) - count])


def date_sheets(
    catalog: Catalog, card: Card, entries: Sequence[TimelineEntry]
) -> tuple[tuple[Sheet, ...], int]:
    """Return the sheets of the earliest of a card's dates, and how many those are."""
    full, count = set_aside(entries, DATED, ON_SHEET)
    sheets = (
        _sheet(
            card, "timeline", number, events(catalog, some),
            (edtf.label(some[0].date), edtf.label(some[-1].date)),
        )
        for number, some in enumerate(full, 1)
    )  # fmt: skip
    return tuple(sheets), count


def _sheet(
    card: Card, name: str, number: int, rows: tuple[object, ...], ends: tuple[str | None, ...]
) -> Sheet:
    """Return a sheet, called by the dates it begins and ends with where those are known."""
    known = dict.fromkeys(end for end in ends if end)
    text = " – ".join(known) or str(number)
    return Sheet(Link(text, Markup(sheet_uri(card, f"{name}-{number}.md"))), rows)


def all_sheets(entity: EntityView) -> Iterator[tuple[str, str, Sheet]]:
    """Yield every sheet of an entity: which part of the page it goes on, its heading, itself."""
    for sheet in entity.mention_sheets:
        yield "mentions", "", sheet
    for sheet in entity.timeline_sheets:
        yield "timeline", "", sheet
    for group in entity.groups:
        for property in group.properties:
            for sheet in property.more:
                yield group.key, property.label, replace(sheet, anchors=())
