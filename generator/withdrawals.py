"""Why a claim, a card or an article is no longer there, as far as that can be told.

The reasons are `retracted` (the article was), `removed` (the article was), `edited` (the article
no longer says so), `decided` (by editors), and nothing where the same words are read otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from generator import names
from generator.model import ArticleCard, Card, Claim, Decision, Evidence, Knowledge

RETRACTED, REMOVED, EDITED, DECIDED = "retracted", "removed", "edited", "decided"
# Of several reasons the first is told.
ORDER = (DECIDED, RETRACTED, REMOVED, EDITED)


@dataclass(frozen=True, slots=True)
class Situation:
    """How things stand after a build: articles, their texts with single spaces, decisions."""

    articles: Mapping[str, ArticleCard] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    cards: Mapping[str, Card] = field(default_factory=dict)
    decisions: tuple[Decision, ...] = ()


def make_situation(
    after: Knowledge, decisions: Iterable[Decision], texts: Mapping[str, str]
) -> Situation:
    """Return what reasons are looked for in; `texts` may lack any of the articles."""
    return Situation(
        {card.id: card for card in after.articles},
        {id: " ".join(text.split()) for id, text in texts.items()},
        {card.id: card for card in after.cards},
        tuple(decisions),
    )


def why_claim(card: Card, claim: Claim, now: Situation) -> str:
    """Return why a card's claim is gone; `card` is as it was."""
    found = {_why_evidence(evidence, now) for evidence in claim.evidence}
    if not claim.evidence or _is_retracted(card, claim, now) or _is_retyped(card, now):
        found.add(DECIDED)
    return next((reason for reason in ORDER if reason in found), "")


def why_card(card: Card, now: Situation) -> str:
    """Return why a card is gone; `card` is as it was."""
    if _is_dropped(card, now) or not card.mentions:
        return DECIDED
    left = {mention.article for mention in card.mentions} & now.articles.keys()
    if not left:
        return REMOVED
    said = {(m.article, name) for m in card.mentions for name in m.names if m.article in left}
    known = all(article in now.texts for article in left)
    return EDITED if known and not any(name in now.texts[a] for a, name in said) else ""


def _why_evidence(evidence: Evidence, now: Situation) -> str:
    if not evidence.article:
        return DECIDED
    article = now.articles.get(evidence.article)
    if article is None:
        return REMOVED
    if article.retracted:
        return RETRACTED
    text = now.texts.get(evidence.article)
    return EDITED if text is not None and " ".join(evidence.quote.split()) not in text else ""


def _is_retracted(card: Card, claim: Claim, now: Situation) -> bool:
    """Return whether an editor took the claim back."""
    return any(
        decision.kind == "retract"
        and decision.value["property"] == claim.property
        and _is_called(str(decision.value["who"]), card)
        for decision in now.decisions
    )


def _is_retyped(card: Card, now: Situation) -> bool:
    after = now.cards.get(card.id)
    return after is not None and after.type != card.type and "type" in after.curated


def _is_dropped(card: Card, now: Situation) -> bool:
    drops = (decision.value for decision in now.decisions if decision.kind == "drop")
    # A whole card is dropped by its id or its own name, not by an alias.
    return any(_is_called(str(word), replace(card, aliases=())) for drop in drops for word in drop)


def _is_called(word: str, card: Card) -> bool:
    ids = (card.id, *card.former_ids)
    return word in ids or names.key(word) in map(names.key, (card.name, *card.aliases))


def first_quotes(found: Sequence[Evidence], count: int) -> tuple[Evidence, ...]:
    """Return the first sentences among quotes, each as long as it is quoted anywhere."""
    longest: dict[int, Evidence] = {}
    for evidence in found:
        known = longest.get(evidence.sentence)
        if known is None or (len(evidence.quote), evidence) > (len(known.quote), known):
            longest[evidence.sentence] = evidence
    return tuple(longest[number] for number in sorted(longest)[:count])
