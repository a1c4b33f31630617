"""Index files that a page loads by <script>: small pieces of one sorted list each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

_UNSAFE = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def script(name: str, value: object) -> str:
    """Return a script that hands `value` to the page under `name`."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)
    return f'cardfile.put("{name}",{text})\n'


def browser_order(key: str) -> bytes:
    """Return a sort key that puts strings in the order JavaScript compares them in."""
    return key.encode("utf-16-be", "surrogatepass")


def sorted_shards(
    name: str, entries: Mapping[str, str], size: int
) -> tuple[dict[str, str], list[str]]:
    """Return scripts of sorted lines `key TAB entry`, each about `size` bytes.

    Beside them, the first key in each.
    """
    shards: list[list[str]] = []
    starts: list[str] = []
    room = 0
    for key in sorted(entries, key=browser_order):
        line = f"{key}\t{entries[key]}"
        if room < len(line) or not shards:
            shards.append([])
            starts.append(key)
            room = size
        shards[-1].append(line)
        room -= len(line.encode())
    return numbered(name, ("\n".join(lines) for lines in shards)), starts


def even_shards(name: str, values: Sequence[object], count: int) -> dict[str, str]:
    """Return scripts of `count` values each, the n-th value in the script n // count."""
    return numbered(name, (values[i : i + count] for i in range(0, len(values), count)))


def numbered(name: str, shards: Iterable[object]) -> dict[str, str]:
    """Return scripts of one value each: search/rows/0.js, search/rows/1.js …"""
    names = ((f"search/{name}/{number}", shard) for number, shard in enumerate(shards))
    return {f"{name}.js": script(name, shard) for name, shard in names}


def base36(number: int) -> str:
    """Return a number as JavaScript's parseInt(text, 36) reads it."""
    digits = "0123456789abcdefghijklmnopqrstuvwxyz"
    text = digits[number % 36]
    while number := number // 36:
        text = digits[number % 36] + text
    return text


def gaps(numbers: Iterable[int]) -> str:
    """Return rising numbers as the steps between them, in letters; a capital ends a step.

    >>> gaps([0, 1, 28])
    'ABbB'
    """
    last = 0
    steps = []
    for number in numbers:
        steps.append(_step(number - last))
        last = number
    return "".join(steps)


def _step(number: int) -> str:
    text = chr(65 + number % 26)
    while number := number // 26:
        text = chr(97 + number % 26) + text
    return text
