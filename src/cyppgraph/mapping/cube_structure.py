"""What all cubes share. In: the schemes that figures point at. Out: the structure of a cube, and those schemes.

One structure serves all data sets, so that a promise and what came about can be held side by side. Its parts have
addresses of their own, and the terms of others that it uses (SDMX) are described here too, so that a file of figures
can be checked by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rdflib import Graph, Literal, URIRef

from cyppgraph.mapping.schemes import copy_scheme
from cyppgraph.mapping.scribe import Scribe
from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.observations import STATUSES

CUBE_SCHEMES = ("absence", "unit", "value-role")


class _Component(NamedTuple):
    """A dimension, measure or attribute: its property, what it is called, and its range."""

    role: str
    property: str
    label: str
    range: str
    required: bool = False


_COMPONENTS = (
    _Component("dimension", "sdmx-dimension:refArea", "reference area", "rdfs:Resource"),
    _Component("dimension", "sdmx-dimension:refPeriod", "reference period", "rdfs:Resource"),
    _Component("dimension", "cypp:observedIndicator", "observed indicator", "cypp:Indicator"),
    _Component("dimension", "cypp:valueRole", "value role", "skos:Concept"),
    _Component("dimension", "cypp:statedBy", "stated by", "rdfs:Resource"),
    _Component("measure", "sdmx-measure:obsValue", "observed value", "xsd:decimal"),
    _Component("attribute", "sdmx-attribute:unitMeasure", "unit of measure", "skos:Concept", required=True),
    _Component("attribute", "sdmx-attribute:obsStatus", "observation status", "skos:Concept"),
    _Component("attribute", "cypp:per", "per", "rdfs:Literal"),
    _Component("attribute", "cypp:printedPeriod", "printed period", "rdfs:Literal"),
)
_CODE_LISTS = {"cypp:valueRole": "value-role", "sdmx-attribute:unitMeasure": "unit"}


def structure_iri(ns: Namespaces) -> URIRef:
    """Return the IRI of the structure that all data sets have."""
    return URIRef(f"{ns.ids}observations/structure")


def write_structure(schemes: Iterable[Graph], ns: Namespaces, scribe: Scribe) -> None:
    """Write the structure, its parts, and the schemes that they take their values from.

    Args:
        schemes: the graphs of ``CUBE_SCHEMES``, written for the default base.
        ns: the namespaces to publish in.
        scribe: writes the graph.
    """
    for graph in schemes:
        copy_scheme(graph, ns, scribe)
    structure = structure_iri(ns)
    scribe.node(structure, ("qb:DataStructureDefinition",), "Figures by area, period, indicator, role and who states")
    for order, component in enumerate(_COMPONENTS, start=1):
        _write_property(component, ns, scribe)
        part = URIRef(f"{structure}/{component.property.partition(':')[2]}")
        scribe.add(structure, "qb:component", part)
        scribe.node(part, ("qb:ComponentSpecification",), f"{component.role}: {component.label}")
        term = scribe.term(component.property)
        scribe.add(part, f"qb:{component.role}", term)
        scribe.add(part, "qb:componentProperty", term)
        scribe.integer(part, "qb:order", order)
        if component.role == "attribute":
            scribe.add(part, "qb:componentRequired", _boolean(component.required, scribe))


def write_status(subject: URIRef, status: str, scribe: Scribe) -> None:
    """Write the SDMX status of an observation, and what it means."""
    scheme = scribe.term("sdmx-code:obsStatus")
    iri = scribe.term(f"sdmx-code:obsStatus-{status}")
    scribe.add(subject, "sdmx-attribute:obsStatus", iri)
    if scribe.node(iri, ("skos:Concept",), STATUSES[status]):
        scribe.words(iri, "skos:prefLabel", STATUSES[status])
        scribe.string(iri, "skos:notation", status)
        scribe.add(iri, "skos:inScheme", scheme)
        scribe.node(scheme, ("skos:ConceptScheme",), "Observation status (SDMX)")


def _write_property(component: _Component, ns: Namespaces, scribe: Scribe) -> None:
    term = scribe.term(component.property)
    kinds = (f"qb:{component.role.capitalize()}Property", "rdf:Property")
    coded = component.property in _CODE_LISTS
    scribe.node(term, (*kinds, "qb:CodedProperty") if coded else kinds, component.label)
    scribe.add(term, "rdfs:range", scribe.term(component.range))
    if coded:
        scribe.add(term, "qb:codeList", URIRef(ns.scheme(_CODE_LISTS[component.property])))


def _boolean(held: bool, scribe: Scribe) -> Literal:
    return Literal("true" if held else "false", datatype=scribe.term("xsd:boolean"))


def area_iri(code: str) -> URIRef:
    """Return the IRI of the area with an ONS code."""
    return URIRef(EXTERNAL_PREFIXES["ons"] + code)
