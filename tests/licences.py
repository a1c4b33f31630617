"""Under which licence everything stands that `make site` installs: `make licences`.

python -m tests.licences    writes LICENSES.md from what the installed packages say of themselves
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

REPO = Path(__file__).parents[1]
TABLE = REPO / "LICENSES.md"
LOCK = REPO / "requirements.txt"

# Other ways of writing a licence than its SPDX name, as found in metadata.
SPDX = {
    "MIT License": "MIT",
    "Apache Software License": "Apache-2.0",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    # Which of the BSD licences it is, stands in the package's licence file only.
    "BSD License": "BSD",
}
PERMISSIVE = {
    "0BSD", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC",
    "MIT", "PSF-2.0", "Zlib",
}  # fmt: skip
# Ask that changes to the package itself are given on: it is used unchanged, as installed.
WEAK = {
    "LGPL-2.1-only", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later",
    "MPL-1.1", "MPL-2.0",
}  # fmt: skip

HEAD = """\
# Licences of what Cardfile runs on

Every package that `make site` installs, by what its own metadata says. None is under the GPL or
the AGPL alone, and none is without a licence; a test holds to that. Where several are offered
(`OR`), the first that asks least is ours. Wheels of numpy bring the run-time library of GCC along,
whose GPL has an exception for that. `make licences` writes this file.

Cardfile itself is under the MIT licence, its lexicons, corpus and articles under CC0 1.0. Data:
cities from GeoNames (CC BY 4.0), coastlines from Natural Earth (public domain).

| package | licence | for |
| --- | --- | --- |
"""


def locked_packages() -> list[str]:
    """Return the names of the packages in the lock, sorted."""
    text = LOCK.read_text(encoding="utf-8")
    return sorted(set(re.findall(r"(?m)^([\w.-]+)==", text)))


def licence_of(package: str) -> str:
    """Return a package's licence by its metadata, empty if it tells none."""
    about = metadata.metadata(package)
    classifiers = about.get_all("Classifier") or []
    named = [line.split(" :: ")[-1] for line in classifiers if line.startswith("License ::")]
    for told in (about.get("License-Expression"), about.get("License"), " AND ".join(named)):
        # Some put the whole licence where its name should stand.
        if told and told.strip() != "UNKNOWN" and "\n" not in told.strip():
            return SPDX.get(told.strip(), told.strip())
    return ""


def choice(licence: str) -> str | None:
    """Return the part of a licence that is ours to use; None if there is none."""
    for terms in (PERMISSIVE, PERMISSIVE | WEAK):
        for offer in licence.split(" OR "):
            if all(part.strip(" ()") in terms for part in offer.split(" AND ")):
                return offer.strip(" ()")
    return None


def needed_to_run() -> set[str]:
    """Return the packages that the program itself brings along on any system."""
    found: set[tuple[str, str]] = set()
    waiting = [("cardfile", "")]
    installed = {*locked_packages(), "cardfile"}
    while waiting:
        name, extra = waiting.pop()
        for line in metadata.requires(name) or () if name in installed else ():
            requirement = Requirement(line)
            marker = str(requirement.marker or "")
            # Which system or Python it is for makes no difference to a table for all of them.
            if "extra" in marker and f'extra == "{extra}"' not in marker:
                continue
            package = canonicalize_name(requirement.name)
            new = {(package, wanted) for wanted in ("", *requirement.extras)} - found
            found |= new
            waiting += sorted(new)
    return {name for name, _ in found}


def table() -> str:
    """Return the text of LICENSES.md."""
    run = needed_to_run()
    rows = [
        f"| {name} | {licence_of(name)} | {'running' if name in run else 'installing'} |"
        for name in locked_packages()
    ]
    return HEAD + "\n".join(rows) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8", newline="\n")
