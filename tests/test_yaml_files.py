"""YAML from other people: text stays text, and what is deep, long or clever is refused by line."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from generator import curation, yaml_files
from generator.cards.card_reader import parse_card
from generator.cards.card_writer import card_text
from generator.model import Card, CardMention, Claim, Evidence, Limits, TimelineEntry
from generator.yaml_files import YamlFault, compose, dump, load, plain

BOMB = "".join(f"- &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(9))

# A text, and the line and words of the fault it must be refused with.
REFUSED = [
    ("a: &b c\n", 1, "anchors"),
    ("- &a0 [b]\n" + BOMB, 1, "anchors"),
    ("a: b\nc: *a\n", 2, "aliases"),
    ("a:\n  <<: *b\n", 2, "aliases"),
    ("a: !!python/object/apply:os.getcwd []\n", 1, "tags"),
    ("a: b\n\nc: !!python/name:os.system d\n", 3, "tags"),
    ("a: !!binary aGVsbG8=\n", 1, "tags"),
    ("title: !Breaking news\n", 1, "tags"),
    ("a: b\nc: d\na: e\n", 3, "stands twice"),
    ("- a: {b: c, b: d}\n", 1, "stands twice"),
    ("? [a, b]\n: c\n", 1, "plain text"),
    ("a: b\n---\nc: d\n", 2, "second document"),
    ("- " + "[" * 60 + "]" * 60, 1, "nested too deeply"),
    ("[\n" * 60 + "]\n" * 60, 40, "nested too deeply"),
    ("[" * 100_000, 1, "nested too deeply"),
    ("{a: " * 50_000, 1, "nested too deeply"),
    ("- " * 50_000 + "a", 1, "nested too deeply"),
    ("".join(f"{' ' * n}a:\n" for n in range(80)), 40, "nested too deeply"),
    ("a:\n\tb: c\n", 2, "not valid YAML"),
    ("a: 'b\n", 2, "not valid YAML"),
    ("a: b\nc: \0\n", 2, "not valid YAML"),
    ("a: \ud800\n", 1, "not valid YAML"),
    (f"{'k' * 2_000}: a\n", 1, "not valid YAML"),
]


@pytest.mark.parametrize(("text", "line", "what"), REFUSED, ids=range(len(REFUSED)))
def test_what_is_clever_or_deep_is_refused_with_its_line(text: str, line: int, what: str) -> None:
    with pytest.raises(YamlFault) as fault:
        load(text)
    assert (fault.value.line, what in fault.value.what) == (line, True), fault.value.what
    assert len(fault.value.what) < 200


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# nothing\n", None),
        ("a: no\nb: 007\nc: 2025-05-09\nd: 12:30:45\ne: ~\nf:\n",
         {"a": "no", "b": "007", "c": "2025-05-09", "d": "12:30:45", "e": "~", "f": ""}),
        ("a: '!!python/object:x'\nb: \"&a *a <<\"\n", {"a": "!!python/object:x", "b": "&a *a <<"}),
        ("<<: {a: b}\n", {"<<": {"a": "b"}}),
        ("a: ! 5\n", {"a": "5"}),
        (f"a: '{'[' * 5_000}'\n", {"a": "[" * 5_000}),
        (f"a: b{'[{' * 5_000}\n", {"a": "b" + "[{" * 5_000}),
        ("- [a]\n" * 5_000, [["a"]] * 5_000),
        (f"a: [{'[a], ' * 5_000}]\n", {"a": [["a"]] * 5_000}),
        (f"{' ' * 3_000}a: b\n", {"a": "b"}),
        ("a: >\n  one\n  two\n", {"a": "one two\n"}),
    ],
    ids=range(12),
)  # fmt: skip
def test_text_stays_text(text: str, value: object) -> None:
    assert load(text) == value


def test_nesting_is_counted_and_not_brackets() -> None:
    deep = Limits().yaml_depth - 1
    assert load("[" * deep + "]" * deep) is not None
    with pytest.raises(YamlFault):
        load("[" * (deep + 1) + "]" * (deep + 1))


@pytest.mark.parametrize(
    ("limits", "text"),
    [
        (Limits(yaml_chars=100), f"a: {'b' * 100}\n"),
        (Limits(yaml_nodes=100), "- a\n" * 101),
        (Limits(yaml_depth=3), "a: {b: {c: {d: e}}}\n"),
    ],
)
def test_a_limit_is_a_setting_that_the_fault_names(limits: Limits, text: str) -> None:
    with pytest.raises(YamlFault, match=r"limits\.yaml_"):
        compose(text, limits)
    assert compose(text) is not None


@pytest.mark.parametrize(
    "text",
    ["\x85", "a\x85b", "a\u2028b", "\ufeff", "\x00", "\x7f", "\n", " a", "a ", "a\rb", "\t", "- ",
     "a: b #c", "\U0001f600", "no", "~", "", "'", '"', "!a", "&a", "*a", "%", "@", "`", "|", ">"],
)  # fmt: skip
def test_what_is_dumped_comes_back(text: str) -> None:
    assert load(dump([text, {"key": text}])) == [text, {"key": text}]


def test_files_of_the_editors_are_refused_by_line() -> None:
    texts = {"a.yml": "- drop: [A]\n- drop: &b [B]\n", "b.yml": "- drop: [A]\n" + "- " * 9_000}
    decisions, problems = curation.parse(texts)
    assert decisions == ()
    assert [(p.file, p.line, p.fatal) for p in problems] == [("a.yml", 2, True), ("b.yml", 2, True)]


def test_a_card_of_ten_thousand_claims_loads_in_linear_time() -> None:
    spent = []
    for count in (1_000, 10_000):
        card = card_of(count)
        text = card_text(card)
        began = time.process_time()
        assert parse_card(text, "people/ann-lee.yml") == (card, ())
        spent.append(time.process_time() - began)
    assert spent[1] < 40 * spent[0]  # ten times the claims


def test_a_number_of_thousands_of_digits_has_its_line() -> None:
    summary = f"{{article: a, sentence: {'9' * 5_000}, quote: c}}"
    text = f"id: a\ntype: person\nname: b\nsummary: {summary}\n"
    card, (problem,) = parse_card(text, "people/a.yml")
    assert (card, problem.line) == (None, 4) and len(str(problem)) < 600


def card_of(count: int) -> Card:
    quotes = [Evidence("a", n, f'"Ann: #{n}" was said') for n in range(count)]
    return Card(
        "ann-lee", "person", "Ann Lee",
        claims=tuple(Claim("position", f"post {q.sentence}", "acme", None, (q,)) for q in quotes),
        timeline=tuple(TimelineEntry("2024", "2024", "a", q.sentence, q.quote) for q in quotes),
        mentions=tuple(CardMention("a", q.sentence, ("Ann Lee", "Lee")) for q in quotes),
    )  # fmt: skip


def outcome(read: Callable[[], object]) -> object:
    """Return a value, or the words and line of the fault it is refused with."""
    try:
        return read()
    except YamlFault as fault:
        return fault.line, fault.what


def test_a_value_is_read_without_nodes_as_it_is_with_them() -> None:
    chance = random.Random(6)
    small = Limits(yaml_depth=4, yaml_nodes=12)
    pieces = ["a", "b: ", "- ", "\n", "\n  ", "[", "]", "{", "}", ", ", "&x ", "*x", "!t ", "'",
              "---\n", "? ", ": ", "#", "\t", '"', "...\n", "a: b\n"]  # fmt: skip
    read = 0
    for _ in range(5_000):
        text = "".join(chance.choices(pieces, k=chance.randrange(12)))
        value = outcome(lambda text=text: load(text, small))
        assert value == outcome(lambda text=text: plain(compose(text, small))), text
        read += not isinstance(value, tuple)
    assert 500 < read < 4_500


def test_our_own_lexicons_need_none_of_it(repo: Path) -> None:
    for path in sorted((repo / "generator").rglob("*.yml")):
        assert yaml_files.load(path.read_text(encoding="utf-8")) is not None, path
