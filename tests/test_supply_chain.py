"""What we build on is locked and licensed; what we publish is the same wherever it is built."""

from __future__ import annotations

import hashlib
import os
import random
import re
import shutil
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from generator.site import verify_release
from generator.site.offline_zip import write_zip
from generator.site.release_files import ZIP, Release, compare_zips, fetch_release, site_address
from tests import licences
from tests.projects import contents
from tests.test_diff import commit, git

REPO = Path(__file__).parents[1]
LOCKS = sorted(REPO.glob("requirements*.txt"))
CANONICAL = '<link rel="canonical" href="https://example.org/kb/index.html">'


# --- locks


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: path.name)
def test_locks_hold_versions_and_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    entry = re.compile(r"[a-z][a-z0-9-]*==[\w.!+]+( ; [^\\@]+)? \\")
    digest = re.compile(r" {4}--hash=sha256:[0-9a-f]{64}( \\)?")
    assert [x for x in lines if not entry.fullmatch(x) and not digest.fullmatch(x)] == []
    assert "://" not in text and "index" not in text


def test_make_update_writes_every_lock(repo: Path) -> None:
    makefile = (repo / "Makefile").read_text(encoding="utf-8")
    update = makefile.partition("\nupdate:")[2].partition("\n\n")[0]
    assert {lock.name for lock in LOCKS} == set(re.findall(r"-o (requirements\S*)", update))
    options = makefile.partition("LOCK_ONLY :=")[2].partition("LOCK :=")[0]
    assert "--generate-hashes" in options and "--no-emit-index-url" in options


# --- licences


def test_the_table_of_licences_is_current() -> None:
    assert licences.TABLE.read_text(encoding="utf-8") == licences.table(), "run `make licences`"


def test_what_runs_has_a_licence_we_can_use() -> None:
    told = {name: licences.licence_of(name) for name in licences.locked_packages()}
    assert len(told) > 40
    assert {name: text for name, text in told.items() if licences.choice(text) is None} == {}


@pytest.mark.parametrize(
    ("licence", "ours"),
    [
        ("MIT", "MIT"),
        ("MPL-1.1 OR GPL-2.0-only OR LGPL-2.1-or-later", "MPL-1.1"),
        ("GPL-3.0-only OR MIT", "MIT"),
        ("MIT AND GPL-3.0-only", None),
        ("AGPL-3.0-or-later", None),
        ("GNU General Public License v3 (GPLv3)", None),
        ("Custom", None),
        ("", None),
    ],
)
def test_a_licence_is_read_right(licence: str, ours: str | None) -> None:
    assert licences.choice(licence) == ours


# --- the zip


FILES = {
    "index.html": f"<html>{CANONICAL}</html>",
    "people/ada.html": "<p>Ada Moss</p>" * 300,
    "people/B.html": "b",
    "assets/pixel.bin": "\0\x01\x7f",
    "name with ä.html": "a",
    "empty.txt": "",
}


def make_site(folder: Path, order: list[str], mode: int, moment: int) -> Path:
    """Write the files of a site in an order, with a mode and a time."""
    for name in order:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(FILES[name].encode())
        path.chmod(mode)
        os.utime(path, (moment, moment))
    return folder


def test_two_folders_of_one_site_make_one_zip(tmp_path: Path) -> None:
    names = list(FILES)
    random.Random(5).shuffle(names)
    old = os.umask(0o077)
    try:
        one = make_site(tmp_path / "one", list(FILES), 0o600, 1_000_000_000)
        write_zip(one, tmp_path / "a" / ZIP)
    finally:
        os.umask(old)
    other = make_site(tmp_path / "other", names, 0o755, 1_700_000_000)
    # What is published lies in the site itself, and is left out of it.
    write_zip(other, other / ZIP)
    write_zip(other, tmp_path / "b" / ZIP)
    first, second, third = (p / ZIP for p in (tmp_path / "a", tmp_path / "b", other))
    assert first.read_bytes() == second.read_bytes() == third.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert archive.namelist() == sorted(f"cardfile-site/{name}" for name in FILES)
    assert first.stat().st_mode & 0o777 == 0o644


def test_the_checksum_is_that_of_the_zip(tmp_path: Path) -> None:
    write_zip(make_site(tmp_path / "site", list(FILES), 0o644, 0), tmp_path / ZIP)
    digest = hashlib.sha256((tmp_path / ZIP).read_bytes()).hexdigest()
    said = (tmp_path / f"{ZIP}.sha256").read_bytes()
    assert said == f"{digest}  {ZIP}\n".encode()


# --- a published release beside what is built here


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Return a folder with a published zip and its checksum."""
    site = make_site(tmp_path / "built", list(FILES), 0o644, 0)
    write_zip(site, tmp_path / "published" / ZIP)
    return tmp_path / "published"


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, str]:
    """Stand in for the build: zips these files, by name, for any address."""
    files = dict(FILES)

    def build_zip(config: Path, target: Path, address: str) -> None:
        files["address"] = address
        site = tmp_path / "anew"
        for name, text in files.items():
            if name != "address":
                (site / name).parent.mkdir(parents=True, exist_ok=True)
                (site / name).write_bytes(text.encode())
        write_zip(site, target)

    monkeypatch.setattr(verify_release, "build_zip", build_zip)
    return files


def test_the_same_release_is_the_same(
    published: Path, builds: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert verify_release.main([str(published)]) == 0
    assert capsys.readouterr().out.endswith("the same, byte for byte\n")
    assert builds["address"] == "https://example.org/kb/"
    assert verify_release.main([str(published / ZIP), "--site-url", "https://a.example/"]) == 0
    assert builds["address"] == "https://a.example/"


def test_every_file_that_differs_is_named(
    published: Path, builds: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    builds["people/B.html"] = "c"
    builds["more.html"] = "more"
    del builds["empty.txt"]
    assert verify_release.main([str(published)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-4:-1] == [
        "only in the release: cardfile-site/empty.txt",
        "not in the release: cardfile-site/more.html",
        "differs: cardfile-site/people/B.html",
    ]


def repacked(path: Path, **changes: object) -> None:
    """Pack the files of a zip anew, as another zlib might, with changed records."""
    with zipfile.ZipFile(path) as archive:
        entries = [(entry, archive.read(entry)) for entry in archive.infolist()]
    with zipfile.ZipFile(path, "w") as archive:
        for entry, data in entries:
            for name, value in changes.items():
                setattr(entry, name, value)
            archive.writestr(entry, data, compresslevel=1)


def test_another_zlib_is_told_from_another_site(
    published: Path, builds: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    repacked(published / ZIP)
    (published / f"{ZIP}.sha256").unlink()
    assert verify_release.main([str(published)]) == 0
    assert "the same files; only zlib" in capsys.readouterr().out
    repacked(published / ZIP, external_attr=0o100755 << 16)
    assert verify_release.main([str(published)]) == 1
    assert "recorded with another time or mode" in capsys.readouterr().out


def test_a_wrong_checksum_is_no_good_release(
    published: Path, builds: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    (published / f"{ZIP}.sha256").write_text("0" * 64, encoding="ascii")
    assert verify_release.main([str(published)]) == 1
    assert "not that of this zip" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["none.zip", "text.zip", "http://127.0.0.1:9/none.zip"])
def test_what_is_no_release_is_refused(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.zip").write_text("no zip", encoding="ascii")
    place = name if "://" in name else str(tmp_path / name)
    assert verify_release.main([place]) == 2
    assert capsys.readouterr().err.startswith("verify-release: ")


def test_a_broken_or_padded_zip_differs(published: Path, tmp_path: Path) -> None:
    good = published / ZIP
    other = tmp_path / "other.zip"
    shutil.copyfile(good, other)
    data = bytearray(other.read_bytes())
    data[data.index(b"people/ada.html") + 40] ^= 1
    other.write_bytes(data)
    assert any("people/ada.html" in line for line in compare_zips(other, good))
    shutil.copyfile(good, other)
    with zipfile.ZipFile(other, "a") as archive:
        archive.comment = b"hidden"
    assert compare_zips(other, good) == ("the release has a comment",)
    assert site_address(Release(other, None)) == "https://example.org/kb/"


def test_a_release_is_fetched_by_its_address(published: Path, tmp_path: Path) -> None:
    handler = partial(SimpleHTTPRequestHandler, directory=str(published))
    handler.log_message = lambda *_: None  # type: ignore[attr-defined]
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        for number, end in enumerate(("", "/", f"/{ZIP}")):
            folder = tmp_path / str(number)
            folder.mkdir()
            release = fetch_release(f"http://127.0.0.1:{server.server_port}{end}", folder)
            assert release.path.read_bytes() == (published / ZIP).read_bytes()
            assert release.checksum == hashlib.sha256(release.path.read_bytes()).hexdigest()
        server.shutdown()


# --- the same commit, twice


def clone_of(folder: Path) -> Path:
    """Return the mkdocs.yml of a small project in a repository of its own."""
    shutil.copytree(REPO / "templates", folder / "templates")
    shutil.copytree(REPO / "tests/sites/harbour", folder / "content")
    shutil.copyfile(REPO / "mkdocs.yml", folder / "mkdocs.yml")
    git(folder, "init", "-q")
    commit(folder)
    return folder / "mkdocs.yml"


def test_two_clones_build_one_zip_and_leave_no_trace(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = clone_of(tmp_path / "here" / "kb")
    address = "https://example.org/kb/"
    verify_release.build_zip(one, tmp_path / "published" / ZIP, address)
    with zipfile.ZipFile(tmp_path / "published" / ZIP) as archive:
        assert CANONICAL.encode() in archive.read("cardfile-site/index.html")
    other = clone_of(tmp_path / "far" / "away" / "another name")
    (other.parent / "content" / "articles" / "strike.txt").unlink()  # not committed: not built
    before = contents(other.parent)
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    assert verify_release.main([str(tmp_path / "published"), "--config", str(other)]) == 0
    assert "the same, byte for byte" in capsys.readouterr().out
    assert contents(other.parent) == before
