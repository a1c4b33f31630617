"""What the words of a supposed name show together: its length, its ends, what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from generator.extract.paragraphs import JOINERS, Facts, Paragraph, phrase
from generator.extract.parts_of_speech import parts_of_speech
from generator.extract.pieces import Piece, classed
from generator.extract.word_classes import word_classes


def run_pieces(p: Paragraph, facts: Facts) -> Iterator[tuple[int, int, list[Piece]]]:
    """Yield each run, first and one past last token, with the features its tokens share."""
    for (start, end), found in zip(p.spans, p.clues, strict=True):
        shared = _named(p, start, end)
        shared += _led(p, start)
        shared += _followed(p, end)
        shared.append((_spoken, *map(parts_of_speech, p.folded[start:end])))
        shared += [f"c:{how}={kind}" for how, kind in found]
        shared += ["cf:" + kind for kind in facts.names.get(phrase(p, start, end), ())]
        yield start, end, shared


def _named(p: Paragraph, start: int, end: int) -> list[Piece]:
    """Return what a run is made of, and the words right beside it."""
    folded = p.folded
    before = folded[start - 1] if start else "^"
    after = folded[end] if end < len(folded) else "$"
    first, last = folded[start], folded[end - 1]
    found: list[Piece] = [
        f"r:len={min(end - start, 6)}",
        "r:last=" + last,
        "r:first=" + first,
        "r:before=" + before,
        "r:after=" + after,
    ]
    head = _head(folded[start:end])
    for name, word in zip(_CLASSED, (last, first, head, before, after), strict=True):
        kinds = word_classes(word)
        if kinds:
            found.append((classed, name, *kinds))
    found += ["r:sig=" + signature(p, start, end), "r:x3=" + last[-3:], "r:fx3=" + first[-3:]]
    return found


_CLASSED = ("r:lastk=", "r:firstk=", "r:headk=", "r:beforek=", "r:afterk=")


def signature(p: Paragraph, start: int, end: int) -> str:
    """Return a run's words as the first class each has: given-surname, place-orghead."""
    return "-".join([_class_of(p, i) for i in range(start, min(end, start + 5))])


def _class_of(p: Paragraph, i: int) -> str:
    word = p.folded[i]
    return (
        _first_class(word) or p.listed.get(i, "") or (word if word in JOINERS else p.shapes[i][:2])
    )


@lru_cache(maxsize=10_000)
def _first_class(folded: str) -> str:
    kinds = word_classes(folded)
    return next((kind for kind in _TELLING_FIRST if kind in kinds), "")


# Which class of a word says most of the name it stands in.
_TELLING_FIRST = ("orghead", "ending", "media", "placehead", "event", "doc", "military", "sport",
                  "given", "surname", "field", "title")  # fmt: skip


def _head(folded: list[str]) -> str:
    """Return the word a name turns on: before its first 'of', else its last."""
    for i, word in enumerate(folded):
        if i and word in ("of", "for"):
            return folded[i - 1]
    return folded[-1]


def _led(p: Paragraph, start: int) -> list[str]:
    """Return what stands two words before a run, and 'the village of' before it."""
    if start < 2:
        return ["r:lead=^"]
    earlier, before = p.folded[start - 2 : start]
    found = [f"r:lead={earlier}|{before}"]
    if before in ("of", "the", "in", "at", "by", ","):
        found += [f"r:lead2k={kind}|{before}" for kind in word_classes(earlier)]
    return found


def _followed(p: Paragraph, end: int) -> list[str]:
    """Return the two words after a run and the ending of the first: 'has built', '-ed'."""
    words = p.folded[end : end + 2]
    if not words:
        return []
    second = word_classes(words[1]) if len(words) > 1 else ()
    found = [f"r:follow={'|'.join(words)}", "r:ax=" + words[0][-2:]]
    return [*found, *(f"r:follow2k={kind}" for kind in second)]


def _spoken(*speech: str) -> list[str]:
    """Return what a dictionary knows of a run's words: of each, of the last, the extremes."""
    return [
        f"r:pos={'-'.join(speech[:4])}",
        f"r:lastpos={speech[-1]}",
        f"r:minpos={min(speech)}",
        f"r:maxpos={max(speech)}",
    ]
