"""The search of the site as files: names, spellings, cards, words and sentences.

Everything is read by assets/search.js; what lies where stands in search/meta.js.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.model import FOLDERS, Card
from generator.pages.catalog import Catalog
from generator.pages.search_names import (
    all_names,
    article_count,
    name_lines,
    ranked_cards,
    spelling_lines,
)
from generator.pages.search_shards import even_shards, script, sorted_shards
from generator.pages.search_texts import (
    ARTICLES,
    ROWS,
    TextRows,
    one_line,
    row_shards,
    text_rows,
    word_lines,
)
from generator.pages.search_words import letters, word_pattern

# Bytes in a file of the sorted lists; cards in a file.
NAME_BYTES, WORD_BYTES, CARDS = 8_000, 16_000, 48
# A result shows one line.
DESCRIPTION = 120


def search_files(catalog: Catalog, more: Mapping[str, object] | None = None) -> dict[str, str]:
    """Return the files of the search by address; `more` goes into search/meta.js as well."""
    cards = ranked_cards(catalog)
    rows = text_rows(catalog)
    lines, common = name_lines(catalog, cards)
    starts, ends = spelling_lines(lines)
    lists = {
        "names": sorted_shards("names", lines, NAME_BYTES),
        "starts": sorted_shards("starts", starts, NAME_BYTES),
        "ends": sorted_shards("ends", ends, NAME_BYTES),
        "words": sorted_shards("words", word_lines(rows.rows), WORD_BYTES),
    }
    meta = {
        **shape(catalog, cards, rows),
        **{name: first for name, (_, first) in lists.items()},
        "common": common,
        **(more or {}),
    }
    files = [shards for shards, _ in lists.values()]
    files += [even_shards("entities", [card_row(catalog, card) for card in cards], CARDS)]
    files += [row_shards(rows), {"search/meta.js": script("search/meta", meta)}]
    return {name: text for some in files for name, text in sorted(some.items())}


def shape(catalog: Catalog, cards: Sequence[Card], rows: TextRows) -> dict[str, object]:
    """Return what the browser must know of the index: kinds, how many in a file, letters.

    A kind is `[type, folder, label, plural, number of cards]`.
    """
    kinds = [
        [kind, FOLDERS[kind], label.label, label.plural, sum(card.type == kind for card in cards)]
        for kind, label in catalog.labels.types.items()
        if kind != "article"
    ]
    return {
        "kinds": kinds,
        "entities": CARDS,
        "articles": ARTICLES,
        "rows": ROWS,
        "titles": rows.titles,
        "claims": rows.claims,
        "count": len(rows.rows),
        "letters": letters(),
        "word": word_pattern(),
    }


def card_row(catalog: Catalog, card: Card) -> object:
    """Return what a result shows of a card: id, name, description, articles, other names."""
    description = one_line(card.description)
    if len(description) > DESCRIPTION:
        description = description[:DESCRIPTION].rpartition(" ")[0] + " …"
    others = [one_line(name) for name in all_names(catalog, card)[1:]]
    return [card.id, one_line(card.name), description, article_count(card), *others]
