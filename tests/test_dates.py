"""Dates in text: every case is one line of tests/cases/dates/*.txt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from generator import edtf
from generator.extract import date_words, dates
from generator.extract.dates import RULES, find_dates
from generator.model import Article, Sentence

FOLDER = Path(__file__).parent / "cases" / "dates"


def make_article(text: str, known: str = "-") -> Article:
    """Return an article of the sentences between ¶ marks; `known` is a case's first column."""
    pieces = [piece.strip() for piece in text.split("¶")]
    sentences, start = [], 0
    for number, piece in enumerate(pieces, 1):
        sentences.append(Sentence(number, start, start + len(piece), number))
        start += len(piece) + 1
    facts = dict(fact.split(":", 1) for fact in known.split() if fact != "-")
    return Article(
        id="case", file="case.txt", title=pieces[0], text="\n".join(pieces),
        sentences=tuple(sentences), published=facts.get("published"), page_date=facts.get("page"),
        lang=facts.get("lang"), url=f"https://{facts['site']}/story" if "site" in facts else None,
    )  # fmt: skip


def _read_cases() -> Iterator[tuple[str, str, str]]:
    """Yield (known, text, expected) of every case line."""
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                known, text, *expected = line.split(" || ")
                yield known, text, expected[0] if expected else ""


CASES = list(_read_cases())


def show(article: Article) -> str:
    """Return the dates found, in the notation of the cases."""
    dates = find_dates(article)
    return " ; ".join(f"{date.surface} => {date.value or 'null'}" for date in dates)


@pytest.mark.parametrize(("known", "text", "expected"), CASES)
def test_a_reader_would_give_the_same_date(known: str, text: str, expected: str) -> None:
    assert show(make_article(text, known)) == expected


def test_a_rule_tells_every_word_that_its_pattern_may_begin_with() -> None:
    words = [*sorted(date_words.openers()), "5", "12", "2024", "1990s", "'70s", "3rd"]
    starts = [f"{word}{rest}" for word in [*words, *map(str.capitalize, words)] for rest in RESTS]
    texts = [text[match.start() :] for _, text, _ in CASES for match in dates._WORD.finditer(text)]
    for text in [*texts, *starts]:
        opening = dates._WORD.match(text)
        assert opening is not None
        low = opening[0].casefold()
        if low in date_words.openers() or not low[0].isalpha():
            rules = {rule for rule, pattern in dates._patterns() if pattern.match(text)}
            assert rules <= {rule for rule, _ in dates._rules(opening[0])}, text


RESTS = tuple(
    " 5, 2024| May 5, 2024| (May 5, 2024)| 5 May 2024| May 5| 5 May| (May 5)| (5 May)| to 8 May"
    "| 5 to 8| 5 to June 8| to June 2024| June 2024| June last year| June|, 2024| 2024| of 2023-24"
    "| summer 2024| summer of 2023-24| spring of last year| summer| quarter of 2024"
    "| quarter last year| quarter| half of 2024| nine months of 2022| 1990s| 90s| nineties|"
    "| century| year| of the year| week later| later| days ago| ago| of years ago| weeks from now"
    "| Monday| CE| 12| BC| of last year| Q3| few days ago".split("|")
)


@pytest.mark.parametrize(("known", "text", "expected"), CASES)
def test_offsets_and_values_can_be_relied_on(known: str, text: str, expected: str) -> None:
    article = make_article(text, known)
    end = 0
    for date in find_dates(article):
        sentence = article.sentences[date.sentence - 1]
        assert max(end, sentence.start) <= date.start < date.end <= sentence.end
        assert article.text[date.start : date.end] == date.surface
        assert date.value is None or edtf.is_valid(date.value)
        end = date.end


def test_each_rule_has_a_case_that_shows_it() -> None:
    shown = {
        date.rule for known, text, _ in CASES for date in find_dates(make_article(text, known))
    }
    assert {rule.name for rule in RULES} <= shown


def test_an_article_without_sentences_has_no_dates() -> None:
    assert find_dates(Article("a", "a.txt", "", "", ())) == ()


def test_a_date_ends_with_its_sentence() -> None:
    assert show(make_article("She left in May ¶ 9 of them stayed.")) == "May => XXXX-05"


@pytest.mark.parametrize(
    "published", ["", "0001-01-01", "9999-12-31", "2025", "2025-05?", "nonsense"]
)
def test_no_text_and_no_publication_date_makes_it_fail(published: str) -> None:
    words = (
        "last week next century 900 years ago tomorrow Friday 31 February 1000-01 May-June "
        "99/99/9999 February 29 summer of last year first quarter growth the 31st mid- the 1990s "
        "a decade later next winter "
        "AD 12 999 decades from now last decade Tuesday (Feb 30) 30 February to 31 February"
    ).split()
    for step in range(1, 12):
        text = " ".join(words[(number * step) % len(words)] for number in range(2 * len(words)))
        for date in find_dates(make_article(text, f"published:{published} page:{published}")):
            assert date.value is None or edtf.is_valid(date.value)


@pytest.mark.parametrize("piece", ["May ", "1999-", "in 2019 and ", "mid-", "3 May to ", "last "])
def test_endless_repetition_is_read_to_its_end(piece: str) -> None:
    text = piece * 2000
    dates = find_dates(make_article(f"{text} The treaty was signed on 9 May 2025."))
    assert dates[-1].value == "2025-05-09"


def test_a_guess_from_the_saved_page_is_marked_as_one() -> None:
    text = "The ship left on 3 April, docked in June and came back last August."
    values = [date.value for date in find_dates(make_article(text, "page:2026-01-31"))]
    assert values == ["2025-04-03?", "2025-06?", "2025-08?"]
