"""Two people of one name in one article: which mention means whom."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from generator import names
from generator.model import Extraction, Mention
from generator.resolve.portraits import BLANK, Portrait, alike, conflict

# Nobody writes of more people of one name in one article.
MOST_BEARERS = 24


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
    anew = not open_to or (portrait.another and known)
    if anew and len(known) < MOST_BEARERS:
        return len(known)
    return last if last in open_to or not open_to else open_to[-1]


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
    short: Sequence[int],
    told: Mapping[int, Portrait],
    fuller: Sequence[tuple[Portrait, Sequence[int]]],
) -> Iterator[int]:
    """Yield which of several fuller names each mention of a short one means.

    What is said of it tells, else what precedes: named in the same sentence or the one before,
    the first of that sentence; else the one the short name had begun to stand for; else the one
    named last before it, or first after it.
    """
    named = sorted((j, n) for n, (_, indices) in enumerate(fuller) for j in indices)
    begun: int | None = None  # which one the mention before would mean, if nothing were said of it
    last = 0
    for i in short:
        choice = _choice(told[i], fuller) if i in told else None
        if isinstance(choice, int):
            yield choice
        elif choice is None:
            yield _near(extraction, i, named, last, begun)
        else:
            of_choice = [(j, n) for j, n in named if n in choice]
            yield _near(extraction, i, of_choice, last, begun)
        begun, last = _near(extraction, i, named, last, begun), i


def _choice(
    portrait: Portrait, fuller: Sequence[tuple[Portrait, Sequence[int]]]
) -> int | set[int] | None:
    """Return the one of several fuller names that a portrait is like, else those it can be."""
    like = [n for n, (other, _) in enumerate(fuller) if alike(portrait, other)]
    if len(like) == 1:
        return like[0]
    open_to = {n for n, (other, _) in enumerate(fuller) if not conflict(portrait, other)}
    return open_to if 0 < len(open_to) < len(fuller) else None


def _near(
    extraction: Extraction,
    i: int,
    named: Sequence[tuple[int, int]],
    last: int,
    begun: int | None,
) -> int:
    """Return which of the fuller names in `named`, as (mention, which), mention `i` means.

    `begun` is what the mention `last`, the one before it of the same short name, stood for.
    """
    upto = bisect_left(named, (i, 0))
    if not upto:
        return named[0][1]
    mentions = extraction.mentions
    sentence = mentions[named[upto - 1][0]].sentence
    first = bisect_left(named, sentence, hi=upto, key=lambda row: mentions[row[0]].sentence)
    far = mentions[i].sentence - sentence > 1 and begun is not None
    if far and sentence <= mentions[last].sentence and begun is not None:
        return begun
    return named[first][1]
