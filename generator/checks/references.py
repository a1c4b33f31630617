"""What cards point at: it is there, it points back where it should, and somebody points here."""

from __future__ import annotations

from collections.abc import Iterator

from generator.checks.quotes import is_editors
from generator.checks.world import AnyCard, Finding, Path, World
from generator.model import ArticleCard, Card

RELATED = 20  # the most that a card lists
_ARTICLE_KEYS = frozenset(["article", "same_as"])


def dead_references(card: AnyCard, world: World) -> Iterator[Finding]:
    """Yield every id on a card that no card has."""
    for path, key, id in _references(card):
        articles = key in _ARTICLE_KEYS
        if id not in (world.articles if articles else world):
            what = f"{key} {id!r} leads to no {'article' if articles else 'card'}"
            yield Finding(path, what, "correct the id, or build again")


def _references(card: AnyCard) -> Iterator[tuple[Path, str, str]]:
    """Yield what a card points at: where it says so, the key that does, and the id."""
    for n, entry in enumerate(card.timeline):
        yield ("timeline", n, "article"), "article", entry.article
    if isinstance(card, ArticleCard):
        yield from ((("entities", n), "entities", id) for n, id in enumerate(card.entities))
        yield from ((("same_as", n), "same_as", id) for n, id in enumerate(card.same_as))
        return
    if card.summary:
        yield ("summary", "article"), "article", card.summary.article
    for n, claim in enumerate(card.claims):
        if claim.of:
            yield ("claims", n, "of"), "of", claim.of
        for m, evidence in enumerate(claim.evidence):
            if not is_editors(card, evidence):
                yield ("claims", n, "evidence", m, "article"), "article", evidence.article
    for n, conflict in enumerate(card.conflicts):
        for m, evidence in enumerate(conflict.evidence):
            yield ("conflicts", n, "evidence", m, "article"), "article", evidence.article
    yield from ((("related", n, "id"), "related", r.id) for n, r in enumerate(card.related))
    for n, mention in enumerate(card.mentions):
        yield ("mentions", n, "article"), "article", mention.article


def one_sided(card: AnyCard, world: World) -> Iterator[Finding]:
    """Yield what one card says of another that the other doesn't say, and lists that can't be."""
    if isinstance(card, ArticleCard):
        yield from _unanswered_stories(card, world)
        yield from _unnamed_entities(card, world)
    else:
        yield from _unlisted_articles(card, world)
        yield from _odd_related(card)


def _unanswered_stories(card: ArticleCard, world: World) -> Iterator[Finding]:
    for n, id in enumerate(card.same_as):
        other = world.articles.get(id)
        if id == card.id or (other and card.id not in other.same_as):
            what = f"{id} is not said to carry the same story as {card.id}"
            yield Finding(("same_as", n), what, "name each on the other's card, or build again")


def _unnamed_entities(card: ArticleCard, world: World) -> Iterator[Finding]:
    named = world.named.get(card.id, frozenset())
    for n, id in enumerate(card.entities):
        if id in world.cards and id not in named:
            what = f"{id} has no sentence of this article among its mentions"
            yield Finding(("entities", n), what, "take the id out, or build again")


def _unlisted_articles(card: Card, world: World) -> Iterator[Finding]:
    told: set[str] = set()
    for n, mention in enumerate(card.mentions):
        article = world.articles.get(mention.article)
        if article and card.id not in article.entities and article.id not in told:
            told.add(article.id)
            what = f"the article {article.id} doesn't list {card.id} among its entities"
            yield Finding(("mentions", n, "article"), what, "add the id there, or build again")


def _odd_related(card: Card) -> Iterator[Finding]:
    seen: set[str] = set()
    for n, related in enumerate(card.related):
        if related.id == card.id or related.id in seen:
            how = "the card itself" if related.id == card.id else "listed twice"
            what = f"related {related.id!r} is {how}"
            yield Finding(("related", n, "id"), what, "take the line out")
        seen.add(related.id)
    if len(card.related) > RELATED:
        what = f"{len(card.related)} related cards, and {RELATED} is the most"
        yield Finding(("related", RELATED), what, "build again")


def orphans(card: AnyCard, world: World) -> Iterator[Finding]:
    """Yield the card that nothing speaks of: no article, no claim, no editor."""
    if isinstance(card, Card) and not (card.mentions or card.claims or card.curated):
        todo = "build again, or delete the file"
        yield Finding(("id",), "no article names it, and no editor added it", todo)
