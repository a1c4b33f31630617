"""What we want of the figures, and what a run in CI must hold: a table each.

Goals are what the project promises itself, at the sizes they are meant for; floors are ratios
with so much slack that a busy or a slow machine doesn't touch them, but a mistake does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tests.bench.figures import GENERATION, SITE, Record, growths, of_subject
from tests.bench.generation import COLD, MORE, SAME
from tests.bench.sites import HUGO, OURS, TUNED, WARM

Figure = Callable[[Record], float | None]


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure's name, what it is made of, its bound, and the sizes from and to which it is meant.

    `least` says that the bound is the least and not the most.
    """

    name: str
    subject: str
    figure: Figure
    bound: float
    first: int
    last: int
    unit: str = ""
    least: bool = False

    def holds(self, value: float) -> bool:
        """Return whether a value is as good as the bound."""
        return value >= self.bound if self.least else value <= self.bound

    def told(self) -> str:
        """Return the bound in words: `≤ 150 s`."""
        return f"{'≥' if self.least else '≤'} {self.bound:g}{self.unit}"


@dataclass(frozen=True, slots=True)
class Judged:
    """A goal beside what was measured; `where` tells the size."""

    goal: Goal
    where: str
    value: float

    @property
    def holds(self) -> bool:
        """Return whether the goal is reached."""
        return self.goal.holds(self.value)


def ratio(over: str, under: str) -> Figure:
    """Return how to get the ratio of the processor times of two that were run side by side."""

    def found(record: Record) -> float | None:
        one, other = record.cpu(over), record.cpu(under)
        return one / other if one is not None and other else None

    return found


def wall(name: str) -> Figure:
    """Return how to get the seconds by the clock of one."""
    return lambda record: record.took[name].wall if name in record.took else None


def memory(name: str) -> Figure:
    """Return how to get the megabytes of memory of one."""
    return lambda record: record.took[name].memory if name in record.took else None


_LARGE, _ANY = 10_000, 1_000_000
GOALS = (
    Goal("Articles to cards, cold", GENERATION, wall(COLD), 150, _LARGE, _LARGE, " s"),
    Goal("Articles to cards, nothing changed", GENERATION, wall(SAME), 3, _LARGE, _LARGE, " s"),
    Goal("Articles to cards, one more", GENERATION, wall(MORE), 4, _LARGE, _LARGE, " s"),
    Goal("Articles to cards, memory", GENERATION, memory(COLD), 1500, _LARGE, _LARGE, " MB"),
    Goal("CPU of tuned MkDocs ÷ ours", SITE, ratio(TUNED, OURS), 5, 600, _LARGE - 1, least=True),
    Goal("CPU of tuned MkDocs ÷ ours", SITE, ratio(TUNED, OURS), 8, _LARGE, _ANY, least=True),
    Goal("Our CPU ÷ Hugo's", SITE, ratio(OURS, HUGO), 1, 600, _ANY),
    Goal("One page changed ÷ tuned MkDocs", SITE, ratio(WARM, TUNED), 0.1, 600, _ANY),
    Goal("Site build, memory", SITE, memory(OURS), 400, _LARGE, _LARGE, " MB"),
)  # fmt: skip
GROWTH = 1.05
# Who must not grow faster than that: name of the figure, subject, who.
GROWING = (
    ("Growth of articles to cards, exponent", GENERATION, COLD),
    ("Growth of the site build, exponent", SITE, OURS),
)
# What `--hold` holds, measured at the smallest sizes only.
FLOORS = (
    Goal("CPU of tuned MkDocs ÷ ours", SITE, ratio(TUNED, OURS), 3.5, 1, _ANY, least=True),
    Goal("One page changed ÷ tuned MkDocs", SITE, ratio(WARM, TUNED), 0.25, 1, _ANY),
    Goal("Our CPU ÷ Hugo's", SITE, ratio(OURS, HUGO), 2, 1, _ANY),
    Goal("Nothing changed ÷ cold", GENERATION, ratio(SAME, COLD), 0.2, 1, _ANY),
    Goal("One article more ÷ cold", GENERATION, ratio(MORE, COLD), 0.8, 1, _ANY),
)


def judge(records: Sequence[Record]) -> list[Judged]:
    """Return every goal beside its figure, at every size it is meant for that was measured."""
    found = list(_judged(GOALS, records))
    for name, subject, who in GROWING:
        goal = Goal(name, subject, wall(who), GROWTH, 1, _ANY)
        for (small, large), power in growths(of_subject(records, subject), who).items():
            found.append(Judged(goal, f"{small:,} to {large:,}", power))
    return found


def unmeasured(records: Sequence[Record]) -> list[Goal]:
    """Return the goals of which nothing was measured."""
    known = {judged.goal for judged in judge(records)}
    return [goal for goal in GOALS if goal not in known]


def judge_floors(records: Sequence[Record]) -> list[Judged]:
    """Return every floor beside its figure."""
    return list(_judged(FLOORS, records))


def _judged(goals: Iterable[Goal], records: Sequence[Record]) -> Iterator[Judged]:
    for goal in goals:
        for record in of_subject(records, goal.subject):
            value = goal.figure(record)
            if goal.first <= record.size <= goal.last and value is not None:
                yield Judged(goal, f"{record.size:,}", value)
