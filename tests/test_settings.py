"""Settings: what mkdocs.yml says, what the command line changes, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model import Limits, Problem, Settings
from generator.settings import OPTIONS, load_settings, settings_from_plugin

EXTRAS = """\
site_name: X
site_url: !ENV [SITE_URL, ""]
docs_dir: content/pages
markdown_extensions:
- pymdownx.emoji:
    emoji_index: !!python/name:material.extensions.emoji.twemoji
"""


def config(folder: Path, plugins: str) -> Path:
    path = folder / "mkdocs.yml"
    path.write_text(EXTRAS + plugins, encoding="utf-8")
    return path


def load(folder: Path, plugins: str) -> tuple[Settings, tuple[Problem, ...]]:
    return load_settings(config(folder, plugins))


def test_nothing_said_means_the_layout_of_the_house(tmp_path: Path) -> None:
    settings, problems = load(tmp_path, "plugins: [search, cardfile]\n")
    assert problems == ()
    assert settings.articles == str(tmp_path / "content/articles")
    assert settings.cards == str(tmp_path / "content/cards")
    assert settings.addresses == str(tmp_path / "content/addresses.yml")
    assert settings.pages == str(tmp_path / "content/pages")
    assert settings.site == str(tmp_path / "site")
    assert (settings.publish, settings.language) == ("excerpt", "en")


@pytest.mark.parametrize(
    "plugins",
    [
        "plugins:\n- search\n- cardfile:\n    publish: full\n    articles: in\n",
        "plugins:\n  search: {}\n  cardfile: {publish: full, articles: in}\n",
    ],
)
def test_options_are_found_in_either_form_mkdocs_knows(tmp_path: Path, plugins: str) -> None:
    settings, problems = load(tmp_path, plugins)
    assert problems == ()
    assert (settings.publish, settings.articles) == ("full", str(tmp_path / "in"))


def test_every_option_can_be_given(tmp_path: Path) -> None:
    settings, problems = load(
        tmp_path,
        "plugins:\n- cardfile:\n    curation: c\n    notes: n\n    cards: k\n    language: de\n"
        "    publish_by_source: {Daily: none, 'No': full}\n    limits: {file_bytes: 5_000}\n"
        "    content_security_policy: no\n    fast: true\n",
    )
    assert problems == ()
    assert settings.publish_by_source == {"Daily": "none", "No": "full"}
    assert settings.limits == Limits(file_bytes=5000)
    assert settings.addresses == str(tmp_path / "addresses.yml")


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("publish: all", "publish can't be 'all': write full, excerpt or none"),
        ("publishing: full", "unknown option 'publishing': use publish"),
        ("publish_by_source: full", "write one line `Source: full`"),
        ("publish_by_source: {Daily: some}", "write full, excerpt or none"),
        ("limits: {bytes: 5}", "give one or more of file_bytes, article_chars, line_chars"),
        ("limits: {file_bytes: much}", "a limit is a whole number above 0"),
        ("limits: {file_bytes: 0}", "a limit is a whole number above 0"),
        ("limits: {file_bytes: ²}", "a limit is a whole number above 0"),
        ("language: [en]", "give a language code"),
        ("articles: ''", "give a folder, relative to mkdocs.yml"),
        ("articles: [a]", "give a folder, relative to mkdocs.yml"),
        ("fast: maybe", "write true or false"),
    ],
)
def test_a_wrong_option_is_told_with_file_and_line(tmp_path: Path, option: str, said: str) -> None:
    settings, problems = load(tmp_path, f"plugins:\n- cardfile:\n    notes: n\n    {option}\n")
    assert [(p.file, p.line, p.fatal) for p in problems] == [
        (str(tmp_path / "mkdocs.yml"), 10, True)
    ]
    assert said in str(problems[0])
    assert settings.publish == "excerpt"


@pytest.mark.parametrize("text", ["", "- a\n", "a: [\n", "INHERIT: mkdocs.yml\n", "a: \x00\n"])
def test_a_broken_configuration_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, encoding="utf-8")
    assert [problem.fatal for problem in load_settings(path)[1]] == [True]


def test_a_missing_configuration_is_told(tmp_path: Path) -> None:
    (problem,) = load_settings(tmp_path / "mkdocs.yml")[1]
    assert "No such file" in str(problem)


def test_environment_and_inherited_files_count_as_in_mkdocs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CARDFILE_TEST_PUBLISH", "none")
    plugins = "plugins:\n- cardfile:\n    publish: !ENV [CARDFILE_TEST_PUBLISH, full]\n"
    config(tmp_path, plugins)
    heir = tmp_path / "heir.yml"
    heir.write_text("INHERIT: mkdocs.yml\nsite_dir: out\n", encoding="utf-8")
    settings, problems = load_settings(heir)
    assert problems == ()
    assert (settings.publish, settings.site) == ("none", str(tmp_path / "out"))


def test_other_articles_bring_their_own_curation_and_notes(tmp_path: Path) -> None:
    path = config(tmp_path, "plugins: [cardfile]\n")
    settings, _ = load_settings(path, articles=str(tmp_path / "other" / "saved"))
    assert settings.articles == str(tmp_path / "other/saved")
    assert settings.curation == str(tmp_path / "other/curation")
    assert settings.notes == str(tmp_path / "other/notes")
    assert settings.cards == str(tmp_path / "content/cards")


def test_output_takes_everything_generated(tmp_path: Path) -> None:
    path = config(tmp_path, "plugins: [cardfile]\n")
    settings, _ = load_settings(path, output=str(tmp_path / "out"), publish="none")
    generated = (settings.cards, settings.pages, settings.site, settings.addresses)
    assert all(Path(place).parent == tmp_path / "out" for place in generated)
    assert settings.articles == str(tmp_path / "content/articles")
    assert settings.publish == "none"


def test_the_plugin_and_the_command_line_agree(tmp_path: Path) -> None:
    plugins = "plugins:\n- cardfile:\n    publish: full\n    limits: {yaml_depth: 9}\n"
    by_command, _ = load(tmp_path, plugins)
    options = dict.fromkeys(OPTIONS) | {"publish": "full", "limits": {"yaml_depth": 9}}
    # MkDocs fills in an edit_uri of its own where it knows the forge.
    own = {"site_name": by_command.site_name, "edit_uri": "edit/master/docs/"}
    by_plugin, problems = settings_from_plugin(
        options, tmp_path, tmp_path / "content" / "pages", tmp_path / "site", own
    )
    assert problems == ()
    assert by_plugin == by_command


def test_the_repository_is_the_one_mkdocs_is_told_of(tmp_path: Path) -> None:
    lines = "repo_url: https://github.com/o/r\nedit_uri: edit/trunk/content/pages/\n"
    settings, problems = load(tmp_path, f"plugins: [cardfile]\n{lines}")
    assert problems == ()
    assert settings.repo_url == "https://github.com/o/r"
    assert settings.edit_uri == "edit/trunk/content/pages/"


def test_the_plugin_refuses_what_the_command_line_refuses(tmp_path: Path) -> None:
    _, problems = settings_from_plugin({"publish": "all"}, tmp_path, tmp_path, tmp_path)
    assert [problem.fatal for problem in problems] == [True]


def test_a_project_without_templates_uses_those_of_the_program(repo: Path, tmp_path: Path) -> None:
    path = config(tmp_path, "plugins: [cardfile]\n")
    assert load_settings(path)[0].templates == str(repo / "templates")
    (tmp_path / "templates").mkdir()
    assert load_settings(path)[0].templates == str(tmp_path / "templates")
