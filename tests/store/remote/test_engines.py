"""Two servers of opposite habits give the answers of the embedded store, in each format, and take our changes."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator

import pyoxigraph as ox
import pytest
from SPARQLWrapper import JSON, POST, SPARQLWrapper

from cyppgraph.namespaces import Namespaces
from cyppgraph.store import (
    FORMATS,
    AnswerKind,
    GraphStore,
    LimitError,
    Limits,
    Query,
    QueryFailedError,
    QueryRefusedError,
    QuerySyntaxError,
    is_true,
    read_rows,
    read_triples,
)
from cyppgraph.store.embedded import merge
from cyppgraph.store.remote import RemoteSource, Server, UpdateWriter, open_remote
from engines import Addresses

NAMES = Namespaces()
ALDER, BIRCH, UNION = NAMES.graph("alder-2012"), NAMES.graph("birch-2013"), NAMES.graph("union")
SHARED = "<http://example.org/council> <http://www.w3.org/2000/01/rdf-schema#label> 'A council'@en ."
HEAD = f"@prefix cypp: <{NAMES.ontology}> . @prefix dct: <http://purl.org/dc/terms/> . {SHARED}\n"
FILES = {
    ALDER: HEAD + '<urn:alder> a cypp:Plan ; dct:title "Alder, \\"2012\\" \\u00e9\\n\\ttab"@en ; cypp:size 12, -1 .',
    BIRCH: HEAD + "<urn:birch> a cypp:Plan ; dct:title 'Birch'@en ; cypp:size 7 ; <http://example.org/7> '' .",
}
ELSEWHERE = "urn:x-other:graph"


ROUTES = [("oxigraph", "graph store"), ("oxigraph", "update"), ("virtuoso", "graph store"), ("virtuoso", "update")]


@pytest.fixture(scope="module", params=ROUTES, ids=" by ".join)
def remote(request: pytest.FixtureRequest) -> Iterator[RemoteSource]:
    """A server with our two graphs, written by one protocol or the other, and somebody else's."""
    addresses: Addresses = request.getfixturevalue(request.param[0])
    store_url = addresses.graphs if request.param[1] == "graph store" else None
    source = open_remote(addresses.query, addresses.update, store_url, environment={})
    source.write_graph(ELSEWHERE, b"<urn:stranger> a <urn:x-other:Thing> .", FORMATS["ttl"], replace=True)
    fill(source)
    yield source
    source.close()


@pytest.fixture
def changing(remote: RemoteSource) -> Iterator[RemoteSource]:
    """The same, for tests that change it."""
    yield remote
    fill(remote)


def fill(source: RemoteSource) -> None:
    source.drop_graph(UNION)
    for graph, text in FILES.items():
        source.write_graph(graph, text.encode(), FORMATS["ttl"], replace=True)


@pytest.fixture(scope="module")
def embedded() -> GraphStore:
    engine = ox.Store()
    for graph, text in FILES.items():
        engine.load(text.encode(), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(graph))
    merge(engine)
    return GraphStore(engine)


QUESTIONS = [
    "SELECT ?plan ?title ?size { ?plan a cypp:Plan ; dct:title ?title ; cypp:size ?size } ORDER BY ?plan ?size",
    "SELECT ?g ?plan { GRAPH ?g { ?plan a cypp:Plan } } ORDER BY ?g",
    "SELECT ?s ?empty { ?s <http://example.org/7> ?empty OPTIONAL { ?s <urn:none> ?none } }",
    f"SELECT ?plan FROM <{BIRCH}> {{ ?plan a cypp:Plan }}",
    f"SELECT ?plan FROM NAMED <{ALDER}> {{ GRAPH ?g {{ ?plan a cypp:Plan }} }}",
    "SELECT (SUM(?size) AS ?sum) { ?plan cypp:size ?size }",
    "BASE <urn:> PREFIX dct: <http://purl.org/dc/terms/> # cypp:\nSELECT ?t { <urn:birch> a cypp:Plan ; dct:title ?t }",
]


def test_rows_are_those_of_the_embedded_store(remote: RemoteSource, embedded: GraphStore) -> None:
    for question, form in itertools.product(QUESTIONS, ("json", "xml", "csv", "tsv")):
        query = Query(question, formats={AnswerKind.ROWS: FORMATS[form]})
        reply = remote.query(query)
        answer = embedded.query(question)
        assert (reply.kind, reply.columns) == (AnswerKind.ROWS, answer.columns)
        assert b"".join(reply) == answer.serialise(FORMATS[form]), question
        assert reply.rows == len(list(embedded.query(question).read_rows()))


def test_yes_no_and_triples_too(remote: RemoteSource, embedded: GraphStore) -> None:
    assert is_true(remote, "ASK { <urn:alder> a cypp:Plan }")
    assert not is_true(remote, "ASK { <urn:alder> a cypp:Action }")
    assert not is_true(remote, "ASK { <urn:stranger> ?p ?o }")
    for question in ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", "DESCRIBE <urn:birch>", "DESCRIBE <urn:alder>"):
        expected = set(embedded.query(question).raw)
        assert set(read_triples(remote, question)) == expected
        # XML cannot hold the property of birch that is a number.
        for form in ("ttl", "jsonld", "trig", "nq", *(["rdf"] if "alder" in question else [])):
            reply = remote.query(Query(question, formats={AnswerKind.TRIPLES: FORMATS[form]}))
            found = {quad.triple for quad in ox.parse(b"".join(reply), FORMATS[form].engine)}
            assert found == expected, form


def test_graphs_of_the_request_replace_those_of_the_query(remote: RemoteSource) -> None:
    def ask(text: str, default: list[str] | None, named: list[str] | None) -> list[str]:
        reply = remote.query(Query(text, default, named, {AnswerKind.ROWS: FORMATS["csv"]}))
        return sorted(b"".join(reply).decode().split()[1:])

    anywhere, named = "SELECT ?s { ?s a cypp:Plan }", "SELECT ?s { GRAPH ?g { ?s a cypp:Plan } }"
    assert ask(anywhere, [BIRCH], None) == ["urn:birch"]
    assert ask(anywhere, [BIRCH, ALDER], []) == ["urn:alder", "urn:birch"]
    assert ask(anywhere, None, [ALDER]) == []
    assert ask(named, None, [ALDER]) == ["urn:alder"]
    assert ask(named, [ALDER], None) == []
    assert ask(anywhere, [], []) == []
    with pytest.raises(QueryRefusedError, match="absolute IRI"):
        ask(anywhere, ["no iri"], None)


def test_only_our_graphs_are_counted(remote: RemoteSource) -> None:
    assert remote.graphs == {ALDER: 5, BIRCH: 5}
    assert list(remote.graphs) == sorted(remote.graphs)


def test_a_stored_union_counts_a_statement_of_two_graphs_once_and_follows_changes(changing: RemoteSource) -> None:
    shared = 'SELECT (COUNT(?s) AS ?n) { ?s rdfs:label "A council"@en }'
    changing.write_graph(UNION, b"<urn:old> a <urn:Thing> .", FORMATS["ttl"], replace=True)
    assert [[term.value for term in row] for row in read_rows(changing, shared)] == [["1"]]
    assert not is_true(changing, "ASK { <urn:old> ?p ?o }")
    assert UNION not in changing.graphs
    named = read_rows(changing, "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g")
    assert [row[0].value for row in named] == [ALDER, BIRCH]

    changing.write_graph(ALDER, b"<urn:cedar> a <urn:Thing> .", FORMATS["ttl"], replace=False)
    assert is_true(changing, "ASK { <urn:cedar> a ?thing . <urn:alder> a cypp:Plan }")
    changing.update(f"DELETE WHERE {{ GRAPH <{ALDER}> {{ <urn:cedar> ?p ?o }} }}", [], [])
    assert not is_true(changing, "ASK { <urn:cedar> a ?thing }")
    changing.drop_graph(BIRCH)
    assert not is_true(changing, "ASK { <urn:birch> ?p ?o }")


def test_writing_tells_whether_the_graph_is_new(changing: RemoteSource) -> None:
    content = b'{"@id": "urn:dogwood", "urn:p": "x"}'
    assert not changing.write_graph(BIRCH, content, FORMATS["jsonld"], replace=True)
    assert changing.graphs[BIRCH] == 1
    assert changing.drop_graph(BIRCH)
    assert not changing.drop_graph(BIRCH)
    assert BIRCH not in changing.graphs
    with pytest.raises(QuerySyntaxError, match="line 2"):
        changing.write_graph(BIRCH, b"<urn:a> <urn:b> <urn:c> .\n<urn:a> nonsense", FORMATS["ttl"], replace=True)
    assert not changing.drop_graph(BIRCH)


def test_an_update_may_use_our_prefixes_and_call_nobody(changing: RemoteSource) -> None:
    changing.update(f"INSERT DATA {{ GRAPH <{BIRCH}> {{ <urn:birch> cypp:size 8 . # SERVICE\n }} }}", [], [])
    assert is_true(changing, "ASK { <urn:birch> cypp:size 8 }")
    for text in (
        "LOAD <http://127.0.0.1:9/>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ):
        with pytest.raises(QueryRefusedError):
            changing.update(text, [], [])
    with pytest.raises(QuerySyntaxError, match="does not take it"):
        changing.update("INSERT DATA { nonsense }", [], [])


def test_an_update_reads_the_graphs_that_the_request_names(oxigraph: Addresses) -> None:
    source = RemoteSource(oxigraph.query, oxigraph.update)
    for graph, text in FILES.items():
        source.write_graph(graph, text.encode(), FORMATS["ttl"], replace=True)
    source.update(f"INSERT {{ GRAPH <{BIRCH}> {{ ?s a <urn:Copied> }} }} WHERE {{ ?s a cypp:Plan }}", [ALDER], [])
    assert [row[0].value for row in read_rows(source, "SELECT ?s { ?s a <urn:Copied> }")] == ["urn:alder"]


def test_a_graph_in_pieces_takes_the_place_of_the_old_one_whole(oxigraph: Addresses) -> None:
    source = RemoteSource(oxigraph.query, oxigraph.update)
    writer = UpdateWriter(Server(oxigraph.update), largest=2000)
    triples = [ox.Triple(ox.NamedNode("urn:s"), ox.NamedNode("urn:p"), ox.Literal(number)) for number in range(200)]
    writer.put(ALDER, triples[:150], replace=True)
    writer.put(ALDER, triples[100:], replace=False)
    assert RemoteSource(oxigraph.query).graphs[ALDER] == 200
    writer.put(ALDER, triples[:100], replace=True)
    assert RemoteSource(oxigraph.query).graphs[ALDER] == 100
    assert [name for name in RemoteSource(oxigraph.query, scope="").graphs if name.startswith("urn:uuid:")] == []
    spoilt = [*triples, ox.Triple(ox.BlankNode(), ox.NamedNode("urn:p"), ox.Literal(""))]
    with pytest.raises(QueryRefusedError, match="Graph Store Protocol"):
        writer.put(ALDER, spoilt, replace=True)
    assert RemoteSource(oxigraph.query).graphs[ALDER] == 100
    source.drop_graph(ALDER)


ENDLESS = "SELECT * {{ {patterns} FILTER(?o1 != ?o2 && ?o3 != ?o4) }}".format(
    patterns=" ".join(f"GRAPH ?g{n} {{ ?s{n} ?p{n} ?o{n} }}" for n in range(1, 9))
)


def test_a_query_that_takes_too_long_is_a_limit_never_an_answer(remote: RemoteSource) -> None:
    with pytest.raises((LimitError, QueryFailedError)):
        b"".join(remote.query(Query(ENDLESS, limits=Limits(seconds=0.5))))
    assert is_true(remote, "ASK { <urn:alder> a cypp:Plan }")


def test_rows_that_virtuoso_cuts_are_an_error(virtuoso: Addresses) -> None:
    values = " ".join(f"VALUES ?v{n} {{ {' '.join(map(str, range(20)))} }}" for n in range(3))
    source = RemoteSource(virtuoso.query)
    with pytest.raises(LimitError, match="1,000 rows"):
        b"".join(source.query(Query(f"SELECT * {{ {values} }}")))
    assert len(read_rows(source, f"SELECT * {{ {values} FILTER(?v0 < 2) }}")) == 800


@pytest.mark.parametrize("union", [True, False])
def test_the_default_graph_can_be_left_to_the_server(oxigraph: Addresses, union: bool) -> None:
    source = RemoteSource(oxigraph.query, oxigraph.update, union=union)
    source.write_graph(ALDER, FILES[ALDER].encode(), FORMATS["ttl"], replace=True)
    assert is_true(source, "ASK { <urn:alder> a cypp:Plan }") is union


def test_another_client_reads_what_was_written(remote: RemoteSource) -> None:
    wrapper = SPARQLWrapper(remote.address)
    wrapper.setMethod(POST)
    wrapper.setReturnFormat(JSON)
    wrapper.addParameter("default-graph-uri", BIRCH)
    wrapper.setQuery("SELECT ?size { <urn:birch> <https://w3id.org/cyppgraph/ontology#size> ?size }")
    theirs = [row["size"]["value"] for row in wrapper.queryAndConvert()["results"]["bindings"]]
    ours = json.loads(b"".join(remote.query(Query("SELECT ?size { <urn:birch> cypp:size ?size }"))))
    assert theirs == [row["size"]["value"] for row in ours["results"]["bindings"]] == ["7"]
