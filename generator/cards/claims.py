"""What the articles say, gathered: one claim for each thing said, with all its evidence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator import lexicons, names
from generator.cards.schema import Schema
from generator.model import Article, Claim, Entity, Evidence, Extraction, Ref, Statement


@dataclass(frozen=True, slots=True)
class Said:
    """A claim of one entity, and the words of the text that say it best."""

    who: str
    claim: Claim
    phrase: str


@dataclass(frozen=True, slots=True)
class Index:
    """Which entity a mention or a name is."""

    entities: Mapping[str, Entity]
    by_mention: Mapping[tuple[str, int], str]
    by_name: Mapping[tuple[str, str], str]

    def of_ref(self, article: str, ref: Ref) -> str | None:
        """Return the id of what a statement points at, None if it has no card."""
        if ref.mention is not None:
            return self.by_mention.get((article, ref.mention))
        return self.by_name.get((ref.type, names.key(ref.name)))


def make_index(entities: Iterable[Entity]) -> Index:
    """Return the lookup tables of the entities."""
    entities = list(entities)
    by_name: dict[tuple[str, str], str] = {}
    for entity in entities:
        for name in (entity.name, *entity.aliases):
            by_name.setdefault((entity.type, names.key(name)), entity.id)
    by_mention = {
        (article, i): entity.id
        for entity in entities
        for article, indices in entity.mentions.items()
        for i in indices
    }
    return Index({entity.id: entity for entity in entities}, by_mention, by_name)


def gather(
    extractions: Iterable[Extraction], articles: Mapping[str, Article], index: Index, schema: Schema
) -> tuple[Said, ...]:
    """Return every claim that the schema allows, its evidence gathered, by entity."""
    groups: dict[
        tuple[str, str, str, str | None, str | None], list[tuple[Statement, Evidence, str]]
    ]
    groups = defaultdict(list)
    for extraction in extractions:
        article = articles[extraction.article]
        if article.retracted:
            continue
        for statement in extraction.statements:
            said = _read(statement, article, index, schema)
            if said:
                who, value, of, phrase = said
                key = (who, statement.property, same_words(value or ""), of, statement.date)
                evidence = Evidence(article.id, statement.sentence, _quote(article, statement))
                groups[key].append(
                    (statement, evidence, phrase if value is None else f"{value}\0{phrase}")
                )
    _join_bare_offices(groups)
    ordered = sorted(groups.items(), key=lambda group: _order(group[0], schema))
    return tuple(_said(key, group) for key, group in ordered)


Key = tuple[str, str, str, str | None, str | None]  # who, property, value, of, date


def _join_bare_offices(groups: dict[Key, list[tuple[Statement, Evidence, str]]]) -> None:
    """Give 'Foreign Minister' to 'Foreign Minister of X' where one person is called both."""
    offices = [key for key in groups if key[1] == "position"]
    fuller: dict[tuple[str, str, str | None], list[Key]] = defaultdict(list)
    for who, property, value, of, date in offices:
        if of:
            fuller[who, value, date].append((who, property, value, of, date))
    for key in offices:
        whole = fuller.get((key[0], key[2], key[4]), ())
        if key[3] is None and len(whole) == 1:
            groups[whole[0]] += groups.pop(key)


def same_words(value: str) -> str:
    """Return what spellings of one office share: 'Defence Minister', 'defense minister'."""
    american = lexicons.load("spellings")["american"]
    return " ".join(american.get(word, word) for word in names.key(value).split())


def _order(key: tuple[str, str, str, str | None, str | None], schema: Schema) -> tuple[object, ...]:
    who, property, value, of, date = key
    return (who, schema.properties[property].order, value, of or "", date or "")


def _said(
    key: tuple[str, str, str, str | None, str | None], group: list[tuple[Statement, Evidence, str]]
) -> Said:
    who, property, _, of, date = key
    words = Counter(phrase for _, _, phrase in group)
    best = min(
        words, key=lambda w: (not _starts_with_value(w), "’s " in w or "'s " in w, -words[w], w)
    )
    value, _, phrase = best.rpartition("\0")
    evidence = tuple(sorted({evidence for _, evidence, _ in group}))
    return Said(who, Claim(property, value or None, of, date, evidence), phrase)


def _starts_with_value(words: str) -> bool:
    """Return whether the phrase reads 'Secretary of …' and not "Russia's … Secretary"."""
    value, _, phrase = words.rpartition("\0")
    return phrase.startswith(value)


def _read(
    statement: Statement, article: Article, index: Index, schema: Schema
) -> tuple[str, str | None, str | None, str] | None:
    """Return who, value, of and the phrase; None where a name has no card or it makes no sense."""
    who = index.by_mention.get((article.id, statement.subject))
    of = index.of_ref(article.id, statement.of) if statement.of else None
    value = statement.value if of or not statement.of else statement.whole
    if who is None or who == of or not (value or of):
        return None
    definition = schema.properties[statement.property]
    if index.entities[who].type not in definition.domain:
        return None
    if of and index.entities[of].type not in definition.range:
        return None
    if not of and not definition.literal:
        return None
    clean = _clean(value) if value else None
    return who, clean, of, _clean(statement.whole or value or "")


def _clean(words: str) -> str:
    return re.sub(r"\s+", " ", words).strip(" ,;")


def _quote(article: Article, statement: Statement) -> str:
    start, end = statement.quote
    if article.text[end : end + 1] in (",", ".", ";", ")"):
        end += 1
    return article.text[start:end]
