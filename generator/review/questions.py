"""What is asked: a question, the words it rests on, and what each answer would write."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from generator.model import Decision

Kind = Literal["merge", "pair", "type", "drop", "lookalike", "conflict", "withheld"]


@dataclass(frozen=True, slots=True)
class Quote:
    """One sentence that speaks for or against, and the names to mark in it.

    `side` says which of the names or values it is about, from 1; 0 is all of them.
    """

    article: str
    sentence: int
    text: str
    names: tuple[str, ...]
    source: str = ""
    date: str = ""
    side: int = 0


@dataclass(frozen=True, slots=True)
class Answer:
    """One key, what it means, and the decisions it writes."""

    key: str
    label: str
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class ClaimRef:
    """A claim as decisions point at it; `who` and `of` hold all that a card may be called."""

    who: frozenset[str]
    property: str
    value: str
    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rename:
    """A name that may be mended: what decisions call its card, and the spelling to begin with."""

    handle: str
    name: str


@dataclass(frozen=True, slots=True)
class Question:
    """One doubtful decision.

    `doubt` says from 0 to 1 how likely it is wrong, `weight` how many mentions, claims and
    articles hang on it, `rank` what both come to. `sides` hold what decisions may call each
    thing asked about, `claims` the claims asked about: see `settled.py`.
    """

    id: str
    kind: Kind
    text: str
    detail: str
    names: tuple[str, ...]
    ids: tuple[str, ...]
    doubt: float
    weight: int
    rank: float
    quotes: tuple[Quote, ...]
    answers: tuple[Answer, ...]
    sides: tuple[frozenset[str], ...] = ()
    claims: tuple[ClaimRef, ...] = ()
    renames: tuple[Rename, ...] = ()
