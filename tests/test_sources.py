"""Sources change: files are renamed, swapped, edited, removed, brought back, retracted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator import pipeline
from generator.changes import Change, read_releases
from generator.history import KnownArticle
from generator.model import Article, Card, Evidence, Sentence
from generator.read.kept_ids import kept_ids
from tests.projects import CONFIG, contents, settings_of

FERRY = """---
title: Ferry returns to Liepaja
published: 2025-06-17
---
Marta Ozola, the mayor of Liepaja, opened the new terminal on 12 May 2024. The ferry carried forty
people on its first day. Anders Blom, director of the Baltic Ferry Company, was born in Bergen.
"""
STRIKE = """---
title: Dockers walk out
published: 2025-05-14
---
Marta Ozola, the mayor of Liepaja, said on 13 May 2025 that the strike was over. Edgars Berzins,
chairman of the Dockers' Union, did not agree with her. Nobody in Liepaja knows what comes next.
"""
STORM = """---
title: Storm over Bergen
published: 2025-04-02
---
The harbour of Bergen stayed closed on 1 April 2025, and so did the school. Ingrid Dahl, head of
the Port Authority, spoke of the worst week in years. She hopes for a calmer May than last year's.
"""


@dataclass
class Base:
    """A small knowledge base on disk."""

    config: Path

    def release(self, **articles: str) -> dict[str, str]:
        """Build with just these articles, by file name; return the id of each file."""
        folder = self.config.parent / "content/articles"
        folder.mkdir(parents=True, exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
        for name, text in articles.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
        self.settings = settings_of(self.config)
        self.outcome = pipeline.generate(self.settings)
        assert pipeline.build_pages(self.settings, self.outcome) == ()
        return {card.file[:-3]: card.id for card in self.outcome.knowledge.articles}

    def card(self, id: str) -> Card | None:
        """Return the card of an id as of the last release."""
        return next((c for c in self.outcome.knowledge.cards if c.id == id), None)

    def page(self, name: str) -> str:
        """Return a page."""
        return (Path(self.settings.pages) / f"{name}.md").read_text(encoding="utf-8")

    def changes(self) -> tuple[Change, ...]:
        """Return what the last release changed."""
        releases, _ = read_releases(pipeline.changes_path(self.settings))
        return releases[-1].changes if releases else ()


@pytest.fixture
def base(tmp_path: Path) -> Base:
    config = tmp_path / "mkdocs.yml"
    config.write_text(CONFIG, encoding="utf-8")
    return Base(config)


def retracted(text: str) -> str:
    return text.replace("---\n", "---\nretracted: true\n", 1)


# --- files


def test_ids_follow_the_texts_whatever_the_files_are_called(base: Base) -> None:
    first = base.release(a=FERRY, b=STRIKE, c=STORM)
    before = contents(base.config.parent / "content/pages")
    renamed = base.release(b=FERRY, c=STRIKE, a=STORM)
    assert renamed == {"b": first["a"], "c": first["b"], "a": first["c"]}
    moved = base.release(**{"2025-ferry": FERRY.replace("forty", "fifty"), "b": STRIKE, "c": STORM})
    assert moved == {"2025-ferry": first["a"], "b": first["b"], "c": first["c"]}
    after = contents(base.config.parent / "content/pages")
    assert {n for n in after if n.startswith("articles/")} == {
        n for n in before if n.startswith("articles/")
    }


def test_a_text_written_anew_in_its_file_keeps_the_id_and_says_what_it_took_back(
    base: Base,
) -> None:
    first = base.release(a=FERRY, b=STRIKE)
    again = STORM.replace("Storm over Bergen", "Ferry stays away")
    assert base.release(a=again, b=STRIKE) == first
    gone = {change.card: change.reason for change in base.changes() if change.kind == "withdrawn"}
    assert gone["anders-blom"] == gone["baltic-ferry-company"] == "edited"
    assert "Since its articles were edited" in base.page("people/anders-blom")


def test_what_an_article_alone_said_goes_with_it(base: Base) -> None:
    base.release(a=FERRY, b=STRIKE)
    base.release(b=STRIKE)
    withdrawn = [change for change in base.changes() if change.kind == "withdrawn"]
    assert {change.reason for change in withdrawn} == {"removed"}
    assert {change.card for change in withdrawn} >= {"anders-blom", "ferry-returns-to-liepaja"}
    # Another article says so, too: nothing is withdrawn.
    mayor = [c for c in withdrawn if c.card == "marta-ozola" and c.property == "position"]
    marta = base.card("marta-ozola")
    assert mayor == [] and marta
    assert {mention.article for mention in marta.mentions} == {"dockers-walk-out"}


def test_the_page_of_a_removed_article_and_of_whom_it_named_alone_say_so(base: Base) -> None:
    base.release(a=FERRY, b=STRIKE)
    base.release(b=STRIKE)
    article = base.page("articles/ferry-returns-to-liepaja")
    assert "# Ferry returns to Liepaja" in article and "This article was removed" in article
    assert "forty people" not in article
    person = base.page("people/anders-blom")
    assert "# Anders Blom" in person and "The articles that named it were removed" in person
    assert "[Ferry returns to Liepaja](../articles/ferry-returns-to-liepaja.md)" in person
    assert "robots: noindex" in article and "robots: noindex" in person
    search = contents(base.config.parent / "content/pages/search")
    assert not any(b"anders-blom" in data for data in search.values())


def test_an_article_that_comes_back_under_another_name_has_its_id(base: Base) -> None:
    first = base.release(a=FERRY, b=STRIKE)
    base.release(b=STRIKE)
    assert base.release(b=STRIKE, c=STORM, elsewhere=FERRY)["elsewhere"] == first["a"]
    assert base.card("anders-blom")


def test_another_article_of_the_same_headline_gets_an_id_of_its_own(base: Base) -> None:
    first = base.release(a=FERRY, b=STRIKE)
    base.release(b=STRIKE)
    other = STORM.replace("Storm over Bergen", "Ferry returns to Liepaja")
    assert base.release(b=STRIKE, c=other)["c"] == f"{first['a']}-2"


def test_a_slug_asks_for_the_address_of_an_article_that_is_gone(base: Base) -> None:
    first = base.release(a=FERRY, b=STRIKE)
    base.release(b=STRIKE)
    asked = STORM.replace("---\n", f"---\nslug: {first['a']}\n", 1)
    assert base.release(b=STRIKE, c=asked)["c"] == first["a"]


# --- retracted


def test_a_retracted_article_keeps_its_page_and_supports_nothing(base: Base) -> None:
    first = base.release(a=FERRY, b=STRIKE)
    assert base.release(a=retracted(FERRY), b=STRIKE) == first
    assert quoted(base.outcome.knowledge.cards) == {"dockers-walk-out"}
    (article,) = [c for c in base.outcome.knowledge.articles if c.retracted]
    assert article.timeline == () and "anders-blom" in article.entities
    page = base.page("articles/ferry-returns-to-liepaja")
    assert '<div class="cf-banner" role="note"' in page and "**Retracted.**" in page
    assert "forty people" in page
    reasons = {c.reason for c in base.changes() if c.kind == "withdrawn"}
    assert reasons == {"retracted"}
    assert "the article was retracted" in base.page("changes")


def test_who_is_known_from_a_retracted_article_alone_keeps_a_page_that_says_so(base: Base) -> None:
    base.release(a=FERRY, b=STRIKE)
    base.release(a=retracted(FERRY), b=STRIKE)
    card = base.card("anders-blom")
    assert card and card.mentions and not (card.claims or card.timeline or card.summary)
    assert card.description is None
    page = base.page("people/anders-blom")
    assert "# Anders Blom" in page and '<span class="cf-retracted">retracted</span>' in page
    assert "No longer here" not in page


def test_a_claim_that_others_make_stays_with_their_words(base: Base) -> None:
    base.release(a=FERRY, b=STRIKE)
    base.release(a=retracted(FERRY), b=STRIKE)
    marta = base.card("marta-ozola")
    assert marta and [c.value for c in marta.claims if c.property == "position"] == ["mayor"]
    assert marta.summary and marta.summary.article == "dockers-walk-out"


def test_an_article_that_holds_good_again_says_all_it_said(base: Base) -> None:
    base.release(a=FERRY, b=STRIKE)
    before = contents(base.config.parent / "content/cards")
    base.release(a=retracted(FERRY), b=STRIKE)
    base.release(a=FERRY, b=STRIKE)
    assert contents(base.config.parent / "content/cards") == before
    assert "the article holds good again" in base.page("changes")


def quoted(cards: Iterable[Card]) -> set[str]:
    """Return the articles whose words stand on cards, mentions aside."""
    found: list[Evidence] = []
    for card in cards:
        found += [e for claim in card.claims for e in claim.evidence]
        found += [e for conflict in card.conflicts for e in conflict.evidence]
        found += [card.summary] if card.summary else []
        found += [Evidence(e.article, e.sentence, e.quote) for e in card.timeline]
    return {evidence.article for evidence in found}


# --- which text is which


def text(file: str, title: str, *lines: str, url: str | None = None) -> Article:
    """Return an article of some sentences."""
    sentences, at = [], 0
    for number, line in enumerate(lines, 1):
        sentences.append(Sentence(number, at, at + len(line), 1))
        at += len(line) + 1
    return Article("", file, title, "\n".join(lines), tuple(sentences), url=url)


def known(id: str, file: str, title: str, *quotes: str, url: str | None = None) -> KnownArticle:
    return KnownArticle(id, file, title, url, None, frozenset(quotes))


ONE, TWO, THREE = "Ada spoke in Orel.", "Bo met nobody on 3 May.", "Cy left the town."
OTHER = text("n.md", "News", "Dee sang.", "Eve sat.")


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        # Another headline, but the sentences are there.
        (known("x", "a.md", "Old", ONE, TWO), text("n.md", "New", ONE, TWO, THREE), True),
        # One sentence in common: any report of the event may have it.
        (known("x", "a.md", "Old", ONE), text("n.md", "New", ONE, THREE), False),
        (known("x", "a.md", "Old", ONE, TWO), text("n.md", "New", ONE, THREE), False),
        # The headline and half the sentences.
        (known("x", "a.md", "News", ONE, TWO), text("n.md", "News", ONE, THREE), True),
        # The headline alone, of a daily column.
        (known("x", "a.md", "News", ONE, TWO), OTHER, False),
        # Where it was published, and half the sentences.
        (known("x", "a.md", "Old", ONE, TWO, url="u"), text("n.md", "N", ONE, url="u"), True),
        (known("x", "a.md", "Old", ONE, TWO, url="u"), text("n.md", "N", THREE, url="u"), False),
    ],
)
def test_a_text_is_told_by_what_is_quoted_of_it(
    old: KnownArticle, new: Article, same: bool
) -> None:
    assert kept_ids([new], [old], {}) == ({"n.md": "x"} if same else {})


def test_a_copy_beside_its_original_takes_no_id() -> None:
    olds = [known("x", "a.md", "Old", ONE, TWO)]
    pair = [text("0.md", "Old", ONE, TWO), text("a.md", "Old", ONE, TWO)]
    assert kept_ids(pair, olds, {}) == {"a.md": "x"}


def test_of_two_copies_the_likelier_takes_the_id() -> None:
    olds = [known("x", "a.md", "Old", ONE, TWO, THREE)]
    pair = [text("b.md", "Old", ONE, TWO), text("c.md", "Old", ONE, TWO, THREE)]
    assert kept_ids(pair, olds, {}) == {"c.md": "x"}


def test_a_new_file_pushed_before_numbered_ones_shifts_no_id() -> None:
    olds = [known(f"x{n}", f"{n}.md", f"T{n}", f"A {n} is here.", f"B {n}.") for n in range(9)]
    shifted = [text(f"{n + 1}.md", f"T{n}", f"A {n} is here.", f"B {n}.") for n in range(9)]
    made = kept_ids([text("0.md", "New", ONE), *shifted], olds, {})
    assert made == {f"{n + 1}.md": f"x{n}" for n in range(9)}
