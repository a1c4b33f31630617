"""Where sources differ: values that exclude one another, on the card of the thing disputed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from generator import countries, edtf, lexicons, names
from generator.cards.claims import Index, Said, same_words
from generator.cards.schema import Schema
from generator.model import Article, Conflict, Evidence


def find_conflicts(
    said: Iterable[Said], articles: Mapping[str, Article], index: Index, schema: Schema
) -> dict[str, tuple[Conflict, ...]]:
    """Return the conflicts by the id of the card they stand on."""
    said = list(said)
    found: dict[str, list[Conflict]] = defaultdict(list)
    for card, conflict in [*_offices(said, articles), *_exclusive(said, index, schema)]:
        found[card].append(conflict)
    return {card: tuple(conflicts) for card, conflicts in found.items()}


def _offices(said: list[Said], articles: Mapping[str, Article]) -> Iterator[tuple[str, Conflict]]:
    """Yield the offices that sources give to two people at one time."""
    posts: dict[tuple[str, str], dict[str, Said]] = defaultdict(dict)
    for item in said:
        office, of = item.claim.value, item.claim.of
        if item.claim.property == "position" and of and office and _is_unique(office):
            posts[of, same_words(office)].setdefault(item.who, item)
    for (of, _), holders in sorted(posts.items()):
        rivals = _at_one_time([h for h in holders.values() if not _is_past(h)], articles)
        if len(rivals) > 1:
            value = rivals[0].claim.value
            yield of, _conflict("position", value, [(s.who, s.claim.evidence[0]) for s in rivals])


def _is_past(holder: Said) -> bool:
    """Return whether all who say so tell of another time: 'was the mayor', 'will become'."""
    past = lexicons.folded("claims", "past")
    return all(past & set(names.fold(e.quote).split()) for e in holder.claim.evidence)


def _is_unique(office: str) -> bool:
    """Return whether one person holds an office at a time: no deputy, no former holder."""
    folded = names.fold(office)
    words = folded.split()
    held = {
        names.fold(h["word"]) for h in lexicons.load("titles")["heads"] if h["unique"] == "true"
    }
    barred = {w for key in ("former", "deputy", "acting") for w in lexicons.folded("titles", key)}
    if barred & set(words):
        return False
    return any(" ".join(words[: n + 1]) in held for n in range(len(words))) or words[-1] in held


def _at_one_time(holders: list[Said], articles: Mapping[str, Article]) -> list[Said]:
    """Return the holders unless they plainly followed one another."""
    spans = {holder.who: _span(holder, articles) for holder in holders}
    together = [
        holder
        for holder in holders
        if any(
            _overlap(spans[holder.who], spans[other.who])
            for other in holders
            if other.who != holder.who and not _told_together(holder, other)
        )
    ]
    return sorted(together, key=lambda s: s.claim.evidence[0])


def _told_together(a: Said, b: Said) -> bool:
    """Return whether one article gives the office to both: it tells of a change, not a dispute."""
    return bool({e.article for e in a.claim.evidence} & {e.article for e in b.claim.evidence})


def _span(holder: Said, articles: Mapping[str, Article]) -> tuple[str, str] | None:
    """Return the first and last day sources give the office to the holder, None if unknown."""
    days: list[str] = []
    for evidence in holder.claim.evidence:
        published = articles[evidence.article].published
        bounds = (
            edtf.bounds(holder.claim.date or published or "")
            if holder.claim.date or published
            else None
        )
        if bounds is None:
            return None
        days += bounds
    return min(days), max(days)


def _overlap(a: tuple[str, str] | None, b: tuple[str, str] | None) -> bool:
    return a is None or b is None or (a[0] <= b[1] and b[0] <= a[1])


def _exclusive(said: list[Said], index: Index, schema: Schema) -> Iterator[tuple[str, Conflict]]:
    """Yield the values of one property that can't both be true of one thing."""
    values: dict[tuple[str, str], dict[str, Said]] = defaultdict(dict)
    for item in said:
        if schema.properties[item.claim.property].exclusive:
            answer = item.claim.of or item.claim.value or ""
            if item.claim.property != "located_in" or _is_country(answer, index):
                values[item.who, item.claim.property].setdefault(answer, item)
    for (who, property), answers in sorted(values.items()):
        if len(answers) > 1:
            rivals = [(answer, said.claim.evidence[0]) for answer, said in sorted(answers.items())]
            yield who, _conflict(property, None, rivals)


def _is_country(id: str, index: Index) -> bool:
    entity = index.entities.get(id)
    country = countries.named(entity.name) if entity else None
    return bool(country and country.code)


def _conflict(property: str, value: str | None, rivals: list[tuple[str, Evidence]]) -> Conflict:
    rivals = sorted(rivals, key=lambda rival: (rival[1], rival[0]))
    return Conflict(
        property, value, tuple(who for who, _ in rivals), tuple(evidence for _, evidence in rivals)
    )
