"""One target in a process of its own: python -m tests.fuzz.one TARGET FOLDER SECONDS."""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["generator", "markdown", "yaml", "markdown_it"]):
    from tests.fuzz import targets

# What one input may take: bytes, seconds, megabytes.
LONGEST, SLOWEST, MOST = 4_096, 20, 2_500


def main(name: str, folder: Path, seconds: int) -> None:
    """Run a target until its time is up or something is found."""
    target, seeds = targets.TARGETS[name]
    corpus = folder / "corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(seeds()):
        (corpus / f"seed-{number:04d}").write_bytes(seed[:LONGEST])
    found = folder / "found" / name
    found.mkdir(parents=True, exist_ok=True)
    options = [
        f"-max_total_time={seconds}", f"-artifact_prefix={found}/", f"-max_len={LONGEST}",
        f"-timeout={SLOWEST}", f"-rss_limit_mb={MOST}", "-print_final_stats=1", "-seed=1",
    ]  # fmt: skip
    atheris.Setup([name, str(corpus), *options], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
