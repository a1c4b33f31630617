"""What is made from something else is what it would be if it were made now."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping

from generator.checks.faults import Fault


def cards_out_of_step(
    wanted: Mapping[str, str], found: Mapping[str, str], folder: str, told: Container[str]
) -> Iterator[Fault]:
    """Yield the card files that a build would write otherwise.

    `wanted` and `found` are texts by name below the cards folder; files in `told` have other
    faults, which are why they differ.
    """
    for name, line, state in _differences(wanted, found):
        file = f"{folder}/{name}"
        if file not in told:
            what, todo = _CARD[state]
            yield Fault(file, line, "card-step", what, todo, "warning")


def pages_out_of_step(
    wanted: Mapping[str, str], found: Mapping[str, str], folder: str, told: Container[str]
) -> Iterator[Fault]:
    """Yield the pages and data files that the cards would make otherwise."""
    for name, line, state in _differences(wanted, found):
        file = f"{folder}/{name}"
        if file not in told:
            what, todo = _PAGE[state]
            yield Fault(file, line, "page-step", what, todo, "warning")


_CARD = {
    "missing": ("articles and curation call for this card", "run `cardfile build`"),
    "extra": ("no article and no decision calls for this card", "run `cardfile build`"),
    "other": (
        "articles and curation give something else from this line on",
        "run `cardfile build`; to keep a change made by hand, decide it in the curation folder",
    ),
}
_PAGE = {
    "missing": ("the cards make this page, and it is not there", "run `cardfile pages`"),
    "extra": ("no card makes this page", "run `cardfile pages`"),
    "other": ("the cards make something else from this line on", "run `cardfile pages`"),
}


def _differences(
    wanted: Mapping[str, str], found: Mapping[str, str]
) -> Iterator[tuple[str, int, str]]:
    """Yield the names whose texts differ, with the first line that does."""
    for name in sorted({*wanted, *found}):
        if name not in found:
            yield name, 0, "missing"
        elif name not in wanted:
            yield name, 0, "extra"
        elif (other := found[name]) != wanted[name]:
            # A checkout on Windows may end lines in its own way.
            one, two = wanted[name].splitlines(), other.splitlines()
            if one != two:
                yield name, _first_difference(one, two), "other"


def _first_difference(one: list[str], two: list[str]) -> int:
    pairs = zip(one, two, strict=False)
    same = next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(two)))
    return min(same + 1, max(len(two), 1))
