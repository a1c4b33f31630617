"""Is a published zip what this clone builds? For anyone who does not want to take our word.

python -m generator.site.verify_release RELEASE [--site-url ADDRESS] [--config FILE]

RELEASE is the address of a site or of its zip, or the same as a folder or a file. The clone must
stand at the published commit. Site and zip are made anew from that commit, in a temporary folder.
Exit status: 0 the same, 1 something differs, 2 nothing to compare.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from mkdocs.config import load_config

from generator.git_history import NoHistory, find_revision, lay_out, path_in
from generator.site.offline_zip import checksum_of, write_zip
from generator.site.release_files import (
    NoRelease,
    Release,
    compare_zips,
    fetch_release,
    same_bytes,
    site_address,
)

# As many differing files are named.
SHOWN = 40


def main(argv: Sequence[str] | None = None) -> int:
    """Compare a release with what is built here, print what came of it, return the status."""
    options = _parser().parse_args(argv)
    with TemporaryDirectory(prefix="cardfile-verify-") as name:
        folder = Path(name)
        try:
            release = fetch_release(options.release, folder)
            address = options.site_url
            address = site_address(release) if address is None else address
            print(f"built for {address or 'no address'}, and so it is built here", flush=True)
            made = folder / "made" / release.path.name
            build_zip(Path(options.config), made, address)
            return report(release, made)
        except NoRelease as fault:
            print(f"verify-release: {fault}", file=sys.stderr)
            return 2


def build_zip(config: Path, target: Path, address: str) -> None:
    """Build the site for an address from the commit that is checked out, and zip it.

    Everything happens in a copy of the commit beside `target`, so that nothing of the work tree
    gets in and nothing is written to it. Raises NoRelease.
    """
    copy = target.parent / "commit"
    try:
        revision = find_revision(config.absolute().parent, "HEAD")
        name = path_in(revision, config.absolute()) or ""
        if unwritten := lay_out(revision, "", copy):
            raise NoRelease(f"{unwritten[0]}: no file can have this name here")
    except NoHistory as fault:
        raise NoRelease(str(fault)) from fault
    if not (copy / name).is_file():
        raise NoRelease(f"{config}: not in the commit that is checked out")
    environment = {**os.environ, "SITE_URL": address}
    # The program is the commit's own: the folder it is run in comes first.
    command = [sys.executable, "-m", "generator", "build", "--config", str(copy / name)]
    done = subprocess.run(command, cwd=copy / Path(name).parent, env=environment, check=False)
    if done.returncode:
        raise NoRelease("the site can't be built here; see above")
    write_zip(Path(load_config(str(copy / name)).site_dir), target)


def report(release: Release, made: Path) -> int:
    """Print whether the zips are the same, and what differs; return the exit status."""
    own = checksum_of(release.path)
    print(f"the release {own}\nbuilt here  {checksum_of(made)}")
    told_wrong = release.checksum not in (None, own)
    if told_wrong:
        print(f"its checksum file names {release.checksum}: not that of this zip")
    if same_bytes(release.path, made):
        print("the same, byte for byte")
        return 1 if told_wrong else 0
    lines = compare_zips(release.path, made)
    if not lines:
        print("the same files; only zlib packed them otherwise here than where it was made")
        return 1 if told_wrong else 0
    print("\n".join(lines[:SHOWN]))
    print(f"{len(lines)} differences; is the clone at the published commit?")
    return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m generator.site.verify_release",
        description="Build the site anew and compare it with a published zip.",
    )
    parser.add_argument("release", metavar="RELEASE", help="address, folder or zip of a site")
    help = "the address it was built for (default: the one its pages name)"
    parser.add_argument("--site-url", metavar="ADDRESS", help=help)
    parser.add_argument("--config", metavar="FILE", default="mkdocs.yml", help="mkdocs.yml")
    return parser


if __name__ == "__main__":
    sys.exit(main())
