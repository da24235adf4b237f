"""Two small graphs: one of a plan, one of what plans share."""

from __future__ import annotations

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, RDF, RDFS

from cyppgraph.namespaces import Namespaces


@pytest.fixture
def ns() -> Namespaces:
    return Namespaces()


def describe(graph: Graph, iri: str, kind: str, label: str) -> URIRef:
    node = URIRef(iri)
    graph.add((node, RDF.type, URIRef(Namespaces().ontology + kind)))
    graph.add((node, RDFS.label, Literal(label, lang="en")))
    return node


@pytest.fixture
def plan_graph(ns: Namespaces) -> Graph:
    graph = Graph()
    plan = describe(graph, ns.plan("croydon-2013")[:-1], "Plan", "The plan")
    graph.add((plan, DCTERMS.title, Literal("Children and Young People's Plan", lang="en")))
    graph.add((plan, DCTERMS.spatial, URIRef("http://statistics.data.gov.uk/id/statistical-geography/E09000008")))
    for number in ("1", "2", "10"):
        action = describe(
            graph, f"{ns.plan('croydon-2013')}action/{number}", "Action", f"{number} Do “this”\nand\tthat"
        )
        graph.add((action, URIRef(ns.ontology + "inPlan"), plan))
    return graph


@pytest.fixture
def catalogue_graph(ns: Namespaces, plan_graph: Graph) -> Graph:
    graph = Graph()
    describe(graph, ns.scheme("unit"), "List", "Units")
    graph.add(next(iter(plan_graph.triples((None, DCTERMS.title, None)))))  # one triple that both files state
    return graph
