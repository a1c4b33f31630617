"""What the program knows of the card files it wrote: each file's stamp and checksum, and the card.

One SQLite file, safe to delete. An entry counts for a file whose stamp is the entry's, or whose
bytes have its checksum; whatever differs is read as if there were no entry. There are entries of
nothing but cards that the program wrote, so the text of an equal card is what lies there.

Within `kept_in`, they are read from a file and written to it. Where none is named, or it can't be
used, nothing is known.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from generator.cards.card_folders import total_of
from generator.cards.card_writer import as_read, card_uri, is_same
from generator.model import ArticleCard, Card, Knowledge, Limits
from generator.rows import pack

AnyCard = Card | ArticleCard
_Card = TypeVar("_Card", Card, ArticleCard)
_Entry = tuple[str, bytes, bytes]
# Seconds to wait for another build that is writing.
_PATIENCE = 20
_MARK = 4
# Bytes of a page of the file: many cards fit in, and little is left over.
_PAGE = 32768
_TABLES = """
create table if not exists made (version blob not null);
create table if not exists cards (
    name text primary key, sight blob not null, card blob not null, mark blob not null
);
"""
# A card of more bytes than this might be refused when it is read: let whoever reads it decide.
_MOST = min(Limits().yaml_chars // 8, Limits().yaml_nodes)
# So `pack` begins where a text holds what no file can hold, and is read back as something else.
_UNFIT = b"{"


class Index:
    """What is known of the files of one cards folder. One that is `None` on disk knows nothing.

    `seen` are the sights of files as they were looked at last, `own` the cards known to lie
    there as the program writes them: both by the file's name.
    """

    def __init__(self, path: Path | None = None, version: bytes = b"") -> None:
        self.seen: dict[str, bytes] = {}
        self.own: dict[str, AnyCard] = {}
        self._path, self._version = path, version
        self._stored: dict[str, bytes] = {}
        self._is_read = False

    def entries(self) -> Iterator[_Entry]:
        """Yield each file's name, its sight, and the card packed, of all that isn't damaged."""
        self._stored, self._is_read = {}, True
        for name, sight, card, mark in self._rows():
            if mark is not None and mark == _mark(name, sight, card):
                self._stored[name] = sight
                yield name, sight, card
            else:
                self._stored[name] = b""

    def shared(self, knowledge: Knowledge) -> Knowledge:
        """Return the cards; one equal to that of the last build is that very one."""
        return replace(
            knowledge,
            cards=tuple(map(self._same, knowledge.cards)),
            articles=tuple(map(self._same, knowledge.articles)),
        )

    def _same(self, card: _Card) -> _Card:
        own = self.own.get(card_uri(card))
        return own if type(own) is type(card) and is_same(card, own) else card

    def total(self, name: str, card: AnyCard) -> bytes | None:
        """Return the SHA-256 of a card's text, if it is known without writing it."""
        return total_of(self._stored[name]) if self.own.get(name) is card else None

    def keep(self, cards: Mapping[str, AnyCard], sights: Mapping[str, bytes]) -> None:
        """Keep the sights of files, each of which holds the text of the card of that name."""
        stale = [name for name, sight in sights.items() if self._stored.get(name) != sight]
        gone = [name for name in self._stored if name not in sights]
        if stale or gone:
            self._store(((name, sights[name], _packed(cards[name])) for name in stale), gone)
        self.seen, self.own, self._stored, self._is_read = {}, {}, {}, False

    def _rows(self) -> Iterator[tuple[str, bytes, bytes, bytes]]:
        if self._path is None or not self._path.is_file():
            return
        try:
            with closing(_opened(self._path, self._version)) as file:
                yield from file.execute("select name, sight, card, mark from cards")
        except sqlite3.Error as fault:
            _remove_damaged(self._path, fault)

    def _store(self, entries: Iterable[_Entry], gone: Iterable[str]) -> None:
        if self._path is None:
            return
        rows = ((name, sight, card, _mark(name, sight, card)) for name, sight, card in entries)
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(_opened(self._path, self._version)) as file, file:
                file.execute("begin immediate")
                if not self._is_read:
                    file.execute("delete from cards")
                file.executemany("delete from cards where name = ?", ((name,) for name in gone))
                file.executemany("insert or replace into cards values (?, ?, ?, ?)", rows)
        except sqlite3.Error as fault:
            _remove_damaged(self._path, fault)


def _packed(card: AnyCard) -> bytes:
    """Return a card as it is read back, packed; nothing where that had better be seen."""
    if isinstance(card, Card) and not all(conflict.evidence for conflict in card.conflicts):
        return b""  # a conflict that rests on nothing is refused
    data = pack(as_read(card))
    return b"" if data[:1] == _UNFIT or len(data) > _MOST else data


def _mark(name: object, sight: object, card: object) -> bytes | None:
    """Return a checksum of an entry, None if it can't be one of ours."""
    if not (isinstance(name, str) and isinstance(sight, bytes) and isinstance(card, bytes)):
        return None
    start = f"{len(name)} {len(sight)} {name}".encode("utf-8", "replace")
    return crc32(card, crc32(sight, crc32(start))).to_bytes(_MARK)


# --- the file


def _opened(path: Path, version: bytes) -> sqlite3.Connection:
    """Return the file, empty if another program wrote it."""
    file = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        # After a loss of power it may be damaged, and is made anew.
        file.execute("pragma synchronous = off")
        file.execute(f"pragma page_size = {_PAGE}")
        file.executescript(_TABLES)
        if file.execute("select version from made").fetchall() != [(version,)]:
            with file:
                file.execute("begin immediate")
                file.execute("delete from cards")
                file.execute("delete from made")
                file.execute("insert into made values (?)", (version,))
    except BaseException:
        file.close()
        raise
    return file


def _remove_damaged(path: Path, fault: sqlite3.Error) -> None:
    """Remove the file, unless it is only that another build writes, or that there is no room."""
    passing = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL)
    if getattr(fault, "sqlite_errorcode", 0) & 0xFF not in passing:
        for ending in ("", "-journal"):
            with suppress(OSError):
                path.with_name(path.name + ending).unlink(missing_ok=True)


# --- where it lies

_KEPT: ContextVar[tuple[Path, bytes, dict[str, Index]] | None] = ContextVar("kept", default=None)


@contextmanager
def kept_in(path: Path, version: bytes) -> Iterator[None]:
    """Keep what is known in a file during the block; `version` tells which program this is."""
    token = _KEPT.set((path, version, {}))
    try:
        yield
    finally:
        _KEPT.reset(token)


def index_of(folder: Path) -> Index:
    """Return what is known of the files of a cards folder."""
    kept = _KEPT.get()
    if kept is None:
        return Index()
    path, version, indexes = kept
    return indexes.setdefault(os.path.abspath(folder), Index(path, version))
