"""Which article of the last build a file holds now: files are renamed, texts edited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import names
from generator.history import KnownArticle
from generator.model import Article

# What of an article's known quotes must stand in a text for the two to be one: nearly all, or
# half where the headline or most of its names agree as well.
NEARLY_ALL, HALF = 0.8, 0.5
# Fewer quotes than this may stand in any report of the same event.
TELLING = 2


@dataclass(frozen=True, slots=True)
class _Likeness:
    """How much of a known article a text holds, each from 0 to 1."""

    url: bool
    title: bool
    date: bool
    quotes: float
    names: float
    many: bool

    @property
    def sure(self) -> bool:
        """Whether the text is that article's beyond doubt."""
        held = max(self.quotes, self.names)
        return (
            (self.url and held >= HALF)
            or (self.title and (held >= HALF or self.date))
            or (self.many and self.quotes >= NEARLY_ALL)
            or (self.quotes >= HALF and self.names >= NEARLY_ALL)
        )

    @property
    def rank(self) -> float:
        return self.url + self.title + self.quotes + self.names


def kept_ids(
    articles: Sequence[Article], known: Sequence[KnownArticle], slugs: Mapping[str, str]
) -> dict[str, str]:
    """Return, by file, the ids that the articles have had.

    A text outweighs its file's name: where two files swapped names, ids follow the texts. A
    file whose text nobody knows keeps the id of the file: it was written anew in its place.
    """
    texts = {article.file: " ".join(article.text.split()) for article in articles}
    by_file = {article.file: article for article in articles}
    kept: dict[str, str] = {}
    for old in known:
        here = by_file.get(old.file)
        if here and _likeness(old, here, texts[here.file]).sure:
            kept[here.file] = old.id
    taken = set(kept.values())
    open_ = [old for old in known if old.id not in taken]
    new = [article for article in articles if article.file not in kept]
    for file, id in _found_again(open_, new, texts, slugs):
        if file not in kept and id not in taken:
            kept[file] = id
            taken.add(id)
    rest = {old.file: old.id for old in open_ if old.id not in taken and old.file in by_file}
    return {file: id for file, id in rest.items() if file not in kept} | kept


def _found_again(
    known: Iterable[KnownArticle],
    articles: Sequence[Article],
    texts: Mapping[str, str],
    slugs: Mapping[str, str],
) -> Iterator[tuple[str, str]]:
    """Yield (file, id) of texts that are known from elsewhere, the surest first."""
    clues = _clues(articles)
    found = []
    for old in known:
        near = {a.file: a for clue in _known_clues(old) for a in clues.get(clue, ())}
        for article in near.values():
            like = _likeness(old, article, texts[article.file])
            if like.sure:
                found.append((-like.rank, old.id, article.file))
    # An editor may ask for the address of an article that is gone.
    asked = {slug: file for file, slug in sorted(slugs.items(), reverse=True) if file in texts}
    found += [(0.0, old.id, asked[old.id]) for old in known if old.id in asked]
    yield from ((file, id) for _, id, file in sorted(found))


def _clues(articles: Iterable[Article]) -> dict[str, list[Article]]:
    """Return the articles by title, address and every sentence: nothing is compared pairwise."""
    clues: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        said = {" ".join(article.text[s.start : s.end].split()) for s in article.sentences}
        for clue in {*said, names.key(article.title), article.url or ""} - {""}:
            clues[clue].append(article)
    return clues


def _known_clues(known: KnownArticle) -> set[str]:
    return {*known.quotes, names.key(known.title), known.url or ""} - {""}


def _likeness(known: KnownArticle, article: Article, text: str) -> _Likeness:
    return _Likeness(
        bool(known.url) and known.url == article.url,
        names.key(known.title) == names.key(article.title),
        bool(known.date) and known.date in (article.published, article.page_date),
        _share(known.quotes, text),
        _share(known.names, text),
        len(known.quotes) >= TELLING,
    )


def _share(pieces: frozenset[str], text: str) -> float:
    return sum(piece in text for piece in pieces) / len(pieces) if pieces else 0.0
