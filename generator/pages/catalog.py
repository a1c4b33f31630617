"""Everything the pages look up, computed once: addresses, names, other ends, what may be quoted."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.curation import ClaimKey, accepted_claims
from generator.editions import left_cards
from generator.model import (
    FOLDERS,
    Article,
    ArticleCard,
    Card,
    Claim,
    Conflict,
    Decision,
    Evidence,
    Knowledge,
    TimelineEntry,
    Unseen,
)
from generator.pages.labels import Labels, property_label


@dataclass(frozen=True, slots=True)
class Held:
    """A claim seen from its other end: the card that makes it, and the claim."""

    card: Card
    claim: Claim


@dataclass(frozen=True, slots=True)
class Dispute:
    """Sources that differ about a card."""

    card: Card
    conflict: Conflict


@dataclass(frozen=True, slots=True)
class Catalog:
    """Cards and articles by id, and the links between them, each list in its final order.

    `claims` leaves out what is withheld. `quotable` holds the sentences that may be shown
    of each article, `words` the text of those sentences as far as it is at hand. `unseen` is
    what those sentences hold that nobody sees, its offsets counted from the sentence's start.
    `outside` are the names of the cards that this edition leaves out.
    """

    cards: Mapping[str, Card]
    articles: Mapping[str, ArticleCard]
    texts: Mapping[str, Article]
    labels: Labels
    claims: Mapping[str, tuple[Claim, ...]]
    held: Mapping[str, tuple[Held, ...]]
    disputes: tuple[Dispute, ...]
    disputed: Mapping[str, tuple[Dispute, ...]]
    involved: Mapping[str, tuple[Dispute, ...]]
    quotable: Mapping[str, frozenset[int]]
    words: Mapping[tuple[str, int], str]
    names: Mapping[tuple[str, int], Mapping[str, Card]]
    unseen: Mapping[tuple[str, int], tuple[Unseen, ...]]
    outside: Mapping[str, str]


def build_catalog(
    knowledge: Knowledge,
    texts: Mapping[str, Article],
    labels: Labels,
    decisions: Iterable[Decision] = (),
) -> Catalog:
    """Return the catalog of one knowledge base; `texts` may hold any part of its articles."""
    left = left_cards(knowledge)
    accepted = accepted_claims(decisions, (*knowledge.cards, *left))
    cards = {card.id: card for card in sorted(knowledge.cards, key=lambda card: card.id)}
    articles = {card.id: card for card in sorted(knowledge.articles, key=lambda card: card.id)}
    claims = {card.id: shown_claims(card, labels, accepted) for card in cards.values()}
    disputes = shown_disputes(cards.values(), labels)
    quoted = quoted_sentences(cards.values(), articles.values(), claims, disputes)
    ours: defaultdict[str, set[int]] = defaultdict(set)
    for id, number in quoted:
        ours[id].add(number)
    quotable = {
        id: quotable_sentences(articles[id], texts.get(id), ours.get(id, set())) for id in articles
    }
    return Catalog(
        cards=cards,
        articles=articles,
        texts=texts,
        labels=labels,
        claims=claims,
        held=held_claims(cards, claims, labels),
        disputes=disputes,
        disputed=disputes_by_card(disputes),
        involved=involved_disputes(disputes),
        quotable=quotable,
        words=known_words(texts, quoted, quotable),
        names=names_by_sentence(cards.values()),
        unseen=unseen_by_sentence(texts),
        outside={card.id: card.name for card in left},
    )


def name_of(catalog: Catalog, id: str | None) -> str | None:
    """Return the name of the card that a claim points at, left out or not."""
    card = catalog.cards.get(id or "")
    return card.name if card else catalog.outside.get(id or "")


# --- addresses


def card_uri(card: Card | ArticleCard) -> str:
    """Return the Markdown file of a card, below the pages folder."""
    folder = "articles" if isinstance(card, ArticleCard) else FOLDERS[card.type]
    return f"{folder}/{card.id}.md"


def sentence_uri(catalog: Catalog, article: str, sentence: int) -> str:
    """Return the address of a sentence; of its article, where the sentence is not shown."""
    uri = f"articles/{article}.md"
    return f"{uri}#s{sentence}" if sentence in catalog.quotable.get(article, ()) else uri


# --- claims and conflicts


def shown_claims(card: Card, labels: Labels, accepted: frozenset[ClaimKey]) -> tuple[Claim, ...]:
    """Return a card's claims in the schema's order, without sensitive ones no editor accepted."""
    shown = [
        claim
        for claim in card.claims
        if not property_label(labels, claim.property).sensitive
        or (card.id, claim.property, claim.value, claim.of) in accepted
    ]
    return tuple(sorted(shown, key=lambda claim: claim_order(labels, claim)))


def claim_order(labels: Labels, claim: Claim) -> tuple[int, str, int, str, str, str]:
    """Return where a claim stands among others: by property, most evidence first, then words."""
    label = property_label(labels, claim.property)
    words = (claim.value or "", claim.of or "", claim.date or "")
    return (label.order, claim.property, -len(claim.evidence), *words)


def held_claims(
    cards: Mapping[str, Card], claims: Mapping[str, tuple[Claim, ...]], labels: Labels
) -> dict[str, tuple[Held, ...]]:
    """Return, for every card that claims point at, those claims."""
    held: defaultdict[str, list[Held]] = defaultdict(list)
    for id, card in cards.items():
        for claim in claims[id]:
            if claim.of and claim.of in cards and claim.of != id:
                held[claim.of].append(Held(card, claim))
    return {
        id: tuple(sorted(ends, key=lambda end: (*claim_order(labels, end.claim), end.card.id)))
        for id, ends in held.items()
    }


def shown_disputes(cards: Iterable[Card], labels: Labels) -> tuple[Dispute, ...]:
    """Return every conflict that may be shown, by the name of the card it is about."""
    found = [
        Dispute(card, conflict)
        for card in cards
        for conflict in card.conflicts
        if not property_label(labels, conflict.property).sensitive
    ]
    return tuple(sorted(found, key=lambda d: (d.card.name.casefold(), d.card.id)))


def disputes_by_card(disputes: Iterable[Dispute]) -> dict[str, tuple[Dispute, ...]]:
    """Return the conflicts about each card that has any."""
    by_card: defaultdict[str, list[Dispute]] = defaultdict(list)
    for dispute in disputes:
        by_card[dispute.card.id].append(dispute)
    return {id: tuple(found) for id, found in by_card.items()}


def involved_disputes(disputes: Iterable[Dispute]) -> dict[str, tuple[Dispute, ...]]:
    """Return, for every card that a conflict on another card names, those conflicts."""
    involved: defaultdict[str, list[Dispute]] = defaultdict(list)
    for dispute in disputes:
        for id in sorted(set(dispute.conflict.between) - {dispute.card.id}):
            involved[id].append(dispute)
    return {id: tuple(found) for id, found in involved.items()}


def names_by_sentence(cards: Iterable[Card]) -> dict[tuple[str, int], dict[str, Card]]:
    """Return, for every (article, sentence), the names in it and the card each belongs to."""
    found: defaultdict[tuple[str, int], dict[str, Card]] = defaultdict(dict)
    for card in cards:
        for mention in card.mentions:
            for name in mention.names:
                found[mention.article, mention.sentence].setdefault(name, card)
    return dict(found)


# --- what may be shown of an article

Quoted = dict[tuple[str, int], str]


def quoted_sentences(
    cards: Iterable[Card],
    articles: Iterable[ArticleCard],
    claims: Mapping[str, tuple[Claim, ...]],
    disputes: Iterable[Dispute],
) -> Quoted:
    """Return each (article, sentence) that pages quote, with the longest quote of it."""
    quoted: Quoted = {}
    quotes: list[Evidence | TimelineEntry] = []
    for card in cards:
        quotes += [card.summary] if card.summary else []
        quotes += card.timeline
        quotes += [evidence for claim in claims[card.id] for evidence in claim.evidence]
    quotes += [entry for article in articles for entry in article.timeline]
    quotes += [evidence for dispute in disputes for evidence in dispute.conflict.evidence]
    for said in quotes:
        place = (said.article, said.sentence)
        quoted[place] = max(quoted.get(place, ""), said.quote, key=lambda text: (len(text), text))
    return quoted


def quotable_sentences(
    card: ArticleCard, article: Article | None, ours: set[int]
) -> frozenset[int]:
    """Return the numbers of the sentences that may be shown, by the article's `publish`.

    `ours` are those of its sentences that pages quote.
    """
    if card.publish == "none":
        return frozenset()
    if article is None:
        return frozenset(ours | {1})
    every = {sentence.number for sentence in article.sentences}
    if card.publish == "full":
        return frozenset(every)
    near = {number + step for number in ours for step in (-1, 0, 1)}
    return frozenset((near | {1}) & every)


def known_words(
    texts: Mapping[str, Article], quoted: Quoted, quotable: Mapping[str, frozenset[int]]
) -> dict[tuple[str, int], str]:
    """Return the words of each sentence that may be shown: the text's, else the longest quote."""
    words = {
        place: quote for place, quote in quoted.items() if place[1] in quotable.get(place[0], ())
    }
    for id in sorted(set(texts) & set(quotable)):
        for sentence in texts[id].sentences:
            if sentence.number in quotable[id]:
                words[id, sentence.number] = texts[id].text[sentence.start : sentence.end]
    return words


def unseen_by_sentence(
    texts: Mapping[str, Article],
) -> dict[tuple[str, int], tuple[Unseen, ...]]:
    """Return what each sentence holds that nobody sees."""
    found: defaultdict[tuple[str, int], list[Unseen]] = defaultdict(list)
    for article in texts.values():
        starts = [sentence.start for sentence in article.sentences]
        for mark in article.unseen:
            sentence = article.sentences[max(bisect_right(starts, mark.offset) - 1, 0)]
            place = (article.id, sentence.number)
            found[place].append(Unseen(mark.offset - sentence.start, mark.chars))
    return {place: tuple(marks) for place, marks in found.items()}
