"""The shapes and the checks as pages and files. In: an edition, the rules. Out: what they demand, in words and as data.

How many things of a class the published data have is what the dataset says of itself; how many break a rule is kept
nowhere, and so is told nowhere.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox
from flask import Response, abort, render_template, request, url_for

from cyppgraph.namespaces import Namespaces
from cyppgraph.store import Edition, ResultFormat, shorten_term
from cyppgraph.web.display.addresses import write_uri
from cyppgraph.web.display.sheets import Sheet, SheetRow, send_csv
from cyppgraph.web.display.statements import Link
from cyppgraph.web.display.tables import Cell
from cyppgraph.web.handbook.rules import Rules
from cyppgraph.web.http import representations
from cyppgraph.web.http.delivery import say_charset
from cyppgraph.web.things.ontology import read_uses


def send_shapes(edition: Edition, rules: Rules, forced: str | None) -> Response | str:
    """Return the shapes, as the address or the Accept header asks; one query for a page, none for data.

    Args:
        edition: what is served.
        rules: the rules below its base.
        forced: the format that the address asks for; None to go by the Accept header.
    """

    def locate(form: str | None) -> str:
        return url_for("data.shapes") + (f".{form}" if form else "")

    if forced is not None and forced not in representations.FORMS:
        abort(404, f"The shapes are not sent as {forced!r}, but as {', '.join(representations.FORMS)}.")
    chosen = representations.choose_form(forced)
    iri = write_uri(f"{edition.namespaces.base}shapes")
    if isinstance(chosen, Response):
        return representations.add_links(chosen, iri, locate)
    form, media_type = chosen
    if isinstance(form, ResultFormat):
        prefixes = edition.namespaces.prefixes()
        content = representations.write_triples(rules.triples, form, prefixes)
        if content is None:
            return representations.refuse_format(representations.NOT_FOR_XML)
        response = Response(content, content_type=say_charset(media_type))
    else:
        response = Response(_write_shapes(edition, rules, locate), mimetype="text/html")
    response.headers["Content-Location"] = locate(form.name)
    return representations.add_links(response, iri, locate)


def _write_shapes(edition: Edition, rules: Rules, locate: representations.Locate) -> str:
    ns, uses = edition.namespaces, read_uses(edition)
    return render_template(
        "shapes.html",
        shapes=[
            (
                shape,
                [(link_term(iri, ns), uses.get(iri, "")) for iri in shape.classes],
                [link_term(iri, ns) for iri in shape.also],
            )
            for shape in rules.shapes
        ],
        demands=sum(len(shape.demands) for shape in rules.shapes),
        link=lambda iri: link_term(iri, ns),
        formats={name: locate(name) for name in representations.FORMS if name != "html"},
        checks=len(rules.checks),
    )


def link_term(iri: str, ns: Namespaces) -> Link:
    """Return a term by its short name; one of ours leads to where the ontology explains it."""
    ours = iri.startswith(ns.ontology)
    href = f"{request.script_root}/ontology#{iri.removeprefix(ns.ontology)}" if ours else iri
    return Link(shorten_term(ox.NamedNode(iri), ns.prefixes()), href)


def send_shapes_table(edition: Edition, rules: Rules) -> Response:
    """Return the shapes as CSV, a row for each property that one demands something of."""
    rows = [
        SheetRow(
            (
                Cell(" ".join(link_term(iri, edition.namespaces).text for iri in shape.classes)),
                Cell(demand.name),
                Cell(" or ".join(link_term(iri, edition.namespaces).text for iri in demand.path)),
                Cell("; ".join(demand.words)),
                Cell(demand.severity),
                Cell(demand.message),
            ),
            f"{edition.namespaces.base}shapes#{demand.anchor}",
        )
        for shape in rules.shapes
        for demand in shape.demands
    ]
    return send_csv(Sheet("cyppgraph-shapes", "", _SHAPE_COLUMNS, rows))


_SHAPE_COLUMNS: Sequence[str] = ("Class", "What", "Property", "What must hold", "Severity", "Message")


def show_checks(rules: Rules) -> str:
    """Return the page of the checks; no query."""
    return render_template("checks.html", sheet=lay_out_checks(rules))


def lay_out_checks(rules: Rules) -> Sheet:
    """Return the checks as a table, each with the address of its query."""
    rows = [
        SheetRow(
            (
                Cell(check.name.replace("-", " "), url_for("data.check", name=check.name)),
                Cell(check.problem.replace("{", "").replace("}", "")),
                Cell(check.remedy),
                Cell(check.severity),
            )
        )
        for check in rules.checks.values()
    ]
    columns = ("Check", "What is told where it finds something", "What to do", "Severity")
    return Sheet("cyppgraph-checks", "Checks, by name", columns, rows, url_for("data.checks_csv"))


def send_check(rules: Rules, name: str) -> Response:
    """Return the query of a check."""
    if name not in rules.checks:
        abort(404, f"There is no check {name!r}. {url_for('data.checks')} lists them.")
    return Response(rules.checks[name].query, content_type="application/sparql-query; charset=utf-8")
