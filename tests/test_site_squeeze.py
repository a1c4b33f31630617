"""Lighter pages that show the same, and what the shell of every page is made of."""

from __future__ import annotations

import doctest
import gzip
import re
from pathlib import Path

import pytest

from generator.site import squeeze
from generator.site.shell import theme_stylesheets
from generator.site.squeeze import squeeze_css, squeeze_html, squeeze_js
from generator.site.theme_css import needed_css
from tests import sample
from tests.sample_site import build_sample, main_content

ASSETS = sample.REPO / "templates" / "theme" / "assets"


def test_the_examples_hold() -> None:
    assert doctest.testmod(squeeze).failed == 0


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<p>a  <b>b</b>\n\n   c</p>", "<p>a <b>b</b>\nc</p>"),
        ("<pre>a\n\n   b</pre>\n\n<p>", "<pre>a\n\n   b</pre>\n<p>"),
        ("<script>a\n\n  b</script>", "<script>a\n\n  b</script>"),
        ('<path d="M0 0"></path><text></text>', '<path d="M0 0"/><text></text>'),
        ('<p title="a  >\n b">x</p>', '<p title="a >\nb">x</p>'),
    ],
)
def test_white_space_goes_where_it_shows_nothing(html: str, wanted: str) -> None:
    assert squeeze_html(html) == wanted


@pytest.mark.parametrize(
    ("css", "wanted"),
    [
        ("a :hover { color: red; }", "a :hover{color:red}"),
        ('a::before { content: "a  ;  b"; }', 'a::before{content:"a  ;  b"}'),
        ("a { margin: 0.5rem -0.5rem calc(1rem - 0.5rem); }",
         "a{margin:.5rem -.5rem calc(1rem - .5rem)}"),
        ("@media (min-width: 10.5em) and (x) { a > b, c { x: 1 } }",
         "@media (min-width: 10.5em) and (x){a>b,c{x:1}}"),
    ],
)  # fmt: skip
def test_a_style_sheet_means_the_same(css: str, wanted: str) -> None:
    assert squeeze_css(css) == wanted


@pytest.mark.parametrize("script", sorted(ASSETS.glob("*.js")), ids=lambda path: path.name)
def test_no_script_of_ours_has_text_over_several_lines(script: Path) -> None:
    """Else taking out indentation and comments could change what it says."""
    source = script.read_text(encoding="utf-8")
    assert [line for line in source.splitlines() if line.count("`") % 2] == []
    assert re.findall(r"/\*", squeeze_js(source)) == re.findall(r"(?m)(?<=\S )/\*", source)


def test_the_theme_has_the_style_sheet_that_the_shell_loads() -> None:
    from mkdocs.theme import Theme

    found = theme_stylesheets(Theme(name="material").dirs)
    assert [re.sub(r"\.\w+\.min", "", uri) for uri in found] == ["assets/stylesheets/main.css"]


THEME = (
    '@charset "UTF-8";html{x:1}.md-typeset a,.md-typeset .tabbed-set a{x:2}.admonition{x:3}'
    ":root{--md-note-icon:url('data:image/svg+xml;{}');--md-shadow:0}"
    "@media print{.md-header{x:4}.md-nav{x:5}}@media screen{.md-nav{x:6}}"
    ".md-typeset :is(h1,h2):target{x:7}[data-md-toggle=search]:checked~.md-header{x:8}"
)
NEEDED = (
    '@charset "UTF-8";html{x:1}.md-typeset a{x:2}:root{--md-shadow:0}'
    "@media print{.md-header{x:4}}"
    ".md-typeset :is(h1,h2):target{x:7}[data-md-toggle=search]:checked~.md-header{x:8}"
)


def test_of_the_themes_sheet_stays_what_our_pages_can_use() -> None:
    assert needed_css(THEME, ["toc", "tables", "attr_list"]) == NEEDED
    assert needed_css(THEME, ["toc", "admonition"]) == THEME


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample's site."""
    return build_sample(tmp_path_factory.mktemp("light"))


def test_a_page_is_light_beyond_its_text(site: Path) -> None:
    for folder in ("people", "organizations", "places", "events", "documents", "products"):
        for path in sorted((site / folder).glob("*.html")):
            html = path.read_text(encoding="utf-8")
            text = re.sub(r"<[^>]*>|\s+", " ", main_content(html))
            beyond = len(html.encode()) - len(text.encode())
            assert beyond <= 10_500 and len(gzip.compress(html.encode())) <= 4_000, path.name


def test_of_the_theme_only_what_pages_load_is_in_the_site(site: Path) -> None:
    theirs = sorted(path.relative_to(site).as_posix() for path in site.glob("assets/*/**/*.*"))
    assert [re.sub(r"\.\w+\.min", "", uri) for uri in theirs] == ["assets/stylesheets/main.css"]
    assert not list(site.rglob("*.map"))


def test_every_script_and_sheet_that_a_page_names_is_there(site: Path) -> None:
    named = re.compile(
        r"<(?:script|link rel=\"(?:stylesheet|icon)\")[^>]* (?:src|href)=\"([^\"]+)\""
    )
    for path in sorted(site.rglob("*.html")):
        if path.name == "404.html":
            continue  # its addresses start at the root of a server
        uris = named.findall(path.read_text(encoding="utf-8"))
        assert len(uris) > 5
        assert [uri for uri in uris if not (path.parent / uri).is_file()] == [], path.name


def test_no_page_has_a_script_or_style_of_its_own(site: Path) -> None:
    for path in sorted(site.rglob("*.html")):
        html = path.read_text(encoding="utf-8")
        inline = re.findall(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/)[^>]*>", html)
        assert inline == [] and "<style" not in html and " style=" not in html, path.name
        assert "script-src 'self';" in html
