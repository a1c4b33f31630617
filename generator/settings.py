"""Settings from mkdocs.yml: where everything is, and how much of an article may be shown.

The options of our plugin are one table, `OPTIONS`; the command line and the MkDocs plugin
come through the same door.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, get_args

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from generator import selections, yaml_files
from generator.content_policy import Sources, read_policy
from generator.model import Limits, Problem, Publish, Selection, Settings
from generator.yaml_files import YamlFault, line_of

PUBLISH: tuple[str, ...] = get_args(Publish)
# The project that this package stands in: it brings the templates.
PROJECT = Path(__file__).parents[1]


# MkDocs' own settings that our pages go by, and what it sets where nobody said anything.
MKDOCS = ("site_name", "site_url", "repo_url", "edit_uri")
_MKDOCS_EDIT_URIS = ("edit/master/docs/", "src/default/docs/")


class WrongOption(ValueError):
    """A value an option can't take; says what it can."""


@dataclass(frozen=True, slots=True)
class Option:
    """One option of the plugin: its default, and what makes a clean value of one given."""

    default: Any
    clean: Callable[[Any], Any]


def load_settings(
    config: Path,
    *,
    articles: str | None = None,
    output: str | None = None,
    publish: str | None = None,
    publish_all: bool = False,
    publish_only: Mapping[str, Any] | None = None,
) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings in a mkdocs.yml, changed as the command line says, and its faults.

    A wrong value is a fatal Problem, and the default stands in for it. `publish_only` are parts
    of a selection, which outweigh those of mkdocs.yml; `publish_all` leaves the latter aside.
    """
    top, problems = _top_level(config)
    given, lines = _given_options(top)
    folder = config.absolute().parent
    docs_dir = folder / str(_value(top.get("docs_dir")) or "docs")
    site_dir = folder / str(_value(top.get("site_dir")) or "site")
    options, faults = _clean(given, str(config), lines)
    settings = _settings(options, folder, docs_dir, site_dir)
    settings = replace(settings, **_mkdocs_own({name: _value(top.get(name)) for name in MKDOCS}))
    if articles:
        settings = _with_articles(settings, Path(articles).absolute())
    if output:
        settings = _with_output(settings, Path(output).absolute())
    if publish:
        settings = replace(settings, publish=_publish(publish))
    if publish_all:
        settings = replace(settings, publish_only=Selection())
    try:
        only = selections.narrowed(settings.publish_only, publish_only or {})
    except ValueError as fault:
        what = "cardfile: publish_only and the command line exclude each other"
        return settings, (*problems, *faults, Problem(str(config), 0, what, str(fault), True))
    return replace(settings, publish_only=only), (*problems, *faults)


def settings_from_plugin(
    options: Mapping[str, Any],
    config_dir: Path,
    docs_dir: Path,
    site_dir: Path,
    mkdocs: Mapping[str, Any] | None = None,
) -> tuple[Settings, tuple[Problem, ...]]:
    """Return the settings in the options as MkDocs hands them to the plugin, and their faults.

    `mkdocs` holds MkDocs' own settings that `MKDOCS` names.
    """
    given = {name: value for name, value in options.items() if value is not None}
    cleaned, problems = _clean(given, "mkdocs.yml", {})
    settings = _settings(cleaned, config_dir, docs_dir, site_dir)
    return replace(settings, **_mkdocs_own(mkdocs or {})), problems


# --- cleaning: a value as written -> a value to work with, or WrongOption


def _path(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise WrongOption("give a folder, relative to mkdocs.yml")
    return value


def _publish(value: Any) -> Publish:
    for word in get_args(Publish):
        if value == word:
            return word  # type: ignore[no-any-return]
    raise WrongOption(f"write {', '.join(PUBLISH[:-1])} or {PUBLISH[-1]}")


def _publish_by_source(value: Any) -> dict[str, Publish]:
    if value in (None, ""):
        return {}
    if not isinstance(value, dict):
        raise WrongOption("write one line `Source: full`, `excerpt` or `none` for each source")
    return {str(source): _publish(word) for source, word in value.items()}


def _language(value: Any) -> str:
    if not isinstance(value, str) or not value.replace("-", "").isalpha():
        raise WrongOption("give a language code such as en or de")
    return value


def _limits(value: Any) -> Limits:
    if value in (None, ""):
        return Limits()
    known = [field.name for field in fields(Limits)]
    if not isinstance(value, dict) or not set(value) <= set(known):
        raise WrongOption(f"give one or more of {', '.join(known)}")
    return Limits(**{name: _count(number) for name, number in value.items()})


def _count(value: Any) -> int:
    digits = str(value).replace("_", "")
    if not digits.isascii() or not digits.isdigit() or not int(digits):
        raise WrongOption("a limit is a whole number above 0")
    return int(digits)


def _policy(value: Any) -> Sources | None:
    try:
        return read_policy(value)
    except ValueError as fault:
        raise WrongOption(str(fault)) from fault


def _selection(value: Any) -> Selection:
    try:
        return selections.read_selection(value)
    except ValueError as fault:
        raise WrongOption(str(fault)) from fault


def _flag(value: Any) -> bool:
    words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if str(value).lower() not in words:
        raise WrongOption("write true or false")
    return words[str(value).lower()]


OPTIONS: dict[str, Option] = {
    "articles": Option("content/articles", _path),
    "curation": Option("content/curation", _path),
    "notes": Option("content/notes", _path),
    "cards": Option("content/cards", _path),
    "publish": Option("excerpt", _publish),
    "publish_by_source": Option({}, _publish_by_source),
    "publish_only": Option({}, _selection),
    "language": Option("en", _language),
    "limits": Option({}, _limits),
    "content_security_policy": Option(True, _policy),
    "fast": Option(True, _flag),
}


def _clean(
    given: Mapping[str, Any], file: str, lines: Mapping[str, int]
) -> tuple[dict[str, Any], tuple[Problem, ...]]:
    """Return a clean value for every option, and a fatal Problem for each wrong one."""
    values = {name: option.clean(option.default) for name, option in OPTIONS.items()}
    problems = []
    for name, value in given.items():
        line = lines.get(name, 0)
        if name not in OPTIONS:
            near = difflib.get_close_matches(name, OPTIONS, 1) or sorted(OPTIONS)
            what, todo = f"cardfile: unknown option {name!r}", f"use {', '.join(near)}"
            problems.append(Problem(file, line, what, todo, True))
            continue
        try:
            values[name] = OPTIONS[name].clean(value)
        except WrongOption as fault:
            what = f"cardfile: {name} can't be {value!r}"
            problems.append(Problem(file, line, what, str(fault), True))
    return values, tuple(problems)


# --- paths


def _settings(options: Mapping[str, Any], folder: Path, docs_dir: Path, site_dir: Path) -> Settings:
    """Return settings with every path absolute; addresses.yml stands beside the cards."""
    cards = folder / options["cards"]
    own = folder / "templates"
    return Settings(
        root=str(folder),
        articles=_absolute(folder / options["articles"]),
        curation=_absolute(folder / options["curation"]),
        notes=_absolute(folder / options["notes"]),
        cards=_absolute(cards),
        pages=_absolute(docs_dir),
        site=_absolute(site_dir),
        addresses=_absolute(cards.parent / "addresses.yml"),
        templates=str(own if own.is_dir() else PROJECT / "templates"),
        publish=options["publish"],
        publish_by_source=options["publish_by_source"],
        language=options["language"],
        limits=options["limits"],
        content_security_policy=options["content_security_policy"],
        publish_only=options["publish_only"],
    )


def _mkdocs_own(given: Mapping[str, Any]) -> dict[str, Any]:
    own = {name: str(given.get(name) or "") for name in MKDOCS}
    return own | ({"edit_uri": ""} if own["edit_uri"] in _MKDOCS_EDIT_URIS else {})


def _absolute(path: Path) -> str:
    return os.path.abspath(path)


def _with_articles(settings: Settings, articles: Path) -> Settings:
    """Return settings for other articles, with the curation and the notes beside them."""
    return replace(
        settings,
        articles=_absolute(articles),
        curation=_absolute(articles.parent / "curation"),
        notes=_absolute(articles.parent / "notes"),
    )


def _with_output(settings: Settings, output: Path) -> Settings:
    """Return settings that put everything generated below `output`."""
    return replace(
        settings,
        cards=_absolute(output / "cards"),
        pages=_absolute(output / "pages"),
        site=_absolute(output / "site"),
        addresses=_absolute(output / "addresses.yml"),
    )


# --- mkdocs.yml


def _top_level(config: Path, heirs: int = 0) -> tuple[dict[str, Node], tuple[Problem, ...]]:
    """Return the nodes of a mkdocs.yml by key, over those of the file it inherits from."""
    try:
        if heirs > 8:
            raise YamlFault(0, "files that inherit from one another without end")
        with config.open(encoding="utf-8") as file:
            node = yaml.compose(file, Loader=yaml.BaseLoader)
        if not isinstance(node, MappingNode):
            raise YamlFault(1, "not a MkDocs configuration")
    except (OSError, UnicodeDecodeError, yaml.YAMLError, YamlFault) as fault:
        return {}, (_unreadable(config, fault),)
    top = {str(key.value): value for key, value in node.value}
    base = top.pop("INHERIT", None)
    if base is None:
        return top, ()
    inherited, problems = _top_level(config.parent / str(_value(base)), heirs + 1)
    return inherited | top, problems


def _unreadable(config: Path, fault: Exception) -> Problem:
    mark = getattr(fault, "problem_mark", None)
    line = mark.line + 1 if mark else getattr(fault, "line", 0)
    what = getattr(fault, "strerror", None) or getattr(fault, "problem", None) or str(fault)
    todo = "correct it, or name the right file with --config"
    return Problem(str(config), line, f"can't be used ({what})", todo, True)


def _given_options(top: Mapping[str, Node]) -> tuple[dict[str, Any], dict[str, int]]:
    """Return our plugin's options as written, and the line of each."""
    for key, node in _plugins(top.get("plugins")):
        if key == "cardfile" and isinstance(node, MappingNode):
            return (
                {str(name.value): _value(value) for name, value in node.value},
                {str(name.value): line_of(name) for name, _ in node.value},
            )
    return {}, {}


def _plugins(node: Node | None) -> list[tuple[str, Node]]:
    """Return name and options of the plugins, which MkDocs takes as a list or as a mapping."""
    entries = node.value if isinstance(node, SequenceNode | MappingNode) else []
    if isinstance(node, SequenceNode):
        entries = [pair for item in entries if isinstance(item, MappingNode) for pair in item.value]
    return [(str(key.value), value) for key, value in entries]


def _value(node: Node | None) -> Any:
    """Return a node as plain data, `!ENV` resolved as MkDocs does."""
    if isinstance(node, MappingNode):
        return {str(key.value): _value(value) for key, value in node.value}
    if node is None or node.tag != "!ENV":
        return yaml_files.plain(node)
    items = node.value if isinstance(node, SequenceNode) else [node]
    wanted: list[str] = [item.value for item in items if isinstance(item, ScalarNode)]
    default = wanted.pop() if len(wanted) > 1 else ""
    return next((os.environ[name] for name in wanted if name in os.environ), default)
