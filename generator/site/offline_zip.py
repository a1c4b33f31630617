"""The site as one zip file for readers without a network; the same site, the same bytes.

python -m generator.site.offline_zip SITE TARGET
"""

from __future__ import annotations

import os
import sys
import tempfile
import zipfile
from pathlib import Path

# Zip files know no time zone; this is the earliest moment they can name.
_MOMENT = (1980, 1, 1, 0, 0, 0)


def write_zip(site: Path, target: Path) -> None:
    """Write every file below `site` to the zip `target`, in a folder named after it.

    A zip of this name that lies in the site for download is left out. The file appears whole
    or not at all.
    """
    files = _files(site, target.name)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w") as archive:
            for path in files:
                name = f"{target.stem}/{path.relative_to(site).as_posix()}"
                archive.writestr(_entry(name), path.read_bytes(), compresslevel=9)
        os.chmod(temporary, 0o644)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _files(site: Path, own_name: str) -> list[Path]:
    files = [path for path in site.rglob("*") if path.is_file() and path != site / own_name]
    return sorted(files, key=lambda path: path.relative_to(site).as_posix())


def _entry(name: str) -> zipfile.ZipInfo:
    """Return a file's entry with nothing of this machine in it: no time, owner or system."""
    entry = zipfile.ZipInfo(name, _MOMENT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, on Windows as well: else the modes below mean nothing
    entry.external_attr = 0o100644 << 16
    return entry


if __name__ == "__main__":
    write_zip(Path(sys.argv[1]), Path(sys.argv[2]))
