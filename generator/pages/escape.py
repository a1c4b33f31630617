"""Foreign text into Markdown: shown as it was written, never read as markup.

The templates print through `printed`, so a plain string is foreign until someone says
otherwise: `Markup` means "words of ours". Nothing foreign may become `Markup` elsewhere.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit

from markupsafe import Markup

from generator import unseen

# ASCII that means something to Markdown or HTML wherever it stands; then a hyphen, dot, slash
# or question mark that could start a list, a rule, a block or an address: between letters they
# mean nothing and are kept, so that pages stay legible.
_MARKUP = re.compile(
    r"[!\"#$&()*+:<=>@\[\\\]^_`{|}~]"
    r"|(?<!\w)-|-(?!\w)|(?<=\d)\.(?!\d)|\?(?=\?)|/(?=/)|(?<=[wW]{3})\."
)
_SCHEMES = ("http", "https")
# Python-Markdown tries every bracket with all that follow, and calls itself for every level of a
# list or of emphasis. These are brackets that no text and closing bracket follow, levels beyond
# the ninth, and stars at the beginning of words.
_UNLINKED = re.compile(r"\[(?![^\[\]]{0,2000}\])")
_UNCLOSED = re.compile(r"(?<=\])\((?!.{0,2000}?\))")
_PARAGRAPH = re.compile(r"(?:.|\n(?!\s*\n))+")
_EMPHASIS = re.compile(r"[*_](?=\S)")
_MOST_EMPHASIS = 500
_DEEP = re.compile(r"(?m)^((?:[ \t]*(?:[-*+>]|\d+\.)[ \t]){9}|[ \t]{40})([-*+>\d. \t]+)")
# Headings of notes: `# words`, in a list or quote too, and words above a line of signs. The
# renderer asks for no space after the sign; people do.
_HEADING = re.compile(r"(?m)^((?:[ \t]*(?:>|[*+-]|\d+\.))*[ \t]*)#(#{0,5})(?=([ \t]?)\S)")
_UNDERLINED = re.compile(r"(?m)^(?=[^\s>*+#-])(.+)\n(?:=+|-+)[ \t]*$")


def clean(text: str) -> str:
    """Return text in NFC on one line, without controls and without what nobody sees.

    White space is folded; one space stays at either end, for text is printed piece by piece.
    """
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFC", unseen.bounded_marks(unseen.strip(text)))
    if not plain.isprintable():
        plain = "".join(_harmless(char) for char in plain)
    return re.sub(r"\s+", " ", plain)


# The same names stand on many pages.
@lru_cache(maxsize=50_000)
def md(text: str) -> Markup:
    """Return foreign text as Markdown that shows exactly these words.

    >>> md("[a](b)")
    Markup('&#91;a&#93;&#40;b&#41;')
    """
    return Markup(_MARKUP.sub(_entity, clean(text)))


def printed(value: object) -> Markup:
    """Return what a template prints for a value: our `Markup` as it is, all else escaped."""
    if isinstance(value, Markup):
        return value
    return md("" if value is None else str(value))


def html_title(text: str) -> str:
    """Return a title for front matter: themes print it, unescaped, in `<title>` and in lists."""
    return html.escape(clean(text).strip(), quote=True)


def web_address(url: str | None) -> Markup | None:
    """Return an http(s) address fit for a Markdown link's brackets, or None for any other."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    if parts.scheme.lower() not in _SCHEMES or not parts.netloc:
        return None
    return Markup(quote(parts.geturl(), safe="/:?#@%&=+,;~.-").replace("&", "&amp;"))


def note_markdown(text: str) -> Markup:
    """Return an editor's Markdown without what could run: HTML, attributes, odd addresses.

    Headings move below the page's own; `http` addresses in angle brackets stay links.
    """
    text = unicodedata.normalize("NFC", unseen.bounded_marks(unseen.strip(text)))
    text = "".join(_harmless(char) if char != "\n" else char for char in text)
    text = text.replace("&", "&amp;").replace("{", "&#123;")
    text = re.sub(r"<(?!https?://[^\s<>\"]+>)", "&lt;", text)
    text = re.sub(r"(\]\s*(?:\(|:)\s*)([^)\s]*)", _relative_unless_web, text)
    text = _UNCLOSED.sub("&#40;", _UNLINKED.sub("&#91;", text))
    text = _DEEP.sub(_without_marks, _PARAGRAPH.sub(_less_emphatic, text))
    text = _UNDERLINED.sub(r"### \1", text.strip())
    return Markup(_HEADING.sub(_lower_heading, text))


def _less_emphatic(match: re.Match[str]) -> str:
    """A paragraph of nothing but emphasis is a trap; its marks become words."""
    marks = _EMPHASIS.findall(match[0])
    return _EMPHASIS.sub(_entity, match[0]) if len(marks) > _MOST_EMPHASIS else match[0]


def _without_marks(match: re.Match[str]) -> str:
    """Marks of lists within lists within lists become words: no reader counts that far."""
    return match[1] + "".join(_entity_of(char) for char in match[2].strip())


def _lower_heading(match: re.Match[str]) -> str:
    before, more, space = match.groups()
    return f"{before}###" if space else f"{before}&#35;{more}"


def _relative_unless_web(match: re.Match[str]) -> str:
    """An address with any other scheme loses its colon's meaning: it leads nowhere."""
    before, address = match.groups()
    known = re.match(r"(?i)<?(?:https?|mailto):", address)
    return before + (address if known else address.replace(":", "%3A"))


def _harmless(char: str) -> str:
    """Controls become spaces, all else stays."""
    return " " if unicodedata.category(char) == "Cc" else char


def _entity(match: re.Match[str]) -> str:
    return _entity_of(match.group())


def _entity_of(char: str) -> str:
    return f"&#{ord(char)};"
