"""What a card is at a glance, and whom each is linked to by which sentence: small index files.

Read by assets/hover.js and assets/paths.js. A card's file is told by its id, `shard_number`,
in the same way on both sides.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator import edtf
from generator.model import Card
from generator.pages.catalog import Catalog
from generator.pages.labels import property_label
from generator.pages.search_shards import script
from generator.pages.search_texts import Place, one_line, text_rows

# Cards in a file; neighbours named on a card; links followed from a card; letters of a description.
CARDS, NEAR, LINKS, DESCRIPTION = 40, 4, 20, 120


@dataclass(frozen=True, slots=True)
class Tie:
    """Two cards in one sentence: how many such sentences, the best of them, what it claims."""

    other: str
    sentences: int
    row: int
    label: str


def card_files(catalog: Catalog) -> dict[str, str]:
    """Return the files of glances and of links, by address."""
    count = shard_count(catalog)
    kinds = [kind for kind in catalog.labels.types if kind != "article"]
    glances: list[dict[str, object]] = [{} for _ in range(count)]
    links: list[dict[str, object]] = [{} for _ in range(count)]
    ties = all_ties(catalog)
    for id, card in catalog.cards.items():
        number = shard_number(id, count)
        glances[number][id] = glance(catalog, card, kinds)
        links[number][id] = [[t.other, t.row, t.label] for t in ties.get(id, ())]
    names = (("cards", glances), ("links", links))
    return {
        f"search/{name}/{number}.js": script(f"search/{name}/{number}", shard)
        for name, shards in names
        for number, shard in enumerate(shards)
    }


def shard_count(catalog: Catalog) -> int:
    """Return how many files the cards are spread over; search/meta.js tells the browser."""
    return max(1, -(-len(catalog.cards) // CARDS))


def shard_number(id: str, count: int) -> int:
    """Return the file an id is in: its 32-bit FNV-1a hash, which JavaScript computes as well."""
    value = 0x811C9DC5
    for byte in id.encode("ascii"):
        value = (value ^ byte) * 0x01000193 & 0xFFFFFFFF
    return value % count


def glance(catalog: Catalog, card: Card, kinds: list[str]) -> list[object]:
    """Return `[name, kind, description, articles, [year, articles …], [name, kind …]]`."""
    near = [catalog.cards[other.id] for other in card.related if other.id in catalog.cards]
    description = one_line(card.description)
    if len(description) > DESCRIPTION:
        description = description[:DESCRIPTION].rpartition(" ")[0] + " …"
    return [
        one_line(card.name),
        kinds.index(card.type),
        description,
        len({mention.article for mention in card.mentions}),
        [part for pair in years(catalog, card) for part in pair],
        [part for other in near[:NEAR] for part in (one_line(other.name), kinds.index(other.type))],
    ]


def years(catalog: Catalog, card: Card) -> list[tuple[int, int]]:
    """Return how many articles of each year name a card, in order of time."""
    found: Counter[int] = Counter()
    for id in sorted({mention.article for mention in card.mentions}):
        article = catalog.articles.get(id)
        bounds = edtf.bounds((article.published or article.page_date or "") if article else "")
        if bounds:
            found[int(bounds[0][:4])] += 1
    return sorted(found.items())


# --- links


def all_ties(catalog: Catalog) -> dict[str, list[Tie]]:
    """Return each card's ties, the closest first: those a claim makes, then the most frequent."""
    rows = rows_by_place(catalog)
    together = places_together(catalog, rows)
    claimed = claimed_places(catalog, rows)
    ties: defaultdict[str, list[Tie]] = defaultdict(list)
    for pair in sorted({*together, *claimed}):
        label, said = claimed.get(pair, ("", ()))
        places = [*said, *together.get(pair, ())]
        count = len(set(places))
        for id, other in (pair, pair[::-1]):
            ties[id].append(Tie(other, count, min(rows[place] for place in places), label))
    return {id: sorted(found, key=_closeness)[:LINKS] for id, found in ties.items()}


def _closeness(tie: Tie) -> tuple[bool, int, str]:
    return not tie.label, -tie.sentences, tie.other


def rows_by_place(catalog: Catalog) -> dict[Place, int]:
    """Return the number of the row that shows each sentence; headlines stand for the first."""
    rows = text_rows(catalog)
    found: dict[Place, int] = {}
    for number, row in enumerate(rows.rows):
        found.setdefault((rows.articles[row.article].id, row.sentence or 1), number)
    return found


Pair = tuple[str, str]


def places_together(catalog: Catalog, rows: Mapping[Place, int]) -> dict[Pair, list[Place]]:
    """Return the sentences that may be shown in which two cards are named."""
    named: defaultdict[Place, set[str]] = defaultdict(set)
    for id, card in catalog.cards.items():
        for mention in card.mentions:
            named[mention.article, mention.sentence].add(id)
    found: defaultdict[Pair, list[Place]] = defaultdict(list)
    for place in sorted(set(named) & set(rows)):
        for pair in _pairs(sorted(named[place])):
            found[pair].append(place)
    return found


def _pairs(ids: list[str], most: int = 12) -> Iterable[Pair]:
    """Yield every pair; a sentence that names more is a list and ties nobody closely."""
    return ((a, b) for i, a in enumerate(ids) for b in ids[i + 1 :] if len(ids) <= most)


def claimed_places(
    catalog: Catalog, rows: Mapping[Place, int]
) -> dict[Pair, tuple[str, tuple[Place, ...]]]:
    """Return, for each two cards, the property of a claim between them and its sentences."""
    found: dict[Pair, tuple[str, tuple[Place, ...]]] = {}
    for id, claims in catalog.claims.items():
        for claim in claims:
            places = ((said.article, said.sentence) for said in claim.evidence)
            shown = tuple(place for place in places if place in rows)
            other = claim.of or id
            if shown and other in catalog.cards and other != id:
                pair = (min(id, other), max(id, other))
                label = property_label(catalog.labels, claim.property).label
                found.setdefault(pair, (label, shown))
    return found
