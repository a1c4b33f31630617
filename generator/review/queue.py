"""The queue: every doubtful decision of a run as a question, most consequential first."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.review import phrases
from generator.review.disputes import ask_conflicts, ask_withheld
from generator.review.kinds import ask_kinds
from generator.review.matter import Matter
from generator.review.merges import ask_merges
from generator.review.pairs import ask_pairs
from generator.review.questions import Question
from generator.review.settled import pick_open

ASKERS: tuple[Callable[[Matter], Iterator[Question]], ...] = (
    ask_withheld,
    ask_conflicts,
    ask_merges,
    ask_pairs,
    ask_kinds,
)


def make_queue(matter: Matter) -> tuple[Question, ...]:
    """Return the questions that no decision answers, those most worth asking first."""
    asked = {question.id: question for ask in ASKERS for question in ask(matter)}
    worth = [question for question in asked.values() if question.doubt >= _least()]
    open = pick_open(worth, matter.decisions)
    return tuple(sorted(open, key=lambda question: (-question.rank, question.id)))


def _least() -> float:
    """Return the doubt below which nobody is asked."""
    return float(phrases.words()["least"])
