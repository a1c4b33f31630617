"""The nouns of this room: a page as lines, before and after the furniture is off."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from generator.model import Dropped, Problem, Publish

Role = Literal["headline", "caption", "heading", "text"]
Format = Literal["txt", "md", "html"]

BULLET = re.compile(r"^[-*•–▪‣·●◦○■]\s+(?=\S)")
TERMINATED = re.compile(r"(?:[.!?…。！？]|\.\.\.)[\"'”’»›)\]」』]*$")
_UNSPACED = re.compile("[\u3040-\u9fff\u0e00-\u0e7f]")
_SAME = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "“": '"', "”": '"', "\\": None})


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a page; `number` is its line in the file, `block` its run of lines."""

    number: int
    text: str
    block: int = 0
    role: Role = "text"
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page says of itself; dates are EDTF, absent is None."""

    title: str | None = None
    slug: str | None = None
    section: str | None = None
    source: str | None = None
    url: str | None = None
    author: str | None = None
    lang: str | None = None
    published: str | None = None
    page_date: str | None = None
    publish: Publish | None = None
    retracted: bool = False


@dataclass(frozen=True, slots=True)
class RawPage:
    """A decoded file: its lines in order, its own metadata, what its format left out."""

    file: str
    format: Format
    lines: tuple[Line, ...]
    meta: Meta = Meta()
    dropped: tuple[Dropped, ...] = ()
    problems: tuple[Problem, ...] = ()
    unseen: tuple[Line, ...] = ()  # lines that hold what nobody sees, as the file has them


@dataclass(frozen=True, slots=True)
class Draft:
    """A page on its way to an article: the lines still kept, and which one is the headline."""

    lines: tuple[Line, ...]
    title: int | None = None
    dropped: tuple[Dropped, ...] = ()

    def without(self, reasons: dict[int, str]) -> Draft:
        """Return the draft without the lines at these indices, each dropped with its reason."""
        reasons = {index: why for index, why in reasons.items() if index != self.title}
        if not reasons:
            return self
        gone = [
            Dropped(self.lines[i].number, self.lines[i].text, reasons[i]) for i in sorted(reasons)
        ]
        kept = tuple(line for i, line in enumerate(self.lines) if i not in reasons)
        moved = None if self.title is None else self.title - sum(i < self.title for i in reasons)
        return Draft(kept, moved, (*self.dropped, *gone))

    def with_role(self, indices: list[int], role: Role) -> Draft:
        """Return the draft with the lines at these indices given a role."""
        chosen = set(indices)
        lines = tuple(
            replace(line, role=role) if i in chosen else line for i, line in enumerate(self.lines)
        )
        return replace(self, lines=lines)


@lru_cache(maxsize=5_000)  # each rule of an article asks for its lines again
def line_key(text: str) -> str:
    """Return what two copies of one line share, whatever their quotes, escapes and case.

    >>> line_key("Ri\\\\'s  Visit") == line_key("ri’s visit")
    True
    """
    return " ".join(text.translate(_SAME).casefold().split())


def is_terminated(text: str) -> bool:
    """Return whether a line ends as a sentence does.

    >>> is_terminated("He left.”"), is_terminated("Most popular")
    (True, False)
    """
    return TERMINATED.search(text[-12:]) is not None


def word_count(text: str) -> int:
    """Return the number of words; where a script sets no spaces, two signs count as one."""
    words = len(text.split())
    return words if text.isascii() else words + len(_UNSPACED.findall(text)) // 2


def is_headline_shaped(text: str) -> bool:
    """Return whether a line could be a headline: some words, no end of a sentence, not long."""
    words = word_count(text)
    shaped = 2 <= words <= 30 and len(text) <= 200 and not text.endswith((".", ":", ";", ","))
    return shaped and not BULLET.match(text)
