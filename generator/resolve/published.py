"""What has been published: the ids that names have had, and those that lead elsewhere now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from generator import names
from generator.history import Fate, History
from generator.model import Card

# By article and key of a name: the ids of cards named so there, and in which sentences.
NamedIn = Mapping[str, Mapping[str, Sequence[tuple[str, Sequence[int]]]]]


@dataclass(frozen=True, slots=True)
class KnownCard:
    """A card of the last build, as far as it tells which thing it is."""

    id: str
    type: str
    name: str  # the key
    keys: frozenset[str]
    mentions: int


@dataclass(frozen=True, slots=True)
class Published:
    """Ids by "type|key of a name": a card's own name, then its aliases; and what each id was.

    `former` holds the earlier ids of each id; `name` the name of the card of each id; `bearers`
    every id that has a name; `articles` those that name each id. All these are of the last
    build's cards, but that `own` knows the names of cards that are gone, too. `cards` are the
    last build's, `named_in` where each was named, `history` tells of all there ever were.
    """

    own: Mapping[str, str] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    former: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    name: Mapping[str, str] = field(default_factory=dict)
    bearers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    articles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cards: Mapping[str, KnownCard] = field(default_factory=dict)
    named_in: NamedIn = field(default_factory=dict)
    history: History = field(default_factory=History)

    def seniority(self, id: str) -> tuple[int, int, str]:
        """Sort ids by age: what was published first, else what was named most, is the elder."""
        card = self.cards.get(id)
        return (self.history.ages.get(id, 0), -card.mentions if card else 0, id)


def published(cards: Iterable[Card], history: History | None = None) -> Published:
    """Return what the cards of the last build, and all that was before, say of ids."""
    cards = tuple(cards)
    history = history or History()
    gone = {
        name_key(fate.type, fate.name): fate.id
        for fate in sorted(history.fates.values(), key=lambda fate: fate.id, reverse=True)
    }
    return Published(
        gone | {name_key(card.type, card.name): card.id for card in cards},
        _by_alias(cards),
        {card.id: card.former_ids for card in cards},
        {card.id: card.name for card in cards},
        _bearers(cards),
        {card.id: frozenset(mention.article for mention in card.mentions) for card in cards},
        {card.id: _known(card) for card in cards},
        _named_in(cards),
        history,
    )


def _known(card: Card) -> KnownCard:
    keys = frozenset(names.key(name) for name in (card.name, *card.aliases))
    return KnownCard(card.id, card.type, names.key(card.name), keys, len(card.mentions))


def _named_in(cards: Iterable[Card]) -> NamedIn:
    found: dict[str, dict[str, list[tuple[str, Sequence[int]]]]] = {}
    for card in cards:
        where: dict[tuple[str, str], dict[int, None]] = {}
        for mention in card.mentions:
            for name in mention.names:
                at = (mention.article, names.key(name))
                where.setdefault(at, {})[mention.sentence] = None
        for (article, key), sentences in where.items():
            rows = found.setdefault(article, {}).setdefault(key, [])
            rows.append((card.id, tuple(sentences)))
    return found


def _bearers(cards: tuple[Card, ...]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for card in cards:
        key = name_key(card.type, card.name)
        found[key] = (*found.get(key, ()), card.id)
    return found


def _by_alias(cards: tuple[Card, ...]) -> dict[str, str]:
    """Return the id for each alias: the one made from it, else the first card's that has it."""
    ids: dict[str, str] = {}
    for card in cards:
        for alias in (*card.aliases, card.name):
            key = name_key(card.type, alias)
            if key not in ids or names.slug(alias) == card.id:
                ids[key] = card.id
    return ids


def name_key(kind: str, name: str) -> str:
    """Return what a name is looked up by."""
    return f"{kind}|{names.key(name)}"


def merged_into(fates: Iterable[Fate]) -> dict[str, list[str]]:
    """Return the ids that each card has taken in, as the record tells it."""
    taken: defaultdict[str, list[str]] = defaultdict(list)
    for fate in fates:
        if fate.into:
            taken[fate.into].append(fate.id)
    return dict(taken)
