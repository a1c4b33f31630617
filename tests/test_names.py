"""Names in text: what every name found must be, and how many of the marked ones are found."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from generator.extract import extract
from generator.extract.recognizers import find_spans
from generator.extract.words import words_of
from generator.model import Extraction
from tests.marked import Marked, blocks, make_marked

# A little below what is reached; it may only rise. F1 of whole spans, and with the right type.
LEAST_SPANS = 0.94
LEAST_TYPED = 0.87

TITLES = re.compile(
    r"(?:President|Prime Minister|Minister|Mr|Mrs|Ms|Dr|Queen|King|Father|Governor|Chancellor"
    r"|General|Admiral|Sheriff|Mayor|Comrade|Senator|Professor|Secretary)\.? "
)

ARTICLES = [
    *(make_marked(id, text.splitlines(), headline=True) for id, text in blocks("names")),
    *(make_marked(id, [text.splitlines()[0]]) for id, text in blocks("claims")),
]
NEWS = ARTICLES[: len(blocks("names"))]

every_article = pytest.mark.parametrize("marked", ARTICLES, ids=lambda m: m.article.id)


@cache
def found(marked: Marked) -> Extraction:
    return extract(marked.article)


@every_article
def test_offsets_give_back_the_name(marked: Marked) -> None:
    text = marked.article.text
    for mention in found(marked).mentions:
        assert text[mention.start : mention.end] == mention.surface
        assert mention.surface and mention.surface == mention.surface.strip()


@every_article
def test_names_come_in_order_and_none_overlaps(marked: Marked) -> None:
    end = 0
    for mention in found(marked).mentions:
        assert mention.start >= end
        end = mention.end


@every_article
def test_a_name_stays_within_its_sentence(marked: Marked) -> None:
    for mention in found(marked).mentions:
        sentence = marked.article.sentences[mention.sentence - 1]
        assert sentence.start <= mention.start < mention.end <= sentence.end


@every_article
def test_a_name_has_no_title_article_or_possessive(marked: Marked) -> None:
    for mention in found(marked).mentions:
        name = mention.surface
        assert not name.endswith(("'s", "’s", "'", "’")), name
        assert not name.startswith(("the ", "a ", "an ", '"', "“", "(")), name
        assert mention.type != "person" or not TITLES.match(name), name
        assert name[-1] not in ",;:(“" and "\n" not in name, name


@every_article
def test_a_name_does_not_break_a_word(marked: Marked) -> None:
    text = f" {marked.article.text} "
    for mention in found(marked).mentions:
        before, after = text[mention.start], text[mention.end + 1]
        assert not (before.isalnum() or (after.isalnum() and mention.surface[-1].isalnum()))


@every_article
def test_a_name_is_read_the_same_twice(marked: Marked) -> None:
    assert extract(marked.article) == found(marked)


@every_article
def test_nationality_words_get_no_card(marked: Marked) -> None:
    nations = {(s.start, s.end) for s in marked.spans if s.tag == "nationality"}
    assert [m.surface for m in found(marked).mentions if (m.start, m.end) in nations] == []


def test_most_names_are_found_whole() -> None:
    assert score(NEWS, typed=False) >= LEAST_SPANS


def test_most_names_are_found_with_their_kind() -> None:
    assert score(NEWS, typed=True) >= LEAST_TYPED


def score(articles: list[Marked], *, typed: bool) -> float:
    """Return the F1 of the spans found; nationalities count as names here."""
    counts: Counter[str] = Counter()
    for marked in articles:
        spans = find_spans(words_of(marked.article))
        got = {(s.start, s.end, s.tag if typed else "") for s in spans}
        wanted = {(s.start, s.end, s.tag if typed else "") for s in marked.spans}
        counts.update(both=len(got & wanted), got=len(got), wanted=len(wanted))
    f1 = 2 * counts["both"] / (counts["got"] + counts["wanted"])
    print(f"{'typed' if typed else 'spans'}: F1 {f1:.3f} of {counts['wanted']}")
    return f1
