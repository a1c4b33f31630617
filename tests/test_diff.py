"""What `cardfile diff` tells an editor, where it has it from, and what a comment may hold."""

from __future__ import annotations

import html as html_lib
import json
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt

from generator import git_history, lexicons, yaml_files
from generator.cards.card_files import parse_card
from generator.cards.schema import load_schema
from generator.cli import arguments, differing, main
from generator.cli.comment_text import comment_text
from generator.cli.difference_reports import COMMENT, FORMATS, Report, as_json, as_markdown, as_text
from generator.differences import State, compare, kinds
from generator.git_history import NoHistory, find_revision, lay_out, path_in
from generator.model import ArticleCard, Card, Claim, Evidence, Knowledge, Problem
from generator.pages.escape import clean
from generator.settings import load_settings
from tests.projects import CONFIG, contents, make_project, run

CASES = yaml_files.load((Path(__file__).parent / "cases/diff/cards.yml").read_text("utf-8"))
LABELS = {t.name: t.label for t in load_schema().types.values()} | {
    p.name: p.label for p in load_schema().properties.values()
}
TIDES = ArticleCard("tides", "tides.md", "High tides")
EBBS = ArticleCard("ebbs", "ebbs.md", "ebbs")


# --- the cases


def card_of(entry: dict[str, Any]) -> Card:
    card, problems = parse_card(yaml_files.dump(entry), "case.yml")
    assert problems == () and isinstance(card, Card)
    return card


def state_of(case: dict[str, Any], when: str) -> State:
    cards = tuple(sorted((card_of(entry) for entry in case[when]), key=lambda card: card.id))
    marked = {tuple(part or None for part in e) for e in case.get(f"withheld_{when}", ())}
    withheld = frozenset(
        (card.id, claim.property, claim.value, claim.of, claim.date)
        for card in cards
        for claim in card.claims
        if (card.id, claim.property, None if claim.value is None else claim.value)
        in {(e[0], e[1], None if e[2] == "null" else e[2]) for e in marked}
    )
    articles = (EBBS, TIDES)
    texts = {"tides": "nothing of it", "ebbs": "Moss, a captain"} if when == "after" else {}
    return State(Knowledge(cards, articles), withheld, (), texts)


def report_of(before: State, after: State, *decisions: Problem) -> Report:
    titles = {TIDES.id: TIDES.title}
    return Report("0" * 40, compare(before, after), decisions, LABELS, titles)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_an_editor_is_told(case: dict[str, Any]) -> None:
    report = report_of(state_of(case, "before"), state_of(case, "after"))
    assert as_text(report) == case["said"]


def test_every_kind_has_its_words_and_is_told_somewhere() -> None:
    words = lexicons.load("differences")
    folder = Path(git_history.__file__).parent
    names = ("differences.py", "difference_cards.py")
    source = "".join((folder / name).read_text("utf-8") for name in names)
    assert all(set(kind) == {"says", "one", "other"} for kind in words["kinds"].values())
    assert [kind for kind in kinds() if f'"{kind}"' not in source] == ["problem"]
    assert tuple(FORMATS) == arguments.DIFF_FORMATS


def test_what_becomes_of_articles_is_told() -> None:
    gone = ArticleCard("old", "old.txt", "Old news")
    before = State(Knowledge((card_of({"id": "a", "type": "person", "name": "A"}),), (TIDES, gone)))
    now = replace(TIDES, retracted=True, publish="full", published="2025-05-01")
    come = ArticleCard("fresh", "fresh.txt", "Fresh news")
    moved = replace(gone, id="older", file="older.txt")
    after = State(Knowledge(before.knowledge.cards, (come, now, moved)))
    found = compare(before, after, frozenset({"tides.md", "older.txt"}))
    said = [line.strip() for line in as_text(Report("", found, (), LABELS, {})).splitlines()]
    assert said == [
        "High tides (article, tides)",
        "retracted: its claims are withdrawn",
        "how much is shown: excerpt → full",
        "publication date changed: (none) → 2025-05-01",
        "article edited",
        "",
        "Old news (article, older)",
        "the article's file or address changed: old.txt (old) → older.txt (older)",
        "",
        "Fresh news (article, fresh)",
        "article added",
        "",
        "1 article retracted, 1 article shown to another extent, 1 article moved, "
        "1 detail of an article changed, 1 article edited, 1 article added",
    ]


def test_of_a_first_build_all_is_told() -> None:
    claim = Claim("position", "head", None, None, (Evidence("tides", 2, "head"),))
    after = State(Knowledge((Card("ada", "person", "Ada", claims=(claim,)),), (TIDES,)))
    found = compare(State(Knowledge(())), after)
    assert found.totals() == {"claim_added": 1, "card_new": 1, "article_added": 1}


def test_an_article_that_is_gone_is_told() -> None:
    before, after = (State(Knowledge((), cards)) for cards in ((TIDES, EBBS), (EBBS,)))
    assert compare(before, after).totals() == {"article_removed": 1}


# --- what a comment may hold


FOREIGN = [
    "@team", "ask @ada-b now", "<b>x</b>", "<script>alert(1)</script>", "[a](http://evil.example)",
    "![a](//evil.example/x.png)", "http://evil.example/a?b=c", "HTTPS://Evil.Example", "see #12",
    "www.evil.example", "evil.example", "ada@evil.example", "mailto:ada@evil.example", "`code`",
    "owner/repo#12", "owner/repo@0123456789abcdef", "0123456789abcdef0123456789abcdef01234567",
    "GH-12", ":smile:", "$x^2$", "&#64;ada", "&commat;ada", "&lt;b&gt;", "*a* _b_ ~~c~~", "a|b",
    "[^1]", "[x]: http://evil.example", "# head", "1. one", "- [ ] to do", "\\@ada", "\\<b>",
    "a\n\n<details open>", "\u202eright", "x\u200b@ada", "\ud800", "</details>", "<!-- x",
    "</summary></details><h1>", "xmpp:a@b.example", "ftp://evil.example",
]  # fmt: skip


def rendered(text: str) -> str:
    """Return a comment as HTML, tables, strikethrough and all as a forge reads them."""
    return MarkdownIt("gfm-like", {"linkify": False, "html": True}).render(text)


def shown(html: str) -> str:
    return html_lib.unescape(re.sub(r"<[^>]+>", "", html))


def links_found(text: str) -> list[str]:
    """Return what a forge would make links or notifications of in the text it shows."""
    found = r"(?<!\w)@\w|#\d|GH-\d|\w://|www\.\w|\w@\w|:\w+:|\$\w|\b[0-9a-f]{7,40}\b|\w\.[a-z]{2}"
    return re.findall(found, text, re.IGNORECASE)


@pytest.mark.parametrize("text", FOREIGN)
def test_foreign_text_in_a_comment_is_shown_and_does_nothing(text: str) -> None:
    html = rendered(f"- also called: {comment_text(text)}, and so on\n")
    assert re.findall(r"<[^>]+>", html) == ["<ul>", "<li>", "</li>", "</ul>"]
    assert links_found(shown(html)) == []
    visible = shown(html).replace("\u200b", "").strip()
    assert visible == f"also called: {clean(text).strip()}, and so on"


def foreign_report(cards: int) -> Report:
    """Return a report in which every name, claim and quote is hostile."""
    said = Evidence("tides", 2, " ".join(FOREIGN[:12]))
    claim = Claim("position", FOREIGN[4], None, None, (said,))
    made = tuple(
        Card(f"card-{n:05}", "person", FOREIGN[n % len(FOREIGN)] + str(n), claims=(claim,))
        for n in range(cards)
    )
    before = State(Knowledge((Card("zz", "person", FOREIGN[0]),)))
    problem = Problem("curation/@a.yml", 3, "merge: no <b>@card</b>", "mend [it](http://x)")
    found = compare(before, State(Knowledge(made)))
    return Report("", found, (problem,), LABELS, {"tides": FOREIGN[4]})


@pytest.mark.parametrize("cards", [3, 40, 2000])
def test_a_whole_comment_is_harmless_and_short_enough(cards: int) -> None:
    text = as_markdown(foreign_report(cards))
    html = rendered(text)
    tags = {"p", "strong", "ul", "li", "details", "summary"}
    assert set(re.findall(r"</?(\w+)", html)) <= tags and " href" not in html
    assert text.count("<details>") == text.count("</details>") == (1 if cards > 12 else 0)
    assert links_found(shown(html)) == [] and "@a" not in text
    assert len(text) <= COMMENT
    assert ("\n\nand " in text) == (cards == 2000)


def test_what_is_left_out_is_counted() -> None:
    text = as_markdown(foreign_report(2000))
    [left] = re.findall(r"\nand (\d+) more\n", text)
    assert text.count("\n- ") + int(left) == 2000 * 2 + 1 + 1  # a decision, a card that is gone


def test_json_holds_the_same_and_is_read_by_any_program() -> None:
    found = json.loads(as_json(foreign_report(3)))
    assert [card["id"] for card in found["cards"]][0] == "zz"
    new, one = found["cards"][1]["differences"]
    assert (new["kind"], one["kind"]) == ("card_new", "claim_added")
    assert one["evidence"]["article"] == "tides"
    assert found["totals"] == {"card_gone": 1, "claim_added": 3, "card_new": 3}


# --- reading a revision


def git(folder: Path, *arguments: str, data: bytes | None = None) -> str:
    who = ["-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    command = ["git", "-C", str(folder), *who, *arguments]
    done = subprocess.run(command, input=data, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "surrogateescape").strip()


def commit(folder: Path, message: str = "as it is") -> str:
    git(folder, "add", "-A", "-f")
    git(folder, "commit", "-q", "-m", message)
    return git(folder, "rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    return folder


ODD = [
    "a b.yml",
    "ä ö.yml",
    "-x.yml",
    ":(glob)y.yml",
    "q'uo\"te.yml",
    "line\nbreak.yml",
    "{[*?.yml",
]


def test_files_of_any_name_are_read_as_they_were(repository: Path, tmp_path: Path) -> None:
    cards = repository / "sub dir" / "*cards"
    cards.mkdir(parents=True)
    for number, name in enumerate(ODD):
        (cards / name).write_bytes(b"%d\r\n\0" % number)
    (cards / "big.yml").write_bytes(b"x" * 3_000_000)
    (cards / "empty.yml").touch()
    commit(repository)
    before = contents(cards)
    shutil.rmtree(cards)
    revision = find_revision(repository / "sub dir", "HEAD")
    assert path_in(revision, cards) == "sub dir/*cards"
    assert lay_out(revision, "sub dir/*cards", tmp_path / "out") == ()
    assert contents(tmp_path / "out") == before
    assert lay_out(revision, "sub dir/none", tmp_path / "no") == ()
    assert not (tmp_path / "no").exists()


def test_links_and_names_that_lead_out_are_left_alone(repository: Path, tmp_path: Path) -> None:
    blob = git(repository, "hash-object", "-w", "--stdin", data=b"evil")
    tree = bytes.fromhex(blob)
    entries = b"100644 ..\0" + tree + b"120000 link\0" + tree + b"100644 safe.yml\0" + tree
    bad = git(repository, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", data=entries)
    top = b"40000 ..\0" + bytes.fromhex(bad) + b"40000 cards\0" + bytes.fromhex(bad)
    root = git(repository, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", data=top)
    made = git(repository, "commit-tree", root, "-m", "hostile")
    revision = find_revision(repository, made)
    target = tmp_path / "deep" / "out"
    assert lay_out(revision, "", target) == ("../..", "../safe.yml", "cards/..")
    assert contents(tmp_path / "deep") == {"out/cards/safe.yml": b"evil"}


def test_what_git_does_not_know_is_refused_in_its_words(repository: Path, tmp_path: Path) -> None:
    (repository / "a").touch()
    commit(repository)
    for name in ("nowhere", "--all", "HEAD:a", "", "HEAD~3"):
        with pytest.raises(NoHistory, match="no revision"):
            find_revision(repository, name)
    with pytest.raises(NoHistory, match="bad revision 'nowhere'"):
        find_revision(repository, "nowhere")
    (tmp_path / "plain").mkdir()
    with pytest.raises(NoHistory, match="not a git repository"):
        find_revision(tmp_path / "plain", "HEAD")


def test_paths_outside_of_the_repository_have_no_name_in_it(repository: Path) -> None:
    (repository / "site").mkdir()
    (repository / "site" / "a").touch()
    commit(repository)
    revision = find_revision(repository / "site", "HEAD")
    assert path_in(revision, repository / "articles") == "articles"
    assert path_in(revision, repository) == ""
    assert path_in(revision, repository.parent / "elsewhere") is None


# --- the whole command


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository whose project stands in a folder of it, with cards in one of its own."""
    folder = tmp_path_factory.mktemp("diff") / "repository"
    (folder / "town").mkdir(parents=True)
    git(folder, "init", "-q", "-b", "main")
    config = make_project(folder / "town", "harbour")
    config.write_text(f"{CONFIG}      cards: made/cards\n", encoding="utf-8")
    commit(folder, "articles only")
    run(config)
    commit(folder, "with cards")
    return folder


@pytest.fixture
def town(harbour: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the project to work in."""
    shutil.copytree(harbour, tmp_path / "copy")
    monkeypatch.chdir(tmp_path / "copy" / "town")
    return tmp_path / "copy" / "town"


def edit(town: Path) -> None:
    articles = town / "content" / "articles"
    (articles / "ferry.html").unlink()
    bridge = articles / "bridge-opens.md"
    text = bridge.read_text("utf-8").replace("mayor of Liepaja,", "governor of Liepaja,", 1)
    bridge.write_text(text, encoding="utf-8")
    decisions = town / "content" / "curation" / "more.yml"
    lines = ["- rename: {latvian-navy: Navy of Latvia}", "- drop: [Nobody At All]", ""]
    decisions.write_text("\n".join(lines), encoding="utf-8")


def beside_the_cache(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder but those that may be deleted at any time."""
    return {name: data for name, data in contents(folder).items() if "/.cache/" not in f"/{name}"}


def test_an_edit_is_told_and_nothing_is_touched(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", "--exit-code"]) == 0
    assert capsys.readouterr().out == "Nothing changes in the cards.\n"
    edit(town)
    before = beside_the_cache(town.parent)
    assert main(["diff", "HEAD"]) == 0
    said = capsys.readouterr().out
    assert beside_the_cache(town.parent) == before
    for line in (
        "Decisions that do not fit\n  curation/more.yml:2: ",
        "\nAnders Blom (person, anders-blom)\n  gone: its article was removed\n",
        "position withdrawn: chief executive, Baltic Lines (its article was removed)",
        "\n  renamed: Latvian Navy → Navy of Latvia\n",
        "  sources no longer differ: position “mayor”: Janis Ozols; Marta Ozola\n",
        "  position added: governor, Liepaja\n    “Marta Ozola, governor of Liepaja,” (Harbour",
        "  article removed\n",
        "  article edited\n",
    ):
        assert line in said
    assert main(["diff", "HEAD", "--exit-code"]) == 1


def test_without_cards_the_articles_of_then_are_read(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diff", "HEAD~1", "--exit-code"]) == 0
    edit(town)
    shutil.rmtree(town / "made")
    assert main(["diff", "HEAD~1", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out.partition("\n")[2])
    assert found["totals"]["card_gone"] and found["totals"]["article_removed"] == 1


def test_where_the_articles_are_kept_elsewhere_the_cards_are_compared(
    town: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(town / "content" / "articles")
    commit(town.parent, "articles are private")
    card = town / "made" / "cards" / "people" / "anders-blom.yml"
    card.write_text(card.read_text("utf-8").replace("name: Anders Blom", "name: A. Blom"), "utf-8")
    assert main(["diff"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("there are no articles here")
    assert "renamed: Anders Blom → A. Blom" in said and "gone" not in said


def test_wrong_usage_is_told_with_the_reason_of_git(
    town: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["diff", "nowhere"]) == 2
    assert "nowhere: no revision (bad revision 'nowhere')" in capsys.readouterr().err
    (tmp_path / "mkdocs.yml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["diff", "--config", str(tmp_path / "mkdocs.yml")]) == 2
    assert "not a git repository" in capsys.readouterr().err


def test_a_merge_told_by_editors_shows_as_one(town: Path) -> None:
    decision = "- merge: [Edgars Berzins, Ilze Kalnina]\n"
    (town / "content" / "curation" / "more.yml").write_text(decision, encoding="utf-8")
    settings, _ = load_settings(town / "mkdocs.yml")
    report, _ = differing.compare_with(settings, town / "mkdocs.yml", "HEAD")
    assert "  Ilze Kalnina (ilze-kalnina) merged into it\n" in as_text(report)
    assert report.differences.totals()["card_merged"] == 1
