"""Dates: ones the calendar has, and no two of a card that can't both be true.

Only what is certain is told: sources may differ, and a date may be vague.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator import edtf
from generator.checks.world import AnyCard, Finding, Path, World
from generator.model import ArticleCard, Card

# What nobody does before being born, and what nobody does after death. An office may be
# spoken of, and a sentence passed, when its holder is dead.
_IN_LIFE = frozenset("position member_of met visited took_part_in education arrested".split())
_ALIVE = frozenset("met visited took_part_in".split())
_EDTF = "write it as EDTF: 2025-05-09, 2025-06?, XXXX-05-26, 2024-05/2024-08"


def bad_dates(card: AnyCard, world: World) -> Iterator[Finding]:
    """Yield every date that is none, and every interval that ends before it begins."""
    for path, date in _dates(card):
        if edtf.is_valid(date):
            continue
        if is_reversed(date):
            first, last = date.split("/")
            what = f"{date!r} ends before it begins"
            yield Finding(path, what, f"write {last}/{first}, if that is meant")
        else:
            yield Finding(path, f"{date!r} is no date", _EDTF)


def is_reversed(date: str) -> bool:
    """Return whether a date is an interval of two dates in the wrong order."""
    ends = date.split("/")
    return (
        len(ends) == 2 and all(map(edtf.is_valid, ends)) and edtf.is_valid(f"{ends[1]}/{ends[0]}")
    )


def _dates(card: AnyCard) -> Iterator[tuple[Path, str]]:
    for n, entry in enumerate(card.timeline):
        yield ("timeline", n, "date"), entry.date
    if isinstance(card, Card):
        yield from ((("claims", n, "date"), c.date) for n, c in enumerate(card.claims) if c.date)
        return
    for key, date in (("published", card.published), ("page_date", card.page_date)):
        if date:
            yield (key,), date


def contradictions(card: AnyCard, world: World) -> Iterator[Finding]:
    """Yield the dates of a card of which one rules the other out."""
    if isinstance(card, ArticleCard):
        yield from _saved_too_soon(card)
    elif card.type == "person":
        yield from _impossible_life(card)


def _saved_too_soon(card: ArticleCard) -> Iterator[Finding]:
    published, saved = _span(card.published), _span(card.page_date)
    if published and saved and published[0] > saved[1]:
        what = f"published on {card.published}, after its page was saved on {card.page_date}"
        yield Finding(("published",), what, "correct the date in the article's file")


def _impossible_life(card: Card) -> Iterator[Finding]:
    """Yield what a person can't have done: not even with the kindest reading of the dates."""
    born = min((first for first, _ in _values(card, "birth_date")), default=edtf.FIRST_DAY)
    died = max((last for _, last in _values(card, "death_date")), default=edtf.LAST_DAY)
    if born > died:
        n = next(n for n, c in enumerate(card.claims) if c.property == "death_date")
        what = f"{card.name} died by {died}, and was not born before {born}"
        yield Finding(("claims", n, "value"), what, _DECIDE)
        return
    for n, claim in enumerate(card.claims):
        span = _span(claim.date)
        if span and claim.property in _IN_LIFE and span[1] < born:
            what = f"{claim.property} in {claim.date}, and {card.name} was not born before {born}"
            yield Finding(("claims", n, "date"), what, _DECIDE)
        if span and claim.property in _ALIVE and span[0] > died:
            what = f"{claim.property} in {claim.date}, and {card.name} was dead by {died}"
            yield Finding(("claims", n, "date"), what, _DECIDE)


_DECIDE = "if two are mixed up here, decide `split`; if one claim is wrong, `retract`"


def _values(card: Card, property: str) -> Iterable[tuple[str, str]]:
    spans = [_span(claim.value) for claim in card.claims if claim.property == property]
    return [span for span in spans if span]


def _span(date: str | None) -> tuple[str, str] | None:
    """Return the first and last day a stated date can be; None where it says too little."""
    return edtf.bounds(date) if date and edtf.certain(date) else None
