"""The words of questions, and the decisions that answers write: `lexicons/review.yml`."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from generator import lexicons
from generator.model import ENTITY_TYPES, Decision, Entity
from generator.review.matter import Matter
from generator.review.questions import Answer, Kind, Question, Quote, Rename


def words() -> Any:
    """Return the lexicon."""
    return lexicons.load("review")


def doubt(group: str, reason: str) -> float:
    """Return how much a reason is doubted, 0 if it is not asked about."""
    return float(words()[group].get(reason, {}).get("doubt", 0))


def because(group: str, reason: str, **named: str) -> str:
    """Return a reason in plain words."""
    return str(words()[group][reason]["because"]).format(**named)


def described(type: str, **named: str) -> dict[str, str]:
    """Return what templates may say of a type, and whatever else is given."""
    one, many = words()["nouns"][type]
    articled = words()["articled"].get(type, one)
    return {"noun": one, "nouns": many, "articled": articled, **named}


def rank(kind: Kind, doubt: float, weight: int) -> float:
    """Return how much a question is worth asking: doubt first, then what hangs on it.

    What hangs on it counts by its order of magnitude, else every question about the main
    character would come before a certain error on a small page.
    """
    stakes = float(words()["stakes"][kind])
    return round(doubt * stakes * math.log2(2 + weight), 4)


def decide(kind: str, value: Any, reason: str, said: dict[str, str]) -> Decision:
    """Return a decision of ours, with its reason."""
    return Decision(kind, value, "", 0, why=str(words()["why"][reason]).format(**said))


def answer(key: str, label: str, said: dict[str, str], *decisions: Decision) -> Answer:
    """Return an answer under its label's words."""
    return Answer(key, str(words()["answers"][label]).format(**said), decisions)


def ask(
    id: str,
    kind: Kind,
    said: dict[str, str],
    *,
    doubt: float,
    weight: int,
    names: tuple[str, ...],
    ids: tuple[str, ...],
    quotes: Iterable[Quote],
    answers: Iterable[Answer],
    sides: tuple[frozenset[str], ...],
    **more: Any,
) -> Question:
    """Return a question of a kind, its words filled in."""
    doubt = round(min(doubt, 1.0), 3)
    text = str(words()["asks"][kind]).format(**said)
    detail = str(words()["details"][kind]).format(**said)
    value = rank(kind, doubt, weight)
    return Question(
        f"{kind}:{id}", kind, text, detail, names, ids, doubt, weight, value, tuple(quotes),
        tuple(answers), sides, **more,
    )  # fmt: skip


# --- answers that several kinds share


def type_answers(matter: Matter, entity: Entity, said: dict[str, str]) -> list[Answer]:
    """Return: keep it as it is, another type by its number, no name at all."""
    handle = matter.handle(entity)
    own = described(entity.type)
    answers = [
        answer("k", "keep", own, decide("type", {handle: entity.type}, "keep", own)),
        answer("x", "drop", own, decide("drop", [handle], "drop", own)),
    ]
    for number, type in enumerate(ENTITY_TYPES, 1):
        other = described(type, was=own["noun"])
        if type != entity.type:
            made = decide("type", {handle: type}, "type", other)
            answers.append(answer(str(number), "type", other, made))
    return answers


def rename_of(matter: Matter, entity: Entity) -> Rename:
    """Return how an entity is renamed."""
    return Rename(matter.handle(entity), entity.name)


def renamed(rename: Rename, name: str) -> Decision:
    """Return the decision to give a card another name."""
    return decide("rename", {rename.handle: name}, "rename", {})
