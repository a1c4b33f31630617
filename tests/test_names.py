"""Names in text: what every name found must be, and how many of the marked ones are found."""

from __future__ import annotations

import lzma
import random
import re
from collections import Counter
from functools import cache
from itertools import pairwise, product

import numpy as np
import pycrfsuite
import pytest

from generator.extract import extract, features, paragraphs, scores, tagger, training, weights
from generator.extract.corpus import MarkedArticle, read_corpus
from generator.extract.decoding import Decoder, best_labels
from generator.extract.recognizers import find_spans
from generator.extract.tokens import tokenize
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


# --- the tagger reads CRFsuite's model by itself

SOME = [one for part in read_corpus(training.CORPUS).values() for one in part[::20]]


@cache
def model() -> bytes:
    return lzma.decompress(tagger.MODEL.read_bytes())


def prepared(marked: MarkedArticle) -> list[paragraphs.Paragraph]:
    return [paragraphs.paragraph(tokenize(p.text)) for p in marked.paragraphs]


def test_labels_are_those_of_crfsuite() -> None:
    theirs = pycrfsuite.Tagger()
    theirs.open_inmemory(model())
    for marked in SOME:
        rows = features.article_features(prepared(marked))
        assert tagger.load().labels(prepared(marked)) == [theirs.tag(row) for row in rows]


def test_labels_do_not_depend_on_what_was_read_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scores, "MOST_WORDS", 50)
    fresh = Decoder(weights.read(model()))
    for marked in SOME[::4]:
        assert fresh.labels(prepared(marked)) == tagger.load().labels(prepared(marked))


def test_paragraphs_without_words_have_no_labels() -> None:
    one = paragraphs.paragraph(tokenize("Ann Lee left Rome."))
    none = paragraphs.paragraph([])
    alone = tagger.load().labels([one])
    assert tagger.load().labels([]) == []
    assert tagger.load().labels([none]) == [[]]
    assert tagger.load().labels([none, one, none])[0::2] == [[], []]
    assert len(alone[0]) == len(one.words)


def test_a_long_article_is_labelled_piece_by_piece_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    paragraphs = [p for marked in SOME[:30] for p in prepared(marked)]
    whole = tagger.load().labels(paragraphs)
    monkeypatch.setattr("generator.extract.decoding.TOGETHER", 10)
    assert tagger.load().labels(paragraphs) == whole


def test_the_best_path_is_found_and_of_equal_ones_the_lowest() -> None:
    chance = random.Random(7)
    for _ in range(60):
        lengths = [chance.randrange(5) for _ in range(chance.randrange(1, 5))]
        # Few different scores, so that many paths are equally good.
        table = np.array([[chance.randrange(3) for _ in range(3)] for _ in range(sum(lengths))])
        steps = np.array([[chance.randrange(3) for _ in range(3)] for _ in range(3)])
        found = best_labels(table.reshape(-1, 3) * 1.0, np.array(lengths), steps * 1.0).tolist()
        for length in lengths:
            assert tuple(found[:length]) == best_by_trying(table[:length].tolist(), steps.tolist())
            found, table = found[length:], table[length:]


def best_by_trying(table: list[list[int]], steps: list[list[int]]) -> tuple[int, ...]:
    """Return the best of all paths; of equal ones that of the lowest labels from its end back."""

    def score(path: tuple[int, ...]) -> int:
        words = sum(row[label] for row, label in zip(table, path, strict=True))
        return words + sum(steps[one][other] for one, other in pairwise(path))

    return min(product(range(3), repeat=len(table)), key=lambda path: (-score(path), path[::-1]))


def test_another_file_is_no_model() -> None:
    with pytest.raises(ValueError, match="not a model"):
        weights.read(b"lCRF" + bytes(60))
