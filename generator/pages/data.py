"""The page about the data files: which there are, what stands in them, how much of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.curation import accepted_claims
from generator.editions import Counts, left_cards
from generator.model import Claim, Decision, Knowledge, Settings
from generator.pages.catalog import shown_claims
from generator.pages.embedded import robots_text
from generator.pages.interface import load_interface
from generator.pages.labels import Labels
from generator.pages.render import make_environment, render_page

# Each format, the end of its files' names, and how a line with a claim of it is found.
FORMATS = {
    "jsonld": (".jsonld", '"Claim"'),
    "turtle": (".ttl", " a :Claim"),
    "ftm": (".ftm.json", '{"id":"claim-'),
    "graphml": (".graphml", "<edge "),
    "csv": (".csv", ""),
}
# An example that fills the screen explains nothing.
EXAMPLE_LINES, EXAMPLE_LENGTH = 8, 700


@dataclass(frozen=True, slots=True)
class FileView:
    """One file: its address, its name, how large it is, and its columns if it is a table."""

    uri: str
    name: str
    kilobytes: int
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FormatView:
    """One format: its files, and a claim as it looks there."""

    name: str
    files: tuple[FileView, ...]
    example: tuple[str, ...]


def shown_data(
    knowledge: Knowledge, labels: Labels, decisions: Iterable[Decision]
) -> tuple[dict[str, tuple[Claim, ...]], dict[str, str]]:
    """Return what the pages show, for the data files: claims by card id, names of properties."""
    accepted = accepted_claims(decisions, (*knowledge.cards, *left_cards(knowledge)))
    claims = {card.id: shown_claims(card, labels, accepted) for card in knowledge.cards}
    return claims, {name: label.label for name, label in labels.properties.items()}


def data_pages(
    files: Mapping[str, str],
    counts: Mapping[str, int],
    settings: Settings,
    edition: Counts | None = None,
) -> dict[str, str]:
    """Return the page about the data files, and robots.txt; `files` hold their texts."""
    t = load_interface(settings.language)
    environment = make_environment(Path(settings.templates) / "pages", t)
    view = {"formats": format_views(files), "counts": counts, "edition": edition}
    return {
        "data.md": render_page(environment, "data.md.j2", "data.md", view),
        "robots.txt": robots_text(settings.site_url),
    }


def format_views(files: Mapping[str, str]) -> tuple[FormatView, ...]:
    """Return every format of which there are files."""
    views = []
    for name, (ending, mark) in FORMATS.items():
        own = {uri: text for uri, text in files.items() if uri.endswith(ending)}
        if own:
            shown = tuple(_file_view(uri, text) for uri, text in own.items())
            views.append(FormatView(name, shown, _example(own, mark)))
    return tuple(views)


def _file_view(uri: str, text: str) -> FileView:
    columns = text.partition("\r\n")[0].split(",") if uri.endswith(".csv") else ()
    kilobytes = -(-len(text.encode("utf-8")) // 1000)
    return FileView(uri, uri.rpartition("/")[2], kilobytes, tuple(columns))


def _example(files: Mapping[str, str], mark: str) -> tuple[str, ...]:
    """Return the lines of the first claim; of tables, the first rows of the claims."""
    uri = "data/claims.csv" if "data/claims.csv" in files else next(iter(files))
    lines = files[uri].splitlines()
    start = next((number for number, line in enumerate(lines) if mark in line), None)
    if start is None:
        return ()
    found: list[str] = []
    for line in lines[start : start + EXAMPLE_LINES]:
        if not line or (uri.endswith(("json", "jsonld", "graphml")) and found):
            break
        found.append(line if len(line) <= EXAMPLE_LENGTH else f"{line[:EXAMPLE_LENGTH]}…")
        if uri.endswith(".csv") and len(found) == 3:
            break
    return tuple(found)
