"""What the policy of the pages blocks that a team put there: named, with what to add.

Themes, scripts and style sheets in mkdocs.yml may bring along what no page of ours has.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from generator.model import Problem

Policy = Mapping[str, tuple[str, ...]]
Element = tuple[str, dict[str, str]]

_VALUE = r"\"[^\"]*\"|'[^']*'|[^\s\"'>]+"
# A start tag whole: what stands within quotes is text, and may be anybody's.
_TAG = re.compile(
    rf"<([a-z][\w:-]*)((?:[\s/]+[^\s\"'>/=]+(?:\s*=\s*(?:{_VALUE}))?)*)[\s/]*>", re.IGNORECASE
)
_ATTRIBUTE = re.compile(rf"([^\s\"'>/=]+)(?:\s*=\s*({_VALUE}))?")
_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1\s*>", re.IGNORECASE | re.DOTALL)
_HANDLER = re.compile(r"on[a-z]+|style", re.IGNORECASE)
_MAYBE_HANDLER = re.compile(r"\s(?:on[a-z]+|style)\s*=", re.IGNORECASE)
_CSS = re.compile(
    r"(@import\s+(?:url\()?|url\()\s*[\"']?((?:https?:)?//[^\"')\s;]+)", re.IGNORECASE
)
_FONT = re.compile(r"\.(?:woff2?|ttf|otf|eot)(?:[?#]|$)", re.IGNORECASE)
# Which directive an attribute of an element falls under.
_LOADS = {
    ("script", "src"): "script-src",
    ("img", "src"): "img-src",
    ("img", "srcset"): "img-src",
    ("input", "src"): "img-src",
    ("video", "poster"): "img-src",
    ("video", "src"): "media-src",
    ("audio", "src"): "media-src",
    ("source", "src"): "media-src",
    ("source", "srcset"): "img-src",
    ("track", "src"): "media-src",
    ("iframe", "src"): "frame-src",
    ("frame", "src"): "frame-src",
    ("embed", "src"): "object-src",
    ("object", "data"): "object-src",
    ("form", "action"): "form-action",
    ("button", "formaction"): "form-action",
    ("input", "formaction"): "form-action",
}
_RELATIONS = {
    "stylesheet": "style-src",
    "icon": "img-src",
    "apple-touch-icon": "img-src",
    "manifest": "manifest-src",
    "modulepreload": "script-src",
}
_LOADING = re.compile(
    rf"<(?:link|{'|'.join(sorted({name for name, _ in _LOADS}))})[\s/>]", re.IGNORECASE
)
# Where a script is, and no data.
_SCRIPT_TYPES = ("", "module", "text/javascript", "application/javascript")


@dataclass(frozen=True, slots=True, order=True)
class Blocked:
    """Something a page has and its policy blocks; `source` is what would allow it, if anything."""

    what: str
    directive: str
    source: str


@dataclass(slots=True)
class Blockade:
    """All that the policy of a site blocks, each with its pages; `site_url` is the site itself."""

    policy: Policy
    site_url: str = ""
    pages: dict[Blocked, list[str]] = field(default_factory=dict)

    def look(self, uri: str, page: str) -> None:
        """Note what a page has that is blocked."""
        for found in blocked(page, self.policy, self.site_url):
            there = self.pages.setdefault(found, [])
            if uri not in there[-1:]:
                there.append(uri)

    def look_at_styles(self, uri: str, css: str) -> None:
        """Note what a style sheet loads that is blocked."""
        for found in blocked_styles(css, self.policy):
            self.pages.setdefault(found, []).append(uri)

    def problems(self) -> tuple[Problem, ...]:
        """Return one problem for each thing blocked, with where it is and what to add."""
        return tuple(_problem(found, self.pages[found]) for found in sorted(self.pages))


def blocked(page: str, policy: Policy, site_url: str = "") -> Iterator[Blocked]:
    """Yield what a page's policy blocks of it."""
    # What looks like an element may be text within quotes. Reading a page whole takes longer, and
    # most pages have nothing that even looks so.
    if any(_blocked_elements(_suspects(page), policy, site_url)):
        bare = _INLINE.sub(r"<\1\2></\1>", page)
        whole = ((tag[1].lower(), _attributes(tag[2])) for tag in _TAG.finditer(bare))
        yield from dict.fromkeys(_blocked_elements(whole, policy, site_url))
    for name, given, text in _INLINE.findall(page):
        if found := _inline(name.lower(), _attributes(given), text, policy):
            yield found


def _suspects(page: str) -> Iterator[Element]:
    """Yield what looks like an element that loads something or hears events."""
    starts = {match.start() for match in _LOADING.finditer(page)}
    starts |= {page.rfind("<", 0, match.start()) for match in _MAYBE_HANDLER.finditer(page)}
    for start in sorted(starts - {-1}):
        if tag := _TAG.match(page, start):
            yield tag[1].lower(), _attributes(tag[2])


def _blocked_elements(
    elements: Iterable[Element], policy: Policy, site_url: str
) -> Iterator[Blocked]:
    for name, attributes in elements:
        for directive, address in _loaded(name, attributes):
            ours = bool(site_url) and address.startswith(site_url)
            if not ours and not allows(policy, directive, address):
                yield Blocked(address, directive, _origin(address))
        for attribute in filter(_HANDLER.fullmatch, attributes):
            directive = "style-src" if attribute == "style" else "script-src"
            yield Blocked(f"`{attribute}=` on an element", directive, "")


def blocked_styles(css: str, policy: Policy) -> Iterator[Blocked]:
    """Yield what a style sheet loads from other hosts that are not allowed."""
    for how, address in _CSS.findall(css):
        font = "font-src" if _FONT.search(address) else "img-src"
        directive = "style-src" if how.lower().startswith("@import") else font
        if not allows(policy, directive, address):
            yield Blocked(address, directive, _origin(address))


def allows(policy: Policy, directive: str, address: str) -> bool:
    """Return whether a policy lets a page load an address; one without a host is its own."""
    sources = policy.get(directive, policy["default-src"])
    parts = urlsplit(address.strip().replace("\\", "/"))
    if not parts.netloc and parts.scheme in ("", "http", "https"):
        return "'self'" in sources
    if not parts.netloc:
        return f"{parts.scheme}:" in sources
    url = f"{parts.scheme or 'https'}://{parts.netloc}{parts.path}"
    return any(_fits(source, url) for source in sources if "://" in source)


def _fits(source: str, url: str) -> bool:
    """Return whether a host in a policy is that of an address; a path that ends in `/` is open."""
    pattern = re.escape(source).replace(r"\*\.", r"[\w.-]+\.")
    bare = not urlsplit(source).path
    return (
        re.match(pattern + ("(?:/|$)" if bare else "" if source.endswith("/") else "$"), url)
        is not None
    )


def _loaded(name: str, attributes: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield directive and address of what an element loads."""
    if name == "link":
        relations = attributes.get("rel", "").lower().split()
        directives = [_RELATIONS[rel] for rel in relations if rel in _RELATIONS]
        yield from ((directive, attributes.get("href", "")) for directive in directives[:1])
    for attribute, value in attributes.items():
        if value and (directive := _LOADS.get((name, attribute))):
            yield directive, value.split()[0] if value.split() else ""


def _inline(name: str, attributes: dict[str, str], text: str, policy: Policy) -> Blocked | None:
    """Return an inline script or style, unless it is data or its hash is allowed."""
    script = name == "script"
    if script and ("src" in attributes or attributes.get("type", "").lower() not in _SCRIPT_TYPES):
        return None
    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    directive = "script-src" if script else "style-src"
    if f"'sha256-{digest}'" in policy[directive]:
        return None
    begun = " ".join(text.split())[:40]
    return Blocked(f"an inline {name} that begins {begun!r}", directive, f"sha256-{digest}")


def _attributes(given: str) -> dict[str, str]:
    found = ((name.lower(), value.strip("\"'")) for name, value in _ATTRIBUTE.findall(given))
    return {name: html.unescape(value) for name, value in found}


def _origin(address: str) -> str:
    """Return the host to allow; nothing for what can't be allowed, such as http or data."""
    parts = urlsplit(address)
    return f"https://{parts.netloc}" if parts.netloc and parts.scheme in ("", "https") else ""


def _problem(found: Blocked, pages: list[str]) -> Problem:
    more = f" and {len(pages) - 1} more" if len(pages) > 1 else ""
    what = f"content_security_policy blocks {found.what} ({pages[0]}{more})"
    if found.directive == "object-src" or not found.source:
        todo = f"{found.directive} can't allow it; move it into a file of the site"
    else:
        todo = (
            f"add `content_security_policy: {{{found.directive}: [{found.source}]}}`, or remove it"
        )
    return Problem("mkdocs.yml", 0, what, todo)
