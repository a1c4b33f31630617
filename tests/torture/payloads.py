"""Every page of a knowledge base made of hostile texts, opened in a browser with a tripwire.

Nothing of them may run, load or lead anywhere, with the policy and without it, from a web server
and from a folder; and readers must see them to the letter. The same browser opens the texts
unescaped, for a wire that never trips proves nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator import pipeline
from generator.model import Article, ArticleCard, Card, Settings
from generator.pages.catalog import card_uri
from generator.pipeline import Outcome
from generator.settings import load_settings
from tests import hostile_site
from tests.browser.tripwire import Check, Seen, look, plain, shown_text
from tests.hostile import Payload, payloads
from tests.hostile_controls import controls
from tests.hostile_files import faults_in_files
from tests.hostile_site import Hostile
from tests.torture import Figure

GOAL, SHORT = 3_300, 29


def figures(folder: Path, full: bool) -> list[Figure]:
    """Return what hostile texts could do, and how they are shown."""
    some = payloads() if full else payloads()[::SHORT]
    project, settings, outcome = make(folder, some)
    found = [*reached(some, outcome, full)]
    ways = [("policy on, from a server", "true", (), True)]
    extended = ("policy off, from a folder, more extensions", "false", hostile_site.EXTENSIONS)
    ways = [*ways, (*extended, False)] if full else [(*extended, False)]
    for number, (name, policy, extensions, online) in enumerate(ways):
        site = build(project, settings, f"way{number}", policy, extensions)
        seen = look(site, expectations(outcome), online=online, every=1 if full else 4)
        found += shown(name, seen)
        if full:
            other = "from a folder" if online else "from a server"
            seen = look(site, expectations(outcome), online=not online, every=20)
            found += shown(f"the same, {other}, every twentieth page", seen)
    found += controls(site, [p for p in some if "<" in p.text][:: 9 if full else 6])
    faults = faults_in_files(site)
    found.append(Figure("faults in feeds, data and index files", "0", said(faults), not faults))
    return found


# --- making


def make(folder: Path, some: Sequence[Payload]) -> tuple[Hostile, Settings, Outcome]:
    """Write the articles and make cards and pages of them, with notes on some cards."""
    logging.getLogger("mkdocs").setLevel(logging.ERROR)
    project = hostile_site.write_project(folder, some)
    settings, problems = load_settings(project.config)
    assert problems == ()
    outcome = pipeline.generate(settings)
    assert not [problem for problem in outcome.problems if problem.fatal], outcome.problems
    ids = [card.id for card in outcome.knowledge.cards if card.type == "person"]
    hostile_site.write_notes(project, ids[::3])
    pipeline.build_pages(settings, outcome)
    return project, settings, outcome


def build(
    project: Hostile, settings: Settings, name: str, policy: str, extensions: Sequence[str]
) -> Path:
    """Build the site of a project with a policy and more extensions; return where it is."""
    folder = project.config.parent
    config = hostile_site.write_config(folder, f"{name}.yml", policy, extensions)
    # Below a folder, as a site on a forge is: its page for dead addresses names it.
    site = folder / name / "kb"
    problems = pipeline.build_site(config, replace(settings, site=str(site)))
    assert not [problem for problem in problems if problem.fatal], problems
    return site


def reached(some: Sequence[Payload], outcome: Outcome, full: bool) -> Iterator[Figure]:
    """Yield how many texts got as far as each place: what is cut off on the way proves nothing."""
    knowledge = outcome.knowledge
    cards, articles = knowledge.cards, knowledge.articles
    places = {
        "headlines": [card.title for card in articles],
        "names": [name for card in cards for name in (card.name, *card.aliases)],
        "sentences": [article.text for article in outcome.articles],
        "front matter": [f"{c.author} {c.source} {c.section} {c.url}" for c in articles],
    }
    for place, texts in places.items():
        whole = "\n".join(map(plain, texts))
        count = sum(plain(payload.text) in whole for payload in some)
        goal = GOAL if full else len(some) // 2
        yield Figure(f"hostile texts in {place}", f"{goal}", f"{count}", count >= goal)


# --- what readers must see


def expectations(outcome: Outcome) -> dict[str, Check]:
    """Return, by page, what yields place, text as it must be shown and text as it is."""
    texts = {article.id: article for article in outcome.articles}
    found: dict[str, Check] = {}
    for card in outcome.knowledge.articles:
        found[page_of(card)] = _article_check(card, texts[card.id])
    for card in outcome.knowledge.cards:
        found[page_of(card)] = _entity_check(card)
    listed = sorted(card.title for card in outcome.knowledge.articles)
    found["articles/index.html"] = lambda page: _lists("headlines listed", listed, page["listed"])
    people = [card.name for card in outcome.knowledge.cards if card.type == "person"]
    found["people/index.html"] = lambda page: _lists("names listed", people, page["named"])
    whys = [decision.why for decision in outcome.decisions if decision.why]
    found["about.html"] = lambda page: _lists("decisions", whys, page["why"])
    return found


def page_of(card: Card | ArticleCard) -> str:
    return str(card_uri(card)).replace(".md", ".html")


def _article_check(card: ArticleCard, article: Article) -> Check:
    def check(page: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        yield "headline", card.title, page["heading"]
        yield "title", card.title, page["title"].rpartition(" - ")[0]
        if card.source:
            yield "front matter", card.source, "".join(page["source"])
        if card.author:
            author = shown_text(card.author)
            yield "front matter", author, author if author in page["lede"] else page["lede"]
        for sentence in article.sentences:
            words = article.text[sentence.start : sentence.end]
            if sentence.role != "headline" and words.strip():
                yield "sentence", words, page["sentences"].get(f"s{sentence.number}", "")

    return check


def _entity_check(card: Card) -> Check:
    def check(page: dict[str, Any]) -> Iterator[tuple[str, str, str]]:
        yield "name", card.name, page["heading"]
        yield "title", card.name, page["title"].rpartition(" - ")[0]
        if card.description:
            yield "description", card.description, "".join(page["description"])
        yield from zip(["alias"] * 99, card.aliases, page["aliases"], strict=False)

    return check


def _lists(place: str, wanted: Iterable[str], there: list[str]) -> Iterator[tuple[str, str, str]]:
    rows = sorted(map(plain, there))
    yield from zip(["listed"] * len(rows), sorted(map(shown_text, wanted)), rows, strict=False)
    if len(rows) != len(list(wanted)):
        yield place, "", f"{len(rows)} in the list"


# --- figures


def shown(name: str, seen: Seen) -> list[Figure]:
    """Return what was seen as figures."""
    texts = ", ".join(f"{count} {place}" for place, count in sorted(seen.texts.items()))
    return [
        Figure(f"{name}: executed", "0", f"{said(seen.ran)} on {seen.pages} pages", not seen.ran),
        Figure(f"{name}: outside requests", "0", said(seen.asked), not seen.asked),
        Figure(f"{name}: left to the policy", "0", said(seen.stopped), not seen.stopped),
        Figure(f"{name}: nodes that are not ours", "0", said(seen.odd), not seen.odd),
        Figure(f"{name}: texts shown otherwise", "0",
               f"{said(seen.differing)} of {sum(seen.texts.values())} ({texts})",
               not seen.differing),
        Figure(f"{name}: texts shown otherwise than `annotate` prints them", "0",
               said(seen.unlike), not seen.unlike),
    ]  # fmt: skip


def said(found: list[str]) -> str:
    """Return how many there are, and the first of them."""
    some = "; ".join(line[:240] for line in found[:3])
    return f"{len(found)}: {some}" if found else "0"
