"""Names made tidy by the words beside them: each function rewrites all spans of an article."""

from __future__ import annotations

import re
from functools import cache

from generator import bodies, countries, lexicons, names
from generator.extract import contexts
from generator.extract.spans import Span
from generator.extract.words import Words


def without_openers(words: Words, spans: list[Span]) -> list[Span]:
    """Cut a sentence's first word off the name after it: '[If] Tuvalu followed'."""
    text = words.article.text
    return [_without_opener(text, span) for span in spans]


def without_no_names(words: Words, spans: list[Span]) -> list[Span]:
    """Drop what names nothing: 'him', 'AM', 'GMT', 'an NGO', 'CFA francs', '20 NOK'."""
    text = words.article.text
    return [span for span in spans if not _is_no_name(text, span)]


def with_joined_countries(words: Words, spans: list[Span]) -> list[Span]:
    """Join a body of two countries: 'Tanzania–Zambia Railway Authority'."""
    text = words.article.text
    found: list[Span] = []
    for span in sorted(spans):
        if found and _is_second_half(text, found[-1], span):
            span = span._replace(start=found.pop().start)
        found.append(span)
    return found


def with_pairs_apart(words: Words, spans: list[Span]) -> list[Span]:
    """Part two countries that a dash joins: 'the [North Korea]-[Russia] treaty'."""
    text = words.article.text
    return [part for span in spans for part in _pair(text, span)]


def with_legal_endings(words: Words, spans: list[Span]) -> list[Span]:
    """Take in what the law adds to a company's name: 'Veltara Kalaallit [A/S]'."""
    text = words.article.text
    found = []
    for span in spans:
        ending = _LEGAL.match(text, span.end) if span.tag == "organization" else None
        free = ending and not any(s.start < ending.end() and span.end < s.end for s in spans)
        found.append(span._replace(end=ending.end()) if ending and free else span)
    return found


def with_crowned_heads(words: Words, spans: list[Span]) -> list[Span]:
    """Make a person of a supposed body that is a crowned head: 'Queen Mary, the wife of …'."""
    text = words.article.text
    return [
        span._replace(tag="person")
        if span.tag == "organization" and _CROWNED.fullmatch(text, span.start, span.end)
        else span
        for span in spans
    ]


def with_constituencies(words: Words, spans: list[Span]) -> list[Span]:
    """Make a place of what somebody sits for or rules: 'the member for Matero'."""
    text = words.article.text
    return [span._replace(tag="place") if _is_seat(text, span) else span for span in spans]


def with_apposed_kind(words: Words, spans: list[Span]) -> list[Span]:
    """Give a name the kind of the noun beside it: 'Falepili Union, a treaty'."""
    text = words.article.text
    return [span._replace(tag=_beside(text, span) or span.tag) for span in spans]


def with_bracket_type(words: Words, spans: list[Span]) -> list[Span]:
    """Give a short form the type of the name it is first put behind: 'Railway Authority (Tazara)'.

    The short form keeps it throughout the article.
    """
    text = words.article.text
    full = {span.end: span for span in spans if span.tag not in ("person", "nationality")}
    short: dict[str, str] = {}
    for span in spans:
        surface = text[span.start : span.end]
        before = full.get(span.start - 2)
        bracket = text[span.start - 2 : span.start] == " (" and text[span.end : span.end + 1] == ")"
        if before and bracket and _abbreviates(surface, text[before.start : before.end]):
            short.setdefault(surface, before.tag)
    return [span._replace(tag=short.get(text[span.start : span.end], span.tag)) for span in spans]


# --- what stands beside a name

_ALWAYS = re.compile(r"(?:If|But|And|When|While|Because|Although|Though|Unless|Whether|Yet|Nor) ")
_MAYBE = re.compile(
    r"(?:Since|After|Before|With|Without|In|On|For|As|At|From|To|By|Until|Under|Once|Unlike|Like) "
)
_OPENS = re.compile(r"(?:^|\n|[.?!:“\"‘(]\s?)$")


def _without_opener(text: str, span: Span) -> Span:
    if span.tag not in ("person", "organization", "place"):
        return span
    match = _ALWAYS.match(text, span.start, span.end)
    maybe = _MAYBE.match(text, span.start, span.end)
    if maybe and countries.named(text[maybe.end() : span.end]):
        match = maybe
    if not match or not _OPENS.search(text, max(0, span.start - 3), span.start):
        return span
    country = countries.named(text[match.end() : span.end])
    return span._replace(start=match.end(), tag="place" if country else span.tag)


_AMOUNT_BEFORE = re.compile(r"\d(?: (?:million|billion|trillion|[mb]n?))? $")
_AMOUNT_AFTER = re.compile(r" ?\d| (?:francs?|dollars?|pounds?|million|billion)\b")


def _is_no_name(text: str, span: Span) -> bool:
    surface = text[span.start : span.end]
    if surface.islower():  # names of scripts without capitals are not
        return True
    if surface in lexicons.words("abbreviations", "no_names") or _LEANING.fullmatch(surface):
        return True
    if surface not in lexicons.words("abbreviations", "currencies"):
        return False
    before, after = text[max(0, span.start - 12) : span.start], text[span.end : span.end + 10]
    return bool(_AMOUNT_BEFORE.search(before) or _AMOUNT_AFTER.match(after))


# What somebody is for, against or after: 'neo-Nazi', 'pro-Kremlin'.
_LEANING = re.compile(r"(?:neo|anti|pro|post|pre|non|ultra|pan|ex)-[A-Z]\w+")


def _is_second_half(text: str, one: Span, other: Span) -> bool:
    """Return whether two names are one body's: a country, a dash, and a body of a country."""
    if other.tag != "organization" or text[one.end : other.start] not in ("-", "–"):
        return False
    first, rest = text[one.start : one.end], text[other.start : other.end]
    country = countries.named(rest.partition(" ")[0]) or countries.of_adjective(rest.split(" ")[0])
    headed = names.fold(rest.split()[-1]) in bodies.heads()
    own = countries.named(first) or countries.of_adjective(first)
    return bool(own and country and headed)


def _pair(text: str, span: Span) -> list[Span]:
    """Return the two countries of a span that is nothing else, the span itself otherwise."""
    surface = text[span.start : span.end]
    for dash in re.finditer("[-–]", surface):
        one, other = surface[: dash.start()], surface[dash.end() :]
        whole = countries.named(surface)
        if not whole and countries.named(one) and countries.named(other):
            first = span._replace(end=span.start + len(one), tag="place")
            return [first, span._replace(start=span.end - len(other), tag="place")]
    return [span]


_LEGAL = re.compile(
    r",? (?:A/S|ASA|AB|AG|Oyj|GmbH|Ltd|Inc|PLC|S\.A\.|S\.p\.A\.|SARL|LLC|Sdn Bhd|OOO|PJSC)(?![\w/])"
)
_CROWNED = re.compile(
    r"(?:King|Queen|Crown Prince|Crown Princess|Prince|Princess|Pope|Emperor|Empress|Sultan|Emir)"
    r" (?!Air|Bank|Club)[A-Z][a-z]+(?: [IVX]+)?"
)


_SITS = re.compile(r"\b(?:[Mm]ember|MP|MEP|[Ss]enator|[Ll]awmaker|[Cc]andidate) for (?:the )?$")
_RULES = re.compile(r"\b(?:[Mm]ayor|[Pp]refect|[Bb]ishop|[Aa]rchbishop|[Cc]hief|[Ss]heriff) of $")


def _is_seat(text: str, span: Span) -> bool:
    """Return whether a name after an office can only be a place's."""
    if span.tag not in ("organization", "person"):
        return False
    lead = text[max(0, span.start - 24) : span.start]
    if not lead.rstrip("\n").endswith(("for ", "for the ", " of ")):
        return False  # as most are: told at once
    if span.tag == "person":
        return bool(_SITS.search(lead) or _RULES.search(lead))
    surface = text[span.start : span.end]
    headed = any(word in bodies.heads() for word in names.fold(surface).split())
    return bool(_SITS.search(lead)) and not headed and " " not in surface


_APPOSED = re.compile(
    r", (?:an?|the) ((?:[\w-]+ ){0,3}?[\w-]+)"
    r"(?=[,.;)]| (?:of|in|on|near|at|that|which|who|with|from|for|by|to|[a-z]+ed|[a-z]+ing) )"
)
_WORK_BEFORE = re.compile(
    r"\b(?:[Hh]er|[Hh]is|[Tt]heir|[Ii]ts|[\w]+['’]s) (?:[\w-]+ ){0,2}(?P<noun>\w+), [“\"‘']?$"
)
_QUOTES = "“\"‘'"
_ENDED = re.compile(r"[”\"’']?(?:[,.;:)]|$)")


def _beside(text: str, span: Span) -> str | None:
    """Return the kind that the nouns beside a name say it has, None if they don't."""
    lead = text[max(0, span.start - 60) : span.start].rpartition("\n")[2]
    work = _WORK_BEFORE.search(lead) if lead.rstrip(_QUOTES).endswith(", ") else None
    if work and work["noun"] in _works() and _ENDED.match(text, span.end):
        return "document"
    if span.tag not in ("organization", "document", "event"):
        return None
    match = _APPOSED.match(text, span.end)
    kinds = _kinds_of(match[1]) if match else ()
    return kinds[0] if len(kinds) == 1 and kinds[0] in ("organization", "document") else None


def _kinds_of(phrase: str) -> tuple[str, ...]:
    """Return the kinds of a small noun phrase's last word; 'a trading house' is a company's."""
    folded = names.fold(phrase)
    if folded.endswith(("trading house", "auction house", "publishing house", "fashion house")):
        return ("organization",)
    return contexts.nouns(folded.split()[-1]) if phrase.islower() else ()


@cache
def _works() -> frozenset[str]:
    """Return the nouns of what somebody makes and gives a title."""
    return lexicons.folded("descriptions", "works")


def _abbreviates(short: str, full: str) -> bool:
    """Return whether the letters of one word stand in a longer name, in order, from its first."""
    if " " in short or " " not in full or countries.named(short) or len(short) > 10:
        return False
    letters = iter(names.fold(full))
    ordered = all(letter in letters for letter in names.fold(short) if letter.isalpha())
    return ordered and names.fold(short)[0] == names.fold(full)[0]
