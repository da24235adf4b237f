"""Nothing that a stranger sends makes the service call out or read a file; a listening port and a file prove it.

Every way in is tried with every spelling of a call: SERVICE, LOAD, FROM, the graphs that the protocol names, the graph
store, and what the formats of RDF themselves may fetch. The port counts connections and would answer with a sentence;
the file holds it as well. It must never come back.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from live import TOKEN, Served

CANARY = "canary-of-a-file-that-nobody-may-read"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
AUTHORISED = {"Authorization": f"Bearer {TOKEN}"}


def send(served: Served, method: str, path: str, body: str | bytes | None = None, **headers: str) -> tuple[int, str]:
    """Send a request; return the status and the body."""
    connection = HTTPConnection(served.host, served.port, timeout=60)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body.encode() if isinstance(body, str) else body, named)
    response = connection.getresponse()
    found = response.status, response.read().decode("utf-8", "replace")
    connection.close()
    return found


def ask(served: Served, query: str, how: str, **fields: str) -> tuple[int, str]:
    """Ask a query in one of the three ways of the protocol."""
    more = urlencode({name.replace("_", "-"): value for name, value in fields.items()})
    if how == "get":
        return send(served, "GET", f"/sparql?query={quote(query)}&{more}")
    if how == "form":
        return send(served, "POST", "/sparql", f"query={quote(query)}&{more}", Content_Type=FORM)
    return send(served, "POST", f"/sparql?{more}", query, Content_Type=QUERY)


def change(served: Served, update: str, how: str, fields: str = "", **headers: str) -> tuple[int, str]:
    """Send an update in a way of the protocol, or in one that is none."""
    ways = {
        "direct": lambda: send(served, "POST", f"/sparql?{fields}", update, Content_Type=UPDATE, **headers),
        "form": lambda: send(
            served, "POST", "/sparql", f"update={quote(update)}&{fields}", Content_Type=FORM, **headers
        ),
        "get": lambda: send(served, "GET", f"/sparql?update={quote(update)}", **headers),
        "as a query": lambda: send(served, "POST", "/sparql", update, Content_Type=QUERY, **headers),
        "as a query by GET": lambda: send(served, "GET", f"/sparql?query={quote(update)}", **headers),
    }
    return ways[how]()


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that any of the engine's parsers could read."""
    path = tmp_path_factory.mktemp("secret") / "secret.ttl"
    path.write_text(f'<urn:s> <urn:p> "{CANARY}" .\n', encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def silence(ear) -> Iterator[None]:
    """Nobody was called, not even a little later."""
    ear.calls.clear()
    yield
    time.sleep(0.02)
    assert ear.calls == []


def addresses(port: int, secret: Path) -> list[str]:
    """The same two things under the names that an engine could know them by."""
    return [
        f"http://127.0.0.1:{port}/x",
        f"http://localhost:{port}/x",
        f"HTTP://127.1:{port}/x",
        f"http://0x7f000001:{port}/x",
        f"http://2130706433:{port}/x",
        f"https://127.0.0.1:{port}/x",
        f"http://user:pass@127.0.0.1:{port}/x#y",
        f"ftp://127.0.0.1:{port}/x",
        f"http://[::ffff:127.0.0.1]:{port}/x",
        f"file://{secret}",
        f"file:{secret}",
        f"FILE://localhost{secret}",
        str(secret),
    ]


def few(port: int, secret: Path) -> list[str]:
    """One address and one file, where each try is a change to the data and takes its time."""
    return [f"http://127.0.0.1:{port}/x", f"file://{secret}"]


def test_the_ear_hears(ear) -> None:
    """An engine that is let loose is heard, so silence means something."""
    with pytest.raises((OSError, RuntimeError)):
        list(ox.Store().query(f"SELECT * {{ SERVICE <http://127.0.0.1:{ear.port}/x> {{ ?s ?p ?o }} }}"))
    assert len(ear.calls) == 1
    ear.calls.clear()


# -- SERVICE

WORDS = [
    "SERVICE ",
    "service ",
    "sErViCe\t",
    "SERVICE",
    "SERVICE\r\n",
    "SERVICE#a comment SERVICE <x>\n",
    "SERVICE SILENT ",
    "ServiceSilent",
    "SERVICE # {\r SILENT#}\n",
    "\\u0053ERVICE ",
    "S\\U00000045RVICE SILENT ",
    "\\u0053\\u0045\\u0052\\u0056\\u0049\\u0043\\u0045 ",
    "SERVICE\\u0020",
    "{} SERVICE ",
    "?a ?b true.SERVICE ",
    '?a ?b "#" SERVICE ',
    "FILTER(1<5)SERVICE#>\n",
]
TARGETS = {
    "an IRI": "<%s>",
    "an escaped IRI": "escaped",
    "a prefixed name": "call:x",
    "the empty prefix": ":",
    "a prefix called service": "service:x",
    "a variable": "?service",
    "a variable with a dollar": "$service",
    "a relative IRI": "<x>",
}
HEADS = "PREFIX call: <{a}> PREFIX : <{a}> PREFIX service: <{a}> BASE <{a}> "
PLACES = [
    "SELECT * {{ {call} }}",
    "SELECT * {{ VALUES ?service {{ <{a}> }} {call} }}",
    "SELECT * {{ BIND(<{a}> AS ?service) {call} }}",
    "SELECT * {{ OPTIONAL {{ {call} }} }}",
    "SELECT * {{ ?s ?p ?o MINUS {{ {call} }} }}",
    "SELECT * {{ {{ ?s ?p ?o }} UNION {{ {call} }} }}",
    "SELECT * {{ {{ SELECT * {{ {{ SELECT * {{ {call} }} }} }} }} }}",
    "SELECT * {{ ?s ?p ?o FILTER EXISTS {{ {call} }} }}",
    "SELECT * {{ ?s ?p ?o FILTER(1 = 2 || NOT EXISTS {{ {call} }}) }}",
    "SELECT (EXISTS {{ {call} }} AS ?x) {{}}",
    "SELECT * {{ ?s ?p ?o BIND(IF(EXISTS {{ {call} }}, 1, 2) AS ?x) }}",
    "SELECT (COUNT(*) AS ?n) {{ ?s ?p ?o }} GROUP BY ?s HAVING(EXISTS {{ {call} }})",
    "SELECT * {{ ?s ?p ?o }} ORDER BY EXISTS {{ {call} }}",
    "SELECT * {{ GRAPH ?g {{ {call} }} }}",
    "SELECT * {{ ?s ?p ?o LATERAL {{ {call} }} }}",
    "ASK {{ {call} }}",
    "CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {call} }}",
    "DESCRIBE ?s WHERE {{ {call} }}",
    "DESCRIBE * {{ {call} }} VALUES ?service {{ <{a}> }}",
    "SELECT * {{ SERVICE <{a}> {{ {call} }} }}",
]


def escape(iri: str) -> str:
    return "<" + "".join(f"\\u{ord(sign):04X}" for sign in iri) + ">"


def calls(address: str) -> list[str]:
    """Every word with every target in one place; every place with every target, by one word."""
    texts = []
    for word, target in product(WORDS, TARGETS.values()):
        name = escape(address) if target == "escaped" else target.replace("%s", address)
        texts.append((PLACES[1], f"{word}{name} {{ ?s ?p ?o }}"))
    for place, target in product(PLACES, ("<%s>", "call:x", "?service")):
        texts.append((place, f"SERVICE SILENT {target.replace('%s', address)} {{ ?s ?p ?o }}"))
    return [HEADS.format(a=address) + place.format(call=call, a=address) for place, call in texts]


def test_service_is_refused_however_it_is_written(served: Served, ear) -> None:
    queries = calls(f"http://127.0.0.1:{ear.port}/x")
    assert len(queries) > 150
    taken = []
    for number, query in enumerate(queries):
        status, text = ask(served, query, ("get", "form", "direct")[number % 3])
        if not 400 <= status < 500 or CANARY in text:
            taken.append((status, query))
    assert taken == []


def test_service_is_refused_whatever_it_calls(served: Served, ear, secret: Path) -> None:
    for address in addresses(ear.port, secret):
        status, text = ask(served, f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}", "get")
        assert (status, CANARY in text) == (400, False), address


# -- updates

LOADS = [
    "LOAD <{a}>",
    "load <{a}>",
    "LOAD SILENT <{a}>",
    "LoadSilent<{a}>",
    "LOAD <{a}> INTO GRAPH <urn:x>",
    "LOAD SILENT <{a}> INTO GRAPH <urn:x>",
    "LOAD#\n<{a}>#\nINTO#\nGRAPH#\n<urn:x>",
    "PREFIX call: <{a}> LOAD call:x",
    "PREFIX load: <{a}> LOAD load:x INTO GRAPH load:y",
    "PREFIX : <{a}> LOAD:x",
    "PREFIX : <{a}> LOADSILENT:x INTO GRAPH <urn:x>",
    'INSERT {{}} WHERE {{ FILTER(1<5#>"""\n) }};LOAD<{a}>#"""',
    "BASE <{a}> LOAD <x>",
    "\\u004cOAD <{a}>",
    "L\\U0000004fAD SILENT <{a}>",
    "LOAD {escaped} INTO GRAPH <urn:x>",
    "INSERT DATA {{}} ; LOAD <{a}>",
    "INSERT DATA {{}};LOAD<{a}>",
    'INSERT DATA {{ <urn:a> <urn:b> ";" }} ; # ;\nLOAD SILENT <{a}> ; DROP SILENT GRAPH <urn:x>',
    "DELETE WHERE {{ <urn:load> ?p ?o }} ; PREFIX : <urn:x> LOAD <{a}>",
    "CREATE SILENT GRAPH <urn:x> ; LOAD <{a}> INTO GRAPH <urn:x>",
    "INSERT {{ ?s ?p ?o }} WHERE {{ SERVICE <{a}> {{ ?s ?p ?o }} }}",
    "INSERT {{ ?s ?p ?o }} WHERE {{ service silent <{a}> {{ ?s ?p ?o }} }}",
    "DELETE {{ ?s ?p ?o }} WHERE {{ VALUES ?x {{ <{a}> }} SERVICE ?x {{ ?s ?p ?o }} }}",
    "WITH <urn:x> DELETE {{}} INSERT {{ ?s ?p ?o }} WHERE {{ OPTIONAL {{ \\u0053ERVICE <{a}> {{ ?s ?p ?o }} }} }}",
    "INSERT {{ ?s ?p ?o }} USING <urn:x> WHERE {{ {{ SELECT * {{ SERVICE <{a}> {{ ?s ?p ?o }} }} }} }}",
    "INSERT DATA {{}} ; INSERT {{ <urn:a> <urn:b> ?x }} WHERE {{ BIND(EXISTS {{ SERVICE <{a}> {{}} }} AS ?x) }}",
]


@pytest.mark.parametrize("how", ["direct", "form", "get", "as a query", "as a query by GET"])
@pytest.mark.parametrize("headers", [AUTHORISED, {}], ids=["with the token", "without"])
def test_no_update_loads_anything(served: Served, ear, secret: Path, how: str, headers: dict[str, str]) -> None:
    taken = []
    for update, address in product(LOADS, few(ear.port, secret)):
        text = update.format(a=address, escaped=escape(address))
        status, answer = change(served, text, how, **headers)
        if not 400 <= status < 500 or CANARY in answer:
            taken.append((status, text))
    assert taken == []
    assert not holds_canary(served)


def test_load_is_refused_whatever_it_loads(served: Served, ear, secret: Path) -> None:
    for address in addresses(ear.port, secret):
        status, _ = change(served, f"LOAD SILENT <{address}> INTO GRAPH <urn:x>", "direct", **AUTHORISED)
        assert 400 <= status < 500, address


def holds_canary(served: Served) -> bool:
    query = f'ASK {{ {{ ?s ?p "{CANARY}" }} UNION {{ GRAPH ?g {{ ?s ?p "{CANARY}" }} }} }}'
    status, text = ask(served, query, "direct")
    assert status == 200, text
    return "true" in text


# -- graphs that a query, a request or an update names

FROMS = [
    "SELECT ?o FROM <{a}> {{ ?s ?p ?o }}",
    "SELECT ?o from <{a}> FROM <urn:x> WHERE {{ ?s ?p ?o }}",
    "SELECT ?o FROM NAMED <{a}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT ?o from named <{a}> {{ GRAPH <{a}> {{ ?s ?p ?o }} }}",
    "SELECT ?o FROM#\n{escaped} {{ ?s ?p ?o }}",
    "PREFIX call: <{a}> SELECT ?o FROM call: {{ ?s ?p ?o }}",
    "BASE <{a}> SELECT ?o FROM <> {{ ?s ?p ?o }}",
    "SELECT ?o {{ GRAPH <{a}> {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} FROM <{a}> WHERE {{ ?s ?p ?o }}",
    "CONSTRUCT FROM <{a}> WHERE {{ ?s ?p ?o }}",
    "DESCRIBE <urn:s> FROM <{a}>",
    "DESCRIBE <{a}>",
    "SELECT ?s FROM <{a}> {{ ?s ?p '" + CANARY + "' }}",
]


@pytest.mark.parametrize("how", ["get", "form", "direct"])
def test_a_graph_that_is_not_held_is_empty(served: Served, ear, secret: Path, how: str) -> None:
    for query, address in product(FROMS, addresses(ear.port, secret)):
        status, text = ask(served, query.format(a=address, escaped=escape(address)), how)
        assert status in (200, 400), (query, address, text)
        if status == 200:
            assert f'"value":"{CANARY}"' not in text.replace(" ", "")
            assert '"o":' not in text, (query, address, text)
            assert "urn:s" not in text.replace("DESCRIBE", ""), (query, address, text)


@pytest.mark.parametrize("how", ["get", "form", "direct"])
def test_a_graph_that_the_request_names_is_not_fetched(served: Served, ear, secret: Path, how: str) -> None:
    for address, field in product(addresses(ear.port, secret), ("default_graph_uri", "named_graph_uri")):
        query = "SELECT ?o { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        status, text = ask(served, query, how, **{field: address})
        assert status in (200, 400), (address, text)
        assert '"o":' not in text


@pytest.mark.parametrize("field", ["using-graph-uri", "using-named-graph-uri"])
def test_a_graph_that_an_update_uses_is_not_fetched(served: Served, ear, secret: Path, field: str) -> None:
    update = "INSERT { GRAPH <urn:taken> { ?s ?p ?o } } WHERE { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    for address, how in product(few(ear.port, secret), ("direct", "form")):
        status, text = change(served, update, how, f"{field}={quote(address)}", **AUTHORISED)
        assert status < 500, (address, text)
    assert not holds_canary(served)


# -- the graph store


def name_graph(served: Served, method: str, address: str) -> None:
    """Name a graph by an address, and see that it is only a name."""
    body = "<urn:s> <urn:p> 1 ." if method in ("PUT", "POST") else None
    path = f"/store?graph={quote(address, safe='')}"
    status, text = send(served, method, path, body, Content_Type="text/turtle", **AUTHORISED)
    assert status < 500, (address, text)
    assert CANARY not in text


def test_reading_a_graph_does_not_fetch_it(served: Served, ear, secret: Path) -> None:
    for address, method in product(addresses(ear.port, secret), ("GET", "HEAD")):
        name_graph(served, method, address)


def test_writing_a_graph_does_not_call_where_its_name_leads(served: Served, ear, secret: Path) -> None:
    for address, method in product(few(ear.port, secret), ("PUT", "POST", "DELETE")):
        name_graph(served, method, address)
        _, text = send(served, "GET", f"/store?graph={quote(address, safe='')}", Accept="text/turtle")
        assert CANARY not in text


def bodies(port: int, secret: Path) -> dict[str, tuple[str, str]]:
    """Documents that ask who reads them to fetch something: media type and text."""
    rdf = (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:s">'
        '<p xmlns="urn:">{value}</p></rdf:Description></rdf:RDF>'
    )
    value = rdf.format(value="&x;")
    there = f"http://127.0.0.1:{port}/x"
    xml = {
        "a file as an entity": f'<!DOCTYPE r [<!ENTITY x SYSTEM "file://{secret}">]>{value}',
        "an address as an entity": f'<!DOCTYPE r [<!ENTITY x SYSTEM "{there}">]>{value}',
        "a public entity": f'<!DOCTYPE r [<!ENTITY x PUBLIC "x" "{there}">]>{value}',
        "a parameter entity": f'<!DOCTYPE r [<!ENTITY % x SYSTEM "{there}"> %x;]>{rdf.format(value="1")}',
        "an outer DTD": f'<!DOCTYPE r SYSTEM "{there}">{rdf.format(value="1")}',
        "XInclude": rdf.format(value=f'<i:include xmlns:i="http://www.w3.org/2001/XInclude" href="file://{secret}"/>'),
    }
    context = '{"@context": %s, "@id": "urn:s", "p": "1"}'
    json = {
        "a context elsewhere": context % f'"{there}"',
        "a context in a file": context % f'"file://{secret}"',
        "one of several contexts": context % f'[{{"p": "urn:p"}}, "{there}"]',
        "an imported context": context % f'{{"@version": 1.1, "@import": "{there}"}}',
        "a context of a term": context % f'{{"p": {{"@id": "urn:p", "@context": "{there}"}}}}',
    }
    turtle = {
        "imports": f"<urn:s> <http://www.w3.org/2002/07/owl#imports> <{there}>, <file://{secret}> .",
        "a base elsewhere": f"@base <{there}> . <> <p> <o> .",
    }
    return {
        **{name: ("application/rdf+xml", f'<?xml version="1.0"?>{text}') for name, text in xml.items()},
        **{name: ("application/ld+json", text) for name, text in json.items()},
        **{name: ("text/turtle", text) for name, text in turtle.items()},
    }


@pytest.mark.parametrize("name", bodies(0, Path("x")))
def test_no_document_makes_us_fetch(served: Served, ear, secret: Path, name: str) -> None:
    kind, text = bodies(ear.port, secret)[name]
    path = "/store?graph=urn:fetched"
    status, _ = send(served, "PUT", path, text, Content_Type=kind, **AUTHORISED)
    assert status < 500
    _, found = send(served, "GET", path, Accept="text/turtle")
    send(served, "DELETE", path, **AUTHORISED)
    assert CANARY not in found


def test_an_entity_bomb_does_not_go_off(served: Served) -> None:
    """Entities that hold ten of the one before, seven times: 20 MB from 500 bytes, if they are believed."""
    entities = '<!ENTITY e0 "ha">' + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 8))
    text = (
        f'<?xml version="1.0"?><!DOCTYPE r [{entities}]>'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="urn:s">'
        '<p xmlns="urn:">&e7;</p></rdf:Description></rdf:RDF>'
    )
    path = "/store?graph=urn:bomb"
    status, _ = send(served, "PUT", path, text, Content_Type="application/rdf+xml", **AUTHORISED)
    assert status < 500 or status == 503
    _, found = send(served, "GET", path, Accept="text/turtle")
    send(served, "DELETE", path, **AUTHORISED)
    assert len(found) < 1_000_000
