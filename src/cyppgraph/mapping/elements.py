"""What a plan states. In: its elements. Out: their triples: words, place, kind, and what they point at.

``within`` is written out in full. What points nowhere, or at what is no node of the plan, is refused; a printed
reference that leads nowhere is a finding of the layout's, and gives no triple here.
"""

from __future__ import annotations

from rdflib import URIRef

from cyppgraph.errors import CyppgraphError
from cyppgraph.mapping.iris import Iris
from cyppgraph.mapping.qualifiers import write_interval
from cyppgraph.mapping.scribe import Scribe
from cyppgraph.mapping.sources import cite
from cyppgraph.mapping.structure import ancestors
from cyppgraph.plan import Action, Element, FinanceLine, Measure, Outcome, Plan, Progress, Reference, Target


def write_elements(plan: Plan, iris: Iris, scribe: Scribe) -> None:
    """Write every element of a plan, the plan's words for its levels, and the documents that it names."""
    by_ref = {element.ref: element for element in plan.elements}
    references = {reference.ref: reference for reference in plan.references}
    for element in plan.elements:
        iri = iris.nodes[element.ref]
        _write_words(iri, element, iris, scribe)
        _write_place(iri, element, ancestors(element, by_ref, plan.id), iris, scribe)
        _write_relations(iri, element, plan, iris, scribe)
        _write_references(iri, element, references, iris, scribe)
        _write_kind(iri, element, iris, scribe)
    _write_terms(plan, iris, scribe)
    _write_externals(plan, iris, scribe)


def _write_words(iri: URIRef, element: Element, iris: Iris, scribe: Scribe) -> None:
    scribe.node(iri, (f"cypp:{type(element).__name__}", "cypp:PlanElement"), _label(element))
    scribe.words(iri, "cypp:statement", element.statement)
    for wording in element.alternatives:
        scribe.words(iri, "cypp:alternativeStatement", wording)
    scribe.words(iri, "dct:description", element.description)
    scribe.string(iri, "cypp:number", element.number)
    scribe.string(iri, "cypp:reference", element.reference)
    scribe.add(iri, "cypp:certainty", scribe.concept("certainty", element.certainty))
    cite(iri, element.sources, iris, scribe)


def _label(element: Element) -> str:
    """Return what to call an element in a list: its number, code or year, and its words."""
    match element:
        case Measure(code=str(code)):
            before: str | None = code
        case FinanceLine():
            before = f"{element.financial_year or ''} {element.kind}:".strip()
        case _:
            before = element.number
    return " ".join(filter(None, (before, element.statement))) or f"{type(element).__name__} without words"


def _write_place(iri: URIRef, element: Element, above: list[int], iris: Iris, scribe: Scribe) -> None:
    scribe.add(iri, "cypp:inPlan", iris.plan)
    scribe.integer(iri, "cypp:position", element.position)
    if above:
        scribe.add(iri, "cypp:partOf", iris.nodes[above[0]])
    for ref in above:
        scribe.add(iri, "cypp:within", iris.nodes[ref])
    if element.term:
        scribe.add(iri, "cypp:planTerm", iris.terms[element.term])
    if element.row is not None:
        if element.row not in iris.rows:
            raise CyppgraphError(f"{iri}: it was printed in row {element.row}, which is no row of the plan.")
        scribe.add(iri, "cypp:sourceRow", iris.rows[element.row])


def _write_relations(iri: URIRef, element: Element, plan: Plan, iris: Iris, scribe: Scribe) -> None:
    relations = {
        "cypp:due": element.due,
        "cypp:hasLead": element.leads,
        "cypp:measuredBy": element.measures,
        "cypp:hasTarget": element.targets,
        "cypp:progress": element.progress if isinstance(element, Action) else (),
    }
    for predicate, refs in relations.items():
        for ref in refs:
            if ref not in iris.nodes:
                raise CyppgraphError(f"{plan.id}: {iri} has {predicate} {ref}, which is no node of the plan.")
            scribe.add(iri, predicate, iris.nodes[ref])
    for designation in element.designations:
        scribe.add(iri, "cypp:designation", scribe.concept("designation", designation))


def _write_references(
    iri: URIRef, element: Element, references: dict[int, Reference], iris: Iris, scribe: Scribe
) -> None:
    through = "cypp:deliveredThrough" if isinstance(element, Action) else "cypp:refersTo"
    pointers = {"cypp:refersTo": element.refers_to, "cypp:contributesTo": element.contributes_to}
    for predicate, refs in (*pointers.items(), (through, element.delivered_through)):
        for ref in refs:
            target = _resolve(ref, references, iris)
            if target is not None:
                scribe.add(iri, predicate, target)


def _resolve(ref: int, references: dict[int, Reference], iris: Iris) -> URIRef | None:
    """Return what a reference (or an element's own handle) leads to; None for a printed number that leads nowhere."""
    reference = references.get(ref)
    to = ref if reference is None else reference.to
    if to is not None:
        if to not in iris.nodes:
            raise CyppgraphError(f"{iris.plan}: a reference leads to {to}, which is no node of the plan.")
        return iris.nodes[to]
    return iris.externals[reference.label] if reference is not None and reference.label else None


def _write_kind(iri: URIRef, element: Element, iris: Iris, scribe: Scribe) -> None:
    match element:
        case Outcome():
            scribe.add(iri, "cypp:outcomeKind", scribe.concept("outcome-kind", element.kind))
        case Measure() if element.code:
            scribe.string(iri, "cypp:printedCode", element.code)
            scribe.add(iri, "cypp:usesIndicator", iris.indicators[element.ref])
        case Target():
            _write_target(iri, element, scribe)
        case FinanceLine():
            scribe.add(iri, "cypp:financeKind", scribe.concept("finance-kind", element.kind))
            scribe.decimal(iri, "cypp:amount", element.amount)
            scribe.string(iri, "cypp:financialYear", element.financial_year)
            write_interval(iri, element.interval, scribe)
        case Progress():
            for status in element.statuses:
                scribe.add(iri, "cypp:progressStatus", scribe.concept("progress-status", status))
        case _:
            pass


def _write_target(iri: URIRef, target: Target, scribe: Scribe) -> None:
    scribe.decimal(iri, "cypp:value", target.value)
    scribe.decimal(iri, "cypp:upperValue", target.upper)
    if target.unit:
        scribe.add(iri, "cypp:unit", scribe.concept("unit", target.unit))
    if target.comparison:
        scribe.add(iri, "cypp:comparison", scribe.concept("comparison", target.comparison))
    scribe.true(iri, "cypp:strict", target.strict)
    scribe.words(iri, "cypp:per", target.per)
    scribe.words(iri, "cypp:of", target.of)
    scribe.true(iri, "cypp:provisional", target.provisional)
    scribe.decimal(iri, "cypp:baselineValue", target.baseline_value)
    scribe.words(iri, "cypp:baselineStatement", target.baseline_statement)


def _write_terms(plan: Plan, iris: Iris, scribe: Scribe) -> None:
    if not iris.terms:
        return
    scheme = iris.below("term")
    scribe.node(scheme, ("skos:ConceptScheme",), f"The words of {plan.title} ({plan.id}) for its levels")
    for term, iri in iris.terms.items():
        if scribe.node(iri, ("skos:Concept",), term):
            scribe.words(iri, "skos:prefLabel", term)
            scribe.add(iri, "skos:inScheme", scheme)


def _write_externals(plan: Plan, iris: Iris, scribe: Scribe) -> None:
    for reference in plan.references:
        if reference.to is None and reference.label:
            iri = iris.externals[reference.label]
            scribe.node(iri, ("cypp:ExternalDocument", "foaf:Document"), reference.label)
            cite(iri, reference.sources, iris, scribe)
