"""Names taken for one thing by a rule that errs now and then: same or different?"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from generator import bodies, names
from generator.model import Decision, Entity, Merge
from generator.review import phrases
from generator.review.lookalikes import odd_letters, skeleton
from generator.review.matter import Matter
from generator.review.questions import Question
from generator.review.tokens import bearer_tokens


def ask_merges(matter: Matter) -> Iterator[Question]:
    """Yield a question for each two names that an unsure rule joined, the least sure rule's."""
    for entity in matter.entities:
        asked: dict[frozenset[str], tuple[float, Merge]] = {}
        for merge in entity.because:
            pair = frozenset(map(names.key, merge.merged))
            score = _doubt(merge)
            if len(pair) == 2 and score > asked.get(pair, (0.0, merge))[0]:
                asked[pair] = (score, merge)
        sure = {frozenset(map(names.key, m.merged)) for m in entity.because if not _doubt(m)}
        for pair, (score, merge) in asked.items():
            # What an article says itself outweighs the doubt about the same two names.
            if pair not in sure:
                yield _question(matter, entity, merge, score)


def _doubt(merge: Merge) -> float:
    """Return how much a join is doubted: more where the names look less alike."""
    entry = phrases.words()["merges"].get(merge.rule)
    if not entry:
        return 0.0
    base = float(entry["doubt"])
    if _print_alike(merge):
        return phrases.doubt("pairs", "lookalike")
    if any(map(bodies.is_generic, merge.merged)):
        base += float(phrases.words()["generic"])
    if entry["names"] == "0":
        return base
    one, other = map(names.key, (merge.merged[0], merge.merged[-1]))
    unlike = 1 - SequenceMatcher(None, one, other, autojunk=False).ratio()
    return base * min(1.0, 0.2 + 3 * unlike) if one.isascii() and other.isascii() else base


def _print_alike(merge: Merge) -> bool:
    """Return whether a name has letters of another script that hide in it."""
    return any(map(odd_letters, merge.merged)) and len(set(map(skeleton, merge.merged))) == 1


def _question(matter: Matter, entity: Entity, merge: Merge, score: float) -> Question:
    one, other = merge.merged[0], merge.merged[-1]
    reason = ("pairs", "lookalike") if _print_alike(merge) else ("merges", merge.rule)
    said = phrases.described(entity.type, one=one, other=other, because=phrases.because(*reason))
    first, second = (matter.named(entity, name) for name in (one, other))
    # Wrong, the name with fewer mentions would go elsewhere.
    fewer = min((first, second), key=len)
    claims = len(_claims_from(matter, entity, {article for article, _ in fewer}))
    return phrases.ask(
        f"{entity.id}:{names.key(one)}:{names.key(other)}", "merge", said,
        doubt=score, weight=len(fewer) + claims + len({article for article, _ in fewer}),
        names=(one, other), ids=(entity.id,),
        quotes=[
            *matter.quotes(entity, one, most=2, side=1),
            *matter.quotes(entity, other, most=2, side=2),
        ],
        answers=[
            phrases.answer("s", "same", said, _confirmed(matter, entity, (one, other), said)),
            phrases.answer(
                "d", "different", said, phrases.decide("distinct", [one, other], "different", said)
            ),
        ],
        sides=(bearer_tokens((), [one]), bearer_tokens((), [other])),
        renames=(phrases.rename_of(matter, entity),),
    )  # fmt: skip


def _claims_from(matter: Matter, entity: Entity, articles: set[str]) -> list[object]:
    """Return the claims that rest on some articles alone."""
    card = matter.cards.get(entity.id)
    return [
        claim
        for claim in (card.claims if card else ())
        if {evidence.article for evidence in claim.evidence} <= articles
    ]


def _confirmed(
    matter: Matter, entity: Entity, merged: tuple[str, ...], said: dict[str, str]
) -> Decision:
    """Return the decision that says two names are one thing's, and changes nothing.

    The first name of a merge is the one printed. A name that others bear too ("Kim") would
    draw them in: such a one is noted as an alias instead.
    """
    if all(map(matter.is_unique, merged)) and matter.can_be_joined(entity):
        kept = matter.handle(entity)
        rest = [name for name in merged if names.key(name) != names.key(entity.name)]
        return phrases.decide("merge", [kept, *rest], "same", said)
    aliases = [name for name in merged if names.key(name) != names.key(entity.name)]
    value = {"name": matter.handle(entity), "type": entity.type, "aliases": aliases}
    return phrases.decide("entity", value, "same", said)
