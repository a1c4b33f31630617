"""What the whole folder knows about its lines: which of them many different stories share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from generator.read.pages import RawPage, line_key

# Of so many stories or more it makes no difference how many.
MANY = 4
# Longer lines are paragraphs; a paragraph that two files share is a story told twice.
LONGEST = 300


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """How many different stories of the folder carry a line, at most MANY; absent means one."""

    stories: dict[str, int]

    def count(self, text: str) -> int:
        """Return how many different stories of the folder carry this line."""
        return self.stories.get(line_key(text), 1) if len(text) <= LONGEST else 1

    def of(self, page: RawPage) -> FolderFacts:
        """Return what concerns a page: all that its article depends on beside the page itself."""
        keys = (line_key(line.text) for line in page.lines if len(line.text) <= LONGEST)
        return FolderFacts({key: self.stories[key] for key in keys if key in self.stories})


def gather_facts(pages: Iterable[RawPage]) -> FolderFacts:
    """Return the facts of a folder. The same story in two files counts once."""
    stories: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        story = _story(page)
        for line in page.lines:
            if len(line.text) <= LONGEST:
                stories[line_key(line.text)].add(story)
    counts = {key: min(len(found), MANY) for key, found in stories.items()}
    return FolderFacts({key: count for key, count in counts.items() if count > 1})


def _story(page: RawPage) -> str:
    """Return what tells one story from another: its longest paragraph."""
    return line_key(max((line.text for line in page.lines), key=len, default=""))
