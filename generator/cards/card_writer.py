"""A card as YAML text: keys in a fixed order, absent when empty, one readable line per fact."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from generator.cards.scalars import flow_list, flow_mapping, quoted, scalar
from generator.model import (
    ArticleCard,
    Card,
    CardMention,
    Claim,
    Conflict,
    Evidence,
    Merge,
    Related,
    TimelineEntry,
)

_Item = TypeVar("_Item")


def card_text(card: Card | ArticleCard) -> str:
    """Return what a card's file holds."""
    lines = _article_lines(card) if isinstance(card, ArticleCard) else _entity_lines(card)
    return "\n".join(lines) + "\n"


def _entity_lines(card: Card) -> Iterator[str]:
    yield from _text_lines(("id", card.id), ("type", card.type), ("name", card.name))
    yield from _list_lines("aliases", card.aliases)
    yield from _list_lines("former_ids", card.former_ids)
    yield from _text_lines(("description", card.description))
    if card.summary:
        yield f"summary: {_evidence(card.summary)}"
    if card.coordinates:
        yield f"coordinates: [{', '.join(map(_degrees, card.coordinates))}]"
    yield from _block("claims", (line for claim in card.claims for line in _claim(claim)))
    yield from _block("conflicts", (line for item in card.conflicts for line in _conflict(item)))
    yield from _rows("timeline", card.timeline, _timeline_entry)
    yield from _rows("related", card.related, _related)
    yield from _rows("mentions", card.mentions, _mention)
    yield from _rows("because", card.because, _merge)
    yield from _list_lines("curated", card.curated)


def _article_lines(card: ArticleCard) -> Iterator[str]:
    yield from _text_lines(
        ("id", card.id),
        ("type", "article"),
        ("file", card.file),
        ("title", card.title),
        ("section", card.section),
        ("source", card.source),
        ("url", card.url),
        ("author", card.author),
        ("lang", card.lang),
        ("published", card.published),
        ("page_date", card.page_date),
        ("publish", card.publish),
    )
    if card.retracted:
        yield "retracted: true"
    yield from _list_lines("entities", card.entities)
    yield from _rows("timeline", card.timeline, _timeline_entry)
    yield from _list_lines("same_as", card.same_as)


# --- one entry


def _claim(claim: Claim) -> Iterator[str]:
    """Yield a claim's lines; the dash stands before its first key."""
    yield f"- property: {scalar(claim.property)}"
    fields = ("value", claim.value), ("of", claim.of), ("date", claim.date)
    yield from (f"  {line}" for line in _text_lines(*fields))
    yield from _block("  evidence", (f"  - {_evidence(evidence)}" for evidence in claim.evidence))


def _conflict(conflict: Conflict) -> Iterator[str]:
    yield f"- property: {scalar(conflict.property)}"
    yield from (f"  {line}" for line in _text_lines(("value", conflict.value)))
    yield f"  between: {flow_list(conflict.between)}"
    quotes = (f"  - {_evidence(evidence)}" for evidence in conflict.evidence)
    yield from _block("  evidence", quotes)


def _evidence(evidence: Evidence) -> str:
    return flow_mapping(
        ("article", scalar(evidence.article)),
        ("sentence", str(evidence.sentence)),
        ("quote", quoted(evidence.quote)),
    )


def _timeline_entry(entry: TimelineEntry) -> str:
    return flow_mapping(
        ("date", scalar(entry.date)),
        ("surface", scalar(entry.surface)),
        ("article", scalar(entry.article)),
        ("sentence", str(entry.sentence)),
        ("quote", quoted(entry.quote)),
    )


def _related(related: Related) -> str:
    return flow_mapping(
        ("id", scalar(related.id)),
        ("articles", str(related.articles)),
        ("sentences", str(related.sentences)),
    )


def _mention(mention: CardMention) -> str:
    return flow_mapping(
        ("article", scalar(mention.article)),
        ("sentence", str(mention.sentence)),
        ("names", flow_list(mention.names)),
    )


def _merge(merge: Merge) -> str:
    fields = [("merged", flow_list(merge.merged)), ("rule", scalar(merge.rule))]
    if merge.detail:
        fields.append(("detail", scalar(merge.detail)))
    return flow_mapping(*fields)


# --- lines


def _text_lines(*fields: tuple[str, str | None]) -> Iterator[str]:
    return (f"{key}: {scalar(value)}" for key, value in fields if value is not None)


def _list_lines(key: str, items: tuple[str, ...]) -> Iterator[str]:
    if items:
        yield f"{key}: {flow_list(items)}"


def _block(key: str, lines: Iterable[str]) -> Iterator[str]:
    """Yield `lines` under `key`, nothing if there are none."""
    for number, line in enumerate(lines):
        if not number:
            yield f"{key}:"
        yield line


def _rows(key: str, items: tuple[_Item, ...], row: Callable[[_Item], str]) -> Iterator[str]:
    return _block(key, (f"- {row(item)}" for item in items))


def _degrees(value: float) -> str:
    """Return degrees to about a metre, never as 1e-05, which some readers take for text."""
    digits = f"{value:.5f}".rstrip("0")
    return f"{digits}0" if digits.endswith(".") else digits
