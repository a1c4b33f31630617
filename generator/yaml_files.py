"""YAML in and out: text stays text, limits hold, every fault has its line.

Loading guesses nothing: `no`, `007`, `2025-05-09` stay the strings they are; only an
unquoted `true`/`false` is left for the reader to decide as a string too. Duplicate keys,
anchors and deep nesting are refused, because each has silently changed a team's data.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class YamlFault(ValueError):
    """A YAML text that can't be used; `line` counts from 1."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


def compose(text: str, *, depth: int = 40) -> Node | None:
    """Return the node tree of one YAML document, checked for what we refuse."""
    _refuse_deep_flow(text, depth)
    try:
        node = yaml.compose(text, Loader=_LOADER)
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=_LOADER)):
            raise YamlFault(1, "YAML anchors and aliases are not used here")
    except yaml.YAMLError as fault:
        mark = getattr(fault, "problem_mark", None)
        what = getattr(fault, "problem", None) or str(fault).splitlines()[0]
        raise YamlFault(mark.line + 1 if mark else 1, f"not valid YAML ({what})") from fault
    if node is not None:
        _check(node, depth)
    return node


def plain(node: Node | None) -> Any:
    """Return a node tree as dicts, lists and strings; an empty value is an empty string."""
    if isinstance(node, MappingNode):
        return {plain(key): plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    if isinstance(node, ScalarNode):
        return node.value
    return None


def load(text: str, *, depth: int = 40) -> Any:
    """Return the YAML document as dicts, lists and strings. Raises YamlFault."""
    return plain(compose(text, depth=depth))


def line_of(node: Node) -> int:
    """Return the line a node starts on, counted from 1."""
    return int(node.start_mark.line) + 1


def dump(value: Any) -> str:
    """Return a value as block YAML, keys in the order given, one line per scalar."""
    text: str = yaml.dump(value, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=10**9)
    return text


def _check(node: Node, depth: int) -> None:
    if depth <= 0:
        raise YamlFault(line_of(node), "nested too deeply")
    if isinstance(node, MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                raise YamlFault(line_of(key), "a key must be plain text")
            if key.value in seen:
                raise YamlFault(line_of(key), f"the key {key.value!r} stands twice")
            seen.add(key.value)
            _check(value, depth - 1)
    elif isinstance(node, SequenceNode):
        for item in node.value:
            _check(item, depth - 1)


def _refuse_deep_flow(text: str, depth: int) -> None:
    """Refuse nesting before the parser recurses into it: 1,000 `[` overflow its stack."""
    for number, line in enumerate(text.splitlines(), 1):
        opened = line.count("[") + line.count("{") + line.count("- -")
        if opened > 20 * depth or len(line) - len(line.lstrip(" ")) > 20 * depth:
            raise YamlFault(number, "nested too deeply")
