"""The same triples give the same bytes, in an order that reads well, and nothing blank gets out."""

from __future__ import annotations

import os
import random
import subprocess
import sys

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS

from cyppgraph.errors import CyppgraphError
from cyppgraph.publication import serialize_turtle, write_turtle

XSD = "http://www.w3.org/2001/XMLSchema#"
S, P = URIRef("http://e/s"), URIRef("http://e/p#v")


def read(turtle):
    return set(Graph().parse(data=turtle, format="turtle"))


def test_what_is_written_is_what_was_given(plan_graph, ns):
    assert read(serialize_turtle(plan_graph, ns.prefixes("croydon-2013"))) == set(plan_graph)


def test_order_and_repetition_change_nothing(plan_graph, ns):
    triples = list(plan_graph)
    told = serialize_turtle(plan_graph, ns.prefixes())
    for seed in range(5):
        random.Random(seed).shuffle(triples)  # noqa: S311
        assert serialize_turtle(triples, ns.prefixes()) == told


def test_another_process_writes_the_same_bytes():
    script = (
        "from rdflib import Graph, Literal, URIRef\nfrom cyppgraph.namespaces import Namespaces\n"
        "from cyppgraph.publication import serialize_turtle\nns = Namespaces()\n"
        "t = {(URIRef(ns.ids + str(n % 7)), URIRef(iri + 'x'), Literal(str(n))) for n, iri in "
        "enumerate(ns.prefixes('a-1').values())}\n"
        "print(serialize_turtle(t, ns.prefixes('a-1')).decode())"
    )
    told = {
        subprocess.run(
            [sys.executable, "-c", script], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(told) == 1


def test_numbers_in_addresses_count_as_numbers(plan_graph, ns):
    told = serialize_turtle(plan_graph, ns.prefixes("croydon-2013")).decode()
    assert [line.split()[0] for line in told.splitlines() if line.startswith("action:")] == [
        "action:1",
        "action:2",
        "action:10",
    ]


def test_type_and_label_come_first(plan_graph, ns):
    told = serialize_turtle(plan_graph, ns.prefixes("croydon-2013")).decode()
    block = told.split("\n\n")[-1].splitlines()
    assert " a cypp:Action" in block[0]
    assert "rdfs:label" in block[1]


def test_prefixes_stand_in_order_and_only_where_they_are_used(plan_graph, ns):
    head = serialize_turtle(plan_graph, ns.prefixes("croydon-2013")).decode().split("\n\n")[0].splitlines()
    assert head == sorted(head)
    assert any("prefix action:" in line for line in head)
    assert not any("prefix void:" in line for line in head)


def test_without_prefixes_everything_is_written_out(plan_graph):
    told = serialize_turtle(plan_graph, {})
    assert b"@prefix" not in told
    assert read(told) == set(plan_graph)


def test_nothing_is_a_file_too():
    assert read(serialize_turtle([], {"e": "http://e/"})) == set()


@pytest.mark.parametrize(
    "value",
    [
        Literal('line\nbreak .\n and "quotes" \\ and \t tab .\n'),
        Literal("Zoë – “quoted” 🦊", lang="en"),
        Literal("4.90", datatype=URIRef(XSD + "decimal"), normalize=False),
        Literal("", lang="en"),
        Literal("2009-07", datatype=URIRef(XSD + "gYearMonth"), normalize=False),
        URIRef("http://e/%C2%BD/a(b),c;d'e"),
    ],
)
def test_every_value_comes_back_as_it_was(value):
    [(_, _, found)] = Graph().parse(data=serialize_turtle([(S, P, value)], {"e": "http://e/"}), format="turtle")
    assert str(found) == str(value)
    if isinstance(value, Literal):
        assert (found.language, found.datatype) == (value.language, value.datatype)


@pytest.mark.parametrize("triple", [(BNode(), P, S), (S, P, BNode())])
def test_a_blank_node_is_refused(triple):
    with pytest.raises(CyppgraphError, match="blank node"):
        serialize_turtle([triple], {})


def test_a_literal_in_a_wrong_place_is_refused():
    with pytest.raises(CyppgraphError, match="is none"):
        serialize_turtle([(Literal("x"), P, S)], {})


def test_what_is_no_term_is_refused():
    with pytest.raises(CyppgraphError, match="is none"):
        serialize_turtle([(S, P, "text")], {})


def test_a_refused_graph_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.ttl"
    write_turtle([(S, RDF.type, P), (S, RDFS.label, Literal("x"))], path, {})
    before = path.read_bytes()
    with pytest.raises(CyppgraphError):
        write_turtle([(S, P, BNode())], path, {})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
