"""What all plans share. In: the schemes of ``ontology/schemes``, the councils, the national indicators. Out: a graph.

Councils and their areas are two things each. Terms of others that the data point at (frequencies, severities) are
described here too, so that no page is blank and no other server is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rdflib import Graph, URIRef

from cyppgraph.mapping.authorities import Authority
from cyppgraph.mapping.national import NationalIndicator, read_national_indicators, write_national_set
from cyppgraph.mapping.schemes import copy_scheme
from cyppgraph.mapping.scribe import Scribe
from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces

_FREQUENCIES = {
    "A": "Annual",
    "B": "Daily, on working days",
    "D": "Daily",
    "M": "Monthly",
    "Q": "Quarterly",
    "S": "Half-yearly",
    "W": "Weekly",
}
_SEVERITIES = {"Violation": "Violation", "Warning": "Warning", "Info": "Information"}


def map_catalogue(
    schemes: Iterable[Graph],
    authorities: Mapping[str, Authority],
    ns: Namespaces,
    national: Mapping[str, NationalIndicator] | None = None,
) -> Graph:
    """Return what all plans share as triples.

    Args:
        schemes: the graphs of ``ontology/schemes``, written for the default base.
        authorities: the councils.
        ns: the namespaces to publish in.
        national: the national indicators by code; None to read them from the project's ``data/catalogue``.
    """
    scribe = Scribe(ns)
    for graph in schemes:
        copy_scheme(graph, ns, scribe)
    for authority in authorities.values():
        _write_authority(authority, ns, scribe)
    write_national_set(read_national_indicators() if national is None else national, ns, scribe)
    _write_borrowed(scribe)
    return scribe.graph


def _write_authority(authority: Authority, ns: Namespaces, scribe: Scribe) -> None:
    council, area = URIRef(authority.council), URIRef(EXTERNAL_PREFIXES["ons"] + authority.area)
    scribe.node(council, ("org:FormalOrganization", "org:Organization"), authority.name)
    scribe.string(council, "foaf:name", authority.name)
    scribe.string(council, "dct:identifier", authority.key)
    scribe.string(council, "skos:notation", authority.dfe)
    scribe.add(council, "schema:sameAs", scribe.term(f"wd:{authority.wikidata}"))
    scribe.add(council, "dct:spatial", area)
    ours = URIRef(f"{ns.ids}area/{authority.area}")
    scribe.add(ours, "owl:sameAs", area)
    for iri in (area, ours):
        scribe.node(iri, ("dct:Location",), authority.area_name)
        scribe.string(iri, "skos:notation", authority.area)


def _write_borrowed(scribe: Scribe) -> None:
    """Describe the terms of others that our data point at."""
    frequencies = URIRef(EXTERNAL_PREFIXES["freq"].removesuffix("-"))
    scribe.node(frequencies, ("skos:ConceptScheme",), "Frequency (SDMX)")
    for code, name in _FREQUENCIES.items():
        iri = scribe.term(f"freq:{code}")
        scribe.node(iri, ("skos:Concept",), name)
        scribe.words(iri, "skos:prefLabel", name)
        scribe.string(iri, "skos:notation", code)
        scribe.add(iri, "skos:inScheme", frequencies)
    for code, name in _SEVERITIES.items():
        scribe.node(scribe.term(f"sh:{code}"), ("sh:Severity",), name)
    scribe.node(scribe.term("dqv:qualityAssessment"), ("oa:Motivation",), "Assessment of quality")
