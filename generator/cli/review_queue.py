"""A run's questions: the one place where the review meets what other rooms know of words."""

from __future__ import annotations

from collections.abc import Iterator

from generator import names
from generator.cards.curated import withheld_claims
from generator.cards.schema import load_schema
from generator.extract.parts_of_speech import parts_of_speech
from generator.extract.word_classes import word_classes
from generator.model import EntityType
from generator.pipeline import Outcome
from generator.resolve.listed import listed_names
from generator.resolve.people import formal_keys, heard_keys, turned_keys
from generator.resolve.spellings import name_keys
from generator.review import Matter, Question, make_queue
from generator.review.matter import Helpers


def queue_of(outcome: Outcome) -> tuple[Question, ...]:
    """Return the questions about a run that no decision answers, most worth asking first."""
    return make_queue(matter_of(outcome))


def matter_of(outcome: Outcome) -> Matter:
    """Return what the questions are made from."""
    return Matter(
        outcome.knowledge,
        outcome.entities,
        outcome.extractions,
        outcome.articles,
        outcome.decisions,
        withheld_claims(outcome.knowledge, outcome.decisions, load_schema()),
        HELPERS,
        frozenset(card.id for card in outcome.before.cards),
    )


def is_listed(name: str, kind: EntityType) -> bool:
    """Return whether our lists know a thing of this kind and name."""
    return (kind, names.key(name)) in listed_names()


def sound_keys(name: str) -> Iterator[str]:
    """Yield what people's names share that sound alike, are turned round or nicknames."""
    for rule, keys in (("n", formal_keys), ("o", turned_keys), ("s", heard_keys)):
        yield from (f"{rule}|{key}" for key in keys(name))


HELPERS = Helpers(name_keys, sound_keys, word_classes, parts_of_speech, is_listed)
