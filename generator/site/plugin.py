"""The MkDocs plugin `cardfile`: articles become pages before MkDocs looks for pages.

So `mkdocs build`, `mkdocs serve` and `mkdocs gh-deploy` need nothing else.
"""

from __future__ import annotations

from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import jinja2
from mkdocs.config import base
from mkdocs.config import config_options as c
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator.files import Unwritable
from generator.model import Problem, Selection, Settings
from generator.pages.embedded import head_html
from generator.pages.interface import HtmlTexts, load_interface
from generator.settings import MKDOCS, OPTIONS, settings_from_plugin
from generator.site.blocked import Blockade, blocked
from generator.site.fast_inline import Unfamiliar
from generator.site.fast_pages import FastPages, can_hasten
from generator.site.folders import files_below
from generator.site.policy import add_policy, clean_content, page_policy
from generator.site.shell import drop_unused, shell_globals, without_icons
from generator.site.squeeze import squeeze_assets, squeeze_html, squeezed_around
from generator.site.theme_css import needed_css
from generator.transactions import building

if TYPE_CHECKING:
    # Brings a web server along.
    from mkdocs.livereload import LiveReloadServer

log = get_plugin_logger("cardfile")

Report = Callable[[str, int, int], None]

# Extensions that change words, those of a quote too.
_REWRITING = ("smarty", "smartsymbols")


class CardfileConfig(base.Config):  # type: ignore[no-untyped-call]
    """The options in mkdocs.yml; `generator/settings.py` checks them and knows the defaults."""

    articles = c.Optional(c.Type(str))
    curation = c.Optional(c.Type(str))
    notes = c.Optional(c.Type(str))
    cards = c.Optional(c.Type(str))
    publish = c.Optional(c.Type(str))
    publish_by_source = c.Optional(c.Type(dict))
    publish_only = c.Optional(c.Type(dict))
    language = c.Optional(c.Type(str))
    limits = c.Optional(c.Type(dict))
    content_security_policy = c.Optional(c.Type((bool, str, dict)))
    fast = c.Optional(c.Type(bool))


class CardfilePlugin(BasePlugin[CardfileConfig]):  # type: ignore[no-untyped-call]
    """Makes cards and pages before each build, and keeps every page to what it may load.

    `generated` is set by a caller that has made the pages itself.
    """

    generated = False
    serving = False
    # What is published, where a command line says so; None where mkdocs.yml does.
    publish_only: Selection | None = None
    # What pages may load and what that blocks; None where they may load anything.
    blockade: Blockade | None = None
    # The pages that MkDocs is spared; None where it renders all of them.
    fast: FastPages | None = None
    # Where pages are kept from build to build; set by a caller that builds aside.
    kept_pages: Path | None = None
    # Told how far a stage is; set by a caller that shows it.
    report: Report | None = None
    # The pages of each stage that are done, and all there are.
    done: Counter[str]
    total: Counter[str]
    dirty = False

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        self.serving, self.dirty = command == "serve", dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        if self.hastens(config):
            without_icons(config.theme)
        return config

    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        if self.generated:
            return
        settings, problems = self.settings(config)
        report_problems(problems)
        try:
            report_problems(generate_pages(settings))
        except Unwritable as fault:
            report_problems([fault.problem])

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        drop_unused(files)
        self.fast = FastPages(files, config, clean_content) if self.hastens(config) else None
        return self.fast.files if self.fast else files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        pages = len(files.documentation_pages())
        self.done, self.total = Counter(), Counter({"render": pages, "site": pages})
        if self.fast:
            self.fast.nav = nav
            self.total["site"] += len(self.fast.files.apart)
        return nav

    def on_page_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        if self.fast:
            self.fast.hasten(page)
        return markdown

    def on_template_context(
        self, context: TemplateContext, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        if self.fast:
            context["pages"] = self.fast.files.every_page()
        return context

    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        settings, _ = self.settings(config)
        self.blockade = self.blockade_of(settings, config)
        report_problems(rewriting(config.markdown_extensions))
        texts = HtmlTexts(load_interface(settings.language))
        env.globals.update(shell_globals(config, files, texts))
        env.globals["head"] = lambda page: page_head(page, config)
        env.globals["selected"] = settings.publish_only != Selection()
        if self.fast:
            told = partial(self.count, "site")
            self.fast.render(env, self.finished_shell, self.kept_pages, told)
        return env

    def on_page_content(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        self.count("render")
        return html if self.is_cleaned(page) else clean_content(html)

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        self.count("site")
        content = page.content or ""
        if self.is_cleaned(page) and (around := squeezed_around(output, content)):
            before, after = around
            # Nothing in clean content is blocked; and the policy goes into the head.
            whole = self.with_policy(before + after, page.file.dest_uri)
            if whole.endswith(after):
                return f"{whole.removesuffix(after)}{content}{after}"
        return self.with_policy(squeeze_html(output), page.file.dest_uri)

    def on_post_template(
        self, output_content: str, *, template_name: str, config: MkDocsConfig
    ) -> str:
        if not template_name.endswith(".html"):
            return output_content
        return self.with_policy(squeeze_html(output_content), template_name)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        if self.fast:
            self.fast.finish()
        # MkDocs writes the time of the build into it; crawlers read the plain one as well.
        (Path(config.site_dir) / "sitemap.xml.gz").unlink(missing_ok=True)
        assets = Path(config.site_dir) / "assets"
        squeeze_assets(assets)
        for path in sorted(assets.glob("stylesheets/*.css")):
            css = path.read_text(encoding="utf-8")
            path.write_text(needed_css(css, config.markdown_extensions), encoding="utf-8")
        if self.blockade is not None:
            look_at_styles(self.blockade, Path(config.site_dir))
            report_problems(self.blockade.problems())

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        settings, _ = self.settings(config)
        # We write the pages ourselves: watched, each build would set off the next.
        server.unwatch(config.docs_dir)
        for folder in watched_folders(settings):
            server.watch(folder)
        return server

    def count(self, stage: str) -> None:
        """Tell that one page more of a stage is done."""
        self.done[stage] += 1
        if self.report is not None:
            self.report(stage, self.done[stage], self.total[stage])

    def hastens(self, config: MkDocsConfig) -> bool:
        """Return whether pages are rendered beside MkDocs."""
        wanted = OPTIONS["fast"].default if self.config.fast is None else self.config.fast
        return bool(wanted) and not self.dirty and can_hasten(config)

    def is_cleaned(self, page: Page) -> bool:
        """Return whether a page's content is clean and squeezed before MkDocs sees it."""
        return self.fast is not None and page.file.src_uri in self.fast.cleaned

    def blockade_of(self, settings: Settings, config: MkDocsConfig) -> Blockade | None:
        """Return what pages may load; a preview has no policy, it must load the reload script."""
        added = settings.content_security_policy
        if added is None or self.serving:
            return None
        scripts = [str(script) for script in config.extra_javascript]
        return Blockade(page_policy(added, scripts), config.site_url or "")

    def with_policy(self, html: str, uri: str = "") -> str:
        """Return a page with its policy, and note what that blocks of it."""
        if self.blockade is None:
            return html
        self.blockade.look(uri, html)
        return add_policy(html, self.blockade.policy)

    def finished_shell(self, html: str) -> str:
        """Return the shell of pages with its policy. Raises Unfamiliar if that blocks any of it."""
        squeezed = squeeze_html(html)
        if self.blockade is None:
            return squeezed
        if any(blocked(squeezed, self.blockade.policy, self.blockade.site_url)):
            raise Unfamiliar("something blocked, which is told page by page")
        return add_policy(squeezed, self.blockade.policy)

    def settings(self, config: MkDocsConfig) -> tuple[Settings, tuple[Problem, ...]]:
        """Return the settings in mkdocs.yml and what is wrong with them."""
        options = {name: self.config[name] for name in OPTIONS}
        folder = Path(config.config_file_path).absolute().parent
        own = {name: config[name] for name in MKDOCS}
        docs_dir, site_dir = Path(config.docs_dir), Path(config.site_dir)
        settings, problems = settings_from_plugin(options, folder, docs_dir, site_dir, own)
        if self.publish_only is not None:
            settings = replace(settings, publish_only=self.publish_only)
        return settings, problems


def page_head(page: Page, config: MkDocsConfig) -> str:
    """Return what a page says of itself to other programs, as tags for its head."""
    title = str(page.meta.get("title") or page.title or "")
    home, canonical = page.is_homepage, page.canonical_url
    description = config.site_description
    return head_html(page.meta, title, config.site_name, canonical, description, home)


def rewriting(extensions: Iterable[str]) -> tuple[Problem, ...]:
    """Return a problem for each Markdown extension under which a quote is no quote."""
    return tuple(
        Problem("mkdocs.yml", 0, f"markdown_extensions: {name} rewrites quotes", "take it out")
        for name in extensions
        if name.rpartition(".")[2] in _REWRITING
    )


def look_at_styles(blockade: Blockade, site: Path) -> None:
    """Note what the style sheets of a site load that its policy blocks."""
    for uri in sorted(uri for uri, _ in files_below(site) if uri.endswith(".css")):
        css = (site / uri).read_text(encoding="utf-8", errors="replace")
        blockade.look_at_styles(uri, css)


def generate_pages(settings: Settings) -> tuple[Problem, ...]:
    """Make cards and pages; return what was wrong on the way."""
    # Brings the language model along: only a build needs it, not `mkdocs --help`.
    from generator import pipeline
    from generator.cli import screen, working

    with screen.progress() as report, building(Path(settings.cards)):
        with working.at_work(settings, Namespace(), report) as (mapped, cache):
            outcome = working.make_cards(settings, report, mapped, cache)
        if any(problem.fatal for problem in outcome.problems):
            return outcome.problems
        return (*outcome.problems, *pipeline.build_pages(settings, outcome, report))


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
