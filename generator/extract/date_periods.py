"""Rules for years and what is counted in years: seasons, quarters, decades, centuries."""

from __future__ import annotations

import re
from functools import cache

from generator.extract import date_words as words
from generator.extract.date_moments import Moment, Rule, after, before
from generator.extract.date_relative import count_years
from generator.extract.date_values import interval

# Years a bare four-digit number is read as, when other signs are weak.
RECENT = range(1900, 2050)


def read_year(match: re.Match[str], moment: Moment) -> str | None:
    """Read "2024", "late 2024" as the year."""
    return str(match["year"])


def read_early_year(match: re.Match[str], moment: Moment) -> str | None:
    """Read "AD 79", "79 AD" as 0079."""
    return f"{int(match['n'] or match['n2']):04}"


def read_years(match: re.Match[str], moment: Moment) -> str | None:
    """Read "2019-2021", "1936–39", "between 2010 and 2015"."""
    first, last = match["year"], match["last"]
    return interval(first, first[: 4 - len(last)] + last)


def read_season(match: re.Match[str], moment: Moment) -> str | None:
    """Read "summer 2012", "winter of 2011-12" as a season; "spring of last year" too."""
    code = words.number("seasons", match["season"])
    groups = match.groupdict()
    year = groups.get("year") or count_years(groups.get("which") or "", moment)
    return f"{year[:4]}-{code}{year[4:]}" if year else None


def read_near_season(match: re.Match[str], moment: Moment) -> str | None:
    """Read "last winter", "this summer"; a winter bears the year it begins in."""
    code = words.number("seasons", match["season"])
    if moment.published is None:
        return None
    day = moment.published.last
    # Seasons counted from spring, so that January belongs to the winter before.
    now = day.year * 4 + (day.month - 3) // 3
    this = now - (now - (code - 21)) % 4 if now % 4 == code - 21 else day.year * 4 + code - 21
    step = words.number("steps", " ".join(match["step"].split()))
    if step < 0 and this >= now:
        this -= 4
    if step > 0 and this <= now:
        this += 4
    return f"{this // 4:04}-{21 + this % 4}{moment.published.mark}"


def read_quarter(match: re.Match[str], moment: Moment) -> str | None:
    """Read "Q2 2024", "second quarter of last year"; alone, the latest begun by publication."""
    code = 32 + _which_part(match)
    groups = match.groupdict()
    if groups.get("year"):
        return f"{groups['year']}-{code}"
    if groups.get("which"):
        year = count_years(groups["which"], moment)
        return f"{year[:4]}-{code}{year[4:]}" if year else None
    if moment.published is None:
        return None
    day = moment.published.last
    year_number = day.year - (code - 33 > (day.month - 1) // 3)
    return f"{year_number:04}-{code}{moment.published.mark}"


def read_half(match: re.Match[str], moment: Moment) -> str | None:
    """Read "first half of 2024", "H2 2023" as their months."""
    year = match["year"]
    return f"{year}-01/{year}-06" if _which_part(match) == 1 else f"{year}-07/{year}-12"


def read_months_of(match: re.Match[str], moment: Moment) -> str | None:
    """Read "first nine months of 2022" as 2022-01/2022-09."""
    months = words.number("numbers", match["number"])
    return interval(f"{match['year']}-01", f"{match['year']}-{months:02}")


def read_decade(match: re.Match[str], moment: Moment) -> str | None:
    """Read "1990s", "'70s", "nineties"; "1800s" as the century, "'20s" as nobody knows which."""
    groups = match.groupdict()
    if groups.get("decade"):
        digit = words.number("decades", match["decade"])
    elif groups.get("century"):
        century, digit = match["century"], int(match["ten"])
        return f"{century}XX" if digit == 0 and century != "20" else f"{century}{digit}X"
    else:
        digit = int(match["ten"])
    return f"19{digit}X" if digit > 2 else None


def read_century(match: re.Match[str], moment: Moment) -> str | None:
    """Read "19th century", "twelfth-century" as 18XX, 11XX; before our era as None."""
    if match["era"]:
        return None
    return f"{words.number('ordinals', match['ordinal'] or match['n']) - 1:02}XX"


def read_before_our_era(match: re.Match[str], moment: Moment) -> str | None:
    """Read "323 BC", which the dates we write can't say: None."""
    return None


def _which_part(match: re.Match[str]) -> int:
    return words.number("ordinals", match["ordinal"] or match["n"])


def is_year(match: re.Match[str]) -> bool:
    """Return whether four digits are a year: "since 2019", "the 2016 election", "(1956)"."""
    lead, rest = before(match), after(match)
    if match.start("year") > match.start():
        return True
    if _counted().match(rest) or _leads("quantities").search(lead):
        return False
    if not re.search(r"\bof\s$", lead) and _is_plural(rest, lead):
        return False
    if re.search(r"\($", lead) and re.match(r"[),;:]", rest):
        return True
    if _leads("before_year").search(lead) or _CHAIN.search(lead):
        return True
    number = int(match["year"])
    if number % 100 and _leads("weak_before_year").search(lead):
        return True
    if number in RECENT and _leads("determiners").search(lead):
        return bool(re.match(r"[\s-]+\w", rest))
    return number in RECENT and not lead.strip("“\"'‘ ") and bool(_year_verbs().match(rest))


def _is_plural(rest: str, lead: str) -> bool:
    """Return whether things are counted: "in 2000 homes"; "the 2016 protests" has its article."""
    noun = re.match(r"\s+([a-z]{3,}(?<![suia])s)\b", rest)
    if noun is None or noun[1] in words.listed("dated_plurals"):
        return False
    return not _leads("determiners").search(lead) and noun[1] not in ("was", "has", "does", "its")


_CHAIN = re.compile(r"(?<![\w,.$€£])(?:1\d{3}|20\d\d)(?:, | and | or |, and |, or )$")


@cache
def _leads(key: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|[^\w]|(?<=\w)(?=['’]))(?:{words.any_of(words.listed(key))})(?:\s+|(?<=-)|(?<=©))$",
        re.I,
    )


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"[\s-]+(?:{words.any_of(words.listed('counted'))})s?\b", re.I)


@cache
def _year_verbs() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:{words.any_of(words.listed('year_verbs'))})\b")


def is_years(match: re.Match[str]) -> bool:
    """Return whether two numbers are a stretch of years, not a score, a price or a count."""
    if _counted().match(after(match)):
        return False
    first, last, to = match["year"], match["last"], match["to"].strip()
    end = int(first[: 4 - len(last)] + last)
    led = re.search(r"\b(from|between)\s$", before(match), re.I)
    if to in ("-", "–", "—", "/"):
        return int(first) < end < 2200 and (len(last) == 4 or end - int(first) < 60)
    wanted = "between" if to == "and" else "from"
    return bool(led and led[1].lower() == wanted and len(last) == 4 and int(first) < end)


def is_near_season(match: re.Match[str]) -> bool:
    """Return whether "this fall" is the season, not a fall in prices."""
    return not re.match(r"\s(?:in|from|of)\b", after(match))


def is_quarter(match: re.Match[str]) -> bool:
    """Return whether a quarter alone is one of accounts, not of a match."""
    company = words.any_of(words.listed("accounts"))
    return bool(re.search(rf"(?<!\w)(?:{company})(?!\w)", before(match) + after(match), re.I))


def is_decade(match: re.Match[str]) -> bool:
    """Return whether "70s" is a decade, not an age: led by "the" or an apostrophe."""
    if "century" in match.groupdict() or match[0][0] in "'’‘":
        return True
    return bool(re.search(r"\b(?:the|the (?:early|late|mid))(?:\s|-)$", before(match), re.I))


_ORDINAL = r"(?:{ordinal}|(?P<n>\d\d?)(?:st|nd|rd|th))"
_NTH = r"(?:(?P<n>[1-4])(?:st|nd|rd|th)|{ordinal})"
RULES = (
    Rule("year", "parts digits", r"{part}?{year}", read_year, is_year),
    Rule(
        "early_year",
        "ad digits",
        r"(?:AD (?P<n>\d{2,4})|(?P<n2>\d{2,4}) (?:AD|CE))(?!\w)",
        read_early_year,
    ),
    Rule("before_our_era", "digits", r"\d{1,5} (?:BCE?|B\.C\.(?:E\.)?)(?!\w)", read_before_our_era),
    Rule(
        "years",
        "digits",
        r"(?P<year>1\d{3}|20\d\d)(?P<to>[-–—/]| [-–—] | to | and | through | until )"
        r"(?P<last>\d{4}|\d\d)(?![\w%]|[.,:/-]\d)",
        read_years,
        is_years,
    ),
    Rule(
        "season",
        "parts seasons",
        r"{part}?{season}(?: of|,)? {year}(?:[-–/]\d\d(?:\d\d)?(?!\w))?",
        read_season,
    ),
    Rule(
        "season",
        "parts seasons",
        r"{part}?{season}(?: of|,)? (?P<year>1\d{3}|20\d\d)[-–/]\d\d(?:\d\d)?(?!\w)",
        read_season,
    ),
    Rule("season", "parts seasons", r"{part}?{season} {which}", read_season),
    Rule("near_season", "steps", r"{step} {season}", read_near_season, is_near_season),
    Rule("quarter", "q1 q2 q3 q4", r"(?P<ordinal>)[Qq](?P<n>[1-4])(?: of)?,? {year}", read_quarter),
    Rule("quarter", "digits", r"(?P<ordinal>)(?P<year>20\d\d) Q(?P<n>[1-4])(?!\w)", read_quarter),
    Rule("quarter", "ordinals digits", _NTH + r"(?: |-)quarter(?: of|,)? {year}", read_quarter),
    Rule("quarter", "ordinals digits", _NTH + r"(?: |-)quarter {which}", read_quarter),
    Rule("quarter", "ordinals digits", _NTH + r"(?: |-)quarter(?!\w)", read_quarter, is_quarter),
    Rule("half", "h1 h2", r"(?P<ordinal>)H(?P<n>[12]),? {year}", read_half),
    Rule(
        "half",
        "first second",
        r"(?i:(?P<ordinal>first|second)(?P<n>)) half(?: of)? {year}",
        read_half,
    ),
    Rule("months_of", "first", r"first {number} months of {year}", read_months_of),
    Rule(
        "decade",
        "parts digits",
        r"{part}?(?P<century>1\d|20)(?P<ten>\d)0['’]?s(?!\w)",
        read_decade,
        is_decade,
    ),
    Rule("decade", "parts digits", r"{part}?['’‘]?(?P<ten>[2-9])0s(?!\w)", read_decade, is_decade),
    Rule("decade", "parts decades", r"{part}?{decade}", read_decade, is_decade),
    Rule(
        "century",
        "parts ordinals digits",
        r"{part}?" + _ORDINAL + r"(?: |-)(?i:century)(?!\w)(?P<era> (?:BCE?|B\.C\.))?",
        read_century,
    ),
)
