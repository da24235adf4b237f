"""The integrity constraints of the Data Cube vocabulary hold for our cubes, and are broken by cubes that are broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest

from cyppgraph.mapping.cube import map_observations
from cyppgraph.mapping.promises import Promise, map_promises
from cyppgraph.namespaces import Namespaces
from cyppgraph.observations import Area, read_mapping, read_observations
from cyppgraph.publication import serialize_turtle

NS = Namespaces()
INTEGRITY = Path(__file__).parent / "integrity"
CONSTRAINTS = [f"ic-{n:02}" for n in range(1, 19)] + ["ic-19a", "ic-19b", "ic-20", "ic-21"]
PREFIXES = """
PREFIX cypp: <https://w3id.org/cyppgraph/ontology#>
PREFIX ds: <https://w3id.org/cyppgraph/id/observations/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX ex: <https://example.org/>
PREFIX ons: <http://statistics.data.gov.uk/id/statistical-geography/>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX sdmx-attribute: <http://purl.org/linked-data/sdmx/2009/attribute#>
PREFIX sdmx-dimension: <http://purl.org/linked-data/sdmx/2009/dimension#>
PREFIX sdmx-measure: <http://purl.org/linked-data/sdmx/2009/measure#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
NEET = "<https://w3id.org/cyppgraph/id/observations/figures/E09000008/2023/actual/dfe/neet-16-17>"
COHORT = "<https://w3id.org/cyppgraph/id/observations/figures/E09000008/2023/actual/dfe/cohort>"
# A cube of another make, with a measure dimension, a slice and a hierarchy: what ours does without.
OTHER = """
ex:cube a qb:DataSet ; qb:structure ex:dsd ; qb:slice ex:slice .
ex:dsd a qb:DataStructureDefinition ; qb:sliceKey ex:key ; qb:component ex:c1 , ex:c2 , ex:c3 , ex:c4 .
ex:c1 a qb:ComponentSpecification ; qb:dimension ex:place .
ex:c2 a qb:ComponentSpecification ; qb:dimension qb:measureType .
ex:c3 a qb:ComponentSpecification ; qb:measure ex:height .
ex:c4 a qb:ComponentSpecification ; qb:measure ex:weight .
ex:place rdfs:range skos:Concept ; qb:codeList ex:places .
qb:measureType rdfs:range qb:MeasureProperty .
ex:places a qb:HierarchicalCodeList ; qb:hierarchyRoot ex:country ; qb:parentChildProperty ex:down .
ex:country ex:down ex:town .
ex:key a qb:SliceKey ; qb:componentProperty ex:place .
ex:slice a qb:Slice ; qb:sliceStructure ex:key ; ex:place ex:town ; qb:observation ex:o1 , ex:o2 .
ex:o1 qb:dataSet ex:cube ; qb:measureType ex:height ; ex:height 3 .
ex:o2 qb:dataSet ex:cube ; qb:measureType ex:weight ; ex:weight 4 .
"""
SPARQL_OTHER = "INSERT DATA {" + OTHER.replace("rdfs:range", "<http://www.w3.org/2000/01/rdf-schema#range>") + "} ;"
Violations = dict[str, list[str]]


@pytest.fixture(scope="module")
def cube(tmp_path_factory: pytest.TempPathFactory, units, samples, cube_schemes) -> bytes:
    """Return a small cube as Turtle: two figures and an absence."""
    folder = tmp_path_factory.mktemp("cube")
    (folder / "mapping.toml").write_text(samples.ees, encoding="utf-8")
    rows = samples.ees_croydon + samples.ees_croydon.replace("2023", "2022").replace("1.6", "c")
    (folder / "figures.csv").write_text(samples.ees_header + rows, encoding="utf-8")
    mapping = read_mapping(folder / "mapping.toml", units)
    known = {"306": Area("E09000008", "Croydon")}
    read = read_observations(folder / "figures.csv", "figures", mapping, known)
    return serialize_turtle(map_observations(read, mapping, NS, cube_schemes), NS.prefixes())


@pytest.fixture
def broken_by(violations: Callable[..., Violations], cube: bytes) -> Callable[[str], Violations]:
    """Return a function that says which constraints a change to the small cube breaks."""

    def change(update: str) -> Violations:
        store = pyoxigraph.Store()
        store.load(cube, pyoxigraph.RdfFormat.TURTLE)
        store.update(PREFIXES + update)
        dumped = store.dump(format=pyoxigraph.RdfFormat.TURTLE, from_graph=pyoxigraph.DefaultGraph())
        assert dumped is not None
        return violations(dumped)

    return change


def test_every_constraint_has_its_query_and_says_where_it_is_from() -> None:
    files = sorted(INTEGRITY.glob("ic-*.rq"))
    assert [path.stem for path in files] == CONSTRAINTS
    for path in files:
        head = path.read_text(encoding="utf-8").splitlines()[:3]
        assert head[0].startswith(f"# IC-{path.stem[3:].lstrip('0')}. ")
        assert "W3C Recommendation 16 January 2014" in head[1]
        assert "https://www.w3.org/TR/vocab-data-cube/" in head[2]


def test_a_small_cube_keeps_all_constraints(violations: Callable[..., Violations], cube: bytes) -> None:
    assert violations(cube) == {}


def test_promises_keep_all_constraints_beside_figures(
    violations: Callable[..., Violations], cube: bytes, cube_schemes
) -> None:
    promise = Promise(
        indicator=NS.ids + "indicator/ni/117",
        area="http://statistics.data.gov.uk/id/statistical-geography/E09000008",
        interval="http://reference.data.gov.uk/id/government-year/2011-2012",
        role="target",
        value=Decimal("4.9"),
        unit="percent",
        plan=NS.ids + "plan/croydon-2013",
        elements=(NS.ids + "plan/croydon-2013/target/1",),
        indicator_label="NI 117",
        area_label="Croydon",
    )
    two = [promise, replace(promise, role="baseline", value=Decimal("8.1"))]
    graph, _ = map_promises([*two, replace(promise, plan=NS.ids + "plan/other", value=Decimal(5))], NS, cube_schemes)
    assert violations(serialize_turtle(graph, NS.prefixes()), cube) == {}


def test_a_cube_of_another_make_keeps_them_too(broken_by: Callable[[str], Violations]) -> None:
    assert broken_by(SPARQL_OTHER) == {}


@pytest.mark.parametrize(
    ("constraint", "update"),
    [
        ("ic-01", f"INSERT DATA {{ {NEET} qb:dataSet ds:other . ds:other qb:structure ds:structure }}"),
        ("ic-01", "INSERT DATA { ex:stray a qb:Observation }"),
        ("ic-02", "DELETE DATA { ds:figures qb:structure ds:structure }"),
        ("ic-03", "DELETE WHERE { ?component qb:measure ?m ; qb:componentProperty ?m }"),
        ("ic-04", "DELETE WHERE { sdmx-dimension:refArea <http://www.w3.org/2000/01/rdf-schema#range> ?range }"),
        ("ic-05", "DELETE WHERE { cypp:valueRole qb:codeList ?list }"),
        ("ic-06", "INSERT { ?c qb:componentRequired false } WHERE { ?c qb:dimension cypp:statedBy }"),
        ("ic-07", "INSERT DATA { ex:key a qb:SliceKey }"),
        ("ic-08", SPARQL_OTHER + "INSERT DATA { ex:key qb:componentProperty ex:colour . ex:slice ex:colour ex:red }"),
        ("ic-09", SPARQL_OTHER + "DELETE DATA { ex:slice qb:sliceStructure ex:key }"),
        ("ic-10", SPARQL_OTHER + "INSERT DATA { ex:bare a qb:Slice ; qb:sliceStructure ex:key }"),
        ("ic-11", f"DELETE WHERE {{ {NEET} cypp:statedBy ?who }}"),
        (
            "ic-12",
            f"DELETE WHERE {{ {COHORT} cypp:observedIndicator ?i }} ; "
            f"INSERT {{ {COHORT} cypp:observedIndicator ?i }} WHERE {{ {NEET} cypp:observedIndicator ?i }}",
        ),
        ("ic-13", f"DELETE WHERE {{ {NEET} sdmx-attribute:unitMeasure ?unit }}"),
        ("ic-14", f"DELETE WHERE {{ {NEET} sdmx-measure:obsValue ?value }}"),
        ("ic-15", SPARQL_OTHER + "DELETE DATA { ex:o1 ex:height 3 }"),
        ("ic-16", SPARQL_OTHER + "INSERT DATA { ex:o1 ex:weight 3 }"),
        ("ic-17", SPARQL_OTHER + "DELETE WHERE { ex:o2 ?p ?o } ; DELETE WHERE { ?s ?p ex:o2 }"),
        ("ic-18", SPARQL_OTHER + f"INSERT DATA {{ ex:figures qb:slice ex:other . ex:other qb:observation {NEET} }}"),
        (
            "ic-19a",
            f"DELETE WHERE {{ {NEET} cypp:valueRole ?role }} ; INSERT DATA {{ {NEET} cypp:valueRole ex:hoped }}",
        ),
        (
            "ic-19b",
            "INSERT DATA { sdmx-dimension:refArea qb:codeList ex:areas . ex:areas a skos:Collection ; "
            "skos:member ons:E06000015 . ons:E06000015 a skos:Concept }",
        ),
        ("ic-20", SPARQL_OTHER + "DELETE DATA { ex:country ex:down ex:town }"),
        (
            "ic-21",
            SPARQL_OTHER + "DELETE DATA { ex:places qb:parentChildProperty ex:down } ; "
            "INSERT DATA { ex:places qb:parentChildProperty ex:up . ex:up owl:inverseOf ex:up2 }",
        ),
    ],
)
def test_a_broken_cube_breaks_its_constraint(
    broken_by: Callable[[str], Violations], constraint: str, update: str
) -> None:
    assert constraint in broken_by(update)


def test_an_absence_written_as_an_observation_would_break_the_cube(broken_by: Callable[[str], Violations]) -> None:
    """Why a missing value is no observation: IC-14 asks each observation for a value."""
    broken = broken_by("INSERT { ?m qb:dataSet ?d } WHERE { ?m a cypp:MissingValue ; cypp:missingFrom ?d }")
    assert len(broken["ic-14"]) == 1
