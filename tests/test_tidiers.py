"""What recognisers and tidiers make of the tagger's names: pairs of lines in tests/cases/tidied."""

from __future__ import annotations

import pytest

from generator.extract import recognizers
from generator.extract.words import words_of
from tests.marked import blocks, make_marked

TAGS = {"person": "P", "organization": "O", "place": "L", "event": "E", "document": "D",
        "product": "R", "nationality": "N"}  # fmt: skip
CASES = blocks("tidied")


def tidied(line: str, patch: pytest.MonkeyPatch) -> str:
    """Return a line with the marks that its names have in the end."""
    marked = make_marked("a", [line])
    others = [rule for rule in recognizers.RECOGNIZERS if rule is not recognizers.tagged]
    patch.setattr(recognizers, "RECOGNIZERS", (lambda words, spans: marked.spans, *others))
    text = marked.article.text
    for span in reversed(recognizers.find_spans(words_of(marked.article))):
        name = f"{{{TAGS[span.tag]}|{text[span.start : span.end]}}}"
        text = text[: span.start] + name + text[span.end :]
    return text


@pytest.mark.parametrize("case", [text for _, text in CASES], ids=[id for id, _ in CASES])
def test_names_are_made_tidy(case: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given, expected = case.splitlines()
    assert tidied(given, monkeypatch) == expected
