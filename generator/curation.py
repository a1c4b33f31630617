"""The editors' decisions: parsed from YAML, checked for shape, each with its file and line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from yaml.nodes import MappingNode, Node, SequenceNode

from generator import yaml_files
from generator.model import ENTITY_TYPES, Card, Decision, Limits, Problem
from generator.references import References

NOTES = ("why", "by", "date")
_LIMITS = Limits()


def parse(
    texts: Mapping[str, str], limits: Limits = _LIMITS
) -> tuple[tuple[Decision, ...], tuple[Problem, ...]]:
    """Return the decisions of all files, by file and line, and what is wrong with the rest.

    `texts` maps file names, as they are to be shown, to contents.
    """
    decisions: list[Decision] = []
    problems: list[Problem] = []
    for file in sorted(texts):
        try:
            node = yaml_files.compose(texts[file], limits)
        except yaml_files.YamlFault as fault:
            problems.append(_broken(file, fault.line, fault.what, "mend the YAML on this line"))
            continue
        for item in _items(node, file, problems):
            _parse_one(item, file, decisions, problems)
    return tuple(decisions), tuple(problems)


def _items(node: Node | None, file: str, problems: list[Problem]) -> list[Node]:
    if node is None:
        return []
    if isinstance(node, SequenceNode):
        return list(node.value)
    problems.append(
        _broken(file, yaml_files.line_of(node), "not a list of decisions", 'begin each with "- "')
    )
    return []


def _parse_one(node: Node, file: str, decisions: list[Decision], problems: list[Problem]) -> None:
    line = yaml_files.line_of(node)
    value = yaml_files.plain(node)
    kinds = [key for key in value if key not in NOTES] if isinstance(node, MappingNode) else []
    if len(kinds) != 1 or kinds[0] not in SHAPES:
        what = f"no decision we know: {', '.join(map(str, kinds)) or value!r}"
        problems.append(_broken(file, line, what, f"use one of {', '.join(SHAPES)}"))
        return
    kind = kinds[0]
    fault = SHAPES[kind](value[kind])
    if fault:
        problems.append(_broken(file, line, f"{kind}: {fault}", "see README.md, 'Correcting it'"))
        return
    notes = {key: str(value[key]) for key in NOTES if value.get(key)}
    decisions.append(Decision(kind, value[kind], file, line, **notes))


def _broken(file: str, line: int, what: str, todo: str) -> Problem:
    return Problem(file, line, what, todo, fatal=True)


# --- the shape of each kind: returns what is wrong, or None


def _names(value: Any) -> str | None:
    good = (
        isinstance(value, list) and len(value) > 1 and all(isinstance(v, str) and v for v in value)
    )
    return None if good else "needs a list of two names or ids, or more"


def _dropped(value: Any) -> str | None:
    good = isinstance(value, list) and value and all(isinstance(v, str) and v for v in value)
    return None if good else "needs a list of names or ids"


def _renamed(value: Any) -> str | None:
    good = (
        isinstance(value, dict) and value and all(isinstance(v, str) and v for v in value.values())
    )
    return None if good else "needs {id or name: new name}"


def _typed(value: Any) -> str | None:
    if not isinstance(value, dict) or not value:
        return "needs {id or name: type}"
    wrong = [v for v in value.values() if v not in ENTITY_TYPES]
    return f"{wrong[0]!r} is no type; types are {', '.join(ENTITY_TYPES)}" if wrong else None


def _entity(value: Any) -> str | None:
    if not isinstance(value, dict) or not value.get("name"):
        return "needs {name: …, type: …}"
    if value.get("type") not in ENTITY_TYPES:
        return f"type must be one of {', '.join(ENTITY_TYPES)}"
    return None if isinstance(value.get("aliases", []), list) else "aliases must be a list"


def _set(value: Any) -> str | None:
    good = isinstance(value, dict) and value.get("id") and len(value) > 1
    if good and value.get("type", ENTITY_TYPES[0]) not in ENTITY_TYPES:
        return f"type must be one of {', '.join(ENTITY_TYPES)}"
    return None if good else "needs {id: …, field: value}"


def _claim(value: Any) -> str | None:
    good = isinstance(value, dict) and value.get("who") and value.get("property")
    good = good and (value.get("value") or value.get("of"))
    return None if good else "needs {who: …, property: …, value: … or of: …}"


def _split(value: Any) -> str | None:
    good = isinstance(value, dict) and value.get("id") and isinstance(value.get("into"), list)
    good = good and all(
        isinstance(part, dict) and part.get("name") and isinstance(part.get("articles"), list)
        for part in value["into"]
    )
    return None if good else "needs {id: …, into: [{name: …, articles: […]}, …]}"


SHAPES: dict[str, Callable[[Any], str | None]] = {
    "merge": _names,
    "split": _split,
    "distinct": _names,
    "rename": _renamed,
    "type": _typed,
    "drop": _dropped,
    "entity": _entity,
    "set": _set,
    "claim": _claim,
    "retract": _claim,
    "accept": _claim,
}


# Which claim of which card: (card id, property, value, of). An editor accepts by these.
ClaimKey = tuple[str, str, str | None, str | None]


def accepted_claims(decisions: Iterable[Decision], cards: Iterable[Card]) -> frozenset[ClaimKey]:
    """Return the sensitive claims that editors let through; they write names or ids."""
    called = References(cards)
    values = [d.value for d in decisions if d.kind == "accept" and isinstance(d.value, Mapping)]
    return frozenset(
        (
            called.only(str(value.get("who", ""))),
            value.get("property", ""),
            value.get("value") or None,
            called.only(str(value.get("of", ""))) or None,
        )
        for value in values
    )
