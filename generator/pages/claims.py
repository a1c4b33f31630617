"""What articles say of an entity: claims by heading, who says so, where sources differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from generator import edtf, lexicons
from generator.model import Card, Claim
from generator.names import short_hash
from generator.pages.catalog import Catalog, Dispute
from generator.pages.labels import property_label
from generator.pages.sentences import card_link, date_label, make_quote
from generator.pages.sheets import sheet_uri, sheets_of
from generator.pages.views import ClaimGroup, ClaimView, DisputeView, PropertyView, Side

# A fact box is read at a glance: so many properties, and of each so many answers.
FACTS, ANSWERS = 8, 4
# Quoted or linked for a claim, quoted for each side of a dispute; claims of a property on the
# page, and on each further one.
QUOTES, SIDE_QUOTES, CLAIMS = 24, 8, 30
# The headings of claims about names, and of those that a kind has no other heading for.
NAMES, OTHERS = "names", "others"


@dataclass(frozen=True, slots=True)
class Said:
    """A claim as seen from one card: the property, `~` before it if another card says it."""

    name: str
    claim: Claim
    other: str | None
    anchor: str = ""


def said_of(catalog: Catalog, card: Card) -> dict[str, tuple[Said, ...]]:
    """Return all claims that touch a card by property, its own before those of others."""
    own = [
        Said(claim.property, claim, claim.of, claim_anchor(card.id, claim))
        for claim in catalog.claims[card.id]
    ]
    held = [
        Said(f"~{end.claim.property}", end.claim, end.card.id)
        for end in catalog.held.get(card.id, ())
    ]
    return {name: tuple(said) for name, said in groupby([*own, *held], key=lambda said: said.name)}


def claim_anchor(id: str, claim: Claim) -> str:
    """Return where a claim stands on the page of the card that makes it; exports link there."""
    return f"c-{short_hash(id, claim.property, claim.value, claim.of, claim.date)}"


def layout(kind: str, part: str) -> Any:
    """Return the `facts` or the `groups` of the page of a kind, as the lexicon has them."""
    return lexicons.load("entity_pages")[kind][part]


def fact_views(catalog: Catalog, card: Card) -> tuple[PropertyView, ...]:
    """Return the fact box: what the kind's layout names, then what else the card says."""
    said = said_of(catalog, card)
    own = [name for name in said if not name.startswith("~") and name not in name_properties()]
    names = [name for name in dict.fromkeys([*layout(card.type, "facts"), *own]) if name in said][
        :FACTS
    ]
    return tuple(
        property_view(catalog, name, sorted(said[name], key=_most_said)[:ANSWERS]) for name in names
    )


def claim_groups(catalog: Catalog, card: Card) -> tuple[ClaimGroup, ...]:
    """Return every claim that touches a card once, under the headings of its kind."""
    said = said_of(catalog, card)
    wanted = layout(card.type, "groups")
    placed = {name for names in wanted.values() for name in names} | {*name_properties()}
    others = [name for name in said if name not in placed]
    groups = []
    for key, names in (*wanted.items(), (OTHERS, others), (NAMES, name_properties())):
        views = property_views(catalog, card, said, names)
        # "Held by" says little where it isn't clear what: there the group's heading stands.
        alone = views[0].label if len(views) == 1 and "~position" not in names else ""
        groups += [ClaimGroup(key, alone, views)] if views else []
    return tuple(groups)


def name_properties() -> list[str]:
    """Return the properties that tell a name of the entity."""
    names: list[str] = lexicons.load("entity_pages")[NAMES]
    return names


def property_views(
    catalog: Catalog, card: Card, said: Mapping[str, tuple[Said, ...]], names: Iterable[str]
) -> tuple[PropertyView, ...]:
    """Return properties in order; the two ends of one that read alike ("Met") are one."""
    by_label: defaultdict[str, list[Said]] = defaultdict(list)
    for name in names:
        if name in said:
            by_label[heading(catalog, name)] += said[name]
    views = (
        (property_view(catalog, found[0].name, sorted(found, key=_in_time)), found[0].name)
        for found in by_label.values()
    )
    return tuple(_with_sheets(view, card, name) for view, name in views)


def _with_sheets(view: PropertyView, card: Card, name: str) -> PropertyView:
    """Return the claims of a property, of very many those beyond the first on sheets."""
    key = name.replace("~", "of-").replace("_", "-")
    first, *others = sheets_of(view.claims, sheet_uri(card, f"{key}.md"), "", CLAIMS)
    more = tuple(
        replace(
            sheet,
            link=replace(sheet.link, text=f"{number * CLAIMS + 1}–{number * CLAIMS + sheet.count}"),
            anchors=tuple(said.anchor for said in sheet.rows if said.anchor),
        )
        for number, sheet in enumerate(others, 1)
    )
    return replace(view, claims=first.rows, more=more)


def property_view(catalog: Catalog, name: str, said: Iterable[Said]) -> PropertyView:
    """Return the claims of a property under its heading."""
    views = tuple(claim_view(catalog, each) for each in said)
    return PropertyView(heading(catalog, name), views)


def heading(catalog: Catalog, name: str) -> str:
    """Return what a property is called at the end it is seen from."""
    label = property_label(catalog.labels, name.removeprefix("~"))
    return label.other_end if name.startswith("~") else label.label


def _in_time(said: Said) -> tuple[bool, tuple[bool, str, str, str], int]:
    """Dated claims first, as time went; of the others, those most said."""
    date = said.claim.date
    return (not date, edtf.sort_key(date or ""), -len(said.claim.evidence))


def _most_said(said: Said) -> int:
    return -len(said.claim.evidence)


def claim_view(catalog: Catalog, said: Said) -> ClaimView:
    """Return a claim as seen from the end opposite to the card `said.other`."""
    claim, card = said.claim, catalog.cards.get(said.other or "")
    reports = {evidence.article for evidence in claim.evidence}
    return ClaimView(
        value=claim_words(catalog, claim, None if card else said.other),
        of=card_link(card) if card else None,
        date=date_label(claim.date),
        quotes=tuple(make_quote(catalog, evidence) for evidence in claim.evidence[:QUOTES]),
        more=max(0, len(claim.evidence) - QUOTES),
        reports=len(reports),
        independent=count_stories(catalog, reports),
        anchor=said.anchor,
    )


def claim_words(catalog: Catalog, claim: Claim, unlinked: str | None) -> str | None:
    """Return a claim's value, and the name of what it points at if that has no page here."""
    name = catalog.outside.get(unlinked or "")
    if name:
        return f"{capital(claim.value)}, {name}" if claim.value else name
    return capital(claim.value or unlinked)


def capital(text: str | None) -> str | None:
    """Return words as they begin a line: "leader" -> "Leader"; iPhone and von Moltke stay."""
    plain = bool(text) and str(text).split()[0].isalpha() and str(text).split()[0].islower()
    return f"{str(text)[0].upper()}{str(text)[1:]}" if plain else text


def count_stories(catalog: Catalog, ids: Iterable[str]) -> int:
    """Return how many stories some articles carry: a wire text and its copies are one."""
    articles = {id: catalog.articles.get(id) for id in ids}
    return len({min((id, *(card.same_as if card else ()))) for id, card in articles.items()})


# --- sources that differ


def dispute_views(catalog: Catalog, disputes: Iterable[Dispute]) -> tuple[DisputeView, ...]:
    """Return disputes as pages show them."""
    return tuple(dispute_view(catalog, dispute) for dispute in disputes)


def dispute_view(catalog: Catalog, dispute: Dispute) -> DisputeView:
    """Return sources that differ, each answer with the quotes for it, in the card's order."""
    conflict = dispute.conflict
    quotes = defaultdict(list)
    for answer, evidence in zip(conflict.between, conflict.evidence, strict=False):
        quotes[answer].append(evidence)
    sides = []
    for answer in dict.fromkeys(conflict.between):
        card = catalog.cards.get(answer)
        shown = tuple(make_quote(catalog, said) for said in quotes[answer][:SIDE_QUOTES])
        more = len(quotes[answer]) - len(shown)
        sides.append(Side(card_link(card) if card else answer, shown, more))
    label = property_label(catalog.labels, conflict.property)
    return DisputeView(card_link(dispute.card), label.label, conflict.value, tuple(sides))
