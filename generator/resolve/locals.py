"""Who is who within one article."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from generator import names
from generator.model import Extraction, Mention, Merge
from generator.resolve import places
from generator.resolve.body_names import is_common
from generator.resolve.groups import Group, Local
from generator.resolve.links import LINK_RULES, fuller_names
from generator.resolve.namesakes import nearest, numbered
from generator.resolve.others import Others
from generator.resolve.places import is_capital
from generator.resolve.portraits import BLANK, Portrait, joined, portraits
from generator.resolve.told_owners import told_owner

_CALLED = re.compile(
    r",? (?:(?:who is |is |was |better |also |widely )*(?:known|called|nicknamed|dubbed)"
    r"(?: as| to \w+ as)?|alias|a\.?k\.?a\.?|whose nickname is|whose real name is)"
    r" (?:the |a )?[\"“‘']?"
)


def find_locals(extraction: Extraction) -> tuple[Local, ...]:
    """Return the distinct things an article names, in order of first mention."""
    told = portraits(extraction)
    groups = _spread(_groups(extraction, told), extraction, told)
    others = Others(groups)
    target = {id(group): (group, "") for group in groups}
    target |= _said_to_be_same(extraction, groups)
    for group in groups:
        if target[id(group)][1]:
            continue
        for rule in LINK_RULES:
            found = rule(group, others)
            if found is not None and found is not group:
                target[id(group)] = (found, rule.__name__.replace("_", " "))
                break
    clusters: dict[int, list[tuple[Group, str]]] = {}
    for group in groups:
        root, rule_name = _root(group, target)
        clusters.setdefault(id(root), []).append((group, rule_name))
    return tuple(_local(extraction, members) for members in clusters.values())


def _groups(extraction: Extraction, told: dict[int, Portrait]) -> list[Group]:
    """Return mentions of one surface and one thing; namesakes have groups of their own."""
    groups: dict[tuple[str, str, str, int, str], Group] = {}
    numbers = numbered(extraction, told)
    for i, mention in enumerate(extraction.mentions):
        key, owner = names.key(mention.surface), _kept_owner(extraction, i)
        if mention.full and mention.type == "place" and is_capital(mention.surface):
            key = names.key(mention.full)
        kind = places.kind_of(extraction, mention) if mention.type == "place" else ""
        number = numbers.get(i, 0)
        group = groups.get(look := (mention.type, key, owner, number, kind))
        if group is None:
            group = groups[look] = Group(
                mention.type, key, [], [], mention.start, set(), owner, number=number, kind=kind
            )
        group.portrait |= told.get(i, BLANK)
        group.sentences.add(mention.sentence)
        group.mentions.append(i)
        group.surfaces.append(mention.surface)
    return list(groups.values())


def _spread(groups: list[Group], extraction: Extraction, told: dict[int, Portrait]) -> list[Group]:
    """Give a short name that several fuller ones have to the one it comes after, by mention."""
    spread: list[Group] = []
    others = Others(groups)
    for group in groups:
        fuller = fuller_names(group, others) if group.type == "person" else []
        if len(fuller) < 2:
            spread.append(group)
            continue
        drawn = [(g.portrait, g.mentions) for g in fuller]
        parts: dict[int, Group] = {}
        meant = nearest(extraction, group.mentions, told, drawn)
        for i, chosen in zip(group.mentions, meant, strict=True):
            mention = extraction.mentions[i]
            part = parts.setdefault(
                chosen, Group(group.type, group.key, [], [], mention.start, set(), group.owner)
            )
            part.means = fuller[chosen]
            part.mentions.append(i)
            part.surfaces.append(mention.surface)
            part.sentences.add(mention.sentence)
            part.portrait |= told.get(i, BLANK)
        spread += parts.values()
    return spread


def forms(mention: Mention) -> list[str]:
    """Return the names a mention uses; 'Moscow region' is never 'Moscow'."""
    full = [names.tidy(mention.full)] if mention.full else []
    if full and mention.type == "place" and is_capital(mention.surface):
        return full
    return [names.tidy(mention.surface), *full]


def _kept_owner(extraction: Extraction, i: int) -> str:
    """Return the owner that tells two bodies of one name apart within an article."""
    mention = extraction.mentions[i]
    generic = mention.type == "organization" and is_common(mention.surface)
    return told_owner(extraction, i) or "" if generic else ""


def _said_to_be_same(extraction: Extraction, groups: list[Group]) -> dict[int, tuple[Group, str]]:
    """Return the groups that a sentence says are another: 'formerly known as …'."""
    group_of = {i: group for group in groups for i in group.mentions}
    called = {
        id(group_of[i + 1]): (group_of[i], "also called")
        for i, (one, other) in enumerate(pairwise(extraction.mentions))
        if one.type == other.type != "place"
        and group_of[i] is not group_of[i + 1]
        and _CALLED.fullmatch(extraction.text[one.end : other.start])
    }
    called |= {
        id(group_of[i + 1]): (group_of[i], "short form in brackets")
        for i, (one, other) in enumerate(pairwise(extraction.mentions))
        if one.type == other.type == "organization"
        and group_of[i] is not group_of[i + 1]
        and _is_bracketed_short(extraction.text, one, other)
    }
    return called | {
        id(group_of[s.same]): (group_of[s.subject], s.property.replace("_", " "))
        for s in extraction.statements
        if s.same is not None and group_of[s.same] is not group_of[s.subject]
    }


def _is_bracketed_short(text: str, one: Mention, other: Mention) -> bool:
    """Return whether a word in brackets right after a name shortens it: 'X Authority (Xau)'."""
    bracketed = text[one.end : other.start] == " (" and text[other.end : other.end + 1] == ")"
    full, short = names.fold(one.surface), names.fold(other.surface)
    letters = iter(full)
    ordered = all(letter in letters for letter in short if letter.isalpha())
    return bracketed and " " not in short and " " in full and short[0] == full[0] and ordered


def _root(group: Group, target: dict[int, tuple[Group, str]]) -> tuple[Group, str]:
    found, rule = target[id(group)]
    seen = {id(group)}
    while id(found) not in seen:
        seen.add(id(found))
        following = target[id(found)][0]
        if following is found:
            break
        found = following
    return found, rule


def _local(extraction: Extraction, members: list[tuple[Group, str]]) -> Local:
    indices = sorted(i for group, _ in members for i in group.mentions)
    mentions = [extraction.mentions[i] for i in indices]
    owners = [
        told_owner(extraction, i) for i in indices if extraction.mentions[i].type == "organization"
    ]
    head = next((g for g, rule in members if not rule), members[0][0])
    because = tuple(
        Merge((names.tidy(head.surfaces[0]), names.tidy(group.surfaces[0])), rule)
        for group, rule in members
        if rule
    )
    used = _used_names(head, mentions)
    return Local(
        extraction.article, head.type, tuple(used), tuple(indices),
        _owner(owners), because, joined(group.portrait for group, _ in members), head.number,
        tuple(sorted({mention.sentence for mention in mentions})),
        head.kind or next((group.kind for group, _ in members if group.kind), ""),
        tuple(used.values()),
    )  # fmt: skip


def _used_names(head: Group, mentions: list[Mention]) -> dict[str, int]:
    """Return how often the article uses every form, the head's own first, then by how often."""
    counts = Counter(form for m in mentions for form in forms(m))
    own = {form for m in mentions for form in forms(m) if names.key(m.surface) == head.key}
    return {n: counts[n] for n in sorted(counts, key=lambda n: (n not in own, -counts[n], n))}


def _owner(told: list[str | None]) -> str | None:
    owners = Counter(owner for owner in told if owner)
    return min(owners, key=lambda owner: (-owners[owner], owner)) if owners else None
