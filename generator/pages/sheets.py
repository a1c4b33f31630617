"""Long lists over several pages: sheets of about equal length, each with an address that stays."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from typing import Any, TypeVar

from markupsafe import Markup

from generator.model import Card
from generator.pages.catalog import card_uri
from generator.pages.views import Link, Sheet

T = TypeVar("T")


def split(rows: Sequence[T], most: int) -> tuple[tuple[T, ...], ...]:
    """Return rows as lists of at most so many.

    >>> split("abcde", 2)
    (('a', 'b'), ('c', 'd'), ('e',))
    """
    return tuple(tuple(rows[start : start + most]) for start in range(0, len(rows), most))


def set_aside(rows: Sequence[T], keep: int, most: int) -> tuple[tuple[tuple[T, ...], ...], int]:
    """Return the oldest rows as full lists, and how many those are; at least `keep` are left.

    Rows come oldest first. A full list stays as it is when newer rows come.
    """
    # Fewer than these more are not worth another page.
    full = max(0, len(rows) - keep) // most
    return split(rows[: full * most], most), full * most


def sheets_of(rows: Sequence[T], uri: str, label: str, most: int) -> tuple[Sheet, ...]:
    """Return rows as sheets: the first has the address and the label themselves.

    >>> [str(sheet.link.uri) for sheet in sheets_of("abc", "timeline/2025.md", "2025", 2)]
    ['timeline/2025.md', 'timeline/2025-2.md']
    """
    return tuple(
        Sheet(Link(_numbered(label, " ", number), numbered_uri(uri, number)), some)
        for number, some in enumerate(split(rows, most), 1)
    )


def grouped(rows: Iterable[T], keys: Sequence[Hashable]) -> list[tuple[Any, list[T]]]:
    """Return neighbouring rows of one key together; `keys` are those of the rows."""
    pairs = zip(keys, rows, strict=True)
    return [(key, [row for _, row in some]) for key, some in groupby(pairs, key=lambda p: p[0])]


def sheet_uri(card: Card, name: str) -> str:
    """Return the address of a page below that of a card: people/sergei-shoigu/mentions.md."""
    return f"{card_uri(card).removesuffix('.md')}/{name}"


def numbered_uri(uri: str, number: int) -> Markup:
    """Return the address of a sheet by its number."""
    return Markup(f"{_numbered(uri.removesuffix('.md'), '-', number)}.md")


def _numbered(text: str, between: str, number: int) -> str:
    return text if number == 1 else f"{text}{between}{number}"
