"""What stands at every address that is no card's any more: a way on, or what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from generator import addresses, edtf
from generator.changes import ARTICLE, Release
from generator.editions import left_cards
from generator.history import Fate, find_fates
from generator.model import FOLDERS, ArticleCard, Card, Knowledge, Settings
from generator.pages.catalog import card_uri
from generator.pages.interface import Interface, load_interface, translate_labels
from generator.pages.labels import Labels
from generator.pages.render import make_environment, render_page
from generator.pages.sentences import card_link
from generator.pages.views import Link


@dataclass(frozen=True, slots=True)
class GoneView:
    """A page that was taken away: what it showed, why and when it went, where to look instead.

    `name` is empty where nobody knows; `reason` is a word of the interface. `merged` are the
    names under which it went on before those were taken away as well. `article` is the one that
    introduced it; `index` the list of its kind.
    """

    name: str
    reason: str
    day: str
    merged: tuple[str, ...]
    article: Link | None
    index: Link | None


@dataclass(frozen=True, slots=True)
class _Known:
    """What redirects are made from: the cards by every id they have had, and the record."""

    cards: Mapping[str, Card | ArticleCard]
    fates: Mapping[str, Fate]
    indexes: Mapping[str, Link]


def render_redirects(
    knowledge: Knowledge,
    known_addresses: Iterable[str],
    settings: Settings,
    releases: Iterable[Release] = (),
    labels: Labels | None = None,
) -> dict[str, str]:
    """Return a page for every address that once was: it leads on, or says what became of it.

    Addresses are those ever published, as `people/sergei-shoigu.html`. Of what this edition
    leaves out there is none: it is not gone, and pages for all of it would fill the site.
    """
    t, releases = load_interface(settings.language), tuple(releases)
    environment = make_environment(Path(settings.templates) / "pages", t)
    left = {card.id for card in knowledge.left_out}
    # Of a retracted article that is left out the record tells as well.
    fates = {id: fate for id, fate in find_fates(releases).items() if id not in left}
    known = _Known(_by_id(knowledge), fates, _indexes(labels, t))
    there = {*map(card_uri, knowledge.cards), *map(card_uri, knowledge.articles)}
    there |= absent_pages(knowledge, known_addresses, releases)
    pages = {}
    with edtf.said_in(t.language):
        for uri in sorted(_once(knowledge, known_addresses, known.fates.values()) - there):
            passed, card = _follow(Path(uri).stem, known)
            if card:
                view: dict[str, object] = {"card": card_link(card), "was": _name_of(passed, card)}
                pages[uri] = render_page(environment, "moved.md.j2", uri, view)
            else:
                view = {"gone": _gone_view(uri, passed, known)}
                pages[uri] = render_page(environment, "gone.md.j2", uri, view)
    return pages


def absent_pages(
    knowledge: Knowledge, known_addresses: Iterable[str], releases: Iterable[Release]
) -> frozenset[str]:
    """Return the pages this edition lacks: of what it leaves out, and those that led there."""
    if not knowledge.left_out:
        return frozenset()
    whole = Knowledge((*knowledge.cards, *left_cards(knowledge)), knowledge.articles)
    left = {card.id: card for card in knowledge.left_out}
    known = _Known(left | _by_id(whole), find_fates(releases), {})
    led = _once(whole, known_addresses, known.fates.values())
    there = {*map(card_uri, knowledge.cards), *map(card_uri, knowledge.articles)}
    ends = {uri: _follow(Path(uri).stem, known)[1] for uri in led - there}
    found = {uri for uri, card in ends.items() if card is not None and card.id in left}
    return frozenset(found | {card_uri(card) for card in knowledge.left_out})


def _by_id(knowledge: Knowledge) -> dict[str, Card | ArticleCard]:
    """Return the cards by every id they have had; who has it now comes first.

    An id is unique over all folders, so a card that changed its kind is found as well.
    """
    by_id: dict[str, Card | ArticleCard] = {}
    by_id |= {id: card for card in knowledge.cards for id in card.former_ids}
    by_id |= {card.id: card for card in knowledge.articles}
    return by_id | {card.id: card for card in knowledge.cards}


def _indexes(labels: Labels | None, t: Interface) -> dict[str, Link]:
    types = translate_labels(labels, t).types if labels else {}
    links = {
        kind: Link(label.plural, Markup(f"{label.folder}/index.md"), kind)
        for kind, label in types.items()
    }
    title = str(t("article.list_title"))
    return {**links, ARTICLE: Link(title, Markup("articles/index.md"), ARTICLE)}


def _once(knowledge: Knowledge, known_addresses: Iterable[str], fates: Iterable[Fate]) -> set[str]:
    """Return the pages of every address ever published, as far as anything tells of it."""
    once = {a.removesuffix(".html") for a in known_addresses if addresses.is_address(a)}
    once |= {f"{FOLDERS[card.type]}/{id}" for card in knowledge.cards for id in card.former_ids}
    told = (f"{FOLDERS[fate.type]}/{fate.id}" for fate in fates if fate.type in FOLDERS)
    once |= {uri for uri in told if addresses.is_address(f"{uri}.html")}
    # The list of a kind is always there.
    return {f"{uri}.md" for uri in once if not uri.endswith("/index")}


def _follow(id: str, known: _Known) -> tuple[tuple[Fate, ...], Card | ArticleCard | None]:
    """Return what an id went through, and the card it ends at, if there is one."""
    passed: list[Fate] = []
    seen: set[str] = set()
    while id not in known.cards and id in known.fates and id not in seen:
        seen.add(id)
        passed.append(known.fates[id])
        id = known.fates[id].into or id
    return tuple(passed), known.cards.get(id)


def _name_of(passed: tuple[Fate, ...], card: Card | ArticleCard) -> str:
    """Return what a page that leads on was called, empty if as the card is, or unknown."""
    title = card.name if isinstance(card, Card) else card.title
    return passed[0].name if passed and passed[0].name != title else ""


def _gone_view(uri: str, passed: tuple[Fate, ...], known: _Known) -> GoneView:
    kind = next(kind for kind, folder in FOLDERS.items() if folder == uri.partition("/")[0])
    index = known.indexes.get(kind)
    if not passed:
        return GoneView("", "unknown", "", (), None, index)
    first, last = passed[0], passed[-1]
    return GoneView(
        name=first.name,
        reason=_reason(last),
        day=edtf.label(last.day) if last.day else "",
        merged=tuple(fate.name for fate in passed[1:] if fate.name != first.name),
        article=_article_link(last, known),
        index=index,
    )


def _reason(fate: Fate) -> str:
    """Return the words that tell why something went: those of articles are words of their own."""
    if fate.type == ARTICLE:
        return "article"
    return fate.reason if fate.reason in ("decided", "removed", "edited") else "unnamed"


def _article_link(fate: Fate, known: _Known) -> Link | None:
    """Return the article that a card was introduced by, or the page of what became of it."""
    id = fate.evidence[0].article if fate.evidence and fate.type != ARTICLE else ""
    there = known.cards.get(id)
    if isinstance(there, ArticleCard):
        return card_link(there)
    gone = known.fates.get(id)
    return Link(gone.name, Markup(f"articles/{id}.md"), ARTICLE) if gone else None
