"""Coded indicators, apart from the plan that uses them. In: a plan's coded measures. Out: indicators and their sets.

The code alone never makes two indicators one: a code in conflict gives an indicator of this plan's own, without a
notation. An indicator of a national set is named by the catalogue, since every plan words its title in its own way;
those wordings are the statements of the measures that use it.
"""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import Graph, Literal, URIRef

from cyppgraph.mapping.iris import Iris
from cyppgraph.mapping.scribe import Scribe
from cyppgraph.mapping.sources import cite
from cyppgraph.mapping.structure import has_code_conflict, split_code
from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.plan import CodeScheme, Measure, Plan


def write_indicators(plan: Plan, iris: Iris, scribe: Scribe) -> None:
    """Write each indicator that the plan uses through a code, and the sets they belong to."""
    national = {scheme.prefix for scheme in plan.schemes if scheme.national}
    conflicts = has_code_conflict(plan)
    for measure in plan.elements:
        if not isinstance(measure, Measure) or not measure.code:
            continue
        iri, (prefix, _) = iris.indicators[measure.ref], split_code(measure)
        if prefix in iris.indicator_schemes:
            scribe.add(iri, "skos:inScheme", iris.indicator_schemes[prefix])
        if measure.ref in conflicts:
            named = f"{measure.code} as printed in {plan.id}: {measure.statement}"
        else:
            named = measure.code if prefix in national else f"{measure.code} {measure.statement}"
        if not scribe.node(iri, ("cypp:Indicator", "skos:Concept"), named):
            _write_other_title(iri, measure, national=prefix in national, scribe=scribe)
            continue
        if measure.ref not in conflicts:
            scribe.string(iri, "skos:notation", measure.code)
        if measure.ref in conflicts or prefix not in national:
            scribe.words(iri, "skos:prefLabel", measure.statement or measure.code)
    for code_scheme in plan.schemes:
        _write_scheme(code_scheme, plan, iris, scribe)


def _write_other_title(iri: URIRef, measure: Measure, *, national: bool, scribe: Scribe) -> None:
    """Write a second wording of an indicator's title, unless it is the first one again."""
    title = scribe.text(measure.statement)
    if not national and measure.statement and (iri, scribe.term("skos:prefLabel"), title) not in scribe.graph:
        scribe.add(iri, "skos:altLabel", title)


def _write_scheme(code_scheme: CodeScheme, plan: Plan, iris: Iris, scribe: Scribe) -> None:
    iri, prefix = iris.indicator_schemes[code_scheme.prefix], code_scheme.prefix
    label = f"{prefix}: national set of indicators" if code_scheme.national else f"{prefix}: {code_scheme.title}"
    scribe.node(iri, ("cypp:IndicatorScheme", "skos:ConceptScheme"), label)
    scribe.string(iri, "skos:notation", prefix)
    scribe.words(iri, "dct:description", f"{code_scheme.title} (as printed in {plan.id})")
    cite(iri, code_scheme.passages, iris, scribe)


def name_indicators(catalogue: Graph, plans: Iterable[Graph], ns: Namespaces) -> None:
    """Give the national indicators that the catalogue does not name a name: the wording that most measures print.

    Args:
        catalogue: is added to.
        plans: the graphs of all plans.
        ns: the namespaces of all of them.
    """
    skos = EXTERNAL_PREFIXES["skos"]
    preferred, uses, statement = (
        URIRef(iri) for iri in (f"{skos}prefLabel", f"{ns.ontology}usesIndicator", f"{ns.ontology}statement")
    )
    graphs = list(plans)
    named = {s for graph in (catalogue, *graphs) for s in graph.subjects(preferred)}
    wordings: dict[URIRef, dict[str, int]] = {}
    for graph in graphs:
        for measure, indicator in graph.subject_objects(uses):
            if indicator not in named and isinstance(indicator, URIRef):
                titles = wordings.setdefault(indicator, {})
                for title in graph.objects(measure, statement):
                    titles[str(title)] = titles.get(str(title), 0) + 1
    for indicator, titles in wordings.items():
        if titles:
            best = min(titles, key=lambda title: (-titles[title], title))
            catalogue.add((indicator, preferred, Literal(best, lang="en")))
            for graph in graphs:
                catalogue += graph.triples((indicator, None, None))
