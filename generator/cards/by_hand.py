"""Card files that a person changed: noticed, never overwritten, each with the decision to keep it.

What a build writes it also sums up (`checksums.py`); a file that is neither what was written
nor what would be written now was changed by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.cards.card_folders import content, look, total_of
from generator.cards.card_reader import parse_card
from generator.cards.checksums import checksum, read_checksums
from generator.cards.scalars import flow_list, flow_mapping, scalar
from generator.model import ArticleCard, Card, Claim, Knowledge, Problem

_TAKE_BACK = "to take the change back, delete the file and build again"
# Fields of an article's card that `set` can give.
_ARTICLE_FIELDS = (
    "title", "section", "source", "url", "author", "lang", "published", "page_date", "publish",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ByHand:
    """The card files to leave as they are, by name, with the checksums they had; and why."""

    kept: Mapping[str, str]
    problems: tuple[Problem, ...]


def find_changed(
    folder: Path,
    texts: Mapping[str, str],
    knowledge: Knowledge,
    seen: Mapping[str, bytes] | None = None,
) -> ByHand:
    """Return the files in a cards folder that a person changed since they were written.

    `texts` is what would be written now, by name, and `seen` the sights of all card files, if
    they have been looked at. A change that editors' decisions have taken over by now is no
    longer one.
    """
    written = read_checksums(folder)
    if not written:
        return ByHand({}, ())
    seen = look(folder, {}, None) if seen is None else seen
    odd = [name for name in seen if total_of(seen[name]).hex() != written.get(name)]
    cards: tuple[Card | ArticleCard, ...] = (*knowledge.cards, *knowledge.articles) if odd else ()
    # By the name of the file: its folder changes with the kind, its id never.
    made = {f"{card.id}.yml": card for card in cards}
    kept: dict[str, str] = {}
    problems: list[Problem] = []
    for name in odd:
        text = content(folder, name).decode("utf-8", errors="replace").replace("\r\n", "\n")
        if text == texts.get(name) or checksum(text) == written.get(name):
            continue
        file = f"{folder.name}/{name}"
        found = _told(file, text, made.get(name.rpartition("/")[2]))
        if found:
            kept[name] = written.get(name, "")
            problems += found
    return ByHand(kept, tuple(problems))


def _told(file: str, text: str, made: Card | ArticleCard | None) -> list[Problem]:
    """Return what to say of a changed file; nothing if decisions say the same as the change."""
    card, faults = parse_card(text, file)
    if card is None or faults:
        what = "changed by hand, and no longer a card; it is left as it is"
        return [Problem(file, faults[0].line if faults else 1, what, _TAKE_BACK)]
    if made is None and isinstance(card, Card):
        what = "made or kept by hand: no article leads to this card; it is left as it is"
        return [Problem(file, 1, what, _keep(_entity_line(card)))]
    if made is None or type(card) is not type(made) or card.id != made.id:
        what = "changed by hand in a way no decision can say; it is left as it is"
        return [Problem(file, 1, what, _TAKE_BACK)]
    decided = set(getattr(made, "curated", ())) - set(getattr(card, "curated", ()))
    # Another kind brings other claims and another description along: none of them is by hand.
    lines = [] if "type" in decided else list(_lines(card, made))
    what = "changed by hand; it is left as it is, and the pages say what the program finds"
    if lines:
        return [Problem(file, _line_of(text, key), what, _keep(line)) for key, line in lines]
    if decided:
        return []  # a decision has said so since
    return [Problem(file, 1, what, _TAKE_BACK)] if _rest(card) != _rest(made) else []


def _keep(line: str) -> str:
    return f"to keep the change, write into curation: {line} ; {_TAKE_BACK}"


def _line_of(text: str, key: str) -> int:
    lines = text.splitlines()
    return next((n for n, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)


# --- what would keep it: key of the card, decision


def _lines(card: Card | ArticleCard, made: Card | ArticleCard) -> Iterator[tuple[str, str]]:
    if isinstance(card, ArticleCard):
        yield from _article_lines(card, made)
    elif isinstance(made, Card):
        yield from _field_lines(card, made)
        yield from _alias_lines(card, made)
        yield from _claim_lines(card, made)


def _article_lines(card: ArticleCard, made: Card | ArticleCard) -> Iterator[tuple[str, str]]:
    for field in _ARTICLE_FIELDS:
        value = getattr(card, field)
        if value and value != getattr(made, field):
            yield field, _set(card.id, field, scalar(value))
    if card.retracted != getattr(made, "retracted", False):
        yield "retracted", _set(card.id, "retracted", "true" if card.retracted else "false")


def _field_lines(card: Card, made: Card) -> Iterator[tuple[str, str]]:
    if card.name != made.name:
        yield "name", f"- rename: {flow_mapping((scalar(card.id), scalar(card.name)))}"
    if card.type != made.type:
        yield "type", f"- type: {flow_mapping((scalar(card.id), card.type))}"
    if (card.description or "") != (made.description or ""):
        yield "description", _set(card.id, "description", scalar(card.description or ""))
    if card.coordinates and card.coordinates != made.coordinates:
        north, east = card.coordinates
        yield "coordinates", _set(card.id, "coordinates", f'"{north}, {east}"')


def _alias_lines(card: Card, made: Card) -> Iterator[tuple[str, str]]:
    more = tuple(a for a in card.aliases if a not in (*made.aliases, made.name))
    less = [a for a in made.aliases if a not in (*card.aliases, card.name)]
    if "name" in made.curated:
        less = [a for a in less if a != made.aliases[0]]  # what it was called before
    if more:
        yield "aliases", _entity_line(made, more)
    for alias in less:
        yield "aliases", f"- distinct: {flow_list((made.id, alias))}"


def _claim_lines(card: Card, made: Card) -> Iterator[tuple[str, str]]:
    here, there = ({_identity(c): c for c in one.claims} for one in (card, made))
    for key in sorted(here.keys() - there.keys()):
        yield "claims", _claim_line("claim", card.id, here[key])
    for key in sorted(there.keys() - here.keys()):
        yield "claims", _claim_line("retract", card.id, there[key])


def _identity(claim: Claim) -> tuple[str, str, str, str]:
    return claim.property, claim.value or "", claim.of or "", claim.date or ""


def _claim_line(kind: str, id: str, claim: Claim) -> str:
    fields = [("who", scalar(id)), ("property", scalar(claim.property))]
    for key, value in (("value", claim.value), ("of", claim.of), ("date", claim.date)):
        if value:
            fields.append((key, scalar(value)))
    if kind == "claim" and claim.evidence:
        fields.append(("source", scalar(claim.evidence[0].quote)))
    return f"- {kind}: {flow_mapping(*fields)}"


def _set(id: str, field: str, value: str) -> str:
    return f"- set: {flow_mapping(('id', scalar(id)), (field, value))}"


def _entity_line(card: Card, aliases: tuple[str, ...] | None = None) -> str:
    fields = [("name", scalar(card.name)), ("type", card.type)]
    aliases = card.aliases if aliases is None else aliases
    if aliases:
        fields.append(("aliases", flow_list(aliases)))
    return f"- entity: {flow_mapping(*fields)}"


def _rest(card: Card | ArticleCard) -> tuple[object, ...]:
    """Return what no decision can say: quotes, mentions, dates."""
    if isinstance(card, ArticleCard):
        return (card.file, card.timeline)
    evidence = tuple(claim.evidence for claim in card.claims)
    return (card.summary, evidence, card.conflicts, card.timeline, card.mentions)
