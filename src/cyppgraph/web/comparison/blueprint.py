"""Boroughs and years side by side. In: a request. Out: a matrix, the statements of a cell, two plans, what was kept.

Every view is a plain address that keeps its state, and with ``format=csv`` the same table as a file. Refuses a plan, a
topic or an outcome that is not there, with those that are.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import accumulate

from flask import Blueprint, Response, abort, render_template, request, url_for

from cyppgraph.store import Edition, Source
from cyppgraph.web.comparison import indicator_page, later_plans
from cyppgraph.web.comparison import reading as comparing
from cyppgraph.web.comparison import sheets as compare_sheets
from cyppgraph.web.comparison.plan_choice import MOST_LISTED, find_plan, offer_plans
from cyppgraph.web.comparison.reading import KINDS, Heading, Kind, PlanName
from cyppgraph.web.display.addresses import is_iri
from cyppgraph.web.display.sheets import MOST_SHOWN, Sheet, send_csv
from cyppgraph.web.http.caching import answer_unchanged, mark
from cyppgraph.web.http.problems import state_problem

MOST_COLUMNS = 12
_MOST_PAIRS = 30
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
    plans, chosen = _choose_plans(edition)
    headings = comparing.read_headings(edition, kind)
    if len(chosen) > MOST_COLUMNS and len(chosen) == len(plans):
        sheet = compare_sheets.lay_out_totals(kind, plans, headings, comparing.read_counts(edition, kind))
    else:
        shown = chosen if request.args.get("format") == "csv" else chosen[:MOST_COLUMNS]
        sheet = compare_sheets.lay_out_matrix(kind, shown, headings, comparing.read_counts(edition, kind))
    marked = chosen if len(chosen) < len(plans) or len(plans) <= MOST_LISTED else []
    return _send(
        sheet,
        "compare.html",
        kind=kind,
        kinds=KINDS,
        plans=plans,
        chosen=marked,
        choice=offer_plans(plans, marked),
        most=MOST_COLUMNS,
        headings=headings,
        successions=_list_successions(plans, marked),
    )


def _list_successions(plans: list[PlanName], chosen: list[PlanName]) -> list[tuple[PlanName, PlanName]]:
    """Return the earlier and later plans of councils: of all, or where these are many, of the plans that are chosen."""
    pairs = compare_sheets.find_successions(plans)
    if len(pairs) > _MOST_PAIRS:
        pairs = [pair for pair in pairs if pair[0] in chosen or pair[1] in chosen]
    return pairs[:_MOST_PAIRS]


def _show_statements(edition: Edition) -> Response | str:
    _, chosen = _choose_plans(edition)
    kind, heading = _find_heading(edition)
    counts = comparing.read_counts(edition, kind)
    having = {plan: number for plan in chosen if (number := counts.get((heading.iri, plan.iri), 0))}
    read = list(having) if request.args.get("format") == "csv" else _choose_first(having)
    found = comparing.read_statements(edition, kind, heading, read)
    unread = sum(having.values()) - sum(having[plan] for plan in read)
    sheet = compare_sheets.lay_out_statements(edition, heading, chosen, found, unread)
    where = chosen[0].name if len(chosen) == 1 else f"{len(chosen)} plans"
    return _send(sheet, "compare_statements.html", kind=kind, heading=heading, where=where, shown=chosen)


def _choose_first(numbers: Mapping[PlanName, int]) -> list[PlanName]:
    """Return the first of some plans, as many as have the statements that a page shows; by how many each has."""
    before = [0, *accumulate(numbers.values())]
    return [plan for plan, so_far in zip(numbers, before, strict=False) if so_far < MOST_SHOWN]


def _choose_plans(edition: Edition) -> tuple[list[PlanName], list[PlanName]]:
    """Return all plans, and those that the request at hand names; all of them if it names none."""
    plans = comparing.read_plans(edition)
    asked = {find_plan(plans, id_).iri for id_ in request.args.getlist("plan")}
    return plans, [plan for plan in plans if plan.iri in asked] or plans


def _show_two(edition: Edition) -> Response | str:
    plans = comparing.read_plans(edition)
    left, right = (find_plan(plans, _need(name)) for name in ("left", "right"))
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
    earlier, later = (find_plan(plans, _need(name)) for name in ("earlier", "later"))
    if earlier.council != later.council or earlier.starts >= later.starts:
        pairs = compare_sheets.find_successions(plans)
        own = [pair for pair in pairs if earlier in pair or later in pair] if len(pairs) > _MOST_PAIRS else pairs
        listed = "; ".join(f"earlier={one.id}&later={other.id}" for one, other in own[:_MOST_PAIRS]) or "none"
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
    return render_template(template, sheet=sheet, most_listed=MOST_LISTED, **values)


def _need(name: str) -> str:
    value = request.args.get(name, "")
    if not value:
        abort(state_problem(404, f"The address lacks a plan: {name}=… Begin at {url_for('compare.matrix')}"))
    return value


def _find_heading(edition: Edition) -> tuple[Kind, Heading]:
    kind = KINDS["outcome" if "outcome" in request.args else "topic"]
    headings = comparing.read_headings(edition, kind)
    key = request.args.get(kind.field, "")
    for heading in headings:
        if heading.key == key:
            return kind, heading
    known = [heading.key for heading in headings]
    return abort(state_problem(404, f"There is no {kind.one} {key!r}. There are: {', '.join(known)}.", known=known))
