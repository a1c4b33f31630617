"""The exports: every format read by its reference library, all with the same in them."""

from __future__ import annotations

import json
import random
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import networkx
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from generator.exports import FORMATS, Counts, Dataset, count, export_files
from generator.exports.tables import safe_cell
from generator.exports.texts import clean, plain_date, web_url
from generator.exports.vocabulary import is_reversed, link_schema
from generator.model import Card, Decision, Publish
from tests import export_sample, sample

# rdflib 7 reads JSON-LD by a class of its own that it warns of.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")

CASES = Path(__file__).parent / "cases" / "exports"
S = Namespace("https://schema.org/")
P = Namespace("http://www.w3.org/ns/prov#")
# Where the files stand on the site, for what is relative to them.
PLACE = "https://example.org/cards/data/file"


def cases(name: str) -> list[tuple[str, ...]]:
    """Return the rows of a file of cases."""
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line and not line.startswith("#")]
    return [tuple(part.strip() for part in row.split(" | ")) for row in rows]


def unescape(text: str) -> str:
    """Return a case's text with its Python escapes resolved."""
    return json.loads(f'"{text}"'.replace("\\x", "\\u00")) if "\\" in text else text


def render(dataset: Dataset, format: str) -> str:
    """Return the only file of a format."""
    (text,) = FORMATS[format](dataset).values()
    return text


def parse(dataset: Dataset, format: str) -> Graph:
    """Return a graph as rdflib reads it."""
    names = {"jsonld": "json-ld", "turtle": "turtle"}
    return Graph().parse(data=render(dataset, format), format=names[format], publicID=PLACE)


# --- how much is in each


def count_graph(graph: Graph) -> Counts:
    claims = set(graph.subjects(RDF.type, S.Claim))
    articles = set(graph.subjects(RDF.type, S.Article))
    named = [(a, e) for a, e in graph.subject_objects(S.mentions) if a in articles]
    links = [c for c in claims if (c, S.mentions, None) in graph]
    entities = set(graph.subjects(S.identifier, None)) - articles
    return Counts(len(entities), len(claims), len(links), len(named), len(articles))


def count_tables(dataset: Dataset) -> Counts:
    tables = {name: export_sample.rows(text) for name, text in FORMATS["csv"](dataset).items()}
    named = {(row["entity"], row["article"]) for row in tables["mentions.csv"]}
    sizes = [len(tables[f"{name}.csv"]) for name in ("entities", "claims", "links", "articles")]
    return Counts(sizes[0], sizes[1], sizes[2], len(named), sizes[3])


def count_money(dataset: Dataset) -> Counts:
    proxies = [json.loads(line) for line in render(dataset, "ftm").splitlines()]
    claims = [proxy for proxy in proxies if proxy["id"].startswith("claim-")]
    named = [proxy for proxy in proxies if proxy["id"].startswith("named-")]
    posts = [proxy for proxy in proxies if proxy["id"].startswith("post-")]
    articles = [proxy for proxy in proxies if proxy["schema"] == "Article"]
    links = [proxy for proxy in claims if proxy["schema"] != "Note"]
    others = len(claims) + len(named) + len(posts) + len(articles)
    sizes = (len(claims), len(links), len(named), len(articles))
    return Counts(len(proxies) - others, *sizes)


def read_graphml(dataset: Dataset) -> networkx.MultiDiGraph:
    return networkx.parse_graphml(render(dataset, "graphml"), force_multigraph=True)


@pytest.mark.parametrize("publish", ["full", "excerpt", "none"])
def test_all_formats_hold_the_same(publish: Publish) -> None:
    dataset = export_sample.dataset(publish)
    counts = count(dataset)
    assert counts == Counts(entities=12, claims=13, links=8, mentions=15, articles=3)
    assert count_graph(parse(dataset, "jsonld")) == counts
    assert count_graph(parse(dataset, "turtle")) == counts
    assert count_tables(dataset) == counts
    assert count_money(dataset) == counts
    network = read_graphml(dataset)
    facts = [node.get("facts", "").splitlines() for _, node in network.nodes(data=True)]
    links = network.number_of_edges()
    assert (len(network), links) == (counts.entities, counts.links)
    assert links + sum(map(len, facts)) == counts.claims


def test_the_same_entities_in_another_order_make_the_same_bytes() -> None:
    files = export_files(export_sample.dataset())
    cards = list(export_sample.knowledge().cards)
    random.Random(1).shuffle(cards)
    assert export_files(export_sample.dataset(cards=cards)) == files
    assert list(files) == list(export_files(export_sample.dataset(cards=cards)))


def test_an_empty_knowledge_base_makes_files_that_can_be_read() -> None:
    dataset = Dataset("", {}, {}, (), {})
    assert len(parse(dataset, "jsonld")) == len(parse(dataset, "turtle")) == 0
    assert len(read_graphml(dataset)) == 0
    assert count_tables(dataset) == count_money(dataset) == count(dataset)


# --- what may be shown


def test_sensitive_claims_are_handed_on_once_an_editor_accepts_them() -> None:
    words = "nothing that is proved"
    assert all(words not in text for text in export_files(export_sample.dataset()).values())
    value = {"who": "Sergei Shoigu", "property": "accused_of", "value": words}
    accepted = export_sample.dataset(decisions=[Decision("accept", value, "a.yml", 1)])
    for format, render in FORMATS.items():
        assert any(words in text for text in render(accepted).values()), format


@pytest.mark.parametrize("publish", ["full", "excerpt"])
def test_evidence_is_quoted_and_other_sentences_are_not(publish: Publish) -> None:
    files = export_files(export_sample.dataset(publish))
    for uri, text in files.items():
        assert "They are to begin in July" not in text, uri
        assert "Nobody spoke of money" not in text, uri
    quoting = [uri for uri, text in files.items() if "who thanked Shoigu" in text]
    assert quoting == [
        "data/cardfile.jsonld", "data/cardfile.ftm.json", "data/evidence.csv", "data/cardfile.ttl",
    ]  # fmt: skip


def test_an_article_not_to_be_shown_gives_its_title_and_source_only() -> None:
    files = export_files(export_sample.dataset("none"))
    for article in sample.sample_texts().values():
        for sentence in article.sentences[1:]:
            words = article.text[sentence.start : sentence.end]
            for uri, text in files.items():
                assert words[:50] not in text, uri
                assert words[-30:] not in text, uri
    row = export_sample.rows(files["data/articles.csv"])[2]
    assert (row["id"], row["title"]) == ("visit", "Security chief lands in Pyongyang")
    assert (row["source"], row["author"], row["url"]) == ("Courier of the North", "", "")


# --- the graph


@pytest.mark.parametrize("site", [export_sample.SITE, ""])
def test_json_ld_and_turtle_are_one_graph(site: str) -> None:
    dataset = export_sample.dataset(site=site)
    one, other = parse(dataset, "jsonld"), parse(dataset, "turtle")
    assert set(one) == set(other)
    assert len(one) > 200
    assert not [term for triple in one for term in triple if not isinstance(term, URIRef | Literal)]


def test_addresses_on_the_site_are_the_same_with_and_without_its_own() -> None:
    with_site = parse(export_sample.dataset(), "turtle")
    assert set(with_site) == set(parse(export_sample.dataset(site=""), "turtle"))


def test_json_ld_asks_no_other_host_for_its_context() -> None:
    context = json.loads(render(export_sample.dataset(), "jsonld"))["@context"]
    # A text there would be the address of one to fetch.
    assert isinstance(context, dict)
    assert not {"@import", "@propagate"} & set(context)


def test_a_claim_is_a_role_with_its_evidence() -> None:
    graph = parse(export_sample.dataset(), "jsonld")
    page = "https://example.org/cards/people/sergei-shoigu.html"
    council = URIRef(f"{export_sample.SITE}organizations/russian-security-council.html#this")
    (role,) = graph.objects(URIRef(f"{page}#this"), S.worksFor)
    assert {S.Claim, S.Role, P.Entity} <= set(graph.objects(role, RDF.type))
    assert str(role).startswith(f"{page}#c-")
    assert graph.value(role, S.worksFor) == council
    assert str(graph.value(role, S.roleName)) == "Secretary"
    assert str(graph.value(role, S.temporalCoverage)) == "2025-06-04"
    (quotation,) = graph.objects(role, P.wasDerivedFrom)
    assert str(graph.value(quotation, S.text)).startswith("Sergei Shoigu, Secretary")
    assert graph.value(quotation, S.position).toPython() == 3
    visit = URIRef(f"{export_sample.SITE}articles/visit.html#this")
    assert graph.value(quotation, P.wasQuotedFrom) == visit
    assert str(graph.value(visit, S.datePublished)) == "2025-06-05"


def test_the_graph_keeps_hostile_text_as_text() -> None:
    graph = parse(export_sample.dataset(), "turtle")
    acme = URIRef(f"{export_sample.SITE}organizations/acme.html#this")
    assert str(graph.value(acme, S.name)) == "Acme </title><script>alert(4)</script>"
    values = {str(value) for value in graph.objects(None, S.value)}
    assert '=1+1 </script> "\\ & \U0001f4b0' in values
    assert not [o for o in graph.objects() if str(o).startswith("javascript:alert(7)")]


# --- tables, networks


def test_tables_are_rfc_4180() -> None:
    for name, text in FORMATS["csv"](export_sample.dataset()).items():
        assert text.endswith("\r\n"), name
        assert "\n" not in text.replace("\r\n", ""), name
        rows = export_sample.rows(text)
        assert rows and all(None not in row and None not in row.values() for row in rows), name


def test_ids_in_tables_lead_to_rows() -> None:
    tables = {
        name.removesuffix(".csv"): export_sample.rows(text)
        for name, text in FORMATS["csv"](export_sample.dataset()).items()
    }
    ids = {name: {row["id"] for row in tables[name]} for name in ("entities", "claims", "articles")}
    assert {row["entity"] for row in tables["claims"]} <= ids["entities"]
    assert {row["of"] for row in tables["claims"]} <= ids["entities"] | {""}
    assert {row["target"] for row in tables["links"]} <= ids["entities"]
    assert {row["claim"] for row in tables["links"] + tables["evidence"]} <= ids["claims"]
    assert {row["article"] for row in tables["evidence"]} <= ids["articles"]
    assert {(row["entity"] in ids["entities"]) for row in tables["mentions"]} == {True}


def test_what_two_lines_say_alike_is_one_claim_with_all_its_evidence() -> None:
    tables = FORMATS["csv"](export_sample.dataset())
    claims = [row for row in export_sample.rows(tables["claims.csv"]) if row["entity"] == "grad-7"]
    assert [(row["property"], row["of"], row["evidence"]) for row in claims] == [
        ("owner", "acme", "2")
    ]


def test_a_claim_about_something_without_a_card_names_it() -> None:
    rows = export_sample.rows(FORMATS["csv"](export_sample.dataset())["claims.csv"])
    (row,) = (row for row in rows if row["date"] == "XXXX-05-26")
    assert (row["value"], row["of"]) == ("never-a-card", "")
    assert row["text"].endswith("Part of: never-a-card (26 May, year not given)")


def test_numbers_of_ours_are_no_formulas() -> None:
    rows = export_sample.rows(FORMATS["csv"](export_sample.dataset())["entities.csv"])
    (kursk,) = (row for row in rows if row["id"] == "kursk-region")
    assert (kursk["latitude"], kursk["longitude"]) == ("51.73", "36.19")
    cape = [Card("cape-town", "place", "Cape Town", coordinates=(-33.9, 18.4))]
    (row,) = export_sample.rows(FORMATS["csv"](export_sample.dataset(cards=cape))["entities.csv"])
    assert row["latitude"] == "-33.9"


def test_networks_know_what_ties_two_nodes() -> None:
    network = read_graphml(export_sample.dataset())
    (edge,) = network.get_edge_data("sergei-shoigu", "russian-security-council").values()
    assert edge["property"] == "position"
    assert (edge["value"], edge["date"]) == ("Secretary", "2025-06-04")
    assert (edge["evidence"], edge["reports"]) == (1, 1)
    assert network.nodes["kursk-region"]["latitude"] == 51.73
    assert network.nodes["acme"]["name"] == "Acme </title><script>alert(4)</script>"
    assert "Birth date: 1984-01-08" in network.nodes["kim-jong-un"]["facts"]


def test_graphml_is_xml_without_characters_that_xml_refuses() -> None:
    root = ElementTree.fromstring(render(export_sample.dataset(), "graphml"))
    assert root.tag == "{http://graphml.graphdrawing.org/xmlns}graphml"


# --- cases


@pytest.mark.parametrize(("text", "cell"), cases("cells.txt"))
def test_cells_can_not_run(text: str, cell: str) -> None:
    assert safe_cell(unescape(text)) == unescape(cell)


@pytest.mark.parametrize(("text", "cleaned"), cases("texts.txt"))
def test_texts_lose_what_no_reader_sees(text: str, cleaned: str) -> None:
    assert clean(unescape(text)) == unescape(cleaned)


@pytest.mark.parametrize(("url", "given"), cases("addresses.txt"))
def test_only_web_addresses_are_handed_on(url: str, given: str) -> None:
    assert (web_url(unescape(url)) or "-") == given


@pytest.mark.parametrize(("property", "value", "source", "target", "schema"), cases("links.txt"))
def test_links_have_the_closest_schema(
    property: str, value: str, source: str, target: str, schema: str
) -> None:
    ends = (target, source) if is_reversed(property) else (source, target)
    found = link_schema(property, None if value == "-" else value, *ends)
    assert found.name == schema


def test_only_stated_dates_are_plain() -> None:
    dates = ("2025", "2025-06", "2025-06-04", "2025-06?", "XXXX-05-26", "2012-21", "197X", None)
    assert [plain_date(date) for date in dates] == [*dates[:3], None, None, None, None, None]
