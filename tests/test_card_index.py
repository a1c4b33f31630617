"""What is known of card files spares reading them, and never hides that one has changed."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import struct
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from generator import stamps, transactions
from generator.cards import by_hand, card_files, card_folders, card_index, scalars
from generator.cards.changed_files import Pending, find_pending, write_pending
from generator.cards.checksums import CHECKSUMS
from generator.model import (
    ArticleCard,
    Card,
    CardMention,
    Claim,
    Conflict,
    Evidence,
    Knowledge,
    Merge,
    Problem,
    Related,
    TimelineEntry,
)
from tests.projects import contents
from tests.torture import crash

VERSION = b"this program"
NOBODY = Knowledge(())
pytestmark = pytest.mark.skipif(os.name == "nt", reason="no stamp counts there")


def drawn(seed: int, count: int = 30) -> Knowledge:
    """Return cards with something in every field, drawn by chance."""
    chance = random.Random(seed)
    letters = "ab no 0:-'\"\\\t\n\r\x85\xa0\u2028é서😀{}[]#,&*!|>%@`~\ufffd\U0001fffe"

    def text(most: int = 12) -> str:
        return "".join(chance.choice(letters) for _ in range(chance.randrange(most)))

    def few(make: Callable[[], Any]) -> tuple[Any, ...]:
        return tuple(make() for _ in range(chance.randrange(4)))

    def said() -> Evidence:
        return Evidence(text(), chance.randrange(99), text(40))

    def entry() -> TimelineEntry:
        return TimelineEntry(text(), text(), text(), chance.randrange(9), text(40))

    def maybe(value: Any) -> Any:
        return value if chance.random() < 0.5 else None

    def card(number: int) -> Card:
        return Card(
            f"c{number}", chance.choice(("person", "place", "event")), text(), few(text),
            few(text), maybe(text()), maybe(said()),
            maybe((chance.uniform(-90, 90), chance.choice((0.0, -0.0, -1e-7, 7.25)))),
            few(lambda: Claim(text(), maybe(text()), maybe(text()), maybe(text()), few(said))),
            few(lambda: Conflict(text(), maybe(text()), few(text), (said(), *few(said)))),
            few(entry), few(lambda: Related(text(), chance.randrange(9), chance.randrange(9))),
            few(lambda: CardMention(text(), chance.randrange(9), few(text))),
            few(lambda: Merge(few(text), text(), text())), few(text),
        )  # fmt: skip

    def article(number: int) -> ArticleCard:
        return ArticleCard(
            f"a{number}", text(), text(), *(maybe(text()) for _ in range(7)),  # type: ignore[call-arg]
            chance.choice(("full", "excerpt", "none")), chance.random() < 0.5, few(text),
            few(entry), few(text),
        )  # fmt: skip

    cards = (card(number) for number in range(count))
    articles = (article(number) for number in range(count // 2))
    return Knowledge(
        tuple(sorted(cards, key=lambda c: c.id)), tuple(sorted(articles, key=lambda c: c.id))
    )


@dataclass
class Folder:
    """A cards folder, and what is kept of it; `read` and `parsed` name the files that were."""

    cards: Path
    index: Path
    read: list[str] = field(default_factory=list)
    parsed: list[str] = field(default_factory=list)

    def mapped(self, task: Any, items: Sequence[Any]) -> Iterator[Any]:
        self.parsed += [item.file.partition("/")[2] for item in items]
        return map(task.run, items)

    def known(self, version: bytes = VERSION) -> tuple[Knowledge, tuple[Problem, ...]]:
        """Read the cards with what is known of them."""
        self.read, self.parsed = [], []
        with card_index.kept_in(self.index, version):
            return card_files.read_cards(self.cards, self.mapped)

    def build(self, knowledge: Knowledge) -> tuple[tuple[str, ...], Pending]:
        """Do to the cards what a build does."""
        with transactions.building(self.cards), card_index.kept_in(self.index, VERSION):
            card_files.read_cards(self.cards, self.mapped)
            self.read = []
            same = card_index.index_of(self.cards).shared(knowledge)
            pending = find_pending(self.cards, same)
            return write_pending(pending, {}), pending

    def settle(self, knowledge: Knowledge) -> None:
        """Build until every file's stamp counts: the clock of the disk must go on."""
        for _ in range(2):
            time.sleep(0.05)
            self.build(knowledge)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Return a folder of cards that a build has written, with all stamps settled."""
    made = Folder(tmp_path / "content/cards", tmp_path / ".cache/cardfile/cards.sqlite")
    real = card_folders.content

    def noted(cards: Path, name: str) -> bytes:
        made.read.append(name)
        return real(cards, name)

    for module in (card_folders, card_files, by_hand):
        monkeypatch.setattr(module, "content", noted)
    made.build(drawn(1))
    made.settle(drawn(1))
    return made


# --- what is spared


def test_what_is_known_is_neither_read_nor_parsed(folder: Folder) -> None:
    plain = card_files.read_cards(folder.cards)
    assert folder.known() == plain and plain[1] == ()
    assert len(plain[0].cards) == 30 and len(plain[0].articles) == 15
    assert (folder.read, folder.parsed) == ([], [])


def test_a_second_build_reads_and_writes_no_card(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = folder.index.stat().st_mtime_ns, contents(folder.cards)
    texts: list[str] = []
    real = card_files.card_text

    def noted(card: Card | ArticleCard) -> str:
        texts.append(card.id)
        return real(card)

    monkeypatch.setattr(card_files, "card_text", noted)
    assert folder.build(drawn(1))[0] == ()
    odd = {c.id for c in drawn(1).cards if c.coordinates}  # may be written to less than is known
    assert folder.read == [] and set(texts) <= odd
    assert (folder.index.stat().st_mtime_ns, contents(folder.cards)) == before


@pytest.mark.parametrize("seed", range(20, 32))
def test_what_is_kept_is_what_would_be_read(tmp_path: Path, seed: int) -> None:
    made = Folder(tmp_path / "cards", tmp_path / "cards.sqlite")
    made.build(drawn(seed))
    assert made.known() == card_files.read_cards(made.cards)
    assert made.parsed == []


def test_half_characters_and_huge_cards_are_left_to_the_reader(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(card_index, "_MOST", 5_000)
    cards = Card("half", "person", "Ann \ud800"), Card("huge", "person", "Ann", ("x" * 6_000,))
    folder.build(Knowledge(cards))
    knowledge, _ = folder.known()
    assert sorted(folder.parsed) == ["people/half.yml", "people/huge.yml"]
    assert knowledge.cards[0].name == "Ann \ufffd"


def test_only_what_changed_is_written(folder: Folder) -> None:
    first, *others = drawn(1).cards
    changed, _ = folder.build(Knowledge((replace(first, name="Ann Other"), *others[1:])))
    (name,) = [n for n in changed if (folder.cards / n).exists()]
    assert name.endswith(f"/{first.id}.yml")
    assert set(changed) - {name} == {
        n for n in card_files.card_texts(drawn(1)) if not (folder.cards / n).exists()
    }
    assert folder.known() == card_files.read_cards(folder.cards)
    assert f"  {name}\n" in (folder.cards / CHECKSUMS).read_text("utf-8")


def test_zero_and_minus_zero_are_equal_but_not_the_same_text(tmp_path: Path) -> None:
    made = Folder(tmp_path / "cards", tmp_path / "cards.sqlite")
    for west in (-0.0, 0.0):
        made.build(Knowledge((Card("a", "place", "A", coordinates=(7.5, west)),)))
        assert f"[7.5, {west}]" in (made.cards / "places/a.yml").read_text("utf-8")


# --- what has changed since


def edited(cards: Path) -> None:
    path = cards / "articles/a3.yml"
    path.write_text("id: a3\ntype: article\nfile: other\ntitle: Mine\n", encoding="utf-8")


def replaced_by_older(cards: Path) -> None:
    """Put a file of the same size in a card's place, with the time that had, as `cp -p` does."""
    path = cards / "articles/a3.yml"
    was = path.stat()
    path.write_bytes(path.read_bytes().replace(b"type: article", b"type: product"))
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns))
    now = path.stat()
    assert (now.st_size, now.st_ino, now.st_mtime_ns) == (was.st_size, was.st_ino, was.st_mtime_ns)


def moved_over(cards: Path) -> None:
    """Put one card's file in the place of another's."""
    os.replace(cards / "articles/a4.yml", cards / "articles/a3.yml")


def checked_out(cards: Path) -> None:
    """Write each file anew, one with something else, as git does."""
    for path in sorted(cards.glob("*/*.yml")):
        data = path.read_bytes()
        path.unlink()
        path.write_bytes(data.replace(b"type: person", b"type: place"))


def deleted(cards: Path) -> None:
    (cards / "articles/a3.yml").unlink()
    shutil.rmtree(cards / "people")


def copied(cards: Path) -> None:
    """Put a copy in the place of the whole folder."""
    shutil.copytree(cards, cards.with_name("copy"))
    shutil.rmtree(cards)
    cards.with_name("copy").rename(cards)


def linked(cards: Path) -> None:
    """Put a link to the file of another card in a card's place."""
    (cards / "articles/a3.yml").unlink()
    (cards / "articles/a3.yml").symlink_to(cards / "articles/a4.yml")


def added(cards: Path) -> None:
    (cards / "people/new.yml").write_text("id: new\ntype: person\nname: New\n", encoding="utf-8")


CHANGES = [edited, replaced_by_older, moved_over, checked_out, deleted, copied, linked, added]


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_happened_to_the_files_is_seen(
    folder: Folder, change: Callable[[Path], None]
) -> None:
    before = card_files.read_cards(folder.cards)
    change(folder.cards)
    plain = card_files.read_cards(folder.cards)
    assert (plain != before) is (change is not copied)
    assert folder.known() == plain


@pytest.mark.parametrize("change", CHANGES)
def test_a_build_does_with_them_what_it_does_without_an_index(
    folder: Folder, change: Callable[[Path], None], tmp_path: Path
) -> None:
    change(folder.cards)
    other = Folder(tmp_path / "other/cards", tmp_path / "other/none.sqlite")
    shutil.copytree(folder.cards, other.cards, symlinks=True)
    new = drawn(1)
    new = replace(new, articles=tuple(replace(a, section="New") for a in new.articles))
    found, wanted = folder.build(new), other.build(new)
    assert found[0] == wanted[0] and found[1].by_hand == wanted[1].by_hand
    assert bool(found[1].by_hand.kept) is (change not in (deleted, copied))
    assert contents(folder.cards) == contents(other.cards)
    assert folder.known() == card_files.read_cards(folder.cards)


def test_files_copied_as_a_whole_are_read_but_not_parsed(folder: Folder) -> None:
    plain = card_files.read_cards(folder.cards)
    copied(folder.cards)
    assert folder.known() == plain
    assert (len(folder.read), folder.parsed) == (45, [])
    folder.settle(drawn(1))
    folder.known()
    assert folder.read == []


def test_a_change_while_a_build_is_at_work_is_seen(folder: Folder) -> None:
    with transactions.building(folder.cards), card_index.kept_in(folder.index, VERSION):
        card_files.read_cards(folder.cards)
        edited(folder.cards)
        pending = find_pending(folder.cards, drawn(1))
        assert list(pending.by_hand.kept) == ["articles/a3.yml"]
        assert write_pending(pending, {}) == ()
    assert b"title: Mine" in (folder.cards / "articles/a3.yml").read_bytes()
    assert folder.known() == card_files.read_cards(folder.cards)


# --- within one tick of the clock


@pytest.mark.parametrize("gone_on", [False, True])
def test_a_stamp_counts_only_once_the_clock_has_gone_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone_on: bool
) -> None:
    """With a clock that stands still, an edit of the same size leaves the stamp as it is."""

    def frozen(status: os.stat_result) -> bytes:
        return struct.pack("<QQqq", status.st_size, status.st_ino, 5, 5)

    for module in (card_folders, transactions):
        monkeypatch.setattr(module, "stamp_of", frozen)
    monkeypatch.setattr(transactions, "touch", lambda path: 6 if gone_on else 5)
    made = Folder(tmp_path / "cards", tmp_path / "cards.sqlite")
    made.build(Knowledge((Card("a", "person", "Ann"),)))
    path = made.cards / "people/a.yml"
    path.write_text(path.read_text("utf-8").replace("Ann", "Bob"), encoding="utf-8")
    # Where the clock seems to have gone on, nothing could tell the edit: so the test can fail.
    assert [card.name for card in made.known()[0].cards] == ["Ann" if gone_on else "Bob"]


def test_an_edit_right_after_a_file_was_moved_is_seen(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = transactions._in_place

    def late(cards: Path, *rest: Any) -> dict[str, bytes]:
        edited(cards)
        return real(cards, *rest)

    monkeypatch.setattr(transactions, "_in_place", late)
    new = drawn(1)
    folder.build(replace(new, articles=tuple(replace(a, title="New") for a in new.articles)))
    knowledge, _ = folder.known()
    assert "articles/a3.yml" in folder.read
    assert "Mine" in {article.title for article in knowledge.articles}


def test_who_builds_nothing_has_no_clock(folder: Folder) -> None:
    assert transactions.clock(folder.cards) is None
    with transactions.building(folder.cards):
        first = transactions.clock(folder.cards)
        time.sleep(0.05)
        second = transactions.clock(folder.cards)
        assert first is not None and second is not None and first < second
    assert not stamps.is_settled(stamps.NEVER, second)


# --- an index that is none


def truncated(index: Path) -> None:
    data = index.read_bytes()
    index.write_bytes(data[: len(data) // 2])


def garbage(index: Path) -> None:
    index.write_bytes(b"no data base at all" * 1000)


def foreign(index: Path) -> None:
    index.unlink()
    with sqlite3.connect(index) as file:
        file.execute("create table cards (name, title)")
    file.close()


def odd_values(index: Path) -> None:
    with sqlite3.connect(index) as file:
        file.execute("update cards set mark = x'', card = 7 where name like 'people/%'")
        file.execute("update cards set sight = 'text' where name like 'articles/%'")
    file.close()


def other_cards(index: Path) -> None:
    """Give every card what another has, as a damaged disk might."""
    with sqlite3.connect(index) as file:
        file.execute("update cards set card = (select card from cards where name like '%/a1.yml')")
    file.close()


def scattered(index: Path) -> None:
    """Turn over some bits all over the file."""
    data, chance = bytearray(index.read_bytes()), random.Random(5)
    for _ in range(300):
        data[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
    index.write_bytes(bytes(data))


def a_folder(index: Path) -> None:
    index.unlink()
    index.mkdir()


DAMAGES = [truncated, garbage, foreign, odd_values, other_cards, scattered, a_folder]


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_as_good_as_none(folder: Folder, damage: Callable[[Path], None]) -> None:
    damage(folder.index)
    plain = card_files.read_cards(folder.cards)
    before = contents(folder.cards)
    assert folder.known() == plain
    assert folder.build(drawn(1))[0] == () and contents(folder.cards) == before
    assert folder.known() == plain
    # It is made anew by the first build, whatever was in its place, unless that is a folder.
    assert bool(folder.parsed) is (damage is a_folder)


def test_another_version_of_the_program_believes_nothing(folder: Folder) -> None:
    plain = card_files.read_cards(folder.cards)
    assert folder.known(b"another program") == plain
    assert len(folder.parsed) == 45


def test_an_index_that_can_not_be_written_is_done_without(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(folder.index.parent)
    folder.index.parent.write_text("in the way", encoding="utf-8")
    new = drawn(2)
    folder.build(new)
    assert folder.known() == card_files.read_cards(folder.cards)


# --- more than one


def test_two_builds_may_write_one_index_at_once(tmp_path: Path) -> None:
    """Two folders of one project, as with --output, share what is kept beside the project."""
    folders = [Folder(tmp_path / n / "cards", tmp_path / "cards.sqlite") for n in ("one", "two")]

    def work(number: int) -> int:
        for seed in range(5):
            folders[number].build(drawn(10 * number + seed))
        return 0

    children = [
        crash.start(lambda n=n: work(n), tmp_path / f"said-{n}")  # type: ignore[misc]
        for n in range(2)
    ]
    ends = [crash.ended(child) for child in children]
    said = [(tmp_path / f"said-{n}").read_text("utf-8") for n in range(2)]
    assert (ends, said) == ([0, 0], ["", ""])
    for number, made in enumerate(folders):
        assert made.known() == card_files.read_cards(made.cards)
        wanted = card_files.card_texts(drawn(10 * number + 4))
        found = contents(made.cards)
        del found[CHECKSUMS]
        assert found == {name: text.encode() for name, text in wanted.items()}


# --- scalars, quickly


def test_what_is_quoted_quickly_is_quoted_as_ever() -> None:
    every = [chr(code) for code in range(0x110000)]
    odd = [c for c in every if scalars.quoted(c) != f'"{scalars._ESCAPED.sub(scalars._escape, c)}"']
    assert odd == []
    assert [
        t for t in ("no", "Ann", "7", "a b", "#") if scalars.name_scalar(t) != scalars.scalar(t)
    ] == []
