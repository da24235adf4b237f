"""The parts of a plan, each at an address of its own. In: a request. Out: a page, or the same table as CSV.

``/plans/thurrock-2012/timeline``, ``measures``, ``leads``, ``findings`` and ``actions`` (which can be filtered) are
pages, with ``.csv`` files; ``print`` is all of the plan on one page. What was read of the plans that were asked for
last is kept. Refuses a plan that there is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request

from cyppgraph.store import Edition, Source
from cyppgraph.web.display.addresses import is_iri
from cyppgraph.web.display.sheets import send_rows
from cyppgraph.web.http.caching import answer_unchanged, mark
from cyppgraph.web.plans import actions as plan_actions
from cyppgraph.web.plans import tables as plan_tables
from cyppgraph.web.plans.inline import give_inline, make_locator
from cyppgraph.web.plans.reading import PlanReading, locate_part, read_plan

Show = Callable[[PlanReading], Mapping[str, object]]
Rows = Callable[[PlanReading], Sequence[Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a plan: its heading, what its template shows, the columns of its file and what fills them."""

    title: str
    show: Show
    columns: Sequence[str]
    rows: Rows


PARTS: Mapping[str, Part] = {
    "timeline": Part(
        "What is due when", plan_tables.show_timeline, plan_tables.DATE_COLUMNS, plan_tables.list_date_rows
    ),
    "measures": Part(
        "Measures and targets", plan_tables.show_measures, plan_tables.MEASURE_COLUMNS, plan_tables.list_measure_rows
    ),
    "leads": Part("Who leads what", plan_tables.show_leads, plan_tables.LEAD_COLUMNS, plan_tables.list_lead_rows),
    "findings": Part(
        "Findings about the source",
        plan_tables.show_findings,
        plan_tables.FINDING_COLUMNS,
        plan_tables.list_finding_rows,
    ),
}


def make_plan_parts(source: Source) -> Blueprint:
    """Return a blueprint with the parts of plans, as pages and as CSV."""
    parts = Blueprint("plan_parts", __name__)

    @parts.route("/plans/<name>/<any(actions, timeline, measures, leads, findings, print):part>")
    def show(name: str, part: str) -> Response:
        return _answer(source.edition(), name, part, as_csv=False)

    @parts.route("/plans/<name>/<any(actions, timeline, measures, leads, findings):part>.csv")
    def save(name: str, part: str) -> Response:
        return _answer(source.edition(), name, part, as_csv=True)

    return parts


def _answer(edition: Edition, name: str, part: str, *, as_csv: bool) -> Response:
    """Answer the request at hand, from one edition."""
    iri = f"{edition.namespaces.ids}plan/{name}"
    asked = {each: request.args.get(each, "").strip() for each in plan_actions.FILTERS if part == "actions"}
    shaped_by = ("plan", part, iri, str(as_csv), request.url_root, *asked.values())
    unchanged = answer_unchanged(edition, *shaped_by)
    if unchanged is not None:
        return unchanged
    reading = read_plan(edition, iri) if is_iri(iri) else None
    if reading is None:
        abort(404, f"There is no plan {name}.")
    if as_csv:
        response = _send_csv(reading, name, part, asked)
    else:
        response = Response(_write_page(edition, reading, part, asked), mimetype="text/html")
    return mark(response, edition, *shaped_by)


def _send_csv(reading: PlanReading, name: str, part: str, asked: Mapping[str, str]) -> Response:
    if part == "actions":
        kept = plan_actions.filter_actions(reading.actions, asked)
        return send_rows(f"{name}-{part}", plan_actions.COLUMNS, [row.write() for row in kept])
    return send_rows(f"{name}-{part}", PARTS[part].columns, PARTS[part].rows(reading))


def _write_page(edition: Edition, reading: PlanReading, part: str, asked: Mapping[str, str]) -> str:
    iri = reading.head.iri
    shared = {
        "plan": reading.head,
        "part": part,
        "parts": {name: each.title for name, each in PARTS.items()},
        "actions_at": locate_part(edition, iri, "actions"),
        "part_at": {name: locate_part(edition, iri, name) for name in (*PARTS, "actions", "print")},
        **give_inline(make_locator(edition.namespaces)),
    }
    if part == "actions":
        return render_template("plan_actions.html", **shared, **_show_actions(reading, asked, shared["actions_at"]))
    if part == "print":
        whole: dict[str, object] = {"rows": reading.actions, "filled": plan_actions.list_filled(reading.actions)}
        whole |= plan_tables.show_tree(reading) | plan_tables.show_finance(reading)
        for each in PARTS.values():
            whole |= each.show(reading)
        return render_template("plan_print.html", **shared, **whole)
    return render_template("plan_part.html", **shared, **PARTS[part].show(reading))


def _show_actions(reading: PlanReading, wanted: Mapping[str, str], address: object) -> dict[str, object]:
    asked = {each: value for each, value in wanted.items() if value}
    return {
        "csv_at": f"{address}.csv{'?' if asked else ''}{urlencode(asked)}",
        "rows": plan_actions.filter_actions(reading.actions, wanted),
        "action_count": len(reading.actions),
        "filled": plan_actions.list_filled(reading.actions),
        "choices": plan_actions.list_choices(reading.actions),
        "wanted": wanted,
        "asked": asked,
    }
