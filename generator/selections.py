"""What of the cards a site publishes, as mkdocs.yml and the command line say it.

`publish_only: {top: 5000, kinds: [person], since: 2020, min_articles: 2}`, or `--top 5000`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from generator import edtf
from generator.model import ENTITY_TYPES, EntityType, Selection

_DAY = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?", re.ASCII)


def read_selection(value: Any) -> Selection:
    """Return the selection a setting asks for. Raises ValueError, which says what to write."""
    if value in (None, ""):
        return Selection()
    if not isinstance(value, Mapping) or not set(value) <= set(NAMES):
        raise ValueError(f"give one or more of {', '.join(NAMES)}")
    return narrowed(Selection(), {name: clean(name, value[name]) for name in value})


def narrowed(selection: Selection, wanted: Mapping[str, Any]) -> Selection:
    """Return a selection with some of its parts replaced. Raises ValueError if they exclude all."""
    made = replace(selection, **wanted)
    if made.since and made.until and _first(made.since) > _last(made.until):
        raise ValueError(f"until {made.until} ends before since {made.since} begins: swap them")
    return made


def clean(name: str, value: Any) -> Any:
    """Return the value of a part of a selection. Raises ValueError, which says what to write."""
    try:
        return _CLEANERS[name](value)
    except ValueError as fault:
        raise ValueError(f"{name}: {fault}") from fault


def span(selection: Selection) -> tuple[str, str]:
    """Return the first and the last day of a selection, as ISO dates."""
    first = _first(selection.since) if selection.since else edtf.FIRST_DAY
    return first, _last(selection.until) if selection.until else edtf.LAST_DAY


def _first(day: str) -> str:
    return (edtf.bounds(day) or (edtf.FIRST_DAY, ""))[0]


def _last(day: str) -> str:
    return (edtf.bounds(day) or ("", edtf.LAST_DAY))[1]


def _count(value: Any) -> int:
    digits = str(value).replace("_", "")
    if not digits.isascii() or not digits.isdigit() or not int(digits):
        raise ValueError("write a whole number above 0, such as 5000")
    return int(digits)


def _kinds(value: Any) -> tuple[EntityType, ...]:
    """Return kinds in the house's order, from a list or from words with commas between."""
    words = value if isinstance(value, list | tuple) else [value]
    given = {part.strip() for word in words for part in str(word).split(",")}
    if not given or not given <= set(ENTITY_TYPES):
        raise ValueError(f"write one or more of {', '.join(ENTITY_TYPES)}")
    return tuple(kind for kind in ENTITY_TYPES if kind in given)


def _day(value: Any) -> str:
    # MkDocs hands numbers and dates, where we read words.
    text = str(value)
    if not _DAY.fullmatch(text) or not edtf.is_valid(text):
        raise ValueError("write a year, a month or a day: 2020, 2020-06 or 2020-06-17")
    return text


_CLEANERS: dict[str, Callable[[Any], Any]] = {
    "top": _count,
    "kinds": _kinds,
    "min_articles": _count,
    "since": _day,
    "until": _day,
    "newest": _count,
}
NAMES = tuple(field.name for field in fields(Selection))
