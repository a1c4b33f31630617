"""Differences in words: for a terminal, for a comment on a pull request, for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from generator import lexicons
from generator.cli.comment_text import comment_text, shortened
from generator.difference_cards import Difference
from generator.differences import Differences
from generator.model import Problem

# A forge takes 65,536 characters; what surrounds ours in the comment needs some.
COMMENT = 60_000
# As many cards stand open in a comment; those after them unfold.
OPEN = 12
_NAMES = 12  # of cards that are only touched


@dataclass(frozen=True, slots=True)
class Report:
    """All that is to be told: differences, decisions that do not fit, notes; and the words for it.

    `labels` are what kinds and properties are called, `titles` the headlines of articles by id.
    """

    commit: str
    differences: Differences
    decisions: tuple[Problem, ...]
    labels: Mapping[str, str]
    titles: Mapping[str, str]
    notes: tuple[str, ...] = ()

    def empty(self) -> bool:
        """Return whether nothing differs and every decision fits."""
        return not (self.differences.groups or self.differences.touched or self.decisions)


Plain = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class _Words:
    """The sentences of the lexicon, foreign text in them passed through `plain`."""

    report: Report
    plain: Plain

    def word(self, key: str, **values: object) -> str:
        """Return a sentence of the lexicon, in the form for `n` where there are two."""
        words = lexicons.load("differences")["words"]
        text = words.get(key) or words[f"{key}_{'one' if values.get('n') == 1 else 'other'}"]
        return str(text).format(**{name: self.plain(str(v)) for name, v in values.items()})

    def says(self, one: Difference) -> str:
        """Return what differs, without the card's name."""
        details = {name: self._value(name, value) for name, value in one.details.items()}
        value = one.details.get("value", "")
        details["about"] = (
            self.word("about", property=details["property"], value=value)
            if value
            else details.get("property", "")
        )
        text = str(_kinds()[one.kind]["says"]).format(**details)
        return f"{text} [{self.word('withheld')}]" if one.withheld else text

    def _value(self, name: str, value: str) -> str:
        if name == "property":
            return self._label(value)
        if name in _CODES:
            return str(lexicons.load("differences")[_CODES[name]][value or "otherwise"])
        return self.plain(value) if value else self.word("none")

    def _label(self, name: str) -> str:
        """Return what a property is called within a sentence; a schema may hold any words."""
        label = self.report.labels.get(name, name)
        return self.plain(label[:1].lower() + label[1:] if label[1:2].islower() else label)

    def quote(self, one: Difference) -> str:
        """Return the words that a difference rests on, empty if there are none."""
        if one.evidence is None:
            return ""
        if not one.evidence.article:
            return self.word("source", source=one.evidence.quote)
        title = self.report.titles.get(one.evidence.article, one.evidence.article)
        said = {"quote": one.evidence.quote, "article": title, "sentence": one.evidence.sentence}
        return self.word("quote", **said)

    def kind(self, one: Difference) -> str:
        """Return what the kind of a card is called."""
        return self._label(one.type)

    def totals(self) -> str:
        """Return the line that counts everything."""
        counts = dict(self.report.differences.totals())
        if self.report.decisions:
            counts = {"problem": len(self.report.decisions), **counts}
        return ", ".join(
            f"{n} {_kinds()[kind]['one' if n == 1 else 'other']}" for kind, n in counts.items()
        ) or self.word("nothing")

    def touched(self) -> str:
        """Return the line about cards that are only named elsewhere, empty if there are none."""
        names = self.report.differences.touched
        shown = "; ".join(self.plain(name[:80]) for name in names[:_NAMES])
        rest = len(names) - _NAMES
        if rest > 0:
            shown = f"{shown}; {self.word('more', n=rest)}"
        form = "touched_one" if len(names) == 1 else "touched_other"
        text = str(lexicons.load("differences")["words"][form])
        return text.format(n=len(names), names=shown) if names else ""

    def decisions(self) -> list[str]:
        """Return a line for every decision that does not fit."""
        return [
            str(_kinds()["problem"]["says"]).format(
                file=self.plain(f"{one.file}:{one.line}"),
                what=self.plain(one.what),
                todo=self.plain(one.todo),
            )
            for one in self.report.decisions
        ]


# Details that are words of ours, and where the lexicon has them.
_CODES = {"field": "fields", "reason": "reasons"}


def _kinds() -> Mapping[str, Mapping[str, str]]:
    kinds: Mapping[str, Mapping[str, str]] = lexicons.load("differences")["kinds"]
    return kinds


# --- text


def as_text(report: Report) -> str:
    """Return the differences as lines for a terminal."""
    words = _Words(report, shortened)
    lines = list(report.notes)
    if report.decisions:
        lines += [words.word("decisions"), *(f"  {line}" for line in words.decisions()), ""]
    for group in report.differences.groups:
        lines.append(f"{shortened(group[0].name)} ({words.kind(group[0])}, {group[0].card})")
        for one in group:
            lines.append(f"  {words.says(one)}")
            lines += [f"    {quote}"] if (quote := words.quote(one)) else []
        lines.append("")
    lines += [line, ""] if (line := words.touched()) else []
    return "\n".join([*lines, words.totals(), ""])


# --- Markdown


def as_markdown(report: Report) -> str:
    """Return the differences as a comment of at most 60,000 characters."""
    words = _Words(report, comment_text)
    blocks = [_block(group, words) for group in report.differences.groups]
    if report.decisions:
        lines = [f"- {line}\n" for line in words.decisions()]
        blocks = [[f"**{words.word('decisions')}**\n\n", *lines], *blocks]
    top = "".join(f"{line}\n\n" for line in (f"**{words.totals()}**", *report.notes))
    touched = f"{words.touched()}\n\n" if report.differences.touched else ""
    shown, left = _fitting(blocks, COMMENT - len(top) - len(touched) - _RESERVE)
    more = f"{words.word('more', n=left)}\n\n" if left else ""
    return f"{top}{_folded(shown, words)}{more}{touched}".rstrip("\n") + "\n"


# For the fold and the count of what is left out.
_RESERVE = 300


def _block(group: tuple[Difference, ...], words: _Words) -> list[str]:
    """Return the lines about one card: its name, then what differs."""
    first = group[0]
    lines = [f"**{words.plain(first.name)}** ({words.kind(first)}, {words.plain(first.card)})\n\n"]
    for one in group:
        quote = words.quote(one)
        lines.append(f"- {words.says(one)}\n" + (f"  {quote}\n" if quote else ""))
    return lines


def _fitting(blocks: list[list[str]], room: int) -> tuple[list[str], int]:
    """Return the blocks that fit into so many characters, and how many lines are left out."""
    shown: list[str] = []
    left = 0
    for head, *lines in blocks:
        text = head
        for line in lines:
            # Once something is left out, all after it is: what counts most stands first.
            if left or len(text) + len(line) > room:
                left += 1
            else:
                text += line
        if text != head:
            shown.append(f"{text}\n")
            room -= len(text) + 1
    return shown, left


def _folded(blocks: list[str], words: _Words) -> str:
    """Return blocks one below the other, those after the first few to be unfolded."""
    text = "".join(blocks[:OPEN])
    if len(blocks) > OPEN:
        summary = words.word("rest", n=len(blocks) - OPEN)
        inside = "".join(blocks[OPEN:])
        text += f"<details>\n<summary>{summary}</summary>\n\n{inside}</details>\n\n"
    return text


# --- JSON


def as_json(report: Report) -> str:
    """Return the differences as one JSON object."""
    words = _Words(report, shortened)
    found = {
        "revision": report.commit,
        "totals": report.differences.totals(),
        "cards": [_card(group, words) for group in report.differences.groups],
        "touched": list(report.differences.touched),
        "decisions": [
            {"file": one.file, "line": one.line, "what": one.what, "todo": one.todo}
            for one in report.decisions
        ],
        "notes": list(report.notes),
    }
    text = json.dumps(found, ensure_ascii=False, indent=1)
    # File names may hold bytes that are no text.
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"


def _card(group: tuple[Difference, ...], words: _Words) -> dict[str, Any]:
    first = group[0]
    differences = [_difference(one, words) for one in group]
    about = {"id": first.card, "type": first.type, "name": first.name}
    return {**about, "differences": differences}


def _difference(one: Difference, words: _Words) -> dict[str, Any]:
    entry: dict[str, Any] = {"kind": one.kind, "says": words.says(one), **one.details}
    if one.withheld:
        entry["withheld"] = True
    if one.evidence:
        said = one.evidence
        entry["evidence"] = {
            "article": said.article, "sentence": said.sentence, "quote": said.quote,
        }  # fmt: skip
    return entry


FORMATS: dict[str, Callable[[Report], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
}
