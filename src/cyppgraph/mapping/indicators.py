"""Coded indicators, apart from the plan that uses them. In: a plan's coded measures. Out: indicators and their sets.

The code alone never makes two indicators one: a code in conflict gives an indicator of this plan's own, without a
notation. Titles of a national set are known to the catalogue; the plan's wording is an alternative label there.
"""

from __future__ import annotations

from rdflib import URIRef

from cyppgraph.mapping.iris import Iris
from cyppgraph.mapping.scribe import Scribe
from cyppgraph.mapping.sources import cite
from cyppgraph.mapping.structure import has_code_conflict, split_code
from cyppgraph.plan import CodeScheme, Measure, Plan


def write_indicators(plan: Plan, iris: Iris, scribe: Scribe) -> None:
    """Write each indicator that the plan uses through a code, and the sets they belong to."""
    national = {scheme.prefix for scheme in plan.schemes if scheme.national}
    conflicts = has_code_conflict(plan)
    preferred: set[URIRef] = set()
    for measure in plan.elements:
        if isinstance(measure, Measure) and measure.code:
            prefix, _ = split_code(measure)
            _write_indicator(
                measure, prefix, prefix in national, measure.ref in conflicts, preferred, plan, iris, scribe
            )
    for code_scheme in plan.schemes:
        _write_scheme(code_scheme, plan, iris, scribe)


def _write_indicator(
    measure: Measure,
    prefix: str,
    national: bool,
    conflicting: bool,
    preferred: set[URIRef],
    plan: Plan,
    iris: Iris,
    scribe: Scribe,
) -> None:
    iri = iris.indicators[measure.ref]
    title = measure.statement
    if iri not in preferred:
        if conflicting:
            label = f"{measure.code} as printed in {plan.id}: {title}"
        else:
            label = measure.code or "" if national or not title else f"{measure.code} {title}"
        scribe.node(iri, ("cypp:Indicator", "skos:Concept"), label)
    if not conflicting:
        scribe.string(iri, "skos:notation", measure.code)
    first = iri not in preferred
    preferred.add(iri)
    scribe.words(iri, "skos:prefLabel" if first and (conflicting or not national) else "skos:altLabel", title)
    if prefix in iris.indicator_schemes:
        scribe.add(iri, "skos:inScheme", iris.indicator_schemes[prefix])


def _write_scheme(code_scheme: CodeScheme, plan: Plan, iris: Iris, scribe: Scribe) -> None:
    iri = iris.indicator_schemes[code_scheme.prefix]
    owner = "national set of indicators" if code_scheme.national else f"indicators of {plan.authority}"
    scribe.node(iri, ("cypp:IndicatorScheme", "skos:ConceptScheme"), f"{code_scheme.prefix}: {owner}")
    scribe.string(iri, "skos:notation", code_scheme.prefix)
    scribe.words(iri, "skos:altLabel", code_scheme.title)
    cite(iri, code_scheme.passages, iris, scribe)
