"""Small folders of marked sentences, the editors' decisions about them, and what is asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from generator import curation
from generator.cards.assemble import make_cards
from generator.cards.curated import curate_cards, withheld_claims
from generator.cards.schema import load_schema
from generator.cli.review_queue import HELPERS
from generator.curation_files import decisions_text
from generator.model import (
    Article,
    Card,
    Decision,
    Entity,
    Extraction,
    Knowledge,
    Mention,
    Problem,
    Publish,
    Sentence,
)
from generator.resolve import published, resolve
from generator.review import Matter, Question, make_queue
from tests.marked import Marked, extract_marked, make_marked


@dataclass(frozen=True, slots=True)
class Case:
    """Articles, decisions, and the questions expected: 'merge | Bob Ames | Robert Ames'.

    `writes` holds what an answer of the last question writes: 's | merge: [Bob Ames, …]'.
    """

    articles: tuple[Marked, ...]
    decisions: str
    asked: tuple[str, ...]
    writes: tuple[str, ...]


def read_case(block: str) -> Case:
    """Return a case from its text: see the files in tests/cases/review."""
    lines = block.splitlines()
    told = [line for line in lines if line[:2] not in ("+ ", "? ", "> ")]
    articles = [
        make_marked(f"a{n}", [line.removeprefix("^ ") for line in part], headline=part[0][0] == "^")
        for n, part in enumerate(_parts(told), 1)
    ]
    return Case(
        tuple(articles),
        "".join(f"- {line[2:]}\n" for line in lines if line.startswith("+ ")),
        tuple(line[2:] for line in lines if line.startswith("? ") and line != "? nothing"),
        tuple(line[2:] for line in lines if line.startswith("> ")),
    )


def _parts(lines: Iterable[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for line in lines:
        if line == "---":
            parts.append([])
        else:
            parts[-1].append(line)
    return parts


@dataclass(frozen=True, slots=True)
class Desk:
    """A folder's extractions, made once, and the cards of its last build: decisions come and go."""

    articles: tuple[Marked, ...]
    extractions: tuple[Extraction, ...]
    built: tuple[Card, ...] = ()

    def matter(self, decisions: Sequence[Decision] = ()) -> tuple[Matter, tuple[Problem, ...]]:
        """Return what questions are made from under some decisions, and what is wrong with them."""
        schema = load_schema()
        articles = tuple(one.article for one in self.articles)
        entities, unfit = resolve(self.extractions, decisions, published(self.built))
        shown: dict[str, Publish] = {article.id: "full" for article in articles}
        knowledge = make_cards(articles, self.extractions, entities, schema, shown)
        knowledge, unused = curate_cards(knowledge, decisions, schema)
        waiting = withheld_claims(knowledge, decisions, schema)
        known = frozenset(card.id for card in self.built)
        made = Matter(
            knowledge, entities, self.extractions, articles, tuple(decisions), waiting, HELPERS,
            known,
        )  # fmt: skip
        return made, (*unfit, *unused)

    def queue(self, decisions: Sequence[Decision] = ()) -> tuple[Question, ...]:
        """Return the questions that decisions leave open."""
        return make_queue(self.matter(decisions)[0])


def make_desk(articles: Sequence[Marked], decisions: Sequence[Decision] = ()) -> Desk:
    """Return a folder with the names in it as marked, built once under some decisions."""
    desk = Desk(tuple(articles), tuple(extract_marked(articles)))
    return replace(desk, built=desk.matter(decisions)[0].knowledge.cards)


def parsed(text: str) -> tuple[Decision, ...]:
    """Return decisions that have no fault."""
    decisions, problems = curation.parse({"curation/desk.yml": text})
    assert problems == (), problems
    return decisions


def told(question: Question) -> str:
    """Return a question as cases write it."""
    return " | ".join([question.kind, *question.names])


def written(question: Question, key: str) -> str:
    """Return what an answer writes as cases write it: without the reason, on one line."""
    (answer,) = (answer for answer in question.answers if answer.key == key)
    lines = decisions_text(answer.decisions).splitlines()
    return " ".join(line[2:] for line in lines if line.startswith("- "))


def many_names(count: int) -> Matter:
    """Return a folder of so many people, twenty to an article, most of them of similar names."""
    given = "Anna Berta Clara Doris Emma Frida Greta Hanna Ilse Jutta".split()
    articles, extractions, entities = [], [], []
    for number in range(count // 20):
        called = [
            f"{given[i % 10]} {'bdfgklmnpr'[i // 7 % 10]}a{'rstvz'[i % 5]}{_letters(i)}berg".title()
            for i in range(number * 20, number * 20 + 20)
        ]
        text = ", ".join(called)
        id = f"a{number:05d}"
        mentions = []
        for place, name in enumerate(called):
            start = sum(len(other) + 2 for other in called[:place])
            mentions.append(Mention(start, start + len(name), name, "person", 1, "tagger"))
            key = f"p{number * 20 + place:06d}"
            entities.append(Entity(key, "person", name, (), {id: (place,)}))
        articles.append(Article(id, f"{id}.txt", id, text, (Sentence(1, 0, len(text), 1),)))
        extractions.append(Extraction(id, tuple(mentions), (), (), text))
    known = frozenset(entity.id for entity in entities)
    return Matter(
        Knowledge(()), tuple(entities), tuple(extractions), tuple(articles), (), (), HELPERS, known
    )


def _letters(number: int) -> str:
    return "".join("aeioulmnst"[int(digit)] for digit in str(number * 7919 % 100_000))
