"""The faults as people read them, as programs do, and as GitHub shows them beside a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict

from generator.checks.faults import Fault

KEYS = ("severity", "file", "line", "rule", "what", "todo")
# What GitHub calls each severity.
_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}


def as_text(faults: Iterable[Fault]) -> str:
    """Return one line for each fault: 'error: cards/x.yml:3: what: what to do [rule]'."""
    return "".join(f"{_visible(f'{fault.severity}: {fault}')}\n" for fault in faults)


def as_json(faults: Iterable[Fault]) -> str:
    """Return a list with one object for each fault, all with the same keys."""
    rows = [{key: asdict(fault)[key] for key in KEYS} for fault in faults]
    return f"{json.dumps(rows, ensure_ascii=False, indent=1)}\n"


def as_github(faults: Iterable[Fault]) -> str:
    """Return a workflow command for each fault, which GitHub shows on the line it is about."""
    return "".join(f"{_command(fault)}\n" for fault in faults)


FORMATS: Mapping[str, Callable[[Iterable[Fault]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}


def _command(fault: Fault) -> str:
    fields = {"file": fault.file, "line": str(fault.line or ""), "title": f"check {fault.rule}"}
    given = ",".join(f"{name}={_property(value)}" for name, value in fields.items() if value)
    return f"::{_COMMANDS[fault.severity]} {given}::{_message(f'{fault.what}: {fault.todo}')}"


def _message(text: str) -> str:
    """Return text that can't end the command's line and begin another."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")


def _visible(text: str) -> str:
    """Return text on one line; what would steer a terminal is written out."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)
