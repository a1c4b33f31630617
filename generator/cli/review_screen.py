"""One question on one screen, whatever its size: what is asked, on what evidence, which keys."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from generator.review.listing import origin, visible
from generator.review.questions import Question, Quote

# Keys that every question has, beside its own answers.
COMMON = (("n", "skip"), ("u", "undo"), ("q", "leave"))
RENAME = ("r", "rename")
_GAP = "   "


def frame(question: Question, console: Console, *, place: str, note: str = "") -> list[Text]:
    """Return the lines of a screen: never more, never wider than the console."""
    width, height = console.size
    top = [
        *_spread("cardfile review", place, width),
        *_wrapped(Text(visible(question.text), style="bold"), console, 3),
        *_wrapped(Text(visible(question.detail), style="dim"), console, 3),
    ]
    bottom = [Text(""), *_keys(question, width)]
    if note:
        bottom += _wrapped(Text(visible(note), style="reverse"), console, 2)
    # The last line stays free: a terminal scrolls when it is filled.
    room = max(0, height - 1 - len(bottom))
    middle = _evidence(question, console, room - len(top))
    return [*(top + middle)[:room], *bottom][: max(1, height - 1)]


def _spread(left: str, right: str, width: int) -> list[Text]:
    """Return two words at the two ends of a line, and a rule below."""
    gap = width - cell_len(left) - cell_len(right)
    line = f"{left}{' ' * gap}{right}" if gap > 0 else right
    head = Text(line, style="bold cyan", no_wrap=True)
    head.truncate(width)
    return [head, Text("─" * width, style="dim")]


def _wrapped(text: Text, console: Console, most: int) -> list[Text]:
    """Return a text in lines, the last with dots if there were more."""
    lines = list(text.wrap(console, console.width))
    if len(lines) > most:
        lines = lines[:most]
        lines[-1].truncate(console.width - 2)
        lines[-1].append(" …")
    return lines


# --- evidence


def _evidence(question: Question, console: Console, room: int) -> list[Text]:
    """Return as many sentences as there is room for, of each side one before its second."""
    chosen = _chosen(question.quotes, (room - 1) // 3)
    if not chosen:
        return []
    most = max(1, (room - len(chosen)) // len(chosen) - 1)
    sides = len({quote.side for quote in question.quotes}) > 1
    lines: list[Text] = []
    for quote in chosen:
        name = question.names[quote.side - 1] if sides and quote.side else ""
        lines += [Text(""), *_quote(quote, name, console, most)]
    return lines[:room]


def _chosen(quotes: Sequence[Quote], most: int) -> list[Quote]:
    """Return the first sentences of each side, in the order of sides."""
    turn: dict[int, int] = {}
    ranked: list[tuple[int, int, int, Quote]] = []
    for quote in quotes:
        turn[quote.side] = turn.get(quote.side, 0) + 1
        ranked.append((turn[quote.side], quote.side, len(ranked), quote))
    first = sorted(ranked, key=lambda rank: rank[:3])[: max(0, most)]
    return [quote for _, _, _, quote in sorted(first, key=lambda rank: (rank[1], rank[2]))]


def _quote(quote: Quote, name: str, console: Console, most: int) -> list[Text]:
    """Return where a sentence stands and its words, cut around the names if it is long."""
    marked = tuple(map(visible, quote.names))
    head = Text(visible(f"{name} · " if name else ""), style="bold", no_wrap=True)
    head.append(visible(origin(quote)), style="not bold dim")
    head.truncate(console.width, overflow="ellipsis")
    room = (console.width - 1) * most - 2 * most
    words = Text(f"“{cut(visible(quote.text), marked, room)}”")
    if marked:
        longest = sorted(marked, key=len, reverse=True)
        words.highlight_regex("|".join(map(re.escape, longest)), "bold yellow")
    return [head, *list(words.wrap(console, console.width))[:most]]


def cut(text: str, names: Iterable[str], cells: int) -> str:
    """Return a text of at most so many cells, with the first of the names in the midst of it.

    >>> cut("one two three Ann Lee four five", ["Ann Lee"], 20)
    '… three Ann Lee four …'
    """
    if cell_len(text) <= cells:
        return text
    places = [place for name in names if (place := text.find(name)) >= 0]
    words = text.split(" ")
    here = text[: min(places, default=0)].count(" ")
    first, last = here, here + 1
    used = cell_len(words[here]) + 4
    while True:
        ahead = cell_len(words[last]) + 1 if last < len(words) else cells
        behind = cell_len(words[first - 1]) + 1 if first else cells
        # What follows a name tells more of it than what stands before.
        if ahead <= cells - used and (last - here <= 2 * (here - first) + 2 or not first):
            used, last = used + ahead, last + 1
        elif behind <= cells - used:
            used, first = used + behind, first - 1
        elif ahead <= cells - used:
            used, last = used + ahead, last + 1
        else:
            break
    return (
        f"{'… ' if first else ''}{' '.join(words[first:last])}{' …' if last < len(words) else ''}"
    )


# --- keys


def _keys(question: Question, width: int) -> list[Text]:
    """Return the keys and what they mean, as many to a line as fit."""
    rename = [RENAME] if question.renames else []
    answers = [(answer.key, visible(answer.label)) for answer in question.answers]
    lines = [Text(no_wrap=True)]
    for key, label in [*answers, *rename, *COMMON]:
        item = Text.assemble((key, "bold reverse"), f" {label}", no_wrap=True)
        item.truncate(width, overflow="ellipsis")
        if lines[-1].cell_len and lines[-1].cell_len + len(_GAP) + item.cell_len > width:
            lines.append(Text(no_wrap=True))
        elif lines[-1].cell_len:
            lines[-1].append(_GAP)
        lines[-1].append_text(item)
    return lines
