"""Pages rendered beside MkDocs: byte for byte those of plain MkDocs, or left to it."""

from __future__ import annotations

import doctest
import itertools
import os
import posixpath
import random
import re
import shutil
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import markdown
import pytest
from mkdocs.utils import get_relative_url

from generator.files import sync_folder
from generator.model import Problem, Settings
from generator.pages.all_pages import PAGE_SUFFIXES, render_pages
from generator.pages.interface import HtmlTexts, Interface
from generator.site import fast_front, fast_inline, fast_links, fast_pages
from generator.site.build import build
from generator.site.fast_front import read_page
from generator.site.fast_inline import Unfamiliar
from generator.site.fast_links import joined, relative_url
from generator.site.fast_markdown import Heading, render_markdown
from generator.site.fast_tame import written_tame
from generator.site.policy import clean_content
from generator.site.squeeze import squeeze_html
from tests import sample
from tests.generated_site import generate
from tests.sample_site import sample_pages

EXTENSIONS = ["toc", "tables", "fenced_code", "attr_list", "def_list", "md_in_html"]
# Put between the lines of pages: what looks like something else, or makes it so.
ODD_LINES = [
    "", "", "    ", "- item", "    - inner", "        - deep", "-", "1. one", "* star", "# Head",
    "## Head {: #given }", "### Head {: .a }", "> quote", ":   meaning", ":meaning", "| a | b |",
    "| --- | --- |", "{: .b }", "{: #c }", "text", "text  ", " text", "===", "---", "```", "~~~",
    "<div markdown=\"1\">", "</div>", "<section class=\"x\" id=\"y\" markdown=\"1\">", "</section>",
    "<figure class=\"b\" aria-label=\"a\"><svg><path d=\"M0 0\"/></svg></figure>", "<hr>",
    "<p>raw</p>", "[a](b)", "[a]: b", "[a](b){: .c }", "**bold** and [x](y){: .z } {: .w }",
    "a | b", "--- | ---", "<span id=\"q\">x</span>", "*em* _em_ `code`", "&#42;a&#42; & b",
    "<details markdown=\"1\"><summary>More</summary>", "</details>", "![i](j)", "\\*",
]  # fmt: skip


# --- Markdown


def slow(text: str) -> tuple[str, list[Heading]]:
    """Return what Python-Markdown makes of a page, cleaned and squeezed, and its contents."""
    md = markdown.Markdown(extensions=EXTENSIONS, extension_configs={"toc": {"toc_depth": 2}})
    html = squeeze_html(clean_content(md.convert(text))).strip()
    waiting, listed = list(md.toc_tokens), []
    while waiting:
        token = waiting.pop(0)
        listed.append(Heading(token["level"], token["id"], token["name"]))
        waiting = [*token["children"], *waiting]
    return html, listed


def fast(text: str) -> tuple[str, list[Heading]]:
    """Return what we make of a page. Raises Unfamiliar."""
    rendered = render_markdown(text, lambda address: address)
    cleaned = squeeze_html(clean_content(rendered.html)).strip()
    if rendered.tame:
        assert written_tame(rendered.html) == cleaned
    return cleaned, list(rendered.headings)


def bodies(folder: Path) -> list[str]:
    pages = sample_pages(folder)
    return [read_page(pages[uri])[1].rstrip("\n") for uri in sorted(pages) if uri.endswith(".md")]


def test_the_pages_of_the_sample_are_familiar(tmp_path: Path) -> None:
    known = 0
    pages = bodies(tmp_path)
    for text in pages:
        try:
            assert fast(text) == slow(text)
        except Unfamiliar:
            continue
        known += 1
    assert known >= 0.9 * len(pages)


def test_pages_with_anything_odd_are_rendered_alike_or_not_at_all(tmp_path: Path) -> None:
    chance = random.Random(6)
    pages = [text for text in bodies(tmp_path) if len(text) < 4000]
    known = 0
    for _ in range(int(os.environ.get("CASES", "250"))):
        lines = re.sub(r"\n{3,}", "\n\n", disturbed(chance, chance.choice(pages)))
        try:
            found = fast(lines)
        except Unfamiliar:
            continue
        known += 1
        assert found == slow(lines), lines
    assert known > 5


@pytest.mark.parametrize("module", [fast_front, fast_inline, fast_links])
def test_the_examples_hold(module: ModuleType) -> None:
    tried = doctest.testmod(module)
    assert tried.attempted > 0
    assert tried.failed == 0


def test_links_lead_where_paths_lead() -> None:
    parts = ("people", "places", "a.md", "..", ".", "b", "x.y", "..a", "a..")
    for number in range(1, 4):
        for chosen in itertools.product(parts, repeat=number):
            path = "/".join(chosen)
            for folder in ("people", "", "a/b"):
                expected = posixpath.normpath(posixpath.join(folder, path))
                assert joined(folder, path) == expected
    urls = "people/a.html index.html people.html people people/sub/x.html a/people/c.html".split()
    for url in urls:
        for page in ("people/b.html", "index.html", "people/sub/y.html"):
            assert relative_url(url, page) == get_relative_url(url, page)


def disturbed(chance: random.Random, text: str) -> str:
    """Return some lines of a page with others among them."""
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    lines = lines[start : start + chance.randrange(2, 12)]
    for _ in range(chance.randrange(1, 4)):
        at = chance.randrange(len(lines) + 1)
        if chance.random() < 0.3 and lines:
            del lines[min(at, len(lines) - 1)]
        else:
            lines.insert(at, chance.choice(ODD_LINES))
    return "\n".join(lines).strip("\n")


@pytest.mark.parametrize(
    "front",
    [
        "title: Kim Jong-un\nhide:\n- navigation\nsearch:\n  boost: 200\n",
        "title: 'It''s'\npublished: '2018-10-06'\nlang: en\nlocation:\n- 40.5\n- -3\n",
        'title: "a\\tb"\nkind: no\n',
        "title: A&#58; b\ndescription: yes\nsearch:\n  exclude: true\n",
        "title: 007\nnumber: 0x1F\nday: 2018-10-06\nempty:\n",
        "title: 12:30\ntitle: again\n",
        "title: a # comment\nlist: [a, b]\n",
        "title: a: b\n",
    ],
)
def test_front_matter_says_what_yaml_says(front: str) -> None:
    from mkdocs.utils import meta

    text, data = meta.get_data(f"---\n{front}---\n\n# A\n")
    assert read_page(f"---\n{front}---\n\n# A\n") == (data, text)


@pytest.mark.parametrize(
    ("words", "direction"), [("Search", "ltr"), ("بحث", "rtl"), ("חיפוש", "rtl"), ("검색", "ltr")]
)
def test_pages_are_written_the_way_their_words_are(words: str, direction: str) -> None:
    assert HtmlTexts(Interface("x", {"shell.search": words})).direction == direction


# --- whole sites


def settings_with(folder: Path, pages: dict[str, str]) -> Settings:
    settings = sample.sample_settings(folder)
    sync_folder(Path(settings.pages), pages, suffixes=PAGE_SUFFIXES)
    return settings


def configured(folder: Path, fast: bool, **changes: str) -> Path:
    """Write our mkdocs.yml with `fast` as wanted, and its text changed."""
    text = (sample.REPO / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^ +fast: .*\n", "", text)
    text = text.replace("  - cardfile:\n", f"  - cardfile:\n      fast: {str(fast).lower()}\n")
    theme = changes.pop("theme", str(sample.REPO / "templates" / "theme"))
    text = text.replace("custom_dir: templates/theme", f"custom_dir: {theme}")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    path = folder / f"mkdocs-{fast}.yml"
    path.write_text(text, encoding="utf-8")
    return path


def contents(site: str | Path) -> dict[str, bytes]:
    paths = (path for path in sorted(Path(site).rglob("*")) if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in paths}


def both_ways(
    folder: Path, pages: dict[str, str], **changes: str
) -> tuple[tuple[Problem, ...], Settings]:
    """Build a site both ways, assert that they are the same, and return what the fast way said."""
    settings = settings_with(folder, pages)
    plain = replace(settings, site=str(folder / "plain"))
    said = build(configured(folder, True, **changes), settings)
    expected = build(configured(folder, False, **changes), plain)
    assert [p.what for p in said] == [p.what for p in expected]
    ours, theirs = contents(settings.site), contents(plain.site)
    assert ours.keys() == theirs.keys()
    assert [uri for uri in ours if ours[uri] != theirs[uri]] == []
    return said, settings


def spared(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note which pages are written beside MkDocs."""
    noted: list[str] = []
    know = fast_pages.FastPages.know

    def noting(self: fast_pages.FastPages, file: object, *rest: object) -> None:
        noted.append(file.src_uri)  # type: ignore[attr-defined]
        know(self, file, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(fast_pages.FastPages, "know", noting)
    return noted


def test_the_sample_is_the_same_both_ways(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    noted = spared(monkeypatch)
    pages = sample_pages(tmp_path)
    both_ways(tmp_path, pages, **{'!ENV [SITE_URL, ""]': "https://cards.example/x"})
    below = [uri for uri in pages if re.fullmatch(r"[a-z]+/(?!index)[\w-]+\.md", uri)]
    assert len(noted) >= 0.8 * len(below)


def test_a_generated_site_in_german_is_the_same_both_ways(tmp_path: Path) -> None:
    knowledge, texts = generate(90)
    settings = replace(sample.sample_settings(tmp_path), language="de")
    pages = render_pages(knowledge, texts, {}, (), settings, sample.LABELS)
    both_ways(tmp_path, pages, **{"language: en": "language: de"})


def test_dead_links_are_found_as_ever(tmp_path: Path) -> None:
    pages = sample_pages(tmp_path)
    uri = next(uri for uri in sorted(pages) if re.fullmatch(r"people/(?!index)[\w-]+\.md", uri))
    pages[uri] += (
        "\n[a](#nowhere) [b](../people/nobody.md) [c](../index.md#nowhere) [d](index.md#gone)\n"
    )
    pages["about.md"] += f"\n[a]({uri}#nowhere)\n"
    said, _ = both_ways(tmp_path, pages)
    assert len([problem for problem in said if "nowhere" in problem.what]) >= 3
    assert any("nobody.md" in problem.what for problem in said)


@pytest.mark.parametrize(
    "asked", ["page.meta.kind", "page.toc.items[0].title", "page.meta['lang']"]
)
def test_a_theme_that_asks_more_gets_it(tmp_path: Path, asked: str) -> None:
    theme = tmp_path / "theme"
    theme.mkdir()
    for path in sorted((sample.REPO / "templates" / "theme").rglob("*")):
        if path.is_file():
            target = theme / path.relative_to(sample.REPO / "templates" / "theme")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(path.read_bytes())
    main = theme / "main.html"
    text = main.read_text(encoding="utf-8")
    tag = '<meta name="asked" content="{{ %s if page else \'\' }}">' % asked  # noqa: UP031
    main.write_text(text.replace("</head>", f"{tag}\n</head>"), encoding="utf-8")
    pages = {uri: text for uri, text in sample_pages(tmp_path).items() if "differences" not in uri}
    both_ways(tmp_path, pages, theme=str(theme))


# --- the next build


def test_one_page_changed_gives_what_a_clean_build_gives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = sample_pages(tmp_path)
    settings = settings_with(tmp_path, pages)
    config = configured(tmp_path, True)
    noted = spared(monkeypatch)
    build(config, settings)
    uri = next(uri for uri in sorted(pages) if re.fullmatch(r"people/(?!index)[\w-]+\.md", uri))
    pages[uri] += "\nA new line.\n"
    touched = next(Path(settings.site, "places").glob("[!i]*.html"))
    with touched.open("a", encoding="utf-8") as file:
        file.write("<!-- by hand -->")
    settings_with(tmp_path, pages)
    rendered: list[str] = []
    write = fast_pages.render_markdown
    monkeypatch.setattr(
        fast_pages, "render_markdown", lambda *given: rendered.append("") or write(*given)
    )
    build(config, settings)
    # The changed one and the touched one; MkDocs' own are rendered each time.
    every = len([name for name in pages if name.endswith(".md")])
    assert len(rendered) == every - len(noted) // 2 + 2
    shutil.rmtree(Path(settings.root, ".cache"))
    clean = replace(settings, site=str(tmp_path / "clean"))
    build(config, clean)
    assert contents(settings.site) == contents(clean.site)


def test_what_is_kept_is_safe_to_delete_or_to_spoil(tmp_path: Path) -> None:
    pages = sample_pages(tmp_path)
    settings = settings_with(tmp_path, pages)
    config = configured(tmp_path, True)
    build(config, settings)
    before = contents(settings.site)
    kept = Path(settings.root, ".cache", "cardfile", "pages")
    (kept / "index.json").write_text("[", encoding="utf-8")
    build(config, settings)
    assert contents(settings.site) == before
