"""Defects of the source as data. In: a plan's findings. Out: ``dqv:QualityAnnotation``s.

A finding knows lines only. Where its target was read from passages on those lines, these are its sources; else a
passage of which only the lines are known.
"""

from __future__ import annotations

from rdflib import URIRef

from cyppgraph.findings import Finding, Severity
from cyppgraph.mapping.iris import Iris
from cyppgraph.mapping.scribe import Scribe
from cyppgraph.mapping.sources import cite
from cyppgraph.mapping.structure import finding_passages
from cyppgraph.plan import Plan

_SEVERITIES = {Severity.VIOLATION: "sh:Violation", Severity.WARNING: "sh:Warning", Severity.INFO: "sh:Info"}


def write_findings(plan: Plan, iris: Iris, scribe: Scribe) -> None:
    """Write every finding about a plan's source."""
    for finding, iri, passages in zip(plan.findings, iris.findings, finding_passages(plan), strict=True):
        _write_finding(finding, iri, iris, scribe)
        cite(iri, passages, iris, scribe)
        first = finding.where.first_line
        if not passages and first is not None:
            scribe.add(iri, "cypp:source", iris.lines[first, finding.where.last_line or first])


def _write_finding(finding: Finding, iri: URIRef, iris: Iris, scribe: Scribe) -> None:
    scribe.node(iri, ("dqv:QualityAnnotation",), finding.message)
    scribe.add(iri, "dct:type", scribe.concept("finding-kind", finding.kind))
    scribe.words(iri, "rdfs:comment", finding.message)
    scribe.add(iri, "oa:motivatedBy", scribe.term("dqv:qualityAssessment"))
    scribe.add(iri, "sh:resultSeverity", scribe.term(_SEVERITIES[finding.severity]))
    scribe.add(iri, "oa:hasTarget", iris.plan if finding.target is None else iris.nodes[finding.target])
