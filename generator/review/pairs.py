"""Things kept apart that may be one: same or different?"""

from __future__ import annotations

from collections.abc import Iterator

from generator import countries, names
from generator.model import Entity
from generator.review import phrases
from generator.review.lookalikes import odd_letters
from generator.review.matter import Matter
from generator.review.near import near_pairs
from generator.review.questions import Question


def ask_pairs(matter: Matter) -> Iterator[Question]:
    """Yield a question for each two things whose names say that they may be one."""
    for ids, reason in near_pairs(matter).items():
        one, other = sorted((matter.by_id[id] for id in ids), key=lambda e: _order(matter, e))
        score = _doubt(matter, one, other, reason)
        if score > 0 and matter.can_be_joined(one) and matter.can_be_joined(other):
            yield _question(matter, one, other, reason, score)


def _order(matter: Matter, entity: Entity) -> tuple[object, ...]:
    """Sort the name to keep first: honest letters, then what is named most."""
    return (bool(odd_letters(entity.name)), -matter.weight(entity), entity.id)


def _doubt(matter: Matter, one: Entity, other: Entity, reason: str) -> float:
    """Return how likely two things are one, by what their names share and where they stand."""
    score = phrases.doubt("pairs", reason)
    if reason == "lookalike":
        return score
    if _are_known_apart(matter, one, other, reason):
        return 0.0
    discounts = phrases.words()["discounts"]
    if matter.share_sentence(one, other):
        score *= float(discounts["in one sentence"])
    elif matter.share_article(one, other):
        score *= float(discounts["in one article"])
    short = min(one, other, key=lambda e: len(names.key(e.name)))
    several = matter.fuller.get((short.type, names.key(short.name)), 0) > 1
    if reason in ("beginning", "ending") and several:
        score *= float(discounts["one of several"])
    return score


def _are_known_apart(matter: Matter, one: Entity, other: Entity, reason: str) -> bool:
    """Return whether nobody would ask: two names our lists know, a country and its parts."""
    if reason in ("namesakes", "same name", "same alias", "two types"):
        return False
    if any(entity.type == "place" and countries.named(entity.name) for entity in (one, other)):
        return True
    known = matter.helpers.is_listed
    if known(one.name, one.type) and known(other.name, other.type):
        return True
    # 'Kim' fits a dozen people: whoever it means is asked where one is likelier than the others.
    lone = min(one, other, key=lambda e: len(names.key(e.name)))
    key = names.key(lone.name)
    lone_word = reason in ("beginning", "ending") and lone.type == "person" and " " not in key
    return lone_word and matter.fuller.get((lone.type, key), 0) > 2


def _question(matter: Matter, one: Entity, other: Entity, reason: str, score: float) -> Question:
    noun = one.type if one.type == other.type else "thing"
    because = phrases.because("pairs", reason)
    said = phrases.described(noun, one=one.name, other=other.name, because=because)
    handles = [matter.handle(one), matter.handle(other)]
    fewer = min((one, other), key=matter.weight)
    return phrases.ask(
        f"{one.id}:{other.id}", "pair", said,
        doubt=score, weight=matter.weight(fewer), names=(one.name, other.name),
        ids=(one.id, other.id),
        quotes=[*matter.quotes(one, most=2, side=1), *matter.quotes(other, most=2, side=2)],
        answers=[
            phrases.answer("s", "same", said, phrases.decide("merge", handles, "same", said)),
            phrases.answer(
                "d", "different", said, phrases.decide("distinct", handles, "different", said)
            ),
        ],
        sides=(matter.tokens(one), matter.tokens(other)),
        renames=(phrases.rename_of(matter, one), phrases.rename_of(matter, other)),
    )  # fmt: skip
