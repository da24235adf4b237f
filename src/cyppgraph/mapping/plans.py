"""A whole plan as triples. In: a plan. Out: one rdflib graph in which every node has an IRI, a type and a label."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from rdflib import Graph, Literal, URIRef

from cyppgraph.errors import CyppgraphError
from cyppgraph.mapping.authorities import Authority, read_authorities
from cyppgraph.mapping.defects import write_findings
from cyppgraph.mapping.elements import write_elements
from cyppgraph.mapping.indicators import write_indicators
from cyppgraph.mapping.iris import Iris, mint
from cyppgraph.mapping.national import NationalIndicator, read_national_indicators
from cyppgraph.mapping.privacy import OPEN, withhold_persons
from cyppgraph.mapping.qualifiers import write_dues, write_leads
from cyppgraph.mapping.scribe import DATE, GYEAR, GYEARMONTH, Scribe
from cyppgraph.mapping.sources import cite, write_sources
from cyppgraph.namespaces import EXTERNAL_PREFIXES, Namespaces
from cyppgraph.plan import Plan

_ISSUED = {r"\d{4}": GYEAR, r"\d{4}-\d{2}": GYEARMONTH, r"\d{4}-\d{2}-\d{2}": DATE}


def map_plan(
    plan: Plan,
    ns: Namespaces,
    authorities: Mapping[str, Authority] | None = None,
    *,
    people: bool = True,
    national: Mapping[str, NationalIndicator] | None = None,
) -> Graph:
    """Return everything that a plan says as triples, in a store without contexts (see ``Scribe``).

    Args:
        plan: the plan.
        ns: the namespaces to mint in.
        authorities: the councils by key; None to read them from the project's ``data/authorities.toml``.
        people: whether to publish the names of persons.
        national: the national indicators by code; None to read them from the project's ``data/catalogue``.

    Raises:
        CyppgraphError: where the plan contradicts itself (handles that name nothing, IRIs for two things).
    """
    known = read_authorities() if authorities is None else authorities
    if plan.authority not in known:
        raise CyppgraphError(
            f"{plan.id}: the authority {plan.authority!r} is not in authorities.toml. Add it there, or correct "
            f"plan.toml; known are {', '.join(sorted(known))}."
        )
    privacy = OPEN if people else withhold_persons(plan)
    catalogued = read_national_indicators() if national is None else national
    iris = mint(plan, ns, privacy, catalogued)
    scribe = Scribe(ns, privacy)
    _write_plan(plan, iris, known[plan.authority], scribe)
    write_sources(plan, iris, scribe)
    write_elements(plan, iris, scribe)
    write_dues(plan, iris, scribe)
    write_leads(plan, iris, scribe)
    write_indicators(plan, iris, catalogued, ns, scribe)
    write_findings(plan, iris, scribe)
    return scribe.graph


def _write_plan(plan: Plan, iris: Iris, authority: Authority, scribe: Scribe) -> None:
    iri = iris.plan
    scribe.node(iri, ("cypp:Plan", "prov:Plan"), plan.title)
    scribe.string(iri, "dct:identifier", plan.id)
    scribe.words(iri, "dct:title", plan.title)
    scribe.add(iri, "dct:publisher", URIRef(authority.council))
    scribe.add(iri, "dct:spatial", URIRef(EXTERNAL_PREFIXES["ons"] + authority.area))
    scribe.add(iri, "prov:wasDerivedFrom", iris.below("document"))
    scribe.words(iri, "schema:creativeWorkStatus", plan.status)
    if plan.issued:
        scribe.add(iri, "dct:issued", _issued(plan))
    if plan.partnership:
        scribe.add(iri, "dct:creator", iris.bodies[plan.partnership])
    cite(iri, plan.title_sources, iris, scribe)
    period = iris.below("period")
    scribe.add(iri, "dct:temporal", period)
    scribe.node(period, ("dct:PeriodOfTime",), f"{_day(plan.starts)} to {_day(plan.ends)}")
    scribe.date(period, "dcat:startDate", plan.starts)
    scribe.date(period, "dcat:endDate", plan.ends)
    scribe.add(period, "cypp:certainty", scribe.concept("certainty", plan.period_certainty))


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _issued(plan: Plan) -> Literal:
    """Return when a plan was issued, no more exact than it is printed.

    A month is an ``xsd:gYearMonth``: it is no bound to compare with, and making a day of it would state too much.
    """
    for pattern, datatype in _ISSUED.items():
        if re.fullmatch(pattern, plan.issued or ""):
            return Literal(plan.issued, datatype=datatype, normalize=False)
    raise CyppgraphError(f"{plan.id}: the date of issue {plan.issued!r} is no date. Write 2021-07-15, 2021-07 or 2021.")
