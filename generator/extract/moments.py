"""When a claim was so: the date that its sentence ties to it, as EDTF."""

from __future__ import annotations

from generator.extract.clauses import Clause
from generator.model import DateMention

# A date behind one of these belongs to something else.
_STOPS = frozenset(
    "and but who which that when while after before where because if to ahead although though "
    "or than years months days weeks year told said says".split()
)
_AT = frozenset(["on", "in", "during"])


def when(
    clause: Clause, start: int, end: int, *, begins: bool = False, lasts: bool = True
) -> str | None:
    """Return the date of what items `start` to `end` tell; open-ended if it `begins` a state.

    What doesn't last has no 'since': "won the Cup for the first time since 1992".
    """
    found = _after(clause, end) or _in_front(clause, start)
    if found is None:
        return None
    word, date = found
    if not lasts and word not in ("", *_AT):
        return None
    return span(word, date.value or "", begins=begins)


def span(word: str, value: str, *, begins: bool = False) -> str | None:
    """Return the date or interval that 'since 2019', 'until May 2024', 'in 1990' gives.

    >>> span("since", "2019"), span("until", "2024-05"), span("in", "1990", begins=True)
    ('2019/..', '../2024-05', '1990/..')
    """
    if not value or "XXXX" in value:
        return None
    if "/" in value:
        return value if word in ("from", "between", "in", "during", "") else None
    if word in ("until", "till"):
        return f"../{value}"
    if word in ("since", "from") or begins:
        return f"{value}/.."
    return value


def date_at(clause: Clause, i: int) -> DateMention | None:
    """Return the date that begins at item `i`, if it could be resolved."""
    date = clause.dates.get(clause.row.at(i).start)
    known = date is not None and date.value and clause.row.at(i).end > clause.row.at(i).start
    return date if known else None


def _after(clause: Clause, i: int) -> tuple[str, DateMention] | None:
    """Return the date behind the claim, within its clause: 'as mayor of Molde in 2020'."""
    row = clause.row
    for k in range(i, i + 9):
        date, word = date_at(clause, k), row.low(k - 1)
        if date:
            if word in _AT or word in ("since", "until", "till", "from", "between"):
                return word, date
            exact = len(date.value or "") >= 10 and word not in ("by", "the", "for", "before")
            return ("", date) if exact or k == i else None
        if row.low(k) in _STOPS or not row.low(k)[:1].isalnum():
            return None
    return None


def _in_front(clause: Clause, start: int) -> tuple[str, DateMention] | None:
    """Return the date that opens the sentence right before its subject: 'In 2009, Ann …'."""
    row = clause.row
    at = 1 if row.low(0) in _AT or row.low(0) in ("since", "until", "till", "from") else 0
    date = date_at(clause, at)
    if date is None:
        return None
    k = at
    while row.at(k).start < date.end and k < len(row.items):
        k += 1
    k += row.low(k) == ","
    return (row.low(0) if at else "", date) if k == start else None
