"""The index of names: every word of every name leads to the names that hold it.

A line is `word TAB entry TAB entry …`, an entry `a1c.2 kim jong un`: the kind of card by its
place in the list of kinds (a, b, …), the card's rank in base 36, which of its other names this
is if it isn't its own, and the whole name in folded words. Whole names let the browser weigh
them without reading a card, and one right word finds a name whose others are misspelled.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator.model import Card
from generator.pages.catalog import Catalog
from generator.pages.search_shards import base36
from generator.pages.search_words import words

# With more names than this a word says little: its line holds the most named cards only.
COMMON = 300
# One or two first letters with more names than this have a line of their own, with the most
# named cards of each kind: nobody reads all names that start with K.
MANY, SHOWN = 60, 6
# A misspelled word is looked for only if it has this many letters.
SPELLED = 3
# Names that stand among the claims.
_NAMING = ("former_name", "acronym")

# (word of a name, rank of the card, entry)
Entry = tuple[str, int, str]


def ranked_cards(catalog: Catalog) -> tuple[Card, ...]:
    """Return all cards, those that most articles name first; the place is a card's number."""

    def rank(card: Card) -> tuple[int, int, str]:
        return (-article_count(card), -len(card.mentions), card.id)

    return tuple(sorted(catalog.cards.values(), key=rank))


def article_count(card: Card) -> int:
    """Return in how many articles a card is named."""
    return len({mention.article for mention in card.mentions})


def written_names(catalog: Catalog, card: Card) -> tuple[str, ...]:
    """Return every name that leads to a card as it is written, its own first."""
    said = (claim.value for claim in catalog.claims[card.id] if claim.property in _NAMING)
    former = (id.replace("-", " ") for id in card.former_ids)
    return (card.name, *card.aliases, *(value for value in said if value), *former)


def all_names(catalog: Catalog, card: Card) -> tuple[str, ...]:
    """Return the names of a card that differ in their folded words, its own first."""
    different: dict[str, str] = {}
    for name in written_names(catalog, card):
        different.setdefault(" ".join(words(name)), name)
    return tuple(different.values())


def name_lines(catalog: Catalog, cards: Iterable[Card]) -> tuple[dict[str, str], list[str]]:
    """Return the lines of the index by word, and the words that are too common."""
    entries = sorted(set(_entries(catalog, cards)), key=lambda e: (e[0], e[1], len(e[2]), e[2]))
    counts = Counter(word for word, _, _ in entries)
    common = sorted(word for word, count in counts.items() if count > COMMON)
    entries += _joined(entries, frozenset(common))
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for word, _, entry in entries:
        if len(lines[word]) < COMMON:
            lines[word].append(entry)
    found = {word: "\t".join(dict.fromkeys(line)) for word, line in lines.items()}
    return {**found, **_first_letters(entries)}, common


def _entries(catalog: Catalog, cards: Iterable[Card]) -> Iterator[Entry]:
    """Yield every name under each of its words, and under words that signs part."""
    kinds = [kind for kind in catalog.labels.types if kind != "article"]
    for number, card in enumerate(cards):
        head = f"{chr(97 + kinds.index(card.type))}{base36(number)}"
        names = all_names(catalog, card)
        places = {" ".join(words(name)): place for place, name in enumerate(names)}
        for name in written_names(catalog, card):
            folded = " ".join(words(name))
            which = f".{places[folded]}" if places[folded] else ""
            for word in (*folded.split(), *_unparted(name)):
                yield word, number, f"{head}{which} {folded}"


def _unparted(name: str) -> Iterator[str]:
    """Yield the parts of a word written as one: Jong-un, jongun; U.S., us."""
    for word in re.findall(r"\w+(?:[-‐'’ʼ.]\w+)+", name):
        yield "".join(words(word))


def _joined(entries: Iterable[Entry], common: frozenset[str]) -> list[Entry]:
    """Return names made of common words alone under all their words written as one."""
    if not common:
        return []
    found = []
    for _, number, entry in entries:
        name = entry.split(" ")[1:]
        if len(name) > 1 and common.issuperset(name):
            found.append(("".join(name), number, entry))
    return found


def _first_letters(entries: Iterable[Entry]) -> dict[str, str]:
    """Return lines under `k*` for first letters that many names share."""
    named: defaultdict[str, dict[int, str]] = defaultdict(dict)
    for word, number, entry in entries:
        for length in (1, 2):
            named[word[:length]].setdefault(number, entry)
    return {
        f"{first}*": "\t".join(_best_of_each_kind(found))
        for first, found in named.items()
        if len(found) > MANY
    }


def _best_of_each_kind(found: Mapping[int, str]) -> list[str]:
    shown: Counter[str] = Counter()
    best = []
    for number in sorted(found):
        kind = found[number][0]
        shown[kind] += 1
        best += [found[number]] if shown[kind] <= SHOWN else []
    return best


def spelling_lines(lines: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the words of names by their letters, and by their letters from the end.

    Whoever misspells one letter has either the first or the last half of a word right: it is
    found among the words that start so, or end so. An entry is `rank of its best card, word`.
    """
    found = {
        word: f"{re.split('[. ]', line, maxsplit=1)[0][1:]} {word}"
        for word, line in lines.items()
        if len(word) >= SPELLED and not word.endswith("*")
    }
    return found, {word[::-1]: entry for word, entry in found.items()}
