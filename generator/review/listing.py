"""The queue as YAML: every answer a commented decision, for a pull request or an editor."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from generator.curation_files import decisions_text
from generator.review.questions import Answer, Question, Quote

# Taken off, what is behind it is a decision; what has two of them stays a comment.
MARK = "# "


def listing(questions: Sequence[Question]) -> str:
    """Return the questions with their evidence; no line of it is a decision yet.

    Prose begins with "##", a decision's lines with "# ": whoever agrees with an answer takes
    the mark off its lines.
    """
    lines = [
        f"## {len(questions)} questions, most consequential first. Under each stand its answers:",
        '## take the "# " off the lines of the one that is right, in content/curation/review.yml,',
        "## and leave the others out.",
    ]
    for number, question in enumerate(questions, 1):
        lines += ["", *_question(question, f"{number} of {len(questions)}")]
    return "\n".join(lines) + "\n"


def _question(question: Question, place: str) -> Iterator[str]:
    hangs = f"doubt {question.doubt:.2f}, {question.weight} mentions, claims and articles"
    yield f"## {place}: {question.kind}, {hangs}"
    yield f"## {visible(question.text)}"
    yield f"## {visible(question.detail)}"
    for quote in question.quotes:
        name = f"{question.names[quote.side - 1]}: " if 0 < quote.side <= _sides(question) else ""
        yield f"##   {visible(name)}“{visible(quote.text)}” ({visible(origin(quote))})"
    others = [a for a in question.answers if a.key.isdigit() and question.kind in ("type", "drop")]
    for answer in question.answers:
        if answer not in others[1:]:
            yield f"## {visible(_label(answer, others))}:"
            yield from (f"{MARK}{line}" for line in decisions_text(answer.decisions).splitlines())


def _label(answer: Answer, others: Sequence[Answer]) -> str:
    """Return what an answer says; of another type, which ones may stand in its place."""
    if answer not in others:
        return answer.label
    return ", ".join(f"{other.label}" for other in others)


def _sides(question: Question) -> int:
    """Return how many sides evidence is told apart by; of a single name there is one."""
    return len(question.names) if len({quote.side for quote in question.quotes}) > 1 else 0


def origin(quote: Quote) -> str:
    """Return where a sentence stands: source, day, its number; the article's id, which is long."""
    told = ", ".join(filter(None, (quote.source, quote.date, f"sentence {quote.sentence}")))
    return f"{told}, {quote.article}"


def visible(text: str) -> str:
    """Return text on one line in which every character can be seen, and moves no cursor.

    >>> visible("Or\\u202elov\\x1b[2J")
    'Or‹U+202E›lov‹U+001B›[2J'
    """
    if text.isascii() and text.isprintable():
        return text
    shown = (c if _is_plain(c) else f"‹U+{ord(c):04X}›" for c in re.sub(r"\s+", " ", text))
    return "".join(shown)


def _is_plain(char: str) -> bool:
    # Joiners are letters' business in Persian and Indian scripts.
    return char in " \u200c\u200d" or unicodedata.category(char) not in _UNSEEN


_UNSEEN = frozenset(["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"])
