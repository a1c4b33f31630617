"""Which classes of the lexicons a word stands in: "colonel" is a rank, "bank" heads a body."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from generator import kept_tables, lexicons, names


@lru_cache(maxsize=20_000)
def word_classes(folded: str) -> tuple[str, ...]:
    """Return the lexicon classes of one folded word, sorted."""
    return tuple((_table().get(folded) or "").split())


@cache
def _table() -> kept_tables.Table:
    return kept_tables.table("word_classes", _lines)


def _lines() -> dict[str, str]:
    """Return the classes of each word that has any."""
    return kept_tables.gathered(
        (word, kind) for kind, words in _classes().items() for word in words
    )


def _classes() -> dict[str, frozenset[str]]:
    titles = lexicons.load("titles")
    heads = [head["word"].split()[-1] for head in titles["heads"]]
    return {
        "title": _folded(heads),
        "rank": _folded(word for rank in titles["ranks"] for word in _rank_words(rank)),
        "kin": _folded(entry["word"] for entry in titles["family"]),
        "given": _names_of("given_names"),
        "surname": _names_of("surnames"),
        "placehead": _listed("places", "heads_after") | _listed("places", "heads_before"),
    } | {kind: _listed(*source) for kind, source in _SOURCES.items()}


# Classes of words, each one list of a lexicon.
_SOURCES = {
    "modifier": ("titles", "modifiers"),
    "field": ("titles", "fields"),
    "honorific": ("titles", "honorifics"),
    "profession": ("titles", "professions"),
    "say": ("titles", "reporting"),
    "does": ("titles", "person_verbs"),
    "who": ("titles", "person_nouns"),
    "orghead": ("organizations", "heads"),
    "ending": ("organizations", "endings"),
    "media": ("organizations", "media_words"),
    "sport": ("organizations", "sport_words"),
    "military": ("organizations", "military_words"),
    "eventfirst": ("happenings", "heads_before"),
    "docfirst": ("documents", "heads_before"),
    "productfirst": ("products", "heads_before"),
    "syllable-ko": ("given_names", "korean_syllables"),
    "syllable-zh": ("given_names", "chinese_syllables"),
    "syllable-vi": ("given_names", "vietnamese_syllables"),
    "particle": ("surnames", "particles"),
    "bodygeneric": ("organizations", "first_words"),
    "event": ("happenings", "heads"),
    "doc": ("documents", "heads"),
    "product": ("products", "heads"),
}


def _listed(name: str, key: str) -> frozenset[str]:
    return _folded(lexicons.words(name, key))


def _rank_words(rank: dict[str, Any]) -> list[str]:
    return " ".join([rank["word"], *rank.get("abbreviations", ())]).split()


def _folded(words: Iterable[str]) -> frozenset[str]:
    folded = {names.fold_once(word) for word in words}
    return frozenset(folded | {word.rstrip(".") for word in folded})


def _names_of(lexicon: str) -> frozenset[str]:
    cultures = lexicons.load(lexicon)["cultures"]
    found: frozenset[str] = frozenset()
    return found.union(
        *(_folded(v.split() if isinstance(v, str) else v) for v in cultures.values())
    )
