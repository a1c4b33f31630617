"""Planted disputes and their look-alikes, from whole articles: tests/cases/disputes/*.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from generator.cards.claims import Index, Said
from generator.cards.conflicts import RULES, find_conflicts
from generator.cards.schema import PropertyDef, load_schema
from generator.extract.corpus import read_marks
from generator.extract.spans import Span
from generator.lexicons import load
from generator.model import Article, Claim, Evidence, Sentence
from generator.names import key
from generator.read.sentences import split
from tests.marked import Marked, blocks, fields, make, make_marked

# Of 20 planted and 20 look-alikes; it may only get better.
LEAST_FOUND = 18
MOST_FLAGGED = 0

COUNTS = frozenset(load("counts")["counting"])
CASES = blocks("disputes")
PLANTED = [case for case in CASES if case[0].startswith("conflicts")]
ALIKE = [case for case in CASES if case[0].startswith("lookalikes")]


@dataclass(frozen=True, slots=True)
class Planted:
    """The articles of one folder, and the dispute a reader would see in them, if any."""

    folder: list[Marked]
    property: str = ""
    card: str = ""
    answers: frozenset[str] = frozenset()


def read_case(case: str) -> Planted:
    """Return the folder of a case and the dispute planted in it."""
    body, _, last = case.rpartition("\n=> ")
    folder = [_article(f"a{n}", part) for n, part in enumerate(body.split("\n---\n"), 1)]
    if last == "none":
        return Planted(folder)
    property, card, *answers = fields(last)
    return Planted(folder, property, key(card), frozenset(map(answer, answers)))


def _article(id: str, part: str) -> Marked:
    head, *lines = part.splitlines()
    published, source = (field.partition(": ")[2] for field in fields(head))
    line = read_marks(" ".join(lines))
    spans = tuple(Span(span.start, span.end, span.tag, "mark") for span in line.spans)
    sentences = tuple(
        Sentence(number, start, end, 1) for number, (start, end) in enumerate(split(line.text), 1)
    )
    article = Article(
        id, f"{id}.txt", line.text[:40], line.text, sentences, source=source, published=published
    )
    return Marked(article, spans)


def answer(words: str) -> str:
    """Return an answer without its noun: '3,400 troops' answers 3400."""
    number = re.match(r"[$€£]?\d[\d,.]*( (million|billion))?(?= |$)", words)
    return number[0].replace(",", "") if number else key(words)


def disputes(folder: list[Marked]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Yield what the cards of a folder show as disputed: card, property, answers."""
    cards = make(folder).knowledge.cards
    names = {card.id: card.name for card in cards}
    for card in cards:
        for conflict in card.conflicts:
            answers = frozenset(answer(names.get(one, one)) for one in conflict.between)
            yield key(card.name), conflict.property, answers


def found(case: Planted) -> bool:
    return (case.card, case.property, case.answers) in set(disputes(case.folder))


def test_what_can_both_be_true_is_no_dispute() -> None:
    flagged = {id: list(disputes(read_case(case).folder)) for id, case in ALIKE}
    shown = {id: dispute for id, dispute in flagged.items() if dispute}
    print(f"look-alikes: {len(shown)} of {len(ALIKE)} flagged: {shown}")
    assert len(shown) <= MOST_FLAGGED


def test_what_cannot_both_be_true_is_shown() -> None:
    planted = {id: read_case(case) for id, case in PLANTED}
    missed = [id for id, case in planted.items() if not found(case)]
    print(f"planted disputes: {len(planted) - len(missed)} of {len(planted)} found, not {missed}")
    assert len(planted) - len(missed) >= LEAST_FOUND


# --- two answers, compared; first what the articles say of one thing, then when and where


def told(number: int, property: str, line: str) -> tuple[Said, Article]:
    """Return a claim of one article from 'value @ published, source; date'."""
    value, _, rest = line.partition(" @ ")
    printed, _, date = rest.partition("; ")
    published, _, source = printed.partition(", ")
    article = Article(f"a{number}", "x.txt", "", "", (), source=source or None,
                      published=published or None)  # fmt: skip
    evidence = (Evidence(article.id, 1, value),)
    return Said("x", Claim(property, value, None, date or None, evidence), value), article


def differ(property: str, *lines: str) -> bool:
    """Return whether the answers of several articles are shown as a dispute."""
    said, articles = zip(*(told(n, property, line) for n, line in enumerate(lines)), strict=True)
    schema = load_schema()
    known = PropertyDef(property, "", "", ("person",), (), True, True, False, 0)
    properties = {**schema.properties, property: known}
    wider = replace(schema, properties=properties)
    by_id = {article.id: article for article in articles}
    return "x" in find_conflicts(said, by_id, Index({}, {}, {}), wider)


@pytest.mark.parametrize(
    ("property", "one", "other"),
    [
        ("birth_date", "1931-02-14", "1931-12-14"),
        ("birth_date", "1948", "1951-03-02"),
        ("birth_date", "1890~", "1912"),
        ("death_date", "2025-04-03", "2025-04-05"),
        ("death_date", "1976", "1979-05"),
        ("founded", "1958", "1963"),
        ("founded", "1958-03", "1958-04-01"),
        ("date_signed", "1961-05", "1964"),
        ("age", "34 @ 2025-07-16", "36 @ 2025-07-16"),
        ("age", "71 @ 2024-12-03", "68 @ 2024-12-04"),
        ("age", "40 @ 2020-05-01", "41 @ 2025-05-01"),
        ("nationality", "Slovakia", "Ukraine"),
        ("headquarters", "Stavanger @ 2025-09-01", "Aberdeen @ 2025-09-02"),
        ("headquarters", "Germany", "Austria"),
        ("killed", "212 soldiers", "61 soldiers"),
        ("killed", "12", "19 people"),
        ("killed", "61 government soldiers", "212 soldiers of the government"),
        ("killed", "at least 40 people", "12 people"),
        ("killed", "up to 10 people", "31 people"),
        ("killed", "about 1,000 people", "3,500 people"),
        ("killed", "12 people in a blast", "19 people in a powerful explosion"),
        ("killed", "1.2 million people", "800,000 people"),
        ("killed", "19 people @ 2025-05-01, Post", "12 people @ 2025-05-09, Sun"),
        ("killed", "12 people @ 2025-05-01, Post; 1944-06", "19 people @ 2025-05-09; 1944-06"),
        ("troops", "3,400 troops @ 2025-02-05", "900 troops @ 2025-02-08"),
        ("troops", "11,000 troops", "6,000 soldiers"),
        ("price", "$310 million", "$445 million"),
        ("population", "12,000 people", "21,500"),
    ],
)
def test_answers_that_exclude_each_other(property: str, one: str, other: str) -> None:
    assert differ(property, one, other)
    assert differ(property, other, one)


@pytest.mark.parametrize(
    ("property", "one", "other"),
    [
        ("birth_date", "1931", "1931-12-14"),
        ("birth_date", "1890~", "1892"),
        ("birth_date", "XXXX-12-14", "1931-12-15"),
        ("death_date", "1987-03", "1987-03-19"),
        ("age", "28 @ 2023-06-14", "30 @ 2025-06-18"),
        ("age", "34", "36"),  # nobody knows when
        ("age", "34 @ 2025-07-01", "35 @ 2025-07-16"),
        ("nationality", "Slovakia", "Slovak Republic"),
        ("nationality", "United Kingdom", "Scotland"),
        ("nationality", "Ukraine ; ../2016", "Canada ; 2017/.."),
        ("headquarters", "Oslo", "Norway"),
        ("headquarters", "Bergen @ 2019-05-21", "Singapore @ 2025-05-20"),
        ("headquarters", "Bavaria", "Nuremberg"),
        ("killed", "1,012 people", "about 1,000 people"),
        ("killed", "1,012 people", "1,000 people"),
        ("killed", "at least 10 people", "12 people"),
        ("killed", "more than 10 people", "31 people"),
        ("killed", "up to 15 people", "12 people"),
        ("killed", "10–14 people", "12 people"),
        ("killed", "212 soldiers", "61 civilians"),
        ("killed", "212 Russian soldiers", "61 Ukrainian soldiers"),
        ("killed", "12 people in an explosion", "3 people in a crash"),
        ("killed", "340 people in Nepal", "29 people in India"),
        ("killed", "31 people; 2016", "4 people; 2022"),
        ("killed", "12 people @ 2025-05-01, Post", "19 people @ 2025-05-04, Sun"),
        ("killed", "12 people @ 2025-05-01, Post", "19 people @ 2025-05-01, Post"),
        ("missing", "40 people @ 2025-05-01, Post", "12 people @ 2025-05-04, Sun"),
        ("troops", "850 troops @ 2024-03-04", "1,200 troops @ 2025-03-06"),
        ("troops", "11,000 troops", "over 10,000 soldiers"),
        ("price", "$310 million", "€290 million"),
        ("price", "$1.2 billion", "$1,210 million"),
        ("population", "12,000 people", "12,340"),
    ],
)
def test_answers_that_can_both_be_true(property: str, one: str, other: str) -> None:
    one, other = one.replace(" ; ", "; "), other.replace(" ; ", "; ")
    assert not differ(property, one, other)
    assert not differ(property, other, one)


def test_two_answers_in_one_article_are_weighed_there() -> None:
    first, article = told(1, "killed", "300 soldiers")
    second, _ = told(1, "killed", "9 soldiers")
    index = Index({}, {}, {})
    assert find_conflicts([first, second], {article.id: article}, index, load_schema()) == {}


# --- numbers in the text


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The {E|Oruro mudslide} killed forty-one people in {L|Bolivia} on 3 May 2024.",
         ["killed | 41 people in Bolivia | 2024-05-03"]),
        ("The {E|Oruro mudslide} killed 12 people and injured at least 30.",
         ["injured | at least 30 | ", "killed | 12 people | "]),
        ("Between 10 and 12 miners died in the {E|Oruro mudslide}.",
         ["killed | 10–12 miners | "]),
        ("An explosion in {L|Kaduna} killed a dozen people on 3 May 2024.",
         ["killed | 12 people in an explosion | 2024-05-03"]),
        ("An explosion in {L|Kaduna} killed 12 people.", []),
        ("The death toll of the {E|Oruro mudslide} rose to 1,300.", ["killed | 1,300 | "]),
        ("{L|Chad} has sent about 1,200 soldiers to {E|Operation Sand Wall}.",
         ["troops | about 1,200 soldiers | "]),
        ("11,000 {N|Chadian} troops in {L|Borno} have no boots.", ["troops | 11,000 troops | "]),
        ("{O|Nilsen Yards} bought the {R|MS Fram} for US$1.2bn.", ["price | $1.2 billion | "]),
        ("{O|Nilsen Yards}, founded in {L|Bergen} in 1921, employs 300 people.",
         ["employees | 300 people | ", "founded | 1921 | "]),
        ("{L|Dombas}, a town of 4,100 people, has one lift.", ["population | 4,100 people | "]),
        ("The {E|Oruro mudslide} could have killed 400 people.", []),
        ("Nobody knows if the {E|Oruro mudslide} killed 400 people.", []),
        ("The {E|Oruro mudslide} killed 12 cows.", []),
        ("{O|Nilsen Yards} will be founded in 2030.", []),
        ("{P|Ann Lee} left {O|Nilsen Yards} for $3 million.", []),
        ("{L|Dombas}, a village of 600 roofs, has one lift.", []),
        ("Twelve people were killed in {L|Oruro} after the {E|Andes Games}.", []),
    ],
)  # fmt: skip
def test_a_sentence_gives_the_numbers_it_tells(sentence: str, expected: list[str]) -> None:
    cards = make([make_marked("a", [sentence])]).knowledge.cards
    told = [claim for card in cards for claim in card.claims if claim.property in RULES]
    counted = [c for c in told if c.property in (*COUNTS, "founded")]
    assert sorted(f"{c.property} | {c.value} | {c.date or ''}" for c in counted) == expected
