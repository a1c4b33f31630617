"""The words of the interface: one YAML file per language, `generator/lexicons/interface_*.yml`.

`t("entity.aliases")` is a text; `t("count.article", n=3)` chooses the form for a number, by
the language's own rules. Texts are Markdown of ours; what is filled in is escaped.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from babel import Locale
from markupsafe import Markup, escape

from generator import lexicons
from generator.pages.escape import printed
from generator.pages.labels import Labels, PropertyLabel, TypeLabel

DEFAULT = "en"
WORDS_URI = "assets/words.js"


@dataclass(frozen=True, slots=True)
class Interface:
    """The texts of one language by key, `section.name`; what it lacks reads in English."""

    language: str
    texts: Mapping[str, Any]

    def __call__(self, key: str, **values: object) -> Markup:
        """Return a text as Markdown, `values` escaped unless they are `Markup`."""
        form = self.form(key, values.get("n", 0))
        return fill(form, values) if values else _fixed(form)

    def form(self, key: str, number: Any = 0) -> str:
        """Return a text as it is written, in the form for `number` where there are several."""
        text = self.texts[key]
        if isinstance(text, str):
            return text
        return str(text.get(_plural(self.language, number), text["other"]))


@dataclass(frozen=True, slots=True)
class HtmlTexts:
    """The same texts as HTML, for the theme: everything in them and filled in is escaped."""

    interface: Interface

    @property
    def language(self) -> str:
        """The language code of the pages."""
        return self.interface.language

    @property
    def direction(self) -> str:
        """The way the words are written: `ltr` or `rtl`."""
        # As they show themselves: all that is known of a language takes long to load.
        ways = map(unicodedata.bidirectional, self.interface.form("shell.search"))
        return "rtl" if {"R", "AL"}.intersection(ways) else "ltr"

    def __call__(self, key: str, **values: object) -> Markup:
        """Return a text as HTML."""
        return escape(self.interface.form(key, values.get("n", 0))).format(**values)

    def title(self, uri: str, kind: str | None) -> str | None:
        """Return what the tab of a page says, None for the words that mkdocs.yml has."""
        if self.language == DEFAULT:
            return None
        words = self.interface.texts.get(f"kinds.{kind}") or {}
        name = "home" if uri == "index.md" else uri.removesuffix("/index.md").removesuffix(".md")
        title = words.get("other") or self.interface.texts.get(f"nav.{name}")
        return None if title is None else str(title)


@lru_cache(maxsize=10_000)  # every page asks for the forms of small numbers
def _plural(language: str, number: Any) -> str:
    return str(Locale.parse(language).plural_form(number))


@cache
def _fixed(text: str) -> Markup:
    return fill(text, {})


def fill(text: str, values: Mapping[str, object]) -> Markup:
    """Return a text of ours with `{name}` replaced by escaped values.

    >>> fill("**{name}**", {"name": "a*b"})
    Markup('**a&#42;b**')
    """
    return Markup(text.format(**{name: printed(value) for name, value in values.items()}))


@cache
def load_interface(language: str = DEFAULT) -> Interface:
    """Return the texts of a language, or of the language a regional one belongs to."""
    for name in (language.lower(), language.lower().partition("-")[0]):
        if (lexicons.FOLDER / f"interface_{name}.yml").is_file():
            return Interface(name, {**_texts(DEFAULT), **_texts(name)})
    return Interface(DEFAULT, _texts(DEFAULT))


def translate_labels(labels: Labels, t: Interface) -> Labels:
    """Return what kinds and properties are called in a language; the schema's words are English."""
    if t.language == DEFAULT:
        return labels
    return Labels(
        types={name: _type_label(name, label, t) for name, label in labels.types.items()},
        properties={
            name: _property_label(name, label, t) for name, label in labels.properties.items()
        },
    )


def script_words(t: Interface) -> str:
    """Return the file of texts that our scripts show, `cardfile.words`."""
    words = {key.removeprefix("script."): t.texts[key] for key in t.texts if _for_scripts(key)}
    text = json.dumps(words, ensure_ascii=False, sort_keys=True)
    return f"window.cardfile = Object.assign(window.cardfile || {{}}, {{ words: {text} }});\n"


def _texts(language: str) -> dict[str, Any]:
    sections = lexicons.load(f"interface_{language}")
    return {
        f"{section}.{name}": text
        for section, texts in sections.items()
        for name, text in texts.items()
    }


def _for_scripts(key: str) -> bool:
    return key.startswith("script.")


def _type_label(name: str, label: TypeLabel, t: Interface) -> TypeLabel:
    words = t.texts.get(f"kinds.{name}")
    return replace(label, label=words["one"], plural=words["other"]) if words else label


def _property_label(name: str, label: PropertyLabel, t: Interface) -> PropertyLabel:
    words = t.texts.get(f"properties.{name}")
    if not words:
        return label
    return replace(label, label=words["label"], other_end=words["other_end"])
