"""Quotes and names: literally in the sentence they are said to be from, white space apart."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from generator.checks.faults import short
from generator.checks.world import AnyCard, Finding, Path, World
from generator.model import Article, Card, Evidence

# What only the extraction can have got wrong: nothing a person can mend by hand.
REBUILD = "undo the change, or build again with the article at hand"


class Quote(NamedTuple):
    """Words of an article on a card, and where they stand there."""

    path: Path
    article: str
    sentence: int
    words: str


def quotes_of(card: AnyCard) -> Iterator[Quote]:
    """Yield every quote of a card; what an editor gave as a source is from no article."""
    if isinstance(card, Card):
        if card.summary:
            yield _quote(("summary",), card.summary)
        for n, claim in enumerate(card.claims):
            for m, evidence in enumerate(claim.evidence):
                if not is_editors(card, evidence):
                    yield _quote(("claims", n, "evidence", m), evidence)
        for n, conflict in enumerate(card.conflicts):
            for m, evidence in enumerate(conflict.evidence):
                yield _quote(("conflicts", n, "evidence", m), evidence)
    for n, entry in enumerate(card.timeline):
        yield Quote(("timeline", n), entry.article, entry.sentence, entry.quote)


def is_editors(card: Card, evidence: Evidence) -> bool:
    """Return whether a piece of evidence is the source that an editor named for a claim."""
    return not evidence.article and "claims" in card.curated


def _quote(path: Path, evidence: Evidence) -> Quote:
    return Quote(path, evidence.article, evidence.sentence, evidence.quote)


def wrong_quotes(card: AnyCard, world: World) -> Iterator[Finding]:
    """Yield every quote that isn't in its sentence, and the words of a date that aren't."""
    for quote in quotes_of(card):
        if what := _fault(quote, world):
            yield Finding((*quote.path, "quote"), what, REBUILD)
    for n, entry in enumerate(card.timeline):
        said = Quote(("timeline", n), entry.article, entry.sentence, entry.surface)
        if (what := _fault(said, world)) and not what.startswith("there is no"):
            yield Finding(("timeline", n, "surface"), what, REBUILD)


def wrong_names(card: AnyCard, world: World) -> Iterator[Finding]:
    """Yield every name that isn't in the sentence it is said to be named in."""
    for n, mention in enumerate(card.mentions if isinstance(card, Card) else ()):
        for m, name in enumerate(mention.names):
            quote = Quote((), mention.article, mention.sentence, name)
            if what := _fault(quote, world):
                yield Finding(("mentions", n, "names", m), what, REBUILD)


def _fault(quote: Quote, world: World) -> str | None:
    """Return what is wrong with a quote; None too where its article is not at hand."""
    article = world.texts.get(quote.article)
    if article is None:
        return None
    place = f"sentence {quote.sentence} of {quote.article}"
    if not 1 <= quote.sentence <= len(article.sentences):
        return f"there is no {place}"
    words = _flat(quote.words)
    if words and words in _sentence(article, quote.sentence):
        return None
    return f"{place} doesn't hold the words {short(words)!r}{_elsewhere(article, words)}"


def _elsewhere(article: Article, words: str) -> str:
    """Return which sentence holds the words, if another does."""
    for number in range(1, len(article.sentences) + 1) if words else ():
        if words in _sentence(article, number):
            return f", sentence {number} does"
    return ""


def _sentence(article: Article, number: int) -> str:
    sentence = article.sentences[number - 1]
    return _flat(article.text[sentence.start : sentence.end])


def _flat(text: str) -> str:
    return " ".join(text.split())
