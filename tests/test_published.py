"""An id once given stays with its thing, whoever else of the same name comes along."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from generator.addresses import address_of
from generator.cards.assemble import make_cards
from generator.cards.schema import load_schema
from generator.changes import Release, add_release, compare
from generator.curation import parse
from generator.history import make_history
from generator.model import Card, Knowledge, Publish
from generator.resolve import published, resolve, settle_ids
from tests.marked import Marked, extract_marked, make, make_marked

SHIP = make_marked(
    "ship", ["The {R|Angara} took boxes to {L|Dunay}, a village.", "The {R|Angara} left."]
)
RIVER = make_marked("river", ["The {L|Angara} runs out of {L|Lake Baikal}."])
FLOOD = make_marked(
    "flood", ["The {L|Angara} rose, and the {L|Angara} fell.", "{L|Angara} stayed wet."]
)
MINISTER = make_marked("minister", ["{P|Ri Yong Ho}, the foreign minister, flew to {L|Hanoi}."])
MARSHAL = make_marked(
    "marshal",
    ["{P|Ri Yong Ho}, a striker of 19, scored for {O|Rimyongsu}.", "{P|Ri Yong Ho} was booked."],
)


def ids(marked: list[Marked], before: list[Marked] | None = None) -> dict[tuple[str, str], str]:
    """Return the id of each (article, name), after a build of other articles."""
    cards = make(before).knowledge.cards if before else ()
    extractions = extract_marked(marked)
    entities, _ = resolve(extractions, (), published(cards), set())
    surfaces = {e.article: [m.surface for m in e.mentions] for e in extractions}
    return {
        (article, surfaces[article][i]): entity.id
        for entity in entities
        for article, indices in entity.mentions.items()
        for i in indices
    }


def test_namesakes_keep_their_ids_whichever_is_named_more() -> None:
    first = ids([MINISTER, MARSHAL])
    assert first["minister", "Ri Yong Ho"] != first["marshal", "Ri Yong Ho"]
    for order in ([MINISTER, MARSHAL], [MARSHAL, MINISTER]):
        assert ids(order, [MINISTER, MARSHAL]) == first


def test_a_newcomer_takes_nobodys_id() -> None:
    before = ids([MINISTER])["minister", "Ri Yong Ho"]
    after = ids([MINISTER, MARSHAL], [MINISTER])
    assert after["minister", "Ri Yong Ho"] == before
    assert after["marshal", "Ri Yong Ho"] != before


def test_another_article_about_a_thing_leaves_its_id() -> None:
    before = ids([SHIP, RIVER])
    after = ids([SHIP, RIVER, FLOOD], [SHIP, RIVER])
    assert {place: after[place] for place in before} == before


# --- merged, parted, gone and back

MARIN = make_marked("a1", ["{P|Olga Marin}, owner of {O|Marin Tea}, drank tea in {L|Orel}."])
HILDE = make_marked("a2", ["{P|Hilde Brandt} opened the {L|Orel} fair.", "{P|Hilde Brandt} left."])
NOVAK = make_marked("a3", ["{P|Peter Novak} met nobody in {L|Tula}."])
ORELBOAT = make_marked("a4", ["The {R|Orel} sank.", "The {R|Orel} was a boat."])
JOIN = "- merge: [Olga Marin, Hilde Brandt]\n"
SWAPPED = "- merge: [Hilde Brandt, Olga Marin]\n"
PARTS = (
    "- split: {id: orel, into: [{name: Orel (town), articles: [a1]},"
    " {name: Orel (fair), articles: [a2]}]}\n"
)


@dataclass
class Base:
    """A knowledge base that remembers its releases as the committed files do."""

    cards: tuple[Card, ...] = ()
    addresses: set[str] = field(default_factory=set)
    releases: tuple[Release, ...] = ()

    def release(self, marked: list[Marked], text: str = "") -> dict[str, Card]:
        """Return the cards by id after one more release."""
        decisions, _ = parse({"curation/desk.yml": text})
        extractions = extract_marked(marked)
        articles = [one.article for one in marked]
        before = Knowledge(self.cards, ())
        history = make_history(self.addresses, self.releases, before)
        known = published(self.cards, history)
        taken = {*history.types, *(article.id for article in articles)}
        entities, problems = resolve(extractions, decisions, known, taken)
        assert problems == ()
        entities = settle_ids(entities, extractions, known, taken)
        shown: dict[str, Publish] = {article.id: "full" for article in articles}
        after = make_cards(articles, extractions, entities, load_schema(), shown)
        self.releases = add_release(self.releases, compare(before, after, decisions), after)
        self.addresses |= {address_of(card) for card in after.cards}
        self.cards = after.cards
        return {card.id: card for card in after.cards}


def test_a_merge_keeps_the_id_that_was_published_first_whichever_name_is_printed() -> None:
    for first, second, elder in ((MARIN, HILDE, "olga-marin"), (HILDE, MARIN, "hilde-brandt")):
        for text in (JOIN, SWAPPED):
            base = Base()
            base.release([NOVAK, first])
            base.release([NOVAK, first, second])
            for _ in range(2):
                cards = base.release([NOVAK, first, second], text)
                [other] = cards[elder].former_ids
                assert {elder, other} == {"olga-marin", "hilde-brandt"} and other not in cards
                assert cards[elder].name == text[len("- merge: [") :].partition(",")[0]


def test_of_two_published_at_once_the_one_named_more_keeps_its_id() -> None:
    base = Base()
    base.release([MARIN, HILDE])
    assert base.release([MARIN, HILDE], JOIN)["hilde-brandt"].former_ids == ("olga-marin",)


@pytest.mark.parametrize("text", [JOIN, SWAPPED])
def test_a_merge_taken_back_gives_each_its_own_id(text: str) -> None:
    base = Base()
    first = base.release([MARIN, HILDE])
    base.release([MARIN, HILDE], text)
    again = base.release([MARIN, HILDE])
    assert {id: card.name for id, card in again.items()} == {
        id: card.name for id, card in first.items()
    }
    assert not any(card.former_ids for card in again.values())


def test_a_split_keeps_the_id_for_its_first_part_and_the_others_theirs() -> None:
    base = Base()
    base.release([MARIN, HILDE])
    for _ in range(3):
        cards = base.release([MARIN, HILDE], PARTS)
        assert cards["orel"].name == "Orel (town)" and not cards["orel"].former_ids
        assert cards["orel-fair"].name == "Orel (fair)"
    cards = base.release([MARIN, HILDE])
    assert cards["orel"].former_ids == ("orel-fair",) and cards["orel"].name == "Orel"
    cards = base.release([MARIN, HILDE], PARTS)
    assert cards["orel-fair"].name == "Orel (fair)" and not cards["orel"].former_ids


def test_another_type_or_name_leaves_the_id() -> None:
    base = Base()
    base.release([MARIN, HILDE])
    for text in ("- type: {orel: event}\n", "- rename: {orel: Oryol}\n", ""):
        assert "orel" in base.release([MARIN, HILDE], text)


def test_what_comes_back_has_the_id_it_had() -> None:
    base = Base()
    base.release([MARIN, HILDE, NOVAK])
    base.release([MARIN, HILDE, NOVAK], JOIN)
    gone = base.release([NOVAK])
    assert "orel" not in gone
    back = base.release([MARIN, HILDE, NOVAK], JOIN)
    assert back["hilde-brandt"].former_ids == ("olga-marin",) and "orel" in back


def test_what_editors_dropped_and_let_in_again_has_the_id_it_had() -> None:
    base = Base()
    base.release([MARIN, HILDE])
    assert "orel" not in base.release([MARIN, HILDE], "- drop: [orel]\n")
    assert "orel" not in base.release([MARIN, HILDE], "- drop: [orel]\n")
    assert base.release([MARIN, HILDE])["orel"].name == "Orel"


def test_no_other_thing_gets_the_id_of_one_that_is_gone() -> None:
    base = Base()
    base.release([MARIN, NOVAK])
    base.release([NOVAK])
    cards = base.release([NOVAK, ORELBOAT])
    assert [card.id for card in cards.values() if card.name == "Orel"] == ["orel-2"]


def test_no_thing_gets_the_id_of_an_article_that_is_gone() -> None:
    base = Base(addresses={"articles/orel.html"})
    cards = base.release([MARIN])
    assert "orel" not in cards and cards["orel-2"].name == "Orel"


def test_cards_that_were_lost_without_a_word_are_found_by_their_address() -> None:
    base = Base()
    first = base.release([MARIN, HILDE, ORELBOAT])
    assert sorted(card.id for card in first.values() if card.name == "Orel") == ["orel", "orel-2"]
    base.cards, base.releases = (), ()
    again = base.release([MARIN, HILDE, ORELBOAT])
    assert {id: card.type for id, card in again.items()} == {
        id: card.type for id, card in first.items()
    }
