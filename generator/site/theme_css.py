"""The theme's style sheet without the rules for what no page of ours has.

Two thirds of it dress code, boxes, tabs and menus. What stays is told by the classes a rule
asks for: none, or only those below.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

# What our pages are written with; whoever adds an extension gets the whole sheet.
_EXTENSIONS = frozenset("attr_list def_list fenced_code md_in_html meta tables toc".split())
_KEPT = re.compile(
    r"js|no-js|focus-visible|cf-.*|md-(?:typeset|grid|header|skip|icon|toggle|button|search)(?:__.*)?"
    r"|md-(?:header__inner|content__inner|button--primary|search-result(?:__.*)?)"
)
_CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
_TEXT = re.compile(r"url\((?:'[^']*'|\"[^\"]*\"|[^)]*)\)|'[^']*'|\"[^\"]*\"")
_ICON = re.compile(r"--md-[\w-]*icon[\w-]*:[^;}]*;?")
_COMMA = re.compile(r",(?![^()]*\))")


def needed_css(css: str, extensions: Collection[str]) -> str:
    """Return a minified style sheet without the rules that no page written so can use."""
    if not _EXTENSIONS.issuperset(extensions):
        return css
    texts: list[str] = []

    def put_aside(match: re.Match[str]) -> str:
        texts.append(match.group())
        return f"\x00{len(texts) - 1}\x01"

    # Texts may hold braces.
    plain = _TEXT.sub(put_aside, css)
    kept = "".join(_rules(plain))
    return re.sub("\x00(\\d+)\x01", lambda match: texts[int(match.group(1))], kept)


def _rules(css: str) -> Iterator[str]:
    """Yield what is kept of each rule, those within @media in their turn."""
    for head, body in _blocks(css):
        if head.startswith(("@media", "@supports")):
            inside = "".join(_rules(body))
            if inside:
                yield f"{head}{{{inside}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}" if body else f"{head};"
        else:
            selectors = [one for one in _COMMA.split(head) if _wanted(one)]
            body = _ICON.sub("", body)
            if selectors and body:
                yield f"{','.join(selectors)}{{{body}}}"


def _wanted(selector: str) -> bool:
    return all(_KEPT.fullmatch(name) for name in _CLASS.findall(selector))


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield head and body of each rule of a sheet; the body is empty for `@charset …;`."""
    start = depth = opened = 0
    for mark in re.finditer(r"[{};]", css):
        if mark.group() == "{":
            opened = opened if depth else mark.start()
            depth += 1
        elif mark.group() == "}":
            depth -= 1
            if not depth:
                yield css[start:opened].strip(), css[opened + 1 : mark.start()]
                start = mark.end()
        elif not depth:
            yield css[start : mark.start()].strip(), ""
            start = mark.end()
