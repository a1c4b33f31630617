"""What the fuzzer calls: bytes in, an assertion fails if something that must hold does not.

The first byte chooses among the doors of a target; the rest comes through it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import jinja2
import markdown

from generator import curation, yaml_files
from generator.cards.card_reader import parse_card
from generator.cards.card_writer import card_text
from generator.model import Article, Limits, Problem
from generator.pages.escape import clean, html_title, note_markdown
from generator.pages.render import make_environment, render_page
from generator.read import read_page
from generator.read.articles import make_article
from generator.read.facts import gather_facts
from generator.read.pages import RawPage
from generator.site.policy import clean_content
from generator.yaml_files import YamlFault
from tests.blowups import DATA, DEEPER, FRESH, INLINE, LINES, OPENING, PAGE, TAGS, VALUES, YAML

Target = Callable[[bytes], None]
LIMITS = Limits(file_bytes=50_000, line_chars=5_000, article_chars=20_000, sentence_chars=400)
EXTENSIONS = ["attr_list", "def_list", "md_in_html", "tables", "toc"]
FORMATS = ("a.txt", "a.md", "a.html")
# As the templates print an article's text: in a heading, a paragraph, a list, a cell, a link.
LAYOUT = """{% set front = {"title": text} %}
# {{ text }}

x {{ text }} x
{: .quote }

- x {{ text }} x

| a |
| --- |
| x {{ text }} x |

[x {{ text }} x](a.md)
"""


# --- reader


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="fuzz-")


def read(data: bytes) -> None:
    """Read bytes as one of the formats: an article whose sentences give back its text, or none."""
    name = FORMATS[data[0] % len(FORMATS)] if data else FORMATS[0]
    path = Path(_folder().name) / name
    path.write_bytes(data[1:])
    page = read_page(path, name, LIMITS)
    made = page if isinstance(page, Problem) else _article(page)
    if isinstance(made, Problem):
        assert made.what and made.todo
        return
    pieces = [made.text[s.start : s.end] for s in made.sentences]
    assert all(piece.strip() == piece and 0 < len(piece) <= 400 for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(made.text.split())
    f"{made.text}{made.title}{made.author}{made.source}{made.section}".encode()


def _article(page: RawPage) -> Article | Problem:
    return make_article(page, gather_facts([page]), LIMITS)


# --- YAML


def load(data: bytes) -> None:
    """Read bytes as YAML, as editors' decisions and as a card: only ever a fault with a line."""
    text = data.decode("utf-8", "replace")
    try:
        value = yaml_files.load(text, Limits(yaml_depth=12, yaml_nodes=2_000))
    except YamlFault as fault:
        assert fault.line >= 1 and fault.what
    else:
        if value:
            assert yaml_files.load(yaml_files.dump(value)) == value
    decisions, problems = curation.parse({"a.yml": text})
    assert all(problem.line >= 1 for problem in problems)
    assert all(decision.kind in curation.SHAPES for decision in decisions)
    card, faults = parse_card(text, "people/a.yml")
    assert (card is None) == bool(faults)
    if card:
        assert parse_card(card_text(card), "people/a.yml")[0] == card


# --- templates


class _Shown(HTMLParser):
    """The elements, attributes and text of a page, as a browser reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.names: set[str] = set()
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@cache
def _environment() -> jinja2.Environment:
    environment = make_environment(Path(__file__).parents[2] / "templates" / "pages")
    environment.loader = jinja2.DictLoader({"page.md.j2": LAYOUT})
    return environment


@cache
def _tags() -> list[str]:
    return _Shown(_html("a word")[0]).tags


def _html(text: str) -> tuple[str, str]:
    """Return a page that shows a text in every place, as HTML, and its front matter."""
    page = render_page(_environment(), "page.md.j2", "articles/a.md", {"text": text})
    front, _, body = page.removeprefix("---\n").partition("\n---\n")
    return markdown.markdown(body, extensions=EXTENSIONS), front


def show(data: bytes) -> None:
    """Show bytes as a text on a page: the page has its own elements and just these words."""
    text = data[1:].decode("utf-8", "replace")
    if data[:1] == b"\x01":
        html = clean_content(markdown.markdown(str(note_markdown(text)), extensions=EXTENSIONS))
        assert not {name for name in _Shown(html).names if name.startswith("on")}
        assert "script" not in _Shown(html).tags
        return
    words = " ".join(clean(text).split())
    html, front = _html(f"a {text}")
    for made in (html, clean_content(html)):
        shown = _Shown(made)
        assert shown.tags == _tags(), shown.tags
        assert " ".join(shown.text.split()) == " ".join(_expected(f"a {words}".strip()).split())
    assert yaml_files.load(front) == {"title": html_title(f"a {text}")}


def _expected(words: str) -> str:
    return f"{words} x {words} x x {words} x a x {words} x x {words} x"


# --- seeds


def reader_seeds() -> Iterator[bytes]:
    """Yield a small file of each shape in each format."""
    for number, shape in enumerate((*INLINE, *LINES, *TAGS)):
        text = f"{OPENING}\n\n{shape.text(60)}\n\n{OPENING}"
        kind = number % len(FORMATS)
        yield bytes([kind]) + (PAGE.format(OPENING, text, "") if kind == 2 else text).encode(
            "utf-8", "surrogatepass"
        )
    for shape in DATA:
        data = f'<script type="application/ld+json">{shape.text(60)}</script>'
        yield b"\x02" + (data + PAGE.format(OPENING, OPENING, "")).encode()
    for make in DEEPER.values():
        yield b"\x01" + f"{OPENING}\n\n{make(80)}".encode()
    for shape in VALUES:
        yield b"\x01" + f"---\ntitle: {shape.text(20)}\n---\n{OPENING}".encode()


def yaml_seeds() -> Iterator[bytes]:
    """Yield decisions and cards, and each shape of YAML."""
    yield CARD.encode()
    for make in YAML.values():
        yield make(60).encode()
    for kind in curation.SHAPES:
        yield f"- {kind}: {{who: A, property: b, value: c, id: d, name: e, into: [f]}}\n".encode()
    yield from (f"- {kind}: [A, B]\n  why: c\n".encode() for kind in curation.SHAPES)


CARD = """\
id: ann-lee
type: person
name: Ann Lee
aliases: [Lee]
coordinates: [51.7, 36.1]
claims:
- {property: position, value: "head", of: b, date: 2025-06?, evidence: [{article: a, sentence: 9, quote: "q"}]}
timeline:
- {date: 2025, surface: last, article: a, sentence: 9, quote: q}
mentions:
- {article: a, sentence: 9, names: [Ann Lee]}
because:
- {merged: [Ann Lee, Lee], rule: surname}
"""  # noqa: E501


def text_seeds() -> Iterator[bytes]:
    """Yield every shape that text may have."""
    for number, shape in enumerate((*INLINE, *LINES, *TAGS, *FRESH)):
        yield bytes([number % 2]) + shape.text(40).encode("utf-8", "surrogatepass")


TARGETS: dict[str, tuple[Target, Callable[[], Iterator[bytes]]]] = {
    "reader": (read, reader_seeds),
    "yaml": (load, yaml_seeds),
    "templates": (show, text_seeds),
}
