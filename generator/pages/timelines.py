"""Dated sentences in time order, and a strip that draws each date as precisely as it is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from markupsafe import Markup

from generator import edtf
from generator.model import TimelineEntry
from generator.pages.catalog import Catalog
from generator.pages.pictures_svg import Point, escaped, label, picture
from generator.pages.sentences import make_quote
from generator.pages.views import Event, Link

# Which cards each dated sentence (date, article, sentence) is about.
About = Mapping[tuple[str, str, int], tuple[Link, ...]]

WIDTH, EDGE, LANE = 480, 8, 12
# A mark is at least so wide, and keeps so much room to the next in its lane.
SHORTEST, APART = 4, 9
# Years written below the strip stand so far from one another.
LABEL = 44
# A page with one date needs no picture.
FEWEST = 2


def events(
    catalog: Catalog, entries: Iterable[TimelineEntry], about: About | None = None
) -> tuple[Event, ...]:
    """Return dated sentences in time order; `about` says which cards each one is about."""
    return tuple(
        Event(
            date=edtf.label(entry.date),
            quote=make_quote(catalog, entry),
            cards=(about or {}).get((entry.date, entry.article, entry.sentence), ()),
            long=is_long(entry.date),
        )
        for entry in in_time(entries)
    )


def in_time(entries: Iterable[TimelineEntry]) -> list[TimelineEntry]:
    """Return dated sentences in time order, those whose year isn't known last."""
    return sorted(entries, key=lambda e: (edtf.sort_key(e.date), e.article, e.sentence))


def is_long(text: str) -> bool:
    """Return whether a date is more than one day."""
    span = edtf.bounds(text)
    return span is not None and span[0] != span[1]


# --- the strip


def timeline_svg(entries: Iterable[TimelineEntry]) -> Markup:
    """Return the strip of some dated sentences; each mark leads to its date, `#d1` the first.

    Years without a date take no room. Empty if there is nothing to compare.
    """
    spans = {
        entry.date: (number, known)
        for number, entry in reversed(tuple(enumerate(in_time(entries), 1)))
        if (known := closed_bounds(entry.date))
    }
    if len(spans) < FEWEST:
        return Markup("")
    years = sorted({int(day[:4]) for _, known in spans.values() for day in known})
    ends = {text: (at(known[0], years), at(known[1], years)) for text, (_, known) in spans.items()}
    ordered = sorted(ends, key=lambda text: (ends[text], text))
    lanes = dict(zip(ordered, place_marks([ends[text] for text in ordered]), strict=True))
    height = (max(lanes.values()) + 1) * LANE + EDGE
    marks = "".join(
        _mark(spans[text][0], text, ends[text], height - EDGE - lanes[text] * LANE)
        for text in ordered
    )
    inside = _axis(years, height) + marks
    return picture("cf-dates", (WIDTH, height + 20), inside)


def closed_bounds(text: str) -> tuple[str, str] | None:
    """Return first and last day; of an open interval the end that is known, twice."""
    span = edtf.bounds(text)
    if span is None:
        return None
    first, last = span
    return (
        last if first == edtf.FIRST_DAY else first,
        first if last == edtf.LAST_DAY else last,
    )


def at(day: str, years: Sequence[int]) -> int:
    """Return where a day stands: each year as wide as the next."""
    moment = date.fromisoformat(day)
    start, end = date(moment.year, 1, 1), date(moment.year, 12, 31)
    part = (moment - start).days * 1000 // max(1, (end - start).days)
    wide = WIDTH - 2 * EDGE
    return EDGE + (years.index(moment.year) * 1000 + part) * wide // (1000 * len(years))


def place_marks(ends: Iterable[Point]) -> list[int]:
    """Return a lane for each mark, given by its ends in order, so that none covers another."""
    lanes: list[int] = []
    chosen = []
    for left, right in ends:
        free = next((n for n, taken in enumerate(lanes) if taken <= left), len(lanes))
        lanes[free : free + 1] = [max(right, left + SHORTEST) + APART]
        chosen.append(free)
    return chosen


def _mark(number: int, text: str, ends: Point, y: int) -> str:
    """A day is a dot; anything longer is a bar."""
    left, right = ends
    long = max(right - left, SHORTEST) if is_long(text) else 0
    title = f"<title>{escaped(edtf.label(text))}</title>"
    name = ' class="b"' if long else ""
    return f'<a href="#d{number}"{name}>{title}<path d="M{left} {y}h{long}"/></a>'


def _axis(years: Sequence[int], height: int) -> str:
    """Return the line, a tick where each year begins, and as many years as there is room for."""
    starts = [at(f"{year:04}-01-01", years) for year in years]
    ticks = "".join(f"M{x} {height - 3}v6" for x in starts)
    line = f'<path class="g" d="M{EDGE} {height}H{WIDTH - EDGE}{ticks}"/>'
    shown, texts = -LABEL, []
    for x, year in zip(starts, years, strict=True):
        if x - shown >= LABEL:
            texts.append(label((x, height + 12), str(year), "q"))
            shown = x
    return line + "".join(texts)
