"""What an article's words around a name say of the person: calling, age, country, body."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, reduce

from generator import countries, lexicons, names
from generator.model import Extraction, Mention
from generator.resolve.generations import generations

# Years of age that two articles may differ by and mean one person.
AGES_APART = 6
# How far from a name its description is looked for, in characters.
REACH = 140


@dataclass(frozen=True, slots=True)
class Portrait:
    """What is said of somebody; every set is empty where nothing is."""

    callings: frozenset[str] = frozenset()
    worlds: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    ages: frozenset[int] = frozenset()
    generations: frozenset[str] = frozenset()
    once: frozenset[str] = frozenset()  # worlds left, which say nothing against others
    tags: frozenset[str] = frozenset()  # "of city hall"
    introduced: bool = False  # ", a spokesman": somebody new to the reader
    another: bool = False  # "another", "also called": not whoever bore the name before

    def __or__(self, other: Portrait) -> Portrait:
        if other is BLANK:  # as most are: nothing to add
            return self
        return Portrait(
            self.callings | other.callings, self.worlds | other.worlds,
            self.countries | other.countries, self.bodies | other.bodies, self.ages | other.ages,
            self.generations | other.generations, self.once | other.once,
            self.tags | other.tags, self.introduced or other.introduced, self.another,
        )  # fmt: skip

    @property
    def traits(self) -> frozenset[str]:
        """Return what two portraits of one person may share."""
        return self.worlds | self.once | self.bodies

    @property
    def has_calling(self) -> bool:
        """Return whether it says what somebody does, or for whom."""
        return bool(self.worlds or self.bodies)

    @property
    def says_something(self) -> bool:
        """Return whether it says anything that may tell namesakes apart."""
        return bool(self.worlds or self.once or self.bodies or self.ages or self.countries)


BLANK = Portrait()


def portraits(extraction: Extraction) -> dict[int, Portrait]:
    """Return what is said of each person where the name stands, by index of the mention."""
    found = {
        i: _portrait(extraction, i)
        for i, mention in enumerate(extraction.mentions)
        if mention.type == "person"
    }
    return {i: portrait for i, portrait in found.items() if portrait != BLANK}


def joined(several: Iterable[Portrait]) -> Portrait:
    """Return all that several portraits say."""
    return reduce(Portrait.__or__, several, BLANK)


def conflict(one: Portrait, other: Portrait) -> bool:
    """Return whether two portraits are hardly one person's.

    Somebody may hold two offices or change them; a runner is no judge, whatever the name.
    """
    if one.generations and other.generations and not one.generations & other.generations:
        return True
    if one.ages and other.ages:
        apart = min(abs(a - b) for a in one.ages for b in other.ages)
        if apart > AGES_APART:
            return True
    if not one.worlds or not other.worlds or one.callings & other.callings:
        return False
    strangers = one.countries and other.countries and not one.countries & other.countries
    if one.worlds & other.worlds:
        return bool(strangers)
    if one.once & other.worlds or other.once & one.worlds or one.bodies & other.bodies:
        return False
    pairs = {frozenset((a, b)) for a in one.worlds for b in other.worlds}
    return bool(strangers) or not pairs & _alike()


def alike(one: Portrait, other: Portrait) -> bool:
    """Return whether two portraits say one thing of somebody, and nothing against."""
    worlds = (one.worlds | one.once) & (other.worlds | other.once)
    shared = worlds or one.bodies & other.bodies
    return bool(shared) and not conflict(one, other)


# --- the words around a name


def _portrait(extraction: Extraction, i: int) -> Portrait:
    mention, text = extraction.mentions[i], extraction.text
    before = _clause_before(text, mention)
    after = _clause_after(text, mention)
    title, phrase = _title(before), _apposition(after)
    now, once = _told(title)
    for callings, more in zip((now, once), _told(phrase), strict=True):
        callings |= more
    age = _AGE.match(after)
    return Portrait(
        frozenset(now),
        frozenset(_world_of()[calling] for calling in now),
        frozenset(_countries_in(title) | _countries_in(phrase)),
        _bodies_at(extraction, i, len(title), len(phrase)),
        frozenset([int(age[1])]) if age else frozenset(),
        generations(mention.surface),
        frozenset(_world_of()[calling] for calling in once),
        frozenset([tag[1]]) if (tag := _TAG.match(after)) else frozenset(),
        bool(_INTRODUCED.match(after)) or (bool(title) and before.endswith(", ")),
        bool(_ANOTHER.search(before) or _NO_KIN.match(after)),
    )


def _clause_before(text: str, mention: Mention) -> str:
    start = max(text.rfind("\n", 0, mention.start) + 1, mention.start - REACH)
    return text[start : mention.start]


def _clause_after(text: str, mention: Mention) -> str:
    end = text.find("\n", mention.end)
    return text[mention.end : min(len(text) if end < 0 else end, mention.end + REACH)]


def _title(before: str) -> str:
    """Return the end of `before` that names the person's calling: 'the engineer U '."""
    found = list(_callings().finditer(before))
    for match in reversed(found):
        if _LINK.fullmatch(before[match.end() :]):
            start = max(before.rfind(mark, 0, match.start()) for mark in (",", ";", "“", '"', "—"))
            words = before[start + 1 : match.start()].split(" ")
            first = next((n for n, w in enumerate(words) if w.lower() in _ARTICLES), len(words) - 5)
            return " ".join(words[max(first, 0) :]) + before[match.start() :]
    return ""


def _apposition(after: str) -> str:
    """Return the beginning of `after` that says what the person is: ', a judge in Malmo'."""
    opened = _OPENING.match(after)
    if not opened:
        return ""
    rest = after[opened.end() :]
    close = _CLOSING.search(rest)
    return after[: opened.end() + (close.start() if close else len(rest))]


def _told(phrase: str) -> tuple[set[str], set[str]]:
    """Return the callings of a phrase that are, and those that were."""
    now = {"union leader"} if _LEADS_UNION.search(phrase) else set()
    once: set[str] = set()
    for match in _callings().finditer(phrase):
        before = re.findall(r"[\w-]+", phrase[: match.start()].lower())[-4:]
        calling = match[0].lower()
        if calling == "director" and before and countries.of_adjective(before[-1]):
            calling = "film director"  # a country's directors are of films
        (once if set(before) & _past() else now).add(calling)
    return now, once


def _countries_in(phrase: str) -> set[str]:
    found = (countries.of_adjective(word) for word in _ADJECTIVE.findall(phrase))
    named = (countries.named(word) for word in _ADJECTIVE.findall(phrase))
    return {country.name for country in (*found, *named) if country and country.code}


def _bodies_at(extraction: Extraction, i: int, title: int, phrase: int) -> frozenset[str]:
    """Return the keys of the bodies in the person's title or apposition."""
    mention, text = extraction.mentions[i], extraction.text
    found = set()
    for other in extraction.mentions[max(0, i - 2) : i + 3]:
        if other.type != "organization":
            continue
        inside = mention.start - title <= other.start < mention.start
        inside |= mention.end <= other.start < mention.end + phrase
        gap = text[mention.end : other.start] if other.start > mention.end else ""
        led = _LED.fullmatch(gap)
        if inside or led:
            found.add(names.key(other.surface))
    return frozenset(found)


_ARTICLES = frozenset(["the", "a", "an", "his", "her", "its", "their", "that", "said", "and"])
# Between a calling and the name: whose it is, an honorific, "also called".
_LINK = re.compile(
    r"(?:,? (?:for|of|at|in|with|from)(?: (?:the|of|and|for|affairs|foreign|border|de|la|[^\W\da-z]"
    r"[\w.'’&-]*))+)?(?: of the same name)?,?(?: who [^,;.]{1,40} is| who is| is| also)?"
    r"(?: also| named| called| nicknamed| too)*(?: [^\W\da-z][\w.'’-]*){0,3} ",
)
_OPENING = re.compile(
    r"(?:, \d{1,3})?(?:, who [^,;.]{1,60}, (?:is|was) (?:an?|the)\b"
    r"|,? (?:who (?:is|was)|is|remains|was|himself|has been)(?: now| also)?"
    r" (?:a|an|the|one of the)\b"
    r"|, (?:a|an|the|one of the|another|now|now the|head|chief|his|her)\b"
    r"|,? who (?:leads|heads|runs|chairs|commands)\b"
    r"| of\b(?= [^\W\da-z]| the [^\W\da-z])| the (?=[a-z])"
    r"|, (?=[^\W\d]))"
)
_CLOSING = re.compile(
    r"[,;.—”\"()](?:\s|$)| (?:who|that|which|said|told|whose|says|when|where|but)\b"
)
# Between a name and the body somebody belongs to.
_LED = re.compile(
    r",? (?:of|from|at|for|who (?:leads|heads|runs|chairs)|who now runs) (?:the )?"
    r"(?:[A-Z]\w+(?:'s|’s)? )?"
)
_TAG = re.compile(r" of (?:the )?(\w+)")
_LEADS_UNION = re.compile(r"\b(?:leads|heads|runs|chairs)\b[^,;.]{0,60}\bunion\b", re.I)
_AGE = re.compile(r", (?:aged )?(\d{1,3})(?=[,.;])")
_INTRODUCED = re.compile(r"(?:, \d{1,3})?, an? ")
_ANOTHER = re.compile(
    r"(?:\banother|\bthe other|\bother|\balso (?:called|named)|\bof the same name,?|\bnamesake,?|"
    r"\bcalled)(?: [\w’'-]+){0,2} $"
)
_NO_KIN = re.compile(r",? (?:who is )?(?:no relation|not related|unrelated|of the same name)")
_ADJECTIVE = re.compile(r"\b[^\W\da-z][\w.-]+(?: [KA][a-z]+(?:n)\b)?")


@cache
def _world_of() -> dict[str, str]:
    worlds = lexicons.load("callings")["worlds"]
    return {calling: world for world, callings in worlds.items() for calling in callings}


@cache
def _callings() -> re.Pattern[str]:
    """Return what matches any calling, the longest first; they are gone through by first letter."""
    longest = sorted(_world_of(), key=lambda calling: (-len(calling), calling))
    first: dict[str, list[str]] = {}
    for calling in longest:
        first.setdefault(calling[0], []).append(re.escape(calling))
    some = (f"(?={_either_case(letter)})(?i:{'|'.join(found)})" for letter, found in first.items())
    return re.compile(rf"(?<![\w-])(?:{'|'.join(some)})(?![\w-])")


def _either_case(letter: str) -> str:
    """Return the class of what `letter` matches where case is ignored, odd signs included."""
    like = {letter.lower(), letter.upper(), *"\u0130\u0131\u017f\u212a"}
    return f"[{''.join(sorted(c for c in like if re.fullmatch(re.escape(letter), c, re.I)))}]"


@cache
def _past() -> frozenset[str]:
    return lexicons.words("callings", "past")


@cache
def _alike() -> frozenset[frozenset[str]]:
    return frozenset(frozenset(pair.split()) for pair in lexicons.load("callings")["alike"])
