"""How much work is a site, beside plain MkDocs and Hugo? CPU time of each on the same Markdown.

python -m tests.measure_fast [--sizes 600,2500,10000] [--hugo PATH] [--repeat 3]

`tuned` is our plugin with `fast: false`; `Material` has no plugin, and a navigation of overviews
as ours. Hugo gets the same pages with a theme of header, navigation, contents and footer. Each
runs in a process of its own; what counts is its CPU time, start included, the least of several.
Nothing is deleted before all have run: where many files just were, a disk is slow to make new ones.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

REPO = Path(__file__).parents[1]

_BUILD = """
import gc, logging, sys
gc.set_threshold(100_000, 50, 100)  # as the command does
from dataclasses import replace
from pathlib import Path
from generator.site.build import build
from tests import sample
logging.getLogger("mkdocs").setLevel(logging.ERROR)
folder = Path(sys.argv[2])
settings = replace(sample.sample_settings(folder), pages=sys.argv[3], site=sys.argv[4])
build(Path(sys.argv[1]), settings)
"""
_HUGO_BASE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<title>{{ .Title }} - {{ .Site.Title }}</title>
<meta property="og:title" content="{{ .Title }}">
<meta name="description" content="{{ .Params.description }}">
<link rel="stylesheet" href="{{ "assets/cardfile.css" | relURL }}"></head><body>
<header><a href="{{ "/" | relURL }}">{{ .Site.Title }}</a></header>
<nav><ul>{{ range .Site.Menus.main }}<li><a href="{{ .URL | relURL }}">{{ .Name }}</a></li>
{{ end }}</ul></nav><main>{{ .TableOfContents }}<article>{{ .Content }}</article></main>
<footer><a href="{{ "about/" | relURL }}">About</a></footer></body></html>
"""


@dataclass(frozen=True, slots=True)
class Run:
    """What a process took: CPU seconds of user and system, and its most memory in MB."""

    cpu: float
    memory: float


def run(command: list[str]) -> Run:
    """Run a command and return what it took. Raises CalledProcessError."""
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise subprocess.CalledProcessError(child.returncode, command)
    scale = 1_000_000 if sys.platform == "darwin" else 1000
    return Run(used.ru_utime + used.ru_stime, used.ru_maxrss / scale)


def write_pages(folder: Path, size: int) -> None:
    """Write the pages of a generated knowledge base."""
    # Only the writer needs them, and they bring much memory along.
    from generator.files import sync_folder
    from generator.pages.all_pages import PAGE_SUFFIXES, render_pages
    from tests import sample
    from tests.generated_site import generate

    knowledge, texts = generate(size)
    settings = sample.sample_settings(folder)
    pages = render_pages(knowledge, texts, {}, (), settings, sample.LABELS)
    sync_folder(folder / "pages", pages, suffixes=PAGE_SUFFIXES)


def write_configs(folder: Path) -> dict[str, Path]:
    """Write a mkdocs.yml for each way of MkDocs."""
    text = (REPO / "mkdocs.yml").read_text(encoding="utf-8")
    text = re.sub(r"(?m)^ +fast: .*\n", "", text)
    text = text.replace("templates/theme", str(REPO / "templates" / "theme"))
    told = {
        "fast": text.replace("- cardfile:\n", "- cardfile:\n      fast: true\n"),
        "tuned": text.replace("- cardfile:\n", "- cardfile:\n      fast: false\n"),
    }
    material = yaml.safe_load(re.sub(r"!ENV .*", '""', text))
    material["plugins"] = []
    material["theme"] = {"name": "material", "font": False}
    for name in ("extra_css", "extra_javascript"):
        del material[name]
    told["Material"] = yaml.safe_dump(material, allow_unicode=True)
    for name, words in told.items():
        (folder / f"{name}.yml").write_text(words, encoding="utf-8")
    return {name: folder / f"{name}.yml" for name in told}


def write_hugo(folder: Path, pages: Path) -> Path:
    """Write the same pages as a site for Hugo, and return where."""
    home = folder / "hugo"
    for path in sorted(pages.rglob("*")):
        if path.is_file():
            uri = path.relative_to(pages).as_posix()
            page = re.sub(r"(^|/)index\.md$", r"\1_index.md", uri)
            target = home / ("content" if path.suffix == ".md" else "static") / page
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    layouts = home / "layouts" / "_default"
    layouts.mkdir(parents=True)
    for name in ("single.html", "list.html"):
        (layouts / name).write_text(_HUGO_BASE, encoding="utf-8")
    names = "people organizations places events documents products articles".split()
    menu = [{"name": name.title(), "url": f"/{name}/"} for name in names]
    told = {
        "title": "A cardfile",
        "baseURL": "https://cards.example/",
        "disableKinds": ["taxonomy", "term", "RSS"],
        "menus": {"main": menu},
        "markup": {"goldmark": {
            "renderer": {"unsafe": True},
            "parser": {"attribute": {"block": True, "title": True}},
        }},
    }  # fmt: skip
    (home / "hugo.yaml").write_text(yaml.safe_dump(told), encoding="utf-8")
    return home


def ways(folder: Path, pages: Path, hugo: str | None) -> dict[str, Callable[[], Run]]:
    """Return each way to build a site of these pages."""
    configs = write_configs(folder)

    def mkdocs(name: str, warm: bool = False) -> Run:
        site = folder / f"{name}-site"
        if not warm:
            past = Path(tempfile.mkdtemp(prefix="past-", dir=folder))
            for old in (site, folder / ".cache"):
                if old.exists():
                    old.rename(past / old.name)
        given = [str(configs[name]), str(folder), str(pages), str(site)]
        return run([sys.executable, "-c", _BUILD, *given])

    def changed() -> Run:
        page = next(
            path for path in sorted((pages / "people").glob("*.md")) if path.stem != "index"
        )
        before = page.read_bytes()
        page.write_bytes(before + b"\nA new line.\n")
        try:
            return mkdocs("fast", warm=True)
        finally:
            page.write_bytes(before)

    every: dict[str, Callable[[], Run]] = {
        "tuned": lambda: mkdocs("tuned"),
        "fast": lambda: mkdocs("fast"),
        "warm": changed,
        "Material": lambda: mkdocs("Material"),
    }
    if hugo:
        home = write_hugo(folder, pages)
        command = [hugo, "--source", str(home), "--quiet", "--destination"]
        every["Hugo"] = lambda: run([*command, tempfile.mkdtemp(prefix="hugo-site-", dir=folder)])
    return every


def least(runs: list[Run]) -> Run:
    return Run(min(r.cpu for r in runs), max(r.memory for r in runs))


def measure(size: int, repeat: int, hugo: str | None) -> dict[str, Run]:
    """Return what each way took at a size; small ones are run several times, in turn."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        # In a process of its own: a child's most memory is at least that of who started it.
        run([sys.executable, "-m", "tests.measure_fast", "--write", made, "--sizes", str(size)])
        every = ways(folder, folder / "pages", hugo)
        rounds = repeat if size < 5000 else 1
        runs = [{name: way() for name, way in every.items()} for _ in range(rounds)]
    return {name: least([one[name] for one in runs]) for name in every}


def print_size(size: int, took: dict[str, Run]) -> None:
    print(f"{size} pages")
    for name, one in took.items():
        print(f"  {name:10}{one.cpu:9.2f} s CPU{one.memory:9.0f} MB")
    tuned, fast = took["tuned"].cpu, took["fast"].cpu
    goal = 8 if size >= 10_000 else 5
    told = [
        ("tuned to fast, at least", tuned / fast, goal),
        ("warm to tuned, at most", took["warm"].cpu / tuned, 0.1),
    ]
    if "Hugo" in took:
        told.append(("fast to Hugo, at most", fast / took["Hugo"].cpu, 1.0))
    told.append(("memory in MB, at most", took["fast"].memory, 400))
    for name, value, bound in told:
        held = value >= bound if "least" in name else value <= bound
        print(f"  {name:28}{value:9.2f}  goal {bound:<6}{'' if held else '✗'}")
    print(flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--sizes", default="600,2500,10000")
    parser.add_argument("--hugo", default=shutil.which("hugo"), help="Hugo's own binary")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--write", type=Path, help="only write the pages, into this folder")
    options = parser.parse_args()
    if options.write:
        write_pages(options.write, int(options.sizes))
        return
    found: dict[int, Run] = {}
    for size in map(int, options.sizes.split(",")):
        took = measure(size, options.repeat, options.hugo)
        print_size(size, took)
        found[size] = took["fast"]
    if len(found) > 1:
        first, last = min(found), max(found)
        growth = math.log(found[last].cpu / found[first].cpu) / math.log(last / first)
        print(f"exponent from {first} to {last}: {growth:.2f}  goal 1.05")


if __name__ == "__main__":
    main()
