"""BENCHMARKS.md: the figures as tables beside their goals, and a chart for two of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench.chart import draw_chart
from tests.bench.figures import (
    GENERATION,
    SEARCH,
    SITE,
    STAGES,
    Record,
    growths,
    of_subject,
    points,
)
from tests.bench.generation import COLD, KINDS, MORE
from tests.bench.goals import Judged, judge, unmeasured
from tests.bench.runs import MEGA, Run
from tests.bench.sites import BUILDERS, INDEXES, OUR_INDEX, OURS

REPORT = Path(__file__).parents[2] / "BENCHMARKS.md"
CHARTS = Path(__file__).parent / "charts"
_ALT = {
    "generation.svg": "Processor time of articles to cards by their number",
    "site.svg": "Processor time of a site by its number of pages",
}
_WORDS = Path(__file__).with_name("report.md")

Table = Sequence[Sequence[str]]


def write_report(records: Sequence[Record], report: Path = REPORT, charts: Path = CHARTS) -> None:
    """Write the report and its charts."""
    charts.mkdir(exist_ok=True)
    for name, text in draw_charts(records).items():
        (charts / name).write_text(text, encoding="utf-8", newline="\n")
    report.write_text(report_text(records), encoding="utf-8", newline="\n")


def report_text(records: Sequence[Record]) -> str:
    """Return the report: the words of report.md with the tables in their places."""
    words = _WORDS.read_text(encoding="utf-8")
    parts = {
        "goals": goal_table(records),
        "sizes": "\n".join(_sizes(records)),
        "runs": table(_runs(records)),
        "generation": _subject(records, GENERATION, KINDS, "articles", None),
        "generation-growth": growth_table(of_subject(records, GENERATION), (COLD, MORE)),
        "site": _subject(records, SITE, BUILDERS, "pages", OURS),
        "site-growth": growth_table(of_subject(records, SITE), BUILDERS),
        "search": _subject(records, SEARCH, INDEXES, "pages", OUR_INDEX),
        "stages": stage_table(of_subject(records, STAGES)),
    }
    parts |= {name: _picture(records, name) for name in _ALT}
    for name, text in parts.items():
        words = words.replace(f"<!-- {name} -->", text)
    return words


def _picture(records: Sequence[Record], name: str) -> str:
    """Return a chart as Markdown; a sentence where there is none."""
    drawn = name in draw_charts(records)
    return f"![{_ALT[name]}](tests/bench/charts/{name})" if drawn else "A chart needs two sizes."


def draw_charts(records: Sequence[Record]) -> dict[str, str]:
    """Return the charts by the names of their files; none of what has a single size."""
    site, generation = of_subject(records, SITE), of_subject(records, GENERATION)
    drawn = {
        "site.svg": draw_chart(
            "Pages to a site: processor time", _said(site, BUILDERS),
            ("pages", "seconds of processor time"),
            {name: points(site, name) for name in BUILDERS},
        ),
        "generation.svg": draw_chart(
            "Articles to cards: processor time", _said(generation, KINDS),
            ("articles", "seconds of processor time"),
            {name: points(generation, name) for name in KINDS},
        ),
    }  # fmt: skip
    return {name: text for name, text in drawn.items() if text}


def _said(records: Sequence[Record], names: Iterable[str]) -> str:
    """Return in a sentence what a chart shows."""
    said = []
    for name in names:
        told = [f"{cost:.3g} s at {size:,}" for size, cost in points(records, name)]
        said += [f"{name}: {', '.join(told)}"] if told else []
    return f"{'; '.join(said)}. Both axes are logarithmic."


# --- tables


def table(rows: Table) -> str:
    """Return rows as a Markdown table, the first of them its head; figures stand to the right."""
    head, *body = rows
    lines = [head, ["---", *("---:" for _ in head[1:])], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def goal_table(records: Sequence[Record]) -> str:
    """Return every goal beside its figure, and those of which nothing was measured."""
    rows = [["what", "size", "goal", "measured", ""]]
    rows += [_judged(judged) for judged in judge(records)]
    for goal in unmeasured(records):
        rows.append([goal.name, f"{goal.first:,}", goal.told(), "not measured", ""])
    return table(rows)


def _judged(judged: Judged) -> list[str]:
    value = f"{judged.value:,.2f}" if judged.value < 100 else f"{judged.value:,.0f}"
    reached = "reached" if judged.holds else "**missed**"
    return [judged.goal.name, judged.where, judged.goal.told(), value + judged.goal.unit, reached]


def _subject(
    records: Sequence[Record], subject: str, names: Sequence[str], unit: str, beside: str | None
) -> str:
    """Return a table for each size of a subject; `beside` is who the ratios are taken to."""
    parts = []
    for record in of_subject(records, subject):
        rows = [["", "CPU", "by the clock", "memory", "written"]]
        rows[0] += [f"CPU ÷ {beside}"] if beside else [f"CPU of one of the {unit}"]
        rows += [list(_row(record, name, beside)) for name in names if _known(record, name)]
        parts.append(f"{record.size:,} {unit} (run {record.run}):\n\n{table(rows)}")
    return "\n\n".join(parts) or "Not measured."


def _known(record: Record, name: str) -> bool:
    return name in record.took or name in record.skipped


def _row(record: Record, name: str, beside: str | None) -> Iterator[str]:
    run = record.took.get(name)
    yield name
    if run is None:
        yield from (record.skipped[name], "", "", "", "")
        return
    yield from (f"{run.cpu:,.2f} s", f"{run.wall:,.2f} s", f"{run.memory:,.0f} MB")
    yield f"{run.written / MEGA:,.1f} MB"
    base = record.cpu(beside) if beside else None
    if beside:
        yield f"{run.cpu / base:.2f}" if base else ""
    else:
        yield f"{1000 * run.cpu / record.size:,.1f} ms"


def growth_table(records: Sequence[Record], names: Sequence[str]) -> str:
    """Return the exponents of growth between neighbouring sizes of one run."""
    found = {name: powers for name in names if (powers := growths(records, name))}
    steps = sorted({step for powers in found.values() for step in powers})
    if not steps:
        return "Growth needs two sizes of one run."
    rows = [["exponent", *(f"{small:,} to {large:,}" for small, large in steps)]]
    for name, powers in found.items():
        rows.append([name, *(f"{powers[s]:.2f}" if s in powers else "" for s in steps)])
    return table(rows)


def stage_table(records: Sequence[Record]) -> str:
    """Return words a second by stage, for each number of articles."""
    if not records:
        return "Not measured."
    stages = list(records[0].took)
    rows = [["words a second of processor time", *(f"{one.size:,} articles" for one in records)]]
    for stage in stages:
        rows.append([stage, *(_speed(one, one.took[stage]) for one in records)])
    return table(rows)


def _speed(record: Record, run: Run) -> str:
    return f"{record.words / max(run.cpu, 1e-6):,.0f}"


def _sizes(records: Sequence[Record]) -> Iterator[str]:
    """Yield which sizes stand in the report, a line for each subject."""
    for subject, unit in ((GENERATION, "articles"), (SITE, "pages"), (SEARCH, "pages")):
        sizes = [f"{one.size:,} (run {one.run})" for one in of_subject(records, subject)]
        yield f"- {subject}: {', '.join(sizes) + f' {unit}' if sizes else 'not measured'}"


def _runs(records: Sequence[Record]) -> Table:
    """Return what each run that figures are left of was made on."""
    rows = [["run", "cores", "versions"]]
    made: Mapping[int, Record] = {one.run: one for one in records}
    for run, record in sorted(made.items()):
        versions = ", ".join(f"{name} {version}" for name, version in record.versions.items())
        rows.append([str(run), str(record.cores), versions])
    return rows
