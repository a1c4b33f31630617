"""What happened to a person before the law, and when a document was signed."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from generator.extract.clauses import Clause, phrases, statement, words
from generator.extract.items import Item, Row
from generator.extract.moments import date_at, when
from generator.extract.predicates import (
    PERSON,
    Group,
    before_adverbs,
    doubted,
    group_after,
    named_before,
    opens,
    passive_subject,
    subject_of,
)
from generator.extract.relation_words import match, phrase_of
from generator.lexicons import load
from generator.model import Statement

LEGAL = ("arrested", "charged", "sentenced")


def legal_steps(clause: Clause) -> Iterator[Statement]:
    """'Ann was arrested for fraud', 'Police charged Ann with theft', 'Jailed in 1953, Ann …'."""
    for i in clause.row.where(_legal_verbs().keys()):
        for property in _legal_verbs()[clause.row.low(i)]:
            end = _verb_end(clause.row, i, property)
            found = _suffered(clause, i, end) if end else None
            if found:
                group, after = found
                yield from _steps(clause, property, group, i, after)


@cache
def _legal_verbs() -> dict[str, tuple[str, ...]]:
    """Return which steps a word can begin: 'taken' (into custody) an arrest."""
    found: dict[str, tuple[str, ...]] = {}
    for property in LEGAL:
        for word in sorted({phrase[0] for phrase in phrases(property)}):
            found[word] = (*found.get(word, ()), property)
    return found


def _verb_end(row: Row, i: int, property: str) -> int:
    ends = (match(row, i, phrase) for phrase in phrases(property))
    return next((end for end in ends if end), 0)


def _suffered(clause: Clause, i: int, end: int) -> tuple[Group, int] | None:
    """Return to whom it was done, and the index where the reason may begin."""
    row = clause.row
    first = before_adverbs(row, i)
    if first == 0:
        group = _after_comma(row, end)
        return (group, end) if group else None
    if row.low(first - 1) == "," and row.low(end) != "by":
        group = named_before(clause, first - 1, PERSON)
        return (group, end) if group and len(group.names) == 1 else None
    group = passive_subject(clause, i, PERSON)
    if group:
        return group, end
    done = group_after(row, end, PERSON)
    return (done, done.end) if done and _by_authority(clause, first, end) else None


def _after_comma(row: Row, i: int) -> Group | None:
    """Return the person whom an opening 'Arrested for blasphemy in 1641,' is said of."""
    for k in range(i, i + 12):
        if row.low(k) == ",":
            person = row.at(k + 1)
            whole = person.kind == "person" and not row.at(k + 2).possessive
            return Group((person,), k + 1, k + 2) if whole else None
    return None


def _by_authority(clause: Clause, i: int, end: int) -> bool:
    """Return whether police or the like stand before the verb, and nothing denies or plans it."""
    row = clause.row
    if i < 1 or doubted(row, Group((), i, i)):
        return False
    before = row.at(i - 1)
    if before.kind in ("person", "organization"):
        return subject_of(clause, i, frozenset([before.kind])) is not None
    if before.kind == "place":  # 'A court in Mombasa sentenced'
        return row.low(i - 2) == "in" and row.low(i - 3) in words("authorities")
    return before.low in words("authorities") and _plain_start(clause, i - 1)


def _plain_start(clause: Clause, i: int) -> bool:
    """Return whether the authority is the subject: 'asked police' is not."""
    row = clause.row
    for k in range(i, max(i - 5, -1), -1):
        if opens(clause, k):
            return True
        before = row.at(k - 1)
        fits = before.kind in ("place", "nationality", "organization") or before.low in (
            *("the", "a", "an", "military", "federal", "local", "high", "district", "city"),
            *("state", "special", "grand", "criminal", "border", "security", "military"),
        )
        if not fits:
            return False
    return False


def _steps(clause: Clause, property: str, group: Group, i: int, end: int) -> Iterator[Statement]:
    reason = _reason(clause, end, property)
    if reason is None and _is_price(clause.row, end):
        return  # 'was charged $50'
    value, after = reason or (_verb_words(clause, property, i), end)
    start = group.start if group.start < i else _clause_start(clause, i)
    date = when(clause, start, after) or when(clause, start, end)
    for person in group.names:
        stop = clause.row.at(after - 1).end
        start = min(person.start, clause.row.at(i).start)
        yield statement(
            clause, property, person, start, max(stop, person.end), "law", value=value, date=date
        )


def _is_price(row: Row, i: int) -> bool:
    text = row.at(i).text
    return text.isdecimal() or text in ("$", "£", "€", "¥", "a", "an")


def _clause_start(clause: Clause, i: int) -> int:
    return next((k for k in range(i, max(i - 7, -1), -1) if opens(clause, k)), i)


def _verb_words(clause: Clause, property: str, i: int) -> str:
    end = _verb_end(clause.row, i, property)
    return clause.text[clause.row.at(i).start : clause.row.at(end - 1).end].lower()


def _reason(clause: Clause, i: int, property: str) -> tuple[str, int] | None:
    """Return the words of 'for tax evasion' or 'to six years in prison', and where they end."""
    row = clause.row
    if row.low(i) == row.low(i + 2) == "," and row.at(i + 1).text.isdigit():
        i += 3  # 'charged Ann Lee, 31, with theft'
    start = _lead_end(row, i, property) or _lead_end(row, _past_adjuncts(clause, i), property)
    start += bool(start) and row.low(start) in ("a", "an", "the", "his", "her", "their")
    end = _reason_end(clause, start) if start else 0
    if end <= start or row.at(start).kind != "word":
        return None
    barred = words("no_reasons") if property != "sentenced" or row.low(i) == "for" else frozenset()
    if property == "sentenced" and row.low(i) == "for" and _is_term(row, start, end):
        barred = frozenset()
    if any(row.low(k) in barred for k in range(start, end)):
        return None
    return clause.text[row.at(start).start : row.at(end - 1).end], end


def _lead_end(row: Row, i: int, property: str) -> int:
    """Return the index after 'for', 'on suspicion of' at `i`; 0 if no such words stand there."""
    leads = [phrase_of(lead) for lead in load("claims")["reasons"][property]]
    return next((end for lead in leads if (end := match(row, i, lead))), 0)


def _past_adjuncts(clause: Clause, i: int) -> int:
    """Return the index after 'by a Belgrade court', 'in Rome', 'on 4 May', 'in 2012'."""
    row = clause.row
    for _ in range(3):
        if row.low(i) == "by":
            i = _past_agent(row, i + 1)
        day = date_at(clause, i + (row.low(i) in ("in", "on")))
        if day:
            i += row.low(i) in ("in", "on")
            while row.at(i).end and row.at(i).start < day.end:
                i += 1
        elif row.low(i) in ("in", "at") and row.at(i + 1).kind == "place":
            i += 2
    return i


def _past_agent(row: Row, i: int) -> int:
    """Return the index after 'a military court', 'the High Court', 'police'; `i` if unsure."""
    for k in range(i, i + 6):
        item = row.at(k)
        if item.kind == "organization" or item.low in words("authorities"):
            return k + 1
        plain = item.kind in ("place", "nationality") or item.low.isalpha()
        if not plain or item.kind == "person":
            return i
    return i


def _is_term(row: Row, start: int, end: int) -> bool:
    return any(row.low(k) in words("terms") for k in range(start, end))


def _reason_end(clause: Clause, start: int) -> int:
    row, end = clause.row, start
    while end < start + 10:
        end = _past_list(row, end)
        mark = not row.low(end)[:1].isalnum() and row.low(end) != "-"
        behind_bars = row.low(end) in ("in", "behind") and row.low(end + 1) in _CELLS
        stops = row.low(end) in words("reason_stops") and not behind_bars
        if mark or stops or date_at(clause, end) or _ends_term(row, start, end):
            return end
        end += 1
    return start  # too long to be told in short


def _past_list(row: Row, i: int) -> int:
    """Return where 'rape' stands if ', torture and rape' stands at `i`; else `i`."""
    if row.low(i) != ",":
        return i
    for k in range(i + 1, i + 12):
        if row.low(k) == "and" and row.low(k - 1) != ",":
            return k + 1 if row.at(k + 1).kind == "word" else i
        plain = row.at(k).kind == "word" and (row.low(k).isalpha() or row.low(k) == ",")
        if not plain or row.low(k) in words("reason_stops") | _SUBJECTS:
            return i
    return i


_SUBJECTS = frozenset(["he", "she", "they", "was", "were", "is", "has", "had", "the", "said"])
_CELLS = frozenset(["prison", "jail", "custody", "bars", "detention"])


def _ends_term(row: Row, start: int, end: int) -> bool:
    """Return whether a reason begins after a length: 'six years in prison | for bribery'."""
    return row.low(end) == "for" and end > start


def terms(clause: Clause) -> Iterator[Statement]:
    """'Ann is serving a sentence of 25 years', 'Ann faces charges of fraud', 'under arrest'."""
    row = clause.row
    for i in row.where(_states().keys()):
        for property, phrase in _states()[row.low(i)]:
            end = match(row, i, phrase)
            group = subject_of(clause, i, PERSON) if end else None
            told = _state_told(clause, property, end) if group else None
            if group and told and (len(phrase) > 2 or _is_length(row, end, told[1])):
                yield from _state(clause, property, group, *told)


def _state_told(clause: Clause, property: str, i: int) -> tuple[str, int] | None:
    """Return the words that follow a phrase of a state, and the index where they end."""
    if property == "arrested":
        return "under arrest", i
    row, stop = clause.row, _reason_end(clause, i)
    return (clause.text[row.at(i).start : row.at(stop - 1).end], stop) if stop > i else None


@cache
def _states() -> dict[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Return property and phrase of every state, by the phrase's first word."""
    found: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for property, texts in load("claims")["legal_states"].items():
        for phrase in map(phrase_of, texts):
            found[phrase[0]] = (*found.get(phrase[0], ()), (property, phrase))
    return found


def _is_length(row: Row, start: int, end: int) -> bool:
    """Return whether 'got 18 months' tells a punishment: a length, and for what."""
    return row.low(end) == "for" and row.low(end - 1) in words("terms") and end - start < 4


def _state(
    clause: Clause, property: str, group: Group, value: str, stop: int
) -> Iterator[Statement]:
    date = (when(clause, group.start, stop) or "").removesuffix("/..") or None
    for person in group.names:
        end = max(person.end, clause.row.at(stop - 1).end)
        yield statement(clause, property, person, person.start, end, "law", value=value, date=date)


def charges_brought(clause: Clause) -> Iterator[Statement]:
    """'Charges of piracy were brought against Ann', 'The arrest of Ann in 2019 emptied …'."""
    row = clause.row
    for i, item in enumerate(row.items[:3]):
        if item.low == "arrest" and row.low(i + 1) == "of":
            group = group_after(row, i + 2, PERSON)
            if group and _is_past_fact(row, i) and not doubted(row, group):
                yield from _state(clause, "arrested", group, "arrest", group.end)
        if item.low in ("charges", "charge") and row.low(i + 1) == "of" and i <= 1:
            end = _reason_end(clause, i + 2)
            yield from _brought(clause, i + 2, end)


def _brought(clause: Clause, start: int, end: int) -> Iterator[Statement]:
    row = clause.row
    k = next((k for k in range(start, start + 9) if row.low(k) in ("was", "were")), 0)
    brought = k and row.low(k + 1) in ("brought", "filed", "laid") and row.low(k + 2) == "against"
    group = group_after(row, k + 3, PERSON) if brought else None
    if group:
        value = clause.text[row.at(start).start : row.at(k - 1).end]
        yield from _state(clause, "charged", group, value, group.end)


def _is_past_fact(row: Row, i: int) -> bool:
    """Return whether 'the arrest of' opens its sentence: what follows speaks of it as a fact."""
    return i == 0 or row.low(i - 1) in ("the", "after", "following", "since")


# --- documents


def signings(clause: Clause) -> Iterator[Statement]:
    """'The Treaty was signed on 14 October 1884', 'Ann signed the Decree in May 2001'."""
    row = clause.row
    for i in row.where(_SIGNED):
        if row.low(i) == "signed":
            yield from _signed(clause, i)
        elif row.low(i + 1) == "of" and i <= 1:
            yield from _signing(clause, i)


_SIGNED = frozenset(["signed", "signing"])


def _signed(clause: Clause, i: int) -> Iterator[Statement]:
    """Yield the date of a document that was signed, from either side of the verb."""
    row = clause.row
    first = before_adverbs(row, i)
    after = i + 1 + 2 * (row.low(i + 1) == "into" and row.low(i + 2) == "law")
    if first == 0:
        end = next((k for k in range(i, i + 9) if row.low(k) == ","), 0)
        papers = group_after(row, end + 1, _DOCUMENT) if end else None
        papers = papers or (_one_document(row, end + 1) if end else None)
    elif row.at(i - 1).kind == "document" and row.low(i + 1) in ("in", "on"):
        papers = Group((row.at(i - 1),), i - 1, i)  # 'the Treaty of Rome signed in 1957'
    elif row.low(first - 1) == ",":
        papers = named_before(clause, first - 1, _DOCUMENT) or _before_of_year(clause, first - 1)
    else:
        papers = passive_subject(clause, i, _DOCUMENT)
    date = when(clause, papers.start if papers else -1, _past_by(row, after))
    if papers is None:
        papers = group_after(row, after, _DOCUMENT)
        agent = papers and subject_of(clause, i, _SIGNERS)
        date = when(clause, agent.start, papers.end) if agent and papers else None
    yield from _dates_of(clause, papers, date)


_DOCUMENT = frozenset(["document"])
_SIGNERS = frozenset(["person", "organization", "place"])


def _past_by(row: Row, i: int) -> int:
    """Return the index after 'by Peru and Chile'."""
    group = group_after(row, i + 1, _SIGNERS) if row.low(i) == "by" else None
    return group.end if group else i


def _one_document(row: Row, i: int) -> Group | None:
    j = i + (row.low(i) == "the")
    fits = row.at(j).kind == "document" and not row.at(j + 1).possessive
    return Group((row.at(j),), i, j + 1) if fits else None


def _before_of_year(clause: Clause, i: int) -> Group | None:
    """'The Convention on Night Trains of 1978, signed …'."""
    row = clause.row
    dated = row.low(i - 2) == "of" and date_at(clause, i - 1)
    return named_before(clause, i - 2, _DOCUMENT) if dated else None


def _signing(clause: Clause, i: int) -> Iterator[Statement]:
    row = clause.row
    papers = group_after(row, i + 2, _DOCUMENT) or _one_document(row, i + 2)
    if papers and row.low(papers.end) == "took" and row.low(papers.end + 1) == "place":
        yield from _dates_of(clause, papers, when(clause, -1, papers.end + 2))


def _dates_of(clause: Clause, papers: Group | None, date: str | None) -> Iterator[Statement]:
    for paper in papers.names if papers and date and "/" not in date else ():
        start, end = _reach(clause, paper)
        yield statement(clause, "date_signed", paper, start, end, "signing", value=date)


def _reach(clause: Clause, item: Item) -> tuple[int, int]:
    """Return the sentence's span: a date may stand at its other end."""
    row = clause.row
    return min(item.start, row.at(0).start), max(item.end, row.items[-1].end)
