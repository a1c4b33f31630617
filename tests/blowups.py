"""Texts that cost a careless reader far more than their length: repeated and nested shapes.

Every shape can be made in any length. A blow-up is one shape in one kind of file; `content`
gives the files of a knowledge base that holds it, by their name below `content`.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parent / "cases" / "blowups"

# Enough prose for an article, whatever the shape beside it is.
OPENING = (
    "The harbour of Ostrow was closed on Monday, and the pilots went home at noon. Nobody in the "
    "town could remember a winter in which the ice had come so early or stayed so thick. "
)
# Somebody for notes and decisions to be about.
NAMED = "Ann Lee, the head of the Bank of Norway, counted the boats with her brother Carl.\n"
SYLLABLES = [a + b for a in "bdfgklmnprstvz" for b in "aeiou"]


@dataclass(frozen=True, slots=True)
class Shape:
    """A text of any length: `unit` again and again, or `opening` nested in itself.

    In a unit `%n` is a number that counts up and `%w` a capitalised word that no other has.
    """

    name: str
    unit: str
    closing: str = ""

    def text(self, size: int) -> str:
        """Return the shape in about `size` characters."""
        if self.closing:
            half = size // (len(self.unit) + len(self.closing)) or 1
            return f"{self.unit * half}x{self.closing * half}"
        if "%" not in self.unit:
            return (self.unit * (size // len(self.unit) + 1))[:size]
        return _counted(self.unit, size)


def _counted(unit: str, size: int) -> str:
    pieces, length, number = [], 0, 0
    while length < size:
        piece = unit.replace("%n", str(number)).replace("%w", word(number))
        pieces.append(piece)
        length, number = length + len(piece), number + 1
    return "".join(pieces)


def word(number: int) -> str:
    """Return the capitalised word of a number; no two numbers have the same.

    >>> word(0), word(71)
    ('Baba', 'Beba')
    """
    text = ""
    while number or len(text) < 4:
        number, rest = divmod(number, len(SYLLABLES))
        text += SYLLABLES[rest]
    return text.capitalize()


def _shapes(kind: str) -> tuple[Shape, ...]:
    """Return a shape for each line of a file of cases, where a space is written `·`."""
    lines = (CASES / f"{kind}.txt").read_text(encoding="utf-8").splitlines()
    decoded = [line.replace("·", " ").encode("latin-1", "backslashreplace") for line in lines]
    return tuple(
        Shape(f"{kind} {line}", text.decode("unicode_escape"))
        for line, text in zip(lines, decoded, strict=True)
    )


# --- within a line

MARKS = _shapes("marks")
NESTED = tuple(
    Shape(f"nested {opening}", opening, closing)
    for opening, closing in (
        ("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("“", "”"), ("‘", "’"), ("«", "»"),
        ("*a ", " a*"), ("_a ", " a_"), ("`", "`"), ("[a ", "](b)"), ("![", "](b)"),
        ("<b>", "</b>"), ("<a href=b>", "</a>"), ("(A ", ")"), ("“A said ", "”"), ("the A of ", ""),
    )
)  # fmt: skip
WORDS = _shapes("words")
NUMBERS = _shapes("numbers")
SIGNS = _shapes("signs")
FRESH = _shapes("fresh")
CODE = (
    Shape("code base64", "%wx3+/9%n"),
    Shape("code script", "function a%n(){var b=[%n,{c:'%w'}];return b}"),
    Shape("code json", '{"a%n":[{"b":%n},"%w"],'),
    Shape("code style", ".a%n>b{color:#%n;margin:0 %npx}"),
    Shape("code table", "%n;%n;%w;"),
)
INLINE = (*MARKS, *NESTED, *WORDS, *NUMBERS, *SIGNS, *FRESH, *CODE)

# --- whole lines and paragraphs

LINES = _shapes("lines")


def _deeper(unit: str) -> Callable[[int], str]:
    """Return a shape that stands deeper from line to line, as nested lists do."""

    def text(size: int) -> str:
        depth = int((2 * size / len(unit)) ** 0.5)
        return "".join(f"{unit * level}a\n" for level in range(1, depth))

    return text


DEEPER: dict[str, Callable[[int], str]] = {
    "deeper list": lambda size: "".join(f"{'  ' * n}- a\n" for n in range(int(size**0.5))),
    "deeper numbers": lambda size: "".join(f"{'   ' * n}1. a\n" for n in range(int(size**0.5))),
    "deeper quotes": _deeper("> "),
    "deeper list on a line": lambda size: "- " * (size // 2) + "a",
    "deeper quotes on a line": lambda size: "> " * (size // 2) + "a",
    "deeper backticks": lambda size: " ".join("`" * n for n in range(1, int((2 * size) ** 0.5))),
    "deeper stars": lambda size: " ".join("*" * n + "a" for n in range(1, int((2 * size) ** 0.5))),
}

# --- HTML

TAGS = _shapes("tags")
WITHIN_TAGS = _shapes("attributes")
DATA = _shapes("data")

# --- YAML: the values of fields, and whole files

VALUES = _shapes("values")
YAML = {
    "aliases": lambda size: _bomb(size),
    "anchors": lambda size: _counted("- &a%n b\n", size),
    "merge keys": lambda size: "- &a {b: c}\n" + _counted("- <<: *a\n", size),
    "block lists": lambda size: "- " * (size // 2) + "a",
    "block mappings": lambda size: "".join(f"{' ' * n}a:\n" for n in range(int((2 * size) ** 0.5))),
    "flow lists": lambda size: "- " + "[" * (size // 2) + "]" * (size // 2),
    "flow lists line by line": lambda size: "- " + "[\n" * (size // 4) + "]\n" * (size // 4),
    "flow mappings": lambda size: "- " + "{a: " * (size // 5) + "b" + "}" * (size // 5),
    "question marks": lambda size: "? " * (size // 2) + "a",
    "one key": lambda size: f"- {'a' * size}: b\n",
    "keys": lambda size: _counted("a%n: b\n", size),
    "the same key": lambda size: _counted("a: b\n", size),
    "items": lambda size: _counted("- a%n\n", size),
    "documents": lambda size: _counted("---\n- a\n", size),
    "tags": lambda size: _counted("- !!python/name:os.system a\n", size),
    "comments": lambda size: _counted("# %w\n", size),
    "a long scalar": lambda size: f"- \"{'a ' * (size // 2)}\"",
    "a folded scalar": lambda size: "- >\n" + _counted("  %w\n", size),
    "brackets in quotes": lambda size: f"- '{'[' * size}'",
    "decisions": lambda size: _counted("- drop: [%w %w]\n", size),
    "merges": lambda size: _counted("- merge: [Ann Lee, %w]\n", size),
    "one merge": lambda size: "- merge: [Ann Lee, " + _counted("%w, ", size) + "Ann Lee]\n",
    "distinct": lambda size: "- distinct: [Ann Lee, " + _counted("%w, ", size) + "Ann Lee]\n",
    "entities": lambda size: _counted("- entity: {name: %w %w, type: person}\n", size),
    "aliases of one": lambda size: "- entity: {name: Al Poe, type: person, aliases: ["
    + _counted("%w %n, ", size) + "Poe]}\n",
    "claims": lambda size: _counted("- claim: {who: Ann Lee, property: position, of: a%n}\n", size),
}  # fmt: skip


def _bomb(size: int) -> str:
    """Return lists of the list before, ten times each: as many items as atoms in a star."""
    lines = ["- &a0 [b, b]"]
    while sum(map(len, lines)) < size:
        number = len(lines)
        again = ", ".join([f"*a{number - 1}"] * 10)
        lines.append(f"- &a{number} [{again}]")
    return "\n".join(lines)


# --- put into files


@dataclass(frozen=True, slots=True)
class Blowup:
    """One shape in one kind of file, in any length."""

    name: str
    content: Callable[[int], dict[str, str]]


def blowups() -> Iterator[Blowup]:
    """Yield every blow-up there is, sorted by what kind of file it is in."""
    for shape in (*INLINE, *LINES):
        yield _article("txt", shape.name, shape.text, "{}\n\n{}\n\n{}")
    for shape in (*INLINE, *LINES):
        yield _article("md", shape.name, shape.text, "{}\n\n{}\n\n{}")
    for name, text in DEEPER.items():
        yield _article("md", name, text, "{}\n\n{}\n\n{}")
    for shape in (*TAGS, *NESTED, *WORDS, *FRESH, *LINES):
        yield _article("html", shape.name, shape.text, PAGE)
    for shape in WITHIN_TAGS:
        yield _article("html", shape.name, shape.text, "<p>{}<p{}><p>{}")
    for shape in DATA:
        page = f'<script type="application/ld+json">{{1}}</script>{PAGE}'
        yield _article("html", shape.name, shape.text, page.replace("{}", "{0}"))
    for shape in (*VALUES, *NESTED):
        yield _article("md", f"title {shape.name}", shape.text, "---\ntitle: {1}\n---\n{0}\n\n{2}")
    for name, text in YAML.items():
        yield _article("md", f"front matter {name}", text, "---\n{1}\n---\n{0}\n\n{2}")
        for file in ("curation/a.yml", "cards/people/a.yml", "addresses.yml", "changes.yml"):
            yield _file(f"{file} {name}", file, text)
    for shape in (*MARKS, *NESTED, *LINES):
        yield _file(f"note {shape.name}", "notes/ann-lee.md", shape.text)


# --- many articles


def _folder(
    line: str, title: str = "Ice closes the harbour of %w"
) -> Callable[[int], dict[str, str]]:
    """Return folders of articles of about 500 characters, each with a line of its own."""

    def content(size: int) -> dict[str, str]:
        made = {}
        for number in range(size // 500 or 1):
            name, other = word(number), word(3 * number + 1)
            text = f"{title}\n\n{OPENING}\n\n{line}\n\nThe ice of {other} was {number} days old.\n"
            text = text.replace("%w", name).replace("%n", str(number))
            made[f"articles/a{number:05d}.txt"] = text.replace("%o", other)
        return made

    return content


FOLDERS: dict[str, Callable[[int], dict[str, str]]] = {
    "one name, many offices": _folder(
        "John Smith, the director of %w Bank, met the crew. He left."
    ),
    "one name, nothing said": _folder("John Smith came to the quay and went home again at noon."),
    "one surname": _folder("%w Smith came to the quay. Smith said that the ice was thick."),
    "a surname alone": _folder("Smith came to the quay. Mr. Smith said that the ice was thick."),
    "initials": _folder("J. %w Smith came to the quay with John Smith and %w John Smith."),
    "spellings": _folder("Yusuf Amran%n came with Youssef Amrany and Jusuf Amrani to the quay."),
    "one body": _folder("%w Bank and the Bank of %w joined the Bank, and the %w Bank Council."),
    "acronyms": _folder("The %w Bank Council (ABC) met. The ABC said that the ice was thick."),
    "one title": _folder("%w Smith met Ann %o on the quay.", title="Ice closes the harbour"),
    "one story": _folder("Ann Lee said that the ice was thick.", title="Ice closes the harbour"),
    "one place": _folder("Ostrow, Ostrow region, Ostrow City and the town of Ostrow froze over."),
}


PAGE = "<html><head><title>Ice</title></head><body><p>{}</p><p>{}</p><p>{}</p></body></html>"


def _article(kind: str, name: str, text: Callable[[int], str], layout: str) -> Blowup:
    def content(size: int) -> dict[str, str]:
        return {f"articles/a.{kind}": layout.format(OPENING, text(size), OPENING)}

    return Blowup(f"{kind} {name}", content)


def _file(name: str, file: str, text: Callable[[int], str]) -> Blowup:
    return Blowup(name, lambda size: {"articles/a.txt": OPENING + NAMED, file: text(size)})


def scrambled(seed: int, size: int) -> str:
    """Return shapes of all kinds, a few of each, in an order that the seed decides."""
    chance = random.Random(seed)
    text = ""
    while len(text) < size:
        shape = chance.choice((*INLINE, *LINES, *TAGS))
        text += shape.text(chance.randrange(1, 200))
    return text[:size]
