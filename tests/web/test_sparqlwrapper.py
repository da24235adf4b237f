"""A client that others wrote understands what the server sends over HTTP, in every format."""

from __future__ import annotations

import csv
import io
from xml.dom.minidom import Document

import pytest
import rdflib
from SPARQLWrapper import CSV, GET, JSON, N3, POST, POSTDIRECTLY, TSV, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

WORDS = "SELECT ?words { ?action cypp:statement ?words } ORDER BY ?words"
EXPECTED = ["Ask <script>alert(1)</script> & listen", 'Say "hello", twice']


def wrap(address: str, query: str, form: str, method: str = GET, how: str = URLENCODED) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(f"{address}sparql")
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how)
    return wrapper


@pytest.mark.parametrize(("method", "how"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
def test_json(address: str, method: str, how: str) -> None:
    found = wrap(address, WORDS, JSON, method, how).queryAndConvert()
    assert [row["words"]["value"] for row in found["results"]["bindings"]] == EXPECTED


def test_xml(address: str) -> None:
    found = wrap(address, WORDS, XML).queryAndConvert()
    assert isinstance(found, Document)
    assert [node.firstChild.data for node in found.getElementsByTagName("literal")] == EXPECTED


def test_csv(address: str) -> None:
    found = wrap(address, WORDS, CSV).queryAndConvert().decode()
    assert [row["words"] for row in csv.DictReader(io.StringIO(found))] == EXPECTED


def test_tsv(address: str) -> None:
    found = wrap(address, WORDS, TSV).queryAndConvert().decode().splitlines()
    assert [str(rdflib.util.from_n3(line)) for line in found[1:]] == EXPECTED


@pytest.mark.parametrize("form", [TURTLE, N3])
def test_triples(address: str, form: str) -> None:
    wrapper = wrap(address, "CONSTRUCT { ?a cypp:statement ?w } WHERE { ?a cypp:statement ?w }", form)
    found = rdflib.Graph().parse(data=wrapper.query().response.read().decode(), format="turtle")
    assert sorted(str(words) for words in found.objects()) == EXPECTED


def test_ask(address: str) -> None:
    assert wrap(address, "ASK { ?plan a cypp:Plan }", JSON).queryAndConvert()["boolean"] is True


def test_a_default_graph_chosen_by_the_client(address: str) -> None:
    wrapper = wrap(address, "SELECT ?t { ?plan dct:title ?t }", JSON)
    wrapper.addDefaultGraph("https://w3id.org/cyppgraph/graph/birch-2013")
    assert [row["t"]["value"] for row in wrapper.queryAndConvert()["results"]["bindings"]] == ["Birch"]


def test_an_error_reaches_the_client(address: str) -> None:
    with pytest.raises(QueryBadFormed, match="cannot stand here"):
        wrap(address, "SELECT * { ?s ?p }", JSON).query()
