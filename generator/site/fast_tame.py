"""HTML that the cleaner leaves as it is, told by a grammar: nearly all that our templates write.

It allows less than the cleaner does, whatever text it is shown: elements that end on the line
they begin on, within one another as HTML has it, with the attributes and their order listed here,
and links to pages beside. What is not of it goes through the cleaner (`policy.py`). A test
compares the two on texts put together by chance.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache

# A character that is itself, or the beginning of a reference to one: those are looked at apart.
# A line at a bar may be cut, in a table.
_TEXT = r"[^`\\\[\]<>*_{}|\x00-\x1f\x7f]++"
_DRAWN = r"[^<>\x00-\x1f\x7f]*+"
_QUOTED = r"[^\"<>&\[\]\\`|\x00-\x1f\x7f]*+"
_VALUE = rf"\"{_QUOTED}\""
# No scheme, no host, nothing that looks like one.
_HREF = r"\"(?!//)[A-Za-z0-9_./\#?=%-]*+\""
# A host of plain words, which nothing reads as a number or in another script.
_OUTSIDE = (
    r"\"https?://(?:[a-z][a-z0-9]*+(?:-[a-z0-9]++)*+\.)++[a-z]{2,}+(?:/[A-Za-z0-9_./\#?=%-]*+)?+\""
    r" rel=\"noopener noreferrer\""
)
_ATTRIBUTES = (
    rf"(?: class={_VALUE}(?: (?:id|lang|title)={_VALUE})?+"
    rf"|(?: (?:id|lang)={_VALUE})(?: class={_VALUE})?+)?+"
)
_NOTHING = r"(?!)"


def _element(name: str, inside: str) -> str:
    """Return the grammar of an element with text and `inside` in it; `name` is the group's."""
    return rf"<(?P<{name}>cite|q|span|strong){_ATTRIBUTES}>(?:{_TEXT}|{inside})*+</(?P={name})>"


def _link(outside: str = "") -> str:
    """Return the grammar of a link, in which is no other."""
    return (
        rf"<a(?: class={_VALUE} href={_HREF}| href={_HREF}(?: class={_VALUE})?+{outside})>"
        rf"(?:{_TEXT}|<strong>{_TEXT}</strong>|<span class={_VALUE}>{_TEXT}</span>)*+</a>"
    )


_INNERMOST = rf"{_link()}|{_element('c', _NOTHING)}"
_INNER = rf"{_link()}|{_element('b', _INNERMOST)}"
_LINES = re.compile(
    rf"(?:{_TEXT}|[\n|\x02\x03]++|{_link(f'| href={_OUTSIDE}')}|{_element('a', _INNER)}"
    # Attributes of a block, read by whoever reads blocks.
    r"|(?<=[\n ])\{: [^{}\[\]<>&*`\\\n]++\}(?=\n|\Z)"
    r")*+"
)
_SHAPE = (
    rf"<path(?: class={_VALUE})?+ d={_VALUE}/>"
    rf"|<text x={_VALUE} y={_VALUE}(?: class={_VALUE})?+>{_DRAWN}</text>"
    rf"|<title>{_DRAWN}</title>"
)
_SHAPE_LINK = rf"<a href={_HREF}(?: class={_VALUE}(?: data-years={_VALUE})?+)?+>(?:{_SHAPE})*+</a>"
_PICTURE = re.compile(
    rf"<svg class={_VALUE} viewBox={_VALUE}>"
    rf"(?:{_SHAPE}|{_SHAPE_LINK}|<g class={_VALUE}>(?:{_SHAPE}|{_SHAPE_LINK})*+</g>)*+</svg>"
    rf"(?:<figcaption>{_DRAWN}</figcaption>)?+"
)
_REFERENCE = re.compile(r"&[^;&<>\s]*;?")
# References as the cleaner writes them: the characters themselves, but for those of HTML.
_WRITTEN = {f"&#{number};": chr(number) for number in range(32, 127)} | {
    "&lt;": "&lt;", "&#60;": "&lt;", "&gt;": "&gt;", "&#62;": "&gt;", "&amp;": "&amp;",
    "&#38;": "&amp;", "&quot;": '"', "&#x27;": "'",
}  # fmt: skip
_IN_LINES = _WRITTEN.keys() - {"&#x27;"}
# Those that are written alike between quotes.
_IN_VALUES = _WRITTEN.keys() - {"&lt;", "&#60;", "&gt;", "&#62;", "&quot;", "&#34;"}
_PLAIN_VALUE = re.compile(r"[^\"<>\x00-\x1f\x7f]*+")
_NAMES = frozenset(("class", "id", "lang", "title", "role", "aria-label"))
_SPACES = re.compile(" {2,}")


def are_tame_lines(html: str) -> bool:
    """Return whether the cleaner leaves every line of text and inline elements as it is."""
    return _LINES.fullmatch(html) is not None and _refers(html, _IN_LINES)


def is_tame_picture(html: str) -> bool:
    """Return whether the cleaner leaves the inside of a figure as it is."""
    return _PICTURE.fullmatch(html) is not None and _refers(html, _WRITTEN.keys())


@lru_cache(maxsize=1000)
def are_tame_attributes(pairs: tuple[tuple[str, str], ...]) -> bool:
    """Return whether the cleaner leaves the attributes of a block as they are."""
    names = {name for name, _ in pairs}
    return (
        len(names) == len(pairs)
        and names <= _NAMES
        and all(_PLAIN_VALUE.fullmatch(value) for _, value in pairs)
        and all(_refers(value, _IN_VALUES) for _, value in pairs)
    )


def written_tame(html: str) -> str:
    """Return tame HTML as cleaning and squeezing leave it."""
    if "&" in html:
        html = _REFERENCE.sub(lambda match: _WRITTEN[match[0]], html)
    if "\xa0" in html:
        html = html.replace("\xa0", "&nbsp;")
    html = "\n".join(filter(None, map(str.strip, html.split("\n"))))
    return _SPACES.sub(" ", html) if "  " in html else html


def _refers(html: str, known: Set[str]) -> bool:
    """Return whether every reference to a character is a known one."""
    return "&" not in html or known >= set(_REFERENCE.findall(html))
