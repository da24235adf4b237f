"""The page of a plan, and the table of its actions. In: an edition, a plan's IRI. Out: what their templates show.

A plan's page makes eight queries, whatever the plan's size: its head; elements, dates, leads, topics; figures and
findings; findings on the plan itself. The table of actions makes five: the first five of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, abort, render_template, request

from cyppgraph.store import Edition, Source
from cyppgraph.web import plan_actions
from cyppgraph.web.addresses import is_iri
from cyppgraph.web.caching import answer_unchanged, mark
from cyppgraph.web.plan_elements import (
    CERTAINTIES,
    KINDS,
    Due,
    Element,
    Lead,
    ask,
    locate,
    read_dates,
    read_day,
    read_elements,
    read_leads,
    read_tags,
    say_day,
    select_one,
    select_plan,
)
from cyppgraph.web.plan_measures import list_measures, read_figures, read_findings
from cyppgraph.web.plan_tree import Branch, count_leaders, grow_tree
from cyppgraph.web.timeline import draw_timeline

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
        return f"{say_day(read_day(self.begin)) or self.begin} to {say_day(read_day(self.end)) or self.end}"


@dataclass(frozen=True, slots=True)
class PlanReading:
    """What was read of a plan: its head; elements, dates, leads and topics by IRI."""

    head: PlanHead
    elements: Mapping[str, Element]
    dates: Mapping[str, Sequence[Due]]
    leads: Mapping[str, Sequence[Lead]]
    tags: Mapping[tuple[str, str], Sequence[str]]

    def list_actions(self) -> list[plan_actions.ActionRow]:
        """Return its actions as rows, in the order of the document's lines."""
        return plan_actions.list_actions(self.elements, self.dates, self.leads, self.tags)


def read_plan(edition: Edition, iri: str) -> PlanReading | None:
    """Return what the pages of a plan share, or None if there is no such plan; five queries, or one."""
    heads = ask(edition, _HEAD.format(plan=ox.NamedNode(iri)))
    if not heads:
        return None
    title, *rest = heads[0]
    scope = select_plan(iri)
    return PlanReading(
        PlanHead(iri, title or iri, *rest),
        read_elements(edition, scope),
        read_dates(edition, scope),
        read_leads(edition, scope),
        read_tags(edition, scope),
    )


def show_plan(edition: Edition, iri: str) -> dict[str, object]:
    """Return what plan.html shows of a plan beside its statements; eight queries."""
    reading = read_plan(edition, iri)
    if reading is None:
        raise LookupError(iri)  # its types were read from the same edition
    scope, elements = select_plan(iri), reading.elements
    tree = grow_tree(elements)
    findings = [*read_findings(edition, select_one(iri)), *read_findings(edition, scope)]
    rows = reading.list_actions()
    counts: dict[str, int] = {}
    for each in sorted(elements.values(), key=lambda one: KINDS.index(one.kind)):
        counts[each.word] = counts.get(each.word, 0) + 1
    name = _name(edition, iri)
    return {
        "plan": reading.head,
        "actions_at": _locate_actions(name) if name else "",
        "counts": counts,
        "tree": tree,
        "measures": list_measures(elements, read_figures(edition, scope), reading.dates),
        "action_count": len(rows),
        "choices": plan_actions.list_choices(rows),
        "wanted": {},
        "timeline": draw_timeline([_list_dated(branch, elements) for branch in tree], reading.dates),
        "leaders": count_leaders(elements, reading.leads),
        "findings": list({each.iri: each for each in findings}.values()),
        "elements": elements,
        "certainties": CERTAINTIES,
        "locate": lambda about: locate(about, edition.namespaces),
    }


def make_plan_actions(source: Source) -> Blueprint:
    """Return a blueprint with the table of a plan's actions, as a page and as CSV."""
    tables = Blueprint("plan_actions", __name__)

    @tables.route("/plans/<name>/actions")
    def show(name: str) -> Response:
        return _answer(source.edition(), name, as_csv=False)

    @tables.route("/plans/<name>/actions.csv")
    def save(name: str) -> Response:
        return _answer(source.edition(), name, as_csv=True)

    return tables


def _answer(edition: Edition, name: str, *, as_csv: bool) -> Response:
    iri = f"{edition.namespaces.ids}plan/{name}"
    wanted = {each: request.args.get(each, "").strip() for each in plan_actions.FILTERS}
    shaped_by = ("plan actions", iri, str(as_csv), request.url_root, *wanted.values())
    unchanged = answer_unchanged(edition, *shaped_by)
    if unchanged is not None:
        return unchanged
    reading = read_plan(edition, iri) if is_iri(iri) else None
    if reading is None:
        abort(404, f"There is no plan {name}.")
    rows = reading.list_actions()
    kept = plan_actions.filter_actions(rows, wanted)
    if as_csv:
        response = Response(plan_actions.write_csv(kept), content_type="text/csv; charset=utf-8; header=present")
        safe = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_"))
        response.headers["Content-Disposition"] = f'attachment; filename="{safe}-actions.csv"'
        return mark(response, edition, *shaped_by)
    asked = {each: value for each, value in wanted.items() if value}
    page = render_template(
        "plan_actions.html",
        plan=reading.head,
        actions_at=_locate_actions(name),
        csv_at=f"{_locate_actions(name)}.csv{'?' if asked else ''}{urlencode(asked)}",
        columns=plan_actions.COLUMNS,
        rows=kept,
        action_count=len(rows),
        choices=plan_actions.list_choices(rows),
        wanted=wanted,
        asked=asked,
        certainties=CERTAINTIES,
        locate=lambda about: locate(about, edition.namespaces),
    )
    return mark(Response(page, mimetype="text/html"), edition, *shaped_by)


def _locate_actions(name: str) -> str:
    return f"{request.script_root}/plans/{quote(name, safe='')}/actions"


def _name(edition: Edition, iri: str) -> str:
    """Return the part of a plan's IRI that its other pages are addressed by; empty where it has none."""
    start = f"{edition.namespaces.ids}plan/"
    name = iri.removeprefix(start)
    return name if name != iri and name.replace("-", "").replace("_", "").isalnum() else ""


def _list_dated(branch: Branch, elements: Mapping[str, Element]) -> tuple[str, Sequence[Element]]:
    own = {each.iri for each in branch.walk()}
    measured = [
        each for each in elements.values() if each.kind in ("Measure", "Target") and _above(each, elements) & own
    ]
    name = " ".join(filter(None, (branch.element.word, branch.element.number, branch.element.statement)))
    return name, [*branch.walk(), *measured]


def _above(element: Element, elements: Mapping[str, Element]) -> set[str]:
    parent = elements.get(element.parent)
    return {element.parent, parent.parent} if parent else {element.parent}
