"""What the pages of a plan are made of. In: an edition, a plan's IRI. Out: its head, its parts, each read when wanted.

Each part is one query, whatever the plan's size, and is kept while the reading is: a reader who opens a plan's table
of actions filters it next. The readings of the plans that were asked for last are kept. The plan's own page reads no
parts but counts (``plan_page``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

import pyoxigraph as ox
from flask import request

from cyppgraph.store import Edition, read_texts
from cyppgraph.web.display.days import say_day
from cyppgraph.web.display.kept import Kept
from cyppgraph.web.plans import actions as plan_actions
from cyppgraph.web.plans import elements as plan_elements
from cyppgraph.web.plans import measures as plan_measures
from cyppgraph.web.plans.elements import Due, Element, Lead, select_one, select_plan
from cyppgraph.web.plans.measures import Figure, Finding

MOST_KEPT = 16
"""Plans of which what was read is kept."""
_HEAD = """
SELECT ?title ?id ?council ?council_name ?area ?begin ?end ?document ?document_name ?issued ?status {{
  VALUES ?plan {{ {plan} }}
  ?plan a cypp:Plan .
  OPTIONAL {{ ?plan dct:title ?title }}
  OPTIONAL {{ ?plan dct:identifier ?id }}
  OPTIONAL {{ ?plan dct:publisher ?council OPTIONAL {{ ?council rdfs:label ?council_name }} }}
  OPTIONAL {{ ?plan dct:spatial/rdfs:label ?area }}
  OPTIONAL {{ ?plan dct:temporal ?years
    OPTIONAL {{ ?years dcat:startDate ?begin }} OPTIONAL {{ ?years dcat:endDate ?end }} }}
  OPTIONAL {{ ?plan prov:wasDerivedFrom ?document OPTIONAL {{ ?document dct:title|rdfs:label ?document_name }} }}
  OPTIONAL {{ ?plan dct:issued ?issued }}
  OPTIONAL {{ ?plan schema:creativeWorkStatus ?status }}
}} ORDER BY ?title ?council_name ?area ?document_name LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What a plan is: its title and id, the council, the area, the period, the document that was read."""

    iri: str
    title: str
    id: str
    council: str
    council_name: str
    area: str
    begin: str
    end: str
    document: str
    document_name: str
    issued: str
    status: str

    @property
    def period(self) -> str:
        """Its first and last day in words."""
        return f"{say_day(self.begin)} to {say_day(self.end)}"


class PlanReading:
    """A plan: its head, and what is read of it when it is wanted.

    Args:
        edition: what is asked.
        head: what the plan is.
    """

    def __init__(self, edition: Edition, head: PlanHead) -> None:
        self.head = head
        self._edition = edition
        self._scope = select_plan(head.iri)

    @cached_property
    def elements(self) -> Mapping[str, Element]:
        """All that it states, in printed order, by IRI."""
        return plan_elements.read_elements(self._edition, self._scope)

    @cached_property
    def dates(self) -> Mapping[str, Sequence[Due]]:
        """The dates of each element."""
        return plan_elements.read_dates(self._edition, self._scope)

    @cached_property
    def leads(self) -> Mapping[str, Sequence[Lead]]:
        """The leads of each element."""
        return plan_elements.read_leads(self._edition, self._scope)

    @cached_property
    def tags(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """What each element is filed under."""
        return plan_elements.read_tags(self._edition, self._scope)

    @cached_property
    def figures(self) -> Mapping[str, Figure]:
        """The figures of measures and targets."""
        return plan_measures.read_figures(self._edition, self._scope)

    @cached_property
    def findings(self) -> Sequence[Finding]:
        """What is odd in the source; two queries: on the plan itself, and on what it states."""
        own = plan_measures.read_findings(self._edition, select_one(self.head.iri))
        found = [*own, *plan_measures.read_findings(self._edition, self._scope)]
        return list({each.iri: each for each in found}.values())

    @cached_property
    def actions(self) -> Sequence[plan_actions.ActionRow]:
        """Its actions as rows, in the order of the document's lines."""
        return plan_actions.list_actions(self.elements, self.dates, self.leads, self.tags)


_KNOWN: Kept[PlanReading | None] = Kept(MOST_KEPT)


def read_plan(edition: Edition, iri: str) -> PlanReading | None:
    """Return a plan's head with what can be read of it, or None if there is no such plan; one query, if not kept."""
    return _KNOWN.read(edition, iri, lambda: _read_plan(edition, iri))


def _read_plan(edition: Edition, iri: str) -> PlanReading | None:
    heads = read_texts(edition, _HEAD.format(plan=ox.NamedNode(iri)))
    if not heads:
        return None
    title, *rest = heads[0]
    return PlanReading(edition, PlanHead(iri, title or iri, *rest))


def locate_part(edition: Edition, iri: str, part: str) -> str:
    """Return the address of a part of a plan, such as its actions; empty where its IRI cannot stand in one."""
    start = f"{edition.namespaces.ids}plan/"
    name = iri.removeprefix(start)
    if name == iri or not name.replace("-", "").replace("_", "").isalnum():
        return ""
    return f"{request.script_root}/plans/{quote(name, safe='')}/{part}"
