"""The site as one zip file for readers without a network; the same site, the same bytes.

python -m generator.site.offline_zip SITE TARGET

Beside the zip stands its checksum, as `sha256sum --check` reads it. Nothing of the machine gets
into the zip but one thing: how tightly zlib packs a file differs between its versions and its
relatives. Unpacked files are the same everywhere; `verify_release.py` compares both.
"""

from __future__ import annotations

import hashlib
import os
import sys
import tempfile
import zipfile
from pathlib import Path

CHECKSUM = ".sha256"

# Zip files know no time zone; this is the earliest moment they can name.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_PIECE = 1 << 20


def write_zip(site: Path, target: Path) -> None:
    """Write every file below `site` to the zip `target`, in a folder named after it.

    The zip's checksum is written beside it. A zip of this name that lies in the site for
    download is left out, with its checksum. The file appears whole or not at all.
    """
    # Looked up first: the half-made zip may lie in the site as well.
    files = site_files(site, target.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w") as archive:
            for name, path in files.items():
                entry = _entry(f"{target.stem}/{name}")
                archive.writestr(entry, path.read_bytes(), compresslevel=9)
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    checksum = f"{checksum_of(target)}  {target.name}\n"
    target.with_name(target.name + CHECKSUM).write_text(checksum, encoding="ascii", newline="\n")


def site_files(site: Path, zip_name: str) -> dict[str, Path]:
    """Return the files that belong in the zip by their names in the site, in order."""
    own = {zip_name, zip_name + CHECKSUM}
    found = {p.relative_to(site).as_posix(): p for p in site.rglob("*") if p.is_file()}
    return {name: found[name] for name in sorted(found) if name not in own}


def checksum_of(path: Path) -> str:
    """Return a file's SHA-256 in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def _entry(name: str) -> zipfile.ZipInfo:
    """Return a file's entry with nothing of this machine in it: no time, owner or system."""
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, on Windows as well: else the modes below mean nothing
    entry.external_attr = 0o100644 << 16
    return entry


if __name__ == "__main__":
    write_zip(Path(sys.argv[1]), Path(sys.argv[2]))
