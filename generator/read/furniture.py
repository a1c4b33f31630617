"""What a web page wears around an article: one rule, one function; the tables hold the order.

Every rule looks at a draft and returns which of its lines are not the article, and why.
Rules that need the headline stand in the second table. The headline itself is never dropped.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise

from generator.read import echoes, reasons, shapes
from generator.read.facts import FolderFacts
from generator.read.pages import (
    Draft,
    is_headline_shaped,
    is_terminated,
    line_key,
    word_count,
)
from generator.read.sentences import split
from generator.read.written_dates import read_date_line

Rule = Callable[[Draft, FolderFacts], dict[int, str]]

# Lines below the headline where bylines, dates and sections stand.
HEAD = 8
# A teaser or a reader's comment is shorter than this.
LONGEST_TEASER = 260
# Lines at the end of a page where a writer's name or a date may still stand.
FOOT = 4


def strip(draft: Draft, facts: FolderFacts, rules: Sequence[Rule]) -> Draft:
    """Return the draft after each rule in turn; dropped lines keep their reason."""
    for rule in rules:
        draft = draft.without(rule(draft, facts))
    return draft


_DATED = {"published": reasons.PUBLISHED, "updated": reasons.UPDATED}


# --- rules that need no headline


def saved_date(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop the date at the very top, or one said to be of saving: "Retrieved 3 June 2024"."""
    found: dict[int, str] = {}
    for index, line in enumerate(draft.lines):
        date = read_date_line(line.text)
        if date and (date.label == "saved" or (index == 0 and date.label is None)):
            found[index] = reasons.SAVED
    return found


def repeated_in_folder(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop a line that several different stories carry: "Our other channels" on every page.

    A sentence needs more witnesses than a label, for people do say the same thing twice.
    """
    return {
        index: reasons.REPEATED
        for index, line in enumerate(draft.lines)
        if facts.count(line.text) >= (4 if is_terminated(line.text) else 3)
    }


def furniture_words(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop a short line that its words give away: "Sign up for our newsletter".

    "In pictures: …" leads elsewhere below an article; at the very top it is the headline.
    """
    words = enumerate(shapes.furniture_word(line.text) for line in draft.lines)
    return {
        index: f"{reasons.WORDS}: {why}"
        for index, why in words
        if why and not (index == 0 and why == "related")
    }


def counts(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop a number and what it counts, alone on a line: "3 min read", "1.2K shares".

    Two clocks in a row are a player's; one alone may head an entry of a live report.
    """
    clocks = [shapes.is_clock(line.text) for line in draft.lines]
    pairs = {i for i, both in enumerate(pairwise(clocks)) if all(both)}
    counted = {i for i, line in enumerate(draft.lines) if shapes.is_count(line.text)}
    return dict.fromkeys(sorted(counted | pairs | {i + 1 for i in pairs}), reasons.COUNT)


def breadcrumbs(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop the way to the page, "Home > World > Asia", and a row of links."""
    lines = list(enumerate(draft.lines))
    bars = {i: reasons.MENU for i, line in lines if shapes.is_menu_bar(line.text)}
    return bars | {i: reasons.BREADCRUMB for i, line in lines if shapes.is_breadcrumb(line.text)}


def section_labels(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop the name of the section near the top: "World"; three in a row are a menu."""
    head = [index for index, line in enumerate(draft.lines[:12]) if shapes.is_section(line.text)]
    if len(head) <= 2:
        return dict.fromkeys(head, reasons.SECTION)
    apart = draft.lines[head[-1]].number - draft.lines[head[-2]].number > 1
    return dict.fromkeys(head, reasons.MENU) | ({head[-1]: reasons.SECTION} if apart else {})


def other_stories(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop "Related stories" and the list under it; after the article, all that follows.

    Above the article such a line goes alone: where its list ends, only the headline can tell.
    """
    lengths = list(accumulate(len(line.text) for line in draft.lines))
    begun = list(accumulate((is_terminated(line.text) for line in draft.lines), max))
    found: dict[int, str] = {}
    left, text_end = 0, -1
    for index, line in enumerate(draft.lines):
        opens = shapes.opens_list(line.text)
        comments = shapes.opens_comments(line.text)
        if (comments or (opens and index > text_end)) and _is_over(draft, lengths, index):
            text_end = index if comments else _text_end(draft, index)
            if text_end == index:
                return found | dict.fromkeys(range(index, len(draft.lines)), reasons.OTHER_STORIES)
        left = 9 if opens and begun[index] else 0 if is_terminated(line.text) else left - 1
        if opens or left > 0:
            found[index] = reasons.OTHER_STORIES
    return found


def _text_end(draft: Draft, index: int) -> int:
    """Return the last line below a list of other stories that goes on with the article.

    Two paragraphs in a row are no summaries of other stories; nor is one in the article's words.
    If there is none, it is the line that opens the list.
    """
    above = echoes.stems(" ".join(line.text for line in draft.lines[: min(index, echoes.READ)]))
    end, follows = index, False
    for below in range(index + 1, len(draft.lines)):
        line = draft.lines[below]
        running = echoes.is_running(line) and not line.bullet
        if running and (follows or echoes.echo(line.text, above) >= echoes.STRONG):
            end = below
        follows = running
    return end


def _is_over(draft: Draft, lengths: list[int], index: int) -> bool:
    """Return whether the article ends here: most is above, and only short lines are below."""
    above, below = lengths[index], lengths[-1] - lengths[index]
    return above > 2 * below and all(
        len(line.text) <= LONGEST_TEASER for line in draft.lines[index:]
    )


def newsroom_credits(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop who else worked on the story: "Reporting by Jane Doe; Editing by Richard Roe"."""
    lines = enumerate(draft.lines)
    return {i: reasons.CREDITS for i, line in lines if shapes.is_newsroom_credit(line.text)}


def picture_credits(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop a line that only credits a picture: "(Photo: Jane Doe)"."""
    lines = enumerate(draft.lines)
    return {i: reasons.PICTURE for i, line in lines if shapes.is_picture_credit(line.text)}


# --- rules that look from the headline


def above_headline(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop what stands above the headline: menus, labels, teasers of other stories.

    A date there says when the page was saved, unless it says otherwise; several are of teasers.
    """
    above = [read_date_line(line.text) for line in draft.lines[: draft.title or 0]]
    bare = {date.value for date in above if date and date.label is None}
    saved = reasons.SAVED if len(bare) == 1 else reasons.ABOVE
    found = {
        index: _DATED.get(date.label, reasons.SAVED) if date and date.label else saved
        for index, date in enumerate(above)
        if date
    }
    labels = dict.fromkeys(_label_above(draft), reasons.SECTION)
    return dict.fromkeys(range(len(above)), reasons.ABOVE) | labels | found


def _label_above(draft: Draft) -> list[int]:
    """Return the line right above the headline if it is a section no list knows: "LOW COUNTRIES".

    It stands alone between blank lines, in capitals or named again below the article.
    """
    index = (draft.title or 0) - 1
    known = any(dropped.reason == reasons.SECTION for dropped in draft.dropped)
    if index < 0 or known:
        return []
    line, headline = draft.lines[index], draft.lines[index + 1]
    alone = line.block != headline.block and (
        index == 0 or draft.lines[index - 1].block != line.block
    )
    short = word_count(line.text) <= 4 and line.text.replace(" ", "").isalpha()
    named = line.text.isupper() or _is_filed_under(draft, line.text)
    fits = alone and short and named and not shapes.is_outlet(line.text)
    return [index] if fits else []


def _is_filed_under(draft: Draft, label: str) -> bool:
    """Return whether a line below the article ends in this label: "More stories from Courts"."""
    lines = (line_key(line.text) for line in draft.lines[-FOOT:])
    return any(text.endswith(f" {line_key(label)}") and len(text) <= 60 for text in lines)


def list_under_headline(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop the other stories listed between headline and text, under "Most read" or the like."""
    opened = {dropped.line for dropped in draft.dropped if dropped.reason == reasons.OTHER_STORIES}
    found: dict[int, str] = {}
    for index in range((draft.title or 0) + 1, len(draft.lines)):
        line = draft.lines[index]
        if is_terminated(line.text):
            break
        if line.number - 1 in opened:
            found[index] = reasons.OTHER_STORIES
            opened.add(line.number)
    return found


def repeated_headline(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop another copy of the headline, also with a section or a site's name at it."""
    if draft.title is None:
        return {}
    title = line_key(draft.lines[draft.title].text)
    found = {}
    for index, line in enumerate(draft.lines):
        key = line_key(line.text) if len(line.text) <= len(title) + 50 else ""
        glued = len(title) >= 15 and (key.endswith(title) or key.startswith(f"{title} "))
        if key == title or (glued and not is_terminated(line.text)):
            found[index] = reasons.HEADLINE
    return found


def bylines(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop who wrote the article: "By Jane Doe", "Jane Doe, Staff Writer"."""
    found = {}
    for index in _near_ends(draft):
        line = draft.lines[index]
        role = index - 1 in found and shapes.is_role(line.text)
        if role or shapes.is_byline(line.text) or _is_name_at_date(draft, index):
            found[index] = reasons.BYLINE
            found |= _writer_above(draft, index)
    signed = {name for i in found for name in _people(draft.lines[i].text)}
    again = (i for i, line in enumerate(draft.lines) if i != draft.title and line.text in signed)
    return found | dict.fromkeys(again, reasons.BYLINE)


def _people(text: str) -> list[str]:
    """Return the names of a byline of nothing but names, else nothing."""
    people = re.split(r", | and ", shapes.on_duty(text))
    return people if all(map(shapes.is_person, people)) else []


def _writer_above(draft: Draft, index: int) -> dict[int, str]:
    """Return the name over an outlet's at the date: "Jane Doe", "Harbour Post", "3 June 2024"."""
    above = index - 1
    outlet = shapes.is_outlet(draft.lines[index].text)
    if not outlet or draft.title is None or above <= draft.title:
        return {}
    text = draft.lines[above].text
    named = shapes.is_person(text) and not shapes.is_outlet(text) and not shapes.is_section(text)
    return {above: reasons.BYLINE} if named else {}


def dates(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop the date under the headline, or one labelled anywhere: "Published: 3 June 2024".

    Three bare dates are the headings of a chronology, and stay; not the one beside a byline.
    """
    signed = {dropped.line for dropped in draft.dropped if dropped.reason == reasons.BYLINE}
    found = {i: read_date_line(line.text) for i, line in enumerate(draft.lines)}
    near = set(_near_ends(draft))
    bare = sum(date is not None and date.label is None for date in found.values())
    return {
        index: _DATED.get(date.label or "published", reasons.SAVED)
        for index, date in found.items()
        if date
        and (
            date.label or (index in near and (bare < 3 or draft.lines[index].number - 1 in signed))
        )
    }


def captions_twice(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop one of two equal lines under the headline, the one with backslashes if there is."""
    found = {}
    start = draft.title + 1 if draft.title is not None else 0
    for index in range(start, min(start + HEAD, len(draft.lines) - 1)):
        pair = (draft.lines[index].text, draft.lines[index + 1].text)
        if line_key(pair[0]) == line_key(pair[1]):
            found[index if "\\" in pair[0] else index + 1] = reasons.CAPTION
    return found


def end_of_page(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop the short lines without a sentence after the last paragraph: calls, widgets, tags.

    A list that ends an article is kept: what is dropped begins with a line that is no item.
    """
    start = len(draft.lines)
    while start > 0 and _is_loose(draft, start - 1):
        start -= 1
    rows = [i for i in range(start, len(draft.lines)) if shapes.is_row(draft.lines[i].text)]
    start = rows[-1] + 1 if len(rows) >= 2 else start
    while start < len(draft.lines) and _belongs_above(draft, start):
        start += 1
    return dict.fromkeys(range(start, len(draft.lines)), reasons.END)


def code_lines(draft: Draft, facts: FolderFacts) -> dict[int, str]:
    """Drop a long line of a script, a style sheet, data or an encoded picture."""
    return {i: reasons.CODE for i, line in enumerate(draft.lines) if shapes.is_code(line.text)}


ANYWHERE: tuple[Rule, ...] = (
    code_lines,
    other_stories,
    furniture_words,
    breadcrumbs,
    counts,
    section_labels,
    saved_date,
    newsroom_credits,
    picture_credits,
)
AROUND: tuple[Rule, ...] = (
    above_headline,
    repeated_headline,
    list_under_headline,
    bylines,
    dates,
    captions_twice,
    repeated_in_folder,
    end_of_page,
)


def _near_ends(draft: Draft) -> list[int]:
    """Return the lines just under the headline and the last ones."""
    start = draft.title + 1 if draft.title is not None else 0
    foot = max(start + HEAD, len(draft.lines) - FOOT)
    return [*range(start, min(start + HEAD, len(draft.lines))), *range(foot, len(draft.lines))]


def _is_name_at_date(draft: Draft, index: int) -> bool:
    """Return whether a line is capitalised names beside a date: those of its writers."""
    text = shapes.on_duty(draft.lines[index].text)
    people = re.split(r", | and | in ", text)
    if shapes.is_section(text) or len(people) > 4 or not all(map(shapes.is_person, people)):
        return False
    beside = [draft.lines[i].text for i in (index - 1, index + 1) if 0 <= i < len(draft.lines)]
    titled = draft.title is not None and index - draft.title <= 3
    return titled and any(read_date_line(other) for other in beside)


def _is_loose(draft: Draft, index: int) -> bool:
    """Return whether a line has the length of a label and no end of a sentence."""
    line = draft.lines[index]
    short = word_count(line.text) <= 12 and len(line.text) <= 90 and len(split(line.text)) == 1
    return (
        index != draft.title and line.role != "caption" and short and not is_terminated(line.text)
    )


def _belongs_above(draft: Draft, index: int) -> bool:
    """Return whether a loose line goes on with the article: a list item, or what opens a list."""
    line = draft.lines[index]
    return (
        line.bullet
        or line.text.endswith((":", ",", ";"))
        and not is_headline_shaped(line.text)
        and (index + 1 < len(draft.lines) and draft.lines[index + 1].bullet)
    )
