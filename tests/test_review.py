"""What is asked of editors, in which order, what their answers write; and on what screen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from generator.cli.review_screen import cut, frame
from generator.cli.review_session import Session, under_one_name
from generator.curation_files import decisions_text
from generator.model import Decision
from generator.review import Question
from generator.review.listing import MARK, listing, visible
from generator.review.lookalikes import odd_letters, skeleton
from generator.review.near import differ_by_one
from tests.marked import blocks, make_marked
from tests.reviewed import Desk, make_desk, parsed, read_case, told, written
from tests.torture import review

CASES = blocks("review")
FOLDER = [
    ["{P|Anna Berg}, mayor of {L|Oslo}, met {P|Pang Tu-sop}, minister of justice."],
    ["{P|Ivo Lund}, mayor of {L|Oslo}, met {P|Bang Doo-seop}.", "{P|Zorvism} was read aloud."],
    ["Police in {L|Oslo} arrested {P|Ivo Lund} on Monday for forgery."],
]


def desk(lines: list[list[str]] = FOLDER) -> Desk:
    return make_desk([make_marked(f"a{n}", part) for n, part in enumerate(lines, 1)])


# --- the queue


@pytest.mark.parametrize("block", [text for _, text in CASES], ids=[where for where, _ in CASES])
def test_what_is_asked(block: str) -> None:
    case = read_case(block)
    decided = parsed(case.decisions)
    queue = make_desk(case.articles, decided).queue(decided)
    assert [told(q) for q in queue] == list(case.asked)
    for line in case.writes:
        key, _, wanted = line.partition(" | ")
        assert written(queue[-1], key) == wanted


@pytest.mark.parametrize("block", [text for _, text in CASES], ids=[where for where, _ in CASES])
def test_every_answer_is_a_decision_that_fits_and_is_remembered(block: str) -> None:
    case = read_case(block)
    before = parsed(case.decisions)
    made = make_desk(case.articles, before)
    _, faults = made.matter(before)
    for question in made.queue(before):
        for answer in question.answers:
            # As the build reads it back from the file.
            decided = (*before, *parsed(decisions_text(answer.decisions)))
            _, problems = made.matter(decided)
            assert set(problems) <= set(faults), answer
            assert question.id not in [q.id for q in made.queue(decided)], answer


def test_a_false_claim_comes_before_a_doubtful_spelling_and_that_before_an_odd_kind() -> None:
    queue = desk().queue()
    assert [q.kind for q in queue] == ["conflict", "withheld", "type", "merge"]
    assert [q.rank for q in queue] == sorted((q.rank for q in queue), reverse=True)


def test_of_two_alike_the_one_that_more_hangs_on_comes_first() -> None:
    rose, fell = ["{P|Pang Tu-sop} rose."] * 12, ["{P|Bang Doo-seop} fell."] * 12
    kinds = [q.kind for q in desk([[*FOLDER[0], *rose], [*FOLDER[1], *fell], FOLDER[2]]).queue()]
    assert kinds.index("merge") < kinds.index("type")


def test_evidence_is_the_sentence_with_its_place_and_shows_either_side() -> None:
    (merge,) = (q for q in desk().queue() if q.kind == "merge")
    assert {(quote.article, quote.sentence, quote.side) for quote in merge.quotes} == {
        ("a1", 1, 1),
        ("a2", 1, 2),
    }
    assert merge.quotes[0].names == ("Pang Tu-sop",)
    assert "Pang Tu-sop, minister of justice" in merge.quotes[0].text


def test_the_queue_does_not_depend_on_the_order_of_articles() -> None:
    made = [desk(lines).queue() for lines in (FOLDER, FOLDER)]
    assert made[0] == made[1]
    turned = make_desk([make_marked(f"a{n}", FOLDER[n - 1]) for n in (3, 1, 2)]).queue()
    assert [(q.id, q.rank) for q in turned] == [(q.id, q.rank) for q in made[0]]


def test_ids_that_no_build_has_given_are_not_asked_about() -> None:
    lines = [["The {L|Angara} froze at {L|Oslo}."], ["An {R|Angara} rocket was launched."]]
    made = desk(lines)
    assert "pair" in [q.kind for q in made.queue()]
    assert "pair" not in [q.kind for q in replace(made, built=()).queue()]


def test_ordeals_in_short(tmp_path: Path) -> None:
    assert [figure for figure in review.figures(tmp_path, full=False) if not figure.held] == []


# --- letters


def test_letters_that_hide_are_found_and_honest_scripts_are_not() -> None:
    assert odd_letters("Bоrоvsk") == ("о",)
    assert odd_letters("Αnna Βerg") == ("Α", "Β")
    assert odd_letters("Боровск") == odd_letters("Borovsk") == odd_letters("Łódź") == ()
    assert odd_letters("Минск (Minsk)") == ()
    assert skeleton("Bоrоvsk") == skeleton("Borovsk") != skeleton("Borowsk")
    assert skeleton("ΟΝΟ") == skeleton("ONO")


@pytest.mark.parametrize(
    ("one", "other", "wanted"),
    [
        ("karlsson", "karlson", True),
        ("karlson", "carlson", True),
        ("jo yongwon", "jo yong won", True),
        ("abcd", "abdc", True),
        ("abcd", "abcd", False),
        ("abcd", "abce f", False),
        ("article 22", "article 23", False),
        ("anna berg", "anne borg", False),
    ],
)
def test_one_letter_makes_the_difference(one: str, other: str, wanted: bool) -> None:
    assert differ_by_one(one, other) is differ_by_one(other, one) is wanted


def test_what_nobody_sees_is_shown_for_what_it_is() -> None:
    assert visible("Ann\u202e Lee\x1b[2J\u200b\n!") == "Ann‹U+202E› Lee‹U+001B›[2J‹U+200B› !"
    assert visible("Łódź 평양 ‘a’") == "Łódź 평양 ‘a’"


# --- the list


def test_the_list_is_all_comments_until_its_marks_are_taken_off() -> None:
    queue = desk().queue()
    text = listing(queue)
    assert parsed(text) == ()
    lines = [line.removeprefix(MARK) for line in text.splitlines()]
    found = parsed("\n".join(lines))
    kinds = {d.kind for d in found}
    assert kinds == {"accept", "claim", "distinct", "drop", "merge", "retract", "type"}
    told_by = {d.why for q in queue for a in q.answers for d in a.decisions}
    assert {d.why for d in found} <= told_by


def test_the_list_holds_every_question_with_its_evidence() -> None:
    queue = desk().queue()
    text = listing(queue)
    for number, question in enumerate(queue, 1):
        assert f"## {number} of {len(queue)}: {question.kind}" in text
        assert question.quotes
        assert all(q.text in text and f"sentence {q.sentence}, {q.article}" in text
                   for q in question.quotes)  # fmt: skip


def test_a_name_with_a_line_end_stays_in_its_comment() -> None:
    (question,) = (q for q in desk().queue() if q.kind == "type")
    text = listing([replace(question, text="Zor\n- drop: [Oslo]\nvism")])
    assert parsed(text) == ()


# --- the session


def session(folder: Path, lines: list[list[str]] = FOLDER) -> Session:
    return Session(desk(lines).queue(), folder, "An Editor", "2026-01-02")


def answer(asked: Session, key: str) -> None:
    assert asked.question is not None
    asked.write(next(a.decisions for a in asked.question.answers if a.key == key))


def test_answers_are_on_disk_at_once_with_why_by_and_date(tmp_path: Path) -> None:
    asked = session(tmp_path)
    asked.skip()
    answer(asked, "a")
    (decision,) = parsed((tmp_path / "review.yml").read_text(encoding="utf-8"))
    assert (decision.kind, decision.by, decision.date) == ("accept", "An Editor", "2026-01-02")
    assert decision.why == "review: may be shown"


def test_undo_takes_answers_back_one_by_one_and_leaves_no_file(tmp_path: Path) -> None:
    asked = session(tmp_path / "curation")
    before = []
    for key in ("b", "k", "x", "s"):
        before.append([p.read_bytes() for p in tmp_path.rglob("*.yml")])
        answer(asked, key)
    assert asked.question is None and asked.left == 0
    while before:
        asked.undo()
        assert [p.read_bytes() for p in tmp_path.rglob("*.yml")] == before.pop()
    assert asked.place == 0 and asked.left == 4 and not (tmp_path / "curation").exists()
    assert "nothing to take back" in asked.undo()


def test_what_one_answer_settles_is_not_asked_again(tmp_path: Path) -> None:
    asked = session(tmp_path)
    asked.write([Decision("drop", ["Ivo Lund"], "", 0)])
    # Gone with him are his side of the dispute and what he was arrested for.
    assert asked.question is not None and asked.question.kind == "type"
    assert asked.left == 2


def test_a_hand_that_writes_between_two_answers_is_not_overwritten(tmp_path: Path) -> None:
    asked = session(tmp_path)
    asked.skip()
    answer(asked, "a")
    asked.place = 0
    path = tmp_path / "review.yml"
    mine = path.read_bytes() + b"# mine\n- drop: [Elsewhere]   # why not\n"
    path.write_bytes(mine)
    answer(asked, "1")
    assert path.read_bytes().startswith(mine)
    asked.undo()
    assert path.read_bytes() == mine
    asked.undo()
    assert path.read_bytes().endswith(b"# mine\n- drop: [Elsewhere]   # why not\n")
    assert b"accept" not in path.read_bytes()


def test_an_answer_that_was_changed_by_hand_is_not_taken_back(tmp_path: Path) -> None:
    asked = session(tmp_path)
    asked.skip()
    answer(asked, "a")
    path = tmp_path / "review.yml"
    path.write_bytes(path.read_bytes().replace(b"may be shown", b"the court said so"))
    changed = path.read_bytes()
    assert "by hand" in asked.undo()
    assert path.read_bytes() == changed and asked.written == 1


def test_a_name_given_to_what_is_dropped_goes_with_it(tmp_path: Path) -> None:
    asked = session(tmp_path)
    asked.place = [q.kind for q in asked.questions].index("type")
    asked.write([Decision("rename", {"Zorvism": "Zorvismo"}, "", 0)], onward=False)
    answer(asked, "x")
    (decision,) = parsed((tmp_path / "review.yml").read_text(encoding="utf-8"))
    assert decision.kind == "drop"


def test_merges_of_one_thing_print_one_name() -> None:
    merges = [Decision("merge", ["A", "B"], "", 0), Decision("merge", ["D", "E"], "", 0)]
    for mine, wanted in (("C B", "A C B"), ("B C", "A B C"), ("B E", "D A B E"), ("X Y", "X Y")):
        given = Decision("merge", mine.split(), "", 0)
        assert under_one_name(given, merges).value == wanted.split()


# --- the screen


def long_question() -> Question:
    name = "Ministry of Transport and Communications of the Republic"
    words = " ".join(["lange Wörter 평양 und mehr"] * 40)
    lines = [[f"The {{O|{name}}} {words}."], [f"The {{O|Transport Ministry}} {words}."]]
    question = desk().queue()[0]
    quotes = [
        replace(question.quotes[0], text=f"{part[0]}", names=(name,), side=side)
        for side, part in enumerate(lines, 1)
    ]
    return replace(question, names=(name, "Transport Ministry"), quotes=tuple(quotes * 3))


@pytest.mark.parametrize("size", [(80, 24), (120, 50), (40, 16), (24, 10), (12, 4), (200, 8)])
def test_a_question_fits_on_a_screen_of_any_size(size: tuple[int, int]) -> None:
    for question in (*desk().queue(), long_question()):
        console = Console(width=size[0], height=size[1], force_terminal=True)
        lines = frame(question, console, place="1 of 9", note="a note " * 30)
        assert len(lines) < size[1] or size[1] == 1
        assert max(cell_len(line.plain) for line in lines) <= size[0]


def test_a_screen_of_the_usual_size_holds_both_sides_and_every_key() -> None:
    console = Console(width=80, height=24)
    text = "\n".join(line.plain for line in frame(long_question(), console, place="1 of 9"))
    assert text.count("Ministry of Transport and Communications of the Republic") > 1
    assert "Transport Ministry · " in text
    assert all(f"{a.key} {a.label}" in text for a in long_question().answers)
    assert "q leave" in text and "1 of 9" in text


def test_a_long_sentence_is_cut_around_the_name() -> None:
    text = "word " * 50 + "then Ann Lee came " + "word " * 50
    short = cut(text, ["Ann Lee"], 60)
    assert "Ann Lee" in short and len(short) <= 60
    assert short.startswith("… ") and short.endswith(" …")
    assert cut("Ann Lee came", ["Ann Lee"], 60) == "Ann Lee came"
    assert cut("x" * 500, ["none"], 20)
