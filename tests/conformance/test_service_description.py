"""The three sentences of the W3C's service description tests, and that what the service says of itself is true.

An address that is asked without a query answers with RDF; that names the address as ``sd:endpoint``; it keeps to the
vocabulary (https://www.w3.org/TR/sparql11-service-description/).
"""

from __future__ import annotations

import json
from http.client import HTTPConnection
from urllib.parse import quote

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from live import Served

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
RDF_TYPES = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}
CLASSES = {"Service", "Dataset", "Graph", "NamedGraph", "Language", "Function", "Aggregate", "EntailmentRegime"}
# Each property with the class of what it is said of, and of what it leads to where that is described as well.
PROPERTIES = {
    "endpoint": ("Service", None),
    "supportedLanguage": ("Service", None),
    "feature": ("Service", None),
    "resultFormat": ("Service", None),
    "inputFormat": ("Service", None),
    "languageExtension": ("Service", None),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "defaultEntailmentRegime": ("Service", None),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", None),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("Dataset", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}


def get(served: Served, path: str, accept: str | None = None) -> tuple[int, str, bytes]:
    connection = HTTPConnection(served.host, served.port, timeout=60)
    connection.request("GET", path, headers={} if accept is None else {"Accept": accept})
    response = connection.getresponse()
    answer = response.status, response.getheader("Content-Type", "").partition(";")[0], response.read()
    connection.close()
    return answer


def describe(served: Served, path: str = "/sparql", accept: str | None = "text/turtle") -> Graph:
    status, kind, body = get(served, path, accept)
    assert status == 200
    return Graph().parse(data=body, format=RDF_TYPES[kind], publicID=f"http://{served.authority}{path}")


def find_service(graph: Graph) -> URIRef:
    (service,) = graph.subjects(RDF.type, SD.Service)
    return service


@pytest.fixture(scope="module")
def description(served: Served) -> Graph:
    return describe(served)


@pytest.mark.parametrize("accept", [None, "*/*", *RDF_TYPES])
def test_returns_rdf(served: Served, description: Graph, accept: str | None) -> None:
    assert isomorphic(describe(served, accept=accept), description)
    if accept in RDF_TYPES:
        assert get(served, "/sparql", accept)[1] == accept


@pytest.mark.parametrize("path", ["/sparql", "/sparql/"])
def test_has_endpoint_triple(served: Served, path: str) -> None:
    graph = describe(served, path)
    endpoints = {str(endpoint) for endpoint in graph.objects(find_service(graph), SD.endpoint)}
    assert endpoints == {f"{served.address}sparql"}
    status, _, _ = get(served, f"/sparql?query={quote('ASK {}')}")
    assert status == 200


def test_conforms_to_schema(description: Graph) -> None:
    for kind in description.objects(None, RDF.type):
        if kind in SD:
            assert str(kind).removeprefix(SD) in CLASSES
    for thing, name, value in description:
        if name not in SD:
            continue
        domain, leads_to = PROPERTIES[str(name).removeprefix(SD)]
        assert (thing, RDF.type, SD[domain]) in description, name
        assert isinstance(value, URIRef) or leads_to is not None, name
        if leads_to is not None:
            assert (value, RDF.type, SD[leads_to]) in description, name
    for named in description.subjects(RDF.type, SD.NamedGraph):
        assert len(list(description.objects(named, SD.name))) == 1


def test_says_what_it_takes_and_gives(served: Served, description: Graph) -> None:
    service = find_service(description)
    assert set(description.objects(service, SD.supportedLanguage)) == {SD.SPARQL11Query, SD.SPARQL11Update}
    assert SD.UnionDefaultGraph in set(description.objects(service, SD.feature))
    assert not set(description.objects(service, SD.feature)) & {SD.DereferencesURIs, SD.BasicFederatedQuery}
    rows = {
        FORMATS.SPARQL_Results_JSON: "application/sparql-results+json",
        FORMATS.SPARQL_Results_XML: "application/sparql-results+xml",
        FORMATS.SPARQL_Results_CSV: "text/csv",
        FORMATS.SPARQL_Results_TSV: "text/tab-separated-values",
    }
    triples = {
        FORMATS.Turtle: "text/turtle",
        FORMATS["N-Triples"]: "application/n-triples",
        FORMATS.RDF_XML: "application/rdf+xml",
        FORMATS["JSON-LD"]: "application/ld+json",
        FORMATS.TriG: "application/trig",
        FORMATS["N-Quads"]: "application/n-quads",
    }
    assert set(description.objects(service, SD.resultFormat)) == {*rows, *triples}
    for query, types in (("SELECT * {}", rows), ("CONSTRUCT WHERE { ?s ?p ?o }", triples)):
        for kind in types.values():
            assert get(served, f"/sparql?query={quote(query)}", kind)[:2] == (200, kind)


def count(served: Served, pattern: str) -> int:
    query = f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}"
    _, _, body = get(served, f"/sparql?query={quote(query)}", "application/sparql-results+json")
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


def test_counts_of_graphs_are_true(served: Served, description: Graph) -> None:
    dataset = description.value(find_service(description), SD.defaultDataset)
    told = {}
    for named in description.objects(dataset, SD.namedGraph):
        graph = description.value(named, SD.graph)
        number = description.value(graph, VOID.triples)
        assert isinstance(number, Literal)
        told[str(description.value(named, SD.name))] = number.toPython()
    names = {"https://w3id.org/cyppgraph/graph/alder-2012", "https://w3id.org/cyppgraph/graph/birch-2013"}
    assert told.keys() >= names
    assert told == {name: count(served, f"GRAPH <{name}> {{ ?s ?p ?o }}") for name in told}


def test_the_default_graph_is_the_union(served: Served) -> None:
    inside = "SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
    assert count(served, f"{{ {inside} }}") == count(served, "?s ?p ?o")


def test_a_browser_is_led_to_the_page_for_queries(served: Served) -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert get(served, "/sparql", browser)[0] == 303
    status, kind, body = get(served, "/ask", browser)
    assert (status, kind) == (200, "text/html")
    assert b"<html" in body


def test_nothing_on_offer_is_406(served: Served) -> None:
    assert get(served, "/sparql", "image/png")[:2] == (406, "application/problem+json")
