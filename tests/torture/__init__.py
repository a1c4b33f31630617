"""Ordeals that a knowledge base must outlive: minutes of them, by `make torture`.

Each module has a function `figures(folder, full)` that works below an empty folder and returns
what it measured beside its goal; `full` asks for all of it, else a short version is enough.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure in words, its goal, and whether the goal is held."""

    name: str
    goal: str
    measured: str
    held: bool
