"""Decisions appended to the editors' files, and taken back: every byte of theirs stays."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from generator import curation
from generator.curation import NOTES
from generator.files import write_if_changed
from generator.model import Decision

FILE = "review.yml"
# What a new file says of itself.
OPENING = "# Decided in `cardfile review`. Like every file here it is yours to edit.\n\n"


class CannotAppend(Exception):
    """A file can't take a decision without changing what is in it; says why and what to do."""


@dataclass(frozen=True, slots=True)
class Appended:
    """What one append did: the file, its bytes before (None if there was no file) and after."""

    path: Path
    before: bytes | None
    after: bytes
    chunk: bytes
    folders: tuple[Path, ...] = ()  # made for it, inner first


def append(folder: Path, decisions: Sequence[Decision]) -> Appended:
    """Append decisions to `review.yml` in a folder and return what was done.

    The file is read anew each time: somebody may have saved it in an editor in between. One
    that no line can be added to (a list in brackets) stays as it is, and the next of its name
    takes the decisions. Raises CannotAppend.
    """
    for number in range(1, 100):
        path = folder / (FILE if number == 1 else f"review-{number}.yml")
        before = path.read_bytes() if path.is_file() else None
        text = _decoded(path, before)
        _refuse_broken(path, text)
        longer = _longer(text, decisions)
        if _holds_both(text, longer, decisions):
            break
    else:
        raise CannotAppend(f"{folder}: no file there takes another decision; mend {FILE}")
    folders = tuple(parent for parent in (folder, *folder.parents) if not parent.exists())
    write_if_changed(path, longer)
    after = longer.encode("utf-8")
    return Appended(path, before, after, after[len(before or b"") :], folders)


def take_back(appended: Appended) -> bool:
    """Take an append back and return whether it could be: the file is byte for byte as before.

    What somebody wrote to the file since stays; if they changed the decision itself, it does too.
    """
    now = appended.path.read_bytes() if appended.path.is_file() else None
    if now == appended.after and appended.before is None:
        appended.path.unlink()
        for folder in appended.folders:
            if not any(folder.iterdir()):
                folder.rmdir()
        return True
    start = now.rfind(appended.chunk) if now else -1
    if now is None or start < 0:
        return False
    left = now[:start] + now[start + len(appended.chunk) :]
    write_if_changed(appended.path, left.decode("utf-8"))
    return True


def decisions_text(decisions: Sequence[Decision], indent: str = "") -> str:
    """Return decisions as they stand in a file: one list item each.

    >>> print(decisions_text([Decision("drop", ["Mystery Trip"], "", 0, why="no name")]), end="")
    - drop: [Mystery Trip]
      why: no name
    """
    lines = "".join(_item_text(decision) for decision in decisions).splitlines(keepends=True)
    return "".join(f"{indent}{line}" for line in lines)


# --- text


def _item_text(decision: Decision) -> str:
    item = CommentedMap({decision.kind: _flow(decision.value)})
    item |= {note: value for note in NOTES if (value := getattr(decision, note))}
    out = io.StringIO()
    _yaml().dump([item], out)
    return out.getvalue()


def _flow(value: Any) -> Any:
    """Return a value that is written on one line, as in the README."""
    if isinstance(value, dict):
        mapping = CommentedMap((key, _flow(inner)) for key, inner in value.items())
        mapping.fa.set_flow_style()
        return mapping
    if isinstance(value, list):
        sequence = CommentedSeq(map(_flow, value))
        sequence.fa.set_flow_style()
        return sequence
    return str(value)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.width = 10**6
    yaml.allow_unicode = True
    return yaml


def _longer(text: str, decisions: Sequence[Decision]) -> str:
    """Return a file's text with decisions after it, in its own indent and line ends."""
    newline = "\r\n" if text.count("\r\n") > text.count("\n") / 2 else "\n"
    start = text if text.strip() else text + OPENING
    between = "" if start.endswith("\n") or not start else newline
    chunk = decisions_text(decisions, _indent(text)).replace("\n", newline)
    return f"{start}{between}{chunk}"


def _indent(text: str) -> str:
    """Return the blanks before the dashes of a file's list."""
    try:
        root = _yaml().load(text)
    except YAMLError:
        return ""
    return " " * int(root.lc.col) if isinstance(root, CommentedSeq) else ""


def _decoded(path: Path, data: bytes | None) -> str:
    try:
        return (data or b"").decode("utf-8")
    except UnicodeDecodeError as fault:
        raise CannotAppend(f"{path}: no UTF-8 text ({fault}): save it as UTF-8") from fault


def _refuse_broken(path: Path, text: str) -> None:
    _, problems = curation.parse({path.name: text})
    fatal = [problem for problem in problems if problem.fatal]
    if fatal:
        raise CannotAppend(str(fatal[0]))


def _holds_both(text: str, longer: str, decisions: Sequence[Decision]) -> bool:
    """Return whether the longer text holds what stood there and the new decisions, no more."""
    old, _ = curation.parse({FILE: text})
    found, problems = curation.parse({FILE: longer})
    wanted = [*map(_meaning, old), *map(_meaning, decisions)]
    return not problems and list(map(_meaning, found)) == wanted


def _meaning(decision: Decision) -> tuple[Any, ...]:
    return (decision.kind, decision.value, decision.why, decision.by, decision.date)
