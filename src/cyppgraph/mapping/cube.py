"""Published figures as an RDF Data Cube. In: a file that was read, and its mapping. Out: a graph.

A figure is a ``qb:Observation``; the absence of one is a ``cypp:MissingValue`` with the same dimensions, since an
observation must have a value. The IRI of either rests on its data set and its dimensions alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from rdflib import Graph, URIRef

from cyppgraph.mapping.cube_structure import area_iri, structure_iri, write_status, write_structure
from cyppgraph.mapping.qualifiers import name_interval
from cyppgraph.mapping.scribe import LABEL_LENGTH, Scribe, shorten
from cyppgraph.mapping.slugs import slug
from cyppgraph.namespaces import Namespaces
from cyppgraph.observations import Absence, Area, Indicator, Mapping, Match, Observation, ObservationFile

_NORMAL = "A"  # what SDMX takes a figure for that has no mark


def dataset_iri(name: str, ns: Namespaces) -> URIRef:
    """Return the IRI of a data set."""
    return URIRef(f"{ns.ids}observations/{name}")


def map_observations(read: ObservationFile, mapping: Mapping, ns: Namespaces, schemes: Iterable[Graph]) -> Graph:
    """Return the figures of a file as triples.

    Args:
        read: the file's figures and absences.
        mapping: what the file's columns mean.
        ns: the namespaces to publish in.
        schemes: the graphs of ``CUBE_SCHEMES``, written for the default base.
    """
    scribe = Scribe(ns)
    write_structure(schemes, ns, scribe)
    dataset = dataset_iri(read.name, ns)
    publisher = _write_publisher(mapping.publisher, ns, scribe)
    _write_dataset(dataset, read, mapping, publisher, ns, scribe)
    indicators = {indicator.id: indicator for indicator in mapping.indicators}
    for indicator in mapping.indicators:
        _write_indicator(indicator, mapping, ns, scribe)
    for each in (*read.observations, *read.missing):
        _write_figure(each, indicators[each.indicator], dataset, publisher, ns, scribe)
    return scribe.graph


def figure_iri(dataset: URIRef, area: str, interval: str, role: str, indicator: str) -> URIRef:
    """Return the IRI of a figure, which rests on the values of its dimensions."""
    return URIRef(f"{dataset}/{area}/{period_key(interval)}/{role}/{indicator}")


def period_key(interval: str) -> str:
    """Return the last part of an interval's IRI as one step of a path: 2023, 2022-2023, 2014-01-01-P3Y."""
    key = interval.partition("/id/")[2].partition("/")[2]
    return key.replace("T00:00:00/", "-").replace("/", "-")


def label_figure(title: str, area: str, period: str, said: str) -> str:
    """Return what to call a figure: whatever has to be cut is cut from its title, never from the figure."""
    rest = f", {area}, {period}: {said}"
    return shorten(title, max(LABEL_LENGTH - len(rest), 20)) + rest


def say_value(value: Decimal, unit: str, per: str | None) -> str:
    """Return a value in words: "1.6 percent", "6.78 per 100,000 children"."""
    words = [f"{value:f}", *([] if unit == "count" else [unit]), *([f"per {per}"] if per else [])]
    return " ".join(words)


def _write_publisher(name: str, ns: Namespaces, scribe: Scribe) -> URIRef:
    iri = URIRef(f"{ns.ids}publisher/{slug(name)}")
    scribe.node(iri, ("foaf:Agent",), name)
    scribe.string(iri, "foaf:name", name)
    return iri


def _write_dataset(
    iri: URIRef, read: ObservationFile, mapping: Mapping, publisher: URIRef, ns: Namespaces, scribe: Scribe
) -> None:
    scribe.node(iri, ("qb:DataSet",), f"{mapping.title} ({read.file})")
    scribe.words(iri, "dct:title", mapping.title)
    scribe.add(iri, "dct:publisher", publisher)
    scribe.add(iri, "dct:license", URIRef(mapping.licence))
    page = URIRef(mapping.source)
    scribe.add(iri, "dct:source", page)
    scribe.node(page, ("foaf:Document",), f"Where it was published: {mapping.source}")
    scribe.add(iri, "qb:structure", structure_iri(ns))
    file, checksum = URIRef(f"{iri}/file"), URIRef(f"{iri}/file/sha256")
    scribe.add(iri, "prov:wasDerivedFrom", file)
    scribe.node(file, ("foaf:Document",), read.file)
    scribe.string(file, "dct:identifier", read.file)
    scribe.add(file, "spdx:checksum", checksum)
    scribe.node(checksum, ("spdx:Checksum",), f"SHA-256 of {read.file}")
    scribe.add(checksum, "spdx:algorithm", scribe.term("spdx:checksumAlgorithm_sha256"))
    scribe.string(checksum, "spdx:checksumValue", read.sha256)


def _write_indicator(indicator: Indicator, mapping: Mapping, ns: Namespaces, scribe: Scribe) -> None:
    iri, prefix = indicator_iri(indicator.id, ns), indicator.id.partition("/")[0]
    scheme = indicator_iri(prefix, ns)
    if scribe.node(scheme, ("cypp:IndicatorScheme", "skos:ConceptScheme"), mapping.sets[prefix]):
        scribe.string(scheme, "skos:notation", prefix)
        scribe.words(scheme, "skos:prefLabel", mapping.sets[prefix])
        scribe.words(scheme, "dct:title", mapping.sets[prefix])
    scribe.node(iri, ("cypp:Indicator", "skos:Concept"), indicator.label)
    scribe.add(iri, "skos:inScheme", scheme)
    scribe.string(iri, "skos:notation", indicator.id)
    scribe.words(iri, "skos:prefLabel", indicator.title)
    scribe.words(iri, "skos:definition", indicator.definition)
    scribe.words(iri, "skos:scopeNote", indicator.population)
    scribe.words(iri, "skos:editorialNote", indicator.note)
    for match in indicator.matches:
        _write_match(iri, match, ns, scribe)


def _write_match(iri: URIRef, match: Match, ns: Namespaces, scribe: Scribe) -> None:
    prefix, _, rest = match.code.partition(" ")
    scribe.add(iri, f"skos:{match.relation}", indicator_iri(f"{slug(prefix)}/{slug(rest)}", ns))
    scribe.words(iri, "skos:editorialNote", f"{match.code}: {match.note}")


def indicator_iri(path: str, ns: Namespaces) -> URIRef:
    """Return the IRI of an indicator by its id, or of a set by its name."""
    return URIRef(f"{ns.ids}indicator/{path}")


def _write_area(area: Area, scribe: Scribe) -> URIRef:
    iri = area_iri(area.code)
    if scribe.node(iri, ("dct:Location",), area.name):
        scribe.string(iri, "skos:notation", area.code)
    return iri


def _write_figure(
    each: Observation, indicator: Indicator, dataset: URIRef, publisher: URIRef, ns: Namespaces, scribe: Scribe
) -> None:
    """Write a figure, or that there is none."""
    iri = figure_iri(dataset, each.area.code, each.period.interval, "actual", indicator.id)
    said = each.value.name.lower() if isinstance(each.value, Absence) else ""
    if isinstance(each.value, Decimal):
        said = say_value(each.value, indicator.unit, indicator.per)
    label = label_figure(indicator.label, each.area.name, each.period.printed, said)
    scribe.node(iri, ("cypp:MissingValue" if each.is_missing else "qb:Observation",), label)
    scribe.add(iri, "sdmx-dimension:refArea", _write_area(each.area, scribe))
    scribe.add(iri, "sdmx-dimension:refPeriod", name_interval(each.period.interval, scribe))
    scribe.add(iri, "cypp:observedIndicator", indicator_iri(indicator.id, ns))
    scribe.add(iri, "cypp:valueRole", scribe.concept("value-role", "actual"))
    scribe.add(iri, "cypp:statedBy", publisher)
    scribe.string(iri, "cypp:printedPeriod", each.period.printed)
    scribe.string(iri, "cypp:statement", each.printed)
    scribe.integer(iri, "cypp:rowNumber", each.row)
    if isinstance(each.value, Absence):
        scribe.add(iri, "cypp:missingFrom", dataset)
        scribe.add(iri, "cypp:absence", scribe.concept("absence", each.value.name))
        return
    scribe.add(iri, "qb:dataSet", dataset)
    scribe.decimal(iri, "sdmx-measure:obsValue", each.value)
    scribe.add(iri, "sdmx-attribute:unitMeasure", scribe.concept("unit", indicator.unit))
    scribe.words(iri, "cypp:per", indicator.per)
    write_status(iri, each.period.status or _NORMAL, scribe)
