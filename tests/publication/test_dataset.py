"""What the dataset says of itself is true, to the triple and the byte."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS

from cyppgraph.namespaces import EXTERNAL_PREFIXES
from cyppgraph.publication import About, count_triples, write_all


def term(name):
    prefix, _, local = name.partition(":")
    return URIRef(EXTERNAL_PREFIXES[prefix] + local)


@pytest.fixture
def folder(tmp_path, plan_graph, catalogue_graph, ns):
    write_all({"croydon-2013": plan_graph, "catalogue": catalogue_graph}, tmp_path, ns)
    return tmp_path


@pytest.fixture
def told(folder):
    return Graph().parse(folder / "dataset.ttl")


def number(graph, subject, predicate):
    return int(graph.value(subject, term(predicate)))


@pytest.mark.parametrize("name", ["croydon-2013", "catalogue", None])
def test_counts_are_those_of_the_files(folder, told, ns, name):
    union = Graph()
    for path in folder.glob("*.ttl"):
        if path.stem == name or (name is None and path.stem != "dataset"):
            union.parse(path)
    iri = URIRef(ns.dataset("file", name) if name else ns.dataset())
    assert number(told, iri, "void:triples") == len(union)
    assert number(told, iri, "void:entities") == len(set(union.subjects()))
    assert number(told, iri, "void:distinctSubjects") == len(set(union.subjects()))
    assert number(told, iri, "void:distinctObjects") == len(set(union.objects()))
    assert number(told, iri, "void:properties") == len(set(union.predicates()))
    assert number(told, iri, "void:classes") == len(set(union.objects(None, RDF.type)))
    parts = {
        told.value(p, term("void:class")): number(told, p, "void:entities")
        for p in told.objects(iri, term("void:classPartition"))
    }
    assert parts == {c: len(set(union.subjects(RDF.type, c))) for c in set(union.objects(None, RDF.type))}
    parts = {
        told.value(p, term("void:property")): number(told, p, "void:triples")
        for p in told.objects(iri, term("void:propertyPartition"))
    }
    assert parts == {p: len(list(union.triples((None, p, None)))) for p in set(union.predicates())}


def test_a_triple_in_two_files_is_counted_once(told, ns):
    whole = number(told, URIRef(ns.dataset()), "void:triples")
    parts = sum(number(told, part, "void:triples") for part in told.objects(URIRef(ns.dataset()), term("void:subset")))
    assert whole == parts - 1


@pytest.mark.parametrize("name", ["croydon-2013", "catalogue"])
def test_size_and_checksum_are_those_of_the_bytes(folder, told, ns, name):
    content = (folder / f"{name}.ttl").read_bytes()
    turtle = told.value(URIRef(ns.dataset("file", name)), term("dcat:distribution"))
    assert number(told, turtle, "dcat:byteSize") == len(content)
    checksum = told.value(turtle, term("spdx:checksum"))
    assert str(told.value(checksum, term("spdx:checksumValue"))) == sha256(content).hexdigest()
    assert told.value(checksum, term("spdx:algorithm")) == term("spdx:checksumAlgorithm_sha256")


def test_every_node_has_a_type_and_one_label(told):
    for subject in set(told.subjects()):
        assert isinstance(subject, URIRef)
        assert (subject, RDF.type, None) in told, subject
        [label] = told.objects(subject, RDFS.label)
        assert 0 < len(label) <= 100


def test_the_dataset_says_who_publishes_it_and_under_which_licence(told, ns):
    for iri in (ns.dataset(), ns.dataset("catalog"), ns.dataset("file", "croydon-2013")):
        for predicate in ("dct:title", "dct:description", "dct:publisher", "dct:license"):
            assert told.value(URIRef(iri), term(predicate)) is not None, (iri, predicate)
    assert set(told.objects(URIRef(ns.dataset("catalog")), term("dcat:dataset"))) == {
        URIRef(ns.dataset()),
        URIRef(ns.dataset("file", "croydon-2013")),
        URIRef(ns.dataset("file", "catalogue")),
    }


def test_a_plans_file_says_which_area_it_is_about(told, ns):
    area = URIRef("http://statistics.data.gov.uk/id/statistical-geography/E09000008")
    file = URIRef(ns.dataset("file", "croydon-2013"))
    assert (file, term("dct:spatial"), area) in told
    assert (file, term("void:exampleResource"), URIRef(ns.plan("croydon-2013")[:-1])) in told


def test_the_publisher_can_speak_for_itself(tmp_path, plan_graph, ns):
    about = About(
        title="Croydon's plans",
        publisher="Croydon",
        licence="https://example.org/licence",
        version="2.1",
        issued=date(2024, 5, 6),
        keywords=("plans",),
    )
    write_all({"croydon-2013": plan_graph}, tmp_path, ns, about)
    told = Graph().parse(tmp_path / "dataset.ttl")
    whole = URIRef(ns.dataset())
    assert (whole, term("dct:title"), Literal("Croydon's plans", lang="en")) in told
    assert (whole, term("dct:license"), URIRef("https://example.org/licence")) in told
    assert (whole, term("dcat:version"), Literal("2.1")) in told
    assert (whole, term("dct:issued"), Literal(date(2024, 5, 6))) in told
    assert [str(word) for word in told.objects(whole, term("dcat:keyword"))] == ["plans"]


def test_counting_nothing():
    counts = count_triples([])
    assert (counts.triples, counts.subjects, counts.classes) == (0, set(), {})
