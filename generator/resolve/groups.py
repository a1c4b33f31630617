"""What an article's mentions are while who-is-who is found, and what they become."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import EntityType, Merge
from generator.resolve.portraits import BLANK, Portrait


@dataclass(frozen=True, slots=True)
class Local:
    """All mentions of one thing in one article, the main name first.

    `counts` says how often each of the names stands there.
    """

    article: str
    type: EntityType
    names: tuple[str, ...]
    mentions: tuple[int, ...]  # indices into Extraction.mentions
    owner: str | None
    because: tuple[Merge, ...]
    portrait: Portrait = BLANK  # what the article says of a person
    number: int = 0  # which of several namesakes in the article
    sentences: tuple[int, ...] = ()
    kind: str = ""  # of a place: city or region, where the article says
    counts: tuple[int, ...] = ()

    def under(self, article: str) -> Local:
        """Return the same of an article of another id."""
        # Written out: there are hundreds of thousands, and `replace` takes five times as long.
        return Local(
            article, self.type, self.names, self.mentions, self.owner, self.because, self.portrait,
            self.number, self.sentences, self.kind, self.counts,
        )  # fmt: skip


@dataclass(slots=True)
class Group:
    """Mentions of one surface while an article is being resolved."""

    type: EntityType
    key: str
    mentions: list[int]
    surfaces: list[str]
    first: int  # offset of the first mention
    sentences: set[int]
    owner: str = ""  # whose body, where the name alone doesn't say
    portrait: Portrait = BLANK
    number: int = 0
    kind: str = ""  # city or region
    means: Group | None = None  # the fuller name these mentions come after
