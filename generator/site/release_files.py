"""A published release: the zip of a site, fetched and read, and compared with one made here."""

from __future__ import annotations

import html
import re
import shutil
import urllib.error
import urllib.parse
import urllib.request
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from generator.site.offline_zip import CHECKSUM, checksum_of

ZIP = "cardfile-site.zip"
# More than any site has; a server can't fill the disk.
_LARGEST = 2_000_000_000
_SECONDS = 60
_CANONICAL = re.compile(rb'<link rel="canonical" href="([^"]+)"')


_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What reading a file of a zip can raise: broken, unknown, locked by a password, cut off.
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError)


class NoRelease(Exception):
    """There is no release to compare with; says why."""


@dataclass(frozen=True, slots=True)
class Release:
    """A published zip on disk, and the checksum that was published with it, if there is one."""

    path: Path
    checksum: str | None


def fetch_release(place: str, folder: Path) -> Release:
    """Return the zip at an address or in a file; a site's address or folder stands for its zip.

    Raises NoRelease.
    """
    if re.match(r"(?i)https?://", place):
        address = place if _path_of(place).endswith(".zip") else f"{place.rstrip('/')}/{ZIP}"
        path = folder / ZIP
        _download(address, path)
        checksum = folder / (ZIP + CHECKSUM)
        try:
            _download(address + CHECKSUM, checksum)
        except NoRelease:
            checksum.unlink(missing_ok=True)
    else:
        path = Path(place) / ZIP if Path(place).is_dir() else Path(place)
        checksum = path.with_name(path.name + CHECKSUM)
    if not path.is_file():
        raise NoRelease(f"{path}: no such file")
    if not zipfile.is_zipfile(path):
        raise NoRelease(f"{place}: not a zip file")
    told = checksum.read_text("utf-8", "replace").split() if checksum.is_file() else []
    return Release(path, told[0].lower() if told else None)


def site_address(release: Release) -> str:
    """Return the address that the pages of a release were made for, empty for none."""
    with _opened(release.path) as archive:
        for name in archive.namelist():
            if name.count("/") == 1 and name.endswith("/index.html"):
                try:
                    found = _CANONICAL.search(archive.read(name))
                except _BROKEN as fault:
                    raise NoRelease(f"{name}: can't be read ({fault})") from fault
                told = found.group(1).decode("utf-8", "replace") if found else ""
                return html.unescape(told).removesuffix("index.html")
    return ""


def compare_zips(published: Path, made: Path) -> tuple[str, ...]:
    """Return a line for every file that differs, none if all is the same but how it is packed."""
    with _opened(published) as theirs, _opened(made) as ours:
        found, own = _entries(theirs), _entries(ours)
        lines = [f"only in the release: {name}" for name in sorted(found.keys() - own.keys())]
        lines += [f"not in the release: {name}" for name in sorted(own.keys() - found.keys())]
        for name in sorted(found.keys() & own.keys()):
            if not _same(theirs, found[name], ours, own[name]):
                lines.append(f"differs: {name}")
            elif _about(found[name]) != _about(own[name]):
                lines.append(f"the same, but recorded with another time or mode: {name}")
        if not lines and theirs.namelist() != ours.namelist():
            lines.append("the same files in another order, or some of them twice")
        if theirs.comment:
            lines.append("the release has a comment")
        return tuple(lines)


def same_bytes(published: Path, made: Path) -> bool:
    """Return whether two files are the same to the last byte."""
    sizes = published.stat().st_size, made.stat().st_size
    return sizes[0] == sizes[1] and checksum_of(published) == checksum_of(made)


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError) as fault:
        raise NoRelease(f"{path.name}: can't be read ({fault})") from fault


def _entries(archive: zipfile.ZipFile) -> Mapping[str, zipfile.ZipInfo]:
    return {entry.filename: entry for entry in archive.infolist()}


def _about(entry: zipfile.ZipInfo) -> tuple[object, ...]:
    """Return what a zip records of a file beside its contents."""
    about = (entry.date_time, entry.external_attr, entry.create_system, entry.compress_type)
    return (*about, entry.extra, entry.comment)


def _same(
    theirs: zipfile.ZipFile, entry: zipfile.ZipInfo, ours: zipfile.ZipFile, own: zipfile.ZipInfo
) -> bool:
    """Return whether two files hold the same; a broken one is not the same."""
    if entry.file_size != own.file_size or entry.compress_type not in _PACKED:
        return False
    try:
        with theirs.open(entry) as one, ours.open(own) as other:
            return _same_stream(one, other)
    except _BROKEN:
        return False


def _same_stream(one: IO[bytes], other: IO[bytes]) -> bool:
    while True:
        piece = one.read(1 << 20)
        if piece != other.read(1 << 20):
            return False
        if not piece:
            return True


def _path_of(address: str) -> str:
    return urllib.parse.urlsplit(address).path.lower()


def _download(address: str, path: Path) -> None:
    """Write what an address gives to a file. Raises NoRelease."""
    try:
        with urllib.request.urlopen(address, timeout=_SECONDS) as answer, path.open("wb") as file:
            size = int(answer.headers.get("Content-Length") or 0)
            if size > _LARGEST:
                raise NoRelease(f"{address}: {size:,} bytes are more than a site has")
            shutil.copyfileobj(_Bounded(answer), file)
    except (OSError, ValueError, urllib.error.URLError) as fault:
        raise NoRelease(f"{address}: {fault}") from fault


class _Bounded:
    """A stream that ends with a fault where it is longer than any site."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.left = _LARGEST

    def read(self, size: int = -1) -> bytes:
        piece = self.stream.read(size)
        self.left -= len(piece)
        if self.left < 0:
            raise NoRelease("more bytes than a site has")
        return piece
