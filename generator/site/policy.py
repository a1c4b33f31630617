"""What a page may contain and load, whatever text it was made from: the second line.

The first is the escaping in the pages. This one does not trust it: neither does what a page may
contain know where its texts come from, nor does what it may load depend on what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import nh3

from generator.content_policy import Sources

_TAGS = frozenset(
    "a abbr aside b blockquote br caption cite code dd del details div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i kbd li mark ol p pre q s small section span strong sub summary sup "
    "table tbody td tfoot th thead time tr ul".split()
)
# What the drawn pictures use: shapes and words. Nothing that loads, moves, runs or brings HTML
# in; sizes and colours come by class.
_DRAWN = frozenset("svg g circle line path rect text title".split())
_ATTRIBUTES = {
    "*": {
        *("id", "class", "lang", "dir", "title", "role", "hidden"),
        *("aria-label", "aria-labelledby", "aria-describedby", "aria-hidden"),
        # What scripts of ours filter and sort by.
        *("data-kind", "data-date", "data-source", "data-years", "data-name", "data-number"),
    },
    "a": {"href", "rel", "download"},
    "details": {"open"},
    "ol": {"start"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan", "scope"},
    "time": {"datetime"},
    "svg": {"viewBox"},
    "circle": {"cx", "cy", "r"},
    "line": {"x1", "y1", "x2", "y2"},
    "path": {"d"},
    "rect": {"x", "y", "width", "height"},
    "text": {"x", "y"},
}
_SCHEMES = {"http", "https", "mailto"}
# `//host`, `/\host`: looks like a path, leads to another host.
_HIDDEN_HOST = re.compile(r"[\s\x00-\x20]*[\\/][\s\x00-\x20]*[\\/]")
_OUTSIDE = re.compile(
    r'<a(?=[ >])((?: [\w:-]+="[^"]*")*? href="https?:[^"]*"[^<>]*)>', re.IGNORECASE
)

# What a page of ours loads. All that is not named falls under the first.
_OWN: Mapping[str, tuple[str, ...]] = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'", "data:"),
    "font-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
}
# Our scripts make no markup from text and load data through one door: assets/cardfile.js.
_SCRIPTS = frozenset(
    f"assets/{name}.js"
    for name in "words cardfile search pictures articles hover paths shell".split()
)
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)
_HEAD = re.compile(r"<head(?:\s[^>]*)?>", re.IGNORECASE)


def clean_content(html: str) -> str:
    """Return a page's content without any element, attribute or address that could run or load.

    Links lead to http(s), mailto and pages beside; those that leave the site tell nobody whence.
    """
    return _OUTSIDE.sub(_untold, _CLEANER.clean(html))


def _page_beside(address: str) -> str | None:
    """Return an address without a scheme, None for one that hides a host."""
    return None if _HIDDEN_HOST.match(address) else address


def _untold(match: re.Match[str]) -> str:
    return match[0] if " rel=" in match[1] else f'<a{match[1]} rel="noopener noreferrer">'


_CLEANER = nh3.Cleaner(
    tags=set(_TAGS | _DRAWN),
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    url_relative=_page_beside,
    generic_attribute_prefixes={"data-search-"},
    link_rel=None,
)


def page_policy(added: Sources, scripts: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return what each directive allows: our own, and what the team adds.

    `scripts` are the scripts in mkdocs.yml. Others' may make markup from text; where there is
    one, browsers are not asked to forbid that.
    """
    policy = {name: (*_OWN.get(name, ("'self'",)), *added.get(name, ())) for name in _OWN}
    policy |= {name: ("'self'", *added[name]) for name in sorted(added) if name not in _OWN}
    if added.get("script-src") or not set(scripts) <= _SCRIPTS:
        return policy
    return policy | {"require-trusted-types-for": ("'script'",), "trusted-types": ("cardfile",)}


def policy_tag(policy: Mapping[str, tuple[str, ...]]) -> str:
    """Return a policy as the element that puts it into force."""
    text = "; ".join(" ".join((name, *sources)) for name, sources in policy.items())
    return f'<meta http-equiv="Content-Security-Policy" content="{text}">'


def add_policy(html: str, policy: Mapping[str, tuple[str, ...]]) -> str:
    """Return a whole page with a policy, before anything that the policy is about.

    A policy of a page's own scripts would allow one that slipped in: it is the same for all.
    """
    place = _CHARSET.search(html) or _HEAD.search(html)
    at = place.end() if place else 0
    return f"{html[:at]}\n{policy_tag(policy)}{html[at:]}"
