"""`cardfile check`: a sound knowledge base passes, and every kind of fault is told on its line."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.cards.schema import load_schema
from generator.checks.addresses import check_addresses
from generator.checks.cards import check_cards, count_quotes
from generator.checks.decisions import check_decisions
from generator.checks.faults import Fault
from generator.checks.html_links import check_site, same_pages
from generator.checks.links import check_notes, check_pages, find_anchors, make_targets
from generator.checks.reports import FORMATS, as_github, as_json, as_text
from generator.checks.steps import cards_out_of_step, pages_out_of_step
from generator.checks.world import make_world, read_card_files
from generator.cli import main
from generator.curation import parse
from generator.model import Article, Sentence
from tests import projects
from tests.torture import quotes

CASES = Path(__file__).parent / "cases" / "check"

# --- cards

TEXT = "Trip\n\nAnna Ek, mayor of\n  Visby, came on May 9."
TEXTS = {
    id: Article(id, f"{id}.txt", "Trip", TEXT, (Sentence(1, 0, 4, 0), Sentence(2, 6, len(TEXT), 1)))
    for id in ("trip", "trap")
}


def read_cases() -> Iterator[tuple[str, dict[str, str], set[str], list[str]]]:
    """Yield name, changed files, files gone and expected faults of every case of cards.txt."""
    text = (CASES / "cards.txt").read_text(encoding="utf-8")
    for block in text.split("\n== ")[1:]:
        name, *lines = block.splitlines()
        files: dict[str, str] = {}
        gone, wanted, file = set(), [], ""
        for line in lines:
            if line.startswith("+ "):
                file = line[2:]
                files[file] = ""
            elif line.startswith("- ") and line.endswith(".yml"):
                gone.add(line[2:])
            elif line.startswith("= "):
                place, words = line[2:].split(" | ")
                number, *told, rule = place.split(" ")
                wanted.append(f"{' '.join(told) or file}:{number} {rule} {words}")
            elif file:
                files[file] += f"{line}\n"
        yield name, files, gone, wanted


EVERY = list(read_cases())
SOUND = EVERY[0][1]


def faults_of(files: dict[str, str], texts: dict[str, Article] | None = None) -> list[Fault]:
    found, broken = read_card_files(files, "cards")
    return broken + check_cards(make_world(found, TEXTS if texts is None else texts, load_schema()))


@pytest.mark.parametrize(
    ("files", "gone", "wanted"), [case[1:] for case in EVERY], ids=[case[0] for case in EVERY]
)
def test_what_is_told_of_cards(files: dict[str, str], gone: set[str], wanted: list[str]) -> None:
    there = {name: text for name, text in (SOUND | files).items() if name not in gone}
    told = [
        f"{fault.file.removeprefix('cards/')}:{fault.line} {fault.rule} {fault.what}: {fault.todo}"
        for fault in faults_of(there)
    ]
    for words in wanted:
        start, _, rest = words.partition(" ")
        held = [one for one in told if one.startswith(f"{start} {rest.split(' ')[0]} ")]
        match = next((one for one in held if rest.split(" ", 1)[1] in one), None)
        assert match, f"not told: {words}\ntold: {told}"
        told.remove(match)
    assert told == []


def test_an_empty_knowledge_base_is_sound() -> None:
    assert faults_of({}) == []


def test_without_the_texts_quotes_are_taken_on_trust_and_counted() -> None:
    spoilt = {name: text.replace("came", "went") for name, text in SOUND.items()}
    assert len(faults_of(spoilt)) == 2
    assert faults_of(spoilt, {}) == []
    files, _ = read_card_files(spoilt, "cards")
    assert count_quotes(make_world(files, {}, load_schema())) == (3, 3, 1)
    assert count_quotes(make_world(files, TEXTS, load_schema())) == (3, 0, 0)


# --- links

PAGES = {
    "index.md": "---\ntitle: Home\n---\n\n# Top\n\n## News {: #news }\n\n",
    "people/anna-ek.md": '# Anna {: .x #timeline }\n\n<span id="s1">Anna</span>\n\n',
    "places/visby.md": "# Visby\n",
    "data/all.csv": "id,address\nanna-ek,people/anna-ek.html#s1\n",
}


def read_links() -> Iterator[tuple[str, str, str]]:
    for line in (CASES / "links.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            link, page, *told = line.split(" | ")
            yield link, page, "".join(told)


@pytest.mark.parametrize(("link", "page", "told"), list(read_links()))
def test_what_is_told_of_a_link(link: str, page: str, told: str) -> None:
    pages = {**PAGES, page: f"{PAGES[page]}{link}\n"}
    count = check_pages(pages, make_targets(pages, ["assets/cardfile.css"]), "pages")
    if not told:
        assert count.faults == ()
        return
    rule, words = told.split(": ", 1)
    (fault,) = count.faults
    line = PAGES[page].count("\n") + 1
    assert (fault.file, fault.line, fault.rule) == (f"pages/{page}", line, rule)
    assert words in f"{fault.what}: {fault.todo}"


def test_data_files_lead_to_places_that_are_there() -> None:
    pages = {**PAGES, "data/x.js": '{"a":"people/anna-ek.html#s9","b":"people/anna-ek.html#this"}'}
    (fault,) = check_pages(pages, make_targets(pages), "pages").faults
    assert (fault.file, fault.rule) == ("pages/data/x.js", "anchor")


def test_a_heading_has_the_anchor_that_mkdocs_gives_it() -> None:
    page = "# Kim &amp; Co\n\n## Names\n\n## Names\n\n### A [link](x.md) & `code`\n"
    assert find_anchors(page) == {"kim-co", "names", "names_1", "a-link-code"}


def test_a_note_is_told_at_home_and_not_again_on_its_page() -> None:
    note = "Read\n\n[on](../places/lund.md) or [run](javascript:x).\n"
    page = f"{PAGES['people/anna-ek.md']}{note.replace('javascript:', 'javascript%3A')}"
    pages = {**PAGES, "people/anna-ek.md": page}
    notes = {"anna-ek": ("notes/anna-ek.md", note), "lund": ("notes/lund.md", "")}
    targets = make_targets(pages)
    told, dead = check_notes(notes, {"anna-ek": "people/anna-ek.md"}, targets)
    assert [(f.file, f.line, f.rule) for f in told] == [
        ("notes/anna-ek.md", 3, "link"),
        ("notes/anna-ek.md", 3, "link"),
        ("notes/lund.md", 0, "note"),
    ]
    assert check_pages(pages, targets, "pages", dead).faults == ()


OUT = "leads out of a site that is opened from a folder"


def test_the_site_is_read_as_a_browser_reads_it() -> None:
    pages = {
        "index.html": '<link rel="stylesheet" href="a.css"><a href="people/x.html#s1">x</a>'
        '<a href="site.zip" data-online hidden>all of it</a><a href="">top</a>',
        "people/x.html": '<p id="s1">\n<a href="../index.html#s1">y</a><script src="b.js"></script>'
        '<img src="data:image/png;base64,AA">',
        "people/y.html": '<meta http-equiv="refresh" content="0; url=X.html"><p>',
        "404.html": '<a href="/kb/index.html">z</a><a href="/index.html">z</a>',
        "empty.html": "",
    }
    encoded = ((name, text.encode()) for name, text in pages.items())
    count = check_site(encoded, [*pages, "a.css"], "site", "/kb/")
    assert [(f.file, f.line, f.rule, f.what.split(",")[0]) for f in sorted(count.faults)] == [
        ("site/404.html", 1, "link", f"'/index.html' {OUT}"),
        ("site/empty.html", 0, "link", "no HTML is in it"),
        ("site/people/x.html", 2, "anchor", "'../index.html#s1' leads to no place in index.html"),
        ("site/people/x.html", 2, "link", "'b.js' leads to 'people/b.js'"),
        ("site/people/y.html", 1, "link", "'X.html' leads to 'people/X.html'"),
    ]
    assert "write 'people/x.html'" in max(count.faults).todo
    (note,) = same_pages(["a.md", "index.md", "b.csv"], pages, "site")
    assert (note.severity, note.what) == (
        "note",
        "the site is older than its pages: it has no a.html and 1 more",
    )


# --- addresses, decisions, steps


def test_every_address_leads_somewhere_and_every_card_has_one() -> None:
    text = "# all\n- people/a.html\n- people/b.html\n- people/b.html\n- people/../c.html\n"
    wanted = "# all\n- articles/z.html\n- people/a.html\n- people/aa.html\n"
    told = [
        (f.line, f.severity, f.what)
        for f in check_addresses(text, "addresses.yml", wanted, {"people/a.md"})
    ]
    assert told == [
        (3, "error", "people/b.html leads nowhere"),
        (4, "warning", "people/b.html stands here twice"),
        (5, "error", "'people/../c.html' is no address of a page"),
        (1, "error", "articles/z.html is missing after this line"),
        (2, "error", "people/aa.html is missing after this line"),
    ]
    assert [f.line for f in check_addresses(text, "addresses.yml", "", None)] == [4, 5]


def test_a_decision_said_again_is_told() -> None:
    text = (
        "- merge: [A B, C, D]\n- merge: [a  b, D, C]\n- merge: [C, A B, D]\n"
        "- distinct: [X, Y]\n- distinct: [Y, X]\n- rename: {x: Ze}\n- rename: {x: Zé}\n"
        "- set: {id: x y, description: A}\n- set: {description: A, id: X Y}\n"
    )
    decisions, _ = parse({"curation/a.yml": text})
    told = [(f.file, f.line, f.rule, f.what) for f in check_decisions(decisions)]
    assert told == [
        ("curation/a.yml", 2, "curation", "merge: the same is decided in curation/a.yml:1"),
        ("curation/a.yml", 5, "curation", "distinct: the same is decided in curation/a.yml:4"),
        ("curation/a.yml", 9, "curation", "set: the same is decided in curation/a.yml:8"),
    ]


def test_what_is_out_of_step_is_told_once() -> None:
    wanted = {"people/a.yml": "id: a\nname: A\n", "people/b.yml": "id: b\n", "people/e.yml": "x"}
    found = {"people/a.yml": "id: a\r\nname: B\r\n", "people/c.yml": "id: c\n", "people/e.yml": ""}
    told = list(cards_out_of_step(wanted, found, "cards", {"cards/people/b.yml"}))
    assert [(f.file, f.line, f.rule) for f in told] == [
        ("cards/people/a.yml", 2, "card-step"),
        ("cards/people/c.yml", 0, "card-step"),
        ("cards/people/e.yml", 1, "card-step"),
    ]
    assert list(cards_out_of_step(wanted, wanted, "cards", ())) == []
    windows = {name: text.replace("\n", "\r\n") for name, text in wanted.items()}
    assert list(pages_out_of_step(wanted, windows, "pages", ())) == []


# --- reports

ODD = [
    Fault("a,b:c.yml", 3, "quote", "100 %\n::error::x", "do\rso"),
    Fault("", 0, "card-step", "no \x1b[31m articles", "put them there", "note"),
    Fault("site", 0, "link", "gone", "build", "warning"),
]


def test_github_gets_one_command_a_fault_whatever_it_holds() -> None:
    assert as_github(ODD).split("\n") == [
        "::error file=a%2Cb%3Ac.yml,line=3,title=check quote::100 %25%0A::error::x: do%0Dso",
        "::notice title=check card-step::no \x1b[31m articles: put them there",
        "::warning file=site,title=check link::gone: build",
        "",
    ]


def test_people_get_one_line_a_fault_that_steers_no_terminal() -> None:
    assert as_text(ODD).split("\n") == [
        r"error: a,b:c.yml:3: 100 %\n::error::x: do\rso [quote]",
        r"note: no \x1b[31m articles: put them there [card-step]",
        "warning: site: gone: build [link]",
        "",
    ]


def test_programs_get_the_same_faults() -> None:
    rows = json.loads(as_json(ODD))
    assert rows[0] == {
        "severity": "error",
        "file": "a,b:c.yml",
        "line": 3,
        "rule": "quote",
        "what": "100 %\n::error::x",
        "todo": "do\rso",
    }
    assert [row["severity"] for row in rows] == ["error", "note", "warning"]
    assert as_json([]) == "[]\n"


# --- the command


def test_sabotage_is_told_to_the_line_and_nothing_else(tmp_path: Path) -> None:
    figures = quotes.figures(tmp_path, full=False)
    assert len(figures) == 7
    assert [figure for figure in figures if not figure.held] == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a small project with cards and pages."""
    config = projects.make_project(tmp_path_factory.mktemp("check"), "harbour")
    projects.run(config)
    return config


@pytest.fixture
def project(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go into a fresh copy of the project."""
    root = tmp_path / "kb"
    shutil.copytree(built.parent, root)
    monkeypatch.chdir(root)
    return root


def test_the_command_tells_all_faults_at_once_in_every_format(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content = project / "content"
    (content / "cards" / "people" / "broken.yml").write_bytes(b"\xff")
    with (content / "curation" / "decisions.yml").open("a", encoding="utf-8") as file:
        file.write("- drop: [Nobody Here]\n- rename: {Karlis  Vitols: Kārlis Vītols}\n")
    (content / "notes" / "nobody.md").write_text("[x](y.md)", encoding="utf-8")
    (content / "pages" / "people" / "stray.md").write_text("x", encoding="utf-8")
    page = content / "pages" / "map.md"
    page.write_text(page.read_text(encoding="utf-8") + "more\n", encoding="utf-8")
    assert main(["check", "--format", "json"]) == 1
    rows = json.loads(capsys.readouterr().out)
    # Decisions are listed on pages, which are out of step with them now.
    assert {(row["file"], row["rule"]) for row in rows} == {
        ("content/cards/people/broken.yml", "card"),
        ("content/curation/decisions.yml", "curation"),
        ("content/notes/nobody.md", "note"),
        ("content/pages/about.md", "page-step"),
        ("content/pages/index.md", "page-step"),
        ("content/pages/map.md", "page-step"),
        ("content/pages/people/stray.md", "page-step"),
    }
    assert [r["line"] for r in rows if r["rule"] == "curation"] == [6, 7]
    for name in ("text", "github"):
        faults = [Fault(r["file"], r["line"], r["rule"], r["what"], r["todo"], r["severity"])
                  for r in rows]  # fmt: skip
        assert FORMATS[name](faults).count("\n") == len(rows)


def test_a_clone_without_pages_or_articles_is_sound_and_says_what_it_took_on_trust(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(project / "content" / "pages")
    shutil.rmtree(project / "content" / "articles")
    assert main(["check"]) == 0
    *notes, summary = capsys.readouterr().out.splitlines()
    assert [line.split(": ")[0] for line in notes] == ["note"] * 3
    assert any(re.search(r"\d+ quotes of 5 articles were taken on trust", line) for line in notes)
    looked_at = r"\d+ cards, \d+ quotes, 0 pages and data files, 0 links"
    assert re.fullmatch(f"{looked_at}: no fault", summary)


def test_a_card_changed_by_hand_is_told_with_the_decision_that_keeps_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    card = project / "content" / "cards" / "places" / "liepaja.yml"
    card.write_text(
        re.sub("(?m)^name: .*", "name: Libau", card.read_text(encoding="utf-8")), encoding="utf-8"
    )
    assert main(["check"]) == 1
    first, _ = capsys.readouterr().out.splitlines()
    assert first.startswith("warning: content/cards/places/liepaja.yml:3: changed by hand")
    assert "- rename: {liepaja: Libau}" in first


def test_a_template_that_is_broken_is_told(
    project: Path, repo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(repo / "templates", project / "templates")
    (project / "templates" / "pages" / "about.md.j2").write_text("{% if", encoding="utf-8")
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    assert "error: templates/pages/about.md.j2:1: the template can't be used (" in out
    assert "note: content/pages: pages were not compared with the cards" in out
