"""What the tagger sees of each word: its shape, its neighbours, lists, and the whole article.

Features are strings; the tagger learns a weight for each. They are told in pieces, so that
what comes again is weighed once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator.extract.paragraphs import Facts, Paragraph, article_facts, look, starts_sentence
from generator.extract.parts_of_speech import parts_of_speech
from generator.extract.pieces import Made, in_order
from generator.extract.runs import run_pieces
from generator.extract.word_classes import word_classes


def article_features(paragraphs: Sequence[Paragraph]) -> list[list[list[str]]]:
    """Return the features of each token of each paragraph."""
    facts = article_facts(paragraphs)
    return [_paragraph_features(p, facts, first=i == 0) for i, p in enumerate(paragraphs)]


def _paragraph_features(p: Paragraph, facts: Facts, first: bool) -> list[list[str]]:
    placed, pairs, whole, listed = _placed(p, facts), paired(p), _whole(p, first), _listed(p)
    known = [EDGE, EDGE, *map(known_of, p.words), EDGE, EDGE]
    rows = [
        [
            *known[i + 2].own,
            *placed[i],
            *known[i].near[0],
            *known[i + 1].near[1],
            *known[i + 3].near[2],
            *known[i + 4].near[3],
            *in_order([pairs[i]]),
            *whole,
            *listed[i],
        ]
        for i in range(len(p.words))
    ]
    for start, end, shared in run_pieces(p, facts):
        for i in range(start, end):
            rows[i] += [*in_order(shared), _place_in_run(start, end, i)]
    return rows


def paired(p: Paragraph) -> list[Made]:
    """Return the shape of each token with that of the next."""
    # Of no tokens there are none, so the lists may differ in length.
    return [(_pair, one, other) for one, other in zip(p.shapes, [*p.shapes[1:], ""], strict=False)]


def beside(p: Paragraph, facts: Facts, first: bool) -> dict[int, list[str]]:
    """Return what else there is of some tokens: not of the words alone, nor shared by a run."""
    found = _placed(p, facts)
    for i, pieces in _listed(p).items():
        found[i] += pieces
    for start, end in p.spans:
        for i in range(start, end):
            found[i].append(_place_in_run(start, end, i))
    whole = _whole(p, first)
    for i in range(len(p.words)) if whole else ():
        found[i] += whole
    return found


# --- features of a token that others don't share


def _placed(p: Paragraph, facts: Facts) -> dict[int, list[str]]:
    """Return what words are by their place: first of a sentence, known from the article."""
    found: dict[int, list[str]] = defaultdict(list)
    for i in (0, *(mark + 1 for mark in p.marks)):
        if i < len(p.words) and starts_sentence(p.words, i):
            found[i].append("first")
    for i in p.capitals:
        told = facts.words.get(p.folded[i])
        if told:
            found[i] += ["A:" + fact for fact in told]
    return found


def _whole(p: Paragraph, first: bool) -> list[str]:
    """Return what holds for all tokens."""
    return (["headline"] if first else []) + (["titled"] if p.titled else [])


def _pair(shape: str, following: str) -> list[str]:
    return [f"0s1s={shape}|{following}"] if following else []


def _listed(p: Paragraph) -> dict[int, list[str]]:
    """Return what listed phrases tell of the tokens within them and beside them."""
    found: dict[int, list[str]] = defaultdict(list)
    for start, end, kind in p.hits:
        for i in range(start, end):
            place = "B" if i == start else "I"
            found[i].append(f"g={place}{kind}{min(end - start, 3)}")
        if start > 0:
            found[start - 1].append("+1g=" + kind)
        if end < len(p.words):
            found[end].append("-1g=" + kind)
    return found


def _place_in_run(start: int, end: int, i: int) -> str:
    """Return where in its run a token stands: alone, or at its beginning, middle or end."""
    place = "S" if end - start == 1 else "B" if i == start else "E" if i == end - 1 else "M"
    return "r:at=" + place


# --- features of a word


@dataclass(frozen=True, slots=True)
class Known:
    """The features of a word that depend on it alone, and those it gives its neighbours."""

    own: tuple[str, ...]
    near: tuple[tuple[str, ...], ...]  # as the word two before, one before, one after, two after


EDGE = Known((), tuple((f"{offset}edge",) for offset in (-2, -1, 1, 2)))


# The tagger adds up what a word has once; who trains one asks again and again.
@lru_cache(maxsize=1_000)
def known_of(word: str) -> Known:
    """Return the features of a word, and those it gives its neighbours."""
    folded, shape = look(word)[:2]
    own = _own_features(folded, shape, word[0].isalpha())
    return Known(own, _near_features(folded, shape))


def _own_features(folded: str, shape: str, letters: bool) -> tuple[str, ...]:
    speech = parts_of_speech(folded)
    row = ["b", "w=" + folded, "s=" + shape, "pos=" + speech]
    if letters:
        row += ["p2=" + folded[:2], "p3=" + folded[:3]]
        row += ["x1=" + folded[-1:], "x2=" + folded[-2:], "x3=" + folded[-3:], "x4=" + folded[-4:]]
        row += [f"k={kind}" for kind in word_classes(folded)]
    if shape[0] == "X":
        row.append("posC=" + speech)
    return tuple(row)


def _near_features(folded: str, shape: str) -> tuple[tuple[str, ...], ...]:
    found = []
    for offset in ("-2", "-1", "1", "2"):
        row = [f"{offset}w={folded}", f"{offset}s={shape}"]
        if offset in ("-1", "1"):
            row += [f"{offset}x={folded[-3:]}", f"{offset}pos={parts_of_speech(folded)}"]
        row += [f"{offset}k={kind}" for kind in word_classes(folded)]
        found.append(tuple(row))
    return tuple(found)
