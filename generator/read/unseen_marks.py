"""Where in an article something stood that nobody sees, found again in its kept text.

Reading works on text without such characters, so that a name is a name however it was cut. Only
a file that has any is gone through once more with them, and its lines are looked up in the text
that was kept: white space apart, they are the same.
"""

from __future__ import annotations

import html
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from generator import unseen
from generator.model import Article, Limits, Problem, Unseen
from generator.read.decoding import seen_text
from generator.read.html_files import whole_lines
from generator.read.markdown_files import read_markdown
from generator.read.pages import Line, RawPage
from generator.read.plain import split_lines

# No reader looks at more of them, and every one makes the page longer.
MOST = 1_000
# Letters around a place by which it is found where a line was cut.
AROUND = 24
# Letters compared in all, so that a file made of nothing else costs no more than others.
EFFORT = 200_000_000
_CUT, _TURNED = "which cuts words unseen", "which turns the text after it round"
_TODO = "check the source; the page shows where it stood"


@dataclass(slots=True)
class _Text:
    """Kept text without white space, where each of its letters stands, how far it was read."""

    letters: str
    offsets: array[int]
    at: int = 0
    effort: int = EFFORT

    def find(self, words: str) -> int:
        """Return where words stand at or after the last ones found, else anywhere, else -1."""
        if not words or self.effort < 0:
            return -1
        found = self.letters.find(words, self.at)
        if found < 0:
            found = self.letters.find(words)
            self.effort -= len(self.letters)
        self.effort -= abs(found - self.at)
        self.at = max(found, self.at)
        return found


def without_unseen(page: RawPage) -> RawPage:
    """Return a page without what a format's own codes (`&#8203;`) can bring in unseen."""
    if all(line.text.isascii() for line in page.lines) and repr(page.meta).isascii():
        return page
    lines = [replace(line, text=_folded(line.text)) for line in page.lines]
    values = {
        name: _folded(value)
        for name in ("title", "section", "source", "author")
        if (value := getattr(page.meta, name))
    }
    meta = replace(page.meta, **values)  # type: ignore[arg-type]
    return replace(page, lines=tuple(line for line in lines if line.text), meta=meta)


def _folded(text: str) -> str:
    return text if text.isascii() and text.isprintable() else " ".join(seen_text(text).split())


def lines_with_unseen(kind: str, text: str, limits: Limits) -> tuple[Line, ...]:
    """Return the lines of a file that hold something unseen, with it."""
    if not unseen.holds(text if kind == "txt" else html.unescape(text)):
        return ()
    if kind == "md":
        lines: Iterable[Line] = read_markdown("", text, limits).lines
    else:
        lines = whole_lines(text) if kind == "html" else split_lines(text)
    return tuple(line for line in lines if unseen.find(line.text))


def with_unseen(article: Article, lines: tuple[Line, ...]) -> Article:
    """Return an article with what nobody sees in it and where that stands."""
    if not lines:
        return article
    offsets = array("L", (match.start() for match in re.finditer(r"\S", article.text)))
    text = _Text("".join(article.text.split()), offsets)
    found: dict[int, str] = {}
    for offset, run in (place for line in lines for place in _places(text, line.text)):
        found.setdefault(offset, run)
        if len(found) == MOST:
            break
    marks = tuple(Unseen(offset, found[offset]) for offset in sorted(found))
    return replace(article, unseen=marks)


def _places(text: _Text, line: str) -> Iterator[tuple[int, str]]:
    """Yield the offset in the kept text of everything unseen in a line."""
    kept, runs = seen_text(line), unseen.find(line)
    letters = "".join(kept.split())
    start = text.find(letters)
    before = 0
    done = 0
    for offset, run in runs if text.effort > 0 else ():
        done += len("".join(kept[before:offset].split()))
        before = offset
        place = start + done if start >= 0 else _around(text, letters, done)
        if place < 0:
            continue
        # With the letter before it, unless that is a word's end.
        ahead = offset < len(kept) and (not offset or kept[offset - 1].isspace())
        index = place if ahead or not place else place - 1
        yield text.offsets[index] + (0 if ahead or not place else 1), run


def _around(text: _Text, letters: str, at: int) -> int:
    """Return where in the kept text a place stands, by the letters around it; -1 if nowhere."""
    before = letters[max(0, at - AROUND) : at]
    found = text.find(before + letters[at : at + AROUND])
    return found + len(before) if found >= 0 else -1


def unseen_problems(article: Article, lines: Iterable[Line]) -> Iterator[Problem]:
    """Yield a problem for each kind of character that deceives the readers of an article."""
    shown = {mark.chars for mark in article.unseen}
    told: set[str] = set()
    for line in lines:
        for run in unseen.deceptions(line.text):
            if run in shown and run[0] not in told:
                told.add(run[0])
                what = f"holds {unseen.label(run[0])}, {_TURNED if unseen.turns(run) else _CUT}"
                yield Problem(article.file, line.number, what, _TODO)
