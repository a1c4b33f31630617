"""The sample as a built site. `python -m tests.sample_site` writes the golden files anew."""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path

from generator.files import sync_folder
from generator.model import Publish
from generator.pages.all_pages import PAGE_SUFFIXES, render_pages
from generator.pages.redirects import render_redirects
from generator.pipeline import export_pages
from generator.site.build import build
from tests import sample

GOLDEN = Path(__file__).parent / "golden"
GOLDEN_PAGES = (
    "people/sergei-shoigu.md",
    "articles/visit.md",
    "articles/hostile.md",
    "places/kursk-region.md",
)


def sample_pages(folder: Path, publish: Publish = "full") -> dict[str, str]:
    """Return all pages of the sample, moved and gone ones among them."""
    settings = sample.sample_settings(folder)
    knowledge = sample.sample_knowledge(publish)
    texts = sample.sample_texts()
    pages = render_pages(knowledge, texts, sample.NOTES, sample.DECISIONS, settings, sample.LABELS)
    once = ("people/sergey-shoigu.html", "people/gone-man.html", "organizations/kursk-region.html")
    pages |= render_redirects(knowledge, once, settings)
    return pages | export_pages(knowledge, sample.DECISIONS, settings, sample.LABELS)


def build_sample(folder: Path, publish: Publish = "full") -> Path:
    """Build the sample's site below `folder`, strictly, and return where it is."""
    settings = sample.sample_settings(folder)
    sync_folder(Path(settings.pages), sample_pages(folder, publish), suffixes=PAGE_SUFFIXES)
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    problems = build(sample.REPO / "mkdocs.yml", settings, strict=True)
    assert not problems, "\n".join(map(str, problems))
    return Path(settings.site)


def main_content(page: str) -> str:
    """Return what stands in the article element of a page, one element's start a line."""
    content = page.partition('<article class="md-content__inner md-typeset">')[2]
    lines = (line.strip() for line in content.partition("</article>")[0].splitlines())
    return "\n".join(line for line in lines if line) + "\n"


def write_golden(folder: Path) -> None:
    """Write the golden files anew, from pages and a site made below `folder`."""
    pages, site = sample_pages(folder), build_sample(folder)
    for uri in GOLDEN_PAGES:
        name = uri.replace("/", "-")
        (GOLDEN / name).write_text(pages[uri], encoding="utf-8")
        html = site / uri.replace(".md", ".html")
        text = main_content(html.read_text(encoding="utf-8"))
        (GOLDEN / name.replace(".md", ".html")).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        write_golden(Path(folder))
