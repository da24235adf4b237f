"""The catalogue: concepts, councils, areas, and names for the indicators that plans use."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from cyppgraph.mapping import map_catalogue, map_plan, name_indicators
from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.resources import find_resources

NS = Namespaces()
NI_117 = URIRef(NS.ids + "indicator/ni/117")
CROYDON = URIRef("http://opendatacommunities.org/id/london-borough-council/croydon")
AREA = URIRef("http://statistics.data.gov.uk/id/statistical-geography/E09000008")


@pytest.fixture(scope="module")
def schemes():
    return [Graph().parse(path) for path in sorted(find_resources().schemes.glob("*.ttl"))]


@pytest.fixture
def catalogue(schemes, authorities):
    return map_catalogue(schemes, authorities, NS)


def test_every_concept_of_the_schemes_is_there_with_a_label(catalogue, schemes):
    for graph in schemes:
        for concept in graph.subjects(RDF.type, SKOS.Concept):
            assert (concept, RDF.type, SKOS.Concept) in catalogue
            assert str(catalogue.value(concept, RDFS.label)) == str(graph.value(concept, SKOS.prefLabel))[:100]


def test_everything_described_has_a_type_and_one_label(catalogue):
    for subject in set(catalogue.subjects()):
        assert (subject, RDF.type, None) in catalogue, subject
        assert len(list(catalogue.objects(subject, RDFS.label))) == 1, subject


def test_a_council_and_its_area_are_two_things(catalogue):
    assert (CROYDON, RDF.type, URIRef(EXTERNAL_PREFIXES["org"] + "FormalOrganization")) in catalogue
    assert (CROYDON, SKOS.notation, Literal("306")) in catalogue
    assert (CROYDON, DCTERMS.spatial, AREA) in catalogue
    assert (
        CROYDON,
        URIRef(EXTERNAL_PREFIXES["schema"] + "sameAs"),
        URIRef("http://www.wikidata.org/entity/Q5189676"),
    ) in catalogue
    assert (AREA, RDFS.label, Literal("Croydon", lang="en")) in catalogue
    assert (AREA, SKOS.notation, Literal("E09000008")) in catalogue
    assert (URIRef(NS.ids + "area/E09000008"), OWL.sameAs, AREA) in catalogue


def test_frequencies_and_severities_are_described(catalogue):
    quarterly = URIRef("http://purl.org/linked-data/sdmx/2009/code#freq-Q")
    assert (quarterly, SKOS.prefLabel, Literal("Quarterly", lang="en")) in catalogue
    assert (quarterly, SKOS.inScheme, URIRef("http://purl.org/linked-data/sdmx/2009/code#freq")) in catalogue
    assert (URIRef("http://www.w3.org/ns/shacl#Warning"), RDFS.label, None) in catalogue


def test_another_base_moves_the_schemes(schemes, authorities):
    elsewhere = Namespaces("https://data.croydon.gov.uk/")
    told = map_catalogue(schemes, authorities, elsewhere)
    assert (URIRef("https://data.croydon.gov.uk/id/scheme/certainty/stated"), RDF.type, SKOS.Concept) in told
    assert not any(str(term).startswith(NS.base) for triple in told for term in triple)


def test_an_indicator_that_nobody_names_takes_the_wording_most_printed(make_plan, authorities, catalogue):
    plan = make_plan()
    other = replace(plan.elements[3], ref=50, statement="NEET")
    third = replace(other, ref=51)
    graphs = [
        map_plan(plan, NS, authorities),
        map_plan(replace(plan, id="richmond-2010", elements=(*plan.elements, other, third)), NS, authorities),
        map_plan(replace(plan, id="richmond-2011"), NS, authorities),
    ]
    name_indicators(catalogue, graphs, NS)
    assert list(catalogue.objects(NI_117, SKOS.prefLabel)) == [Literal(plan.elements[3].statement, lang="en")]
    assert (NI_117, SKOS.notation, Literal("NI 117")) in catalogue


def test_an_indicator_that_has_a_name_keeps_it(make_plan, authorities, catalogue):
    catalogue.add((NI_117, SKOS.prefLabel, Literal("16 to 18 year olds who are NEET", lang="en")))
    name_indicators(catalogue, [map_plan(make_plan(), NS, authorities)], NS)
    assert [str(name) for name in catalogue.objects(NI_117, SKOS.prefLabel)] == ["16 to 18 year olds who are NEET"]
