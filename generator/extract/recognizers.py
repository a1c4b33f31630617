"""Which words are names: a table of recognisers, each one function, applied in order.

A recogniser sees the words and what earlier ones found, and returns spans to add. A later
span never displaces an earlier one unless it is longer and wholly holds it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from functools import cache

from generator import bodies, countries, lexicons
from generator.extract import person_names, tagger
from generator.extract.spans import Span
from generator.extract.tidiers import TIDIERS
from generator.extract.words import Words

Recognizer = Callable[[Words, list[Span]], Iterable[Span]]


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
    for span in sorted(more, key=lambda s: (s.start - s.end, s.start)):
        over = [o for o in taken if span.start < o.end and o.start < span.end]
        inside = all(
            span.start <= o.start and o.end <= span.end and o.end - o.start < span.end - span.start
            for o in over
        )
        if inside:
            taken = sorted([*(o for o in taken if o not in over), span])
    return taken


# --- recognisers


def tagged(words: Words, spans: list[Span]) -> Iterable[Span]:
    """Names by the tagger: 'Deputy Minister …, Vitaly Shulika' gives Vitaly Shulika."""
    for tokens, found in zip(words.paragraphs, tagger.tag(words.paragraphs), strict=True):
        for start, end, tag in found:
            yield Span(tokens[start].start, tokens[end - 1].end, tag, "tagger")


def family_name_first(words: Words, spans: list[Span]) -> Iterable[Span]:
    """Korean, Chinese and Vietnamese names: 'Pak Jong-chon', 'Kim Jong Un', 'Nguyen Van An'."""
    for tokens in words.paragraphs:
        for i in range(len(tokens) - 1):
            end = person_names.family_first_end(tokens, i)
            if end:
                yield Span(tokens[i].start, tokens[end - 1].end, "person", "family name first")


def given_name_first(words: Words, spans: list[Span]) -> Iterable[Span]:
    """A listed given name before a capitalised word: 'Sergei Chebotaryov', 'Ana de Souza'."""
    for tokens in words.paragraphs:
        for i in range(len(tokens) - 1):
            end = person_names.given_first_end(tokens, i)
            if end and not _touches(spans, tokens[i].start, tokens[end - 1].end):
                yield Span(tokens[i].start, tokens[end - 1].end, "person", "given name first")


def _touches(spans: list[Span], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)


def listed_countries(words: Words, spans: list[Span]) -> Iterable[Span]:
    """Country names and nationality words wherever they stand: 'China', 'DPRK', 'Chinese'."""
    yield from _listed(words, _country_phrases(), "country list")


def listed_bodies(words: Words, spans: list[Span]) -> Iterable[Span]:
    """Well-known bodies of two words or more, or all capitals: 'World Bank', 'UNESCO'."""
    yield from _listed(words, _body_phrases(), "body list")


def surnames_again(words: Words, spans: list[Span]) -> Iterable[Span]:
    """The surname of somebody the article names in full: 'Putin' after 'Vladimir Putin'."""
    text = words.article.text
    whole = {text[s.start : s.end] for s in spans if s.tag == "person"}
    known = {name for full in whole if (name := person_names.surname(full))}
    small = {t.surface for tokens in words.paragraphs for t in tokens if t.surface.islower()}
    for tokens in words.paragraphs:
        for i, token in enumerate(tokens):
            alone = token.surface in known and token.surface.lower() not in small
            if alone and not person_names.is_within_name(tokens, i):
                yield Span(token.start, token.end, "person", "surname of a person named in full")


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
    tags: dict[str, Counter[str]] = defaultdict(Counter)
    for span in spans:
        tags[words.article.text[span.start : span.end]][span.tag] += 1
    small = {t.surface for tokens in words.paragraphs for t in tokens if t.surface.islower()}
    known = {
        surface: counts.most_common(1)[0][0]
        for surface, counts in tags.items()
        if _distinctive(surface) or _is_odd_word(surface, small)
    }
    for span in _listed(words, _index(known), "named elsewhere in the article"):
        surface = words.article.text[span.start : span.end]
        if _distinctive(surface) or not _has_capital_neighbour(words.article.text, span):
            yield span


def _is_odd_word(surface: str, small: set[str]) -> bool:
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
    given_name_first,
    surnames_again,
    bracketed_acronyms,
    bracketed_native,
    repeated,
)

_BRACKET = re.compile(r"\s*[(\[][“\"‘']?([A-Z][A-Za-z&.-]{1,9})[”\"’']?[)\]]")


# Letters of any script but Latin, in one bracket.
_NATIVE = re.compile(r"\s*[(\[]([^\W\d_A-Za-zÀ-ɏ][^()\[\]A-Za-zÀ-ɏ,;:/]{1,60}?)(?=[)\]])")


def _distinctive(surface: str) -> bool:
    return " " in surface or (len(surface) > 2 and surface.isupper()) or "-" in surface


Phrases = dict[str, list[tuple[str, str]]]  # first word -> (whole phrase, tag), longest first


def _index(tags: dict[str, str]) -> Phrases:
    index: Phrases = defaultdict(list)
    for phrase in sorted(tags, key=lambda p: (-len(p), p)):
        index[re.split(r"[\s\-'’]", phrase)[0]].append((phrase, tags[phrase]))
    return index


def _listed(words: Words, phrases: Phrases, rule: str) -> Iterable[Span]:
    text = words.article.text
    for tokens in words.paragraphs:
        for token in tokens:
            for phrase, tag in phrases.get(re.split(r"[\-'’]", token.surface)[0], ()):
                end = token.start + len(phrase)
                if text.startswith(phrase, token.start) and not _inside_word(
                    text, token.start, end
                ):
                    yield Span(token.start, end, tag, rule)
                    break


def _inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (
        before.isalnum()
        or after.isalnum()
        or (before == "-" and text[start - 2 : start - 1].isalnum())
    )


@cache
def _country_phrases() -> Phrases:
    tags: dict[str, str] = {}
    for country in countries.countries():
        for word in country.adjectives:
            tags[word] = "nationality"
        for name in (country.name, *country.aliases):
            if name[0].isupper() and (len(name) > 2 or name in ("UK", "US")):
                tags[name] = "place"
    return _index(_with_curly(tags))


@cache
def _body_phrases() -> Phrases:
    tags: dict[str, str] = {}
    for body in bodies.listed():
        for name in (body["name"], *body.get("aliases", ())):
            if " " in name or (name.isupper() and len(name) > 2):
                tags[name] = "organization"
    return _index(_with_curly(tags))


def _with_curly(tags: dict[str, str]) -> dict[str, str]:
    return tags | {name.replace("'", "’"): tag for name, tag in tags.items()}
