"""The sample as a dataset for the tests of the exports, with a claim of every sort."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import replace

from generator.exports import Dataset, make_dataset
from generator.model import Card, Claim, Decision, Knowledge, Publish
from generator.pages.data import shown_data
from tests import sample

SITE = "https://example.org/cards/"
# What may be handed on of each card, beside what the sample says already.
_MORE = {
    "kim-jong-un": (
        Claim("position", "supreme leader", "pyongyang", "2011-12", (sample.evidence("visit", 4),)),
        Claim("birth_date", "1984-01-08", None, None, (sample.evidence("visit", 4),)),
        Claim("nationality", "North Korean", None, None, (sample.evidence("visit", 4),)),
        Claim("family", "brother", "kim-jong-un", None, (sample.evidence("embassy", 3),)),
        Claim("met", None, "sergei-shoigu", "2025-06?", (sample.evidence("visit", 4),)),
    ),
    "acme": (
        Claim("owner", None, "grad-7", "2024/2025", (sample.evidence("hostile", 2),)),
        Claim("price", '=1+1 </script>\x00"\\ & \U0001f4b0', None, None, ()),
        Claim("part_of", None, "never-a-card", "XXXX-05-26", (sample.evidence("hostile", 5),)),
    ),
    "grad-7": (
        Claim("owner", None, "acme", None, (sample.evidence("hostile", 2),)),
        Claim("owner", None, "acme", None, (sample.evidence("hostile", 3),)),
    ),
}


def knowledge(publish: Publish = "full") -> Knowledge:
    """Return the sample's knowledge with more claims, one of them twice."""
    whole = sample.sample_knowledge(publish)
    cards = (replace(c, claims=(*c.claims, *_MORE.get(c.id, ()))) for c in whole.cards)
    return Knowledge(tuple(cards), whole.articles)


def dataset(
    publish: Publish = "full",
    site: str = SITE,
    decisions: Iterable[Decision] = (),
    cards: Iterable[Card] | None = None,
) -> Dataset:
    """Return the sample as it is handed on."""
    known = knowledge(publish)
    if cards is not None:
        known = Knowledge(tuple(cards), known.articles)
    return make_dataset(known, *shown_data(known, sample.LABELS, decisions), site)


def rows(text: str) -> list[dict[str, str]]:
    """Return a table's rows by column."""
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
