"""Who a verb is said of and whom it is done to: the grammar that claims of doings share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from generator import lexicons
from generator.extract import person_names
from generator.extract.clauses import Clause, skip_honorifics, words
from generator.extract.items import EDGE, Item, Row

Kinds = frozenset[str]


@dataclass(frozen=True, slots=True)
class Group:
    """Names joined by commas and 'and': items `start` to `end` of a row, lead-ins included."""

    names: tuple[Item, ...]
    start: int
    end: int


# --- names after a verb


def group_after(row: Row, i: int, kinds: Kinds) -> Group | None:
    """Return the names a verb before `i` is done to: 'President Ann Lee, Bo Fox and Cy Poe'."""
    found = _name_after(row, i, kinds)
    if found is None:
        return None
    named, end = [found[0]], found[1]
    pending: list[Item] = []
    k = end
    while row.low(k) in (",", "and", "&"):
        last = "and" in (row.low(k), row.low(k + 1)) or row.low(k) == "&"
        more = _name_after(row, k + 1 + (row.low(k) == "," and row.low(k + 1) == "and"), kinds)
        if more is None:
            break
        pending.append(more[0])
        k = more[1]
        if last:
            named, end = [*named, *pending], k
            break
    return Group(tuple(named), i, end)


def group_after_comma(row: Row, i: int, kinds: Kinds) -> Group | None:
    """Return one name at `i`, whatever follows but a possessive: a verb may."""
    item = row.at(i)
    if item.kind not in kinds or not item.named or row.at(i + 1).possessive:
        return group_after(row, i, kinds)
    return Group((item,), i, i + 1)


def _name_after(row: Row, i: int, kinds: Kinds) -> tuple[Item, int] | None:
    """Return the name at `i`, past its lead-ins, and the index after it; it has to be whole."""
    j = skip_lead_ins(row, i, kinds)
    item = row.at(j)
    if item.kind not in kinds or not item.named:
        return None
    end = j + 1
    end += _is_head(item, row.at(end))
    return (item, end) if closes(row, end) else None


def _is_head(name: Item, word: Item) -> bool:
    """Return whether a word only says what a name is: 'Kursk region', 'the Polaris lamp'."""
    if name.kind == "product":
        loose = word.low in words("followers") | words("about_products") or word.low[-2:] == "ed"
        return word.kind == "word" and word.text.isalpha() and word.text.islower() and not loose
    if name.kind == "organization":
        return word.low in words("body_nouns")
    return name.kind == "place" and word.low in lexicons.folded("places", "optional_heads")


def skip_lead_ins(row: Row, i: int, kinds: Kinds) -> int:
    """Return the index of the name after 'the late President', "Peru's mayor", 'Acme chief'."""
    for _ in range(7):
        item = row.at(i)
        if is_lead_in(item) if item.kind == "word" else _is_adjective(row, i):
            i += 1
        elif item.kind in ("place", "organization") and kinds == PERSON and _owns(row, i):
            i += 1 + row.at(i + 1).possessive
        elif item.kind == "place" and row.low(i + 1) == "-" and row.low(i + 2)[-2:] == "ed":
            i += 3  # 'Ostrava-based'
        elif _is_said_of_name(row, i):
            i += 1 + (not row.at(i + 1).named)
        elif item.low != "of" and skip_honorifics(row, i) > i:
            # ranks hold an 'of' ("Admiral of the Fleet"); 'the son of Tom Hale' is not Tom Hale
            return skip_honorifics(row, i)
        else:
            return i
    return i


def _is_said_of_name(row: Row, i: int) -> bool:
    """Return whether a plain noun stands between 'the' and a name: 'the website Tierra'."""
    word = row.at(i)
    plain = word.kind == "word" and word.text.isalpha() and word.text.islower()
    if not plain or word.low in words("followers") or row.low(i - 1) not in _DETERMINERS:
        return False
    noun = row.at(i + 1).text.islower() and row.low(i + 1) not in words("followers")
    return row.at(i + 1).named or (noun and row.at(i + 2).named)


_DETERMINERS = frozenset(["the", "a", "an", "its", "his", "her", "their"])


PERSON: Kinds = frozenset(["person"])


def _is_adjective(row: Row, i: int) -> bool:
    return row.at(i).kind == "nationality" and not row.at(i + 1).possessive


def _owns(row: Row, i: int) -> bool:
    after = row.at(i + 1 + row.at(i + 1).possessive)
    return after.kind == "word" and is_lead_in(after) and after.low != "the"


def is_lead_in(item: Item) -> bool:
    """Return whether a word can stand before a name as part of what it calls: 'President'."""
    return item.low in words("lead_ins") or item.low in _roles()


@cache
def _roles() -> frozenset[str]:
    titles = ("modifiers", "fields", "acting", "deputy", "former", "honorifics")
    return person_names.roles().union(*(lexicons.folded("titles", key) for key in titles))


def closes(row: Row, i: int) -> bool:
    """Return whether a name that ends at `i` is complete: neither a possessor nor a modifier."""
    item = row.at(i)
    if item.possessive or item.low in ("-", "/"):
        return False
    if item is EDGE or not item.low[:1].isalnum():
        return True
    return item.low in words("followers") or item.low.endswith("ly") or item.low[0].isdigit()


# --- names before a verb


def subject_of(clause: Clause, i: int, kinds: Kinds) -> Group | None:
    """Return whom the verb at `i` is said of; nothing denied, planned or asked."""
    return named_before(clause, _before_date(clause, before_adverbs(clause.row, i)), kinds)


def _before_date(clause: Clause, i: int) -> int:
    """Return the index before the date in 'Ann Lee on Friday | met', else `i`."""
    row = clause.row
    for k in range(i - 1, max(i - 6, 0), -1):
        date = clause.dates.get(row.at(k).start)
        if date and date.end == row.at(i - 1).end:
            return k - (row.low(k - 1) in ("on", "in"))
    return i


def passive_subject(clause: Clause, i: int, kinds: Kinds) -> Group | None:
    """Return to whom the participle at `i` was done: 'Ann was', 'Acme has been', 'Ann, 58, was'."""
    row = clause.row
    j = before_adverbs(row, i) - 1
    if row.low(j) == "been":
        k = before_adverbs(row, j)
        has = any(row.low(at) in ("has", "have", "had") for at in range(k, j))
        return named_before(clause, k, kinds) if has else None
    if row.low(j) not in ("is", "are", "was", "were"):
        return None
    return named_before(clause, before_adverbs(row, j), kinds)


def before_adverbs(row: Row, i: int) -> int:
    """Return the index after what stands before 'has also recently' at the left of `i`."""
    while row.at(i - 1).kind == "word" and _is_adverb(row.low(i - 1)):
        i -= 1
    if row.low(i - 1) == "turn" and row.low(i - 2) == "in":
        return before_adverbs(row, i - 2)
    return i


def _is_adverb(word: str) -> bool:
    if word in words("doubtful_adverbs"):
        return False
    return word in words("adverbs") or word in ("has", "have", "had") or word.endswith("ly")


def named_before(clause: Clause, i: int, kinds: Kinds) -> Group | None:
    """Return the names that end before `i`, past an apposition and 'who', if a subject."""
    row = clause.row
    relative = row.low(i - 1) in ("who", "which")
    i -= relative and 1 + (row.low(i - 2) == ",")
    group = group_before(row, _past_apposition(row, i, kinds), kinds)
    if group is None or doubted(row, group):
        return None
    if relative:
        return group if row.low(group.start - 1) != "of" and len(group.names) == 1 else None
    return group if opens(clause, group.start) else None


def _past_apposition(row: Row, i: int, kinds: Kinds) -> int:
    """Return the index after the name in 'Ann Lee, 58,', 'Ann Lee (58)', 'Ann, the mayor,'."""
    if row.at(i - 1).text.isdigit() and row.low(i - 2) == ",":
        return i - 2
    if row.low(i - 1) == "," and row.low(i - 3) == "," and row.at(i - 2).kind in kinds:
        return i - 1  # 'The passenger, Ann Lee, holds'
    opener = {",": ",", ")": "(", "—": "—", "–": "–"}.get(row.low(i - 1))
    if opener is None:
        return i
    for j in range(i - 2, max(i - 28, 0), -1):
        if row.low(j) == opener and row.at(j - 1).kind in kinds:
            return j if opener != "," or _is_apposition(row, j + 1) else i
    return i


def _is_apposition(row: Row, i: int) -> bool:
    """Return whether what begins at `i` describes a name: an age, 'the …', 'who …', 'born …'."""
    item = row.at(i)
    if item.text.isdigit() or item.low in _DETERMINERS | _RELATIVES:
        return True
    role = item.low in _roles() and item.kind == "word"
    return role or item.kind == "nationality" or item.low.endswith("ed") or item.low in _DONE


_DONE = frozenset(["born", "built", "made", "known", "led", "run", "bought", "held"])
_RELATIVES = frozenset(["who", "which", "whose", "aged", "of"])


def group_before(row: Row, i: int, kinds: Kinds) -> Group | None:
    """Return the names that end right before `i`: 'Ann Lee, Bo Fox and President Cy Poe'."""
    i -= row.at(i - 2).kind in ("product", "place") and _is_head(row.at(i - 2), row.at(i - 1))
    if row.at(i - 1).kind not in kinds or not row.at(i - 1).named:
        return None
    found, start, listed = [row.at(i - 1)], _before_lead_ins(row, i - 1), False
    while row.low(start - 1) in ("and", "&") or (listed and row.low(start - 1) == ","):
        k = start - 2 - (row.low(start - 1) == "and" and row.low(start - 2) == ",")
        if row.at(k).kind not in kinds or not row.at(k).named:
            break
        found.insert(0, row.at(k))
        start, listed = _before_lead_ins(row, k), True
    return Group(tuple(found), start, i)


def _before_lead_ins(row: Row, i: int) -> int:
    for _ in range(7):
        before = row.at(i - 1)
        titled = before.kind == "word" and before.low != "of"
        titled = titled and (is_lead_in(before) or skip_honorifics(row, i - 1) == i)
        bodied = before.kind in ("organization", "place") and row.at(i).kind == "word"
        if not titled and not bodied and before.kind != "nationality":
            return i
        i -= 1
    return i


def opens(clause: Clause, i: int) -> bool:
    """Return whether a clause can begin at `i`: after a mark, a conjunction, a date."""
    before = clause.row.at(i - 1)
    if before is EDGE or before.possessive or before.low in words("openers"):
        return True
    near = (clause.dates.get(clause.row.at(i - k).start) for k in range(1, 7))
    return any(date and date.end >= before.end for date in near)


def doubted(row: Row, group: Group) -> bool:
    """Return whether the words before a name deny, doubt or ask what follows."""
    if row.items[-1].text == "?":
        return True
    first = _past_quote(row, group.start)
    return any(first <= i < group.start and row.at(i).kind == "word" for i in row.where(barred()))


def _past_quote(row: Row, end: int) -> int:
    """Return the index after a quotation that ends before `end`: '"Not now," said | Ann Lee'."""
    for k in range(end - 1, 0, -1):
        told = row.low(k + 1) in lexicons.folded("titles", "reporting") or k + 1 == end
        if row.at(k).text in ("”", '"', "’’") and told:
            return k + 1
    return 0


@cache
def barred() -> frozenset[str]:
    """Return the words that deny or doubt what follows."""
    return words("doubting") | words("unsure")
