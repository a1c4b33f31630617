"""The file of all addresses: every card's is in it, and every one leads somewhere."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Container, Iterator

from generator.addresses import is_address
from generator.checks.faults import Fault, short

_ADD = "add the line, or run `cardfile build`, which adds it"


def check_addresses(
    text: str, file: str, wanted: str, pages: Container[str] | None
) -> Iterator[Fault]:
    """Yield every address that is none, leads nowhere, stands twice or is missing.

    `text` is the file, `wanted` one with every address that cards and history call for;
    `pages` are the Markdown pages that there are then, redirects among them, None if unknown.
    """
    lines: dict[str, int] = {}
    for number, address in _addresses(text):
        if address in lines:
            twice = f"{address} stands here twice"
            yield Fault(file, number, "address", twice, "delete one of the lines", "warning")
        elif what := _fault(address, pages):
            yield Fault(file, number, "address", what, "restore the line from git")
        lines.setdefault(address, number)
    known = sorted(lines)
    for address in sorted({address for _, address in _addresses(wanted)} - set(lines)):
        before = bisect(known, address)
        number = lines[known[before - 1]] if before else 1
        yield Fault(file, number, "address", f"{address} is missing after this line", _ADD)


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    """Yield each address in a file's text, with its line."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("- "):
            yield number, line[2:].strip().strip("\"'")


def _fault(address: str, pages: Container[str] | None) -> str | None:
    if not is_address(address):
        return f"{short(address)!r} is no address of a page"
    if pages is not None and f"{address.removesuffix('.html')}.md" not in pages:
        return f"{address} leads nowhere"
    return None
