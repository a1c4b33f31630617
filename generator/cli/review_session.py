"""A review under way: where it is, what it has written, what can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from generator import curation_files, names
from generator.curation_files import Appended
from generator.model import Decision
from generator.review import Question, is_settled


class Session:
    """The questions of a run and the answers so far. Every answer is on disk when it returns."""

    def __init__(
        self,
        questions: Sequence[Question],
        folder: Path,
        by: str | None = None,
        date: str | None = None,
        before: Sequence[Decision] = (),
    ) -> None:
        self.questions = questions
        self._before = tuple(before)
        self.place = 0
        self._folder = folder
        self._by, self._date = by or None, date or None
        self._done: list[tuple[int, Appended, tuple[Decision, ...]]] = []

    @property
    def question(self) -> Question | None:
        """The question to ask now, None at the end."""
        return self.questions[self.place] if self.place < len(self.questions) else None

    @property
    def written(self) -> int:
        """How many answers of this run stand."""
        return len(self._done)

    @property
    def left(self) -> int:
        """How many questions nobody has answered."""
        decided = self._decided()
        return sum(not is_settled(question, decided) for question in self.questions)

    def files(self) -> list[Path]:
        """Return the files that hold what this run wrote."""
        return sorted({appended.path for _, appended, _ in self._done})

    def write(self, decisions: Sequence[Decision], *, onward: bool = True) -> None:
        """Append decisions, and go on to the next question. Raises CannotAppend, OSError."""
        if decisions[0].kind == "drop" and self._renamed_here():
            self.undo()  # a name for what is no card would contradict
        earlier = [d for d in (*self._before, *self._decided()) if d.kind == "merge"]
        noted = tuple(
            replace(under_one_name(decision, earlier), by=self._by, date=self._date)
            for decision in decisions
        )
        appended = curation_files.append(self._folder, noted)
        self._done.append((self.place, appended, noted))
        if onward:
            self.skip()

    def skip(self) -> None:
        """Go on to the next question that the answers so far leave open."""
        decided = self._decided()
        self.place += 1
        while self.question and is_settled(self.question, decided):
            self.place += 1

    def undo(self) -> str:
        """Take back the last answer and return to its question; return what there is to say."""
        if not self._done:
            return "nothing to take back: this run has written nothing"
        place, appended, _ = self._done[-1]
        if not curation_files.take_back(appended):
            return f"{appended.path.name} has been changed since; take it back there by hand"
        self._done.pop()
        self.place = place
        return f"taken back from {appended.path.name}"

    def _renamed_here(self) -> bool:
        place, _, decisions = self._done[-1] if self._done else (-1, None, ())
        return place == self.place and decisions[0].kind == "rename"

    def _decided(self) -> list[Decision]:
        return [decision for _, _, decisions in self._done for decision in decisions]


def under_one_name(decision: Decision, earlier: Sequence[Decision]) -> Decision:
    """Return a merge with the name first that earlier merges of the same things put first.

    The first name is the one printed: 'A, B' and then 'C, B' would want two.
    """
    if decision.kind != "merge":
        return decision
    words = list(decision.value)
    for merge in earlier:
        if set(map(names.key, merge.value)) & set(map(names.key, words)):
            words = [merge.value[0], *words]
    once: dict[str, str] = {}
    for word in words:
        once.setdefault(names.key(word), word)
    return replace(decision, value=list(once.values()))
