"""One fault: where it is, which rule found it, what is wrong and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

# An error is wrong whatever anybody meant, a warning calls for a look; a note is no fault.
Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """What a rule found in a file; `line` counts from 1, 0 means the whole file.

    `file` is relative to the project's folder, empty where it is about no file.
    """

    file: str
    line: int
    rule: str
    what: str
    todo: str
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        told = f"{self.what}: {self.todo} [{self.rule}]"
        return f"{place}: {told}" if place else told


def is_fault(fault: Fault) -> bool:
    """Return whether the knowledge base is not sound because of it."""
    return fault.severity != "note"


def short(text: str, most: int = 60) -> str:
    """Return some words cut to a length that still tells which are meant."""
    return text if len(text) <= most else f"{text[: most - 1]}…"
