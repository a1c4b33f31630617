"""Foreign text on pages: shown to the letter, never run, never read as markup."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from generator.pages.escape import clean, html_title, md, note_markdown, web_address
from tests import hostile_site
from tests.hostile import payloads

CASES = Path(__file__).parent / "cases" / "pages"
HOSTILE = (CASES / "hostile.txt").read_text(encoding="utf-8").splitlines()
# Ours, and what teams like to switch on.
EXTENSIONS = [
    "attr_list", "def_list", "md_in_html", "tables", "toc", "abbr", "admonition", "footnotes",
    "fenced_code", "sane_lists", "pymdownx.superfences", "pymdownx.snippets", "pymdownx.emoji",
    "pymdownx.magiclink", "pymdownx.betterem", "pymdownx.mark", "pymdownx.tilde",
    "pymdownx.caret", "pymdownx.details", "pymdownx.tabbed", "pymdownx.arithmatex",
]  # fmt: skip
# Where templates put foreign text, and the elements of ours around it.
PLACES = {
    "{}": ["p"],
    "# {}": ["h1"],
    "- {}": ["ul", "li"],
    "- item\n    - {}": ["ul", "li", "ul", "li"],
    "[{}](x.md)": ["p", "a"],
    "<span>{}</span>": ["p", "span"],
    '**a**\n\n<div markdown="1">\n\n{}\n\n</div>': ["p", "strong", "div", "p"],
    "term\n:   {}": ["dl", "dt", "dd"],
    "{}\n:   definition": ["dl", "dt", "dd"],
    "| a |\n| --- |\n| {} |": ["table", "thead", "tr", "th", "tbody", "tr", "td"],
}


class _Reader(HTMLParser):
    """Reads HTML as a browser does: which elements, and what text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.handlers: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader


def pairs(name: str) -> list[tuple[str, str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    cases = [line.partition(" | ") for line in lines if not line.startswith("# ") or " | <" in line]
    return [(before, after) for before, _, after in cases]


@pytest.mark.parametrize("place", PLACES)
def test_text_is_shown_to_the_letter_wherever_it_stands(place: str) -> None:
    renderer = markdown.Markdown(extensions=EXTENSIONS)
    for text in HOSTILE:
        page = read(renderer.reset().convert(place.format(md(text))))
        around = read(renderer.reset().convert(place.format("X"))).text
        assert " ".join(page.text.split()) == " ".join(around.replace("X", clean(text)).split())
        assert page.tags == PLACES[place], text
        assert page.handlers == [], text


def test_two_texts_side_by_side_form_no_markup() -> None:
    renderer = markdown.Markdown(extensions=EXTENSIONS)
    for first, second in zip(HOSTILE, HOSTILE[1:], strict=False):
        page = read(renderer.reset().convert(f"{md(first)}{md(second)}"))
        assert page.tags == ["p"], (first, second)


def test_what_attacks_pages_is_shown_to_the_letter() -> None:
    renderer = markdown.Markdown(extensions=[*EXTENSIONS, *hostile_site.EXTENSIONS])
    for payload in payloads()[::9]:
        for place in ("{}", "- {}", "| a |\n| --- |\n| {} |"):
            page = read(renderer.reset().convert(place.format(md(payload.text))))
            around = read(renderer.reset().convert(place.format("X"))).text
            shown = " ".join(around.replace("X", clean(payload.text)).split())
            assert " ".join(page.text.split()) == shown
            assert page.tags == PLACES[place], payload
            assert page.handlers == [], payload


def test_extensions_that_change_words_make_no_markup_of_them() -> None:
    renderer = markdown.Markdown(extensions=[*EXTENSIONS, *hostile_site.REWRITING])
    for payload in payloads()[::19]:
        page = read(renderer.reset().convert(f"- {md(payload.text)}"))
        assert set(page.tags) <= {"ul", "li", "sup"}, payload
        assert page.handlers == [], payload


@pytest.mark.parametrize(("text", "shown"), pairs("clean.txt"))
def test_invisible_characters_deceive_nobody(text: str, shown: str) -> None:
    decoded = text.encode("latin-1", "backslashreplace").decode("unicode-escape")
    wanted = shown.encode("latin-1", "backslashreplace").decode("unicode-escape")
    assert clean(decoded) == wanted


@pytest.mark.parametrize(("url", "link"), pairs("addresses.txt"))
def test_only_web_addresses_become_links(url: str, link: str) -> None:
    assert str(web_address(url) or "-") == link


@pytest.mark.parametrize(("note", "html"), pairs("notes.txt"))
def test_an_editors_note_may_be_formatted_but_not_run(note: str, html: str) -> None:
    note, html = (text.replace("\\n", "\n") for text in (note, html))
    shown = markdown.markdown(note_markdown(note), extensions=["attr_list"])
    assert shown == html


def test_a_title_in_front_matter_can_not_end_the_title_element() -> None:
    assert html_title("A </title>\n<script>") == "A &lt;/title&gt; &lt;script&gt;"
