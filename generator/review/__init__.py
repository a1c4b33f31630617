"""The doubtful decisions of a run, as questions an editor can answer with one key."""

from generator.review.matter import Matter
from generator.review.questions import Answer, Question, Quote
from generator.review.queue import make_queue
from generator.review.settled import is_settled

__all__ = ["Answer", "Matter", "Question", "Quote", "is_settled", "make_queue"]
