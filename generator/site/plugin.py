"""The MkDocs plugin `cardfile`: articles become pages before MkDocs looks for pages.

So `mkdocs build`, `mkdocs serve` and `mkdocs gh-deploy` need nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from generator.model import Problem, Settings
from generator.settings import OPTIONS, settings_from_plugin
from generator.site.policy import add_policy, clean_content

log = get_plugin_logger("cardfile")


class CardfileConfig(base.Config):  # type: ignore[no-untyped-call]
    """The options in mkdocs.yml; `generator/settings.py` checks them and knows the defaults."""

    articles = c.Optional(c.Type(str))
    curation = c.Optional(c.Type(str))
    notes = c.Optional(c.Type(str))
    cards = c.Optional(c.Type(str))
    publish = c.Optional(c.Type(str))
    publish_by_source = c.Optional(c.Type(dict))
    language = c.Optional(c.Type(str))
    limits = c.Optional(c.Type(dict))
    content_security_policy = c.Optional(c.Type(bool))
    fast = c.Optional(c.Type(bool))


class CardfilePlugin(BasePlugin[CardfileConfig]):  # type: ignore[no-untyped-call]
    """Makes cards and pages before each build, and keeps every page to what it may load.

    `generated` is set by a caller that has made the pages itself.
    """

    generated = False
    serving = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.serving = command == "serve"

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        if self.generated:
            return
        settings, problems = self.settings(config)
        report_problems(problems)
        report_problems(generate_pages(settings))

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        return clean_content(html)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return self.with_policy(output)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        is_page = template_name.endswith(".html")
        return self.with_policy(output_content) if is_page else output_content

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        settings, _ = self.settings(config)
        # We write the pages ourselves: watched, each build would set off the next.
        server.unwatch(config.docs_dir)
        for folder in watched_folders(settings):
            server.watch(folder)
        return server

    def with_policy(self, html: str) -> str:
        """Return a page with its policy; a preview has none, it must load the reload script."""
        wanted = self.config.content_security_policy is not False and not self.serving
        return add_policy(html) if wanted else html

    def settings(self, config: MkDocsConfig) -> tuple[Settings, tuple[Problem, ...]]:
        """Return the settings in mkdocs.yml and what is wrong with them."""
        options = {name: self.config[name] for name in OPTIONS}
        folder = Path(config.config_file_path).absolute().parent
        return settings_from_plugin(options, folder, Path(config.docs_dir), Path(config.site_dir))


def generate_pages(settings: Settings) -> tuple[Problem, ...]:
    """Make cards and pages; return what was wrong on the way."""
    # Brings the language model along: only a build needs it, not `mkdocs --help`.
    from generator import pipeline

    outcome = pipeline.generate(settings)
    if any(problem.fatal for problem in outcome.problems):
        return outcome.problems
    return (*outcome.problems, *pipeline.build_pages(settings, outcome))


def report_problems(problems: Iterable[Problem]) -> None:
    """Log problems as warnings, which `--strict` counts. Raises PluginError if one is fatal."""
    found = sorted(set(problems))
    for problem in found:
        log.warning(str(problem))
    fatal = [problem for problem in found if problem.fatal]
    if fatal:
        raise PluginError(f"nothing was built, because of: {fatal[0]}")


def watched_folders(settings: Settings) -> list[str]:
    """Return the folders whose files make the pages, as far as they exist."""
    folders = (settings.articles, settings.curation, settings.notes, settings.templates)
    return [folder for folder in folders if Path(folder).is_dir()]
