"""What is amiss in the sources. In: an edition, filters. Out: findings with their places, and how many there are.

A finding is a ``dqv:QualityAnnotation``. What its kind means is the concept's own definition in the graph, which has it
from ``ontology/schemes/finding-kind.ttl``; no other text explains it here. Three queries, whatever the filters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.store import Edition, read_texts
from cyppgraph.web.display.addresses import is_iri

FILTERS = ("plan", "kind", "severity")
SEVERITIES = ("violation", "warning", "info")

_KINDS = """
SELECT ?type ?name ?definition ?example {{
  ?type skos:inScheme {scheme} ; skos:prefLabel ?name .
  OPTIONAL {{ ?type skos:definition ?definition }}
  OPTIONAL {{ ?type skos:example ?example }}
}} ORDER BY ?name ?example
"""
_COUNTS = """
SELECT ?plan ?title ?type ?severity (COUNT(DISTINCT ?finding) AS ?n) {
  ?finding a dqv:QualityAnnotation ; dct:type ?type ; cypp:source/cypp:sourceDocument ?document .
  ?in prov:wasDerivedFrom ?document ; a cypp:Plan ; dct:identifier ?plan .
  OPTIONAL { ?in dct:title ?title }
  OPTIONAL { ?finding sh:resultSeverity ?severity }
} GROUP BY ?plan ?title ?type ?severity
"""
# The names of what a page shows are asked for after its rows are chosen.
_ROWS = """
SELECT ?finding ?plan ?type ?severity ?first ?last ?sentence ?about ?label ?at ?target {{
  {{
    SELECT ?finding ?plan ?type ?severity (MIN(?from) AS ?first) (MAX(?to) AS ?last) (MIN(STR(?place)) AS ?at) {{
      {filters}
      ?finding a dqv:QualityAnnotation ; dct:type ?type ; cypp:source ?place .
      ?place cypp:firstLine ?from ; cypp:lastLine ?to ; cypp:sourceDocument ?document .
      ?in prov:wasDerivedFrom ?document ; a cypp:Plan ; dct:identifier ?plan .
      OPTIONAL {{ ?finding sh:resultSeverity ?severity }}
      {after}
    }} GROUP BY ?finding ?plan ?type ?severity ORDER BY ?plan ?first ?last ?finding {slice}
  }}
  OPTIONAL {{ ?finding rdfs:comment ?sentence }}
  OPTIONAL {{
    ?finding oa:hasTarget ?target . ?about (cypp:due|cypp:hasLead)? ?target .
    OPTIONAL {{ ?about rdfs:label ?label }}
  }}
}} ORDER BY ?plan ?first ?last ?finding (?about = ?target) ?about ?label
"""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of finding: the end of its IRI, its IRI, its name, what it means, and examples."""

    id: str
    iri: str
    name: str
    definition: str
    examples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many findings a plan has of one kind and severity."""

    plan: str
    title: str
    kind: str
    severity: str
    number: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding: where it stands, what it says, and the statement that it is about.

    Attributes:
        about: the IRI of the element; for a date or a lead, the first element that has it; empty where none is.
        label: what that is called.
        passage: the IRI of the first place in the source.
    """

    iri: str
    plan: str
    kind: str
    severity: str
    first: str
    last: str
    sentence: str
    about: str
    label: str
    passage: str


def read_kinds(edition: Edition) -> dict[str, Kind]:
    """Return the kinds there may be, by the end of their IRIs, in the order of their names; one query."""
    scheme = edition.namespaces.scheme("finding-kind")
    found: dict[str, Kind] = {}
    for iri, name, definition, example in read_texts(edition, _KINDS.format(scheme=ox.NamedNode(scheme))):
        key = _shorten(iri, edition.namespaces)
        examples = (*(found[key].examples if key in found else ()), *([example] if example else []))
        found[key] = Kind(key, iri, name, definition, tuple(dict.fromkeys(examples)))
    return found


def read_counts(edition: Edition) -> list[Count]:
    """Return how many findings there are, by plan, kind and severity; one query."""
    rows = read_texts(edition, _COUNTS)
    return [
        Count(plan, title, _shorten(kind, edition.namespaces), _read_severity(severity), int(number))
        for plan, title, kind, severity, number in rows
    ]


def narrow(counts: Sequence[Count], wanted: Mapping[str, str]) -> list[Count]:
    """Return what of the counts meets the filters; an empty filter lets all pass."""
    return [each for each in counts if all(getattr(each, name) == value for name, value in wanted.items() if value)]


def read_findings(edition: Edition, wanted: Mapping[str, str], first: int = 0, most: int = 0) -> list[Finding]:
    """Return the findings that meet the filters, by plan and line; one query.

    Args:
        edition: what is asked.
        wanted: values of ``FILTERS``; an empty one lets all pass.
        first: how many to leave out.
        most: how many to give at most; 0 for all.
    """
    values = []
    if wanted.get("plan"):
        values.append(f"VALUES ?plan {{ {ox.Literal(wanted['plan'])} }}")
    if wanted.get("kind"):
        iri = f"{edition.namespaces.scheme('finding-kind')}/{wanted['kind']}"
        if not is_iri(iri):
            return []
        values.append(f"VALUES ?type {{ {ox.NamedNode(iri)} }}")
    after = ""
    if wanted.get("severity"):
        after = f"FILTER (STR(?severity) = {ox.Literal(EXTERNAL_PREFIXES['sh'] + wanted['severity'].capitalize())})"
    slice_ = f"OFFSET {first} LIMIT {most}" if most else ""
    found: dict[str, Finding] = {}
    for row in read_texts(edition, _ROWS.format(filters=" ".join(values), after=after, slice=slice_)):
        iri, plan, kind, severity, *rest, _ = row
        ns = edition.namespaces
        # who has a date or a lead comes before it
        found.setdefault(iri, Finding(iri, plan, _shorten(kind, ns), _read_severity(severity), *rest))
    return list(found.values())


def _read_severity(iri: str) -> str:
    return iri.removeprefix(EXTERNAL_PREFIXES["sh"]).lower()


def _shorten(iri: str, ns: Namespaces) -> str:
    return iri.removeprefix(ns.scheme("finding-kind") + "/")
