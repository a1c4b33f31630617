"""The command `cardfile export`: cards in, files for other programs out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from generator.cards import card_files
from generator.cards.schema import load_schema
from generator.editions import make_edition
from generator.exports import Dataset, make_dataset
from generator.files import write_if_changed
from generator.model import Problem, Settings

# What stands for a format of several files where only one can go.
MAIN = "claims.csv"


class NoTarget(Exception):
    """The files can't go there; says why."""


def load_dataset(settings: Settings) -> tuple[Dataset, tuple[Problem, ...]]:
    """Return what is published of the cards, and what is wrong with them or the decisions."""
    from generator import pipeline
    from generator.pages.data import shown_data

    knowledge, unreadable = card_files.read_cards(Path(settings.cards))
    decisions, wrong = pipeline.read_decisions(settings)
    edition = make_edition(knowledge, settings.publish_only)
    claims, names = shown_data(edition, pipeline.make_labels(load_schema()), decisions)
    dataset = make_dataset(edition, claims, names, settings.site_url)
    return dataset, tuple(sorted({*unreadable, *wrong}))


def write(files: Mapping[str, str], target: str | None) -> None:
    """Write files to a folder or a single one to a file; without a target, to standard output.

    A folder is one that is there, one named with a slash at its end, or where there are several
    files. Raises NoTarget.
    """
    if target is None:
        sys.stdout.write(files.get(MAIN) or next(iter(files.values())))
        return
    path = Path(target)
    try:
        if path.is_dir() or len(files) > 1 or target.endswith(("/", "\\")):
            for name, text in files.items():
                write_if_changed(path / name, text)
        else:
            write_if_changed(path, next(iter(files.values())))
    except OSError as fault:
        raise NoTarget(f"{target}: can't be written ({fault.strerror})") from fault
