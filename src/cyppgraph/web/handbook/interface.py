"""What programs can do here, by examples that work. In: an edition, the saved questions, the limits. Out: a page.

Every address on it is one of this service, made from what the edition holds, so that it can be followed as it stands.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import current_app, render_template, request, url_for

from cyppgraph.queries import Question
from cyppgraph.store import Edition, Limits, read_texts
from cyppgraph.web.asking.question_answers import list_formats
from cyppgraph.web.display.addresses import locate_document, locate_thing
from cyppgraph.web.display.sheets import Sheet, SheetRow
from cyppgraph.web.display.tables import Cell
from cyppgraph.web.endpoint.dumps import list_dumps

QUERY = "SELECT ?plan ?title { ?plan a cypp:Plan ; dct:title ?title } ORDER BY ?title"
_PLAN = "SELECT ?plan ?id { ?plan a cypp:Plan ; dct:identifier ?id } ORDER BY ?id LIMIT 1"
_FORMATS = ("csv", "json")


def show_interface(edition: Edition, questions: Sequence[Question], limits: Limits) -> str:
    """Return the page; one query."""
    ns = edition.namespaces
    iri, name = next(iter(read_texts(edition, _PLAN)), ("", ""))
    has_things = "things.thing" in current_app.view_functions
    return render_template(
        "interface.html",
        limits=limits,
        query=QUERY,
        query_at=f"{request.host_url.rstrip('/')}{url_for('sparql.answer', query=QUERY)}",
        sheet=lay_out_questions(questions),
        iri=iri,
        plan=name,
        thing=locate_thing(iri, ns) if iri and has_things else "",
        documents={form: locate_document(iri, ns, form) for form in ("html", "ttl", "jsonld", "rdf")}
        if iri and has_things
        else {},
        has_files=list_dumps(edition) is not None,
        version=edition.version,
    )


def lay_out_questions(questions: Sequence[Question]) -> Sheet:
    """Return the saved questions as a table, each with the addresses of its answer."""
    rows = []
    for question in questions:
        known = {form.name for form in list_formats(question)}
        files = [
            Cell(form.upper(), url_for("questions.answer", name=question.address, extension=form))
            if form in known
            else Cell("")
            for form in _FORMATS
        ]
        fields = ", ".join(each.name for each in question.parameters)
        page = Cell(question.question, url_for("questions.show", name=question.address))
        rows.append(SheetRow((page, Cell(fields), *files)))
    return Sheet("cyppgraph-questions", "Saved questions", ("Question", "Fields", "CSV", "JSON"), rows, "")
