"""Tables of articles: JSON Lines or Parquet, one row each, with its text and its fields.

A row is called after its table and its own `id`, else its place: `saved.jsonl#17`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator import names
from generator.model import Limits, Problem
from generator.read.markdown_files import FIELDS, read_fields
from generator.read.pages import Line, RawPage

SUFFIXES = (".jsonl", ".ndjson", ".parquet")
_TODO = "write one JSON object on each line, its article under `text`"
_INSTALL = "install what reads it: pip install 'cardfile[parquet]', or save it as .jsonl"
_WHOLE_PAGE = re.compile(r"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
# What no file name may hold.
_UNNAMEABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff/\\\\#]")
_LONGEST_NAME = 100
# Rows of a Parquet file in memory at once.
_BATCH = 500


@dataclass(frozen=True, slots=True)
class Row:
    """An article of a table: its text, and its other fields as front matter's."""

    file: str
    text: str
    fields: str

    @property
    def is_page(self) -> bool:
        """Return whether the text is a web page as it was saved."""
        return _WHOLE_PAGE.match(self.text[:200]) is not None


def is_table(path: Path) -> bool:
    """Return whether a path is that of a table of articles."""
    return path.suffix.lower() in SUFFIXES and path.is_file()


def read_table(path: Path, limits: Limits) -> tuple[list[Row], list[Problem]]:
    """Return the rows of a table, in its order, and what can't be read."""
    rows: list[Row] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    parquet = path.suffix.lower() == ".parquet"
    for number, found in _parquet(path) if parquet else _json_lines(path, limits):
        row = found if isinstance(found, Problem) else _row(path.name, number, found, limits)
        if isinstance(row, Problem):
            problems.append(row)
        elif row.file in taken:
            todo = "give every row an `id` of its own, or none"
            problems.append(Problem(path.name, number, f"the id of {row.file} stands twice", todo))
        else:
            taken.add(row.file)
            rows.append(row)
    return rows, problems


def with_fields(page: RawPage, fields: str, limits: Limits) -> RawPage:
    """Return a page with what its row says of it; a broken field is a problem."""
    meta, problems = read_fields(page.file, fields, limits)
    problems = [replace(problem, line=0) for problem in problems]
    lines = (Line(1, meta.title, -1, "headline"), *page.lines) if meta.title else page.lines
    return replace(page, lines=lines, meta=meta, problems=(*page.problems, *problems))


def _row(table: str, number: int, values: Mapping[str, Any], limits: Limits) -> Row | Problem:
    text = values.get("text")
    if not isinstance(text, str) or not text.strip():
        return Problem(table, number, "a row without `text`", _TODO)
    if (size := len(text.encode("utf-8", "surrogatepass"))) > limits.file_bytes:
        what = f"{size:,} bytes is over the limit of {limits.file_bytes:,}"
        return Problem(table, number, what, "take the row out, or raise limits.file_bytes")
    given = {name: values[name] for name in FIELDS if values.get(name) not in (None, "")}
    plain = {name: _plain(value) for name, value in given.items()}
    own = _UNNAMEABLE.sub("-", _plain(values.get("id")) or "")[:_LONGEST_NAME]
    return Row(f"{table}#{names.tidy(own) or number}", text, json.dumps(plain))


def _plain(value: Any) -> str:
    """Return a field as it would be written; a date of a Parquet file as ISO says it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else getattr(value, "isoformat", value.__str__)()


def _json_lines(path: Path, limits: Limits) -> Iterator[tuple[int, Any]]:
    """Yield the object on each line, or a problem, with the line's number."""
    # Escaped, a character takes up to twelve bytes.
    most = 12 * limits.file_bytes + 100_000
    with path.open("rb") as file:
        for number, line in enumerate(iter(lambda: file.readline(most), b""), 1):
            if line.strip():
                yield number, _object(path.name, number, line)


def _object(table: str, number: int, line: bytes) -> Any:
    try:
        found = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as fault:
        return Problem(table, number, f"no JSON ({fault})", _TODO)
    return found if isinstance(found, dict) else Problem(table, number, "no JSON object", _TODO)


def _parquet(path: Path) -> Iterator[tuple[int, Any]]:
    """Yield each row of a Parquet file, or a problem, with its number."""
    try:
        import pyarrow.parquet
    except ImportError:
        yield 0, Problem(path.name, 0, "Parquet can't be read here", _INSTALL, fatal=True)
        return
    import pyarrow

    try:
        file = pyarrow.parquet.ParquetFile(path)
        columns = [name for name in (*FIELDS, "id", "text") if name in file.schema_arrow.names]
        batches: Iterable[Any] = file.iter_batches(_BATCH, columns=columns)
        rows = (row for batch in batches for row in batch.to_pylist())
        yield from enumerate(rows, 1)
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as fault:
        what = f"can't be read ({str(fault).splitlines()[0]})"
        yield 0, Problem(path.name, 0, what, "write the file anew", fatal=True)
