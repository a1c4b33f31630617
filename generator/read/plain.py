"""Text as saved from a page: lines joined where a mailer broke them, bullets set aside."""

from __future__ import annotations

import re
from dataclasses import replace

from generator.model import Dropped
from generator.read import reasons
from generator.read.pages import BULLET, Line, RawPage, is_terminated

_MAIL = re.compile(
    r"(?P<name>From|To|Cc|Bcc|Subject|Date|Sent|Reply-To|Return-Path|Message-ID|Organization)"
    r":\s+(?:(?:re|fwd?|aw|wg):\s*)*(?P<value>\S.*)",
    re.IGNORECASE,
)
# Nobody's screen or mailer wraps text wider than this; wider lines are whole paragraphs.
WIDEST_WRAP = 100
NARROWEST_WRAP = 50


def read_plain(file: str, text: str) -> RawPage:
    """Return the page of a text file, one line for each paragraph."""
    lines, dropped = _without_mail_headers(split_lines(text))
    return RawPage(file, "txt", tuple(lines), dropped=tuple(dropped))


def _without_mail_headers(lines: list[Line]) -> tuple[list[Line], list[Dropped]]:
    """Return the lines of a mail with its subject as the first; other texts as they are."""
    top = {i: found for i, line in enumerate(lines[:10]) if (found := _MAIL.match(line.text))}
    if len({found["name"].lower() for found in top.values()}) < 2:
        return lines, []
    kept: list[Line] = []
    dropped: list[Dropped] = []
    for index, line in enumerate(lines):
        name = top[index]["name"].lower() if index in top else ""
        if name == "subject":
            kept.insert(0, replace(line, text=top[index]["value"]))
        elif name and name != "date":
            dropped.append(Dropped(line.number, line.text, reasons.MAIL))
        else:
            kept.append(line)
    return kept, dropped


def split_lines(text: str, first: int = 1) -> list[Line]:
    """Return the non-empty lines of a text, white space folded, hard-wrapped ones rejoined."""
    lines: list[Line] = []
    block = 0
    for number, raw in enumerate(text.split("\n"), first):
        folded = " ".join(raw.split())
        if folded:
            lines.append(make_line(number, folded, block))
        else:
            block += 1
    return _rejoin(lines)


def make_line(number: int, text: str, block: int) -> Line:
    """Return a line without its bullet, which is a sign of the layout and not of the text."""
    bare = BULLET.sub("", text)
    return Line(number, bare, block, bullet=bare != text)


def _rejoin(lines: list[Line]) -> list[Line]:
    """Return hard-wrapped lines put together again; other lines as they are."""
    width = max((len(line.text) for line in lines), default=0)
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP or not _is_wrapped(lines, width):
        return lines
    joined: list[Line] = []
    last = ""
    for line in lines:
        if joined and line.block == joined[-1].block and _continues(last, line, width):
            before = joined[-1]
            text = f"{before.text} {line.text}"
            joined[-1] = Line(before.number, text, before.block, bullet=before.bullet)
        else:
            joined.append(line)
        last = line.text
    return joined


def _is_wrapped(lines: list[Line], width: int) -> bool:
    """Return whether most lines that are not the last of their block were full when broken."""
    pairs = [(a, b) for a, b in zip(lines, lines[1:], strict=False) if a.block == b.block]
    full = sum(_continues(a.text, b, width) for a, b in pairs)
    open_ended = sum(not is_terminated(a.text) for a, _ in pairs)
    return full >= 3 and full * 2 >= len(pairs) and open_ended * 2 >= len(pairs)


def _continues(text: str, following: Line, width: int) -> bool:
    """Return whether a line was broken only because its next word had no room."""
    word = following.text.split(" ", 1)[0]
    return not following.bullet and len(text) + 1 + len(word) > width - 6
