"""Ids: fit to be addresses, each one card's, and names that readers can tell apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator import names
from generator.checks.world import AnyCard, CardFile, Finding, World
from generator.model import FOLDERS, ArticleCard, Card


def bad_id(card: AnyCard, world: World) -> Iterator[Finding]:
    """Yield what keeps an id, or one it has had, from being an address."""
    given = [(("id",), card.id)]
    if isinstance(card, Card):
        given += [(("former_ids", n), id) for n, id in enumerate(card.former_ids)]  # type: ignore[misc]
    for path, id in given:
        if what := id_fault(id):
            todo = f"use {names.slug(id) or 'a name in ASCII'!r}"
            yield Finding(path, f"{id!r} can't be an address: {what}", todo)


def id_fault(id: str) -> str | None:
    """Return what is wrong with an id, None if nothing."""
    if id and names.slug(id) == id:
        return None
    if id in names.RESERVED:
        return "Windows keeps the name for a device"
    if len(id) > names.SLUG_LENGTH:
        return f"it has {len(id)} characters, and {names.SLUG_LENGTH} is the most"
    return "an id is lower-case ASCII letters and digits with hyphens between words"


Told = Iterator[tuple[CardFile, Finding]]


def same_ids(world: World) -> Told:
    """Yield every id that another card has, or that Windows or a Mac can't tell from it."""
    taken: dict[str, CardFile] = {}
    for file in world.files:
        other = taken.setdefault(file.card.id.casefold(), file)
        if other is not file:
            todo = "ids are unique over all folders and without regard to case: change one"
            what = f"the id {file.card.id!r} is also that of {other.uri}"
            yield file, Finding(("id",), what, todo)


def same_files(world: World) -> Told:
    """Yield the cards of articles that claim the file of another."""
    taken: dict[str, CardFile] = {}
    for file in world.files:
        if isinstance(file.card, ArticleCard):
            other = taken.setdefault(file.card.file, file)
            if other is not file:
                what = f"the article {file.card.file!r} has the card {other.uri} as well"
                yield file, Finding(("file",), what, "delete one of the cards, and build again")


def taken_addresses(world: World) -> Told:
    """Yield the former ids whose address another card has: the address can lead to one only."""
    live = {_address(file.card, file.card.id): file for file in world.files}
    former: dict[str, CardFile] = {}
    for file in world.files:
        for number, id in enumerate(file.card.former_ids if isinstance(file.card, Card) else ()):
            address = _address(file.card, id)
            other = live.get(address) or former.setdefault(address, file)
            if other is not file:
                what = f"the former id {id!r} leads to {other.uri} as well"
                todo = "leave it on the card it should lead to"
                yield file, Finding(("former_ids", number), what, todo)


def _address(card: AnyCard, id: str) -> str:
    return f"{FOLDERS[card.type if isinstance(card, Card) else 'article']}/{id}"


def same_names(world: World) -> Told:
    """Yield every card that readers can't tell from another of its kind."""
    bearers: defaultdict[tuple[str, str], list[CardFile]] = defaultdict(list)
    for file in world.files:
        if isinstance(file.card, Card):
            bearers[file.card.type, names.key(file.card.name)].append(file)
    for first, *others in bearers.values():
        for file in others:
            yield file, _twin(first.card, file.card)


def _twin(first: AnyCard, card: AnyCard) -> Finding:
    name = card.name if isinstance(card, Card) else card.title
    what = f"{first.id} and {card.id} are both called {name!r}"
    todo = (
        f"if they are one, decide `merge: [{first.id}, {card.id}]`; "
        f"if not, `rename: {{{card.id}: …}}`"
    )
    return Finding(("name",), what, todo)
