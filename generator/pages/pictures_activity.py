"""How often an entity is named, month by month, in a strip as wide as all the articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from generator import edtf
from generator.model import ArticleCard, Card
from generator.pages.catalog import Catalog
from generator.pages.pictures_svg import mark, picture

WIDTH, TALLEST, HEIGHT = 240, 28, 44
# More bars than this are too thin to see: months are then taken together.
MOST_BARS = 36
_STEPS = (1, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True, slots=True)
class Months:
    """The month of each article whose date says it, counted from the year 0; the ends of all."""

    of: Mapping[str, int] = field(default_factory=dict)
    first: int = 0
    last: int = 0


def article_months(catalog: Catalog) -> Months:
    """Return the months of all articles, once for all pages."""
    found = {id: _month(card) for id, card in catalog.articles.items()}
    months = {id: month for id, month in found.items() if month is not None}
    return Months(months, min(months.values(), default=0), max(months.values(), default=0))


def _month(card: ArticleCard) -> int | None:
    """Return when an article appeared, or else was saved."""
    span = edtf.bounds(card.published or card.page_date or "")
    if span is None or span[0][:7] != span[1][:7]:
        return None
    return int(span[0][:4]) * 12 + int(span[0][5:7]) - 1


def activity_svg(months: Months, card: Card) -> Markup:
    """Return the strip of one card, a link to where it is named; empty if no month is known."""
    named = {mention.article for mention in card.mentions}
    found = Counter(months.of[id] for id in sorted(named) if id in months.of)
    if not found:
        return Markup("")
    step = step_for(months)
    first = months.first // step
    bars = Counter({(month // step) - first: 0 for month in sorted(found)})
    for month, articles in found.items():
        bars[month // step - first] += articles
    count = months.last // step - first + 1
    path = "".join(_bar(number, bars[number], max(bars.values()), count) for number in sorted(bars))
    ends = (first * step // 12, ((first + count) * step - 1) // 12)
    inside = f'<path class="b" d="M0 {TALLEST + 1}h{WIDTH}"/><path d="{path}"/>' + _years(*ends)
    return picture(
        "cf-activity", (WIDTH, HEIGHT), mark("#mentions", "cf-time", told(found), inside)
    )


def step_for(months: Months) -> int:
    """Return how many months a bar stands for, so that all fit."""
    length = months.last - months.first + 1
    return next((step for step in _STEPS if length // step + 1 <= MOST_BARS), _STEPS[-1])


def told(found: Mapping[int, int]) -> str:
    """Return what a strip shows in figures: from when to when, and in how many articles.

    >>> told({24293: 1, 24300: 4})
    'June 2024 – January 2025: 5'
    """
    ends = dict.fromkeys((month_label(min(found)), month_label(max(found))))
    return f"{' – '.join(ends)}: {sum(found.values())}"


def month_label(month: int) -> str:
    """Return a month counted from the year 0 as readers say it."""
    return edtf.label(f"{month // 12:04}-{month % 12 + 1:02}")


def _bar(number: int, articles: int, most: int, count: int) -> str:
    """Return a bar of the path: a rectangle, at least wide and high enough to be seen."""
    left, right = number * WIDTH // count, (number + 1) * WIDTH // count
    wide = max(2, min(12, right - left - 2))
    high = max(3, articles * TALLEST // most)
    return f"M{left + (right - left - wide) // 2} {TALLEST}v-{high}h{wide}v{high}z"


def _years(first: int, last: int) -> str:
    """Return the years the strip begins and ends with."""
    begins = f'<text x="0" y="{HEIGHT - 4}">{first}</text>'
    ends = f'<text x="{WIDTH}" y="{HEIGHT - 4}" class="e">{last}</text>'
    return begins if first == last else begins + ends
