"""The benchmark's own works: what it counts, keeps, projects, judges, draws and writes."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.bench import __main__ as command
from tests.bench import figures, goals, measuring, report, sites
from tests.bench.chart import COLOURS, LINE, draw_chart, spread
from tests.bench.figures import GENERATION, SEARCH, SITE, STAGES, Record, merged
from tests.bench.generation import COLD, MORE, SAME
from tests.bench.growth import exponent, projected
from tests.bench.hold import hold
from tests.bench.measuring import Bench, in_turn
from tests.bench.peers import find_peers
from tests.bench.runs import REPO, Failed, Run, folder_bytes, least, timed
from tests.bench.sites import HUGO, MATERIAL, OURS, PAGEFIND, PLAIN, TUNED, WARM, ZENSICAL

SVG = "{http://www.w3.org/2000/svg}"


def run_of(cpu: float, wall: float | None = None, memory: float = 50) -> Run:
    return Run(cpu, cpu if wall is None else wall, memory, 2_000_000)


def site(size: int, run: int = 1, **cpu: float) -> Record:
    """Return a record of a site; names are those of the builders, in capitals."""
    names = {"ours": OURS, "warm": WARM, "tuned": TUNED, "hugo": HUGO, "plain": PLAIN}
    took = {names[name]: run_of(seconds) for name, seconds in cpu.items()}
    return Record(run, SITE, size, 2, {"MkDocs": "1.6.1"}, took)


def generation(size: int, cold: float, run: int = 1, more: float = 1) -> Record:
    took = {COLD: run_of(cold), SAME: run_of(0.5), MORE: run_of(more)}
    return Record(run, GENERATION, size, 2, {}, took)


GOOD = (
    generation(1_000, 14), generation(10_000, 140), site(600, ours=1, warm=0.5, tuned=6, hugo=1.1),
    site(10_000, ours=10, warm=5, tuned=90, hugo=12),
)  # fmt: skip


# --- what a run takes


def test_a_run_counts_its_children_and_their_memory() -> None:
    child = "x = bytearray(60_000_000); import time; time.sleep(0.5); sum(range(2_000_000))"
    code = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    # From a small process: a child begins with the memory of who started it, here all tests'.
    told = f"""
from tests.bench.runs import timed
import subprocess
import sys
run = timed([sys.executable, "-c", {code!r}])
print(run.memory, run.cpu, run.wall)
"""
    output = subprocess.run([sys.executable, "-c", told], cwd=REPO, check=True, capture_output=True)
    memory, cpu, wall = map(float, output.stdout.split())
    assert 60 < memory < 200
    assert cpu > 0.02 and wall >= 0.5


def test_a_failure_says_what_was_said() -> None:
    with pytest.raises(Failed, match="(?s)sys.*no such pages"):
        timed([sys.executable, "-c", "import sys; sys.exit('no such pages')"])


def test_the_least_of_several_runs_is_told_but_the_most_memory() -> None:
    assert least([Run(2, 5, 70, 9), Run(3, 4, 60, 8)]) == Run(2, 4, 70, 8)


def test_bytes_of_a_folder(tmp_path: Path) -> None:
    for name, size in (("a/x", 3), ("b/y", 50), ("z", 700)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"." * size)
    assert folder_bytes(tmp_path) == 753
    assert folder_bytes(tmp_path, ("b/",)) == 703


def test_growth() -> None:
    assert exponent((100, 1), (1_000, 10)) == pytest.approx(1)
    assert exponent((100, 1), (1_000, 100)) == pytest.approx(2)
    assert projected([(100, 2)], 1_000, 1) == pytest.approx(20)
    assert projected([(100, 2), (10, 0.02)], 1_000, 1) == pytest.approx(200)
    assert projected([(100, 2), (10, 1)], 1_000, 1) == pytest.approx(20)


# --- who is run


def test_peers_are_found_in_their_environment(tmp_path: Path) -> None:
    program = tmp_path / "lib/python3.11/site-packages/hugo/binaries/hugo"
    program.parent.mkdir(parents=True)
    program.write_text("#!/bin/sh\necho hugo v1.23.4-abc+extended\n")
    program.chmod(0o755)
    assert find_peers(tmp_path)[HUGO].version == "1.23.4"
    assert find_peers(tmp_path)[HUGO].program == str(program)


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Builders that take no time; return who was run, in order."""
    order: list[str] = []

    def way(name: str, cpu: float) -> measuring.Way:
        def taken() -> Run:
            order.append(name)
            return run_of(cpu)

        return taken

    costs = {OURS: 1.0, WARM: 0.5, TUNED: 4.0, MATERIAL: 4.5, PLAIN: 12.0}
    ways = {name: way(name, cpu) for name, cpu in costs.items()}
    monkeypatch.setattr(sites, "make_workshop", lambda *_: None)
    monkeypatch.setattr(sites, "site_ways", lambda _: ways)
    monkeypatch.setattr(sites, "index_ways", lambda _: {sites.OUR_INDEX: way("index", 0.1)})
    return order


def test_everybody_is_run_in_turn_and_the_slow_ones_once(shop: list[str]) -> None:
    built, indexed = measuring.site_records(Bench(3, repeat=2), 600, ())
    assert shop == [OURS, WARM, TUNED, MATERIAL, PLAIN, "index", OURS, WARM, TUNED, MATERIAL,
                    "index"]  # fmt: skip
    assert (built.run, built.size, built.subject) == (3, 600, SITE)
    assert built.took[PLAIN].cpu == 12 and indexed.took[sites.OUR_INDEX].cpu == 0.1


def test_who_is_not_installed_or_too_slow_is_said(shop: list[str]) -> None:
    known = [site(100, plain=1.0, ours=1, tuned=90)]
    built, indexed = measuring.site_records(Bench(1, limit=60), 1_000, known)
    assert built.skipped == {
        PLAIN: "not run, projected 79 s", ZENSICAL: "not installed", HUGO: "not installed",
    }  # fmt: skip
    assert indexed.skipped == {PAGEFIND: "not installed"}
    assert PLAIN not in shop and TUNED in shop
    told = report.report_text([built, indexed])
    assert "| MkDocs, all in the navigation | not run, projected 79 s |" in told
    assert "| Pagefind | not installed |" in told


def test_a_peer_that_fails_stops_nobody_but_we_do(capsys: pytest.CaptureFixture[str]) -> None:
    def broken() -> Run:
        raise Failed("zensical build\npanicked")

    took, failed = in_turn({ZENSICAL: broken, OURS: lambda: run_of(1)}, Bench(1), 100)
    assert (list(took), failed) == ([OURS], {ZENSICAL: "failed"})
    assert "panicked" in capsys.readouterr().out
    with pytest.raises(Failed):
        in_turn({TUNED: broken}, Bench(1), 100)


def test_a_small_site_comes_first_where_nothing_is_known() -> None:
    assert command.site_sizes(10_000, []) == (100, 10_000)
    assert command.site_sizes(100, []) == (100, 600)
    assert command.site_sizes(1_000, [site(100, ours=1)]) == (2_500,)
    assert command.numbers("100 1000,10000") == [100, 1_000, 10_000]


# --- what is kept


def test_figures_are_kept_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "figures.json"
    assert figures.read_figures(path) == ()
    one = replace(site(600, ours=1.25, tuned=6), skipped={HUGO: "not installed"})
    figures.write_figures([one, generation(100, 3)], path)
    assert figures.read_figures(path) == (generation(100, 3), one)


def test_a_run_of_one_size_leaves_the_others() -> None:
    old = [site(100, run=1, ours=1), site(600, run=1, ours=2), generation(100, 5)]
    new = [site(600, run=2, ours=3)]
    assert merged(old, new) == (old[0], new[0], old[2])
    told = report.report_text(merged(old, new))
    assert "- site: 100 (run 1), 600 (run 2) pages" in told


def test_growth_is_told_within_one_run_only() -> None:
    records = [site(100, run=1, ours=1), site(600, run=2, ours=6), site(2_400, run=2, ours=24)]
    assert figures.growths(records, OURS) == {(600, 2_400): pytest.approx(1)}
    assert figures.growths(records, HUGO) == {}


# --- goals and floors


def test_good_figures_reach_every_goal() -> None:
    judged = goals.judge(GOOD)
    assert [one for one in judged if not one.holds] == []
    assert goals.unmeasured(GOOD) == []
    assert {one.goal.name for one in judged} >= {goal.name for goal in goals.GOALS}


@pytest.mark.parametrize(
    ("record", "missed"),
    [
        (generation(10_000, 151), "Articles to cards, cold"),
        (generation(10_000, 140, more=4.1), "Articles to cards, one more"),
        (site(600, ours=1, tuned=4.9), "CPU of tuned MkDocs ÷ ours"),
        (site(10_000, ours=1, tuned=7.9), "CPU of tuned MkDocs ÷ ours"),
        (site(600, ours=1, hugo=0.9), "Our CPU ÷ Hugo's"),
        (site(600, warm=0.5, tuned=4), "One page changed ÷ tuned MkDocs"),
    ],
)
def test_a_bad_figure_misses_its_goal(record: Record, missed: str) -> None:
    assert [one.goal.name for one in goals.judge([record]) if not one.holds] == [missed]


def test_growth_is_judged() -> None:
    records = [generation(1_000, 10), generation(10_000, 150)]
    [judged] = [one for one in goals.judge(records) if one.goal.bound == goals.GROWTH]
    assert (judged.where, judged.holds) == ("1,000 to 10,000", False)


FAIR = [site(600, ours=1, warm=0.7, tuned=4, hugo=0.6), generation(100, 10, more=5)]


def test_what_holds_is_measured_once(capsys: pytest.CaptureFixture[str]) -> None:
    times: list[int] = []

    def measure() -> Sequence[Record]:
        times.append(1)
        return FAIR

    assert hold(measure) == 0
    assert len(times) == 1
    assert "CPU of tuned MkDocs ÷ ours at 600: 4.00, must be ≥ 3.5" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("record", "said"),
    [
        (site(600, ours=2, warm=0.7, tuned=4), "CPU of tuned MkDocs ÷ ours at 600: 2.00"),
        (site(600, ours=1, warm=2, tuned=4), "One page changed ÷ tuned MkDocs at 600: 0.50"),
        (site(600, ours=1, tuned=4, hugo=0.2), "Our CPU ÷ Hugo's at 600: 5.00"),
        (generation(100, 1, more=0.5), "Nothing changed ÷ cold at 100: 0.50"),
        (generation(100, 10, more=12), "One article more ÷ cold at 100: 1.20"),
    ],
)
def test_what_falls_short_twice_is_named(
    record: Record, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert hold(lambda: [record]) == 1
    err = capsys.readouterr().err
    assert err.count("make bench-hold:") == 1 and said in err and "does not hold" in err


def test_one_bad_moment_is_forgiven() -> None:
    tries = iter([[site(600, ours=4, tuned=4)], FAIR])
    assert hold(lambda: next(tries)) == 0


def test_nothing_measured_holds_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert hold(lambda: []) == 1
    assert "nothing was measured" in capsys.readouterr().err


# --- the report and its charts


def test_goals_stand_beside_their_figures() -> None:
    told = report.report_text([*GOOD[:3], site(10_000, ours=20, tuned=90)])
    assert "| Articles to cards, cold | 10,000 | ≤ 150 s | 140 s | reached |" in told
    assert "| CPU of tuned MkDocs ÷ ours | 10,000 | ≥ 8 | 4.50 | **missed** |" in told
    assert "| Growth of articles to cards, exponent | 1,000 to 10,000 | ≤ 1.05 | 1.00 |" in told
    assert "| MkDocs, tuned | 6.00 s | 6.00 s | 50 MB | 2.0 MB | 6.00 |" in told
    assert "<!--" not in told
    assert "| Our CPU ÷ Hugo's | 600 | ≤ 1 | not measured |" in report.report_text([])


def test_stages_are_told_in_words_a_second() -> None:
    one = Record(1, STAGES, 200, 2, {}, {"tagging": run_of(2.0)}, words=9_000)
    assert "| tagging | 4,500 |" in report.report_text([one])


def test_what_is_committed_is_what_the_figures_say() -> None:
    known = figures.read_figures()
    told = report.REPORT.read_text(encoding="utf-8")
    assert told == report.report_text(known), "run `python -m tests.bench --report`"
    for name, text in report.draw_charts(known).items():
        assert (report.CHARTS / name).read_text(encoding="utf-8") == text
        assert f"(tests/bench/charts/{name})" in told
    assert not re.search(r"/(tmp|home|root|work)\b|://", told + figures.FILE.read_text("utf-8"))
    measured = {record.subject for record in known}
    assert {GENERATION, SITE, SEARCH} <= measured


def drawn(lines: dict[str, list[tuple[int, float]]]) -> ElementTree.Element:
    return ElementTree.fromstring(draw_chart("Cost & size", "a < b", ("pages", "seconds"), lines))


def test_a_chart_has_a_title_and_a_line_for_everybody() -> None:
    root = drawn({"ours": [(100, 0.5), (1_000, 5)], "<them>": [(100, 1), (1_000, 20)], "x": []})
    assert root.attrib["role"] == "img" and root.attrib["aria-labelledby"] == "title description"
    assert root.findtext(f"{SVG}title") == "Cost & size"
    assert root.findtext(f"{SVG}desc") == "a < b"
    assert len(list(root.iter(f"{SVG}polyline"))) == 2
    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert texts >= {"ours: 5 s", "<them>: 20 s", "100", "1,000", "pages", "seconds"}


def test_a_line_that_ends_early_is_named_at_its_end() -> None:
    root = drawn({"ours": [(100, 0.5), (600, 2), (1_000, 5)], "slow": [(100, 1), (600, 20)]})
    places = {t.text: float(t.attrib["x"]) for t in root.iter(f"{SVG}text")}
    assert places["slow: 20 s"] < max(float(c.attrib["cx"]) for c in root.iter(f"{SVG}circle"))
    assert places["slow: 20 s"] < places["ours: 5 s"]


def test_equal_ratios_are_equally_far_apart() -> None:
    root = drawn({"ours": [(100, 1), (1_000, 10), (10_000, 100)]})
    [line] = root.iter(f"{SVG}polyline")
    spots = [tuple(map(float, spot.split(","))) for spot in line.attrib["points"].split()]
    (x, y), (x2, y2), (x3, y3) = spots
    assert x2 - x == pytest.approx(x3 - x2, abs=0.2) and y2 - y == pytest.approx(y3 - y2, abs=0.2)
    assert x3 > x and y3 < y


def test_a_single_size_makes_no_chart() -> None:
    assert draw_chart("t", "d", ("x", "y"), {"ours": [(100, 1)]}) == ""


def test_names_stand_clear_of_each_other() -> None:
    places = sorted(spread({"a": 200, "b": 201, "c": 202, "d": 384, "e": 383}).values())
    assert min(b - a for a, b in zip(places, places[1:], strict=False)) >= LINE


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_lines_are_seen_in_the_light_and_in_the_dark() -> None:
    for ground, colours in zip(("#ffffff", "#161b22"), zip(*COLOURS, strict=True), strict=True):
        for colour in colours:
            low, high = sorted((luminance(ground), luminance(colour)))
            assert (high + 0.05) / (low + 0.05) >= 4.5, (colour, ground)
