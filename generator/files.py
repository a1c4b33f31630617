"""Reading and writing files: bytes in, bytes out, only what changed, never half a file."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_if_changed(path: Path, text: str) -> bool:
    """Write `text` as UTF-8 unless the file holds it already; return whether it was written."""
    data = text.encode("utf-8")
    if path.is_file() and path.read_bytes() == data:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.chmod(temporary, 0o644)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def sync_folder(folder: Path, texts: Mapping[str, str], *, suffixes: tuple[str, ...]) -> list[str]:
    """Make the files with these suffixes below `folder` exactly `texts`.

    `texts` maps slash-separated relative names to contents. Returns the names written or
    removed, sorted. Dot files are left alone.
    """
    changed = [name for name in sorted(texts) if write_if_changed(folder / name, texts[name])]
    for path in sorted(folder.rglob("*")) if folder.is_dir() else []:
        name = path.relative_to(folder).as_posix()
        ours = path.is_file() and path.suffix in suffixes and not path.name.startswith(".")
        if ours and name not in texts:
            path.unlink()
            changed.append(name)
    return sorted(changed)
