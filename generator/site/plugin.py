"""The MkDocs plugin `cardfile`: articles become pages before MkDocs looks for pages.

So `mkdocs build`, `mkdocs serve` and `mkdocs gh-deploy` need nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal

import jinja2
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from generator.model import Problem, Settings
from generator.pages.embedded import head_html
from generator.pages.interface import HtmlTexts, load_interface
from generator.settings import MKDOCS, OPTIONS, settings_from_plugin
from generator.site.policy import add_policy, clean_content
from generator.site.shell import drop_unused, shell_globals
from generator.site.squeeze import squeeze_assets, squeeze_html
from generator.site.theme_css import needed_css

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

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        drop_unused(files)
        return files

    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        texts = HtmlTexts(load_interface(self.settings(config)[0].language))
        env.globals.update(shell_globals(config, files, texts))
        env.globals["head"] = lambda page: page_head(page, config)
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        return clean_content(html)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        return self.with_policy(squeeze_html(output))

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        is_page = template_name.endswith(".html")
        return self.with_policy(squeeze_html(output_content)) if is_page else output_content

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        # MkDocs writes the time of the build into it; crawlers read the plain one as well.
        (Path(config.site_dir) / "sitemap.xml.gz").unlink(missing_ok=True)
        assets = Path(config.site_dir) / "assets"
        squeeze_assets(assets)
        for path in sorted(assets.glob("stylesheets/*.css")):
            css = path.read_text(encoding="utf-8")
            path.write_text(needed_css(css, config.markdown_extensions), encoding="utf-8")

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
        own = {name: config[name] for name in MKDOCS}
        docs_dir, site_dir = Path(config.docs_dir), Path(config.site_dir)
        return settings_from_plugin(options, folder, docs_dir, site_dir, own)


def page_head(page: Page, config: MkDocsConfig) -> str:
    """Return what a page says of itself to other programs, as tags for its head."""
    title = str(page.meta.get("title") or page.title or "")
    home, canonical = page.is_homepage, page.canonical_url
    description = config.site_description
    return head_html(page.meta, title, config.site_name, canonical, description, home)


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
