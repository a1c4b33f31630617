"""The index of texts: headlines, sentences that carry claims, other sentences; newest first.

Each is a row with a number, so that a row's number tells what it is. Only sentences that may
be shown have rows; of an article with `publish: none` there is the headline alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from generator.model import ArticleCard, Card, Claim
from generator.pages.catalog import Catalog, name_of
from generator.pages.escape import clean
from generator.pages.labels import property_label
from generator.pages.search_shards import even_shards, gaps
from generator.pages.search_words import words
from generator.pages.sentences import date_label, newest_first

# So many in a file: some 6 KB.
ROWS, ARTICLES = 32, 64
# A word in more than a quarter of many rows tells nothing apart.
FREQUENT, MANY = 4, 2000
# No sentence that is one is longer; of a claim's sentence, so many claims are told.
LONGEST, CLAIMS = 600, 3

Place = tuple[str, int]


@dataclass(frozen=True, slots=True)
class TextRow:
    """A headline (sentence 0) or a sentence; `claims` says those it is evidence for.

    `article` is the place of its article among all, newest first.
    """

    article: int
    sentence: int
    text: str
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TextRows:
    """All rows in order; rows before `titles` are headlines, those before `claims` carry claims."""

    articles: tuple[ArticleCard, ...]
    rows: tuple[TextRow, ...]
    titles: int
    claims: int


def text_rows(catalog: Catalog) -> TextRows:
    """Return everything of the articles that may be searched."""
    articles = tuple(newest_first(catalog.articles.values()))
    said = claims_by_sentence(catalog)
    places = sentences_by_article(catalog)
    titles = [TextRow(n, 0, one_line(article.title)) for n, article in enumerate(articles)]
    claiming, plain = [], []
    for n, article in enumerate(articles):
        for number in places.get(article.id, ()):
            text = one_line(catalog.words[article.id, number])[:LONGEST]
            claims = said.get((article.id, number), ())
            if claims:
                claiming.append(TextRow(n, number, text, claims))
            elif number != 1 or words(text) != words(article.title):
                plain.append(TextRow(n, number, text))
    counts = len(titles), len(titles) + len(claiming)
    return TextRows(articles, (*titles, *claiming, *plain), *counts)


def one_line(text: str | None) -> str:
    """Return foreign text as results show it: on one line, without control characters."""
    return clean(text or "").strip()


def sentences_by_article(catalog: Catalog) -> dict[str, list[int]]:
    """Return the numbers of the sentences that may be shown and whose words are at hand."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for article, number in sorted(catalog.words):
        if number in catalog.quotable.get(article, ()):
            found[article].append(number)
    return found


def claims_by_sentence(catalog: Catalog) -> dict[Place, tuple[str, ...]]:
    """Return the claims that each sentence is evidence for, in words, as far as pages show them."""
    found: defaultdict[Place, list[str]] = defaultdict(list)
    for id, claims in catalog.claims.items():
        for claim in claims:
            said = claim_in_words(catalog, catalog.cards[id], claim)
            for place in sorted({(e.article, e.sentence) for e in claim.evidence}):
                found[place].append(said)
    return {place: tuple(dict.fromkeys(told))[:CLAIMS] for place, told in found.items()}


def claim_in_words(catalog: Catalog, card: Card, claim: Claim) -> str:
    """Return a claim in words: Sergei Shoigu · Position: Secretary, Security Council."""
    other = name_of(catalog, claim.of) or claim.of
    what = ", ".join(part for part in (claim.value, other) if part)
    label = property_label(catalog.labels, claim.property).label
    return one_line(f"{card.name} · {label}: {what}")


def row_words(row: TextRow) -> set[str]:
    """Return the words a row is found by: its own and its claims'."""
    return {word for text in (row.text, *row.claims) for word in words(text)}


def word_lines(rows: Iterable[TextRow]) -> dict[str, str]:
    """Return each word with the rows that hold it; `*` for a word in too many."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    count = 0
    for number, row in enumerate(rows):
        count += 1
        for word in row_words(row):
            found[word].append(number)
    most = max(MANY, count // FREQUENT)
    return {word: "*" if len(at) > most else gaps(at) for word, at in found.items()}


def row_shards(rows: TextRows) -> dict[str, str]:
    """Return the articles, `[id, title, source and date]`, and the rows that are no headlines.

    A row is `[article, sentence, text, claim …]`.
    """
    articles = [article_row(article) for article in rows.articles]
    sentences = [
        [row.article, row.sentence, row.text, *row.claims] for row in rows.rows[rows.titles :]
    ]
    return {
        **even_shards("articles", articles, ARTICLES),
        **even_shards("rows", sentences, ROWS),
    }


def article_row(card: ArticleCard) -> list[str]:
    """Return what a result shows of an article: id, title, source and date."""
    about = (card.source, date_label(card.published or card.page_date))
    return [card.id, one_line(card.title), " · ".join(one_line(part) for part in about if part)]
