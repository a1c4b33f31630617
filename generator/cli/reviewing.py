"""The command `cardfile review`: doubtful decisions, one screen and one key each."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from generator import edtf, names
from generator.cli import keys, screen
from generator.cli.review_screen import RENAME, frame
from generator.cli.review_session import Session
from generator.curation_files import CannotAppend
from generator.model import Decision, Settings
from generator.review import Question
from generator.review.listing import listing, visible
from generator.review.phrases import renamed
from generator.review.questions import Rename


class NoReview(Exception):
    """There can be no review this way; says why and what to do."""


def refuse_early(list_only: bool, date: str | None) -> None:
    """Raise NoReview for what can be known before the articles are read."""
    if date and not edtf.is_valid(date):
        raise NoReview(f"--date {date}: no date, such as 2025-05-09")
    if not list_only and not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoReview("needs a terminal; `cardfile review --list` prints the questions instead")


def review(
    settings: Settings,
    questions: tuple[Question, ...],
    by: str,
    date: str | None,
    before: tuple[Decision, ...] = (),
) -> int:
    """Ask the questions until somebody leaves, and say what has been written.

    `before` are the decisions there are.
    """
    session = Session(questions, Path(settings.curation), by, date, before)
    console = Console(highlight=False, markup=False, emoji=False)
    status = 0
    if session.question:
        try:
            _ask_all(session, console)
        except KeyboardInterrupt:
            status = 130  # as a shell reports Ctrl-C
    console.print(_summary(session, Path(settings.root)), soft_wrap=True)
    return status


def _ask_all(session: Session, console: Console) -> None:
    # A dumb terminal has no second screen to come back from.
    with keys.single_keys():
        if console.is_dumb_terminal:
            _ask_each(session, console)
        else:
            with console.screen(hide_cursor=True):
                _ask_each(session, console)


def _ask_each(session: Session, console: Console) -> None:
    note = ""
    while session.question:
        question = session.question
        shown = console.size
        _draw(session, question, console, note)

        def redrawn(question: Question = question, note: str = note) -> None:
            nonlocal shown
            if console.size != shown:
                shown = console.size
                _draw(session, question, console, note)

        key = keys.read_key(redrawn).lower()
        if key == "q":
            return
        try:
            note = _obey(key, session, question, console)
        except (CannotAppend, OSError) as fault:
            note = f"not written: {fault}"


def _draw(session: Session, question: Question, console: Console, note: str) -> None:
    place = f"{session.place + 1} of {len(session.questions)}"
    if session.written:
        place += f", {session.written} written"
    lines = frame(question, console, place=place, note=note)
    if not console.is_dumb_terminal:
        console.clear()
    for line in lines:
        console.print(line, no_wrap=True, crop=True)


def _obey(key: str, session: Session, question: Question, console: Console) -> str:
    """Do what a key asks for and return what there is to say about it."""
    answer = next((a for a in question.answers if a.key == key), None)
    if answer:
        session.write(answer.decisions)
    elif key in ("n", " "):
        session.skip()
    elif key == "u":
        return session.undo()
    elif key == RENAME[0] and question.renames:
        return _rename(session, question, console)
    return ""


def _rename(session: Session, question: Question, console: Console) -> str:
    """Ask for a name and write it; the question is still to be answered."""
    chosen = _which(question.renames, console)
    if chosen is None:
        return ""
    given = names.tidy(_line(f"New name for “{visible(chosen.name)}” (empty: none): ", console))
    if not given or given == chosen.name:
        return ""
    if visible(given) != given:
        return "that name has characters nobody can see"
    session.write([renamed(chosen, given)], onward=False)
    return f"renamed: {given}"


def _which(renames: tuple[Rename, ...], console: Console) -> Rename | None:
    if len(renames) == 1:
        return renames[0]
    for number, rename in enumerate(renames, 1):
        console.print(f"{number} {visible(rename.name)} ({rename.handle})", no_wrap=True, crop=True)
    key = keys.read_key(lambda: None)
    return renames[int(key) - 1] if key.isdigit() and 0 < int(key) <= len(renames) else None


def _line(prompt: str, console: Console) -> str:
    """Return a line that somebody types."""
    console.show_cursor(True)
    console.print(prompt, end="", soft_wrap=True)
    sys.stdout.flush()
    try:
        with keys.whole_lines():
            return sys.stdin.readline().strip()
    finally:
        console.show_cursor(False)


def _summary(session: Session, root: Path) -> str:
    left = f"{session.left} questions left" if session.left else "no question left"
    if not session.written:
        return f"nothing written; {left}"
    files = ", ".join(_short(path, root) for path in session.files())
    count = f"{session.written} answer{'s' if session.written > 1 else ''}"
    return f"{count} written to {files}; {left}; `cardfile build` applies them"


def _short(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def list_questions(questions: Iterable[Question]) -> int:
    """Print the questions as YAML."""
    sys.stdout.write(listing(tuple(questions)))
    return 0


def editor_name(settings: Settings, given: str | None) -> str:
    """Return who decides: as told, else who git says works here; empty if nobody says."""
    if given is not None:
        return given
    command = ["git", "-C", settings.root, "config", "user.name"]
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError) as fault:
        screen.complain(f"note: git can't say who you are ({fault}); use --by")
        return ""
    return told.stdout.strip()
