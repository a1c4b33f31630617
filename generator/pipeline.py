"""The whole line, in order: each stage's name, what goes in, what comes out.

    read ──Article──> extract ──Extraction──> resolve ──Entity──> cards ──Card──> pages ──> MkDocs

Only this file knows every stage, and only its two ends touch the disk.
"""

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Any

from generator import addresses, changes, curation, editions, names
from generator.annotations import annotate
from generator.cards import card_files
from generator.cards.assemble import make_cards
from generator.cards.card_index import index_of
from generator.cards.changed_files import find_pending, write_pending
from generator.cards.coordinates import with_coordinates
from generator.cards.curated import curate_cards, withheld_claims
from generator.cards.schema import Schema, load_schema
from generator.explain import explain_article, explain_entity
from generator.exports import count, export_files, make_dataset
from generator.extract.crowds import without_crowds
from generator.files import sync_folder
from generator.history import History, make_history
from generator.model import (
    Article,
    Claim,
    Decision,
    Entity,
    Extraction,
    Knowledge,
    Problem,
    Publish,
    Settings,
)
from generator.pages.all_pages import PAGE_SUFFIXES, render_pages
from generator.pages.data import data_pages, shown_data
from generator.pages.labels import Labels, PropertyLabel, TypeLabel
from generator.pages.redirects import absent_pages, render_redirects
from generator.pages.unlinked import unlink_notes
from generator.read import read_folder
from generator.read.decided import set_articles
from generator.read.folders import read_texts
from generator.resolve import find_things, make_entities, published, settle_ids
from generator.tasks import Counted, Mapped, here, uncounted
from generator.telling import alone_of, tell_all, wordings_of
from generator.transactions import building, unfinished

Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What generation made, and what was wrong on the way."""

    knowledge: Knowledge
    articles: tuple[Article, ...]
    extractions: tuple[Extraction, ...]
    entities: tuple[Entity, ...]
    decisions: tuple[Decision, ...]
    problems: tuple[Problem, ...]
    before: Knowledge = Knowledge((), ())  # the cards of the last build
    changed: tuple[str, ...] = ()  # card files written or removed
    kinds: Mapping[str, frozenset[str]] | None = None  # of page that each id ever had


def quiet(stage: str, done: int, total: int) -> None:
    """Report nothing."""


def generate(settings: Settings, report: Report = quiet, mapped: Mapped = here) -> Outcome:
    """Make the cards from the articles and write them, unless something is fatally wrong.

    `mapped` runs what is done to each article alone.
    """
    with building(Path(settings.cards)):
        outcome = make_knowledge(settings, report, mapped)
        if any(problem.fatal for problem in outcome.problems):
            return outcome
        # Of a card that is as it was, one is enough: of a large folder most are.
        same = index_of(Path(settings.cards)).shared(outcome.knowledge)
        outcome = replace(outcome, knowledge=same)
        cards = len(outcome.knowledge.cards) + len(outcome.knowledge.articles)
        report("write", 0, cards)
        changed, by_hand = write_cards(settings, outcome, partial(report, "write"))
        report("write", cards, cards)
        problems = tuple(sorted({*outcome.problems, *by_hand}))
        return replace(outcome, changed=changed, problems=problems)


def write_cards(
    settings: Settings, outcome: Outcome, report: Counted = uncounted
) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """Write cards, addresses and changes, all or none; return the card files that changed.

    Files that a person changed are left as they are, and told. `report` is told how many cards
    have been looked at.
    """
    pending = find_pending(Path(settings.cards), outcome.knowledge)
    beside = record_changes(settings, outcome)
    known, _ = addresses.read_addresses(Path(settings.addresses))
    kinds = outcome.kinds
    history = History(kinds) if kinds is not None else read_history(settings, outcome.before)
    text = addresses.addresses_text(known, outcome.knowledge, history)
    beside[f"../{Path(settings.addresses).name}"] = text
    return write_pending(pending, beside, report), pending.by_hand.problems


def record_changes(settings: Settings, outcome: Outcome) -> dict[str, str]:
    """Return the record of what builds changed in the cards, if this one changes anything."""
    path = changes_path(settings)
    releases, _ = changes.read_releases(path)
    texts = {article.id: article.text for article in outcome.articles}
    found = changes.compare(outcome.before, outcome.knowledge, outcome.decisions, texts)
    longer = changes.add_release(releases, found, outcome.knowledge)
    return {f"../{path.name}": changes.releases_text(longer)} if longer != releases else {}


def changes_path(settings: Settings) -> Path:
    """Return the file that records what each build changed."""
    return Path(settings.addresses).with_name("changes.yml")


def make_knowledge(settings: Settings, report: Report = quiet, mapped: Mapped = here) -> Outcome:
    """Make the cards from the articles; nothing is written."""
    schema = load_schema()
    before, _ = card_files.read_cards(Path(settings.cards), mapped)
    _, faults = addresses.read_addresses(Path(settings.addresses))
    _, unreadable = changes.read_releases(changes_path(settings))
    decisions, wrong = read_decisions(settings)
    history = read_history(settings, before)
    articles, unread = read_articles(settings, before, report, mapped, history)
    articles, unset = set_articles(articles, decisions)
    report("extract", 0, len(articles))
    told, untold = tell_all(articles, mapped)
    report("extract", len(told), len(told))
    articles, extractions = tuple(one[0] for one in told), tuple(one[1] for one in told)
    articles, extractions, crowded = without_crowds(articles, extractions, settings.limits)
    articles, extractions = addresses.apart_from_names(articles, extractions, history)
    taken = {*history.types, *(article.id for article in articles)}
    known = published(before.cards, history)
    report("resolve", 0, 0)
    alone, wordings = alone_of(told, articles), wordings_of(told, articles)
    del told  # of a large folder it is most of the memory
    things = find_things(alone, extractions, decisions, known, mapped)
    del alone
    entities, unfit = make_entities(things, extractions, decisions, known, taken)
    del things
    entities = settle_ids(entities, extractions, known, taken)
    report("resolve", len(entities), len(entities))
    report("cards", 0, len(entities))
    publish = {article.id: _publish(article, settings) for article in articles}
    knowledge = make_cards(
        articles, extractions, entities, schema, publish, wordings, partial(report, "cards")
    )
    knowledge = with_coordinates(knowledge)
    knowledge, unused = curate_cards(knowledge, decisions, schema)
    report("cards", len(knowledge.cards), len(knowledge.cards))
    problems = (*schema.problems, *faults, *unreadable, *wrong, *unread, *unset, *unfit, *unused)
    problems = (*problems, *crowded, *untold)
    found = tuple(sorted({*problems, *unfinished(Path(settings.cards))}))
    values = knowledge, articles, extractions, entities, decisions, found, before
    return Outcome(*values, kinds=history.types)


def read_knowledge(settings: Settings, report: Report = quiet, mapped: Mapped = here) -> Outcome:
    """Return what the cards on disk say, and the articles that are shown beside them."""
    knowledge, unreadable = card_files.read_cards(Path(settings.cards), mapped)
    decisions, wrong = read_decisions(settings)
    articles, unread = read_articles(settings, knowledge, report, mapped)
    articles, _ = set_articles(articles, decisions)
    found = tuple(sorted({*unreadable, *wrong, *unread}))
    return Outcome(knowledge, articles, (), (), decisions, found, knowledge)


def build_pages(
    settings: Settings,
    outcome: Outcome | None = None,
    report: Report = quiet,
    mapped: Mapped = here,
) -> tuple[Problem, ...]:
    """Make the pages from the cards (on disk, if no outcome is given) and write them."""
    with building(Path(settings.cards)):
        found = outcome or read_knowledge(settings, report, mapped)
        told = () if outcome else found.problems
        return tuple(sorted({*told, *_write_pages(settings, found, report)}))


def _write_pages(settings: Settings, outcome: Outcome, report: Report) -> tuple[Problem, ...]:
    notes, unread = read_notes(settings)
    edition = editions.make_edition(outcome.knowledge, settings.publish_only)
    if nothing := editions.problems(edition):
        return nothing
    pages = make_pages(settings, edition, outcome.articles, outcome.decisions, notes, report)
    report("write pages", 0, len(pages))
    sync_folder(Path(settings.pages), pages, suffixes=PAGE_SUFFIXES)
    report("write pages", len(pages), len(pages))
    return (*unread, *_stray_notes(notes, outcome.knowledge))


def make_pages(
    settings: Settings,
    edition: Knowledge,
    articles: Iterable[Article],
    decisions: Sequence[Decision],
    notes: Mapping[str, str],
    report: Report = quiet,
) -> dict[str, str]:
    """Make the pages and data files of what is published, by name; nothing is written."""
    published = {card.id for card in edition.articles}
    texts = {article.id: article for article in articles if article.id in published}
    known, _ = addresses.read_addresses(Path(settings.addresses))
    labels = make_labels(load_schema())
    releases, _ = changes.read_releases(changes_path(settings))
    notes = unlink_notes(notes, edition.cards, absent_pages(edition, known, releases))
    shown = editions.shown_releases(releases, edition)
    pages = render_pages(edition, texts, notes, decisions, settings, labels, shown, report)
    pages |= render_redirects(edition, known, settings, releases, labels)
    report("exports", 0, 0)
    exports = export_pages(edition, decisions, settings, labels)
    report("exports", len(exports), len(exports))
    return pages | exports


def find_absent(settings: Settings, edition: Knowledge) -> frozenset[str]:
    """Return the pages at known addresses that an edition lacks because it is a selection."""
    known, _ = addresses.read_addresses(Path(settings.addresses))
    releases, _ = changes.read_releases(changes_path(settings))
    return absent_pages(edition, known, releases)


def export_pages(
    knowledge: Knowledge, decisions: Sequence[Decision], settings: Settings, labels: Labels
) -> dict[str, str]:
    """Return the data files for other programs, and the page about them."""
    claims, called = shown_data(knowledge, labels, decisions)
    dataset = make_dataset(knowledge, claims, called, settings.site_url)
    files = export_files(dataset)
    counts = asdict(count(dataset))
    return files | data_pages(files, counts, settings, editions.count(knowledge))


def build_site(
    config: Path, settings: Settings, strict: bool = False, report: Report = quiet
) -> tuple[Problem, ...]:
    """Build the site from the pages with MkDocs."""
    from generator.site.build import build

    with building(Path(settings.cards)):
        return build(config, settings, strict, report)


def withheld(outcome: Outcome) -> tuple[str, ...]:
    """Return a line for each sensitive claim that waits for an editor, and how to accept it."""
    waiting = withheld_claims(outcome.knowledge, outcome.decisions, load_schema())
    return tuple(
        f"withheld until accepted: {card.name}: {claim.property}: "
        f"- accept: {{who: {card.id}, property: {claim.property}{_told(claim)}}}"
        for card, claim in waiting
    )


def _told(claim: Claim) -> str:
    value = f", value: {json.dumps(claim.value, ensure_ascii=False)}" if claim.value else ""
    return value + (f", of: {claim.of}" if claim.of else "")


# --- what is on disk


def read_articles(
    settings: Settings,
    before: Knowledge | None = None,
    report: Report = quiet,
    mapped: Mapped = here,
    history: History | None = None,
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return the articles, with the ids their files have had, and what can't be read.

    `before` are the cards of the last build, `history` all that was; read here if not given.
    """
    if before is None:
        before, _ = card_files.read_cards(Path(settings.cards))
    taken = {card.file: card.id for card in before.articles}
    history = history or read_history(settings, before)
    folder = Path(settings.articles)
    if not folder.exists():
        return (), ()
    return read_folder(
        folder, limits=settings.limits, taken=taken, known=history.articles,
        used=addresses.used_ids(history), mapped=mapped,
    )  # fmt: skip


def read_history(settings: Settings, before: Knowledge) -> History:
    """Return what the committed files tell of everything that was ever published."""
    known, _ = addresses.read_addresses(Path(settings.addresses))
    releases, _ = changes.read_releases(changes_path(settings))
    return make_history(known, releases, before)


def read_decisions(settings: Settings) -> tuple[tuple[Decision, ...], tuple[Problem, ...]]:
    """Return the editors' decisions and what is wrong with their files."""
    texts, problems = read_texts(Path(settings.curation), ".yml", settings.limits, fatal=True)
    decisions, wrong = curation.parse(texts, settings.limits)
    return decisions, (*problems, *wrong)


def read_notes(settings: Settings) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the editors' notes by the id of their card, and what is wrong with their files."""
    texts, problems = read_texts(Path(settings.notes), ".md", settings.limits)
    most = settings.limits.note_chars
    long = [name for name, text in texts.items() if len(text) > most]
    todo = "shorten it, or raise limits.note_chars"
    said = (Problem(name, 0, f"a note of over {most:,} characters", todo) for name in long)
    notes = {PurePath(name).stem: text for name, text in texts.items() if name not in long}
    return notes, (*problems, *said)


def _stray_notes(notes: Mapping[str, str], knowledge: Knowledge) -> Iterator[Problem]:
    ids = {card.id for card in knowledge.cards} | {card.id for card in knowledge.articles}
    for name in sorted(set(notes) - ids):
        todo = "name the file after the id of a card"
        yield Problem(f"notes/{name}.md", 0, f"no card has the id {name!r}", todo)


# --- between the stages


def _publish(article: Article, settings: Settings) -> Publish:
    by_source = settings.publish_by_source.get(article.source or "", settings.publish)
    return article.publish or by_source


def make_labels(schema: Schema) -> Labels:
    """Return what the pages call kinds and properties."""
    return Labels(
        {t.name: TypeLabel(t.folder, t.label, t.plural, t.icon) for t in schema.types.values()},
        {
            p.name: PropertyLabel(p.label, p.other_end, p.order, p.sensitive)
            for p in schema.properties.values()
        },
    )


# --- for annotate and explain


def annotations(
    settings: Settings, report: Report = quiet, mapped: Mapped = here
) -> tuple[Iterator[dict[str, Any]], tuple[Problem, ...]]:
    """Return what is said of each article's names and dates, and the problems."""
    outcome = make_knowledge(settings, report, mapped)
    found = annotate(outcome.articles, outcome.extractions, outcome.entities)
    return found, outcome.problems


def explain(settings: Settings, target: str, report: Report = quiet, mapped: Mapped = here) -> str:
    """Return what is known of an article's file or a card's id, and why; empty if unknown."""
    target = unicodedata.normalize("NFC", target)
    outcome = make_knowledge(settings, report, mapped)
    for article, extraction in zip(outcome.articles, outcome.extractions, strict=True):
        if target in (article.id, article.file, Path(article.file).name) or target.endswith(
            f"/{article.file}"
        ):
            return explain_article(article, extraction, outcome.entities)
    for entity in outcome.entities:
        if target == entity.id or names.key(target) == names.key(entity.name):
            return explain_entity(entity, outcome.knowledge)
    return ""
