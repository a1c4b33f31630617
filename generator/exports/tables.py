"""CSV as RFC 4180 has it, UTF-8: six tables that spreadsheets and programs read alike.

A cell of foreign text that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from generator.exports.dataset import Dataset, Statement, address
from generator.exports.graph import claim_iri, decimal

Cell = str | int | float | None
# Several values in a cell; names hold no such sign.
BETWEEN = " | "
_FORMULA, _CONTROLS = tuple("=+-@＝＋－＠"), tuple("\t\r\n")
HEADERS = {
    "entities.csv": "id type name aliases description latitude longitude articles sentences "
    "address",
    "claims.csv": "id entity property label value of date articles evidence text address",
    "evidence.csv": "claim article sentence quote address",
    "links.csv": "claim source target property label value date articles evidence",
    "mentions.csv": "entity article sentence names",
    "articles.csv": "id title source author section published page_date lang url publish "
    "retracted entities same_story address",
}  # fmt: skip


def render_tables(dataset: Dataset) -> dict[str, str]:
    """Return the dataset as tables, by file name."""
    rows = {
        "entities.csv": _entities(dataset),
        "claims.csv": _claims(dataset),
        "evidence.csv": _evidence(dataset),
        "links.csv": _links(dataset),
        "mentions.csv": _mentions(dataset),
        "articles.csv": _articles(dataset),
    }
    return {file: _table(HEADERS[file].split(), rows[file]) for file in HEADERS}


def safe_cell(text: str) -> str:
    """Return text that no spreadsheet runs as a formula.

    >>> safe_cell("=1+1"), safe_cell("1-1")
    ("'=1+1", '1-1')
    """
    is_formula = text.lstrip().startswith(_FORMULA) or text.startswith(_CONTROLS)
    return f"'{text}" if is_formula else text


def _table(header: list[str], rows: Iterable[tuple[Cell, ...]]) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(header)
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return file.getvalue()


def _cell(cell: Cell) -> str:
    """Return a cell as text; a minus before a number of ours is no formula."""
    if isinstance(cell, float):
        return decimal(cell)
    return str(cell) if isinstance(cell, int) else safe_cell(cell or "")


def _entities(dataset: Dataset) -> Iterator[tuple[Cell, ...]]:
    named: dict[str, list[int]] = {}
    for (entity, _), mentions in dataset.named.items():
        named.setdefault(entity, []).append(len({mention.sentence for mention in mentions}))
    for card in dataset.entities.values():
        sentences = named.get(card.id, [])
        yield (
            card.id, card.type, card.name, BETWEEN.join(card.aliases), card.description,
            *(card.coordinates or (None, None)), len(sentences), sum(sentences),
            dataset.site + address(card),
        )  # fmt: skip


def _claims(dataset: Dataset) -> Iterator[tuple[Cell, ...]]:
    for claim in dataset.claims:
        yield (
            claim.id, claim.entity, claim.property, claim.label, claim.value, claim.of,
            claim.date, *_weight(claim), claim.text, dataset.site + claim_iri(dataset, claim),
        )  # fmt: skip


def _evidence(dataset: Dataset) -> Iterator[tuple[Cell, ...]]:
    for claim in dataset.claims:
        for source in claim.sources:
            place = _sentence(dataset, source.article, source.sentence)
            yield claim.id, source.article, source.sentence or None, source.quote, place


def _links(dataset: Dataset) -> Iterator[tuple[Cell, ...]]:
    for claim in dataset.claims:
        if claim.is_link:
            yield (
                claim.id, claim.entity, claim.of, claim.property, claim.label, claim.value,
                claim.date, *_weight(claim),
            )  # fmt: skip


def _mentions(dataset: Dataset) -> Iterator[tuple[Cell, ...]]:
    for (entity, article), mentions in dataset.named.items():
        for mention in mentions:
            yield entity, article, mention.sentence, BETWEEN.join(mention.names)


def _articles(dataset: Dataset) -> Iterator[tuple[Cell, ...]]:
    entities: dict[str, int] = {}
    for _, article in dataset.named:
        entities[article] = entities.get(article, 0) + 1
    for card in dataset.articles.values():
        yield (
            card.id, card.title, card.source, card.author, card.section, card.published,
            card.page_date, card.lang, card.url, card.publish, "yes" if card.retracted else "no",
            entities.get(card.id, 0), BETWEEN.join(card.same_as), dataset.site + address(card),
        )  # fmt: skip


def _weight(claim: Statement) -> tuple[int, int]:
    """How many articles say it, and in how many places."""
    return len(claim.articles), len(claim.sources)


def _sentence(dataset: Dataset, article: str, sentence: int) -> str | None:
    card = dataset.articles.get(article)
    if card is None:
        return None
    # Of an article that is not shown, the page has no sentences to lead to.
    place = "" if card.publish == "none" else f"#s{sentence}"
    return f"{dataset.site}{address(card)}{place}"
