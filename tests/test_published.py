"""An id once given stays with its thing, whoever else of the same name comes along."""

from __future__ import annotations

from generator.resolve import published, resolve
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
