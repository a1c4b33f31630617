"""What a thing is, where only the tagger says so; and names that look like none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from generator import bodies, countries, lexicons, names
from generator.model import Entity
from generator.review import phrases
from generator.review.lookalikes import described, in_latin, odd_letters
from generator.review.matter import Matter
from generator.review.questions import Question

_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
# Named more often than this, a thing has shown what it is.
SELDOM = 3
# Classes of words that tell a kind of thing.
_TELLING = {
    "person": ("given", "surname", "syllable-ko", "syllable-zh", "syllable-vi"),
    "place": ("placehead",),
    "organization": ("orghead", "ending", "media", "sport", "military", "bodygeneric"),
    "event": ("event", "eventfirst"),
    "document": ("doc", "docfirst"),
    "product": ("product", "productfirst"),
}


def ask_kinds(matter: Matter) -> Iterator[Question]:
    """Yield a question for each name whose letters, kind or being a name at all is doubtful."""
    surnames = _surnames(matter)
    for entity in matter.entities:
        if odd_letters(entity.name):
            yield _ask_letters(matter, entity)
        elif "name" in entity.curated or "type" in entity.curated or not entity.mentions:
            continue
        elif sum(map(len, entity.mentions.values())) <= SELDOM:
            reason = _no_name(matter, entity)
            if reason:
                yield _ask(matter, entity, "drops", reason)
            elif found := _odd_kind(matter, entity, surnames):
                yield _ask(matter, entity, "types", *found)


def _ask(matter: Matter, entity: Entity, group: str, reason: str, other: str = "") -> Question:
    said = phrases.described(
        entity.type, one=entity.name, because=phrases.because(group, reason, other=other)
    )
    mentions = sum(map(len, entity.mentions.values()))
    return phrases.ask(
        entity.id, "drop" if group == "drops" else "type", said,
        # Who is named three times is less often something else than who is named once.
        doubt=phrases.doubt(group, reason) * (1 - 0.15 * (mentions - 1)),
        weight=matter.weight(entity), names=(entity.name,), ids=(entity.id,),
        quotes=matter.quotes(entity, most=3, side=1),
        answers=phrases.type_answers(matter, entity, said), sides=(matter.tokens(entity),),
        renames=(phrases.rename_of(matter, entity),),
    )  # fmt: skip


def _ask_letters(matter: Matter, entity: Entity) -> Question:
    plain = in_latin(entity.name)
    odd = ", ".join(map(described, odd_letters(entity.name)))
    said = phrases.described(entity.type, one=entity.name, other=plain, odd=odd)
    handle = matter.handle(entity)
    return phrases.ask(
        entity.id, "lookalike", said, doubt=1.0, weight=matter.weight(entity),
        names=(entity.name, plain), ids=(entity.id,),
        quotes=matter.quotes(entity, most=3, side=1),
        answers=[
            phrases.answer(
                "s", "plain", said, phrases.decide("rename", {handle: plain}, "plain", said)
            ),
            *phrases.type_answers(matter, entity, said)[:2],
        ],
        sides=(matter.tokens(entity),), renames=(phrases.rename_of(matter, entity),),
    )  # fmt: skip


# --- no name at all


def _no_name(matter: Matter, entity: Entity) -> str:
    """Return why a name looks like none; empty if it looks like one."""
    words = names.key(entity.name).split()
    if matter.helpers.is_listed(entity.name, entity.type) or countries.named(entity.name):
        return ""
    if all(word in _calendar() or word.isdigit() for word in words):
        return "calendar"
    if not all(_is_ordinary(matter, word) for word in words) or _is_told(matter, entity):
        return ""
    told = [matter.texts[a].sentences[m.sentence - 1].role for a, m in matter.mentions(entity)]
    return "headline" if set(told) == {"headline"} else "words"


def _is_ordinary(matter: Matter, word: str) -> bool:
    """Return whether a dictionary has a word, and no list of names."""
    classes = matter.helpers.word_classes(word)
    named = {"given", "surname"} & set(classes)
    return matter.helpers.parts_of_speech(word) not in ("-", ".") and not named


@cache
def _calendar() -> frozenset[str]:
    lexicon = lexicons.load("dates")
    listed = [*lexicon["months"], *lexicon["weekdays"], *lexicon["seasons"]]
    return frozenset(names.key(word) for word in listed)


# --- another kind of thing


def _surnames(matter: Matter) -> frozenset[str]:
    """Return the last words of the people named in full."""
    people = (e for e in matter.entities if e.type == "person")
    keys = (names.key(name).split() for e in people for name in (e.name, *e.aliases))
    return frozenset(words[-1] for words in keys if len(words) > 1)


def _odd_kind(
    matter: Matter, entity: Entity, surnames: frozenset[str]
) -> tuple[str, str] | tuple[str] | None:
    """Return why a kind is doubtful, and what it is a part of, if that is why."""
    whole = _part_of(matter, entity)
    if whole:
        return "part of another", whole
    # Our lists hold names in Latin letters only.
    if _is_told(matter, entity) or not _LATIN.search(entity.name):
        return None
    if entity.type != "person":
        return (entity.type,)
    words = names.key(entity.name).split()
    if len(words) > 1:
        return ("odd person",)
    return None if words[0] in surnames else ("one word person",)


def _part_of(matter: Matter, entity: Entity) -> str:
    """Return the thing of another kind that a name of one word with a hyphen begins with."""
    first, *rest = names.key(entity.name).split() or [""]
    if not rest or " " in entity.name:
        return ""
    ids = matter.bearers.get(first, frozenset()) - {entity.id}
    others = [matter.by_id[id] for id in sorted(ids)]
    return next((other.name for other in others if other.type != entity.type), "")


def _is_told(matter: Matter, entity: Entity) -> bool:
    """Return whether a list or a word of the name says what kind of thing it is."""
    if matter.helpers.is_listed(entity.name, entity.type):
        return True
    words = names.key(entity.name).split()
    classes = {kind for word in words for kind in matter.helpers.word_classes(word)}
    if classes & set(_TELLING[entity.type]) and (len(words) > 1 or entity.type != "person"):
        return True
    return _TOLD_OTHERWISE.get(entity.type, _never)(matter, entity, words)


def _never(matter: Matter, entity: Entity, words: list[str]) -> bool:
    return False


def _person_told(matter: Matter, entity: Entity, words: list[str]) -> bool:
    """A listed surname alone; a claim of an office, age or family says it as well."""
    if len(words) == 1 and "surname" in matter.helpers.word_classes(words[0]):
        return True
    return bool({"position", "family", "age"} & _properties(matter, entity))


def _place_told(matter: Matter, entity: Entity, words: list[str]) -> bool:
    """A country, or a place that is said to lie in one."""
    return bool(countries.named(entity.name)) or "located_in" in _properties(matter, entity)


def _properties(matter: Matter, entity: Entity) -> set[str]:
    """Return the properties that an entity's claims are of."""
    card = matter.cards.get(entity.id)
    return {claim.property for claim in card.claims} if card else set()


def _organization_told(matter: Matter, entity: Entity, words: list[str]) -> bool:
    """An acronym, a body of some country, one with an office."""
    name = entity.name.replace(".", "")
    return name.isupper() or bool(entity.owner) or bodies.is_generic(entity.name)


def _numbered(matter: Matter, entity: Entity, words: list[str]) -> bool:
    """'Resolution 1718', 'Hwasong-20'."""
    return any(char.isdigit() for char in entity.name)


_TOLD_OTHERWISE = {
    "person": _person_told,
    "place": _place_told,
    "organization": _organization_told,
    "document": _numbered,
    "product": _numbered,
}
