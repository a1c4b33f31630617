"""Every date expression of an article, with its EDTF value where that can be told honestly."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from urllib.parse import urlsplit

from generator import edtf
from generator.extract import date_days, date_months, date_periods, date_relative
from generator.extract import date_words as words
from generator.extract.date_moments import Moment, Rule, anchor
from generator.model import Article, DateMention, Sentence

RULES: tuple[Rule, ...] = (
    *date_days.RULES,
    *date_months.RULES,
    *date_periods.RULES,
    *date_relative.RULES,
)

Found = tuple[Rule, re.Match[str], Sentence]
Patterns = tuple[tuple[Rule, re.Pattern[str]], ...]

_WORD = re.compile(r"(?:['’‘](?=\d0s))?\w+")
# A numeral glued to these is part of a price, a code, a score or a decimal.
_GLUED = re.compile(r"(?:[\w$€£¥₹#/:@.]|\d[,–—-])\Z")
_NUMERIC = ("numbers",)


def find_dates(article: Article) -> tuple[DateMention, ...]:
    """Return all dates of the article in text order, none overlapping, each in one sentence."""
    found = tuple(hit for sentence in article.sentences for hit in _scan(article.text, sentence))
    moment = _moment_of(article, found)
    mentions = []
    for rule, match, sentence in found:
        value = _checked(rule.read(match, moment))
        mentions.append(_mention(rule, match, sentence, value))
        moment = replace(moment, last=anchor(value) or moment.last)
    return tuple(mentions)


@lru_cache(maxsize=10_000)
def _checked(value: str | None) -> str | None:
    return value if value and edtf.is_valid(value) else None


def _mention(
    rule: Rule, match: re.Match[str], sentence: Sentence, value: str | None
) -> DateMention:
    return DateMention(match.start(), match.end(), match[0], value, sentence.number, rule.name)


def _scan(text: str, sentence: Sentence) -> Iterator[Found]:
    """Yield the dates of one sentence: at each opening word the longest that fits."""
    end, openers = sentence.start, words.openers()
    for word in _WORD.finditer(text, sentence.start, sentence.end):
        alone = word[0]
        if alone[0].isalpha() and alone.casefold() not in openers:
            continue
        if word.start() < end or _is_glued(text, word):
            continue
        hit = _longest(_rules(alone), text, word.start(), sentence.end)
        if hit:
            end = hit[1].end()
            yield (*hit, sentence)


@lru_cache(maxsize=1_000)
def _rules(word: str) -> Patterns:
    """Return the rules for dates that may begin with a word."""
    low = word.casefold()
    return tuple((rule, p) for rule, p in _patterns() if words.may_open(low, rule.opens))


def _is_glued(text: str, word: re.Match[str]) -> bool:
    near = max(0, word.start() - 2)
    return not word[0][0].isalpha() and _GLUED.search(text, near, word.start()) is not None


def _longest(rules: Patterns, text: str, start: int, end: int) -> tuple[Rule, re.Match[str]] | None:
    found, longest = None, start
    for rule, pattern in rules:
        match = pattern.match(text, start, end)
        if match and match.end() > longest and rule.fits(match):
            found, longest = (rule, match), match.end()
    return found


@cache
def _patterns() -> Patterns:
    return tuple((rule, words.expand(rule.pattern)) for rule in RULES)


def _moment_of(article: Article, found: Sequence[Found]) -> Moment:
    """Return what holds for the whole article: its dates, and the years it gives."""
    named: dict[tuple[int, int], set[int]] = defaultdict(set)
    years: set[int] = set()
    for _, match, _ in found:
        groups = match.groupdict()
        years.update(int(groups[key]) for key in ("year", "year2") if groups.get(key))
        if groups.get("year") and groups.get("month"):
            month = words.number("months", groups["month"])
            for day in {0, int(groups.get("day") or 0)}:
                named[month, day].add(int(groups["year"]))
    return Moment(
        published=anchor(article.published),
        page=anchor(article.page_date, "?"),
        named={key: tuple(sorted(found_years)) for key, found_years in named.items()},
        years=tuple(sorted(years)),
        day_first=_day_first(article, found),
    )


def _day_first(article: Article, found: Sequence[Found]) -> bool | None:
    """Return which way round the article writes numbers-only dates; None if nothing tells."""
    pairs = [(int(m["a"]), int(m["b"])) for rule, m, _ in found if rule.name in _NUMERIC]
    shown = {one > 12 for one, two in pairs if (one > 12) != (two > 12)}
    if len(shown) == 1:
        return shown.pop()
    language = (article.lang or "").lower().replace("_", "-")
    if "-" in language or language not in ("", "en"):
        return language not in words.listed("month_first_languages")
    domain = (urlsplit(article.url or "").hostname or "").rpartition(".")[2]
    if domain in words.listed("month_first_domains"):
        return False
    return True if len(domain) == 2 else None
