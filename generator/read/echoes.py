"""Which headline the text below speaks of: its words come back there, those of teasers do not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from generator import lexicons
from generator.read import reasons, shapes
from generator.read.pages import (
    Draft,
    Line,
    is_headline_shaped,
    is_terminated,
    line_key,
    word_count,
)
from generator.read.sentences import split
from generator.read.written_dates import read_date_line

# A teaser's summary is one sentence of at most this length; so is a standfirst.
LONGEST_SUMMARY = 220
# From this share on a headline's words are those of the text; below the other they are not.
STRONG = 0.5
ALIEN = 0.34
WEAK = 0.2
# An outlet's or a section's name has no more words.
LONGEST_NAME = 5
# Lines between a headline and the byline or date under it: a standfirst, a caption twice.
NEAR = 4
READ = 40

# Words long enough to mean something; inflected forms share their first letters.
_WORD = re.compile(r"[\u3040-\u9fff\uac00-\ud7a3]{2}|[^\W\u3040-\u9fff\uac00-\ud7a3]{4,}")
_STEM = 5


def stems(text: str) -> set[str]:
    """Return the beginnings of a text's longer words.

    >>> sorted(stems("Troops leave the embassies"))
    ['embas', 'leave', 'troop']
    """
    return {word[:_STEM] for word in _WORD.findall(line_key(text)) if word not in _common()}


@cache
def _common() -> frozenset[str]:
    return lexicons.words("furniture", "common_words")


def echo(text: str, below: set[str]) -> float:
    """Return the share of a line's longer words that the text below uses."""
    own = stems(text)
    return len(own & below) / max(len(own), 1)


def told_by_text(draft: Draft, head: Sequence[Line]) -> int | None:
    """Return the line the article's text speaks of, None if nothing stands above it to choose.

    Only what looks like other stories may be passed over; in doubt the first line stays.
    """
    start = text_start(head)
    if start is None:
        return None
    shaped = [i for i in range(start) if is_candidate(head, i)]
    shaped = [i for i in shaped if not is_name(draft, head, i)]
    if not shaped:
        return None
    below = stems(" ".join(line.text for line in draft.lines[shaped[-1] + 1 : start + READ]))
    fitting = (
        [i for i in shaped if _fits(head, i, below)]
        or _better_than_all(head, shaped, below)
        or _only_announced(draft, head, shaped)
        or _under_saved_teasers(draft, head, shaped, below)
    )
    chosen = fitting[0] if fitting else None
    return chosen if chosen is not None and _are_others(head, shaped[0], chosen, below) else None


def text_start(head: Sequence[Line]) -> int | None:
    """Return where running text begins: a long paragraph, or one not right under a headline.

    The sentence right under a headline may be the summary of another story.
    """
    pairs = twins(head)
    under_headline = False
    for index, line in enumerate(head):
        if is_sign(head, index) or index in pairs or shapes.has_credit_tail(line.text):
            continue
        text = is_running(line) and (not under_headline or _is_long(line.text))
        if text and not _is_slogan(head, index):
            return index
        under_headline = is_headline_shaped(line.text) and not is_running(line)
    return None


def _is_slogan(head: Sequence[Line], index: int) -> bool:
    """Return whether one sentence at the very top stands over a headline with byline or date."""
    if index > 2 or index + 1 >= len(head) or _is_long(head[index].text):
        return False
    above = any(is_candidate(head, i) or is_sign(head, i) for i in range(index))
    return not above and is_candidate(head, index + 1) and is_announced(head, index + 1)


def is_running(line: Line) -> bool:
    """Return whether a line ends as a sentence and is too long for a headline's full stop."""
    return is_terminated(line.text) and (
        word_count(line.text) > 3 if line.text[-1] not in "?!…" else len(line.text) > 120
    )


def twins(head: Sequence[Line]) -> set[int]:
    """Return the lines that are a caption given twice: two in a row, perhaps one with escapes."""
    same = [i for i, (a, b) in enumerate(pairwise(head)) if is_caption_pair(a, b)]
    return {*same, *(index + 1 for index in same)}


def is_caption_pair(a: Line, b: Line) -> bool:
    """Return whether two lines in a row say the same as captions do, not as headlines."""
    if line_key(a.text) != line_key(b.text) or a.block != b.block:
        return False
    escaped = ("\\" in a.text) != ("\\" in b.text)
    return escaped or len(split(a.text)) > 1 or shapes.has_credit_tail(a.text)


def is_sign(head: Sequence[Line], index: int) -> bool:
    """Return whether a line is a date, a byline or a writer's name over a date."""
    text = head[index].text
    if read_date_line(text) is not None or shapes.is_byline(text):
        return True
    dated = index + 1 < len(head) and read_date_line(head[index + 1].text) is not None
    if not dated or index == 0 or not shapes.is_person(text):
        return False
    above = head[index - 1].text
    outlet = shapes.is_outlet(above) and word_count(above) <= LONGEST_NAME
    return word_count(above) > 2 and read_date_line(above) is None and not outlet


def is_candidate(head: Sequence[Line], index: int) -> bool:
    """Return whether a line could be a headline and is no date, byline or caption."""
    line = head[index]
    if is_running(line) or line.bullet or "\\" in line.text or is_sign(head, index):
        return False
    if shapes.has_credit_tail(line.text):
        return False
    return is_headline_shaped(line.text) and not shapes.opens_list(line.text)


def is_announced(head: Sequence[Line], index: int) -> bool:
    """Return whether a byline or a date stands under a headline, before any other headline."""
    for below in range(index + 1, min(index + 1 + NEAR, len(head))):
        if is_sign(head, below):
            return True
        if is_candidate(head, below):
            return False
    return False


def _fits(head: Sequence[Line], index: int, below: set[str]) -> bool:
    """Return whether a line is what the text speaks of, the less surely the more it needs signs."""
    share = echo(head[index].text, below)
    sure = share >= STRONG and len(stems(head[index].text)) > 1
    return sure or (share >= ALIEN and is_announced(head, index))


def _better_than_all(head: Sequence[Line], shaped: list[int], below: set[str]) -> list[int]:
    """Return the headline with a byline or date that the text speaks of a little, the rest not."""
    best = max(shaped, key=lambda index: echo(head[index].text, below))
    share = echo(head[best].text, below)
    rest = max((echo(head[i].text, below) for i in shaped if i != best), default=0.0)
    sure = is_announced(head, best) or (best == shaped[-1] and _are_pairs(head, shaped))
    return [best] if share >= WEAK and rest * 2 <= share and sure else []


def _are_pairs(head: Sequence[Line], shaped: list[int]) -> bool:
    """Return whether two headlines or more have one short sentence each before the next."""
    steps = list(pairwise(shaped))
    summed = [is_running(head[b - 1]) and not _is_long(head[b - 1].text) for _, b in steps]
    return sum(summed) >= 2 and all(b - a <= 2 for a, b in steps)


def _under_saved_teasers(
    draft: Draft, head: Sequence[Line], shaped: list[int], below: set[str]
) -> list[int]:
    """Return the last headline above the text if a date of saving stands over pairs of teasers.

    Neither their headlines nor their summaries may be more of the text than it is.
    """
    saved = any(dropped.reason == reasons.SAVED for dropped in draft.dropped)
    if not saved or not _are_pairs(head, shaped):
        return []
    own = echo(head[shaped[-1]].text, below)
    passed = [echo(line.text, below) for line in head[shaped[0] : shaped[-1]]]
    return shaped[-1:] if max(passed) <= max(own, WEAK) and max(passed) < ALIEN else []


def _only_announced(draft: Draft, head: Sequence[Line], shaped: list[int]) -> list[int]:
    """Return the one headline with a byline or date under it, when teasers stand above it.

    That they are teasers is told by their summaries, or by what opens their list.
    """
    announced = [i for i in shaped if is_announced(head, i)]
    if len(announced) != 1 or announced == shaped[:1]:
        return []
    opened = {dropped.line for dropped in draft.dropped if dropped.reason == reasons.OTHER_STORIES}
    listed = any(0 < head[shaped[0]].number - line <= 2 for line in opened)
    return announced if listed or not _is_list(head, shaped[0], announced[0]) else []


def is_name(draft: Draft, head: Sequence[Line], index: int) -> bool:
    """Return whether a line names the outlet or the office, apart above what it has to say."""
    words = head[index].text.split()
    following = next((i for i in range(index + 1, len(head)) if not is_sign(head, i)), None)
    if following is None or len(words) > LONGEST_NAME or not is_candidate(head, following):
        return False
    apart = head[following].number - head[index].number > 1
    longer = word_count(head[following].text) > len(words)
    titled = all(word[0].isupper() or len(word) <= 3 for word in words)
    label = head[index].text.isupper() and not head[following].text.isupper()
    named = label or (titled and _is_said(draft, head[index].text, following))
    return apart and longer and named


def _is_said(draft: Draft, name: str, following: int) -> bool:
    """Return whether the words are a publisher's, or stand as a name in the text."""
    said = any(name in line.text for line in draft.lines[following + 1 :] if is_running(line))
    return said or shapes.is_outlet(name)


def _is_long(text: str) -> bool:
    return len(text) > LONGEST_SUMMARY or (len(text) > 120 and len(split(text)) > 1)


def _are_others(head: Sequence[Line], first: int, chosen: int, below: set[str]) -> bool:
    """Return whether all between the first headline and the chosen one is of other stories."""
    if first == chosen:
        return True
    if not is_announced(head, chosen):
        asked = sum(line.text.endswith("?") for line in head[first : chosen + 1])
        # Two questions are an interview.
        if asked > 1 or is_announced(head, first) or _is_list(head, first, chosen):
            return False
    between = [head[i] for i in range(chosen) if not is_sign(head, i)]
    leads_in = any(line.text.endswith(":") for line in between)
    alien = (echo(line.text, below) < STRONG or _is_short(line.text) for line in between)
    return not leads_in and all(alien)


def _is_list(head: Sequence[Line], first: int, chosen: int) -> bool:
    """Return whether no summary stands between, as it does among teasers: a strap, or a list."""
    between = head[first:chosen]
    unbroken = head[chosen].number - between[0].number <= 2 * len(between)
    return unbroken and not any(is_running(line) for line in between)


def _is_short(text: str) -> bool:
    """Return whether a line has too few words for their coming back to mean anything."""
    return word_count(text) <= LONGEST_NAME
