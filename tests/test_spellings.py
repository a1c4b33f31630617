"""Names across scripts: every set of same.txt is one, no pair of apart.txt is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from generator.model import EntityType
from generator.resolve.spellings import contradict, name_keys, person_keys

CASES = Path(__file__).parent / "cases" / "names_across_scripts"
# Shares of pairs found one, and of near misses kept apart, by the heading they stand under.
LEAST_JOINED = 0.99
LEAST_APART = 0.995


def sections(file: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each line's heading and its names."""
    heading = ""
    for line in (CASES / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = line.removeprefix("# ")
        elif line:
            yield heading, line.split(" | ")


def kind_of(heading: str) -> EntityType:
    return "place" if "places" in heading else "person"


def is_one(one: str, other: str, kind: EntityType = "person") -> bool:
    """Return whether two names share a key and nothing speaks against it."""
    shared = set(name_keys(one, kind)) & set(name_keys(other, kind))
    return one == other or bool(shared) and not (kind == "person" and contradict(one, other))


def joined_pairs(forms: list[str], kind: EntityType) -> int:
    """Return how many pairs are joined, directly or through other forms of the set."""
    group = {form: form for form in forms}
    for one, other in combinations(forms, 2):
        if is_one(one, other, kind):
            old, new = group[other], group[one]
            group = {form: new if name == old else name for form, name in group.items()}
    return sum(group[one] == group[other] for one, other in combinations(forms, 2))


def print_shares(found: dict[str, list[float]]) -> float:
    """Print the mean share under each heading and return that of all."""
    for heading, shares in found.items():
        print(f"{heading}: {sum(shares) / len(shares):.3f} of {len(shares)}")
    every = [share for shares in found.values() for share in shares]
    return sum(every) / len(every)


def test_forms_of_one_name_are_joined() -> None:
    found: dict[str, list[float]] = defaultdict(list)
    for heading, forms in sections("same.txt"):
        pairs = len(forms) * (len(forms) - 1) / 2
        found[heading].append(joined_pairs(forms, kind_of(heading)) / pairs)
    assert print_shares(found) >= LEAST_JOINED


def test_near_misses_stay_apart() -> None:
    found: dict[str, list[float]] = defaultdict(list)
    for heading, (one, other) in sections("apart.txt"):
        found[heading].append(float(not is_one(one, other)))
    assert print_shares(found) >= LEAST_APART


def test_names_of_other_peoples_have_no_keys() -> None:
    names = ["Hanna Schmidt", "Hans Weber", "Steve Martin", "Benjamin Hill", "Maria Medina"]
    assert {name: list(person_keys(name)) for name in names} == {name: [] for name in names}


def test_a_pet_name_leads_to_the_only_name_it_stands_for() -> None:
    assert is_one("Bill Clinton", "William Clinton")
    assert not is_one("Al Gore", "Alan Gore")


def test_a_third_spelling_does_not_join_what_contradicts() -> None:
    assert contradict("리영호", "리용호")
    assert contradict("Nikolai Petrovich Orlov", "Nikolai Pavlovich Orlov")
    assert not contradict("Sergei Orlov", "Sergei Petrovich Orlov")
    assert not contradict("Олексій Петрович Мороз", "Алексей Петрович Мороз")


def test_a_name_has_few_keys() -> None:
    counts = [len(list(person_keys(form))) for _, forms in sections("same.txt") for form in forms]
    assert max(counts) <= 128
    assert sum(counts) / len(counts) < 4
