"""The endpoint keeps the SPARQL 1.1 Protocol: forms of request, negotiation, errors that say where."""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest
from flask.testing import FlaskClient

ALL = "SELECT ?title { ?plan dct:title ?title } ORDER BY ?title"
GRAPH = "https://w3id.org/cyppgraph/graph/"
FORM = "application/x-www-form-urlencoded"
JSON = "application/sparql-results+json"


def titles(response) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["title"]["value"] for row in response.get_json(force=True)["results"]["bindings"]]


def ask(client: FlaskClient, how: str, query: str, **graphs: str | list[str]):
    fields = urlencode({name.replace("_", "-"): value for name, value in graphs.items()}, doseq=True)
    if how == "get":
        return client.get(f"/sparql?query={quote(query)}&{fields}")
    if how == "form":
        return client.post("/sparql", data=f"query={quote(query)}&{fields}", content_type=FORM)
    return client.post(f"/sparql?{fields}", data=query.encode(), content_type="application/sparql-query")


HOW = pytest.mark.parametrize("how", ["get", "form", "direct"])


@HOW
def test_a_query_comes_in_three_ways(client: FlaskClient, how: str) -> None:
    response = ask(client, how, ALL)
    assert titles(response) == ["Alder <em>first</em>", "Birch"]
    assert response.mimetype == JSON


@HOW
def test_the_request_may_name_the_graphs(client: FlaskClient, how: str) -> None:
    alder, birch = f"{GRAPH}alder-2012", f"{GRAPH}birch-2013"
    assert titles(ask(client, how, ALL, default_graph_uri=birch)) == ["Birch"]
    assert len(titles(ask(client, how, ALL, default_graph_uri=[alder, birch]))) == 2
    assert titles(ask(client, how, ALL, named_graph_uri=birch)) == []
    named = "SELECT ?title { GRAPH ?g { ?plan dct:title ?title } }"
    assert titles(ask(client, how, named, named_graph_uri=birch)) == ["Birch"]
    assert titles(ask(client, how, named, default_graph_uri=birch)) == []
    assert titles(ask(client, how, ALL.replace("{", f"FROM <{alder}> {{", 1), default_graph_uri=birch)) == ["Birch"]


def test_head_gives_the_headers(client: FlaskClient) -> None:
    response = client.head(f"/sparql?query={quote(ALL)}")
    assert (response.status_code, response.data, response.mimetype) == (200, b"", JSON)


ROWS, TRIPLES = ALL, "CONSTRUCT WHERE { ?plan dct:title ?title }"
XML = "application/sparql-results+xml"


@pytest.mark.parametrize(
    ("query", "accept", "sent"),
    [
        (ROWS, None, JSON),
        (ROWS, "*/*", JSON),
        (ROWS, "application/json", "application/json"),
        (ROWS, "text/csv", "text/csv; charset=utf-8"),
        (ROWS, "text/csv;charset=utf-8", "text/csv; charset=utf-8"),
        (ROWS, "TEXT/CSV", "text/csv; charset=utf-8"),
        (ROWS, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (ROWS, "text/csv;q=0.5, application/sparql-results+xml;q=0.6", XML),
        (ROWS, f"*/*;q=0.1, {XML};q=0.2", XML),
        (ROWS, f"{JSON};q=0, application/*;q=0.5", XML),
        (ROWS, f"{XML};q=0.3, application/*;q=0.9", JSON),
        (ROWS, "text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "application/xml"),
        (ROWS, "text/html;q=1, */*;q=0.1", JSON),
        ("ASK {}", XML, XML),
        (TRIPLES, None, "text/turtle; charset=utf-8"),
        (TRIPLES, "application/n-triples, text/turtle;q=0.9", "application/n-triples"),
        (TRIPLES, "application/rdf+xml, */*;q=0.1", "application/rdf+xml"),
        (TRIPLES, "application/ld+json", "application/ld+json"),
        ("DESCRIBE <https://w3id.org/cyppgraph/id/plan/alder-2012>", "text/*", "text/turtle; charset=utf-8"),
    ],
)
def test_the_accept_header_decides(client: FlaskClient, query: str, accept: str | None, sent: str) -> None:
    headers = {} if accept is None else {"Accept": accept}
    response = client.get(f"/sparql?query={quote(query)}", headers=headers)
    assert (response.status_code, response.content_type) == (200, sent)
    assert "Accept" in response.headers["Vary"]


@pytest.mark.parametrize(
    ("query", "accept"),
    [(ROWS, "text/turtle"), (ROWS, "image/png"), (TRIPLES, JSON), ("ASK {}", "text/csv"), (ROWS, "*/*;q=0")],
)
def test_nothing_acceptable_is_406_with_what_there_is(client: FlaskClient, query: str, accept: str) -> None:
    response = client.get(f"/sparql?query={quote(query)}", headers={"Accept": accept})
    assert (response.status_code, response.mimetype) == (406, "application/problem+json")
    assert response.json["offered"]
    assert "Accept" in response.headers["Vary"]


def problem(response, status: int) -> dict[str, object]:
    assert (response.status_code, response.mimetype) == (status, "application/problem+json")
    assert response.json["status"] == status
    assert response.json["title"]
    return response.json


@HOW
def test_a_syntax_error_names_line_and_column(client: FlaskClient, how: str) -> None:
    found = problem(ask(client, how, "SELECT * {\n  ?s ?p }"), 400)
    assert (found["line"], found["column"]) == (2, 9)
    assert "'}' cannot stand here" in str(found["detail"])


@HOW
def test_service_is_refused(client: FlaskClient, how: str) -> None:
    found = problem(ask(client, how, "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> {} }"), 400)
    assert "another server" in str(found["detail"])


@HOW
def test_a_service_in_a_string_is_no_service(client: FlaskClient, how: str) -> None:
    assert titles(ask(client, how, 'SELECT ("SERVICE <x> {}" AS ?title) {} # SERVICE <x> {}')) == ["SERVICE <x> {}"]


def test_no_file_is_read(client: FlaskClient) -> None:
    graph = "file:///etc/passwd"
    for how in ("get", "form", "direct"):
        assert titles(ask(client, how, f"SELECT ?title FROM <{graph}> {{ ?plan ?p ?title }}")) == []
        assert titles(ask(client, how, "SELECT ?title { ?plan ?p ?title }", default_graph_uri=graph)) == []


@HOW
def test_a_graph_name_that_is_no_iri_is_refused(client: FlaskClient, how: str) -> None:
    assert "absolute IRI" in str(problem(ask(client, how, ALL, default_graph_uri="not an iri"), 400)["detail"])


UPDATE = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"


def test_updates_are_refused_however_they_come(client: FlaskClient) -> None:
    problem(client.post("/sparql", data={"update": UPDATE}), 403)
    problem(client.get(f"/sparql?update={quote(UPDATE)}"), 405)
    problem(client.post("/sparql", data=UPDATE, content_type="application/sparql-update"), 403)
    for how in ("get", "form", "direct"):
        for update in (UPDATE, "CLEAR ALL", "LOAD <http://127.0.0.1:9/>", "DROP ALL", "DELETE WHERE { ?s ?p ?o }"):
            assert "updates are not taken" in str(problem(ask(client, how, update), 400)["detail"])
    assert len(titles(client.get(f"/sparql?query={quote(ALL)}"))) == 2


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"method": "GET", "query_string": "query=ASK%7B%7D&query=ASK%7B%7D"}, 400),
        ({"method": "GET", "query_string": "query=ASK%7B%7D%FF"}, 400),
        ({"method": "PUT", "query_string": "query=ASK%7B%7D"}, 405),
        ({"method": "POST", "query_string": "query=ASK%7B%7D"}, 415),
        ({"method": "POST", "data": "ASK {}"}, 415),
        ({"method": "POST", "data": "ASK {}", "content_type": "text/plain"}, 415),
        ({"method": "POST", "data": "ASK {}", "content_type": FORM}, 400),
        ({"method": "POST", "data": "ASK {}".encode("utf-16"), "content_type": "application/sparql-query"}, 400),
        ({"method": "POST", "data": b"ASK {}", "content_type": "application/sparql-query; charset=utf-16"}, 415),
        ({"method": "POST", "data": b"query=" + b"x" * 1_100_000, "content_type": FORM}, 413),
    ],
)
def test_a_request_that_is_none_is_a_problem(client: FlaskClient, request_: dict[str, object], status: int) -> None:
    response = client.open("/sparql", **request_)
    problem(response, status)
    if status == 405:
        assert "POST" in response.headers["Allow"]
