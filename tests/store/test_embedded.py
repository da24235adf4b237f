"""Files become named graphs; a query sees their union unless it says otherwise."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib

from cyppgraph.errors import CyppgraphError
from cyppgraph.namespaces import Namespaces
from cyppgraph.store import (
    FORMATS,
    AnswerKind,
    GraphStore,
    QueryRefusedError,
    QuerySyntaxError,
    formats_for,
    load_store,
)

ALDER, BIRCH = "https://w3id.org/cyppgraph/graph/alder-2012", "https://w3id.org/cyppgraph/graph/birch-2013"
SIZES = "SELECT ?n { ?plan cypp:size ?n } ORDER BY ?n"


def numbers(store: GraphStore, query: str, **graphs: list[str]) -> list[int]:
    return [int(row[0].value) for row in store.query(query, **graphs).read_rows()]


def test_each_file_is_a_graph_named_after_it(store: GraphStore) -> None:
    assert store.graphs == (ALDER, BIRCH)
    assert numbers(store, f"SELECT ?n {{ GRAPH <{ALDER}> {{ ?plan cypp:size ?n }} }}") == [12]


def test_the_default_graph_is_the_union(store: GraphStore) -> None:
    assert numbers(store, SIZES) == [7, 12]


def test_a_statement_of_two_graphs_counts_once_in_the_union(store: GraphStore) -> None:
    labels = "{ <http://example.org/council> rdfs:label ?label }"
    assert numbers(store, f"SELECT (COUNT(*) AS ?n) {labels}") == [1]
    assert numbers(store, f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {labels} }}") == [2]


def test_graph_patterns_see_named_graphs_only(store: GraphStore) -> None:
    assert numbers(store, "SELECT ?n { GRAPH ?g { ?plan cypp:size ?n } } ORDER BY ?n") == [7, 12]


def test_from_replaces_the_union(store: GraphStore) -> None:
    assert numbers(store, f"SELECT ?n FROM <{BIRCH}> {{ ?plan cypp:size ?n }}") == [7]
    assert numbers(store, f"SELECT ?n FROM NAMED <{BIRCH}> {{ ?plan cypp:size ?n }}") == []
    assert numbers(store, f"SELECT ?n FROM NAMED <{BIRCH}> {{ GRAPH ?g {{ ?plan cypp:size ?n }} }}") == [7]


def test_graphs_of_the_request_replace_those_of_the_query(store: GraphStore) -> None:
    query = f"SELECT ?n FROM <{BIRCH}> {{ ?plan cypp:size ?n }}"
    assert numbers(store, query, default_graphs=[ALDER]) == [12]
    assert numbers(store, SIZES, default_graphs=[ALDER, BIRCH]) == [7, 12]
    assert numbers(store, SIZES, named_graphs=[ALDER]) == []


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1:9/x"])
def test_from_reads_nothing_from_outside(store: GraphStore, graph: str) -> None:
    assert list(store.query(f"SELECT * FROM <{graph}> {{ ?s ?p ?o }}").read_rows()) == []


def test_a_query_may_use_our_prefixes_or_its_own(store: GraphStore) -> None:
    own = "PREFIX cypp: <http://example.org/> SELECT ?n { ?plan cypp:size ?n }"
    assert numbers(store, own) == []


def test_another_base_names_the_graphs(folder: Path) -> None:
    store = load_store(folder, Namespaces("https://data.example.org/plans"))
    assert store.graphs[0] == "https://data.example.org/plans/graph/alder-2012"


def test_a_folder_without_data_says_how_to_make_it(tmp_path: Path) -> None:
    with pytest.raises(CyppgraphError, match="cyppgraph build"):
        load_store(tmp_path)


def test_a_file_that_is_not_turtle_is_named_with_its_line(folder: Path) -> None:
    (folder / "broken.ttl").write_text("@prefix : <urn:x:> .\n:a :b .\n", encoding="utf-8")

    with pytest.raises(CyppgraphError, match=r"broken\.ttl:2: not Turtle"):
        load_store(folder)


@pytest.mark.parametrize(
    ("query", "line", "column", "words"),
    [
        ("SELECT * {\n  ?s ?p }", 2, 9, "not a SPARQL query"),
        ("SELECT * {\n  ?s zz:p ?o }", 2, 6, "prefix 'zz' is not declared"),
        ("", 1, 1, "it is empty"),
        ("ASK {} ASK {}", 1, 8, "'ASK' cannot stand here"),
        ("SELECT * { ?s ?p ?o", 1, 20, "it ends too early"),
        ("SELEC ?x { ?x a ?y }", 1, 1, "'SELEC' cannot stand here"),
        ("SELECT ?x\nWHER { ?x a ?y }", 2, 1, "'WHER' cannot stand here"),
        ("SELECT ?x { FILTER(?x = )\n}\nLIMIT 3", 1, 25, r"'\)' cannot stand here"),
        ("SELECT ?x { ?x a 'abc }\nLIMIT 3", 1, 18, "the string that begins here does not end"),
        ("SELECT ?x { <http://[> a ?x }", 1, 13, "IRI parsing failed"),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 1, 1, "updates are not taken"),
        ("LOAD <http://127.0.0.1:9/>", 1, 1, "updates are not taken"),
        ("SELECT (?o AS ?o) { ?s ?p ?o }", 1, 31, "overrides an existing variable"),
    ],
)
def test_what_is_not_a_query_is_refused_with_its_place(
    store: GraphStore, query: str, line: int, column: int, words: str
) -> None:
    with pytest.raises(QuerySyntaxError, match=words) as caught:
        store.query(query)

    assert (caught.value.line, caught.value.column) == (line, column)


def test_the_name_of_a_graph_must_be_an_iri(store: GraphStore) -> None:
    with pytest.raises(QueryRefusedError, match="absolute IRI"):
        store.query(SIZES, default_graphs=["no iri"])


QUERIES = {
    AnswerKind.ROWS: "SELECT ?plan ?title ?none { ?plan dct:title ?title } ORDER BY ?title",
    AnswerKind.TRUTH: "ASK { ?plan cypp:size 12 }",
    AnswerKind.TRIPLES: "CONSTRUCT WHERE { ?plan dct:title ?title ; cypp:size ?n }",
}
RDFLIB_NAMES = {"rdf": "xml", "jsonld": "json-ld", "nq": "nquads"}
TITLES = ['Alder, "2012"', "Birch"]


def titles_of(kind: AnswerKind, form: str, written: bytes) -> list[str]:
    """What an independent parser reads out of a result."""
    text = written.decode("utf-8")
    if kind is AnswerKind.TRIPLES:
        graph = rdflib.Dataset(default_union=True).parse(data=text, format=RDFLIB_NAMES.get(form, form))
        assert len(graph) == 4
        return sorted(str(title) for title in graph.objects(None, rdflib.DCTERMS.title))
    if form == "json":
        return [row["title"]["value"] for row in json.loads(text)["results"]["bindings"]]
    if form == "xml":
        ns = "{http://www.w3.org/2005/sparql-results#}"
        return [str(node.text) for node in ElementTree.fromstring(text).iter(f"{ns}literal")]  # noqa: S314
    if form == "csv":
        return [row["title"] for row in csv.DictReader(io.StringIO(text))]
    return [str(rdflib.util.from_n3(line.split("\t")[1])) for line in text.splitlines()[1:]]


@pytest.mark.parametrize(
    ("kind", "form"),
    [(kind, form.name) for kind in (AnswerKind.ROWS, AnswerKind.TRIPLES) for form in formats_for(kind)],
)
def test_every_format_of_a_result_is_read_by_other_parsers(store: GraphStore, kind: AnswerKind, form: str) -> None:
    answer = store.query(QUERIES[kind])
    assert answer.kind is kind
    assert titles_of(kind, form, answer.serialise(FORMATS[form])) == TITLES


def test_yes_and_no_are_written_as_json_and_xml(store: GraphStore) -> None:
    assert json.loads(store.query(QUERIES[AnswerKind.TRUTH]).serialise(FORMATS["json"]))["boolean"] is True
    xml = ElementTree.fromstring(store.query("ASK { ?plan cypp:size 99 }").serialise(FORMATS["xml"]))  # noqa: S314
    assert [node.text for node in xml.iter("{http://www.w3.org/2005/sparql-results#}boolean")] == ["false"]


@pytest.mark.parametrize(
    ("kind", "form"), [(AnswerKind.TRUTH, "csv"), (AnswerKind.ROWS, "ttl"), (AnswerKind.TRIPLES, "json")]
)
def test_a_format_that_cannot_hold_an_answer_is_refused(store: GraphStore, kind: AnswerKind, form: str) -> None:
    with pytest.raises(QueryRefusedError, match="choose one of"):
        store.query(QUERIES[kind]).serialise(FORMATS[form])


def test_turtle_declares_the_prefixes_it_uses_and_no_others(store: GraphStore) -> None:
    written = store.query(QUERIES[AnswerKind.TRIPLES]).serialise(FORMATS["ttl"]).decode()
    assert "@prefix dct:" in written
    assert "@prefix skos:" not in written
