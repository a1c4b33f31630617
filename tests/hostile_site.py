"""A knowledge base out of hostile texts: each in a headline, a name, a sentence and front matter.

Around them stands harmless prose that differs from article to article, so that they are read as
articles and not as furniture, and as no story told twice.
"""

from __future__ import annotations

import html
import itertools
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from generator.settings import PROJECT
from tests.hostile import Payload

TOGETHER, IN_TEXT = 6, 300
# So much of a file tells whether it is an article.
KNOWN_BY = 20_500
# What teams add to their mkdocs.yml. None of it may see anything in a text of others.
EXTENSIONS = (
    "abbr", "admonition", "footnotes", "meta", "wikilinks", "codehilite", "pymdownx.arithmatex",
    "pymdownx.betterem", "pymdownx.blocks.admonition", "pymdownx.blocks.html",
    "pymdownx.blocks.tab", "pymdownx.caret", "pymdownx.critic", "pymdownx.details",
    "pymdownx.emoji", "pymdownx.inlinehilite", "pymdownx.keys", "pymdownx.magiclink",
    "pymdownx.mark", "pymdownx.progressbar", "pymdownx.snippets", "pymdownx.superfences",
    "pymdownx.tabbed", "pymdownx.tasklist", "pymdownx.tilde",
)  # fmt: skip
# These are made to change words: nothing may run, but texts are not the same.
REWRITING = ("smarty", "pymdownx.smartsymbols")
_NOUNS = (
    "harbour ledger warden quarry orchard ferry council granary bridge lantern signal cellar "
    "meadow tower market anchor barrel chapel furnace garden hedge island jetty kiln library "
    "mill nursery outpost pantry railway school tavern valley workshop archive bakery canal"
).split()
_QUALITIES = (
    "old quiet narrow southern painted wooden distant crowded early broken careful empty famous "
    "gentle heavy idle late modest northern ordinary patient rapid silent tidy upper vacant warm"
).split()
_DEEDS = "read heard copied printed shouted found kept moved sold wrote repeated showed".split()
_GIVEN = "Anna Boris Clara David Edith Felix Greta Henry Irene James Karen Louis Maria Nina".split()
_SYLLABLES = "bar dol fen gar hol kas lin mor nad pel ros sten tal ven wick zan".split()


@dataclass(frozen=True, slots=True)
class Hostile:
    """A project on disk, the payloads in it, and the harmless name each person is found by."""

    config: Path
    payloads: tuple[Payload, ...]
    people: dict[str, str]


def write_project(folder: Path, payloads: Sequence[Payload]) -> Hostile:
    """Write articles, curation and mkdocs.yml below `folder`."""
    chance = random.Random(5)
    articles, curation = folder / "content" / "articles", folder / "content" / "curation"
    articles.mkdir(parents=True)
    curation.mkdir()
    people: dict[str, str] = {}
    decisions: list[dict[str, object]] = []
    names = person_names()
    for number, some in enumerate(batches(payloads, TOGETHER)):
        person = next(names)
        people[person] = one_line(some[0].text)
        write = write_markdown if number % 2 else write_html
        write(articles, number, some, person, chance)
        decisions += decide(person, some)
    for number, some in enumerate(batches(payloads, IN_TEXT)):
        write_texts(articles, number, some, chance)
    for number, payload in enumerate(payloads[::40]):
        write_named(articles, number, payload, chance)
    text = yaml.safe_dump(decisions, allow_unicode=False, sort_keys=False)
    (curation / "hostile.yml").write_text(text, encoding="utf-8")
    return Hostile(write_config(folder), tuple(payloads), people)


def batches(payloads: Sequence[Payload], size: int) -> Iterator[list[Payload]]:
    """Yield the payloads, some at a time; the last ones are filled up from the first."""
    endless = itertools.cycle(payloads)
    for _ in range(-(-len(payloads) // size)):
        yield list(itertools.islice(endless, size))


def one_line(text: str) -> str:
    """Return a text as a line of a file can hold it."""
    return " ".join(re.sub(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]", " ", text).split())


def person_names() -> Iterator[str]:
    """Yield names that look like people's, no two of one family."""
    for number, syllables in enumerate(itertools.product(_SYLLABLES, repeat=3)):
        yield f"{_GIVEN[number % len(_GIVEN)]} {''.join(syllables).capitalize()}"


def prose(chance: random.Random, said: str = "") -> str:
    """Return a sentence about nothing; what somebody `said` stands in the midst of it."""
    noun, other, third = chance.sample(_NOUNS, 3)
    quality, deed = chance.choice(_QUALITIES), chance.choice(_DEEDS)
    place = f"near the {chance.choice(_QUALITIES)} {third} in the {chance.choice(_NOUNS)}"
    return f"The {quality} {noun} of the {other} {deed} {said or 'it again'} {place}."


def decide(person: str, some: list[Payload]) -> list[dict[str, object]]:
    """Return decisions that give a person hostile names, a description and claims."""
    first, second, third, fourth, *more = (one_line(payload.text) for payload in some)
    found: list[dict[str, object]] = [
        {"rename": {person: first}, "why": second, "by": third},
        {
            "entity": {"name": person, "type": "person", "aliases": [second, third, fourth, *more]},
            "why": fourth,
        },
        {"set": {"id": person, "description": f"Keeper of {fourth}"}, "why": first},
    ]
    said = {"who": person, "property": "position", "value": second, "source": third}
    return [*found, {"claim": said, "why": fourth, "date": "2024-05-06"}]


# --- articles


def headline(number: int, some: list[Payload]) -> str:
    """Return a headline with all of some payloads."""
    return f"Report {number} on " + " and ".join(one_line(payload.text) for payload in some)


def calm_body(person: str, chance: random.Random) -> list[str]:
    """Return paragraphs without a payload, enough for an article; they name a person."""
    deed, noun = chance.choice(_DEEDS), chance.choice(_NOUNS)
    return [
        f"{person}, the {chance.choice(_QUALITIES)} keeper, {deed} it at the {noun} on 9 May 2024.",
        f"Mr. {person.split()[1]} came to the {chance.choice(_NOUNS)} with a {noun} in hand.",
        prose(chance),
        prose(chance),
    ]


def write_markdown(
    folder: Path, number: int, some: list[Payload], person: str, chance: random.Random
) -> None:
    """Write an article with payloads in every field of its front matter that there could be."""
    texts = [one_line(payload.text) for payload in some]
    front = {
        "title": headline(number, some), "author": f"Ann {texts[0]} {texts[3]}",
        "source": f"{texts[1]} {texts[4]}", "section": f"{texts[2]} {texts[5]}",
        "published": "2024-05-09",
        "url": f"https://example.org/{number}?q={texts[0].replace(' ', '')}",
        "description": texts[3], "tags": [texts[0], texts[1]], "icon": texts[2],
        "template": texts[3], "hide": texts[0], "status": texts[1], "search": texts[2],
    }  # fmt: skip
    if number % 10 == 1:
        front |= {"lang": texts[0], "slug": texts[1], "published": texts[2]}
    text = yaml.safe_dump(front, allow_unicode=False, sort_keys=False)
    body = "\n\n".join(calm_body(person, chance))
    _write(folder / f"m{number:04d}.md", f"---\n{text}---\n\n{body}\n")


def write_html(
    folder: Path, number: int, some: list[Payload], person: str, chance: random.Random
) -> None:
    """Write a saved page that says all of itself in payloads, in JSON-LD and in elements."""
    texts = [one_line(payload.text) for payload in some]
    title = headline(number, some)
    data = {
        "@type": "NewsArticle", "headline": title, "author": {"name": f"Ann {texts[0]} {texts[3]}"},
        "publisher": {"name": f"{texts[1]} {texts[4]}"}, "datePublished": "2024-05-09",
        "articleSection": f"{texts[2]} {texts[5]}", "description": texts[3], "url": f"https://example.org/{texts[3]}",
    }  # fmt: skip
    named = {"og:title": title, "author": texts[0], "og:site_name": texts[1], "section": texts[2]}
    metas = "".join(f'<meta name="{k}" content="{html.escape(v)}">' for k, v in named.items())
    inert = json.dumps(data).replace("<", "\\u003c")
    head = f'{metas}<script type="application/ld+json">{inert}</script>'
    body = "".join(f"<p>{line}</p>\n" for line in calm_body(person, chance))
    _write(folder / f"h{number:04d}.html", _page(title, head, body))


def write_texts(folder: Path, number: int, some: list[Payload], chance: random.Random) -> None:
    """Write articles with a payload in each paragraph, in each format and way.

    What is no running text is no article; an article is known by its beginning.
    """
    title = f"What the {chance.choice(_QUALITIES)} {chance.choice(_NOUNS)} heard on day {number}"
    shown = [prose(chance, one_line(payload.text)) for payload in some]
    raw = [prose(chance, payload.text) for payload in some]
    alone = [payload.text for payload in some]
    front = f"---\ntitle: {title}\npublished: 2024-05-09\n---\n"
    for name, start, paragraphs in (
        ("t{}.txt", title, shown),
        ("n{}.md", front, [as_numbers(line) for line in shown]),
        ("r{}.md", front, [*raw, *alone]),
    ):
        body = "\n\n".join([start, *calm_start(chance), *paragraphs, prose(chance)])
        _write(folder / name.format(number), f"{body}\n")
    lines = [*calm_start(chance), *map(html.escape, shown), *raw, *alone]
    body = "".join(f"<p>{line}</p>\n" for line in lines)
    _write(folder / f"p{number}.html", _page(title, "", body))


def calm_start(chance: random.Random) -> list[str]:
    """Return paragraphs as long as what a reader of files looks at to know an article."""
    lines: list[str] = []
    while sum(map(len, lines)) < KNOWN_BY:
        lines.append(" ".join(prose(chance) for _ in range(6)))
    return lines


def as_numbers(text: str) -> str:
    """Return a text as Markdown that shows it: every sign as its number."""
    return re.sub(r"[^\w\s.,]", lambda match: f"&#{ord(match[0])};", text)


def write_named(folder: Path, number: int, payload: Payload, chance: random.Random) -> None:
    """Write an article whose file bears the payload's name, as far as a file can."""
    name = re.sub(r"[/\x00-\x1f]", "_", payload.text.encode("ascii", "ignore").decode())[:90]
    title = "<>" if number % 2 else f"Found in a {chance.choice(_NOUNS)}, number {number}"
    body = "\n\n".join(prose(chance) for _ in range(4))
    _write(folder / f"{name} {number}.txt", f"{title}\n\n{body}\n")


def _page(title: str, head: str, body: str) -> str:
    escaped = html.escape(title)
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escaped}</title>'
        f"{head}</head><body><article><h1>{escaped}</h1>\n{body}</article></body></html>"
    )


def _write(path: Path, text: str) -> None:
    # A zero byte would make the whole file unreadable, and the rest of it no danger.
    path.write_bytes(text.replace("\0", "").encode("utf-8", "replace"))


# --- notes and settings


def write_notes(project: Hostile, ids: Sequence[str]) -> None:
    """Write notes on cards: what Markdown of the payloads an editor may have copied."""
    folder = project.config.parent / "content" / "notes"
    folder.mkdir(exist_ok=True)
    some = [payload for payload in project.payloads if payload.kind in ("markdown", "addresses")]
    for id, batch in zip(ids, batches(some, 6), strict=False):
        text = "\n\n".join(payload.text for payload in batch)
        _write(folder / f"{id}.md", f"What we know.\n\n{text}\n\n* [home](../index.md)\n")


def write_config(
    folder: Path, name: str = "mkdocs.yml", policy: str = "true", extensions: Sequence[str] = ()
) -> Path:
    """Write a configuration that is ours but for the policy and the extensions; return it."""
    text = (PROJECT / "mkdocs.yml").read_text(encoding="utf-8")
    theme = f"custom_dir: {json.dumps(str(PROJECT / 'templates' / 'theme'))}"
    text = text.replace("custom_dir: templates/theme", theme)
    text = text.replace(
        "      language: en\n", f"      language: en\n      content_security_policy: {policy}\n", 1
    )
    added = "".join(f"  - {extension}\n" for extension in extensions)
    text = text.replace("markdown_extensions:\n", f"markdown_extensions:\n{added}", 1)
    text = re.sub(r"(?m)^site_url:.*$", "site_url: https://cards.example/kb/", text)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path
