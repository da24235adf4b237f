"""Saved questions as addresses. In: a source, the questions. Out: for each a page, and its answer in every format.

``/questions/07-without-an-end-date`` is a page, or the answer, as the Accept header asks; with ``.csv``, ``.json`` and
so on it is the answer as a file, with ``.rq`` the query itself. Parameters are fields of the address. A short name
(``/questions/7``) leads to the full one. Refuses what ``asking`` refuses, and names and formats that there are not.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from http import HTTPStatus

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from cyppgraph.errors import CyppgraphError
from cyppgraph.queries import ParameterError, Question, find_question
from cyppgraph.store import AnswerKind, Edition, Query, ResultFormat, Source, formats_for
from cyppgraph.store.choices import PickLists
from cyppgraph.web.asking import Asked, Fields, explain, read_asked, read_fields
from cyppgraph.web.caching import answer_unchanged, mark
from cyppgraph.web.negotiation import PAGE, DocumentFormat, choose_format
from cyppgraph.web.problems import state_problem
from cyppgraph.web.tables import read_table

KINDS = {"SELECT": AnswerKind.ROWS, "ASK": AnswerKind.TRUTH}
QUERY_TEXT = DocumentFormat("rq", "application/sparql-query")
LISTING = DocumentFormat("json", "application/json")
Form = ResultFormat | DocumentFormat
_SAVED_AS_FILES = ("csv", "tsv")
_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Content-Disposition, Data-Version, ETag, Link",
}


def make_questions(source: Source, questions: Sequence[Question]) -> Blueprint:
    """Return a blueprint that answers below ``/questions/``."""
    pages = Blueprint("questions", __name__)
    pick_lists = PickLists()

    @pages.get("/questions/")
    def index() -> AnyResponse:
        chosen = choose_format(request.headers.get("Accept"), (PAGE, LISTING))
        if chosen is None:
            return _vary(state_problem(406, "This is a page, or JSON.", offered=[PAGE.media_type, LISTING.media_type]))
        return _vary(_list_questions(source.edition(), questions, chosen[0]))

    @pages.get("/questions.json")
    def listing() -> AnyResponse:
        return _list_questions(source.edition(), questions, LISTING)

    @pages.get("/questions/<name>")
    def show(name: str) -> AnyResponse:
        question = _find(questions, name)
        if question.address != name:
            return redirect(_add_fields(url_for(".show", name=question.address)), HTTPStatus.PERMANENT_REDIRECT)
        forms = (PAGE, *list_formats(question))
        chosen = choose_format(request.headers.get("Accept"), forms)
        if chosen is None:
            offered = [form.media_type for form in forms]
            return _vary(state_problem(406, f"This question is answered as {' or '.join(offered)}.", offered=offered))
        return _vary(_answer(source.edition(), question, chosen[0], chosen[1], pick_lists))

    @pages.get("/questions/<name>.<extension>")
    def answer(name: str, extension: str) -> AnyResponse:
        question = _find(questions, name)
        forms = {form.name: form for form in list_formats(question)}
        if extension not in forms:
            abort(404, f"This question is not answered as {extension!r}. Its formats are {', '.join(forms)}.")
        if question.address != name:
            full = url_for(".answer", name=question.address, extension=extension)
            return redirect(_add_fields(full), HTTPStatus.PERMANENT_REDIRECT)
        form = forms[extension]
        return _answer(source.edition(), question, form, form.media_type, pick_lists)

    @pages.after_request
    def add_headers(response: Response) -> Response:
        response.headers.update(_HEADERS)
        return response

    return pages


def list_formats(question: Question) -> tuple[Form, ...]:
    """Return the formats that a question's answer can be written in, and that of its query."""
    return (*formats_for(KINDS.get(question.form, AnswerKind.TRIPLES)), QUERY_TEXT)


def _find(questions: Sequence[Question], name: str) -> Question:
    try:
        return find_question(questions, name)
    except CyppgraphError as error:
        reason = str(error).replace("'cyppgraph query --list' shows them all.", "/questions/ shows them all.")
        raise NotFound(reason) from error


def _add_fields(address: str) -> str:
    fields = request.query_string.decode("ascii", "ignore")
    return f"{address}?{fields}" if fields else address


def _list_questions(edition: Edition, questions: Sequence[Question], form: DocumentFormat) -> Response:
    parts = ("questions", form.name, request.host_url)
    unchanged = answer_unchanged(edition, *parts)
    if unchanged is not None:
        return unchanged
    if form is PAGE:
        tags = sorted({tag for question in questions for tag in question.tags})
        body = render_template("questions.html", questions=questions, tags=tags)
    else:
        listed = [_describe(question) for question in questions]
        body = json.dumps({"questions": listed}, ensure_ascii=False, indent=1) + "\n"
    return mark(Response(body, mimetype=form.media_type), edition, *parts)


def _describe(question: Question) -> dict[str, object]:
    page = url_for(".show", name=question.address, _external=True)
    parameters = [
        {"name": each.name, "kind": each.kind, "meaning": each.meaning, "default": each.default}
        for each in question.parameters
    ]
    return {
        "name": question.address,
        "question": question.question,
        "why": question.why,
        "tags": list(question.tags),
        "parameters": parameters,
        "columns": dict(question.columns),
        "page": page,
        "files": {form.name: f"{page}.{form.name}" for form in list_formats(question)},
    }


def _answer(
    edition: Edition,
    question: Question,
    form: Form,
    media_type: str,
    pick_lists: PickLists,
) -> Response:
    fields = read_fields()
    try:
        asked = read_asked(question, fields, pick_lists.read(edition, question))
    except ParameterError as error:
        return _show_error(edition, question, fields, error, pick_lists) if form is PAGE else explain(error)
    parts = (question.address, media_type, asked.query, request.host_url)
    response = answer_unchanged(edition, *parts)
    if response is None:
        response = mark(_make_answer(edition, asked, form, media_type, pick_lists), edition, *parts)
    response.headers["Link"] = ", ".join(_list_links(asked))
    return response


def _make_answer(
    edition: Edition,
    asked: Asked,
    form: Form,
    media_type: str,
    pick_lists: PickLists,
) -> Response:
    if form is PAGE:
        return _show_page(edition, asked, pick_lists)
    if isinstance(form, DocumentFormat):
        response = Response(asked.query, mimetype=media_type)
    else:
        response = _send(edition, asked.query, form, media_type)
    if form.name in _SAVED_AS_FILES:
        name = f"{asked.question.address}.{form.name}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _send(edition: Edition, query: str, form: ResultFormat, media_type: str) -> Response:
    reply = edition.query(Query(query, formats=dict.fromkeys(AnswerKind, form)))
    called = f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
    if request.method == "HEAD":
        reply.close()
        return Response(content_type=called)
    response = Response(iter(reply), content_type=called)
    response.call_on_close(reply.close)
    return response


def _show_page(edition: Edition, asked: Asked, pick_lists: PickLists) -> Response:
    question = asked.question
    page = render_template(
        "question.html",
        question=question,
        values=asked.values,
        choices=pick_lists.read(edition, question),
        error=None,
        query=asked.query,
        files=_list_files(asked),
        table=read_table(edition, asked.query, request.host_url),
    )
    return Response(page, mimetype=PAGE.media_type)


def _show_error(
    edition: Edition, question: Question, fields: Fields, error: ParameterError, pick_lists: PickLists
) -> Response:
    """Return the page with its form as it was filled in, and what is wrong; nothing is asked."""
    choices = pick_lists.read(edition, question)
    page = render_template("question.html", question=question, values=dict(fields), choices=choices, error=error)
    return Response(page, 400, mimetype=PAGE.media_type)


def _list_files(asked: Asked) -> dict[str, tuple[str, str]]:
    """Return for each format its media type and the address of the answer in it."""
    name = asked.question.address
    return {
        form.name: (form.media_type, asked.add_to(url_for(".answer", name=name, extension=form.name)))
        for form in list_formats(asked.question)
    }


def _list_links(asked: Asked) -> list[str]:
    """Return the links of an answer to its other forms and to the description of the interface (RFC 8288, RFC 8631)."""
    page = asked.add_to(url_for(".show", name=asked.question.address))
    forms = [*_list_files(asked).values(), (PAGE.media_type, page)]
    links = [f'<{address}>; rel="alternate"; type="{media_type}"' for media_type, address in forms]
    return [*links, '</openapi.json>; rel="service-desc"; type="application/vnd.oai.openapi+json"']


def _vary(response: Response) -> Response:
    response.vary.add("Accept")
    return response
