"""The part of the cards that a site publishes: whole in itself, the rest known by name.

Cards on disk are not touched by it. What is left out has no page, no line in a list, no place in
a picture and no row in the downloads; where a claim, a quote or a dispute names it, its name
stands as words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator import edtf
from generator.changes import Change, Release
from generator.model import (
    ArticleCard,
    Card,
    Claim,
    Conflict,
    Evidence,
    Knowledge,
    Problem,
    Selection,
)
from generator.related import find_related
from generator.selections import span


@dataclass(frozen=True, slots=True)
class Counts:
    """How much an edition shows, and of how much."""

    cards: int
    all_cards: int
    articles: int
    all_articles: int


def make_edition(knowledge: Knowledge, selection: Selection) -> Knowledge:
    """Return what is published of the cards; all of them where nothing is selected.

    Articles are those of a span of time, of these the `newest`. Entities are those that these
    articles name, of some kinds, in so many articles at least, of these the `top`. Where entities
    are chosen, an article that names none of them is left out. Evidence from other articles
    goes, and what rests on nothing else with it.
    """
    if selection == Selection():
        return knowledge
    articles = choose_articles(knowledge.articles, selection)
    chosen = choose_cards(knowledge.cards, articles.keys(), selection)
    if _chooses_cards(selection):
        named = {mention.article for card in chosen for mention in card.mentions}
        articles = {id: card for id, card in articles.items() if id in named}
    names = {card.id: card.name for card in knowledge.cards}
    cards = {card.id for card in chosen}
    trimmed = _with_related([_trimmed(card, articles, cards, names) for card in chosen])
    left: tuple[Card | ArticleCard, ...] = (
        *(card for card in knowledge.cards if card.id not in cards),
        *(card for card in knowledge.articles if card.id not in articles),
    )
    return Knowledge(trimmed, tuple(_closed(a, articles, cards) for a in articles.values()), left)


def _chooses_cards(selection: Selection) -> bool:
    return bool(selection.kinds or selection.top or selection.min_articles > 1)


# --- choosing


def choose_articles(
    articles: Iterable[ArticleCard], selection: Selection
) -> dict[str, ArticleCard]:
    """Return the articles that can be of the span, by id; of these the newest, if so many only.

    An article is of the day it was published, or saved where no more is known. One without
    a day is of no span, and older than all others.
    """
    found = list(articles)
    if selection.since or selection.until:
        found = [article for article in found if _overlaps(_days(article), span(selection))]
    ordered = sorted(found, key=lambda article: article.id)
    ordered.sort(key=lambda article: _days(article)[0], reverse=True)
    kept = {article.id for article in ordered[: selection.newest]}
    return {article.id: article for article in found if article.id in kept}


def _days(article: ArticleCard) -> tuple[str, str]:
    return edtf.bounds(article.published or article.page_date or "") or ("", "")


def _overlaps(days: tuple[str, str], others: tuple[str, str]) -> bool:
    return bool(days[0]) and days[0] <= others[1] and others[0] <= days[1]


def choose_cards(
    cards: Iterable[Card], articles: Collection[str], selection: Selection
) -> tuple[Card, ...]:
    """Return the entities to publish: of these kinds, in so many articles, the most named.

    Of two named in equally many articles, the one of which more is claimed comes first, then
    the one whose id does; what other articles say does not count.
    """
    counts: dict[str, int] = {}
    found = []
    for card in cards:
        if selection.kinds and card.type not in selection.kinds:
            continue
        counts[card.id] = len({m.article for m in card.mentions if m.article in articles})
        if counts[card.id] >= selection.min_articles:
            found.append(card)
    claims = {card.id: len(tuple(_trimmed_claims(card.claims, articles))) for card in found}
    ranked = sorted(found, key=lambda card: (-counts[card.id], -claims[card.id], card.id))
    kept = {card.id for card in ranked[: selection.top]}
    return tuple(card for card in found if card.id in kept)


# --- closing: nothing leads to what is left out


def _trimmed(
    card: Card, articles: Collection[str], cards: Collection[str], names: Mapping[str, str]
) -> Card:
    """Return a card as far as published articles carry it."""
    summary = card.summary
    return replace(
        card,
        summary=summary if summary and _is_kept(summary, articles) else None,
        claims=tuple(_trimmed_claims(card.claims, articles)),
        conflicts=tuple(_trimmed_conflicts(card.conflicts, articles, cards, names)),
        timeline=tuple(entry for entry in card.timeline if entry.article in articles),
        mentions=tuple(mention for mention in card.mentions if mention.article in articles),
    )


def _is_kept(said: Evidence, articles: Collection[str]) -> bool:
    """Return whether evidence is published; an editor's word has no article."""
    return not said.article or said.article in articles


def _trimmed_claims(claims: Iterable[Claim], articles: Collection[str]) -> Iterator[Claim]:
    """Yield the claims that have evidence left; they stay what they are, `of` as well."""
    for claim in claims:
        kept = tuple(said for said in claim.evidence if _is_kept(said, articles))
        if kept or not claim.evidence:
            yield claim if len(kept) == len(claim.evidence) else replace(claim, evidence=kept)


def _trimmed_conflicts(
    conflicts: Iterable[Conflict],
    articles: Collection[str],
    cards: Collection[str],
    names: Mapping[str, str],
) -> Iterator[Conflict]:
    """Yield the conflicts that still have two sides, those without a page by their names."""
    for conflict in conflicts:
        sides = zip(conflict.between, conflict.evidence, strict=False)
        kept = [(answer, said) for answer, said in sides if _is_kept(said, articles)]
        if len({answer for answer, _ in kept}) > 1:
            between = tuple(a if a in cards else names.get(a, a) for a, _ in kept)
            yield replace(conflict, between=between, evidence=tuple(said for _, said in kept))


def _with_related(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return cards with the nearest of each among them, counted in what is published."""
    cards = tuple(cards)
    near = find_related({c.id: {(m.article, m.sentence) for m in c.mentions} for c in cards})
    return tuple(replace(card, related=near[card.id]) for card in cards)


def _closed(article: ArticleCard, articles: Collection[str], cards: Collection[str]) -> ArticleCard:
    return replace(
        article,
        entities=tuple(id for id in article.entities if id in cards),
        same_as=tuple(id for id in article.same_as if id in articles),
    )


# --- what else goes by it


def count(edition: Knowledge) -> Counts | None:
    """Return how much an edition shows, None if that is everything."""
    if not edition.left_out:
        return None
    left = sum(isinstance(card, Card) for card in edition.left_out)
    cards, articles = len(edition.cards), len(edition.articles)
    others = len(edition.left_out) - left
    return Counts(cards, cards + left, articles, articles + others)


def problems(edition: Knowledge) -> tuple[Problem, ...]:
    """Return what is wrong with an edition: nothing to publish is no site."""
    if edition.cards or edition.articles or not edition.left_out:
        return ()
    what = "publish_only, or the command line, leaves nothing to publish"
    return (Problem("mkdocs.yml", 0, what, "widen the selection", True),)


def left_cards(edition: Knowledge) -> tuple[Card, ...]:
    """Return the entities that are left out."""
    return tuple(card for card in edition.left_out if isinstance(card, Card))


def shown_releases(releases: Iterable[Release], edition: Knowledge) -> tuple[Release, ...]:
    """Return what builds changed, without changes of what is left out or that only it tells."""
    left = frozenset(card.id for card in edition.left_out)
    if not left:
        return tuple(releases)
    return tuple(
        replace(release, changes=tuple(c for c in release.changes if not _is_left(c, left)))
        for release in releases
    )


def _is_left(change: Change, left: frozenset[str]) -> bool:
    told = {said.article for said in change.evidence}
    gone_into = change.of if change.kind == "merged" else None
    return change.card in left or gone_into in left or bool(told and told <= left)
