"""Which words are names: a table of recognisers, each one function, applied in order.

A recogniser sees the words and what earlier ones found, and returns spans to add. A later
span never displaces an earlier one unless it is longer and wholly holds it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from operator import attrgetter

from generator import bodies, countries, kept_tables, lexicons
from generator.extract import person_names, tagger
from generator.extract.spans import Span, count_tags
from generator.extract.tidiers import TIDIERS
from generator.extract.words import BREAK, Words

Recognizer = Callable[[Words, list[Span]], Iterable[Span]]


# No name is longer, in characters; capitals that go on for ever are none.
LONGEST = 300


def find_spans(words: Words) -> list[Span]:
    """Return every name and nationality of the article, in order, none overlapping."""
    spans: list[Span] = []
    for recognize in RECOGNIZERS:
        spans = _add(spans, recognize(words, spans))
    for tidy in TIDIERS:
        spans = sorted(tidy(words, spans))
    return spans


def _add(spans: list[Span], more: Iterable[Span]) -> list[Span]:
    """Add spans where nothing is; a longer one takes the place of those it wholly holds."""
    taken = sorted(spans)
    bearable = (span for span in more if span.end - span.start <= LONGEST)
    for span in sorted(bearable, key=lambda s: (s.start - s.end, s.start)):
        first = bisect_right(taken, span.start, key=_END)
        last = bisect_left(taken, span.end, lo=first, key=_START)
        if all(_holds(span, other) for other in taken[first:last]):
            taken[first:last] = [span]
    return taken


_START, _END = attrgetter("start"), attrgetter("end")


def _holds(span: Span, other: Span) -> bool:
    """Return whether a span is longer than another and wholly holds it."""
    return span.start <= other.start and other.end <= span.end and span[:2] != other[:2]


# --- recognisers


def tagged(words: Words, spans: list[Span]) -> Iterable[Span]:
    """Names by the tagger: 'Deputy Minister …, Vitaly Shulika' gives Vitaly Shulika."""
    for tokens, found in zip(words.paragraphs, tagger.tag(words.paragraphs), strict=True):
        for start, end, tag in found:
            yield Span(tokens[start].start, tokens[end - 1].end, tag, "tagger")


def family_name_first(words: Words, spans: list[Span]) -> Iterable[Span]:
    """Korean, Chinese and Vietnamese names: 'Pak Jong-chon', 'Kim Jong Un', 'Nguyen Van An'."""
    for tokens, i in words.capitals:
        end = person_names.family_first_end(tokens, i)
        if end:
            yield Span(tokens[i].start, tokens[end - 1].end, "person", "family name first")


def given_name_first(words: Words, spans: list[Span]) -> Iterable[Span]:
    """A listed given name before a capitalised word: 'Sergei Chebotaryov', 'Ana de Souza'."""
    for tokens, i in words.capitals:
        end = person_names.given_first_end(tokens, i)
        if end and not _touches(spans, tokens[i].start, tokens[end - 1].end):
            yield Span(tokens[i].start, tokens[end - 1].end, "person", "given name first")


def _touches(spans: list[Span], start: int, end: int) -> bool:
    """Return whether one of the spans, which are in order, has something of a stretch of text."""
    after = bisect_right(spans, start, key=_END)
    return after < len(spans) and spans[after].start < end


def listed_countries(words: Words, spans: list[Span]) -> Iterable[Span]:
    """Country names and nationality words wherever they stand: 'China', 'DPRK', 'Chinese'."""
    yield from _listed(words, _country_phrases().get, "country list")


def listed_bodies(words: Words, spans: list[Span]) -> Iterable[Span]:
    """Well-known bodies of two words or more, or all capitals: 'World Bank', 'UNESCO'."""
    yield from _listed(words, _body_phrases, "body list")


def surnames_again(words: Words, spans: list[Span]) -> Iterable[Span]:
    """The surname of somebody the article names in full: 'Putin' after 'Vladimir Putin'."""
    text = words.article.text
    whole = {text[s.start : s.end] for s in spans if s.tag == "person"}
    known = {name for full in whole if (name := person_names.surname(full))}
    for tokens, i in words.capitals:
        start, end = tokens[i].start, tokens[i].end
        alone = tokens[i].surface in known and tokens[i].surface.lower() not in words.small
        if alone and not person_names.is_within_name(tokens, i):
            yield Span(start, end, "person", "surname of a person named in full")


def state_bodies(words: Words, spans: list[Span]) -> Iterable[Span]:
    """A state's body beside whose it is: 'the Chilean Foreign Ministry', "Oman's Navy"."""
    text = words.article.text
    for span in spans:
        own = span.tag == "nationality" or countries.named(text[span.start : span.end])
        match = _AFTER_OWNER.match(text, span.end) if own else None
        size = _size_of_body(match[2]) if match else 0
        if match and size and not _touches(spans, match.start(2), match.start(2) + size):
            start = match.start(2) if match[1] else span.start
            yield Span(start, match.start(2) + size, "organization", "body of a state")


def ministries(words: Words, spans: list[Span]) -> Iterable[Span]:
    """A ministry that "the" or "its" tells: 'its Finance Ministry sent a bill'."""
    for match in _MINISTRY.finditer(words.article.text):
        if bodies.is_generic(match[1]) and not _touches(spans, *match.span(1)):
            yield Span(*match.span(1), "organization", "ministry")


def _size_of_body(phrase: str) -> int:
    """Return how much of a phrase in capitals names a body that any state has."""
    words = phrase.split()
    for count in range(len(words), 0, -1):
        head = words[count - 1].lower()
        part = " ".join(words[:count])
        organ = head in _ORGANS if count > 1 else head in _ORGANS_ALONE
        if organ and bodies.is_generic(part):
            return phrase.index(part) + len(part)
    return 0


def listed_places(words: Words, spans: list[Span]) -> Iterable[Span]:
    """Places known by two names, where the tagger saw none: 'Peking', 'Irrawaddy'."""
    for span in _listed(words, _place_phrases().get, "place list"):
        near = _has_capital_neighbour(words.article.text, span)
        if not near and not _touches(spans, span.start, span.end):
            yield span


def bracketed_acronyms(words: Words, spans: list[Span]) -> Iterable[Span]:
    """A short form in brackets right after its name: 'Liberal Democratic Party (LDPR)'."""
    text = words.article.text
    for span in spans:
        match = _BRACKET.match(text, span.end)
        if match and span.tag not in ("person", "nationality"):
            yield Span(match.start(1), match.end(1), span.tag, "acronym in brackets")


def bracketed_native(words: Words, spans: list[Span]) -> Iterable[Span]:
    """A name's own script in brackets right after it: 'Sergei Shoigu (Сергей Шойгу)'."""
    text = words.article.text
    for span in spans:
        match = _NATIVE.match(text, span.end)
        if match and span.tag != "nationality":
            yield Span(match.start(1), match.end(1), span.tag, "own script in brackets")


def repeated(words: Words, spans: list[Span]) -> Iterable[Span]:
    """The same words again, where the tagger saw a name once: 'Rodong Sinmun'."""
    known = {
        surface: max(counts, key=counts.__getitem__)
        for surface, counts in count_tags(words.article.text, spans).items()
        if _distinctive(surface) or _is_odd_word(surface, words.small)
    }
    for span in _listed(words, _index(known).get, "named elsewhere in the article"):
        surface = words.article.text[span.start : span.end]
        if _distinctive(surface) or not _has_capital_neighbour(words.article.text, span):
            yield span


def _is_odd_word(surface: str, small: frozenset[str]) -> bool:
    """Return whether one word can only be a name here: it never stands in small letters."""
    return len(surface) > 3 and surface.isalpha() and surface.lower() not in small


def _has_capital_neighbour(text: str, span: Span) -> bool:
    before = re.search(r"([A-Z]\w*)[ -]$", text[max(0, span.start - 30) : span.start])
    after = re.match(r"[ -][A-Z]", text[span.end : span.end + 2])
    return bool(before or after)


RECOGNIZERS: tuple[Recognizer, ...] = (
    tagged,
    listed_bodies,
    family_name_first,
    listed_countries,
    state_bodies,
    ministries,
    listed_places,
    given_name_first,
    surnames_again,
    bracketed_acronyms,
    bracketed_native,
    repeated,
)

_BRACKET = re.compile(r"\s*[(\[][“\"‘']?([A-Z][A-Za-z&.-]{1,9})[”\"’']?[)\]]")


_AFTER_OWNER = re.compile(r"(['’]s)? ((?:[A-Z][\w-]+ ){0,4}[A-Z][\w-]+)")
_MINISTRY = re.compile(
    r"\b(?:[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir) "
    r"((?:[A-Z]\w+ (?:and )?){1,4}(?:Ministry|Department))\b(?! [A-Z])"
)
_ORGANS = frozenset(
    "ministry army navy parliament senate cabinet assembly court guard gendarmerie council bank "
    "force forces".split()
)
_ORGANS_ALONE = frozenset("army navy parliament senate cabinet".split())

# Letters of any script but Latin, in one bracket.
_NATIVE = re.compile(r"\s*[(\[]([^\W\d_A-Za-zÀ-ɏ][^()\[\]A-Za-zÀ-ɏ,;:/]{1,60}?)(?=[)\]])")


def _distinctive(surface: str) -> bool:
    return " " in surface or (len(surface) > 2 and surface.isupper()) or "-" in surface


# Phrases that begin with one word: the tag of each, and which lengths they have, longest first.
Phrases = tuple[dict[str, str], tuple[int, ...]]


def _index(tags: dict[str, str]) -> dict[str, Phrases]:
    """Return phrases by the word that they begin with."""
    by_first: dict[str, dict[str, str]] = defaultdict(dict)
    for phrase in sorted(tags):
        by_first[BREAK.split(phrase, maxsplit=1)[0]][phrase] = tags[phrase]
    return {first: _with_lengths(found) for first, found in by_first.items()}


def _with_lengths(tags: dict[str, str]) -> Phrases:
    return tags, tuple(sorted({len(phrase) for phrase in tags}, reverse=True))


def _listed(words: Words, phrases: Callable[[str], Phrases | None], rule: str) -> Iterable[Span]:
    text = words.article.text
    for first, starts in words.firsts.items():
        found, lengths = phrases(first) or _NO_PHRASES
        for start in starts if found else ():
            for end in (start + length for length in lengths):
                tag = found.get(text[start:end]) if end <= len(text) else None
                if tag and not _inside_word(text, start, end):
                    yield Span(start, end, tag, rule)
                    break


_NO_PHRASES: Phrases = ({}, ())


def _inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (
        before.isalnum()
        or after.isalnum()
        or (before == "-" and text[start - 2 : start - 1].isalnum())
    )


@cache
def _country_phrases() -> dict[str, Phrases]:
    tags: dict[str, str] = {}
    for country in countries.countries():
        for word in country.adjectives:
            tags[word] = "nationality"
        for name in (country.name, *country.aliases):
            if name[0].isupper() and (len(name) > 2 or name in ("UK", "US")):
                tags[name] = "place"
    return _index(_with_curly(tags))


@lru_cache(maxsize=20_000)
def _body_phrases(first: str) -> Phrases | None:
    """Return the names of well-known bodies that begin with a word."""
    text = _bodies().get(first)
    return _with_lengths(dict.fromkeys(text.split(_BAR), "organization")) if text else None


# Between names: none has it.
_BAR = "|"


@cache
def _bodies() -> kept_tables.Table:
    return kept_tables.table("bodies", _body_lines)


def _body_lines() -> dict[str, str]:
    """Return the names of bodies by their first word."""
    tags: dict[str, str] = {}
    for body in bodies.listed():
        for name in (body["name"], *body.get("aliases", ())):
            if " " in name or (name.isupper() and len(name) > 2):
                tags[name] = "organization"
    return {first: _BAR.join(found) for first, (found, _) in _index(_with_curly(tags)).items()}


@cache
def _place_phrases() -> dict[str, Phrases]:
    names = (name for known in lexicons.load("renamed_places")["names"] for name in known)
    tags = {name: "place" for name in names if len(name) > 4}
    return _index(_with_curly(tags))


def _with_curly(tags: dict[str, str]) -> dict[str, str]:
    return tags | {name.replace("'", "’"): tag for name, tag in tags.items()}
