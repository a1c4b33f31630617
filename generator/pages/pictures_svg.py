"""Marks of a picture as SVG text: links, labels that fit, paths; looks are left to classes.

Everything is written on one line, for a blank line would end the HTML block in Markdown,
and with whole numbers, which are the same on every machine.
"""

from __future__ import annotations

import html
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from posixpath import relpath

from markupsafe import Markup

from generator.pages.escape import clean

Point = tuple[int, int]

# Widths of letters in thousandths of the type size, on the wide side: fonts differ by reader.
_NARROW, _PLAIN, _CAPITAL, _WIDE, _FULL = 390, 620, 720, 930, 1040
_NARROW_LETTERS = frozenset(" .,;:'’|!()[]fijlrtI-‐")
_WIDE_LETTERS = frozenset("mwMWOQGDHNU—@%&")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle, by its edges."""

    left: int
    top: int
    right: int
    bottom: int


def text_width(text: str, size: int) -> int:
    """Return how wide a text may become at a type size, in the same units."""
    return sum(map(_letter_width, text)) * size // 1000 + 1


@lru_cache(maxsize=10_000)
def _letter_width(letter: str) -> int:
    if letter in _NARROW_LETTERS or unicodedata.combining(letter):
        return _NARROW
    if letter in _WIDE_LETTERS:
        return _WIDE
    return _FULL if unicodedata.east_asian_width(letter) in "WF" else _capital_width(letter)


def _capital_width(letter: str) -> int:
    return _CAPITAL if letter.isupper() else _PLAIN


def fitted(text: str, size: int, width: int) -> str:
    """Return a text cut to a width; what was cut off shows as an ellipsis."""
    # No letter is narrower: of a long text no more than these can be in it.
    text = clean(text).strip()[: (width + 1) * 1000 // (_NARROW * size) + 2]
    if text_width(text, size) <= width:
        return text
    while text and text_width(f"{text}…", size) > width:
        text = text[:-1]
    return f"{text.rstrip(' ,-')}…"


def escaped(text: str) -> str:
    """Return foreign text for an element or an attribute."""
    return html.escape(clean(text).strip())


def href(page_uri: str, target_uri: str) -> str:
    """Return the address of a built page as another one links to it.

    >>> href("people/a.md", "people/b.md#s2"), href("map.md", "places/c.md")
    ('b.html#s2', 'places/c.html')
    """
    path, mark, anchor = target_uri.partition("#")
    folder = page_uri.rpartition("/")[0]
    return f"{relpath(path, folder or '.').removesuffix('.md')}.html{mark}{anchor}"


def overlaps(a: Box, b: Box) -> bool:
    """Return whether two rectangles share more than an edge."""
    return a.left < b.right and b.left < a.right and a.top < b.bottom and b.top < a.bottom


def within(inner: Box, outer: Box) -> bool:
    """Return whether a rectangle stands inside another."""
    return (
        outer.left <= inner.left
        and outer.top <= inner.top
        and inner.right <= outer.right
        and inner.bottom <= outer.bottom
    )


# --- elements


def dot(at: Point) -> str:
    """Return a round mark: a line of no length with round ends, as wide as its class says."""
    return f'<path d="M{at[0]} {at[1]}h0"/>'


def lines_path(lines: Iterable[tuple[Point, Point]]) -> str:
    """Return the `d` of straight lines."""
    return "".join(f"M{a} {b}L{c} {d}" for (a, b), (c, d) in lines)


def mark(address: str, kind: str, title: str, inside: str, years: str = "") -> str:
    """Return a link around marks; `title` is empty where a label says it all."""
    data = f' data-years="{years}"' if years else ""
    told = f"<title>{escaped(title)}</title>" if title else ""
    return f'<a href="{html.escape(address)}" class="{kind}"{data}>{told}{inside}</a>'


def label(at: Point, text: str, classes: str = "") -> str:
    """Return a line of text that starts, or by its class ends, at a point."""
    given = f' class="{classes}"' if classes else ""
    return f'<text x="{at[0]}" y="{at[1]}"{given}>{escaped(text)}</text>'


def picture(classes: str, size: Point, inside: str) -> Markup:
    """Return a whole picture; the figure around it, in the template, says what it shows."""
    return Markup(f'<svg class="{classes}" viewBox="0 0 {size[0]} {size[1]}">{inside}</svg>')
