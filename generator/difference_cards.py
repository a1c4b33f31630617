"""Which card of one state became which of another, and what editors see of it: names, kinds,
addresses, merges and splits; and what became of the articles.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from generator.model import ArticleCard, Card, Evidence, Knowledge


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that differs on a card or an article; `details` fill the words of its kind.

    `withheld` if it is about a claim that pages don't show until an editor accepts it.
    """

    kind: str
    card: str
    type: str
    name: str
    details: Mapping[str, str] = field(default_factory=dict)
    evidence: Evidence | None = None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Pairing:
    """The cards of both states by id, and what is the same card in both.

    `heirs` leads from an id that is no longer a card's to the card that took it over; `kept`
    are old and new of one card; `merged` are cards that live on in one that has its own past.
    """

    then: Mapping[str, Card]
    now: Mapping[str, Card]
    heirs: Mapping[str, str]
    kept: tuple[tuple[Card, Card], ...]
    merged: tuple[tuple[Card, Card], ...]

    def name_of(self, id: str | None) -> str:
        """Return the name of the card of this id, as it is now or was; else the id itself."""
        card = self.now.get(id or "") or self.then.get(id or "")
        return card.name if card else id or ""

    def names_of(self, ids: Iterable[str]) -> str:
        """Return the names of cards, or the words that stand where no card is, as a list."""
        return "; ".join(self.name_of(id) for id in ids)


def pair_cards(before: Knowledge, after: Knowledge) -> Pairing:
    """Return which cards are the same, by their ids and former ids."""
    then = {card.id: card for card in before.cards}
    now = {card.id: card for card in after.cards}
    heirs: dict[str, str] = {}
    kept, merged = [], []
    for card in after.cards:
        olds = [id for id in card.former_ids if id in then and id not in now]
        heirs |= dict.fromkeys(olds, card.id)
        if card.id in then:
            kept.append((then[card.id], card))
        elif olds:
            kept.append((then[olds[0]], card))
            olds = olds[1:]
        merged += [(then[id], card) for id in olds]
    return Pairing(then, now, heirs, tuple(kept), tuple(merged))


def compare_cards(pairing: Pairing, why: Mapping[str, str]) -> Iterator[Difference]:
    """Yield what became of the cards, and of the fields that editors decide.

    `why` says for what reason a card is gone, by its id.
    """
    for old, card in pairing.merged:
        yield _of(card, "card_merged", other=old.name, was=old.id)
    kept = {card.id for _, card in pairing.kept}
    come = [card for card in pairing.now.values() if card.id not in kept]
    lost = pairing.then.keys() - pairing.now.keys() - pairing.heirs.keys()
    sources = _owners(come, pairing.then)
    for card in come:
        yield from _come(card, sources.get(card.id))
    parted = {source.id for source in sources.values()}
    gone = [pairing.then[id] for id in sorted(lost - parted)]
    takers = _owners(gone, pairing.now)
    for card in gone:
        yield _gone(card, takers.get(card.id), why)
    for old, card in pairing.kept:
        yield from _fields(old, card)


def _come(card: Card, source: Card | None) -> Iterator[Difference]:
    if source is None:
        yield _of(card, "card_new")
        return
    yield _of(card, "card_split_off", other=source.name, was=source.id)
    yield _of(source, "card_split", to=card.name, now=card.id)


def _gone(card: Card, taker: Card | None, why: Mapping[str, str]) -> Difference:
    if taker is None:
        return _of(card, "card_gone", reason=why.get(card.id, ""))
    return _of(card, "card_absorbed", to=taker.name, now=taker.id)


def _owners(cards: Iterable[Card], others: Mapping[str, Card]) -> dict[str, Card]:
    """Return, by id, the card of the other state that most mentions of a card are of."""
    owners: dict[tuple[str, str], set[str]] = {}
    for other in others.values():
        for place in _places(other):
            owners.setdefault(place, set()).add(other.id)
    found = {}
    for card in cards:
        places = _places(card)
        # Only a name that means one card in its article can say whose it is.
        known = Counter(next(iter(owners[p])) for p in places if len(owners.get(p, ())) == 1)
        owner, count = max(known.items(), key=lambda pair: (pair[1], pair[0]), default=("", 0))
        if count * 2 > len(places):
            found[card.id] = others[owner]
    return found


def _places(card: Card) -> frozenset[tuple[str, str]]:
    return frozenset((m.article, name) for m in card.mentions for name in m.names)


def _fields(old: Card, card: Card) -> Iterator[Difference]:
    if old.id != card.id:
        yield _of(card, "id_moved", was=old.id, now=card.id)
    if old.name != card.name:
        yield _of(card, "renamed", was=old.name, now=card.name)
    if old.type != card.type:
        yield _of(card, "kind_changed", was=old.type, now=card.type)
    if old.description != card.description:
        was, now = old.description or "", card.description or ""
        yield _of(card, "description_changed", was=was, now=now)
    if old.coordinates != card.coordinates:
        was, now = _point(old), _point(card)
        yield _of(card, "coordinates_changed", was=was, now=now)
    yield from _aliases(old, card)


def _point(card: Card) -> str:
    return ", ".join(f"{number:g}" for number in card.coordinates or ())


def _aliases(old: Card, card: Card) -> Iterator[Difference]:
    """Yield the names gained and lost, but for those that a renaming tells of."""
    then, now = {old.name, *old.aliases}, {card.name, *card.aliases}
    if lost := [name for name in old.aliases if name not in now]:
        yield _of(card, "aliases_removed", names="; ".join(lost))
    if gained := [name for name in card.aliases if name not in then]:
        yield _of(card, "aliases_added", names="; ".join(gained))


def _of(card: Card | ArticleCard, kind: str, **details: str) -> Difference:
    if isinstance(card, ArticleCard):
        return Difference(kind, card.id, "article", card.title, details)
    return Difference(kind, card.id, card.type, card.name, details)


# --- articles

# What an article's card says of it, as far as an editor can put it right.
_FIELDS = ("title", "section", "source", "url", "author", "lang", "published", "page_date")


def compare_articles(
    before: Knowledge, after: Knowledge, edited: frozenset[str]
) -> Iterator[Difference]:
    """Yield what became of the articles; `edited` are the files whose text is not as it was."""
    then = {card.id: card for card in before.articles}
    now = {card.id: card for card in after.articles}
    gone = [then[id] for id in sorted(then.keys() - now.keys())]
    for id in sorted(now):
        card = now[id]
        old = then.get(id) or next((one for one in gone if _same_article(one, card)), None)
        if old is None:
            yield _of(card, "article_added")
            continue
        if old in gone:
            gone.remove(old)
        yield from _article(old, card, edited)
    for card in gone:
        yield _of(card, "article_removed")


def _same_article(old: ArticleCard, card: ArticleCard) -> bool:
    """Return whether an article only changed its file: the same headline, source and day."""
    about = (card.title, card.source, card.published)
    return (old.title, old.source, old.published) == about


def _article(old: ArticleCard, card: ArticleCard, edited: frozenset[str]) -> Iterator[Difference]:
    if (old.id, old.file) != (card.id, card.file):
        was, now = f"{old.file} ({old.id})", f"{card.file} ({card.id})"
        yield _of(card, "article_moved", was=was, now=now)
    if old.retracted != card.retracted:
        yield _of(card, "article_retracted" if card.retracted else "article_reinstated")
    if old.publish != card.publish:
        yield _of(card, "publish_changed", was=old.publish, now=card.publish)
    for name in _FIELDS:
        was, now = getattr(old, name) or "", getattr(card, name) or ""
        if was != now:
            yield _of(card, "article_field", field=name, was=was, now=now)
    if card.file == old.file and card.file in edited:
        yield _of(card, "article_edited")
