"""Who is who: every small folder of tests/cases/identity/*.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from generator.names import key, tidy
from tests.marked import Made, Marked, blocks, fields, make, make_marked

# How many of the pairs are told rightly where the tagger finds the names.
LEAST_RIGHT = 0.85

CASES = blocks("identity")
_PAIR = re.compile(r"(!?=)\s+(.+)")
_WHERE = re.compile(r"(.+?)(?: @(\d+)(?:\.(\d+))?)?")  # a name, its article, its mention there

given = pytest.mark.parametrize("case", [text for _, text in CASES], ids=[id for id, _ in CASES])


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names, and whether they are one thing's."""

    one: str
    other: str
    same: bool


def read_case(case: str) -> tuple[list[Marked], list[Pair]]:
    """Return the folder's articles and the pairs to be told."""
    articles: list[list[str]] = [[]]
    pairs = []
    for line in case.splitlines():
        if match := _PAIR.fullmatch(line):
            one, other = fields(match[2])
            pairs.append(Pair(one, other, match[1] == "="))
        elif line == "---":
            articles.append([])
        else:
            articles[-1].append(line)
    folder = [make_marked(f"a{n}", lines) for n, lines in enumerate(articles, 1)]
    return folder, pairs


def entities_of(made: Made, where: str) -> set[str]:
    """Return the ids of the cards that a name, at a place or anywhere, leads to."""
    match = _WHERE.fullmatch(where)
    assert match
    name, article, nth = match.groups()
    return set(_named(made, name, int(article or 0), int(nth or 0)))


def _named(made: Made, name: str, article: int, nth: int) -> Iterator[str]:
    for entity in made.entities:
        for id, indices in entity.mentions.items():
            if article and id != f"a{article}":
                continue
            extraction = next(e for e in made.extractions if e.article == id)
            same = [i for i, m in enumerate(extraction.mentions) if _is(m.surface, m.full, name)]
            wanted = same[nth - 1 : nth] if nth else same
            if set(wanted) & set(indices):
                yield entity.id


def _is(surface: str, full: str | None, name: str) -> bool:
    return tidy(name) in (tidy(surface), tidy(full or "")) or key(surface) == key(name)


def told(made: Made, pair: Pair) -> str:
    """Return how two names were told: 'one', 'apart', or 'unnamed' if one isn't found."""
    one, other = entities_of(made, pair.one), entities_of(made, pair.other)
    if not one or not other:
        return "unnamed"
    return "one" if one == other and len(one) == 1 else "mixed" if one & other else "apart"


@given
def test_a_name_leads_where_a_reader_would_look(case: str) -> None:
    folder, pairs = read_case(case)
    made = make(folder)
    assert pairs
    assert [(p, told(made, p)) for p in pairs] == [(p, "one" if p.same else "apart") for p in pairs]


@given
def test_the_order_of_the_articles_changes_nobody(case: str) -> None:
    folder, pairs = read_case(case)
    made = make(folder[::-1])
    assert [(p, told(made, p)) for p in pairs] == [(p, "one" if p.same else "apart") for p in pairs]


@given
def test_every_mention_belongs_to_one_card_and_every_id_is_its_own(case: str) -> None:
    folder, _ = read_case(case)
    made = make(folder)
    ids = [entity.id for entity in made.entities]
    owned = [(a, i) for e in made.entities for a, at in e.mentions.items() for i in at]
    there = [(e.article, i) for e in made.extractions for i in range(len(e.mentions))]
    assert sorted(owned) == sorted(there)
    assert ids == sorted({id.casefold() for id in ids})


def test_whom_the_headline_calls_otherwise_is_whom_the_text_introduces() -> None:
    lines = [
        "{P|Nadja Weiss-Okoro}, lute player who crossed a desert, dies at 80",
        "{P|Nadja Weiss-Okoro}, a {N|German} musician and judge, died on Monday.",
        "{P|Weiss-Okoro} was born in a lighthouse.",
    ]
    made = make([make_marked("a", lines, headline=True)])
    assert [entity.name for entity in made.entities] == ["Nadja Weiss-Okoro"]


def test_who_is_who_where_the_tagger_finds_the_names() -> None:
    right = total = 0
    for _, case in CASES:
        folder, pairs = read_case(case)
        made = make(folder, tagged=True)
        right += sum(told(made, p) == ("one" if p.same else "apart") for p in pairs)
        total += len(pairs)
    print(f"pairs told: {right / total:.3f} of {total}")
    assert right / total >= LEAST_RIGHT
