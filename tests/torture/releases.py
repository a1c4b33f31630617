"""Releases of a knowledge base that lives: articles and decisions come, change and go by chance.

After each release every address ever published is looked up among the pages. The ordeal keeps a
memory of its own: nothing that it checks by is read from the files that it checks.
"""

from __future__ import annotations

import random
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from generator import names, pipeline, yaml_files
from generator.changes import Release, read_releases
from generator.model import FOLDERS, Card, Evidence, Knowledge, Settings
from generator.pipeline import Outcome
from tests.newsroom import Newsroom
from tests.projects import contents, settings_of, times
from tests.torture import Figure

CONFIG = (
    "site_name: Releases\ndocs_dir: content/pages\ntheme: {{name: material, custom_dir: {theme}}}\n"
    "plugins:\n  - cardfile:\n      publish: full\n"
)
THEME = Path(__file__).parents[2] / "templates" / "theme"
COMMITTED = ("articles", "curation", "notes", "cards", "addresses.yml", "changes.yml")
RELEASES, SEEDS = 30, (1, 2, 3)
SHORT_RELEASES, SHORT_SEEDS = 5, (1,)


@dataclass(slots=True)
class Memory:
    """What the ordeal itself has seen published.

    `since` is the release of each id's first appearance, `called` every name it has borne and
    `last` kind and name when it was last there;
    `held` the number of the article behind each article's id, and the other way round.
    """

    addresses: set[str] = field(default_factory=set)
    since: dict[str, int] = field(default_factory=dict)
    called: dict[str, set[str]] = field(default_factory=dict)
    last: dict[str, tuple[str, str]] = field(default_factory=dict)
    held: dict[str, int] = field(default_factory=dict)
    id_of: dict[int, str] = field(default_factory=dict)
    before: Knowledge = field(default_factory=lambda: Knowledge((), ()))
    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


def figures(folder: Path, full: bool) -> list[Figure]:
    """Return what was measured over all releases of all seeds."""
    counts: Counter[str] = Counter()
    faults: list[str] = []
    for seed in SEEDS if full else SHORT_SEEDS:
        memory = run(folder / str(seed), seed, RELEASES if full else SHORT_RELEASES)
        counts += memory.counts
        faults += [f"seed {seed}, {fault}" for fault in memory.faults]
    if full:
        counts["warnings"] = build_site(folder / str(SEEDS[-1]))
    return [*_measured(counts, full), *_told(faults)]


def _measured(counts: Counter[str], full: bool) -> Iterator[Figure]:
    told = f"{counts['releases']} releases, {counts['addresses']} addresses ever published"
    yield Figure("simulated", "at least one", told, counts["releases"] > 0)
    ways = ("living", "redirects", "gone pages")
    yield Figure(
        "where they end", "all somewhere", ", ".join(f"{counts[w]} {w}" for w in ways), True
    )
    for name in NEVER:
        yield Figure(name, "0", str(counts[name]), not counts[name])
    for name, whole in (("merges that kept the older id", "merges"),
                        ("withdrawn claims that are listed", "claims that went")):  # fmt: skip
        held = counts[name] == counts[whole]
        yield Figure(name, f"all {counts[whole]}", str(counts[name]), held)
    known = f"{counts['with a reason']} of {counts['withdrawals']}"
    yield Figure("withdrawals that say why", "as far as can be known", known, True)
    if full:
        yield Figure(
            "warnings of MkDocs at the end", "0", str(counts["warnings"]), not counts["warnings"]
        )


NEVER = (
    "addresses lost",
    "redirects that loop or end nowhere",
    "gone pages that say nothing, or may be indexed",
    "ids given to another thing",
    "articles that changed their id",
    "things that came back without their id",
    "ids renamed by adding articles",
    "releases whose second run wrote anything",
    "releases that a fresh clone built otherwise",
    "statements that rest on a retracted article",
    "fatal problems",
)


def _told(faults: list[str]) -> Iterator[Figure]:
    """Yield the first faults in words, each a figure missed."""
    for fault in faults[:12]:
        yield Figure("fault", "none", fault, False)


# --- a life


def run(folder: Path, seed: int, releases: int) -> Memory:
    """Live through some releases below `folder` and return what was seen."""
    config = make_project(folder)
    settings, room, memory = settings_of(config), Newsroom(random.Random(seed)), Memory()
    for number in range(1, releases + 1):
        only_added = room.change(number, memory.before)
        room.write(folder / "content")
        outcome = build(settings)
        memory.counts["releases"] += 1
        memory.counts["fatal problems"] += sum(p.fatal for p in outcome.problems)
        look(memory, settings, outcome, room, number, only_added)
        build_again(memory, settings, number)
        build_clone(memory, folder, number)
        memory.before = outcome.knowledge
    memory.counts["addresses"] = len(memory.addresses)
    count_ends(memory, settings)
    return memory


def make_project(folder: Path) -> Path:
    """Make an empty project and return its mkdocs.yml."""
    (folder / "content").mkdir(parents=True)
    config = folder / "mkdocs.yml"
    config.write_text(CONFIG.format(theme=THEME), encoding="utf-8")
    return config


def build(settings: Settings) -> Outcome:
    """Make cards and pages."""
    outcome = pipeline.generate(settings)
    pipeline.build_pages(settings, outcome)
    return outcome


def build_again(memory: Memory, settings: Settings, number: int) -> None:
    """Build once more: nothing may be written."""
    content = Path(settings.cards).parent
    before = times(content)
    build(settings)
    after = times(content)
    if before != after:
        changed = sorted(n for n in before.keys() | after.keys() if before.get(n) != after.get(n))
        note(memory, "releases whose second run wrote anything", number, ", ".join(changed[:4]))


def build_clone(memory: Memory, folder: Path, number: int) -> None:
    """Build from what is committed alone: the result must be the same."""
    clone = folder.with_name(f"{folder.name}-clone")
    shutil.rmtree(clone, ignore_errors=True)
    config = make_project(clone)
    for name in COMMITTED:
        source, target = folder / "content" / name, clone / "content" / name
        if source.is_dir():
            shutil.copytree(source, target)
        elif source.is_file():
            shutil.copy(source, target)
    build(settings_of(config))
    ours, theirs = contents(folder / "content"), contents(clone / "content")
    if ours != theirs:
        other = sorted(n for n in ours.keys() | theirs.keys() if ours.get(n) != theirs.get(n))
        note(memory, "releases that a fresh clone built otherwise", number, ", ".join(other[:4]))


def build_site(folder: Path) -> int:
    """Build the site of the last release with MkDocs; return how much it warned of."""
    config = folder / "mkdocs.yml"
    return len(pipeline.build_site(config, settings_of(config)))


def note(memory: Memory, name: str, number: int, words: str) -> None:
    """Count a fault and keep it in words."""
    memory.counts[name] += 1
    memory.faults.append(f"release {number}: {name}: {words}")


# --- looking at a release


def look(
    memory: Memory, settings: Settings, outcome: Outcome, room: Newsroom, number: int,
    only_added: bool,
) -> None:  # fmt: skip
    """Compare a release with everything that was published before it."""
    now = outcome.knowledge
    look_at_articles(memory, now, room, number)
    look_at_cards(memory, now, number)
    look_at_merges(memory, now, number, only_added)
    look_at_addresses(memory, now, settings, number)
    look_at_statements(memory, now, number)
    releases, _ = read_releases(pipeline.changes_path(settings))
    look_at_withdrawals(memory, now, releases, number)


def look_at_articles(memory: Memory, now: Knowledge, room: Newsroom, number: int) -> None:
    """An id is one article's for good, and an article's id the same for good."""
    numbers = {draft.file: draft.number for draft in room.articles}
    for card in now.articles:
        held = numbers[card.file]
        if memory.held.setdefault(card.id, held) != held:
            note(memory, "ids given to another thing", number, f"article {card.id}")
        if memory.id_of.setdefault(held, card.id) != card.id:
            words = f"{memory.id_of[held]} is {card.id} now ({card.file})"
            note(memory, "articles that changed their id", number, words)


def look_at_cards(memory: Memory, now: Knowledge, number: int) -> None:
    """A card has a name that its id has had before; what comes back has the id it had."""
    used = {id for card in now.cards for id in (card.id, *card.former_ids)}
    used |= {card.id for card in memory.before.cards}
    free = {told: id for id, told in memory.last.items() if id not in used}
    for card in now.cards:
        bearing = {names.key(name) for name in (card.name, *card.aliases)}
        known = memory.called.setdefault(card.id, bearing)
        if not known & bearing or card.id in memory.held:
            note(memory, "ids given to another thing", number, f"{card.id}: {card.name}")
        if card.id not in memory.since and (had := free.get((card.type, names.key(card.name)))):
            words = f"{had} is {card.id} now"
            note(memory, "things that came back without their id", number, words)
        memory.called[card.id] = known | bearing
        memory.since.setdefault(card.id, number)
        memory.last[card.id] = (card.type, names.key(card.name))


def look_at_merges(memory: Memory, now: Knowledge, number: int, only_added: bool) -> None:
    """Of cards that became one the older id stays; where articles only came, nothing else."""
    living = {card.id for card in now.cards}
    heirs = {old: card for card in now.cards for old in card.former_ids}
    for card in memory.before.cards:
        if card.id in living:
            continue
        heir = heirs.get(card.id)
        if heir:
            memory.counts["merges"] += 1
            if memory.since[heir.id] <= memory.since[card.id]:
                memory.counts["merges that kept the older id"] += 1
            else:
                memory.faults.append(f"release {number}: {card.id} is older than {heir.id}")
        if only_added and (heir is None or memory.since[heir.id] == number):
            note(memory, "ids renamed by adding articles", number, card.id)


def look_at_addresses(memory: Memory, now: Knowledge, settings: Settings, number: int) -> None:
    """Every address ever published has a page, and every redirect ends at a card's."""
    living = {f"{FOLDERS[card.type]}/{card.id}" for card in now.cards}
    living |= {f"articles/{card.id}" for card in now.articles}
    memory.addresses |= living
    listed = set(yaml_files.load(Path(settings.addresses).read_text(encoding="utf-8")))
    for address in sorted(memory.addresses):
        page = Path(settings.pages) / f"{address}.md"
        if f"{address}.html" not in listed or not page.is_file():
            note(memory, "addresses lost", number, address)
        elif address not in living:
            look_at_page(memory, page.read_text(encoding="utf-8"), address, living, number)


def look_at_page(memory: Memory, text: str, address: str, living: set[str], number: int) -> None:
    """A page that is no card's leads to one, or says what became of it."""
    front, _, body = text.removeprefix("---\n").partition("\n---\n")
    values = yaml_files.load(front)
    target = values.get("moved_to", "").removeprefix("../").removesuffix(".html")
    if target and target not in living:
        note(memory, "redirects that loop or end nowhere", number, f"{address} to {target}")
    hidden = values.get("robots") == "noindex" and values["search"] == {"exclude": "true"}
    said = re.search(r"(?m)^# \S.*\n\n\S", body.strip() + "\n") is not None
    told = target or (said and "No longer here.**" in body and "index.md" in body)
    if not (told and hidden):
        name = "gone pages that say nothing, or may be indexed"
        note(memory, name, number, f"{address}: {' '.join(body.split())[:80]}")


def look_at_statements(memory: Memory, now: Knowledge, number: int) -> None:
    """Nothing that a card states rests on an article that was retracted."""
    retracted = {card.id for card in now.articles if card.retracted}
    for card in now.cards:
        for article in sorted(resting_on(card) & retracted):
            words = f"{card.id} on {article}"
            note(memory, "statements that rest on a retracted article", number, words)


def resting_on(card: Card) -> set[str]:
    """Return the articles that a card's statements are quoted from."""
    quoted: list[Evidence] = [e for claim in card.claims for e in claim.evidence]
    quoted += [e for conflict in card.conflicts for e in conflict.evidence]
    quoted += [card.summary] if card.summary else []
    return {e.article for e in quoted} | {entry.article for entry in card.timeline}


def look_at_withdrawals(
    memory: Memory, now: Knowledge, releases: tuple[Release, ...], number: int
) -> None:
    """Every claim that a card has lost stands in the record of changes."""
    after = {card.id: card for card in now.cards}
    ids = set(after)
    told = (
        [c for c in releases[-1].changes if c.kind in ("withdrawn", "altered")] if releases else []
    )
    listed = Counter((c.card, c.property) for c in told)
    for card in memory.before.cards:
        there = after.get(card.id)
        kept = {(c.property, c.value, c.of, c.date) for c in there.claims} if there else set()
        for claim in card.claims:
            same_other_end = claim.of is None or claim.of in ids
            if (
                there
                and same_other_end
                and (claim.property, claim.value, claim.of, claim.date) not in kept
            ):
                memory.counts["claims that went"] += 1
                if listed[card.id, claim.property]:
                    listed[card.id, claim.property] -= 1
                    memory.counts["withdrawn claims that are listed"] += 1
                else:
                    memory.faults.append(f"release {number}: {card.id} lost {claim} untold")
    if len(releases) > memory.counts["told"]:
        memory.counts["told"] = len(releases)
        gone = [c for c in told if c.kind == "withdrawn"]
        memory.counts["withdrawals"] += len(gone)
        memory.counts["with a reason"] += sum(bool(c.reason) for c in gone)


def count_ends(memory: Memory, settings: Settings) -> None:
    """Count where the addresses lead after the last release."""
    for address in memory.addresses:
        text = (Path(settings.pages) / f"{address}.md").read_text(encoding="utf-8")
        kind = "redirects" if "\nmoved_to:" in text else "living"
        memory.counts["gone pages" if "No longer here.**" in text else kind] += 1
