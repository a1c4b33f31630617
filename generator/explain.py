"""Why the knowledge base says what it says: an article's or an entity's story, in plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.model import Article, Entity, Extraction, Knowledge


def explain_article(article: Article, extraction: Extraction, entities: Iterable[Entity]) -> str:
    """Return what was kept, dropped and found in one article, and by which rule."""
    lines = [f"{article.file} -> articles/{article.id}.html", f"title: {article.title}"]
    for field in ("section", "source", "url", "author", "published", "page_date"):
        if getattr(article, field):
            lines.append(f"{field}: {getattr(article, field)}")
    lines += ["", f"Dropped ({len(article.dropped)}):"]
    lines += [f"  line {d.line}: {d.reason}: {_short(d.text)}" for d in article.dropped]
    lines += ["", f"Kept ({len(article.sentences)} sentences):", ""]
    entity_of = {i: entity.id for entity in entities for i in entity.mentions.get(article.id, ())}
    for sentence in article.sentences:
        lines.append(
            f"s{sentence.number} [{sentence.role}] {article.text[sentence.start : sentence.end]}"
        )
        lines += _found(sentence.number, article, extraction, entity_of)
    return "\n".join(lines) + "\n"


def _found(
    number: int, article: Article, extraction: Extraction, entity_of: dict[int, str]
) -> Iterator[str]:
    for i, mention in enumerate(extraction.mentions):
        if mention.sentence == number:
            owner = f", of {mention.owner}" if mention.owner else ""
            yield (
                f"    {mention.type}: {mention.surface} -> {entity_of.get(i, 'no card')}"
                f" (by {mention.rule}{owner})"
            )
    for date in extraction.dates:
        if date.sentence == number:
            yield f"    date: {date.surface} -> {date.value or 'not resolved'} (by {date.rule})"
    for statement in extraction.statements:
        if statement.sentence == number:
            of = f" of {statement.of.name}" if statement.of else ""
            who = extraction.mentions[statement.subject].surface
            quote = article.text[slice(*statement.quote)]
            yield (
                f"    claim: {who}: {statement.property} {statement.value or ''}{of}"
                f' (by {statement.rule}: "{_short(quote)}")'
            )


def explain_entity(entity: Entity, knowledge: Knowledge) -> str:
    """Return an entity's names, why they are one, and where each claim comes from."""
    card = next(card for card in knowledge.cards if card.id == entity.id)
    lines = [f"{entity.id}: {card.name} ({card.type})"]
    if card.description:
        lines.append(card.description)
    lines += [f"also: {', '.join(card.aliases)}"] if card.aliases else []
    lines += ["", "Why these names are one:"] if entity.because else []
    for merge in entity.because:
        detail = f" ({merge.detail})" if merge.detail else ""
        lines.append(f"  {' = '.join(merge.merged)}: {merge.rule}{detail}")
    if entity.namesakes:
        same = ", ".join([entity.id, *entity.namesakes])
        lines += ["", f"Namesakes kept apart; if they are one: - merge: [{same}]"]
    lines += ["", "Claims:"] if card.claims else []
    for claim in card.claims:
        of = f" of {claim.of}" if claim.of else ""
        lines.append(f"  {claim.property}: {claim.value or ''}{of}")
        lines += [f'    {e.article} s{e.sentence}: "{e.quote}"' for e in claim.evidence]
    lines += ["", "Named in:"]
    lines += [f"  {m.article} s{m.sentence}: {', '.join(m.names)}" for m in card.mentions]
    return "\n".join(lines) + "\n"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 100 else text[:99] + "…"
