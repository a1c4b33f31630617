"""Do other builders make a site of the pages? ProperDocs strictly, Zensical without an error.

python -m tests.compatible [PAGES]     the sample's pages unless a folder is given

Each is installed anew, in an environment of its own that is thrown away; so it takes a network
and a minute or two. Nothing of ours goes there: no plugin, no theme, only the pages.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.sample_site import sample_pages

# The site's address of a page, as a link of a built site must not have it any more.
_UNMADE = re.compile(r"href=\"?(?!https?:)[^\s\">]*\.md[\"#\s>]")


@dataclass(frozen=True, slots=True)
class Builder:
    """A program that makes sites of Markdown: what to install and how to call it."""

    name: str
    packages: tuple[str, ...]
    command: tuple[str, ...]


BUILDERS = (
    Builder("ProperDocs", ("properdocs", "mkdocs-material"), ("properdocs", "build", "--strict")),
    Builder("MkDocs", ("mkdocs<2", "mkdocs-material<10"), ("mkdocs", "build", "--strict")),
    Builder("Zensical", ("zensical",), ("zensical", "build")),
)


def plain_settings(**more: object) -> dict[str, Any]:
    """Return settings as anybody would write them for the pages folder: Material as it comes.

    Every dead link is a warning.
    """
    every = {"not_found": "warn", "absolute_links": "warn"}
    return {
        "site_name": "Pages elsewhere",
        "docs_dir": "pages",
        "site_dir": "site",
        "use_directory_urls": False,
        "theme": {"name": "material", "font": False},
        "plugins": [],
        "nav": [{"Home": "index.md"}],
        "not_in_nav": "*",
        "markdown_extensions": ["attr_list", "def_list", "md_in_html", "tables", "toc"],
        "validation": {
            "nav": {"omitted_files": "warn", **every},
            "links": {"anchors": "warn", "unrecognized_links": "warn", **every},
        },
        **more,
    }


def write_project(folder: Path, pages: Path) -> None:
    """Make a folder a project of these pages, with nothing of ours."""
    shutil.copytree(pages, folder / "pages", ignore=shutil.ignore_patterns(".gitignore"))
    text = yaml.safe_dump(plain_settings(), sort_keys=False)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")


def faults(builder: Builder, folder: Path) -> Iterator[str]:
    """Yield what goes wrong when a builder makes a site of the project in a folder."""
    venv, config = folder / "venv", folder / "mkdocs.yml"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    install = [str(venv / "bin" / "pip"), "-qq", "--disable-pip-version-check", "install"]
    subprocess.run([*install, *builder.packages], check=True, stderr=subprocess.DEVNULL)
    program, *rest = builder.command
    command = [str(venv / "bin" / program), *rest, "-f", str(config)]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    said = f"{done.stdout}\n{done.stderr}"
    if done.returncode:
        yield f"exit status {done.returncode}: {said.strip()[-1500:]}"
    yield from (line for line in said.splitlines() if re.match(r"(WARNING|ERROR)\b", line))
    yield from unmade(folder)


def unmade(folder: Path) -> Iterator[str]:
    """Yield the pages that are missing in a site, and links that still lead to Markdown."""
    pages, site = folder / "pages", folder / "site"
    for path in sorted(pages.rglob("*.md")):
        page = site / path.relative_to(pages).with_suffix(".html")
        if not page.is_file():
            yield f"{path.relative_to(pages)} has no page"
        elif found := _UNMADE.search(page.read_text(encoding="utf-8")):
            yield f"{path.relative_to(pages)} has a link to Markdown: {found[0]}"


def main() -> int:
    """Print what each builder makes of the pages; return 1 if one has a fault."""
    wrong = False
    with tempfile.TemporaryDirectory() as name:
        made = Path(name)
        if len(sys.argv) > 1:
            pages = Path(sys.argv[1])
        else:
            pages = made / "sample"
            for uri, text in sample_pages(made).items():
                path = pages / uri
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
        for builder in BUILDERS:
            folder = made / builder.name
            folder.mkdir()
            write_project(folder, pages)
            found = list(faults(builder, folder))
            wrong = wrong or bool(found)
            count = len(list((folder / "pages").rglob("*.md")))
            print(f"{builder.name}: {len(found) or 'no'} faults in {count} pages", flush=True)
            print("".join(f"    {fault}\n" for fault in found[:20]), end="")
    return int(wrong)


if __name__ == "__main__":
    sys.exit(main())
