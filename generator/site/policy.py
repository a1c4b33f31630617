"""What a page may contain and load, whatever text it was made from: the second line.

The first is the escaping in the pages. This one does not trust it.
"""

from __future__ import annotations

import base64
import hashlib
import re

import nh3

_TAGS = frozenset(
    "a abbr aside b blockquote br caption cite code dd del details div dl dt em figcaption figure "
    "h1 h2 h3 h4 h5 h6 hr i kbd li mark ol p pre q s section small span strong sub summary sup "
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

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
_CHARSET = '<meta charset="utf-8">'


def clean_content(html: str) -> str:
    """Return a page's content without any element, attribute or address that could run or load."""
    return nh3.clean(
        html,
        tags=set(_TAGS | _DRAWN),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        generic_attribute_prefixes={"data-search-"},
        link_rel=None,
    )


def add_policy(html: str) -> str:
    """Return a whole page with a Content-Security-Policy for just the scripts it has now."""
    policy = content_policy(_INLINE_SCRIPT.findall(html))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_CHARSET, f"{_CHARSET}\n{meta}", 1)


def content_policy(scripts: list[str]) -> str:
    """Return a policy that lets a page load from its own site only and run these scripts.

    Our own pages have no inline script or style, so that one which slips through does nothing.
    """
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in sorted(set(scripts)))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {hashes}".strip(),
            "style-src 'self'",
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
