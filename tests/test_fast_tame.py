"""HTML that is spared the cleaner: only what the cleaner would leave as it is."""

from __future__ import annotations

import os
import random
import re
from contextlib import suppress
from pathlib import Path

import pytest

from generator.site.fast_front import read_page
from generator.site.fast_inline import Unfamiliar
from generator.site.fast_markdown import render_markdown
from generator.site.fast_tame import (
    are_tame_attributes,
    are_tame_lines,
    is_tame_picture,
    written_tame,
)
from generator.site.policy import clean_content
from generator.site.squeeze import squeeze_html
from tests.hostile import payloads
from tests.sample_site import sample_pages

CASES = Path(__file__).parent / "cases"
HOSTILE = (CASES / "pages" / "hostile.txt").read_text(encoding="utf-8").splitlines()
TIMES = 40 * int(os.environ.get("CASES", "250"))
NAMES = ["class", "id", "lang", "title", "role", "aria-label", "onclick", "style", "href", "Class"]
VALUES = [
    "a", "a b", "", "A&#39;s", "A&#x27;s", "a&b", "a&amp;b", "a&#34;b", "&lt;", "a>b", "\xa0",
    "\x07", "한", "|", "[a]",
]  # fmt: skip


def pieces(name: str) -> list[str]:
    """Return the pieces of a file of cases."""
    lines = (CASES / "site" / name).read_text(encoding="utf-8").splitlines()[1:]
    return [line.encode("latin-1").decode("unicode-escape") for line in lines]


def piled(chance: random.Random, some: list[str], most: int) -> str:
    """Return pieces one after the other; most elements end in their order."""
    parts: list[str] = []
    ends: list[str] = []
    for _ in range(chance.randrange(1, most)):
        if ends and chance.random() < 0.4:
            parts.append(ends.pop())
        parts.append(chance.choice(some))
        if (tag := re.match(r"<(\w+)[^<>/]*>", parts[-1])) and chance.random() < 0.9:
            ends.append(f"</{tag[1]}>")
    return "".join([*parts, *reversed(ends)])


def cleaned(html: str) -> str:
    return squeeze_html(clean_content(html)).strip()


def test_tame_lines_are_what_the_cleaner_leaves() -> None:
    chance, tame = random.Random(7), 0
    some = pieces("tame_lines.txt")
    for _ in range(TIMES):
        # Most by chance from a few that are often tame: rare ones alone would seldom be.
        line = piled(chance, chance.sample(some, 6), 8)
        if are_tame_lines(line):
            tame += 1
            html = "\n".join(f"<p>{part}</p>" for part in line.split("\n"))
            assert written_tame(html) == cleaned(html), line
    assert tame > TIMES / 50


def test_tame_pictures_are_what_the_cleaner_leaves() -> None:
    chance, tame = random.Random(8), 0
    some = pieces("tame_pictures.txt")
    for _ in range(TIMES):
        inner = f"{some[0]}{piled(chance, chance.sample(some, 6), 8)}</svg>"
        if is_tame_picture(inner):
            tame += 1
            html = f"<figure>{inner}</figure>"
            assert written_tame(html) == cleaned(html), inner
    assert tame > TIMES / 50


def test_tame_attributes_are_what_the_cleaner_leaves() -> None:
    chance, tame = random.Random(9), 0
    for _ in range(TIMES // 5):
        names = [chance.choice(NAMES) for _ in range(chance.randrange(1, 3))]
        pairs = tuple((name, chance.choice(VALUES)) for name in names)
        if are_tame_attributes(pairs):
            tame += 1
            told = "".join(f' {name}="{value}"' for name, value in pairs)
            html = f"<section{told}>\n<p>a</p>\n</section>"
            assert written_tame(html) == cleaned(html), pairs
    assert tame > TIMES / 50


@pytest.mark.parametrize(
    "html",
    [
        "<script>a</script>", '<span onclick="a">b</span>', '<a href="javascript:a">b</a>',
        '<a href="//host">a</a>', '<a href="b"><a href="c">d</a></a>', "<b>a", "a</span>",
        "<strong>a<q>b</strong></q>", '<span class="a" class="b">c</span>', "<q>a\nb</q>",
        "<q>a | b</q>", "&#0;", "&#128;", "&nbsp", '<a href="https://a.example">b</a>', "<p>",
    ],
)  # fmt: skip
def test_what_is_not_tame_goes_through_the_cleaner(html: str) -> None:
    assert not are_tame_lines(html)
    assert not is_tame_picture(f'<svg class="a" viewBox="b">{html}</svg>') or "<" not in html


def test_what_attacks_pages_is_tame_only_where_the_cleaner_leaves_it() -> None:
    for text in [*HOSTILE, *(payload.text for payload in payloads())]:
        for line in filter(are_tame_lines, text.split("\n")):
            html = f"<p>{line}</p>"
            assert written_tame(html) == cleaned(html), line


def test_most_pages_of_the_sample_are_tame(tmp_path: Path) -> None:
    tame = []
    for uri, page in sorted(sample_pages(tmp_path).items()):
        if uri.endswith(".md"):
            with suppress(Unfamiliar):
                text = read_page(page)[1].rstrip("\n")
                tame.append(render_markdown(text, lambda address: address).tame)
    assert sum(tame) >= 0.9 * len(tame) > 0
