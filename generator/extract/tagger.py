"""The name tagger: a linear-chain CRF over one article's words."""

from __future__ import annotations

import lzma
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from generator.extract.paragraphs import paragraph
from generator.extract.tokens import Token

if TYPE_CHECKING:
    from generator.extract.decoding import Decoder

MODEL = Path(__file__).parent / "names.crfsuite.xz"

Span = tuple[int, int, str]  # first token, one past the last token, tag


@cache
def load(path: Path = MODEL) -> Decoder:
    """Return the trained model, ready to tag; a packed one is unpacked in memory."""
    # Commands that read no article don't wait for numpy.
    from generator.extract import decoding, weights

    data = path.read_bytes()
    return decoding.Decoder(weights.read(lzma.decompress(data) if path.suffix == ".xz" else data))


def tag(paragraphs: Sequence[list[Token]], model: Decoder | None = None) -> list[list[Span]]:
    """Return the name spans of each paragraph of one article, tags as in `corpus.TAGS`."""
    prepared = [paragraph(tokens) for tokens in paragraphs]
    return [spans(labels) for labels in (model or load()).labels(prepared)]


def spans(labels: Sequence[str]) -> list[Span]:
    """Return the spans of a sequence of BIO labels.

    >>> spans(["O", "B-person", "I-person", "B-place"])
    [(1, 3, 'person'), (3, 4, 'place')]
    """
    found: list[Span] = []
    for i, label in enumerate(labels):
        if label == "O":
            continue
        begin, _, tag = label.partition("-")
        if begin == "B" or (begin == "I" and not (found and found[-1][1:] == (i, tag))):
            found.append((i, i + 1, tag))
        elif begin == "I":
            found[-1] = (found[-1][0], i + 1, tag)
    return found


def labels(tokens: Sequence[Token], marked: Sequence[tuple[int, int, str]]) -> list[str]:
    """Return BIO labels for tokens, given marked spans as character offsets and tags."""
    row = ["O"] * len(tokens)
    for start, end, tag in marked:
        inside = [i for i, token in enumerate(tokens) if token.start < end and token.end > start]
        for i in inside:
            row[i] = ("B-" if i == inside[0] else "I-") + tag
    return row
