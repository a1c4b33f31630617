"""Hostile texts of our own: what a page could be made to do × how it is dressed up.

What they are made of stands in tests/cases/hostile: in it § is a call that tells of itself, ¶
the id of the text, † a host of its own that does not exist. Whatever runs, loads or is shown
wrongly so names its text. The same texts each time: chance has a seed.
"""

from __future__ import annotations

import html
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

CASES = Path(__file__).parent / "cases" / "hostile"
HOST = "outside.example"


@dataclass(frozen=True, slots=True)
class Payload:
    """One hostile text; `kind` says what it is made of."""

    id: str
    kind: str
    text: str


def read_cases(name: str) -> list[str]:
    """Return the lines of a file of cases, their escapes read as Python's."""
    lines = (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [
        line.encode("latin-1", "backslashreplace").decode("unicode-escape")
        for line in lines
        if not line.startswith("# ")
    ]


def payloads() -> tuple[Payload, ...]:
    """Return every hostile text, the kinds mixed so that any stretch of them holds all."""
    calls = read_cases("calls")
    found = {text: kind for kind, text in _mixed(_all())}
    return tuple(
        Payload(id, kind, _told(text, calls[number * 7 % len(calls)], id))
        for number, (text, kind) in enumerate(found.items())
        for id in [f"zq{number:04d}x"]
    )


def _told(text: str, call: str, id: str) -> str:
    """Return a text with its call, its host and its id filled in."""
    return text.replace("§", call).replace("†", f"{id}.{HOST}").replace("¶", id)


def _all() -> Iterator[tuple[str, list[str]]]:
    """Yield each kind with its texts, nothing filled in yet."""
    chance = random.Random(8)
    for kind, dresses in (("elements", 8), ("breakers", 8), ("data", 4), ("unicode", 6)):
        yield kind, _dressed(read_cases(kind), dresses, chance)
    # Nothing undresses Markdown: it is dangerous as it stands, and within other markup.
    yield "markdown", _dressed(read_cases("markdown"), 4, chance)
    carriers = read_cases("carriers")
    handlers = [f"{event}=§" for event in read_cases("events")]
    carried = [chance.choice(carriers).format(on) for on in handlers for _ in range(8)]
    yield "handlers", _dressed(carried, 1, chance)
    forms = read_cases("forms")
    links = [form.format(address) for address in read_cases("addresses") for form in forms]
    yield "addresses", _dressed(links, 1, chance)


def _mixed(kinds: Iterator[tuple[str, list[str]]]) -> Iterator[tuple[str, str]]:
    """Yield the texts of all kinds, each kind evenly spread over the whole."""
    placed = [
        ((number + 0.5) / len(texts), kind, text)
        for kind, texts in kinds
        for number, text in enumerate(texts)
    ]
    yield from ((kind, text) for _, kind, text in sorted(placed))


def _dressed(texts: list[str], times: int, chance: random.Random) -> list[str]:
    """Return each text as it is and in some dresses."""
    return [
        dress(text)
        for text in texts
        for dress in (_as_it_is, *chance.sample(list(DRESSES.values()), times))
    ]


# --- how a text is dressed up


def _as_it_is(text: str) -> str:
    return text


def _mixed_case(text: str) -> str:
    """Change the case of the names of elements and attributes; calls stay as they are."""
    return re.sub(r"(?<=[<\s/])[a-z]{2,}(?=[\s=>:/])", lambda m: _zigzag(m[0]), text)


def _zigzag(word: str) -> str:
    return "".join(char.upper() if n % 2 else char for n, char in enumerate(word))


def _numbered(form: str) -> Callable[[str], str]:
    """Return what writes every sign of markup as its number in some notation."""
    return lambda text: re.sub(
        r"[<>\"'&:()\[\]=/`{}]", lambda match: form.format(ord(match[0])), text
    )


def _swapped(*pairs: str) -> Callable[[str], str]:
    """Return what replaces some strings: old, new, old, new …"""

    def swap(text: str) -> str:
        for old, new in zip(pairs[::2], pairs[1::2], strict=True):
            text = text.replace(old, new)
        return text

    return swap


def _wide(text: str) -> str:
    return re.sub(r"[<>\"'=/:()]", lambda match: chr(ord(match[0]) + 0xFEE0), text)


DRESSES: dict[str, Callable[[str], str]] = {
    "mixed case": _mixed_case,
    "escaped": html.escape,
    "escaped twice": lambda text: html.escape(html.escape(text)),
    "decimal": _numbered("&#{};"),
    "hexadecimal": _numbered("&#x{:x};"),
    "no semicolon": _numbered("&#{:07d}"),
    "decimal, escaped": _numbered("&amp;#{};"),
    "names without semicolon": _swapped("<", "&lt", ">", "&gt"),
    "names in capitals": _swapped("<", "&LT;", ">", "&GT;", ":", "&colon;"),
    "percent": lambda text: quote(text, safe="§†¶ "),
    "percent for brackets": _swapped("<", "%3C", ">", "%3E", '"', "%22"),
    "script escapes": _numbered("\\u{:04x}"),
    "short script escapes": _numbered("\\x{:02x}"),
    "full width": _wide,
    "tabs": _swapped(" ", "\t"),
    "form feeds": _swapped(" ", "\x0c"),
    "slashes": _swapped(" ", "/"),
    "zero width": _swapped("script", "scr\u200bipt"),
    "zero byte": _swapped("script", "scr\x00ipt"),
    "control": _swapped("<", "<\x01"),
    "out of double quotes": '">{}'.format,
    "out of single quotes": "'>{}".format,
    "out of a comment": "-->{}".format,
    "out of text elements": "</title></textarea></style></script>{}".format,
    "out of CDATA": "]]>{}<![CDATA[".format,
    "in an element": "<b>{}</b>".format,
    "right to left": "\u202e{}\u202c".format,
    "code": "`{}`".format,
    "strong": "**{}**".format,
    "backslash": "\\{}".format,
    "attribute list": "{} {{: .x onclick=§ }}".format,
    "unclosed comment": "<!-- {}".format,
    "entity": "&{};".format,
    "template": "{{{{ {} }}}}".format,
}
