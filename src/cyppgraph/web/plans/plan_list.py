"""The page of all plans. In: a source, a request. Out: the plans as pictures and a table, and the table as CSV.

``/plans`` shows them all while they are few. Of more, a reader names a council (``council=``, a part of its name), or
finds it by its letter; the table, and ``/plans.csv``, then have the plans of the councils that are so called.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, Response, current_app, render_template, request, url_for

from cyppgraph.namespaces import Namespaces
from cyppgraph.store import Edition, Source
from cyppgraph.web.display.addresses import locate_thing
from cyppgraph.web.display.days import say_day
from cyppgraph.web.display.overview import KINDS, PlanOverview, group_plans, read_overview
from cyppgraph.web.display.pictures import draw_plans
from cyppgraph.web.display.sheets import Sheet, SheetRow, send_csv
from cyppgraph.web.display.tables import Cell
from cyppgraph.web.http.caching import answer_unchanged, mark

MOST_DRAWN = 30  # of more plans, pictures and a table say nothing at a glance
_THING = "things.thing"


def make_plans(source: Source) -> Blueprint:
    """Return a blueprint with the page of all plans, and its table as a file."""
    plans = Blueprint("plans", __name__)

    @plans.get("/plans", strict_slashes=False)
    def index() -> Response:
        return _answer(source.edition(), as_csv=False)

    @plans.get("/plans.csv")
    def save() -> Response:
        return _answer(source.edition(), as_csv=True)

    return plans


def locate_plans(edition: Edition, plans: Sequence[PlanOverview]) -> dict[str, str]:
    """Return where the pages of plans are, by IRI; nothing if the application has no such pages."""
    return {plan.iri: _locate(plan.iri, edition.namespaces) for plan in plans if _THING in current_app.view_functions}


def _answer(edition: Edition, *, as_csv: bool) -> Response:
    council = request.args.get("council", "").strip()[:100]
    shaped_by = ("plans", str(as_csv), council, request.url_root)
    unchanged = answer_unchanged(edition, *shaped_by)
    if unchanged is not None:
        return unchanged
    every = read_overview(edition).plans
    found = [plan for plan in every if council.casefold() in (plan.publisher or plan.title).casefold()]
    response = (
        send_csv(_lay_out(edition, found, council, str))
        if as_csv
        else Response(_write_page(edition, every, found, council), mimetype="text/html")
    )
    return mark(response, edition, *shaped_by)


def _write_page(edition: Edition, every: Sequence[PlanOverview], found: Sequence[PlanOverview], council: str) -> str:
    is_long, is_shown = len(every) > MOST_DRAWN, len(every) <= MOST_DRAWN or bool(council)
    return render_template(
        "plans.html",
        plans=every,
        councils=len({plan.publisher for plan in every if plan.publisher}),
        years=sorted({plan.starts[:4] for plan in every if plan.starts}),
        council=council,
        is_long=is_long,
        pictures=draw_plans(found) if found and len(found) <= MOST_DRAWN and is_shown else None,
        sheet=_lay_out(edition, found, council, say_day) if is_shown else None,
        groups={} if is_shown else group_plans(every),
        addresses=locate_plans(edition, every),
    )


def _lay_out(edition: Edition, plans: Sequence[PlanOverview], council: str, say: Callable[[str], str]) -> Sheet:
    rows = [
        SheetRow(
            [
                Cell(plan.title or plan.iri, _locate(plan.iri, edition.namespaces)),
                Cell(plan.id),
                Cell(plan.publisher, _locate(plan.council, edition.namespaces)),
                Cell(say(plan.starts)),
                Cell(say(plan.ends)),
                *(Cell(f"{plan.counts.get(kind, 0)}", is_number=True) for kind in KINDS),
            ],
            plan.iri,
        )
        for plan in plans
    ]
    columns = ("Plan", "Identifier", "Council", "From", "To", *KINDS.values())
    address = url_for("plans.save", council=council or None)
    return Sheet("plans", "What each plan holds, by kind", columns, rows, address)


def _locate(iri: str, ns: Namespaces) -> str:
    return locate_thing(iri, ns) if iri and _THING in current_app.view_functions else ""
