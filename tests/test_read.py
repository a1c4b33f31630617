"""What an editor sees of an article after it is read: the text, what was left out, and why."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from generator.model import Article, Limits, Problem
from generator.read import read_folder

CASES = Path(__file__).parent / "cases" / "read"
PAGES = CASES / "pages"
FIELDS = (
    "title",
    "section",
    "source",
    "url",
    "author",
    "lang",
    "published",
    "page_date",
    "publish",
)
NAMES = sorted(p.name for p in PAGES.iterdir() if p.suffix in (".txt", ".md", ".html"))


def read(
    folder: Path, taken: dict[str, str] | None = None, limits: Limits | None = None
) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    return read_folder(folder, limits=limits or Limits(), taken=taken or {})


def read_texts(folder: Path, **texts: str) -> tuple[tuple[Article, ...], tuple[Problem, ...]]:
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return read(folder)


def describe(articles: tuple[Article, ...], problems: tuple[Problem, ...]) -> str:
    """Return what was read as the plain text the expected files hold."""
    lines: list[str] = []
    for article in articles:
        lines += [f"id: {article.id}"]
        lines += [f"{field}: {value}" for field in FIELDS if (value := getattr(article, field))]
        lines += ["retracted"] if article.retracted else []
        for s in article.sentences:
            lines.append(f"{s.number} {s.role} {s.paragraph}: {article.text[s.start : s.end]}")
        lines += [f"dropped {d.line}, {d.reason}: {d.text}" for d in article.dropped]
    lines += [f"problem {problem}" for problem in problems]
    return "\n".join(lines) + "\n"


@pytest.mark.parametrize("name", NAMES)
def test_a_page_read_alone_gives_the_article_its_reader_sees(name: str, tmp_path: Path) -> None:
    shutil.copy(PAGES / name, tmp_path / name)
    expected = (PAGES / f"{name}.expected").read_text(encoding="utf-8")
    assert describe(*read(tmp_path)) == expected


def test_a_page_reads_the_same_among_others_as_alone() -> None:
    articles, _ = read(PAGES)
    expected = "".join((PAGES / f"{name}.expected").read_text(encoding="utf-8") for name in NAMES)
    for article in articles:
        assert describe((article,), ()) in expected


def test_every_sentence_is_found_where_its_offsets_say() -> None:
    articles, _ = read(PAGES)
    for article in articles:
        pieces = [article.text[s.start : s.end] for s in article.sentences]
        assert [s.number for s in article.sentences] == list(range(1, len(pieces) + 1))
        assert all(piece and piece == piece.strip() and "\n" not in piece for piece in pieces)
        assert "\n".join(pieces).split() == article.text.split()
        assert article.text.split("\n\n")[0] == pieces[0]


def test_every_kept_sentence_stands_literally_in_a_text_file() -> None:
    articles, _ = read(PAGES)
    for article in articles:
        path = PAGES / article.file
        if path.suffix == ".txt" and "16" not in path.stem and "12" not in path.stem:
            whole = " ".join(path.read_text(encoding="utf-8-sig").split())
            for s in article.sentences:
                assert article.text[s.start : s.end] in whole


def test_what_many_pages_carry_is_no_part_of_any(tmp_path: Path) -> None:
    slogan = "The Lantern brings light into every valley"
    stories = {
        f"p{n}": f"Story number {n} of the valley\n\n{slogan}\n\n{' '.join([word] * 3)} came home "
        f"after {n + 10} years at sea. The village waited for its {word} on the quay that night, "
        f"with lamps.\n"
        for n, word in enumerate(["sailor", "captain", "cook"])
    }
    articles, problems = read_texts(tmp_path, **stories)
    assert not problems
    assert all(slogan not in article.text for article in articles)
    assert all(
        [d.reason for d in article.dropped] == ["repeated across the folder"]
        for article in articles
    )


def test_one_story_in_three_files_is_kept_three_times(tmp_path: Path) -> None:
    text = (PAGES / "plain-headline.txt").read_text(encoding="utf-8")
    articles, problems = read_texts(tmp_path, a=text, b=text, c=text)
    assert not problems
    assert len({article.text for article in articles}) == 1
    assert [article.id for article in articles] == [
        "harbour-ferry-returns-after-two-years",
        "harbour-ferry-returns-after-two-years-2",
        "harbour-ferry-returns-after-two-years-3",
    ]


def test_a_published_address_stays_when_the_headline_changes(tmp_path: Path) -> None:
    shutil.copy(PAGES / "plain-headline.txt", tmp_path / "a.txt")
    articles, _ = read(tmp_path, {"a.txt": "old-ferry-story"})
    assert articles[0].id == "old-ferry-story"


def test_an_address_once_given_is_never_given_to_another_article(tmp_path: Path) -> None:
    shutil.copy(PAGES / "plain-headline.txt", tmp_path / "a.txt")
    articles, _ = read(tmp_path, {"gone.txt": "harbour-ferry-returns-after-two-years"})
    assert articles[0].id == "harbour-ferry-returns-after-two-years-2"


def test_a_long_paragraph_is_cut_after_a_sentence(tmp_path: Path) -> None:
    body = "The river rose again today. " * 40
    (tmp_path / "a.txt").write_text(f"High water in the valley\n\n{body}\n", encoding="utf-8")
    articles, _ = read(tmp_path, limits=Limits(paragraph_chars=200))
    paragraphs = articles[0].text.split("\n\n")
    assert max(map(len, paragraphs)) <= 200
    assert all(paragraph.endswith("today.") for paragraph in paragraphs[1:])


def test_progress_names_each_file_in_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        shutil.copy(PAGES / "plain-headline.txt", tmp_path / name)
    seen: list[str] = []
    read_folder(tmp_path, limits=Limits(), taken={}, progress=seen.append)
    assert seen == ["a.txt", "b.txt"]


SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"
SEED_META = {
    "000": ("Mystery Trip: North Korea’s Safety Officials Fly to Russia Amid Speculation",
            "North Korea", "2026-01-31"),
    "001": ("What Russian Political Support Means To Asia: North Korea’s 80th Labor Party "
            "Anniversary", "North Korea", "2025-12-05"),
    "002": ("Kim Jong Un Justifies North Korean Troops in Russia Amid Ukraine Conflict",
            "North Korea", "2025-12-05"),
    "003": ("North Korea plans to send military construction workers and deminers to Russia",
            None, None),
    "004": ("North Korea’s Ministry of Social Security recruits workers for Russia", None, None),
}  # fmt: skip
# Words of widgets, calls and other stories' teasers in these pages.
SEED_FURNITURE = re.compile(
    r"check out|most popular|coverage details|bias distribution|upgrade to|\d+ articles"
    r"|northkorea|tripadvisor|lg elect|sources are|coexistence center|\\",
    re.IGNORECASE,
)


def read_seed(number: str, alone: bool, tmp_path: Path) -> Article:
    for path in SEEDS.glob(f"{number}*" if alone else "*"):
        shutil.copy(path, tmp_path / path.name)
    articles, problems = read(tmp_path)
    article = next(article for article in articles if article.file.startswith(number))
    assert not problems
    return article


# The real pages are not ours to ship; where they are at hand, they are read as well.
if SEEDS.is_dir():

    @pytest.mark.parametrize("alone", [True, False])
    @pytest.mark.parametrize("number", sorted(SEED_META))
    def test_a_real_saved_page_gives_its_article(number: str, alone: bool, tmp_path: Path) -> None:
        article = read_seed(number, alone, tmp_path)
        assert (article.title, article.section, article.page_date) == SEED_META[number]
        assert article.published is None
        assert not SEED_FURNITURE.search(article.text)
        assert article.dropped
