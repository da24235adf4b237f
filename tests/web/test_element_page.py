"""The page of what a plan states, over the published graph: beside the source's words, and never surer than they."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from xml.etree.ElementTree import Element

import html5rdf
import pytest
from flask.testing import FlaskClient

from cyppgraph.store import EmbeddedSource, read_rows
from cyppgraph.web.plans.element_source import Piece, mark_quotes

ROOT = Path(__file__).parents[2]
BASE = "https://w3id.org/cyppgraph/id/"
MARKED = """SELECT DISTINCT ?it { ?it cypp:inPlan ?plan ; %s/cypp:certainty/skos:notation "%s" }
            ORDER BY ?it LIMIT 3"""
SPREAD = """SELECT ?it { { SELECT ?plan ?kind (MIN(?each) AS ?it) {
            ?each a ?kind ; cypp:inPlan ?plan . FILTER (?kind != cypp:PlanElement) } GROUP BY ?plan ?kind } }"""


def ask(published: EmbeddedSource, query: str) -> list[tuple[str, ...]]:
    rows = read_rows(published.edition(), query)
    return [tuple(term.value if hasattr(term, "value") else "" for term in row) for row in rows]


def read_page(client: FlaskClient, iri: str) -> Element:
    # with a token, since an answer that was given before would ask nothing
    headers = {"Accept": "text/html", "Authorization": "Bearer nobody"}
    response = client.get("/doc/" + iri.removeprefix(BASE), headers=headers)
    assert response.status_code == 200
    page: Element = html5rdf.parse(response.text, treebuilder="etree", namespaceHTMLElements=False)
    return page


def say(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def find_section(page: Element, name: str) -> Element:
    return next(each for each in page.iter("section") if each.get("aria-labelledby") == name)


def letters(text: str) -> str:
    """Only what is printed: tags and the marks of lists gone, white space too."""
    return re.sub(r"[\s•\u00b7*-]+", "", re.sub(r"<[^>]+>", "", text))


def test_an_element_stands_beside_the_words_of_its_lines(real: FlaskClient, published: EmbeddedSource) -> None:
    """One element of each kind in each plan; each passage that it was read from is on the page and in the document."""
    chosen = [iri for (iri,) in ask(published, SPREAD)]
    assert len(chosen) > 20
    values = " ".join(f"<{iri}>" for iri in chosen)
    said = ask(
        published,
        f"SELECT ?it ?quote ?first ?last {{ VALUES ?it {{ {values} }} ?it cypp:source ?p . "
        "?p cypp:quote ?quote ; cypp:firstLine ?first ; cypp:lastLine ?last }",
    )
    assert {iri for iri, *_ in said} == set(chosen)
    sources = {
        folder.name: (folder / "source.txt").read_text().split("\n") for folder in (ROOT / "data/plans").iterdir()
    }
    beside = {iri: find_section(read_page(real, iri), "source") for iri in chosen}
    for iri, words, first, last in said:
        plan = iri.removeprefix(BASE + "plan/").partition("/")[0]
        printed = "\n".join(sources[plan][int(first) - 1 : int(last)])
        assert letters(words) in letters(printed), iri
        marked = [letters(say(each)) for each in beside[iri].iter("mark")]
        assert letters(words) in marked or any(letters(words) in each for each in marked), iri
        assert re.search(rf"lines? {first}\b|to {last}\b", say(beside[iri])), iri


@pytest.mark.parametrize("certainty", ["inferred", "shared", "doubtful"])
@pytest.mark.parametrize("of", ["cypp:due", "cypp:hasLead"])
def test_what_is_not_simply_stated_says_so(
    real: FlaskClient, published: EmbeddedSource, of: str, certainty: str
) -> None:
    found = [iri for (iri,) in ask(published, MARKED % (of, certainty))]
    assert found
    for iri in found:
        section = find_section(read_page(real, iri), "said")
        rows = [row for row in section.iter("div") if row.find("dt") is not None]
        name = "Date" if of == "cypp:due" else "Lead"
        own = [row for row in rows if say(row[0]) == name]
        tags = [say(tag) for row in own for tag in row.iter("strong")]
        assert tags.count(certainty) == int(
            ask(
                published,
                f'SELECT (COUNT(?d) AS ?n) {{ <{iri}> {of} ?d . ?d cypp:certainty/skos:notation "{certainty}" }}',
            )[0][0]
        )
        assert any(row.findall(".//span") for row in own), "a sentence tells what the tag means"


def test_what_is_stated_has_no_tag(real: FlaskClient, published: EmbeddedSource) -> None:
    query = f"""SELECT ?it ?how {{ ?it cypp:inPlan <{BASE}plan/southend-2011> ; a cypp:Action .
      ?it cypp:due|cypp:hasLead ?x . ?x cypp:certainty/skos:notation ?how }}"""
    known: dict[str, set[str]] = {}
    for iri, how in ask(published, query):
        known.setdefault(iri, set()).add(how)
    stated = sorted(iri for iri, ways in known.items() if ways == {"stated"})[:3]
    assert stated
    for iri in stated:
        rows = [each for each in find_section(read_page(real, iri), "said").iter("div") if each.find("dt") is not None]
        own = [row for row in rows if say(row[0]) in ("Date", "Lead")]
        assert own
        assert not [tag for row in own for tag in row.iter("strong")]


def test_the_way_down_to_it_is_told(real: FlaskClient, published: EmbeddedSource) -> None:
    query = """SELECT ?it ?up ?top { ?it a cypp:Measure ; cypp:partOf ?up . ?up cypp:partOf ?top .
      FILTER NOT EXISTS { ?top cypp:partOf ?x } } ORDER BY ?it LIMIT 1"""
    iri, parent, top = ask(published, query)[0]
    page = read_page(real, iri)
    nav = next(each for each in page.iter("nav") if each.get("aria-label") == "Breadcrumb")
    links = [each.get("href", "") for each in nav.iter("a")]
    plan = iri.partition("/measure/")[0]
    assert links == ["/", "/plans", *("/doc/" + each.removeprefix(BASE) for each in (plan, top, parent))]


def test_links_tell_how_sure_they_are_and_rejected_pairs_stand_apart(
    real: FlaskClient, published: EmbeddedSource
) -> None:
    query = """SELECT ?it ?yes ?no ?reason {
      ?a rdf:subject ?it ; rdf:object ?yes ; cypp:linkStatus/skos:notation "accepted" .
      ?r rdf:subject ?it ; rdf:object ?no ; cypp:linkStatus/skos:notation "rejected" ; rdfs:comment ?reason .
      ?it cypp:inPlan ?plan FILTER (?yes != ?no) } ORDER BY ?it ?yes ?no LIMIT 1"""
    iri, yes, no, reason = ask(published, query)[0]
    section = find_section(read_page(real, iri), "links")
    apart = section.find("details")
    assert apart is not None
    holds = {each.get("href") for table in section.findall("div") for each in table.iter("a")}
    rejected = {each.get("href") for each in apart.iter("a")}
    assert "/doc/" + yes.removeprefix(BASE) in holds
    assert "/doc/" + no.removeprefix(BASE) in rejected
    assert " ".join(reason.split()) in say(apart)


def test_every_kind_costs_the_same_number_of_queries(
    real: FlaskClient, published: EmbeddedSource, asked: list[str]
) -> None:
    counts = set()
    for (iri,) in ask(published, SPREAD)[:6]:
        asked.clear()
        read_page(real, iri)
        counts.add(len(asked))
    assert len(counts) == 1


def test_words_that_stand_in_several_places_are_not_guessed() -> None:
    cells = ["Open a centre • Train staff", "EYFC EYFC", "May 2012"]
    pieces, alone = mark_quotes(cells, [("Train staff", "words"), ("EYFC", "lead"), ("May 2012", "date")])
    assert pieces[0] == [Piece("Open a centre • "), Piece("Train staff", "words")]
    assert pieces[1] == [Piece("EYFC EYFC")]
    assert pieces[2] == [Piece("May 2012", "date")]
    assert alone == {("EYFC", "lead")}


def test_what_is_below_and_findings_download_as_they_are_shown(real: FlaskClient, published: EmbeddedSource) -> None:
    iri = f"{BASE}plan/richmond-2009/outcome/4.1.5"
    expected = {row[0] for row in ask(published, f"SELECT ?it {{ ?it cypp:partOf <{iri}> }}")}
    rows = list(csv.DictReader(io.StringIO(real.get("/tables/below.csv", query_string={"iri": iri}).text)))
    assert expected
    assert {row["IRI"] for row in rows} >= expected
    shown = [say(cell) for cell in find_section(read_page(real, iri), "below").iterfind(".//tbody/tr/td[1]")]
    assert len(shown) == len(rows)
    assert all(row["What"] in text for row, text in zip(rows, shown, strict=True))
    action = f"{BASE}plan/thurrock-2012/action/abe318ad"
    [found] = csv.DictReader(io.StringIO(real.get("/tables/findings.csv", query_string={"iri": action}).text))
    assert (found["Kind"].lower(), found["Lines"]) == ("unexplained acronym", "45")
