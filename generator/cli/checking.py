"""The command `cardfile check`: everything on disk looked at, every fault told at once."""

from __future__ import annotations

import sys
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import jinja2

from generator import pipeline
from generator.addresses import addresses_text
from generator.cards.by_hand import find_changed
from generator.cards.card_files import card_texts, card_uri
from generator.cards.schema import load_schema
from generator.checks.addresses import check_addresses
from generator.checks.cards import check_cards, count_quotes
from generator.checks.decisions import check_decisions
from generator.checks.faults import Fault, Severity, is_fault
from generator.checks.html_links import check_site, same_pages
from generator.checks.links import check_notes, check_pages, make_targets
from generator.checks.reports import FORMATS
from generator.checks.steps import cards_out_of_step, pages_out_of_step
from generator.checks.world import AnyCard, CardFile, World, make_world, read_card_files
from generator.editions import make_edition, problems
from generator.model import ArticleCard, Card, Knowledge, Problem, Settings
from generator.pages.all_pages import PAGE_SUFFIXES
from generator.pages.unlinked import unlink_notes
from generator.pipeline import Outcome
from generator.tasks import Mapped, here


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and how much was looked at."""

    faults: tuple[Fault, ...]
    cards: int
    quotes: int
    pages: int
    links: int


def tell(checked: Checked, format: str) -> int:
    """Print what is wrong with the knowledge base; status 1 if anything is."""
    sys.stdout.write(FORMATS[format](checked.faults))
    found = sum(map(is_fault, checked.faults))
    if format == "text":
        sys.stdout.write(f"{summary(checked, found)}\n")
    return 1 if found else 0


def summary(checked: Checked, found: int) -> str:
    """Return how much was looked at, and how many faults there are."""
    looked = (
        f"{checked.cards:,} cards, {checked.quotes:,} quotes, {checked.pages:,} pages and data "
        f"files, {checked.links:,} links"
    )
    return f"{looked}: {f'{found:,}' if found else 'no'} fault{'' if found in (0, 1) else 's'}"


def check_base(
    settings: Settings, report: pipeline.Report = pipeline.quiet, mapped: Mapped = here
) -> Checked:
    """Return everything that is wrong with a knowledge base as it is on disk."""
    place = Places(settings)
    folder = place(settings.cards)
    texts, unreadable = _read_folder(Path(settings.cards), "*/*.yml", place)
    files, broken = read_card_files(texts, folder)
    outcome = pipeline.make_knowledge(settings, report, mapped)
    report("check cards", 0, len(files))
    articles = {article.id: article for article in outcome.articles}
    world = make_world(files, articles, load_schema())
    faults = [*unreadable, *broken, *check_cards(world)]
    told = {fault.file for fault in faults if fault.severity == "error"}
    by_hand = _by_hand(settings, outcome, place, told)
    told |= {fault.file for fault in by_hand}
    faults += [*by_hand, *_problems(settings, outcome, place)]
    if articles:
        faults += cards_out_of_step(card_texts(outcome.knowledge), texts, folder, told)
    faults += _left_unchecked(world, place(settings.articles))
    knowledge = _mended(files, told, outcome, folder)
    report("check cards", len(files), len(files))
    found, pages, links = _check_pages(settings, files, knowledge, outcome, place, report)
    report("check pages", pages, pages)
    ordered = tuple(sorted({*faults, *found}))
    return Checked(ordered, len(files), count_quotes(world)[0], pages, links)


# --- what is on disk, and what it would be if it were made now


class Places:
    """What people call a file: relative to the project's folder, if it lies below."""

    def __init__(self, settings: Settings) -> None:
        self.root = Path(settings.root)
        self.folders = {
            Path(folder).name: Path(folder)
            for folder in (settings.articles, settings.cards, settings.notes, settings.curation)
        }
        self.beside = Path(settings.addresses).parent
        self.articles = Path(settings.articles)

    def __call__(self, path: str | Path) -> str:
        path = Path(path)
        return (path.relative_to(self.root) if path.is_relative_to(self.root) else path).as_posix()

    def of_problem(self, file: str) -> str:
        """Return the whole name of the file a Problem is about: 'curation/a.yml', 'a.txt'."""
        folder, _, name = file.partition("/")
        candidates = [self.articles / file, self.beside / file]
        if name and folder in self.folders:
            candidates.insert(0, self.folders[folder] / name)
        return self(next((path for path in candidates if path.exists()), Path(file)))


def _read_folder(
    folder: Path, pattern: str, place: Callable[[Path], str], suffixes: tuple[str, ...] = ("",)
) -> tuple[dict[str, str], list[Fault]]:
    """Return the text of every file by its name below a folder, and what can't be read."""
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for path in sorted(folder.glob(pattern)) if folder.is_dir() else ():
        ours = path.name.endswith(suffixes) and not path.name.startswith(".")
        if not ours or not path.is_file():
            continue
        try:
            texts[path.relative_to(folder).as_posix()] = path.read_bytes().decode("utf-8")
        except (OSError, UnicodeDecodeError) as fault:
            todo = "restore the file, or delete it: the next build writes it anew"
            faults.append(Fault(place(path), 0, "card", f"can't be read as UTF-8 ({fault})", todo))
    return texts, faults


def _by_hand(settings: Settings, outcome: Outcome, place: Places, told: set[str]) -> list[Fault]:
    """Return the cards that a person changed, those aside that have other faults."""
    if not outcome.articles:
        return []
    wanted = card_texts(outcome.knowledge)
    found = find_changed(Path(settings.cards), wanted, outcome.knowledge).problems
    faults = [replace(_fault(settings, problem, place), rule="by-hand") for problem in found]
    return [fault for fault in faults if fault.file not in told]


def _mended(
    files: Iterable[CardFile], changed: set[str], outcome: Outcome, folder: str
) -> Knowledge | None:
    """Return the cards with new ones for those at fault, None if there are no new ones.

    So a fault of a card is told once, and not again for every page that shows it; and of a
    card changed by hand, the pages show what the program finds.
    """
    if changed and not outcome.articles:
        return None
    made: tuple[AnyCard, ...] = (*outcome.knowledge.cards, *outcome.knowledge.articles)
    anew = {f"{folder}/{card_uri(card)}": card for card in made}
    sound = {file.file: file.card for file in files if file.file not in changed}
    sound |= {file: anew[file] for file in changed if file in anew}
    ordered = sorted(sound.values(), key=lambda card: card.id)
    return Knowledge(
        tuple(card for card in ordered if isinstance(card, Card)),
        tuple(card for card in ordered if isinstance(card, ArticleCard)),
    )


def _pages_anew(
    settings: Settings,
    edition: Knowledge | None,
    outcome: Outcome,
    notes: Mapping[str, str],
    report: pipeline.Report,
) -> tuple[dict[str, str] | None, list[Fault]]:
    """Return the pages that the cards make, None if they can't be made, and why not."""
    if edition is None:
        return None, []
    try:
        articles, decisions = outcome.articles, outcome.decisions
        return pipeline.make_pages(settings, edition, articles, decisions, notes, report), []
    except jinja2.TemplateError as fault:
        return None, [_template_fault(Places(settings)(settings.templates), fault)]


def _template_fault(folder: str, fault: jinja2.TemplateError) -> Fault:
    name, line = getattr(fault, "name", None), getattr(fault, "lineno", 0)
    file = f"{folder}/pages/{name}" if name else folder
    what = f"the template can't be used ({fault.message})"
    return Fault(file, line or 0, "template", what, "correct the template")


# --- one function for each thing looked at


def _problems(settings: Settings, outcome: Outcome, place: Places) -> Iterator[Fault]:
    """Yield what is wrong with the files of articles and editors, as a build would say."""
    found = [_fault(settings, problem, place) for problem in outcome.problems]
    if not outcome.articles:
        # Without articles no decision fits anything.
        found = [fault for fault in found if fault.rule != "curation" or fault.severity == "error"]
    # Of the addresses, each is told with its line, below.
    beside = place(settings.addresses)
    yield from (f for f in found if f.file != beside or f.severity == "error")
    lines = {(fault.file, fault.line) for fault in found}
    for fault in check_decisions(outcome.decisions):
        fault = replace(fault, file=place.of_problem(fault.file))
        if (fault.file, fault.line) not in lines:
            yield fault


def _fault(settings: Settings, problem: Problem, place: Places) -> Fault:
    file = place.of_problem(problem.file)
    rules = {
        place(settings.curation): "curation",
        place(settings.articles): "article",
        place(settings.cards): "card",
    }
    rule = next((rule for folder, rule in rules.items() if file.startswith(f"{folder}/")), "file")
    severity: Severity = "error" if problem.fatal else "warning"
    return Fault(file, problem.line, rule, problem.what, problem.todo, severity)


def _left_unchecked(world: World, folder: str) -> Iterator[Fault]:
    """Yield a note for what can't be told without the articles."""
    _, missing, articles = count_quotes(world)
    if missing:
        what = f"{missing:,} quotes of {articles:,} articles were taken on trust"
        yield Fault(folder, 0, "quote", what, "put the articles there to have them checked", "note")
    if world.files and not world.texts:
        what = "without articles nobody knows whether cards and curation are up to date"
        yield Fault(folder, 0, "card-step", what, "put the articles there", "note")


def _addresses(
    settings: Settings,
    knowledge: Knowledge | None,
    outcome: Outcome,
    pages: Container[str] | None,
    place: Places,
) -> Iterator[Fault]:
    path = Path(settings.addresses)
    text = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    history = pipeline.read_history(settings, outcome.before)
    wanted = addresses_text((), knowledge or outcome.before, history)
    yield from check_addresses(text, place(path), wanted, pages)


def _check_pages(
    settings: Settings,
    files: Iterable[CardFile],
    knowledge: Knowledge | None,
    outcome: Outcome,
    place: Places,
    report: pipeline.Report,
) -> tuple[list[Fault], int, int]:
    """Return the faults of all that the cards make, and how many pages and links there are."""
    folder = place(settings.pages)
    notes, unread = pipeline.read_notes(settings)
    edition = make_edition(knowledge, settings.publish_only) if knowledge else None
    absent = pipeline.find_absent(settings, edition) if edition else frozenset()
    wanted, faults = _pages_anew(settings, edition, outcome, notes, report)
    report("check pages", 0, 0)
    faults += [_fault(settings, problem, place) for problem in edition and problems(edition) or ()]
    faults += [replace(_fault(settings, problem, place), rule="note") for problem in unread]
    known = None if wanted is None else {*wanted, *absent}
    faults += _addresses(settings, knowledge, outcome, known, place)
    found, unreadable = _read_folder(Path(settings.pages), "**/*", place, PAGE_SUFFIXES)
    faults += unreadable
    # A missing page is told once, below, and not for every link that leads to it.
    there = {**(wanted or {}), **found}
    targets = make_targets(there, _names(Path(settings.templates) / "theme"))
    pages_of = {file.card.id: f"{file.uri.removesuffix('.yml')}.md" for file in files}
    plain = unlink_notes(notes, knowledge.cards if knowledge else (), absent)
    # What stands on a page that is left out is looked at when it is published.
    shown = (id for id in plain if pages_of.get(id) not in absent)
    named = {id: (place(Path(settings.notes) / f"{id}.md"), plain[id]) for id in shown}
    stray, dead = check_notes(named, pages_of, targets if there else None)
    count = check_pages(found, targets, folder, dead)
    faults += [*stray, *count.faults]
    faults += _steps(found, wanted, folder, {fault.file for fault in faults})
    site_faults, site_links = _site(settings, found, place)
    return [*faults, *site_faults], len(found), count.links + site_links


def _steps(
    found: Mapping[str, str], wanted: Mapping[str, str] | None, folder: str, told: set[str]
) -> Iterator[Fault]:
    """Yield the pages that are out of step with the cards, or a note why that isn't known."""
    if found and wanted is not None:
        yield from pages_out_of_step(wanted, found, folder, told)
    elif found:
        what = "pages were not compared with the cards: as these are, they make none"
        yield Fault(folder, 0, "page-step", what, "mend the other faults first", "note")
    elif wanted:
        yield Fault(folder, 0, "page-step", "no pages are made yet", "run `cardfile pages`", "note")


def _site(settings: Settings, pages: Mapping[str, str], place: Places) -> tuple[list[Fault], int]:
    """Return the faults of the site, as far as it is built, and how many links it has."""
    site, folder = Path(settings.site), place(settings.site)
    names = _names(site)
    found = sorted(name for name in names if name.endswith(".html"))
    if not found:
        return [], 0
    base = f"{urlsplit(settings.site_url).path.rstrip('/')}/"
    texts = ((name, (site / name).read_bytes()) for name in found)
    count = check_site(texts, names, folder, base)
    return [*count.faults, *same_pages(pages, names, folder)], count.links


def _names(folder: Path) -> frozenset[str]:
    """Return the names of all files below a folder, in the letters they are written in."""
    paths = folder.rglob("*") if folder.is_dir() else ()
    return frozenset(path.relative_to(folder).as_posix() for path in paths if path.is_file())
