"""The editors' decisions: the same one twice. What fits nothing is found by applying them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from generator import names
from generator.checks.faults import Fault
from generator.model import Decision

# Of these, the order of the names decides nothing; a merge keeps its first name.
_UNORDERED = frozenset(["distinct", "drop"])
# What names a card; other fields are taken to the letter.
_NAMED = frozenset(["id", "who", "of"])


def check_decisions(decisions: Iterable[Decision]) -> Iterator[Fault]:
    """Yield every decision that says again what one before it says."""
    first: dict[str, Decision] = {}
    for decision in decisions:
        other = first.setdefault(_meaning(decision), decision)
        if other is not decision:
            what = f"{decision.kind}: the same is decided in {other.file}:{other.line}"
            todo = "delete one of the two"
            yield Fault(decision.file, decision.line, "curation", what, todo, "warning")


def _meaning(decision: Decision) -> str:
    """Return what two decisions share that do the same; names as they are compared."""
    value = decision.value
    if isinstance(value, list):
        first, *others = map(_key, value)
        value = [first, sorted({*others})]
        if decision.kind in _UNORDERED:
            value = sorted({first, *others})
    elif isinstance(value, dict):
        value = {_key(key): _key(v) if key in _NAMED else v for key, v in value.items()}
    return json.dumps([decision.kind, value], sort_keys=True)


def _key(name: Any) -> str:
    return names.key(str(name)) or str(name)
