"""The inline Markdown of our templates to HTML: links, strong words, tags and entities.

It knows what our templates write and nothing else, but that exactly as Python-Markdown does.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from generator.site.fast_tame import are_tame_lines


class Unfamiliar(Exception):
    """Markdown that is not of our templates: MkDocs renders it."""


# Tags whose content is text like that around them.
_INLINE_TAGS = "a abbr b bdi br cite code em i kbd mark q s small span strong sub sup time".split()
_ATTRIBUTES = r"(?: [a-z][a-z-]*=\"[^\"<>\[\]\\`\n]*\")*+"
_LINK = re.compile(
    r"\[([^\[\]\n]*+)\]\((?:<([^<>()\s\"\[\]\\`]*+)>|([^<>()\s\"\[\]\\`]*+))\)"
    r"(?:\{: ([^{}\n]*+)\})?"
)
_STRONG = re.compile(r"\*\*(?! )([^*\n]+)(?<! )\*\*")
# What is left when links and strong words are tags: text, tags, entities; and, as far as blocks
# are concerned, attributes at a line's end.
_FAMILIAR = (
    r"(?:[^`\\\[\]<>&*_{}!]++"
    r"|&(?:\#\d+|[a-z]+);"
    rf"|</?(?:{'|'.join(_INLINE_TAGS)}){_ATTRIBUTES}>"
    r"|(?<=[\n ])\{: [^{}\[\]<>&*`\\\n]++\}(?=\n|\Z)"
    r"|!"
    r")*+"
)
_ATTRIBUTE = re.compile(r"[.#]([\w-]+)|([a-z-]+)=\"([^\"&<>]*)\"")

# An address as written to the one in the page; records what it leads to.
Resolve = Callable[[str], str]
# Names and values of attributes.
Pairs = tuple[tuple[str, str], ...]


def inline_html(text: str, resolve: Resolve) -> tuple[str, bool]:
    """Return Markdown whose links and strong words are HTML, and whether that is tame.

    Raises Unfamiliar.
    """
    if "![" in text:
        raise Unfamiliar("an image")
    pieces = iter(_LINK.split(text))
    parts = [next(pieces)]
    for words, bracketed, bare, given, after in zip(
        pieces, pieces, pieces, pieces, pieces, strict=True
    ):
        href = resolve(bare if bracketed is None else bracketed)
        told = f' href="{href}"' if given is None else with_href(given, href)
        parts.append(f"<a{told}>{words}</a>{after}")
    html = "".join(parts)
    if "**" in html:
        html = _STRONG.sub(r"<strong>\1</strong>", html)
    # Two spaces before the end of a line break it.
    if "  \n" in html:
        raise Unfamiliar("a break")
    if are_tame_lines(html):
        return html, True
    # Read by few builds: `re` keeps what it made of it.
    if re.fullmatch(_FAMILIAR, html) is None:
        at = match.end() if (match := re.match(_FAMILIAR, html)) else 0
        raise Unfamiliar(html[at : at + 40])
    return html, False


@lru_cache(maxsize=1000)
def attributes(given: str) -> Pairs:
    """Return the attributes of a list, sorted. Raises Unfamiliar.

    >>> attributes('.cf-name .cf-person #a')
    (('class', 'cf-name cf-person'), ('id', 'a'))
    """
    found: dict[str, str] = {}
    for word in re.findall(r"[^\s\"=]+=\"[^\"]*\"|\S+", given):
        match = _ATTRIBUTE.fullmatch(word)
        if match is None:
            raise Unfamiliar(given)
        name, value = (match[2], match[3]) if match[2] else ("", match[1])
        name = name or ("id" if word[0] == "#" else "class")
        if name == "class" and not match[2] and "class" in found:
            value = f"{found['class']} {value}"
        found[name] = value
    return tuple(sorted(found.items()))


@lru_cache(maxsize=1000)
def tag_attributes(pairs: Pairs) -> str:
    """Return attributes as they stand in a tag."""
    return "".join(f' {name}="{value}"' for name, value in pairs)


@lru_cache(maxsize=1000)
def _around_href(given: str) -> tuple[str, str]:
    pairs = attributes(given)
    if any(name in ("href", "id") for name, _ in pairs):
        raise Unfamiliar(given)
    before = tuple(pair for pair in pairs if pair[0] < "href")
    return tag_attributes(before), tag_attributes(pairs[len(before) :])


def with_href(given: str, href: str) -> str:
    """Return the attributes of a link in the order MkDocs writes them."""
    before, after = _around_href(given)
    return f'{before} href="{href}"{after}'
