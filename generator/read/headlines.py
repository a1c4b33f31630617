"""Which line is the headline: what is glued to it, what stands above it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator import names
from generator.read import echoes
from generator.read.pages import (
    Draft,
    Line,
    is_headline_shaped,
    is_terminated,
    line_key,
    word_count,
)
from generator.read.sentences import split
from generator.read.shapes import is_byline, section_names
from generator.read.written_dates import read_date_line

# How far down a page its headline is looked for: menus and teasers seldom fill more lines.
HEAD = 60
LONGEST_SECTION = 30
LONGEST_TITLE = 200

_CAMEL = re.compile(r"(?<=[^\W\d_A-ZА-Я])(?=[A-ZА-Я])|(?<=[A-ZА-Я])(?=[A-ZА-Я][^\W\d_A-ZА-Я])")
_SITE_TAIL = re.compile(r"\s[|–—-]\s(?P<site>[^|]{2,50})$")


@dataclass(frozen=True, slots=True)
class Headline:
    """Where the headline is, its own words, and what was glued to it."""

    index: int
    text: str
    section: str | None = None
    source: str | None = None


def find_headline(draft: Draft) -> Headline | None:
    """Return the headline of a page whose format does not tell it, by the first rule that can."""
    head = draft.lines[:HEAD]
    for rule in HEADLINE_RULES:
        if headline := rule(draft, head):
            return headline
    return None


def set_headline(draft: Draft, headline: Headline | None) -> Draft:
    """Return the draft with its headline marked; what follows it on the line becomes text."""
    if headline is None:
        return draft
    line = draft.lines[headline.index]
    rest = line.text.partition(headline.text)[2].strip()
    own = replace(line, text=headline.text, role="headline", bullet=False)
    # A glued section stands before the headline; what follows is the paragraph it began.
    after = (replace(line, text=rest),) if rest and not headline.source else ()
    lines = (*draft.lines[: headline.index], own, *after, *draft.lines[headline.index + 1 :])
    return Draft(lines, headline.index, draft.dropped)


def glued_copy(draft: Draft, head: tuple[Line, ...]) -> Headline | None:
    """Find the headline that stands twice, once with its section set before it without a space.

    Lines "Ferry Sinks Off Coast" and "SouthAsiaFerry Sinks Off Coast": section South Asia.
    """
    keys = [line_key(line.text[: 2 * LONGEST_TITLE]) for line in head]
    shortest = {key: index for index, key in reversed(list(enumerate(keys))) if len(key) >= 15}
    for long, key in enumerate(keys):
        for cut in range(2, min(LONGEST_SECTION, len(key) - 15) + 1):
            short = shortest.get(key[cut:])
            if short is not None and _is_glued(head[long].text, cut):
                section = split_camel(head[long].text[:cut])
                return Headline(_place(head, short, long), head[short].text, section)
    return None


def repeated_line(draft: Draft, head: tuple[Line, ...]) -> Headline | None:
    """Find the headline that stands twice near the top, or once more with the site's name."""
    captions = echoes.twins(head)
    seen: dict[str, int] = {}
    for index, line in enumerate(head):
        bare, site = _without_site(line.text)
        for text, source in ((line.text, None), (bare, site)):
            first = seen.get(line_key(text))
            if first is not None and _is_of_text(draft, head, first, index):
                return _pair(head, first, index, source)
        long = len(bare) >= 20 and word_count(bare) >= 3
        if long and is_headline_shaped(line.text) and index not in captions:
            seen.setdefault(line_key(line.text), index)
            seen.setdefault(line_key(bare), index)
    return None


def _is_of_text(draft: Draft, head: tuple[Line, ...], first: int, second: int) -> bool:
    """Return whether two copies are the headline's: both above the text, or the text's own words.

    Another story's headline may stand above the text and come back in a list below it.
    """
    start = _text_start(head)
    if first >= start:
        return False
    text = " ".join(line.text for line in draft.lines[start:second])
    return second < start or echoes.echo(head[first].text, echoes.stems(text)) >= echoes.ALIEN


def told_by_text(draft: Draft, head: tuple[Line, ...]) -> Headline | None:
    """Find the headline whose words the text below uses; those of teasers it does not."""
    index = echoes.told_by_text(draft, head)
    return None if index is None else Headline(index, head[index].text)


def after_teasers(draft: Draft, head: tuple[Line, ...]) -> Headline | None:
    """Find the headline under teasers: pairs of a headline and one sentence about other stories.

    It is told by what comes back: the text below speaks of its words, and not of theirs.
    """
    start = _first_shaped(head)
    last, pairs = start, 0
    while start is not None and last is not None and _is_pair(head, last):
        last, pairs = last + 2, pairs + 1
    if start is None or last is None or pairs < 2:
        return None
    candidates = range(start, last + 1, 2)
    if last >= len(head) or not is_headline_shaped(head[last].text):
        candidates = range(start, last, 2)
    below = echoes.stems(" ".join(line.text for line in draft.lines[candidates[-1] + 1 :][:40]))
    *others, last = candidates
    alien = all(echoes.echo(head[i].text, below) < 0.34 for i in others)
    return (
        Headline(last, head[last].text)
        if alien and echoes.echo(head[last].text, below) >= 0.5
        else None
    )


def glued_alone(draft: Draft, head: tuple[Line, ...]) -> Headline | None:
    """Find the headline whose only copy has a known section glued to it."""
    shaped = (i for i in range(_text_start(head)) if echoes.is_candidate(head, i))
    return next(filter(None, (_unglue(draft, index) for index in shaped)), None)


def _unglue(draft: Draft, index: int) -> Headline | None:
    """Return a line's headline without the section its first word begins with."""
    text = draft.lines[index].text
    word = text.split(" ", 1)[0]
    cuts = [
        cut
        for cut in range(len(word) - 1, 3, -1)
        if word[cut].isupper() and word[cut - 1].islower()
    ]
    for cut in cuts:
        section = split_camel(word[:cut])
        known = names.fold(section) in section_names()
        if known and not any(word in line.text for line in draft.lines[index + 1 :]):
            return Headline(index, text[cut:], section)
    return None


def _text_start(head: tuple[Line, ...]) -> int:
    """Return where running text begins, the end of the head if it does not."""
    start = echoes.text_start(head)
    return len(head) if start is None else start


def under_masthead(draft: Draft, head: tuple[Line, ...]) -> Headline | None:
    """Find the headline under the outlet's own name: its words come back, the name's do not."""
    shaped = [i for i, line in enumerate(head[:6]) if _is_label(line)]
    said = (line.text for line in draft.lines[:40] if is_terminated(line.text))
    below = echoes.stems(" ".join(said))
    dressed = draft.dropped or any(read_date_line(line.text) for line in head[:6])
    if (
        not dressed
        or not shaped
        or word_count(head[shaped[0]].text) > 5
        or echoes.echo(head[shaped[0]].text, below) > 0
    ):
        return None
    found = next((i for i in shaped[1:] if echoes.echo(head[i].text, below) >= 0.4), None)
    return None if found is None else Headline(found, head[found].text)


def _is_label(line: Line) -> bool:
    """Return whether a line could be a headline or an outlet's name, and is no byline."""
    return (
        is_headline_shaped(line.text) and not is_terminated(line.text) and not is_byline(line.text)
    )


def first_line(draft: Draft, head: tuple[Line, ...]) -> Headline | None:
    """Find the headline in the first line that could be one, else in the first sentence."""
    index = _first_shaped(head[:8])
    if index is not None and echoes.is_name(draft, head, index):
        index = next(i for i in range(index + 1, len(head)) if echoes.is_candidate(head, i))
    if index is None or any(is_terminated(line.text) for line in head[:index]):
        index = 0
    if not head:
        return None
    text = head[index].text
    if len(text) > LONGEST_TITLE or (len(text) > 120 and len(split(text)) > 1):
        start, end = split(text)[0]
        text = text[start:end]
    if len(text) > 2 * LONGEST_TITLE:  # no sentence: a transcript without stops
        text = text[:LONGEST_TITLE].rpartition(" ")[0] or text[:LONGEST_TITLE]
    return Headline(index, text)


HEADLINE_RULES = (
    glued_copy,
    repeated_line,
    glued_alone,
    told_by_text,
    after_teasers,
    under_masthead,
    first_line,
)


def split_camel(text: str) -> str:
    """Return a name run together as its words.

    >>> split_camel("NorthKorea"), split_camel("Asia & Pacific")
    ('North Korea', 'Asia & Pacific')
    """
    return " ".join(_CAMEL.sub(" ", text).split()).strip(" :|-–—")


def _is_glued(text: str, cut: int) -> bool:
    """Return whether a headline begins at `cut` right after a word, without a space."""
    before, after = text[cut - 1], text[cut]
    return (before.islower() or before.isupper()) and (after.isupper() or not after.isalpha())


def _place(head: tuple[Line, ...], a: int, b: int) -> int:
    """Return which of two copies has the article below it: teasers may stand between them."""
    first, second = sorted((a, b))
    between = range(first + 1, second)
    signs = any(echoes.is_sign(head, i) or echoes.is_running(head[i]) for i in between)
    teasers = len(between) > 2 or (bool(between) and not signs)
    return second if teasers and second < _text_start(head) else first


def _without_site(text: str) -> tuple[str, str | None]:
    """Return a line without the site's name at its end, and that name."""
    found = _SITE_TAIL.search(text)
    return (text[: found.start()], found["site"]) if found else (text, None)


def _pair(head: tuple[Line, ...], first: int, second: int, source: str | None) -> Headline:
    """Return the headline of two lines that say the same, in the words without the site's name."""
    bare, site = _without_site(head[first].text)
    shorter = site and line_key(bare) == line_key(head[second].text)
    text = head[second].text if shorter else head[first].text
    return Headline(_place(head, first, second), text, source=source or (site if shorter else None))


def _first_shaped(head: tuple[Line, ...]) -> int | None:
    shaped = (i for i, line in enumerate(head) if is_headline_shaped(line.text))
    return next((i for i in shaped if read_date_line(head[i].text) is None), None)


def _is_pair(head: tuple[Line, ...], index: int) -> bool:
    """Return whether a headline and a single sentence of a teaser's length stand here."""
    if index + 1 >= len(head) or not is_headline_shaped(head[index].text):
        return False
    summary = head[index + 1].text
    return is_terminated(summary) and len(summary) <= 220 and len(split(summary)) == 1
