"""The setting `content_security_policy`: what a team lets its pages load beside what is theirs.

`true`, `false`, or hosts by directive: `{script-src: [https://stats.example]}`.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from typing import Any

# Directives to which a team may add, and what each may load beside the site itself.
OPEN = (
    *("script-src", "style-src", "img-src", "font-src", "connect-src", "media-src", "frame-src"),
    *("worker-src", "manifest-src", "form-action"),
)
# What a page can't say of itself, for browsers heed it only in the answer of the server.
_HEADER_ONLY = ("frame-ancestors", "report-uri", "report-to", "sandbox")
_FLAGS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
# `https://stats.example`, `https://*.stats.example:8443/js/`, `wss://stats.example`.
_HOST = re.compile(
    r"(?:https|wss)://(?:\*\.)?[\w-]+(?:\.[\w-]+)+(?::\d+)?(?:/[\w./~%-]*)?", re.ASCII
)
_HASH = re.compile(r"'?(sha(?:256|384|512)-[\w+/-]+={0,2})'?", re.ASCII)
_HASHED = ("script-src", "style-src")

Sources = dict[str, tuple[str, ...]]


def read_policy(value: Any) -> Sources | None:
    """Return what a team adds to the policy, by directive; None where it wants no policy.

    Raises ValueError, which says what to write, for all that would open a page to anybody.
    """
    if isinstance(value, Mapping):
        return {str(name): _sources(str(name), value[name]) for name in sorted(value, key=str)}
    flag = _FLAGS.get(str(value).lower())
    if flag is None:
        raise ValueError(
            "write true, false, or hosts such as `script-src: [https://stats.example]`"
        )
    return {} if flag else None


def _sources(name: str, value: Any) -> tuple[str, ...]:
    if name in _HEADER_ONLY:
        raise ValueError(f"{name} works only as a header: let the web server send it")
    if name not in OPEN:
        near = difflib.get_close_matches(name, OPEN, 1) or OPEN
        raise ValueError(f"{name} can't be set; use {', '.join(near)}")
    given = value if isinstance(value, list) else [value]
    return tuple(dict.fromkeys(_source(name, str(source).strip()) for source in given))


def _source(name: str, source: str) -> str:
    digest = _HASH.fullmatch(source) if name in _HASHED else None
    if digest:
        return f"'{digest[1]}'"
    if _HOST.fullmatch(source):
        return source
    todo = f"name hosts, such as {name}: [https://stats.example]"
    raise ValueError(f"{source or 'nothing'} under {name} is refused: {todo}")
