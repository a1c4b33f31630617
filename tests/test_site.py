"""The MkDocs side: what the plugin does around a build, and the HTML that comes out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import PluginError

from generator.model import Problem
from generator.site.build import build, replace_folder
from generator.site.plugin import CardfilePlugin, report_problems, watched_folders
from generator.site.policy import clean_content
from tests import sample
from tests.sample_site import GOLDEN, GOLDEN_PAGES, build_sample, main_content


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the sample's site; that it builds strictly means that no link is dead."""
    return build_sample(tmp_path_factory.mktemp("site"))


@pytest.mark.parametrize("uri", GOLDEN_PAGES)
def test_the_html_is_as_agreed(site: Path, uri: str) -> None:
    """`python -m tests.sample_site` writes the golden files anew; read the difference."""
    html = (site / uri.replace(".md", ".html")).read_text(encoding="utf-8")
    name = uri.replace("/", "-").replace(".md", ".html")
    assert main_content(html) == (GOLDEN / name).read_text(encoding="utf-8")


def test_no_page_names_another_host_but_as_a_link(site: Path) -> None:
    loads = re.compile(r"<(?:script|img|iframe|source)[^>]+src=[\"']?(?:https?:)?//|@import")
    styles = re.compile(r"<link[^>]+stylesheet[^>]+href=[\"']?(?:https?:)?//")
    for page in sorted(site.rglob("*.html")):
        html = page.read_text(encoding="utf-8")
        assert not loads.search(html) and not styles.search(html), page.name


def test_entity_pages_stay_out_of_the_navigation(site: Path) -> None:
    page = (site / "index.html").read_text(encoding="utf-8")
    navigation = (
        page.partition("<main")[0] + page.partition('class="md-nav')[2].partition("</nav>")[0]
    )
    assert "people/index.html" in navigation
    assert "people/sergei-shoigu.html" not in navigation


def test_hidden_sentences_are_in_no_file_of_the_site(tmp_path: Path) -> None:
    folder = build_sample(tmp_path, "excerpt")
    suffixes = {".html", ".js", ".json", ".jsonld", ".xml", ".csv", ".ttl", ".graphml", ".txt"}
    files = [path for path in sorted(folder.rglob("*")) if path.suffix in suffixes]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    assert any("Pyongyang" in text for path, text in texts.items() if path.suffix == ".js")
    assert [path for path, text in texts.items() if "second visit since March" in text] == []


def test_a_page_title_holding_html_stays_text(site: Path) -> None:
    page = (site / "articles" / "hostile.html").read_text(encoding="utf-8")
    head = page.partition("</head>")[0]
    assert "<title>Acme &lt;/title&gt;&lt;script&gt;" in head
    assert "<script>alert" not in page


def test_no_page_shows_the_markup_it_was_made_with(site: Path) -> None:
    for page in sorted(site.rglob("*.html")):
        content = main_content(page.read_text(encoding="utf-8"))
        for leak in ("{: .", "{: #", "](../", 'markdown="1"', "{%"):
            assert leak not in content, (page.name, leak)


# --- policy


def test_content_that_could_run_is_taken_out_whoever_wrote_it() -> None:
    html = (
        '<p id="s1" onclick="x()">a<script>x()</script><a href="javascript:x()">b</a>'
        '<img src="https://example.org/p.png"><span data-search-exclude="">c</span></p>'
    )
    wanted = '<p id="s1">a<a>b</a><span data-search-exclude="">c</span></p>'
    assert clean_content(html) == wanted


# --- plugin


class _Server:
    def __init__(self) -> None:
        self.calls: list[tuple[str, str]] = []

    def watch(self, path: str) -> None:
        self.calls.append(("watch", path))

    def unwatch(self, path: str) -> None:
        self.calls.append(("unwatch", path))


def loaded_plugin() -> tuple[Any, CardfilePlugin]:
    config = load_config(config_file=str(sample.REPO / "mkdocs.yml"))
    plugin = config.plugins["cardfile"]
    assert isinstance(plugin, CardfilePlugin)
    return config, plugin


def test_a_preview_watches_what_people_write_and_not_what_we_write() -> None:
    config, plugin = loaded_plugin()
    server: Any = _Server()
    plugin.on_serve(server, config=config, builder=None)
    assert ("unwatch", config.docs_dir) in server.calls
    assert ("watch", str(sample.REPO / "content" / "articles")) in server.calls
    assert ("watch", str(sample.REPO / "templates")) in server.calls
    assert ("watch", config.docs_dir) not in server.calls


def test_folders_that_do_not_exist_are_not_watched(tmp_path: Path) -> None:
    settings = sample.sample_settings(tmp_path)
    assert watched_folders(settings) == [settings.templates]


def test_a_preview_has_no_policy_because_it_must_reload() -> None:
    config, plugin = loaded_plugin()
    page, (settings, _) = '<meta charset="utf-8">', plugin.settings(config)
    plugin.blockade = plugin.blockade_of(settings, config)
    assert "Content-Security-Policy" in plugin.with_policy(page)
    plugin.on_startup(command="serve", dirty=False)
    plugin.blockade = plugin.blockade_of(settings, config)
    assert plugin.with_policy(page) == page


def test_problems_are_warnings_and_a_fatal_one_stops_the_build(
    caplog: pytest.LogCaptureFixture,
) -> None:
    report_problems([Problem("a.txt", 3, "empty", "delete it")])
    assert "a.txt:3: empty: delete it" in caplog.text
    with pytest.raises(PluginError, match="curation.yml:1: broken: mend it"):
        report_problems([Problem("curation.yml", 1, "broken", "mend it", fatal=True)])


# --- build


def test_a_dead_link_is_reported_and_leaves_the_last_site_when_strict(tmp_path: Path) -> None:
    site = build_sample(tmp_path)
    page = tmp_path / "pages" / "about.md"
    page.write_text("# About\n\n[dead](people/nobody.md)\n", encoding="utf-8")
    config, settings = sample.REPO / "mkdocs.yml", sample.sample_settings(tmp_path)
    problems = build(config, settings, strict=True)
    assert any("people/nobody.md" in str(problem) for problem in problems)
    assert "How to read a page" in (site / "about.html").read_text(encoding="utf-8")
    build(config, settings)
    assert "How to read a page" not in (site / "about.html").read_text(encoding="utf-8")


def test_a_second_build_changes_no_byte(site: Path, tmp_path: Path) -> None:
    other = build_sample(tmp_path)
    for path in sorted(site.rglob("*.html")):
        assert path.read_bytes() == (other / path.relative_to(site)).read_bytes(), path.name


def test_a_new_site_takes_the_place_of_the_old_one_whole(tmp_path: Path) -> None:
    old, new = tmp_path / "site", tmp_path / "site.part"
    for folder, name in ((old, "old.html"), (new, "new.html")):
        folder.mkdir()
        (folder / name).write_text("x", encoding="utf-8")
    replace_folder(new, old)
    assert [path.name for path in old.iterdir()] == ["new.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["site"]
