"""What each kept line is: caption, heading or text; long paragraphs are cut to size."""

from __future__ import annotations

from dataclasses import replace

from generator.read import reasons, shapes
from generator.read.pages import Draft, Line, is_terminated, line_key, word_count
from generator.read.sentences import split

LONGEST_HEADING = 15


def mark_roles(draft: Draft) -> Draft:
    """Return the draft with captions and headings marked, where the format did not tell them."""
    plain = [i for i, line in enumerate(draft.lines) if line.role == "text" and i != draft.title]
    twice = {line_key(d.text) for d in draft.dropped if d.reason == reasons.CAPTION}
    copies = {d.line for d in draft.dropped if d.reason == reasons.HEADLINE}
    captions = [
        i for i in plain if _is_caption(draft.lines[i], twice) or _is_under_copy(draft, i, copies)
    ]
    headings = [i for i in plain if i not in captions and _is_heading(draft, i)]
    return draft.with_role(captions, "caption").with_role(headings, "heading")


def _is_caption(line: Line, twice: set[str]) -> bool:
    return shapes.has_credit_tail(line.text) or bool(twice) and line_key(line.text) in twice


def _is_under_copy(draft: Draft, index: int, copies: set[int]) -> bool:
    """Return whether one sentence clings to the headline's second copy, apart from the text."""
    line = draft.lines[index]
    if line.number - 1 not in copies or index + 1 >= len(draft.lines):
        return False
    apart = draft.lines[index + 1].number > line.number + 1
    return apart and len(line.text) <= 300 and len(split(line.text)) == 1


def _is_heading(draft: Draft, index: int) -> bool:
    """Return whether a short line without a sentence's end stands over a paragraph."""
    line = draft.lines[index]
    if line.bullet or index + 1 >= len(draft.lines) or is_terminated(line.text):
        return False
    below = draft.lines[index + 1]
    short = word_count(line.text) <= LONGEST_HEADING and len(line.text) <= 120
    return short and not below.bullet and line.text[-1] not in ",;:" and word_count(below.text) > 10


def cut_paragraphs(lines: tuple[Line, ...], limit: int) -> tuple[Line, ...]:
    """Return the lines with none over `limit` characters: cut after a sentence, else at a space."""
    return tuple(
        part
        for line in lines
        for part in ([line] if len(line.text) <= limit else _parts(line, limit))
    )


def _parts(line: Line, limit: int) -> list[Line]:
    parts = [""]
    for start, end in split(line.text):
        for piece in cut_sentence(line.text[start:end], limit):
            if len(parts[-1]) + 1 + len(piece) <= limit:
                parts[-1] = f"{parts[-1]} {piece}".strip()
            else:
                parts.append(piece)
    return [replace(line, text=part) for part in parts if part]


def cut_sentence(sentence: str, limit: int) -> list[str]:
    """Return a sentence in pieces of at most `limit` characters, cut at spaces where it has any."""
    pieces, start = [], 0
    while len(sentence) - start > limit:
        cut = sentence.rfind(" ", start + limit // 2, start + limit) + 1 or start + limit
        pieces.append(sentence[start:cut].strip())
        start = cut
    return [*pieces, sentence[start:].strip()]
