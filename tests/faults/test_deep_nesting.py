"""What is nested too deeply or grows too large ends a worker at most: it is refused, and the service goes on."""

from __future__ import annotations

import json
from http.client import HTTPConnection

import pytest

from live import TOKEN, Served

DEPTH = 10_000
QUERIES = {
    "groups": "SELECT * " + "{" * DEPTH + "}" * DEPTH,
    "brackets": f"SELECT * {{ FILTER({'(' * DEPTH}1{')' * DEPTH}) }}",
    "negations": f"SELECT * {{ FILTER({'!' * DEPTH}true) }}",
    "paths": f"SELECT * {{ ?s {'(' * DEPTH}<urn:p>{')*' * DEPTH} ?o }}",
    "a long path": f"SELECT * {{ ?s {'/'.join(['<urn:p>'] * DEPTH)} ?o }}",
    "lists": f"SELECT * {{ ?s ?p {'(' * DEPTH}{')' * DEPTH} }}",
    "blank nodes": f"SELECT * {{ ?s ?p {'[ <urn:p> ' * DEPTH}1{']' * DEPTH} }}",
    "optionals": f"SELECT * {{ {'OPTIONAL { ?s ?p ?o ' * DEPTH}{'}' * DEPTH} }}",
    "exists": f"SELECT * {{ {'FILTER EXISTS { ?s ?p ?o ' * DEPTH}{'}' * DEPTH} }}",
    "queries": f"SELECT * {{ {'{ SELECT * { ' * DEPTH}{'}}' * DEPTH} }}",
    "unions": f"SELECT * {{ {' UNION '.join(['{ ?s ?p ?o }'] * DEPTH)} }}",
    "ifs": f"SELECT ({'IF(true,' * DEPTH}1{',2)' * DEPTH} AS ?x) {{}}",
    "quoted triples": f"SELECT * {{ ?s ?p {'<<( ?a ?b ' * DEPTH}1{')>>' * DEPTH} }}",
    "a long list of values": f"SELECT * {{ FILTER(1 IN ({','.join(['2'] * 20 * DEPTH)})) }}",
    "a long IRI": f"SELECT * {{ <urn:{'x' * 80 * DEPTH}> ?p ?o }}",
    "strings that do not end": "SELECT * { ?s ?p " + "'\\" * DEPTH + "}",
}


def send(served: Served, method: str, path: str, body: str, kind: str, **headers: str) -> tuple[int, str]:
    connection = HTTPConnection(served.host, served.port, timeout=120)
    named = {"Content-Type": kind, **headers}
    connection.request(method, path, body.encode(), named)
    response = connection.getresponse()
    answer = response.status, response.read().decode()
    connection.close()
    return answer


def is_refused_or_answered(status: int, text: str) -> bool:
    """Tell whether an answer is a result, a refusal with its reason, or a limit that is named."""
    if status in (200, 201, 204):
        return True
    problem = json.loads(text)
    return bool(problem["detail"]) and (status == 400 or (status == 503 and bool(problem["limit"])))


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_without_bottom_harms_nobody(served: Served, name: str) -> None:
    status, text = send(served, "POST", "/sparql?timeout=1", QUERIES[name], "application/sparql-query")
    assert is_refused_or_answered(status, text), (status, text)
    assert send(served, "POST", "/sparql", "ASK {}", "application/sparql-query")[0] == 200


BODIES = {
    "quoted triples": ("text/turtle", f"<urn:s> <urn:p> {'<<( <urn:s> <urn:p> ' * DEPTH}1{' )>>' * DEPTH} ."),
    "JSON": ("application/ld+json", '{"@id":"urn:s","urn:p":' * 2 * DEPTH + "1" + "}" * 2 * DEPTH),
    "a long text": ("application/n-triples", f'<urn:s> <urn:p> "{"x" * 20_000_000}" .'),
    "a long IRI": ("application/n-triples", f"<urn:s> <urn:p> <urn:{'x' * 20_000_000}> ."),
}


@pytest.mark.parametrize("in_form", [False, True], ids=["as it is", "in a form"])
@pytest.mark.parametrize("name", BODIES)
def test_a_graph_without_bottom_harms_nobody(served: Served, name: str, in_form: bool) -> None:
    kind, body = BODIES[name]
    if in_form:
        part = f'Content-Disposition: form-data; name="x"; filename="x"\r\nContent-Type: {kind}\r\n\r\n{body}'
        kind, body = "multipart/form-data; boundary=b", f"--b\r\n{part}\r\n--b--\r\n"
    status, text = send(served, "PUT", "/store?graph=urn:deep", body, kind, Authorization=f"Bearer {TOKEN}")
    assert status == 415 or (is_refused_or_answered(status, text) and status >= 400), (status, text[:300])
    assert send(served, "POST", "/sparql", "ASK {}", "application/sparql-query")[0] == 200


def test_texts_that_double_do_not_lock_the_store(served: Served) -> None:
    """An update can make a text that no parser would read again; after it is refused, others are taken."""
    doubling = "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(25))
    update = f'INSERT {{ <urn:s> <urn:p> ?x25 }} WHERE {{ BIND("x" AS ?x0) {doubling} }}'
    kind, allowed = "application/sparql-update", {"Authorization": f"Bearer {TOKEN}"}
    status, text = send(served, "POST", "/sparql", update, kind, **allowed)
    assert (status, "characters" in text) == (400, True), text
    assert send(served, "POST", "/sparql", "DROP SILENT GRAPH <urn:none>", kind, **allowed)[0] == 204
