"""The tables of things to take away. In: a table's name and the IRI of a thing. Out: CSV, cell for cell as on its page.

Refuses a name that no table has, and what is no IRI; what the graph does not know has an empty table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import Blueprint, Response, request

from cyppgraph.store import Edition, Source
from cyppgraph.web.display.addresses import is_iri
from cyppgraph.web.display.sheets import Sheet, send_csv
from cyppgraph.web.http.caching import answer_unchanged, mark
from cyppgraph.web.http.problems import state_problem
from cyppgraph.web.plans.element_tables import lay_out_below, lay_out_findings
from cyppgraph.web.plans.lead_page import lay_out_led
from cyppgraph.web.plans.links import lay_out_links

_TABLES: Mapping[str, Callable[[Edition, str], Sheet]] = {
    "below": lay_out_below,
    "findings": lay_out_findings,
    "led": lay_out_led,
    "links": lay_out_links,
}


def make_thing_tables(source: Source) -> Blueprint:
    """Return a blueprint with ``/tables/NAME.csv?iri=…``."""
    tables = Blueprint("thing_tables", __name__)

    @tables.route("/tables/<name>.csv")
    def save(name: str) -> Response:
        iri = request.args.get("iri", "").strip()
        if name not in _TABLES:
            return state_problem(404, f"The tables of things are: {', '.join(_TABLES)}.", known=list(_TABLES))
        if not is_iri(iri):
            return state_problem(400, "Name a thing by its whole IRI, as iri=https://…")
        edition = source.edition()
        shaped_by = ("thing table", name, iri)
        unchanged = answer_unchanged(edition, *shaped_by)
        return unchanged or mark(send_csv(_TABLES[name](edition, iri)), edition, *shaped_by)

    return tables
