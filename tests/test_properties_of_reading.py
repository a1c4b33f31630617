"""What holds for any text at all: found by chance, the same chance each time."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import markdown
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from generator import edtf, names, yaml_files
from generator.addresses import address_of, is_address
from generator.extract import extract
from generator.model import Article, ArticleCard, Limits, Problem
from generator.pages.escape import clean, html_title, md, note_markdown, printed, web_address
from generator.pages.render import front_matter
from generator.pages.search_shards import script
from generator.read import read_page
from generator.read.articles import make_article
from generator.read.decoding import decode
from generator.read.facts import gather_facts
from generator.read.pages import RawPage
from generator.site.policy import clean_content
from generator.yaml_files import YamlFault
from tests.blowups import INLINE, LINES, OPENING, TAGS, YAML

LIMITS = Limits(file_bytes=20_000, line_chars=2_000, article_chars=8_000, sentence_chars=300)
# The extensions of our mkdocs.yml.
EXTENSIONS = ["attr_list", "def_list", "md_in_html", "tables", "toc"]
# Nothing is kept from run to run, and a slow machine is no fault of a text's.
PROFILE = {
    "derandomize": True,
    "database": None,
    "deadline": None,
    "suppress_health_check": [HealthCheck.too_slow, HealthCheck.data_too_large],
}
# Half a character, which no file can hold, comes in through what a page says in JSON.
DATA = '{"@type":"NewsArticle","headline":"Ice \\ud800 in the harbour"}'
SURROGATE = f'<script type="application/ld+json">{DATA}</script><p>{OPENING}</p><p>{OPENING}</p>'
few = settings(max_examples=80, **PROFILE)
many = settings(max_examples=250, **PROFILE)

# Pieces that mean something to some reader, and any text between them.
units = st.sampled_from(sorted({shape.unit for shape in (*INLINE, *LINES, *TAGS)} | {OPENING}))
texts = st.lists(st.one_of(units, units, st.text(max_size=20)), max_size=12).map("".join)
bodies = st.builds(lambda before, text, after: f"{before}\n{text}\n{after}", texts, texts, texts)
articles = st.builds(lambda text: f"{OPENING}\n\n{text}", bodies)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def read(folder: Path, name: str, data: bytes) -> Article | Problem:
    """Return the article of a file that holds these bytes, or why there is none."""
    path = folder / name
    path.write_bytes(data)
    page = read_page(path, name, LIMITS)
    if not isinstance(page, RawPage):
        return page
    return make_article(page, gather_facts([page]), LIMITS)


def encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


# --- reading


@few
@given(name=st.sampled_from(["a.txt", "a.md", "a.html"]), data=st.binary(max_size=400))
@example("a.html", SURROGATE.replace("headline", "author").encode())
@example("a.html", SURROGATE.encode())
@example("a.md", b'---\ntitle: "\\ud800"\n---\n' + OPENING.encode())
def test_no_bytes_make_a_reader_fail(folder: Path, name: str, data: bytes) -> None:
    assert_sound(read(folder, name, data))


@many
@given(name=st.sampled_from(["a.txt", "a.md", "a.html"]), text=articles)
@example("a.txt", f"{OPENING}\n\n{'>' * 60}")
def test_no_text_makes_a_reader_fail(folder: Path, name: str, text: str) -> None:
    assert_sound(read(folder, name, encoded(text)))


def assert_sound(article: Article | Problem) -> None:
    """Assert that sentences give back the text, in order, all of it, and that it can be written."""
    if isinstance(article, Problem):
        assert article.what and article.todo
        return
    article.text.encode("utf-8")
    article.title.encode("utf-8")
    pieces = [article.text[s.start : s.end] for s in article.sentences]
    assert [s.number for s in article.sentences] == list(range(1, len(pieces) + 1))
    assert all(piece and piece == piece.strip() and "\n" not in piece for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(article.text.split())
    assert max(map(len, pieces)) <= LIMITS.sentence_chars
    assert len(article.title) <= LIMITS.field_chars


@many
@given(text=articles)
def test_what_is_kept_of_a_text_file_stands_in_it(folder: Path, text: str) -> None:
    data = encoded(text)
    article = read(folder, "a.txt", data)
    if isinstance(article, Article):
        source = "".join((decode(data) or "").split())
        for sentence in article.sentences:
            assert "".join(article.text[sentence.start : sentence.end].split()) in source


@few
@given(text=articles)
def test_names_dates_and_quotes_are_literally_in_the_text(folder: Path, text: str) -> None:
    article = read(folder, "a.txt", encoded(text))
    if isinstance(article, Problem):
        return
    found = extract(article)
    for named in (*found.mentions, *found.dates):
        sentence = article.sentences[named.sentence - 1]
        assert article.text[named.start : named.end] == named.surface
        assert sentence.start <= named.start < named.end <= sentence.end
    for one, other in zip(found.mentions, found.mentions[1:], strict=False):
        assert one.end <= other.start
    for statement in found.statements:
        sentence = article.sentences[statement.sentence - 1]
        start, end = statement.quote
        assert sentence.start <= start < end <= sentence.end
    assert all(date.value is None or edtf.is_valid(date.value) for date in found.dates)


# --- YAML


scalars = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
values = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(scalars, inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


@many
@given(values)
def test_whatever_is_dumped_comes_back(value: Any) -> None:
    assert yaml_files.load(yaml_files.dump(value)) == value


yaml_units = st.sampled_from(
    list(": , - ? ! & * # | > [ ] { } ' \" % @ ` ~ \\ --- ... << a \n".split(" "))
    + ["\n", "  ", "a: b\n"]
)
yaml_texts = st.one_of(
    st.lists(st.one_of(yaml_units, scalars), max_size=30).map("".join),
    st.sampled_from([make(300) for make in YAML.values()]),
    st.text(max_size=60),
)


@many
@given(yaml_texts)
def test_any_text_is_yaml_or_has_a_fault_with_a_line(text: str) -> None:
    limits = Limits(yaml_depth=6, yaml_nodes=40, yaml_chars=1_000)
    try:
        node = yaml_files.compose(text, limits)
    except YamlFault as fault:
        assert 1 <= fault.line <= len(re.split("[\n\r\x85\u2028\u2029]", text)) and fault.what
        return
    assert depth_of(yaml_files.plain(node)) < 6


def depth_of(value: Any) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(depth_of, inner), default=-1 if isinstance(value, str) else 0)


# --- templates


class Shown(HTMLParser):
    """The elements and the text of a piece of HTML, as a browser reads it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@many
@given(bodies, st.sampled_from([("{}", ["p"]), ("- {}", ["ul", "li"]), ("# {}", ["h1"])]))
def test_any_text_is_shown_to_the_letter(text: str, place: tuple[str, list[str]]) -> None:
    layout, tags = place
    html = markdown.markdown(layout.format(f"x {printed(text)} x"), extensions=EXTENSIONS)
    for page in (html, clean_content(html)):
        shown = Shown(page)
        assert shown.tags == tags
        assert " ".join(shown.text.split()) == " ".join(f"x {clean(text)} x".split())


@many
@given(bodies)
def test_any_title_comes_through_front_matter(text: str) -> None:
    front = yaml_files.load(yaml_files.dump(front_matter({"title": text})))
    assert front == {"title": html_title(text)}
    assert not {"<", ">", '"', "'"} & set(front["title"])


@few
@given(texts)
def test_any_note_is_markdown_without_elements_of_its_own(text: str) -> None:
    html = clean_content(markdown.markdown(str(note_markdown(text)), extensions=EXTENSIONS))
    assert "<script" not in html and not re.search(r"<[^>]*\son\w+=", html)
    assert not re.search(r"(?i)(?:href|src)=[\"']?\s*(?:javascript|data|vbscript):", html)


@many
@given(texts)
def test_any_text_is_safe_within_a_script(text: str) -> None:
    made = script("words", [text])
    data = made[made.index("[") : made.rindex("]") + 1]
    assert not {"<", ">", "&", "\u2028", "\u2029"} & set(made)
    json.loads(data)


@many
@given(st.text(max_size=40))
def test_an_address_of_the_web_is_http_or_nothing(text: str) -> None:
    for url in (text, f"https://{text}", f"javascript:{text}"):
        made = web_address(url)
        assert made is None or re.fullmatch(r"(?i)https?://[!-~]+", made)
        assert made is None or not set("<>\"'()[]{} ") & set(made)


# --- dates, ids and addresses


@many
@given(st.text(st.sampled_from("0123456789-/.?~%XYTZ+: é")) | st.text(max_size=20))
def test_any_text_is_a_date_with_bounds_or_none(text: str) -> None:
    if not edtf.is_valid(text):
        return
    edtf.sort_key(text)
    assert edtf.label(text)
    bounds = edtf.bounds(text)
    assert bounds is None or bounds[0] <= bounds[1]


@many
@given(st.one_of(texts, st.sampled_from(sorted(names.RESERVED))))
def test_any_name_has_an_address_that_every_system_can_hold(text: str) -> None:
    slug = names.slug(text)
    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", slug)
    assert len(slug) <= names.SLUG_LENGTH and slug not in names.RESERVED
    assert names.slug(slug) == slug
    taken = {slug, f"{slug}-2"}
    unique = names.unique_slug(text, "article", taken)
    assert unique and unique not in taken and len(unique) <= names.SLUG_LENGTH
    assert is_address(address_of(ArticleCard(unique, "a.txt", "A title")))


@many
@given(texts)
def test_keys_of_names_are_settled(text: str) -> None:
    assert names.tidy(names.tidy(text)) == names.tidy(text)
    assert md(text) == md(clean(text))
