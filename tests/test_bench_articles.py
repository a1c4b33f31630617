"""The benchmark's articles: the same for a seed, all different, and as unevenly about names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from generator import yaml_files
from generator.model import Limits
from generator.read import read_folder
from tests.bench.articles import Draft, Telling, drafts, make_cast, write_articles
from tests.bench.world import GRAMMAR, SLOT, Person, make_world

COUNT = 400


@pytest.fixture(scope="module")
def some() -> list[Draft]:
    return list(islice(drafts(), COUNT))


def test_the_same_seed_writes_the_same_articles(some: list[Draft], tmp_path: Path) -> None:
    assert list(islice(drafts(), 40)) == some[:40]
    assert next(drafts(seed=7)) != some[0]
    write_articles(tmp_path, 2, start=30)
    written = [path.read_text(encoding="utf-8") for path in sorted(tmp_path.iterdir())]
    assert written == [some[30].markdown(), some[31].markdown()]


def test_no_two_articles_are_the_same(some: list[Draft]) -> None:
    assert len({draft.text for draft in some}) == COUNT
    lines = [line for draft in some for line in re.split(r"(?<=[.”])\s", draft.text)]
    sentences = Counter(line for line in lines if len(line.split()) > 5)
    twice = sum(count for count in sentences.values() if count > 1)
    assert twice < sum(sentences.values()) / 30


def test_articles_are_of_some_five_hundred_words(some: list[Draft]) -> None:
    lengths = sorted(len(draft.text.split()) for draft in some)
    assert lengths[0] > 450 and lengths[-1] < 560


def test_every_slot_is_filled_and_no_comma_stands_alone(some: list[Draft]) -> None:
    for draft in some:
        for text in (draft.title, draft.text):
            assert not re.search(r"[{}]|,,| ,|,\.|\.\.|  |the The|“”", text), text


def test_articles_are_read_without_a_problem(tmp_path: Path, some: list[Draft]) -> None:
    write_articles(tmp_path, 12)
    articles, problems = read_folder(tmp_path, limits=Limits(), taken={})
    assert problems == ()
    assert sorted(article.title for article in articles) == sorted(d.title for d in some[:12])
    assert all(article.published and article.source for article in articles)


def patterns(told: object) -> Iterator[str]:
    """Yield all that the grammar's lists say."""
    if isinstance(told, str):
        yield told
    elif told:
        for one in told.values() if isinstance(told, dict) else told:  # type: ignore[attr-defined]
            yield from patterns(one)


def test_the_grammar_knows_every_slot_and_uses_every_rule() -> None:
    grammar = yaml_files.load(GRAMMAR.read_text(encoding="utf-8"))
    used = {found[1] for pattern in patterns(grammar) for found in SLOT.finditer(pattern)}
    world = make_world(1)
    telling = Telling(world, make_cast(world))
    for kind in ("bodies", "events", "things"):
        given = {"adj", "country", "town", "coined", "small", "letter", "field", "trade"}
        used -= given
        assert grammar[kind]
    for slot in sorted(used):
        assert telling.filled(f"{{{slot}}}") is not None
    drawn = used | set(telling.cast) | {"shared", "stories", "coined", "bodies", "events", "things"}
    drawn |= {"towns", "fields", "trades", "outlets", "leading"}
    assert set(grammar) <= drawn


def test_an_unknown_slot_is_a_fault() -> None:
    world = make_world(1)
    with pytest.raises(KeyError):
        Telling(world, make_cast(world)).filled("{nobody}")


def test_a_person_is_introduced_once() -> None:
    world = make_world(1)
    cast = make_cast(world)
    telling, person = Telling(world, cast), cast["p1"]
    assert isinstance(person, Person)
    first, second = telling.sentence("{p1} slept."), telling.sentence("{p1} slept.")
    assert person.full in first and person.office in first.lower()
    assert second == f"{person.last} slept."


# --- who is in the news


@pytest.fixture(scope="module")
def casts() -> list[dict[str, object]]:
    world = make_world(6)
    return [make_cast(world) for _ in range(2 * COUNT)]


def test_a_few_countries_are_in_half_of_the_articles(casts: list[dict[str, object]]) -> None:
    counts = Counter(country for cast in casts for country in {cast["c1"], cast["c2"]})
    leading = {country for country, _ in counts.most_common(3)}
    among = sum(bool(leading & {cast["c1"], cast["c2"]}) for cast in casts)
    assert len(casts) / 2 < among < len(casts) * 0.9
    assert len(counts) > 60


def test_most_people_are_in_one_article_or_two(casts: list[dict[str, object]]) -> None:
    counts = Counter(cast[f"p{n}"] for cast in casts for n in range(1, 6))
    rare = sum(count <= 2 for count in counts.values())
    assert rare > 0.85 * len(counts)
    # The n-th is about n times rarer than the first: so is the tenth of the hundredth.
    ranked = [count for _, count in counts.most_common()]
    assert ranked[0] > 20 and 3 < ranked[9] / ranked[99] < 30


def test_new_names_never_end(casts: list[dict[str, object]]) -> None:
    half = len(casts) // 2
    for slots in (("p1", "p4"), ("b1", "b3"), ("t1", "t3")):
        early, late = ({c[s] for c in part for s in slots} for part in (casts[:half], casts[half:]))
        assert len(late - early) > len(late) / 2


def test_nobody_is_twice_in_an_article(casts: list[dict[str, object]]) -> None:
    for cast in casts:
        assert len({cast[f"p{n}"] for n in range(1, 6)}) == 5
        assert cast["c1"] != cast["c2"] and cast["b1"] != cast["b2"] and cast["t1"] != cast["t2"]
