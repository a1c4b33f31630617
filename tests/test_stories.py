"""One story, many copies: tests/cases/stories as a folder, tests/cases/copies case by case."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from generator.cards.fingerprints import Fingerprint, Wording, read_numbers
from generator.cards.stories import group_stories, same_stories
from generator.extract import extract
from generator.model import Article, Limits
from generator.read import read_folder
from tests.marked import CASES, make_marked

Pair = tuple[str, str]
FLOOR = 0.95


def pairs_of(groups: Mapping[str, Sequence[str]]) -> set[Pair]:
    """Return the pairs of articles that are said to be one story."""
    return {(min(id, other), max(id, other)) for id, same in groups.items() for other in same}


def group(articles: Sequence[Article]) -> dict[str, tuple[str, ...]]:
    """Return what `same_stories` says of articles read and extracted."""
    return same_stories(articles, [extract(article) for article in articles])


# --- a folder of rewrites


@cache
def folder() -> tuple[Article, ...]:
    """Return the articles of tests/cases/stories, the marks of their clusters unread."""
    articles, problems = read_folder(CASES / "stories", limits=Limits(), taken={})
    assert problems == ()
    return tuple(replace(a, id=Path(a.file).stem) for a in articles)


@cache
def found() -> dict[str, tuple[str, ...]]:
    return group(folder())


def wanted() -> set[Pair]:
    """Return the pairs that bear the same number; those with 00 are copies of nothing."""
    ids = sorted(article.id for article in folder())
    return {(a, b) for a, b in combinations(ids, 2) if a[:2] == b[:2] != "00"}


def test_rewrites_are_one_story_and_follow_ups_are_not() -> None:
    right = len(pairs_of(found()) & wanted())
    score = 2 * right / (len(pairs_of(found())) + len(wanted()))
    assert score >= FLOOR, sorted(pairs_of(found()) ^ wanted())


def test_no_article_is_joined_that_is_no_copy() -> None:
    assert pairs_of(found()) - wanted() == set()


def test_each_story_is_found_without_the_rest_of_the_folder() -> None:
    """What is rare can't be learnt from three articles: names and figures must do."""
    for number in sorted({article.id[:2] for article in folder()} - {"00"}):
        story = [article for article in folder() if article.id.startswith(number)]
        assert [len(same) for same in group(story).values()] == [2, 2, 2], number


def test_groups_are_sorted_symmetric_and_transitive() -> None:
    same = found()
    for id, others in same.items():
        assert list(others) == sorted(set(others) - {id})
        assert all({id, *others} == {other, *same[other]} for other in others)


def test_the_order_of_the_folder_changes_nothing() -> None:
    assert group(folder()[::-1]) == found()


# --- case by case


def read_case(path: Path) -> tuple[list[Article], set[Pair]]:
    """Return the articles of a case and the pairs that are copies."""
    text = "\n".join(
        line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")
    )
    head, *blocks = re.split(r"(?m)^=== ", text)
    stories = [s.split() for s in head.strip().removeprefix("together:").split(";") if s.strip()]
    copies = {pair for story in stories for pair in combinations(sorted(story), 2)}
    return list(_articles(blocks)), copies


def _articles(blocks: Sequence[str]) -> Iterator[Article]:
    for block in blocks:
        first, *lines = block.strip().splitlines()
        id, source, day = first.split(" | ")
        saved = day.removeprefix("saved ") if day.startswith("saved ") else None
        article = make_marked(id, lines, headline=True).article
        published = None if saved or day == "-" else day
        source = "" if source == "-" else source
        yield replace(article, source=source, published=published, page_date=saved)


@pytest.mark.parametrize(
    "path", sorted((CASES / "copies").glob("*.txt")), ids=lambda path: str(path.stem)
)
def test_a_copy_is_told_from_what_only_looks_like_one(path: Path) -> None:
    articles, copies = read_case(path)
    assert pairs_of(group(articles)) == copies


# --- numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Six hundred and forty jobs", [640]),
        ("two thousand three hundred and six", [2306]),
        ("three hundred thousand", [300_000]),
        ("twenty-one boats, seven and 12", [21, 7, 12]),
        ("$3.4bn and $62m, 84 m deep", [3.4e9, 62e6, 84]),
        ("half a dozen of 1,200", [6, 1200]),
        ("It was 2-1 after 90 minutes", [2, 1, 90]),
        ("1.5 million and 2.2 million", [1.5e6, 2.2e6]),
        ("three dozen eggs", [36]),
        ("nothing at all and a", []),
    ],
)
def test_numbers_are_read_in_digits_and_words(text: str, numbers: list[float]) -> None:
    assert read_numbers(text) == numbers


# --- many articles


def test_comparisons_grow_with_the_folder_not_with_its_square(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All speak of the same people in the same week: still each meets a few."""
    from generator.cards import stories

    count = 0
    compare = stories.compare

    def counted(*pair: object) -> object:
        nonlocal count
        count += 1
        return compare(*pair)  # type: ignore[arg-type]

    monkeypatch.setattr(stories, "compare", counted)
    counts = []
    for size in (200, 400, 800):
        count = 0
        group_stories(_alike(number) for number in range(size))
        counts.append(count / size)
    assert max(counts) < 200
    assert counts[2] < 1.5 * counts[0]


def _alike(number: int) -> Fingerprint:
    named = frozenset([f"n{number % k}" for k in (7, 11, 13, 17, 19)] + ["kim", "putin"])
    return Fingerprint(
        f"a{number:04}",
        f"s{number % 5}",
        700_000 + number % 7,
        True,
        named,
        Wording(
            np.arange(number * 10, number * 10 + 50, dtype="<u4").tobytes(),
            " ".join(sorted(named)),
            f"#{number % 23} #{number % 29 + 100}",
        ),
    )
