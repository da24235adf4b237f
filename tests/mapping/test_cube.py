"""Figures, absences and promises as triples of one structure."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDF, RDFS, SKOS

from cyppgraph.mapping.cube import dataset_iri, label_figure, map_observations, period_key
from cyppgraph.mapping.cube_structure import CUBE_SCHEMES
from cyppgraph.mapping.promises import Promise, PromiseConflict, map_promises
from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.observations import (
    ABSENCES,
    Absence,
    Area,
    Indicator,
    Mapping,
    Match,
    Observation,
    ObservationFile,
    Period,
)
from cyppgraph.observations.periods import PeriodRule
from cyppgraph.publication import read_turtle
from cyppgraph.resources import find_resources
from cyppgraph.where import Where

NS = Namespaces()
QB, CYPP = EXTERNAL_PREFIXES["qb"], NS.ontology
VALUE = URIRef(EXTERNAL_PREFIXES["sdmx-measure"] + "obsValue")
STATUS = URIRef(EXTERNAL_PREFIXES["sdmx-attribute"] + "obsStatus")
YEAR = "http://reference.data.gov.uk/id/year/2023"
CROYDON = Area("E09000008", "Croydon")
NEET = Indicator(
    id="dfe/neet-16-17", title="16 and 17 year olds who are NEET", label="NEET 16-17", unit="percent", item="NEET",
    measure=None, per=None, definition="A share.", population="All of 16 and 17.", note="Estimated.",
    matches=(Match("NI 117", "relatedMatch", "16-17 instead of 16-18"),), periods=PeriodRule(), rows={},
)  # fmt: skip
RATE = replace(NEET, id="dfe/rate", title="A rate", label="Rate", unit="count", per="1,000 girls", matches=())
MAPPING = Mapping(
    file=Path("m.toml"), title="Figures", publisher="Department for Education", source="https://www.gov.uk/figures",
    licence="http://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/", layout="ees", files=(),
    keep=frozenset(), sets={"dfe": "Indicators of the department"}, indicators=(NEET, RATE),
)  # fmt: skip
FIGURE = "observations/figures/E09000008/2023/actual/dfe/neet-16-17"
PROMISE = Promise(
    indicator=NS.ids + "indicator/ni/117", area=EXTERNAL_PREFIXES["ons"] + "E09000008", role="target",
    interval="http://reference.data.gov.uk/id/government-year/2011-2012", value=Decimal("4.9"), unit="percent",
    plan=NS.ids + "plan/croydon-2013", elements=(NS.ids + "plan/croydon-2013/target/1",), indicator_label="NI 117",
    area_label="Croydon",
)  # fmt: skip


def an_id(path: str) -> URIRef:
    return URIRef(NS.ids + path)


def figure(value: Decimal | Absence, indicator: str = "dfe/neet-16-17", status: str | None = None) -> Observation:
    printed = "2023 (prov)" if status else "2023"
    return Observation(indicator, CROYDON, Period(printed, YEAR, status), value, str(value), 3, Where("f.csv", 4))


def file_of(*figures: Observation) -> ObservationFile:
    observed = tuple(each for each in figures if not each.is_missing)
    missing = tuple(each for each in figures if each.is_missing)
    return ObservationFile("figures", "f.csv", "0" * 64, len(figures), observed, missing, ())


@pytest.fixture(scope="module")
def schemes() -> list[Graph]:
    return [read_turtle(find_resources().schemes / f"{name}.ttl") for name in CUBE_SCHEMES]


def the_value(graph: Graph, subject: URIRef, predicate: str) -> object:
    (value,) = graph.objects(subject, URIRef(predicate))
    return value


def test_a_figure_has_its_dimensions_its_value_and_its_words(schemes: list[Graph]) -> None:
    graph = map_observations(file_of(figure(Decimal("1.6"))), MAPPING, NS, schemes)
    iri = an_id(FIGURE)
    assert (iri, RDF.type, URIRef(QB + "Observation")) in graph
    assert str(the_value(graph, iri, RDFS.label)) == "NEET 16-17, Croydon, 2023: 1.6 percent"
    said = {str(p).rpartition("#")[2].rpartition("/")[2]: o for p, o in graph.predicate_objects(iri)}
    assert said["dataSet"] == an_id("observations/figures")
    assert said["refArea"] == URIRef(EXTERNAL_PREFIXES["ons"] + "E09000008")
    assert said["refPeriod"] == URIRef(YEAR)
    assert said["observedIndicator"] == an_id("indicator/dfe/neet-16-17")
    assert said["valueRole"] == an_id("scheme/value-role/actual")
    assert said["statedBy"] == an_id("publisher/department-for-education")
    assert said["unitMeasure"] == an_id("scheme/unit/percent")
    assert (str(said["obsValue"]), said["obsValue"].datatype) == ("1.6", URIRef(EXTERNAL_PREFIXES["xsd"] + "decimal"))
    assert (said["statement"], said["printedPeriod"], said["rowNumber"].toPython()) == (
        Literal("1.6"), Literal("2023"), 3,
    )  # fmt: skip


def test_a_provisional_figure_says_so(schemes: list[Graph]) -> None:
    graph = map_observations(file_of(figure(Decimal("1.6"), status="P")), MAPPING, NS, schemes)
    status = graph.value(an_id(FIGURE), STATUS)
    assert status == URIRef(EXTERNAL_PREFIXES["sdmx-code"] + "obsStatus-P")
    assert str(graph.value(status, SKOS.prefLabel)) == "Provisional value"


def test_a_rate_says_what_it_is_measured_against(schemes: list[Graph]) -> None:
    graph = map_observations(file_of(figure(Decimal("25"), "dfe/rate")), MAPPING, NS, schemes)
    iri = an_id("observations/figures/E09000008/2023/actual/dfe/rate")
    assert graph.value(iri, URIRef(CYPP + "per")) == Literal("1,000 girls", lang="en")
    assert str(graph.value(iri, RDFS.label)).endswith("2023: 25 per 1,000 girls")


@pytest.mark.parametrize("absence", ABSENCES, ids=lambda absence: absence.code)
def test_an_absence_is_no_observation_and_keeps_its_code(schemes: list[Graph], absence: Absence) -> None:
    graph = map_observations(file_of(figure(absence)), MAPPING, NS, schemes)
    iri = an_id(FIGURE)
    assert (iri, RDF.type, URIRef(CYPP + "MissingValue")) in graph
    assert not list(graph.subjects(RDF.type, URIRef(QB + "Observation")))
    assert graph.value(iri, VALUE) is None
    assert graph.value(iri, URIRef(QB + "dataSet")) is None
    assert graph.value(iri, URIRef(CYPP + "missingFrom")) == an_id("observations/figures")
    concept = graph.value(iri, URIRef(CYPP + "absence"))
    assert graph.value(concept, SKOS.notation) == Literal(absence.code)


def test_indicators_are_described_with_their_set_and_their_matches(schemes: list[Graph]) -> None:
    graph = map_observations(file_of(figure(Decimal("1.6"))), MAPPING, NS, schemes)
    iri = an_id("indicator/dfe/neet-16-17")
    assert (iri, RDF.type, URIRef(CYPP + "Indicator")) in graph
    assert (iri, SKOS.inScheme, an_id("indicator/dfe")) in graph
    assert (an_id("indicator/dfe"), RDF.type, URIRef(CYPP + "IndicatorScheme")) in graph
    assert (iri, SKOS.relatedMatch, an_id("indicator/ni/117")) in graph
    assert {str(note) for note in graph.objects(iri, SKOS.editorialNote)} == {
        "Estimated.", "NI 117: 16-17 instead of 16-18",
    }  # fmt: skip


def test_the_data_set_says_whose_it_is_and_from_which_file(schemes: list[Graph]) -> None:
    graph = map_observations(file_of(figure(Decimal("1.6"))), MAPPING, NS, schemes)
    dataset = dataset_iri("figures", NS)
    assert (dataset, DCTERMS.publisher, an_id("publisher/department-for-education")) in graph
    assert (dataset, DCTERMS.source, URIRef("https://www.gov.uk/figures")) in graph
    assert (dataset, URIRef(QB + "structure"), an_id("observations/structure")) in graph
    file = graph.value(dataset, PROV.wasDerivedFrom)
    assert graph.value(file, DCTERMS.identifier) == Literal("f.csv")


@pytest.mark.parametrize("base", [NS.base, "https://data.croydon.gov.uk/"])
def test_everything_has_a_type_one_label_and_an_address(schemes: list[Graph], base: str) -> None:
    here = Namespaces(base)
    figures = file_of(figure(Decimal("1.6")), figure(ABSENCES[0], "dfe/rate"))
    graph = map_observations(figures, MAPPING, here, schemes) + map_promises([PROMISE], here, schemes)[0]
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]
    for subject in set(graph.subjects()):
        assert (subject, RDF.type, None) in graph, subject
        assert len(list(graph.objects(subject, RDFS.label))) == 1, subject


def test_the_structure_is_the_same_in_every_file(schemes: list[Graph]) -> None:
    figures = map_observations(file_of(figure(Decimal("1.6"))), MAPPING, NS, schemes)
    promises, _ = map_promises([], NS, schemes)
    structure = an_id("observations/structure")
    parts = set(figures.objects(structure, URIRef(QB + "component")))
    assert len(parts) == 10
    for node in (structure, *parts):
        assert set(figures.predicate_objects(node)) == set(promises.predicate_objects(node))


def test_a_label_is_cut_in_its_title_and_never_in_its_figure() -> None:
    label = label_figure("A very long title " * 10, "Croydon", "2014-16", "6.78 per 100,000 children aged 0-15")
    assert label.endswith("…, Croydon, 2014-16: 6.78 per 100,000 children aged 0-15")
    assert len(label) <= 100


@pytest.mark.parametrize(
    ("interval", "key"),
    [
        ("year/2023", "2023"),
        ("government-year/2022-2023", "2022-2023"),
        ("government-quarter/2016-2017/Q4", "2016-2017-Q4"),
        ("month/2016-01", "2016-01"),
        ("gregorian-interval/2014-01-01T00:00:00/P3Y", "2014-01-01-P3Y"),
    ],
)
def test_a_period_is_one_step_of_an_address(interval: str, key: str) -> None:
    assert period_key(f"http://reference.data.gov.uk/id/{interval}") == key


def test_a_promise_is_an_observation_that_the_plan_states(schemes: list[Graph]) -> None:
    graph, conflicts = map_promises([PROMISE], NS, schemes)
    iri = an_id("observations/plans/croydon-2013/E09000008/2011-2012/target/ni/117")
    assert conflicts == []
    assert (iri, URIRef(CYPP + "statedBy"), URIRef(PROMISE.plan)) in graph
    assert (iri, PROV.wasDerivedFrom, URIRef(PROMISE.elements[0])) in graph
    assert str(graph.value(iri, RDFS.label)) == "NI 117, Croydon, financial year 2011-2012: target 4.9 percent"
    title = graph.value(an_id("observations/plans"), DCTERMS.title)
    assert str(title) == "What plans promise: targets and baselines"


def test_a_promise_made_twice_is_one_observation_from_both_places(schemes: list[Graph]) -> None:
    again = replace(PROMISE, value=Decimal("4.90"), elements=(NS.ids + "plan/croydon-2013/target/2",))
    graph, conflicts = map_promises([PROMISE, again], NS, schemes)
    (iri,) = graph.subjects(RDF.type, URIRef(QB + "Observation"))
    assert set(graph.objects(iri, PROV.wasDerivedFrom)) == {URIRef(PROMISE.elements[0]), URIRef(again.elements[0])}
    assert len(list(graph.objects(iri, VALUE))) == 1
    assert conflicts == []


@pytest.mark.parametrize("change", [{"value": Decimal("5")}, {"unit": "count"}, {"per": "100 young people"}])
def test_promises_that_differ_are_told_and_not_written(schemes: list[Graph], change: dict[str, object]) -> None:
    other = replace(PROMISE, **change)
    graph, conflicts = map_promises([PROMISE, other], NS, schemes)
    assert conflicts == [PromiseConflict((PROMISE, other))]
    assert not list(graph.subjects(RDF.type, URIRef(QB + "Observation")))
    assert "NI 117, Croydon, financial year 2011-2012: the plan states the target as 4.9 percent and" in str(
        conflicts[0]
    )


@pytest.mark.parametrize(
    "change",
    [
        {"plan": NS.ids + "plan/croydon-2021", "value": Decimal("5")},
        {"role": "baseline", "value": Decimal("8.1")},
        {"interval": "http://reference.data.gov.uk/id/year/2011", "value": Decimal("8.1")},
        {"area": EXTERNAL_PREFIXES["ons"] + "E92000001", "value": Decimal("6")},
        {"area": NS.ids + "area/E09000008", "value": Decimal("6")},
    ],
)
def test_promises_of_other_dimensions_stand_side_by_side(schemes: list[Graph], change: dict[str, object]) -> None:
    graph, conflicts = map_promises([PROMISE, replace(PROMISE, **change)], NS, schemes)
    assert conflicts == []
    observed = list(graph.subjects(RDF.type, URIRef(QB + "Observation")))
    assert len(observed) == 2
    assert all(len(list(graph.objects(iri, VALUE))) == 1 for iri in observed)
