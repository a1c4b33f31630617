"""What a single line looks like: furniture words, bylines, credits, counts."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from generator import lexicons, names
from generator.read.pages import is_terminated, word_count
from generator.read.written_dates import find_dates, read_date_line

_COUNT = re.compile(
    r"(?:[\w ]{2,20}\s)?[-−+]?\d+\s?°[CF]?$"
    r"|(?:\w+:?\s)?\d+\s\w+\sago$"
    r"|[\d.,]+\s?[KkMm]?\+?\s+\w+(?:\s(?:read|ago|читать))?$"
    r"|#?\d+%?$|[\d.,]+[KkMm]?$"
    r"|\d+\s?(?:min|mins)\b.{0,12}$"
)
_BREADCRUMB = re.compile(r"^[^.!?]{1,60}(?:\s*[>›»→]\s*|\s+/\s+)[^.!?]{1,80}$")
_CAPITAL = r"[^\W\d_a-zа-я][\w'’.-]*"
_PARTICLE = "de|del|dos|du|e|van|von|der|ten|ter|bin|bint|ibn|al|el|da|di|la|le"
_NAME = rf"{_CAPITAL}(?:\s(?:(?:{_PARTICLE})\s)?{_CAPITAL}){{0,3}}"
_NAMES = re.compile(rf"{_NAME}(?:(?:,\s|\s(?:and|und|et|y|e|и|&)\s){_NAME}){{0,4}}")
_WIRE_TAIL = re.compile(r"\s/\s[^/.!?]{2,80}$")
_CREDIT_TAIL = re.compile(
    r"(?:[(\[](?:[^()\[\]]{2,60})[)\]]|\s[|©]\s?[^|.!?]{2,60}"
    r"|(?i:Photo|Photograph|Picture|Image|Illustration|Foto|Credit|Фото)s?\s?:\s?[^.]{2,60})\.?$"
)
# What follows a caption's last sentence: "… reopened on Monday. Harbour Post graphic".
_CREDIT_WORDS = re.compile(r"[.!?][\"'”’]?\s(?P<credit>[A-ZА-Я][^.!?]{3,50})$")
_SHORTEST_CODE = 2_000
_CODE_MARKS = re.compile(r"[{}=<>\\]")
_UNSAID = re.compile(r"[!-~]{300,}")
_BYLINE_FILLERS = {
    "posted",
    "published",
    "updated",
    "under",
    "from",
    "for",
    "and",
    "the",
    "written",
}
_ARROWS = " \t:›»>→…|·•*-–—()[]+#"


@cache
def _furniture() -> dict[str, Any]:
    return dict(lexicons.load("furniture"))


@cache
def _alone() -> dict[str, str]:
    return {names.fold(word): why for why, row in _furniture()["alone"].items() for word in row}


@cache
def _openers() -> frozenset[str]:
    return frozenset(names.fold(word) for word in _furniture()["list_openers"])


@cache
def _phrases(place: str) -> re.Pattern[str]:
    """Return one pattern for all phrases of a list, one group for each reason."""
    groups = (
        f"(?P<{why}>" + "|".join(re.escape(names.fold(word)) for word in row) + ")"
        for why, row in _furniture()[place].items()
    )
    return re.compile(r"(?<!\w)(?:" + "|".join(groups) + r")(?!\w)")


@cache
def section_names() -> frozenset[str]:
    """Return the folded names that a section of a news site may bear; countries count."""
    countries = lexicons.load("countries")["countries"]
    named = [name for row in countries for name in (row["name"], *row.get("aliases", []))]
    return frozenset(names.fold(word) for word in (*_furniture()["sections"], *named))


def is_section(text: str) -> bool:
    """Return whether a line is the name of a section.

    >>> is_section("World"), is_section("World leaders meet")
    (True, False)
    """
    folded = names.fold(text).strip(_ARROWS) if len(text) <= 60 else ""
    words = folded.split()
    pair = len(words) == 2 and all(word in section_names() for word in words)
    return folded in section_names() or pair


def furniture_word(text: str) -> str | None:
    """Return why a short line is furniture by its words, else None.

    >>> furniture_word("Sign up for our newsletter")
    'subscription'
    """
    if len(text) > 240 or word_count(text) > 30:
        return None
    folded = names.fold(text)
    bare = re.sub(r"\s*\(?\d+\)?$", "", folded).strip(_ARROWS)
    if bare in _alone():
        return _alone()[bare]
    started = _phrases("starts").match(folded)
    found = started or _phrases("inside").search(folded)
    return found.lastgroup if found else None


def opens_list(text: str) -> bool:
    """Return whether a line announces other stories ("Most read:")."""
    folded = names.fold(text).strip(_ARROWS) if len(text) <= 60 else ""
    more = folded.removeprefix("more ").removeprefix("from ")
    return folded in _openers() or (more != folded and more in section_names())


def opens_comments(text: str) -> bool:
    """Return whether a line announces what readers wrote: "Comments (3)"."""
    return len(text) <= 40 and furniture_word(text) == "comments"


def is_count(text: str) -> bool:
    """Return whether a line is a number and what it counts: "12 comments", "3 min read"."""
    return len(text) <= 30 and _COUNT.match(text) is not None


def is_menu_bar(text: str) -> bool:
    """Return whether a line is a row of links to a site's parts: "Home | Courts | About us"."""
    parts = [part.strip() for part in re.split(r"\s[|•·]\s", text)] if len(text) <= 160 else []
    if len(parts) < 3 or any(word_count(part) > 4 for part in parts) or is_row(text):
        return False
    return any(_alone().get(names.fold(part)) == "menu" or is_section(part) for part in parts)


def is_code(text: str) -> bool:
    """Return whether a long line is no language that people speak.

    A mark of code stands every few letters, or most of it is words that nobody could say.
    """
    if len(text) < _SHORTEST_CODE:
        return False
    unsaid = sum(len(word) for word in _UNSAID.findall(text))
    return len(_CODE_MARKS.findall(text)) * 25 > len(text) or unsaid * 2 > len(text)


def is_clock(text: str) -> bool:
    """Return whether a line is a time of day or of play and nothing else: "04:12"."""
    return len(text) <= 8 and re.fullmatch(r"\d{1,2}(?::\d{2}){1,2}", text) is not None


def is_breadcrumb(text: str) -> bool:
    """Return whether a line is the way to the page: "Home > World > Asia"."""
    if len(text) > 140 or _BREADCRUMB.match(text) is None:
        return False
    parts = breadcrumb_parts(text)
    if len(parts) < 2:  # a row of arrows
        return False
    known = _alone().get(names.fold(parts[0])) == "menu" or is_section(parts[0])
    deep = len(parts) >= 3 and " / " not in text and all(word_count(p) <= 4 for p in parts)
    return known or deep


def breadcrumb_parts(text: str) -> list[str]:
    """Return the steps of a breadcrumb line."""
    return [part.strip() for part in re.split(r"[>›»→]|\s/\s", text) if part.strip()]


def is_row(text: str) -> bool:
    """Return whether a line is the row of a table: "2. Harbour City | 11 | 24"."""
    return text.count("|") >= 2 and any(char.isdigit() for char in text)


@cache
def _byline_words(key: str) -> frozenset[str]:
    return frozenset(names.fold(word) for word in lexicons.words("bylines", key))


@cache
def _before_name(key: str) -> re.Pattern[str]:
    words = sorted(_byline_words(key), key=lambda word: (-len(word), word))
    return re.compile(r"(?:" + "|".join(map(re.escape, words)) + r")\s*:?\s+(?=\S)")


def byline_author(text: str) -> str | None:
    """Return who a byline says wrote the article, None if the line is no byline.

    >>> byline_author("By Jane Doe | 3 June 2024"), byline_author("By Monday it was over.")
    ('Jane Doe', None)
    """
    if len(text) > 140 or (is_terminated(text) and word_count(text) > 8):
        return None
    text = _from_by(text)
    opened = _before_name("before").match(names.fold(text))
    rest = text[opened.end() :] if opened else text
    found = _NAMES.match(rest)
    if found is None or _dates_inside(found[0]):
        return None
    tail = rest[found.end() :].strip(" ,|–—-·•()/;.")
    if opened:
        return _people(found[0]) if _is_byline_tail(tail) else None
    name, _, role = found[0].partition(", ")
    return name if " " in name and is_role(f"{role} {tail}".strip()) else None


def _from_by(text: str) -> str:
    """Return a line from its "by" on if a date stands before it: "Posted on 3 June 2024 by …"."""
    before, by, after = text.partition(" by ")
    return f"by {after}" if by and next(find_dates(before), None) is not None else text


def is_byline(text: str) -> bool:
    """Return whether a line says who wrote the article, perhaps only when."""
    dated = read_date_line(text) is None and _is_dated_byline(text)
    return dated or byline_author(text) is not None


def _people(text: str) -> str:
    """Return the names of a byline without what these people are: "Jane Doe, Staff Writer"."""
    parts = text.split(", ")
    people = [
        part
        for index, part in enumerate(parts)
        if index == 0 or (" " in part and not is_role(part))  # a lone word is where it was written
    ]
    return ", ".join(people).rstrip(".,")


def _is_dated_byline(text: str) -> bool:
    """Return whether a line is a date with names, places and an outlet around it, no sentence.

    "Posted on 3 June 2024 by Jane Doe in Travel", "Jane Doe, Harbour Post | June 3, 2024".
    """
    if len(text) > 120 or is_terminated(text) or next(find_dates(text), None) is None:
        return False
    lower = [word for word in re.findall(r"[^\W\d_]{3,}", text) if word.islower()]
    marked = re.search(r"\s[|•·–—/-]\s|\bby\b|:", text) is not None
    return marked and len([w for w in lower if w not in _BYLINE_FILLERS]) <= 1


def _dates_inside(text: str) -> bool:
    return next(find_dates(text), None) is not None or any(char.isdigit() for char in text)


def _is_byline_tail(tail: str) -> bool:
    """Return whether what follows the name is an outlet, a role, an address or a date."""
    if not tail or read_date_line(tail) or is_role(tail):
        return True
    dated = next(find_dates(tail), None) is not None
    titled = all(
        word[:1].isupper() or not word[:1].isalpha() or len(word) < 4 for word in tail.split()
    )
    return "@" in tail or ((dated or titled) and word_count(tail) <= 14 and not tail.endswith("."))


def is_role(text: str) -> bool:
    """Return whether words name a job in a newsroom, as in "Senior Reporter, Asia Desk"."""
    folded = names.fold(text)
    words = set(re.findall(r"\w+", folded))
    named = any(role in folded if " " in role else role in words for role in _byline_words("roles"))
    return named and word_count(text) <= 6 and not is_terminated(text)


def is_newsroom_credit(text: str) -> bool:
    """Return whether a line names who else worked on the story: "Editing by Jane Doe"."""
    if len(text) > 240:
        return False
    return _before_name("credits").match(names.fold(text).strip("([ ")) is not None


def is_picture_credit(text: str) -> bool:
    """Return whether a line is nothing but a picture's credit: "(Photo: Jane Doe / AP)"."""
    if len(text) > 100 or word_count(text) > 14 or is_terminated(text.rstrip(")]")):
        return False
    folded = names.fold(text).strip("([ ")
    first = re.match(r"([\w -]{3,20}?)(?: source| caption)?\s*(?:[:,©]|by |via |/ )", folded)
    return folded.startswith(("©", "(c)")) or (
        first is not None and first[1].strip() in _byline_words("picture")
    )


def has_credit_tail(text: str) -> bool:
    """Return whether a line ends in a picture's credit, as captions do.

    >>> has_credit_tail("The new bridge on 3 May / Channel Nine")
    True
    """
    if len(text) > 500 or word_count(text) < 5:
        return False
    if tail := _WIRE_TAIL.search(text):
        return all(word[:1].isupper() or len(word) < 4 for word in re.findall(r"\w+", tail[0]))
    if (found := _CREDIT_WORDS.search(text)) and _names_picture(found["credit"]):
        return word_count(found["credit"]) <= 8
    found = _CREDIT_TAIL.search(text)
    return found is not None and _names_picture(found[0])


def _names_picture(text: str) -> bool:
    return _picture_words().search(names.fold(text)) is not None


def on_duty(text: str) -> str:
    """Return a live report's byline without who writes now: "Jane Doe (now) and Al Poe (earlier)".

    >>> on_duty("Jane Doe (now) and Al Poe (earlier)")
    'Jane Doe and Al Poe'
    """
    return re.sub(r" \((?:now|earlier|until \w+|from \w+)\)", "", text)


def is_person(text: str) -> bool:
    """Return whether words are capitalised as a person's name is: "Jane van Doe"."""
    words = text.split()
    named = all(word[0].isupper() and word[-1] not in ",:;!?" for word in words)
    return 2 <= len(words) <= 4 and named


def is_outlet(text: str) -> bool:
    """Return whether a name is of somebody who publishes: "The Harbour Post"."""
    return not _byline_words("outlets").isdisjoint(re.findall(r"\w+", names.fold(text)))


@cache
def _picture_words() -> re.Pattern[str]:
    words = (*sorted(_byline_words("picture")), "ap", "afp", "reuters", "epa", "getty", "©")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)")
