"""Is the knowledge base sound? Every fault of the cards, each with file, line and a way out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator import edtf, names
from generator.cards.card_files import card_text, card_uri
from generator.cards.scalars import quoted
from generator.cards.schema import Schema
from generator.model import Article, ArticleCard, Card, Claim, Evidence, Knowledge, Problem

Texts = Mapping[str, Article]
AnyCard = Card | ArticleCard

# What only the extraction can have got wrong: nothing a person can mend by hand.
_REBUILD = "build again with the article at hand; if it stays, report it with the article"


@dataclass(frozen=True, slots=True)
class World:
    """All that a check looks at: cards by id, the articles' texts by id if at hand, the schema."""

    cards: Mapping[str, Card]
    articles: Mapping[str, ArticleCard]
    texts: Texts
    schema: Schema

    def __contains__(self, id: str) -> bool:
        return id in self.cards or id in self.articles


def check(knowledge: Knowledge, texts: Texts | None, schema: Schema) -> tuple[Problem, ...]:
    """Return every fault of the cards, sorted; quotes are checked if `texts` are given."""
    world = World(
        {card.id: card for card in knowledge.cards},
        {card.id: card for card in knowledge.articles},
        texts or {},
        schema,
    )
    cards: tuple[AnyCard, ...] = (*knowledge.cards, *knowledge.articles)
    problems = [*schema.problems, *_same_ids(cards), *_same_names(knowledge.cards)]
    for card in cards:
        for rule in _ANY_RULES:
            problems += rule(card, world)
    for card in knowledge.cards:
        for entity_rule in _ENTITY_RULES:
            problems += entity_rule(card, world)
    return tuple(sorted(set(problems)))


# --- all cards together


def _same_ids(cards: Iterable[AnyCard]) -> Iterator[Problem]:
    """Yield a fault for every two addresses that one folder on Windows or a Mac can't hold."""
    taken: dict[str, AnyCard] = {}
    for card in cards:
        other = taken.setdefault(card.id.casefold(), card)
        if other is not card:
            todo = "ids are unique over all folders and without regard to case: rename one"
            yield _problem(card, "id", f"the id {card.id!r} is also {card_uri(other)}'s", todo)


def _same_names(cards: Iterable[Card]) -> Iterator[Problem]:
    """Yield a fault for every two cards of one kind that readers can't tell apart."""
    bearers: dict[tuple[str, str], list[Card]] = defaultdict(list)
    for card in cards:
        bearers[card.type, names.key(card.name)].append(card)
    for twins in bearers.values():
        for card in twins[1:]:
            what = f"{twins[0].id} and {card.id} are both called {card.name!r}"
            todo = (
                f"if they are one, curate `merge: [{twins[0].id}, {card.id}]`; "
                f"if not, `rename: {{{card.id}: …}}`"
            )
            yield _problem(card, "name", what, todo)


# --- any card


def _bad_id(card: AnyCard, world: World) -> Iterator[Problem]:
    if names.slug(card.id) != card.id or not card.id:
        todo = f"an id is lower-case ASCII words with hyphens: {names.slug(card.id) or 'name-it'}"
        yield _problem(card, "id", f"{card.id!r} can't be an address", todo)


def _bad_dates(card: AnyCard, world: World) -> Iterator[Problem]:
    dates = [entry.date for entry in card.timeline]
    if isinstance(card, Card):
        dates += [claim.date for claim in card.claims if claim.date]
    else:
        dates += [date for date in (card.published, card.page_date) if date]
    for date in dates:
        if not edtf.is_valid(date):
            todo = "write it as EDTF: 2025-05-09, 2025-06?, XXXX-05-26, 2024-05/2024-08"
            yield _problem(card, date, f"{date!r} is no date", todo)


def _dead_references(card: AnyCard, world: World) -> Iterator[Problem]:
    for role, id in sorted(set(_references(card))):
        if id not in (world.articles if role in _ARTICLE_ROLES else world):
            kind = "article" if role in _ARTICLE_ROLES else "card"
            todo = "correct the id, or build again"
            yield _problem(card, id, f"{role} {id!r} leads to no {kind}", todo)


_ARTICLE_ROLES = frozenset(["article", "same_as"])


def _references(card: AnyCard) -> Iterator[tuple[str, str]]:
    """Yield what a card points at: the key that says so, and the id."""
    yield from (("article", entry.article) for entry in card.timeline)
    if isinstance(card, ArticleCard):
        yield from (("entities", id) for id in card.entities)
        yield from (("same_as", id) for id in card.same_as)
        return
    yield from (("of", claim.of) for claim in card.claims if claim.of)
    yield from (("related", related.id) for related in card.related)
    yield from (("article", mention.article) for mention in card.mentions)
    yield from (("article", evidence.article) for evidence in _evidence(card))


def _wrong_quotes(card: AnyCard, world: World) -> Iterator[Problem]:
    """Yield a fault for every quote that isn't, white space apart, in its sentence."""
    quotes = [Evidence(e.article, e.sentence, e.quote) for e in card.timeline]
    if isinstance(card, Card):
        quotes += _evidence(card)
    for evidence in quotes:
        what = _quote_fault(evidence, world.texts)
        if what:
            yield _problem(card, quoted(evidence.quote), what, _REBUILD)


def _quote_fault(evidence: Evidence, texts: Texts) -> str | None:
    article = texts.get(evidence.article)
    if article is None:
        return None
    place = f"sentence {evidence.sentence} of {evidence.article}"
    words = _sentence(article, evidence.sentence)
    if words is None:
        return f"there is no {place}"
    if not evidence.quote.strip() or _flat(evidence.quote) not in _flat(words):
        return f"{place} doesn't hold the words {_short(evidence.quote)!r}"
    return None


# --- entities' cards


def _against_schema(card: Card, world: World) -> Iterator[Problem]:
    for claim in card.claims:
        for what, todo in _claim_faults(claim, card, world):
            yield _problem(card, f"property: {claim.property}", what, todo)
    for conflict in card.conflicts:
        if conflict.property not in world.schema.properties:
            yield _problem(card, "conflicts:", *_unknown_property(conflict.property, world))


def _claim_faults(claim: Claim, card: Card, world: World) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a claim, and what to do."""
    known = world.schema.properties.get(claim.property)
    if known is None:
        yield _unknown_property(claim.property, world)
        return
    if card.type not in known.domain:
        yield (
            f"{claim.property} is said of {_or(known.domain)}, not of {_a(card.type)}",
            "check the card's type, or widen the property's domain in the schema",
        )
    if not claim.value and not claim.of:
        yield f"{claim.property} says nothing", "give it a value, an `of`, or both"
    if claim.value and not claim.of and not known.literal:
        yield f"{claim.property} needs the id of {_or(known.range)} in `of`", "name the card"
    other = world.cards.get(claim.of or "")
    if other and other.type not in known.range:
        yield (
            f"{claim.property} leads to {_or(known.range) or 'no card'}, not to {_a(other.type)}"
            f" ({other.id})",
            "check that card's type, or widen the property's range in the schema",
        )


def _unknown_property(name: str, world: World) -> tuple[str, str]:
    known = ", ".join(world.schema.properties)
    return f"the schema has no property {name!r}", f"use one of {known}, or add it to the schema"


def _without_evidence(card: Card, world: World) -> Iterator[Problem]:
    """Yield a fault for every claim nobody is quoted for; what an editor claims may stand."""
    for claim in card.claims:
        if not claim.evidence and "claims" not in card.curated:
            what = f"nobody is quoted for {claim.property} {claim.value or claim.of!r}"
            yield _problem(card, f"property: {claim.property}", what, _REBUILD)


def _uneven_conflicts(card: Card, world: World) -> Iterator[Problem]:
    for conflict in card.conflicts:
        sides, quotes = len(conflict.between), len(conflict.evidence)
        if sides != quotes or sides < 2:
            what = f"a conflict about {conflict.property} has {sides} sides and {quotes} quotes"
            todo = "give one quote for each of two or more in `between`"
            yield _problem(card, "conflicts:", what, todo)


def _orphans(card: Card, world: World) -> Iterator[Problem]:
    if not (card.mentions or card.claims or card.curated):
        todo = "build again, or delete the file"
        yield _problem(card, "id", "no article names it, and no editor added it", todo)


_ANY_RULES: tuple[Callable[[AnyCard, World], Iterator[Problem]], ...] = (
    _bad_id,
    _bad_dates,
    _dead_references,
    _wrong_quotes,
)
_ENTITY_RULES: tuple[Callable[[Card, World], Iterator[Problem]], ...] = (
    _against_schema,
    _without_evidence,
    _uneven_conflicts,
    _orphans,
)


# --- helpers


def _evidence(card: Card) -> list[Evidence]:
    """Return every quote a card rests on, its timeline's apart."""
    quotes = [card.summary] if card.summary else []
    quotes += [evidence for claim in card.claims for evidence in claim.evidence]
    return quotes + [evidence for conflict in card.conflicts for evidence in conflict.evidence]


def _sentence(article: Article, number: int) -> str | None:
    if not 1 <= number <= len(article.sentences):
        return None
    sentence = article.sentences[number - 1]
    return article.text[sentence.start : sentence.end]


def _problem(card: AnyCard, words: str, what: str, todo: str) -> Problem:
    """Return a Problem at the first line of the card's file that holds `words`."""
    lines = card_text(card).splitlines()
    line = next((number for number, line in enumerate(lines, 1) if words in line), 1)
    return Problem(f"cards/{card_uri(card)}", line, what, todo)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:59]}…"


def _a(kind: str) -> str:
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def _or(kinds: tuple[str, ...]) -> str:
    return " or ".join(_a(kind) for kind in kinds)
