"""A small knowledge base made by hand, in our own words, with the nastiest text we know.

Pages and site are tested on it without reading or extracting anything.
"""

from __future__ import annotations

from pathlib import Path

from markupsafe import Markup

from generator.model import (
    Article,
    ArticleCard,
    Card,
    CardMention,
    Claim,
    Conflict,
    Decision,
    Evidence,
    Knowledge,
    Merge,
    Publish,
    Related,
    Sentence,
    Settings,
    TimelineEntry,
)
from generator.pages.labels import Labels, PropertyLabel, TypeLabel

REPO = Path(__file__).parents[1]
NO_URI = Markup("")

LABELS = Labels(
    types={
        "person": TypeLabel("people", "Person", "People"),
        "organization": TypeLabel("organizations", "Organization", "Organizations"),
        "place": TypeLabel("places", "Place", "Places"),
        "event": TypeLabel("events", "Event", "Events"),
        "document": TypeLabel("documents", "Document", "Documents"),
        "product": TypeLabel("products", "Product", "Products"),
        "article": TypeLabel("articles", "Article", "Articles"),
    },
    properties={
        "position": PropertyLabel("Position", "Held by", 0),
        "part_of": PropertyLabel("Part of", "Parts", 1),
        "located_in": PropertyLabel("Located in", "Places in it", 2),
        "accused_of": PropertyLabel("Accused of", "Accusations", 3, sensitive=True),
    },
)

# What each article says: paragraphs of sentences, the headline first; `^` marks a caption,
# `=` a heading.
_TEXTS: dict[str, list[list[str]]] = {
    "visit": [
        ["Security chief lands in Pyongyang"],
        ["^Sergei Shoigu at Sunan airport, in a picture released by the ministry."],
        [
            "Sergei Shoigu, Secretary of the Russian Security Council, arrived in Pyongyang "
            "on 4 June 2025.",
            "He was met by Kim Jong Un, who thanked Shoigu for coming “as a friend”.",
            "It was his second visit since March.",
        ],
        ["=Sappers for Kursk"],
        [
            "Shoigu said that a thousand sappers would clear mines in Kursk region of Russia.",
            "They are to begin in July.",
            "Nobody spoke of money.",
        ],
    ],
    "embassy": [
        ["A toast at the embassy <b>of Russia</b>"],
        [
            "Kim Jong Un (김정은) came to the Russian embassy on 9 May 2025.",
            "With him was his daughter.",
            "The Security Council was represented by its Secretary, Andrei Chebotaryov.",
            "The guests sang.",
            "Then the lights went out.",
            "In Kursk, a region of Ukraine, the paper wrote, fighting had ended.",
        ],
    ],
    "hostile": [
        ["Acme </title><script>alert(1)</script> {{ x }} report"],
        [
            "The firm [Acme](javascript:alert(1)) said so in 2024.",
            "It wrote {: onclick=alert(2) } and {{ config.site_dir }} "
            'and --8<-- "mkdocs.yml" into a form.',
            "# Not a heading, 1. not a list, | not | a | table, `not code`, "
            "<img src=x onerror=alert(3)>.",
            "Sentence_with_*stars* & ampersands &lt;b&gt; and a line\u2028break, "
            "\u202eright to left.",
        ],
    ],
}  # fmt: skip


def make_article(id: str, **fields: object) -> Article:
    """Return an article of the sample with its sentence offsets."""
    sentences: list[Sentence] = []
    text = ""
    for paragraph, lines in enumerate(_TEXTS[id]):
        text += "\n\n" if text else ""
        for line in lines:
            text += "\n" if text and not text.endswith("\n") else ""
            role = (
                {"^": "caption", "=": "heading"}.get(line[0], "text") if sentences else "headline"
            )
            line = line.lstrip("^=")
            start = len(text)
            text += line
            sentences.append(
                Sentence(len(sentences) + 1, start, len(text), paragraph, role)  # type: ignore[arg-type]
            )
    return Article(id, f"{id}.txt", _TEXTS[id][0][0], text, tuple(sentences), **fields)  # type: ignore[arg-type]


def evidence(article: str, sentence: int, quote: str | None = None) -> Evidence:
    """Return a piece of evidence; without a quote, the whole sentence."""
    lines = [line.lstrip("^=") for paragraph in _TEXTS[article] for line in paragraph]
    return Evidence(article, sentence, quote or lines[sentence - 1])


def entry(date: str, surface: str, article: str, sentence: int) -> TimelineEntry:
    """Return a dated sentence of the sample."""
    return TimelineEntry(date, surface, article, sentence, evidence(article, sentence).quote)


def sample_texts() -> dict[str, Article]:
    """Return the articles of the sample by id."""
    return {id: make_article(id) for id in _TEXTS}


_ARRIVED = entry("2025-06-04", "4 June 2025", "visit", 3)
_EMBASSY = entry("2025-05-09", "9 May 2025", "embassy", 2)

_CARDS = (
    Card(
        id="sergei-shoigu",
        type="person",
        name="Sergei Shoigu",
        aliases=("Sergey Shoigu", "Shoigu", "Сергей Шойгу"),
        former_ids=("sergey-shoigu",),
        description="Secretary of the Russian Security Council",
        summary=evidence("visit", 3),
        claims=(
            Claim(
                "position",
                "Secretary",
                "russian-security-council",
                "2025-06-04",
                (
                    evidence(
                        "visit", 3, "Sergei Shoigu, Secretary of the Russian Security Council,"
                    ),
                ),
            ),
            Claim("accused_of", "nothing that is proved", None, None, (evidence("visit", 9),)),
        ),
        timeline=(_ARRIVED,),
        related=(Related("kim-jong-un", 1, 1), Related("kursk-region", 1, 1)),
        mentions=(
            CardMention("visit", 2, ("Sergei Shoigu",)),
            CardMention("visit", 3, ("Sergei Shoigu",)),
            CardMention("visit", 4, ("Shoigu",)),
            CardMention("visit", 7, ("Shoigu",)),
        ),
        because=(Merge(("Sergei Shoigu", "Sergey Shoigu"), "transliteration"),),
        curated=("description",),
    ),
    Card(
        id="kim-jong-un",
        type="person",
        name="Kim Jong Un",
        aliases=("Kim Jong-un", "김정은", "金正恩", "Ким Чен Ын"),
        timeline=(_EMBASSY,),
        related=(Related("sergei-shoigu", 1, 1),),
        mentions=(
            CardMention("visit", 4, ("Kim Jong Un",)),
            CardMention("embassy", 2, ("Kim Jong Un", "김정은")),
        ),
    ),
    Card(
        id="andrei-chebotaryov",
        type="person",
        name="Andrei Chebotaryov",
        claims=(
            Claim(
                "position",
                "Secretary",
                "russian-security-council",
                None,
                (evidence("embassy", 4),),
            ),
        ),
        mentions=(CardMention("embassy", 4, ("Andrei Chebotaryov",)),),
    ),
    Card(
        id="russian-security-council",
        type="organization",
        name="Russian Security Council",
        aliases=("Security Council",),
        conflicts=(
            Conflict(
                "position",
                "Secretary",
                ("sergei-shoigu", "andrei-chebotaryov"),
                (
                    evidence(
                        "visit", 3, "Sergei Shoigu, Secretary of the Russian Security Council,"
                    ),
                    evidence("embassy", 4),
                ),
            ),
        ),
        mentions=(
            CardMention("visit", 3, ("Russian Security Council",)),
            CardMention("embassy", 4, ("Security Council",)),
        ),
    ),
    Card(
        id="kursk-region",
        type="place",
        name="Kursk region",
        aliases=("Kursk",),
        coordinates=(51.73, 36.19),
        claims=(
            Claim("located_in", None, "russia", None, (evidence("visit", 7),)),
            Claim("located_in", None, "ukraine", None, (evidence("embassy", 7),)),
        ),
        conflicts=(
            Conflict(
                "located_in",
                None,
                ("russia", "ukraine"),
                (evidence("visit", 7), evidence("embassy", 7)),
            ),
        ),
        mentions=(
            CardMention("visit", 7, ("Kursk region",)),
            CardMention("embassy", 7, ("Kursk",)),
        ),
    ),
    Card(
        id="russia",
        type="place",
        name="Russia",
        mentions=(CardMention("visit", 7, ("Russia",)),),
    ),
    Card(
        id="ukraine",
        type="place",
        name="Ukraine",
        mentions=(CardMention("embassy", 7, ("Ukraine",)),),
    ),
    Card(
        id="pyongyang",
        type="place",
        name="Pyongyang",
        aliases=("평양",),
        mentions=(CardMention("visit", 3, ("Pyongyang",)),),
    ),
    Card(
        id="acme",
        type="organization",
        name="Acme </title><script>alert(4)</script>",
        aliases=("[Acme](javascript:alert(5))", "{{ config.site_dir }}"),
        description='--8<-- "mkdocs.yml" {: onclick=alert(6) }',
        summary=evidence("hostile", 4),
        timeline=(entry("2024", "2024", "hostile", 2),),
        mentions=(CardMention("hostile", 2, ("Acme",)),),
    ),
    Card(
        id="forest-brother-treaty",
        type="document",
        name="Forest Brother Treaty",
        mentions=(CardMention("visit", 5, ("Treaty",)),),
    ),
    Card(
        id="grad-7",
        type="product",
        name="Grad-7",
        mentions=(CardMention("visit", 5, ("Grad-7",)),),
    ),
    Card(
        id="may-parade",
        type="event",
        name="May Parade",
        mentions=(CardMention("embassy", 2, ("May Parade",)),),
    ),
)


def sample_knowledge(publish: Publish = "full") -> Knowledge:
    """Return the sample's cards, its articles to be shown as `publish` says."""
    rows = {
        "visit": ("Courier of the North", "2025-06-05", None, (_ARRIVED,)),
        "embassy": ("Harbour Post", None, "2025-06", (_EMBASSY,)),
        "hostile": ('The "Evil" <Gazette>', "2024-02-03", None, ()),
    }
    articles = tuple(
        ArticleCard(
            id=id,
            file=f"{id}.txt",
            title=_TEXTS[id][0][0],
            source=source,
            url="https://example.org/a?b=c&d=(e)" if id == "visit" else "javascript:alert(7)",
            author="A. Writer" if id == "visit" else None,
            lang="en",
            published=published,
            page_date=page_date,
            publish=publish,
            retracted=id == "hostile",
            entities=tuple(
                card.id for card in _CARDS if any(m.article == id for m in card.mentions)
            ),
            timeline=timeline,
            same_as=("visit",) if id == "embassy" else (),
        )
        for id, (source, published, page_date, timeline) in rows.items()
    )
    return Knowledge(_CARDS, articles)


DECISIONS = (
    Decision(
        "merge",
        ["Sergei Shoigu", "Sergey Choïgou"],
        "people.yml",
        1,
        "French spelling of the same <i>name</i>",
        "An editor",
        "2025-07-01",
    ),
    Decision("set", {"id": "sergei-shoigu", "description": "Secretary"}, "people.yml", 4),
    Decision("rename", {"kursk-region": "Kursk region"}, "people.yml", 5),
)
NOTES = {
    "kursk-region": "# Which Kursk\n\nThe articles mean the **region** <script>alert(8)</script> "
    "and not the city. {: onclick=alert(10) }"
}


def sample_settings(folder: Path) -> Settings:
    """Return settings whose templates are ours and whose output lies below `folder`."""
    return Settings(
        root=str(folder),
        articles=str(folder / "articles"),
        curation=str(folder / "curation"),
        notes=str(folder / "notes"),
        cards=str(folder / "cards"),
        pages=str(folder / "pages"),
        site=str(folder / "site"),
        addresses=str(folder / "addresses.yml"),
        templates=str(REPO / "templates"),
    )
