"""The small readers behind an article: dates, sentences, encodings; what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model import Limits
from generator.read import read_folder
from generator.read.decoding import decode
from generator.read.sentences import split
from generator.read.written_dates import read_date_line

CASES = Path(__file__).parent / "cases" / "read"
FRENCH = "Le café rouvre à Orléans, après des travaux très coûteux : « une fête », dit-on."
RUSSIAN = "Губернатор области открыл в понедельник новый мост через реку. Он доволен."
POLISH = "Prezydent Łodzi otworzyła w środę nową bibliotekę przy ulicy Żółtej, źródło światła."


def date_cases() -> list[tuple[str, str]]:
    lines = (CASES / "dates.txt").read_text(encoding="utf-8").splitlines()
    rows = [line.rpartition(" = ") for line in lines if line and not line.startswith("#")]
    return [(row[0], row[2]) for row in rows]


@pytest.mark.parametrize(("line", "expected"), date_cases())
def test_a_line_that_is_a_date_is_read_as_that_day(line: str, expected: str) -> None:
    found = read_date_line(line)
    assert (f"{found.value} {found.label or ''}".strip() if found else "-") == expected


def sentence_cases() -> list[tuple[str, list[str]]]:
    cases: list[tuple[str, list[str]]] = []
    for path in sorted((CASES / "sentences").glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("- "):
                cases[-1][1].append(line[2:])
            elif line and not line.startswith("#"):
                cases.append((line, []))
    return cases


@pytest.mark.parametrize(("paragraph", "expected"), sentence_cases())
def test_sentences_end_where_a_reader_ends_them(paragraph: str, expected: list[str]) -> None:
    assert [paragraph[start:end] for start, end in split(paragraph)] == expected


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (FRENCH, "utf-8"),
        (FRENCH, "utf-8-sig"),
        (FRENCH, "utf-16"),
        (FRENCH, "utf-16-le"),
        (FRENCH, "utf-32"),
        (FRENCH, "cp1252"),
        (RUSSIAN, "cp1251"),
        (RUSSIAN, "koi8_r"),
        (POLISH, "cp1250"),
        ("“Quoted” – he said it in plain English, nothing else, for ninety words.", "cp1252"),
    ],
)
def test_letters_survive_any_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_invisible_characters_go_and_needed_joiners_stay() -> None:
    assert decode("\ufeffsoft\u00adware\u200b \u202ehidden\u202c\r\nnext".encode()) == (
        "software hidden\nnext"
    )
    assert decode("می\u200cخواهم".encode()) == "می\u200cخواهم"


def test_html_is_decoded_as_it_declares() -> None:
    page = f'<meta charset="windows-1251"><p>{RUSSIAN[:12]}</p>'
    assert RUSSIAN[:12] in (decode(page.encode("cp1251"), html=True) or "")


REFUSED = {
    "empty.txt": (b"", "there is no text in it"),
    "binary.txt": (bytes(range(256)) * 20, "its bytes are not readable text"),
    "styles.txt": (b".menu a { color: red; margin: 0; }\n" * 40, "this is not running text"),
    "data.txt": (b'{"id": 17, "name": "a name", "tags": [1, 2]},\n' * 40, "this is not running"),
    "encoded.txt": (b"QUJDREVGR0hJSktMTU5PUFFS" * 99, "this is not running text"),
    "stub.txt": (b"Only a headline\n\nOne line.\n", "only 2 words of running text"),
    "report.pdf": (b"%PDF-1.7", "not read"),
    "nothing.html": (b"<html><script>let a = 1</script></html>", "there is no text in it"),
}


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_a_file_that_is_no_article_is_named_and_the_rest_is_read(name: str, tmp_path: Path) -> None:
    data, what = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_bytes((CASES / "pages" / "plain-headline.txt").read_bytes())
    articles, problems = read_folder(tmp_path, limits=Limits(), taken={})
    assert [article.file for article in articles] == ["good.txt"]
    assert [problem.file for problem in problems] == [name]
    assert problems[0].what.startswith(what)
    assert problems[0].todo


def test_a_file_over_the_limit_is_named(tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_bytes(b"word " * 100)
    articles, problems = read_folder(tmp_path, limits=Limits(file_bytes=99), taken={})
    assert not articles
    assert str(problems[0]) == (
        "long.txt: 500 bytes is over the limit of 99: split the file, or raise limits.file_bytes"
    )


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("A secret. " * 40, encoding="utf-8")
    (folder / "link.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "up").symlink_to(tmp_path)
    articles, problems = read_folder(folder, limits=Limits(), taken={})
    assert not articles
    assert [problem.file for problem in problems] == ["link.txt", "up"]


def test_files_about_the_folder_are_passed_over_silently(tmp_path: Path) -> None:
    for name in ("README.md", ".hidden.txt", "_draft.txt", "photo.jpg", "style.css"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert read_folder(tmp_path, limits=Limits(), taken={}) == ((), ())
