"""When and who. In: a plan's dates and leads. Out: their triples, with the intervals, roles, persons and bodies named.

A date carries its words, its kind and its bounds; a lead its words, its status and whom they are understood to name.
"""

from __future__ import annotations

from rdflib import URIRef

from cyppgraph.mapping.intervals import describe_interval
from cyppgraph.mapping.iris import Iris
from cyppgraph.mapping.scribe import Scribe
from cyppgraph.mapping.sources import cite
from cyppgraph.plan import Due, Lead, LeadStatus, Plan, TimeKind

_AGENTS = {"role": ("cypp:LeadRole", "org:Post"), "person": ("foaf:Person",), "body": ("org:Organization",)}


def write_dues(plan: Plan, iris: Iris, scribe: Scribe) -> None:
    """Write every date of a plan."""
    for due in plan.dues:
        _write_due(due, iris, scribe)


def write_interval(subject: URIRef, interval: str | None, scribe: Scribe) -> None:
    """Write which interval is meant, and its days, so that nobody has to ask another server."""
    if interval is None:
        return
    scribe.add(subject, "cypp:interval", name_interval(interval, scribe))


def name_interval(interval: str, scribe: Scribe) -> URIRef:
    """Write what an interval is called and its days, once; return it."""
    iri = URIRef(interval)
    days = describe_interval(interval)
    known = days.first is not None
    if scribe.node(iri, ("time:ProperInterval", "dct:PeriodOfTime") if known else ("time:ProperInterval",), days.name):
        scribe.date(iri, "dcat:startDate", days.first)
        scribe.date(iri, "dcat:endDate", days.last)
    return iri


def _write_due(due: Due, iris: Iris, scribe: Scribe) -> None:
    iri = iris.nodes[due.ref]
    scribe.node(
        iri,
        ("cypp:TimeConstraint",),
        due.statement or ("No date printed" if due.kind is TimeKind.UNSTATED else due.kind),
    )
    scribe.words(iri, "cypp:statement", due.statement)
    scribe.add(iri, "cypp:timeKind", scribe.concept("time-kind", due.kind))
    scribe.date(iri, "cypp:earliest", due.earliest)
    scribe.date(iri, "cypp:latest", due.latest)
    scribe.string(iri, "cypp:edtf", due.edtf)
    if due.frequency:
        scribe.add(iri, "cypp:frequency", scribe.term(f"freq:{due.frequency}"))
    write_interval(iri, due.interval, scribe)
    scribe.add(iri, "cypp:certainty", scribe.concept("certainty", due.certainty))
    cite(iri, due.sources, iris, scribe)


def write_leads(plan: Plan, iris: Iris, scribe: Scribe) -> None:
    """Write every lead of a plan, and each role, person and body once."""
    for lead in plan.leads:
        _write_lead(lead, iris, scribe)
    for kind, named in (("role", iris.roles), ("person", iris.persons), ("body", iris.bodies)):
        for name, iri in named.items():
            scribe.node(iri, _AGENTS[kind], name)
            if kind == "person" and scribe.clear(name) == name:
                scribe.string(iri, "foaf:name", name)


def _write_lead(lead: Lead, iris: Iris, scribe: Scribe) -> None:
    iri = iris.nodes[lead.ref]
    label = "Lead not stated" if lead.status is LeadStatus.NOT_STATED else "Lead to be confirmed"
    scribe.node(iri, ("cypp:LeadAssignment",), lead.statement or label)
    scribe.words(iri, "cypp:statement", lead.statement)
    scribe.add(iri, "cypp:leadStatus", scribe.concept("lead-status", lead.status))
    if lead.role:
        scribe.add(iri, "cypp:leadRole", iris.roles[lead.role])
    if lead.person:
        scribe.add(iri, "cypp:leadPerson", iris.persons[lead.person])
    if lead.body:
        scribe.add(iri, "cypp:leadBody", iris.bodies[lead.body])
    scribe.string(iri, "cypp:initials", lead.initials)
    scribe.words(iri, "cypp:capacity", lead.capacity)
    scribe.add(iri, "cypp:certainty", scribe.concept("certainty", lead.certainty))
    cite(iri, lead.sources, iris, scribe)
