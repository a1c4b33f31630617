"""What `cardfile annotate` says of an article: its names and dates, each with its place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from generator.model import Article, Entity, Extraction, Mention


def annotate(
    articles: Iterable[Article], extractions: Iterable[Extraction], entities: Iterable[Entity]
) -> Iterator[dict[str, Any]]:
    """Yield one object per article, as DESIGN's 'Annotations' says."""
    entity_of = {
        (article, i): entity
        for entity in entities
        for article, indices in entity.mentions.items()
        for i in indices
    }
    for article, extraction in zip(articles, extractions, strict=True):
        mentions = [
            _annotated_mention(mention, entity_of.get((article.id, i)))
            for i, mention in enumerate(extraction.mentions)
        ]
        dates = [
            {"start": d.start, "end": d.end, "surface": d.surface, "value": d.value}
            for d in extraction.dates
        ]
        yield {"article": article.id, "file": article.file, "text": article.text,
               "mentions": mentions, "dates": dates}  # fmt: skip


def _annotated_mention(mention: Mention, entity: Entity | None) -> dict[str, Any]:
    """Return a mention; what the folder shows of its entity outweighs one article."""
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "type": entity.type if entity else mention.type,
        "entity": entity.id if entity else None,
    }
