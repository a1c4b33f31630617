"""What Cardfile takes, beside others: `make bench`.

    python -m tests.bench                          articles and pages of all sizes: half an hour
    python -m tests.bench --sizes 100              the smallest: a minute or two
    python -m tests.bench --smallest --hold        holds the ratios of the smallest, as CI does
    python -m tests.bench --report                 only writes BENCHMARKS.md anew from the figures

Figures are kept in tests/bench/figures.json, those of other sizes too; BENCHMARKS.md and the
charts are made of them. `hugo`, `zensical` and `pagefind` are looked for in the environment of
`--peers`, then on the path; who is not there is left out, and the table says so.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench import sites
from tests.bench.figures import (
    GENERATION,
    SITE,
    STAGES,
    Record,
    merged,
    of_subject,
    read_figures,
    write_figures,
)
from tests.bench.hold import hold
from tests.bench.measuring import Bench, generation_record, site_records, stages_record
from tests.bench.peers import find_peers
from tests.bench.report import write_report
from tests.bench.runs import REPO, Failed

SIZES = (100, 1_000, 10_000)
# Pages of the sites that go with a number of articles, where it is not the same.
PAGES = {100: (100, 600), 1_000: (2_500,)}
# Of the marked corpus, for the words a second of each stage; from the second size on.
STAGED = 200
_SUBJECTS = (GENERATION, SITE, STAGES)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the report, or hold the smallest size to its floors."""
    options = parser().parse_args(arguments)
    try:
        return run(options)
    except (Failed, sites.Incomplete) as fault:
        print(f"tests.bench: {fault}", file=sys.stderr)
        return 1


def run(options: argparse.Namespace) -> int:
    """Do what the command line says and return the exit status."""
    known = read_figures()
    if options.report:
        write_report(known)
        return 0
    if options.smallest:
        options.sizes = str(SIZES[0])
    number = max((record.run for record in known), default=0) + 1
    bench = Bench(number, find_peers(options.peers), options.repeat, options.limit)
    if options.hold:
        return hold(lambda: list(held(bench)))
    for record in measured(bench, numbers(options.sizes), options.only.split(), known):
        known = merged(known, [record])
        # Now and not at the end: who stops a long run keeps what it has measured.
        write_figures(known)
        write_report(known)
    print("written: BENCHMARKS.md")
    return 0


def measured(
    bench: Bench, sizes: Sequence[int], subjects: Sequence[str], known: Sequence[Record]
) -> Iterator[Record]:
    """Yield the records of every subject at every size, small ones first."""
    found: list[Record] = []
    for size in sizes:
        if GENERATION in subjects:
            yield generation_record(bench, size)
        for pages in site_sizes(size, [*known, *found]) if SITE in subjects else ():
            records = site_records(bench, pages, merged(known, found))
            found += records
            yield from records
    if STAGES in subjects and max(sizes) > SIZES[0]:
        yield stages_record(bench, STAGED)


def site_sizes(size: int, known: Sequence[Record]) -> tuple[int, ...]:
    """Return the numbers of pages that go with a number of articles.

    Where nothing is known yet, a small site comes first: it tells what would take too long.
    """
    pages = PAGES.get(size, (size,))
    return pages if of_subject(known, SITE) else tuple(sorted({PAGES[100][0], *pages}))


def held(bench: Bench) -> Iterator[Record]:
    """Yield the records that floors are held on: the largest of the smallest sites."""
    only = (sites.OURS, sites.WARM, sites.TUNED, sites.HUGO)
    quick = Bench(bench.run, bench.peers, bench.repeat, bench.limit, only)
    yield generation_record(quick, SIZES[0])
    yield site_records(quick, PAGES[SIZES[0]][-1], ())[0]


def numbers(text: str) -> list[int]:
    """Return the numbers that a text lists, sorted: `100 1000`, `100,1000`."""
    return sorted({int(number) for number in text.replace(",", " ").split()})


def parser() -> argparse.ArgumentParser:
    """Return what the command line may say."""
    made = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    made.add_argument("--sizes", default=" ".join(map(str, SIZES)), help="numbers of articles")
    made.add_argument("--smallest", action="store_true", help=f"only {SIZES[0]} articles")
    made.add_argument("--hold", action="store_true", help="hold ratios instead of writing figures")
    made.add_argument("--report", action="store_true", help="measure nothing, write the report")
    made.add_argument("--only", default=" ".join(_SUBJECTS), help="subjects: site, generation …")
    made.add_argument("--repeat", type=int, default=2, help="how often small sizes are run")
    made.add_argument("--limit", type=float, default=180, help="seconds of CPU a peer may take")
    made.add_argument("--peers", type=Path, default=REPO / ".cache" / "peers", help="their venv")
    return made


if __name__ == "__main__":
    sys.exit(main())
