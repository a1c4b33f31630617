"""Two people of one name in one article: which mention means whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator import names
from generator.model import Extraction, Mention
from generator.resolve.portraits import BLANK, Portrait, alike, conflict


def numbered(extraction: Extraction, told: Mapping[int, Portrait]) -> dict[int, int]:
    """Return, for each mention of a full name, which of its bearers in the article it means.

    The article tells them apart by what they are ("the engineer", "the general") or says so
    ("another", "of the same name"); a mention without a word goes to the one named last.
    """
    bearers: dict[str, list[Portrait]] = {}
    last: dict[str, int] = {}
    numbers: dict[int, int] = {}
    for i, mention in enumerate(extraction.mentions):
        key = names.key(mention.surface)
        if mention.type != "person" or " " not in key:
            continue
        known = bearers.setdefault(key, [])
        portrait = told.get(i, BLANK)
        if not known and _is_in_headline(extraction, mention):
            portrait = BLANK  # whom the text introduces is whom the headline speaks of
        number = _bearer(portrait, known, last.get(key, 0))
        if number == len(known):
            known.append(BLANK)
        known[number] |= portrait
        numbers[i] = last[key] = number
    return numbers


def _is_in_headline(extraction: Extraction, mention: Mention) -> bool:
    """Return whether a mention stands in a first sentence that is a paragraph of its own."""
    end = extraction.text.find("\n\n")
    return mention.sentence == 1 and mention.end <= end and "\n" not in extraction.text[:end]


def _bearer(portrait: Portrait, known: Sequence[Portrait], last: int) -> int:
    """Return the index of the bearer a mention means, one past the end for a new one."""
    same = [n for n, other in enumerate(known) if alike(portrait, other)]
    if same:
        return same[0]
    open_to = [n for n, other in enumerate(known) if not _described_anew(portrait, other)]
    if not open_to or (portrait.another and known):
        return len(known)
    return last if last in open_to else open_to[-1]


def _described_anew(portrait: Portrait, other: Portrait) -> bool:
    """Return whether an article that gives a full name twice gives it two callings.

    Whoever has been introduced is called by the surname; a name given again in full with
    another calling is another person's, if the first calling was not that person's too.
    """
    if portrait.tags and other.tags and not portrait.tags & other.tags:
        return True  # "of the federation", "of city hall"
    both = portrait.worlds and other.worlds and not other.once and not portrait.once
    return conflict(portrait, other) or bool(both and not portrait.worlds & other.worlds)


def nearest(
    extraction: Extraction,
    i: int,
    portrait: Portrait,
    fuller: Sequence[tuple[Portrait, Sequence[int]]],
    short: Sequence[int],
) -> int:
    """Return which of several fuller names a short one means: by what is said, by what precedes.

    Named in the same sentence or the one before, the first of that sentence; else the one the
    short name had begun to stand for; else the one named last before it, or first after it.
    """
    like = [n for n, (other, _) in enumerate(fuller) if alike(portrait, other)]
    if len(like) == 1:
        return like[0]
    open_to = [n for n, (other, _) in enumerate(fuller) if not conflict(portrait, other)]
    choice = open_to or list(range(len(fuller)))
    where = extraction.mentions[i]
    before = [
        (-extraction.mentions[j].sentence, j, n) for n in choice for j in fuller[n][1] if j < i
    ]
    if not before:
        return min((j, n) for n in choice for j in fuller[n][1])[1]
    sentence, _, near = min(before)
    if where.sentence + sentence <= 1 or i == short[0]:
        return near
    earlier = max(j for j in short if j < i)
    used = extraction.mentions[earlier].sentence
    if -sentence <= used:
        return nearest(extraction, earlier, BLANK, fuller, short)
    return near
