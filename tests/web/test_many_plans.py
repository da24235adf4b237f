"""A graph of more plans than a list can hold: pages offer them by place, and none grows without bound."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import html5rdf
import pytest
from flask.testing import FlaskClient

from cyppgraph.web import create_app
from served import open_source

ROOT = Path(__file__).parents[2]
BROWSER = {"Accept": "text/html"}
PLANS = 60
PLAN = """
plan:{id} a cypp:Plan ; dct:identifier "{id}" ; dct:title "Plan of {place}" ;
  dct:publisher <http://example.org/{place}> ; dct:spatial <http://example.org/area/{place}> ;
  dct:temporal <http://example.org/years/{year}> .
<http://example.org/{place}> rdfs:label "{place} Council" . <http://example.org/area/{place}> rdfs:label "{place}" .
<http://example.org/years/{year}> dcat:startDate "{year}-04-01" ; dcat:endDate "{year}-12-31" .
<https://w3id.org/cyppgraph/id/plan/{id}/action/1> a cypp:Action ; cypp:inPlan plan:{id} ; cypp:statement "Listen" ;
  dct:subject topic:schools .
"""
HEAD = """
@prefix cypp: <https://w3id.org/cyppgraph/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix plan: <https://w3id.org/cyppgraph/id/plan/> .
@prefix topic: <https://w3id.org/cyppgraph/id/scheme/topic/> .
<https://w3id.org/cyppgraph/id/scheme/topic> skos:hasTopConcept topic:schools .
topic:schools skos:inScheme <https://w3id.org/cyppgraph/id/scheme/topic> ; skos:prefLabel "Schools" .
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Two plans of each of thirty places."""
    folder = tmp_path_factory.mktemp("many")
    named = [(f"{'ABCDEF'[number % 6]}place{number // 2:02d}", 2010 + number % 2) for number in range(PLANS)]
    plans = [PLAN.format(id=f"{place.lower()}-{year}", place=place, year=year) for place, year in named]
    (folder / "plans.ttl").write_text(HEAD + "".join(plans), encoding="utf-8")
    with open_source(folder, tmp_path_factory.mktemp("many-snapshots")) as source:
        yield create_app(source, ontology=ROOT / "ontology").test_client()


def read_page(client: FlaskClient, path: str) -> html5rdf.treebuilders.etree.Element:
    response = client.get(path, headers=BROWSER)
    assert response.status_code == 200, path
    return html5rdf.parse(response.text, treebuilder="etree", namespaceHTMLElements=False)


def test_the_page_of_plans_leads_to_every_plan_without_a_table_of_all(site: FlaskClient) -> None:
    page = read_page(site, "/plans")
    links = {each.get("href") for each in page.iter("a") if each.get("href", "").startswith("/id/plan/")}
    assert len(links) == PLANS
    assert not list(page.iter("table"))
    assert not list(page.iter("figure"))
    assert "A (10 councils)" in " ".join(page.itertext())
    assert len(list(csv.DictReader(io.StringIO(site.get("/plans.csv").text, newline="")))) == PLANS


def test_the_plans_of_a_council_are_found_by_a_part_of_its_name(site: FlaskClient) -> None:
    home = read_page(site, "/")
    assert "/plans" in [form.get("action") for form in home.iter("form")]
    assert "council" in [field.get("name") for field in home.iter("input")]
    assert len(list(home.iter("a"))) < PLANS
    found = read_page(site, "/plans?council=CPLACE01")
    rows = [row for body in found.iter("tbody") for row in body.iter("tr")]
    assert ["".join(next(row.iter("th")).itertext()).strip() for row in rows] == ["Plan of Cplace01"]
    saved = list(csv.DictReader(io.StringIO(site.get("/plans.csv?council=CPLACE01").text, newline="")))
    assert [row["Identifier"] for row in saved] == ["cplace01-2010"]
    nothing = site.get("/plans?council=<b>nowhere", headers=BROWSER).text
    assert "No council here is called that." in nothing
    assert "<b>" not in nothing


def test_the_matrix_adds_up_all_plans_until_some_are_chosen(site: FlaskClient) -> None:
    rows = list(csv.reader(io.StringIO(site.get("/compare?format=csv").text, newline="")))
    assert rows[1][:3] == ["Schools", str(PLANS), str(PLANS)]
    chosen = "plan=aplace00-2010&plan=bplace00-2011"
    rows = list(csv.reader(io.StringIO(site.get(f"/compare?format=csv&{chosen}").text, newline="")))
    assert rows[0][:3] == ["Topic", "Aplace00 2010", "Bplace00 2011"]
    assert rows[1][:3] == ["Schools", "1", "1"]


def test_plans_are_offered_by_place_and_those_chosen_stay(site: FlaskClient) -> None:
    def offered(path: str) -> dict[str, bool]:
        boxes = [each for each in read_page(site, path).iter("input") if each.get("type") == "checkbox"]
        return {each.get("value", ""): "checked" in each.attrib for each in boxes}

    assert offered("/compare") == {}
    assert offered("/compare?place=Cplace01") == {"cplace01-2010": False}
    both = offered("/compare?place=cplace01&plan=aplace00-2010")
    assert both == {"aplace00-2010": True, "cplace01-2010": False}
    letters = [each for each in read_page(site, "/compare").iter("a") if "place=" in each.get("href", "")]
    assert [each.text for each in letters] == ["A", "B", "C", "D", "E", "F"]
    assert len(offered("/compare?place=D")) == 10


def test_no_list_to_open_holds_all_plans(site: FlaskClient) -> None:
    for path in ("/compare", "/compare/two?left=aplace00-2010&right=bplace00-2011&topic=schools"):
        page = read_page(site, path)
        assert all(len(list(each.iter("option"))) < PLANS for each in page.iter("select")), path
        (known,) = page.iter("datalist")
        assert len(list(known.iter("option"))) == PLANS
        fields = {each.get("name") for each in page.iter("input") if each.get("list") == known.get("id")}
        assert fields == {"left", "right"}


def test_a_plan_that_there_is_not_is_told_with_those_that_are_near(site: FlaskClient) -> None:
    response = site.get("/compare?plan=aplace00-2001")
    assert response.status_code == 404
    assert "aplace00-2010" in response.text
    assert response.text.count("place") < PLANS


def test_a_facet_of_many_values_lists_some_and_what_is_chosen(site: FlaskClient) -> None:
    found = read_page(site, "/search?q=listen")
    boxes = [each for each in found.iter("input") if each.get("type") == "checkbox" and each.get("name") == "plan"]
    assert 0 < len(boxes) <= 40
    chosen = read_page(site, "/search?q=listen&plan=fplace29-2011")
    boxes = [each for each in chosen.iter("input") if each.get("name") == "plan" and "checked" in each.attrib]
    assert [each.get("value") for each in boxes] == ["fplace29-2011"]
