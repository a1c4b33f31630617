"""What a page may contain and load, whatever text it was made from: the second line.

The first is the escaping in the pages. This one does not trust it.
"""

from __future__ import annotations

import base64
import hashlib
import re

import nh3

_TAGS = frozenset(
    "a abbr aside b blockquote br cite code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr i kbd li ol "
    "p pre q s section small span strong sub sup table tbody td th thead tr ul".split()
)
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title", "role", "aria-label", "aria-hidden"},
    "a": {"href", "rel"},
    "td": {"align", "colspan", "rowspan"},
    "th": {"align", "colspan", "rowspan"},
}
_SCHEMES = {"http", "https", "mailto"}

_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.DOTALL)
_CHARSET = '<meta charset="utf-8">'


def clean_content(html: str) -> str:
    """Return a page's content without any element, attribute or address that could run or load."""
    return nh3.clean(
        html,
        tags=set(_TAGS),
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        generic_attribute_prefixes={"data-search-"},
        link_rel=None,
    )


def add_policy(html: str) -> str:
    """Return a whole page with a Content-Security-Policy for just the scripts it has now."""
    policy = content_policy(_INLINE_SCRIPT.findall(html))
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return html.replace(_CHARSET, f"{_CHARSET}\n      {meta}", 1)


def content_policy(scripts: list[str]) -> str:
    """Return a policy that lets a page load from its own site only and run these scripts.

    The theme sets styles inline, as its icons do; styles can't reach another host either.
    """
    hashes = " ".join(f"'sha256-{_sha256(script)}'" for script in sorted(set(scripts)))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src 'self' {hashes}".strip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "worker-src 'self'",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def _sha256(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
