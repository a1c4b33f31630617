"""The page of one entity as a value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from generator import edtf
from generator.model import ArticleCard, Card, Claim, TimelineEntry
from generator.pages.catalog import Catalog, Dispute, Held
from generator.pages.escape import note_markdown
from generator.pages.labels import property_label
from generator.pages.sentences import (
    article_row,
    card_link,
    date_label,
    make_quote,
    script_lang,
    sentence_quote,
)
from generator.pages.views import (
    Alias,
    ClaimView,
    DisputeView,
    EntityView,
    Event,
    Link,
    MentionGroup,
    PropertyView,
    RelatedView,
    Side,
)

# A fact box is read at a glance: so many properties, and of each so many answers.
FACTS, ANSWERS = 8, 4
# Mentions shown of one article; a page that repeats an article helps nobody.
MENTIONS = 5


def entity_view(catalog: Catalog, card: Card, notes: str | None) -> EntityView:
    """Return what the page of a card shows; `notes` is what editors wrote about it."""
    kind = catalog.labels.types[card.type]
    properties = own_properties(catalog, card) + held_properties(catalog, card)
    groups = mention_groups(catalog, card)
    return EntityView(
        id=card.id,
        name=card.name,
        kind=card.type,
        kind_label=kind.label,
        kind_index=Link(kind.plural, Markup(f"{kind.folder}/index.md"), card.type),
        description=card.description,
        aliases=tuple(Alias(name, script_lang(name)) for name in card.aliases),
        former_ids=card.former_ids,
        coordinates=coordinates(card),
        summary=make_quote(catalog, card.summary) if card.summary else None,
        facts=tuple(PropertyView(p.label, p.claims[:ANSWERS], p.held) for p in properties[:FACTS]),
        properties=properties,
        disputes=dispute_views(catalog, catalog.disputed.get(card.id, ())),
        involved=dispute_views(catalog, catalog.involved.get(card.id, ())),
        timeline=events(catalog, card.timeline),
        related=related_views(catalog, card),
        mentions=groups,
        articles=len(groups),
        sentences=len({(mention.article, mention.sentence) for mention in card.mentions}),
        because=tuple((merge.merged, merge.rule) for merge in card.because),
        curated=card.curated,
        note=note_markdown(notes) if notes and notes.strip() else None,
    )


def coordinates(card: Card) -> tuple[str, str] | None:
    """Return latitude and longitude in degrees with their hemispheres."""
    if card.coordinates is None:
        return None
    north, east = card.coordinates
    return f"{abs(north):g}° {'NS'[north < 0]}", f"{abs(east):g}° {'EW'[east < 0]}"


# --- claims


def own_properties(catalog: Catalog, card: Card) -> tuple[PropertyView, ...]:
    """Return what is said of a card, by property in the schema's order."""
    return tuple(
        PropertyView(
            property_label(catalog.labels, name).label,
            tuple(claim_view(catalog, claim, claim.of) for claim in claims),
        )
        for name, claims in groupby(catalog.claims[card.id], key=lambda claim: claim.property)
    )


def held_properties(catalog: Catalog, card: Card) -> tuple[PropertyView, ...]:
    """Return what is said of other cards with respect to this one, by property."""

    def name_of(end: Held) -> str:
        return end.claim.property

    return tuple(
        PropertyView(
            property_label(catalog.labels, name).other_end,
            tuple(claim_view(catalog, end.claim, end.card.id) for end in ends),
            held=True,
        )
        for name, ends in groupby(catalog.held.get(card.id, ()), key=name_of)
    )


def claim_view(catalog: Catalog, claim: Claim, other: str | None) -> ClaimView:
    """Return a claim as seen from the end opposite to the card `other`."""
    card = catalog.cards.get(other or "")
    reports = {evidence.article for evidence in claim.evidence}
    return ClaimView(
        value=claim.value if card or claim.value else other,
        of=card_link(card) if card else None,
        date=date_label(claim.date),
        quotes=tuple(make_quote(catalog, evidence) for evidence in claim.evidence),
        reports=len(reports),
        independent=count_stories(catalog, reports),
    )


def count_stories(catalog: Catalog, ids: Iterable[str]) -> int:
    """Return how many stories some articles carry: a wire text and its copies are one."""
    articles = {id: catalog.articles.get(id) for id in ids}
    return len({min((id, *(card.same_as if card else ()))) for id, card in articles.items()})


def dispute_views(catalog: Catalog, disputes: Iterable[Dispute]) -> tuple[DisputeView, ...]:
    """Return disputes as pages show them."""
    return tuple(dispute_view(catalog, dispute) for dispute in disputes)


def dispute_view(catalog: Catalog, dispute: Dispute) -> DisputeView:
    """Return sources that differ, each answer with the quotes for it, in the card's order."""
    conflict = dispute.conflict
    quotes = defaultdict(list)
    for answer, evidence in zip(conflict.between, conflict.evidence, strict=False):
        quotes[answer].append(make_quote(catalog, evidence))
    sides = []
    for answer in dict.fromkeys(conflict.between):
        card = catalog.cards.get(answer)
        sides.append(Side(card_link(card) if card else answer, tuple(quotes[answer])))
    label = property_label(catalog.labels, conflict.property)
    return DisputeView(card_link(dispute.card), label.label, conflict.value, tuple(sides))


# --- timeline, related, mentions


def events(
    catalog: Catalog,
    entries: Iterable[TimelineEntry],
    about: dict[tuple[str, str, int], tuple[Link, ...]] | None = None,
) -> tuple[Event, ...]:
    """Return dated sentences in time order; `about` says which cards each one is about."""
    ordered = sorted(entries, key=lambda e: (edtf.sort_key(e.date), e.article, e.sentence))
    return tuple(
        Event(
            date=edtf.label(entry.date),
            quote=make_quote(catalog, entry),
            cards=(about or {}).get((entry.date, entry.article, entry.sentence), ()),
        )
        for entry in ordered
    )


def related_views(catalog: Catalog, card: Card) -> tuple[RelatedView, ...]:
    """Return the cards most often named together with this one."""
    return tuple(
        RelatedView(card_link(catalog.cards[other.id]), other.articles, other.sentences)
        for other in card.related
        if other.id in catalog.cards
    )


def mention_groups(catalog: Catalog, card: Card) -> tuple[MentionGroup, ...]:
    """Return where a card is named, newest article first."""
    found: defaultdict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for mention in card.mentions:
        if mention.article in catalog.articles:
            names = found[mention.article].get(mention.sentence, ())
            found[mention.article][mention.sentence] = (*names, *mention.names)
    newest = newest_first(catalog.articles[id] for id in found)
    return tuple(mention_group(catalog, article, found[article.id]) for article in newest)


def mention_group(
    catalog: Catalog, article: ArticleCard, sentences: dict[int, tuple[str, ...]]
) -> MentionGroup:
    """Return the first sentences of an article that name a card, as far as they are shown."""
    quotes = [
        quote
        for number, names in sorted(sentences.items())
        if (quote := sentence_quote(catalog, article.id, number, names))
    ][:MENTIONS]
    return MentionGroup(article_row(article), tuple(quotes), len(sentences) - len(quotes))


def newest_first(articles: Iterable[ArticleCard]) -> list[ArticleCard]:
    """Return articles by the day they were published, else saved; the undated stand last."""
    ordered = sorted(articles, key=lambda article: article.id)
    return sorted(ordered, key=_day, reverse=True)


def _day(article: ArticleCard) -> str:
    return (edtf.bounds(article.published or article.page_date or "") or ("", ""))[0]
