"""What the questions are made from: a run's values, and where each name stands."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator import names
from generator.model import (
    Article,
    Card,
    Claim,
    Decision,
    Entity,
    EntityType,
    Extraction,
    Knowledge,
    Mention,
)
from generator.review.questions import Quote
from generator.review.tokens import bearer_tokens


@dataclass(frozen=True, slots=True)
class Helpers:
    """What other rooms know of words: handed in, because no room knows another.

    `spelling_keys` are shared by romanisations of one name, `sound_keys` by people's names that
    sound alike, are turned round or short for one another; `word_classes` are the lexicon
    classes of a folded word, `parts_of_speech` what a dictionary calls it; `is_listed` says
    whether our lists know a thing of this type and name.
    """

    spelling_keys: Callable[[str, EntityType], Iterable[str]]
    sound_keys: Callable[[str], Iterable[str]]
    word_classes: Callable[[str], tuple[str, ...]]
    parts_of_speech: Callable[[str], str]
    is_listed: Callable[[str, EntityType], bool]


@dataclass(frozen=True)
class Matter:
    """All that a run made, with the sensitive claims that nobody has accepted."""

    knowledge: Knowledge
    entities: tuple[Entity, ...]
    extractions: tuple[Extraction, ...]
    articles: tuple[Article, ...]
    decisions: tuple[Decision, ...]
    withheld: tuple[tuple[Card, Claim], ...]
    helpers: Helpers
    published: frozenset[str]  # the ids that the last build gave

    # --- lookups

    @cached_property
    def by_id(self) -> Mapping[str, Entity]:
        return {entity.id: entity for entity in self.entities}

    @cached_property
    def cards(self) -> Mapping[str, Card]:
        return {card.id: card for card in self.knowledge.cards}

    @cached_property
    def texts(self) -> Mapping[str, Article]:
        return {article.id: article for article in self.articles}

    @cached_property
    def said(self) -> Mapping[str, Extraction]:
        return {extraction.article: extraction for extraction in self.extractions}

    @cached_property
    def bearers(self) -> Mapping[str, frozenset[str]]:
        """Return the ids of the entities that bear each key of a name."""
        found: dict[str, set[str]] = defaultdict(set)
        for entity in self.entities:
            for name in (entity.name, *entity.aliases):
                found[names.key(name)].add(entity.id)
        return {key: frozenset(ids) for key, ids in found.items()}

    def is_unique(self, name: str) -> bool:
        """Return whether only one entity bears a name."""
        return len(self.bearers.get(names.key(name), ())) == 1

    def handle(self, entity: Entity) -> str:
        """Return what decisions call an entity: its name, if nothing else bears it, else its id."""
        written = names.key(entity.name) in self._written[entity.id]
        return entity.name if written and self.is_unique(entity.name) else entity.id

    def can_be_joined(self, entity: Entity) -> bool:
        """Return whether a merge or distinction can mean an entity: by its name, or a known id.

        An id that no build has given yet means nothing to the next one.
        """
        return self.handle(entity) != entity.id or entity.id in self.published

    def tokens(self, entity: Entity) -> frozenset[str]:
        """Return all by which a decision may mean an entity."""
        return bearer_tokens((entity.id, *entity.former_ids), (entity.name, *entity.aliases))

    # --- mentions

    def mentions(self, entity: Entity) -> list[tuple[str, Mention]]:
        """Return an entity's mentions with their articles, in order."""
        return self._mentions[entity.id]

    @cached_property
    def _mentions(self) -> Mapping[str, list[tuple[str, Mention]]]:
        return {
            entity.id: [
                (article, self.said[article].mentions[i])
                for article, indices in entity.mentions.items()
                for i in indices
            ]
            for entity in self.entities
        }

    def named(self, entity: Entity, name: str) -> list[tuple[str, Mention]]:
        """Return the mentions of an entity that use a name."""
        key = names.key(name)
        return [(a, m) for a, m in self.mentions(entity) if key in map(names.key, forms(m))]

    @cached_property
    def _written(self) -> Mapping[str, frozenset[str]]:
        """Return the keys of the names that texts use for each entity."""
        return {
            id: frozenset(names.key(form) for _, m in found for form in forms(m))
            for id, found in self._mentions.items()
        }

    def weight(self, entity: Entity) -> int:
        """Return how many mentions, claims and articles hang on an entity."""
        return self._weights[entity.id]

    @cached_property
    def _weights(self) -> Mapping[str, int]:
        claims = {card.id: len(card.claims) for card in self.knowledge.cards}
        return {
            id: len(found) + claims.get(id, 0) + len(self.by_id[id].mentions)
            for id, found in self._mentions.items()
        }

    # --- evidence

    def quotes(
        self, entity: Entity, name: str = "", *, most: int = 3, side: int = 0
    ) -> list[Quote]:
        """Return the sentences that tell most of an entity (under one of its names)."""
        found = self.named(entity, name) if name else self.mentions(entity)
        marked: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
        for article, mention in found:
            marked[article, mention.sentence][mention.surface] = None
        telling = self._telling(entity.id)
        order = sorted(marked, key=lambda at: (at not in telling, self._is_apart(*at), at))
        # Each article has its word before one has its second.
        seen: dict[str, int] = defaultdict(int)
        ranked = []
        for place, (article, sentence) in enumerate(order):
            ranked.append((seen[article], place, article, sentence))
            seen[article] += 1
        return [
            self.quote(article, sentence, tuple(marked[article, sentence]), side)
            for _, _, article, sentence in sorted(ranked)[:most]
        ]

    def quote(self, article: str, sentence: int, marked: Iterable[str], side: int = 0) -> Quote:
        """Return one sentence as evidence; words of the desk itself have no article."""
        text = self.texts[article]
        where = text.sentences[sentence - 1]
        return Quote(
            article, sentence, text.text[where.start : where.end], tuple(marked),
            text.source or "", text.published or text.page_date or "", side,
        )  # fmt: skip

    def _telling(self, id: str) -> set[tuple[str, int]]:
        """Return the sentences that carry a claim of an entity."""
        card = self.cards.get(id)
        claims = card.claims if card else ()
        return {(e.article, e.sentence) for claim in claims for e in claim.evidence}

    def _is_apart(self, article: str, sentence: int) -> bool:
        """Return whether a sentence is a headline or caption: those tell little."""
        return self.texts[article].sentences[sentence - 1].role != "text"

    # --- company

    @cached_property
    def _sentences(self) -> Mapping[str, frozenset[tuple[str, int]]]:
        return {
            entity.id: frozenset((a, m.sentence) for a, m in self.mentions(entity))
            for entity in self.entities
        }

    @cached_property
    def fuller(self) -> Mapping[tuple[str, str], int]:
        """Return how many things of a type have names that begin or end with a key."""
        found: Counter[tuple[str, str]] = Counter()
        for entity in self.entities:
            words = names.key(entity.name).split()
            parts = {" ".join(p) for n in range(1, len(words)) for p in (words[:n], words[n:])}
            found.update((entity.type, part) for part in parts)
        return found

    def share_sentence(self, one: Entity, other: Entity) -> bool:
        """Return whether a sentence names both."""
        return bool(self._sentences[one.id] & self._sentences[other.id])

    def share_article(self, one: Entity, other: Entity) -> bool:
        """Return whether an article names both."""
        return bool(one.mentions.keys() & other.mentions.keys())


def forms(mention: Mention) -> tuple[str, ...]:
    """Return the names a mention uses."""
    return (mention.surface, mention.full) if mention.full else (mention.surface,)
