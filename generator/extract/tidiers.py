"""Names made tidy: each function rewrites the whole list of spans found in an article."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from generator import bodies, countries, lexicons, names, people_names
from generator.extract import kinds, neighbours, person_names
from generator.extract.spans import POSSESSIVES, Span
from generator.extract.tokens import tokenize
from generator.extract.words import Words


def without_wrapping(words: Words, spans: list[Span]) -> list[Span]:
    """Cut what is not the name: 'Comrade Bang' is Bang, 'the Senate' Senate, 'China's' China."""
    text = words.article.text
    return [tidied for span in spans if (tidied := _unwrap(text, span)).start < tidied.end]


def without_common_words(words: Words, spans: list[Span]) -> list[Span]:
    """Split a person at a word that is in no name: 'Kim Jong Un [included] Ana Lee'."""
    text = words.article.text
    return [piece for span in spans for piece in _name_pieces(text, span)]


def without_nationality(words: Words, spans: list[Span]) -> list[Span]:
    """Cut the country from a body any country has: 'Russian [Security Council]'."""
    text = words.article.text
    return [piece for span in spans for piece in _cut_country(text, span)]


def without_bare_heads(words: Words, spans: list[Span]) -> list[Span]:
    """Drop a head word standing for a name: 'the Square', 'the Sea'."""
    text = words.article.text
    heads = lexicons.folded("places", "heads_after")
    return [
        span
        for span in spans
        if span.tag == "person" or names.fold(text[span.start : span.end]) not in heads
    ]


def as_in_the_body(words: Words, spans: list[Span]) -> list[Span]:
    """Cut a headline's name to what the text calls it: 'BADEA [Join Forces]'."""
    text = words.article.text
    first = words.article.sentences[0] if words.article.sentences else None
    if first is None or first.role != "headline":
        return spans
    body = {text[s.start : s.end] for s in spans if s.start >= first.end}
    return [_cut_to_body(text, s, body) if s.end <= first.end else s for s in spans]


def _cut_to_body(text: str, span: Span, body: set[str]) -> Span:
    surface = text[span.start : span.end]
    if surface in body:
        return span
    inner = [n for n in body if surface.startswith(f"{n} ") or surface.endswith(f" {n}")]
    best = max(inner, key=lambda n: (len(n), n), default=None)
    if best is None:
        return span
    start = span.start if surface.startswith(f"{best} ") else span.end - len(best)
    return span._replace(start=start, end=start + len(best))


def without_offices(words: Words, spans: list[Span]) -> list[Span]:
    """Drop an office taken for a name: 'Minister of Marine', 'Governor of Lagos'."""
    text = words.article.text
    return [
        span
        for span in spans
        if not _OFFICE.match(text, span.start, span.end)
        and names.fold(text[span.start : span.end]) not in _long_titles()
    ]


@cache
def _long_titles() -> frozenset[str]:
    """Return the titles of two words or more, which name nobody alone: 'Crown Prince'."""
    titles = lexicons.load("titles")
    known = [*titles["honorifics"], *(head["word"] for head in titles["heads"])]
    return frozenset(names.fold(word) for word in known if " " in word)


def without_fields(words: Words, spans: list[Span]) -> list[Span]:
    """Drop an office's field taken for a body: 'Minister of [Natural Resources]'."""
    text = words.article.text
    return [span for span in spans if not _is_field(text, span)]


TIDIERS: tuple[Callable[[Words, list[Span]], list[Span]], ...] = (
    without_common_words,
    without_wrapping,
    neighbours.without_openers,
    neighbours.with_joined_countries,
    neighbours.with_pairs_apart,
    neighbours.without_no_names,
    neighbours.with_legal_endings,
    neighbours.with_crowned_heads,
    without_offices,
    kinds.with_surname_type,
    kinds.with_head_type,
    kinds.with_compass_type,
    without_nationality,
    without_fields,
    without_bare_heads,
    as_in_the_body,
    kinds.with_apposition_type,
    neighbours.with_constituencies,
    neighbours.with_apposed_kind,
    kinds.with_one_type,
    neighbours.with_bracket_type,
    kinds.with_native_type,
)


def _name_pieces(text: str, span: Span) -> list[Span]:
    if span.tag != "person":
        return [span]
    particles = lexicons.folded("surnames", "particles")
    pieces, start, end = [], span.start, span.end
    for word in re.finditer(r"(?<=\s)[a-z]+(?=\s)", text[span.start : span.end]):
        if names.fold(word.group()) not in particles and len(word.group()) > 2:
            pieces.append(span._replace(start=start, end=span.start + word.start() - 1))
            start = span.start + word.end() + 1
    return [*pieces, span._replace(start=start, end=end)]


def _unwrap(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    surface = text[start:end]
    if whose := _SMALL_OWNER.match(surface):  # "party's Central Committee"
        start += whose.end()
    if "\n" in surface:  # a name ends with its sentence
        end = start + surface.index("\n")
    if surface.endswith(POSSESSIVES):
        end -= 2
    if surface.startswith("the ") and surface[4:5].isupper():
        start += 4
    while span.tag == "person" and (match := _title_first().match(text, start, end)):
        if _is_family_name(match.group(), text[match.end() : end]):
            break
        start = match.end()
    while start < end and text[start] in "\"“‘'(-–—/ ":
        start += 1
    while (
        start < end and text[end - 1] in "\"”’').,;:" and not _ends_abbreviation(text, start, end)
    ):
        end -= 1
    return span._replace(start=start, end=end)


def _is_family_name(title: str, rest: str) -> bool:
    """Return whether a supposed title is a name: Pak, in 'Pak Jong-chon'."""
    tokens = tokenize(f"{title}{rest}")
    word = names.fold(title.strip(" ."))
    if word in people_names.given_names():  # Earl, Prince, Alhaji are names too
        return True
    surname = word in people_names.surnames()
    return (surname and " " not in rest) or person_names.family_first_end(tokens, 0) == len(tokens)


def _ends_abbreviation(text: str, start: int, end: int) -> bool:
    """Return whether a name's last stop belongs to it: 'Inc.', 'Minn.', 'J. R.'."""
    name = text[start:end]
    if re.search(r"(?:\b[A-Z]\.|\b(?:Inc|Corp|Co|Ltd|Jr|Sr|Bros|Mt|St)\.)$", name):
        return True
    return bool(re.fullmatch(r"[A-Z][a-z]{2,4}\.", name)) and text[end : end + 2] not in (
        "\n",
        "\n\n",
        "",
    )


@cache
def _title_first() -> re.Pattern[str]:
    titles = lexicons.load("titles")
    heads = [head["word"].split()[-1] for head in titles["heads"]]
    known = {*lexicons.words("titles", "honorifics"), *_rank_words(), *heads}
    known |= {word.title() for word in known} | {word.capitalize() for word in known}
    words = "|".join(re.escape(w) for w in sorted(known, key=lambda w: (-len(w), w)) if len(w) > 1)
    return re.compile(rf"(?:{words})\.?\s+(?=\S)")


def _rank_words() -> list[str]:
    ranks = lexicons.load("titles")["ranks"]
    return " ".join(w for r in ranks for w in (r["word"], *r.get("abbreviations", ()))).split()


_OFFICE = re.compile(
    r"(?:Deputy |Vice |Prime |First )*(?:[A-Z]\w+-)*(?:Minister|Secretary|President|Governor|Mayor|"
    r"Director|Commissioner|Ambassador|Chairman|Chairwoman|Chair)s?(?:-General)? (?:of|for) "
)
_TWO_BODIES = re.compile(r"((?:[A-Z]\S* )+?([A-Z]\w+)) and ((?:[A-Z]\S* )+?\2)")
_BREAK = re.compile(r" / |\s?—\s?| – ")


def _pieces(surface: str, span: Span) -> list[Span]:
    """Return what stands on either side of a dash or slash as names of their own."""
    edges = [0, *(edge for mark in _BREAK.finditer(surface) for edge in mark.span()), len(surface)]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [
        span._replace(start=span.start + start, end=span.start + end)
        for start, end in pairs
        if surface[start:end].strip() and not surface[start:end].islower()
    ]


def _cut_country(text: str, span: Span) -> list[Span]:
    """Split 'Russian Senate', 'Ministry of Health of Kenya', "Peru's Senate" into two names."""
    surface = text[span.start : span.end]
    if _BREAK.search(surface):  # a caption's credit, an aside
        return _pieces(surface, span)
    owned = _OWNED.match(surface)
    if (
        owned
        and span.tag == "organization"
        and (countries.named(owned[1]) or owned[1] in kinds.COMPASS)
    ):
        return [
            Span(span.start, span.start + owned.end(1), "place", span.rule),
            span._replace(start=span.start + owned.start(2)),
        ]
    if span.tag == "nationality" and not countries.of_adjective(surface):
        first = surface.split()[0]
        cut = span.start + len(first)
        return [span._replace(end=cut)] if countries.of_adjective(first) else [span]
    if span.tag != "organization":
        return [span]
    for size in (1, 2):
        words = surface.split()
        rest = " ".join(words[size:])
        first = " ".join(words[:size])
        if rest and countries.of_adjective(first) and bodies.is_of_state(rest):
            cut = span.start + surface.index(rest, len(first))
            end = span.start + len(first)
            return [Span(span.start, end, "nationality", span.rule), span._replace(start=cut)]
    if joined := _TWO_BODIES.fullmatch(surface):  # 'Mengo Hospital and Kisiizi Hospital'
        return [
            span._replace(end=span.start + joined.end(1)),
            span._replace(start=span.start + joined.start(3)),
        ]
    core, of, place = surface.rpartition(" of ")
    if of and not _has_head(core) and countries.named(place):  # 'Plysa of Spain'
        return [
            span._replace(end=span.start + len(core)),
            Span(span.end - len(place), span.end, "place", span.rule),
        ]
    owns_next = text[span.end : span.end + 2] in POSSESSIVES
    if of and countries.named(place) and (owns_next or bodies.is_of_state(core)):
        start = span.end - len(place)
        whose = Span(start, span.end, "place", span.rule)
        return [span._replace(end=span.start + len(core)), whose]
    return [span]


_SMALL_OWNER = re.compile(r"[a-z]+['’]s\s+(?=[A-Z])")


def _is_field(text: str, span: Span) -> bool:
    """Return whether a supposed body is what an office or a ministry deals with."""
    surface = text[span.start : span.end]
    if span.tag != "organization" or _PLURAL_HEAD.match(surface):
        return span.tag == "organization"
    if _MINISTER_OF.search(text, max(0, span.start - 24), span.start):
        return True  # of "the Council" a minister may be, but hardly of "Works"
    return not _has_head(surface) and bool(
        _OFFICE_OF.search(text, max(0, span.start - 90), span.start)
    )


def _has_head(name: str) -> bool:
    return any(word in bodies.heads() for word in names.fold(name).split())


_OWNED = re.compile(r"(.+?)['’]s (.+)$")
# 'Ministries of Defense, Foreign Affairs, and': three ministries, none of them named.
_PLURAL_HEAD = re.compile(r"(?:Ministries|Departments|Secretaries)\b")
_MINISTER_OF = re.compile(r"\b(?:[Mm]inister|[Mm]inistry) (?:of|for) $")
_OFFICE_OF = re.compile(
    r"\b(?:minister|ministers|ministry|ministries|secretary|department|departments|commissioner)"
    r"\s+(?:of|for)\s+(?:the\s+)?(?:[A-Z][\w’']+(?:\s[A-Z][\w’']+)*(?:,\s+|,?\s+and\s+|\s))*$",
    re.IGNORECASE,
)
