"""Coded indicators, apart from the plan that uses them. In: a plan's coded measures. Out: indicators and their sets.

The code alone never makes two indicators one: a code in conflict gives an indicator of this plan's own, without a
notation. The national set is described by the catalogue; every plan words its titles in its own way, and those wordings
are the statements of the measures that use it.
"""

from __future__ import annotations

from collections.abc import Mapping

from rdflib import URIRef

from cyppgraph.mapping.iris import Iris
from cyppgraph.mapping.national import NationalIndicator, national_iri
from cyppgraph.mapping.scribe import Scribe
from cyppgraph.mapping.sources import cite
from cyppgraph.mapping.structure import LOCAL_PART, has_code_conflict, is_local_part, split_code
from cyppgraph.namespaces import Namespaces
from cyppgraph.plan import CodeScheme, Measure, Plan


def write_indicators(
    plan: Plan, iris: Iris, national: Mapping[str, NationalIndicator], ns: Namespaces, scribe: Scribe
) -> None:
    """Write each indicator that the plan uses through a code and the catalogue does not have, and their sets."""
    prefixes = {scheme.prefix for scheme in plan.schemes if scheme.national}
    conflicts = has_code_conflict(plan)
    described = {national_iri(code, ns) for code in national}
    for measure in plan.elements:
        if not isinstance(measure, Measure) or not measure.code or iris.indicators[measure.ref] in described:
            continue
        iri, (prefix, rest) = iris.indicators[measure.ref], split_code(measure)
        local = is_local_part(measure, plan, national, conflicts)
        unsure = measure.ref in conflicts and not local
        named = f"{measure.code} as printed in {plan.id}: {measure.statement}" if unsure else ""
        if not scribe.node(iri, ("cypp:Indicator", "skos:Concept"), named or f"{measure.code} {measure.statement}"):
            _write_other_title(iri, measure, scribe=scribe)
            continue
        scheme = LOCAL_PART + prefix if local or (unsure and prefix in prefixes) else prefix
        if scheme in iris.indicator_schemes:
            scribe.add(iri, "skos:inScheme", iris.indicator_schemes[scheme])
        if not unsure:
            scribe.string(iri, "skos:notation", measure.code)
        scribe.words(iri, "skos:prefLabel", measure.statement or measure.code)
        if local and f"{prefix} {rest[:-1]}" in national:
            scribe.add(iri, "skos:broader", national_iri(f"{prefix} {rest[:-1]}", ns))
        if national and prefix in prefixes and not local and not unsure:
            scribe.words(iri, "skos:editorialNote", "The national set in the catalogue has no such code.")
    for code_scheme in plan.schemes:
        _write_scheme(code_scheme, plan, iris, scribe)


def _write_other_title(iri: URIRef, measure: Measure, *, scribe: Scribe) -> None:
    """Write a second wording of an indicator's title, unless it is the first one again."""
    title = scribe.text(measure.statement)
    if measure.statement and (iri, scribe.term("skos:prefLabel"), title) not in scribe.graph:
        scribe.add(iri, "skos:altLabel", title)


def _write_scheme(code_scheme: CodeScheme, plan: Plan, iris: Iris, scribe: Scribe) -> None:
    iri, prefix = iris.indicator_schemes[code_scheme.prefix], code_scheme.prefix
    label = f"{prefix}: national set of indicators" if code_scheme.national else f"{prefix}: {code_scheme.title}"
    scribe.node(iri, ("cypp:IndicatorScheme", "skos:ConceptScheme"), label)
    scribe.string(iri, "skos:notation", prefix)
    scribe.words(iri, "dct:description", f"{code_scheme.title} (as printed in {plan.id})")
    cite(iri, code_scheme.passages, iris, scribe)
    parts = iris.indicator_schemes.get(LOCAL_PART + prefix)
    if parts is not None:
        name = f"{prefix} codes that {plan.id} uses in its own way"
        scribe.node(parts, ("cypp:IndicatorScheme", "skos:ConceptScheme"), name)
        scribe.string(parts, "skos:notation", f"{prefix} (local)")
        scribe.words(parts, "skos:prefLabel", name)
        told = "Parts that the plan letters itself, and codes that stand for something else in the national set."
        scribe.words(parts, "dct:description", told)
