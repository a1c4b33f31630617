"""Cards to files for other programs: five formats, all of one dataset."""

from __future__ import annotations

from collections.abc import Callable

from generator.exports.dataset import Counts, Dataset, count, make_dataset
from generator.exports.follow_the_money import render_follow_the_money
from generator.exports.graphml import render_graphml
from generator.exports.jsonld import render_jsonld
from generator.exports.tables import render_tables
from generator.exports.turtle import render_turtle

__all__ = ["FORMATS", "Counts", "Dataset", "count", "export_files", "make_dataset"]

# What each format makes of a dataset: texts by file name.
FORMATS: dict[str, Callable[[Dataset], dict[str, str]]] = {
    "jsonld": render_jsonld,
    "ftm": render_follow_the_money,
    "csv": render_tables,
    "graphml": render_graphml,
    "turtle": render_turtle,
}


def export_files(dataset: Dataset) -> dict[str, str]:
    """Return every file of every format by its address below the pages folder: data/claims.csv."""
    return {
        f"data/{file}": text
        for render in FORMATS.values()
        for file, text in render(dataset).items()
    }
