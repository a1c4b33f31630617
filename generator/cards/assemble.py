"""Everything known becomes cards: claims, conflicts, timeline, related, mentions."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from generator import edtf, lexicons, names
from generator.cards.claims import Index, Said, gather, make_index
from generator.cards.conflicts import find_conflicts
from generator.cards.fingerprints import Wording
from generator.cards.schema import Schema
from generator.cards.stories import same_stories
from generator.model import (
    Article,
    ArticleCard,
    Card,
    CardMention,
    Conflict,
    Entity,
    Evidence,
    Extraction,
    Knowledge,
    Publish,
    Related,
    TimelineEntry,
)
from generator.related import Where, find_related
from generator.tasks import Counted, uncounted

# More dates than these in one sentence are a table, not a story.
MOST_DATES = 12


def make_cards(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    entities: Sequence[Entity],
    schema: Schema,
    publish: Mapping[str, Publish],
    wordings: Mapping[str, Wording] | None = None,
    report: Counted = uncounted,
) -> Knowledge:
    """Return every card; `report` is told how many of how many there are.

    `publish` says by article id how much of it may be shown, `wordings` by what it is known
    among others, where that is there already.
    """
    by_id = {article.id: article for article in articles}
    index = make_index(entities)
    said = gather(extractions, by_id, index, schema)
    conflicts = find_conflicts(said, by_id, index, schema)
    places = _places(entities, extractions)
    related = find_related(places)
    dates = _dates(extractions, by_id)
    by_who: dict[str, list[Said]] = defaultdict(list)
    for item in said:
        by_who[item.who].append(item)
    cards: list[Card] = []
    for e in sorted(entities, key=lambda entity: entity.id):
        clashes, near = conflicts.get(e.id, ()), related[e.id]
        cards.append(_card(e, by_who[e.id], clashes, near, places[e.id], dates, by_id, index))
        report(len(cards), len(entities))
    return Knowledge(
        tuple(cards), _article_cards(articles, extractions, index, dates, publish, wordings)
    )


def _card(
    entity: Entity, said: list[Said], conflicts: tuple[Conflict, ...], related: tuple[Related, ...],
    places: Mapping[Where, tuple[str, ...]], dates: Mapping[str, list[TimelineEntry]],
    articles: Mapping[str, Article], index: Index,
) -> Card:  # fmt: skip
    timeline = [
        entry
        for article in sorted({article for article, _ in places})
        for entry in dates[article]
        if (article, entry.sentence) in places
    ]
    # A retracted article is quoted nowhere; where it names things stays on record.
    sound = {where: used for where, used in places.items() if not articles[where[0]].retracted}
    return Card(
        entity.id, entity.type, entity.name, entity.aliases, entity.former_ids,
        _description(entity, said, index, sound), _summary(entity, said, sound, articles), None,
        tuple(item.claim for item in said), conflicts, _in_time(timeline), related,
        tuple(CardMention(a, s, found) for (a, s), found in sorted(places.items())),
        entity.because, entity.curated,
    )  # fmt: skip


# --- where things are named


def _places(
    entities: Iterable[Entity], extractions: Iterable[Extraction]
) -> dict[str, dict[Where, tuple[str, ...]]]:
    """Return, by entity, the sentences that name it and the names they use."""
    by_article = {extraction.article: extraction for extraction in extractions}
    places: dict[str, dict[Where, tuple[str, ...]]] = {}
    for entity in entities:
        found: dict[Where, dict[str, None]] = defaultdict(dict)
        for article, indices in entity.mentions.items():
            for i in indices:
                mention = by_article[article].mentions[i]
                found[article, mention.sentence][mention.surface] = None
        places[entity.id] = {where: tuple(names) for where, names in sorted(found.items())}
    return places


# --- when things happened


def _dates(
    extractions: Iterable[Extraction], articles: Mapping[str, Article]
) -> dict[str, list[TimelineEntry]]:
    """Return the resolved dates of each article that holds good, with their sentences."""
    found: dict[str, list[TimelineEntry]] = {}
    for extraction in extractions:
        article = articles[extraction.article]
        if article.retracted:
            found[article.id] = []
            continue
        entries = {
            (date.value, date.sentence): TimelineEntry(
                date.value,
                date.surface,
                article.id,
                date.sentence,
                _sentence(article, date.sentence),
            )
            for date in reversed(extraction.dates)
            if date.value
        }
        found[article.id] = _first_dates(sorted(entries.values(), key=_when))
    return found


def _first_dates(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Return the entries without those of a sentence that is a table: each would quote it all."""
    told: Counter[int] = Counter()
    kept = []
    for entry in entries:
        told[entry.sentence] += 1
        if told[entry.sentence] <= MOST_DATES:
            kept.append(entry)
    return kept


def _in_time(entries: Iterable[TimelineEntry]) -> tuple[TimelineEntry, ...]:
    return tuple(sorted(entries, key=_when))


def _when(entry: TimelineEntry) -> tuple[object, ...]:
    return (edtf.sort_key(entry.date), entry.article, entry.sentence, entry.surface)


# --- what it is


def _description(
    entity: Entity, said: list[Said], index: Index, places: Collection[Where]
) -> str | None:
    """Return what the thing is in a few words of the text: its best attested office first.

    None if no article that holds good names it.
    """
    if not places:
        return None
    offices = [item for item in said if item.claim.property == "position"]
    if offices:
        best = max(
            offices,
            key=lambda s: (
                not _is_past(s),
                len(s.claim.evidence),
                s.claim.of is not None,
                s.phrase,
            ),
        )
        return _capital(_office_words(best, index))
    words = lexicons.load("descriptions")
    for property, template in words.get(entity.type, {}).items():
        for item in said:
            if item.claim.property == property and item.claim.of:
                return str(template).format(of=index.entities[item.claim.of].name)
    for item in said:
        if item.claim.property == "family" and item.claim.of:
            of = index.entities[item.claim.of].name
            return _capital(words["family"].format(value=item.claim.value, of=of))
    if entity.owner and entity.type == "organization":
        return str(words["owner"]).format(of=entity.owner)
    return None


def _office_words(item: Said, index: Index) -> str:
    """Return an office as a heading reads: "Russia's Minister" becomes 'Minister of Russia'."""
    of = index.entities.get(item.claim.of or "")
    possessive = re.match(r".+['’]s ", item.phrase.partition(item.claim.value or "")[0])
    if of is None or not possessive:
        return item.phrase
    return str(lexicons.load("descriptions")["office"]).format(value=item.claim.value, of=of.name)


def _is_past(item: Said) -> bool:
    return bool(set(names.fold(item.phrase).split()) & lexicons.folded("titles", "former"))


def _capital(phrase: str) -> str:
    return phrase[:1].upper() + phrase[1:]


def _summary(
    entity: Entity,
    said: list[Said],
    places: Mapping[Where, tuple[str, ...]],
    articles: Mapping[str, Article],
) -> Evidence | None:
    """Return the sentence that introduces it: its first claim's, else the first of the text."""
    told = [e for item in said if item.claim.property == "position" for e in item.claim.evidence]
    shown = {(e.article, e.sentence) for e in told}
    best: tuple[Fitness, Where, str] | None = None
    for where, used in sorted(places.items()):
        article, number = articles[where[0]], where[1]
        words = _sentence(article, number)
        fitness = (
            _role(article, number),
            not words.endswith((".", "!", "?", "”", '"')),
            bool(shown) and where not in shown,
            entity.name not in used,
            _place_of_name(words, used) > 60,
        )
        if best is None or fitness < best[0]:
            best = fitness, where, words
            if not any(fitness):
                break  # what is named by thousands has a good one soon
    return Evidence(*best[1], best[2]) if best else None


# What speaks against a sentence, gravest first: what it is, how it ends, what it tells.
Fitness = tuple[int, bool, bool, bool, bool]


def _place_of_name(sentence: str, found: tuple[str, ...]) -> int:
    """Return how far into its sentence a thing is first named: near the start it is the subject."""
    return min((sentence.find(name) for name in found if name in sentence), default=len(sentence))


def _role(article: Article, number: int) -> int:
    return {"text": 0, "caption": 1}.get(article.sentences[number - 1].role, 2)


def _sentence(article: Article, number: int) -> str:
    sentence = article.sentences[number - 1]
    return article.text[sentence.start : sentence.end]


# --- articles


def _article_cards(
    articles: Sequence[Article],
    extractions: Sequence[Extraction],
    index: Index,
    dates: Mapping[str, list[TimelineEntry]],
    publish: Mapping[str, Publish],
    wordings: Mapping[str, Wording] | None,
) -> tuple[ArticleCard, ...]:
    by_article = {extraction.article: extraction for extraction in extractions}
    same = same_stories(articles, extractions, wordings)
    return tuple(
        ArticleCard(
            a.id, a.file, a.title, a.section, a.source, a.url, a.author, a.lang, a.published,
            a.page_date, publish[a.id], a.retracted, _named(by_article[a.id], index),
            tuple(dates[a.id]), same[a.id],
        )
        for a in sorted(articles, key=lambda article: article.id)
    )  # fmt: skip


def _named(extraction: Extraction, index: Index) -> tuple[str, ...]:
    """Return the ids of the things an article names, in order of first mention."""
    ids = (index.by_mention.get((extraction.article, i)) for i in range(len(extraction.mentions)))
    return tuple(dict.fromkeys(id for id in ids if id))
