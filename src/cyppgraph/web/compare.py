"""Boroughs and years side by side. In: a request. Out: a matrix, the statements of a cell, two plans, what was kept.

Every view is a plain address that keeps its state, and with ``format=csv`` the same table as a file. Refuses a plan, a
topic or an outcome that is not there, with those that are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, Response, abort, render_template, request, url_for

from cyppgraph.store import Edition, Source
from cyppgraph.web import compare_sheets, comparing, indicator_page, later_plans
from cyppgraph.web.addresses import is_iri
from cyppgraph.web.caching import answer_unchanged, mark
from cyppgraph.web.comparing import KINDS, Heading, Kind, PlanName
from cyppgraph.web.problems import state_problem
from cyppgraph.web.sheets import Sheet, send_csv

_Answer = Callable[[Edition], Response | str]


def make_compare(source: Source) -> Blueprint:
    """Return a blueprint with the pages below ``/compare``."""
    compare = Blueprint("compare", __name__, url_prefix="/compare")
    compare.add_url_rule("", "matrix", lambda: _answer(source, _show_matrix))
    compare.add_url_rule("/statements", "statements", lambda: _answer(source, _show_statements))
    compare.add_url_rule("/two", "two", lambda: _answer(source, _show_two))
    compare.add_url_rule("/later", "later", lambda: _answer(source, _show_later))
    compare.add_url_rule("/indicator/<table>.csv", "indicator", lambda table: _send_indicator(source, table))
    return compare


def _answer(source: Source, show: _Answer) -> Response:
    """Answer from one edition; a copy that is still right is told so before anything is asked."""
    if request.args.get("format") not in (None, "html", "csv"):
        return state_problem(400, "A comparison is a page, or a file with format=csv.", formats=["html", "csv"])
    edition = source.edition()
    shaped_by = ("compare", request.url)
    unchanged = answer_unchanged(edition, *shaped_by)
    if unchanged is not None:
        return unchanged
    answer = show(edition)
    if isinstance(answer, str):
        answer = Response(answer, mimetype="text/html")
    return mark(answer, edition, *shaped_by) if answer.status_code == 200 else answer


def _show_matrix(edition: Edition) -> Response | str:
    kind = KINDS.get(request.args.get("by", "topic"))
    if kind is None:
        abort(state_problem(404, f"Plans are compared by one of: {', '.join(KINDS)}.", known=list(KINDS)))
    plans = comparing.read_plans(edition)
    asked = [_find_plan(plans, id_) for id_ in request.args.getlist("plan")]
    chosen = [plan for plan in plans if plan in asked] or plans
    headings = comparing.read_headings(edition, kind)
    counts = comparing.read_counts(edition, kind, chosen)
    sheet = compare_sheets.lay_out_matrix(kind, chosen, headings, counts)
    return _send(sheet, "compare.html", kind=kind, kinds=KINDS, plans=plans, chosen=chosen, headings=headings)


def _show_statements(edition: Edition) -> Response | str:
    plans = comparing.read_plans(edition)
    asked = [_find_plan(plans, id_) for id_ in request.args.getlist("plan")]
    chosen = [plan for plan in plans if plan in asked] or plans
    kind, heading = _find_heading(edition)
    found = comparing.read_statements(edition, kind, heading, chosen)
    sheet = compare_sheets.lay_out_statements(edition, heading, chosen, found)
    where = chosen[0].name if len(chosen) == 1 else f"{len(chosen)} plans"
    return _send(sheet, "compare_statements.html", kind=kind, heading=heading, where=where, shown=chosen)


def _show_two(edition: Edition) -> Response | str:
    plans = comparing.read_plans(edition)
    left, right = (_find_plan(plans, _need(name)) for name in ("left", "right"))
    kind, heading = _find_heading(edition)
    both = [left] if left == right else [left, right]
    found = comparing.read_statements(edition, kind, heading, both)
    sheet = compare_sheets.lay_out_statements(edition, heading, both, found)
    sides = [
        (plan, [row for row, each in zip(sheet.rows, found, strict=True) if each.plan == plan.iri]) for plan in both
    ]
    headings = comparing.read_headings(edition, kind)
    return _send(sheet, "compare_two.html", kind=kind, heading=heading, sides=sides, plans=plans, headings=headings)


def _show_later(edition: Edition) -> Response | str:
    plans = comparing.read_plans(edition)
    earlier, later = (_find_plan(plans, _need(name)) for name in ("earlier", "later"))
    if earlier.council != later.council or earlier.starts >= later.starts:
        pairs = compare_sheets.find_successions(plans)
        listed = "; ".join(f"earlier={one.id}&later={other.id}" for one, other in pairs) or "none"
        abort(state_problem(404, f"Choose an earlier and a later plan of one council. There are: {listed}."))
    known = later_plans.read_succession(edition, earlier, later)
    sheets = compare_sheets.lay_out_succession(edition, earlier, later, known)
    part = request.args.get("part", "kept")
    if part not in sheets:
        abort(state_problem(404, f"The parts are: {', '.join(sheets)}.", known=list(sheets)))
    tables = {"sheets": sheets, "earlier": earlier, "later": later, "known": known}
    return _send(sheets[part], "compare_later.html", **tables)


def _send_indicator(source: Source, table: str) -> Response:
    iri = request.args.get("iri", "")
    if not is_iri(iri):
        return state_problem(404, "Name an indicator by its whole IRI, as iri=https://…")
    edition = source.edition()
    sheets = indicator_page.lay_out_indicator(edition, iri)
    if table not in sheets:
        return state_problem(404, f"The tables of an indicator are: {', '.join(sheets)}.", known=list(sheets))
    return mark(send_csv(sheets[table]), edition, "indicator", request.url)


def _send(sheet: Sheet, template: str, **values: object) -> Response | str:
    if request.args.get("format") == "csv":
        return send_csv(sheet)
    values["successions"] = compare_sheets.find_successions(_as_plans(values.get("plans")))
    return render_template(template, sheet=sheet, **values)


def _as_plans(plans: object) -> Sequence[PlanName]:
    return plans if isinstance(plans, list) else ()


def _need(name: str) -> str:
    value = request.args.get(name, "")
    if not value:
        abort(state_problem(404, f"The address lacks a plan: {name}=… Begin at {url_for('compare.matrix')}"))
    return value


def _find_plan(plans: Sequence[PlanName], id_: str) -> PlanName:
    found = next((plan for plan in plans if plan.id == id_), None)
    if found is not None:
        return found
    known = [plan.id for plan in plans]
    return abort(state_problem(404, f"There is no plan {id_!r}. There are: {', '.join(known)}.", known=known))


def _find_heading(edition: Edition) -> tuple[Kind, Heading]:
    kind = KINDS["outcome" if "outcome" in request.args else "topic"]
    headings = comparing.read_headings(edition, kind)
    key = request.args.get(kind.field, "")
    for heading in headings:
        if heading.key == key:
            return kind, heading
    known = [heading.key for heading in headings]
    return abort(state_problem(404, f"There is no {kind.one} {key!r}. There are: {', '.join(known)}.", known=known))
