"""The timeline across everything: a row for each year, a dot for each month, and the sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from generator import edtf
from generator.model import TimelineEntry
from generator.pages.catalog import Catalog
from generator.pages.overviews import entries_about, year_of
from generator.pages.pictures_svg import dot, href, label, mark, picture
from generator.pages.sheets import sheets_of
from generator.pages.timelines import events
from generator.pages.views import Event, Link, Sheet

URI = "timeline.md"
# With more dated sentences than this, each year has a timeline of its own; a year with more,
# each of its months. No page has more.
ONE_TIMELINE = 400
# Of more years than this, the older ones stand together by decade.
MOST_ROWS, SINGLE = 30, 20
WIDTH, LEFT, COLUMN, ROW = 540, 74, 34, 26
# So many sentences make a dot one size larger.
LARGER = (2, 5, 12)


# Which cards each dated sentence (date, article, sentence) is about.
About = dict[tuple[str, str, int], tuple[Link, ...]]


@dataclass(frozen=True, slots=True)
class Month:
    """The dated sentences of a month; label and slug are empty for those dated to the year.

    Those of a year that is too long for a page stand on the month's own `sheets`.
    """

    number: int
    label: str
    slug: str
    uri: Markup
    events: tuple[Event, ...]
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Year:
    """The dated sentences of a year, by month; `label` is empty where the year isn't known."""

    label: str
    slug: str
    uri: Markup
    months: tuple[Month, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the picture: a year or a decade, and its dots: column, address, title, count."""

    label: str
    uri: Markup
    dots: tuple[tuple[int, Markup, str, int], ...]


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The page of the timeline; `by_year` says that each year has a page of its own."""

    picture: Markup
    years: tuple[Year, ...]
    count: int
    by_year: bool


def timeline_view(catalog: Catalog) -> TimelineView:
    """Return every dated sentence by year and month, oldest first, and the picture of it."""
    entries = dated_sentences(catalog)
    by_year = sum(map(len, entries.values())) > ONE_TIMELINE
    about = entries_about(catalog)
    years = tuple(
        Year(
            year,
            year or "unknown",
            year_uri(year, by_year),
            months := _months(catalog, year, entries[year], about, by_year),
            sum(len(month.events) for month in months),
        )
        # The empty year, of dates without one, goes last.
        for year in sorted(entries, key=lambda year: (not year, year))
    )
    count = sum(year.count for year in years)
    return TimelineView(timeline_svg(years), years, count, by_year)


def dated_sentences(catalog: Catalog) -> Mapping[str, list[TimelineEntry]]:
    """Return each dated sentence once, by its year."""
    entries = [entry for card in catalog.cards.values() for entry in card.timeline]
    entries += [entry for card in catalog.articles.values() for entry in card.timeline]
    once = {(e.date, e.article, e.sentence): e for e in entries}
    by_year: defaultdict[str, list[TimelineEntry]] = defaultdict(list)
    for place in sorted(once):
        by_year[year_of(once[place])].append(once[place])
    return by_year


def month_of(entry: TimelineEntry) -> int:
    """Return the month, 1 to 12, a dated sentence is about; 0 where it is not in one."""
    first, last = edtf.bounds(entry.date) or ("", " ")
    return int(first[5:7]) if first[:7] == last[:7] else 0


def _months(
    catalog: Catalog, year: str, entries: Sequence[TimelineEntry], about: About,
    by_year: bool,
) -> tuple[Month, ...]:  # fmt: skip
    """Return the months of a year in order, what is dated to the year itself first."""
    long = by_year and len(entries) > ONE_TIMELINE
    ordered = sorted(entries, key=month_of)
    found = []
    for number, group in groupby(ordered, key=month_of):
        name = edtf.label(f"{year}-{number:02}") if number else ""
        slug = f"m-{year}-{number:02}" if number else ""
        shown = events(catalog, group, about)
        sheets = month_sheets(year, number, name, shown) if long else ()
        uri = sheets[0].link.uri if sheets else _month_uri(year, number, by_year)
        found.append(Month(number, name, slug, uri, shown, sheets))
    return tuple(found)


def month_sheets(year: str, number: int, label: str, shown: Sequence[Event]) -> tuple[Sheet, ...]:
    """Return the pages of a month; those dated to the year itself have one, too."""
    name = f"{year or 'unknown'}-{f'{number:02}' if number else 'year'}"
    return sheets_of(shown, f"timeline/{name}.md", label or year, ONE_TIMELINE)


def year_uri(year: str, by_year: bool) -> Markup:
    """Return where the sentences of a year stand."""
    slug = year or "unknown"
    return Markup(f"timeline/{slug}.md" if by_year else f"{URI}#year-{slug}")


def _month_uri(year: str, number: int, by_year: bool) -> Markup:
    page = f"timeline/{year}.md" if by_year else URI
    return Markup(f"{page}#m-{year}-{number:02}") if number else year_uri(year, by_year)


# --- the picture


def timeline_svg(years: Sequence[Year]) -> Markup:
    """Return years as rows and months as columns, each dot a link to its sentences."""
    rows = picture_rows([year for year in years if year.label])
    if not rows:
        return Markup("")
    height = ROW * (len(rows) + 1) + 4
    heads = "".join(
        label((column(month), ROW // 2), name, "m q")
        for month, name in enumerate("JFMAMJJASOND", 1)
    )
    ruled = "".join(f"M{LEFT} {middle(number)}H{WIDTH - 8}" for number in range(len(rows)))
    marks = "".join(_row(row, number) for number, row in enumerate(rows))
    inside = f'<path class="g" d="{ruled}"/>{heads}{marks}'
    return picture("cf-months", (WIDTH, height), inside)


def picture_rows(years: Sequence[Year]) -> tuple[Row, ...]:
    """Return a row for each year; of many, the older ones by decade."""
    single = years if len(years) <= MOST_ROWS else years[-SINGLE:]
    older = years[: len(years) - len(single)]
    decades = [
        (decade, list(group)) for decade, group in groupby(older, key=lambda year: year.label[:3])
    ]
    together = [
        Row(edtf.label(f"{decade}X"), group[0].uri, _decade_dots(decade, group))
        for decade, group in decades
    ]
    return (*together, *(Row(year.label, year.uri, _year_dots(year)) for year in single))


def _decade_dots(decade: str, years: Sequence[Year]) -> tuple[tuple[int, Markup, str, int], ...]:
    count = sum(year.count for year in years)
    return ((0, years[0].uri, f"{edtf.label(f'{decade}X')}: {count}", count),)


def _year_dots(year: Year) -> tuple[tuple[int, Markup, str, int], ...]:
    return tuple(
        (
            month.number,
            month.uri,
            f"{month.label or year.label}: {len(month.events)}",
            len(month.events),
        )
        for month in year.months
    )


def column(month: int) -> int:
    """Return where a month's dots stand; those of the whole year are right of its name."""
    return LEFT + 12 + month * COLUMN


def middle(row: int) -> int:
    """Return the height of a row."""
    return ROW * (row + 1) + ROW // 2


def _row(row: Row, number: int) -> str:
    y = middle(number)
    name = mark(_address(row.uri), "cf-time", "", label((LEFT - 10, y), row.label, "e"))
    dots = (
        mark(_address(uri), f"cf-time t{grade(count)}", title, dot((column(month), y)))
        for month, uri, title, count in row.dots
    )
    return name + "".join(dots)


def _address(uri: Markup) -> str:
    # On its own page an anchor is enough.
    return str(uri).removeprefix(URI) if uri.startswith(f"{URI}#") else href(URI, uri)


def grade(count: int) -> int:
    """Return the size, 0 to 3, of a dot for so many sentences."""
    return sum(count >= more for more in LARGER)
