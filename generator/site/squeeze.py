"""Pages and style sheets without the bytes that nobody reads. What is shown stays the same."""

from __future__ import annotations

import re
from pathlib import Path

# Where white space counts, and scripts, are left as they are.
_KEPT = re.compile(r"(<(pre|textarea|script|style)\b.*?</\2>)", re.DOTALL)
_SPACES = re.compile(r"[ \t]{2,}")
# HTML lets an element of a drawing close itself.
_SHAPE_ENDS = ("></circle>", "></line>", "></path>", "></rect>")
_EMPTY_SHAPE = re.compile(r"<(circle|line|path|rect)\b([^<>]*)></\1>")

_CSS_STRING = re.compile(r"(\"[^\"]*\"|'[^']*'|url\([^)]*\))")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_JS_COMMENT = re.compile(r"(?m)^[ \t]*/\*.*?\*/", re.DOTALL)
_CSS_AROUND = re.compile(r"\s*([{};,>])\s*")
_CSS_VALUE = re.compile(r"(?<=[{;])([\w-]+):\s+")
_CSS_ZERO = re.compile(r"(?<![\w.])0\.(?=\d)")


def squeeze_html(html: str) -> str:
    """Return a page with one line break or space where there were more.

    >>> squeeze_html("<p>a </p>\\n\\n   <p>b   c</p>")
    '<p>a </p>\\n<p>b c</p>'
    """
    parts = _KEPT.split(html)
    # split() gives: between, kept, its tag name, between, …
    return "".join(
        part if number % 3 == 1 else "" if number % 3 == 2 else _squeeze(part)
        for number, part in enumerate(parts)
    )


def squeezed_around(html: str, content: str) -> tuple[str, str] | None:
    """Return what squeezing makes of a page before and after content that is squeezed already.

    None if that does not stand in the page once, on lines of its own.

    >>> squeezed_around("<p>  \\n<i>a</i>\\n  </p>", "<i>a</i>")
    ('<p>\\n', '\\n</p>')
    """
    before, found, after = html.partition(content)
    alone = before[-1:] == "\n" == after[:1] and content and content not in after
    return (squeeze_html(before), squeeze_html(after)) if found and alone else None


def squeeze_css(css: str) -> str:
    """Return a style sheet without comments and layout.

    >>> squeeze_css("/* why */ a,\\n b { color: red; }")
    'a,b{color:red}'
    """
    parts = _CSS_STRING.split(_CSS_COMMENT.sub("", css))
    plain = "".join(part if n % 2 else _layout(part) for n, part in enumerate(parts))
    return plain.replace(";}", "}").strip()


def squeeze_js(js: str) -> str:
    """Return a script without its indentation and the comments that have lines of their own.

    Our scripts have no text that runs over several lines.

    >>> squeeze_js("/* why */\\n  // this\\n  a(); // b\\n")
    'a(); // b\\n'
    """
    lines = (line.strip() for line in _JS_COMMENT.sub("", js).splitlines())
    return "".join(f"{line}\n" for line in lines if line and not line.startswith("//"))


def squeeze_assets(folder: Path) -> None:
    """Squeeze our own style sheets and scripts in a built site; the theme's are squeezed."""
    for suffix, squeeze in ((".css", squeeze_css), (".js", squeeze_js)):
        for path in sorted(folder.glob(f"*{suffix}")):
            path.write_text(squeeze(path.read_text(encoding="utf-8")), encoding="utf-8")


def close_shapes(html: str) -> str:
    """Return a page whose empty shapes close themselves."""
    if any(end in html for end in _SHAPE_ENDS):
        return _EMPTY_SHAPE.sub(r"<\1\2/>", html)
    return html


def _squeeze(html: str) -> str:
    first, *lines = close_shapes(html).split("\n")
    if lines:
        lines = [first.rstrip(), *filter(None, map(str.strip, lines[:-1])), lines[-1].lstrip()]
        first = "\n".join(lines)
    return _SPACES.sub(" ", first) if "  " in first or "\t" in first else first


def _layout(css: str) -> str:
    css = _CSS_AROUND.sub(r"\1", re.sub(r"\s+", " ", css))
    return _CSS_ZERO.sub(".", _CSS_VALUE.sub(r"\1:", css))
