"""Plain Markdown stays the middle: the pages folder opened as a vault, or built by others.

`make compat` builds it with ProperDocs, plain MkDocs and Zensical; this reads it as they do.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote, urlsplit

import pytest
import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.sample_site import sample_pages

# What other programs know, and what they at least keep: words, numbers, lists of words.
_TEMPLATES = {"template", "icon"}
_IDS = re.compile(r"\bid=\"([^\"]+)\"|\{:[^}\n]*#([\w-]+)")
_HREFS = re.compile(r"<a\s[^>]*?href=\"([^\"]+)\"")
_LINK = re.compile(r"(?<!!)\[(?:[^\[\]]|\[[^\]]*\])*\]\(<?([^)\s>]+)>?\)")
_CODE = re.compile(r"<pre\b.*?</pre>|`[^`\n]+`", re.DOTALL)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return every file of the sample's pages folder, by address."""
    return sample_pages(tmp_path_factory.mktemp("pages"))


@pytest.fixture(scope="module")
def pages(files: dict[str, str]) -> dict[str, str]:
    """Return the Markdown pages alone."""
    return {uri: text for uri, text in files.items() if uri.endswith(".md")}


def split(text: str) -> tuple[str, str]:
    """Return the front matter and what follows it."""
    _, front, body = text.split("---\n", 2)
    return front, body


def anchors(text: str) -> set[str]:
    return {one or other for one, other in _IDS.findall(text)}


def rendered_links(body: str) -> list[str]:
    """Return where links lead in a program that knows CommonMark and tables, and no more."""
    found: list[str] = []

    def walk(tokens: list[Token]) -> None:
        for token in tokens:
            if token.type == "link_open":
                found.append(str(token.attrs["href"]))
            walk(token.children or [])

    walk(MarkdownIt("commonmark").enable("table").parse(body))
    return found


def test_front_matter_is_yaml_with_a_title_and_plain_values(pages: dict[str, str]) -> None:
    for uri, text in pages.items():
        assert text.startswith("---\n"), uri
        front = yaml.safe_load(split(text)[0])
        assert isinstance(front["title"], str) and front["title"].strip(), uri
        assert all(isinstance(key, str) and value is not None for key, value in front.items()), uri
        for key in ("aliases", "hide"):
            assert all(isinstance(item, str) for item in front.get(key, [])), (uri, key)


def test_no_page_asks_for_a_template_that_only_our_theme_has(pages: dict[str, str]) -> None:
    asked = {uri for uri, text in pages.items() if _TEMPLATES & set(yaml.safe_load(split(text)[0]))}
    assert asked == set()


def test_every_link_is_relative_and_leads_to_a_file_and_an_anchor(
    files: dict[str, str], pages: dict[str, str]
) -> None:
    ids = {uri: anchors(text) for uri, text in pages.items()}
    dead = []
    for uri, text in pages.items():
        for link in _LINK.findall(_CODE.sub("", split(text)[1])):
            parts = urlsplit(unquote(link))
            if parts.scheme in ("http", "https", "mailto"):
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(uri), parts.path))
            target = target if parts.path else uri
            if parts.netloc or parts.path.startswith("/") or target not in files:
                dead.append(f"{uri}: {link} leads nowhere")
            elif parts.fragment and parts.fragment not in ids[target]:
                dead.append(f"{uri}: {link} has no such anchor")
    assert dead == []


def test_links_in_drawings_lead_to_what_the_pages_become(pages: dict[str, str]) -> None:
    """No builder looks into drawings, so these name the page as it is in the site."""
    for uri, text in pages.items():
        for link in _HREFS.findall(text):
            address, _, anchor = link.partition("#")
            path = address.partition("?")[0]  # what follows is for the page's script
            folder = posixpath.dirname(uri)
            target = posixpath.normpath(posixpath.join(folder, path)) if path else uri
            page = target.removesuffix(".html").removesuffix(".md") + ".md"
            assert page in pages, f"{uri}: {link}"
            assert not anchor or anchor in anchors(pages[page]), f"{uri}: {link}"


def test_a_reader_of_plain_markdown_sees_nearly_every_link(pages: dict[str, str]) -> None:
    """Raw HTML around a block hides its links from programs without md_in_html, if too tight."""
    for uri, text in pages.items():
        body = _CODE.sub("", split(text)[1])
        written, seen = _LINK.findall(body), rendered_links(body)
        assert len(seen) >= len(written), f"{uri}: {len(seen)} of {len(written)} links are links"
