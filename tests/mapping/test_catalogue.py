"""The catalogue: concepts, councils, areas, and names for the indicators that plans use."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

from cyppgraph.errors import FaultyInputError
from cyppgraph.mapping import map_catalogue, map_plan, read_national_indicators
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


def test_a_national_indicator_says_how_its_title_is_known(catalogue):
    told = {str(n): str(o) for n, o in catalogue.subject_objects(URIRef(NS.ontology + "titleStatus"))}
    assert told[str(NI_117)] == NS.scheme("title-status") + "/read-in-a-public-page"
    assert told[NS.ids + "indicator/ni/1"] == NS.scheme("title-status") + "/recalled-to-be-checked"
    assert (
        NI_117,
        SKOS.prefLabel,
        Literal("16 to 18 year olds who are Not in Education, Training or Employment (NEET)", lang="en"),
    ) in catalogue
    assert len(told) == 199


def test_an_indicator_that_was_dropped_says_so(catalogue):
    assert (URIRef(NS.ids + "indicator/ni/31"), OWL.deprecated, Literal(True)) in catalogue
    assert len(set(catalogue.subjects(OWL.deprecated))) == 1


def test_a_part_that_the_nation_letters_stands_under_the_whole(catalogue):
    assert (URIRef(NS.ids + "indicator/ni/102a"), SKOS.broader, URIRef(NS.ids + "indicator/ni/102")) in catalogue


def test_a_part_that_only_the_plan_letters_is_the_councils_own(make_plan, authorities):
    plan = make_plan()
    lettered = replace(plan.elements[3], ref=50, code="NI 117z", statement="NEET of one ward")
    graph = map_plan(replace(plan, elements=(*plan.elements, lettered)), NS, authorities)
    part = URIRef(f"{NS.ids}indicator/{plan.authority}/ni/117z")
    assert (part, SKOS.broader, NI_117) in graph
    assert (part, SKOS.notation, Literal("NI 117z")) in graph
    assert (NI_117, RDF.type, None) not in graph  # the catalogue describes it


@pytest.mark.parametrize(
    ("file", "line", "fault"),
    [
        ("national-indicators.csv", "NI 1,Again,,read in a public page,high,,", "second time"),
        ("national-indicators.csv", "N 5,Odd,,read in a public page,high,,", "no code of this file"),
        ("national-indicators.csv", "NI 500,Odd,,heard,high,,", "title status 'heard'"),
        ("national-indicators.csv", "NI 500,,,read in a public page,high,,", "has no title"),
        ("national-indicator-parts.csv", "NI 500a,Part,", "a part of NI 500"),
        ("national-indicator-terms.csv", "NI 500,words", "is no code of"),
    ],
)
def test_a_fault_of_the_national_set_is_named_with_its_file_and_row(tmp_path, file, line, fault):
    for source in find_resources().catalogue.glob("*.csv"):
        text = source.read_text(encoding="utf-8").rstrip("\n") + "\n"
        (tmp_path / source.name).write_text(text + (line + "\n" if source.name == file else ""), encoding="utf-8")
    with pytest.raises(FaultyInputError) as error:
        read_national_indicators(tmp_path)
    rows = len((tmp_path / file).read_text(encoding="utf-8").splitlines())
    assert fault in str(error.value)
    assert f"{file}:{rows}" in str(error.value)


def test_a_file_of_the_national_set_without_a_column_is_refused(tmp_path):
    (tmp_path / "national-indicators.csv").write_text("code,name\nNI 1,Odd\n", encoding="utf-8")
    with pytest.raises(FaultyInputError, match="lacks the column title"):
        read_national_indicators(tmp_path)
