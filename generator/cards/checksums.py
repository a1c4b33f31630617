"""CHECKSUMS in the cards folder: what the last build wrote, so that a change by hand is seen.

`sha256sum -c CHECKSUMS` in that folder tells the same.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from pathlib import Path

CHECKSUMS = "CHECKSUMS"
_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")


def checksum(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def sums_text(sums: Mapping[str, str], kept: Mapping[str, str] | None = None) -> str:
    """Return the file's text for the checksums of card files: one line each, sorted by name.

    `kept` holds the checksums of files that are left as a person changed them: what the build
    wrote there last.
    """
    sums = {**sums, **{name: known for name, known in (kept or {}).items() if known}}
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))


def read_checksums(folder: Path) -> dict[str, str]:
    """Return the checksum of each card file the last build wrote, by name; none if unknown.

    Lines that are none, such as the marks of a merge in git, are passed over.
    """
    try:
        text = (folder / CHECKSUMS).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return {}
    lines = (_LINE.fullmatch(line) for line in text.splitlines())
    return {line[2]: line[1] for line in lines if line}
