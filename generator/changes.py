"""What each build changed in the cards, kept in one committed file, newest release last.

A release is written when the cards a build makes differ from those on disk, so each new,
altered or withdrawn claim stands in the file exactly once. A first build has nothing to
compare with and writes none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from generator import edtf, withdrawals, yaml_files
from generator.model import ArticleCard, Card, Claim, Decision, Evidence, Knowledge, Problem
from generator.withdrawals import Situation

HEADER = "# What each build changed in the cards. Kept by the build; readers see it as a page.\n"
ARTICLE = "article"
KINDS = ("new", "altered", "withdrawn", "merged")
# Of an article that is removed so many sentences are kept, to know it by should it come back.
KEPT_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One claim, or a whole card where `property` is empty, that is new, altered or withdrawn.

    `was` are the words of an altered claim before; `evidence` is what the claim rests or rested
    on; `reason` says why it is withdrawn, if that is known (see `withdrawals`). A card may also
    be `merged`: then `of` is the card that took it in. Articles are told of when they go.
    """

    kind: str  # new altered withdrawn merged
    card: str
    type: str
    name: str
    property: str = ""
    value: str | None = None
    of: str | None = None
    of_name: str | None = None
    date: str | None = None
    was: str | None = None
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """The changes of one build; `day` is that of the newest article then, empty if unknown."""

    number: int
    day: str
    changes: tuple[Change, ...]


# What two claims must share to be one claim in two versions, the closest kin first.
_KIN: tuple[Callable[[Change], tuple[object, ...]], ...] = (
    lambda c: (c.card, c.property, c.value, c.of),
    lambda c: (c.card, c.property, c.of, c.date),
    lambda c: (c.card, c.property, c.value, c.date),
)


# --- comparing


def compare(
    before: Knowledge,
    after: Knowledge,
    decisions: Iterable[Decision] = (),
    texts: Mapping[str, str] | None = None,
) -> tuple[Change, ...]:
    """Return what became of cards and claims, sorted; none if there was nothing before.

    Decisions, and the articles' `texts` as far as they are at hand, tell why something went.
    """
    if not before.cards:
        return ()
    heirs = {former: card.id for card in after.cards for former in card.former_ids}
    same = _untouched(before, after, heirs)
    old, new = _claims(before, heirs, same), _claims(after, {}, same)
    gone = [old[key][2] for key in sorted(set(old) - set(new), key=_order)]
    come = [new[key][2] for key in sorted(set(new) - set(old), key=_order)]
    altered, gone, come = _paired(gone, come)
    lost = [old[_key(change)] for change in gone]
    now = _situation(before, after, decisions, texts or {}, lost)
    found = [
        *_cards(before, after, heirs, now),
        *_articles(before, after),
        *altered,
        *(
            replace(change, kind="withdrawn", reason=withdrawals.why_claim(card, claim, now))
            for card, claim, change in lost
        ),
        *(replace(change, kind="new") for change in come),
    ]
    return tuple(sorted(found, key=lambda c: (c.name.casefold(), c.card, *_order(_key(c)), c.kind)))


def _cards(
    before: Knowledge, after: Knowledge, heirs: Mapping[str, str], now: Situation
) -> Iterator[Change]:
    then = {heirs.get(card.id, card.id) for card in before.cards}
    yield from (_card_change("new", card) for card in after.cards if card.id not in then)
    for card in before.cards:
        if card.id in now.cards:
            continue
        heir = now.cards.get(heirs.get(card.id, ""))
        if heir:
            merged = _card_change("merged", card)
            yield replace(merged, of=heir.id, of_name=heir.name)
        else:
            reason = withdrawals.why_card(card, now)
            yield replace(_card_change("withdrawn", card), reason=reason)


def _card_change(kind: str, card: Card) -> Change:
    said = (card.summary,) if card.summary else ()
    return Change(kind, card.id, card.type, card.name, evidence=said)


def _articles(before: Knowledge, after: Knowledge) -> Iterator[Change]:
    """Yield the articles that were removed or retracted, and those that hold good again."""
    now = {card.id: card for card in after.articles}
    then = {card.id: card for card in before.articles}
    gone = [card for card in before.articles if card.id not in now]
    quotes = article_quotes(before) if gone else {}
    for card in gone:
        kept = withdrawals.first_quotes(sorted(quotes.get(card.id, ())), KEPT_QUOTES)
        yield _article_change(card, withdrawals.REMOVED, kept)
    for card in after.articles:
        was_retracted = card.id in then and then[card.id].retracted
        if card.retracted and not was_retracted:
            yield _article_change(card, withdrawals.RETRACTED)
        elif was_retracted and not card.retracted:
            yield replace(_article_change(card, ""), kind="new")


def _article_change(card: ArticleCard, reason: str, kept: tuple[Evidence, ...] = ()) -> Change:
    date = card.published or card.page_date
    return Change(
        "withdrawn", card.id, ARTICLE, card.title, date=date, evidence=kept, reason=reason
    )


def article_quotes(knowledge: Knowledge) -> dict[str, set[Evidence]]:
    """Return everything that the cards quote of each article."""
    found: defaultdict[str, set[Evidence]] = defaultdict(set)
    for card in knowledge.cards:
        quoted = [e for claim in card.claims for e in claim.evidence]
        quoted += [card.summary] if card.summary else []
        for evidence in quoted:
            found[evidence.article].add(evidence)
    timelines = [card.timeline for card in knowledge.cards]
    for entries in (*timelines, *(card.timeline for card in knowledge.articles)):
        for entry in entries:
            found[entry.article].add(Evidence(entry.article, entry.sentence, entry.quote))
    return dict(found)


_Key = tuple[str, str, str | None, str | None, str | None]
# A claim's card, the claim, and what is to be told of it.
_Made = tuple[Card, Claim, Change]


def _key(change: Change) -> _Key:
    return change.card, change.property, change.value, change.of, change.date


def _order(key: _Key) -> tuple[str, ...]:
    return tuple(part or "" for part in key)


def _claims(
    knowledge: Knowledge, heirs: Mapping[str, str], same: Container[str]
) -> dict[_Key, _Made]:
    """Return every claim by its identity, ids of merged cards replaced by their heirs'.

    Cards that are the `same` are left out.
    """
    names = {card.id: card.name for card in knowledge.cards}
    found = {}
    for card in knowledge.cards:
        for claim in card.claims if card.id not in same else ():
            change = _claim_change(card, claim, names, heirs)
            found[_key(change)] = card, claim, change
    return found


def _untouched(before: Knowledge, after: Knowledge, heirs: Mapping[str, str]) -> set[str]:
    """Return the ids of cards whose claims, if there were any, are the same before and after."""
    now = {card.id: card for card in after.cards}
    merged = {heirs[card.id] for card in before.cards if card.id in heirs}
    touched = {
        card.id
        for card in before.cards
        if not ((other := now.get(card.id)) and (card is other or card.claims == other.claims))
        or any(claim.of in heirs for claim in card.claims)
    }
    then = {card.id for card in before.cards}
    return (then & now.keys()) - touched - merged - heirs.keys()


def _situation(
    before: Knowledge,
    after: Knowledge,
    decisions: Iterable[Decision],
    texts: Mapping[str, str],
    lost: Iterable[_Made],
) -> Situation:
    """Return where the reasons for what is gone are looked for, with the texts these need."""
    now = {card.id for card in after.cards}
    named = {m.article for card in before.cards if card.id not in now for m in card.mentions}
    named |= {evidence.article for _, claim, _ in lost for evidence in claim.evidence}
    wanted = {id: texts[id] for id in named if id in texts}
    return withdrawals.make_situation(after, decisions, wanted)


def _claim_change(
    card: Card, claim: Claim, names: Mapping[str, str], heirs: Mapping[str, str]
) -> Change:
    of = heirs.get(claim.of, claim.of) if claim.of else None
    id = heirs.get(card.id, card.id)
    of_name = names.get(claim.of or "", claim.of)
    return Change(
        "new", id, card.type, card.name, claim.property, claim.value, of, of_name, claim.date,
        evidence=claim.evidence[:1],
    )  # fmt: skip


def _paired(
    gone: list[Change], come: list[Change]
) -> tuple[list[Change], list[Change], list[Change]]:
    """Return the claims that only changed their date or words, and what is left of both lists."""
    altered = []
    for kin in _KIN:
        olds: defaultdict[tuple[object, ...], list[Change]] = defaultdict(list)
        for change in gone:
            olds[kin(change)].append(change)
        rest = []
        for change in come:
            if olds[kin(change)]:
                was = olds[kin(change)].pop(0)
                altered.append(replace(change, kind="altered", was=_words(was), reason=""))
            else:
                rest.append(change)
        left = {id(change) for changes in olds.values() for change in changes}
        gone, come = [change for change in gone if id(change) in left], rest
    return altered, gone, come


def _words(change: Change) -> str:
    """Return a claim in words: 'Secretary, Russian Security Council, 2025'."""
    said = (change.value, change.of_name, edtf.label(change.date) if change.date else None)
    return ", ".join(part for part in said if part)


# --- the file


def read_releases(path: Path) -> tuple[tuple[Release, ...], tuple[Problem, ...]]:
    """Return the releases in the file, oldest first, and what is wrong with it."""
    if not path.is_file():
        return (), ()
    try:
        found = yaml_files.load(path.read_text(encoding="utf-8")) or []
        return tuple(_release(number, entry) for number, entry in enumerate(found, 1)), ()
    except (yaml_files.YamlFault, UnicodeDecodeError, KeyError, TypeError, AttributeError) as fault:
        line = getattr(fault, "line", 1)
        todo = "restore the file from git, or remove it to begin its record anew"
        return (), (Problem(path.name, line, f"can't be read ({fault})", todo, fatal=True),)


def add_release(
    releases: Sequence[Release], changes: Iterable[Change], knowledge: Knowledge
) -> tuple[Release, ...]:
    """Return the releases with one more for these changes, unless there are none.

    What the last release has already said is left out: a build that was cut off between
    cards and record would tell it twice.
    """
    told = set(releases[-1].changes) if releases else set()
    fresh = tuple(change for change in changes if change not in told)
    if not fresh:
        return tuple(releases)
    days = [edtf.bounds(a.published or a.page_date or "") for a in knowledge.articles]
    day = max((bounds[0] for bounds in days if bounds), default="")
    return (*releases, Release(len(releases) + 1, day, fresh))


def releases_text(releases: Iterable[Release]) -> str:
    """Return the file's text."""
    return HEADER + yaml_files.dump([_release_entry(release) for release in releases])


def _release_entry(release: Release) -> dict[str, Any]:
    changes = [_change_entry(change) for change in release.changes]
    return {"day": release.day, "changes": changes}


_FIELDS = (
    "kind", "card", "type", "name", "property", "value", "of", "of_name", "date", "was",
    "reason",
)  # fmt: skip


def _change_entry(change: Change) -> dict[str, Any]:
    entry = {name: value for name in _FIELDS if (value := getattr(change, name))}
    said = [
        {"article": e.article, "sentence": str(e.sentence), "quote": e.quote}
        for e in change.evidence
    ]
    return entry | ({"evidence": said} if said else {})


def _release(number: int, entry: Mapping[str, Any]) -> Release:
    return Release(number, entry["day"], tuple(_change(change) for change in entry["changes"]))


def _change(entry: Mapping[str, Any]) -> Change:
    said = tuple(
        Evidence(e["article"], int(e["sentence"]), e["quote"]) for e in entry.get("evidence", ())
    )
    fields = {name: entry[name] for name in _FIELDS if name in entry}
    if fields["kind"] not in KINDS or fields.get("reason", "") not in ("", *withdrawals.ORDER):
        raise KeyError(f"no kind of change: {fields['kind']} {fields.get('reason', '')}".strip())
    return Change(**fields, evidence=said)
