"""Most pages of a site, rendered beside MkDocs: by the same rules, in a tenth of the time.

MkDocs stays the builder of everything else: overviews, static files, templates. Pages are taken
out of its work where nothing but our own templates and theme can have a say in them; one with
anything in it that we do not know exactly goes back to MkDocs before it writes pages.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from generator.model import FOLDERS
from generator.site.fast_cache import Cache, Kept, code_digest, digest
from generator.site.fast_front import read_page
from generator.site.fast_inline import Unfamiliar
from generator.site.fast_links import Links, Wanted, dead_link_texts, dead_parts, still_there
from generator.site.fast_markdown import Rendered, render_markdown
from generator.site.fast_shells import Facts, Shells, contents, squeezed
from generator.site.fast_tame import written_tame
from generator.site.fast_theme import asks_no_more
from generator.site.garbage import uncollected

# Said where MkDocs says it.
_LOG = logging.getLogger("mkdocs.structure.pages")
_EXTENSIONS = frozenset("attr_list def_list fenced_code md_in_html tables toc".split())
_OPTIONS = {"toc": {"toc_depth": 2}}
_FOLDERS = (*FOLDERS.values(), "timeline")


def can_hasten(config: MkDocsConfig) -> bool:
    """Return whether no plugin, hook or extension but ours has a say in the pages."""
    return (
        list(config.plugins) == ["cardfile"]
        and not config.hooks
        and not config.use_directory_urls
        and config.nav is not None
        and set(config.markdown_extensions) == _EXTENSIONS
        and {name: told for name, told in (config.mdx_configs or {}).items() if told} == _OPTIONS
    )


class FilesWithout(Files):
    """The files of a site, of which MkDocs does not render those `apart`; links see them all."""

    def __init__(self, files: Iterable[File], apart: Iterable[str]) -> None:
        super().__init__(files)
        self.apart = set(apart)

    def documentation_pages(
        self, *, inclusion: Callable[[InclusionLevel], bool] = InclusionLevel.is_included
    ) -> Sequence[File]:
        every = super().documentation_pages(inclusion=inclusion)
        return [file for file in every if file.src_uri not in self.apart]

    def every_page(self) -> Sequence[File]:
        """Return all pages, those apart among them, in their order."""
        return super().documentation_pages()


class FastPages:
    """The pages of one build that we render ourselves, and their links."""

    def __init__(self, files: Files, config: MkDocsConfig, clean: Callable[[str], str]) -> None:
        self.config = config
        self.clean = clean
        named = _named(config.nav)
        apart = [file.src_uri for file in files if _is_apart(file, named)]
        self.files = FilesWithout(files, apart)
        self.links = Links(self.files.src_uris)
        self.wanted: Wanted = set()
        self.nav: Navigation | None = None
        self.cache: Cache | None = None
        # Pages of MkDocs' whose content is clean already.
        self.cleaned: set[str] = set()

    def render(
        self,
        env: jinja2.Environment,
        finish: Callable[[str], str],
        keep: Path | None,
        progress: Callable[[], None],
    ) -> None:
        """Write the pages apart into the site; what we can't render, MkDocs does.

        `keep` is a folder where pages are kept for the next build; `progress` is called for each
        page that is written.
        """
        assert self.nav is not None
        shells = Shells(env, self.config, self.nav, finish) if asks_no_more(env) else None
        folders = {os.path.dirname(uri) for uri in self.files.apart}
        for folder in folders:
            os.makedirs(os.path.join(self.config.site_dir, folder), exist_ok=True)
        with suppress(Unfamiliar):
            if keep is not None and shells is not None:
                self.cache = Cache(keep, digest([*shells.samples(folders), made_with()]))
        unfamiliar = []
        with uncollected():
            for uri in sorted(self.files.apart):
                try:
                    self.write(self.files.src_uris[uri], shells)
                except Unfamiliar:
                    unfamiliar.append(uri)
                else:
                    progress()
        self.files.apart.difference_update(unfamiliar)
        for uri in unfamiliar:
            populate(self.files.src_uris[uri], self.config, self.files)

    def write(self, file: File, shells: Shells | None) -> None:
        """Write one page. Raises Unfamiliar."""
        if shells is None:
            raise Unfamiliar("theme")
        with open(f"{self.config.docs_dir}/{file.src_uri}", "rb", buffering=0) as source:
            data = source.read()
        path = f"{self.config.site_dir}/{file.dest_uri}"
        known = digest([data]) if self.cache else ""
        if self.cache and self.reuse(file, known, path, shells):
            return
        meta, text = _read(data)
        facts = shells.facts(meta, file.url)
        rendered, wanted = self.rendered(file, text)
        content = self.content(rendered)
        page = shells.page(file.src_uri.rpartition("/")[0], facts, content, rendered.headings)
        with open(path, "wb", buffering=0) as out:
            out.write(page)
        robots = str(meta.get("robots") or "")
        self.know(file, facts, robots, rendered.ids)
        if self.cache:
            leads = "\n".join(sorted(f"{target}#{part}" for target, part in wanted))
            kept = Kept(known, robots, " ".join(sorted(rendered.ids)), leads)
            self.cache.keep(file.dest_uri, kept, path)

    def reuse(self, file: File, known: str, path: str, shells: Shells) -> bool:
        """Take a page as it was in the last build; return whether there is one."""
        assert self.cache is not None
        kept = self.cache.find(file.dest_uri, known)
        if kept is None:
            return False
        leads = (line.partition("#") for line in kept.wanted.split("\n") if line)
        wanted = {(target, part) for target, _, part in leads}
        if not still_there(wanted, self.files.src_uris):
            return False
        if not self.cache.take(file.dest_uri, kept, path):
            return False
        self.wanted |= wanted
        self.know(file, shells.facts({}, file.url), kept.robots, kept.ids.split())
        return True

    def know(self, file: File, facts: Facts, robots: str, ids: Iterable[str]) -> None:
        """Let others see of a page what they ask: its address, its parts, whether it is found."""
        facts.present_anchor_ids = frozenset(map(sys.intern, ids))
        facts.meta = {"robots": robots}
        file.page = facts  # type: ignore[assignment]

    def rendered(self, file: File, text: str) -> tuple[Rendered, Wanted]:
        """Return a page's content and what it links to, and note that. Raises Unfamiliar."""
        links = self.links.of(file.src_uri, file.url)
        rendered = render_markdown(text.rstrip("\n"), links.resolve)
        self.wanted |= links.wanted
        return rendered, links.wanted

    def content(self, rendered: Rendered) -> str:
        """Return a page's content as it stands in the site: clean, and squeezed."""
        if rendered.tame:
            return written_tame(rendered.html)
        return squeezed(self.clean(rendered.html))

    def hasten(self, page: Page) -> None:
        """Let a page that MkDocs renders have its content from us, if we know how."""
        slow = page.render

        def render(config: MkDocsConfig, files: Files) -> None:
            try:
                if "title" not in page.meta:
                    raise Unfamiliar("no title")
                rendered, _ = self.rendered(page.file, page.markdown or "")
            except Unfamiliar:
                slow(config, files)
                return
            page.content, page.toc = self.content(rendered), contents(rendered.headings)
            self.cleaned.add(page.file.src_uri)
            page.present_anchor_ids = set(rendered.ids)
            page.links_to_anchors = {}

        page.render = render  # type: ignore[method-assign]

    def finish(self) -> None:
        """Say which links lead to parts of pages that are not there, as MkDocs does."""
        if self.cache:
            self.cache.save()
        dead = dead_parts(self.wanted, self.files.src_uris)
        if dead:
            level = self.config.validation.links.anchors
            for file in self.files.every_page():
                for text in dead_link_texts(file, dead):
                    _LOG.log(level, text)


def populate(file: File, config: MkDocsConfig, files: Files) -> None:
    """Read and render a page through MkDocs, as it does with all it knows of."""
    page = config.plugins.on_pre_page(Page(None, file, config), config=config, files=files)
    page.read_source(config)
    told: dict[str, Any] = {"page": page, "config": config, "files": files}
    page.markdown = config.plugins.on_page_markdown(page.markdown or "", **told)
    page.render(config, files)
    page.content = config.plugins.on_page_content(page.content or "", **told)


def made_with() -> bytes:
    """Return what stands for the code that makes pages, ours and others'."""
    versions = (f"{name} {version(name)}" for name in ("jinja2", "markdown", "mkdocs", "nh3"))
    here = Path(__file__).parent
    return "\n".join([code_digest([here, here.parent / "pages"]), *versions]).encode()


def _read(data: bytes) -> tuple[dict[str, Any], str]:
    """Return a page's front matter and text. Raises Unfamiliar if it is none of ours."""
    try:
        source = data.decode("utf-8")
    except UnicodeDecodeError as fault:
        raise Unfamiliar(str(fault)) from fault
    if "\r" in source or "\ue000" in source:
        raise Unfamiliar("characters")
    meta, text = read_page(source)
    if not isinstance(title := meta.get("title"), str) or not title or "template" in meta:
        raise Unfamiliar("front matter")
    if "  " in title or "\n" in title or title != title.strip():
        raise Unfamiliar("title")
    return meta, text


def _is_apart(file: File, named: set[str]) -> bool:
    """Return whether a file is a page of a folder of ours that the navigation does not name."""
    uri = file.src_uri
    return (
        uri.endswith(".md")
        and uri.partition("/")[0] in _FOLDERS
        and uri.count("/") == 1
        and file.inclusion is InclusionLevel.NOT_IN_NAV
        and uri not in named
        and file.src_dir is not None
    )


def _named(nav: Any) -> set[str]:
    """Return every page and address that a navigation names."""
    if isinstance(nav, dict):
        return {uri for below in nav.values() for uri in _named(below)}
    if isinstance(nav, list):
        return {uri for below in nav for uri in _named(below)}
    return {str(nav)}
