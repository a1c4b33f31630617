"""Which questions an editor has answered: by any decision, in this run or years ago."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from generator import names
from generator.model import Decision
from generator.review.questions import ClaimRef, Question
from generator.review.tokens import said_tokens


def is_settled(question: Question, decisions: Collection[Decision]) -> bool:
    """Return whether decisions answer a question, or take away what it is about."""
    return any(_SETTLES[question.kind](question, decision) for decision in decisions) or (
        question.kind in ("conflict", "withheld") and _claims_decided(question, decisions)
    )


def pick_open(questions: Iterable[Question], decisions: Iterable[Decision]) -> list[Question]:
    """Return the questions that no decision answers.

    Each question meets only the decisions that speak of its things: both may be thousands.
    """
    speaking: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        for token in {token for word in _words(decision) for token in said_tokens(word)}:
            speaking[token].append(decision)
    open = []
    for question in questions:
        tokens = frozenset().union(*question.sides, *(claim.who for claim in question.claims))
        met = {id(d): d for token in tokens for d in speaking.get(token, ())}
        if not is_settled(question, met.values()):
            open.append(question)
    return open


def _words(decision: Decision) -> Iterator[str]:
    """Yield the names and ids of the cards that a decision speaks of."""
    value: Any = decision.value
    yield from (word for group in _groups(decision) for word in group)
    if decision.kind in ("drop", "rename", "type"):
        yield from map(str, value)
    elif decision.kind in ("claim", "retract", "accept"):
        yield str(value["who"])
    elif decision.kind == "entity":
        yield str(value["name"])


# --- names told apart or joined


def _pair_settled(question: Question, decision: Decision) -> bool:
    """Return whether a decision speaks of both sides, or takes one away."""
    if decision.kind == "drop":
        return _means_any(question, decision.value)
    one, other = question.sides
    groups = ([said_tokens(word) for word in group] for group in _groups(decision))
    return any(
        any(words & (one - other) for words in group)
        and any(words & (other - one) for words in group)
        for group in groups
    )


def _groups(decision: Decision) -> Iterator[list[str]]:
    """Yield the names that a decision says are one thing, or several."""
    value: Any = decision.value
    if decision.kind in ("merge", "distinct"):
        yield list(map(str, value))
    elif decision.kind == "split":
        yield [str(part["name"]) for part in value["into"]]
    elif decision.kind == "entity":
        yield [str(value["name"]), *map(str, value.get("aliases", ()))]


# --- one name


def _name_settled(question: Question, decision: Decision) -> bool:
    """Return whether a decision says what a thing is, or that it is none."""
    value: Any = decision.value
    if decision.kind in ("type", "drop"):
        return _means_any(question, value)
    if decision.kind == "entity":
        return _means_any(question, [value["name"]])
    looked_at = question.kind in ("drop", "lookalike") and decision.kind == "rename"
    if looked_at or (question.kind == "lookalike" and decision.kind == "merge"):
        return _means_any(question, value)
    return False


def _means_any(question: Question, words: Iterable[str]) -> bool:
    tokens = frozenset().union(*question.sides)
    return any(said_tokens(str(word)) & tokens for word in words)


# --- claims


def _claims_decided(question: Question, decisions: Collection[Decision]) -> bool:
    """Return whether no two of the claims are left that nobody has decided about."""
    told = [d.value for d in decisions if d.kind in ("accept", "retract", "claim")]
    gone = [said_tokens(word) for d in decisions if d.kind == "drop" for word in d.value]
    left = [
        claim
        for claim in question.claims
        if not any(_fits(claim, value) for value in told)
        and not any(claim.who & tokens for tokens in gone)
    ]
    return len(left) < (2 if question.kind == "conflict" else 1)


def _fits(claim: ClaimRef, value: Any) -> bool:
    return (
        bool(said_tokens(str(value["who"])) & claim.who)
        and value["property"] == claim.property
        and ("value" not in value or names.key(str(value["value"])) == names.key(claim.value))
        and ("of" not in value or bool(said_tokens(str(value["of"])) & claim.of))
    )


def _claim_settled(question: Question, decision: Decision) -> bool:
    """Return whether a card is gone, or an answer of ours without a decision of its own stands.

    No kind of decision says "stays withheld": one that changes nothing carries it as its reason.
    """
    if decision.kind == "drop":
        return _means_any(question, decision.value)
    marks = {d.why for answer in question.answers for d in answer.decisions if d.kind == "type"}
    return (
        decision.kind == "type" and decision.why in marks and _means_any(question, decision.value)
    )


_SETTLES = {
    "merge": _pair_settled,
    "pair": _pair_settled,
    "type": _name_settled,
    "drop": _name_settled,
    "lookalike": _name_settled,
    "conflict": _claim_settled,
    "withheld": _claim_settled,
}
