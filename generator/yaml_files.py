"""YAML in and out: text stays text, limits hold, every fault has its line.

Loading guesses nothing: `no`, `007`, `2025-05-09` stay the strings they are; only an
unquoted `true`/`false` is left for the reader to decide as a string too. Duplicate keys,
aliases, tags and deep nesting are refused, because each has silently changed a team's data.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator.model import Limits

_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_DUMPER: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_LIMITS = Limits()
# No value has a kind of its own: all of them are texts.
_TAG = ""
# Of a key that is wrong, this many characters are shown.
_SHOWN = 60


class YamlFault(ValueError):
    """A YAML text that can't be used; `line` counts from 1."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(what)
        self.line = line
        self.what = what


def compose(text: str, limits: Limits = _LIMITS) -> Node | None:
    """Return the node tree of one YAML document, checked for what we refuse. Raises YamlFault.

    It is built event by event, so that nothing is done with what is beyond a limit.
    """
    if len(text) > limits.yaml_chars:
        what = (
            f"{len(text):,} characters of YAML are over limits.yaml_chars ({limits.yaml_chars:,})"
        )
        raise YamlFault(1, what)
    try:
        return _document(yaml.parse(text, Loader=_LOADER), limits)
    except yaml.reader.ReaderError as fault:
        line = text.count("\n", 0, max(0, fault.position)) + 1
        raise YamlFault(line, f"not valid YAML ({fault.reason})") from fault
    except (yaml.YAMLError, UnicodeEncodeError) as fault:
        mark = getattr(fault, "problem_mark", None)
        what = getattr(fault, "problem", None) or str(fault).splitlines()[0]
        raise YamlFault(mark.line + 1 if mark else 1, f"not valid YAML ({what})") from fault


def plain(node: Node | None) -> Any:
    """Return a node tree as dicts, lists and strings; an empty value is an empty string."""
    if isinstance(node, MappingNode):
        return {plain(key): plain(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [plain(item) for item in node.value]
    if isinstance(node, ScalarNode):
        return node.value
    return None


def load(text: str, limits: Limits = _LIMITS) -> Any:
    """Return the YAML document as dicts, lists and strings. Raises YamlFault."""
    if len(text) <= limits.yaml_chars:
        # Without nodes, which nobody wants of a text that is as it should be: twice as fast.
        with suppress(_Odd, yaml.YAMLError, UnicodeEncodeError, TypeError):
            return _value(yaml.parse(text, Loader=_LOADER), limits)
    return plain(compose(text, limits))


def line_of(node: Any) -> int:
    """Return the line a node or an event starts on, counted from 1."""
    return int(node.start_mark.line) + 1


def dump(value: Any) -> str:
    """Return a value as block YAML, keys in the order given, one line per scalar."""
    text: str = yaml.dump(value, Dumper=_DUMPER, allow_unicode=True, sort_keys=False, width=10**9)
    return text


class _Odd(Exception):
    """Something of a YAML text is refused; `compose` tells what and where."""


def _value(events: Iterator[Any], limits: Limits) -> Any:
    """Return the one value in a stream of events, None if there is none. Raises _Odd."""
    inner: list[Any] = []  # what is in the list or mapping that is open
    around: list[list[Any]] = []  # what is in those around it
    count = 0
    for event in events:
        kind = type(event)
        if kind is yaml.ScalarEvent or kind in _STARTS:
            count += 1
            marked = event.anchor is not None or event.tag not in (None, "!")
            if marked or count > limits.yaml_nodes:
                raise _Odd
        if kind is yaml.ScalarEvent:
            inner.append(event.value)
        elif kind in _STARTS:
            around.append(inner)
            inner = []
            if len(around) >= limits.yaml_depth:
                raise _Odd
        elif kind in _ENDS:
            made = inner if kind is yaml.SequenceEndEvent else _mapping(inner)
            inner = around.pop()
            inner.append(made)
        elif kind is yaml.AliasEvent:
            raise _Odd
    if len(inner) > 1:
        raise _Odd
    return inner[0] if inner else None


_STARTS = (yaml.SequenceStartEvent, yaml.MappingStartEvent)
_ENDS = (yaml.SequenceEndEvent, yaml.MappingEndEvent)


def _mapping(items: list[Any]) -> dict[str, Any]:
    """Return keys and values in turn as a mapping. Raises _Odd, TypeError where a key is none."""
    made = dict(zip(items[::2], items[1::2], strict=True))
    if len(made) * 2 != len(items):
        raise _Odd
    return made


def _document(events: Iterator[Any], limits: Limits) -> Node | None:
    """Return the one document in a stream of events, None if there is none."""
    top: list[Node] = []
    around: list[Node] = []  # what is open, outermost first
    count = 0
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            _close(around.pop())
        elif isinstance(event, yaml.NodeEvent):
            node = _node(event)
            (around[-1].value if around else top).append(node)
            if not isinstance(node, ScalarNode):
                around.append(node)
            count += 1
            if fault := _excess(len(around), count, limits):
                raise YamlFault(line_of(node), fault)
        elif isinstance(event, yaml.DocumentStartEvent) and top:
            raise YamlFault(line_of(event), "a second document begins here")
    return top[0] if top else None


def _excess(depth: int, count: int, limits: Limits) -> str | None:
    """Return which limit is passed by so many nested lists and so many values, if one is."""
    if depth >= limits.yaml_depth:
        return f"nested too deeply (limits.yaml_depth is {limits.yaml_depth})"
    if count > limits.yaml_nodes:
        return f"more values than limits.yaml_nodes ({limits.yaml_nodes:,})"
    return None


def _node(event: Any) -> Node:
    """Return the node that an event begins, still empty if it is a list or mapping."""
    line, mark = line_of(event), event.start_mark
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise YamlFault(line, "YAML anchors and aliases (& and *) are not used here")
    if event.tag not in (None, "!"):
        raise YamlFault(line, "YAML tags are not used here; quote a text that begins with !")
    if isinstance(event, yaml.ScalarEvent):
        return ScalarNode(_TAG, event.value, mark)
    made = MappingNode if isinstance(event, yaml.MappingStartEvent) else SequenceNode
    return made(_TAG, [], mark)


def _close(node: Node) -> None:
    """Make pairs of what stands in a mapping, each key once."""
    if not isinstance(node, MappingNode):
        return
    pairs = list(zip(node.value[::2], node.value[1::2], strict=True))
    seen: set[str] = set()
    for key, _ in pairs:
        if not isinstance(key, ScalarNode):
            raise YamlFault(line_of(key), "a key must be plain text")
        if key.value in seen:
            raise YamlFault(line_of(key), f"the key {key.value[:_SHOWN]!r} stands twice")
        seen.add(key.value)
    node.value = pairs
