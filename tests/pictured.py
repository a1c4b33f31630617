"""Made-up networks of any size for tests of the pictures: names, ties, dates, coordinates."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable

from generator.model import (
    ArticleCard,
    Card,
    CardMention,
    EntityType,
    Knowledge,
    Related,
    TimelineEntry,
)
from generator.pages.catalog import Catalog, build_catalog
from tests import sample

_KINDS: tuple[EntityType, ...] = ("person", "person", "organization", "place", "event", "document")
_SYLLABLES = "ka ro min del ta shu ver on lia gor pet na wi sen hol bra".split()


def pictured_knowledge(entities: int, articles: int, seed: int = 1) -> Knowledge:
    """Return cards named together by chance, few of them often: a network as articles make it."""
    chance = random.Random(seed)
    named: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for number in range(articles):
        for who in {min(int(chance.paretovariate(0.6)), entities) for _ in range(18)}:
            named[who][f"a{number:04}"] += chance.randint(1, 3)
        # Everything is named at least once.
        for who in range(1 + number, entities + 1, articles):
            named[who][f"a{number:04}"] += 1
    cards = tuple(_card(who, named, chance) for who in range(1, entities + 1))
    return Knowledge(cards, tuple(_article(number, chance) for number in range(articles)))


def pictured_catalog(knowledge: Knowledge) -> Catalog:
    """Return the catalog of such cards."""
    return build_catalog(knowledge, {}, sample.LABELS)


def shuffled(knowledge: Knowledge, seed: int) -> Knowledge:
    """Return the same cards in another order."""
    chance = random.Random(seed)
    cards, articles = list(knowledge.cards), list(knowledge.articles)
    chance.shuffle(cards)
    chance.shuffle(articles)
    return Knowledge(tuple(cards), tuple(articles))


def _card(who: int, named: dict[int, Counter[str]], chance: random.Random) -> Card:
    kind = _KINDS[who % len(_KINDS)]
    near = Counter[int]()
    for other in sorted(named):
        shared = len(named[who].keys() & named[other].keys())
        if other != who and shared:
            near[other] = shared
    return Card(
        id=f"e{who:04}",
        type=kind,
        name=_name(who),
        coordinates=_coordinates(chance) if kind == "place" else None,
        related=tuple(_related(near.most_common(20))),
        mentions=tuple(CardMention(id, 1, (_name(who),)) for id in sorted(named[who])),
    )


def _related(near: Iterable[tuple[int, int]]) -> Iterable[Related]:
    return (Related(f"e{other:04}", shared, shared // 2) for other, shared in near)


def _coordinates(chance: random.Random) -> tuple[float, float]:
    return round(chance.uniform(-50, 65), 2), round(chance.uniform(-170, 170), 2)


def _name(who: int) -> str:
    chance = random.Random(who)
    words = ("".join(chance.choices(_SYLLABLES, k=chance.randint(1, 3))) for _ in range(2))
    return f"{' '.join(words).title()} {who}"


def _article(number: int, chance: random.Random) -> ArticleCard:
    day = f"{2019 + number % 7}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    id = f"a{number:04}"
    entry = TimelineEntry(day, day, id, 1, f"Something happened on {day}.")
    return ArticleCard(
        id, f"{id}.txt", f"Article {number}", published=day, publish="full", timeline=(entry,)
    )
