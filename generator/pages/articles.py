"""The page of one article as a value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import groupby

from generator.model import Article, ArticleCard, Sentence
from generator.pages.catalog import Catalog
from generator.pages.escape import web_address
from generator.pages.sentences import (
    article_day,
    article_row,
    card_link,
    date_label,
    link_pieces,
    newest_first,
    show_unseen,
)
from generator.pages.sheets import grouped, sheets_of
from generator.pages.timelines import events
from generator.pages.views import ArticleView, Block, Group, Line, ListedArticle, Piece, Sheet

# Python-Markdown's time grows with the square of a paragraph's length: longer ones are cut.
PARAGRAPH = 4_000
# Of more articles than this each year has a page, and no page has more.
ONE_LIST = 600


# The articles before and after one in time: (newer, older).
Beside = tuple[ArticleCard | None, ArticleCard | None]


def article_view(catalog: Catalog, card: ArticleCard, beside: Beside = (None, None)) -> ArticleView:
    """Return what the page of an article shows, as far as its `publish` allows."""
    article = catalog.texts.get(card.id)
    blocks, cut = text_blocks(catalog, card, article)
    newer, older = (card_link(other) if other else None for other in beside)
    return ArticleView(
        row=article_row(card),
        title=show_unseen(catalog, (card.id, 1), (Piece(card.title),)),
        saved=date_label(card.page_date),
        author=card.author,
        section=card.section,
        original=web_address(card.url),
        lang=card.lang,
        publish=card.publish,
        blocks=blocks,
        cut=cut,
        groups=entity_groups(catalog, card),
        timeline=events(catalog, card.timeline),
        same_story=tuple(
            article_row(catalog.articles[id]) for id in card.same_as if id in catalog.articles
        ),
        newer=newer,
        older=older,
    )


def beside_articles(catalog: Catalog) -> dict[str, Beside]:
    """Return, for every article, the one newer and the one older, as in the list of all."""
    ordered = newest_first(catalog.articles.values())
    around: Sequence[ArticleCard | None] = [None, *ordered, None]
    return {card.id: (around[place], around[place + 2]) for place, card in enumerate(ordered)}


def listed_articles(catalog: Catalog) -> tuple[ListedArticle, ...]:
    """Return all articles, newest first, with how many cards of each kind they name."""
    return tuple(
        ListedArticle(article_row(card), card.section, count_kinds(catalog, card))
        for card in newest_first(catalog.articles.values())
    )


def article_sheets(catalog: Catalog, rows: Sequence[ListedArticle]) -> tuple[Sheet, ...]:
    """Return the list of articles on pages by year; none as long as one page holds them all."""
    if len(rows) <= ONE_LIST:
        return ()
    days = map(article_day, newest_first(catalog.articles.values()))
    return tuple(
        sheet
        for year, some in grouped(rows, [day[:4] for day in days])
        for sheet in sheets_of(some, f"articles/years/{year or 'undated'}.md", year, ONE_LIST)
    )


def count_kinds(catalog: Catalog, card: ArticleCard) -> tuple[tuple[str, int], ...]:
    """Return how many cards of each kind an article names, in the schema's order."""
    cards = [catalog.cards[id] for id in card.entities if id in catalog.cards]
    named: Counter[str] = Counter(card.type for card in cards)
    return tuple((kind, named[kind]) for kind in catalog.labels.types if named[kind])


def entity_groups(catalog: Catalog, card: ArticleCard) -> tuple[Group, ...]:
    """Return the entities of an article by kind, in order of first mention."""
    cards = [catalog.cards[id] for id in card.entities if id in catalog.cards]
    groups = [
        Group(label.plural, tuple(card_link(card) for card in cards if card.type == kind))
        for kind, label in catalog.labels.types.items()
    ]
    return tuple(group for group in groups if group.cards)


# --- text


def text_blocks(
    catalog: Catalog, card: ArticleCard, article: Article | None
) -> tuple[tuple[Block, ...], bool]:
    """Return the paragraphs that may be shown, without the headline, and whether some are cut."""
    shown = catalog.quotable[card.id]
    if article is None:
        numbers = sorted(number for number in shown - {1} if (card.id, number) in catalog.words)
        lines = [_line(catalog, card.id, n, n - 1 not in numbers) for n in numbers]
        return tuple(Block("text", (line,)) for line in lines), card.publish != "none"
    body = [s for s in article.sentences if s.number != 1 or s.role != "headline"]
    visible = [sentence for sentence in body if sentence.number in shown]
    blocks: list[Block] = []
    last = 1
    for _, group in groupby(visible, key=lambda s: (s.paragraph, s.role)):
        paragraph = list(group)
        lines = []
        for sentence in paragraph:
            lines.append(_line(catalog, card.id, sentence.number, sentence.number > last + 1))
            last = sentence.number
        blocks += _bounded(paragraph, lines)
    return tuple(blocks), len(visible) < len(body)


def _line(catalog: Catalog, id: str, number: int, gap: bool) -> Line:
    """Return a sentence with its names linked."""
    names = catalog.names.get((id, number), {})
    links = {name: card_link(card) for name, card in names.items()}
    pieces = link_pieces(catalog.words[id, number], links)
    return Line(number, show_unseen(catalog, (id, number), pieces), gap)


def _bounded(sentences: list[Sentence], lines: list[Line]) -> list[Block]:
    """Return one paragraph as blocks, each short enough for the Markdown renderer."""
    blocks: list[list[Line]] = [[]]
    size = 0
    for sentence, line in zip(sentences, lines, strict=True):
        length = sentence.end - sentence.start
        if blocks[-1] and size + length > PARAGRAPH:
            blocks.append([])
            size = 0
        blocks[-1].append(line)
        size += length
    return [Block(sentences[0].role, tuple(block)) for block in blocks]
