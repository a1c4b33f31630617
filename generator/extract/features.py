"""What the tagger sees of each word: its shape, its neighbours, lists, and the whole article.

Features are strings; the tagger learns a weight for each. Everything is computed over one
article at a time, so that "Wagner said" in its last paragraph helps with "Wagner" in its
headline.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from generator import names
from generator.extract import contexts, gazetteer
from generator.extract.parts_of_speech import parts_of_speech
from generator.extract.tokens import Token
from generator.extract.word_classes import word_classes

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
    spans: list[tuple[int, int]]  # runs of capitalised words, first and one past last token
    clues: list[list[contexts.Clue]]  # what stands around each run
    hits: list[gazetteer.Hit]
    titled: bool  # most words capitalised, as in a headline
    listed: dict[int, str]  # class of the listed phrase each token stands in


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article shows of each capitalised word, and of each run of them."""

    words: dict[str, set[str]]
    names: dict[str, set[str]]


def paragraph(tokens: list[Token]) -> Paragraph:
    """Return the paragraph's derived values."""
    words = [token.surface for token in tokens]
    folded, shapes = map(list, zip(*map(_look, words), strict=True)) if words else ([], [])
    spans = _runs(words)
    hits = gazetteer.find(tokens, folded)
    listed = {i: kind for start, end, kind in hits for i in range(start, end)}
    clues = [contexts.clues(words, folded, start, end) for start, end in spans]
    titled = _is_titled(words)
    return Paragraph(tokens, words, folded, shapes, spans, clues, hits, titled, listed)


def article_features(paragraphs: Sequence[Paragraph]) -> list[list[list[str]]]:
    """Return the features of each token of each paragraph."""
    facts = article_facts(paragraphs)
    return [_paragraph_features(p, facts, first=i == 0) for i, p in enumerate(paragraphs)]


def _paragraph_features(p: Paragraph, facts: Facts, first: bool) -> list[list[str]]:
    whole, pairs = _whole(p, first), _pairs(p)
    known = [EDGE, EDGE, *map(known_of, p.words), EDGE, EDGE]
    rows = [
        [
            *known[i + 2].own,
            *_placed_features(p, i, facts),
            *known[i].near[0],
            *known[i + 1].near[1],
            *known[i + 3].near[2],
            *known[i + 4].near[3],
            *pairs[i],
            *whole,
        ]
        for i in range(len(p.words))
    ]
    _add_hits(rows, p)
    for start, end, shared in run_features(p, facts):
        for row in rows[start:end]:
            row += shared
    _add_places(rows, p)
    return rows


def beside(p: Paragraph, facts: Facts, first: bool) -> list[list[str]]:
    """Return what else there is of each token: not of the words alone, nor shared by a run."""
    whole, pairs = _whole(p, first), _pairs(p)
    rows = [[*_placed_features(p, i, facts), *pairs[i], *whole] for i in range(len(p.words))]
    _add_hits(rows, p)
    _add_places(rows, p)
    return rows


def _whole(p: Paragraph, first: bool) -> list[str]:
    return (["headline"] if first else []) + (["titled"] if p.titled else [])


def _pairs(p: Paragraph) -> list[tuple[str, ...]]:
    return [*map(_pair, p.shapes, p.shapes[1:]), ()]


def _placed_features(p: Paragraph, i: int, facts: Facts) -> list[str]:
    """Return what a word is by its place: first of its sentence, known from the article."""
    found = ["first"] if starts_sentence(p.words, i) else []
    if p.words[i][0].isupper():
        found += ["A:" + fact for fact in sorted(facts.words.get(p.folded[i], ()))]
    return found


@lru_cache(maxsize=5_000)
def _pair(shape: str, following: str) -> tuple[str, ...]:
    return (f"0s1s={shape}|{following}",)


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
    folded, shape = _look(word)
    own = _own_features(folded, shape, word[0].isalpha())
    return Known(own, tuple(_near_features(folded, shape, offset) for offset in (-2, -1, 1, 2)))


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


def _near_features(folded: str, shape: str, offset: int) -> tuple[str, ...]:
    row = [f"{offset}w={folded}", f"{offset}s={shape}"]
    if abs(offset) == 1:
        row += [f"{offset}x={folded[-3:]}", f"{offset}pos={parts_of_speech(folded)}"]
    return (*row, *(f"{offset}k={kind}" for kind in word_classes(folded)))


def _add_hits(rows: list[list[str]], p: Paragraph) -> None:
    for start, end, kind in p.hits:
        for i in range(start, end):
            place = "B" if i == start else "I"
            rows[i].append(f"g={place}{kind}{min(end - start, 3)}")
        if start > 0:
            rows[start - 1].append(f"+1g={kind}")
        if end < len(rows):
            rows[end].append(f"-1g={kind}")


def run_features(p: Paragraph, facts: Facts) -> Iterator[tuple[int, int, list[str]]]:
    """Yield each run, first and one past last token, with the features its tokens share."""
    for (start, end), found in zip(p.spans, p.clues, strict=True):
        before = p.folded[start - 1] if start else "^"
        after = p.folded[end] if end < len(p.folded) else "$"
        first, last = p.folded[start], p.folded[end - 1]
        head = _head(p.folded[start:end])
        shared = [
            f"r:len={min(end - start, 6)}",
            f"r:last={last}",
            f"r:first={first}",
            f"r:before={before}",
            f"r:after={after}",
            *_kinds("r:lastk=", last),
            *_kinds("r:firstk=", first),
            *_kinds("r:headk=", head),
            *_kinds("r:beforek=", before),
            *_kinds("r:afterk=", after),
            f"r:sig={signature(p, start, end)}",
            f"r:x3={last[-3:]}",
            f"r:fx3={first[-3:]}",
            *led(p, start),
            *followed(p, end),
            *_spoken(p, start, end),
            *(f"c:{how}={kind}" for how, kind in found),
            *(f"cf:{kind}" for kind in sorted(facts.names.get(_phrase(p, start, end), ()))),
        ]
        yield start, end, shared


def _add_places(rows: list[list[str]], p: Paragraph) -> None:
    """Add where in its run a token stands: alone, at its beginning, in its middle, at its end."""
    for start, end in p.spans:
        for i in range(start, end):
            place = "S" if end - start == 1 else "B" if i == start else "E" if i == end - 1 else "M"
            rows[i].append("r:at=" + place)


@lru_cache(maxsize=10_000)
def _kinds(feature: str, folded: str) -> tuple[str, ...]:
    """Return the classes of a word, each after the name of a feature."""
    return tuple(feature + kind for kind in word_classes(folded))


def _spoken(p: Paragraph, start: int, end: int) -> list[str]:
    """Return what a dictionary knows of a run's words: of each, of the last, the extremes."""
    speech = [parts_of_speech(folded) for folded in p.folded[start:end]]
    return [
        f"r:pos={'-'.join(speech[:4])}",
        f"r:lastpos={speech[-1]}",
        f"r:minpos={min(speech)}",
        f"r:maxpos={max(speech)}",
    ]


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


def led(p: Paragraph, start: int) -> list[str]:
    """Return what stands two words before a run, and 'the village of' before it."""
    if start < 2:
        return ["r:lead=^"]
    before, earlier = p.folded[start - 1], p.folded[start - 2]
    found = [f"r:lead={earlier}|{before}"]
    if before in ("of", "the", "in", "at", "by", ","):
        found += [f"{kind}|{before}" for kind in _kinds("r:lead2k=", earlier)]
    return found


def followed(p: Paragraph, end: int) -> list[str]:
    """Return the two words after a run and the ending of the first: 'has built', '-ed'."""
    words = p.folded[end : end + 2]
    if not words:
        return []
    second = _kinds("r:follow2k=", words[1]) if len(words) > 1 else ()
    return [f"r:follow={'|'.join(words)}", f"r:ax={words[0][-2:]}", *second]


def _head(folded: list[str]) -> str:
    """Return the word a name turns on: before its first 'of', else its last."""
    for i, word in enumerate(folded):
        if word in ("of", "for") and i:
            return folded[i - 1]
    return folded[-1]


def article_facts(paragraphs: Sequence[Paragraph]) -> Facts:
    """Return what the whole article shows of its names."""
    facts = Facts(defaultdict(set), defaultdict(set))
    small: set[str] = set()
    for p in paragraphs:
        small.update(f for f, w in zip(p.folded, p.words, strict=True) if w[0].islower())
        for (start, end), found in zip(p.spans, p.clues, strict=True):
            _note_run(p, start, end, facts.words)
            _note_clues(p, start, end, found, facts.names)
    for word in small & set(facts.words):
        facts.words[word].add("small")
    return facts


def _note_clues(
    p: Paragraph, start: int, end: int, found: list[contexts.Clue], facts: dict[str, set[str]]
) -> None:
    """Note the kinds told of a name for the same name, and for its first and last word alone."""
    kinds = {"v" + kind if "verb" in how else kind for how, kind in found}
    facts[_phrase(p, start, end)] |= kinds
    if end - start > 1:
        facts[p.folded[end - 1]] |= {"L" + kind for kind in kinds}
        facts[p.folded[start]] |= {"F" + kind for kind in kinds}


def _phrase(p: Paragraph, start: int, end: int) -> str:
    return " ".join(p.folded[start:end])


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


@lru_cache(maxsize=10_000)
def _look(word: str) -> tuple[str, str]:
    """Return a word folded, and its shape: ("jong-un", "Xx-x")."""
    return names.fold(word), _shape(word)


def _shape(word: str) -> str:
    marks = re.sub(r"[^\W\d_]", lambda m: "X" if m.group().isupper() else "x", word)
    return _LONG.sub(r"\1\1", re.sub(r"\d", "d", marks))


_OPENING = frozenset(('"', "“", "‘", "'", "(", "[", "-", "—", "–", "•", "*"))
# More marks than these open nothing: a row of stars, dashes drawn as a line.
MOST_OPENING = 8


def starts_sentence(words: list[str], i: int) -> bool:
    """Return whether the word follows a sentence's end, an opening quote after one, or a bullet."""
    if i and words[i - 1][0].isalnum():
        return False
    for j in range(i - 1, max(-1, i - 1 - MOST_OPENING), -1):
        if words[j] not in _OPENING:
            return words[j] in (".", "!", "?", ":", "…")
    return i <= MOST_OPENING


def _is_titled(words: list[str]) -> bool:
    alphabetic = [word for word in words if word[0].isalpha() and len(word) > 3]
    capital = sum(word[0].isupper() for word in alphabetic)
    return len(alphabetic) > 2 and capital > 0.6 * len(alphabetic)


def _runs(words: list[str]) -> list[tuple[int, int]]:
    """Return the runs: capitalised words with what joins them."""
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
        spans.append((i, end))
        i = end
    return spans


def _joined(words: list[str], end: int) -> bool:
    return end + 1 < len(words) and words[end].lower() in JOINERS and words[end + 1][0].isupper()
