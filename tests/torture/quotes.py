"""Sabotage that `cardfile check` has to see: all of it, on the right lines, and nothing else.

One letter of random quotes is changed, links and anchors are broken, ids are altered, addresses
removed, each in the files as they lie on disk; the report must name exactly those lines.
"""

from __future__ import annotations

import random
import re
import shutil
import string
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from generator import pipeline
from generator.cards.card_files import card_texts
from generator.cards.schema import load_schema
from generator.checks.cards import check_cards
from generator.checks.faults import Fault, is_fault
from generator.checks.links import check_pages, make_targets
from generator.checks.world import make_world, read_card_files
from generator.cli.checking import check_base
from generator.model import Settings
from tests import projects
from tests.generated_site import generate
from tests.sample import REPO, sample_settings
from tests.torture import Figure

EACH = 20
SEED = 20
# Cards whose rules are timed, and the seconds that all of them may take.
CARDS, SECONDS = 10_000, 60
PAGES = 1_000

Place = tuple[str, int]  # a file and a line


@dataclass(frozen=True, slots=True)
class Sabotage:
    """One way to spoil a knowledge base: the files it may touch, and what it does to a line.

    `spoil` returns the line spoilt, or None if there is nothing on it to spoil. A line that is
    `gone` is missed where the one before it stands.
    """

    name: str
    rules: tuple[str, ...]
    files: Callable[[Settings], Iterable[Path]]
    spoil: Callable[[str, random.Random], str | None]
    gone: bool = False


def figures(folder: Path, full: bool) -> list[Figure]:
    """Return what the check finds of what was spoilt, and how long its rules take."""
    settings = own_base(folder) if full else small_base(folder)
    kept = folder / "sound"
    shutil.copytree(settings.root, kept)
    before, begun = sound(settings)
    found = [begun]
    for kinds in [[kind] for kind in SABOTAGES] + [list(SABOTAGES)] if full else [list(SABOTAGES)]:
        shutil.rmtree(settings.root)
        shutil.copytree(kept, settings.root)
        found += spoilt(settings, kinds, before)
    return [*found, *timed()] if full else found


# --- the knowledge bases


def small_base(folder: Path) -> Settings:
    """Return a small project with cards and pages."""
    config = projects.make_project(folder / "base", "harbour")
    projects.run(config)
    return projects.settings_of(config)


def own_base(folder: Path) -> Settings:
    """Return a copy of our own project, its articles read and its site built anew."""
    root = folder / "base"
    for name in ("articles", "curation", "notes"):
        shutil.copytree(REPO / "content" / name, root / "content" / name)
    shutil.copytree(REPO / "templates", root / "templates")
    config = Path(shutil.copy(REPO / "mkdocs.yml", root))
    settings = projects.settings_of(config)
    outcome = pipeline.generate(settings)
    pipeline.build_pages(settings, outcome)
    pipeline.build_site(config, settings)
    return settings


# --- sabotage


def change_quote(line: str, chance: random.Random) -> str | None:
    """Return a card's line with one letter of its quote changed."""
    match = re.search(r'quote: "((?:[^"\\]|\\.)*)"', line)
    letters = [n for n in range(*match.span(1)) if line[n].isalpha()] if match else []
    letters = [n for n in letters if line[n - 1] != "\\"]
    if not letters:
        return None
    at = chance.choice(letters)
    other = chance.choice([c for c in string.ascii_letters if c != line[at]])
    return line[:at] + other + line[at + 1 :]


_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)\s<>]+)\)|\bhref=\"(?!https?:|mailto:)([^\"]+)\"")


def break_link(line: str, chance: random.Random) -> str | None:
    """Return a page's line with one link that leads to another name, other letters or no place."""
    # The zip of the site is there only when it is published.
    matches = [m for m in _LINK.finditer(line) if ".zip" not in m.group()]
    if not matches:
        return None
    match = chance.choice(matches)
    start, end = match.span(1) if match[1] is not None else match.span(2)
    path, hash, anchor = line[start:end].partition("#")
    if hash and chance.random() < 0.6:
        broken = f"{path}#{chance.choice('xyz')}{anchor}"
    elif chance.random() < 0.5 and any(c.isalpha() for c in path):
        broken = f"{path.upper()}{hash}{anchor}"
    else:
        broken = f"{chance.choice('xyz')}{path or '.md'}{hash}{anchor}"
    return line[:start] + broken + line[end:]


def alter_id(line: str, chance: random.Random) -> str | None:
    """Return a card's line with another id in `of` or `related`."""
    match = re.match(r"(?:  of: |- \{id: )([a-z0-9-]+)", line)
    if match is None:
        return None
    at = chance.randrange(*match.span(1))
    return f"{line[:at]}q{line[at:]}"


def spoil_date(line: str, chance: random.Random) -> str | None:
    """Return a card's line with a month that no year has."""
    match = re.search(r'(?:^|\{)\s*(?:date|published|page_date): "\d{4}-(\d\d)', line)
    return (
        f"{line[: match.start(1)]}{chance.randrange(50, 99)}{line[match.end(1) :]}"
        if match
        else None
    )


def remove_line(line: str, chance: random.Random) -> str | None:
    """Return nothing in place of an address."""
    return "" if line.startswith("- ") else None


def card_paths(settings: Settings) -> Iterable[Path]:
    """Return the card files."""
    return Path(settings.cards).glob("*/*.yml")


SABOTAGES = (
    Sabotage("letters in quotes", ("quote",), card_paths, change_quote),
    Sabotage("ids in `of` and `related`", ("reference",), card_paths, alter_id),
    Sabotage("dates", ("date",), card_paths, spoil_date),
    Sabotage(
        "links and anchors of pages",
        ("link", "anchor"),
        lambda settings: Path(settings.pages).rglob("*.md"),
        break_link,
    ),
    Sabotage(
        "links and anchors of the site",
        ("link", "anchor"),
        lambda settings: Path(settings.site).rglob("*.html"),
        break_link,
    ),
    Sabotage(
        "addresses", ("address",), lambda settings: [Path(settings.addresses)], remove_line, True
    ),
)


def spoil(
    settings: Settings, kind: Sabotage, chance: random.Random, taken: set[Place]
) -> list[Place]:
    """Spoil some lines on disk and return where their faults have to be told."""
    root = Path(settings.root)
    paths = sorted(kind.files(settings))
    lines = {path: path.read_text(encoding="utf-8").split("\n") for path in paths}
    every = [
        (path, n)
        for path in paths
        for n, line in enumerate(lines[path])
        if (path.relative_to(root).as_posix(), n + 1) not in taken
        and kind.spoil(line, random.Random(0)) is not None
    ]
    chosen = sorted(chance.sample(every, min(EACH, len(every))))
    for path, n in chosen:
        lines[path][n] = kind.spoil(lines[path][n], chance) or ""
    for path in {path for path, _ in chosen}:
        gone = {n for other, n in chosen if other == path} if kind.gone else set()
        left = [line for n, line in enumerate(lines[path]) if n not in gone]
        path.write_text("\n".join(left), encoding="utf-8", newline="\n")
    if kind.gone:
        return [_before(root, path, n, [m for _, m in chosen]) for path, n in chosen]
    return [(path.relative_to(root).as_posix(), n + 1) for path, n in chosen]


def _before(root: Path, path: Path, line: int, gone: Sequence[int]) -> Place:
    """Return the line after which a removed one is missed, as lines are counted then."""
    return path.relative_to(root).as_posix(), line - sum(n < line for n in gone)


# --- figures


def sound(settings: Settings) -> tuple[tuple[Fault, ...], Figure]:
    """Return what is found before anything is spoilt, and how many faults these are."""
    checked = check_base(settings)
    faults = [fault for fault in checked.faults if is_fault(fault)]
    name = (
        f"faults of {checked.cards} cards, {checked.quotes} quotes, {checked.links} links as built"
    )
    told = "".join(f"; {fault}" for fault in faults[:3])
    return checked.faults, Figure(name, "0", f"{len(faults)}{told}", not faults)


def spoilt(settings: Settings, kinds: Sequence[Sabotage], before: Sequence[Fault]) -> list[Figure]:
    """Spoil a knowledge base in some ways; return what is found of each, and what else is new."""
    chance = random.Random(SEED)
    wanted: dict[str, Counter[Place]] = {}
    taken: set[Place] = set()
    for kind in kinds:
        places = spoil(settings, kind, chance, taken)
        taken |= set(places)
        if places:
            wanted[kind.name] = Counter(places)
    faults = check_base(settings).faults
    found = [fault for fault in faults if is_fault(fault) and fault not in before]
    how = " together" if len(kinds) > 1 else ""
    figures = []
    for kind in kinds:
        if kind.name in wanted:
            told = _told(found, kind, wanted[kind.name])
            done = sum(wanted[kind.name].values())
            figures.append(
                Figure(
                    f"{kind.name} spoilt{how}: told on their lines",
                    str(done),
                    str(told),
                    told == done,
                )
            )
    extra = len(found) - sum(sum(places.values()) for places in wanted.values())
    figures.append(Figure(f"told{how} besides", "0", str(extra), not extra))
    return figures


def _told(found: Iterable[Fault], kind: Sabotage, wanted: Counter[Place]) -> int:
    """Return how many of the spoilt places are told, each by the right rule."""
    told = Counter((fault.file, fault.line) for fault in found if fault.rule in kind.rules)
    return sum(min(count, told[place]) for place, count in wanted.items())


def timed() -> list[Figure]:
    """Return the seconds of CPU that the rules take, and how they grow with the cards."""
    small, large = (_rules_take(size) for size in (CARDS // 4, CARDS))
    growth = large / max(small, 0.001)
    knowledge, texts = generate(PAGES)
    # Templates only: nothing lies in that folder.
    settings = replace(sample_settings(REPO / "nowhere"))
    pages = pipeline.make_pages(settings, knowledge, texts.values(), (), {})
    began = time.process_time()
    count = check_pages(pages, make_targets(pages), "pages")
    links = time.process_time() - began
    return [
        Figure(f"rules for {CARDS} cards", f"< {SECONDS} s", f"{large:.1f} s", large < SECONDS),
        Figure("four times the cards", "<= 8 times", f"{growth:.1f} times", growth <= 8),
        Figure(
            f"{count.links} links of {len(pages)} pages",
            f"< {SECONDS * PAGES / CARDS:.0f} s",
            f"{links:.1f} s",
            links < SECONDS * PAGES / CARDS and not count.faults,
        ),
    ]


def _rules_take(size: int) -> float:
    knowledge, articles = generate(size)
    texts = card_texts(knowledge)
    files, _ = read_card_files(texts, "cards")
    began = time.process_time()
    check_cards(make_world(files, articles, load_schema()))
    return time.process_time() - began
