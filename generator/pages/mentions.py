"""Where an entity is named, by which of its names, and what else points at it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from posixpath import basename, splitext

from generator.model import ArticleCard, Card
from generator.pages.catalog import Catalog, sentence_uri
from generator.pages.labels import property_label
from generator.pages.sentences import (
    article_row,
    card_link,
    newest_first,
    script_lang,
    sentence_quote,
)
from generator.pages.views import Alias, Link, MentionGroup, NameUse, Pointing

# Sentences of one article that stand open; the others are a click away.
MENTIONS = 5
# Articles named after each name; cards that point at another by one property.
USES, POINTING = 3, 200
_NOTE_LINK = re.compile(r"\]\(\s*<?([^)\s>#]+)|^\s*\[[^\]]+\]:\s*<?([^\s>#]+)", re.MULTILINE)


def mention_groups(catalog: Catalog, card: Card) -> tuple[MentionGroup, ...]:
    """Return where a card is named, newest article first."""
    found: defaultdict[str, dict[int, tuple[str, ...]]] = defaultdict(dict)
    for mention in card.mentions:
        if mention.article in catalog.articles:
            names = found[mention.article].get(mention.sentence, ())
            found[mention.article][mention.sentence] = (*names, *mention.names)
    newest = newest_first(catalog.articles[id] for id in found)
    return tuple(mention_group(catalog, article, found[article.id]) for article in newest)


def mention_group(
    catalog: Catalog, article: ArticleCard, sentences: Mapping[int, tuple[str, ...]]
) -> MentionGroup:
    """Return the sentences of an article that name a card, as far as they are shown."""
    quotes = [
        quote
        for number, names in sorted(sentences.items())
        if (quote := sentence_quote(catalog, article.id, number, names))
    ]
    unshown = len(sentences) - len(quotes)
    # A fold that hides a single sentence is no help.
    cut = MENTIONS if len(quotes) > MENTIONS + 1 else len(quotes)
    return MentionGroup(article_row(article), tuple(quotes[:cut]), tuple(quotes[cut:]), unshown)


# --- names


def make_alias(name: str) -> Alias:
    """Return a name with the language of its script."""
    return Alias(name, script_lang(name))


def name_uses(catalog: Catalog, card: Card) -> tuple[NameUse, ...]:
    """Return each name that articles call a card by, and which articles; most used first."""
    first: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for mention in sorted(card.mentions, key=lambda mention: (mention.article, mention.sentence)):
        for name in mention.names if mention.article in catalog.articles else ():
            first[name].setdefault(mention.article, mention.sentence)
    known = (card.name, *card.aliases)
    rank = {name: number for number, name in reversed(tuple(enumerate(known)))}
    order = sorted(first, key=lambda name: (-len(first[name]), rank.get(name, len(known)), name))
    return tuple(name_use(catalog, name, first[name]) for name in order)


def name_use(catalog: Catalog, name: str, first: Mapping[str, int]) -> NameUse:
    """Return a name with its newest articles; `first` is where each has it first."""
    articles = newest_first(catalog.articles[id] for id in first)
    links = tuple(
        card_link(article, uri=sentence_uri(catalog, article.id, first[article.id]))
        for article in articles[:USES]
    )
    return NameUse(make_alias(name), links, len(articles) - len(links))


# --- what links here


def noted_links(notes: Mapping[str, str], ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return, for every card that editors' notes link to, the ids of the cards noted on."""
    known = frozenset(ids)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for id in sorted(set(notes) & known):
        for match in _NOTE_LINK.finditer(notes[id]):
            address = match[1] or match[2]
            target = splitext(basename(address))[0]
            if ":" not in address and target in known and target != id:
                found[target].add(id)
    return {target: tuple(sorted(ids)) for target, ids in found.items()}


def pointings(
    catalog: Catalog, card: Card, noted: Iterable[str], note_label: str
) -> tuple[Pointing, ...]:
    """Return the cards whose claims or notes point at this one, in the schema's order."""
    found: dict[str, dict[str, Link]] = {}
    for end in catalog.held.get(card.id, ()):
        label = property_label(catalog.labels, end.claim.property).label
        found.setdefault(label, {})[end.card.id] = card_link(end.card)
    for id in noted:
        found.setdefault(note_label, {})[id] = card_link(catalog.cards[id])
    ordered = {
        label: tuple(sorted(links.values(), key=lambda link: (link.text, link.uri)))
        for label, links in found.items()
    }
    return tuple(
        Pointing(label, links[:POINTING], max(0, len(links) - POINTING))
        for label, links in ordered.items()
    )
