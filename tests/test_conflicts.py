"""Where sources differ, and where they only seem to: tests/cases/conflicts/*.txt."""

from __future__ import annotations

import pytest

from generator.names import key
from tests.marked import Made, Marked, blocks, fields, make, make_marked

CASES = blocks("conflicts")
Differing = tuple[str, str, str, tuple[str, ...]]  # card, property, value, answers

given = pytest.mark.parametrize("case", [text for _, text in CASES], ids=[id for id, _ in CASES])


def read_case(case: str) -> tuple[list[Marked], list[Differing]]:
    """Return the folder's articles and the conflicts to be shown, sorted."""
    articles: list[list[str]] = [[]]
    published: list[str | None] = [None]
    wanted = []
    for line in case.splitlines():
        if line.startswith("! "):
            card, property, value, answers = fields(line[2:])
            named = tuple(sorted(map(key, answers.split(";"))))
            wanted.append((key(card), property, key(value), named))
        elif line == "---":
            articles.append([])
            published.append(None)
        elif line.startswith("published: "):
            published[-1] = line.removeprefix("published: ")
        else:
            articles[-1].append(line)
    folder = [
        make_marked(f"a{n}", lines, published=day)
        for n, (lines, day) in enumerate(zip(articles, published, strict=True), 1)
    ]
    return folder, sorted(wanted)


def conflicts_of(made: Made) -> list[Differing]:
    """Return the conflicts on the cards, by names, sorted."""
    names = {card.id: card.name for card in made.knowledge.cards}
    return sorted(
        (key(card.name), c.property, key(c.value or ""),
         tuple(sorted(key(names.get(one, one)) for one in c.between)))
        for card in made.knowledge.cards
        for c in card.conflicts
    )  # fmt: skip


@given
def test_sources_differ_where_a_reader_would_say_so(case: str) -> None:
    folder, wanted = read_case(case)
    assert conflicts_of(make(folder)) == wanted


@given
def test_a_conflict_quotes_each_side_word_for_word(case: str) -> None:
    folder, _ = read_case(case)
    texts = {one.article.id: one.article.text for one in folder}
    for card in make(folder).knowledge.cards:
        for conflict in card.conflicts:
            assert len(conflict.between) == len(conflict.evidence) == len(set(conflict.between))
            assert all(e.quote in texts[e.article] for e in conflict.evidence)


@given
def test_each_side_of_a_conflict_is_a_claim_on_some_card(case: str) -> None:
    folder, _ = read_case(case)
    knowledge = make(folder).knowledge
    held = {
        (claim.property, answer)
        for card in knowledge.cards
        for claim in card.claims
        for answer in (card.id, claim.of)
    }
    shown = {
        (c.property, one) for card in knowledge.cards for c in card.conflicts for one in c.between
    }
    assert shown <= held
