"""Front matter as our pages have it, read without a YAML parser where it is plain."""

from __future__ import annotations

import re
from typing import Any

from mkdocs.utils import meta

_FRONT = re.compile(r"---\n(.*?\n)---\n\n?", re.DOTALL)
_KEY = re.compile(r"([a-z_]+):(?: (.*))?")
_SEVERAL = re.compile(r"- (.*)")
_BELOW = re.compile(r"  ([a-z_]+): (.*)")
# A word first: such a scalar is itself, unless it is one of the words that mean something.
_PLAIN = re.compile(
    r"[^\W\d_](?:[^\x00-\x1f\x7f-\xa0:#\u2028\u2029\ufeff\ufffe\uffff]|:(?! |$)|(?<! )#)*"
)
_QUOTED = re.compile(r"'((?:[^'\x00-\x1f]|'')*)'")
_NUMBER = re.compile(r"-?[1-9][0-9]{0,8}")
_FRACTION = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_WORDS = {"true": True, "false": False, "null": None}
_SPECIAL = frozenset("yes no on off true false null y n".split())


class _Other(Exception):
    """YAML that is not as plain as ours."""


def read_page(source: str) -> tuple[dict[str, Any], str]:
    """Return the front matter of a page and its Markdown, as MkDocs reads them."""
    match = _FRONT.match(source)
    if match is not None:
        try:
            return _mapping(match[1]), source[match.end() :].lstrip("\n")
        except _Other:
            pass
    text, data = meta.get_data(source)
    return data, text


def _mapping(text: str) -> dict[str, Any]:
    """Return a mapping of scalars, lists of scalars and mappings of scalars. Raises _Other."""
    found: dict[str, Any] = {}
    key = ""
    for line in text[:-1].split("\n"):
        if match := _KEY.fullmatch(line):
            if key and found[key] == []:
                raise _Other(key)
            key = match[1]
            if key in found:
                raise _Other(line)
            found[key] = [] if match[2] is None else _scalar(match[2])
        elif key and (match := _SEVERAL.fullmatch(line)) and isinstance(found[key], list):
            found[key].append(_scalar(match[1]))
        elif key and (match := _BELOW.fullmatch(line)):
            found[key] = found[key] or {}
            if not isinstance(found[key], dict) or match[1] in found[key]:
                raise _Other(line)
            found[key][match[1]] = _scalar(match[2])
        else:
            raise _Other(line)
    if key and found[key] == []:
        raise _Other(key)
    return found


def _scalar(text: str) -> Any:
    """Return what a scalar says. Raises _Other unless that is plain to see.

    >>> _scalar("'2018-10-06'"), _scalar("Kim Jong-un"), _scalar("200"), _scalar("true")
    ('2018-10-06', 'Kim Jong-un', 200, True)
    """
    if _PLAIN.fullmatch(text) and text[-1] != " ":
        if text in _WORDS:
            return _WORDS[text]
        if text.lower() in _SPECIAL:
            raise _Other(text)
        return text
    if match := _QUOTED.fullmatch(text):
        return match[1].replace("''", "'")
    if _NUMBER.fullmatch(text):
        return int(text)
    if _FRACTION.fullmatch(text):
        return float(text)
    raise _Other(text)
