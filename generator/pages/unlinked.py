"""Editors' notes whose links lead only where this edition has a page."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from posixpath import dirname, join, normpath

from generator.model import Card
from generator.pages.catalog import card_uri

_INLINE = re.compile(r"\[([^\[\]]*)\]\(\s*(?:<([^>\n]*)>|([^)\s]*))[^)\n]*\)")
_DEFINED = re.compile(r"^ {0,3}\[([^\]\n]+)\]:[ \t]*<?([^\s>]+).*$", re.MULTILINE)
_REFERENCE = re.compile(r"\[([^\[\]\n]+)\](?:\[([^\[\]\n]*)\])?(?![(:])")

IsAbsent = Callable[[str], bool]


def unlink_notes(
    notes: Mapping[str, str], cards: Iterable[Card], absent: Collection[str]
) -> Mapping[str, str]:
    """Return notes by card id, links to absent pages as the plain text they stand on.

    A note stands on the page of its card, and its links are relative to that. Lines stay.
    """
    if not absent or not notes:
        return notes
    pages = {card.id: card_uri(card) for card in cards}
    return {
        id: unlink(text, _absence(pages[id], absent)) if id in pages else text
        for id, text in notes.items()
    }


def unlink(text: str, is_absent: IsAbsent) -> str:
    """Return Markdown with some links as plain text.

    >>> unlink("[A](a.md) and [B](b.md)", lambda address: address == "a.md")
    'A and [B](b.md)'
    """
    gone = {found[1].casefold() for found in _DEFINED.finditer(text) if is_absent(found[2])}

    def plain(found: re.Match[str]) -> str:
        return found[1] if is_absent(found[2] or found[3]) else found[0]

    def named(found: re.Match[str]) -> str:
        return found[1] if (found[2] or found[1]).casefold() in gone else found[0]

    text = _DEFINED.sub(lambda found: "" if is_absent(found[2]) else found[0], text)
    text = _INLINE.sub(plain, text)
    return _REFERENCE.sub(named, text) if gone else text


def _absence(page: str, absent: Collection[str]) -> IsAbsent:
    """Return a function that tells whether an address on a page leads to an absent one."""

    def is_absent(address: str) -> bool:
        path = re.split("[#?]", address, maxsplit=1)[0]
        target = normpath(join(dirname(page), path)) if path else page
        return re.sub(r"\.html$", ".md", target) in absent

    return is_absent
