"""The section on the data: it tells what the graph, the files and the rules say, and each address on it answers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest
import rdflib
from flask.testing import FlaskClient

from cyppgraph.namespaces import Namespaces
from cyppgraph.queries import read_questions
from cyppgraph.store import EmbeddedSource, read_rows
from cyppgraph.web import create_app
from cyppgraph.web.handbook import RuleFiles, downloads
from served import open_source

ROOT = Path(__file__).parents[2]
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
RULES = RuleFiles(ROOT / "shapes", ROOT / "queries" / "checks")
# Each page of the section with the queries that it may make.
PAGES = {"/data": 1, "/data/downloads": 1, "/findings": 3, "/method": 3, "/api": 1, "/shapes": 1, "/checks": 0}
pages = pytest.mark.parametrize("path", PAGES)
HREF = re.compile(r'href="([^"]*)"')


@pytest.fixture(scope="module")
def site(published: EmbeddedSource) -> FlaskClient:
    questions = read_questions(ROOT / "queries" / "questions")
    return create_app(published, questions, ontology=ROOT / "ontology", rules=RULES).test_client()


def read_page(site: FlaskClient, path: str) -> str:
    response = site.get(path, headers=BROWSER)
    assert (response.status_code, response.mimetype) == (200, "text/html"), path
    return response.text


def read_csv(site: FlaskClient, path: str) -> list[dict[str, str]]:
    response = site.get(path)
    assert (response.status_code, response.mimetype) == (200, "text/csv")
    return list(csv.DictReader(io.StringIO(response.text)))


def list_addresses(text: str) -> list[str]:
    """Return where a page leads to on this host."""
    return sorted({unescape(each) for each in HREF.findall(text) if each.startswith("/")})


def count(published: EmbeddedSource, query: str) -> int:
    return int(str(getattr(read_rows(published.edition(), query)[0][0], "value", "0")))


@pages
def test_each_page_belongs_to_the_section_and_is_not_sent_twice(site: FlaskClient, path: str) -> None:
    text = read_page(site, path)
    assert re.search(r'<a href="/data" aria-current="true">Data</a>', text)
    assert path == "/data" or '<a class="govuk-breadcrumbs__link" href="/data"><bdi>Data</bdi></a>' in text
    again = site.get(path, headers={**BROWSER, "If-None-Match": site.get(path, headers=BROWSER).headers["ETag"]})
    assert again.status_code == 304


@pages
def test_each_page_asks_few_queries(site: FlaskClient, asked: list[str], path: str) -> None:
    site.get(f"{path}?fresh=1", headers=BROWSER)
    assert len(asked) == PAGES[path]


def test_no_address_has_the_validator_of_another(site: FlaskClient) -> None:
    paths = [*PAGES, "/findings?plan=croydon-2013", "/findings?page=2", "/findings.csv", "/shapes.csv", "/shapes.ttl"]
    validators = [site.get(path, headers=BROWSER).headers["ETag"] for path in paths]
    validators.append(site.get("/shapes", headers={"Accept": "text/turtle"}).headers["ETag"])
    assert len(set(validators)) == len(validators)


def test_the_first_page_leads_to_all_others(site: FlaskClient) -> None:
    found = list_addresses(read_page(site, "/data"))
    assert {*PAGES} - {"/checks"} <= {*found}
    assert {"/ontology", "/reconcile/help"} <= {*found}


@pages
def test_every_address_of_a_page_answers(site: FlaskClient, path: str) -> None:
    found = list_addresses(read_page(site, path))
    if path == "/findings":
        found = found[:: len(found) // 30]
    if path == "/api":  # the query of each question is enough here: test_every_question_answers asks them all
        found = sorted({re.sub(r"^(/questions/[0-9][^.]*)(\.\w+)?$", r"\1.rq", each) for each in found})
    for address in found:
        response = site.get(address, headers=BROWSER, follow_redirects=True)
        assert response.status_code == 200, address


@pytest.mark.long
def test_every_question_answers(site: FlaskClient) -> None:
    found = [each for each in list_addresses(read_page(site, "/api")) if re.match("/questions/[0-9]", each)]
    assert len(found) > 100
    for address in found:
        assert site.get(address, headers=BROWSER).status_code == 200, address


def test_what_the_interfaces_tell_to_type_answers(site: FlaskClient) -> None:
    text = unescape(read_page(site, "/api"))
    query, accept, address = "", "", ""
    for line in re.findall(r"<code>(curl .*?)</code>", text):
        fields = dict(re.findall(r"--data-urlencode '(\w+)=(.*?)'(?:\s|$)", line))
        accept = (re.findall(r"Accept: (\S+?)'", line) or ["*/*"])[0]
        address = re.findall(r"http://localhost(/\S*)", line)[0]
        response = (
            site.post(address, data=fields, headers={"Accept": accept})
            if fields
            else site.get(address, headers={"Accept": accept}, follow_redirects=True)
        )
        assert response.status_code == 200, line
        assert accept in ("*/*", response.mimetype)
        query += line
    assert "query=SELECT" in query
    assert "reconcile" in query


# Downloads


def test_the_files_are_as_the_page_says(site: FlaskClient) -> None:
    text = read_page(site, "/data/downloads")
    rows = read_csv(site, "/data/downloads.csv")
    assert len(rows) > 10
    for row in rows:
        content = site.get(f"/dumps/{row['File']}", headers={"Accept-Encoding": "identity"}).data
        assert len(content) == int(row["Bytes"])
        assert row["SHA-256"] in ("", sha256(content).hexdigest())
        assert (row["SHA-256"] == "") == (row["File"] == "SHA256SUMS")
        assert row["What it holds"], row["File"]
        assert f"{len(content):,}" in text
    assert {row["Licence"] for row in rows} == {"Open Government Licence v3.0"}


def test_the_description_of_the_dataset_agrees_with_the_files(site: FlaskClient) -> None:
    rows = {row["File"]: row for row in read_csv(site, "/data/downloads.csv")}
    graph = rdflib.Graph().parse(data=site.get("/dumps/dataset.ttl").text)
    told = graph.query(
        "PREFIX dcat: <http://www.w3.org/ns/dcat#> PREFIX spdx: <http://spdx.org/rdf/terms#>"
        "SELECT * { ?d dcat:downloadURL ?at ; dcat:byteSize ?size ; spdx:checksum/spdx:checksumValue ?sum }"
    )
    assert {(row.at.rpartition("/")[2], str(row.size), str(row.sum).lower()) for row in told} <= {
        (name, row["Bytes"], row["SHA-256"]) for name, row in rows.items()
    }


def test_files_that_are_elsewhere_are_told_by_the_description(
    site: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {row["File"]: row for row in read_csv(site, "/data/downloads.csv")}
    monkeypatch.setattr(downloads, "list_dumps", lambda _: None)
    text = read_page(site, "/data/downloads?elsewhere")
    after = {row["File"]: row for row in read_csv(site, "/data/downloads.csv?elsewhere")}
    assert "links.ttl" in after
    assert all(before[name] == row for name, row in after.items())
    assert 'href="https://w3id.org/cyppgraph/data/ttl/links.ttl"' in text
    assert "sha256sum" not in text


def test_old_addresses_of_files_still_answer(site: FlaskClient) -> None:
    assert site.get("/data/ttl/links.ttl").data == site.get("/dumps/links.ttl").data
    assert site.get("/dumps/", headers=BROWSER).status_code == 200


# Findings


def test_all_findings_are_counted_and_sent(site: FlaskClient, published: EmbeddedSource) -> None:
    total = count(published, "SELECT (COUNT(DISTINCT ?f) AS ?n) { ?f a dqv:QualityAnnotation }")
    assert f"{total:,} findings</h2>" in read_page(site, "/findings")
    rows = read_csv(site, "/findings.csv")
    assert len(rows) == len({row["IRI"] for row in rows}) == total
    assert all(row["Line"] and row["Kind"] and row["What was found"] and row["On"] for row in rows)
    counts = read_csv(site, "/findings/counts.csv")
    assert sum(int(row["All"]) for row in counts) == total


def test_filters_narrow_and_stay_in_the_address(site: FlaskClient) -> None:
    every = read_csv(site, "/findings.csv")
    for fields, column, value in (
        ("plan=croydon-2013", "Plan", "croydon-2013"),
        ("kind=impossible-date", "Kind", "Impossible date"),
        ("severity=warning", "Severity", "warning"),
    ):
        expected = [row for row in every if row[column] == value]
        assert expected
        assert read_csv(site, f"/findings.csv?{fields}") == expected
        text = read_page(site, f"/findings?{fields}")
        assert f"{len(expected)} finding{'s' if len(expected) > 1 else ''}</h2>" in text
        assert f'<option value="{fields.partition("=")[2]}" selected>' in text
        assert f'href="/findings.csv?{fields}"' in text
    both = [row for row in every if (row["Plan"], row["Kind"]) == ("croydon-2021", "Impossible date")]
    assert both
    assert read_csv(site, "/findings.csv?kind=impossible-date&plan=croydon-2021") == both


def test_pages_of_findings_have_all_of_them_once(site: FlaskClient) -> None:
    rows = read_csv(site, "/findings.csv")
    last = -(-len(rows) // 100)
    shown = "".join(read_page(site, f"/findings?page={number}") for number in range(1, last + 1))
    for row in rows:
        assert shown.count(f'href="{row["IRI"].removeprefix("https://w3id.org/cyppgraph")}"') == 1
    assert site.get(f"/findings?page={last + 1}").status_code == 404
    assert site.get("/findings?page=0").status_code == 404
    assert site.get("/findings?page=%C2%B2").status_code == 404


def test_a_date_is_told_by_what_is_due(site: FlaskClient) -> None:
    rows = read_csv(site, "/findings.csv?kind=impossible-date")
    text = read_page(site, "/findings?kind=impossible-date")
    assert rows
    assert len(re.findall(r'href="/id/plan/[^"]*/(?:action|measure|target|outcome|commitment)/[^"/]+"', text)) >= len(
        rows
    )


@pytest.mark.parametrize(
    "fields", ["plan=none", "kind=none", "severity=none", 'plan=%22%7D&kind=%3Cb%3E"', "kind=a%20b"]
)
def test_values_that_no_finding_has_leave_none(site: FlaskClient, fields: str) -> None:
    text = read_page(site, f"/findings?{fields}")
    assert "0 findings</h2>" in text
    assert '<b>"' not in text
    assert read_csv(site, f"/findings.csv?{fields}") == []


def test_kinds_mean_what_their_list_says(site: FlaskClient) -> None:
    text = unescape(read_page(site, "/findings"))
    scheme = rdflib.Graph().parse(ROOT / "ontology" / "schemes" / "finding-kind.ttl")
    told = list(scheme.triples((None, rdflib.SKOS.definition, None)))
    assert len(told) > 25
    for subject, _, definition in told:
        if (subject, rdflib.RDF.type, rdflib.SKOS.Concept) in scheme:
            assert f'id="{str(subject).rpartition("/")[2]}"' in text
            assert str(definition) in text


# Shapes and checks


def test_each_demand_of_each_shape_is_told(site: FlaskClient) -> None:
    text = unescape(read_page(site, "/shapes"))
    graph = rdflib.Graph()
    for file in (ROOT / "shapes").glob("*.ttl"):
        graph.parse(file)
    messages = list(graph.subject_objects(rdflib.SH.message))
    assert len(messages) > 100
    for shape, message in messages:
        assert f'id="{str(shape).rpartition("#")[2]}"' in text
        assert str(message) in text
    assert len(read_csv(site, "/shapes.csv")) == len(messages)
    sent = rdflib.Graph().parse(data=site.get("/shapes", headers={"Accept": "text/turtle"}).text)
    assert len(sent) == len(graph)
    assert {*sent.subject_objects(rdflib.SH.message)} == {*messages}


def test_demands_are_in_plain_words(site: FlaskClient) -> None:
    rows = {row["IRI"].partition("#")[2]: row["What must hold"] for row in read_csv(site, "/shapes.csv")}
    assert rows["SourcePassage-firstLine"] == "exactly one; a whole number; 1 or more"
    assert rows["SourcePassage-order"].endswith("not beyond cypp:lastLine")
    assert rows["Commitment-hasTarget"] == "none"
    assert "one of: percent, percentage-points, count" in rows["Target-unit"]
    assert "any number; words or a value, not a thing; not empty" not in rows["Target-per"]
    assert all(re.match(r"(exactly|none|one|any|at most|[0-9])", words) for words in rows.values())
    paths = {row["IRI"].partition("#")[2]: row["Property"] for row in read_csv(site, "/shapes.csv")}
    assert paths["Mapping-sureness"] == "sssom:confidence or sssom:similarity_score"


def test_each_check_is_told_and_its_query_is_its_file(site: FlaskClient) -> None:
    text = read_page(site, "/checks")
    files = list((ROOT / "queries" / "checks").glob("*.rq"))
    for file in files:
        assert f'href="/checks/{file.name}"' in text
    assert len(read_csv(site, "/checks.csv")) == len(files)
    assert site.get(f"/checks/{files[0].name}").text == files[0].read_text(encoding="utf-8")
    assert site.get("/checks/none.rq").status_code == 404


def test_rules_stand_below_the_base_of_the_data() -> None:
    moved = RULES.below(Namespaces("https://plans.example/"))
    assert all("w3id.org/cyppgraph" not in str(triple) for triple in moved.triples)
    assert "https://plans.example/ontology#" in moved.checks["no-source"].query
    assert [shape.anchor for shape in moved.shapes] == [shape.anchor for shape in RULES.below(Namespaces()).shapes]


def test_without_rules_nothing_leads_to_them(real: FlaskClient) -> None:
    assert real.get("/shapes").status_code == 404
    for path in ("/data", "/method", "/api"):
        assert not {"/shapes", "/checks"} & {*list_addresses(real.get(path).text)}


# Method


def test_the_figures_are_those_of_the_graph(site: FlaskClient, published: EmbeddedSource) -> None:
    certainties = read_csv(site, "/method/certainty.csv")
    known = count(published, "SELECT (COUNT(*) AS ?n) { ?thing cypp:certainty ?how }")
    assert sum(int(row["Statements, dates and leads"]) for row in certainties) == known
    links = read_csv(site, "/method/links.csv")
    text = read_page(site, "/method")
    for status in ("accepted", "rejected", "proposed"):
        number = count(
            published,
            f'SELECT (COUNT(DISTINCT ?l) AS ?n) {{ ?l a sssom:Mapping ; cypp:linkStatus/skos:notation "{status}" }}',
        )
        assert sum(int(row[status.capitalize()]) for row in links) == number
        assert f"{number:,}" in text
    assert site.get("/method/none.csv").status_code == 404


# Data of all kinds

HOSTILE = "</td><script>alert('x')</script>\\u202E 😀 " + "word" * 2_500
FINDING = f"""
@prefix cypp: <https://w3id.org/cyppgraph/ontology#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix dqv: <http://www.w3.org/ns/dqv#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix plan: <https://w3id.org/cyppgraph/id/plan/> .
plan:odd-2012 a cypp:Plan ; dct:identifier "{HOSTILE}" ; dct:title "{HOSTILE}" ; prov:wasDerivedFrom plan:document .
<urn:finding> a dqv:QualityAnnotation ; dct:type <javascript:alert(1)> ; cypp:source <urn:passage> ;
  rdfs:comment "{HOSTILE}", "Another" ; oa:hasTarget <javascript:alert(2)> .
<javascript:alert(2)> rdfs:label "{HOSTILE}" .
<urn:passage> cypp:firstLine 1 ; cypp:lastLine 2 ; cypp:sourceDocument plan:document .
plan:document dct:rights "{HOSTILE}" .
"""


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    folder = tmp_path_factory.mktemp("ttl")
    (folder / "odd-2012.ttl").write_text(FINDING, encoding="utf-8")
    with open_source(folder, tmp_path_factory.mktemp("snapshots")) as source:
        yield create_app(source, ontology=ROOT / "ontology", rules=RULES).test_client()


@pages
def test_what_data_say_is_text_and_what_they_lack_is_no_error(odd: FlaskClient, path: str) -> None:
    text = read_page(odd, path)
    assert "<script" not in text
    assert 'href="javascript' not in text
    if path == "/findings":
        assert "1 finding</h2>" in text
        assert "&lt;script&gt;" in text
