"""Every file of a built site that is no page, read by the parser of its kind."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import rdflib

from generator.exports.tables import safe_cell

_PUT = re.compile(r'cardfile\.put\("([\w/]+)",(.*)\)\n', re.DOTALL)


def faults_in_files(site: Path) -> list[str]:
    """Return what programs could not read, or would run, in the data files of a site."""
    found = []
    for path in sorted(site.rglob("*")):
        check = CHECKS.get(path.suffix)
        if check and (path.suffix != ".js" or "search" in path.parts):
            try:
                fault = check(path)
            except Exception as reason:  # whatever its parser has to say
                fault = f"{type(reason).__name__}: {reason}"
            if fault:
                found.append(f"{path.relative_to(site)}: {fault}")
    return found


def _xml(path: Path) -> str:
    ElementTree.parse(path)
    return ""


def _json(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    # One object a line is how data for FollowTheMoney is passed on.
    for piece in text.split("\n") if ".ftm." in path.name else [text]:
        json.loads(piece or "0")
    return ""


def _script(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    put = _PUT.fullmatch(text)
    if put is None:
        return "more than one value is put"
    json.loads(put[2])
    return "markup in a script" if re.search("[<>&\u2028\u2029]", text) else ""


def _csv(path: Path) -> str:
    with path.open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file, strict=True)
    ragged = [row for row in rows if len(row) != len(head)]
    live = [cell for row in rows for cell in row if safe_cell(cell) != cell and not _number(cell)]
    return f"{len(ragged)} ragged rows, {len(live)} live cells" if ragged or live else ""


def _number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def _turtle(path: Path) -> str:
    rdflib.Graph().parse(path, format="turtle")
    return ""


CHECKS: dict[str, Callable[[Path], str]] = {
    ".xml": _xml,
    ".graphml": _xml,
    ".json": _json,
    ".jsonld": _json,
    ".js": _script,
    ".csv": _csv,
    ".ttl": _turtle,
}
