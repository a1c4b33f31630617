"""What the tagger sees of each word: its shape, its neighbours, lists, and the whole article.

Features are strings; the tagger learns a weight for each. Everything is computed over one
article at a time, so that "Wagner said" in its last paragraph helps with "Wagner" in its
headline.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from generator import lexicons, names
from generator.extract import gazetteer
from generator.extract.tokens import Token

# Words that join the capitalised words of one name.
JOINERS = frozenset(
    "of for de da do dos del della di du la le van von der den bin al el - & ' ’".split()
)
_LOCATIVE = frozenset("in at from near to around outside across inside toward towards into".split())
_LONG = re.compile(r"(.)\1{2,}")


@dataclass(slots=True)
class Paragraph:
    """One paragraph's tokens with what is derived from each once."""

    tokens: list[Token]
    words: list[str]  # as written
    folded: list[str]  # lower case, no accents
    shapes: list[str]
    runs: list[int]  # index into `spans`, or -1
    spans: list[tuple[int, int]]  # runs of capitalised words, first and one past last token
    hits: list[gazetteer.Hit]
    titled: bool  # most words capitalised, as in a headline
    listed: dict[int, str]  # class of the listed phrase each token stands in


def paragraph(tokens: list[Token]) -> Paragraph:
    """Return the paragraph's derived values."""
    words = [token.surface for token in tokens]
    folded = [names.fold(word) for word in words]
    runs, spans = _runs(words)
    hits = gazetteer.find(tokens, folded)
    listed = {i: kind for start, end, kind in hits for i in range(start, end)}
    return Paragraph(
        tokens, words, folded, [_shape(w) for w in words], runs, spans, hits, _is_titled(words),
        listed,
    )  # fmt: skip


def article_features(paragraphs: list[Paragraph]) -> list[list[list[str]]]:
    """Return the features of each token of each paragraph."""
    facts = _article_facts(paragraphs)
    return [_paragraph_features(p, facts, first=i == 0) for i, p in enumerate(paragraphs)]


def _paragraph_features(p: Paragraph, facts: dict[str, set[str]], first: bool) -> list[list[str]]:
    rows = [_word_features(p, i, facts) for i in range(len(p.tokens))]
    for i, row in enumerate(rows):
        _add_neighbours(row, p, i)
        if first:
            row.append("headline")
        if p.titled:
            row.append("titled")
    _add_hits(rows, p)
    _add_runs(rows, p)
    return rows


def _word_features(p: Paragraph, i: int, facts: dict[str, set[str]]) -> list[str]:
    word, folded = p.words[i], p.folded[i]
    row = list(_own_features(folded, p.shapes[i], word[0].isalpha()))
    if starts_sentence(p.words, i):
        row.append("first")
    if word[0].isupper():
        row += ["A:" + fact for fact in sorted(facts.get(folded, ()))]
    return row


# Words come again and again: what depends on one word alone is made once.
@lru_cache(maxsize=100_000)
def _own_features(folded: str, shape: str, letters: bool) -> tuple[str, ...]:
    row = ["b", "w=" + folded, "s=" + shape]
    if letters:
        row += ["p2=" + folded[:2], "p3=" + folded[:3]]
        row += ["x1=" + folded[-1:], "x2=" + folded[-2:], "x3=" + folded[-3:], "x4=" + folded[-4:]]
        row += [f"k={kind}" for kind in word_classes(folded)]
    return tuple(row)


@lru_cache(maxsize=100_000)
def _near_features(folded: str, shape: str, offset: int) -> tuple[str, ...]:
    row = [f"{offset}w={folded}", f"{offset}s={shape}"]
    row += [f"{offset}x={folded[-3:]}"] if abs(offset) == 1 else []
    return (*row, *(f"{offset}k={kind}" for kind in word_classes(folded)))


def _add_neighbours(row: list[str], p: Paragraph, i: int) -> None:
    size = len(p.words)
    for offset in (-2, -1, 1, 2):
        j = i + offset
        if 0 <= j < size:
            row += _near_features(p.folded[j], p.shapes[j], offset)
        else:
            row.append(f"{offset}edge")
    if i > 0:
        row.append(f"-1w0w={p.folded[i - 1]}|{p.folded[i]}")
    if i + 1 < size:
        row.append(f"0w1w={p.folded[i]}|{p.folded[i + 1]}")
        row.append(f"0s1s={p.shapes[i]}|{p.shapes[i + 1]}")


def _add_hits(rows: list[list[str]], p: Paragraph) -> None:
    for start, end, kind in p.hits:
        for i in range(start, end):
            place = "B" if i == start else "I"
            rows[i].append(f"g={place}{kind}{min(end - start, 3)}")
        if start > 0:
            rows[start - 1].append(f"+1g={kind}")
        if end < len(rows):
            rows[end].append(f"-1g={kind}")


def _add_runs(rows: list[list[str]], p: Paragraph) -> None:
    for start, end in p.spans:
        before = p.folded[start - 1] if start else "^"
        after = p.folded[end] if end < len(rows) else "$"
        first, last = p.folded[start], p.folded[end - 1]
        head = _head(p.folded[start:end])
        shared = [
            f"r:len={min(end - start, 6)}",
            f"r:last={last}",
            f"r:first={first}",
            f"r:before={before}",
            f"r:after={after}",
            *(f"r:lastk={kind}" for kind in word_classes(last)),
            *(f"r:firstk={kind}" for kind in word_classes(first)),
            *(f"r:headk={kind}" for kind in word_classes(head)),
            *(f"r:beforek={kind}" for kind in word_classes(before)),
            *(f"r:afterk={kind}" for kind in word_classes(after)),
            f"r:sig={signature(p, start, end)}",
            f"r:x3={last[-3:]}",
            f"r:fx3={first[-3:]}",
            *apposed(p, end),
            *led(p, start),
            *followed(p, end),
        ]
        for i in range(start, end):
            place = "S" if end - start == 1 else "B" if i == start else "E" if i == end - 1 else "M"
            rows[i] += shared
            rows[i].append("r:at=" + place)


def signature(p: Paragraph, start: int, end: int) -> str:
    """Return a run's words as the first class each has: given-surname, place-orghead."""
    return "-".join(_class_of(p, i) for i in range(start, min(end, start + 5)))


def _class_of(p: Paragraph, i: int) -> str:
    kinds = word_classes(p.folded[i])
    found = next((kind for kind in _TELLING_FIRST if kind in kinds), "")
    return (
        found or p.listed.get(i, "") or (p.folded[i] if p.folded[i] in JOINERS else p.shapes[i][:2])
    )


# Which class of a word says most of the name it stands in.
_TELLING_FIRST = ("orghead", "ending", "media", "placehead", "event", "doc", "military", "sport",
                  "given", "surname", "field", "title")  # fmt: skip


def apposed(p: Paragraph, end: int) -> list[str]:
    """Return the classes of the noun in ', a small village in' or '(the agency' after a run."""
    words = p.folded[end : end + 7]
    if (
        len(words) < 3
        or words[0] not in (",", "(", "-", "—", "–")
        or words[1] not in ("a", "an", "the")
    ):
        return []
    kinds = [k for word in words[2:] for k in word_classes(word) if k in _NOUNS]
    return [f"r:appos={kind}" for kind in kinds[:2]]


_NOUNS = frozenset(["orghead", "placehead", "title", "profession", "kin", "who", "rank", "media"])


def led(p: Paragraph, start: int) -> list[str]:
    """Return what stands two words before a run, and 'the village of' before it."""
    if start < 2:
        return ["r:lead=^"]
    before, earlier = p.folded[start - 1], p.folded[start - 2]
    found = [f"r:lead={earlier}|{before}"]
    if before in ("of", "the", "in", "at", "by", ","):
        found += [f"r:lead2k={kind}|{before}" for kind in word_classes(earlier)]
    return found


def followed(p: Paragraph, end: int) -> list[str]:
    """Return the two words after a run and the ending of the first: 'has built', '-ed'."""
    words = p.folded[end : end + 2]
    if not words:
        return []
    return [f"r:follow={'|'.join(words)}", f"r:ax={words[0][-2:]}"] + [
        f"r:follow2k={kind}" for word in words[1:] for kind in word_classes(word)
    ]


def _head(folded: list[str]) -> str:
    """Return the word a name turns on: before its first 'of', else its last."""
    for i, word in enumerate(folded):
        if word in ("of", "for") and i:
            return folded[i - 1]
    return folded[-1]


def _article_facts(paragraphs: list[Paragraph]) -> dict[str, set[str]]:
    """Return, by folded word, what the article shows of it where it stands capitalised."""
    facts: dict[str, set[str]] = defaultdict(set)
    small: set[str] = set()
    for p in paragraphs:
        small.update(f for f, w in zip(p.folded, p.words, strict=True) if w[0].islower())
        for start, end in p.spans:
            _note_run(p, start, end, facts)
    for word in small & set(facts):
        facts[word].add("small")
    return facts


def _note_run(p: Paragraph, start: int, end: int, facts: dict[str, set[str]]) -> None:
    before = p.folded[start - 1] if start else ""
    after = p.folded[end] if end < len(p.words) else ""
    seen: set[str] = set()
    if before in _LOCATIVE:
        seen.add("in")
    if before == "the":
        seen.add("the")
    if after in ("'s", "’s"):
        seen.add("poss")
    if before == "(" and after == ")":
        seen.add("bracket")
    seen.update("before-" + kind for kind in word_classes(before) if kind in _TELLING)
    seen.update("after-" + kind for kind in word_classes(after) if kind in _TELLING)
    if end - start > 1:
        seen.update("last-" + k for k in word_classes(p.folded[end - 1]) if k in _TELLING)
        if "given" in word_classes(p.folded[start]):
            seen.add("given")
    for i in range(start, end):
        facts[p.folded[i]] |= seen


_TELLING = frozenset(
    [
        "honorific",
        "rank",
        "title",
        "say",
        "orghead",
        "ending",
        "placehead",
        "media",
        "sport",
        "event",
        "doc",
    ]
)


@cache
def word_classes(folded: str) -> tuple[str, ...]:
    """Return the lexicon classes of one folded word, sorted."""
    return tuple(sorted(kind for kind, words in _classes().items() if folded in words))


@cache
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
    folded = {names.fold(word) for word in words}
    return frozenset(folded | {word.rstrip(".") for word in folded})


def _names_of(lexicon: str) -> frozenset[str]:
    cultures = lexicons.load(lexicon)["cultures"]
    found: frozenset[str] = frozenset()
    return found.union(
        *(_folded(v.split() if isinstance(v, str) else v) for v in cultures.values())
    )


@cache
def _shape(word: str) -> str:
    marks = re.sub(r"[^\W\d_]", lambda m: "X" if m.group().isupper() else "x", word)
    return _LONG.sub(r"\1\1", re.sub(r"\d", "d", marks))


def starts_sentence(words: list[str], i: int) -> bool:
    """Return whether the word follows a sentence's end, an opening quote after one, or a bullet."""
    j = i - 1
    while j >= 0 and words[j] in ('"', "“", "‘", "'", "(", "[", "-", "—", "–", "•", "*"):
        j -= 1
    return j < 0 or words[j] in (".", "!", "?", ":", "…")


def _is_titled(words: list[str]) -> bool:
    alphabetic = [word for word in words if word[0].isalpha() and len(word) > 3]
    capital = sum(word[0].isupper() for word in alphabetic)
    return len(alphabetic) > 2 and capital > 0.6 * len(alphabetic)


def _runs(words: list[str]) -> tuple[list[int], list[tuple[int, int]]]:
    """Return each token's run and the runs: capitalised words with what joins them."""
    of = [-1] * len(words)
    spans: list[tuple[int, int]] = []
    i = 0
    while i < len(words):
        if not words[i][0].isupper():
            i += 1
            continue
        end = i + 1
        while True:
            if end < len(words) and (words[end][0].isupper() or words[end][0].isdigit()):
                end += 1
            elif _joined(words, end):
                end += 2
            else:
                break
        for j in range(i, end):
            of[j] = len(spans)
        spans.append((i, end))
        i = end
    return of, spans


def _joined(words: list[str], end: int) -> bool:
    return end + 1 < len(words) and words[end].lower() in JOINERS and words[end + 1][0].isupper()
