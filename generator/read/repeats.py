"""Lines whose words stand again in a longer paragraph: standfirsts and pull quotes."""

from __future__ import annotations

from collections import defaultdict

from generator.read import reasons
from generator.read.facts import FolderFacts
from generator.read.pages import Draft, line_key

SHORTEST = 6
LONGEST = 700
# Of the paragraphs that begin alike so many are looked at: those of a page are few.
MOST_HOMES = 40
_QUOTES = str.maketrans("", "", '"«»„')


def repeated_text(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop what a longer paragraph says again word for word, and a second copy of a line.

    Linear in the length of the page: paragraphs are looked up by six words in a row, and only
    the first of those that have them are compared.
    """
    keys = [line_key(line.text).translate(_QUOTES).strip("' ") for line in draft.lines]
    openings = {i: _opening(key) for i, key in enumerate(keys) if len(key) <= LONGEST}
    homes = _homes(keys, {opening for opening in openings.values() if opening})
    first = {key: index for index, key in reversed(list(enumerate(keys)))}
    return {
        index: reasons.TEXT
        for index, opening in openings.items()
        if opening
        and index != draft.title
        and (
            first[keys[index]] < index
            or any(_holds(keys, home, index) for home in homes[opening][:MOST_HOMES])
        )
    }


def _opening(key: str) -> str:
    words = key.split(" ", SHORTEST)
    return " ".join(words[:SHORTEST]) if len(words) >= SHORTEST else ""


def _homes(keys: list[str], wanted: set[str]) -> dict[str, list[int]]:
    """Return for each opening the paragraphs in which its words stand in a row."""
    homes: dict[str, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        words = key.split(" ")
        runs = (" ".join(words[i : i + SHORTEST]) for i in range(len(words) - SHORTEST + 1))
        for run in {run for run in runs if run in wanted}:
            homes[run].append(index)
    return homes


def _holds(keys: list[str], home: int, index: int) -> bool:
    """Return whether the paragraph at `home` makes the one at `index` superfluous."""
    if home == index or (keys[home] == keys[index] and home > index):
        return False
    return keys[index].rstrip(".,…!?\"'") in keys[home]
