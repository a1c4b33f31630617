"""The page of one entity as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import jinja2
from markupsafe import Markup

from generator import edtf
from generator.model import Card
from generator.pages.catalog import Catalog
from generator.pages.claims import claim_groups, dispute_views, fact_views
from generator.pages.entity_sheets import date_sheets, mention_sheets
from generator.pages.escape import note_markdown
from generator.pages.forges import Repository, forge_links
from generator.pages.interface import Interface, load_interface
from generator.pages.mentions import make_alias, mention_groups, name_uses, pointings
from generator.pages.pictures_activity import Months, activity_svg
from generator.pages.pictures_neighbours import neighbourhood_svg
from generator.pages.sentences import card_link, make_quote
from generator.pages.timelines import events, in_time, timeline_svg
from generator.pages.views import EntityView, Forge, Link, RelatedView

# Questions on which sources differ, on the page of one of their cards.
DISPUTES = 10


@dataclass(frozen=True, slots=True)
class Around:
    """What is known for all entity pages at once: notes, months, the repository, the words.

    `notes` are the editors' by card id, `noted` says which notes link to a card, `months`
    when each article appeared, `decided` which files hold decisions on a card.
    """

    notes: Mapping[str, str] = field(default_factory=dict)
    noted: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    months: Months = field(default_factory=Months)
    repository: Repository | None = None
    decided: Mapping[str, list[str]] = field(default_factory=dict)
    correction: jinja2.Template | None = None
    t: Interface = field(default_factory=load_interface)


def entity_view(catalog: Catalog, card: Card, around: Around) -> EntityView:
    """Return what the page of a card shows."""
    kind = catalog.labels.types[card.type]
    groups = mention_groups(catalog, card)
    notes = around.notes.get(card.id, "")
    noted = around.noted.get(card.id, ())
    entries = in_time(card.timeline)
    older, cut = date_sheets(catalog, card, entries)
    earlier, named = mention_sheets(card, groups)
    disputed, involved = (some.get(card.id, ()) for some in (catalog.disputed, catalog.involved))
    return EntityView(
        id=card.id,
        name=card.name,
        kind=card.type,
        kind_label=kind.label,
        kind_index=Link(kind.plural, Markup(f"{kind.folder}/index.md"), card.type),
        description=card.description,
        aliases=tuple(make_alias(name) for name in card.aliases),
        coordinates=coordinates(card),
        summary=make_quote(catalog, card.summary) if card.summary else None,
        facts=fact_views(catalog, card),
        groups=claim_groups(catalog, card),
        disputes=dispute_views(catalog, disputed[:DISPUTES]),
        involved=dispute_views(catalog, involved[:DISPUTES]),
        more_disputes=max(len(disputed), len(involved)) > DISPUTES,
        timeline=events(catalog, entries[cut:]),
        timeline_picture=timeline_svg(entries[cut:]),
        dated=len(entries),
        span=tuple(edtf.label(entry.date) for entry in (*entries[:1], *entries[-1:])),
        timeline_sheets=older,
        related=related_views(catalog, card),
        related_picture=neighbourhood_svg(catalog, card),
        mentions=named,
        mention_sheets=earlier,
        activity_picture=activity_svg(around.months, card),
        articles=len(groups),
        sentences=len({(mention.article, mention.sentence) for mention in card.mentions}),
        names=name_uses(catalog, card),
        because=merged_names(card),
        pointing=pointings(catalog, card, noted, str(around.t("entity.note"))),
        curated=card.curated,
        note=note_markdown(notes) if notes.strip() else None,
        forge=forge_view(card, around),
    )


def forge_view(card: Card, around: Around) -> Forge | None:
    """Return where a card is corrected, None where mkdocs.yml names no forge we know."""
    if around.repository is None or around.correction is None:
        return None
    files = around.decided.get(card.id, ())
    return forge_links(around.repository, card, files, around.correction)


def merged_names(card: Card) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return which names were taken as one and why; one name by itself needs no reason."""
    merges = ((tuple(dict.fromkeys(merge.merged)), merge.rule) for merge in card.because)
    return tuple((names, rule) for names, rule in merges if len(names) > 1)


def coordinates(card: Card) -> tuple[str, str] | None:
    """Return latitude and longitude in degrees with their hemispheres."""
    if card.coordinates is None:
        return None
    north, east = card.coordinates
    return f"{abs(north):g}° {'NS'[north < 0]}", f"{abs(east):g}° {'EW'[east < 0]}"


def related_views(catalog: Catalog, card: Card) -> tuple[RelatedView, ...]:
    """Return the cards most often named together with this one."""
    return tuple(
        RelatedView(card_link(catalog.cards[other.id]), other.articles, other.sentences)
        for other in card.related
        if other.id in catalog.cards
    )
