"""What editors set on articles: `set: {id: …, published: 2025-05-09, retracted: true}`.

A saved page has no front matter; this is where its team says what the page does not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any, get_args

from generator import edtf
from generator.model import Article, Decision, Problem, Publish
from generator.references import contradiction, unfit


def _text(value: str) -> str:
    return value


def _date(value: str) -> str:
    if not edtf.is_valid(value):
        raise ValueError(f"{value!r} is no EDTF date, such as 2025-05-09")
    return value


def _publish(value: str) -> str:
    if value not in get_args(Publish):
        raise ValueError(f"{value!r} is none of {', '.join(get_args(Publish))}")
    return value


def _flag(value: str) -> bool:
    if value not in ("true", "false"):
        raise ValueError(f"{value!r} is neither true nor false")
    return value == "true"


# The fields of an article that may be set, and what makes a value of the words given.
FIELDS: dict[str, Callable[[str], Any]] = {
    "title": _text,
    "section": _text,
    "source": _text,
    "url": _text,
    "author": _text,
    "lang": _text,
    "published": _date,
    "page_date": _date,
    "publish": _publish,
    "retracted": _flag,
}


def set_articles(
    articles: Sequence[Article], decisions: Iterable[Decision]
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    """Return the articles as editors set them, and what can't be set.

    Two decisions that want different values are both named, and neither is done.
    """
    ids = {article.id for article in articles}
    wanted: dict[tuple[str, str], list[Decision]] = defaultdict(list)
    problems: list[Problem] = []
    for decision in decisions:
        if decision.kind != "set" or str(decision.value["id"]) not in ids:
            continue
        for field in decision.value.keys() - {"id"}:
            wanted[str(decision.value["id"]), field].append(decision)
    values: dict[str, dict[str, Any]] = defaultdict(dict)
    for (id, field), found in sorted(wanted.items(), key=lambda entry: entry[0]):
        value = _value(id, field, found, problems)
        if value is not None:
            values[id][field] = value
    made = (replace(article, **values.get(article.id, {})) for article in articles)
    return tuple(made), tuple(problems)


def _value(id: str, field: str, found: Sequence[Decision], problems: list[Problem]) -> Any:
    """Return the value that decisions give a field; None, and a warning, if there is none."""
    first = found[0]
    if field not in FIELDS:
        what = f"{field!r} of an article can't be set; {', '.join(FIELDS)} can"
        problems.append(unfit(first, what))
        return None
    if clash := next((d for d in found if d.value[field] != first.value[field]), None):
        until = "the article stays as it was read"
        problems.append(contradiction(first, clash, f"the {field} of {id}", until))
        return None
    try:
        return FIELDS[field](str(first.value[field]))
    except ValueError as fault:
        problems.append(unfit(first, str(fault)))
        return None
