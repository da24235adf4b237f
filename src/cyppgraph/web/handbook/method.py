"""How the data were made, in figures. In: an edition. Out: a page that tells how much is stated, inferred, linked."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyoxigraph as ox
from flask import Response, abort, render_template, url_for

from cyppgraph.namespaces import Namespaces
from cyppgraph.store import Edition, Row, read_rows, say_term
from cyppgraph.web.display.addresses import locate_thing
from cyppgraph.web.display.sheets import Sheet, SheetRow, send_csv
from cyppgraph.web.display.tables import Cell
from cyppgraph.web.handbook.dataset import read_dataset

# Of what plans state: links and figures have a certainty too.
_CERTAINTIES = """
SELECT ?iri ?name ?definition ?n {{
  ?iri skos:inScheme {scheme} ; skos:prefLabel ?name .
  OPTIONAL {{ ?iri skos:definition ?definition }}
  {{ SELECT ?iri (COUNT(DISTINCT ?thing) AS ?n) {{
      VALUES ?class {{ cypp:PlanElement cypp:TimeConstraint cypp:LeadAssignment }}
      ?thing a ?class ; cypp:certainty ?iri
  }} GROUP BY ?iri }}
}} ORDER BY DESC(?n) ?iri ?name
"""
_LINKS = """
SELECT ?set ?title ?status (COUNT(?link) AS ?n) (MIN(?confidence) AS ?lowest) (AVG(?confidence) AS ?mean)
       (MAX(?confidence) AS ?highest) (SUM(IF(?confidence < 0.75, 1, 0)) AS ?doubtful) {
  { SELECT DISTINCT ?link ?set ?name ?status ?confidence {
      ?link a sssom:Mapping ; dct:isPartOf ?set ; cypp:linkStatus/skos:notation ?status .
      OPTIONAL { ?link sssom:confidence ?confidence }
  } }
  { SELECT ?set (MIN(?called) AS ?title) { ?set a sssom:MappingSet ; dct:title ?called } GROUP BY ?set }
} GROUP BY ?set ?title ?status ORDER BY ?set ?status
"""
STATUSES = ("accepted", "rejected", "proposed")


def show_method(edition: Edition) -> str:
    """Return the page; three queries."""
    dataset = read_dataset(edition)
    certainties, links = lay_out_certainties(edition), lay_out_links(edition)
    return render_template(
        "method.html",
        whole=dataset.whole,
        certainties=certainties,
        links=links,
        totals={status: sum(_read(row, index) for row in links.rows) for index, status in enumerate(STATUSES, 1)},
        known=sum(_read(row, 1) for row in certainties.rows),
    )


def send_table(edition: Edition, name: str) -> Response:
    """Return one of the tables as CSV; one query."""
    if name not in _TABLES:
        abort(404, f"There is no table {name!r} here, but {' and '.join(_TABLES)}.")
    return send_csv(_TABLES[name](edition))


def lay_out_certainties(edition: Edition) -> Sheet:
    """Return how many statements, dates and leads are known how, with what that means."""
    ns = edition.namespaces
    rows = read_rows(edition, _CERTAINTIES.format(scheme=ox.NamedNode(ns.scheme("certainty"))))
    found = {say_term(row[0]): row for row in rows}  # one name each
    listed = [
        SheetRow(
            (
                Cell(say_term(name), locate_thing(iri, ns)),
                Cell(say_term(number), is_number=True),
                Cell(say_term(definition)),
            ),
            iri,
        )
        for iri, (_, name, definition, number) in found.items()
    ]
    columns = ("How it is known", "Statements, dates and leads", "What that means")
    return Sheet("certainty", "How what the plans state is known", columns, listed, _locate("certainty"))


def lay_out_links(edition: Edition) -> Sheet:
    """Return how many links of each kind were accepted, rejected and are proposed, and how sure their readers were."""
    found: dict[str, dict[str, Row]] = {}
    for row in read_rows(edition, _LINKS):
        found.setdefault(say_term(row[0]), {})[say_term(row[2])] = row
    rows = [_write_links(iri, by_status, edition.namespaces) for iri, by_status in found.items()]
    columns = (
        "Kind of link",
        *(status.capitalize() for status in STATUSES),
        "Confidence of the accepted, on average",
        "Lowest",
        "Highest",
        "Accepted below 0.75",
    )
    return Sheet("links", "Links by kind, and how sure their readers were", columns, rows, _locate("links"))


def _write_links(iri: str, by_status: Mapping[str, Row], ns: Namespaces) -> SheetRow:
    numbers = [say_term(by_status[status][3]) if status in by_status else "0" for status in STATUSES]
    *_, lowest, mean, highest, doubtful = by_status.get("accepted", (None,) * 8)
    average = say_term(mean)
    cells = [
        *numbers,
        f"{float(average):.2f}" if average else "",
        say_term(lowest),
        say_term(highest),
        say_term(doubtful) or "0",
    ]
    title = next(say_term(row[1]) for row in by_status.values())
    return SheetRow((Cell(title, locate_thing(iri, ns)), *(Cell(each, is_number=True) for each in cells)), iri)


def _locate(name: str) -> str:
    return url_for("data.method_csv", name=name)


def _read(row: SheetRow, index: int) -> int:
    return int(row.cells[index].text or 0)


_TABLES: Mapping[str, Callable[[Edition], Sheet]] = {"certainty": lay_out_certainties, "links": lay_out_links}
