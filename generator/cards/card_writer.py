"""A card as YAML text: keys in a fixed order, absent when empty, one readable line per fact."""

from __future__ import annotations

from dataclasses import replace

from generator.cards.scalars import flow_list, name_scalar, quoted, scalar
from generator.model import (
    FOLDERS,
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


def card_uri(card: Card | ArticleCard) -> str:
    """Return the name of a card's file below the cards folder: 'people/sergei-shoigu.yml'."""
    folder = FOLDERS["article" if isinstance(card, ArticleCard) else card.type]
    return f"{folder}/{card.id}.yml"


def card_text(card: Card | ArticleCard) -> str:
    """Return what a card's file holds."""
    lines = _article_lines(card) if isinstance(card, ArticleCard) else _entity_lines(card)
    lines.append("")
    return "\n".join(lines)


def as_read(card: Card | ArticleCard) -> Card | ArticleCard:
    """Return a card as it is read back: degrees are written to about a metre."""
    if isinstance(card, ArticleCard) or card.coordinates is None:
        return card
    north, east = (float(_degrees(value)) for value in card.coordinates)
    return replace(card, coordinates=(north, east))


def is_same(card: Card | ArticleCard, other: Card | ArticleCard) -> bool:
    """Return whether two cards have one text; they may even if not."""
    # Of nothing there are two kinds, which are equal: 0.0 and -0.0.
    at = () if isinstance(card, ArticleCard) else card.coordinates or ()
    return card == other and 0 not in at


def _entity_lines(card: Card) -> list[str]:
    lines = _text_lines(("id", card.id), ("type", card.type), ("name", card.name))
    lines += _list_lines("aliases", card.aliases)
    lines += _list_lines("former_ids", card.former_ids)
    lines += _text_lines(("description", card.description))
    if card.summary:
        lines.append(f"summary: {_evidence(card.summary)}")
    if card.coordinates:
        lines.append(f"coordinates: [{', '.join(map(_degrees, card.coordinates))}]")
    lines += _block("claims", [line for claim in card.claims for line in _claim(claim)])
    lines += _block("conflicts", [line for item in card.conflicts for line in _conflict(item)])
    lines += _block("timeline", [f"- {_timeline_entry(entry)}" for entry in card.timeline])
    lines += _block("related", _related(card.related))
    lines += _block("mentions", [f"- {_mention(mention)}" for mention in card.mentions])
    lines += _block("because", [f"- {_merge(merge)}" for merge in card.because])
    lines += _list_lines("curated", card.curated)
    return lines


def _article_lines(card: ArticleCard) -> list[str]:
    lines = _text_lines(
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
        lines.append("retracted: true")
    lines += _list_lines("entities", card.entities)
    lines += _block("timeline", [f"- {_timeline_entry(entry)}" for entry in card.timeline])
    lines += _list_lines("same_as", card.same_as)
    return lines


# --- one entry: lines, or a mapping in braces


def _claim(claim: Claim) -> list[str]:
    """Return a claim's lines; the dash stands before its first key."""
    fields = ("value", claim.value), ("of", claim.of), ("date", claim.date)
    lines = [f"- property: {name_scalar(claim.property)}"]
    lines += [f"  {line}" for line in _text_lines(*fields)]
    lines += _block("  evidence", [f"  - {_evidence(evidence)}" for evidence in claim.evidence])
    return lines


def _conflict(conflict: Conflict) -> list[str]:
    lines = [f"- property: {name_scalar(conflict.property)}"]
    lines += [f"  {line}" for line in _text_lines(("value", conflict.value))]
    lines.append(f"  between: {flow_list(conflict.between)}")
    quotes = [f"  - {_evidence(evidence)}" for evidence in conflict.evidence]
    lines += _block("  evidence", quotes)
    return lines


def _evidence(said: Evidence) -> str:
    article, quote = name_scalar(said.article), quoted(said.quote)
    return f"{{article: {article}, sentence: {said.sentence}, quote: {quote}}}"


def _timeline_entry(entry: TimelineEntry) -> str:
    date, surface = name_scalar(entry.date), name_scalar(entry.surface)
    where = f"article: {name_scalar(entry.article)}, sentence: {entry.sentence}"
    return f"{{date: {date}, surface: {surface}, {where}, quote: {quoted(entry.quote)}}}"


def _related(related: tuple[Related, ...]) -> list[str]:
    """Return all of a card at once: most lines of most cards are these."""
    return [
        f"- {{id: {name_scalar(r.id)}, articles: {r.articles}, sentences: {r.sentences}}}"
        for r in related
    ]


def _mention(mention: CardMention) -> str:
    where = f"article: {name_scalar(mention.article)}, sentence: {mention.sentence}"
    return f"{{{where}, names: {flow_list(mention.names)}}}"


def _merge(merge: Merge) -> str:
    detail = f", detail: {scalar(merge.detail)}" if merge.detail else ""
    return f"{{merged: {flow_list(merge.merged)}, rule: {name_scalar(merge.rule)}{detail}}}"


# --- lines


def _text_lines(*fields: tuple[str, str | None]) -> list[str]:
    return [f"{key}: {scalar(value)}" for key, value in fields if value is not None]


def _list_lines(key: str, items: tuple[str, ...]) -> list[str]:
    return [f"{key}: {flow_list(items)}"] if items else []


def _block(key: str, lines: list[str]) -> list[str]:
    """Return lines under a key, nothing if there are none."""
    return [f"{key}:", *lines] if lines else lines


def _degrees(value: float) -> str:
    """Return degrees to about a metre, never as 1e-05, which some readers take for text."""
    digits = f"{value:.5f}".rstrip("0")
    return f"{digits}0" if digits.endswith(".") else digits
