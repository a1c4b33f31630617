"""What may be handed on, chosen once for all formats: entities, claims, who is named where.

The caller says which claims may be shown. Quotes of articles that may not be quoted are left
out here, so no format has to think of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from generator import edtf
from generator.editions import left_cards
from generator.exports.texts import clean, tidy_text, web_url
from generator.model import FOLDERS, ArticleCard, Card, CardMention, Claim, Evidence, Knowledge
from generator.names import short_hash


@dataclass(frozen=True, slots=True)
class Source:
    """One piece of evidence; `article` is empty where an editor vouches for the claim.

    `quote` is None where the article's words may not be shown.
    """

    article: str
    sentence: int
    quote: str | None


@dataclass(frozen=True, slots=True)
class Statement:
    """A claim as it is handed on: whose it is, what it says, and on what evidence.

    `id` depends on nothing but what the claim says. `of` is the id of a card, `answer` the
    claim's value in words, `text` all of it as one line; `is_link` if it ties two entities.
    `articles` are those that say it, each once.
    """

    id: str
    entity: str
    property: str
    label: str
    value: str | None
    of: str | None
    date: str | None
    answer: str
    text: str
    is_link: bool
    sources: tuple[Source, ...]
    articles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is of everything: the same in every format."""

    entities: int
    claims: int
    links: int
    mentions: int
    articles: int


@dataclass(frozen=True, slots=True)
class Dataset:
    """Everything that is handed on, each part in its final order.

    `site` is the address of the site, with a slash at its end, or empty. `named` holds each
    pair of an entity and an article that names it, with the sentences that do.
    """

    site: str
    entities: Mapping[str, Card]
    articles: Mapping[str, ArticleCard]
    claims: tuple[Statement, ...]
    named: Mapping[tuple[str, str], tuple[CardMention, ...]]


def make_dataset(
    knowledge: Knowledge,
    claims: Mapping[str, Iterable[Claim]],
    labels: Mapping[str, str],
    site: str = "",
) -> Dataset:
    """Return what may be handed on of a knowledge base.

    `claims` are those that may be shown, by card id; `labels` what properties are called.
    """
    entities = {card.id: _clean_card(card) for card in sorted(knowledge.cards, key=_id)}
    articles = {card.id: _clean_article(card) for card in sorted(knowledge.articles, key=_id)}
    outside = {card.id: clean(card.name) or card.id for card in left_cards(knowledge)}
    made = _statements(entities, articles, claims, labels, outside)
    return Dataset(
        site=f"{site.rstrip('/')}/" if web_url(site) else "",
        entities=entities,
        articles=articles,
        claims=tuple(sorted(made, key=lambda claim: (claim.entity, claim.id))),
        named=_named(entities.values(), articles),
    )


def count(dataset: Dataset) -> Counts:
    """Return how much a dataset holds."""
    return Counts(
        entities=len(dataset.entities),
        claims=len(dataset.claims),
        links=sum(claim.is_link for claim in dataset.claims),
        mentions=len(dataset.named),
        articles=len(dataset.articles),
    )


def address(card: Card | ArticleCard) -> str:
    """Return where a card's page is, below the site: 'people/sergei-shoigu.html'."""
    kind = card.type if isinstance(card, Card) else "article"
    return f"{FOLDERS[kind]}/{card.id}.html"


# --- claims


def _statements(
    entities: Mapping[str, Card],
    articles: Mapping[str, ArticleCard],
    claims: Mapping[str, Iterable[Claim]],
    labels: Mapping[str, str],
    outside: Mapping[str, str],
) -> Iterator[Statement]:
    """Yield every claim once; what two lines of a card say alike is one claim."""
    evidence: dict[tuple[str | None, ...], list[Evidence]] = {}
    for id in entities:
        for claim in claims.get(id, ()):
            told = (id, claim.property, claim.value, claim.of, claim.date)
            evidence.setdefault(told, []).extend(claim.evidence)
    for (entity, property, value, of, date), found in evidence.items():
        assert entity and property
        sources = tuple(dict.fromkeys(_source(said, articles) for said in found))
        claim = Claim(property, value, of, date, ())
        words = _words(claim, entities, outside)
        label = labels.get(property, property.replace("_", " ").capitalize())
        yield _statement(entities, entity, claim, words, label, sources)


def _statement(
    entities: Mapping[str, Card],
    entity: str,
    claim: Claim,
    value: str | None,
    label: str,
    sources: tuple[Source, ...],
) -> Statement:
    other = entities.get(claim.of or "")
    answer = ", ".join(part for part in (value, other.name if other else None) if part)
    when = f" ({edtf.label(claim.date)})" if claim.date else ""
    return Statement(
        id=short_hash(entity, claim.property, claim.value, claim.of, claim.date),
        entity=entity,
        property=claim.property,
        label=label,
        value=value,
        of=other.id if other else None,
        date=claim.date,
        answer=answer,
        text=f"{entities[entity].name}: {label}: {answer}{when}",
        is_link=other is not None and other.id != entity,
        sources=sources,
        articles=tuple(dict.fromkeys(source.article for source in sources if source.article)),
    )


def _words(claim: Claim, entities: Mapping[str, Card], outside: Mapping[str, str]) -> str | None:
    """Return a claim's value, with the name of what it points at if that isn't handed on."""
    if name := outside.get(claim.of or ""):
        return ", ".join(part for part in (clean(claim.value or ""), name) if part)
    # What has no card is known by its id alone.
    return clean(claim.value or ("" if claim.of in entities else claim.of) or "") or None


def _source(said: Evidence, articles: Mapping[str, ArticleCard]) -> Source:
    """Return a piece of evidence, wordless where the article is not to be quoted."""
    article = articles.get(said.article)
    # Without an article it is an editor's own word.
    may_quote = article.publish != "none" if article else not said.article
    return Source(said.article, said.sentence, tidy_text(said.quote) if may_quote else None)


# --- cards


def _id(card: Card | ArticleCard) -> str:
    return card.id


def _clean_card(card: Card) -> Card:
    aliases = dict.fromkeys(clean(alias) for alias in card.aliases)
    return replace(
        card,
        name=clean(card.name) or card.id,
        aliases=tuple(alias for alias in aliases if alias),
        description=tidy_text(card.description),
    )


def _clean_article(card: ArticleCard) -> ArticleCard:
    """Return an article's card; of one that is not to be shown, title, source and dates only."""
    shown = card.publish != "none"
    return replace(
        card,
        title=clean(card.title) or card.id,
        source=tidy_text(card.source),
        author=tidy_text(card.author) if shown else None,
        section=tidy_text(card.section) if shown else None,
        url=web_url(card.url) if shown else None,
        lang=tidy_text(card.lang),
        entities=(),
        timeline=(),
    )


def _named(
    cards: Iterable[Card], articles: Mapping[str, ArticleCard]
) -> dict[tuple[str, str], tuple[CardMention, ...]]:
    """Return by (entity, article) the sentences that name the entity, in order."""
    found: dict[tuple[str, str], list[CardMention]] = {}
    for card in cards:
        for mention in card.mentions:
            if mention.article in articles:
                cleaned = replace(mention, names=tuple(clean(name) for name in mention.names))
                found.setdefault((card.id, mention.article), []).append(cleaned)
    return {
        pair: tuple(sorted(found[pair], key=lambda mention: (mention.sentence, mention.names)))
        for pair in sorted(found)
    }
